"""An alert that was laid aside stays so until its date, or until there is something new to say."""

from dataclasses import replace
from datetime import date

import pytest

from gcp2_app.domain.alerts import Alert, Job, Level, SetAside, laid_aside

ON, UNTIL = date(2026, 3, 9), date(2027, 12, 31)
ALERT = Alert(
    rule="MEET.long_plan",
    row="MEET",
    level=Level.ACT,
    since=ON,
    text="A plan.",
    entries=("a1",),
    next="Ask.",
    job=Job.SUPERVISOR,
)
ASIDE = SetAside(
    rule="MEET.long_plan", reason="Considered.", by="w1", on=ON, until=UNTIL, counted=("a1", "a0"), level=Level.ACT
)


def is_aside(alert: Alert, aside: SetAside = ASIDE, *, today: date = date(2027, 6, 9)) -> bool:
    (found,) = laid_aside([alert], [aside], today=today)
    return found.set_aside is not None


@pytest.mark.parametrize(("today", "aside"), [(ON, True), (UNTIL, True), (date(2028, 1, 1), False)])
def test_it_lasts_to_its_day(today: date, aside: bool) -> None:
    assert is_aside(ALERT, today=today) is aside


def test_what_is_newly_counted_wakes_it() -> None:
    assert is_aside(ALERT)
    assert not is_aside(replace(ALERT, entries=("a1", "a2")))


def test_a_question_that_is_asked_anew_wakes_it() -> None:
    assert is_aside(replace(ALERT, asked_on=ON))
    assert not is_aside(replace(ALERT, asked_on=date(2026, 3, 10)))


def test_more_urgent_than_it_was_wakes_it() -> None:
    assert not is_aside(replace(ALERT, level=Level.URGENT))
    assert is_aside(replace(ALERT, level=Level.WATCH))
    assert is_aside(replace(ALERT, level=Level.URGENT), replace(ASIDE, level=None))
