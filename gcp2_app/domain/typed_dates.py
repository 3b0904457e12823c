"""When something happened, as people type it: "last Tues", "3 March", "c. March 2019", "10-12 May 2024".

Day before month, as written in Britain. Knows no clock and no screen; today comes in. What a text leaves open is not
guessed in silence: how it was read is said, or it is refused with the question it leaves.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

from gcp2_app.domain.when import LONDON, When
from gcp2_app.domain.words import MONTHS
from gcp2_app.errors import InvalidValue

_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBERS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_EXAMPLES: Final = "Type it as 3 March 2026, last Tuesday, March 2019, about 2019, or “not known:” and why."

_TIME: Final = re.compile(r"(.+?)(?:,\s*|\s+at\s+|\s+)(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?\s*(gmt|bst)?")
_ABOUT: Final = re.compile(r"(?:c\.|ca\.|circa|c(?=[\s\d])|ca(?=\s)|about|around|approx\.?|approximately|~)\s*(.+)")
_RANGE: Final = re.compile(r"(?:from\s+|between\s+)?(.+?)\s+(?:to|until|till|and|-)\s+(.+)")
_DAYS_OF_MONTH: Final = re.compile(r"(\d{1,2})\s*(?:-|to|and)\s*(\d{1,2})(?:st|nd|rd|th)?\s+([a-z].*)")
_UNKNOWN: Final = re.compile(
    r"(?:not known|unknown|don['’]t know)(?::\s*|\s*[,;–-]\s*|\s+|$)(.*)", re.IGNORECASE | re.DOTALL
)
_INSTANT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A date as it was read.

    Attributes:
        said: what the person should look at, such as a year that was not given; empty where nothing was left open.
    """

    when: When
    said: str = ""


def read_when(text: str, today: date) -> Typed:
    """Read when something happened.

    Args:
        text: as typed.
        today: decides what "yesterday" is, and the year or century where none is given: the latest that is not ahead.

    Raises:
        InvalidValue: it cannot be read, names no day of the calendar, or leaves open which day is meant.
    """
    typed = text.strip()
    if match := _UNKNOWN.fullmatch(typed):
        return _unknown(match[1])
    if _INSTANT.fullmatch(typed):
        return _with_future(Typed(when=When(typed)), today)
    # Not casefold: it changes letters that are no date's, and lengths with them.
    tidy = re.sub(r"(\d)t(?=\d{2}:)", r"\1 ", " ".join(typed.lower().replace("–", "-").replace("—", "-").split()))
    return _with_future(_read(tidy, today), today)


def when_words(when: When) -> str:
    """Return a date in words that :func:`read_when` reads back as the same date.

    A range of one day reads as that day. Seconds are left out.
    """
    if when.first is None or when.last is None:
        return f"not known: {when.raw['unknown'] if isinstance(when.raw, dict) else ''}"
    if isinstance(when.raw, str):
        return day_words(when.last) if len(when.raw) <= 10 else _instant_words(when.raw)
    if "from" in when.raw:
        return _range_words(when.first, when.last)
    text = next(iter(when.raw.values()))
    words = text if len(text) == 4 else month_words(when.first)
    return words if when.certain else f"about {words}"


def day_words(day: date) -> str:
    """Return a day: "3 March 2026"."""
    return f"{day.day} {month_words(day)}"


def month_words(day: date) -> str:
    """Return the month of a day: "March 2026"."""
    return f"{MONTHS[day.month - 1]} {day.year:04d}"


