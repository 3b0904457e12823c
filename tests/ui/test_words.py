"""Days, ages, windows and vocabularies in plain words."""

from datetime import UTC, date, datetime
from enum import StrEnum

import pytest
from PySide6.QtCore import QLocale

from gcp2_app.domain.answers import EvidenceSource, UnitState, WithSupport
from gcp2_app.domain.assessment import AssessmentState, Consent, TargetOutcome, Window
from gcp2_app.domain.comparison import Change
from gcp2_app.domain.instrument import LicenceKind, Policy
from gcp2_app.domain.register import Agency, Category, KnownAnswer, NeedState, Status, StatusKind
from gcp2_app.domain.scoring import Reason
from gcp2_app.domain.users import Role
from gcp2_app.ui import words


@pytest.fixture(autouse=True)
def british() -> None:
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))


def test_a_day_is_written_out() -> None:
    assert words.day(date(2027, 3, 31)) == "31 March 2027"
    assert words.short_day(date(2027, 3, 31)) == "31 Mar 2027"


def test_a_day_or_month_keeps_what_is_known() -> None:
    assert words.day_or_month("2025-02") == "February 2025"
    assert words.day_or_month("2025-02-03") == "3 February 2025"


def test_an_instant_is_told_in_london_time() -> None:
    assert words.moment(datetime(2027, 7, 1, 13, 5, tzinfo=UTC)) == "1 July 2027, 14:05"


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2027, 1, 5), date(2027, 1, 5), "5 January 2027"),
        (date(2027, 1, 5), date(2027, 1, 26), "5 to 26 January 2027"),
        (date(2027, 1, 28), date(2027, 2, 3), "28 January to 3 February 2027"),
        (date(2026, 12, 28), date(2027, 1, 3), "28 December 2026 to 3 January 2027"),
    ],
)
def test_a_window_says_each_part_once(first: date, last: date, text: str) -> None:
    assert words.window(Window(from_=first, to=last)) == text


@pytest.mark.parametrize(
    ("born", "text"),
    [
        (date(2027, 3, 30), "1 day"),
        (date(2027, 3, 4), "27 days"),
        (date(2027, 3, 3), "4 weeks"),
        (date(2026, 12, 31), "3 months"),
        (date(2025, 4, 30), "23 months"),
        (date(2025, 3, 31), "2 years"),
        (date(2024, 2, 28), "3 years 1 month"),
        (date(2022, 4, 30), "4 years 11 months"),
        (date(2019, 1, 2), "8 years"),
    ],
)
def test_an_age_is_as_fine_as_it_matters(born: date, text: str) -> None:
    assert words.age(born, date(2027, 3, 31)) == text


def test_an_age_before_birth_and_one_that_is_not_known() -> None:
    due = date(2027, 6, 1)
    assert words.age(due, date(2027, 3, 31), expected=True) == "Not yet born, due 1 June 2027"
    # Overdue is still not born.
    assert words.age(due, date(2027, 6, 9), expected=True) == "Not yet born, due 1 June 2027"
    assert words.age(None, date(2027, 3, 31)) == "Age not known"


def test_a_status_says_its_category() -> None:
    plan = Status(status=StatusKind.CHILD_PROTECTION, from_=date(2027, 1, 1), category=Category.NEGLECT)
    assert words.status(plan) == "Child protection plan, neglect"
    assert words.status(Status(status=StatusKind.CHILD_IN_NEED, from_=date(2027, 1, 1))) == "Child in need"


@pytest.mark.parametrize(
    "vocabulary",
    [
        Agency,
        AssessmentState,
        Category,
        Change,
        Consent,
        EvidenceSource,
        KnownAnswer,
        LicenceKind,
        NeedState,
        Policy,
        Reason,
        Role,
        StatusKind,
        TargetOutcome,
        UnitState,
        WithSupport,
    ],
)
def test_every_member_of_a_vocabulary_has_words_of_its_own(vocabulary: type[StrEnum]) -> None:
    told = [words.say(member) for member in vocabulary]
    assert len(set(told)) == len(told)
    assert all(text[0].isupper() and "_" not in text for text in told)
    assert list(words.says(vocabulary)) == list(vocabulary)


def test_members_with_the_same_text_keep_their_own_words() -> None:
    assert words.say(UnitState.NOT_APPLICABLE) == "Does not apply"
    assert words.say(AssessmentState.COMPLETE) == "Grading complete"
    assert words.say(StatusKind.LOOKED_AFTER) == "Looked after"
