"""The documents that can be made, by what they are for, each with its purpose and, where it cannot be made, why."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame

from gcp2_app.ui.child.part_card import Action, Line, part_card
from gcp2_app.ui.reports.words import clock_lines, groups, tr

if TYPE_CHECKING:
    from gcp2_app.services.documents.offers import Offer


def group_cards(offers: "Sequence[Offer]", make: Callable[[str, str], object]) -> list[QFrame]:
    """Return a card for each group that holds anything.

    Args:
        offers: from :mod:`gcp2_app.services.documents.offers`.
        make: is given the name of the kind that is to be made, and the id of the meeting it is for, or an empty text.
    """
    cards = []
    for group, title in groups().items():
        lines = [_line(offer, make) for offer in offers if offer.kind.place is group]
        if lines:
            cards.append(part_card(title, lines, (), ""))
    return cards


def _line(offer: "Offer", make: Callable[[str, str], object]) -> Line:
    kind = offer.kind
    details: list[str] = [kind.purpose]
    late: list[str] = []
    if offer.why_not:
        details.append(tr("Not now: {why}").format(why=offer.why_not))
    for meeting in offer.to_come:
        details.append(tr("For: {meeting}").format(meeting=meeting.words))
        for text, role in clock_lines(meeting.clocks):
            (late if role == "error" else details).append(text)
    actions = () if offer.why_not else tuple(_actions(offer, make))
    return Line(text=kind.title, details=tuple(details), actions=actions, late=tuple(late))


def _actions(offer: "Offer", make: Callable[[str, str], object]) -> Iterator[Action]:
    kind = offer.kind
    spoken = tr("Make it: {title}").format(title=kind.title)
    # The soonest is meant; the others are a press away, where they stand.
    meeting = offer.to_come[0] if offer.to_come else None
    if meeting is not None:
        spoken = tr("{make}, for: {meeting}").format(make=spoken, meeting=meeting.words)
    yield Action(
        f"make-{kind.name}", tr("Make it…"), partial(_press, make, kind.name, meeting.id if meeting else ""), spoken
    )


def _press(make: Callable[[str, str], object], name: str, meeting: str, _checked: bool = False) -> None:  # noqa: FBT002 - a slot
    make(name, meeting)