def _range_words(first: date, last: date) -> str:
    if first == last:
        return day_words(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {day_words(last)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} to {day_words(last)}"
    return f"{day_words(first)} to {day_words(last)}"


def _instant_words(text: str) -> str:
    local = datetime.fromisoformat(text).astimezone(LONDON)
    # In the hour that comes twice in autumn, the time alone does not say which.
    twice = local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()
    return f"{day_words(local.date())}, {local:%H:%M}{f' {local.tzname()}' if twice else ''}"


def _unknown(why: str) -> Typed:
    if not why.strip():
        raise InvalidValue("Say why the date is not known.", "Type it as “not known: mother unsure”.")
    return Typed(when=When({"unknown": why.strip()}))


def _with_future(typed: Typed, today: date) -> Typed:
    if typed.when.first is None or typed.when.first <= today:
        return typed
    return replace(typed, said=" ".join(filter(None, (typed.said, "This is in the future."))))


def _read(text: str, today: date) -> Typed:
    if match := _ABOUT.fullmatch(text):
        return _about(_read(match[1], today))
    if match := _DAYS_OF_MONTH.fullmatch(text):
        last = _read(f"{match[2]} {match[3]}", today)
        return _range(_one(f"{match[1]} {match[3]}", last.when.last or today), last)
    for pattern, read in _FORMS:
        if match := pattern.fullmatch(text):
            return read(match, today)
    if (match := _TIME.fullmatch(text)) and (match[3] or match[4]):
        return _at(_one(match[1], today), match)
    if match := _RANGE.fullmatch(text):
        last = _one(match[2], today)
        # Without a year of its own the first day is the latest one before the last.
        return _range(_one(match[1], last.when.last or today), last)
    raise InvalidValue("This is not a date that can be read.", _EXAMPLES)


def _one(text: str, today: date) -> Typed:
    """Read a day, month or year that is part of something longer."""
    for pattern, read in _FORMS:
        if match := pattern.fullmatch(text):
            return read(match, today)
    raise InvalidValue("This is not a date that can be read.", _EXAMPLES)


def _about(typed: Typed) -> Typed:
    first, last = typed.when.first, typed.when.last
    if first is None or last is None or first.year != last.year:
        raise InvalidValue("“About” goes with one month or one year.", "Type it as about March 2019, or about 2019.")
    exact = first == last
    whole = f"{first.year:04d}-{first.month:02d}" if first.month == last.month else f"{first.year:04d}"
    said = f"Kept as about {month_words(first)}: a day that is not certain is kept as its month." if exact else ""
    return Typed(when=When({"about": whole}), said=said)


def _range(first: Typed, last: Typed) -> Typed:
    begin, end = first.when.first, last.when.last
    if begin is None or end is None or not (first.when.certain and last.when.certain):
        raise InvalidValue("A range needs its two days or months.", "Type it as 10 to 12 May 2024.")
    if begin == end:
        return Typed(when=When.on(begin))
    over = f"Read as {_range_words(begin, end)}." if first.said and begin.year != end.year else ""
    said = " ".join(filter(None, (last.said, over)))
    return Typed(when=When({"from": begin.isoformat(), "to": end.isoformat()}), said=said)


def _at(day: Typed, match: re.Match[str]) -> Typed:
    hour, minute, half, zone = int(match[2]), int(match[3] or 0), match[4], match[5]
    if day.when.first is None or day.when.first != day.when.last:
        raise InvalidValue("A time of day needs its day.", "Type it as 3 March 2026 14:30.")
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0) if 1 <= hour <= 12 else 24
    if hour > 23 or minute > 59:
        raise InvalidValue("There is no such time of day.", "Type it as 14:30, or 2.30pm.")
    wall = datetime(day.when.first.year, day.when.first.month, day.when.first.day, hour, minute, tzinfo=LONDON)
    early, late = wall.replace(fold=0), wall.replace(fold=1)
    if early.utcoffset() == late.utcoffset():
        return Typed(when=When(early.isoformat()), said=day.said)
    if early.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != early.replace(tzinfo=None):
        raise InvalidValue("The clocks went forward over this time: it was never shown.", "Check the time.")
    local = late if zone == "gmt" else early
    said = "" if zone else "The clocks went back in this hour: read as the first of the two. Add GMT for the second."
    return Typed(when=When(local.isoformat()), said=" ".join(filter(None, (day.said, said))))


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise InvalidValue("There is no such day.", "Check the day and the month; the day comes first.") from None


def _year(digits: str, today: date) -> int:
    """Return a year; of two digits, the latest one that is at most one year ahead."""
    if len(digits) == 4:
        return int(digits)
    year = today.year - today.year % 100 + int(digits)
    return year - 100 if year > today.year + 1 else year


def _month(word: str) -> int:
    return next(
        number for number, name in enumerate(MONTHS, start=1) if name.lower().startswith(word.removesuffix("t"))
    )


