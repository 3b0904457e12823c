"""One unit's grade: what is refused, whose grade counts, what verifies it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcp2_app.domain.answers import Evidence, EvidenceSource, PersonGrade, ProposedGrade, UnitAnswer, UnitState
from gcp2_app.domain.grading import (
    EffectiveGrade,
    agree_grade,
    check_answer,
    check_grade,
    effective_grade,
    latest_grades,
    propose_grade,
    record_grade,
    rests_on_carers_word,
    set_aside,
    too_early,
    verified,
    verified_apart_from_announced,
    waiting_proposal,
)
from gcp2_app.errors import InvalidValue
from tests.domain.packs import make_pack, make_unit, scored

PACK = make_pack()


def _grade(by: str, day: int, grade: int) -> PersonGrade:
    return PersonGrade(by=by, on=date(2026, 1, day), grade=grade)


@pytest.mark.parametrize("grade", [0, 6, -1, 2.5, 3.0, True, "3", None, 10**30])
def test_what_is_not_on_the_scale_is_refused(grade: Any) -> None:
    with pytest.raises(InvalidValue) as refused:
        check_grade(PACK, grade)
    assert "1, 2, 3, 4, 5" in refused.value.mend


@pytest.mark.parametrize("grade", [1, 2, 3, 4, 5])
def test_what_is_on_the_scale_is_taken(grade: int) -> None:
    assert check_grade(PACK, grade) == grade
    check_answer(PACK, "2-5", "A1.a", scored(grade, ("w1", "2026-01-12", grade)))


@pytest.mark.parametrize(
    "answer",
    [
        scored(6),
        scored(3, ("w1", "2026-01-12", 0)),
        replace(scored(3), carer_grade=9),
        UnitAnswer(state=UnitState.SCORED),
        UnitAnswer(state=UnitState.DECLINED, grade=3),
        UnitAnswer(state=UnitState.NOT_APPLICABLE, reason="why"),
    ],
)
def test_an_answer_that_cannot_be_recorded_is_refused_by_the_units_name(answer: UnitAnswer) -> None:
    with pytest.raises(InvalidValue, match=r"A1\.a"):
        check_answer(PACK, "2-5", "A1.a", answer)


def test_states_without_a_grade_are_taken() -> None:
    for state in (UnitState.NOT_OBSERVED, UnitState.DECLINED, UnitState.NOT_STARTED):
        check_answer(PACK, "2-5", "A1.a", UnitAnswer(state=state))
    check_answer(PACK, "2-5", "A5.d", UnitAnswer(state=UnitState.NOT_APPLICABLE))
    check_answer(PACK, "2-5", "A1.a", replace(scored(2, ("w1", "2026-01-12", 2)), grade=None))


def test_an_unknown_band_is_refused() -> None:
    with pytest.raises(InvalidValue, match="age band"):
        check_answer(PACK, "teens", "A1.a", scored(2))


@pytest.mark.parametrize(
    ("answer", "grade", "settled"),
    [
        (UnitAnswer(), None, True),
        (scored(2), 2, True),
        (scored(2, ("w1", "2026-01-12", 2)), 2, True),
        (scored(2, ("w1", "2026-01-12", 2), ("w2", "2026-01-12", 2)), 2, True),
        (scored(2, ("w1", "2026-01-12", 2), ("w2", "2026-01-12", 4)), 4, False),
        (scored(2, ("w1", "2026-01-12", 4), ("w2", "2026-01-12", 2), ("w1", "2026-01-14", 2)), 2, True),
        (replace(scored(3, ("w1", "2026-01-12", 2), ("w2", "2026-01-12", 4)), agreed_reason="seen"), 3, True),
        (replace(scored(3, ("w1", "2026-01-12", 2), ("w2", "2026-01-12", 4)), agreed_reason=" "), 4, False),
        (replace(scored(3, ("w1", "2026-01-12", 3)), grade=None), 3, True),
        (UnitAnswer(state=UnitState.DECLINED, grades=(_grade("w1", 12, 5),)), None, True),
    ],
)
def test_the_grade_that_counts(answer: UnitAnswer, grade: int | None, settled: bool) -> None:
    assert effective_grade(answer) == EffectiveGrade(grade=grade, settled=settled)


def test_the_latest_grade_of_a_person_counts_whatever_the_order_it_came_in() -> None:
    answer = scored(2, ("w1", "2026-01-14", 2), ("w1", "2026-01-12", 5), ("w2", "2026-01-13", 1))
    assert {by: given_.grade for by, given_ in latest_grades(answer).items()} == {"w1": 2, "w2": 1}


def test_recording_grades_keeps_every_practitioners() -> None:
    answer = record_grade(PACK, UnitAnswer(reason="asleep", note="kept"), _grade("w1", 12, 2))
    assert (answer.state, answer.grade, answer.reason, answer.note) == (UnitState.SCORED, 2, "", "kept")
    answer = record_grade(PACK, answer, _grade("w2", 12, 4))
    assert (answer.grade, len(answer.grades)) == (4, 2)
    answer = record_grade(PACK, answer, _grade("w1", 12, 3))
    assert [given_.grade for given_ in answer.grades] == [4, 3]
    answer = record_grade(PACK, answer, _grade("w1", 13, 4))
    assert (answer.grade, len(answer.grades)) == (4, 3)
    assert effective_grade(answer).settled


def test_an_agreed_grade_needs_its_reason_and_lasts_until_somebody_grades_again() -> None:
    answer = scored(4, ("w1", "2026-01-12", 2), ("w2", "2026-01-12", 4))
    agreed = agree_grade(PACK, answer, grade=3, reason="seen together")
    assert effective_grade(agreed) == EffectiveGrade(grade=3, settled=True)
    assert agreed.grades == answer.grades
    again = record_grade(PACK, agreed, _grade("w1", 15, 2))
    assert effective_grade(again) == EffectiveGrade(grade=4, settled=False)
    with pytest.raises(InvalidValue, match="reason"):
        agree_grade(PACK, answer, grade=3, reason=" ")
    with pytest.raises(InvalidValue, match="grade"):
        agree_grade(PACK, answer, grade=0, reason="why")
    with pytest.raises(InvalidValue, match="grade"):
        record_grade(PACK, answer, _grade("w1", 15, 6))


def test_setting_a_unit_aside_takes_its_grade_out_and_keeps_what_was_seen() -> None:
    answer = scored(4, ("w1", "2026-01-12", 4))
    aside = set_aside(answer, state=UnitState.NOT_OBSERVED, reason="asleep; nursery could tell")
    assert (aside.state, aside.grade, aside.grades) == (UnitState.NOT_OBSERVED, None, answer.grades)
    check_answer(PACK, "2-5", "A1.a", aside)
    with pytest.raises(InvalidValue, match="grade"):
        set_aside(answer, state=UnitState.SCORED, reason="")


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 28), st.integers(1, 5)), min_size=1))
def test_recorded_grades_are_never_better_than_anybodys_latest(given_: list[tuple[str, int, int]]) -> None:
    answer = UnitAnswer()
    for by, day, grade in given_:
        answer = record_grade(PACK, answer, _grade(by, day, grade))
    found = effective_grade(answer)
    assert found.grade == answer.grade == max(latest.grade for latest in latest_grades(answer).values())
    check_answer(PACK, "2-5", "A1.a", answer)


def _with(source: EvidenceSource, visit: str | None = None) -> UnitAnswer:
    return replace(scored(4), evidence=(Evidence(text="cold kitchen", source=source, visit=visit),))


@pytest.mark.parametrize(
    ("source", "holds"),
    [
        (EvidenceSource.SEEN_AT_HOME, True),
        (EvidenceSource.SEEN_ELSEWHERE, True),
        (EvidenceSource.OTHER_PROFESSIONAL, True),
        (EvidenceSource.CHILD_SAID, False),
        (EvidenceSource.CARER_SAID, False),
        (EvidenceSource.RECORD, False),
        (EvidenceSource.NOT_EVIDENCED, False),
    ],
)
def test_only_what_was_seen_or_told_by_a_professional_verifies(source: EvidenceSource, holds: bool) -> None:
    assert verified(_with(source)) is holds
    assert verified(scored(4)) is False


@pytest.mark.parametrize(
    ("source", "visit", "holds"),
    [
        (EvidenceSource.SEEN_AT_HOME, "e1", True),
        (EvidenceSource.SEEN_ELSEWHERE, "e1", True),
        (EvidenceSource.SEEN_AT_HOME, "e2", False),
        (EvidenceSource.SEEN_AT_HOME, None, False),
        (EvidenceSource.CARER_SAID, "e1", False),
        (EvidenceSource.OTHER_PROFESSIONAL, None, True),
    ],
)
def test_a_visit_verifies_a_gain_only_if_known_to_be_unannounced(
    source: EvidenceSource, visit: str | None, holds: bool
) -> None:
    assert verified_apart_from_announced(_with(source, visit), frozenset({"e1"})) is holds


def test_a_grade_resting_on_a_carers_word_is_marked() -> None:
    said = _with(EvidenceSource.CARER_SAID)
    assert rests_on_carers_word(said)
    assert not rests_on_carers_word(scored(2))
    assert not rests_on_carers_word(replace(said, state=UnitState.DECLINED, grade=None))
    both = replace(said, evidence=said.evidence + _with(EvidenceSource.RECORD).evidence)
    assert not rests_on_carers_word(both)


def test_a_unit_that_waits_for_a_diagnosis_is_too_early_until_it_is_known_long_enough() -> None:
    waiting, other = make_unit("A5.d", known_for_months=3), make_unit("A5.c")
    assert too_early(waiting, date(2026, 1, 10), date(2026, 4, 9))
    assert not too_early(waiting, date(2026, 1, 10), date(2026, 4, 10))
    assert not too_early(waiting, None, date(2026, 4, 9))
    assert not too_early(other, date(2026, 4, 8), date(2026, 4, 9))


def test_a_grade_without_its_day_gives_way_to_one_that_has_a_day() -> None:
    dated = PersonGrade(by="w1", on=date(2026, 1, 6), grade=2)
    undated = PersonGrade(by="w1", grade=4)
    for grades in ((dated, undated), (undated, dated)):
        assert latest_grades(UnitAnswer(grades=grades)) == {"w1": dated}


def test_a_proposal_leaves_the_unit_ungraded_and_waits_until_it_is_graded() -> None:
    offered = ProposedGrade(grade=3, by="w1", on=date(2026, 11, 20), child="c2", assessment="a2")
    answer = propose_grade(PACK, UnitAnswer(), offered)
    assert (answer.state, answer.grade, answer.grades) == (UnitState.NOT_STARTED, None, ())
    assert effective_grade(answer).grade is None
    assert waiting_proposal(answer) == offered
    confirmed = record_grade(PACK, answer, PersonGrade(by="w2", on=date(2026, 11, 21), grade=3))
    assert waiting_proposal(confirmed) is None
    assert confirmed.proposed == offered
    assert waiting_proposal(UnitAnswer()) is None


def test_a_proposal_off_the_scale_or_over_a_grade_is_refused() -> None:
    with pytest.raises(InvalidValue, match="not a grade"):
        propose_grade(PACK, UnitAnswer(), ProposedGrade(grade=6))
    with pytest.raises(InvalidValue, match="graded already"):
        propose_grade(PACK, scored(2), ProposedGrade(grade=3))
    with pytest.raises(InvalidValue, match=r"A2\.a"):
        check_answer(PACK, "2-5", "A2.a", UnitAnswer(proposed=ProposedGrade(grade=9)))
    check_answer(PACK, "2-5", "A2.a", UnitAnswer(proposed=ProposedGrade(grade=5)))


def test_of_one_day_the_grade_with_the_later_instant_is_the_latest() -> None:
    early = PersonGrade(by="w1", on=date(2026, 1, 6), grade=2, at=datetime(2026, 1, 6, 9, tzinfo=UTC))
    late = replace(early, grade=4, at=datetime(2026, 1, 6, 16, tzinfo=UTC))
    for grades in ((early, late), (late, early)):
        assert latest_grades(UnitAnswer(grades=grades))["w1"] == late
