"""How the rows of a timeline read, for the eye and for a screen reader."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from gcp2_app.domain.entry_fields import THEMES
from gcp2_app.domain.register import Agency
from gcp2_app.domain.typed_dates import when_words
from gcp2_app.domain.when import LONDON
from gcp2_app.ui import words
from gcp2_app.ui.timeline.lanes import OTHERS
from gcp2_app.ui.timeline.rows import MonthRow

if TYPE_CHECKING:
    from gcp2_app.domain.entries import EnteredInError, Entry
    from gcp2_app.domain.kinds import EntryKind
    from gcp2_app.services.stream import Gap


def tr(text: str, count: int = -1) -> str:
    """Translate a text of this module; ``one|many`` is chosen by the count, which replaces ``%n``."""
    if count < 0:
        return QCoreApplication.translate("timeline", text)
    one, _, many = text.partition("|")
    return QCoreApplication.translate("timeline", one if count == 1 else many or one).replace("%n", f"{count}")


def month(day: date | None) -> str:
    """Return the head of a month: "March 2026"."""
    if day is None:
        return tr("Date not known")
    return QLocale().toString(QDate(day.year, day.month, 1), "MMMM yyyy")


def month_row(row: MonthRow) -> str:
    """Return the head of a month with how many entries stand below it."""
    return f"{month_head(row)}  ·  {tr('%n entry|%n entries', row.count)}"


def month_head(row: MonthRow) -> str:
    """Return the head of a month, or what stands in its place."""
    return tr("Entered in error") if row.in_error else month(row.month)


def gap(value: "Gap") -> str:
    """Return a stretch without an entry in words."""
    status = words.say(value.status).lower()
    if value.before is None:
        text = tr("Nothing recorded for {days} days, since {first} ({status})")
        return text.format(days=value.days, first=words.day(value.after), status=status)
    text = tr("Nothing recorded for {days} days, {first} to {last} ({status})")
    return text.format(days=value.days, first=words.day(value.after), last=words.day(value.before), status=status)


def agency(code: str) -> str:
    """Return what an agency is called on its lane."""
    if code == OTHERS:
        return tr("Other agencies")
    return words.say(Agency(code)) if code else tr("Agency not known")


def when(entry: "Entry") -> str:
    """Return when an entry happened; "Not known" where nobody knows."""
    if entry.when is None or entry.when.last is None:
        return tr("Not known")
    said = when_words(entry.when)
    return said[:1].upper() + said[1:]


def title(entry: "Entry", kinds: "Mapping[str, EntryKind]") -> str:
    """Return what an entry is: its kind, and what sort of it where the kind says so first."""
    kind = kinds.get(entry.kind)
    if kind is None:
        return entry.kind.replace("_", " ").capitalize()
    first = kind.items[0] if kind.items else None
    code = entry.data.get(first.name) if first is not None and first.options and not first.repeats else None
    label = next((each.label for each in first.options if each.code == code), "") if first is not None else ""
    return f"{kind.title}: {label}" if label else kind.title


def says(entry: "Entry") -> str:
    """Return what an entry says, in one line."""
    text = entry.what or str(entry.data.get("what") or "") or entry.impact or entry.outcome or entry.child_words
    return " ".join(text.split())


def source(entry: "Entry") -> str:
    """Return who an entry comes from, short."""
    if entry.source is None:
        return ""
    role = entry.source.role or (words.say(entry.source.agency) if entry.source.agency else "")
    return ", ".join(filter(None, (entry.source.name, role)))


def marks(entry: "Entry") -> tuple[str, ...]:
    """Return what nobody may overlook of an entry."""
    return tuple(
        text
        for text, holds in (
            (tr("High"), entry.significance == "high"),
            (tr("Concern"), entry.data.get("concern") is True),
            (tr("Third party"), bool(entry.third_party)),
            (tr("Harm if disclosed"), bool(entry.harm_if_disclosed)),
            (tr("Withheld"), bool(entry.withheld_from)),
            (tr("%n file|%n files", len(entry.attachments)), bool(entry.attachments)),
            (tr("Corrected"), bool(entry.revision_reason)),
        )
        if holds
    )


def themes(entry: "Entry") -> str:
    """Return the themes of an entry."""
    return ", ".join(THEMES[theme] for theme in entry.themes)


def in_error(value: "EnteredInError", by: str) -> str:
    """Return that an entry was entered in error, when and by whom."""
    day = words.day(value.at.astimezone(LONDON).date())
    if not by:
        return tr("Entered in error, {day}").format(day=day)
    return tr("Entered in error, {day}, {by}").format(day=day, by=by)


def spoken(entry: "Entry", kinds: "Mapping[str, EntryKind]") -> str:
    """Return a whole row as it is read out."""
    if entry.entered_in_error is not None:
        return f"{title(entry, kinds)}. {in_error(entry.entered_in_error, '')}"
    parts = (when(entry), title(entry, kinds), source(entry), says(entry), themes(entry), ", ".join(marks(entry)))
    return ". ".join(filter(None, parts))
