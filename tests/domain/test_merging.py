"""Two copies of one assessment come to one, and neither loses anything."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcp2_app.domain.answers import (
    Evidence,
    EvidenceSource,
    PersonGrade,
    ProposedGrade,
    UnitAnswer,
    UnitState,
    WithSupport,
)
from gcp2_app.domain.assessment import (
    Assessment,
    AssessmentState,
    CarerConsent,
    Consent,
    Explained,
    HistoryRead,
    Judgement,
    SharingHeldBack,
    Step,
    Target,
    Window,
)
from gcp2_app.domain.grading import effective_grade, latest_grades
from gcp2_app.domain.merging import Merge, merge, practitioners, why_not_merged

D1, D2 = date(2026, 11, 2), date(2026, 11, 9)
BASE = Assessment(id="a", child="c", state=AssessmentState.IN_PROGRESS, assessors=("w1",))


def scored(*grades: PersonGrade, **more: object) -> UnitAnswer:
    """Return a unit graded by these people."""
    answer = UnitAnswer(state=UnitState.SCORED, grades=grades, **more)  # type: ignore[arg-type]
    return answer if answer.grade is not None else replace(answer, grade=max(each.grade for each in grades))


def by(who: str, grade: int, on: date | None = D1) -> PersonGrade:
    """Return one person's grade."""
    return PersonGrade(by=who, on=on, grade=grade)


def copy(**changes: object) -> Assessment:
    """Return a copy of the assessment, w2's unless it says otherwise."""
    return replace(BASE, **{"assessors": ("w2",), **changes})  # type: ignore[arg-type]


def merged(here: Assessment, theirs: Assessment, me: str = "w1") -> Merge:
    """Merge, and see that merging the same again changes nothing."""
    made = merge(here, theirs, me=me, whose="Jo Lane")
    again = merge(made.value, theirs, me=me, whose="Jo Lane")
    assert again.value == made.value
    assert not again.graded
    assert not again.added
    assert not again.evidence
    return made


def one(ours: UnitAnswer, theirs: UnitAnswer, me: str = "w1") -> UnitAnswer:
    """Merge one unit."""
    return merged(replace(BASE, units={"A1.a": ours}), copy(units={"A1.a": theirs}), me).value.answer("A1.a")


# Whether ------------------------------------------------------------------------------------------


def test_copies_under_way_can_be_merged() -> None:
    assert not why_not_merged(BASE, copy())
    assert not why_not_merged(replace(BASE, state=AssessmentState.DRAFT), copy(state=AssessmentState.COMPLETE))
    assert not why_not_merged(BASE, copy(band="2-5"))


@pytest.mark.parametrize(
    ("here", "theirs"),
    [
        (replace(BASE, state=AssessmentState.SIGNED_OFF), copy()),
        (replace(BASE, state=AssessmentState.COMPLETE), copy()),
        (BASE, copy(state=AssessmentState.SIGNED_OFF)),
        (BASE, copy(pack_version="2.0.0")),
        (BASE, copy(child="d")),
        (replace(BASE, band="0-2"), copy(band="2-5")),
        (replace(BASE, recorded_elsewhere=True), copy(recorded_elsewhere=True)),
    ],
)
def test_what_cannot_be_merged_says_why(here: Assessment, theirs: Assessment) -> None:
    assert why_not_merged(here, theirs).endswith(".")


def test_practitioners_are_assessors_graders_and_who_recorded_evidence() -> None:
    unit = scored(by("w2", 3), evidence=(Evidence(text="x", by="w3"), Evidence(text="y")))
    assert practitioners(replace(BASE, units={"A1.a": unit})) == {"w1", "w2", "w3"}


# Grades -------------------------------------------------------------------------------------------


