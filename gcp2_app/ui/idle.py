"""Notices that nobody is using the window, or that F9 was pressed, so that the store can lock.

Watches the native windows of this program for keys, mouse and touch. Time is the wall clock's, so that hours asleep
count: after waking, the first movement already finds the store locked.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow

from gcp2_app.overriding import override

WARNING_SECONDS = 30
_TICK_MILLISECONDS = 1_000
_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
    }
)


class IdleWatch(QObject):
    """Counts the time since the last key or movement.

    Attributes:
        warned: emitted with the seconds left, each second of the last 30.
        stayed: emitted when someone is back after a warning.
        expired: emitted when the time is up.
        lock_pressed: emitted when F9 is pressed in any window of the program, over a dialog too.
    """

    warned = Signal(int)
    stayed = Signal()
    expired = Signal()
    lock_pressed = Signal()

    def __init__(self, parent: QObject, clock: Callable[[], float] = time.time) -> None:
        super().__init__(parent)
        self._clock = clock
        self._limit_seconds = 0.0
        self._last = 0.0
        self._warning = False
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MILLISECONDS)
        self._timer.timeout.connect(self.check)

    @property
    def is_running(self) -> bool:
        """Whether time is being counted."""
        return self._timer.isActive()

    def start(self, minutes: int) -> None:
        """Begin to count, from now."""
        self._limit_seconds = minutes * 60.0
        self._last = self._clock()
        self._warning = False
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication) and not self.is_running:
            application.focusWindowChanged.connect(self._watch)
            for window in QGuiApplication.topLevelWindows():
                self._watch(window)
        self._timer.start()

    def stop(self) -> None:
        """Stop counting."""
        if not self.is_running:
            return
        self._timer.stop()
        self._warning = False
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.disconnect(self._watch)

    def check(self) -> bool:
        """Look at the clock: warn, or say that the time is up.

        Returns:
            Whether there is time left.
        """
        left = self._left()
        if 0 < left <= WARNING_SECONDS:
            self._warning = True
            self.warned.emit(max(1, round(left)))
        return left > 0

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note each key and movement; the first after the time is up locks instead of arriving."""
        if event.type() in _INPUT and self.is_running:
            if self._left() <= 0:
                return True
            if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F9:
                self.lock_pressed.emit()
                return True
            self._last = self._clock()
            if self._warning:
                self._warning = False
                self.stayed.emit()
        return False

    def _left(self) -> float:
        """Return the seconds left; stops and says so when there are none."""
        if not self.is_running:
            return 0
        now = self._clock()
        # A clock that was set back must not keep the store open.
        self._last = min(self._last, now)
        left = self._limit_seconds - (now - self._last)
        if left <= 0:
            self.stop()
            self.expired.emit()
        return left

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            # Installing twice moves the filter to the front; it never runs twice.
            window.installEventFilter(self)
