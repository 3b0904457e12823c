"""Appointments by service, attendance, healthcare plan and measures: as recorded, nothing calculated."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QFrame

from gcp2_app.domain.healthcare.panel import Plan, Service
from gcp2_app.domain.rules.record import Fact
from gcp2_app.domain.rules.sessions import Span
from gcp2_app.domain.typed_dates import when_words
from gcp2_app.ui import words
from gcp2_app.ui.child.part_card import Action, Line, part_card
from gcp2_app.ui.health.asks import Asks
from gcp2_app.ui.plans.words import label, tr

_SHOWN = 8


def appointments_card(services: tuple[Service, ...], asks: Asks) -> QFrame:
    """Return the panel of appointments kept and not kept, service by service."""
    lines = [_service(service, asks) for service in services]
    none = tr("No appointment is recorded.")
    return part_card(tr("Brought to appointments"), lines, _adds(asks, "appointment", tr("Add an appointment…")), none)


def _service(service: Service, asks: Asks) -> Line:
    counts = ", ".join(
        f"{label('appointment', status, 'status').lower()}: {count}" for status, count in service.counts.items()
    )
    details = [counts[:1].upper() + counts[1:]]
    if service.latest is not None and service.latest.on is not None:
        status = label("appointment", service.latest.data.get("status"), "status").lower()
        details.append(tr("Latest: {day}, {what}").format(day=words.day(service.latest.on), what=status))
    name = service.name or tr("Service not known")
    latest = service.latest or service.facts[0]
    open_ = Action(
        f"open-{latest.id}", tr("Open"), partial(_open, asks, latest.id), tr("Open: {name}").format(name=name)
    )
    return Line(text=name, details=tuple(details), actions=(open_,))


def attendance_card(spans: tuple[Span, ...], asks: Asks, read_file: Callable[[], object] | None) -> QFrame:
    """Return the panel of school attendance.

    Args:
        spans: the latest first.
        asks: what the panel can ask for.
        read_file: takes attendance from a file; None for a user who may not.
    """
    actions = _adds(asks, "attendance", tr("Add a half term…"))
    if read_file is not None:
        actions.append(Action("read-attendance", tr("From a CSV file…"), partial(_run, read_file)))
    lines = [_span(span, asks) for span in spans[:_SHOWN]]
    return part_card(tr("School attendance"), lines, actions, tr("No attendance is recorded."))


def _span(span: Span, asks: Asks) -> Line:
    data = span.fact.data
    sessions = tr("{attended} of {possible} sessions").format(attended=span.attended, possible=span.possible)
    unauthorised = data.get("unauthorised")
    codes = ", ".join(f"{code}: {count}" for code, count in (data.get("codes") or {}).items())
    details = [
        sessions,
        tr("Unauthorised: {count}").format(count=unauthorised) if isinstance(unauthorised, int) else "",
        tr("By code: {codes}").format(codes=codes) if codes else "",
        label("attendance", data.get("situation"), "situation"),
    ]
    title = tr("{first} to {last}").format(first=words.day(span.from_), last=words.day(span.to))
    open_ = Action(f"open-{span.fact.id}", tr("Open"), partial(_open, asks, span.fact.id), f"{tr('Open')}: {title}")
    return Line(text=title, details=tuple(details), actions=(open_,))


def plan_card(plan: Plan, asks: Asks) -> QFrame:
    """Return the panel of the individual healthcare plan."""
    lines = []
    if plan.fact is not None and plan.reviewed_on is not None:
        open_ = Action(f"open-{plan.fact.id}", tr("Open"), partial(_open, asks, plan.fact.id), tr("Open the plan"))
        text = tr("Last reviewed {day}").format(day=words.day(plan.reviewed_on))
        lines.append(Line(text=text, details=(plan.alert,), actions=(open_,)))
    elif plan.alert:
        lines.append(Line(text=tr("None recorded"), details=(plan.alert,)))
    none = tr("None is recorded, and no long-term condition is.")
    return part_card(tr("Healthcare plan"), lines, _adds(asks, "health_plan", tr("Record a review…")), none)


def measures_card(measures: tuple[Fact, ...], asks: Asks) -> QFrame:
    """Return the panel of measures, each as it was recorded."""
    lines = [_measure(fact, asks) for fact in measures[:_SHOWN]]
    none = tr("No measure is recorded.")
    return part_card(tr("Measures, as recorded"), lines, _adds(asks, "measure", tr("Add a measure…")), none)


def _measure(fact: Fact, asks: Asks) -> Line:
    what = label("measure", fact.data.get("measure"), "measure")
    when = fact.entry.when
    by = str(fact.data.get("by") or "")
    details = " · ".join(filter(None, (when_words(when) if when is not None else tr("date not known"), by)))
    text = f"{what}: {fact.data.get('value_as_recorded', '')}"
    open_ = Action(f"open-{fact.id}", tr("Open"), partial(_open, asks, fact.id), f"{tr('Open')}: {what}")
    return Line(text=text, details=(details,), actions=(open_,))


def _adds(asks: Asks, kind: str, text: str) -> list[Action]:
    return [] if asks.add is None else [Action(f"add-{kind}", text, partial(_add, asks, kind))]


def _add(asks: Asks, kind: str, _checked: object = None) -> None:
    assert asks.add is not None  # noqa: S101 - its button is there only where it is
    asks.add(kind, {}, {})


def _run(run: Callable[[], object], _checked: object = None) -> None:
    run()


def _open(asks: Asks, id_: str, _checked: object = None) -> None:
    asks.open(id_)