def test_both_grades_stay_and_the_worse_counts_until_agreed() -> None:
    made = merged(replace(BASE, units={"A1.a": scored(by("w1", 2))}), copy(units={"A1.a": scored(by("w2", 4))}))
    answer = made.value.answer("A1.a")
    assert {each.by: each.grade for each in answer.grades} == {"w1": 2, "w2": 4}
    assert (effective_grade(answer).grade, effective_grade(answer).settled) == (4, False)
    assert made.graded == ("A1.a",)
    assert made.differ == ("A1.a",)
    assert made.value.assessors == ("w1", "w2")


def test_the_same_grade_of_two_is_settled() -> None:
    made = merged(replace(BASE, units={"A1.a": scored(by("w1", 3))}), copy(units={"A1.a": scored(by("w2", 3))}))
    assert made.graded == ("A1.a",)
    assert not made.differ
    assert made.value.answer("A1.a").grade == 3


def test_a_later_grade_of_the_same_person_counts_and_the_earlier_stays() -> None:
    answer = one(scored(by("w2", 3, D1)), scored(by("w2", 4, D2)))
    assert len(answer.grades) == 2
    assert latest_grades(answer)["w2"].grade == 4
    assert latest_grades(one(scored(by("w2", 4, D2)), scored(by("w2", 3, D1))))["w2"].grade == 4


def test_on_one_day_a_persons_own_store_is_right() -> None:
    mine = one(scored(by("w1", 2)), scored(by("w1", 5)))
    assert latest_grades(mine)["w1"].grade == 2
    assert mine.grade == 2
    theirs = one(scored(by("w2", 2)), scored(by("w2", 5)))
    assert latest_grades(theirs)["w2"].grade == 5
    assert theirs.grade == 5


def test_a_grade_without_a_name_is_the_only_assessors() -> None:
    answer = one(UnitAnswer(state=UnitState.SCORED, grade=2), UnitAnswer(state=UnitState.SCORED, grade=4))
    assert {each.by: each.grade for each in answer.grades} == {"w1": 2, "w2": 4}
    assert not effective_grade(answer).settled


def test_a_grade_nobody_can_be_named_for_is_not_made_better() -> None:
    loose = UnitAnswer(state=UnitState.SCORED, grade=4)
    here = replace(BASE, units={"A1.a": scored(by("w1", 2))})
    made = merged(here, copy(assessors=("w2", "w3"), units={"A1.a": loose}))
    assert made.value.answer("A1.a").grade == 4


def test_a_colleagues_grade_counts_where_i_did_not_see_it() -> None:
    answer = one(UnitAnswer(state=UnitState.NOT_OBSERVED, reason="no visit"), scored(by("w2", 3)))
    assert (answer.state, answer.grade, answer.reason) == (UnitState.SCORED, 3, "")
    assert answer.note == "not observed: no visit"
    other = one(scored(by("w1", 3), note="mine"), UnitAnswer(state=UnitState.DECLINED, reason="refused"))
    assert other.grade == 3
    assert other.note == "mine\n\nFrom the copy of Jo Lane: declined: refused"


def test_two_reasons_for_no_grade_both_stay() -> None:
    answer = one(
        UnitAnswer(state=UnitState.NOT_OBSERVED, reason="no visit"),
        UnitAnswer(state=UnitState.DECLINED, reason="refused"),
    )
    assert (answer.state, answer.reason, answer.grade) == (UnitState.NOT_OBSERVED, "no visit", None)
    assert answer.note == "From the copy of Jo Lane: declined: refused"
    filled = one(UnitAnswer(state=UnitState.DECLINED), UnitAnswer(state=UnitState.DECLINED, reason="refused"))
    assert (filled.reason, filled.note) == ("refused", "")
    taken = one(UnitAnswer(note="x"), UnitAnswer(state=UnitState.DECLINED, reason="refused"))
    assert (taken.state, taken.reason) == (UnitState.DECLINED, "refused")


# What was agreed ----------------------------------------------------------------------------------


def test_an_agreement_about_every_grade_holds() -> None:
    both = (by("w1", 2), by("w2", 4))
    answer = one(scored(*both), scored(*both, grade=3, agreed_reason="seen together"))
    assert (answer.grade, answer.agreed_reason) == (3, "seen together")
    assert effective_grade(answer).settled
    assert one(scored(*both, grade=3, agreed_reason="ours"), scored(*both)).agreed_reason == "ours"


