"""Checks that look at several fields of a register form at once. Each returns sentences by the items' names.

What may be kept is decided by the services; these say the same beside the field, before anything is sent.
"""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from PySide6.QtCore import QCoreApplication

from gcp2_app.domain.numbers import nhs_number_holds
from gcp2_app.domain.plausible import MOST_ADULT_YEARS, MOST_CHILD_YEARS, expected_too_far, older_than
from gcp2_app.domain.when import parse_date

_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("checks", text)


def born_by(values: Mapping[str, Any], today: date) -> Mapping[str, str]:
    """Find an adult's date of birth that cannot be right: in the future, or longer ago than anyone lives."""
    born = values.get("date_of_birth")
    if born and parse_date(born) > today:
        return {"date_of_birth": tr("This date of birth is in the future. Check the year.")}
    if born and older_than(MOST_ADULT_YEARS, parse_date(born), today):
        return {"date_of_birth": _too_long_ago(MOST_ADULT_YEARS)}
    return {}


def _too_long_ago(years: int) -> str:
    return tr("This date of birth is more than {years} years ago. Check the year.").format(years=years)


def child_born(
    values: Mapping[str, Any], today: date, *, unborn: bool, held: Mapping[str, Any] = _NOTHING
) -> Mapping[str, str]:
    """Find what is wrong with a child's name, date of birth, expected date or NHS number.

    Args:
        held: what the record holds already. What came with it and cannot be right is not refused again, so that the
            rest of the record can still be changed.
    """
    found: dict[str, str] = {}
    if unborn:
        found |= _expected(values, today, held)
    else:
        if not values.get("given_names") and not values.get("family_name"):
            found["given_names"] = tr("Give at least one name.")
        found |= _born(values, today, held)
    number = tidy_number(values.get("nhs_number"))
    if number != tidy_number(held.get("nhs_number")):
        found |= _nhs_number(number)
    return found


def _born(values: Mapping[str, Any], today: date, held: Mapping[str, Any]) -> Mapping[str, str]:
    born = values.get("date_of_birth")
    if not born:
        return {}
    if parse_date(born) > today:
        told = tr("This date of birth is in the future. If the child is not born yet, answer “Not yet” above.")
        return {"date_of_birth": told}
    if born != held.get("date_of_birth") and older_than(MOST_CHILD_YEARS, parse_date(born), today):
        return {"date_of_birth": _too_long_ago(MOST_CHILD_YEARS)}
    return {}


def _expected(values: Mapping[str, Any], today: date, held: Mapping[str, Any]) -> Mapping[str, str]:
    expected = values.get("expected_date")
    if not expected:
        return {"expected_date": tr("Give the expected date. An estimate will do.")}
    if expected != held.get("expected_date") and expected_too_far(parse_date(expected), today):
        if parse_date(expected) > today:
            return {"expected_date": tr("This expected date is more than 10 months ahead. Check the year.")}
        return {"expected_date": tr("This expected date is more than 10 months ago. Check the year.")}
    return {}


def no_end_before_start(values: Mapping[str, Any]) -> Mapping[str, str]:
    """Find a period that ends before it begins."""
    first, last = values.get("from"), values.get("to")
    if first and last and parse_date(last) < parse_date(first):
        return {"to": tr("This is before the first day. Check both dates.")}
    return {}


def two_texts(values: Mapping[str, Any], first: str, second: str) -> Mapping[str, str]:
    """Find neither of two texts given, where one of them is needed."""
    if not values.get(first) and not values.get(second):
        return {first: tr("Give the name, or at least the role.")}
    return {}


def nhs_number(values: Mapping[str, Any], held: Mapping[str, Any]) -> Mapping[str, str]:
    """Find an NHS number that cannot be right and came with the record: a wrong number on a letter is a fact too.

    Args:
        held: what the record holds already.
    """
    number = tidy_number(values.get("nhs_number"))
    if number == tidy_number(held.get("nhs_number")) and _nhs_number(number):
        return {"nhs_number": tr("This NHS number cannot be right. It came with the record and can be kept.")}
    return {}


def _nhs_number(number: str) -> Mapping[str, str]:
    if not number or nhs_number_holds(number):
        return {}
    if len(number) != 10 or not number.isdecimal():
        return {"nhs_number": tr("An NHS number has ten digits. Check it, or leave it empty.")}
    return {"nhs_number": tr("A digit of this NHS number is wrong. Check it, or leave it empty.")}


def tidy_number(number: str | None) -> str:
    """Return a number without the spaces and dashes it was typed with."""
    return "".join(mark for mark in number or "" if mark not in " -\u00a0")
