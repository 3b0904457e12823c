"""What is still missing, item by item, in sentences that name the unit."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from gcp2_app.domain.answers import Evidence, EvidenceSource, UnitAnswer, UnitState
from gcp2_app.domain.assessment import (
    Assessment,
    AssessmentState,
    CarerConsent,
    Consent,
    Explained,
    SafetyStep,
    Target,
    Window,
)
from gcp2_app.domain.completeness import (
    Missing,
    missing,
    missing_before_grading,
    ungraded_without_reason,
    unsorted_notes,
)
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.visits import How, Line, VisitSheet, write_sheet
from gcp2_app.domain.when import When
from tests.domain.packs import BORN, WINDOW, make_assessment, make_four_grade_pack, make_pack, scored

PACK = make_pack()
FOUR = make_four_grade_pack()
SEEN = (Evidence(text="cold kitchen", source=EvidenceSource.SEEN_AT_HOME, by="w1"),)
STEP = SafetyStep(step="stair gate fitted", owner="mother", by=date(2026, 2, 10))


def full(grade: int = 2) -> Assessment:
    """Return an assessment in progress in which every unit has a grade."""
    units = {code: scored(grade) for code in PACK.units_in("2-5")}
    units["A5.d"] = UnitAnswer(state=UnitState.NOT_APPLICABLE, reason="no long-term illness")
    return make_assessment(units=units)


def with_unit(assessment: Assessment, code: str, answer: UnitAnswer) -> Assessment:
    return replace(assessment, units={**assessment.units, code: answer})


def _found(assessment: Assessment, **kwargs: Assessment) -> list[tuple[str, str, bool]]:
    return [(item.code, item.field, item.blocks) for item in missing(PACK, assessment, BORN, **kwargs)]


def test_a_full_assessment_lacks_nothing() -> None:
    assert missing(PACK, full(), BORN) == ()
    assert ungraded_without_reason(PACK, full(), BORN) == ()


@pytest.mark.parametrize("field", ["child_voice", "analysis", "meaning_so_far", "meaning_ahead"])
def test_each_of_the_words_is_asked_for(field: str) -> None:
    blank = replace(full(), **{field: " \n"})  # type: ignore[arg-type]  # one field of many
    assert _found(blank) == [("", field, True)]


EXPLAINED = full().explained or Explained()
REFUSED = CarerConsent(person="p1", answer=Consent.REFUSED)

CHANGES: list[tuple[str, str, Callable[[Assessment], Assessment]]] = [
    ("nothing was explained", "explained.what", lambda a: replace(a, explained=None, carers=())),
    ("explained nothing", "explained.what", lambda a: replace(a, explained=replace(EXPLAINED, what=""))),
    ("no language", "explained.language", lambda a: replace(a, explained=replace(EXPLAINED, language=" "))),
    ("no leaflet", "explained.leaflet", lambda a: replace(a, explained=replace(EXPLAINED, leaflet=" "))),
    ("no interpreter", "explained.interpreter", lambda a: replace(a, explained=replace(EXPLAINED, interpreter=""))),
    ("no carer's answer", "explained.carers", lambda a: replace(a, explained=replace(EXPLAINED, carers=()))),
    (
        "no reason for a refusal",
        "explained.carers",
        lambda a: replace(a, explained=replace(EXPLAINED, carers=(REFUSED,))),
    ),
    ("no carer", "carers", lambda a: replace(a, carers=())),
    ("no window", "window", lambda a: replace(a, window=None)),
    ("a window backwards", "window", lambda a: replace(a, window=Window(from_=WINDOW.to, to=WINDOW.from_))),
]


@pytest.mark.parametrize(("field", "change"), [row[1:] for row in CHANGES], ids=[row[0] for row in CHANGES])
def test_each_thing_needed_before_the_first_grade_is_asked_for(
    field: str, change: Callable[[Assessment], Assessment]
) -> None:
    assert missing_before_grading(full()) == ()
    found = missing_before_grading(change(full()))
    assert field in {item.field for item in found}
    assert all(item.blocks and item.what.endswith((".", "?")) for item in found)
    assert set(found) <= set(missing(PACK, change(full()), BORN))


def test_a_carer_who_refused_or_was_not_asked_needs_a_reason_only() -> None:
    reasons = (
        replace(REFUSED, reason="does not want us here"),
        CarerConsent(person="p2", answer=Consent.NOT_ASKED, reason="police advice"),
    )
    explained = replace(EXPLAINED, carers=reasons)
    assert missing_before_grading(replace(full(), carers=("p1", "p2"), explained=explained)) == ()


def test_what_was_explained_is_named_one_by_one_in_the_order_of_the_page() -> None:
    nothing = replace(full(), explained=None)
    assert [item.field.partition(".")[2] for item in missing_before_grading(nothing)] == [
        *("what", "leaflet", "language", "interpreter", "carers"),
    ]


@pytest.mark.parametrize("answer", ["none", "none left", "none needed", "not known"])
def test_that_there_was_no_leaflet_and_no_interpreter_are_answers(answer: str) -> None:
    explained = replace(EXPLAINED, leaflet=answer, interpreter=answer)
    assert missing_before_grading(replace(full(), explained=explained)) == ()


def test_one_handed_on_before_leaflet_and_interpreter_were_asked_is_marked_and_can_be_signed_off() -> None:
    old = replace(full(), explained=replace(EXPLAINED, leaflet="", interpreter=""))
    asked = [("", "explained.leaflet", True), ("", "explained.interpreter", True)]
    assert _found(old) == asked
    assert _found(replace(old, state=AssessmentState.SHARED)) == asked
    marked = [(code, field, False) for code, field, _ in asked]
    assert _found(replace(old, state=AssessmentState.SUBMITTED)) == marked


def test_an_assessment_without_an_assessor_says_so() -> None:
    assert _found(replace(full(), assessors=())) == [("", "assessors", True)]


def test_a_unit_without_grade_or_reason_is_named() -> None:
    started = with_unit(full(), "B1.c", UnitAnswer())
    assert ungraded_without_reason(PACK, started, BORN) == ("B1.c",)
    assert _found(started) == [("B1.c", "units", True)]
    (item,) = missing(PACK, started, BORN)
    assert item.what == "B1.c unit B1.c: no grade yet."


@pytest.mark.parametrize("state", [UnitState.NOT_OBSERVED, UnitState.DECLINED])
def test_a_unit_with_its_reason_is_accounted_for(state: UnitState) -> None:
    assert _found(with_unit(full(), "B1.c", UnitAnswer(state=state, reason="asleep"))) == []
    without = with_unit(full(), "B1.c", UnitAnswer(state=state, reason=" "))
    assert _found(without) == [("B1.c", "units", True)]
    assert "say why" in missing(PACK, without, BORN)[0].what


def test_not_applicable_needs_its_reason_too() -> None:
    blank = with_unit(full(), "A5.d", UnitAnswer(state=UnitState.NOT_APPLICABLE))
    assert _found(blank) == [("A5.d", "units", True)]


def test_missing_units_do_not_block_once_it_is_said_why_now() -> None:
    started = replace(with_unit(full(), "B1.c", UnitAnswer()), incomplete_reason="conference brought forward")
    assert _found(started) == [("B1.c", "units", False)]


def test_practitioners_who_differ_are_noted_and_do_not_block() -> None:
    differing = scored(3, ("w1", "2026-01-12", 2), ("w2", "2026-01-12", 3))
    assert _found(with_unit(full(), "A4", differing)) == [("A4", "agreed_reason", False)]


def test_a_four_needs_evidence_that_was_seen_or_a_reason() -> None:
    four = scored(4)
    assert _found(with_unit(full(), "A1.a", four)) == [("A1.a", "evidence", True)]
    assert _found(with_unit(full(), "A1.a", replace(four, evidence=SEEN))) == []
    assert _found(with_unit(full(), "A1.a", replace(four, unverified_reason="told by the child"))) == []
    said = (replace(SEEN[0], source=EvidenceSource.CARER_SAID),)
    assert _found(with_unit(full(), "A1.a", replace(four, evidence=said))) == [("A1.a", "evidence", True)]
    assert _found(with_unit(full(), "A1.a", scored(3))) == []


@pytest.mark.parametrize(("code", "grade"), [("A1.a", 5), ("B1.a", 4), ("A5.b", 4), ("B2", 4)])
def test_the_worst_grades_need_a_safety_step(code: str, grade: int) -> None:
    graded = with_unit(full(), code, replace(scored(grade), evidence=SEEN))
    assert _found(graded) == [(code, "targets", True)]
    target = Target(unit=code, current=grade, target=3, owner="mother", due=date(2026, 4, 1), safety_step=STEP)
    assert _found(replace(graded, targets=(target,))) == []


def test_a_four_of_a_baby_needs_a_safety_step_anywhere() -> None:
    baby = make_assessment(band="0-2", units={"A1.a": replace(scored(4), evidence=SEEN)})
    items = missing(PACK, replace(baby, incomplete_reason="why"), date(2025, 3, 1))
    assert [(item.code, item.field) for item in items if item.blocks] == [("A1.a", "targets")]


def test_a_four_grade_pack_asks_from_its_own_thresholds() -> None:
    units = {code: scored(5) for code in FOUR.units_in("all")}
    assessment = make_assessment(band="all", units=units)
    assert missing(FOUR, assessment, None) == ()
    units |= {"P1.a": scored(15), "Q1.a": scored(15), "P2": scored(10)}
    found = [(item.code, item.field) for item in missing(FOUR, assessment, None)]
    assert found == [("P1.a", "evidence"), ("Q1.a", "evidence"), ("Q1.a", "targets")]


def test_a_long_window_needs_its_reason() -> None:
    long = replace(full(), window=Window(from_=date(2026, 1, 12), to=date(2026, 2, 22)))
    assert _found(long) == []
    longer = replace(full(), window=Window(from_=date(2026, 1, 12), to=date(2026, 2, 23)))
    assert _found(longer) == [("", "window_reason", True)]
    assert _found(replace(longer, window_reason="the family was away")) == []


def test_another_band_than_by_age_needs_its_reason() -> None:
    units = {code: scored(2) for code in PACK.units_in("5+")}
    older = make_assessment(band="5+", units=units)
    assert _found(older) == [("", "band_reason", True)]
    assert _found(replace(older, band_reason="developmental age")) == []
    assert missing(PACK, older, None) == ()


def test_a_child_outside_every_band_needs_a_reason_for_the_band() -> None:
    assert ("", "band_reason", True) in [
        (item.code, item.field, item.blocks) for item in missing(PACK, full(), date(2026, 6, 1))
    ]


def test_a_band_that_is_not_known_is_asked_for() -> None:
    assert _found(replace(full(), band="")) == []
    (item,) = missing(PACK, replace(full(), band=""), None)
    assert (item.field, item.code, item.blocks) == ("band", "", True)
    (item,) = missing(PACK, replace(full(), band="", units={}), None)
    assert (item.field, item.code) == ("band", "")
    assert "age" in item.what


def test_answers_of_another_band_than_by_age_ask_for_the_band() -> None:
    units = {code: scored(2) for code in PACK.units_in("0-2")}
    (item,) = missing(PACK, make_assessment(band="", units=units), BORN)
    assert item.field == "band"


def test_targets_that_cannot_stand_are_named() -> None:
    bad = Target(unit="A1.a", current=3, target=4, owner="mother", due=date(2026, 4, 1))
    assert _found(replace(full(3), targets=(bad,))) == [("A1.a", "targets", True)]
    undated = replace(bad, target=2, due=None)
    assert _found(replace(full(3), targets=(undated,))) == [("A1.a", "targets", False)]
    unowned = replace(bad, target=2, owner=" ")
    assert _found(replace(full(3), targets=(unowned,))) == [("A1.a", "targets", False)]


def test_a_temporary_circumstance_asks_for_an_earlier_review() -> None:
    passing = with_unit(full(), "A1.a", replace(scored(2), temporary=True))
    assert _found(passing) == [("", "review_due", False)]
    assert _found(replace(passing, review_due=date(2026, 5, 9))) == [("", "review_due", False)]
    assert _found(replace(passing, review_due=date(2026, 3, 9))) == []
    assert _found(replace(passing, window=None)) == [("", "window", True)]


def test_each_unit_that_moved_asks_what_was_seen() -> None:
    earlier = replace(full(), id="a0")
    moved = with_unit(with_unit(full(), "A1.a", scored(3)), "D1.i", scored(1))
    assert _found(moved, earlier=earlier) == [("A1.a", "what_changed", True), ("D1.i", "what_changed", True)]
    told = with_unit(moved, "A1.a", replace(scored(3), what_changed="one meal a day"))
    assert _found(told, earlier=earlier) == [("D1.i", "what_changed", True)]


def test_what_cannot_be_compared_did_not_move() -> None:
    moved = with_unit(full(), "A1.a", scored(3))
    assert _found(moved, earlier=replace(full(1), carers=("p9",))) == []
    younger = replace(full(), band="0-2", units={"D1": scored(3), "D1.i": scored(3)})
    assert _found(full(), earlier=younger) == []
    newly = with_unit(full(), "A1.a", UnitAnswer())
    assert _found(full(), earlier=newly) == []


def test_an_assessment_recorded_elsewhere_needs_who_when_and_a_grade() -> None:
    elsewhere = Assessment(id="a1", child="c1", recorded_elsewhere=True)
    found = missing(PACK, elsewhere, None)
    assert [item.field for item in found] == ["window", "recorded_by", "units"]
    filled = replace(elsewhere, window=WINDOW, recorded_by="another authority", units={"A1": scored(3)})
    assert missing(PACK, filled, None) == ()
    assert ungraded_without_reason(PACK, filled, None) == ()


def test_items_come_in_the_packs_order() -> None:
    items: tuple[Missing, ...] = missing(PACK, make_assessment(), BORN)
    assert [item.code for item in items] == list(PACK.units_in("2-5"))


def visit(id_: str, when: When | None, *lines: Line) -> Entry:
    entry = Entry(id=id_, kind="visit", children=("c1", "c2"), when=when)
    return write_sheet(entry, VisitSheet(lines=lines))


def note(id_: str, *, sorted_: bool = False, children: tuple[str, ...] = ()) -> Line:
    at = datetime(2026, 11, 23, 10, 5, tzinfo=UTC)
    return Line(id=id_, at=at, how=How.I_SAW, text="No bedding.", sorted=sorted_, children=children)


def test_notes_that_are_not_sorted_are_named_by_their_visit_and_block_nothing() -> None:
    visits = (
        visit("v2", When("2026-11-24T09:00:00+00:00"), note("a"), note("b"), note("c", sorted_=True)),
        visit("v1", When("2026-11-03"), note("a")),
        visit("v3", When("2026-11-25"), note("a", sorted_=True)),
        visit("v4", When("2026-11-26"), note("a", children=("c2",))),
        visit("v5", None, note("a")),
    )
    found = unsorted_notes(visits, "c1")
    assert [(item.visit, item.what) for item in found] == [
        ("v5", "1 note of a visit not sorted to units yet."),
        ("v1", "1 note of the visit on 3 November 2026 not sorted to units yet."),
        ("v2", "2 notes of the visit on 24 November 2026 not sorted to units yet."),
    ]
    assert {(item.field, item.blocks) for item in found} == {("visits", False)}
