"""Checks that look at several fields of a register form at once. Each returns sentences by the items' names.

What may be kept is decided by the services; these say the same beside the field, before anything is sent.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication

from gcp2_app.domain.numbers import nhs_number_holds
from gcp2_app.domain.when import parse_date


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("checks", text)


def born_by(values: Mapping[str, Any], today: date) -> Mapping[str, str]:
    """Find a date of birth in the future."""
    born = values.get("date_of_birth")
    if born and parse_date(born) > today:
        return {"date_of_birth": tr("This date of birth is in the future. Check the year.")}
    return {}


def child_born(values: Mapping[str, Any], today: date, *, unborn: bool) -> Mapping[str, str]:
    """Find what is wrong with a child's name, date of birth or expected date."""
    born, expected = values.get("date_of_birth"), values.get("expected_date")
    if unborn:
        return {} if expected else {"expected_date": tr("Give the expected date. An estimate will do.")}
    found = {}
    if not values.get("given_names") and not values.get("family_name"):
        found["given_names"] = tr("Give at least one name.")
    if born and parse_date(born) > today:
        found["date_of_birth"] = tr(
            "This date of birth is in the future. If the child is not born yet, answer “Not yet” above."
        )
    return found


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


def nhs_number(values: Mapping[str, Any]) -> Mapping[str, str]:
    """Find an NHS number that cannot be right. It is kept as given: a wrong number on a letter is a fact too."""
    number = tidy_number(values.get("nhs_number"))
    if not number or nhs_number_holds(number):
        return {}
    if len(number) != 10 or not number.isdecimal():
        return {"nhs_number": tr("An NHS number has ten digits. Check it; it can be kept as it is.")}
    return {"nhs_number": tr("A digit of this NHS number is wrong. Check it; it can be kept as it is.")}


def tidy_number(number: str | None) -> str:
    """Return a number without the spaces and dashes it was typed with."""
    return "".join(mark for mark in number or "" if mark not in " -\u00a0")