def test_two_agreements_on_another_grade_are_none() -> None:
    both = (by("w1", 2), by("w2", 4))
    answer = one(scored(*both, grade=3, agreed_reason="ours"), scored(*both, grade=4, agreed_reason="theirs"))
    assert not effective_grade(answer).settled
    assert answer.grade == 4
    assert answer.note == "agreed before, grade 3: ours\n\nagreed before, grade 4: theirs"


def test_the_same_agreement_with_two_reasons_keeps_both() -> None:
    both = (by("w1", 2), by("w2", 4))
    answer = one(scored(*both, grade=3, agreed_reason="ours"), scored(*both, grade=3, agreed_reason="theirs"))
    assert (answer.grade, answer.agreed_reason) == (3, "ours")
    assert "theirs" in answer.note


def test_an_agreement_does_not_outlive_a_new_grade() -> None:
    ours = scored(by("w1", 2), by("w2", 4), grade=3, agreed_reason="seen together")
    answer = one(ours, scored(by("w2", 5, D2)))
    assert (answer.grade, answer.agreed_reason) == (5, "")
    assert "seen together" in answer.note


# Evidence, words, facts ---------------------------------------------------------------------------


def test_evidence_is_united_by_id_and_by_content() -> None:
    ours = (Evidence(id="e1", text="milk"), Evidence(text="bread", by="w1"))
    theirs = (
        Evidence(id="e1", text="milk"),
        Evidence(text="bread", by="w1"),
        Evidence(id="e2", text="fruit", by="w2"),
        Evidence(text="water", source=EvidenceSource.SEEN_AT_HOME),
    )
    made = merged(
        replace(BASE, units={"A1.a": UnitAnswer(evidence=ours)}), copy(units={"A1.a": UnitAnswer(evidence=theirs)})
    )
    assert [piece.text for piece in made.value.answer("A1.a").evidence] == ["milk", "bread", "fruit", "water"]
    assert made.evidence == 2


def test_one_piece_said_in_two_ways_stays_in_both() -> None:
    answer = one(
        UnitAnswer(evidence=(Evidence(id="e1", text="milk"),)),
        UnitAnswer(evidence=(Evidence(id="e1", text="no milk"),)),
    )
    first, second = answer.evidence
    assert (first.text, second.text) == ("milk", "no milk")
    assert first.id != second.id
    assert second.id


def test_words_are_never_overwritten() -> None:
    made = merged(
        replace(BASE, analysis="Ours.", child_voice="Both.", child_wishes="A dog."),
        copy(analysis="Theirs.", child_voice="Both.", child_wishes="A dog. And a cat.", meaning_so_far="Hungry."),
    )
    assert made.value.analysis == "Ours.\n\nFrom the copy of Jo Lane: Theirs."
    assert made.value.child_voice == "Both."
    assert made.value.child_wishes == "A dog. And a cat."
    assert made.value.meaning_so_far == "Hungry."
    assert made.added == ("child_wishes", "analysis", "meaning_so_far")


def test_a_young_persons_own_words_are_put_beside_each_other_too() -> None:
    made = merged(replace(BASE, child_own_views="I cook."), copy(child_own_views="I cook. I shop alone."))
    assert made.value.child_own_views == "I cook. I shop alone."
    made = merged(replace(BASE, child_own_views="I cook."), copy(child_own_views="School is fine."))
    assert made.value.child_own_views == "I cook.\n\nFrom the copy of Jo Lane: School is fine."


def test_whose_an_offered_grade_was_does_not_travel_and_is_no_difference() -> None:
    ours = UnitAnswer(proposed=ProposedGrade(grade=3, by="w1", child="d", assessment="b"))
    theirs = UnitAnswer(proposed=ProposedGrade(grade=3, by="w1"), note="Seen.")
    made = merged(replace(BASE, units={"A2.a": ours}), copy(units={"A2.a": theirs}))
    assert made.value.answer("A2.a").proposed == ours.proposed
    assert not made.kept


