"""A neglect marker: an open status for neglect, or an entry of the last twelve months with one of the six types."""

from datetime import date

import pytest

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.rules.reading import has_neglect_marker
from gcp2_app.domain.rules.record import ChildRecord
from gcp2_app.domain.rules.view import View
from gcp2_app.forms.rule_policy import shipped_working_days
from tests.rules import DAY, child, days, entry, plan, record, status


def marked(about: ChildRecord, on: date) -> bool:
    return has_neglect_marker(View(about, shipped_working_days(), today=on))


def note(on: date | dict[str, str], id_: str = "n1", theme: str = "medical", known: date | None = None) -> Entry:
    return entry(id_, "note", on, themes=[theme], known=known)


def test_an_entry_marks_from_its_day_for_twelve_months() -> None:
    about = record(note(DAY))
    answers = [marked(about, on) for on in (DAY - days(1), DAY, date(2027, 3, 9), date(2027, 3, 10))]
    assert answers == [False, True, True, False]


def test_two_entries_mark_for_as_long_as_either_does() -> None:
    joined = record(note(DAY), note(date(2027, 3, 10), "n2"))
    assert all(marked(joined, DAY + days(30 * step)) for step in range(24))
    apart = record(note(DAY), note(date(2027, 3, 12), "n2"))
    answers = [marked(apart, date(2027, 3, day)) for day in (9, 10, 11, 12)]
    assert answers == [True, False, False, True]
    inside = record(note(DAY), note(DAY - days(30), "n2"))
    assert marked(inside, date(2027, 3, 9))


def test_the_record_knows_the_spans_around_a_day() -> None:
    about = record(note(DAY), note(date(2027, 3, 12), "n2"))
    spans = [(DAY, date(2027, 3, 9)), (date(2027, 3, 12), date(2028, 3, 12))]
    assert list(about.marked_spans) == spans
    asked = {DAY - days(1): spans[:1], DAY: spans, date(2027, 3, 10): spans, date(2030, 1, 1): spans[1:]}
    for on, expected in asked.items():
        assert list(View(about, shipped_working_days(), today=on).marked_spans()) == expected


def test_an_entry_marks_once_it_is_known() -> None:
    late = record(note(DAY, known=DAY + days(90)))
    assert not marked(late, DAY + days(89))
    assert marked(late, DAY + days(90))
    assert not marked(record(note(DAY, known=date(2027, 3, 10))), date(2027, 3, 10))
    early = record(note(DAY, known=DAY - days(9)))
    assert not marked(early, DAY - days(1))


@pytest.mark.parametrize("when", [{"about": "2026-03"}, {"unknown": "not said"}])
def test_an_uncertain_day_marks_nothing(when: dict[str, str]) -> None:
    assert not marked(record(note(when)), DAY + days(60))


def test_a_strength_marks_nothing() -> None:
    assert not marked(record(note(DAY, theme="strength")), DAY)


def test_the_last_days_of_the_calendar_are_days() -> None:
    about = record(note(date(9999, 12, 30)), note(date(9999, 12, 31), "n2"))
    assert about.marked_spans == ((date(9999, 12, 30), date.max),)


def test_an_open_status_for_neglect_marks() -> None:
    for_neglect = status("early_help", DAY, DAY + days(9), "neglect")
    answers = [marked(record(of=child(statuses=(for_neglect,))), DAY + days(step)) for step in (-1, 0, 9, 10)]
    assert answers == [False, True, True, False]
    assert not marked(record(of=child(statuses=(plan(DAY, category="physical"),))), DAY)
