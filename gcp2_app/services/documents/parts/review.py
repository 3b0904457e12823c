"""Gathers what a review is asked to decide."""

from collections.abc import Iterable
from datetime import date

from gcp2_app.domain.assessment import Assessment, Target
from gcp2_app.domain.instrument import Pack, Unit
from gcp2_app.domain.plans.advocacy import advocacy
from gcp2_app.domain.plans.meeting_list import Meeting, meetings
from gcp2_app.domain.register import StatusKind
from gcp2_app.domain.words import STATUSES, counted, long_date
from gcp2_app.reports.pdf.blocks.review import HEADING, ReviewPart, TargetLine
from gcp2_app.services.documents.parts.grades import latest_assessment
from gcp2_app.services.documents.reading import Reading

_ADVOCACY = {
    "offered": "offered",
    "accepted": "accepted",
    "declined": "declined, to be offered again at each review",
    "non_instructed": "non-instructed",
}
_PLANS = (StatusKind.CHILD_IN_NEED, StatusKind.CHILD_PROTECTION)


def review(reading: Reading, *meeting_types: str) -> ReviewPart:
    """Return what the meeting needs.

    Args:
        reading: whose record.
        meeting_types: types of meeting the document is for, such as ``cin_review``.
    """
    every = meetings(reading.view(HEADING))
    own = [each for each in every if each.fact.entry.data.get("type") in meeting_types]
    latest = latest_assessment(reading)
    return ReviewPart(
        meeting=tuple(_meeting(reading, own)),
        on_plans=tuple(_on_plans(reading)),
        targets=tuple(_targets(reading, latest)) if latest is not None else (),
        not_met=tuple(_not_met(reading)),
        contingency=_latest_said(every, "contingency"),
        dissent=_latest_said(every, "dissent"),
        recommendation=said_for(reading, own, "recommendation"),
    )


def meetings_of(reading: Reading, section: str, *types: str) -> tuple[Meeting, ...]:
    """Return the meetings of some types that the reader may see: first those to come, then the latest held.

    Args:
        reading: whose record.
        section: where what they say stands.
        types: types of meeting, such as ``rcpc``.
    """
    return tuple(each for each in meetings(reading.view(section)) if each.fact.entry.data.get("type") in types)


def said_for(reading: Reading, own: Iterable[Meeting], name: str) -> str:
    """Return what was written under a field for the meeting to come; what was written for one that was held is old."""
    to_come = next((each for each in own if each.is_to_come and reading.tells(each.fact.whole)), None)
    return str(to_come.fact.data.get(name) or "").strip() if to_come is not None else ""


def _meeting(reading: Reading, own: list[Meeting]) -> Iterable[tuple[str, str]]:
    to_come = next((each for each in own if each.is_to_come), None)
    held = next((each for each in own if not each.is_to_come), None)
    if to_come is not None:
        day = long_date(to_come.day) if to_come.day else "no day set"
        yield "This meeting", f"{to_come.title}: {day}"
        yield "Due by", long_date(to_come.due) if to_come.due else ""
        yield "Invited", counted(to_come.invited, "person", "people") if to_come.invited else "Nobody yet"
    if held is not None and held.day is not None:
        yield "The last one", f"{long_date(held.day)}; {counted(held.attended, 'person', 'people')} attended"
        decided = held.fact.entry.data.get("decisions_per_child") or {}
        yield "Decided then", str(decided.get(reading.child.id) or "")
    yield "Advocate", _advocate(reading)


def _advocate(reading: Reading) -> str:
    found = advocacy(reading.view(HEADING))
    if found.child is None:
        return "Not recorded as offered to the child"
    on = f" on {long_date(found.child.on)}" if found.child.on else ""
    return f"{found.name or 'No name recorded'}: {_ADVOCACY.get(found.child.status, found.child.status)}{on}"


def _on_plans(reading: Reading) -> Iterable[str]:
    for kind in _PLANS:
        periods = [status for status in reading.child.statuses if status.status is kind]
        for number, status in enumerate(sorted(periods, key=lambda each: each.since), start=1):
            began = long_date(status.from_) if status.from_ else "a day not known"
            if status.open_on(reading.day):
                months = _months(status.from_, reading.day)
                yield f"{STATUSES[kind]}, now: since {began}{months}."
            else:
                ended = long_date(status.to) if status.to else "a day not known"
                yield f"{STATUSES[kind]}, {_nth(number)}: {began} to {ended}{_months(status.from_, status.to)}."


def _months(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return ""
    months = (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
    return f" ({counted(months, 'month')})" if months > 0 else " (less than a month)"


def _nth(number: int) -> str:
    return {1: "the first", 2: "the second", 3: "the third"}.get(number, f"number {number}")


def _targets(reading: Reading, latest: Assessment) -> Iterable[TargetLine]:
    pack, band = reading.pack_of(latest), reading.profiles[latest.id].band
    # One code is another unit in another band.
    units = pack.units_in(band) if band else {}
    return (_target(pack, units.get(target.unit), target) for target in latest.targets)


def _target(pack: Pack, unit: Unit | None, target: Target) -> TargetLine:
    support = "\n".join(filter(None, (target.support, target.owner)))
    return TargetLine(
        unit=f"{target.unit} {unit.label}" if unit is not None else target.unit,
        now=_grade(pack, target.current),
        target=_grade(pack, target.target),
        support=support,
        due=long_date(target.due) if target.due else "",
    )


def _grade(pack: Pack, value: int) -> str:
    return f"{value}, {pack.grades_by_value[value].label}"


def _not_met(reading: Reading) -> Iterable[str]:
    """Name adults around the child of whom the record holds no contact and no assessment of their care.

    Source: experience.md, Reports ("adults not met or assessed, fathers and partners included").
    """
    assessed = {carer for each in reading.assessments for carer in each.carers}
    told = " ".join(
        str(part)
        for entry in reading.entries(HEADING, "visit", "meeting")
        for part in (entry.what, entry.data.get("present") or "", entry.data.get("invited") or "")
    ).casefold()
    for person in reading.around.people:
        first = person.name.split()[0].casefold() if person.name.split() else ""
        if person.id not in assessed and (not first or first not in told):
            carer = next((each for each in reading.child.carers if each.person == person.id), None)
            relationship = f" ({carer.relationship})" if carer is not None and carer.relationship else ""
            yield f"{person.name or 'An adult whose name is not known'}{relationship}"


def _latest_said(every: tuple[Meeting, ...], name: str) -> str:
    for meeting in every:
        words = str(meeting.fact.entry.data.get(name) or "").strip()
        if not meeting.is_to_come and words:
            on = f" ({meeting.title.lower()}, {long_date(meeting.day)})" if meeting.day else ""
            return f"{words}{on}"
    return ""
