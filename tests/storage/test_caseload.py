"""A page of the caseload says of each child what is in the record, in the order asked for."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

import pytest

from gcp2_app.domain.assessment import Assessment, AssessmentState, Window
from gcp2_app.domain.entries import EnteredInError, Entry
from gcp2_app.domain.instrument import Pack
from gcp2_app.domain.register import Allocation, Category, Child, Professional, Status, StatusKind
from gcp2_app.domain.scoring import Counts, Profile, Reason, Result
from gcp2_app.domain.when import When
from gcp2_app.forms.packs import shipped_pack
from gcp2_app.storage.caseload import AreaSteps, CaseloadQuery, CaseloadRow, SortKey, caseload
from gcp2_app.storage.results import subareas_of, summaries_in_state, summaries_of_child
from gcp2_app.storage.store import Store
from tests.storage import people

TODAY = date(2026, 11, 2)
SIGNED = AssessmentState.SIGNED_OFF


@pytest.fixture(scope="session")
def pack() -> Pack:
    return shipped_pack("graded-care")


def result(code: str, grade: int | None, *, thin: bool = False) -> Result:
    return Result(
        code=code,
        grade=grade,
        reason=Reason.MODE if grade else Reason.NONE,
        scored=3 if grade else 0,
        of=4,
        provisional=True,
        thin=thin,
        counts=Counts(by_grade=MappingProxyType({3: 1, 4: 0, 5: 2}), unscored=1),
        decided_by=(f"{code}1.a",),
    )


def profile(pack: Pack, *grades: int | None) -> Profile:
    areas = {area.code: result(area.code, grade) for area, grade in zip(pack.areas, grades, strict=True)}
    return Profile(band="b", units=31, areas=areas, subareas={"A1": result("A1", grades[0])})


def assessment(id_: str, begun: date, state: AssessmentState = SIGNED, *, corrects: str | None = None) -> Assessment:
    window = Window(from_=begun, to=begun + timedelta(days=20))
    return Assessment(
        id=id_,
        child="c1",
        window=window,
        state=state,
        corrects=corrects,
        review_due=begun + timedelta(days=90),
        assessors=("w2", "w1"),
        signed_off_on=window.to if state is SIGNED else None,
    )


def rows(store: Store, query: CaseloadQuery | None = None, **more: set[str]) -> tuple[CaseloadRow, ...]:
    with store.transaction() as tx:
        page = caseload(tx, query or CaseloadQuery(), today=TODAY, **more)
    assert page.total >= len(page.rows)
    return page.rows


def row(store: Store, child: str = "c1") -> CaseloadRow:
    return next(each for each in rows(store) if each.id == child)


@pytest.fixture
def filled(store: Store) -> Store:
    with store.transaction() as tx:
        tx.professionals.put(people.PROFESSIONAL, by=None)
        tx.professionals.put(Professional(id="w2", name="Hal Brook"), by=None)
        tx.children.put(people.CHILD, by=None)
        tx.children.put(people.UNBORN, by=None)
    return store


def test_a_line_says_who_the_child_is(filled: Store) -> None:
    found = row(filled)
    assert (found.given_names, found.family_name) == ("Zoë Anne", "O’Hara-Lindqvist")
    assert (found.born, found.unborn, found.restricted) == (date(2019, 3, 4), False, True)
    assert (found.allocated, found.allocated_id) == ("Ines Quillfeather", "w1")
    assert found.statuses == (people.CHILD.statuses[1],)
    assert (found.assessment, found.window, found.state, found.areas, found.spark) == (None, None, None, (), ())
    unborn = row(filled, "c2")
    assert (unborn.born, unborn.unborn, unborn.allocated, unborn.allocated_id) == (date(2027, 1, 15), True, "", None)


@pytest.mark.parametrize(
    ("on", "found"),
    [
        (date(2024, 12, 31), []),
        (date(2025, 1, 1), [StatusKind.CHILD_IN_NEED]),
        (date(2025, 12, 31), [StatusKind.CHILD_IN_NEED]),
        (date(2026, 1, 1), [StatusKind.CHILD_PROTECTION]),
    ],
)
def test_statuses_are_those_of_the_day(filled: Store, on: date, found: list[StatusKind]) -> None:
    with filled.transaction() as tx:
        page = caseload(tx, CaseloadQuery(text="zoe"), today=on)
    assert [status.status for status in page.rows[0].statuses] == found


def test_the_most_serious_status_comes_first(filled: Store) -> None:
    both = (
        Status(status=StatusKind.EARLY_HELP, from_=date(2020, 1, 1)),
        Status(status=StatusKind.LOOKED_AFTER, category=Category.NEGLECT, from_=date(2021, 1, 1)),
    )
    with filled.transaction() as tx:
        tx.children.put(replace(people.CHILD, statuses=both), by=None)
    assert row(filled).statuses == both[::-1]


def test_an_allocation_that_ended_names_nobody(filled: Store) -> None:
    ended = (Allocation(professional="w1", from_=date(2026, 1, 1), to=date(2026, 11, 1)),)
    with filled.transaction() as tx:
        tx.children.put(replace(people.CHILD, allocated=ended), by=None)
    assert row(filled).allocated == ""


@pytest.mark.parametrize(
    ("newest", "own", "due"),
    [
        (AssessmentState.COMPLETE, None, date(2026, 8, 3)),
        (AssessmentState.COMPLETE, date(2027, 1, 3), date(2027, 1, 3)),
        (SIGNED, None, None),
    ],
)
def test_a_review_that_is_due_stays_so_until_the_next_assessment_has_its_own_day_or_is_signed_off(
    filled: Store, pack: Pack, newest: AssessmentState, own: date | None, due: date | None
) -> None:
    with filled.transaction() as tx:
        for each in (
            assessment("a1", date(2026, 5, 5)),
            replace(assessment("a2", date(2026, 10, 5), newest), review_due=own),
        ):
            tx.assessments.put(each, by=None)
            tx.put_results(each, profile(pack, 2, 2, None, 5), pack)
    assert row(filled).next_due == due


def test_the_latest_finished_assessment_stands_before_one_being_worked_on(filled: Store, pack: Pack) -> None:
    with filled.transaction() as tx:
        for each, grade in (
            (assessment("a1", date(2026, 1, 5)), 2),
            (assessment("a2", date(2026, 5, 5)), 4),
            (assessment("a3", date(2026, 10, 5), AssessmentState.IN_PROGRESS), 1),
        ):
            tx.assessments.put(each, by=None)
            tx.put_results(each, profile(pack, grade, grade, None, 5), pack)
    found = row(filled)
    assert (found.assessment, found.state, found.open_assessment) == ("a2", SIGNED, "a3")
    assert found.window == Window(from_=date(2026, 5, 5), to=date(2026, 5, 25))
    assert found.next_due == date(2026, 8, 3)
    assert [(area.code, area.grade, area.rank, area.scale) for area in found.areas] == [
        ("A", 4, 4, 5),
        ("B", 4, 4, 5),
        ("C", None, None, 5),
        ("D", 5, 5, 5),
    ]
    area = found.areas[0]
    assert (area.reason, area.scored, area.of, area.provisional, area.thin) == (Reason.MODE, 3, 4, True, False)
    assert (area.counts.by_grade, area.counts.unscored) == ({3: 1, 4: 0, 5: 2}, 1)
    assert area.decided_by == ("A1.a",)
    assert found.spark[0] == AreaSteps(code="A", scale=5, ranks=(2, 4, 1))
    assert found.spark[2] == AreaSteps(code="C", scale=5, ranks=(None, None, None))


def test_one_being_worked_on_is_better_than_none(filled: Store) -> None:
    with filled.transaction() as tx:
        tx.assessments.put(assessment("a1", date(2026, 10, 5), AssessmentState.DRAFT), by=None)
    found = row(filled)
    assert (found.assessment, found.state, found.open_assessment) == ("a1", AssessmentState.DRAFT, "a1")


def test_a_correction_takes_the_place_of_what_it_corrects_once_it_is_signed(filled: Store, pack: Pack) -> None:
    old = assessment("a1", date(2026, 5, 5))
    new = assessment("a2", date(2026, 5, 5), AssessmentState.DRAFT, corrects="a1")
    with filled.transaction() as tx:
        for each, grade in ((old, 4), (new, 2)):
            tx.assessments.put(each, by=None)
            tx.put_results(each, profile(pack, grade, 1, 1, 1), pack)
    assert (row(filled).assessment, row(filled).open_assessment) == ("a1", "a2")
    signed = replace(new, state=SIGNED, signed_off_on=date(2026, 6, 1))
    with filled.transaction() as tx:
        tx.assessments.put(signed, by=None)
        assert tx.latest_signed_before("c1", date(2026, 5, 6)) == signed
        assert tx.latest_signed_before("c1", date(2026, 5, 5)) is None
    found = row(filled)
    assert (found.assessment, found.open_assessment, found.spark[0].ranks) == ("a2", None, (2,))


def test_what_is_too_thin_to_show_is_no_step(filled: Store, pack: Pack) -> None:
    thin = profile(pack, 1, 2, 3, 4)
    thin = replace(thin, areas={**thin.areas, "A": result("A", 1, thin=True)})
    with filled.transaction() as tx:
        tx.assessments.put(assessment("a1", date(2026, 5, 5)), by=None)
        tx.put_results(assessment("a1", date(2026, 5, 5)), thin, pack)
    assert [steps.ranks for steps in row(filled).spark] == [(None,), (2,), (3,), (4,)]


def test_small_steps_show_the_latest_eight(filled: Store, pack: Pack) -> None:
    with filled.transaction() as tx:
        for number in range(11):
            each = assessment(f"a{number}", date(2020, 1, 1) + timedelta(days=100 * number))
            tx.assessments.put(each, by=None)
            tx.put_results(each, profile(pack, number % 5 + 1, 1, 1, 1), pack)
    assert row(filled).spark[0].ranks == (4, 5, 1, 2, 3, 4, 5, 1)


def test_a_scale_of_other_values_has_ranks(filled: Store, pack: Pack) -> None:
    grades = tuple(replace(grade, value=5 * place) for place, grade in enumerate(pack.grades[:4], start=1))
    coarse = replace(pack, grades=grades)
    with filled.transaction() as tx:
        tx.assessments.put(assessment("a1", date(2026, 5, 5)), by=None)
        tx.put_results(assessment("a1", date(2026, 5, 5)), profile(coarse, 5, 10, 15, 20), coarse)
    assert [(area.grade, area.rank, area.scale) for area in row(filled).areas] == [
        (5, 1, 4),
        (10, 2, 4),
        (15, 3, 4),
        (20, 4, 4),
    ]


def test_results_of_lists_and_sub_areas(filled: Store, pack: Pack) -> None:
    submitted = assessment("a2", date(2026, 9, 5), AssessmentState.SUBMITTED)
    with filled.transaction() as tx:
        for each in (assessment("a1", date(2026, 5, 5)), submitted, replace(submitted, id="a3", window=None)):
            tx.assessments.put(each, by=None)
        tx.put_results(submitted, profile(pack, 3, 3, 3, 3), pack)
        summaries = summaries_of_child(tx, "c1")
        assert [each.id for each in summaries] == ["a3", "a2", "a1"]
        assert summaries_of_child(tx, "c2") == ()
        assert [each.id for each in summaries_in_state(tx, AssessmentState.SUBMITTED)] == ["a3", "a2"]
        assert [each.code for each in subareas_of(tx, "a2")] == ["A1"]
        assert subareas_of(tx, "a1") == ()
    undated, second, first = summaries
    assert (second.band, second.units, second.policy) == ("b", 31, submitted.policy)
    assert (second.provisional, first.provisional) == (True, False)
    assert [area.grade for area in second.areas] == [3, 3, 3, 3]
    assert (first.areas, first.policy, first.assessors) == ((), None, ("w1", "w2"))
    assert (undated.window, second.window) == (None, submitted.window)


def test_the_last_entry_is_the_latest_up_to_today_that_stands(filled: Store) -> None:
    def entry(id_: str, when: When | None, *, wrong: bool = False) -> Entry:
        error = EnteredInError(by="w1", at=people.INSTANT, reason="x") if wrong else None
        return Entry(id=id_, kind="note", children=("c1",), when=when, entered_in_error=error)

    with filled.transaction() as tx:
        for each in (
            entry("e1", When.on(date(2026, 9, 1))),
            entry("e2", When({"month": "2026-09"})),
            entry("e3", When.on(date(2026, 12, 24))),
            entry("e4", When.on(date(2026, 10, 30)), wrong=True),
            entry("e5", None),
        ):
            tx.entries.put(each, by=None)
    assert row(filled).last_entry == date(2026, 9, 30)
    assert row(filled, "c2").last_entry is None


@pytest.fixture
def sorted_store(store: Store) -> Store:
    """Three children whose order differs for every column, and one of whom nothing is known."""
    with store.transaction() as tx:
        for id_, family, born, kind in (
            ("old", "Cedar", date(2010, 1, 1), StatusKind.EARLY_HELP),
            ("mid", "åsh", date(2015, 1, 1), StatusKind.LOOKED_AFTER),
            ("new", "Birch", date(2024, 1, 1), StatusKind.CHILD_IN_NEED),
        ):
            status = Status(status=kind, from_=date(2020, 1, 1))
            tx.children.put(Child(id=id_, family_name=family, date_of_birth=born, statuses=(status,)), by=None)
        tx.children.put(Child(id="none", family_name="Zebrawood"), by=None)
        for id_, begun in (("old", date(2026, 3, 1)), ("mid", date(2026, 1, 1)), ("new", date(2026, 2, 1))):
            each = replace(
                assessment(f"a-{id_}", begun), child=id_, review_due=date(2027, 1, 1) - (begun - date(2026, 1, 1))
            )
            tx.assessments.put(each, by=None)
        for id_, day in (("new", 1), ("old", 2), ("mid", 3)):
            tx.entries.put(
                Entry(id=f"e-{id_}", kind="note", children=(id_,), when=When.on(date(2026, 10, day))), by=None
            )
    return store


@pytest.mark.parametrize(
    ("sort", "ascending", "descending"),
    [
        ("name", ["mid", "new", "old", "none"], ["none", "old", "new", "mid"]),
        ("age", ["new", "mid", "old", "none"], ["old", "mid", "new", "none"]),
        ("status", ["old", "new", "mid", "none"], ["mid", "new", "old", "none"]),
        ("last_assessment", ["mid", "new", "old", "none"], ["old", "new", "mid", "none"]),
        ("next_due", ["old", "new", "mid", "none"], ["mid", "new", "old", "none"]),
        ("last_entry", ["new", "old", "mid", "none"], ["mid", "old", "new", "none"]),
    ],
)
def test_every_column_sorts_both_ways_with_the_unknown_last(
    sorted_store: Store, sort: SortKey, ascending: list[str], descending: list[str]
) -> None:
    assert [each.id for each in rows(sorted_store, CaseloadQuery(sort=sort))] == ascending
    assert [each.id for each in rows(sorted_store, CaseloadQuery(sort=sort, descending=True))] == descending


@pytest.mark.parametrize("text", ["", "z", "cedr"])
def test_pages_follow_one_another_and_know_the_total(store: Store, text: str) -> None:
    with store.transaction() as tx:
        for number in range(25):
            tx.children.put(Child(id=f"c{number:02}", given_names="Zed", family_name=f"Cedar {number:02}"), by=None)
        pages = [
            caseload(tx, CaseloadQuery(text=text, offset=offset, limit=10), today=TODAY) for offset in (0, 10, 20, 30)
        ]
    assert [len(page.rows) for page in pages] == [10, 10, 5, 0]
    assert {page.total for page in pages} == {25}
    assert [each.id for page in pages for each in page.rows] == [f"c{number:02}" for number in range(25)]


def test_a_professional_sees_their_own(filled: Store) -> None:
    assert [each.id for each in rows(filled, allocated_to={"w2"})] == ["c1"]
    assert rows(filled, allocated_to={"w9"}) == ()
    assert rows(filled, CaseloadQuery(text="lindqvist"), allocated_to={"w1"}) == (row(filled),)


def test_changes_in_the_same_transaction_are_seen(filled: Store, pack: Pack) -> None:
    with filled.transaction() as tx:
        each = assessment("a1", date(2026, 5, 5))
        tx.assessments.put(each, by=None)
        tx.put_results(each, profile(pack, 1, 2, 3, 4), pack)
        assert caseload(tx, CaseloadQuery(text="zoe"), today=TODAY).rows[0].assessment == "a1"


def test_what_was_rolled_back_is_not_seen(filled: Store, reopened: Callable[[], Store]) -> None:
    def fail() -> None:
        with filled.transaction() as tx:
            tx.assessments.put(assessment("a1", date(2026, 5, 5)), by=None)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert row(filled).assessment is None
    filled.close()
    with reopened() as store:
        assert row(store).assessment is None
