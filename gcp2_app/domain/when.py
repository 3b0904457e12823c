"""When something happened, as exactly as it is known.

Knows the shapes of the case-file format (a date, an instant, a range, a month, "about", unknown); reads no clock.
"""

import calendar
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, Self
from zoneinfo import ZoneInfo

from typing_extensions import override

from gcp2_app.errors import InvalidValue

LONDON: Final = ZoneInfo("Europe/London")
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
#: Python also reads week dates and basic forms; the case file has neither.
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(?P<zone>Z|[+-]\d{2}:\d{2})?", re.ASCII)


def _month_days(text: str) -> tuple[date, date] | None:
    match = _MONTH.fullmatch(text)
    if match is None or not 1 <= int(match[2]) <= 12 or int(match[1]) < 1:
        return None
    year, month = int(match[1]), int(match[2])
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def parse_date(text: str) -> date:
    """Read an ISO day.

    Raises:
        InvalidValue: not ``YYYY-MM-DD`` or not a day of the calendar.
    """
    # Of the forms Python reads, only this one has ten characters and these two dashes; a record holds thousands.
    if len(text) == 10 and text[4] == text[7] == "-" and text.isascii():
        try:
            return date.fromisoformat(text)
        except ValueError:  # a day the calendar does not have: refused below, in the same words
            pass
    raise InvalidValue(f"“{text[:40]}” is not a date.", "Write it as 2026-03-14.")


class When:
    """When something happened: an instant, a day, a range, a month, approximately, or unknown.

    Immutable. ``raw`` is the shape of the case-file format and is kept exactly, so that what came in goes out.

    Attributes:
        raw: ``"2026-03-14"``, an aware instant as text, or an object with ``from``/``to``, ``month``, ``about`` or
            ``unknown``.
        first: first day it can have been (Europe/London), None where unknown.
        last: last day it can have been, None where unknown. A range or month counts on its last day.
        certain: False for approximate and unknown dates, which rules count as "possibly".
    """

    __slots__ = ("certain", "first", "last", "raw")

    raw: str | dict[str, str]
    first: date | None
    last: date | None
    certain: bool

    def __init__(self, raw: str | dict[str, str]) -> None:
        first, last, certain = _read(raw)
        object.__setattr__(self, "raw", dict(raw) if isinstance(raw, dict) else raw)
        object.__setattr__(self, "first", first)
        object.__setattr__(self, "last", last)
        object.__setattr__(self, "certain", certain)

    @classmethod
    def on(cls, day: date) -> Self:
        """Return a whole day."""
        return cls(day.isoformat())

    @override
    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a When does not change")

    @override
    def __eq__(self, other: object) -> bool:
        return isinstance(other, When) and self.raw == other.raw

    @override
    def __hash__(self) -> int:
        # Equal objects may hold their keys in another order.
        return hash(self.raw if isinstance(self.raw, str) else frozenset(self.raw.items()))

    @override
    def __repr__(self) -> str:
        return f"When({self.raw!r})"

    @property
    def sort_key(self) -> str:
        """Text that sorts in time; unknown first. For a range, its last day."""
        if isinstance(self.raw, str) and len(self.raw) > 10:
            return datetime.fromisoformat(self.raw).astimezone(UTC).isoformat()
        return "" if self.last is None else self.last.isoformat()

    def moved(self, by: timedelta) -> "When":
        """Return the same, moved by whole days; month and year shapes keep their shape.

        Raises:
            InvalidValue: it would leave the calendar.
        """
        try:
            return self._moved(by)
        except OverflowError:
            raise InvalidValue("The date would leave the calendar.", "Move it by less.") from None

    def _moved(self, by: timedelta) -> "When":
        if isinstance(self.raw, str):
            if len(self.raw) > 10:
                return When((datetime.fromisoformat(self.raw) + by).isoformat())
            return When((parse_date(self.raw) + by).isoformat())
        if "from" in self.raw:
            return When({key: (parse_date(day) + by).isoformat() for key, day in self.raw.items()})
        if self.first is None or self.last is None:
            return self
        # From the middle, so that a month or year becomes the one that most of it falls in.
        middle = self.first + (self.last - self.first) // 2 + by
        key, text = next(iter(self.raw.items()))
        return When({key: f"{middle.year:04d}" if _YEAR.fullmatch(text) else f"{middle.year:04d}-{middle.month:02d}"})


def _read(raw: Any) -> tuple[date | None, date | None, bool]:
    if isinstance(raw, str):
        return _read_text(raw)
    if isinstance(raw, dict) and raw and set(raw) <= {"from", "to"}:
        return _read_range(raw.get("from"), raw.get("to"))
    if isinstance(raw, dict) and all(isinstance(value, str) for value in raw.values()):
        keys = set(raw)
        if keys == {"month"} and (days := _month_days(raw["month"])):
            return *days, True
        if keys == {"about"}:
            if days := _month_days(raw["about"]):
                return *days, False
            if _YEAR.fullmatch(raw["about"]) and int(raw["about"]) > 0:
                year = int(raw["about"])
                return date(year, 1, 1), date(year, 12, 31), False
        if keys == {"unknown"}:
            return None, None, False
    raise InvalidValue(
        "This is not a date the program can read.",
        "Use a date, an instant with its zone, or an object with from and to, month, about, or unknown.",
    )


def _read_range(first: object, last: object) -> tuple[date, date, bool]:
    if not first or not last:
        raise InvalidValue(
            f"This range has no {'end' if first else 'beginning'}.", "Give both days, or the one day that is known."
        )
    from_, to = parse_date(str(first)), parse_date(str(last))
    if from_ > to:
        raise InvalidValue("The range ends before it begins.", "Give the earlier date as “from”.")
    return from_, to, True


def _read_text(text: str) -> tuple[date, date, bool]:
    if len(text) <= 10:
        day = parse_date(text)
        return day, day, True
    match = _INSTANT.fullmatch(text)
    mend = "Write it as 2026-03-14T09:30:00+00:00."
    if match is not None and match["zone"] is None:
        raise InvalidValue(f"“{text}” has no time zone.", mend)
    try:
        if match is None:
            raise ValueError
        instant = datetime.fromisoformat(text)
        # The very first and last instants of the calendar have no day elsewhere.
        day, _ = instant.astimezone(LONDON).date(), instant.astimezone(UTC)
    except (ValueError, OverflowError):
        raise InvalidValue(f"“{text[:40]}” is not a date or an instant.", mend) from None
    return day, day, True


def completed_months(born: date, on: date) -> int:
    """Return a child's age in completed months on a day; negative before birth.

    Someone born on the 31st completes a month on the last day of a shorter month.
    """
    months = (on.year - born.year) * 12 + on.month - born.month
    last_day = calendar.monthrange(on.year, on.month)[1]
    return months - (1 if on.day < min(born.day, last_day) else 0)
