"""The supervisor's review queue: submitted assessments, the one waiting longest first."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from gcp2_app.errors import AppError
from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.empty import empty_room
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.reports.review_table import ReviewModel, ReviewTable, tr
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.review import Waiting


class ReviewPage(QWidget):
    """What waits for a signature."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._stale = True
        self._asked = 0
        self._model = ReviewModel(self)
        self.table = ReviewTable(self._model)
        self.notice = Notice()
        self.empty = empty_room(
            self.tr("Nothing is waiting"),
            self.tr("An assessment comes here when a practitioner submits it for your signature."),
        )
        self._count = style.label("", "quiet", wrap=False)
        self._how = style.label(
            self.tr("The one waiting longest stands first. Open an assessment to read it, return it or sign it off."),
            "quiet",
        )
        bar = Flow()
        bar.setSpacing(style.space(1.5))
        bar.addWidget(style.heading(self.tr("Review queue")))
        bar.addWidget(self._count)
        self._nothing = QWidget()
        self.rooms = QStackedWidget()
        for room in (self._nothing, self.empty, self.table):
            self.rooms.addWidget(room)
        layout = QVBoxLayout(self)
        margin = style.space(3)
        layout.setContentsMargins(margin, style.space(2), margin, style.space(2))
        layout.setSpacing(style.space(1.5))
        layout.addLayout(bar)
        layout.addWidget(self._how)
        layout.addWidget(self.notice)
        layout.addWidget(self.rooms, 1)
        self.setFocusProxy(self.table)
        self.table.chosen.connect(self._open)
        workspace.locking.connect(self._end)
        workspace.changed.connect(self._changed)

    def refresh(self) -> None:
        """Ask the store again; the current row stays the current one."""
        if not self._workspace.is_unlocked:
            return
        from gcp2_app.services import review

        self._stale = False
        self._asked += 1
        session, asked = self._workspace.session, self._asked
        self._workspace.tasks.run(
            self,
            lambda: review.queue(session),
            lambda rows: self._show(asked, rows),
            lambda error: self._fail(asked, error),
        )

    def _show(self, asked: int, rows: "tuple[Waiting, ...]") -> None:
        if asked != self._asked:
            return
        self.notice.clear()
        self._model.show_queue(rows, self._workspace.session.today())
        self._count.setText(tr("%n assessment|%n assessments", len(rows)) if rows else "")
        self._how.setVisible(bool(rows))
        self.rooms.setCurrentWidget(self.table if rows else self.empty)
        if rows:
            if not self.table.currentIndex().isValid():
                self.table.go_to(0)
            if self.hasFocus():
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fail(self, asked: int, error: AppError) -> None:
        if asked == self._asked:
            self._clear()
            self.notice.show_error(error)

    def _open(self, number: int) -> None:
        self._workspace.assessment_wanted.emit(self._model.row(number).summary.id)

    def _changed(self, kind: str, _id: str) -> None:
        if kind in {"assessment", "child", "professional"}:
            self._stale = True
            if self.isVisible():
                self.refresh()

    def _end(self) -> None:
        self._asked += 1
        self._stale = True
        self._clear()

    def _clear(self) -> None:
        self._model.show_queue((), self._workspace.session.today())
        self._count.clear()
        self._how.hide()
        self.notice.clear()
        self.rooms.setCurrentWidget(self._nothing)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()