def test_facts_are_filled_in_and_what_differs_is_told() -> None:
    ours = scored(by("w1", 2), carer_grade=1, note="")
    theirs = scored(by("w1", 2), carer_grade=2, with_support=WithSupport.PAID, temporary=False)
    made = merged(replace(BASE, units={"A1.a": ours}), copy(units={"A1.a": theirs}))
    answer = made.value.answer("A1.a")
    assert (answer.carer_grade, answer.with_support, answer.temporary) == (1, WithSupport.PAID, False)
    assert made.kept == ("units.A1.a.carer_grade",)


def test_units_of_either_are_there() -> None:
    made = merged(
        replace(BASE, units={"A1.a": scored(by("w1", 2))}),
        copy(units={"A1.b": scored(by("w2", 3)), "A1.c": UnitAnswer()}),
    )
    assert set(made.value.units) == {"A1.a", "A1.b"}


def test_the_whole_assessment_is_this_stores_with_what_the_other_adds() -> None:
    first, second = Window(from_=D1, to=D2), Window(from_=D1, to=D1)
    held = SharingHeldBack(reason="r", agreed_by="m", look_again_on=D2)
    mine = HistoryRead(by="w1", at=datetime(2026, 11, 2, tzinfo=UTC))
    read = replace(mine, by="w2")
    ours = replace(
        BASE,
        window=first,
        carers=("p1",),
        targets=(Target(unit="A1.a", current=3, target=2),),
        judgements={"A1": Judgement(grade=2)},
        opened_earlier=(D2,),
        history_read=(mine,),
        day_in_life={"breakfast": "Toast.", "bed": "On the sofa."},
    )
    theirs = copy(
        window=second,
        carers=("p1", "p2"),
        band="2-5",
        review_due=D2,
        targets=(Target(unit="A1.a", current=3, target=3), Target(unit="A2.a", current=3, target=2)),
        judgements={"A1": Judgement(grade=3), "A2": Judgement(grade=3)},
        held_back=(held,),
        opened_earlier=(D1, D2),
        history_read=(read,),
        day_in_life={"breakfast": "No toast.", "bed": "On the sofa.", "night": "Quiet."},
    )
    made = merged(ours, theirs)
    value = made.value
    assert value.window == first
    assert value.carers == ("p1",)
    assert value.band == "2-5"
    assert value.review_due == D2
    assert [(each.unit, each.target) for each in value.targets] == [("A1.a", 2), ("A2.a", 2)]
    assert {code: each.grade for code, each in value.judgements.items()} == {"A1": 2, "A2": 3}
    assert value.held_back == (held,)
    assert value.opened_earlier == (D1, D2)
    assert value.history_read == (mine, read)
    assert value.day_in_life["bed"] == "On the sofa."
    assert value.day_in_life["night"] == "Quiet."
    assert value.day_in_life["breakfast"].startswith("Toast.\n\nFrom the copy of ")
    assert "day_in_life" in made.added
    assert set(made.kept) == {"window", "carers", "judgements", "targets"}


def test_a_draft_graded_elsewhere_is_in_progress() -> None:
    step = Step(state=AssessmentState.IN_PROGRESS, at=datetime(2026, 11, 2, tzinfo=UTC), by="w2")
    draft = replace(BASE, state=AssessmentState.DRAFT)
    made = merged(draft, copy(steps=(step,), explained=Explained(what="x")))
    assert made.value.state is AssessmentState.IN_PROGRESS
    assert made.value.steps == (step,)
    assert made.value.explained == Explained(what="x")
    assert merged(draft, copy(state=AssessmentState.DRAFT)).value.state is AssessmentState.DRAFT
    assert merged(BASE, copy(state=AssessmentState.COMPLETE, steps=(step,))).value.state is AssessmentState.IN_PROGRESS


