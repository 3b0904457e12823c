"""What the rules said of each child, kept beside the child; and which children they must be asked about again.

Knows tables and the alert as a value; the rules are asked by :mod:`gcp2_app.services.alerts`.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import msgspec
from sqlalchemy import Date, bindparam, func, select, update
from sqlalchemy.orm import Session, aliased

from gcp2_app.domain.alerts import Alert, Level
from gcp2_app.storage.schema import ChildAlertsRow, ChildAllocationRow, ChildSummaryRow, HouseholdMemberRow
from gcp2_app.storage.statements import insert_rows, replace_row
from gcp2_app.storage.work import Work

_STALE: Final = "children whose alerts are stale"
_ALL: Final = "alerts of every child are stale"
_LONG_AGO: Final = date.min
_ALERTS: Final = msgspec.json.Decoder(tuple[Alert, ...])


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertCounts:
    """How many alerts of each level a child has that are not laid aside."""

    urgent: int
    act: int
    watch: int


def mark_alerts_stale(
    session: Session, children: Iterable[str], *, household: bool = False, from_: date = _LONG_AGO
) -> None:
    """Note that the rules must be asked about children again.

    Args:
        session: of the running transaction.
        children: ids of the children; ids of others do no harm.
        household: the children who live with them too.
        from_: the first day of which they can say something else now. What they say of days before it stays.
    """
    stale: dict[tuple[str, bool], date] = session.info.setdefault(_STALE, {})
    for child in children:
        stale[child, household] = min(from_, stale.get((child, household), from_))


def mark_all_alerts_stale(session: Session) -> None:
    """Note that the rules must be asked about every child again."""
    session.info[_ALL] = True


def write_stale(session: Session) -> None:
    """Keep what was noted; the store does this before it commits."""
    if session.info.pop(_ALL, False):
        session.info.pop(_STALE, None)
        session.execute(update(ChildAlertsRow).values(changes_on=_LONG_AGO))
        return
    stale: dict[tuple[str, bool], date] = session.info.pop(_STALE, {})
    if not stale:
        return
    found = [(child, from_) for (child, _), from_ in stale.items()]
    together = {child: from_ for (child, household), from_ in stale.items() if household}
    if together:
        ours, theirs = HouseholdMemberRow, aliased(HouseholdMemberRow)
        homes = select(ours.who, theirs.who).join(theirs, ours.household_id == theirs.household_id)
        for child, other in session.execute(homes.where(ours.who.in_(together))).tuples():
            found.append((other, together[child]))
    session.connection().execute(_MARK, [{"child": child, "from_day": from_} for child, from_ in sorted(found)])


def begin_alerts(session: Session, child: str) -> None:
    """Note that the rules were never asked about a new child."""
    insert_rows(session, ChildAlertsRow, [{"child_id": child, "changes_on": _LONG_AGO, "alerts": b"[]"}])


@dataclass(frozen=True, slots=True)
class KeptAlerts:
    """What the rules said of a child.

    Attributes:
        changes_on: the first day on which they can say something else, which may have come.
    """

    alerts: tuple[Alert, ...]
    changes_on: date


def kept_alerts(tx: Work, child: str) -> KeptAlerts:
    """Return what the rules said of a child the last time: nothing, long ago, where they were never asked."""
    write_stale(tx.session)
    row = tx.session.connection().execute(_KEPT, {"child": child}).one()
    return KeptAlerts(_ALERTS.decode(row.alerts), row.changes_on)


def keep_alerts(tx: Work, child: str, alerts: Sequence[Alert], *, changes_on: date) -> None:
    """Keep what the rules say of a child until a day."""
    counts = count_alerts(alerts)
    replace_row(
        tx.session,
        ChildAlertsRow,
        {
            "child_id": child,
            "changes_on": changes_on,
            "urgent": counts.urgent,
            "act": counts.act,
            "watch": counts.watch,
            "oldest": min((alert.since for alert in alerts if alert.set_aside is None), default=None),
            "alerts": msgspec.json.encode(alerts),
        },
    )


def count_alerts(alerts: Iterable[Alert]) -> AlertCounts:
    """Return how many alerts of each level are not laid aside."""
    levels = [alert.level for alert in alerts if alert.set_aside is None]
    return AlertCounts(urgent=levels.count(Level.URGENT), act=levels.count(Level.ACT), watch=levels.count(Level.WATCH))


def children_to_ask_about(tx: Work, *, today: date, limit: int) -> tuple[str, ...]:
    """Return ids of children whose alerts were never worked out, or can be others by now."""
    write_stale(tx.session)
    row = ChildAlertsRow
    return tuple(tx.session.scalars(select(row.child_id).where(row.changes_on <= today).limit(limit)))


def alert_counts(tx: Work, children: Collection[str]) -> dict[str, AlertCounts]:
    """Return the counts of these children by id; of those never asked about, none."""
    row = ChildAlertsRow
    found = tx.session.execute(select(row.child_id, row.urgent, row.act, row.watch).where(row.child_id.in_(children)))
    return {
        child: AlertCounts(urgent=urgent, act=act, watch=watch)
        for child, urgent, act, watch in found.tuples()
        if urgent is not None and act is not None and watch is not None
    }


def children_with_alerts(
    tx: Work, *, allocated_to: Collection[str] | None = None, offset: int = 0, limit: int = 100
) -> tuple[tuple[str, tuple[Alert, ...]], ...]:
    """Return children who have alerts that are not laid aside: those with something for today first, then by name.

    How many alerts a child has ranks nobody.

    Args:
        tx: a running transaction.
        allocated_to: only children with an allocation, past or present, of these professionals.
        offset, limit: of the page, in children.
    """
    row = ChildAlertsRow
    query = (
        select(row.child_id)
        .join(ChildSummaryRow, ChildSummaryRow.child_id == row.child_id)
        .where(row.urgent + row.act + row.watch > 0)
        .order_by(row.urgent == 0, ChildSummaryRow.sort_name, row.child_id)
        .offset(offset)
        .limit(limit)
    )
    if allocated_to is not None:
        mine = select(ChildAllocationRow.child_id).where(ChildAllocationRow.professional_id.in_(allocated_to))
        query = query.where(row.child_id.in_(mine))
    page = tx.session.scalars(query).all()
    alerts = dict(tx.session.execute(select(row.child_id, row.alerts).where(row.child_id.in_(page))).tuples().all())
    return tuple((child, _ALERTS.decode(alerts[child])) for child in page)


_KEPT: Final = select(ChildAlertsRow.changes_on, ChildAlertsRow.alerts).where(
    ChildAlertsRow.child_id == bindparam("child")
)
_MARK: Final = (
    update(ChildAlertsRow)
    .where(ChildAlertsRow.child_id == bindparam("child"))
    .values(changes_on=func.min(ChildAlertsRow.changes_on, bindparam("from_day", type_=Date)))
)
