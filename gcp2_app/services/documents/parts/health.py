"""Gathers health, development and school, as others recorded them."""

from gcp2_app.domain.assessment import Window
from gcp2_app.domain.healthcare.panel import Service, attendance, measures, plan, services
from gcp2_app.domain.openings import is_unborn
from gcp2_app.domain.rules.record import Fact
from gcp2_app.domain.rules.sessions import Span
from gcp2_app.domain.words import capital, counted, listed, long_date
from gcp2_app.reports.pdf.blocks.health import HEADING, AttendanceLine, HealthPart, MeasureLine, ServiceLine
from gcp2_app.reports.words import long_range
from gcp2_app.services.documents.parts.happened import option_words, when
from gcp2_app.services.documents.reading import Reading

#: So many records of attendance are printed, the latest ones.
_SHOWN = 6
_MISSED = {
    "not_brought": "not brought",
    "cancelled_by_family": "cancelled by the family",
    "cancelled_by_service": "cancelled by the service",
    "rearranged": "rearranged",
    "unknown": "not known yet",
}


def health(reading: Reading) -> HealthPart:
    """Return what is recorded of the child's health, development and school; of each measure the latest and the first.

    Source: casework.md, LP12; of medicines the names alone, because the label and the prescriber say how (LP5).
    """
    view, born = reading.view(HEADING), not is_unborn(reading.child)
    by_kind: dict[str, list[Fact]] = {}
    for fact in measures(view):
        by_kind.setdefault(str(fact.data.get("measure")), []).append(fact)
    spans = attendance(view)
    earlier = len(spans) - _SHOWN
    reviewed = plan(view).reviewed_on
    medicines = dict.fromkeys(str(each.data["name"]) for each in view.facts("medicine") if each.data.get("name"))
    return HealthPart(
        facts=(
            ("School or nursery", reading.child.school or ("Not recorded" if born else "")),
            ("GP", reading.child.gp or "Not recorded"),
            ("Health visitor or school nurse" if born else "Midwife", reading.child.health_worker or "Not recorded"),
            ("Disability or long-term illness", _condition(reading)),
            ("Individual healthcare plan", f"Last reviewed on {long_date(reviewed)}" if reviewed else ""),
            ("Medicines", f"{listed(medicines)}. The label and the prescriber say how." if medicines else ""),
        ),
        measures=tuple(_measure(reading, found) for found in by_kind.values()),
        services=tuple(service_line(reading, each) for each in services(view)),
        attendance=tuple(_attendance(reading, each) for each in reversed(spans[:_SHOWN])),
        earlier=f"{capital(counted(earlier, 'earlier record'))} of attendance {'is' if earlier == 1 else 'are'} not "
        "printed here."
        if earlier > 0
        else "",
    )


def service_line(reading: Reading, service: Service) -> ServiceLine:
    """Return the appointments with one service in words."""
    counts, latest = service.counts, service.latest
    brought = counts.get("brought", 0)
    status = str(latest.data.get("status") or "unknown") if latest is not None else ""
    said = option_words(reading.kinds["appointment"], "status", status).lower()
    return ServiceLine(
        service=service.name or "Not named",
        kept=str(brought or ""),
        missed="\n".join(f"{capital(words)}: {counts[name]}" for name, words in _MISSED.items() if name in counts),
        latest=f"{when(latest.whole)}: {said}" if latest is not None else "No day is certain",
    )


def _condition(reading: Reading) -> str:
    child = reading.child
    since = child.long_term_condition_since
    return f"{child.disability}, known since {long_date(since)}" if child.disability and since else child.disability


def _measure(reading: Reading, found: list[Fact]) -> MeasureLine:
    """Return the latest and the first of the measures of one sort, as they were recorded."""
    latest, first = found[0], found[-1]
    return MeasureLine(
        what=option_words(reading.kinds["measure"], "measure", latest.data.get("measure")),
        now=_value(latest),
        before=_value(first) if first is not latest else "",
    )


def _value(fact: Fact) -> str:
    by = str(fact.data.get("by") or "").strip()
    value = str(fact.data.get("value_as_recorded") or "").strip() or fact.whole.what
    return "\n".join(filter(None, (capital(value), ", ".join(filter(None, (when(fact.whole), by))))))


def _attendance(reading: Reading, span: Span) -> AttendanceLine:
    situation = span.fact.data.get("situation")
    unauthorised = span.fact.data.get("unauthorised")
    more: list[str] = []
    if unauthorised:
        more.append(f"{counted(int(unauthorised), 'session')} not authorised")
    if situation not in (None, "on_roll"):
        more.append(option_words(reading.kinds["attendance"], "situation", situation))
    return AttendanceLine(
        days=long_range(Window(from_=span.from_, to=span.to)),
        sessions=f"Attended {span.attended} of {span.possible}",
        more="\n".join(more),
    )
