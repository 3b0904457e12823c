"""The children of a family beside each other, unit by unit."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcp2_app.domain.answers import UnitAnswer, UnitState
from gcp2_app.domain.family_grid import (
    MARKED_FROM,
    GridColumn,
    GridRow,
    compares,
    family_grid,
    same_unit,
    shared_units,
)
from tests.domain.packs import answers, make_assessment, make_four_grade_pack, make_pack, scored

PACK = make_pack()
FOUR = make_four_grade_pack()


def column(band: str = "2-5", **grades: int | None) -> GridColumn:
    return GridColumn(assessment=make_assessment(units=answers(**grades), band=band), pack=PACK, band=band)


def four(value: int) -> GridColumn:
    assessment = make_assessment(units={"P1.a": scored(value)}, band="all")
    return GridColumn(assessment=assessment, pack=FOUR, band="all")


def row(code: str, *columns: GridColumn) -> GridRow:
    return next(each for each in family_grid(columns) if each.code == code)


def test_every_unit_of_the_band_has_a_row_in_the_packs_order() -> None:
    rows = family_grid([column()])
    assert [each.code for each in rows] == list(PACK.units_in("2-5"))
    assert {each.cells[0].state for each in rows} == {UnitState.NOT_STARTED}
    assert family_grid([]) == ()


@pytest.mark.parametrize(("worse", "marked"), [(3, False), (4, True), (5, True), (2, False), (1, False)])
def test_two_grades_worse_than_a_sibling_is_marked_and_one_is_not(worse: int, marked: bool) -> None:
    found = row("A2.a", column(A2_a=2), column(A2_a=worse))
    assert found.cells[1].worse_than == ((0,) if marked else ())
    assert found.cells[0].worse_than == ()
    assert found.marked is marked


@pytest.mark.parametrize(("worse", "marked"), [(10, False), (15, True), (20, True)])
def test_ranks_count_and_not_the_values_of_the_scale(worse: int, marked: bool) -> None:
    # Values 5 and 10 lie five apart and are one grade apart.
    assert row("P1.a", four(5), four(worse)).marked is marked


def test_a_unit_of_another_band_has_a_row_of_its_own_and_is_not_compared() -> None:
    rows = [each for each in family_grid([column("2-5", D1_i=1), column("5+", D1_i=5)]) if each.code == "D1.i"]
    assert [each.bands for each in rows] == [("2-5",), ("5+",)]
    assert [[cell.grade for cell in each.cells] for each in rows] == [[1, None], [None, 5]]
    assert [[cell.state is None for cell in each.cells] for each in rows] == [[False, True], [True, False]]
    assert not any(each.marked for each in rows)


def test_a_unit_without_a_grade_is_shown_as_what_it_is_and_never_marked() -> None:
    unseen = UnitAnswer(state=UnitState.NOT_OBSERVED, reason="away")
    without = GridColumn(assessment=make_assessment(units={"A2.a": unseen}), pack=PACK, band="2-5")
    found = row("A2.a", column(A2_a=5), without, column(A2_a=None))
    assert [cell.state for cell in found.cells] == [UnitState.SCORED, UnitState.NOT_OBSERVED, UnitState.NOT_STARTED]
    assert not found.marked


def test_practitioners_who_differ_count_as_the_worse_of_them() -> None:
    differing = replace(scored(2, ("w1", "2026-01-14", 2), ("w2", "2026-01-14", 4)), grade=None)
    theirs = GridColumn(assessment=make_assessment(units={"A2.a": differing}), pack=PACK, band="2-5")
    cell = row("A2.a", column(A2_a=2), theirs).cells[1]
    assert (cell.grade, cell.settled, cell.worse_than) == (4, False, (0,))


def test_another_instrument_and_a_record_made_elsewhere_have_no_cells() -> None:
    elsewhere = replace(column(A2_a=1), assessment=make_assessment(units=answers(A2_a=1)))
    elsewhere = replace(elsewhere, assessment=replace(elsewhere.assessment, recorded_elsewhere=True))
    found = row("A2.a", column(A2_a=5), four(5), elsewhere)
    assert [cell.state for cell in found.cells] == [UnitState.SCORED, None, None]
    assert not found.marked


def test_versions_compare_while_their_first_number_is_the_same() -> None:
    assert compares(PACK, replace(PACK, version="1.4.2"))
    assert not compares(PACK, replace(PACK, version="2.0.0"))
    assert not compares(PACK, FOUR)


def test_units_in_common_are_those_of_both_bands() -> None:
    young, old = column("2-5"), column("5+")
    shared = shared_units(young, old)
    assert {"A2.a", "A4", "D2"} <= shared
    assert not any(code.startswith("D1.") for code in shared)
    assert shared_units(young, column("2-5")) == PACK.units_in("2-5").keys()
    assert shared_units(young, four(5)) == frozenset()
    assert not same_unit(None, PACK.units_in("2-5")["A4"])
    assert not same_unit(PACK.units_in("2-5")["A4"], None)


grades = st.lists(st.none() | st.integers(1, 5), min_size=1, max_size=5)


@given(grades)
def test_a_mark_says_exactly_who_is_two_or_more_better(values: list[int | None]) -> None:
    cells = row("A2.a", *(column(A2_a=value) for value in values)).cells
    for mine, cell in zip(values, cells, strict=True):
        better = [
            number
            for number, other in enumerate(values)
            if mine is not None and other is not None and mine - other >= MARKED_FROM
        ]
        assert list(cell.worse_than) == better


@given(grades)
def test_the_order_of_the_children_changes_no_mark(values: list[int | None]) -> None:
    there = row("A2.a", *(column(A2_a=value) for value in values)).cells
    back = row("A2.a", *(column(A2_a=value) for value in reversed(values))).cells
    last = len(values) - 1
    assert [{last - number for number in cell.worse_than} for cell in reversed(back)] == [
        set(cell.worse_than) for cell in there
    ]


@given(st.integers(1, 5), st.integers(1, 5))
def test_of_two_children_at_most_one_is_marked(one: int, other: int) -> None:
    first, second = row("A2.a", column(A2_a=one), column(A2_a=other)).cells
    assert not (first.worse_than and second.worse_than)
    assert bool(first.worse_than or second.worse_than) is (abs(one - other) >= MARKED_FROM)
