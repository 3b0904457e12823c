"""What a request for help begins with: the record in words, for a person to read through and change.

Facts as they stand, each with its date and agency; grades are counted, never averaged. What is withheld from somebody
is marked so, and what another told in confidence is not quoted.

Source: casework.md, Referral ("Blocks", "Prefilled").
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from gcp2_app.domain.calendar import add_months
from gcp2_app.domain.entries import Entry, Theme
from gcp2_app.domain.register import Address, Child, Household, KnownAnswer, NeedState, Person, Professional
from gcp2_app.domain.rules.record import NEGLECT, ChildRecord, Graded, day_of
from gcp2_app.domain.typed_dates import when_words
from gcp2_app.domain.words import AGENCIES, capital, counted, listed, long_date

#: How far back the record is read, in calendar months.
MONTHS: Final = 12
#: The most entries quoted under one question; what is more is counted.
MOST: Final = 8
_CONFIDING: Final = frozenset({"neighbour", "relative", "anonymous"})
_OUTCOMES: Final[Mapping[str, str]] = {
    "no_further_action": "no further action",
    "advice": "advice or information",
    "early_help": "early help",
    "step_down": "step down",
    "assessment": "assessment",
    "strategy": "strategy discussion",
    "other": "other",
}
_NEEDS: Final[Mapping[NeedState, str]] = {
    NeedState.SUSPECTED: "learning need suspected",
    NeedState.SAYS_SO: "says they have a learning need",
    NeedState.DIAGNOSED: "learning need diagnosed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """Who a request is written about and by.

    Attributes:
        me: who asks.
        siblings: other children of the household or with the same carers, whose records this user works with.
        by_name: those whose records this user does not work with, by name alone.
        people: adults by id: carers, and members of the child's households.
    """

    me: Professional
    siblings: tuple[Child, ...]
    by_name: tuple[Child, ...]
    people: Mapping[str, Person]


def prefilled(record: ChildRecord, entries: Collection[Entry], around: Around, *, today: date) -> dict[str, object]:
    """Return what the questions begin with, by their names; a question the record says nothing to is left out.

    Args:
        record: the child's.
        entries: the child's entries with their texts, none made in error.
        around: who it is written about and by.
        today: the day it is written on.
    """
    since = add_months(today, -MONTHS)
    recent = [entry for entry in entries if (day := _day(entry)) is not None and since < day <= today]
    values: dict[str, object] = {
        "about": [record.child.id],
        "to": "mash",
        "referrer": _referrer(around.me),
        "children": _lines(_child(child, today) for child in (record.child, *around.siblings))
        + "".join(f"\n{_name(child)} (another record)" for child in around.by_name),
        "household": _lines(_homes(record, today)),
        "adults": _lines(_adults(record, around, today)),
        "agencies": _lines(_agencies(record, today)),
        "pattern": _quoted([entry for entry in recent if _is_of_the_pattern(entry)]),
        "child_words": _child_words(recent),
        "parents_view": _quoted([entry for entry in recent if entry.carer_response], "carer_response", most=3),
        "strengths": _quoted([entry for entry in recent if Theme.STRENGTH in entry.themes], most=5),
        "themes": _themes(recent),
        "grades": _grades(record.assessments),
        "not_brought": _not_brought(recent),
        "attendance": _attendance(entries, today),
        "earlier": _earlier(entries, today),
        "worker_safety": _safety(record, entries, today),
    }
    return {name: value for name, value in values.items() if value}


def withheld_from(record: ChildRecord, *, today: date) -> tuple[str, ...]:
    """Return ids of the people from whom something is withheld that a request for help says of the family."""
    child = record.child
    found = [*child.name_withheld_from, *child.school_withheld_from, *child.gp_withheld_from]
    found += [id_ for address in _addresses(record, today) for id_ in address.withheld_from]
    return tuple(dict.fromkeys(found))


def _referrer(me: Professional) -> str:
    agency = AGENCIES[me.agency] if me.agency is not None else ""
    return ", ".join(filter(None, (me.name, me.role, agency, me.phone, me.email)))


def _child(child: Child, today: date) -> str:
    born = (
        f"born {long_date(child.date_of_birth)}"
        if child.date_of_birth is not None
        else f"not yet born, expected {long_date(child.expected_date)}"
        if child.expected_date is not None
        else "date of birth not known"
    )
    told = [_name(child) + _withheld(child.name_withheld_from), born]
    told += [f"also known as {listed(child.aliases)}"] if child.aliases else []
    told += [f"NHS number {child.nhs_number}"] if child.nhs_number else []
    told += [f"{child.language} spoken"] if child.language else []
    told += ["interpreter needed"] if child.interpreter else []
    told += [part.rstrip(". ") for part in (child.disability, child.communication_needs) if part]
    told += [_status(child, today)] if _status(child, today) else []
    return ", ".join(told)


def _name(child: Child) -> str:
    return child.name or "Unborn child"


def _status(child: Child, today: date) -> str:
    open_ = [status for status in child.statuses if status.open_on(today)]
    return listed(
        status.status.value.replace("_", " ") + (f" ({status.category.value})" if status.category is not None else "")
        for status in open_
    )


def _withheld(from_: Collection[str]) -> str:
    return " [withheld from somebody: ask before sharing]" if from_ else ""


def _addresses(record: ChildRecord, today: date) -> Iterator[Address]:
    for home in _households(record, today):
        for address in home.addresses:
            if (address.from_ is None or address.from_ <= today) and (address.to is None or today <= address.to):
                yield address


def _households(record: ChildRecord, today: date) -> Iterator[Household]:
    for home in record.households:
        if any(member.who == record.child.id and _covers(member.from_, member.to, today) for member in home.members):
            yield home


def _covers(from_: date | None, to: date | None, day: date) -> bool:
    return (from_ is None or from_ <= day) and (to is None or day <= to)


def _homes(record: ChildRecord, today: date) -> Iterator[str]:
    for address in _addresses(record, today):
        said = ", ".join(filter(None, (*address.lines, address.postcode, address.authority)))
        yield said + _withheld(address.withheld_from)


def _adults(record: ChildRecord, around: Around, today: date) -> Iterator[str]:
    carers = {carer.person: carer for carer in record.child.carers}
    living = {
        member.who
        for home in _households(record, today)
        for member in home.members
        if _covers(member.from_, member.to, today)
    }
    for id_, person in sorted(around.people.items(), key=lambda each: (each[0] not in carers, each[1].name)):
        if id_ not in carers and id_ not in living:
            continue
        carer = carers.get(id_)
        told = [person.name or "name not known"]
        if carer is not None:
            told += [carer.relationship] if carer.relationship else []
            told += ["has parental responsibility"] if carer.parental_responsibility is KnownAnswer.YES else []
        told.append("lives with the child" if id_ in living else "lives elsewhere, or where is not known")
        told += [f"{person.language} spoken"] if person.language else []
        told += ["interpreter needed"] if person.interpreter else []
        told += _need(person)
        yield ", ".join(told)


def _need(person: Person) -> list[str]:
    need = person.learning_need
    told = [] if need is None or need.state not in _NEEDS else [_NEEDS[need.state]]
    if told and need is not None and need.source:
        told[0] += f" ({need.source}{', ' + long_date(need.on) if need.on is not None else ''})"
    if person.formats_needed:
        told.append(f"needs {listed(each.replace('_', ' ') for each in person.formats_needed)}")
    return told


def _agencies(record: ChildRecord, today: date) -> Iterator[str]:
    child = record.child
    for each in child.allocated:
        worker = record.professionals.get(each.professional)
        if worker is None or not _covers(each.from_, each.to, today):
            continue
        role = each.role.replace("_", " ") or worker.role
        agency = AGENCIES[worker.agency] if worker.agency is not None else ""
        yield ", ".join(filter(None, (worker.name, role, agency, worker.phone, worker.email)))
    for label, text, from_ in (
        ("School or nursery", child.school, child.school_withheld_from),
        ("GP", child.gp, child.gp_withheld_from),
        ("Health visitor or school nurse", child.health_worker, ()),
    ):
        if text:
            yield f"{label}: {text}{_withheld(from_)}"


def _is_of_the_pattern(entry: Entry) -> bool:
    concern = entry.kind == "note" and entry.data.get("concern") is True
    return concern or entry.significance == "high" or not NEGLECT.isdisjoint(entry.themes)


def _quoted(entries: Iterable[Entry], name: str = "what", *, most: int = MOST) -> str:
    """Return entries in a line each, the oldest first; what was told in confidence or is withheld is counted."""
    said, kept_back = [], 0
    for entry in sorted(entries, key=lambda each: (_day(each) or date.min, each.id)):
        text = str(getattr(entry, name) or (entry.data.get("what") if name == "what" else "") or "").strip()
        if not text:
            continue
        if _in_confidence(entry):
            kept_back += 1
        else:
            said.append(f"{_dated(entry)}: {text}")
    more = len(said) - most
    told = said[-most:]
    if more > 0:
        told.insert(0, f"{counted(more, 'earlier entry', 'earlier entries')} in the record.")
    if kept_back:
        told.append(
            f"{counted(kept_back, 'entry', 'entries')} told in confidence, withheld from somebody, or marked as "
            "harmful if disclosed: left out here. Add what is needed."
        )
    return _lines(told)


def _in_confidence(entry: Entry) -> bool:
    agency = entry.source.agency if entry.source is not None else None
    return bool(entry.withheld_from or entry.harm_if_disclosed or (agency is not None and agency.value in _CONFIDING))


def _dated(entry: Entry) -> str:
    agency = entry.source.agency if entry.source is not None else None
    when = capital(when_words(entry.when)) if entry.when is not None else "No date"
    return f"{when} ({AGENCIES[agency]})" if agency is not None else when


def _child_words(recent: Iterable[Entry]) -> str:
    told = [
        (entry, entry.child_words or (entry.what if entry.kind == "statement" else ""))
        for entry in sorted(recent, key=lambda each: (_day(each) or date.min, each.id))
    ]
    found = [(entry, text) for entry, text in told if text.strip() and not _in_confidence(entry)]
    return _lines(f"{_dated(entry)}: “{text.strip()}”" for entry, text in found[-3:])


def _themes(recent: Iterable[Entry]) -> list[str]:
    found = {theme for entry in recent for theme in entry.themes}
    return [theme.value for theme in Theme if theme in found & NEGLECT]


def _grades(assessments: Iterable[Graded]) -> str:
    """Return the grades of the latest assessment, area by area, with how many of its units stand at each watched grade.

    Counts of units stand beside a grade; nothing is averaged.
    """
    latest = max(assessments, key=lambda each: (each.counts_from, each.ends, each.id), default=None)
    if latest is None:
        return ""
    said = [f"Assessment of {long_date(latest.starts)} to {long_date(latest.ends)}, {latest.pack.title}:"]
    labels = {area.code: area.label for area in latest.pack.areas}
    for code, result in latest.profile.areas.items():
        grade = "no grade" if result.grade is None else f"grade {result.grade}"
        units = [
            f"{counted(number, 'unit')} at {value}"
            for value, number in sorted(result.counts.by_grade.items())
            if number
        ]
        units += [f"{counted(result.counts.unscored, 'unit')} without a grade"] if result.counts.unscored else []
        marks = [word for word, on in (("provisional", result.provisional), ("too little seen", result.thin)) if on]
        said.append(f"{labels[code]}: {', '.join((grade, *marks))}{'; ' + ', '.join(units) if units else ''}")
    return _lines(said)


def _not_brought(recent: Collection[Entry]) -> str:
    missed = [each for each in recent if each.kind == "appointment" and each.data.get("status") == "not_brought"]
    if not missed:
        # The annex holds the count, and a count of none is one; of a record that is empty, nothing is said.
        return f"None recorded here in the last {MONTHS} months." if recent else ""
    days = listed(long_date(day) for entry in sorted(missed, key=_order) if (day := _day(entry)) is not None)
    return f"{counted(len(missed), 'appointment')} in the last {MONTHS} months: {days}."


def _attendance(entries: Iterable[Entry], today: date) -> str:
    found = [
        (from_, to, entry.data)
        for entry in entries
        if entry.kind == "attendance"
        and (from_ := day_of(entry.data.get("from"))) is not None
        and (to := day_of(entry.data.get("to"))) is not None
        and to <= today
    ]
    found.sort(key=lambda each: (each[1], each[0]))
    return _lines(
        f"{long_date(from_)} to {long_date(to)}: {_said(data.get('attended'))} of {_said(data.get('possible'))} "
        "possible sessions" + (f", {data['unauthorised']} unauthorised" if data.get("unauthorised") else "")
        for from_, to, data in found[-3:]
    )


def _said(value: object) -> str:
    return "not known how many" if value is None else str(value)


def _earlier(entries: Iterable[Entry], today: date) -> str:
    found = [each for each in entries if each.kind == "referral" and ((_day(each) or date.min) <= today)]
    return _lines(
        f"{_dated(entry)}: {_OUTCOMES.get(str(entry.data.get('outcome') or ''), 'no outcome recorded')}"
        for entry in sorted(found, key=_order)
    )


def _safety(record: ChildRecord, entries: Iterable[Entry], today: date) -> str:
    notes = [home.note for home in _households(record, today) if home.note.strip()]
    notes += [each.what for each in entries if each.data.get("worker_safety") and each.what.strip()]
    return _lines(notes)


def _order(entry: Entry) -> tuple[date, str]:
    return _day(entry) or date.min, entry.id


def _day(entry: Entry) -> date | None:
    when = entry.when or entry.known
    return when.last if when is not None and when.certain else None


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(texts)
