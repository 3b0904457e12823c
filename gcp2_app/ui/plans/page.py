"""The *Plans & meetings* tab: what does not fit, the board of actions, meetings, advocates, and what stands around."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from gcp2_app.domain.entry_fields import DATA
from gcp2_app.domain.learning import Where
from gcp2_app.domain.plans.marks import Mark
from gcp2_app.domain.users import Duty
from gcp2_app.errors import AppError
from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.child import names
from gcp2_app.ui.child.part_card import Action, Line, part_card
from gcp2_app.ui.child.tiles import Columns
from gcp2_app.ui.learn.beside import learned_fold
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.plans.advocate import advocate_card
from gcp2_app.ui.plans.around import case_card, moves_card, support_card, times_card
from gcp2_app.ui.plans.board import Board
from gcp2_app.ui.plans.harm import harm_card
from gcp2_app.ui.plans.meetings import Meetings
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.harm_reviews import Beginning
    from gcp2_app.services.plans import PlansFile
    from gcp2_app.services.stream import EntryFile
    from gcp2_app.ui.child.shown import Shown

_COLUMN_STEPS = 70


class PlansPage(QScrollArea):
    """Plans and meetings of one child, read once the tab is looked at.

    Attributes:
        board, meetings: what is shown of them now, or None.
    """

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._shown: Shown | None = None
        self._file: PlansFile | None = None
        self._stale = False
        self._asked = 0
        self._body: QWidget | None = None
        self.board: Board | None = None
        self.meetings: Meetings | None = None
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
        self.learned = learned_fold(workspace, Where.MEETINGS)
        self._layout.addWidget(self.learned)
        self._layout.addLayout(self.learned.place)
        self.setWidget(ground)

    def say(self, shown: "Shown") -> None:
        """Show a child; the record is read once the tab is looked at."""
        if self._shown is None or self._shown.child.id != shown.child.id:
            self._clear()
        self._shown = shown
        self._stale = True
        if self.isVisible():
            self._ask()

    def forget(self) -> None:
        """Let go of the child."""
        self._shown = self._file = None
        self._stale = False
        self._asked += 1
        self.notice.clear()
        self._clear()

    def _ask(self) -> None:
        from gcp2_app.services import plans

        shown = self._shown
        if shown is None or not self._workspace.is_unlocked:
            return
        self._stale = False
        self._asked += 1
        session, asked = self._workspace.session, self._asked
        self._workspace.tasks.run(
            self,
            lambda: plans.of_child(session, shown.child.id, why=shown.why),
            lambda file: self._show(asked, file),
            lambda error: self._fail(asked, error),
        )

    def _fail(self, asked: int, error: AppError) -> None:
        if asked == self._asked:
            self.notice.show_error(error)

    def _show(self, asked: int, file: "PlansFile") -> None:
        if asked != self._asked or self._shown is None:
            return
        self.notice.clear()
        self._file = file
        focus = self.window().focusWidget()
        mine = focus if isinstance(focus, QPushButton) and self.isAncestorOf(focus) else None
        focused, entry = (mine.objectName(), mine.property("entry")) if mine is not None else ("", None)
        place = self.verticalScrollBar().value()
        self._clear()
        self._body = self._make(file)
        self._layout.insertWidget(1, self._body)
        self._body.show()
        self.verticalScrollBar().setValue(place)
        if focused and self.isVisible():
            self._focus_again(focused, entry)

    def _focus_again(self, name: str, entry: object) -> None:
        """Put the keyboard back where it was; where that step is taken, to another of the same card."""
        assert self._body is not None  # noqa: S101 - just made
        again = self._body.findChild(QWidget, name)
        if again is None and entry:
            buttons = self._body.findChildren(QPushButton)
            again = next((button for button in buttons if button.property("entry") == entry), None)
        if isinstance(again, QWidget):
            again.setFocus()

    def _make(self, file: "PlansFile") -> QWidget:
        may_work = self._workspace.session.user.may(Duty.WORK_CASES)
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(2))
        if file.marks:
            layout.addWidget(self._make_marks(file.marks))
        self.board = Board(self._workspace, file.child, file.cards, file.patterns, may_work=may_work)
        self.board.add_wanted.connect(self._agree)
        layout.addWidget(self.board)
        self.meetings = Meetings(self._workspace, file, self._names(), may_work=may_work)
        self.meetings.add_wanted.connect(self._plan)
        self.meetings.edit_wanted.connect(self._edit)
        advocate = advocate_card(file.advocacy, self._add_advocacy if may_work else None)
        add = self._add_blank if may_work else None
        left = [self.meetings, harm_card(file.harm_reviews, self._open, self._begin_harm if may_work else None)]
        right = [
            advocate,
            support_card(file.around, self._open, add, lambda: self._workspace.learning_wanted.emit("services")),
            case_card(file.around, self._open, add),
            moves_card(file.around, self._open, add, self._begin_deep_dive if may_work else None),
            times_card(file.around, self._open, add),
        ]
        layout.addWidget(Columns(left, right, _COLUMN_STEPS))
        return made

    def _make_marks(self, marks: tuple[Mark, ...]) -> QWidget:
        lines = [Line(text=mark.text, actions=tuple(self._see(id_) for id_ in mark.entries)) for mark in marks]
        frame = part_card(self.tr("Look at again"), lines, (), "")
        frame.setProperty("role", "warning")
        return frame

    def _see(self, entry_id: str) -> Action:
        return Action(f"mark-{entry_id}", self.tr("Open"), partial(self._open, entry_id))

    def _names(self) -> Mapping[str, str]:
        assert self._shown is not None  # noqa: S101 - made for a child that is shown
        file = self._shown.file
        return {child.id: names.child_name(child) for child in (file.child, *file.siblings)}

    def _clear(self) -> None:
        self.board = self.meetings = None
        if self._body is not None:
            self._body.hide()
            self._body.setParent(None)
            self._body.deleteLater()
            self._body = None

    # Forms -------------------------------------------------------------------------------------

    def _open(self, entry_id: str, _checked: object = None) -> None:
        if self._shown is not None:
            self._workspace.entry_shown_wanted.emit(self._shown.child.id, entry_id)

    def _add(self, kind: str, begin: dict[str, Any]) -> None:
        from gcp2_app.services import entries
        from gcp2_app.ui.entry.dialog import add_entry

        if self._shown is not None:
            add_entry(self, self._workspace, self._shown, entries.kinds()[kind], begin=begin)

    def _add_blank(self, kind: str) -> None:
        self._add(kind, {})

    def _agree(self) -> None:
        self._add("action", {f"{DATA}agreed_on": self._workspace.session.today().isoformat()})

    def _plan(self, type_: str) -> None:
        assert self._file is not None  # noqa: S101 - its buttons are there only with a file
        begin: dict[str, Any] = {
            "when": self._workspace.session.today().isoformat(),
            f"{DATA}invited": [guest.as_group() for guest in self._file.guests],
        }
        if type_:
            begin[f"{DATA}type"] = type_
        self._add("meeting", begin)

    def _begin_harm(self, _checked: object = None) -> None:
        from gcp2_app.services import harm_reviews

        shown = self._shown
        if shown is None:
            return
        session = self._workspace.session
        self._workspace.tasks.run(
            self,
            lambda: harm_reviews.begin(session, shown.child.id, why=shown.why),
            self._ask_about_harm,
            self.notice.show_error,
        )

    def _ask_about_harm(self, found: "Beginning") -> None:
        answers = {f"{DATA}{code}": text for code, text in found.answers.items()}
        about = {"children": list(found.children), "when": self._workspace.session.today().isoformat()}
        self._add("harm_review", {**about, **answers, f"{DATA}edition": found.edition})

    def _begin_deep_dive(self, _checked: object = None) -> None:
        from gcp2_app.services import deep_dives

        shown = self._shown
        if shown is None:
            return
        session = self._workspace.session
        self._workspace.tasks.run(
            self,
            lambda: deep_dives.begin(session, shown.child.id, why=shown.why),
            self._ask_about_moves,
            self.notice.show_error,
        )

    def _ask_about_moves(self, found: dict[str, Any]) -> None:
        begin = {f"{DATA}{name}": value for name, value in found.items()}
        self._add("deep_dive", {"when": self._workspace.session.today().isoformat(), **begin})

    def _add_advocacy(self, values: dict[str, str]) -> None:
        begin = {f"{DATA}{name}": value for name, value in values.items()}
        today = self._workspace.session.today().isoformat()
        self._add("advocacy", {**begin, f"{DATA}on": today, "when": today})

    def _edit(self, entry_id: str) -> None:
        from gcp2_app.services import stream

        shown = self._shown
        if shown is None:
            return
        session = self._workspace.session
        self._workspace.tasks.run(
            self, lambda: stream.open_(session, entry_id, why=shown.why), self._edit_file, self.notice.show_error
        )

    def _edit_file(self, file: "EntryFile") -> None:
        from gcp2_app.ui.entry.dialog import edit_entry

        if self._shown is not None:
            edit_entry(self, self._workspace, self._shown, file)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._ask()
