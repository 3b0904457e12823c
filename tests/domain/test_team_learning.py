"""Families, quarters, and how long steps took, counted for a team."""

from datetime import date
from typing import Any

import pytest

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.register import Child
from gcp2_app.domain.rules.record import ChildRecord
from gcp2_app.domain.rules.view import View
from gcp2_app.domain.team_learning import (
    Span,
    Stood,
    Taken,
    families,
    of_families,
    parts,
    steps,
    stood,
    whole_quarters,
)
from gcp2_app.domain.when import When
from gcp2_app.forms.rule_policy import shipped_rules, shipped_working_days

SPAN = Span(first=date(2026, 7, 1), last=date(2026, 9, 30))


@pytest.mark.parametrize(
    ("day", "since", "first", "last"),
    [
        (date(2026, 11, 23), None, date(2025, 10, 1), date(2026, 9, 30)),
        (date(2026, 12, 31), date(2026, 5, 5), date(2026, 4, 1), date(2026, 9, 30)),
        # A first day in the running quarter: the last whole one.
        (date(2026, 1, 1), date(2026, 1, 1), date(2025, 10, 1), date(2025, 12, 31)),
    ],
)
def test_whole_quarters_alone_are_looked_at(day: date, since: date | None, first: date, last: date) -> None:
    assert whole_quarters(day, since) == Span(first=first, last=last)


def test_a_span_is_asked_about_before_it_begins_and_at_the_end_of_each_quarter() -> None:
    assert SPAN.ends == (date(2026, 6, 30), date(2026, 9, 30))
    year = Span(first=date(2025, 10, 1), last=date(2026, 9, 30))
    assert [day.month for day in year.ends] == [9, 12, 3, 6, 9]
    assert not SPAN.covers(None)
    assert [SPAN.covers(day) for day in (*SPAN.ends, date(2026, 10, 1))] == [False, True, False]


def test_children_who_share_a_carer_are_one_family_whatever_the_order() -> None:
    carers = {"a": ["m"], "b": ["n"], "c": ["m", "n"], "d": [], "e": ["k"]}
    assert set(families(carers)) == {("a", "b", "c"), ("d",), ("e",)}


def test_a_family_counts_once_with_the_longest() -> None:
    found = {"a": {"r": Stood.ENDED}, "b": {"r": Stood.LONG, "s": Stood.SHORT}, "e": {"r": Stood.SHORT}}
    counted = of_families(found, (("a", "b"), ("d",), ("e",)))
    assert counted == {"r": [Stood.LONG, Stood.SHORT], "s": [Stood.SHORT]}
    assert parts(counted["r"], Stood) == (0, 1, 1)
    assert stood(date(2026, 7, 9), SPAN.last) is Stood.SHORT
    assert stood(date(2026, 7, 8), SPAN.last) is Stood.LONG


def taken(*entries: tuple[str, dict[str, Any]]) -> dict[str, Taken]:
    when = When.on(date(2026, 7, 6))
    record = ChildRecord(
        child=Child(id="c"),
        entries=tuple(
            Entry(id=str(n), kind=kind, children=("c",), when=when, data=data) for n, (kind, data) in enumerate(entries)
        ),
    )
    view = View(record, shipped_working_days(), today=SPAN.last, policy=shipped_rules())
    return steps(view, SPAN)


@pytest.mark.parametrize(
    ("kind", "data", "name", "took"),
    [
        ("referral", {"by_agency": "gp", "acknowledged_on": "2026-07-07"}, "decision", Taken.IN_TIME),
        ("referral", {"by_agency": "gp", "decided_on": "2026-07-08"}, "decision", Taken.LATE),
        ("referral", {"by_agency": "gp"}, "decision", Taken.WAITING),
        ("challenge", {"stage": 1, "stage_started": "2026-07-06", "reply_on": "2026-07-08"}, "reply", Taken.IN_TIME),
        ("challenge", {"stage": 1, "stage_started": "2026-07-06", "reply_on": "2026-07-09"}, "reply", Taken.LATE),
        ("action", {"what": "x", "said_done_on": "2026-07-06", "checked_on": "2026-08-03"}, "check", Taken.IN_TIME),
        # What was done after the quarters was not done in them.
        ("action", {"what": "x", "said_done_on": "2026-07-06", "checked_on": "2026-10-01"}, "check", Taken.WAITING),
    ],
)
def test_how_long_a_step_took(kind: str, data: dict[str, Any], name: str, took: Taken) -> None:
    assert taken((kind, data)) == {name: took}


def test_the_slowest_counts_and_what_began_before_or_has_no_clock_does_not() -> None:
    records = [
        {"authority": "Walsall", "asked_on": "2026-07-06", "received_on": "2026-07-20"},
        {"authority": "Sandwell", "asked_on": "2026-07-06", "received_on": "2026-09-20"},
        {"authority": "Dudley", "asked_on": "2026-01-06"},
        {"authority": "Wolverhampton"},
    ]
    assert taken(("move", {"to_authority": "Dudley", "on": "2026-07-01", "records": records})) == {
        "records": Taken.LATE
    }
    assert taken(("challenge", {"stage": 7, "stage_started": "2026-07-06"})) == {}
    assert taken(("challenge", {"stage": "x", "stage_started": "2026-07-06"})) == {}
