"""What is settled before the first grade: what was explained, what each carer said, the window and the age band."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from gcp2_app.domain.assessment import CarerConsent, Consent, Window
from gcp2_app.domain.interpreting import why_not
from gcp2_app.overriding import override
from gcp2_app.ui import style, words
from gcp2_app.ui.assess import changes, reading
from gcp2_app.ui.assess.band_card import BandCard
from gcp2_app.ui.assess.draft import Draft
from gcp2_app.ui.assess.missing_list import MissingList
from gcp2_app.ui.assess.step_page import StepPage
from gcp2_app.ui.assess.steps import Spot, Step
from gcp2_app.ui.assess.texts import KeptDay, KeptLine, KeptText
from gcp2_app.ui.field import Field
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.forms.choice import QuietComboBox

if TYPE_CHECKING:
    from gcp2_app.services.sharing import Before


class CarerAnswer(QWidget):
    """What one carer said when it was explained."""

    def __init__(self, draft: Draft, carer: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._carer = carer
        name = draft.name(carer)
        self.answer = QuietComboBox()
        self.answer.addItem(self.tr("Choose…"), None)
        for consent, text in words.says(Consent).items():
            self.answer.addItem(text, consent)
        self.reason = KeptLine(self.tr("Why, {name}").format(name=name))
        self.on = KeptDay(self.tr("When, {name}").format(name=name), draft.today)
        self._why = Field(self.tr("Why?"), self.reason)
        self.answer.setAccessibleName(self.tr("Answer, {name}").format(name=name))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(1))
        layout.addWidget(style.heading(name, 3))
        flow = Flow()
        flow.setSpacing(style.space(3))
        layout.addLayout(flow)
        flow.addWidget(Field(self.tr("Answer"), self.answer))
        day = Field(self.tr("When"), self.on)
        self.on.problem.connect(day.show_error)
        flow.addWidget(day)
        self._why.setMinimumWidth(style.space(50))
        flow.addWidget(self._why)
        self.answer.activated.connect(lambda _: self._choose())
        self.reason.edited.connect(lambda text: self._keep("reason", reason=text))
        self.on.day_edited.connect(lambda day: self._keep("on", on=day))

    def refresh(self) -> None:
        """Show what is held now."""
        said, frozen = self._said(), not self._draft.may_write
        self.answer.setCurrentIndex(self.answer.findData(said.answer if said is not None else None))
        self.answer.setEnabled(not frozen)
        self.reason.show_text(said.reason if said is not None else "")
        self.reason.setReadOnly(frozen)
        self.on.show_day(said.on if said is not None else None)
        self.on.setReadOnly(frozen)
        self.on.setEnabled(said is not None)
        self._why.setVisible(said is not None and said.answer is not Consent.AGREED)

    @property
    def carer(self) -> str:
        """Id of the carer."""
        return self._carer

    @property
    def asked(self) -> QWidget | None:
        """Where an answer, or a reason for it, is still asked for; None where nothing is."""
        said = self._said()
        if said is None:
            return self.answer
        return None if said.answer is Consent.AGREED or said.reason.strip() else self.reason

    def _said(self) -> CarerConsent | None:
        explained = self._draft.value.explained
        held = explained.carers if explained is not None else ()
        return next((said for said in held if said.person == self._carer), None)

    def _choose(self) -> None:
        chosen = self.answer.currentData()
        if chosen is not None:
            said = self._said()
            self._keep(answer=Consent(chosen), on=(said.on if said is not None else None) or self._draft.today)

    def _keep(self, typed: str = "", **fields: Any) -> None:
        said = self._said()
        if said is None:
            if "answer" not in fields:
                return
            said = CarerConsent(person=self._carer, answer=fields["answer"])
        said = replace(said, **fields)
        explained = self._draft.value.explained
        held = explained.carers if explained is not None else ()
        others = tuple(other for other in held if other.person != self._carer)
        value = changes.explained(self._draft.value, carers=(*others, said))
        self._draft.change(value, f"{self._carer} {typed}" if typed else "")


class BeforePage(StepPage):
    """The first step."""

    def __init__(self, draft: Draft, step: Step, parent: QWidget | None = None) -> None:
        super().__init__(draft, step, parent=parent)
        self.add_heading(
            self.tr("Before you start"),
            self.tr("Explain the assessment to the carers and record what they say. Grading opens once this is done."),
        )
        self.band_card = BandCard(draft)
        if not draft.band:
            self.body.addWidget(self.band_card)
        self.what = KeptText(self.tr("What was explained"), lines=3)
        self.leaflet = KeptLine(self.tr("Leaflet left with them"))
        self.language = KeptLine(self.tr("Language used"))
        self.interpreter = KeptLine(self.tr("Interpreter"))
        self._texts: dict[str, KeptText | KeptLine] = {
            "explained.what": self.what,
            "explained.leaflet": self.leaflet,
            "explained.language": self.language,
            "explained.interpreter": self.interpreter,
        }
        self._interpreter = Field(
            self.tr("Interpreter"),
            self.interpreter,
            self.tr("Never a child or a relative. Write “none needed” if so."),
        )
        self.abuse = style.label(
            self.tr(
                "Domestic abuse is recorded for this child. Ask the carers apart, and tell neither what the other said."
            ),
            "error",
        )
        self.abuse.hide()
        self._family: tuple[str, ...] = ()
        self.apart = QCheckBox(self.tr("The carers were asked apart"))
        self.carers = [CarerAnswer(draft, carer) for carer in draft.value.carers]
        self._lay_out_explained()
        self._lay_out_carers()
        self.first, self.last = KeptDay(self.tr("First day"), draft.today), KeptDay(self.tr("Last day"), draft.today)
        self.window_reason = KeptLine(self.tr("Why is the window this long?"))
        self._window_why = Field(self.tr("Why is the window this long?"), self.window_reason)
        self._lay_out_window()
        if draft.band:
            self.body.addWidget(self.band_card)
        if draft.pack.how_to_grade:
            layout = self.add_card()
            layout.addWidget(style.heading(reading.heading_text(), 2))
            layout.addWidget(reading.make_rules(draft.pack))
        self.needed = MissingList(draft, on_card=True, of=lambda: draft.before_grading)
        self._needed, needed = style.card()
        heading = style.heading(self.tr("Still needed before you can grade"), 2)
        needed.addWidget(heading)
        needed.addWidget(self.needed)
        self.needed.setAccessibleName(heading.text())
        self.needed.spot_wanted.connect(self.go_to)
        self.body.addWidget(self._needed)

    def _lay_out_explained(self) -> None:
        layout = self.add_card()
        layout.addWidget(style.heading(self.tr("Explanation"), 2))
        layout.addWidget(
            Field(
                self.tr("What was explained"),
                self.what,
                self.tr("What is looked at and why, who sees it, how long it takes."),
            )
        )
        none = self.tr("Write “none” if none was left.")
        layout.addWidget(Field(self.tr("Leaflet left with them"), self.leaflet, none))
        layout.addWidget(Field(self.tr("Language used"), self.language))
        layout.addWidget(self._interpreter)
        for field, control in self._texts.items():
            name = field.partition(".")[2]
            if control is not self.interpreter:
                control.edited.connect(lambda text, name=name: self._explain(name, text))
        self.interpreter.edited.connect(self._name_interpreter)

    def _lay_out_carers(self) -> None:
        layout = self.add_card()
        layout.addWidget(style.heading(self.tr("What each carer said"), 2))
        layout.addWidget(self.abuse)
        for carer in self.carers:
            layout.addWidget(carer)
        layout.addWidget(self.apart)
        layout.addWidget(style.label(self.tr("Ask carers apart where abuse is known or suspected."), "quiet"))
        self.apart.clicked.connect(
            lambda ticked: self._draft.change(changes.explained(self._draft.value, asked_apart=ticked))
        )

    def _lay_out_window(self) -> None:
        layout = self.add_card()
        layout.addWidget(style.heading(self.tr("Window"), 2))
        rule = self._draft.pack.window
        about = self.tr("The days the visits fall in; {days} days are usual, more than {most} need a reason.")
        layout.addWidget(style.label(about.format(days=rule.default_days, most=rule.reason_beyond_days), "quiet"))
        flow = Flow()
        flow.setSpacing(style.space(3))
        for text, control in ((self.tr("First day"), self.first), (self.tr("Last day"), self.last)):
            field = Field(text, control)
            control.problem.connect(field.show_error)
            flow.addWidget(field)
        layout.addLayout(flow)
        layout.addWidget(self._window_why)
        self.first.day_edited.connect(lambda day: self._move_window(first=day))
        self.last.day_edited.connect(lambda day: self._move_window(last=day))
        self.window_reason.edited.connect(
            lambda text: self._draft.change(replace(self._draft.value, window_reason=text), "window_reason")
        )

    @override
    def refresh(self) -> None:
        draft = self._draft
        value, frozen = draft.value, not draft.may_write
        explained = value.explained
        for field, control in self._texts.items():
            if control is self.interpreter and self._interpreter.error:
                # What was refused stays to be mended.
                continue
            control.show_text(getattr(explained, field.partition(".")[2]) if explained is not None else "")
            control.setReadOnly(frozen)
        for carer in self.carers:
            carer.refresh()
        self.apart.setChecked(bool(explained is not None and explained.asked_apart))
        self.apart.setEnabled(not frozen)
        self._refresh_window(frozen=frozen)
        self.band_card.refresh()
        self.needed.refresh()
        self._needed.setVisible(bool(self.needed.lines) and not frozen)
        self.needed.setFixedHeight(self.needed.whole_height)

    def _refresh_window(self, *, frozen: bool) -> None:
        value = self._draft.value
        window = value.window
        # The band and the units hang on the first day: it is fixed once grading began.
        self.first.setReadOnly(frozen or bool(value.units))
        self.last.setReadOnly(frozen)
        self.first.show_day(window.from_ if window is not None else None)
        self.last.show_day(window.to if window is not None else None)
        long = window is not None and window.days > self._draft.pack.window.reason_beyond_days
        self._window_why.setVisible(long or bool(value.window_reason))
        self.window_reason.show_text(value.window_reason)
        self.window_reason.setReadOnly(frozen)

    @override
    def go_to(self, spot: Spot) -> None:
        self._ask_family()
        target: QWidget = self.what if self._draft.band else self.band_card.first_asked
        if spot.field in {"window", "window_reason"}:
            target = self.last if self._window_why.isHidden() else self.window_reason
        elif spot.field in {"band", "band_reason"}:
            target = self.band_card.first_asked
        elif spot.field == "explained.carers":
            asked = {each.carer: each.asked for each in self.carers if each.asked is not None}
            target = asked.get(spot.person) or next(iter(asked.values()), target)
        elif spot.field in self._texts:
            target = self._texts[spot.field]
        self.focus(target)

    def _ask_family(self) -> None:
        """Find out who is of the family, and whether abuse is known."""
        from gcp2_app.services import sharing

        id_ = self._draft.value.id

        def known(before: "Before") -> None:
            self._family = tuple(before.names.values())
            self.abuse.setVisible(before.abuse_recorded and len(self._draft.value.carers) > 1)

        self._draft.ask(self, lambda session: sharing.before(session, id_), known)

    def _name_interpreter(self, text: str) -> None:
        problem = why_not(text, self._family)
        self._interpreter.show_error(problem)
        if not problem:
            self._explain("interpreter", text)

    def _explain(self, name: str, text: str) -> None:
        self._draft.change(changes.explained(self._draft.value, **{name: text}), f"explained {name}")

    def _move_window(self, **days: Any) -> None:
        window = self._draft.value.window
        first = days.get("first") or (window.from_ if window else None)
        last = days.get("last") or (window.to if window else None)
        if first is not None and last is None:
            last = first + timedelta(days=self._draft.pack.window.default_days - 1)
        if first is not None and last is not None:
            self._draft.change(replace(self._draft.value, window=Window(from_=first, to=last)))
