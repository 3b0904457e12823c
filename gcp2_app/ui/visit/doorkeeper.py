"""Keeps a running visit apart: puts its room into the window, covers it and opens it again, and takes it away.

Knows which windows of the program were open when it covered them; nothing of what they show.
"""

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QApplication, QDialog, QStackedWidget, QWidget

from gcp2_app.forms.policy import shipped_policy
from gcp2_app.ui.visit.cover import Cover
from gcp2_app.ui.visit.pin import Pin
from gcp2_app.ui.visit.room import VisitRoom
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.arrivals import Arrival
    from gcp2_app.services.session import Session
    from gcp2_app.services.visits import Running


def was_long_away(session: "Session", arrival: "Arrival", left: tuple[str, str, float]) -> bool:
    """Whether a user was away for so long that a neutral page comes first.

    Args:
        session: the session that has just begun.
        arrival: what the store knows of it.
        left: store, user and time of the last lock in this window, which is known better than from the store.
    """
    minutes = shipped_policy().lock.neutral_after_minutes
    store, user, at = left
    if (store, user) == (session.store.id, session.user.id):
        return time.time() - at > minutes * 60
    return arrival.away is not None and arrival.away.total_seconds() > minutes * 60


class Doorkeeper(QObject):
    """One running visit in the window.

    Attributes:
        danger_wanted: emitted when the urgent numbers are wanted.
        lock_wanted: emitted with a note when the store has to be locked.
        covered, uncovered: emitted when the cover came and went.
        ended: emitted with the visit's id once it is ended on disk.
        room: what stands in the window.
    """

    danger_wanted = Signal()
    lock_wanted = Signal(str)
    covered = Signal()
    uncovered = Signal()
    ended = Signal(str)

    def __init__(
        self, window: QWidget, workspace: Workspace, stack: QStackedWidget, running: "Running", pin: Pin | None
    ) -> None:
        super().__init__(window)
        self._window = window
        self._stack = stack
        self._cover: Cover | None = None
        self._hidden: list[QWidget] = []
        self._focused: QWidget | None = None
        self.room = VisitRoom(workspace, running, pin)
        self.room.danger_wanted.connect(self.danger_wanted)
        self.room.cover_wanted.connect(self._cover_or_lock)
        self.room.ended.connect(self.ended)
        stack.addWidget(self.room)
        stack.setCurrentWidget(self.room)
        self.room.take_focus()

    @property
    def page(self) -> Cover | None:
        """The cover, while there is one."""
        return self._cover

    def cover(self) -> bool:
        """Cover everything at once.

        Returns:
            Whether it is covered: without a PIN it cannot be.
        """
        if self._cover is not None:
            return True
        if self.room.pin is None:
            return False
        self._focused = self._window.focusWidget()
        cover = Cover(self.room.pin)
        cover.opened.connect(self._open)
        cover.spent.connect(self._spent)
        cover.lock_wanted.connect(lambda: self.lock_wanted.emit(""))
        cover.danger_wanted.connect(self.danger_wanted)
        self._cover = cover
        self._stack.addWidget(cover)
        self._stack.setCurrentWidget(cover)
        self._hide_windows()
        self.room.hide_idle_warning()
        self.room.keeper.flush()
        cover.take_focus()
        self.covered.emit()
        return True

    def close(self) -> None:
        """Take the visit out of the window: nothing of it stays in a widget."""
        self._drop_cover()
        self._hidden = []
        self._drop(self.room)
        self.deleteLater()

    def _cover_or_lock(self) -> None:
        if not self.cover():
            self.lock_wanted.emit("")

    def _hide_windows(self) -> None:
        for window in QApplication.topLevelWidgets():
            if window is self._window or not window.isVisible():
                continue
            window.hide()
            # Menus and lists that were open are gone for good; dialogs come back.
            if isinstance(window, QDialog):
                self._hidden.append(window)

    def _open(self) -> None:
        self._drop_cover()
        self._stack.setCurrentWidget(self.room)
        dialogs, self._hidden = self._hidden, []
        for dialog in dialogs:
            if isinstance(dialog, QDialog):
                dialog.open()
        if self._focused is not None:
            self._focused.setFocus()
        self.uncovered.emit()

    def _spent(self) -> None:
        self.lock_wanted.emit(
            QCoreApplication.translate("doorkeeper", "The PIN is no longer enough. Your passphrase opens the visit.")
        )

    def _drop_cover(self) -> None:
        if self._cover is not None:
            cover, self._cover = self._cover, None
            cover.stop()
            self._drop(cover)

    def _drop(self, page: QWidget) -> None:
        page.hide()
        self._stack.removeWidget(page)
        page.setParent(None)
        page.deleteLater()
