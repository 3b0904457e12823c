"""What the *Plans & meetings* tab of a child's page shows, read from the record as the rules read it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from gcp2_app.domain.plans.advocacy import Advocacy, advocacy
from gcp2_app.domain.plans.around import Around, around
from gcp2_app.domain.plans.board import Card, Pattern, board, patterns
from gcp2_app.domain.plans.clocks import Clock, clocks
from gcp2_app.domain.plans.guests import Guest, guests
from gcp2_app.domain.plans.marks import Mark, marks
from gcp2_app.domain.plans.meeting_list import Meeting, meetings
from gcp2_app.domain.plans.report_clocks import ReportClock, report_clocks
from gcp2_app.domain.register import Child
from gcp2_app.domain.rules.record import Fact
from gcp2_app.domain.rules.view import View
from gcp2_app.domain.users import Duty
from gcp2_app.forms.entry_kinds import load_kinds
from gcp2_app.forms.policy import shipped_policy
from gcp2_app.forms.rule_policy import shipped_rules, shipped_working_days
from gcp2_app.services.alert_records import child_record, whole_entries
from gcp2_app.services.entry_children import as_seen
from gcp2_app.services.session import Session
from gcp2_app.services.visit_people import reached
from gcp2_app.storage.store import Transaction

if TYPE_CHECKING:
    from gcp2_app.services.documents.kinds import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingReport:
    """Our report for a meeting to come.

    Attributes:
        kinds: of document that it can be.
        clocks: by when it is with whom.
    """

    kinds: "tuple[Kind, ...]"
    clocks: tuple[ReportClock, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlansFile:
    """A child's plans and meetings on a day.

    Attributes:
        child: id of whose they are.
        cards: agreed actions.
        patterns: what the rules find in them, with the questions that are open.
        clocks: what is due.
        meetings: those to come first.
        marks: what does not fit together.
        guests: whom a new meeting is filled with.
        advocacy: the child's advocate and the parents' own.
        around: moves, exceptional times, support, the case.
        reports: our report for each meeting to come that there is one for, by the meeting's id.
        harm_reviews: answers to the twelve questions about harm that adds up, the latest last.
    """

    child: str
    today: date
    cards: tuple[Card, ...]
    patterns: tuple[Pattern, ...]
    clocks: tuple[Clock, ...]
    meetings: tuple[Meeting, ...]
    reports: Mapping[str, MeetingReport]
    marks: tuple[Mark, ...]
    guests: tuple[Guest, ...]
    advocacy: Advocacy
    around: Around
    harm_reviews: tuple[Fact, ...]


def of_child(session: Session, child_id: str, *, why: str = "") -> PlansFile:
    """Return a child's plans and meetings today. The view is audited.

    Raises:
        NotFound: no such child.
        NotAllowed: the user may not read this case.
        ReasonNeeded: the record is restricted and no reason was given.
    """
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        child = reached(session, tx, child_id, why)
        view = view_of(session, tx, child)
        tx.record("plans opened", by=session.user.id, kind="child", id=child_id, reason=why)
    found = meetings(view)
    return PlansFile(
        child=child_id,
        today=view.today,
        cards=board(view),
        patterns=patterns(view),
        clocks=clocks(view),
        meetings=found,
        reports=reports_to_come(view, found),
        marks=marks(view),
        guests=guests(view),
        advocacy=advocacy(view),
        around=around(view),
        harm_reviews=tuple(view.facts("harm_review")),
    )


def reports_to_come(view: View, found: Iterable[Meeting]) -> Mapping[str, MeetingReport]:
    """Return our report for each of some meetings that is to come and that there is one for, by the meeting's id."""
    # What writes documents takes long to load, and is wanted only where there is a meeting to come.
    from gcp2_app.services.documents.kinds import for_meeting

    policy = shipped_policy().reports
    return {
        each.fact.id: MeetingReport(kinds=kinds, clocks=report_clocks(view, each.fact, policy))
        for each in found
        if each.is_to_come and (kinds := for_meeting(str(each.fact.data.get("type"))))
    }


def view_of(session: Session, tx: Transaction, child: Child) -> View:
    """Return a child's record as the rules read it today, without what it says of children this user does not reach."""
    standing = whole_entries(tx, child)
    around = tx.children.get_many(tuple({id_ for entry in standing for id_ in entry.children}))
    mine, kinds = {id_ for id_, each in around.items() if session.may_reach(each)}, load_kinds()
    seen = tuple(as_seen(entry, reached=mine, kind=kinds.get(entry.kind)) for entry in standing)
    record = child_record(tx, child, whole=seen)
    return View(record, shipped_working_days(), today=session.today(), policy=shipped_rules())
