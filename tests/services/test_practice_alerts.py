"""The practice family shows every row of the review at some day of its story."""

from dataclasses import replace
from datetime import date

import pytest

from gcp2_app.domain.moment import Moment
from gcp2_app.domain.register import Allocation
from gcp2_app.services import alert_cards, alerts, practice
from gcp2_app.services.session import Session
from tests.stores import Clock

#: A day for each row about a child. LP5 and R3, LP10 and R5 are one row each.
ROWS = {
    "LP1.stuck": date(2023, 6, 1),
    "LP2.gap": date(2024, 8, 20),
    "LP3.concern_no_action": date(2023, 3, 1),
    "LP4.stay_long": date(2024, 1, 21),
    "LP5.coordinator": date(2023, 6, 1),
    "LP6.no_advocate": date(2023, 2, 21),
    "LP7.remote_only": date(2023, 3, 30),
    "LP8.allocated": date(2023, 11, 14),
    "LP9.three_in_year": date(2024, 1, 17),
    "LP10.stage_overdue": date(2025, 12, 19),
    "LP11.checked_not_found": date(2024, 2, 1),
    "LP12.not_brought": date(2023, 1, 11),
    "R1.review_overdue": date(2023, 3, 11),
    "R2.deep_dive": date(2022, 10, 12),
    "R4.no_adjustment": date(2023, 6, 1),
}


@pytest.fixture
def family(session: Session) -> Session:
    practice.ensure_family(session)
    return session


def test_each_row_about_a_child_has_its_day(family: Session) -> None:
    for rule, day in ROWS.items():
        found = {alert.rule for alert in alerts.at(family, Moment(as_of=day))}
        assert rule in found, rule


def test_training_and_reading_are_the_persons_own(family: Session, clock: Clock) -> None:
    clock.move(days=60)
    assert {alert.rule for alert in alerts.own(family)} == {"LP10.training", "R6.unread"}


def test_a_typical_child_on_a_plan_shows_no_more_than_three_at_once(family: Session) -> None:
    with family.store.transaction() as tx:
        child = tx.children.get("c1")
        mine = Allocation(professional=family.professional.id, role="social_worker")
        tx.children.put(replace(child, allocated=(mine,)), by=None)
    cards = alert_cards.of_child(family, "c1")
    assert len(cards.first) == 3
    assert cards.more
    assert cards.others
