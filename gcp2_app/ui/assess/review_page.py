"""The roll-up with its reasons: each area and sub-area, how complete it is, and which unit decided it."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gcp2_app.domain.assessment import Judgement
from gcp2_app.domain.gates import gates_in
from gcp2_app.domain.instrument import Policy
from gcp2_app.domain.scoring import Result
from gcp2_app.overriding import override
from gcp2_app.ui import style, words
from gcp2_app.ui.assess import sections, wording
from gcp2_app.ui.assess.coach import coach_of
from gcp2_app.ui.assess.coach_pane import CoachPane
from gcp2_app.ui.assess.draft import Draft
from gcp2_app.ui.assess.step_page import StepPage
from gcp2_app.ui.assess.steps import Spot, Step, spot_of_unit
from gcp2_app.ui.assess.texts import KeptLine
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.forms.choice import QuietComboBox


class ResultRow(QWidget):
    """One area's or sub-area's grade with its reason.

    Attributes:
        unit_wanted: emitted with the code of a unit that decided it.
    """

    unit_wanted = Signal(str)

    def __init__(self, draft: Draft, code: str, *, area: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._area = area
        self._units: tuple[str, ...] | None = None
        pack = draft.pack
        named = next(each for each in pack.areas if each.code == code) if area else pack.subareas[code]
        self.chip = style.GradeChip()
        self.why = style.label()
        self._counts = style.label("", "quiet")
        self._links = Flow()
        self._links.setSpacing(style.space(1))
        self._decided = style.label(self.tr("Decided by"), "quiet", wrap=False)
        self._decided.hide()
        texts = QVBoxLayout()
        texts.setSpacing(max(2, style.space(0.5)))
        texts.addWidget(style.heading(f"{code} {named.label}", 2 if area else 3))
        texts.addWidget(self.why)
        texts.addWidget(self._counts)
        if not area:
            self._counts.hide()
        # Beside its caption, so that links in a second line stand below the first link.
        decided = QHBoxLayout()
        decided.setSpacing(style.space(1))
        decided.addWidget(self._decided, 0, Qt.AlignmentFlag.AlignTop)
        decided.addLayout(self._links, 1)
        texts.addLayout(decided)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0 if area else style.space(3), 0, 0, 0)
        layout.setSpacing(style.space(2))
        layout.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(texts, 1)

    def show_result(self, result: Result | None, units: tuple[str, ...]) -> None:
        """Show a result.

        Args:
            result: the result, or None where there is none.
            units: codes of the units that decided it.
        """
        pack = self._draft.pack
        rank, text, name = wording.chip(pack, result)
        self.chip.show_grade(rank, len(pack.grades), text, name, hollow=bool(result and result.provisional))
        if result is None:
            return
        elsewhere = self._draft.value.recorded_elsewhere
        parts: tuple[str, ...] = (
            wording.why(pack, result, area=self._area),
            wording.standing(result, area=self._area),
            wording.held(result),
        )
        if elsewhere and not self._area:
            # Its sub-areas came as grades: there is nothing behind them.
            graded = wording.grade_words(pack, result.grade) if result.grade is not None else ""
            parts = (graded or self.tr("No grade was recorded"),)
        self.why.setText(". ".join(part[:1].upper() + part[1:] for part in parts if part) + ".")
        self._counts.setText(wording.counts(result, of_subareas=elsewhere))
        if units != self._units:
            self._units = units
            self._show_links(units)

    def _show_links(self, units: tuple[str, ...]) -> None:
        while (item := self._links.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._decided.setVisible(bool(units))
        if not units:
            return
        known = self._draft.pack.units_in(self._draft.band)
        for code in units:
            link = style.button(wording.name_of(known[code]) if code in known else code, "link")
            link.clicked.connect(lambda _, code=code: self.unit_wanted.emit(code))
            self._links.addWidget(link)
        first = self._links.itemAt(0)
        if first is not None:
            # The caption stands on the line of the first link.
            self._decided.setFixedHeight(first.sizeHint().height())

    @property
    def first_link(self) -> QWidget | None:
        """The first unit that decided it, if any."""
        item = self._links.itemAt(0)
        return item.widget() if item is not None else None


class JudgementRow(QWidget):
    """The practitioner's own grade of a sub-area beside the computed one."""

    def __init__(self, draft: Draft, code: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._code = code
        self.grade = QuietComboBox()
        self.grade.setAccessibleName(self.tr("Your own grade of {code}").format(code=code))
        self.grade.addItem(self.tr("As computed"), None)
        for grade in draft.pack.grades:
            self.grade.addItem(wording.grade_words(draft.pack, grade.value), grade.value)
        self.reason = KeptLine(self.tr("Why your grade of {code} differs").format(code=code))
        self.reason.setPlaceholderText(self.tr("Why it differs from the computed grade"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(style.space(9), 0, 0, 0)
        layout.addWidget(style.label(self.tr("Your own grade"), "quiet", wrap=False))
        layout.addWidget(self.grade)
        layout.addWidget(self.reason, 1)
        self.grade.activated.connect(lambda _: self._keep())
        self.reason.edited.connect(lambda _: self._keep())

    def refresh(self) -> None:
        """Show what is held now."""
        held = self._draft.seen.judgements.get(self._code)
        self.grade.setCurrentIndex(self.grade.findData(held.grade if held is not None else None))
        self.grade.setEnabled(self._draft.may_grade)
        self.reason.show_text(held.reason if held is not None else "")
        self.reason.setVisible(held is not None)
        self.reason.setReadOnly(not self._draft.may_grade)

    def _keep(self) -> None:
        grade = self.grade.currentData()
        judgements = {code: held for code, held in self._draft.value.judgements.items() if code != self._code}
        if grade is not None:
            judgements[self._code] = Judgement(grade=grade, reason=self.reason.text().strip())
        self._draft.change(replace(self._draft.value, judgements=judgements))
        self.refresh()


class ReviewPage(StepPage):
    """Every area and sub-area.

    Attributes:
        rows: by the code of the area or sub-area.
        coach: what is worth another look.
    """

    def __init__(self, draft: Draft, step: Step, parent: QWidget | None = None) -> None:
        super().__init__(draft, step, parent=parent)
        if draft.value.recorded_elsewhere:
            self.add_heading(self.tr("Recorded elsewhere"), self._told(draft))
        else:
            about = self.tr("How the units’ grades come together, and which of them decide.")
            self.add_heading(self.tr("Review"), about)
        self.setAccessibleName(self.tr("Review"))
        self.body.addWidget(style.label(draft.pack.standing_note))
        self.family = style.button(self.tr("Family grid"))
        self.family.setToolTip(self.tr("The grades of the children of this family beside each other"))
        self.family.clicked.connect(lambda _: draft.want_family())
        self.body.addLayout(style.row(self.family))
        draft.family.known.connect(self._show_family)
        draft.family.ask()
        self._show_family()
        self._blind = style.label(self.tr("Units graded by someone else, and not yet by you, are left out here."))
        self.body.addWidget(self._blind)
        self.rows: dict[str, ResultRow] = {}
        self.judgements: list[JudgementRow] = []
        gated = {gate.area for gate in gates_in(draft.pack, draft.band)} if draft.band else set()
        for area in draft.pack.areas:
            if not draft.value.recorded_elsewhere and not any(each.units_in(draft.band) for each in area.subareas):
                continue
            layout = self.add_card()
            self._add_row(layout, area.code, area=True)
            if area.code in gated:
                # What opened it, or what would, stands with its grade.
                layout.addWidget(style.label(sections.standing(draft, area.code), "quiet"))
            if area.code in draft.closed:
                continue
            for subarea in area.subareas:
                if draft.value.recorded_elsewhere or subarea.units_in(draft.band):
                    self._add_row(layout, subarea.code, area=False)
                    if draft.value.policy is Policy.JUDGEMENT and not draft.value.recorded_elsewhere:
                        self.judgements.append(JudgementRow(draft, subarea.code))
                        layout.addWidget(self.judgements[-1])

        self.coach = CoachPane(draft)
        self.coach.spot_wanted.connect(self.spot_wanted)
        self.body.addWidget(self.coach)

    def _show_family(self) -> None:
        family = self._draft.family
        self.family.setVisible(bool(family.siblings or family.not_shown))

    def _told(self, draft: Draft) -> str:
        told = [wording.recorded_elsewhere(draft.value)]
        told += [words.window(draft.value.window)] if draft.value.window is not None else []
        told.append(self.tr("It holds grades of sub-areas alone and is never compared unit by unit"))
        return ". ".join(told) + "."

    def _add_row(self, layout: QVBoxLayout, code: str, *, area: bool) -> None:
        row = ResultRow(self._draft, code, area=area)
        row.unit_wanted.connect(self._go_to_unit)
        self.rows[code] = row
        layout.addWidget(row)

    @override
    def refresh(self) -> None:
        profile, elsewhere = self._draft.profile, self._draft.value.recorded_elsewhere
        for area in self._draft.pack.areas:
            if area.code not in self.rows:
                continue
            result = profile.areas.get(area.code)
            deciding = result.decided_by if result is not None else ()
            units = tuple(unit for code in deciding for unit in profile.subareas[code].decided_by)
            self.rows[area.code].show_result(result, () if elsewhere else units)
            for subarea in area.subareas:
                if subarea.code in self.rows:
                    found = profile.subareas.get(subarea.code)
                    units = found.decided_by if found is not None and not elsewhere else ()
                    self.rows[subarea.code].show_result(found, units)
        for judgement in self.judgements:
            judgement.refresh()
        self._blind.setVisible(self._draft.is_blind)
        self.coach.refresh()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Not before somebody looks at the review: until then there is nothing to advise on.
        coach_of(self._draft).look()

    @override
    def go_to(self, spot: Spot) -> None:
        # The first thing that can be chosen, near the top; where nothing is graded yet, the page, to be read by arrows.
        links = (row.first_link for row in self.rows.values())
        target = next((link for link in links if link is not None), self)
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        self.verticalScrollBar().setValue(0)

    def _go_to_unit(self, code: str) -> None:
        pack = self._draft.pack
        if code in pack.units_in(self._draft.band):
            self.spot_wanted.emit(spot_of_unit(pack, code))
