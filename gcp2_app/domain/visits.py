"""A visit as it is noted on the visit sheet: timed lines, how each child was seen, four checks, rooms.

A visit is an entry of kind ``visit``. The sheet is what visit mode writes into its ``data``; the fields of the contract
are filled from it, so that rules and reports never read the sheet itself. Knows entries and evidence; no clock.

Source: experience.md, screen 4 (visit sheet); casefile.md, visit.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from gcp2_app.domain.answers import NOT_STARTED, Evidence, EvidenceSource, UnitAnswer
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.when import LONDON, completed_months
from gcp2_app.errors import InvalidValue

KIND: Final = "visit"
#: What is checked in every home, in this order.
CHECKS: Final = ("food", "warmth", "bed_or_safe_sleep", "hazards")
#: The room whose being seen fills ``bedroom_seen``.
BEDROOM: Final = "child’s bedroom"
#: Below this age a child counts as seen only awake.
AWAKE_BELOW_MONTHS: Final = 36
_PIN: Final = re.compile(r"\d{6}", re.ASCII)
_RUNS: Final = "01234567890 09876543210"


class How(StrEnum):
    """How what a line says is known."""

    I_SAW = "i_saw"
    CHILD_SAID = "child_said"
    CARER_SAID = "carer_said"


class Found(StrEnum):
    """What one of the four checks found."""

    FINE = "fine"
    WORRY = "worry"
    NOT_SEEN = "not_seen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One note with its time.

    Attributes:
        id: unique within its visit.
        children: ids of the children it is about; none means all the visit is about.
        units: codes of the units it is evidence for.
        sorted: it was sorted to units, or belongs to none.
    """

    id: str
    at: datetime
    how: How
    text: str
    children: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    sorted: bool = False

    def concerns(self, child: str) -> bool:
        """Whether it is about a child of the visit."""
        return not self.children or child in self.children


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is typed during a visit and is not on its sheet yet.

    Attributes:
        text: no line yet.
        line: id of the line that is being corrected, or empty.
        correction: how that line reads so far.
    """

    text: str = field(default="", repr=False)
    line: str = ""
    correction: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """How one child was seen; None where it was not noted."""

    child: str
    seen: bool | None = None
    awake: bool | None = None
    alone: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitSheet:
    """What is noted during one visit.

    Attributes:
        mode, access: codes of the kind's options; empty where not noted.
        announced: whether the family knew.
        present: who was there, by name or relation.
        checks: what was found, by the codes of :data:`CHECKS`.
        lines: oldest first.
    """

    mode: str = "home"
    announced: bool | None = None
    access: str = ""
    let_in_by: str = ""
    started: datetime | None = None
    ended: datetime | None = None
    present: tuple[str, ...] = ()
    rooms_seen: tuple[str, ...] = ()
    seen: tuple[Sighting, ...] = ()
    checks: Mapping[str, Found] = field(default_factory=lambda: MappingProxyType({}))
    lines: tuple[Line, ...] = ()

    def sighting(self, child: str) -> Sighting:
        """Return how a child was seen, as far as noted."""
        return next((each for each in self.seen if each.child == child), Sighting(child=child))

    def with_sighting(self, sighting: Sighting) -> "VisitSheet":
        """Return the sheet with how one child was seen; where nothing is noted of it, without the child."""
        kept = [each for each in self.seen if each.child != sighting.child]
        if sighting != Sighting(child=sighting.child):
            kept.append(sighting)
        return replace(self, seen=tuple(sorted(kept, key=lambda each: each.child)))

    def line(self, line_id: str) -> Line:
        """Return a line.

        Raises:
            InvalidValue: the visit has no such line.
        """
        for line in self.lines:
            if line.id == line_id:
                return line
        raise InvalidValue("This note is not part of the visit.", "Open the visit again.")

    def with_line(self, line: Line) -> "VisitSheet":
        """Return the sheet with a line in the place of the one with its id, or as the newest.

        Raises:
            InvalidValue: the line says nothing.
        """
        if not line.text.strip():
            raise InvalidValue("The note is empty.", "Write what you saw or heard.")
        if all(each.id != line.id for each in self.lines):
            return replace(self, lines=(*self.lines, line))
        return replace(self, lines=tuple(line if each.id == line.id else each for each in self.lines))

    def unsorted(self, child: str) -> tuple[Line, ...]:
        """Return the lines about a child that are not sorted yet."""
        return tuple(line for line in self.lines if not line.sorted and line.concerns(child))


def asks_awake(born: date | None, on: date) -> bool:
    """Whether a child counts as seen only awake: under three years old.

    Source: casework.md, LP7.
    """
    return born is not None and 0 <= completed_months(born, on) < AWAKE_BELOW_MONTHS


def sighting_of(entry: Entry, child: str) -> Sighting:
    """Return how one child was seen at a visit, as far as noted.

    A visit without a sheet says it of every child it is about.
    """
    sheet, data = read_sheet(entry), entry.data
    if sheet.seen:
        return sheet.sighting(child)
    return Sighting(
        child=child, seen=data.get("child_seen"), alone=data.get("seen_alone"), awake=data.get("seen_awake")
    )


def read_sheet(entry: Entry) -> VisitSheet:
    """Return what the data of a visit holds of the sheet."""
    data = entry.data
    return VisitSheet(
        mode=data.get("mode") or "",
        announced=data.get("announced"),
        access=data.get("access") or "",
        let_in_by=data.get("let_in_by") or "",
        started=_instant(data.get("started")),
        ended=_instant(data.get("ended")),
        present=tuple(_list(data.get("present"))),
        rooms_seen=tuple(_list(data.get("rooms_seen"))),
        seen=tuple(
            Sighting(child=each["child"], seen=each.get("seen"), awake=each.get("awake"), alone=each.get("alone"))
            for each in _list(data.get("seen"))
            if each.get("child")
        ),
        checks=MappingProxyType({code: Found(found) for code, found in (data.get("checks") or {}).items() if found}),
        lines=tuple(_line(each) for each in _list(data.get("lines")) if _instant(each.get("at")) is not None),
    )


def write_sheet(entry: Entry, sheet: VisitSheet) -> Entry:
    """Return a visit's entry with the sheet in its data, and what the contract asks filled from it.

    What was seen goes to ``what``, a child's words to ``child_words``, a carer's to ``carer_response``: each keeps the
    marks that shared versions honour. For several children a field is true only where it is true of each.
    """
    ours: dict[str, Any] = {
        "mode": sheet.mode,
        "announced": sheet.announced,
        "access": sheet.access,
        "let_in_by": sheet.let_in_by,
        # A day alone, as an import may have it, is no instant and stays as it is.
        "started": _text(sheet.started) or entry.data.get("started"),
        "ended": _text(sheet.ended) or entry.data.get("ended"),
        "present": list(sheet.present),
        "rooms_seen": list(sheet.rooms_seen),
        "bedroom_seen": BEDROOM in sheet.rooms_seen if sheet.rooms_seen else None,
        **_of_children(entry, sheet),
        "seen": [_sighting_data(each) for each in sheet.seen],
        "checks": {code: found.value for code, found in sheet.checks.items()},
        "lines": [_line_data(line) for line in sheet.lines],
    }
    data = {**entry.data, **ours}
    kept = {name: value for name, value in data.items() if value is not None and value not in ("", [], {})}
    if not sheet.lines:
        return replace(entry, data=kept)
    return replace(
        entry,
        data=kept,
        what=_said(sheet, How.I_SAW),
        child_words=_said(sheet, How.CHILD_SAID),
        carer_response=_said(sheet, How.CARER_SAID),
    )


def end(sheet: VisitSheet, at: datetime) -> VisitSheet:
    """Return the sheet of a visit that is over; where a room or a child was seen, access was given.

    Raises:
        InvalidValue: it was ended before.
    """
    if sheet.ended is not None:
        raise InvalidValue("This visit has ended already.", "Open it from the child’s page.")
    inside = bool(sheet.rooms_seen) or any(each.seen for each in sheet.seen)
    return replace(sheet, ended=at, access=sheet.access or ("given" if inside else ""))


def about_child(entry: Entry, child: str) -> Entry:
    """Return a visit as one child's: lines and sightings of other children are left out.

    One without a sheet, as an import has it, says nothing of each child and stays as it is.
    """
    sheet = read_sheet(entry)
    if not sheet.lines and not sheet.seen:
        return entry
    lines = tuple(
        replace(line, children=(child,) if line.children else ()) for line in sheet.lines if line.concerns(child)
    )
    mine = replace(sheet, lines=lines, seen=tuple(each for each in sheet.seen if each.child == child))
    entry = replace(entry, children=(child,))
    if sheet.lines and not lines:
        entry = replace(entry, what="", child_words="", carer_response="")
    return write_sheet(entry, mine)


# Lines of one sort


def has_lines(entry: Entry, how: How) -> bool:
    """Whether some lines of a visit's sheet are known in this way; of any other entry, no."""
    return entry.kind == KIND and any(each.get("how") == how for each in _list(entry.data.get("lines")))


