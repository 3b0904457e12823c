"""A child's record as it was known on an earlier day: its chronology and its alerts then, beside the charts."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from gcp2_app.domain.alerts import Alert
from gcp2_app.domain.charting import ChartKind
from gcp2_app.domain.moment import Moment, days_known
from gcp2_app.domain.users import Duty
from gcp2_app.services import alerts, charts
from gcp2_app.services.session import Session

if TYPE_CHECKING:
    from gcp2_app.reports.charts.twin import Twin


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What was known of a child on a day.

    Attributes:
        alerts: those the rules would have shown on that day, the most urgent first.
        chronology: every entry known by then, in the order of time.
        assessments: how many were known.
    """

    alerts: tuple[Alert, ...]
    chronology: "Twin"
    assessments: int


def days(session: Session, child_id: str) -> tuple[date, ...]:
    """Return the days until today on which something about a child became known, oldest first.

    Raises:
        NotFound: no such child.
        NotAllowed: the user may not read this case.
    """
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        session.require_reach(tx.children.get(child_id))
        tx.record("record replayed", by=session.user.id, kind="child", id=child_id, reason="days")
        found = days_known(tx.entries.of_child(child_id), tx.assessments.of_child(child_id))
    return tuple(day for day in found if day <= session.today())


def known(session: Session, child_id: str, day: date) -> Known:
    """Return the alerts and the chronology of a child with only what was known on a day.

    Raises:
        NotFound: no such child.
        NotAllowed: the user may not read this case.
    """
    from gcp2_app.reports.charts.lanes import chronology_table

    moment = Moment(known_on=day)
    made = charts.chart(session, child_id, ChartKind.LANES, moment)
    found = alerts.at(session, moment, child_id)
    with session.store.transaction() as tx:
        assessments = moment.assessments(tx.assessments.of_child(child_id))
    return Known(
        alerts=tuple(sorted(found, key=lambda alert: alert.level.order)),
        chronology=chronology_table(made.data),
        assessments=len(assessments),
    )
