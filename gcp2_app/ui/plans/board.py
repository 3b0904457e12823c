"""The board of agreed actions: four columns, and the patterns that wait for their three questions."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.kinds import Item, ItemType
from gcp2_app.domain.plans.board import Card, Column, Pattern
from gcp2_app.domain.when import parse_date
from gcp2_app.ui import style
from gcp2_app.ui.child.tiles import Tiles
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.fold import Fold
from gcp2_app.ui.forms.asking import ask
from gcp2_app.ui.plans.action_card import ActionCard, Steps
from gcp2_app.ui.plans.words import about_column, column, item, tr
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.plan_steps import Step

#: Cards shown in a column at once; the rest are folded.
_AT_ONCE = 5
_COLUMN_STEPS = 46


class Board(QFrame):
    """*Agreed · Said · Checked · Seen to last*.

    Attributes:
        add_wanted: emitted when a new action is to be agreed.
    """

    add_wanted = Signal()

    def __init__(
        self, workspace: Workspace, child: str, cards: Sequence[Card], patterns: Sequence[Pattern], *, may_work: bool
    ) -> None:
        super().__init__()
        self._workspace, self._child, self._may_work = workspace, child, may_work
        self.setProperty("role", "card")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.space(2.5), style.space(2), style.space(2.5), style.space(2))
        layout.setSpacing(style.space(1.5))
        head = QHBoxLayout()
        head.addWidget(style.heading(tr("Agreed, said, checked, seen to last"), 2), 1)
        if may_work:
            add = style.button(tr("Agree an action…"))
            add.setObjectName("agree-action")
            add.clicked.connect(lambda _=False: self.add_wanted.emit())
            head.addWidget(add)
        layout.addLayout(head)
        for pattern in patterns:
            layout.addWidget(self._make_pattern(pattern))
        if not cards:
            layout.addWidget(style.label(tr("No action has been agreed yet."), "quiet"))
            return
        self._steps = Steps(
            say_done=self._say_done if may_work else None,
            check=self._check if may_work else None,
            look_again=self._look_again if may_work else None,
            agree_again=self._agree_again if may_work else None,
            open=self._open,
        )
        columns = [self._make_column(which, [card for card in cards if card.column is which]) for which in Column]
        layout.addWidget(Tiles(columns, _COLUMN_STEPS))

    def _make_column(self, which: Column, cards: Sequence[Card]) -> QWidget:
        # Of what is over, the latest stands first.
        if which in (Column.CHECKED, Column.LASTS):
            cards = sorted(cards, key=_settled_on, reverse=True)
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(1))
        layout.addWidget(style.heading(f"{column(which)} ({len(cards)})", 3))
        layout.addWidget(style.label(about_column(which), "quiet"))
        for card in cards[:_AT_ONCE]:
            layout.addWidget(ActionCard(card, self._steps))
        rest = cards[_AT_ONCE:]
        if rest:
            fold = Fold(tr("%n more", len(rest)), partial(self._make_rest, rest))
            fold.setObjectName(f"more-{which}")
            layout.addWidget(fold)
            layout.addLayout(fold.place)
        layout.addStretch(1)
        made.setAccessibleName(column(which))
        return made

    def _make_rest(self, cards: Sequence[Card]) -> QWidget:
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(1))
        for card in cards:
            layout.addWidget(ActionCard(card, self._steps))
        return made

    def _make_pattern(self, pattern: Pattern) -> QWidget:
        made = QFrame()
        made.setProperty("role", "note")
        layout = QVBoxLayout(made)
        layout.setContentsMargins(style.space(2), style.space(1.5), style.space(2), style.space(1.5))
        layout.setSpacing(style.space(0.7))
        layout.addWidget(style.label(pattern.text))
        if pattern.may_be_reported:
            layout.addWidget(
                style.label(tr("The three questions are answered for each action; a report may name this."), "quiet")
            )
        else:
            open_ = tr(
                "No report names this before the three questions are answered for %n more action.|"
                "No report names this before the three questions are answered for %n more actions.",
                len(pattern.unanswered),
            )
            layout.addWidget(style.label(open_, "error"))
        flow = Flow()
        flow.setSpacing(style.space(1))
        for entry in pattern.actions if self._may_work else ():
            is_open = entry in pattern.unanswered
            text = str(entry.data.get("what") or tr("this action"))
            button = style.button(tr("Answer: {what}…") if is_open else tr("Answered: {what}…"), "link")
            button.setText(button.text().format(what=text if len(text) <= 40 else text[:37].rstrip(" .,…")))
            button.setObjectName(f"answer-{pattern.rule}-{entry.id}")
            button.setAccessibleName(tr("The three questions about: {what}").format(what=text))
            button.clicked.connect(lambda _=False, entry=entry: self._answer(entry))
            flow.addWidget(button)
        layout.addLayout(flow)
        return made

    # Steps -------------------------------------------------------------------------------------

    def _open(self, card: Card) -> None:
        self._workspace.entry_shown_wanted.emit(self._child, card.entry.id)

    def _ask(
        self,
        entry: Entry,
        title: str,
        items: tuple[Item, ...],
        save: Callable[[dict[str, Any]], object],
        *,
        begin: dict[str, Any],
        about: str = "",
    ) -> None:
        def saved(_kept: object) -> None:
            self._workspace.changed.emit("entry", entry.id)

        what = str(entry.data.get("what") or "")
        about = "\n".join(filter(None, (f"“{what}”" if what else "", about)))
        ask(self, self._workspace, title=title, items=items, save=save, saved=saved, about=about, begin=begin)

    @property
    def _today(self) -> str:
        return self._workspace.session.today().isoformat()

    def _say_done(self, card: Card) -> None:
        from gcp2_app.services import plan_steps

        session, step = self._workspace.session, _step(card.entry)
        items = (Item(name="on", type=ItemType.DATE, label=tr("Said to be done on"), required=True),)
        about = tr("Somebody says that it is done. Checking it is another step.")
        self._ask(
            card.entry,
            tr("Said to be done"),
            items,
            lambda values: plan_steps.say_done(session, step, parse_date(values["on"])),
            begin={"on": self._today},
            about=about,
        )

    def _check(self, card: Card) -> None:
        from gcp2_app.services import plan_steps

        session, step = self._workspace.session, _step(card.entry)
        by, result = item("action", "checked_by"), item("action", "checked_result")
        items = (
            Item(name="on", type=ItemType.DATE, label=tr("Checked on"), required=True),
            Item(name="by", type=by.type, label=by.label, options=by.options),
            Item(name="result", type=result.type, label=result.label, options=result.options, required=True),
        )
        self._ask(
            card.entry,
            tr("Check it"),
            items,
            lambda values: plan_steps.check(
                session, step, on=parse_date(values["on"]), by=values["by"] or "", result=values["result"]
            ),
            begin={"on": self._today},
        )

    def _look_again(self, card: Card) -> None:
        from gcp2_app.services import plan_steps

        session, step = self._workspace.session, _step(card.entry)
        by, result = item("action", "looked_again", "by"), item("action", "looked_again", "result")
        items = (
            Item(name="on", type=ItemType.DATE, label=tr("Looked at again on"), required=True),
            Item(name="by", type=by.type, label=by.label, options=by.options, required=True),
            Item(name="result", type=result.type, label=result.label, options=result.options, required=True),
        )
        self._ask(
            card.entry,
            tr("Look again"),
            items,
            lambda values: plan_steps.look_again(
                session, step, on=parse_date(values["on"]), by=values["by"], result=values["result"]
            ),
            begin={"on": self._today},
            about=tr("Does what was done last?"),
        )

    def _agree_again(self, card: Card) -> None:
        from gcp2_app.services import plan_steps

        session, step = self._workspace.session, _step(card.entry)
        items = (
            Item(name="what", type=ItemType.TEXT, label=item("action", "what").label, required=True),
            Item(name="who", type=ItemType.STRING, label=item("action", "who").label),
            Item(name="agreed_on", type=ItemType.DATE, label=item("action", "agreed_on").label, required=True),
            Item(name="due", type=ItemType.DATE, label=item("action", "due").label),
        )
        begin = {"what": card.entry.data.get("what"), "who": card.entry.data.get("who"), "agreed_on": self._today}
        self._ask(
            card.entry,
            tr("Agree it again"),
            items,
            lambda values: plan_steps.agree_again(
                session,
                step,
                agreed_on=parse_date(values["agreed_on"]),
                due=parse_date(values["due"]) if values["due"] else None,
                who=values["who"] or "",
                what=values["what"] or "",
            ),
            begin=begin,
            about=tr("The earlier agreement stays in the record, and this one says that it is the same."),
        )

    def _answer(self, entry: Entry) -> None:
        from gcp2_app.services import plan_steps
        from gcp2_app.services.plan_steps import Answers

        session, step, asked = self._workspace.session, _step(entry), entry.data.get("asked") or {}
        names = ("able", "able_words", "prevented", "prevented_words")
        group = tuple(item("action", "asked", name) for name in names)
        begin = {"understood": entry.data.get("understood"), **{name: asked.get(name) for name in names}}

        def save(values: dict[str, Any]) -> Entry:
            answers = Answers(
                understood=values["understood"],
                able=values["able"],
                prevented=values["prevented"],
                able_words=values["able_words"] or "",
                prevented_words=values["prevented_words"] or "",
            )
            return plan_steps.answer(session, step, answers)

        about = tr("Ask before anything is said about anybody. What is not known stays open.")
        items = (item("action", "understood"), *group)
        self._ask(entry, tr("Before it is called a pattern"), items, save, begin=begin, about=about)


def _step(entry: Entry) -> "Step":
    from gcp2_app.services.plan_steps import Step

    return Step(id=entry.id, revision=entry.revision)


def _settled_on(card: Card) -> str:
    day = card.looked_again_on or card.checked_on
    return day.isoformat() if day is not None else ""
