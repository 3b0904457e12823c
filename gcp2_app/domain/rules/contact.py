"""LP7: what working differently in exceptional times does to seeing a child.

Source: casework.md, row LP7; "In person", "remote" and "no access" as in
:func:`gcp2_app.domain.rules.reading.contact_of`.
"""

from dataclasses import dataclass
from datetime import date

from gcp2_app.domain.alerts import Job, Level
from gcp2_app.domain.register import StatusKind
from gcp2_app.domain.rules.reading import Contact, contact_of, ids, is_open_case, time_on, visits
from gcp2_app.domain.rules.record import Fact
from gcp2_app.domain.rules.registry import Finding, rule
from gcp2_app.domain.rules.view import View
from gcp2_app.domain.words import counted, listed, long_date


@dataclass(frozen=True, slots=True)
class RemoteOnly:
    """``contacts`` remote contacts running, or none in person for ``working_days``."""

    contacts: int
    working_days: int


@rule(
    "LP7.remote_only",
    RemoteOnly,
    next="See the child in person, and record the visit.",
    start="visit",
    job=Job.ALLOCATED_WORKER,
)
def remote_only(view: View, numbers: RemoteOnly) -> Finding | None:
    """A child in need or on a child protection plan is met from afar only.

    The days without contact in person are counted from the last one, or from the start of the unbroken time on these
    plans where that is later or there was none: a step from one to the other does not start them anew. Cancelled
    visits and visits in vain are no contact and break no run.

    Source: casework.md, LP7: "``remote_only`` CiN/CP, 3 remote contacts running, or none in person for 20 wd → act".
    """
    time = time_on(view, StatusKind.CHILD_IN_NEED, StatusKind.CHILD_PROTECTION)
    if time is None:
        return None
    contacts = visits(view, Contact.IN_PERSON, Contact.REMOTE)
    met = [visit for visit in contacts if contact_of(visit) is Contact.IN_PERSON]
    running = contacts[-numbers.contacts :]
    if len(running) == numbers.contacts and all(contact_of(visit) is Contact.REMOTE for visit in running):
        return Finding(
            text=f"The latest {counted(len(running), 'contact')} with this child were remote: "
            f"{listed(long_date(_on(visit)) for visit in running)}.",
            entries=ids(running),
        )
    last = max([_on(visit) for visit in met[-1:]] + [time[0]])
    if last > date.min and view.passed(last, working=numbers.working_days):
        seen = f"The last contact in person was on {long_date(_on(met[-1]))}" if met else "No contact in person"
        return Finding(
            text=f"{seen}{': ' if met else ' since the plan began: '}more than {numbers.working_days} working days.",
            entries=ids(met[-1:]),
            rests_on_nothing=True,
        )
    return None


@dataclass(frozen=True, slots=True)
class RedUnseen:
    """A contact rated red, and none in person for ``working_days``."""

    working_days: int


@rule(
    "LP7.red_unseen",
    RedUnseen,
    level=Level.URGENT,
    next="See the child today.",
    start="visit",
    job=Job.ALLOCATED_WORKER,
    rests_on_nothing=True,
)
def red_unseen(view: View, numbers: RedUnseen) -> Finding | None:
    """The latest rating of a contact is red, and nobody saw the child in person for ten working days.

    The days are counted from the last contact in person; where there was none, from the contact that was rated red.

    Source: casework.md, LP7: "``red_unseen`` contact rated red and none in person for 10 wd → urgent".
    """
    rated = [visit for visit in view.facts("visit") if visit.on is not None and visit.data.get("contact_rating")]
    if not rated or rated[-1].data["contact_rating"] != "red":
        return None
    met = visits(view, Contact.IN_PERSON)
    last = _on(met[-1]) if met else _on(rated[-1])
    if not view.passed(last, working=numbers.working_days):
        return None
    seen = f"the child was last seen in person on {long_date(last)}" if met else "the child was not seen in person"
    return Finding(
        text=f"The contact on {long_date(_on(rated[-1]))} was rated red, and {seen}: more than "
        f"{numbers.working_days} working days.",
        entries=ids(dict.fromkeys([*met[-1:], rated[-1]])),
    )


@dataclass(frozen=True, slots=True)
class ImpactReview:
    """The review of a period's impact is recorded within ``working_days`` of its end."""

    working_days: int


@rule(
    "LP7.impact_review",
    ImpactReview,
    next="Look back with the family at what the period meant for this child, and record it.",
    start="tab/plans",
    job=Job.LEAD,
    rests_on_nothing=True,
)
def impact_review(view: View, numbers: ImpactReview) -> Finding | None:
    """What an exceptional period meant for the child was not reviewed within twenty working days of its end.

    A period that names no child is every child's whose case is open.

    Source: casework.md, LP7: "``impact_review`` not recorded 20 wd after a period ends".
    """
    late = []
    for period in view.facts("circumstance"):
        ended = view.field(period, "to")
        if ended is None or view.field(period, "impact_review_on") is not None:
            continue
        concerns_child = view.record.child.id in period.entry.children or is_open_case(view)
        if concerns_child and view.passed(ended, working=numbers.working_days):
            late.append((period, ended))
    if not late:
        return None
    named = listed(f"“{period.data.get('name', '')}”, which ended on {long_date(ended)}" for period, ended in late)
    return Finding(text=f"No review of what this meant for the child: {named}.", entries=ids(p for p, _ in late))


def _on(visit: Fact) -> date:
    return visit.on or date.min
