"""How documents and charts say dates, ages, counts and lists, in GOV.UK style.

Knows plain values only. Ordinal grades are counted in words here, never added.
"""

from collections.abc import Callable, Sequence
from datetime import date

from gcp2_app.domain.assessment import Assessment, AssessmentState, Window
from gcp2_app.domain.register import Status
from gcp2_app.domain.when import When, completed_months
from gcp2_app.domain.words import MONTHS, STATUSES, counted, listed, long_date

_SHORT_MONTHS = tuple(month[:3] for month in MONTHS)

#: What an assessment's state is called.
STATES = {
    AssessmentState.DRAFT: "draft",
    AssessmentState.IN_PROGRESS: "in progress",
    AssessmentState.COMPLETE: "complete, not yet shared",
    AssessmentState.INCOMPLETE: "finished incomplete",
    AssessmentState.SHARED: "shared",
    AssessmentState.SHARING_HELD_BACK: "sharing held back",
    AssessmentState.SUBMITTED: "submitted for sign-off",
    AssessmentState.RETURNED: "returned by the supervisor",
    AssessmentState.SIGNED_OFF: "signed off",
}


def held_from(assessment: Assessment, name: Callable[[str], str], on: date) -> str:
    """Return from whom an assessment is held back on a day: "held back from Ana Marsh"; empty where from nobody.

    Args:
        assessment: the assessment.
        name: what a carer is called.
        on: the day.
    """
    held = _held(assessment, on)
    named = [name(person) for person in held if person is not None]
    return f"held back from {'all carers' if None in held else listed(named)}" if held else ""


def shared_with(assessment: Assessment, name: Callable[[str], str], on: date) -> str:
    """Return with which carers an assessment was shared on a day, where it was held back from others; else empty."""
    held = _held(assessment, on)
    given = [] if None in held else [name(carer) for carer in assessment.carers if carer not in held]
    return "; ".join(filter(None, (listed(given), held_from(assessment, name, on)))) if held else ""


def _held(assessment: Assessment, on: date) -> tuple[str | None, ...]:
    """Return ids of the carers it is held back from on a day, each once; None stands for all of them."""
    held = (each.person for each in assessment.held_back if each.ended_on is None or each.ended_on > on)
    return tuple(dict.fromkeys(held))


def short_date(day: date) -> str:
    """Return a date where room is tight: "31 Mar 2027"."""
    return f"{day.day} {_SHORT_MONTHS[day.month - 1]} {day.year}"


def short_month(day: date) -> str:
    """Return a month: "Mar 2027"."""
    return f"{_SHORT_MONTHS[day.month - 1]} {day.year}"


def long_range(window: Window) -> str:
    """Return the days of a window: "5 to 26 January 2026", or one date where it is one day."""
    return _range(window.from_, window.to, MONTHS)


def short_range(window: Window) -> str:
    """Return the days of a window where room is tight: "5 to 26 Jan 2026"."""
    return _range(window.from_, window.to, _SHORT_MONTHS)


def when_words(when: When) -> str:
    """Return when something happened, as exactly as it is known: "about March 2019", "not known: moved house"."""
    raw = when.raw
    if isinstance(raw, dict) and "unknown" in raw:
        return f"not known: {raw['unknown']}" if raw["unknown"] else "not known"
    if when.first is None or when.last is None:
        return "not known"
    if isinstance(raw, str):
        return long_date(when.first)
    if "from" in raw:
        return _range(when.first, when.last, MONTHS)
    year_alone = len(next(iter(raw.values()))) == 4
    words = str(when.first.year) if year_alone else f"{MONTHS[when.first.month - 1]} {when.first.year}"
    return f"about {words}" if "about" in raw else words


def age_words(born: date, on: date) -> str:
    """Return a child's age on a day: "4 years 2 months", "5 weeks", or before birth "not yet born"."""
    if on < born:
        return "not yet born"
    months = completed_months(born, on)
    if months < 3:
        return counted((on - born).days // 7, "week").replace("no weeks", "under 1 week")
    years, rest = divmod(months, 12)
    words = [counted(years, "year")] if years else []
    return " ".join([*words, *([counted(rest, "month")] if rest else [])])


def _range(first: date, last: date, names: Sequence[str]) -> str:
    end = f"{last.day} {names[last.month - 1]} {last.year}"
    if first == last:
        return end
    if first.year != last.year:
        return f"{first.day} {names[first.month - 1]} {first.year} to {end}"
    if first.month != last.month:
        return f"{first.day} {names[first.month - 1]} to {end}"
    return f"{first.day} to {end}"


def status_words(status: Status) -> str:
    """Return a status with its category and dates: "Child protection plan (neglect) since 10 January 2026"."""
    category = f" ({status.category})" if status.category else ""
    if status.from_ is None:
        days = ", beginning not known" + (f", until {long_date(status.to)}" if status.to else "")
    elif status.to is None:
        days = f" since {long_date(status.from_)}"
    else:
        days = f", {_range(status.from_, status.to, MONTHS)}"
    return f"{STATUSES[status.status]}{category}{days}"
