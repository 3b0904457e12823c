"""What counts at a moment: as of a day with hindsight, and as far as it was known on a day."""

from dataclasses import replace
from datetime import date

from gcp2_app.domain.assessment import AssessmentState
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.moment import Moment
from gcp2_app.domain.register import Child, Status, StatusKind
from gcp2_app.domain.when import When
from tests.reports.records import assessment

LATE = Entry(id="e1", kind="note", when=When("2026-01-10"), known=When("2026-03-10"))


def test_hindsight_counts_from_the_day_it_happened() -> None:
    assert Moment(as_of=date(2026, 1, 10)).entries([LATE]) == (LATE,)
    assert Moment(as_of=date(2026, 1, 9)).entries([LATE]) == ()


def test_knowledge_counts_from_the_day_it_was_known() -> None:
    assert Moment(known_on=date(2026, 3, 10)).entries([LATE]) == (LATE,)
    assert Moment(known_on=date(2026, 3, 9)).entries([LATE]) == ()
    assert Moment(as_of=date(2026, 2, 1), known_on=date(2026, 3, 9)).entries([LATE]) == ()
    assert Moment(as_of=date(2026, 2, 1), known_on=date(2026, 3, 10)).entries([LATE]) == (LATE,)


def test_without_a_day_everything_counts() -> None:
    ahead = replace(LATE, when=When("2030-01-01"), known=When("2030-01-01"))
    undated = replace(assessment("a1", date(2026, 1, 5)), window=None)
    assert Moment().entries([LATE, ahead]) == (LATE, ahead)
    assert Moment().assessments([undated]) == (undated,)
    assert Moment().words == ""


def test_an_assessment_counts_once_its_days_have_come_and_is_known_once_signed() -> None:
    signed = replace(assessment("a1", date(2026, 1, 5), days=10), signed_off_on=date(2026, 2, 1))
    open_ = replace(signed, state=AssessmentState.IN_PROGRESS, signed_off_on=None)
    undated = replace(signed, window=None)
    assert Moment(as_of=date(2026, 1, 14)).assessments([signed, undated]) == (signed,)
    assert Moment(as_of=date(2026, 1, 13)).assessments([signed]) == ()
    assert Moment(known_on=date(2026, 1, 31)).assessments([signed, open_]) == (open_,)
    assert Moment(known_on=date(2026, 2, 1)).assessments([signed]) == (signed,)


def test_a_status_that_had_not_begun_is_left_out() -> None:
    child = Child(id="c1", statuses=(Status(status=StatusKind.CHILD_PROTECTION, from_=date(2026, 1, 10)),))
    assert Moment(as_of=date(2026, 1, 9)).child(child).statuses == ()
    assert Moment(as_of=date(2026, 1, 10)).child(child) == child
    assert Moment().child(child) is child


def test_the_words_say_which_past_it_is() -> None:
    day, later = date(2026, 1, 9), date(2026, 3, 1)
    assert Moment(as_of=day).words == "As of 9 January 2026, with what became known later."
    assert Moment(known_on=day).words == "As it was known on 9 January 2026."
    assert Moment(as_of=day, known_on=later).words == "As of 9 January 2026, as it was known on 1 March 2026."
