"""The family's own copy: strengths first, and nothing in it that was not ticked."""

from dataclasses import replace
from datetime import date
from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from gcp2_app.domain.answers import Evidence, EvidenceSource, UnitAnswer
from gcp2_app.domain.assessment import Assessment, SafetyStep, Target
from gcp2_app.domain.family_copy import FamilyCopy, LeftOut, Sitting, hears_all_carers, left_out, make_copy
from gcp2_app.domain.withheld import MARK, Secret, SecretKind, Withheld
from tests.domain.packs import make_assessment, make_pack, scored

PACK = make_pack()
BAND = "2-5"
SOURCES = list(EvidenceSource)


def _evidence(source: EvidenceSource, visit: str | None = None) -> Evidence:
    return Evidence(text=f"said or seen: {source}{visit or ''}", source=source, visit=visit)


def _assessment() -> Assessment:
    first = replace(
        scored(2),
        evidence=(*map(_evidence, SOURCES), Evidence(source=EvidenceSource.RECORD)),
        carer_comment="the carers comment",
        carer_grade=1,
    )
    units = {"A1.a": first, "A4": scored(3), "B2": scored(5)}
    return replace(
        make_assessment(units=units),
        carers=("p1", "p2"),
        child_voice="the child says",
        child_own_views="the child writes",
        child_wishes="",
        analysis="the analysis",
        meaning_so_far="the meaning so far",
        meaning_ahead="the meaning ahead",
        review_due=date(2026, 5, 1),
        targets=(
            Target(unit="A4", current=3, target=2, support="help at 4 Mill Lane", owner="Jo", due=date(2026, 4, 1)),
            Target(
                unit="B2",
                current=5,
                target=3,
                safety_step=SafetyStep(step="never alone", owner="Jo", by=date(2026, 2, 1)),
            ),
            Target(unit="ZZ", current=3, target=2),
        ),
    )


def _copy(assessment: Assessment, sitting: Sitting, *ticked: str) -> FamilyCopy:
    return make_copy(PACK, assessment, band=BAND, age_months=36, sitting=sitting, ticked=ticked)


def _said(copy: FamilyCopy) -> str:
    units = chain(copy.strengths, copy.worries)
    texts = [text for unit in units for text in (*unit.seen, *(piece.text for piece in unit.more))]
    agreed = [text for each in copy.agreed for text in (each.support, each.owner, each.first)]
    return "\n".join([*texts, *agreed, *(piece.text for piece in copy.more)])


def test_strengths_worries_and_what_was_not_seen_are_apart() -> None:
    copy = _copy(_assessment(), Sitting(present=frozenset({"p1", "p2"})))
    assert [unit.code for unit in copy.strengths] == ["A1.a"]
    assert [unit.code for unit in copy.worries] == ["A4", "B2"]
    assert len(copy.not_seen) == len(PACK.units_in(BAND)) - 3
    unit = copy.strengths[0]
    assert (unit.grade, unit.grade_label) == (2, PACK.grades_by_value[2].label)
    assert unit.descriptor == PACK.units_in(BAND)["A1.a"].texts(36).grades[1]
    assert [each.first for each in copy.agreed] == ["", "never alone"]
    assert copy.review_due == date(2026, 5, 1)


def test_only_what_we_saw_is_shown_by_itself() -> None:
    said = _said(_copy(_assessment(), Sitting(present=frozenset({"p1"}))))
    for shown in (EvidenceSource.SEEN_AT_HOME, EvidenceSource.SEEN_ELSEWHERE):
        assert f"said or seen: {shown}" in said
    for hidden in ("child_said", "carer_said", "other_professional", "record", "comment", "analysis", "the child"):
        assert hidden not in said


def test_every_piece_can_be_ticked_by_itself() -> None:
    sitting = Sitting(present=frozenset({"p1"}))
    pieces = left_out(PACK, _assessment(), BAND, sitting)
    assert {piece.kind for piece in pieces} == set(LeftOut) - {LeftOut.THIRD_PARTY}
    assert len({piece.key for piece in pieces}) == len(pieces)
    for ticked in pieces:
        said = _said(_copy(_assessment(), sitting, ticked.key))
        assert [piece for piece in pieces if piece.text in said] == [ticked]


def test_what_is_not_written_is_not_offered() -> None:
    bare = replace(
        make_assessment(), child_voice="", child_wishes="", analysis="", meaning_so_far="", meaning_ahead=" "
    )
    assert left_out(PACK, bare, BAND, Sitting()) == ()


