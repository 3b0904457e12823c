"""Has Python's collector of reference cycles run on the window's thread alone.

Left to itself it runs on whichever thread makes the next object. On the database thread it would end widgets that
only a cycle still holds, there, while the window's thread works with them: that takes the program down.
"""

import gc
from typing import ClassVar

from PySide6.QtCore import QObject, QTimer

_LOOK_MILLISECONDS = 200


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
        """Collect the oldest generation that is due, and with it the younger ones."""
        due = [made > most for made, most in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        if due[0]:
            gc.collect(next(age for age in (2, 1, 0) if due[age]))
