"""Dates as people type them: ``4/3/2019``, ``4 March 2019``, ``4 Mar 19``, ``2019-03-04``, ``today``.

Day before month, as written in Britain. Knows no widget; today comes in.
"""

import re
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QCoreApplication, QLocale

from gcp2_app.errors import InvalidValue

_ISO: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NUMBERS: Final = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})")
_RUN_TOGETHER: Final = re.compile(r"(\d{2})(\d{2})(\d{4})")
_WORDS: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s.\-/]*(?:of\s+)?([^\W\d_]+)\.?[\s,.\-/]*(\d{4}|\d{2})")


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("days", text)


def read_day(text: str, today: date) -> date | None:
    """Read a day as typed.

    Args:
        text: what was typed; empty means not known.
        today: decides the century of a two-digit year: the latest one that is at most one year ahead.

    Raises:
        InvalidValue: it is no day of the calendar, or cannot be read.
    """
    typed = " ".join(text.split()).casefold()
    if not typed:
        return None
    if typed in {tr("today").casefold(), "today"}:
        return today
    if typed in {tr("yesterday").casefold(), "yesterday"}:
        return today - timedelta(days=1)
    if match := _ISO.fullmatch(typed):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMBERS.fullmatch(typed) or _RUN_TOGETHER.fullmatch(typed):
        return _day(_year(match[3], today), int(match[2]), int(match[1]))
    if (match := _WORDS.fullmatch(typed)) and (month := _month(match[2])):
        return _day(_year(match[3], today), month, int(match[1]))
    raise InvalidValue(tr("This is not a date."), tr("Type the day, month and year, such as 4 March 2019 or 4/3/2019."))


def _year(digits: str, today: date) -> int:
    if len(digits) == 4:
        return int(digits)
    year = today.year - today.year % 100 + int(digits)
    return year - 100 if year > today.year + 1 else year


def _month(word: str) -> int | None:
    """Return the month a word names or begins, in the locale's language or in English; three letters are enough."""
    for locale in (QLocale(), QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)):
        for month in range(1, 13):
            name = locale.monthName(month).casefold()
            if word == name or (len(word) >= 3 and name.startswith(word)) or (word == "sept" and month == 9):
                return month
    return None


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise InvalidValue(
            tr("There is no such day."), tr("Check the day and the month; the day comes first, such as 31/3/2019.")
        ) from None
