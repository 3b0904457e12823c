"""Showing a family their own copy: who can be there, what they must not see, and the record of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from gcp2_app.domain.assessment import Assessment, Sharing
from gcp2_app.domain.confiding import names_of_tellers
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.family_copy import Sitting
from gcp2_app.domain.openings import is_unborn
from gcp2_app.domain.register import Agency
from gcp2_app.domain.scoring import age_in_months
from gcp2_app.domain.users import Duty
from gcp2_app.domain.withheld import Around, Secret, Withheld, may_see
from gcp2_app.domain.withheld import withheld_from as withheld_today
from gcp2_app.errors import InvalidValue
from gcp2_app.services import withholding
from gcp2_app.services.session import Session
from gcp2_app.services.working import Working, changed_to

_TOLD = frozenset({Agency.NEIGHBOUR, Agency.RELATIVE, Agency.ANONYMOUS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What has to be known before the family looks at the screen.

    Attributes:
        names: of the carers, the children who are born and the other adults of the households, by id.
        around: whom the register has.
        visits: the visits that evidence hangs on.
        tellers: names of those who told something in confidence.
        today: the day.
        age_years: the child's age in completed years at the window's start; None before birth or where not known.
        abuse_recorded: the record holds domestic abuse: carers are asked apart.
    """

    names: Mapping[str, str]
    around: Around
    visits: tuple[Entry, ...]
    tellers: tuple[Secret, ...] = field(repr=False)
    today: date
    age_years: int | None
    abuse_recorded: bool


def before(session: Session, assessment_id: str) -> Before:
    """Return what has to be known before an assessment is shown to its family, or explained to its carers.

    Raises:
        NotFound: no such assessment.
        NotAllowed: the user may not read this case.
    """
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        assessment = tx.assessments.get(assessment_id)
        child = tx.children.get(assessment.child)
        session.require_reach(child)
        found = withholding.around(tx, child)
        cited = {piece.visit for answer in assessment.units.values() for piece in answer.evidence if piece.visit}
        # A visit to a sibling alone bears its marks all the same.
        visits = tuple(tx.entries.get_many(tuple(cited)).values())
        tellers = names_of_tellers(tx.entries.of_child(child.id), found)
        events = tx.entries.of_child(child.id, kinds=("event",))
    born = {each.id: each.name for each in found.children if not is_unborn(each)}
    names = {person.id: person.name for person in found.people} | born
    months = age_in_months(assessment, child.born)
    return Before(
        names=names,
        around=found,
        visits=visits,
        tellers=tellers,
        today=session.today(),
        age_years=months // 12 if months is not None and child.date_of_birth is not None else None,
        abuse_recorded=any(e.data.get("type") == "domestic_abuse" and not e.entered_in_error for e in events),
    )


def sitting_of(known: Before, present: frozenset[str], *, young_person: bool) -> Sitting:
    """Return who sits before the screen, with what of the record they must not see."""
    known_as = known.around.known_as(present)
    hidden = {
        entry.id
        for entry in known.visits
        if entry.harm_if_disclosed or entry.data.get("worker_safety") is True or not may_see(known_as, entry)
    }
    withheld = withheld_today(present, known.around, today=known.today)
    told = {
        entry.id
        for entry in known.visits
        if entry.third_party or (entry.source is not None and entry.source.agency in _TOLD)
    }
    return Sitting(
        present=present,
        young_person=young_person,
        withheld=Withheld(secrets=(*withheld.secrets, *known.tellers)),
        hidden_visits=frozenset(hidden),
        told_visits=frozenset(told),
    )


def record(session: Session, working: Working, sharing: Sharing) -> Working:
    """Keep that the family's copy was shown: who saw it, when, and what was ticked.

    A signed-off assessment does not change any more: of it the audit trail alone tells.

    Raises:
        NotAllowed: the user may not work on this case.
        InvalidValue: nobody could see the screen.
    """
    session.require(Duty.WORK_CASES)
    session.require_reach(working.child)
    if not sharing.present and not sharing.others.strip():
        raise InvalidValue("Nobody is named who can see the screen.", "Tick who is there.")
    with session.store.transaction() as tx:
        stored = tx.assessments.get(working.assessment.id)
        known = any(each.at == sharing.at for each in stored.sharings)
        tx.record(
            "family copy closed" if known else "family copy shown",
            by=session.user.id,
            kind="assessment",
            id=stored.id,
            fields=sharing.also_shown,
            count=len(sharing.present),
        )
        if stored.locked:
            return working
        changed = _with(stored, sharing)
        tx.assessments.put(changed, by=session.user.id)
        return changed_to(tx, working, changed)


def _with(assessment: Assessment, sharing: Sharing) -> Assessment:
    """Return the assessment with a sharing in it; the one opened at the same instant is completed."""
    others = tuple(each for each in assessment.sharings if each.at != sharing.at)
    return replace(assessment, sharings=(*others, sharing))