def without_lines(entry: Entry, how: How) -> Entry:
    """Return a visit without the lines of its sheet that are known in this way; any other entry as it is."""
    if not has_lines(entry, how):
        return entry
    lines = [each for each in _list(entry.data.get("lines")) if each.get("how") != how]
    return replace(entry, data={**entry.data, "lines": lines})


# Lines that become evidence


def evidence_of(entry: Entry, line: Line) -> Evidence:
    """Return a line as evidence. The same line on several units and children is the same piece."""
    return Evidence(
        id=evidence_id(entry, line),
        text=line.text,
        source=source_of(line.how, read_sheet(entry).mode),
        by=entry.recorded_by,
        on=line.at.astimezone(LONDON).date(),
        visit=entry.id,
    )


def evidence_id(entry: Entry, line: Line) -> str:
    """Return the id of a line's evidence."""
    return f"{entry.id}.{line.id}"


def source_of(how: How, mode: str) -> EvidenceSource:
    """Return the source of evidence a line has.

    Who visits at home, or on the doorstep, saw it at home; by telephone nothing is seen.

    Source: instrument.md, Evidence.
    """
    if how is How.CHILD_SAID:
        return EvidenceSource.CHILD_SAID
    if how is How.CARER_SAID:
        return EvidenceSource.CARER_SAID
    if mode in ("home", "doorstep"):
        return EvidenceSource.SEEN_AT_HOME
    if mode in ("phone", "third_party"):
        return EvidenceSource.NOT_EVIDENCED
    return EvidenceSource.SEEN_ELSEWHERE


