"""Appointments by service, attendance as it was recorded, healthcare plans and measures.

Source: casework.md, row LP12. What was measured is shown as recorded, and never calculated.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gcp2_app.domain.rules.record import Fact
from gcp2_app.domain.rules.sessions import Span, begun
from gcp2_app.domain.rules.view import View

#: What can have become of an appointment, in the order it is counted.
STATUSES = ("brought", "not_brought", "cancelled_by_family", "cancelled_by_service", "rearranged", "unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """The appointments with one service.

    Attributes:
        name: as written last.
        counts: how many of each status there are.
        latest: the latest whose day is certain, or None.
        facts: all of them, the latest first.
    """

    name: str
    counts: Mapping[str, int]
    latest: Fact | None
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An individual healthcare plan, as last reviewed.

    Attributes:
        fact: its entry, or None where none is recorded.
        reviewed_on: the day.
        alert: what the rules say of it, or empty.
    """

    fact: Fact | None
    reviewed_on: date | None
    alert: str


def services(view: View) -> tuple[Service, ...]:
    """Return the services the child has or had appointments with, by name."""
    by_name: dict[str, list[Fact]] = {}
    for fact in view.facts("appointment"):
        by_name.setdefault(str(fact.data.get("service") or "").strip().casefold(), []).append(fact)
    return tuple(_service(by_name[key]) for key in sorted(by_name))


def _service(facts: list[Fact]) -> Service:
    statuses = [str(fact.data.get("status") or "unknown") for fact in facts]
    dated = [fact for fact in facts if fact.on is not None]
    return Service(
        name=str(facts[-1].data.get("service") or "").strip(),
        counts={status: statuses.count(status) for status in STATUSES if status in statuses},
        latest=dated[-1] if dated else None,
        facts=tuple(reversed(facts)),
    )


def attendance(view: View) -> tuple[Span, ...]:
    """Return attendance as recorded, the latest first."""
    return tuple(reversed(begun(view)))


def plan(view: View) -> Plan:
    """Return the healthcare plan that was reviewed last, with what the rules say."""
    found = [(day, fact) for fact in view.facts("health_plan") if (day := view.field(fact, "reviewed_on")) is not None]
    reviewed_on, fact = max(found, key=lambda pair: (pair[0], pair[1].id)) if found else (None, None)
    said = [view.also(name) for name in ("LP12.plan_missing", "LP12.plan_old")]
    return Plan(
        fact=fact, reviewed_on=reviewed_on, alert=" ".join(finding.text for finding in said if finding is not None)
    )


def measures(view: View) -> tuple[Fact, ...]:
    """Return what was measured, the latest first."""
    return tuple(reversed(view.facts("measure")))
