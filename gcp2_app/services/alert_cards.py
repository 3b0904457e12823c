"""What a screen shows of alerts: whose job each is, what it counted, and where its numbers come from."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from gcp2_app.domain.alerts import Alert, Job, Level
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.policy import Origin
from gcp2_app.domain.register import Agency, Child
from gcp2_app.domain.users import Duty, Role
from gcp2_app.domain.when import When
from gcp2_app.forms.entry_kinds import load_kinds
from gcp2_app.forms.rule_policy import shipped_rules
from gcp2_app.services import alerts
from gcp2_app.services.session import Session

#: Alerts that are shown unfolded; the rest are counted.
SHOWN_AT_ONCE = 3

_AGENCIES: Mapping[Job, frozenset[Agency]] = {
    Job.HOSPITAL: frozenset({Agency.HOSPITAL}),
    Job.HEALTH: frozenset({Agency.GP, Agency.HEALTH_VISITING, Agency.SCHOOL_NURSING, Agency.HOSPITAL}),
    Job.SCHOOL: frozenset({Agency.SCHOOL, Agency.EARLY_YEARS}),
}
_LEAD_ROLE = "social_worker"
_NONE: Mapping[str, Entry] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertCards:
    """The alerts of a child as a user sees them.

    Attributes:
        child: whose.
        first: shown at once, the most urgent of each row of the review; no more than :data:`SHOWN_AT_ONCE`.
        more: the rest of what is the user's job, or urgent.
        others: those that are somebody else's job.
        aside: those laid aside.
        origins: where each rule's numbers come from, by the rule's name.
    """

    child: Child
    first: tuple[Alert, ...]
    more: tuple[Alert, ...]
    others: tuple[Alert, ...]
    aside: tuple[Alert, ...]
    origins: Mapping[str, Origin]

    @property
    def standing(self) -> int:
        """How many are not laid aside."""
        return len(self.first) + len(self.more) + len(self.others)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One entry or assessment that an alert counted.

    Attributes:
        kind: code of the entry's kind, or ``assessment``.
        title: what it is called.
        when: when it happened; None where not known.
        agency: who it comes from, or None.
    """

    id: str
    kind: str
    title: str
    when: When | None
    agency: Agency | None = None


def of_child(session: Session, child_id: str) -> AlertCards:
    """Return the alerts of a child as this user sees them.

    Raises:
        NotFound: no such child.
        NotAllowed: the user may not read this case.
    """
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        child = tx.children.get(child_id)
        session.require_reach(child)
        found = alerts.fresh(session, tx, child)
        ids = tuple({id_ for alert in found if alert.job is Job.OWN_AGENCY for id_ in alert.entries})
        return laid_out(session, child, found, tx.entries.get_many(ids))


def laid_out(
    session: Session, child: Child, found: tuple[Alert, ...], entries: Mapping[str, Entry] = _NONE
) -> AlertCards:
    """Return alerts sorted into what is shown at once and what is folded.

    Args:
        session: who looks.
        child: whose alerts they are.
        found: the alerts.
        entries: what the alerts counted that are the job of the agency that wrote it, by id.
    """
    standing = [alert for alert in found if alert.set_aside is None]
    mine = [
        alert
        for alert in standing
        if alert.level is Level.URGENT
        or (
            is_own_agencys(session, alert, entries)
            if alert.job is Job.OWN_AGENCY
            else is_mine(session, child, alert.job)
        )
    ]
    rules = shipped_rules()
    first = _one_a_row(mine)[:SHOWN_AT_ONCE]
    return AlertCards(
        child=child,
        first=tuple(first),
        more=tuple(alert for alert in mine if alert not in first),
        others=tuple(alert for alert in standing if alert not in mine),
        aside=tuple(alert for alert in found if alert.set_aside is not None),
        origins={alert.rule: rules[alert.rule].origin for alert in found},
    )


def _one_a_row(alerts_in_order: list[Alert]) -> list[Alert]:
    """Return the first alert of each row.

    Source: casework.md, How rules read the record: "One line a row a child, siblings merged, three shown and the rest
        counted".
    """
    rows: dict[str, Alert] = {}
    for alert in alerts_in_order:
        rows.setdefault(alert.row, alert)
    return list(rows.values())


def is_mine(session: Session, child: Child, job: Job) -> bool:
    """Whether a job is this user's, for this child today.

    Source: casework.md, How rules read the record: "says whose job it is (others see it folded)".
    """
    me, today = session.professional, session.today()
    mine = [
        each
        for each in child.allocated
        if each.professional == me.id and each.since <= today and (each.to is None or today <= each.to)
    ]
    match job:
        case Job.SELF:
            return True
        case Job.SUPERVISOR:
            return Role.SUPERVISOR in session.user.roles
        case Job.ALLOCATED_WORKER:
            return any((each.role or me.role).casefold().replace(" ", "_") == _LEAD_ROLE for each in mine)
        case Job.LEAD | Job.CHAIR:
            return bool(mine)
        case _:
            return me.agency in _AGENCIES.get(job, ())


def is_own_agencys(session: Session, alert: Alert, entries: Mapping[str, Entry]) -> bool:
    """Whether something an alert counted comes from the user's own agency."""
    own = session.professional.agency
    found = [entries[id_] for id_ in alert.entries if id_ in entries]
    return any(
        own is not None and (entry.data.get("by_agency") or (entry.source and entry.source.agency)) == own
        for entry in found
    )


def counted(session: Session, child_id: str, ids: tuple[str, ...]) -> tuple[Counted, ...]:
    """Return what an alert counted, in the order it names them; what is not there any more is left out.

    Raises:
        NotFound: no such child.
        NotAllowed: the user may not read this case.
    """
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        session.require_reach(tx.children.get(child_id))
        entries, assessments = tx.entries.get_many(ids), tx.assessments.get_many(ids)
    kinds = load_kinds()
    found: list[Counted] = []
    for id_ in ids:
        if (entry := entries.get(id_)) is not None:
            agency = entry.source.agency if entry.source is not None else None
            title = kinds[entry.kind].title if entry.kind in kinds else entry.kind
            found.append(Counted(id=id_, kind=entry.kind, title=title, when=entry.when or entry.known, agency=agency))
        elif (assessment := assessments.get(id_)) is not None and assessment.window is not None:
            window = assessment.window
            when = When({"from": window.from_.isoformat(), "to": window.to.isoformat()})
            found.append(Counted(id=id_, kind="assessment", title="Assessment", when=when))
    return tuple(found)
