"""Dates as people write them in chronologies, read without guessing in silence.

Day before month. Whatever cannot be read, or hangs on the day it was written ("last Tuesday"), becomes unknown with the
original words as its reason: a row is never dropped for its date. Pure; today comes in.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from gcp2_app.domain.typed_dates import Typed, day_words, month_words, read_when
from gcp2_app.domain.when import When
from gcp2_app.errors import InvalidValue
from gcp2_app.exchange.chronology_import import Cell, cell_text

#: Days that a workbook may have written as a number: 1954 to 2064.
_SERIAL: Final = range(20_000, 60_001)
_SERIAL_START: Final = date(1899, 12, 30)
_WEEK: Final = re.compile(
    r"(?:w/?c|w\.c\.?|wc|w/?b|week (?:commencing|beginning|starting|of)|(?P<end>w/?e|week ending))[\s:]+(?P<day>.+)",
    re.IGNORECASE,
)
_SHORT_YEAR: Final = re.compile(
    r"(?<![\d/.-])(\d{1,2}[/.\-\s](?:\d{1,2}|[a-z]{3,9})[/.\-\s])['’]?(\d{2})(?![\d/.\-:])", re.IGNORECASE
)
_MONTH_SHORT_YEAR: Final = re.compile(
    r"(jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*[\s\-/.]*['’]?(\d{2})", re.IGNORECASE
)
_PART: Final = re.compile(r"(?:early|mid|late|beginning of|start of|end of|middle of)[\s-]+(?:in )?(.+)", re.IGNORECASE)
_MONTH_FIRST: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_CLOSE_RANGE: Final = re.compile(r"(\d{1,4}[/.]\d{1,2}(?:[/.]\d{2,4})?)\s*[-–—]\s*(\d{1,2}[/.]\d{1,2}[/.]\d{2,4})")
_NO_YEAR: Final = "No year is given"
_BLANK: Final = re.compile(r"[\s\-–—.?/]*|n/?a|none|tbc|not known|unknown|undated|no date", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Repaired:
    """A date as it was read.

    Attributes:
        when: unknown where it could not be read, with the original words as the reason.
        written: the words it was read from.
        said: what the person should look at, or empty.
    """

    when: When
    written: str
    said: str = ""


def repair(cell: Cell, time_cell: Cell, *, today: date, before: date | None) -> Repaired:
    """Read the date of a row.

    Args:
        cell: the date as the file has it.
        time_cell: the time of day, or empty.
        today: the day in Europe/London.
        before: the day of the row above, which settles the year where a date has none.
    """
    at = cell_text(time_cell).strip()
    written = " ".join(filter(None, (" ".join(cell_text(cell).split()), at)))
    try:
        typed = _read(cell, today=today, before=before)
    except InvalidValue:
        return _unknown(written)
    if typed.when.first is None:
        return _unknown(written)
    said = typed.said
    if at:
        try:
            typed = _with_time(typed, time_cell, today)
            said = typed.said or said
        except InvalidValue:
            said = " ".join(filter(None, (said, f"The time “{at[:40]}” could not be read and is left out.")))
    if typed.when.first is not None and typed.when.first > today and "future" not in said:
        said = " ".join(filter(None, (said, "This is in the future.")))
    return Repaired(typed.when, written, said)


def _unknown(written: str) -> Repaired:
    if not written or _BLANK.fullmatch(written):
        reason = "no date in the chronology" if not written else f"the chronology says “{written}”"
        return Repaired(When({"unknown": reason}), written, "There is no date here.")
    # Written in somebody else's words: kept, so that a person can settle it later.
    short = written if len(written) <= 200 else f"{written[:199]}…"
    return Repaired(When({"unknown": short}), written, "This date could not be read; its words are kept.")


def _read(cell: Cell, *, today: date, before: date | None) -> Typed:
    if isinstance(cell, datetime):
        if cell.time() == time():
            return Typed(when=When.on(cell.date()))
        return read_when(f"{day_words(cell.date())} {cell:%H:%M}", today)
    if isinstance(cell, date):
        return Typed(when=When.on(cell))
    text = " ".join(cell_text(cell).replace("\xa0", " ").split())
    if isinstance(cell, time) or not text or _BLANK.fullmatch(text):
        raise InvalidValue("There is no date.")
    if text.isascii() and re.fullmatch(r"\d{5}(?:\.\d+)?", text) and int(float(text)) in _SERIAL:
        day = _SERIAL_START + timedelta(days=int(float(text)))
        return Typed(when=When.on(day), said=f"Read from the workbook’s number {text}.")
    return _read_text(text, today=today, before=before)


def _read_text(text: str, *, today: date, before: date | None) -> Typed:
    if match := _WEEK.fullmatch(text):
        return _week(_day_of(_read_text(match["day"], today=today, before=before)), ends=bool(match["end"]))
    for pattern in (r"(.+?)\s*\?+", r"(.+?)\s*[(\[]?(?:approx(?:imately|\.)?|est(?:imated|\.)?)[)\]]?"):
        if match := re.fullmatch(pattern, text, re.IGNORECASE):
            return _about(_read_text(match[1], today=today, before=before))
    if match := _PART.fullmatch(text):
        return _about(_read_text(match[1], today=today, before=before))
    if match := _CLOSE_RANGE.fullmatch(text):
        text = f"{match[1]} to {match[2]}"
    text = _SHORT_YEAR.sub(lambda match: f"{match[1]}{_century(match[2], today)}", text)
    if match := _MONTH_SHORT_YEAR.fullmatch(text):
        year = _century(match[2], today)
        typed = read_when(f"{match[1]} {year}", today)
        return Typed(when=typed.when, said=f"Read as {month_words(_day_of(typed, last=True))}: a month and a year.")
    if (match := _MONTH_FIRST.fullmatch(text)) and int(match[1]) <= 12 < int(match[2]) <= 31:
        typed = read_when(f"{match[2]}/{match[1]}/{match[3]}", today)
        return Typed(when=typed.when, said=f"Read as {day_words(_day_of(typed))}: here the month seems to come first.")
    return _absolute(text, today=today, before=before)


def _absolute(text: str, *, today: date, before: date | None) -> Typed:
    """Read a date that says by itself which day it is; one that says no year takes that of the row above.

    Raises:
        InvalidValue: it hangs on the day on which it was written.
    """
    typed = read_when(text, today)
    if _NO_YEAR in typed.said:
        if before is None:
            raise InvalidValue("No year is given.")
        years = (before.year, before.year + 1, before.year - 1)
        read = [each for year in years if (each := _in_year(text, year, today)) is not None]
        if not read:
            raise InvalidValue("There is no such day.")
        nearest = min(read, key=lambda each: abs((_day_of(each, last=True) - before).days))
        year = _day_of(nearest, last=True).year
        return Typed(when=nearest.when, said=f"No year is given: read as {year}, from the row above.")
    # Read as from another day: what changes with it is "yesterday" or "last week", said on a day nobody knows.
    try:
        other = read_when(text, today - timedelta(days=1003))
    except (InvalidValue, OverflowError):
        other = None
    if other is None or other.when != typed.when:
        raise InvalidValue("Which day this is hangs on when it was written.")
    return typed


def _in_year(text: str, year: int, today: date) -> Typed | None:
    try:
        return read_when(f"{text}/{year}" if re.fullmatch(r"\d{1,2}[/.]\d{1,2}", text) else f"{text} {year}", today)
    except InvalidValue:
        return None


def _week(day: date, *, ends: bool) -> Typed:
    first = day - timedelta(days=6) if ends else day
    return Typed(when=When({"from": first.isoformat(), "to": (first + timedelta(days=6)).isoformat()}))


def _about(typed: Typed) -> Typed:
    first, last = typed.when.first, typed.when.last
    if first is None or last is None or first.year != last.year:
        raise InvalidValue("“About” goes with one month or one year.")
    whole = f"{first:%Y-%m}" if first.month == last.month else f"{first:%Y}"
    said = f"Kept as about {month_words(first) if first.month == last.month else first.year}."
    return Typed(when=When({"about": whole}), said=said)


def _with_time(typed: Typed, cell: Cell, today: date) -> Typed:
    if typed.when.first is None or typed.when.first != typed.when.last or not isinstance(typed.when.raw, str):
        raise InvalidValue("A time of day needs its day.")
    if len(typed.when.raw) > 10:
        return typed
    if isinstance(cell, datetime | time):
        at = f"{cell:%H:%M}"
    elif isinstance(cell, float) and 0 <= cell < 1:
        minutes = round(cell * 1440) % 1440
        at = f"{minutes // 60:02d}:{minutes % 60:02d}"
    else:
        text = cell_text(cell).strip().lower().removesuffix("hrs").removesuffix("hours").strip()
        at = f"{text[:2]}:{text[2:]}" if re.fullmatch(r"\d{4}", text) else text
    read = read_when(f"{day_words(typed.when.first)} {at}", today)
    if not isinstance(read.when.raw, str) or len(read.when.raw) <= 10:
        raise InvalidValue("This is no time of day.")
    return Typed(when=read.when, said=" ".join(filter(None, (typed.said, read.said))))


def _day_of(typed: Typed, *, last: bool = False) -> date:
    first, end = typed.when.first, typed.when.last
    if first is None or end is None or (first != end and not last):
        raise InvalidValue("This is not one day.")
    return end


def _century(digits: str, today: date) -> int:
    """Return a year of two digits: the latest one that is at most one year ahead."""
    year = today.year - today.year % 100 + int(digits)
    return year - 100 if year > today.year + 1 else year
