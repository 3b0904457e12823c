"""Hospital stays with every date that was expected, why they go on, and the days by which they are reviewed.

Source: casework.md, row LP4.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from gcp2_app.domain.plans.clocks import due_words
from gcp2_app.domain.rules.record import Fact, day_of
from gcp2_app.domain.rules.stays import has_begun, held_on, is_in, review_days, why_long
from gcp2_app.domain.rules.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One date on which the child was expected to leave.

    Attributes:
        day: the date.
        said_on: the day it was said, or None.
    """

    day: date
    said_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A day by which a long stay is reviewed.

    Attributes:
        due: the day.
        held: days of the reviews that count for it.
        overdue: it has gone without one.
        words: the day and what is left of the time.
    """

    due: date
    held: tuple[date, ...]
    overdue: bool
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """One stay in hospital.

    Attributes:
        admitted, fit_on, leaving_planned, discharged, notified_on: None where not known, or the day has not come.
        days: from admission to discharge or today, both nights' ends counted once; None where admission is not known.
        is_in: the child is still there.
        expected: every date that was expected, in the order in which they were said.
        extra: reasons for extra days with how many, as recorded.
        why_long: in words why it runs past the norm; nothing where it does not.
        reviews: days by which it is reviewed; only of a stay that runs past the norm.
    """

    fact: Fact
    hospital: str
    admitted: date | None
    expected: tuple[Expected, ...]
    fit_on: date | None
    leaving_planned: date | None
    discharged: date | None
    notified_on: date | None
    days: int | None
    is_in: bool
    extra: tuple[tuple[str, int | None], ...]
    why_long: tuple[str, ...]
    reviews: tuple[Review, ...]


def stays(view: View) -> tuple[Stay, ...]:
    """Return the stays that have begun, the latest first."""
    found = [_stay(view, fact) for fact in view.facts("admission") if has_begun(view, fact)]
    return tuple(sorted(found, key=lambda stay: (stay.admitted or date.min, stay.fact.id), reverse=True))


def _stay(view: View, fact: Fact) -> Stay:
    admitted, discharged = view.dated(fact, "admitted"), view.field(fact, "discharged")
    reviews = held_on(view, "stay_review")
    return Stay(
        fact=fact,
        hospital=str(fact.data.get("hospital") or ""),
        admitted=admitted,
        expected=_expected(fact),
        fit_on=view.field(fact, "medically_fit_on"),
        leaving_planned=fact.day("discharge_planned_for"),
        discharged=discharged,
        notified_on=view.field(fact, "s85_notified_on"),
        days=((discharged or view.today) - admitted).days if admitted is not None else None,
        is_in=is_in(view, fact),
        extra=tuple((str(each.get("reason") or ""), _whole(each.get("days"))) for each in fact.groups("extra_days")),
        why_long=tuple(why_long(view, fact, view.numbers("LP4.stay_long"))),
        reviews=tuple(
            Review(
                due=due,
                held=held,
                overdue=not held and view.passed(due),
                words=due_words(view, due),
            )
            for due, held in review_days(view, fact, view.numbers("LP4.review_missing"), reviews)
        ),
    )


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) else None


def _expected(fact: Fact) -> tuple[Expected, ...]:
    found = [
        Expected(day=day, said_on=day_of(each.get("said_on")))
        for each in fact.groups("expected")
        if (day := day_of(each.get("date"))) is not None
    ]
    if all(each.said_on is not None for each in found):
        found.sort(key=lambda each: each.said_on or date.min)
    return tuple(found)
