"""One agreed action on the board: what, who, by when, what was said and found, and the next step."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QVBoxLayout

from gcp2_app.domain.plans.board import Card, Column
from gcp2_app.ui import style, words
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.plans.words import label, tr

_FOUND = {
    "done": ("Found done", "good"),
    "part": ("Found done in part", "error"),
    "not_done": ("Found not done", "error"),
}
_STILL = {
    "done": ("Still so", "good"),
    "part": ("Only partly so any more", "error"),
    "not_done": ("No longer so", "error"),
}


@dataclass(frozen=True, slots=True)
class Steps:
    """What a person can do with an action; each gets its card.

    Attributes:
        say_done, check, look_again, agree_again, answer: None for a user who may not.
        open: shows its entry.
    """

    say_done: Callable[[Card], object] | None
    check: Callable[[Card], object] | None
    look_again: Callable[[Card], object] | None
    agree_again: Callable[[Card], object] | None
    open: Callable[[Card], object]


class ActionCard(QFrame):
    """One action."""

    def __init__(self, card: Card, steps: Steps) -> None:
        super().__init__()
        self._card = card
        self.setProperty("role", "note")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.space(1.5), style.space(1), style.space(1.5), style.space(1))
        layout.setSpacing(max(2, style.space(0.5)))
        what = self.what(card)
        title = style.label(what)
        font = title.font()
        font.setWeight(font.Weight.DemiBold)
        title.setFont(font)
        layout.addWidget(title)
        for text, role in self.lines(card):
            layout.addWidget(style.label(text, role))
        flow = Flow()
        flow.setSpacing(style.space(1))
        for key, text, run in self._steps(card, steps):
            button = style.button(text, "" if key != "open" else "link")
            button.setObjectName(f"{key}-{card.entry.id}")
            button.setProperty("entry", card.entry.id)
            button.setAccessibleName(f"{text}: {what}")
            button.clicked.connect(lambda _=False, run=run: run(card))
            flow.addWidget(button)
        layout.addLayout(flow)
        self.setAccessibleName(what)

    @staticmethod
    def what(card: Card) -> str:
        """Return what was agreed."""
        return str(card.entry.data.get("what") or card.entry.what or tr("What was agreed is not known"))

    @staticmethod
    def lines(card: Card) -> list[tuple[str, str]]:
        """Return the lines of a card with the role each is shown in."""
        data = card.entry.data
        who = str(data.get("who") or "")
        agreed = tr("agreed {day}").format(day=words.day(card.agreed_on)) if card.agreed_on else ""
        found = [(" · ".join(filter(None, (who, agreed))), "quiet")]
        if card.earlier:
            days = ", ".join(words.short_day(day) for day in card.earlier)
            times = tr("Agreed again %n time|Agreed again %n times", len(card.earlier))
            found.append((f"{times}; {tr('before')}: {days}", ""))
        if card.due is not None and card.column is Column.AGREED:
            by = words.day(card.due)
            text = tr("Was due by {day}") if card.overdue else tr("Due by {day}")
            found.append((text.format(day=by), "error" if card.overdue else ""))
        if card.said_done_on is not None:
            found.append((tr("Said done on {day}").format(day=words.day(card.said_done_on)), ""))
        if card.waited_working_days is not None and card.waited_working_days:
            waited = tr("not checked for %n working day|not checked for %n working days", card.waited_working_days)
            found.append((waited, "quiet"))
        if card.could_not_check:
            found.append((tr("A check was tried and could not be made."), "quiet"))
        if card.result:
            text, role = _FOUND[card.result]
            how = label("action", data.get("checked_by"), "checked_by")
            day = words.day(card.checked_on) if card.checked_on else tr("day not known")
            found.append((tr(text), role))
            found.append((" · ".join(filter(None, (tr("checked {day}").format(day=day), how))), "quiet"))
        if card.still and card.looked_again_on is not None:
            text, role = _STILL[card.still]
            found.append((tr(text), role))
            again = tr("looked at again {day}").format(day=words.day(card.looked_again_on))
            found.append((again, "quiet"))
        return [(text, role) for text, role in found if text]

    @staticmethod
    def _steps(card: Card, steps: Steps) -> list[tuple[str, str, Callable[[Card], object]]]:
        done = card.result == "done" and card.still in ("", "done")
        said = card.column is not Column.AGREED
        found = [
            ("said-done", tr("Said done…"), None if said or card.result else steps.say_done),
            ("check", tr("Check it…"), steps.check if card.column in (Column.AGREED, Column.SAID) else None),
            ("look-again", tr("Look again…"), steps.look_again if card.result == "done" else None),
            ("agree-again", tr("Agree again…"), steps.agree_again if not done and (said or card.overdue) else None),
            ("open", tr("Open"), steps.open),
        ]
        return [(key, text, run) for key, text, run in found if run is not None]
