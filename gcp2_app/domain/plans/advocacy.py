"""The child's own advocate, and the parents': offered, accepted, declined by whom, invited, attended, views given.

Source: casework.md, row LP6.
"""

from dataclasses import dataclass
from datetime import date

from gcp2_app.domain.register import StatusKind
from gcp2_app.domain.rules.advocates import ASKED_ABOUT, advocates_among, is_for_child, is_invited
from gcp2_app.domain.rules.reading import time_on
from gcp2_app.domain.rules.record import Fact
from gcp2_app.domain.rules.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The latest word on somebody's advocate.

    Attributes:
        status: ``offered``, ``accepted``, ``declined``, ``non_instructed``.
        by: who answered or asked: ``child``, ``parent``, ``professional``, or empty.
        on: None where not known.
    """

    fact: Fact
    status: str
    by: str
    on: date | None
    name: str
    service: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The child's advocate at one meeting.

    Attributes:
        day: it was held, or is planned for; None where neither is kept.
        held: it was held.
        invited: among the people invited, by today.
        attended, views_given: None where not said.
        reason: why no advocate was invited.
    """

    meeting: Fact
    day: date | None
    held: bool
    invited: bool
    attended: bool | None = None
    views_given: bool | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Advocacy:
    """What is known of advocates.

    Attributes:
        child: the latest word on the child's own that is the child's or a professional's: a parent's refusal never
            closes the child's offer.
        parent: the latest word on a parent's own.
        refused_by_parent: a parent declined for the child, and nothing was said to the child since.
        on_plan: the child is in need, or on a child protection plan, so that an advocate is to be offered.
        offer_again: the child declined; it is offered again at each review.
        parts: meetings the child's advocate is asked to, the latest first.
    """

    child: Said | None
    parent: Said | None
    refused_by_parent: bool
    on_plan: bool
    offer_again: bool
    parts: tuple[Part, ...]

    @property
    def name(self) -> str:
        """The child's advocate, or empty."""
        return self.child.name if self.child is not None and self.child.status != "declined" else ""


def advocacy(view: View) -> Advocacy:
    """Return what is known of the child's advocate and of the parents' own.

    Source: casework.md, LP6: "advocate tile: offered, accepted, declined (by whom), non-instructed; named; invited,
    attended, views given. A parent's refusal never closes the child's offer".
    """
    words = [(each, is_for_child(each)) for each in view.facts("advocacy")]
    own = [fact for fact, of_child in words if of_child]
    child = _latest(view, [fact for fact in own if not _is_parents_refusal(fact)])
    parents = [fact for fact, of_child in words if not of_child]
    refused = bool(own) and _is_parents_refusal(own[-1])
    return Advocacy(
        child=child,
        parent=_latest(view, parents),
        refused_by_parent=refused,
        on_plan=time_on(view, StatusKind.CHILD_IN_NEED, StatusKind.CHILD_PROTECTION) is not None,
        offer_again=child is not None and child.status == "declined",
        parts=_parts(view),
    )


def _is_parents_refusal(fact: Fact) -> bool:
    return fact.data.get("status") == "declined" and fact.data.get("by") == "parent"


def _latest(view: View, facts: list[Fact]) -> Said | None:
    if not facts:
        return None
    # What was said last may leave the name out that was said before.
    named = next((fact for fact in reversed(facts) if fact.data.get("name")), facts[-1])
    fact = max(facts, key=lambda each: (view.dated(each, "on") or date.min, each.order))
    return Said(
        fact=fact,
        status=str(fact.data.get("status") or ""),
        by=str(fact.data.get("by") or ""),
        on=view.dated(fact, "on"),
        name=str(named.data.get("name") or ""),
        service=str(named.data.get("service") or ""),
    )


def _parts(view: View) -> tuple[Part, ...]:
    found = [_part(view, each) for each in view.facts("meeting") if each.data.get("type") in ASKED_ABOUT]
    return tuple(sorted(found, key=lambda part: (part.day or date.max, part.meeting.id), reverse=True))


def _part(view: View, meeting: Fact) -> Part:
    held = view.field(meeting, "held")
    guests = advocates_among(view, meeting)
    attended = [guest.get("attended") for guest in guests if guest.get("attended") is not None]
    views = [guest.get("views_given") for guest in guests if guest.get("views_given") is not None]
    return Part(
        meeting=meeting,
        day=held or meeting.day("planned_for"),
        held=held is not None,
        invited=is_invited(view, meeting),
        attended=any(attended) if attended else None,
        views_given=any(views) if views else None,
        reason=str(meeting.data.get("no_advocate_reason") or "").strip(),
    )
