"""The *Plans & meetings* tab: what does not fit, the board of actions, meetings, advocates, and what stands around."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.entry_fields import DATA
from gcp2_app.domain.learning import Where
from gcp2_app.domain.plans.marks import Mark
from gcp2_app.domain.rules.record import Fact
from gcp2_app.domain.users import Duty
from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.child import names
from gcp2_app.ui.child.part_card import Action, Line, part_card
from gcp2_app.ui.child.record_part import RecordPart
from gcp2_app.ui.child.tiles import Columns
from gcp2_app.ui.plans.advocate import advocate_card
from gcp2_app.ui.plans.around import case_card, moves_card, support_card, times_card
from gcp2_app.ui.plans.board import Board
from gcp2_app.ui.plans.harm import harm_card
from gcp2_app.ui.plans.meetings import Meetings
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.harm_reviews import Beginning
    from gcp2_app.services.plans import PlansFile
    from gcp2_app.services.session import Session
    from gcp2_app.ui.child.shown import Shown

_COLUMN_STEPS = 70


class PlansPage(RecordPart):
    """Plans and meetings of one child, read once the tab is looked at.

    Attributes:
        board, meetings: what is shown of them now, or None.
    """

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        self.board: Board | None = None
        self.meetings: Meetings | None = None
        self._file: PlansFile | None = None
        super().__init__(workspace, Where.MEETINGS, parent)

    @override
    def _load(self, session: "Session", shown: "Shown") -> "PlansFile":
        from gcp2_app.services import plans

        return plans.of_child(session, shown.child.id, why=shown.why)

    @override
    def _make(self, file: "PlansFile") -> QWidget:
        self._file = file
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
            moves_card(
                file.around,
                self._open,
                add,
                self._begin_deep_dive if may_work else None,
                self._plan_dive if may_work else None,
            ),
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

    @override
    def _clear(self) -> None:
        self.board = self.meetings = self._file = None
        super()._clear()

    def _add_blank(self, kind: str) -> None:
        self._add(kind, {})

    def _agree(self) -> None:
        self._add("action", {f"{DATA}agreed_on": self._workspace.session.today().isoformat()})

    def _plan(self, type_: str, then: Callable[[Entry], object] | None = None) -> None:
        assert self._file is not None  # noqa: S101 - its buttons are there only with a file
        begin: dict[str, Any] = {
            "when": self._workspace.session.today().isoformat(),
            f"{DATA}invited": [guest.as_group() for guest in self._file.guests],
        }
        if type_:
            begin[f"{DATA}type"] = type_
        self._add("meeting", begin, then=then)

    def _plan_dive(self, sheet: Fact, _checked: object = None) -> None:
        """Plan the meeting of a worksheet, which then names it."""
        from gcp2_app.services import deep_dives
        from gcp2_app.services.entry_step import Step

        step = Step(id=sheet.id, revision=sheet.whole.revision)
        self._plan(
            "deep_dive",
            lambda kept: self._run(
                lambda session, _shown: deep_dives.join_meeting(session, step, kept.id),
                lambda _: self._workspace.changed.emit("entry", sheet.id),
            ),
        )

    def _begin_harm(self, _checked: object = None) -> None:
        from gcp2_app.services import harm_reviews

        self._run(
            lambda session, shown: harm_reviews.begin(session, shown.child.id, why=shown.why), self._ask_about_harm
        )

    def _ask_about_harm(self, found: "Beginning") -> None:
        answers = {f"{DATA}{code}": text for code, text in found.answers.items()}
        about = {"children": list(found.children), "when": self._workspace.session.today().isoformat()}
        self._add("harm_review", {**about, **answers, f"{DATA}edition": found.edition})

    def _begin_deep_dive(self, _checked: object = None) -> None:
        from gcp2_app.services import deep_dives

        self._run(
            lambda session, shown: deep_dives.begin(session, shown.child.id, why=shown.why), self._ask_about_moves
        )

    def _ask_about_moves(self, found: dict[str, Any]) -> None:
        begin = {f"{DATA}{name}": value for name, value in found.items()}
        self._add("deep_dive", {"when": self._workspace.session.today().isoformat(), **begin})

    def _add_advocacy(self, values: dict[str, str]) -> None:
        begin = {f"{DATA}{name}": value for name, value in values.items()}
        today = self._workspace.session.today().isoformat()
        self._add("advocacy", {**begin, f"{DATA}on": today, "when": today})
