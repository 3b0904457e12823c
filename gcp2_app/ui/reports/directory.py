"""The documents that can be made, by what they are for, each with its purpose and, where it cannot be made, why."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame

from gcp2_app.ui.child.part_card import Action, Line, part_card
from gcp2_app.ui.reports.words import groups, tr

if TYPE_CHECKING:
    from gcp2_app.services.documents.offers import Offer


def group_cards(offers: "Sequence[Offer]", make: Callable[[str], object]) -> list[QFrame]:
    """Return a card for each group that holds anything.

    Args:
        offers: from :mod:`gcp2_app.services.documents.offers`.
        make: is given the name of the kind that is to be made.
    """
    cards = []
    for group, title in groups().items():
        lines = [_line(offer, make) for offer in offers if offer.kind.place is group]
        if lines:
            cards.append(part_card(title, lines, (), ""))
    return cards


def _line(offer: "Offer", make: Callable[[str], object]) -> Line:
    kind = offer.kind
    why_not = tr("Not now: {why}").format(why=offer.why_not) if offer.why_not else ""
    actions = () if offer.why_not else (_action(offer, make),)
    return Line(text=kind.title, details=(kind.purpose, why_not), actions=actions)


def _action(offer: "Offer", make: Callable[[str], object]) -> Action:
    kind = offer.kind
    spoken = tr("Make it: {title}").format(title=kind.title)
    return Action(f"make-{kind.name}", tr("Make it…"), partial(_press, make, kind.name), spoken)


def _press(make: Callable[[str], object], name: str, _checked: bool = False) -> None:  # noqa: FBT002 - a slot
    make(name)
