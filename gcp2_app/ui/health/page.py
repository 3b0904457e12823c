"""The *Health* tab: hospital stays, medicines, appointments, attendance, plan, measures, and the three-way check."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gcp2_app.domain.entry_fields import DATA
from gcp2_app.domain.learning import Where
from gcp2_app.domain.users import Duty
from gcp2_app.overriding import override
from gcp2_app.ui import messages, style
from gcp2_app.ui.child.part_card import Action, Line, part_card
from gcp2_app.ui.child.record_part import RecordPart
from gcp2_app.ui.child.tiles import Columns
from gcp2_app.ui.clipboard import BriefClipboard
from gcp2_app.ui.health import panel
from gcp2_app.ui.health.asks import Asks
from gcp2_app.ui.health.medicines import Medicines
from gcp2_app.ui.health.stays import stays_card
from gcp2_app.ui.plans.words import tr
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.attendance_files import Preview
    from gcp2_app.services.health import HealthFile
    from gcp2_app.services.session import Session
    from gcp2_app.ui.child.shown import Shown

_COLUMN_STEPS = 70
_PROBLEMS_SHOWN = 5


class HealthPage(RecordPart):
    """A child's health, read once the tab is looked at.

    Attributes:
        medicines: what is shown of them now, or None.
    """

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        self.medicines: Medicines | None = None
        super().__init__(workspace, Where.HEALTH, parent)
        self._clipboard = BriefClipboard(self)
        workspace.locking.connect(self._clipboard.clear)

    @override
    def _load(self, session: "Session", shown: "Shown") -> "HealthFile":
        from gcp2_app.services import health

        return health.of_child(session, shown.child.id, why=shown.why)

    @override
    def _make(self, file: "HealthFile") -> QWidget:
        assert self._shown is not None  # noqa: S101 - made for a child that is shown
        may_work = self._workspace.session.user.may(Duty.WORK_CASES)
        asks = Asks(open=self._open, edit=self._edit if may_work else None, add=self._add if may_work else None)
        names = {person.id: person.name for person in self._shown.file.people.values()}
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(2))
        self.medicines = Medicines(self._workspace, file, asks, names)
        left = [stays_card(file.stays, asks, file.today.isoformat()), panel.appointments_card(file.services, asks)]
        right = [
            self._make_three_way(file, asks),
            panel.attendance_card(file.attendance, asks, self._choose_attendance if may_work else None),
            panel.plan_card(file.plan, asks),
            panel.measures_card(file.measures, asks),
        ]
        layout.addWidget(Columns(left, right, _COLUMN_STEPS))
        layout.addWidget(self.medicines)
        return made

    def _make_three_way(self, file: "HealthFile", asks: Asks) -> QFrame:
        lines = [Line(text=file.three_way)] if file.three_way else []
        actions = []
        if asks.add is not None:
            begin = {f"{DATA}type": "three_way", "when": file.today.isoformat()}
            add = partial(self._add_checked, "meeting", begin)
            actions.append(Action("copy-letter", tr("Copy the request letter"), self._copy_letter))
            actions.append(Action("add-three-way", tr("Add a three-way check…"), add))
        none = tr("GP, school and school nurse look together at what each of them holds. Nothing asks for it now.")
        return part_card(tr("Three-way check"), lines, actions, none)

    @override
    def _clear(self) -> None:
        self.medicines = None
        super()._clear()

    def _add_checked(self, kind: str, begin: dict[str, Any], _checked: object = None) -> None:
        self._add(kind, begin)

    # Letter and attendance ---------------------------------------------------------------------

    def _copy_letter(self, _checked: object = None) -> None:
        from gcp2_app.services import health

        self._run(lambda session, shown: health.letter(session, shown.child.id, why=shown.why), self._copied)

    def _copied(self, text: str) -> None:
        self._clipboard.copy(text)
        self.notice.show_note(
            tr("The letter is copied. Paste it within half a minute, read it through, and add what the record lacks.")
        )
        self.verticalScrollBar().setValue(0)

    def _choose_attendance(self) -> None:
        kinds = tr("Tables (*.csv *.txt)")
        messages.choose_file(self, tr("Attendance from a file"), kinds, self.read_attendance)

    def read_attendance(self, path: Path) -> None:
        """Say what a file of attendance would add, and ask whether to add it."""
        from gcp2_app.services import attendance_files

        self._run(
            lambda session, shown: attendance_files.preview(session, shown.child.id, path, why=shown.why),
            self._ask_attendance,
        )

    def _ask_attendance(self, found: "Preview") -> None:
        lines = [tr("%n row is in the record already.|%n rows are in the record already.", found.there)]
        lines = lines if found.there else []
        lines += found.problems[:_PROBLEMS_SHOWN]
        rest = len(found.problems) - _PROBLEMS_SHOWN
        if rest > 0:
            lines.append(tr("and %n more row that cannot be read|and %n more rows that cannot be read", rest))
        if not found.rows:
            messages.show_note(self, tr("This file adds nothing."), "\n".join(lines))
            return
        messages.ask(
            self,
            tr("Add %n half term?|Add %n half terms?", len(found.rows)),
            "\n".join(lines),
            yes=tr("Add them"),
            no=tr("Add nothing"),
            then=lambda: self._take_attendance(found),
        )

    def _take_attendance(self, found: "Preview") -> None:
        from gcp2_app.services import attendance_files

        shown = self._shown
        if shown is None:
            return
        session, child = self._workspace.session, shown.child.id
        self._workspace.tasks.run(
            self,
            lambda: attendance_files.take_in(session, child, found),
            lambda _: self._workspace.changed.emit("entry", child),
            self.notice.show_error,
        )
