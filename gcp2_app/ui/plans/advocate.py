"""The child's advocate and the parents' own: what was offered and answered, and the meetings they were part of."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QFrame

from gcp2_app.domain.plans.advocacy import Advocacy, Part, Said
from gcp2_app.domain.rules.meetings import MEETINGS
from gcp2_app.domain.words import capital
from gcp2_app.ui import words
from gcp2_app.ui.child.part_card import Action, Line, part_card
from gcp2_app.ui.plans.words import label, tr

_PARTS_SHOWN = 4


def advocate_card(found: Advocacy, add: Callable[[dict[str, str]], object] | None) -> QFrame:
    """Return the panel.

    Args:
        found: what is known.
        add: opens the form of a new word on an advocate, filled with these values; None for a user who may not.
    """
    lines = [_child_line(found), *(_part_line(part) for part in found.parts[:_PARTS_SHOWN])]
    lines.append(_parent_line(found.parent))
    actions: list[Action] = []
    if add is not None:
        again = found.child is not None
        for key, text, values in (
            ("offer", tr("Offer again…") if again else tr("Offer an advocate…"), {"status": "offered"}),
            ("answer", tr("Record the answer…"), {}),
            ("non-instructed", tr("Too young or unable: non-instructed…"), {"status": "non_instructed"}),
            ("parent", tr("A parent’s own advocate…"), {"status": "offered", "for": "parent"}),
        ):
            actions.append(Action(f"advocate-{key}", text, partial(_add, add, values)))
    return part_card(tr("Advocate"), lines, actions, "")


def _add(add: Callable[[dict[str, str]], object], values: dict[str, str], _checked: object = None) -> None:
    add(values)


def _child_line(found: Advocacy) -> Line:
    said, details, mark = found.child, [], ""
    if said is None:
        text = tr("No advocate has been offered to the child")
        mark = tr("To be offered to every child in need or on a child protection plan") if found.on_plan else ""
    else:
        text = found.name or tr("No advocate is named")
        details.append(_status(said))
        if said.service:
            details.append(said.service)
    if found.refused_by_parent:
        details.append(tr("A parent declined. That does not close the child’s own offer."))
    if found.offer_again:
        details.append(tr("The child declined. Offer it again at each review."))
    return Line(text=text, details=tuple(details), mark=mark)


def _status(said: Said) -> str:
    status = label("advocacy", said.status, "status")
    by = tr("by {who}").format(who=label("advocacy", said.by, "by").lower()) if said.by else ""
    day = tr("on {day}").format(day=words.day(said.on)) if said.on is not None else ""
    return " ".join(filter(None, (status, by, day)))


def _part_line(part: Part) -> Line:
    title = capital(MEETINGS[str(part.meeting.data["type"])])
    day = words.day(part.day) if part.day is not None else tr("no day yet")
    said = [tr("invited") if part.invited else tr("not invited")]
    if part.reason and not part.invited:
        said.append(tr("because: {why}").format(why=part.reason))
    if part.held and part.invited:
        said.append(_yes_no(part.attended, tr("attended"), tr("did not attend"), tr("attendance not known")))
        said.append(_yes_no(part.views_given, tr("views given"), tr("no views given"), tr("views not known")))
    return Line(text=f"{title}, {day}: {', '.join(said)}", past=True)


def _yes_no(value: bool | None, yes: str, no: str, unknown: str) -> str:
    return unknown if value is None else yes if value else no


def _parent_line(said: Said | None) -> Line:
    if said is None:
        return Line(text=tr("A parent’s own advocate: none recorded"), past=True)
    name = said.name or tr("not named")
    return Line(text=tr("A parent’s own advocate: {name}").format(name=name), details=(_status(said),))
