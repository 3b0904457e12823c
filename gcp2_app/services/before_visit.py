"""What is read before knocking on a household's door: who lives there, what was agreed, what must be seen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from gcp2_app.domain import before_visit, visits
from gcp2_app.domain.before_visit import LastSeen
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.register import Child, Household
from gcp2_app.domain.scoring import band_of
from gcp2_app.domain.users import Duty
from gcp2_app.services.session import Session
from gcp2_app.services.visit_people import Adult, household, members_of, pack_of_open, reached
from gcp2_app.storage.search import children_among
from gcp2_app.storage.store import Transaction

__all__ = ["Adult", "Before", "ToSee", "before"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSee:
    """What of one child's open assessment has nothing seen yet.

    Attributes:
        units: codes with their labels, in the pack's order.
    """

    child: str
    units: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What is read before knocking.

    Attributes:
        children: of the household, the eldest first.
        others: children of the household whom the user may not reach, or whose record is restricted; by name alone.
        address: lines of where the household lives now.
        home_notes: what is noted about the household.
        safety: notes about the safety of workers, the newest first.
        agreed: agreed actions to bring up, none of them found done; the newest agreed first.
        said_done_before: how many more were said done too long ago to be among them, and never checked.
        to_see: units with nothing seen yet, a child each.
        last_seen: by child id.
        last_unannounced: the latest unannounced visit, or None.
        today: the day it was read on.
    """

    child: Child
    children: tuple[Child, ...]
    others: tuple[Child, ...]
    adults: tuple[Adult, ...]
    address: tuple[str, ...]
    home_notes: tuple[str, ...]
    safety: tuple[Entry, ...]
    agreed: tuple[Entry, ...]
    said_done_before: int
    to_see: tuple[ToSee, ...]
    last_seen: Mapping[str, LastSeen]
    last_unannounced: Entry | None
    today: date


def before(session: Session, child_id: str, *, why: str = "") -> Before:
    """Return what is read before knocking on a household's door. The view is audited.

    Args:
        child_id: the child from whose page it is asked for.
        why: the reason given for a restricted record, or empty.

    Raises:
        ReasonNeeded: the record is restricted and no reason was given.
        NotAllowed: the user may not work on this case.
        NotFound: no such child.
    """
    session.require(Duty.WORK_CASES)
    with session.store.transaction() as tx:
        child = reached(session, tx, child_id, why)
        homes, children, adults = household(session, tx, child)
        shown = tuple(each for each in children if each.id == child.id or not each.restricted)
        tx.record("visit prepared", by=session.user.id, kind="child", id=child_id, count=len(shown), reason=why)
        entries = _entries_of(tx, shown, {visits.KIND, "action", "note"})
        noted = [each for each in entries if each.kind == visits.KIND]
        day = session.today()
        agreed, said_done_before = before_visit.to_bring_up(
            before_visit.still_open(each for each in entries if each.kind == "action"),
            last_visit=before_visit.last_let_in(noted),
            today=day,
        )
        return Before(
            child=child,
            children=shown,
            others=tuple(each for each in children if each not in shown) + _out_of_reach(session, tx, homes),
            adults=adults,
            address=_address(homes, day),
            home_notes=tuple(home.note for home in homes if home.note.strip()),
            safety=before_visit.about_safety(entries),
            agreed=agreed,
            said_done_before=said_done_before,
            to_see=tuple(each for each in (_to_see(tx, one) for one in shown) if each is not None),
            last_seen={each.id: before_visit.last_seen(noted, each.id) for each in shown},
            last_unannounced=before_visit.last_unannounced(noted),
            today=day,
        )


def _out_of_reach(session: Session, tx: Transaction, homes: Iterable[Household]) -> tuple[Child, ...]:
    members = {who for home in homes for who in members_of(home, session.today())}
    found = (tx.children.get(id_) for id_ in sorted(children_among(tx, members)))
    return tuple(each for each in found if not session.may_reach(each))


def _entries_of(tx: Transaction, children: Iterable[Child], kinds: set[str]) -> tuple[Entry, ...]:
    found = {entry.id: entry for child in children for entry in tx.entries.of_child(child.id, kinds=kinds)}
    return tuple(entry for entry in found.values() if entry.entered_in_error is None)


def _address(homes: Iterable[Household], day: date) -> tuple[str, ...]:
    now = [
        address
        for home in homes
        for address in home.addresses
        if (address.from_ is None or address.from_ <= day) and (address.to is None or day <= address.to)
    ]
    return tuple(", ".join((*address.lines, address.postcode)).strip(", ") for address in now)


def _to_see(tx: Transaction, child: Child) -> ToSee | None:
    """Return the units of a child's open assessments with nothing seen yet."""
    units: dict[str, str] = {}
    for assessment in tx.assessments.of_child(child.id):
        pack = pack_of_open(tx, assessment, child)
        if pack is None:
            continue
        of_band = pack.units_in(band_of(pack, assessment, child.born))
        for code in before_visit.nothing_seen(assessment.units, of_band):
            units[code] = of_band[code].label
    return ToSee(child=child.id, units=tuple(units.items())) if units else None