def hang(units: Mapping[str, UnitAnswer], piece: Evidence, codes: Collection[str]) -> Mapping[str, UnitAnswer]:
    """Return the answers with a piece of evidence on these units and on no others; what was on them stays."""
    hung = dict(units)
    for code in (*units, *(code for code in codes if code not in units)):
        answer = hung.get(code, NOT_STARTED)
        others = tuple(each for each in answer.evidence if each.id != piece.id)
        was_there = len(others) < len(answer.evidence)
        if code in codes and was_there:
            evidence = tuple(piece if each.id == piece.id else each for each in answer.evidence)
        elif code in codes:
            evidence = (*others, piece)
        else:
            evidence = others
        if evidence != answer.evidence:
            hung[code] = replace(answer, evidence=evidence)
    return hung


def check_pin(pin: str) -> None:
    """Refuse a PIN for a visit that anyone would try first.

    Raises:
        InvalidValue: not six digits, six times the same, or six in a row.
    """
    if not _PIN.fullmatch(pin):
        raise InvalidValue("The PIN is not six digits.", "Choose six digits for this visit.")
    if len(set(pin)) == 1 or pin in _RUNS:
        raise InvalidValue(
            "This PIN is too easy to guess.", "Choose digits that are not in a row and not all the same."
        )


def _list(value: Any) -> list[Any]:
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def _instant(value: Any) -> datetime | None:
    """Read an instant; a day alone is none."""
    return datetime.fromisoformat(value) if isinstance(value, str) and len(value) > 10 else None


def _text(value: datetime | None) -> str:
    return "" if value is None else value.isoformat(timespec="seconds")


def _of_children(entry: Entry, sheet: VisitSheet) -> dict[str, bool | None]:
    """Return how the children were seen in the contract's words; children it was not noted for leave it open."""
    mine = tuple(sheet.sighting(child) for child in entry.children)
    return {
        "child_seen": _of_all(each.seen for each in mine),
        "seen_alone": _of_all(each.alone for each in mine),
        # Asked of the youngest alone, so that the others do not leave it open.
        "seen_awake": _of_all(each.awake for each in mine if each.awake is not None),
    }


def _of_all(answers: Iterable[bool | None]) -> bool | None:
    given = tuple(answers)
    if any(answer is False for answer in given):
        return False
    return True if given and all(given) else None


def _said(sheet: VisitSheet, how: How) -> str:
    return "\n".join(line.text for line in sheet.lines if line.how is how)


def _line(data: Mapping[str, Any]) -> Line:
    return Line(
        id=data.get("id") or "",
        at=datetime.fromisoformat(data["at"]),
        how=How(data.get("how") or How.I_SAW),
        text=data.get("text") or "",
        children=tuple(_list(data.get("children"))),
        units=tuple(_list(data.get("units"))),
        sorted=bool(data.get("sorted")),
    )


def _line_data(line: Line) -> dict[str, Any]:
    data: dict[str, Any] = {"id": line.id, "at": _text(line.at), "how": line.how.value, "text": line.text}
    if line.children:
        data["children"] = list(line.children)
    if line.units:
        data["units"] = list(line.units)
    return {**data, "sorted": line.sorted}


def _sighting_data(sighting: Sighting) -> dict[str, Any]:
    data = {"child": sighting.child, "seen": sighting.seen, "awake": sighting.awake, "alone": sighting.alone}
    return {name: value for name, value in data.items() if value is not None}
