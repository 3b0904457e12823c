"""What of a chart is looked at, and how it is told: periods, layers and what lies outside."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcp2_app.domain.circumstances import Circumstance, circumstances_of, in_rows
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.selecting.boards import select_team, team_layers
from gcp2_app.domain.selecting.selection import (
    Layer,
    Outside,
    Period,
    Selection,
    last_months,
    outside,
    selection_words,
)
from gcp2_app.domain.team import Team, TeamChild, TeamStep

DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))


def test_the_last_months_end_with_the_day_and_begin_the_day_after_the_one_so_long_before() -> None:
    assert last_months(12, date(2026, 6, 1)) == Period(from_=date(2025, 6, 2), to=date(2026, 6, 1))
    assert last_months(24, date(2024, 2, 29)) == Period(from_=date(2022, 3, 1), to=date(2024, 2, 29))


@given(DAYS, DAYS, DAYS, DAYS)
def test_a_period_within_an_axis_never_leaves_it_where_they_meet(a: date, b: date, c: date, d: date) -> None:
    period, axis = Period(from_=min(a, b), to=max(a, b)), (min(c, d), max(c, d))
    cut = period.within(*axis)
    if period.meets(*axis):
        assert axis[0] <= cut.from_ <= cut.to <= axis[1]
    else:
        assert cut == period


@given(st.lists(st.tuples(DAYS, DAYS).map(lambda pair: (min(pair), max(pair)))), DAYS, DAYS)
def test_everything_is_shown_or_counted(spans: list[tuple[date, date]], a: date, b: date) -> None:
    selection = Selection(period=Period(from_=min(a, b), to=max(a, b)))
    lying = outside(selection, spans, "entry", "entries")
    shown = sum(1 for span in spans if selection.shows(*span))
    assert shown + lying.before + lying.after == len(spans)


def test_without_a_period_nothing_lies_outside() -> None:
    lying = outside(Selection(), [(date(2020, 1, 1), date(2020, 1, 2))], "entry", "entries")
    assert (lying.before, lying.after) == (0, 0)
    assert Selection().shows(date(1900, 1, 1), date(1900, 1, 1))


@pytest.mark.parametrize(
    ("lying", "words"),
    [
        ((0, 0, 0, 0), "nothing lies outside these days"),
        ((1, 0, 0, 0), "outside these days and not shown: 1 assessment before"),
        ((2, 3, 0, 0), "outside these days and not shown: 2 assessments before, 3 after"),
        ((0, 1, 5, 0), "outside these days and not shown: 1 assessment after and 5 entries before"),
    ],
)
def test_what_lies_outside_is_said(lying: tuple[int, int, int, int], words: str) -> None:
    period = Period(from_=date(2025, 1, 1), to=date(2025, 12, 31))
    (said,) = selection_words(
        Selection(period=period),
        (),
        (
            Outside(one="assessment", many="assessments", before=lying[0], after=lying[1]),
            Outside(one="entry", many="entries", before=lying[2], after=lying[3]),
        ),
    )
    assert said == f"Days shown: 1 January 2025 to 31 December 2025; {words}."


def test_layers_left_out_are_named_and_others_passed_over() -> None:
    layers = [Layer(code="a", label="Meetings"), Layer(code="b", label="Moves"), Layer(code="c", label="Support")]
    said = selection_words(Selection(left_out=frozenset({"c", "a", "z"})), layers, ())
    assert said == ("Layers left out: Meetings and Support.",)
    assert selection_words(Selection(left_out=frozenset({"z"})), layers, ()) == ()


def circumstance(id_: str, kind: str = "circumstance", **data: str) -> Entry:
    return Entry(id=id_, kind=kind, children=(), data=data)


def test_circumstances_without_a_first_day_or_of_another_kind_are_none() -> None:
    found = circumstances_of(
        [
            circumstance("b", name="Strike", **{"from": "2025-03-01"}),
            circumstance("c", name="No days"),
            circumstance("d", kind="support", **{"from": "2025-01-01"}),
            circumstance("a", **{"from": "2024-03-01", "to": "2024-04-01"}),
        ]
    )
    assert [each.entry for each in found] == ["a", "b"]
    assert found[0].words == "period, 1 March 2024 to 1 April 2024"
    assert found[1].words == "Strike, since 1 March 2025"
    assert not found[0].meets(date(2024, 4, 2), date(2030, 1, 1))
    assert found[1].meets(date(2024, 4, 2), date(2030, 1, 1))


def test_circumstances_that_meet_stand_in_rows_of_their_own() -> None:
    one, two, three = (
        Circumstance(name=name, from_=date(2025, first, 1), to=date(2025, last, 1), entry=name)
        for name, first, last in (("one", 1, 4), ("two", 3, 6), ("three", 5, 7))
    )
    assert in_rows([one, two, three]) == ((one, three), (two,))
    assert in_rows([]) == ()


def step(id_: str, day: date) -> TeamStep:
    return TeamStep(assessment=id_, from_=day, to=day, ranks={"A": 2, "B": 4})


def test_a_team_keeps_every_child_and_counts_the_steps_outside() -> None:
    child = TeamChild(id="c1", label="Ivy", steps=(step("a1", date(2020, 1, 1)), step("a2", date(2026, 1, 1))))
    team = Team(
        title="North",
        areas={"A": "Physical care", "B": "Safety"},
        grades=("met", "not met"),
        children=(child, TeamChild(id="c2", label="Ash")),
        total=2,
        today=date(2026, 6, 1),
    )
    assert [layer.label for layer in team_layers(team)] == ["Physical care", "Safety"]
    part, (lying,) = select_team(
        team, Selection(left_out=frozenset({"area:Safety"}), period=last_months(12, date(2026, 6, 1)))
    )
    assert [len(each.steps) for each in part.children] == [1, 0]
    assert (lying.before, lying.after) == (1, 0)
    assert part.areas == {"A": "Physical care"}
    assert part.first_day == date(2025, 6, 2)
    whole, _ = select_team(team, Selection())
    assert whole.first_day == date(2020, 1, 1)
