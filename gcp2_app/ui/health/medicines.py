"""The medicine card, shown word for word as it was written down, and the steps to giving it unsupervised.

Nothing here reads, changes or makes a dose, a time or an amount.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from gcp2_app.domain.entry_fields import DATA
from gcp2_app.domain.healthcare.cards import Card, Hold
from gcp2_app.domain.healthcare.stepper import Name, State, Stepper
from gcp2_app.domain.kinds import Item, ItemType
from gcp2_app.domain.when import parse_date
from gcp2_app.ui import style, words
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.forms.asking import ask
from gcp2_app.ui.health.asks import Asks
from gcp2_app.ui.plans.words import item, label, tr
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.entry_step import Step
    from gcp2_app.services.health import HealthFile

_STATES = {
    Hold.HOLDS: ("Checked, and holds", "good"),
    Hold.NOT_CHECKED: ("Not checked yet: follow the label, and hand no copy out", "error"),
    Hold.NOBODY_UNTIL_THEN: ("It does not say who gives it safely until then: hand no copy out", "error"),
    Hold.VOID: ("Void: something changed. Take every copy back and have a new card checked", "error"),
    Hold.EXPIRED: ("Expired: have it checked again", "error"),
}
_MARKS = {State.DONE: "✓", State.OPEN: "○", State.STOP: "!"}
_STEP_NAMES = {
    Name.NEED: "Learning need",
    Name.COORDINATORS: "Coordinators",
    Name.CARD: "Card",
    Name.TEACH_BACK: "Teach-back",
    Name.UNSUPERVISED: "Unsupervised",
    Name.RETEST: "Shown again",
}
_STATE_WORDS = {State.DONE: "done", State.OPEN: "to do", State.STOP: "act today"}


class Medicines(QFrame):
    """The medicines of a child, with who was shown them."""

    def __init__(self, workspace: Workspace, file: "HealthFile", asks: Asks, names: Mapping[str, str]) -> None:
        """Show them.

        Args:
            workspace: the open store.
            file: what was read.
            asks: what the panel can ask for.
            names: of the carers, by id.
        """
        super().__init__()
        self._workspace, self._file, self._asks, self._names = workspace, file, asks, names
        self.setProperty("role", "card")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.space(2.5), style.space(2), style.space(2.5), style.space(2))
        layout.setSpacing(style.space(1.5))
        layout.addWidget(style.heading(tr("Medicines"), 2))
        if not file.switch.on:
            self._say_off(layout)
            return
        layout.addWidget(
            style.label(
                tr(
                    "Copied exactly from the prescription or label. Follow the label; where this and the label differ, "
                    "ring the pharmacist or prescriber. This program never works out a dose, a time or an amount."
                ),
                "quiet",
            )
        )
        for card in file.cards:
            layout.addWidget(self._make_card(card))
        if not file.cards:
            layout.addWidget(style.label(tr("No medicine is recorded."), "quiet"))
        if asks.add is not None:
            add = style.button(tr("Add a medicine…"))
            add.setObjectName("add-medicine")
            add.clicked.connect(lambda _=False: self._add("medicine", {}))
            layout.addLayout(style.row(add))

    def _say_off(self, layout: QVBoxLayout) -> None:
        text = tr(
            "The medicine card and teach-back are off in this store. An administrator turns them on in Settings, under "
            "“Medicines”, once the health organisation’s clinical-safety approval is given."
        )
        layout.addWidget(style.label(text))

    def _make_card(self, card: Card) -> QWidget:
        made = QFrame()
        made.setProperty("role", "note" if card.hold is Hold.HOLDS else "warning")
        layout = QVBoxLayout(made)
        layout.setContentsMargins(style.space(2), style.space(1.5), style.space(2), style.space(1.5))
        layout.setSpacing(style.space(1))
        text, role = _STATES[card.hold]
        name = str(card.fact.data.get("name") or "")
        layout.addWidget(style.label(tr(text), role))
        grid = QGridLayout()
        grid.setHorizontalSpacing(style.space(2))
        grid.setVerticalSpacing(style.space(0.5))
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, style.space(36))
        for number, (caption, value) in enumerate(self.lines(card)):
            grid.addWidget(style.label(caption, "quiet"), number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(_value(value), number, 1, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(grid)
        if self._asks.add is not None:
            layout.addLayout(self._make_buttons(card, name))
        for stepper in self._file.steppers:
            if stepper.medicine.id == card.fact.id:
                layout.addWidget(self._make_stepper(stepper, name))
        made.setAccessibleName(f"{name}: {tr(text)}")
        return made

    @staticmethod
    def lines(card: Card) -> list[tuple[str, str]]:
        """Return caption and text of each line of a card, the transcribed ones word for word."""
        data = card.fact.data
        times = data.get("times") or ()
        held = [
            (item("medicine", "name").label, str(data.get("name") or tr("Not known"))),
            (item("medicine", "strength").label, str(data.get("strength") or "")),
            (item("medicine", "dose_as_prescribed").label, str(data.get("dose_as_prescribed") or tr("Not known"))),
            (item("medicine", "times").label, "\n".join([times] if isinstance(times, str) else times)),
            (item("medicine", "device").label, str(data.get("device") or "")),
            (item("medicine", "missed_dose").label, str(data.get("missed_dose") or "")),
            (item("medicine", "prescriber").label, str(data.get("prescriber") or "")),
            (item("medicine", "must_not_miss").label, tr("Yes") if data.get("must_not_miss") is True else ""),
            (item("medicine", "given_safely_by").label, str(data.get("given_safely_by") or tr("Nobody is named"))),
            (tr("Checked"), _checked(card)),
            (tr("Good until"), words.day_or_month(str(data["card_expires"])) if data.get("card_expires") else ""),
            (tr("Changed since"), _changes(card)),
            (tr("Copies with"), ", ".join(card.copies)),
        ]
        return [(caption, text) for caption, text in held if text]

    def _make_buttons(self, card: Card, name: str) -> Flow:
        flow = Flow()
        flow.setSpacing(style.space(1))
        id_ = card.fact.id
        offered: list[tuple[str, str, Callable[[], object]]] = [
            (f"check-{id_}", tr("It was checked…"), lambda: self._check(card)),
            (f"changed-{id_}", tr("It changed…"), lambda: self._change(card)),
        ]
        if card.hold is Hold.HOLDS:
            offered.append((f"copy-{id_}", tr("A copy was given…"), lambda: self._give(card)))
        if card.copies:
            offered.append((f"back-{id_}", tr("A copy came back…"), lambda: self._take_back(card)))
        if self._asks.edit is not None:
            edit = self._asks.edit
            offered.append((f"edit-{id_}", tr("Correct it…"), lambda: edit(id_)))
        for key, text, run in offered:
            button = style.button(text)
            button.setObjectName(key)
            button.setAccessibleName(f"{text} {name}")
            button.clicked.connect(lambda _=False, run=run: run())
            flow.addWidget(button)
        return flow

    def _make_stepper(self, stepper: Stepper, name: str) -> QWidget:
        made = QFrame()
        made.setProperty("role", "card")
        layout = QVBoxLayout(made)
        layout.setSpacing(style.space(0.7))
        who = self._names.get(stepper.person.id) or stepper.person.name
        layout.addWidget(style.heading(tr("{who}: to giving it unsupervised").format(who=who), 3))
        for step in stepper.steps:
            text = f"{_MARKS[step.state]} {tr(_STEP_NAMES[step.name])}: {step.text}"
            line = style.label(text, {State.DONE: "quiet", State.STOP: "error"}.get(step.state, ""))
            if step is stepper.now:
                font = line.font()
                font.setWeight(font.Weight.DemiBold)
                line.setFont(font)
            line.setAccessibleName(f"{tr(_STEP_NAMES[step.name])}, {tr(_STATE_WORDS[step.state])}: {step.text}")
            layout.addWidget(line)
        if self._asks.add is not None:
            flow = Flow()
            flow.setSpacing(style.space(1))
            ids = f"{stepper.medicine.id}-{stepper.person.id}"
            show = style.button(tr("Record what was shown…"))
            show.setObjectName(f"shown-{ids}")
            show.clicked.connect(lambda _=False: self._show_again(stepper, name))
            flow.addWidget(show)
            help_ = style.button(tr("Coordinators and help…"))
            help_.setObjectName(f"help-{ids}")
            help_.clicked.connect(lambda _=False: self._help(stepper))
            flow.addWidget(help_)
            layout.addLayout(flow)
        return made

    # Forms -------------------------------------------------------------------------------------

    def _add(self, kind: str, begin: dict[str, Any], known: Mapping[str, str] | None = None) -> None:
        assert self._asks.add is not None  # noqa: S101 - its button is there only where it is
        self._asks.add(kind, begin, known or {})

    def _show_again(self, stepper: Stepper, name: str) -> None:
        begin = {
            "when": self._workspace.session.today().isoformat(),
            f"{DATA}medicine": stepper.medicine.id,
            f"{DATA}person": stepper.person.id,
        }
        self._add("teach_back", begin, {stepper.medicine.id: name})

    def _help(self, stepper: Stepper) -> None:
        if stepper.support and self._asks.edit is not None:
            self._asks.edit(stepper.support[-1].id)
        else:
            when = self._workspace.session.today().isoformat()
            self._add("learning_support", {"when": when, f"{DATA}person": stepper.person.id})

    def _ask(
        self,
        card: Card,
        title: str,
        items: tuple[Item, ...],
        save: Callable[["Step", dict[str, Any]], object],
        *,
        begin: dict[str, Any],
        about: str = "",
    ) -> None:
        from gcp2_app.services.entry_step import Step

        entry = card.fact.whole
        step = Step(id=entry.id, revision=entry.revision)
        ask(
            self,
            self._workspace,
            title=title,
            items=items,
            save=lambda values: save(step, values),
            saved=lambda _: self._workspace.changed.emit("entry", entry.id),
            about="\n".join(filter(None, (str(entry.data.get("name") or ""), about))),
            begin={"on": self._workspace.session.today().isoformat(), **begin},
        )

    def _check(self, card: Card) -> None:
        from gcp2_app.services import medicine_steps

        session, data, role = self._workspace.session, card.fact.data, item("medicine", "checked_role")
        items = (
            Item(name="by", type=ItemType.STRING, label=tr("Checked by"), required=True),
            Item(name="role", type=role.type, label=role.label, options=role.options, required=True),
            Item(name="on", type=ItemType.DATE, label=item("medicine", "checked_on").label, required=True),
            Item(name="until", type=ItemType.DATE, label=item("medicine", "card_expires").label),
            Item(name="safely", type=ItemType.STRING, label=item("medicine", "given_safely_by").label, required=True),
        )
        self._ask(
            card,
            tr("The card was checked"),
            items,
            lambda step, values: medicine_steps.check(
                session,
                step,
                by=values["by"],
                role=values["role"],
                on=parse_date(values["on"]),
                expires=parse_date(values["until"]) if values["until"] else None,
                given_safely_by=values["safely"],
            ),
            begin={"safely": data.get("given_safely_by")},
            about=tr("Somebody compared every word of the card with the prescription."),
        )

    def _change(self, card: Card) -> None:
        from gcp2_app.services import medicine_steps

        session, what = self._workspace.session, item("medicine", "changed", "what")
        items = (
            Item(name="what", type=what.type, label=what.label, options=what.options, required=True),
            Item(name="on", type=ItemType.DATE, label=item("medicine", "changed", "on").label, required=True),
        )
        self._ask(
            card,
            tr("The medicine changed"),
            items,
            lambda step, values: medicine_steps.note_change(
                session, step, what=values["what"], on=parse_date(values["on"])
            ),
            begin={},
            about=tr("The card is void from then on. Correct its words, and have it checked again."),
        )

    def _give(self, card: Card) -> None:
        from gcp2_app.services import medicine_steps

        session = self._workspace.session
        items = (
            Item(name="who", type=ItemType.STRING, label=tr("Who has it"), required=True),
            Item(name="on", type=ItemType.DATE, label=tr("Given on"), required=True),
        )
        self._ask(
            card,
            tr("A copy of the card was given"),
            items,
            lambda step, values: medicine_steps.give_copy(
                session, step, who=values["who"], on=parse_date(values["on"])
            ),
            begin={},
        )

    def _take_back(self, card: Card) -> None:
        from gcp2_app.domain.kinds import Option
        from gcp2_app.services import medicine_steps

        session = self._workspace.session
        options = tuple(Option(code=who, label=who) for who in dict.fromkeys(card.copies))
        items = (
            Item(name="who", type=ItemType.CHOICE, label=tr("Whose copy"), options=options, required=True),
            Item(name="on", type=ItemType.DATE, label=tr("Taken back on"), required=True),
        )
        self._ask(
            card,
            tr("A copy of the card came back"),
            items,
            lambda step, values: medicine_steps.take_back(
                session, step, who=values["who"], on=parse_date(values["on"])
            ),
            begin={"who": options[0].code} if len(options) == 1 else {},
        )


def _value(text: str) -> QLabel:
    made = style.label(text)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def _checked(card: Card) -> str:
    data = card.fact.data
    role = label("medicine", data.get("checked_role"), "checked_role")
    day = words.day_or_month(str(data["checked_on"])) if data.get("checked_on") else ""
    return ", ".join(filter(None, (str(data.get("checked_by") or ""), role, day)))


def _changes(card: Card) -> str:
    return ", ".join(
        " ".join(filter(None, (label("medicine", what, "changed", "what"), words.day(on) if on else "")))
        for what, on in card.changed
    )
