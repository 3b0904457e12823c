"""What the columns of the caseload say: header, sort key, and each cell in words.

Pure functions of a row; knows no table and no store.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from gcp2_app.domain.register import StatusKind
from gcp2_app.ui import words
from gcp2_app.ui.caseload import areas

if TYPE_CHECKING:
    from gcp2_app.storage.caseload import CaseloadRow


class Column(IntEnum):
    """Columns, left to right."""

    NAME = 0
    AGE = 1
    STATUS = 2
    ASSESSED = 3
    GRADES = 4
    OVER_TIME = 5
    ALERTS = 6
    LAST_ENTRY = 7
    DUE = 8


@dataclass(frozen=True, slots=True)
class Said:
    """What a cell says.

    Attributes:
        text: the cell's first line.
        more: a quieter second line, or empty.
        warn: the second line is a warning.
    """

    text: str
    more: str = ""
    warn: bool = False

    @property
    def spoken(self) -> str:
        """Both lines as one."""
        return f"{self.text}, {self.more}" if self.more else self.text


@dataclass(frozen=True, slots=True)
class _Kind:
    header: str
    say: "Callable[[CaseloadRow, date], Said]"
    sort: str = ""
    more: str = ""


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("caseload", text)


def header(column: Column) -> str:
    """Return a column's header."""
    return _kinds()[column].header


def explanation(column: Column) -> str:
    """Return what a column shows, for its tip."""
    return _kinds()[column].more or _kinds()[column].header


def sort_key(column: Column) -> str:
    """Return the key a column is sorted by, or "" where sorting it would rank families."""
    return _kinds()[column].sort


def say(row: "CaseloadRow", column: Column, today: date) -> Said:
    """Return what a cell says; drawn cells (grades, steps) in words."""
    return _kinds()[column].say(row, today)


def name(row: "CaseloadRow") -> str:
    """Return a child's name, family name first, as the caseload is sorted."""
    given = row.given_names or (tr("unborn child") if row.unborn else tr("given name not known"))
    text = f"{row.family_name}, {given}" if row.family_name else given
    return text[:1].upper() + text[1:]


def _name(row: "CaseloadRow", _today: date) -> Said:
    marks = [tr("restricted")] if row.restricted else []
    if row.open_assessment:
        marks.append(tr("assessment under way"))
    return Said(name(row), ", ".join(marks).capitalize())


def _age(row: "CaseloadRow", today: date) -> Said:
    if row.born is None:
        return Said(tr("Not known"))
    if row.unborn:
        return Said(tr("Unborn"), tr("due {day}").format(day=words.short_day(row.born)))
    return Said(words.age(row.born, today))


def _status(row: "CaseloadRow", _today: date) -> Said:
    if not row.statuses:
        return Said(tr("None recorded"))
    first, *others = row.statuses
    category = words.say(first.category) if first.category else ""
    more = [category, *map(words.status, others)]
    return Said(_short_status(first.status), " · ".join(filter(None, more)))


def _short_status(status: StatusKind) -> str:
    return tr("Child protection") if status is StatusKind.CHILD_PROTECTION else words.say(status)


def _assessed(row: "CaseloadRow", today: date) -> Said:
    if row.window is None or row.state is None:
        return Said(tr("Not yet"))
    if row.assessment == row.open_assessment:
        return Said(tr("Not yet"), tr("first one under way"))
    # Finished before the last day of its window: nothing was seen on days that have not come.
    day = words.short_day(min(row.window.to, today))
    return Said(day, tr("recorded elsewhere") if row.recorded_elsewhere else words.say(row.state))


def _alerts(row: "CaseloadRow", _today: date) -> Said:
    counts = row.alerts
    if counts is None:
        return Said("…")
    if not counts.urgent + counts.act + counts.watch:
        return Said(tr("None"))
    soon = [tr("{n} to act on").format(n=counts.act)] if counts.act else []
    soon += [tr("{n} to watch").format(n=counts.watch)] if counts.watch else []
    if counts.urgent:
        return Said(tr("{n} for today").format(n=counts.urgent), ", ".join(soon))
    return Said(soon[0], ", ".join(soon[1:]))


def _last_entry(row: "CaseloadRow", _today: date) -> Said:
    return Said(words.short_day(row.last_entry) if row.last_entry else tr("None"))


def _due(row: "CaseloadRow", today: date) -> Said:
    if row.next_due is None:
        return Said(tr("Nothing set"))
    if row.next_due < today:
        return Said(words.short_day(row.next_due), tr("overdue"), warn=True)
    return Said(words.short_day(row.next_due))


@cache
def _kinds() -> Mapping[Column, _Kind]:
    return {
        Column.NAME: _Kind(tr("Name"), _name, "name"),
        Column.AGE: _Kind(tr("Age"), _age, "age"),
        Column.STATUS: _Kind(tr("Status"), _status, "status"),
        Column.ASSESSED: _Kind(
            tr("Last assessed"),
            _assessed,
            "last_assessment",
            tr("Last day of the latest assessment, and where it stands"),
        ),
        Column.GRADES: _Kind(
            tr("Latest grades"),
            lambda row, _today: Said(areas.spoken(row.areas)),
            "",
            tr("The grade of each area in the latest assessment. A hollow grade is provisional."),
        ),
        Column.OVER_TIME: _Kind(
            tr("Over time"),
            lambda row, _today: Said(areas.spoken_steps(row.spark)),
            "",
            tr("Each area over the latest eight assessments, the latest at the right. Lower: more needs not met."),
        ),
        Column.ALERTS: _Kind(
            tr("Alerts"),
            _alerts,
            "",
            tr("How many alerts there are that are not set aside. Families are never ranked."),
        ),
        Column.LAST_ENTRY: _Kind(
            tr("Last entry"), _last_entry, "last_entry", tr("When the latest thing recorded for the child happened")
        ),
        Column.DUE: _Kind(tr("Next review"), _due, "next_due", tr("When the next review assessment is due")),
    }
