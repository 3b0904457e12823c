"""Asks the rules again, in the background, about the children whose alerts can be others by now.

A few at a time on the database thread, so that nobody who wants something waits long behind it.
"""

from typing import Final

from PySide6.QtCore import QObject, QTimer

from gcp2_app.ui.workspace import Workspace

#: After the unlock and after a change; a run of grade keys starts it once.
_QUIET_MILLISECONDS: Final = 3000
#: Between two small parts of the work.
_PAUSE_MILLISECONDS: Final = 60
#: A day that has begun changes answers without anything being written.
_AGAIN_MILLISECONDS: Final = 30 * 60 * 1000


class AlertsInBackground(QObject):
    """Works as long as its owner, the pages of one open store."""

    def __init__(self, workspace: Workspace, owner: QObject) -> None:
        super().__init__(owner)
        self._workspace = workspace
        self._asked = 0
        self._running = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ask)
        workspace.changed.connect(self._changed)
        workspace.locking.connect(self.stop)
        self.come_back()

    def _changed(self, _kind: str, _id: str) -> None:
        self.come_back()

    def come_back(self) -> None:
        """Ask once it has been quiet for a while."""
        if not self._running:
            self._timer.start(_QUIET_MILLISECONDS)

    def stop(self) -> None:
        """Ask no more: the pages go."""
        self._timer.stop()

    def _ask(self) -> None:
        if not self._workspace.is_unlocked:
            return
        from gcp2_app.services import alerts

        self._running = True
        session = self._workspace.session
        self._workspace.tasks.run(self, lambda: alerts.ask_some(session), self._go_on, self._give_up, quiet=True)

    def _go_on(self, asked: int) -> None:
        self._running = False
        self._asked += asked
        if asked:
            self._timer.start(_PAUSE_MILLISECONDS)
            return
        if self._asked:
            self._asked = 0
            self._workspace.alerts_asked.emit()
        self._timer.start(_AGAIN_MILLISECONDS)

    def _give_up(self, _error: Exception) -> None:
        """Leave it for later: who opens the child sees why."""
        self._running = False
        self._timer.start(_AGAIN_MILLISECONDS)
