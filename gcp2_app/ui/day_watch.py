"""Notices that another day has begun while the window is open, so that what ended with the last is hidden.

It looks at the clock again and again instead of waiting for midnight: hours asleep, or a clock that was set, do not
matter then.
"""

from typing import Final

from PySide6.QtCore import QObject, QTimer

from gcp2_app.ui.workspace import Workspace

_LOOK_MILLISECONDS: Final = 60_000


class DayWatch(QObject):
    """Watches as long as its owner, the pages of one open store."""

    def __init__(self, workspace: Workspace, owner: QObject) -> None:
        super().__init__(owner)
        self._workspace = workspace
        self._day = workspace.session.today()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MILLISECONDS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        workspace.locking.connect(self._timer.stop)

    def look(self) -> None:
        """Say that another day has begun, where one has."""
        today = self._workspace.session.today()
        if today != self._day:
            self._day = today
            self._workspace.day_begun.emit()
