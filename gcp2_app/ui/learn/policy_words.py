"""Fields of a policy in words. A field that is not named here reads as its own name, so that a new one is shown too."""

from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any

from PySide6.QtCore import QCoreApplication

from gcp2_app.domain.policy import Origin, PolicyStatus
from gcp2_app.domain.policy_parts import Check, Line
from gcp2_app.ui import words


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("policy", text)


def _known() -> Mapping[str, str]:
    return {
        "danger": tr("Child in danger"),
        "lock": tr("Locking"),
        "backup": tr("Backups"),
        "unlock_hours": tr("Hours after which an unlock makes a backup"),
        "every_minutes": tr("Minutes between backups while the store changes"),
        "hourly": tr("Hours of which a backup is kept"),
        "daily": tr("Days of which a backup is kept"),
        "weekly": tr("Weeks of which a backup is kept"),
        "monthly": tr("Months of which a backup is kept"),
        "kept_days": tr("Days for which a backup made by hand, or before an update or a restore, is kept"),
        "copy_working_days": tr("Working days without a copy off this computer until people are warned"),
        "sharing": tr("Showing a family what was found"),
        "reports": tr("Our reports to conferences"),
        "chair_before_conference_working_days": tr("Working days with the chair before an initial conference"),
        "chair_before_review_working_days": tr("Working days with the chair before a review conference"),
        "calendar": tr("Working days"),
        "country": tr("Bank holidays of (country)"),
        "subdivision": tr("Bank holidays of (part of the country)"),
        "closed": tr("Closed besides"),
        "subareas": tr("Sub-areas"),
        "question": tr("The question asked first"),
        "act": tr("If the answer is yes"),
        "if_told": tr("If a child tells you something"),
        "do_not_tell": tr("Where the carer is not told first"),
        "signs": tr("Sign"),
        "numbers": tr("Number to ring"),
        "do_not_tell_first": tr("the carer is not told first"),
        "idle_minutes": tr("Minutes unused until the store locks"),
        "idle_minutes_most": tr("The most minutes a user may choose"),
        "neutral_after_minutes": tr("Minutes away until a page without names comes first"),
        "cover_minutes_most": tr("Minutes the cover of a visit opens with its PIN"),
        "cover_tries": tr("Wrong PINs until the store locks"),
        "young_person_from_years": tr("Years of age from which a child is offered a copy of their own"),
    }


def name_of(field: str) -> str:
    """Return a field's name in words. Names of rules, which have a full stop in them, stay as they are."""
    known = _known().get(field)
    if known is not None:
        return known
    return field if "." in field else field.replace("_", " ").strip().capitalize()


def title_of(path: tuple[str, ...]) -> str:
    """Return what a part of the policy is called."""
    return " · ".join(name_of(name) for name in path)


def label_of(line: Line) -> str:
    """Return what stands before a line's values: numbered things only by what they are."""
    return " · ".join(name_of(name) for i, name in enumerate(line.path) if i == 0 or not name.isdecimal())


def number_words(line: Line) -> str:
    """Return the numbers of a rule in one go; that they are its numbers need not be said."""
    path = line.path[1:] if line.path[0] == "numbers" else line.path
    named = " ".join(name_of(name) for name in path)
    return f"{named}: {values_of(line)}" if named else values_of(line)


def values_of(line: Line) -> str:
    """Return a line's values in words: texts as they stand, numbers with the name of their field."""
    shown = []
    for name, value in line.values:
        if value is False and name:
            continue
        if value is True and name:
            shown.append(name_of(name))
        elif isinstance(value, str) or not name or name.isdecimal():
            shown.append(_plain(value))
        else:
            shown.append(f"{name_of(name)}: {_plain(value)}")
    return " · ".join(shown)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    if isinstance(value, date):
        return words.day(value)
    if isinstance(value, Enum):
        return name_of(str(value.value))
    return str(value)


def check_words(origin: Origin, check: Check) -> str:
    """Return how sure a part of the policy is, and what to do about it."""
    checked = words.day_or_month(origin.checked_on)
    if check is Check.VERIFIED:
        return tr("Verified (last checked: {when}).").format(when=checked)
    if check is Check.CHECK_NOW:
        return tr("Check now: it was verified too long ago (last checked: {when}).").format(when=checked)
    if origin.status is PolicyStatus.LOCAL_ANALOGUE:
        return tr("Confirm with your partnership: this is taken from a like area (last looked at: {when}).").format(
            when=checked
        )
    return tr("Confirm with your partnership: this is a default (last looked at: {when}).").format(when=checked)
