"""The family grid as a page: who is in it, who is not and why, the marks in words, the grid, and its legend."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gcp2_app.domain.family_grid import compares, family_grid
from gcp2_app.domain.users import Duty
from gcp2_app.ui import style, words
from gcp2_app.ui.assess import blind, family_words
from gcp2_app.ui.family.grid_model import GridModel, Shown
from gcp2_app.ui.family.grid_table import GridTable, Mark
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.families import Family, FamilyMember


class GridPage(QWidget):
    """Units down, children across.

    Attributes:
        table: the grid.
        unit_wanted: emitted with the code of a unit to be worked on for each child.
    """

    unit_wanted = Signal(str)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._model = GridModel(self)
        self.table = GridTable(self._model)
        self.open = style.button(self.tr("Open this unit"))
        self.each = style.button(self.tr("This unit for each child"))
        self.marks = style.label()
        self._left_out = style.label("", "quiet")
        self._legend = QWidget()
        self._lay_out()
        self.table.chosen.connect(self._choose)
        self.table.selectionModel().currentChanged.connect(lambda _now, _before: self._enable())
        self.open.clicked.connect(self._open_current)
        self.each.clicked.connect(self._each)

    def _lay_out(self) -> None:
        legend = QHBoxLayout(self._legend)
        legend.setContentsMargins(0, 0, 0, 0)
        legend.setSpacing(style.space(1))
        legend.addWidget(Mark(), 0, Qt.AlignmentFlag.AlignTop)
        told = self.tr("2 or more worse than a sibling: ask why this child is treated differently.")
        legend.addWidget(style.label(told), 1)
        about = self.tr(
            "Number, shape and colour as everywhere; an outline alone is a grade practitioners have not agreed. "
            "A unit that differs by age has a row for each age band and is compared within it alone."
        )
        bar = Flow()
        bar.setSpacing(style.space(1.5))
        bar.addWidget(style.heading(self.tr("Family grid")))
        bar.push()
        bar.addWidget(self.open)
        bar.addWidget(self.each)
        layout = QVBoxLayout(self)
        margin = style.space(3)
        layout.setContentsMargins(margin, style.space(2), margin, style.space(2))
        layout.setSpacing(style.space(1))
        layout.addLayout(bar)
        layout.addWidget(self.marks)
        layout.addWidget(self._left_out)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._legend)
        layout.addWidget(style.label(about, "quiet"))

    def say(self, family: "Family") -> None:
        """Show a family; the cell a person was at stays the current one."""
        before = self.table.currentIndex()
        columns = [shown for member in family.members if (shown := self._shown(member, family)) is not None]
        self._model.say(columns, family_grid([shown.column for shown in columns]))
        self._left_out.setText(" ".join(self._told_left_out(family, columns)))
        self._left_out.setVisible(bool(self._left_out.text()))
        self.marks.setText(self._told_marks(columns))
        self.table.setVisible(len(columns) > 0)
        again = self._model.index(max(before.row(), 0), max(before.column(), 0))
        if again.isValid():
            self.table.setCurrentIndex(again)
        self._enable()

    def _shown(self, member: "FamilyMember", family: "Family") -> Shown | None:
        column, own = member.column, family.own.column
        if column is None or own is None or not column.band or not compares(own.pack, column.pack):
            return None
        assessment, session = column.assessment, self._workspace.session
        grading_as = session.professional.id if session.user.may(Duty.WORK_CASES) else ""
        seen = blind.as_seen(column.pack, assessment, grading_as)
        about = [words.window(assessment.window)] if assessment.window is not None else []
        about += [words.say(assessment.state), column.pack.band(column.band).label]
        return Shown(family_words.called(member.child), "\n".join(about), replace(column, assessment=seen))

    def _told_left_out(self, family: "Family", columns: Sequence[Shown]) -> list[str]:
        told: list[str] = []
        if not family.siblings and not family.not_shown:
            told.append(self.tr("No other child is recorded in this home or with these carers."))
        shown = {each.column.assessment.id for each in columns}
        for member in family.members:
            if member.assessment is not None and member.assessment.id in shown:
                continue
            why = self.tr("its assessment cannot be compared")
            if member.why_not is not None:
                why = family_words.why_closed(member.why_not)
            told.append(self.tr("{name}: {why}.").format(name=family_words.called(member.child), why=why))
        told.append(family_words.not_shown(family.not_shown))
        if any(self._is_blind(member) for member in family.members):
            told.append(self.tr("Units graded by someone else, and not yet by you, are left out here."))
        return [text for text in told if text]

    def _is_blind(self, member: "FamilyMember") -> bool:
        session = self._workspace.session
        return (
            member.assessment is not None
            and session.user.may(Duty.WORK_CASES)
            and bool(blind.hidden_units(member.assessment, session.professional.id))
        )

    def _told_marks(self, columns: Sequence[Shown]) -> str:
        told = []
        for number, shown in enumerate(columns):
            codes = self._model.marked_units(number)
            if codes:
                text = self.tr("{name} is graded 2 or more worse than a sibling in {units}.")
                told.append(text.format(name=shown.name, units=family_words.listed(codes)))
        if not told and len(columns) > 1:
            return self.tr("No child is graded 2 or more worse than a sibling in any unit.")
        return " ".join(told)

    # Going on

    def _enable(self) -> None:
        index = self.table.currentIndex()
        there = index.isValid() and self._model.row(index.row()).cells[index.column()].state is not None
        self.open.setEnabled(there)
        self.each.setEnabled(index.isValid())

    def _choose(self, row: int, column: int) -> None:
        found = self._model.row(row)
        if found.cells[column].state is not None:
            self._workspace.unit_wanted.emit(self._model.shown(column).column.assessment.id, found.code)

    def _open_current(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            self._choose(index.row(), index.column())

    def _each(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            self.unit_wanted.emit(self._model.row(index.row()).code)
