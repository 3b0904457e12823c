"""Who is asked to a meeting about a child: everybody who is involved; and whether the child's advocate is among them.

Source: casework.md, Meetings ("Invitees filled from involvements (advocate gate)") and row LP6.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from gcp2_app.domain.register import Agency
from gcp2_app.domain.rules.advocates import ASKED_ABOUT, advocates_among, is_for_child
from gcp2_app.domain.rules.record import Fact
from gcp2_app.domain.rules.view import View
from gcp2_app.domain.words import AGENCIES, capital

#: Months back in which whoever an entry came from is still involved.
RECENT_MONTHS = 12
#: Working days to a meeting within which nothing may hold its invitations up.
URGENT_WORKING_DAYS = 1
#: Those who speak for no service: what they said is not told by inviting them.
_CONFIDING = frozenset({Agency.RELATIVE, Agency.NEIGHBOUR, Agency.ANONYMOUS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """Somebody to invite.

    Attributes:
        role: what they are to the child or in the meeting.
        name: empty where only the service is known.
    """

    role: str
    name: str = ""

    def as_group(self) -> dict[str, str]:
        """Return the guest as a line of a meeting's ``invited``."""
        return {"role": self.role, "name": self.name} if self.name else {"role": self.role}


def guests(view: View) -> tuple[Guest, ...]:
    """Return who is invited to a meeting: carers, allocated workers, advocates, and whoever reported of late.

    Nobody is named twice. A source is left out where all it said is marked as doing harm if disclosed, or is withheld
    from somebody.
    """
    found: dict[str, Guest] = {}
    for guest in (*_carers(view), *_workers(view), *_advocates(view), *_sources(view)):
        found.setdefault((guest.name or guest.role).strip().casefold(), guest)
    return tuple(found.values())


def _carers(view: View) -> Iterator[Guest]:
    for carer in view.record.child.carers:
        person = view.record.people.get(carer.person)
        if person is not None and person.name:
            yield Guest(role=capital(carer.relationship or "carer"), name=person.name)


def _workers(view: View) -> Iterator[Guest]:
    for each in view.allocations():
        worker = view.record.professionals.get(each.professional)
        if worker is not None and worker.name:
            yield Guest(role=capital((each.role or worker.role or "worker").replace("_", " ")), name=worker.name)


def _advocates(view: View) -> Iterator[Guest]:
    for for_child, role in ((True, "Child’s advocate"), (False, "Parent’s advocate")):
        said = [fact for fact in view.facts("advocacy") if is_for_child(fact) is for_child]
        name = str(said[-1].data.get("name") or "") if said and said[-1].data.get("status") != "declined" else ""
        if name:
            yield Guest(role=role, name=name)


def _sources(view: View) -> Iterator[Guest]:
    for fact in reversed(view.all_facts()):
        source = fact.entry.source
        if (
            source is not None
            and source.agency is not None
            and source.agency not in _CONFIDING
            and source.name
            and not fact.whole.harm_if_disclosed
            and not fact.whole.withheld_from
            and fact.on is not None
            and view.within(fact.on, months=RECENT_MONTHS)
        ):
            yield Guest(role=capital(source.role or AGENCIES[source.agency]), name=source.name)


def lacks_advocate(view: View, meeting: Fact) -> bool:
    """Whether a meeting is one the child's advocate is asked to, and the advocate is not among the people invited."""
    return meeting.data.get("type") in ASKED_ABOUT and not advocates_among(view, meeting)


def must_say_why(view: View, meeting: Fact, *, sent_on: date | None) -> bool:
    """Whether invitations without the child's advocate can be marked sent only with a reason.

    An urgent meeting is never held up: one that is held already, or planned for the day the invitations go out or the
    working day after.

    Source: casework.md, LP6: "Invitations lacking the advocate are marked sent only with a reason; never delays an
    urgent meeting".
    """
    if sent_on is None or not lacks_advocate(view, meeting) or has_reason(meeting.data):
        return False
    planned = meeting.day("planned_for")
    urgent = planned is not None and planned <= view.last_day(sent_on, working=URGENT_WORKING_DAYS)
    return not urgent and meeting.day("held") is None


def has_reason(data: Any) -> bool:
    """Whether a meeting says why no advocate was invited."""
    return bool(str(data.get("no_advocate_reason") or "").strip())