def _weekday(word: str) -> int:
    return next(number for number, name in enumerate(_WEEKDAYS) if name.startswith(word[:3]))


def _on(day: date, said: str = "") -> Typed:
    return Typed(when=When.on(day), said=said)


def _month_of(year: int, month: int, said: str = "") -> Typed:
    _day(year, month, 1)
    return Typed(when=When({"month": f"{year:04d}-{month:02d}"}), said=said)


def _months_before(today: date, months: int) -> str:
    count = today.year * 12 + today.month - 1 - months
    if count < 12:
        raise InvalidValue("This would leave the calendar.", _EXAMPLES)
    return f"{count // 12:04d}-{count % 12 + 1:02d}"


def _before(today: date, days: int) -> date:
    try:
        return today - timedelta(days=days)
    except OverflowError:
        raise InvalidValue("This would leave the calendar.", _EXAMPLES) from None


def _relative(match: re.Match[str], today: date) -> Typed:
    days = {"today": 0, "yesterday": 1, "day before yesterday": 2, "tomorrow": -1, "last night": 1}
    return _on(_before(today, days.get(match[1].removeprefix("the "), 0)))


def _named_weekday(match: re.Match[str], today: date) -> Typed:
    wanted, monday = _weekday(match[2]), _before(today, today.weekday())
    if match[3]:
        return _on(_before(monday, 7) + timedelta(days=wanted))
    which, ago = match[1], (today.weekday() - wanted) % 7
    if which == "this":
        return _on(monday + timedelta(days=wanted))
    if which == "next":
        return _on(today + timedelta(days=7 - ago))
    if which == "last":
        day = _before(today, ago or 7)
        other = "" if day < monday else f"The week before, it was {day_words(_before(day, 7))}."
        return _on(day, other)
    return _on(_before(today, ago), "" if ago else "Read as today; type “last” before it for a week ago.")


def _ago(match: re.Match[str], today: date) -> Typed:
    count = 1 if match[1] in {"a", "an"} else _count(match[1])
    unit = match[2]
    if unit == "day":
        return _on(_before(today, count))
    if unit in {"week", "fortnight"}:
        day = _before(today, count * (7 if unit == "week" else 14))
        return _on(day, f"If the day is not certain, type about {month_words(day)}.")
    if unit == "month":
        return Typed(when=When({"about": _months_before(today, count)}))
    return Typed(when=When({"about": _months_before(today, count * 12)[:4]}))


def _count(text: str) -> int:
    return _NUMBERS.index(text) + 1 if text in _NUMBERS else int(text)


def _week(match: re.Match[str], today: date) -> Typed:
    monday = _before(today, today.weekday())
    first = monday if match[1] == "this" else _before(monday, 7)
    return _range(_on(first), _on(today if match[1] == "this" else first + timedelta(days=6)))


def _this_or_last(match: re.Match[str], today: date) -> Typed:
    ago = 0 if match[1] == "this" else 1
    if match[2] == "month":
        return Typed(when=When({"month": _months_before(today, ago)}))
    return Typed(when=When({"about": _months_before(today, 12 * ago)[:4]}))


def _year_month_day(match: re.Match[str], _today: date) -> Typed:
    return _on(_day(int(match[1]), int(match[2]), int(match[3])))


def _day_month_year(match: re.Match[str], today: date) -> Typed:
    return _on(_day(_year(match[3], today), int(match[2]), int(match[1])))


def _day_month(match: re.Match[str], today: date) -> Typed:
    return _latest(int(match[1]), int(match[2]), today)


def _worded(match: re.Match[str], today: date) -> Typed:
    weekday, day, month, year = match[1], int(match[2]), _month(match[3]), match[4]
    typed = _on(_day(_year(year, today), month, day)) if year else _latest(day, month, today)
    return _checked(typed, weekday)


def _month_first(match: re.Match[str], today: date) -> Typed:
    weekday, month, day, ending, year = match[1], _month(match[2]), match[3], match[4], match[5]
    if year:
        return _checked(_on(_day(int(year), month, int(day))), weekday)
    if len(day) == 2 and not ending and not weekday:
        name, guess = MONTHS[month - 1], _year(day, today)
        raise InvalidValue(
            f"This could be {int(day)} {name}, or {name} {guess}.", f"Type “{int(day)} {name}” or “{name} {guess}”."
        )
    return _checked(_latest(int(day), month, today), weekday)


