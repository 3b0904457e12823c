"""The assessment report, read back as its readers and their screen readers get it."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType
from typing import Any

import pikepdf
import pytest
from pypdf import PdfReader

from gcp2_app.domain.answers import Evidence, EvidenceSource, PersonGrade, UnitAnswer, UnitState
from gcp2_app.domain.assessment import Assessment, AssessmentState, Explained, Target, TargetOutcome
from gcp2_app.domain.comparison import Change, Comparison, UnitChange, compare
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.instrument import Pack
from gcp2_app.domain.scoring import score_assessment
from gcp2_app.domain.targets import default_review_due
from gcp2_app.domain.when import When
from gcp2_app.domain.words import long_date
from gcp2_app.reports.pdf.assessment import assessment_report
from gcp2_app.reports.pdf.assessment_report import AssessmentReport
from tests.reports.records import BORN, assessment, elsewhere, four_grade_pack, full_report, many, open_pack, trend_of
from tests.reports.tags import read_tags

FIRST = date(2026, 1, 5)


@cache
def full() -> bytes:
    return assessment_report(full_report())


def of(made: Assessment, pack: Pack | None = None, **changes: Any) -> AssessmentReport:
    """A report with nothing but an assessment in it."""
    pack = pack or open_pack()
    bare = AssessmentReport(
        pack=pack,
        assessment=made,
        profile=score_assessment(pack, made, BORN),
        child_label="Ivy Marsh",
        born=BORN,
        made_on=date(2026, 2, 3),
        names={"p1": "Ana Marsh", "p2": "Ben Marsh", "w1": "Jo Reed", "w2": "Sam Hill"},
    )
    return replace(bare, **changes)


def words_of(report: AssessmentReport | bytes) -> str:
    """All the words of a report, line breaks made spaces."""
    made = report if isinstance(report, bytes) else assessment_report(report)
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages).split())


def walk(element: Any) -> Iterator[Any]:
    yield element
    kids = element.get("/K")
    for kid in kids if isinstance(kids, pikepdf.Array) else ():
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") != "/MCR":
            yield from walk(kid)


def bookmarks(made: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(made)) as pdf, pdf.open_outline() as outline:
        return [child.title for title in outline.root for child in title.children]


def test_summary_and_history_come_first_and_facts_stand_apart_from_analysis() -> None:
    assert bookmarks(full()) == [
        "Summary",
        "What Ivy Marsh shows and says",
        "History",
        "Who was seen, and what was explained",
        "What was seen and heard",
        "Then and now",
        "Analysis",
        "What should change, and by when",
        "Sharing and sign-off",
        "About this document",
    ]


def test_the_front_says_who_when_by_whom_and_with_what() -> None:
    text = words_of(full())
    for fact in (
        "Graded care record: Ivy Marsh",
        "Ivy Marsh, 6 years 10 months at the start",
        "Child protection plan, neglect, since 10 January 2026",
        "5 to 26 January 2026 (22 days)",
        "Ana Marsh and Ben Marsh",
        "Jo Reed, social worker and Sam Hill, school nurse",
        "Signed off on 2 February 2026 by Priya Nair, team manager",
        "Graded care record (open wording) 1.0.0: the most frequent grade, or a 4 or 5 decides",
        "Good grades never outweigh or cancel a serious worry",
        "Provisional: 30 of 31 units scored",
    ):
        assert fact in text


def test_the_date_of_birth_is_not_printed() -> None:
    assert "2019" not in words_of(full())


def test_readers_see_needs_met_and_needs_not_met_never_best_and_worst() -> None:
    text = words_of(full()).lower()
    assert "most essential needs not met" in text
    assert "all needs met" in text
    assert " best " not in text
    assert " worst " not in text
    assert "score of" not in text


def test_every_area_carries_its_grade_its_reason_and_its_counts() -> None:
    text = words_of(full())
    assert "Physical care 4, Most essential needs not met A 4 or 5 decides: A4 Hygiene and A5 Health 12 2 0 0" in text
    assert "Emotional care (love) 3, Some essential needs not met Provisional The most frequent grade" in text


def test_a_lone_three_does_not_vanish() -> None:
    text = words_of(of(assessment("a1", FIRST, grades={"A1.b": 3})))
    assert "No unit is graded 4 or 5." in text
    assert "Graded 3:" in text
    assert "Physical care: A1.b Quantity" in text
    assert "A1 Nutrition" not in text.partition("Where needs are met")[2].partition("What Ivy Marsh shows")[0]


def test_evidence_stands_with_its_source_who_and_when() -> None:
    text = words_of(full())
    assert (
        "Hair matted and clothes smelling of urine on three school days in a row. "
        "(from another professional, written down by Sam Hill, school nurse, 12 January 2026)"
    ) in text
    assert "“She has a bath every night.” (a carer said, Jo Reed, social worker, 14 January 2026)" in text
    assert "Conflicts with piece 1 above." in text
    assert "Seen with support from an agency in place." in text
    assert "Marked as a temporary circumstance" in text


def test_whoever_assesses_is_not_the_professional_who_said_it() -> None:
    told = Evidence(id="e", text="Late.", source=EvidenceSource.OTHER_PROFESSIONAL, by="w1")
    made = replace(assessment("a1", FIRST), assessors=("w1",))
    made = replace(made, units={**made.units, "A4": replace(made.units["A4"], evidence=(told,))})
    assert "Late. (from another professional, written down by Jo Reed)" in words_of(of(made))


def test_evidence_behind_several_units_is_told_once_and_again_beside_a_grave_grade() -> None:
    made = assessment("a1", FIRST, usual=3, grades={"A2.c": 4})
    seen = Evidence(id="e1", text="Bags to the ceiling.", source=EvidenceSource.SEEN_AT_HOME, by="w1", on=FIRST)
    units = {code: replace(made.units[code], evidence=(seen,)) for code in ("A2.a", "A2.b", "A2.c")}
    text = words_of(of(replace(made, units=MappingProxyType({**made.units, **units}))))
    assert text.count("Bags to the ceiling.") == 2
    assert "A2.b Decor 3, Some essential needs not met The same as for A2.a." in text


def test_other_assessments_stand_below_who_gave_the_care_with_counts_in_words() -> None:
    other = assessment("a0", FIRST - timedelta(days=300), usual=2, grades={"A4": 4, "B2": 3})
    made = assessment("a1", FIRST)
    found = read_tags(assessment_report(of(made, trend=trend_of([other, made])))).aloud
    assert "[heads] Care given by Ana Marsh and Ben Marsh" in found
    assert "Physical care: 4 / 1 at 4 | Care of safety: 3 / 1 at 3 | Emotional care (love): 2 / none of these" in found


def test_the_carers_own_view_stands_beside_ours() -> None:
    text = words_of(full())
    assert "Grade 2, Essential needs met" in text
    assert "“She does not like the bath, but she is clean.”" in text
    assert "Has seen this grade." in text
    assert "Given for 1 unit; 1 differs from ours" in text


def test_what_was_not_seen_says_so_and_why() -> None:
    text = words_of(full())
    assert "Not observed Why: Father was at work on every visit." in text
    assert "Does not apply Why: no long-term illness" in text


def test_change_since_last_time_is_counted_and_each_unit_named() -> None:
    text = words_of(full())
    assert "Compared with the assessment of 20 September to 11 October 2023." in text
    assert "A4 Hygiene 3 4 Worse School has washed her clothes twice since November." in text
    assert "C1.b Timing of response 3 No longer scored" in text
    assert "Not compared: D1.i, D1.ii, D1.iii and D1.iv." in text


def test_voice_analysis_targets_and_sharing_are_all_there() -> None:
    text = words_of(full())
    for fact in (
        "“Mummy sleeps in the day. I do toast.”",
        "Wishes: To have her own bed",
        "as it was told",
        "I do toast.",
        "Professional judgement, kept apart from the facts above.",
        "Ivy comes to school hungry and unwashed",
        "What it will mean for Ivy Marsh if nothing changes",
        "Safety step first: Ring the clinic and book. Sam Hill, by 4 February 2026.",
        "Review due on 28 April 2026.",
        "On 29 January 2026, with Ana Marsh; held back from Ben Marsh",
        "Held back from Ben Marsh",
        "To be looked at again on 9 February 2026.",
        "Was not asked. Reason: at work on every visit",
        "At home, unannounced, no answer",
        "Seen, not alone, awake",
        "9f9f9f",
    ):
        assert fact in text


def test_the_trend_is_inside_as_a_figure_with_words_for_those_who_cannot_see_it() -> None:
    with pikepdf.open(io.BytesIO(full())) as pdf:
        (figure,) = [element for element in walk(pdf.Root.StructTreeRoot.K) if element.get("/S") == "/Figure"]
        assert "graded 4 or 5 in 3 of 7 assessments" in str(figure.Alt)
        assert len(figure.A.BBox) == 4
    text = words_of(full())
    assert "units not scored" in text
    assert "days of the assessment" in text
    assert "strategy discussion" in text


def test_every_page_carries_caution_class_practice_recipient_and_its_number() -> None:
    pages = PdfReader(io.BytesIO(full())).pages
    for number, page in enumerate(pages, start=1):
        text = page.extract_text()
        assert "Not GCP2, not validated" in text
        assert "OFFICIAL-SENSITIVE" in text
        assert text.count("PRACTICE") >= 2
        assert "Dr Petra Obi, conference chair" in text
        assert f"Page {number} of {len(pages)}" in text


def test_every_face_is_embedded() -> None:
    with pikepdf.open(io.BytesIO(full())) as pdf:
        for found in pdf.objects:
            if isinstance(found, pikepdf.Dictionary) and found.get("/Type") == "/Font":
                assert "OpenSans" in str(found.BaseFont)
                assert "/FontFile2" in found.FontDescriptor


def test_equal_values_give_equal_bytes_and_a_password_locks_them() -> None:
    assert assessment_report(full_report()) == full()
    locked = assessment_report(full_report(), password="correct horse")
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(locked))


def test_a_bare_draft_says_what_is_missing_instead_of_leaving_it_out() -> None:
    draft = Assessment(id="a1", child="c1")
    text = words_of(of(replace(draft, band="5+")))
    for said in (
        "No dates recorded",
        "Draft. Not signed off",
        "Provisional: 0 of 32 units scored",
        "No grade: nothing was scored",
        "What this child shows and says is not recorded.",
        "No events are recorded here before this assessment. Ask before relying on this.",
        "No visit is recorded for this assessment.",
        "What was explained to the carers is not recorded.",
        "There is no earlier assessment to compare with.",
        "This part is not written yet.",
        "No targets are set.",
        "Not recorded as shared",
        "None given",
        "Not looked at yet",
    ):
        assert said in text


def test_too_little_seen_shows_no_number() -> None:
    made = assessment("a1", FIRST)
    made = replace(made, units=MappingProxyType({code: made.units[code] for code in ("A4",)}))
    summary = words_of(of(made)).partition("Summary")[2].partition("Where needs")[0]
    assert "Too little seen to show a grade" in summary
    assert "2, Essential" not in summary


def test_a_temporary_circumstance_says_by_how_much_the_review_is_sooner() -> None:
    made = assessment("a1", FIRST)
    usual = default_review_due(open_pack(), made)
    assert usual is not None
    assert "temporary" not in words_of(of(made))
    made = replace(made, units={**made.units, "A4": replace(made.answer("A4"), temporary=True)}, review_due=usual)
    assert "Marked as a temporary circumstance: A4 Hygiene. The review is not brought forward." in words_of(of(made))
    sooner = replace(made, review_due=usual - timedelta(days=20))
    assert "A4 Hygiene. The review is brought forward by 20 days." in words_of(of(sooner))


def test_what_came_after_the_window_is_marked() -> None:
    made = assessment("a1", FIRST)
    assert made.window is not None
    after = made.window.to + timedelta(days=1)
    piece = Evidence(text="A full fridge.", source=EvidenceSource.SEEN_AT_HOME, on=after)
    late = replace(made, units={**made.units, "A4": replace(made.answer("A4"), evidence=(piece,))})
    assert "After the window ended" not in words_of(of(made))
    assert f"After the window ended: evidence of {long_date(after)}." in words_of(of(late))


def test_an_incomplete_assessment_and_a_correction_say_why() -> None:
    made = replace(
        assessment("a2", FIRST, skip=("C",)),
        state=AssessmentState.INCOMPLETE,
        incomplete_reason="The family moved away.",
        corrects="a1",
        correction_reason="Wrong household.",
    )
    text = words_of(of(made))
    assert "Finished incomplete, because: The family moved away." in text
    assert "This version corrects one that was signed off before. Reason: Wrong household." in text


def test_an_assessment_recorded_elsewhere_lists_sub_areas_only() -> None:
    made = replace(
        elsewhere("e1", FIRST, {"A1": 3, "B2": 4}),
        recorded_by="Hospital team",
        licence_area="Walsall",
        assessors=(),
        state=AssessmentState.COMPLETE,
    )
    text = words_of(of(made))
    assert "Recorded elsewhere by Hospital team, licence area Walsall. It holds grades of sub-areas only." in text
    # Nobody shares it here, and nobody sees the rest of it.
    assert "Complete. Not signed off" in text
    assert "Provisional: 2 of 13 sub-areas have a grade." in text
    assert "A1 Nutrition 3, Some essential needs not met" in text
    assert "Where needs are not met" not in text
    assert "Assessed by not recorded" in text


def test_a_four_grade_pack_prints_its_own_scale() -> None:
    pack = four_grade_pack()
    text = words_of(of(assessment("a1", FIRST, usual=10, pack=pack), pack))
    for grade in pack.grades:
        assert f"{grade.value} {grade.label}" in text
    assert "Units at 15" in text
    assert f"10, {pack.grades_by_value[10].label}" in text


def test_two_practitioners_who_differ_both_show() -> None:
    made = assessment("a1", FIRST)
    apart = UnitAnswer(
        state=UnitState.SCORED,
        grades=(PersonGrade(by="w1", on=FIRST, grade=2), PersonGrade(by="w2", on=FIRST, grade=4)),
    )
    text = words_of(of(replace(made, units=MappingProxyType({**made.units, "A4": apart}))))
    assert "Graded apart: Jo Reed 2 and Sam Hill 4. Not yet agreed: provisional." in text
    agreed = replace(apart, grade=4, agreed_reason="Seen again together.")
    text = words_of(of(replace(made, units=MappingProxyType({**made.units, "A4": agreed}))))
    assert "Agreed because: Seen again together." in text


def test_a_grade_that_rests_on_a_carers_word_or_on_nothing_is_marked() -> None:
    made = assessment("a1", FIRST)
    word = UnitAnswer(
        state=UnitState.SCORED,
        grade=4,
        unverified_reason="The carer would not let us look.",
        evidence=(Evidence(text="“It is fine.”", source=EvidenceSource.CARER_SAID, conflicts_with="gone"),),
    )
    nothing = UnitAnswer(state=UnitState.SCORED, grade=2)
    text = words_of(of(replace(made, units=MappingProxyType({**made.units, "A4": word, "B2": nothing}))))
    assert "Rests only on what a carer said." in text
    assert "Not seen, and not from another professional, because: The carer would not let us look." in text
    assert "Conflicts with other evidence." in text
    assert "No evidence is recorded." in text


def test_assessments_that_do_not_compare_say_why() -> None:
    before = assessment("a1", date(2025, 6, 2), carers=("p3",))
    after = assessment("a2", FIRST)
    text = words_of(of(after, earlier=before, comparison=compare(open_pack(), before, after, born=BORN)))
    assert "It is not compared unit by unit. They are about different carers." in text


def test_a_comparison_without_any_comparable_unit_says_so() -> None:
    before = replace(assessment("a1", date(2025, 6, 2)), window=None, band="5+")
    nothing = UnitChange(before=None, after=None, change=None, why_not="It has no grade in either.")
    comparison = Comparison(not_comparable="", units={"A4": nothing}, subareas={})
    text = words_of(of(assessment("a2", FIRST), earlier=before, comparison=comparison))
    assert "Compared with the one before. No unit can be compared." in text


@pytest.mark.parametrize("change", list(Change))
def test_each_class_of_change_has_its_words(change: Change) -> None:
    before = assessment("a1", date(2025, 6, 2))
    moved = UnitChange(before=4, after=4, change=change)
    comparison = Comparison(not_comparable="", units={"A4": moved}, subareas={})
    text = words_of(of(assessment("a2", FIRST), earlier=before, comparison=comparison))
    words = {
        Change.BETTER: "1 unit better.",
        Change.BETTER_STILL_HIGH: "1 unit better, still 4 or 5.",
        Change.BETTER_NOT_VERIFIED: "1 unit better, not yet verified.",
        Change.SAME: "1 unit the same.",
        Change.WORSE: "1 unit worse.",
        Change.NEWLY_SCORED: "1 unit newly scored.",
        Change.NO_LONGER_SCORED: "1 unit no longer scored.",
    }
    assert words[change] in text


def test_a_target_at_review_says_what_became_of_it() -> None:
    target = Target(
        unit="A4", current=4, target=4, actual=5, outcome=TargetOutcome.WORSE, reason="Discharge is next week."
    )
    text = words_of(of(replace(assessment("a1", FIRST), targets=(target,))))
    assert "Now 5. Worse than before" in text
    assert "Supervisor’s reason: Discharge is next week." in text
    assert "Not set" in text


def test_entries_with_little_in_them_still_make_a_line() -> None:
    report = of(
        replace(assessment("a1", FIRST), explained=Explained()),
        history=(Entry(id="h1", kind="status_change", children=("c1",)),),
        visits=(
            Entry(id="v1", kind="visit", children=("c1",)),
            Entry(
                id="v2",
                kind="visit",
                children=("c1",),
                when=When("2026-01-09"),
                data={"mode": "school", "cancelled_by": "family", "child_seen": False},
            ),
        ),
    )
    text = words_of(report)
    assert "Not known Status change Not recorded" in text
    assert "At school, cancelled by the family Not seen" in text
    assert "What was said Not recorded" in text


def test_the_first_assessment_of_a_child_has_a_trend_of_its_own() -> None:
    made = assessment("a1", FIRST)
    text = words_of(of(made, trend=trend_of([made])))
    assert "No other assessment of this child is recorded here." in text
    assert "Grades over time" in text


def test_forty_assessments_fit_the_page() -> None:
    history = many()
    report = of(history[-1], trend=trend_of(history))
    with pikepdf.open(io.BytesIO(assessment_report(report))) as pdf:
        figures = [element for element in walk(pdf.Root.StructTreeRoot.K) if element.get("/S") == "/Figure"]
        boxes = [[float(edge) for edge in figure.A.BBox] for figure in figures]
    assert boxes
    for left, bottom, right, top in boxes:
        assert 0 < left < right < 595.3
        assert 0 < bottom < top < 841.9


def test_long_names_and_texts_are_printed_whole() -> None:
    label = "Ivy-Mae Constance Aderinsola Featherstonehaugh-Okonkwo of the very long name"
    long = "He said it again. " * 400
    made = assessment("a1", FIRST)
    seen = Evidence(text=long, source=EvidenceSource.CHILD_SAID)
    units = {**made.units, "A4": replace(made.units["A4"], evidence=(seen,))}
    text = words_of(of(replace(made, units=MappingProxyType(units), analysis=long), child_label=label))
    assert text.count("again.") == 800
    assert label in text
