"""The parts of the guided assessment that know no widgets."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcp2_app.domain.answers import Evidence, EvidenceSource, PersonGrade, UnitAnswer, UnitState
from gcp2_app.domain.assessment import Assessment, AssessmentState, Window
from gcp2_app.domain.assessment import Step as StateStep
from gcp2_app.domain.completeness import Missing, missing
from gcp2_app.domain.instrument import Pack
from gcp2_app.domain.scoring import score
from gcp2_app.forms.packs import shipped_pack
from gcp2_app.ui.assess import changes, marks, steps, wording
from gcp2_app.ui.assess.history import History

ME, OTHER = "w-me", "w-other"
DAY = date(2026, 11, 20)
BORN = date(2023, 1, 10)
WINDOW = Window(from_=date(2026, 11, 2), to=date(2026, 11, 29))


@pytest.fixture(scope="module")
def pack() -> Pack:
    return shipped_pack("graded-care", None)


def draft(**fields: object) -> Assessment:
    return replace(Assessment(id="a", child="c", carers=("p",), window=WINDOW, assessors=(ME,)), **fields)  # type: ignore[arg-type]


def grade(pack: Pack, value: Assessment, code: str, rank: int, by: str = ME) -> Assessment:
    return changes.graded(pack, value, code, rank=rank, by=by, on=DAY)


def test_the_steps_lead_from_before_to_finish_through_every_sub_area_of_the_band(pack: Pack) -> None:
    found = steps.steps_of(pack, "0-2")
    assert found[:2] == (steps.HISTORY, steps.BEFORE)
    assert found[-1] == steps.FINISH
    assert [step.code for step in found if step.code] == [
        code for code, subarea in pack.subareas.items() if subarea.units_in("0-2")
    ]


def test_there_is_nothing_before_the_first_step_and_after_the_last(pack: Pack) -> None:
    found = steps.steps_of(pack, "5+")
    assert steps.beside(found, found[0], -1) is None
    assert steps.beside(found, found[-1], 1) is None
    assert steps.beside(found, found[0], 1) == found[1]


def test_a_remembered_place_is_found_again(pack: Pack) -> None:
    found = steps.steps_of(pack, "2-5")
    assert steps.spot_from_key(pack, found, "B1.c") == steps.spot_of_unit(pack, "B1.c")
    assert steps.spot_from_key(pack, found, steps.REVIEW.key).step == steps.REVIEW
    assert steps.spot_from_key(pack, found, "A2").step.code == "A2"
    assert steps.spot_from_key(pack, found, "gone").step == steps.BEFORE


def test_an_assessment_recorded_elsewhere_is_only_looked_at(pack: Pack) -> None:
    assert steps.steps_of(pack, "", recorded_elsewhere=True) == (steps.REVIEW, steps.FINISH)


@pytest.mark.parametrize(
    ("item", "step"),
    [
        (Missing(code="A1.a", field="units", what=""), "A1"),
        (Missing(code="A1.a", field="evidence", what=""), "A1"),
        (Missing(code="B2", field="targets", what=""), steps.TARGETS.key),
        (Missing(code="A1.a", field="what_changed", what=""), steps.THEN_AND_NOW.key),
        (Missing(field="explained.leaflet", what=""), steps.BEFORE.key),
        (Missing(field="child_voice", what=""), steps.VOICE.key),
        (Missing(field="meaning_ahead", what=""), steps.ANALYSIS.key),
        (Missing(field="review_due", what=""), steps.TARGETS.key),
    ],
)
def test_each_missing_thing_leads_to_where_it_is_mended(pack: Pack, item: Missing, step: str) -> None:
    spot = steps.mended_at(pack, item)
    assert spot.step.key == step
    assert spot.unit == item.code


def test_everything_that_can_be_missing_has_a_place(pack: Pack) -> None:
    value = grade(pack, draft(), "A1.a", 5)
    found = steps.steps_of(pack, "2-5")
    for item in missing(pack, value, BORN):
        assert steps.mended_at(pack, item).step in found


def test_undo_and_redo_walk_the_values() -> None:
    history = History()
    first, second, third = draft(), draft(analysis="one"), draft(analysis="two")
    history.note(first)
    history.note(second)
    assert history.undo(third) == second
    assert history.undo(second) == first
    assert not history.can_undo
    assert history.redo(first) == second
    assert history.redo(second) == third
    assert not history.can_redo


def test_typing_in_one_field_is_undone_as_one() -> None:
    history = History()
    history.note(draft(), "analysis")
    history.note(draft(analysis="o"), "analysis")
    history.note(draft(analysis="on"), "analysis")
    assert history.undo(draft(analysis="one")) == draft()
    assert not history.can_undo


def test_a_change_after_an_undo_ends_what_could_be_redone() -> None:
    history = History()
    history.note(draft())
    history.undo(draft(analysis="one"))
    history.note(draft())
    assert not history.can_redo


@given(st.lists(st.text(max_size=3), min_size=1, max_size=30))
def test_undoing_everything_gives_the_first_value(texts: list[str]) -> None:
    history, value = History(), draft()
    for text in texts:
        history.note(value)
        value = replace(value, analysis=text)
    while history.can_undo:
        value = history.undo(value)
    assert value == draft()
    while history.can_redo:
        value = history.redo(value)
    assert value.analysis == texts[-1]


def test_what_was_written_goes_onto_the_stored_state() -> None:
    opened = StateStep(state=AssessmentState.IN_PROGRESS, at=datetime(2026, 11, 20, tzinfo=UTC), by=ME)
    kept = draft(state=AssessmentState.IN_PROGRESS, band="2-5", steps=(opened,), opened_earlier=(DAY,))
    merged = changes.written_onto(draft(analysis="new"), kept)
    assert merged == replace(kept, analysis="new")


def test_the_same_grade_again_is_no_change(pack: Pack) -> None:
    value = grade(pack, draft(), "A1.a", 3)
    assert grade(pack, value, "A1.a", 3) is value
    assert grade(pack, value, "A1.a", 2) != value


def test_a_unit_put_aside_keeps_its_evidence_and_loses_its_grade(pack: Pack) -> None:
    seen = Evidence(id="e", text="seen")
    value = changes.with_evidence(grade(pack, draft(), "A1.a", 3), {"A1.a"}, seen)
    aside = changes.put_aside(value, "A1.a", state=UnitState.NOT_OBSERVED).answer("A1.a")
    assert (aside.state, aside.grade, aside.evidence) == (UnitState.NOT_OBSERVED, None, (seen,))


def test_a_reason_does_not_pass_from_one_state_to_another() -> None:
    value = changes.put_aside(draft(), "A5.d", state=UnitState.NOT_OBSERVED)
    value = changes.changed_answer(value, "A5.d", reason="not seen")
    assert changes.put_aside(value, "A5.d", state=UnitState.NOT_OBSERVED) is value
    assert changes.put_aside(value, "A5.d", state=UnitState.NOT_APPLICABLE).answer("A5.d").reason == ""


def test_clearing_takes_away_ones_own_grade_alone(pack: Pack) -> None:
    value = grade(pack, grade(pack, draft(), "A1.a", 3), "A1.a", 4, by=OTHER)
    cleared = changes.cleared(value, "A1.a", by=ME).answer("A1.a")
    assert (cleared.state, cleared.grade) == (UnitState.SCORED, 4)
    assert [given.by for given in cleared.grades] == [OTHER]
    assert changes.cleared(grade(pack, draft(), "A1.a", 3), "A1.a", by=ME) == draft()


def test_evidence_hangs_on_exactly_the_units_named() -> None:
    piece = Evidence(id="e", text="the fridge was empty")
    value = changes.with_evidence(draft(), {"A1.a", "A1.b"}, piece)
    assert set(changes.units_with(value, "e")) == {"A1.a", "A1.b"}
    changed = changes.with_evidence(value, {"A1.b", "B2"}, replace(piece, source=EvidenceSource.SEEN_AT_HOME))
    assert set(changes.units_with(changed, "e")) == {"A1.b", "B2"}
    assert {found.source for answer in changed.units.values() for found in answer.evidence} == {
        EvidenceSource.SEEN_AT_HOME
    }
    assert changes.without_evidence(changed, piece) == draft()


def test_a_target_is_one_better_and_never_worse_than_the_pack_allows(pack: Pack) -> None:
    value = changes.new_target(pack, changes.new_target(pack, draft(), "A1.a", 5), "A1.b", 3)
    assert [(target.unit, target.target) for target in value.targets] == [("A1.a", 3), ("A1.b", 2)]
    changed = changes.with_target(value, replace(value.targets[0], owner="mother"))
    assert changed.targets[0].owner == "mother"
    assert changes.without_target(changed, "A1.a").targets == value.targets[1:]


def test_a_grave_grade_needs_evidence_or_a_reason(pack: Pack) -> None:
    value = grade(pack, draft(), "A1.a", 4)
    assert marks.mark_of(pack, value, "A1.a", ME).needs
    seen = Evidence(id="e", text="seen", source=EvidenceSource.SEEN_AT_HOME)
    assert not marks.mark_of(pack, changes.with_evidence(value, {"A1.a"}, seen), "A1.a", ME).needs
    assert not marks.mark_of(
        pack, changes.changed_answer(value, "A1.a", unverified_reason="by telephone"), "A1.a", ME
    ).needs


def test_another_practitioners_grade_is_hidden_until_one_has_graded(pack: Pack) -> None:
    value = grade(pack, draft(state=AssessmentState.IN_PROGRESS), "A1.a", 4, by=OTHER)
    mark = marks.mark_of(pack, value, "A1.a", ME)
    assert mark.hidden
    assert mark.grade is None
    both = marks.mark_of(pack, grade(pack, value, "A1.a", 2), "A1.a", ME)
    assert (both.hidden, both.grade, both.settled) == (False, 4, False)
    finished = replace(value, state=AssessmentState.COMPLETE)
    assert marks.mark_of(pack, finished, "A1.a", ME).grade == 4


def test_a_child_who_grows_into_the_next_band_inside_the_window_is_noticed(pack: Pack) -> None:
    window = Window(from_=date(2027, 12, 20), to=date(2028, 1, 16))
    grown = marks.crossed_band(pack, date(2023, 1, 10), window)
    assert grown is not None
    assert grown.code == "5+"
    assert marks.crossed_band(pack, BORN, WINDOW) is None
    assert marks.crossed_band(pack, None, WINDOW) is None


def test_progress_counts_units_with_any_state(pack: Pack) -> None:
    value = changes.put_aside(grade(pack, draft(), "A1.a", 2), "A1.b", state=UnitState.NOT_OBSERVED)
    assert marks.done(value, pack.subareas["A1"].units_in("2-5"), "") == (2, 4)
    theirs = changes.graded(pack, value, "A1.d", rank=2, by="w2", on=DAY)
    assert marks.done(theirs, pack.subareas["A1"].units_in("2-5"), "") == (3, 4)
    assert marks.done(theirs, pack.subareas["A1"].units_in("2-5"), "w2") == (2, 4), "A1.a is still theirs to do"


def scored(*grades: int | None) -> dict[str, UnitAnswer]:
    codes = ("A1.a", "A1.b", "A1.c", "A1.d")
    return {
        code: UnitAnswer(state=UnitState.SCORED, grade=value, grades=(PersonGrade(by=ME, on=DAY, grade=value),))
        for code, value in zip(codes, grades, strict=False)
        if value is not None
    }


@pytest.mark.parametrize(
    ("grades", "why", "standing", "held"),
    [
        ((2, 2, 2, 3), "The grade most units have", "", "holds a 3"),
        ((2, 2, 3, 3), "Grades are equally common: the one with greater need counts", "", ""),
        ((2, 2, 2, 4), "A 4 or 5 decides", "", ""),
        ((1, 2, None, None), None, "provisional: 2 of 4 units graded", ""),
        ((1, None, None, None), None, "too little seen: 1 of 4 units graded", ""),
        ((None, None, None, None), "Nothing is graded yet", "0 of 4 units graded", ""),
        ((1, 1, 3, 3), None, "", ""),
    ],
)
def test_a_result_says_why_and_how_complete_it_is(
    pack: Pack, grades: tuple[int | None, ...], why: str | None, standing: str, held: str
) -> None:
    result = score(pack, "2-5", scored(*grades)).subareas["A1"]
    if why is not None:
        assert wording.why(pack, result, area=False) == why
    assert wording.standing(result, area=False) == standing
    assert wording.held(result) == held


def test_a_sub_area_of_one_unit_does_not_count_it(pack: Pack) -> None:
    nothing = score(pack, "2-5", {}).subareas["A4"]
    assert (wording.why(pack, nothing, area=False), wording.standing(nothing, area=False)) == (
        "Nothing is graded yet",
        "",
    )


def test_the_chip_shows_no_number_where_too_little_was_seen(pack: Pack) -> None:
    thin = score(pack, "2-5", scored(1)).subareas["A1"]
    assert wording.chip(pack, thin)[:2] == (None, "?")
    assert wording.chip(pack, None)[0] is None
    rank, text, name = wording.chip(pack, score(pack, "2-5", scored(4)).subareas["A1"])
    assert (rank, text) == (4, "4")
    assert "provisional" in name


def test_what_is_missing_is_gathered_while_there_is_much_of_it(pack: Pack) -> None:
    everything = missing(pack, draft(), BORN)
    lines = wording.still_missing(pack, everything)
    assert len([line for line in lines if "to grade" in line.text]) == len(pack.areas)
    few = [item for item in everything if item.code.startswith(("A1", "B2"))]
    assert [line.text for line in wording.still_missing(pack, few)] == [
        "A1 Nutrition: 4 units to grade",
        "B2 In carer's absence: 1 unit to grade",
    ]


def test_units_that_moved_make_one_line(pack: Pack) -> None:
    items = [Missing(code=code, field="what_changed", what=f"{code} moved") for code in ("A1.a", "A1.b")]
    assert [line.text for line in wording.still_missing(pack, items)] == [
        "2 units moved since last time. What did you see?"
    ]
    assert [line.text for line in wording.still_missing(pack, items[:1])] == ["A1.a moved"]
