"""A day in one child's life: its parts, and what has been recorded of each, in the words it was recorded in.

What is looked for stands in data. Nothing is judged or counted: where nobody has written anything of a part of the day,
that is what is shown. Knows the record as the rules read it; no store.

Source: casework.md, LP1 ("a day in this child's life").
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property, partial
from typing import Any, Final

from gcp2_app.domain.answers import Evidence, EvidenceSource
from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.openings import is_unborn
from gcp2_app.domain.register import Agency, Child
from gcp2_app.domain.rules.view import View
from gcp2_app.domain.visits import Found, How, read_sheet
from gcp2_app.domain.when import LONDON, completed_months
from gcp2_app.domain.words import cut_short

#: So many sayings stand under one part of the day.
MOST_SAID: Final = 4
#: A text without a full stop is cut here.
_short = partial(cut_short, longest=240)
#: "Both schools." tells nothing of a day.
_FEWEST_WORDS: Final = 3
_SENTENCES: Final = re.compile(r"(?<=[.!?…])\s+|\n+")
_WORDS: Final = re.compile(r"[\w’']+")
#: What people wrote of the record itself, of workers, or of a plan, tells of no day.
_NOT_OF_A_DAY: Final = frozenset(
    {"harm_review", "deep_dive", "training", "chronology_frozen", "case_opened", "case_closed", "status_change"}
)


class Voice(StrEnum):
    """Whose words they are, or who saw it."""

    CHILD = "child"
    CARER = "carer"
    SEEN = "seen"
    RECORD = "record"
    TOLD = "told"


@dataclass(frozen=True, kw_only=True)
class DayPart:
    """One part of the day.

    Attributes:
        code: names it in what is kept.
        label: what it is called.
        asks: what is asked of it.
        unknown: what is said where nothing is recorded of it.
        words: beginnings of the words by which a text is taken to tell of it, in small letters.
        kinds: kinds of entry that always do.
        units: beginnings of the codes of units whose evidence always does.
        checks: codes of the checks of a visit that always do.
        from_months, to_months: ages in completed months, half-open; None for no end.
        unborn: it is asked of a child who is not born yet, and of no other.
    """

    code: str
    label: str
    asks: str
    unknown: str
    words: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    from_months: int = 0
    to_months: int | None = None
    unborn: bool = False

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        if not self.words:
            return None
        return re.compile(rf"\b(?:{'|'.join(re.escape(word) for word in self.words)})", re.IGNORECASE)

    def told_in(self, text: str, folded: str) -> str:
        """Return the sentences of a text that tell of it; empty where none does.

        Args:
            text: the text.
            folded: the same in small letters; looking into that first is much faster than looking for words.
        """
        pattern = self._pattern
        if pattern is None or not any(word in folded for word in self.words):
            return ""
        told = (each.strip() for each in _SENTENCES.split(text) if pattern.search(each))
        return " ".join(each for each in told if len(each.split()) >= _FEWEST_WORDS)

    def is_of(self, saying: "Saying") -> bool:
        """Whether a saying tells of it whatever its words are."""
        return (
            saying.part == self.code
            or saying.kind in self.kinds
            or saying.check in self.checks
            or any(unit.startswith(self.units) for unit in saying.units)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """One thing that was written down.

    Attributes:
        on: the day it is about; None where that is not known.
        voice: whose words, or who saw it.
        agency: whose record it is, where that is another agency's; else None.
        entry, assessment: id of what it stands in, or empty.
        kind, units, check, part: what it hangs on, where that alone says of which part of the day it tells.
    """

    text: str
    on: date | None
    voice: Voice
    agency: Agency | None = None
    entry: str = ""
    assessment: str = ""
    kind: str = ""
    units: tuple[str, ...] = ()
    check: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartOfDay:
    """One part of the day with what is recorded of it.

    Attributes:
        sayings: the latest first.
        more: there are older ones that are not among them.
    """

    part: DayPart
    sayings: tuple[Saying, ...]
    more: bool = False

    @property
    def is_unknown(self) -> bool:
        """Whether nobody has written anything of it."""
        return not self.sayings


def parts_for(parts: Iterable[DayPart], child: Child, on: date) -> tuple[DayPart, ...]:
    """Return the parts of the day that are asked of a child on a day; for one of unknown age those of any born child.

    Where the age is not known, parts that stand for the same time of another age are all there: whoever knows the child
    knows which of them to pass over.
    """
    if is_unborn(child):
        return tuple(part for part in parts if part.unborn)
    born = [part for part in parts if not part.unborn]
    if child.born is None:
        return tuple(born)
    months = max(0, completed_months(child.born, on))
    return tuple(
        part for part in born if part.from_months <= months and (part.to_months is None or months < part.to_months)
    )


def a_day(parts: Iterable[DayPart], sayings: Iterable[Saying]) -> tuple[PartOfDay, ...]:
    """Return each part of the day with what is recorded of it."""
    ordered = sorted(
        (each for each in sayings if each.text.strip()), key=lambda each: each.on or date.min, reverse=True
    )
    folded = [(each, each.text.casefold()) for each in ordered]
    return tuple(_part(part, folded) for part in parts)


def _part(part: DayPart, sayings: Sequence[tuple[Saying, str]]) -> PartOfDay:
    found: list[Saying] = []
    plain: list[str] = []
    for saying, folded in sayings:
        text = saying.text if part.is_of(saying) else part.told_in(saying.text, folded) if not saying.part else ""
        short = _short(text)
        bare = " ".join(_WORDS.findall(short.casefold()))
        # The same words in a visit, a statement and the evidence made of them are said once.
        if not bare or any(bare in other or other in bare for other in plain):
            continue
        if len(found) == MOST_SAID:
            return PartOfDay(part=part, sayings=tuple(found), more=True)
        found.append(_said(saying, short))
        plain.append(bare)
    return PartOfDay(part=part, sayings=tuple(found))


def _said(saying: Saying, text: str) -> Saying:
    return Saying(
        text=text,
        on=saying.on,
        voice=saying.voice,
        agency=saying.agency,
        entry=saying.entry,
        assessment=saying.assessment,
    )


def sayings_of(view: View, assessments: Iterable[Assessment], *, but: str = "") -> list[Saying]:
    """Return everything in a child's record that could tell of a day.

    Args:
        view: the record as the rules read it.
        assessments: the child's.
        but: id of the assessment at hand; what is written there of the day itself stands beside, not among this.
    """
    child = view.record.child.id
    found: list[Saying] = []
    for fact in view.all_facts():
        if fact.whole.kind not in _NOT_OF_A_DAY:
            found.extend(_of_entry(fact.whole, fact.on, child))
    for assessment in assessments:
        found.extend(_of_assessment(assessment, but))
    return found


def _of_entry(entry: Entry, on: date | None, child: str) -> Iterator[Saying]:
    agency = entry.source.agency if entry.source is not None else None
    about: dict[str, Any] = {"on": on, "entry": entry.id, "agency": agency}
    sheet = read_sheet(entry) if entry.kind == "visit" else None
    if sheet is not None:
        voices = {How.I_SAW: Voice.SEEN, How.CHILD_SAID: Voice.CHILD, How.CARER_SAID: Voice.CARER}
        for line in sheet.lines:
            if line.concerns(child):
                day = line.at.astimezone(LONDON).date()
                yield Saying(**{**about, "on": day}, text=line.text, voice=voices[line.how], units=line.units)
        for check, state in sheet.checks.items():
            if state is not Found.NOT_SEEN:
                yield Saying(**about, text=_CHECKED[state].format(what=_CHECKS[check]), voice=Voice.SEEN, check=check)
    if sheet is None or not sheet.lines:
        statement = entry.kind == "statement"
        yield Saying(**about, text=entry.what, voice=Voice.CHILD if statement else Voice.RECORD)
        yield Saying(**about, text=entry.child_words, voice=Voice.CHILD)
        yield Saying(**about, text=entry.carer_response, voice=Voice.CARER)
    yield Saying(**about, text=entry.impact, voice=Voice.RECORD)
    own = _OWN_WORDS.get(entry.kind)
    if own is not None:
        yield Saying(**about, text=own(entry.data), voice=Voice.RECORD, kind=entry.kind)


_CHECKS: Final = {
    "food": "Food",
    "warmth": "Warmth",
    "bed_or_safe_sleep": "Bed, or safe sleep",
    "hazards": "Hazards",
}
_CHECKED: Final = {Found.FINE: "{what}: looked at, fine.", Found.WORRY: "{what}: looked at, a worry."}


def _medicine(data: Mapping[str, Any]) -> str:
    """The name alone, and who gives it: a dose is read where it is transcribed."""
    if data.get("for_child") is False or not data.get("name"):
        return ""
    given = data.get("given_safely_by")
    return f"{data['name']}{f', given by {given}' if given else ''}."


def _attendance(data: Mapping[str, Any]) -> str:
    attended, possible = data.get("attended"), data.get("possible")
    if attended is None or possible is None:
        return ""
    return f"At school or nursery for {attended} of {possible} possible sessions."


def _teach_back(data: Mapping[str, Any]) -> str:
    if data.get("correct") is None:
        return ""
    return f"A carer showed how the medicine is given: {'right' if data['correct'] else 'not yet right'}."


def _measure(data: Mapping[str, Any]) -> str:
    measure, value = str(data.get("measure") or "").replace("_", " "), data.get("value_as_recorded")
    return f"{measure[:1].upper()}{measure[1:]}: {value}." if measure and value else ""


_OWN_WORDS: Final = {
    "medicine": _medicine,
    "attendance": _attendance,
    "teach_back": _teach_back,
    "measure": _measure,
}
_EVIDENCE: Final = {
    EvidenceSource.SEEN_AT_HOME: Voice.SEEN,
    EvidenceSource.SEEN_ELSEWHERE: Voice.SEEN,
    EvidenceSource.CHILD_SAID: Voice.CHILD,
    EvidenceSource.CARER_SAID: Voice.CARER,
}


def _of_assessment(assessment: Assessment, but: str) -> Iterator[Saying]:
    last = assessment.window.to if assessment.window is not None else None
    for code, answer in assessment.units.items():
        for piece in answer.evidence:
            yield _of_evidence(piece, code, assessment.id)
    if assessment.id != but:
        yield Saying(text=assessment.child_voice, on=last, voice=Voice.CHILD, assessment=assessment.id)
        for part, text in assessment.day_in_life.items():
            yield Saying(text=text, on=last, voice=Voice.TOLD, assessment=assessment.id, part=part)


def _of_evidence(piece: Evidence, unit: str, assessment: str) -> Saying:
    voice = _EVIDENCE.get(piece.source, Voice.RECORD)
    return Saying(text=piece.text, on=piece.on, voice=voice, assessment=assessment, units=(unit,))
