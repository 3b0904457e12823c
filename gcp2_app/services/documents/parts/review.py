"""Gathers what a review is asked to decide."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from gcp2_app.domain.assessment import Assessment, Target
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.instrument import Pack, Unit
from gcp2_app.domain.plans.advocacy import advocacy
from gcp2_app.domain.plans.meeting_list import Meeting, meetings
from gcp2_app.domain.plans.report_clocks import Getting, report_clocks
from gcp2_app.domain.readers import DISSENT
from gcp2_app.domain.register import StatusKind
from gcp2_app.domain.words import STATUSES, capital, counted, long_date
from gcp2_app.forms.policy import shipped_policy
from gcp2_app.reports.pdf.blocks.review import HEADING, ReviewPart, TargetLine
from gcp2_app.services.documents.parts.grades import latest_assessment
from gcp2_app.services.documents.parts.plan import PLANS
from gcp2_app.services.documents.reading import Reading

_ADVOCACY = {
    "offered": "offered",
    "accepted": "accepted",
    "declined": "declined, to be offered again at each review",
    "non_instructed": "non-instructed",
}

_REPORT = {
    Getting.CHAIR: "Our report to the chair",
    Getting.FAMILY: "Our report to the family",
    Getting.MEETING: "Our report to this meeting",
}


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
        dissent="\n".join(filter(None, (_latest_said(every, DISSENT), _dissent_left_out(reading)))),
        recommendation=said_for(reading, own, "recommendation"),
    )


def _dissent_left_out(reading: Reading) -> str:
    """Say that what was said at a meeting that stands in the copy is left out: that none is recorded is not true."""
    told = (entry for entry in reading.told if entry.kind == "meeting" and reading.reader.why_not(entry) is None)
    lost = any(map(reading.reader.leaves_out_dissent, told))
    return "Left out of this copy, because of who it is for." if lost else ""


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
        yield "Chair", str(to_come.fact.data.get("chair") or "")
        yield from _report_clocks(reading, to_come)
        yield "Invited", counted(to_come.invited, "person", "people") if to_come.invited else "Nobody yet"
    if held is not None and held.day is not None:
        yield "The last one", f"{long_date(held.day)}; {counted(held.attended, 'person', 'people')} attended"
        decided = held.fact.entry.data.get("decisions_per_child") or {}
        yield "Decided then", str(decided.get(reading.child.id) or "")
    yield "Advocate", _advocate(reading)


def _report_clocks(reading: Reading, meeting: Meeting) -> Iterable[tuple[str, str]]:
    for clock in report_clocks(reading.view(HEADING), meeting.fact, shipped_policy().reports):
        yield _REPORT[clock.who], "Given" if clock.given else capital(clock.words)


def _advocate(reading: Reading) -> str:
    found = advocacy(reading.view(HEADING))
    if found.child is None:
        return "Not recorded as offered to the child"
    on = f" on {long_date(found.child.on)}" if found.child.on else ""
    return f"{found.name or 'No name recorded'}: {_ADVOCACY.get(found.child.status, found.child.status)}{on}"


def _on_plans(reading: Reading) -> Iterable[str]:
    seen: Counter[StatusKind] = Counter()
    plans = [status for status in reading.child.statuses if status.status in PLANS and status.since <= reading.day]
    for status in sorted(plans, key=lambda each: each.since):
        seen[status.status] += 1
        began = long_date(status.from_) if status.from_ else "a day not known"
        which = f"{STATUSES[status.status]}, {_nth(seen[status.status])}"
        if status.open_on(reading.day):
            yield f"{which}, now: since {began}{_months(status.from_, reading.day)}."
        else:
            ended = long_date(status.to) if status.to else "a day not known"
            yield f"{which}: {began} to {ended}{_months(status.from_, status.to)}."


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
    return (_target(pack, units.get(target.unit), target, reading.day) for target in latest.targets)


def _target(pack: Pack, unit: Unit | None, target: Target, today: date) -> TargetLine:
    support = "\n".join(filter(None, (target.support, target.owner)))
    return TargetLine(
        unit=f"{target.unit} {unit.label}" if unit is not None else target.unit,
        now=_grade(pack, target.current),
        target=_grade(pack, target.target),
        support=support,
        due=_due(target.due, today) if target.due else "",
    )


def _due(due: date, today: date) -> str:
    return f"{long_date(due)}\nThis day has passed" if due < today else long_date(due)


def _grade(pack: Pack, value: int) -> str:
    return f"{value}, {pack.grades_by_value[value].label}"


def _not_met(reading: Reading) -> Iterable[str]:
    """Name adults around the child who were present at no contact or meeting, and whose care was not assessed.

    Whoever is only spoken of was not met.

    Source: experience.md, Reports ("adults not met or assessed, fathers and partners included").
    """
    assessed = {carer for each in reading.assessments for carer in each.carers}
    met = {word for entry in reading.entries(HEADING, "visit", "meeting") for word in _present(entry)}
    for person in reading.around.people:
        carer = next((each for each in reading.child.carers if each.person == person.id), None)
        relationship = carer.relationship if carer is not None else ""
        known_as = {word.casefold() for word in (*person.name.split()[:1], relationship) if word}
        if person.id not in assessed and known_as.isdisjoint(met):
            said = f" ({relationship})" if relationship else ""
            yield f"{person.name or 'An adult whose name is not known'}{said}"


def _present(entry: Entry) -> Iterable[str]:
    """Return the words by which an entry names those who were there."""
    told = [str(each) for each in entry.data.get("present") or ()]
    told.append(str(entry.data.get("let_in_by") or ""))
    for guest in entry.data.get("invited") or ():
        told += [str(guest.get("name") or ""), str(guest.get("role") or "")] if guest.get("attended") else []
    for words in told:
        yield words.strip().casefold()
        yield from words.casefold().split()


def _latest_said(every: tuple[Meeting, ...], name: str) -> str:
    for meeting in every:
        words = str(meeting.fact.entry.data.get(name) or "").strip()
        if not meeting.is_to_come and words:
            on = f" on {long_date(meeting.day)}" if meeting.day else ""
            return f"{meeting.title}{on}: {words}"
    return ""