def test_what_was_explained_is_united() -> None:
    agreed = CarerConsent(person="p1", answer=Consent.AGREED)
    refused = CarerConsent(person="p1", answer=Consent.REFUSED, reason="r")
    other = CarerConsent(person="p2", answer=Consent.AGREED)
    made = merged(
        replace(BASE, explained=Explained(what="ours", carers=(agreed,))),
        copy(explained=Explained(what="theirs", language="English", carers=(refused, other), asked_apart=True)),
    )
    explained = made.value.explained
    assert explained is not None
    assert explained.what == "ours\n\nFrom the copy of Jo Lane: theirs"
    assert explained.language == "English"
    assert explained.carers == (agreed, other)
    assert explained.asked_apart is True
    assert made.kept == ("explained",)
    said = replace(BASE, explained=Explained(carers=(agreed,), asked_apart=False))
    same = merged(said, copy(explained=Explained(carers=(agreed,), asked_apart=True)))
    assert same.value.explained is not None
    assert same.value.explained.asked_apart is False


# Any two copies -----------------------------------------------------------------------------------

_TEXT = st.sampled_from(["", "one", "two", "one two", " "])
_GRADES = st.lists(
    st.builds(
        PersonGrade,
        by=st.sampled_from(["w1", "w2", "w3"]),
        on=st.sampled_from([None, D1, D2]),
        grade=st.integers(1, 5),
    ),
    max_size=3,
    unique_by=lambda given: (given.by, given.on),
)
_EVIDENCE = st.lists(
    st.builds(Evidence, id=st.sampled_from([None, "e1", "e2"]), text=_TEXT, by=st.sampled_from([None, "w1"])),
    max_size=3,
)


@st.composite
def answers(draw: st.DrawFn) -> UnitAnswer:
    """Any answer."""
    state = draw(st.sampled_from(UnitState))
    grades = tuple(draw(_GRADES)) if state is UnitState.SCORED else ()
    grade = draw(st.integers(1, 5)) if state is UnitState.SCORED else None
    return UnitAnswer(
        state=state,
        grade=grade,
        grades=grades,
        reason="" if state is UnitState.SCORED else draw(_TEXT),
        note=draw(_TEXT),
        agreed_reason=draw(_TEXT) if grades else "",
        evidence=tuple(draw(_EVIDENCE)),
    )


@given(ours=answers(), theirs=answers())
def test_nothing_is_lost_and_twice_is_once(ours: UnitAnswer, theirs: UnitAnswer) -> None:
    answer = one(ours, theirs)
    texts = f"{answer.note} {answer.reason} {answer.agreed_reason}"
    for side in (ours, theirs):
        assert set(side.grades) <= set(answer.grades)
        assert {piece.text for piece in side.evidence} <= {piece.text for piece in answer.evidence}
        for text in (side.note, side.reason, side.agreed_reason):
            assert text.strip() in texts
    assert (answer.grade is None) == (answer.state is not UnitState.SCORED)


@pytest.mark.parametrize("me", ["w1", "w2"])
def test_of_one_persons_grades_of_one_day_the_later_counts_in_whatever_order_the_copies_come(me: str) -> None:
    early = replace(by("w2", 2), at=datetime(2026, 11, 2, 9, tzinfo=UTC))
    late = replace(by("w2", 4), at=datetime(2026, 11, 2, 16, tzinfo=UTC))
    for ours, theirs in ((late, early), (early, late)):
        answer = one(scored(ours), scored(theirs), me)
        assert answer.grades == (early, late)
        assert answer.grade == 4


def test_a_grade_without_its_instant_beside_one_with_it_is_placed_as_before() -> None:
    dated, undated = replace(by("w2", 4), at=datetime(2026, 11, 2, 16, tzinfo=UTC)), by("w2", 2)
    assert one(scored(dated), scored(undated), "w1").grades == (dated, undated)
    assert one(scored(dated), scored(undated), "w2").grades == (undated, dated)
