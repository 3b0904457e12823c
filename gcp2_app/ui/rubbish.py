"""Has Python's collector of reference cycles run on the window's thread alone.

Left to itself it runs on whichever thread makes the next object. On the database thread it would end widgets that
only a cycle still holds, there, while the window's thread works with them: that takes the program down.
"""

import gc
from typing import ClassVar

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

_LOOK_MILLISECONDS = 200
#: To look through everything takes about 100 ms with a full record open: a pause in which no key is answered.
_ALL_MILLISECONDS = 60_000


def keep_what_is_loaded() -> None:
    """Leave out of every later round what is there now: modules live as long as the program.

    A hundred thousand objects would be looked through again each time, which a key pressed then would feel.
    """
    gc.freeze()


class RubbishRounds(QObject):
    """Collects by Python's own thresholds, between two events of the window. Begins when it is made.

    From then until ``stop`` nothing is collected on any other thread.
    """

    _under_way: ClassVar[int] = 0

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MILLISECONDS)
        self._timer.timeout.connect(self._look)
        self._since_all = QElapsedTimer()
        self._since_all.start()
        RubbishRounds._under_way += 1
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Leave it to Python again, once no other rounds are under way. Stopping twice changes nothing."""
        if not self._timer.isActive():
            return
        self._timer.stop()
        RubbishRounds._under_way -= 1
        if not RubbishRounds._under_way:
            gc.enable()

    def _look(self) -> None:
        """Collect the oldest generation that is due, and with it the younger ones; everything once a minute at most."""
        due = [made > most for made, most in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        if not due[0]:
            return
        if due[2] and self._since_all.hasExpired(_ALL_MILLISECONDS):
            self._since_all.restart()
            gc.collect()
        else:
            gc.collect(int(due[1]))
