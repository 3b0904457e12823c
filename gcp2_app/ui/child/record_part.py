"""A tab of a child's page that is read once it is looked at, and made anew when the record changes.

Knows how a part of the record is asked for and shown, and the ways to the form of an entry; not what is on it.
"""

from abc import abstractmethod
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.learning import Where
from gcp2_app.errors import AppError
from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.learn.beside import learned_fold
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.reading_order import put_in_order
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.session import Session
    from gcp2_app.services.stream import EntryFile
    from gcp2_app.ui.child.shown import Shown


class RecordPart(QScrollArea):
    """A part of one child's record, read on the database thread.

    Made anew, it stays where it was scrolled to, and the keyboard where it was.

    Attributes:
        notice: says what went wrong, or what was done.
        learned: opens what the review learned about it.
    """

    def __init__(self, workspace: Workspace, where: Where, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._shown: Shown | None = None
        self._stale = False
        self._asked = 0
        self._body: QWidget | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        ground = QWidget()
        self._layout = QVBoxLayout(ground)
        margin = style.space(3)
        self._layout.setContentsMargins(margin, style.space(2), margin, margin)
        self._layout.setSpacing(style.space(2))
        self.notice = Notice()
        self._layout.addWidget(self.notice)
        self._layout.addStretch(1)
        self.learned = learned_fold(workspace, where)
        self._layout.addWidget(self.learned)
        self._layout.addLayout(self.learned.place)
        self.setWidget(ground)

    @abstractmethod
    def _load(self, session: "Session", shown: "Shown") -> Any:
        """Read what is shown; runs on the database thread."""

    @abstractmethod
    def _make(self, file: Any) -> QWidget:
        """Return what was read as widgets."""

    def _clear(self) -> None:
        """Take away what is shown."""
        if self._body is not None:
            self._body.hide()
            self._body.setParent(None)
            self._body.deleteLater()
            self._body = None

    def say(self, shown: "Shown") -> None:
        """Show a child; the record is read once the tab is looked at."""
        if self._shown is None or self._shown.child.id != shown.child.id:
            self.notice.clear()
            self._clear()
        self._shown = shown
        self._stale = True
        if self.isVisible():
            self._ask()

    def forget(self) -> None:
        """Let go of the child."""
        self._shown, self._stale = None, False
        self._asked += 1
        self.notice.clear()
        self._clear()

    def _ask(self) -> None:
        shown = self._shown
        if shown is None or not self._workspace.is_unlocked:
            return
        self._stale = False
        self._asked += 1
        session, asked = self._workspace.session, self._asked
        self._workspace.tasks.run(
            self,
            lambda: self._load(session, shown),
            lambda file: self._show(asked, file),
            lambda error: self._fail(asked, error),
        )

    def _fail(self, asked: int, error: AppError) -> None:
        if asked == self._asked:
            self.notice.show_error(error)

    def _show(self, asked: int, file: Any) -> None:
        if asked != self._asked or self._shown is None:
            return
        self.notice.clear_error()
        focus = self.window().focusWidget()
        mine = focus if isinstance(focus, QPushButton) and self.isAncestorOf(focus) else None
        focused, entry = (mine.objectName(), mine.property("entry")) if mine is not None else ("", None)
        place = self.verticalScrollBar().value()
        self._clear()
        self._body = self._make(file)
        self._layout.insertWidget(1, self._body)
        self._body.show()
        put_in_order(self._body, self.learned)
        self.verticalScrollBar().setValue(place)
        if focused and self.isVisible():
            self._focus_again(self._body, focused, entry)

    @staticmethod
    def _focus_again(body: QWidget, name: str, entry: object) -> None:
        """Put the keyboard back where it was; where that step is taken, to another of the same card."""
        again = body.findChild(QWidget, name)
        if again is None and entry:
            buttons = body.findChildren(QPushButton)
            again = next((button for button in buttons if button.property("entry") == entry), None)
        if isinstance(again, QWidget):
            again.setFocus()

    def _run(self, work: "Callable[[Session, Shown], Any]", done: Callable[[Any], object]) -> None:
        """Do something about the child on the database thread; what goes wrong is said at the head of the tab."""
        shown = self._shown
        if shown is None:
            return
        session = self._workspace.session
        self._workspace.tasks.run(self, lambda: work(session, shown), done, self.notice.show_error)

    # Forms -------------------------------------------------------------------------------------

    def _open(self, entry_id: str, _checked: object = None) -> None:
        if self._shown is not None:
            self._workspace.entry_shown_wanted.emit(self._shown.child.id, entry_id)

    def _add(
        self,
        kind: str,
        begin: Mapping[str, Any],
        known: Mapping[str, str] | None = None,
        then: Callable[[Entry], object] | None = None,
    ) -> None:
        from gcp2_app.services import entries
        from gcp2_app.ui.entry.dialog import add_entry

        if self._shown is not None:
            add_entry(self, self._workspace, self._shown, entries.kinds()[kind], begin=begin, known=known, then=then)

    def _edit(self, entry_id: str) -> None:
        from gcp2_app.services import stream

        self._run(lambda session, shown: stream.open_(session, entry_id, why=shown.why), self._edit_file)

    def _edit_file(self, file: "EntryFile") -> None:
        from gcp2_app.ui.entry.dialog import edit_entry

        if self._shown is not None:
            edit_entry(self, self._workspace, self._shown, file)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._ask()