def test_the_carers_comment_is_theirs_where_all_of_them_are_there() -> None:
    everybody = Sitting(present=frozenset({"p1", "p2"}))
    assert hears_all_carers(_assessment(), everybody)
    assert "A1.a carer_comment" not in {piece.key for piece in left_out(PACK, _assessment(), BAND, everybody)}
    young = replace(everybody, young_person=True)
    keys = {piece.key for piece in left_out(PACK, _assessment(), BAND, young)}
    assert "A1.a carer_comment" in keys
    assert "child_own_views" not in keys


def test_a_visit_somebody_must_not_know_of_is_not_even_offered() -> None:
    answer = UnitAnswer(
        **{name: getattr(scored(2), name) for name in ("state", "grade", "grades")},
        evidence=tuple(_evidence(source, visit) for source in SOURCES for visit in ("v-harm", "v-told")),
    )
    assessment = make_assessment(units={"A1.a": answer})
    sitting = Sitting(hidden_visits=frozenset({"v-harm"}), told_visits=frozenset({"v-told"}))
    pieces = [piece for piece in left_out(PACK, assessment, BAND, sitting) if piece.unit]
    assert {piece.kind for piece in pieces} == {LeftOut.THIRD_PARTY}
    assert len(pieces) == len(SOURCES)
    assert "said or seen" not in _said(_copy(assessment, sitting))
    assert "v-harm" not in _said(_copy(assessment, sitting, *(piece.key for piece in pieces)))


def test_evidence_goes_by_its_own_marks_too() -> None:
    seen = Evidence(id="s", text="of the sister", source=EvidenceSource.SEEN_AT_HOME, third_party=True)
    harm = Evidence(id="h", text="of the plan", source=EvidenceSource.OTHER_PROFESSIONAL, harm_if_disclosed=True)
    ours = replace(harm, id="o", source=EvidenceSource.SEEN_AT_HOME)
    assessment = make_assessment(units={"A1.a": replace(scored(2), evidence=(seen, harm, ours))})
    pieces = [piece for piece in left_out(PACK, assessment, BAND, Sitting()) if piece.unit]
    assert [(piece.key, piece.kind) for piece in pieces] == [("A1.a evidence s", LeftOut.THIRD_PARTY)]
    assert "of the" not in _said(_copy(assessment, Sitting()))


@given(st.sets(st.sampled_from([piece.key for piece in left_out(PACK, _assessment(), BAND, Sitting())])))
def test_nothing_withheld_survives_whatever_is_ticked(ticked: set[str]) -> None:
    secrets = tuple(Secret(SecretKind.ADDRESS, text) for text in ("4 Mill Lane", "the child", "comment", "seen"))
    sitting = Sitting(withheld=Withheld(secrets=secrets))
    copy = _copy(_assessment(), sitting, *ticked)
    said = _said(copy)
    for secret in secrets:
        assert secret.text not in said
    assert MARK not in said
    assert copy.losses


def test_what_is_withheld_goes_with_its_sentence_and_the_list_says_where() -> None:
    secret = Secret(SecretKind.ADDRESS, "4 Mill Lane")
    sitting = Sitting(withheld=Withheld(secrets=(secret,)))
    seen = Evidence(text="Warm at 4 Mill Lane. Tea was ready.", source=EvidenceSource.SEEN_AT_HOME)
    gone = Evidence(text="Warm at 4 Mill Lane.", source=EvidenceSource.SEEN_AT_HOME)
    said = Evidence(id="said", text="We like 4 Mill Lane.", source=EvidenceSource.CHILD_SAID)
    assessment = replace(
        make_assessment(units={"A1.a": replace(scored(2), evidence=(seen, gone, said))}),
        child_voice="I sleep well. It is 4 Mill Lane.",
        analysis="Moved to 4 Mill Lane.",
        meaning_so_far="",
        meaning_ahead="",
    )
    assert [piece.key for piece in left_out(PACK, assessment, BAND, sitting)] == ["child_voice"]
    copy = _copy(assessment, sitting, "child_voice", "analysis", "A1.a evidence said")
    assert copy.strengths[0].seen == ("Tea was ready.",)
    assert copy.strengths[0].more == ()
    assert [piece.text for piece in copy.more] == ["I sleep well."]
    label = PACK.units_in(BAND)["A1.a"].label
    assert {(loss.where, loss.times) for loss in copy.losses} == {
        ("The child’s words", 1),
        ("Analysis", 1),
        (label, 3),
    }
