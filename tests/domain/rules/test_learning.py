"""LP10 and R6: one person's own training and reading."""

from datetime import date
from typing import Any

import pytest

from gcp2_app.domain.alerts import Alert, Job, Level
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.register import Professional
from gcp2_app.domain.rules.engine import ask_about_professional
from gcp2_app.domain.rules.person import PersonRecord, PersonView
from gcp2_app.forms.rule_policy import shipped_rules, shipped_working_days
from tests.rules import DAY, days, entry

TRAINING, UNREAD = "LP10.training", "R6.unread"
#: The last day on which a training of DAY counts.
LAST = date(2028, 3, 9)


def person(*trainings: Entry, **more: Any) -> PersonRecord:
    return PersonRecord(professional=Professional(id="w1"), trainings=trainings, **more)


def trained(on: date | None, course: str = "professional_challenge", id_: str = "t1", **data: Any) -> Entry:
    own: dict[str, Any] = {"on": on, "person": "w1", "course": course, **data}
    return entry(id_, "training", on or DAY, children=(), **own)


def ask(rule: str, about: PersonRecord, on: date) -> Alert | None:
    answer = ask_about_professional(about, shipped_rules(), shipped_working_days(), today=on)
    return next((alert for alert in answer.alerts if alert.rule == rule), None)


def begins(rule: str, about: PersonRecord, first: date) -> bool:
    found = ask(rule, about, first)
    return ask(rule, about, first - days(1)) is None and found is not None and found.since == first


# Training ----------------------------------------------------------------------------------------


def test_a_user_without_the_training_is_reminded() -> None:
    found = ask(TRAINING, person(signs_in=True), DAY)
    assert found is not None
    assert (found.level, found.job, found.person, found.child) == (Level.WATCH, Job.SELF, "w1", None)
    assert begins(TRAINING, person(signs_in=True, joined=DAY), DAY)
    assert ask(TRAINING, person(), DAY) is None


@pytest.mark.parametrize("signs_in", [True, False])
def test_a_training_counts_for_twenty_four_months(signs_in: bool) -> None:
    about = person(trained(DAY), signs_in=signs_in)
    assert begins(TRAINING, about, LAST + days(1))
    found = ask(TRAINING, about, LAST + days(1))
    assert found is not None
    assert found.entries == ("t1",)
    assert "was on 9 March 2026, more than 24 months ago" in found.text


def test_the_latest_training_of_this_course_decides() -> None:
    again = trained(DAY + days(100), id_="t2")
    assert ask(TRAINING, person(again, trained(DAY)), LAST + days(1)) is None
    other = trained(DAY + days(100), "neglect", "t2")
    assert ask(TRAINING, person(trained(DAY), other), LAST + days(1)) is not None
    valid = trained(DAY, expires=LAST + days(100))
    assert ask(TRAINING, person(valid), LAST + days(1)) is not None


def test_a_training_to_come_or_without_its_day_does_not_count() -> None:
    planned = person(trained(DAY + days(9)), signs_in=True)
    assert ask(TRAINING, planned, DAY + days(8)) is not None
    assert ask(TRAINING, planned, DAY + days(9)) is None
    assert ask(TRAINING, person(trained(None), signs_in=True), DAY) is not None
    assert ask(TRAINING, person(trained(None)), DAY) is None


# Reading -----------------------------------------------------------------------------------------


def reader(**more: Any) -> PersonRecord:
    return person(**{"signs_in": True, "to_read": {"LP1": DAY, "LP2": DAY}, **more})


def test_what_is_not_read_in_twenty_eight_days_is_shown() -> None:
    assert begins(UNREAD, reader(), DAY + days(29))
    found = ask(UNREAD, reader(), DAY + days(29))
    assert found is not None
    assert (found.level, found.person) == (Level.WATCH, "w1")
    assert found.text == "2 rows of the learning review not read after 28 days: LP1 and LP2."


def test_the_days_are_counted_from_the_later_of_publication_and_joining() -> None:
    assert begins(UNREAD, reader(joined=DAY + days(10)), DAY + days(39))
    assert begins(UNREAD, reader(joined=DAY - days(10)), DAY + days(29))


def test_what_is_read_is_not_shown_from_its_day() -> None:
    found = ask(UNREAD, reader(read={"LP1": DAY + days(40)}), DAY + days(39))
    assert found is not None
    assert "LP1 and LP2" in found.text
    found = ask(UNREAD, reader(read={"LP1": DAY + days(40)}), DAY + days(40))
    assert found is not None
    assert found.text.startswith("1 row of the learning review")
    assert ask(UNREAD, reader(read={"LP1": DAY, "LP2": DAY}), DAY + days(40)) is None


def test_only_users_of_the_store_are_asked() -> None:
    assert ask(UNREAD, reader(signs_in=False), DAY + days(40)) is None
    assert ask(UNREAD, person(signs_in=True), DAY + days(40)) is None


def test_a_view_of_a_person_says_whose_it_is() -> None:
    assert repr(PersonView(person(), shipped_working_days(), today=DAY)) == "PersonView('w1', 2026-03-09)"
