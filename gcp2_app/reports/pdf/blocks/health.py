"""Health, development and school: what was measured now and before, what the child was brought to, and attendance.

Everything as it was recorded: nothing is calculated, and no dose is told.

Source: experience.md, Reports ("needs now and before"); casework.md, LP12.
"""

from dataclasses import dataclass

from gcp2_app.reports.pdf.document import Cell, Document

HEADING = "Health, development and school"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureLine:
    """One thing that was measured: what, the latest value with its day, and the first one; empty where there is one."""

    what: str
    now: str
    before: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLine:
    """Appointments with one service: how often the child was brought, and how often not, in words; and the latest."""

    service: str
    kept: str = ""
    missed: str = ""
    latest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceLine:
    """Attendance as one entry has it: days, sessions, and what the school says of them."""

    days: str
    sessions: str
    more: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthPart:
    """What is recorded of health, development and school.

    Attributes:
        facts: terms and words: school, GP, healthcare plan, medicines by name.
        attendance: the earliest first; ``earlier`` says how many more there are.
    """

    facts: tuple[tuple[str, str], ...] = ()
    measures: tuple[MeasureLine, ...] = ()
    services: tuple[ServiceLine, ...] = ()
    attendance: tuple[AttendanceLine, ...] = ()
    earlier: str = ""


def write_health(document: Document, part: HealthPart, *, heading: str = HEADING) -> None:
    """Write it; what nobody recorded says so."""
    document.heading(2, heading)
    document.facts(part.facts)
    document.heading(3, "How the child is doing, as measured by others")
    if part.measures:
        document.table(
            ["What was measured", "The latest", "The first recorded here"],
            [[one.what, one.now, one.before or "None to compare with"] for one in part.measures],
            [30, 42, 42],
        )
    else:
        document.paragraph("No measure is recorded here. Ask before relying on this.")
    document.heading(3, "Appointments")
    if part.services:
        write_services(document, part.services)
    else:
        document.paragraph("No appointment is recorded here. Ask before relying on this.")
    if part.attendance:
        document.heading(3, "School or nursery attendance")
        document.table(
            ["Days", "Sessions", "What the school says"],
            [[one.days, one.sessions, Cell(text=one.more)] for one in part.attendance],
            [40, 30, 40],
        )
        document.paragraph(part.earlier, style="quiet")


def write_services(document: Document, lines: tuple[ServiceLine, ...]) -> None:
    """Write appointments, a row for each service."""
    document.table(
        ["Service", "Brought", "Not brought, cancelled or not known", "The latest"],
        [
            [one.service, one.kept or "None recorded", Cell(text=one.missed or "None"), Cell(text=one.latest)]
            for one in lines
        ],
        [28, 20, 38, 28],
    )
