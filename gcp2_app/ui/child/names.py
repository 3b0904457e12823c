"""How children and the people around them are named on the child's page."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from gcp2_app.ui import words

if TYPE_CHECKING:
    from gcp2_app.domain.kinds import Item
    from gcp2_app.domain.register import Child
    from gcp2_app.ui.child.shown import Shown


def tr(text: str, count: int = -1) -> str:
    """Translate a text of this module; ``one|many`` is chosen by the count, which replaces ``%n``."""
    if count < 0:
        return QCoreApplication.translate("child", text)
    one, _, many = text.partition("|")
    return QCoreApplication.translate("child", one if count == 1 else many or one).replace("%n", str(count))


def child_name(child: "Child") -> str:
    """Return a child's name; an unborn child's is made from the family name."""
    if child.given_names or child.date_of_birth or not child.expected_date:
        return child.name or tr("Name not known")
    return tr("Unborn child, {family}").format(family=child.family_name) if child.family_name else tr("Unborn child")


def child_age(child: "Child", today: date) -> str:
    """Return a child's age with the day it rests on."""
    if child.date_of_birth is not None:
        return tr("{age}, born {day}").format(
            age=words.age(child.date_of_birth, today), day=words.day(child.date_of_birth)
        )
    return words.age(child.expected_date, today, expected=True)


def professional_name(shown: "Shown", id_: str | None) -> str:
    """Return the name of a professional of the file."""
    if id_ is None:
        return ""
    found = shown.file.professionals.get(id_)
    return found.name or found.role if found is not None else tr("Someone not in this record")


def person_name(shown: "Shown", id_: str) -> str:
    """Return the name of an adult of the file."""
    found = shown.file.people.get(id_)
    return found.name if found is not None else tr("Someone not in this record")


def days_ago(days: int) -> str:
    """Return how long ago something was, in days."""
    return tr("today") if days == 0 else tr("%n day ago|%n days ago", days)


def period(first: date | None, last: date | None) -> str:
    """Return a period as far as its ends are known."""
    if first and last:
        return tr("{first} to {last}").format(first=words.day(first), last=words.day(last))
    if first:
        return tr("since {day}").format(day=words.day(first))
    if last:
        return tr("until {day}").format(day=words.day(last))
    return ""


def option_label(item: "Item", code: str) -> str:
    """Return what people read for a chosen code; other words stay as they are."""
    return next((option.label for option in item.options if option.code == code), code.replace("_", " "))
