"""The list of services near here: what is offered, what wants checking, what comes first."""

from datetime import date

from gcp2_app.domain.entries import Theme
from gcp2_app.domain.local_services import LocalService, matching

TODAY = date(2026, 11, 23)


def make(name: str, *themes: Theme, checked_on: date | None = None, ended_on: date | None = None) -> LocalService:
    return LocalService(id=name, name=name, themes=themes, checked_on=checked_on, ended_on=ended_on)


def test_the_last_day_still_counts() -> None:
    assert make("a").is_offered(TODAY)
    assert make("a", ended_on=TODAY).is_offered(TODAY)
    assert not make("a", ended_on=date(2026, 11, 22)).is_offered(TODAY)


def test_six_months_after_it_was_made_sure_of_it_wants_checking() -> None:
    assert make("a").is_to_check(TODAY)
    assert not make("a", checked_on=date(2026, 5, 23)).is_to_check(TODAY)
    assert make("a", checked_on=date(2026, 5, 22)).is_to_check(TODAY)


def test_those_that_help_with_it_come_first_and_what_ended_is_left_out() -> None:
    food = make("East food club", Theme.NUTRITIONAL)
    play = make("Alder play", Theme.EMOTIONAL)
    gone = make("Gone", Theme.NUTRITIONAL, ended_on=date(2025, 1, 1))
    assert matching((food, play, gone), (), TODAY) == (play, food)
    assert matching((food, play, gone), ("nutritional",), TODAY) == (food, play)