def _checked(typed: Typed, weekday: str | None) -> Typed:
    day = typed.when.last
    if weekday and day and day.weekday() != _weekday(weekday):
        name = _WEEKDAYS[day.weekday()].capitalize()
        raise InvalidValue(f"{day_words(day)} is a {name}.", "Check the day of the week and the date.")
    return typed


def _latest(day: int, month: int, today: date) -> Typed:
    """Return the latest such day that is not ahead; 29 February may be years back."""
    if 1 <= month <= 12 and 1 <= day <= 31:
        for year in range(today.year, max(today.year - 9, 0), -1):
            try:
                found = date(year, month, day)
            except ValueError:
                continue
            if found <= today:
                return _on(found, f"No year is given: read as {found.year:04d}.")
    raise InvalidValue("There is no such day.", "Check the day and the month, and add the year.")


def _month_year(match: re.Match[str], _today: date) -> Typed:
    return _month_of(int(match[2]), _month(match[1]))


def _month_number(match: re.Match[str], _today: date) -> Typed:
    return _month_of(int(match[2]), int(match[1]))


def _year_month(match: re.Match[str], _today: date) -> Typed:
    return _month_of(int(match[1]), int(match[2]))


def _month_alone(match: re.Match[str], today: date) -> Typed:
    month = _month(match[1])
    year = today.year if month <= today.month else today.year - 1
    return _month_of(year, month, f"No year is given: read as {year:04d}.")


def _whole_year(match: re.Match[str], _today: date) -> Typed:
    _day(int(match[1]), 1, 1)
    return Typed(when=When({"about": match[1]}), said=f"Kept as about {match[1]}: the day and month are not known.")


_MONTH: Final = "(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|" + "|".join(MONTHS).lower() + ")"
_WEEKDAY: Final = "(mon|tues?|weds?|thu|thurs?|fri|sat|sun|" + "|".join(_WEEKDAYS) + ")"

#: What one day, month or year may look like; the first that fits is it.
_FORMS: Final[Sequence[tuple[re.Pattern[str], Callable[[re.Match[str], date], Typed]]]] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (r"(today|now|yesterday|tomorrow|last night|(?:the )?day before yesterday)", _relative),
        (r"(this morning|this afternoon|this evening|tonight)", _relative),
        (rf"(?:on )?(?:(last|this|next) )?{_WEEKDAY}\.?( last week)?", _named_weekday),
        (rf"(a|an|\d{{1,4}}|{'|'.join(_NUMBERS)}) (day|week|fortnight|month|year)s? ago", _ago),
        (r"(this|last) week", _week),
        (r"(this|last) (month|year)", _this_or_last),
        (r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", _year_month_day),
        (r"(\d{1,2})\s?[-/. ]\s?(\d{1,2})\s?[-/. ]\s?(\d{4}|\d{2})", _day_month_year),
        (r"(\d{2})(\d{2})(\d{4})", _day_month_year),
        (r"(\d{1,2})[/.](\d{1,2})", _day_month),
        (
            rf"(?:{_WEEKDAY}\.?,? )?(\d{{1,2}})(?:st|nd|rd|th)?[ ./-]?(?:of )?{_MONTH}\.?,?[ ./-]?(\d{{4}}|\d{{2}})?",
            _worded,
        ),
        (rf"(?:{_WEEKDAY}\.?,? )?{_MONTH}\.? (\d{{1,2}})(st|nd|rd|th)?(?:,? (\d{{4}}))?", _month_first),
        (rf"{_MONTH}\.?,? (\d{{4}})", _month_year),
        (r"(\d{1,2})[/.-](\d{4})", _month_number),
        (r"(\d{4})-(\d{2})", _year_month),
        (rf"(?:last )?{_MONTH}", _month_alone),
        (r"(?:(?:early|mid|late|spring|summer|autumn|winter)[ -](?:of )?)?(\d{4})", _whole_year),
    )
)
