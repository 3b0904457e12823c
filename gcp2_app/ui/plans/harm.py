"""The panel of the twelve questions about harm that adds up: when they were answered, and a new review."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QFrame

from gcp2_app.domain.rules.record import Fact
from gcp2_app.ui import words
from gcp2_app.ui.child.part_card import Action, Line, part_card
from gcp2_app.ui.plans.words import tr


def harm_card(reviews: Sequence[Fact], open_: Callable[[str], object], begin: Callable[[], object] | None) -> QFrame:
    """Return the panel.

    Args:
        reviews: those that were made, the latest last.
        open_: shows one.
        begin: begins a new one, where that is allowed.
    """
    lines = [_line(each, open_) for each in reversed(reviews)]
    actions = [] if begin is None else [Action("begin-harm", tr("Answer the twelve questions…"), begin)]
    none = tr("The twelve questions have not been answered yet. They are asked once for the household at each review.")
    return part_card(tr("Harm that adds up"), lines, actions, none)


def _line(review: Fact, open_: Callable[[str], object]) -> Line:
    day = words.day(review.on) if review.on is not None else tr("day not known")
    text = tr("Answered on {day}").format(day=day)
    answered = sum(bool(str(value).strip()) for name, value in review.data.items() if name != "edition")
    children = len(review.entry.children)
    details = (
        tr("%n question answered|%n questions answered", answered),
        tr("for %n child|for %n children", children),
    )
    see = Action(f"open-{review.id}", tr("Open"), partial(open_, review.id), tr("Open: {what}").format(what=text))
    return Line(text=text, details=(" · ".join(details),), actions=(see,))
