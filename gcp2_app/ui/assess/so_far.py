"""The right-hand pane: the areas' grades so far, which visit covers what, and what is still missing."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gcp2_app.domain.instrument import Area
from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.assess import wording
from gcp2_app.ui.assess.draft import Draft
from gcp2_app.ui.assess.missing_list import MissingList
from gcp2_app.ui.assess.planner import PlannerFold

#: Width in steps of the text size from which the areas stand in two columns.
_WIDE: Final = 90


class _AreaRow(QWidget):
    """One area's grade so far."""

    def __init__(self, draft: Draft, area: Area, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._area = area
        self.chip = style.GradeChip()
        self.note = style.label("", "quiet")
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(style.label(f"{area.code} {area.label}"))
        texts.addWidget(self.note)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(1.5))
        layout.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(texts, 1)

    @property
    def is_asked(self) -> bool:
        """Whether any of its units is asked of a child of this age; where the age is not known they all may be."""
        band = self._draft.band
        return not band or any(subarea.units_in(band) for subarea in self._area.subareas)

    def refresh(self) -> None:
        """Show the grade so far."""
        pack, result = self._draft.pack, self._draft.profile.areas.get(self._area.code)
        rank, text, name = wording.chip(pack, result)
        self.chip.show_grade(rank, len(pack.grades), text, name, hollow=bool(result and result.provisional))
        note = self.tr("not open yet") if self._area.code in self._draft.closed else ""
        if result is not None:
            parts = (wording.standing(result, area=True), wording.held(result))
            note = ", ".join(part for part in parts if part)
        self.note.setText(note)
        self.note.setVisible(bool(note))


class SoFar(QWidget):
    """What is missing, and what the areas come to.

    Attributes:
        missing: the list of what is missing.
        planner: where today stands in the window, and which visit covers what.
        rows: the areas' grades, by the area's code.
        show_others: shows others' grades to someone who does not grade without seeing them.
        spot_wanted: emitted with a Spot when the person asks to go there.
    """

    spot_wanted = Signal(object)

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._out = False
        self._spread_as: tuple[int, tuple[str, ...]] | None = None
        self._head = style.heading("", 3)
        self.missing = MissingList(draft, on_card=False)
        self.missing.spot_wanted.connect(self.spot_wanted)
        self.missing.setMinimumHeight(style.space(12))
        self.rows = {area.code: _AreaRow(draft, area, self) for area in draft.pack.areas}
        self.planner = PlannerFold(draft)
        self.planner.spot_wanted.connect(self.spot_wanted)
        self._blind = style.label(self.tr("What others graded is left out until you have graded it too."), "quiet")
        self.show_others = style.button(self.tr("Show others’ grades"), "link")
        self.show_others.clicked.connect(draft.show_others)
        # It scrolls where it is taller than the window: with large text it must not stretch it.
        ground, area = QWidget(), QScrollArea()
        self._area = area
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(ground)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        layout = QVBoxLayout(ground)
        margin = style.space(2)
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(style.space(1.5))
        layout.addWidget(style.heading(self.tr("Areas so far"), 3))
        self._grid = QGridLayout()
        self._grid.setSpacing(style.space(1.5))
        layout.addLayout(self._grid)
        self._spread()
        layout.addWidget(self._blind)
        layout.addLayout(style.row(self.show_others))
        layout.addSpacing(style.space(1))
        layout.addWidget(self.planner)
        layout.addSpacing(style.space(1))
        layout.addWidget(self._head)
        layout.addWidget(self.missing, 1)
        layout.addStretch(0)

    def _spread(self) -> None:
        """Set the areas that are asked below each other, or in columns where the pane has the whole width."""
        columns = 2 if self.width() >= style.space(_WIDE) else 1
        asked = tuple(code for code, row in self.rows.items() if row.is_asked)
        if self._spread_as == (columns, asked):
            return
        self._spread_as = (columns, asked)
        for place, code in enumerate(asked):
            self._grid.addWidget(self.rows[code], place // columns, place % columns)
        for code, row in self.rows.items():
            row.setVisible(code in asked)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spread()

    @property
    def count(self) -> int:
        """How many lines are missing."""
        return len(self.missing.lines)

    def go_to_missing(self) -> None:
        """Put the focus on the list of what is missing and bring it into view."""
        self.missing.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._area.ensureWidgetVisible(self.missing)

    def leave_missing_out(self, *, out: bool) -> None:
        """Leave the list to a page that shows it itself."""
        self._out = out
        self.refresh()

    def refresh(self) -> None:
        """Show what is held now."""
        self.missing.refresh()
        self.planner.refresh()
        count = self.count
        text = self.missing.heading if count else self.tr("Nothing is missing")
        self._head.setText(text)
        self._head.setVisible(not self._out)
        for widget in (self._blind, self.show_others):
            widget.setVisible(self._draft.is_blind)
        self.missing.setVisible(bool(count) and not self._out)
        for row in self.rows.values():
            row.refresh()
        self._spread()
