"""What must be true of a pack beyond the shape of its tables.

Each check yields every problem it finds, with key path and mend, so that one run tells an author everything. Knows the
wire types only; reads no file.
"""

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import msgspec

from gcp2_app.domain.instrument import GateCondition, LicenceKind, Subject
from gcp2_app.forms.pack_tables import BandTable, DescriptorsTable, PackTable, SubareaTable, UnitTable

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_VERSION = re.compile(r"\d{1,4}\.\d{1,4}\.\d{1,4}")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a pack.

    Attributes:
        place: its key path, with the code of the unit it belongs to.
        message: a plain sentence.
        mend: what to do about it.
    """

    place: str
    message: str
    mend: str


def pack_problems(pack: PackTable) -> Iterator[Problem]:
    """Yield everything that is wrong with a pack, in the order of the file."""
    for check in _CHECKS:
        yield from check(pack)


def each_unit(pack: PackTable) -> Iterator[tuple[str, SubareaTable, UnitTable]]:
    """Yield each unit with its key path and its sub-area."""
    for a, area in enumerate(pack.areas):
        for s, subarea in enumerate(area.subareas):
            for u, unit in enumerate(subarea.units):
                yield f"areas[{a}].subareas[{s}].units[{u}]", subarea, unit


def _names(pack: PackTable) -> Iterator[Problem]:
    if not _ID.fullmatch(pack.id):
        yield Problem("id", "this is not a pack's name.", "Use small letters, digits and single hyphens.")
    if not _VERSION.fullmatch(pack.version):
        yield Problem("version", "this is not a version.", 'Write three numbers with dots, such as "1.0.0".')
    if pack.licence.kind is LicenceKind.LICENSED:
        if not pack.licence.area:
            yield Problem("licence.area", "a licensed pack names its area.", "Write who the licence was given to.")
        if pack.licence.expires is None:
            yield Problem("licence.expires", "a licensed pack names its last day.", "Write a date, such as 2027-03-31.")
        if not pack.licence.course:
            yield Problem("licence.course", "a licensed pack names its course.", 'Write its code, such as "gcp2".')
    elif pack.licence.area or pack.licence.expires or pack.licence.course:
        yield Problem("licence", "an open pack has no area, expires or course.", "Take the keys out.")


#: Keys that may be an empty text. A label of descriptors is asked for only beside others.
_MAY_BE_EMPTY = {"caution", "area", "course", "may_rest_on", "concern_in", "next_pack"}


#: What changes how a text looks without being seen: control characters, and those that turn its direction around.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def _plain_texts(pack: PackTable) -> Iterator[Problem]:
    for place, code, text in _texts(pack, "", ""):
        key = place.rpartition(".")[2]
        at = f"{place} ({code})" if code else place
        may_be_empty = key in _MAY_BE_EMPTY or (key == "label" and "descriptors[" in place)
        if not text.strip() and not may_be_empty:
            yield Problem(at, "this text is empty.", "Write the text.")
        if _UNSEEN.search(text):
            yield Problem(at, "this text holds a mark that is not seen.", "Type the text anew, in plain letters.")


def _texts(table: msgspec.Struct, at: str, code: str) -> Iterator[tuple[str, str, str]]:
    """Yield key path, code of what it belongs to, and text, for each text."""
    code = getattr(table, "code", "") or code
    for key in table.__struct_fields__:
        value = getattr(table, key)
        place = f"{at}.{key}" if at else key
        if isinstance(value, msgspec.Struct):
            yield from _texts(value, place, code)
        elif isinstance(value, tuple):
            for i, item in enumerate(value):
                if isinstance(item, msgspec.Struct):
                    yield from _texts(item, f"{place}[{i}]", code)
                else:
                    yield f"{place}[{i}]", code, item
        elif isinstance(value, str):
            yield place, code, value


def _scale(pack: PackTable) -> Iterator[Problem]:
    values = [grade.value for grade in pack.grades]
    if len(values) < 2:
        yield Problem("grades", "a scale has two grades or more.", "Add a table [[grades]] for each grade, best first.")
    for g, (better, worse) in enumerate(itertools.pairwise(values), start=1):
        if worse <= better:
            yield Problem(
                f"grades[{g}].value",
                f"{worse} follows {better}: values grow from best to worst.",
                "Put the grades in order, each with a value of its own.",
            )
    if values and not 0 < min(values) <= max(values) <= 1000:
        yield Problem("grades", "grade values lie between 1 and 1000.", "Choose other values.")
    yield from _twice("grades", "label", [grade.label for grade in pack.grades])
    scale = ", ".join(map(str, values))
    for table, key in (
        ("thresholds", "watch_from"),
        ("thresholds", "alert_from"),
        ("thresholds", "override_from"),
        ("targets", "never_worse_than"),
        ("targets", "supervisor_reason_at"),
    ):
        value = getattr(getattr(pack, table), key)
        if value not in values:
            yield Problem(f"{table}.{key}", f"{value} is not a grade of this pack.", f"Use one of {scale}.")
    if pack.thresholds.watch_from > pack.thresholds.alert_from:
        yield Problem("thresholds.watch_from", "this is worse than alert_from.", "A grade is watched before it alerts.")


def _spans(pack: PackTable) -> Iterator[Problem]:
    for place, value, least in (
        ("window.default_days", pack.window.default_days, 1),
        ("window.reason_beyond_days", pack.window.reason_beyond_days, pack.window.default_days),
        ("window.review_after_days", pack.window.review_after_days, 1),
        ("targets.baby_under_months", pack.targets.baby_under_months, 0),
    ):
        if value < least:
            yield Problem(place, f"{value} is too few.", f"Use {least} or more.")


def _bands(pack: PackTable) -> Iterator[Problem]:
    if not pack.bands:
        yield Problem("bands", "a pack has one age band or more.", "Add a table [[bands]].")
    yield from _twice("bands", "code", [band.code for band in pack.bands])
    unborn = pack.subject is Subject.UNBORN
    last = pack.bands[-1].to_months if pack.bands and unborn else None
    yield from _gaps("bands", pack.bands, start=0, end=last, code="")
    if last is not None and not _ID.fullmatch(pack.next_pack):
        yield Problem("next_pack", "the last band ends, and no pack takes over.", 'Name one, such as "graded-care".')
    if pack.next_pack and (last is None or pack.next_pack == pack.id):
        yield Problem(
            "next_pack",
            "another pack takes over only where a pack about unborn children ends.",
            "Give the last band to_months, or take the key out.",
        )


def _gaps(
    place: str,
    spans: Sequence[BandTable | DescriptorsTable],
    *,
    start: int,
    end: int | None,
    code: str,
) -> Iterator[Problem]:
    """Yield where spans of months leave a gap between ``start`` and ``end``, overlap, or are out of order."""
    reached: int | None = start
    tail = f" ({code})" if code else ""
    for i, span in enumerate(spans):
        at = f"{place}[{i}]"
        if span.to_months is not None and span.to_months <= span.from_months:
            yield Problem(f"{at}.to_months{tail}", "the span ends before it begins.", "to_months is not included.")
            return
        if reached is None:
            yield Problem(f"{at}{tail}", "the span before this one has no end.", "Give the one before to_months.")
            return
        if span.from_months < reached and i > 0:
            yield Problem(
                f"{at}.from_months{tail}",
                f"this overlaps the span before, which ends at {reached} months.",
                f"Start at {reached}.",
            )
            return
        if span.from_months > reached:
            yield Problem(
                f"{at}.from_months{tail}",
                f"ages from {reached} to {span.from_months} months have no text or band.",
                f"Start at {reached}.",
            )
            return
        reached = span.to_months
    if spans and reached is not None and (end is None or reached < end):
        until = "and over" if end is None else f"to {end} months"
        yield Problem(
            f"{place}[{len(spans) - 1}].to_months{tail}",
            f"ages from {reached} months {until} have no text or band.",
            "Leave the last to_months out." if end is None else f"End at {end} or leave it out.",
        )


def _codes(pack: PackTable) -> Iterator[Problem]:
    if not pack.areas:
        yield Problem("areas", "a pack has one area or more.", "Add a table [[areas]].")
    yield from _twice("areas", "code", [area.code for area in pack.areas])
    subareas: dict[str, str] = {}
    for a, area in enumerate(pack.areas):
        if not area.subareas:
            yield Problem(f"areas[{a}].subareas ({area.code})", "an area has one sub-area or more.", "Add one.")
        for s, subarea in enumerate(area.subareas):
            at = f"areas[{a}].subareas[{s}]"
            if not subarea.units:
                yield Problem(f"{at}.units ({subarea.code})", "a sub-area has one unit or more.", "Add one.")
            if "." in subarea.code:
                yield Problem(f"{at}.code", f"“{subarea.code}” has a dot, as only units do.", "Take the dot out.")
            if subarea.code in subareas:
                yield Problem(f"{at}.code", f"“{subarea.code}” is also {subareas[subarea.code]}.", "Choose another.")
            subareas[subarea.code] = at


def _unit_codes(pack: PackTable) -> Iterator[Problem]:
    subareas = {subarea.code for area in pack.areas for subarea in area.subareas}
    for at, subarea, unit in each_unit(pack):
        if unit.code != subarea.code and not (
            unit.code.startswith(f"{subarea.code}.") and unit.code.count(".") == 1 and not unit.code.endswith(".")
        ):
            yield Problem(
                f"{at}.code",
                f"“{unit.code}” is not a unit of {subarea.code}.",
                f"Write {subarea.code}, a dot and a letter, or {subarea.code} itself.",
            )
        if unit.may_rest_on and (unit.may_rest_on not in subareas or unit.may_rest_on == subarea.code):
            yield Problem(
                f"{at}.may_rest_on ({unit.code})", "this is not the code of another sub-area.", "Name a sub-area."
            )


def _units(pack: PackTable) -> Iterator[Problem]:
    known = {band.code for band in pack.bands}
    seen: dict[tuple[str, str], str] = {}
    alone: dict[tuple[str, str], UnitTable] = {}
    for at, subarea, unit in each_unit(pack):
        for i, band in enumerate(unit.bands):
            if band not in known:
                yield Problem(
                    f"{at}.bands[{i}] ({unit.code})",
                    f"“{band}” is not a band of this pack.",
                    f"Use {', '.join(band.code for band in pack.bands)}.",
                )
        for band in unit.bands or tuple(known):
            if (unit.code, band) in seen:
                yield Problem(
                    f"{at}.code",
                    f"“{unit.code}” is also {seen[unit.code, band]}, in the same band.",
                    "A code is unique within a band.",
                )
                break
            seen[unit.code, band] = at
            other = alone.setdefault((subarea.code, band), unit)
            if other is not unit and subarea.code in {unit.code, other.code}:
                yield Problem(
                    f"{at}.code",
                    f"{subarea.code} is scored itself in this band, so it has no other unit there.",
                    "Give the units different bands.",
                )
                break
        if unit.known_for_months < 0 or (unit.known_for_months and not unit.may_not_apply):
            yield Problem(
                f"{at}.known_for_months ({unit.code})",
                "this goes with may_not_apply only.",
                "Add may_not_apply = true.",
            )
        if not unit.look_for:
            yield Problem(f"{at}.look_for ({unit.code})", "there is nothing to look for.", "Write three to six things.")
        yield from _twice(f"{at}.look_for ({unit.code})", "", list(unit.look_for))


def _descriptors(pack: PackTable) -> Iterator[Problem]:
    for at, _, unit in each_unit(pack):
        if not unit.descriptors:
            yield Problem(f"{at}.descriptors ({unit.code})", "the unit has no texts.", "Add a table of texts.")
        for d, descriptors in enumerate(unit.descriptors):
            place = f"{at}.descriptors[{d}]"
            if len(descriptors.grades) != len(pack.grades):
                yield Problem(
                    f"{place}.grades ({unit.code})",
                    f"there are {len(descriptors.grades)} texts for {len(pack.grades)} grades.",
                    "Write one text for each grade, best first.",
                )
            yield from _twice(f"{place}.grades ({unit.code})", "", list(descriptors.grades))
            if len(unit.descriptors) > 1 and not descriptors.label.strip():
                yield Problem(f"{place}.label ({unit.code})", "say which ages this is for.", 'Such as "Under 5 years".')
        ages = [band for band in pack.bands if not unit.bands or band.code in unit.bands]
        if ages:
            # The texts may reach further than the unit's bands; between the first and the last they leave no gap.
            yield from _gaps(
                f"{at}.descriptors",
                unit.descriptors,
                start=max(ages[0].from_months, 0),
                end=ages[-1].to_months,
                code=unit.code,
            )


def _gates(pack: PackTable) -> Iterator[Problem]:
    areas = [area.code for area in pack.areas]
    gated = {gate.area for gate in pack.gates}
    yield from _twice("gates", "area", [gate.area for gate in pack.gates])
    if areas and gated >= set(areas):
        yield Problem("gates", "every area is closed.", "Leave one area without a gate.")
    for g, gate in enumerate(pack.gates):
        at = f"gates[{g}]"
        if gate.area not in areas:
            yield Problem(f"{at}.area", f"“{gate.area}” is not an area of this pack.", f"Use {', '.join(areas)}.")
        if gate.opens_by is GateCondition.BIRTH:
            if pack.subject is not Subject.UNBORN:
                yield Problem(f"{at}.opens_by", "no birth is awaited in this pack.", "Use it for unborn children only.")
            if gate.concern_in or gate.concern_from is not None:
                yield Problem(at, "concern_in and concern_from go with concern only.", "Take the keys out.")
        else:
            free = [code for code in areas if code not in gated]
            if gate.concern_in not in free:
                yield Problem(
                    f"{at}.concern_in",
                    f"“{gate.concern_in}” is not an area that is open from the start.",
                    f"Use {', '.join(free)}.",
                )
            if gate.concern_from is None:
                yield Problem(f"{at}.concern_from", "the grade that counts as concern is missing.", "Name a threshold.")


def _twice(place: str, key: str, texts: list[str]) -> Iterator[Problem]:
    """Yield each text that stands in a list for the second time, whatever its capitals."""
    seen: dict[str, int] = {}
    for i, text in enumerate(texts):
        folded = " ".join(text.split()).casefold()
        if folded and folded in seen:
            at = f"{place}[{i}].{key}" if key else place
            yield Problem(at, f"this says the same as number {seen[folded] + 1} of the list.", "Make them differ.")
        seen.setdefault(folded, i)


_CHECKS: tuple[Callable[[PackTable], Iterator[Problem]], ...] = (
    _names,
    _plain_texts,
    _scale,
    _spans,
    _bands,
    _codes,
    _unit_codes,
    _units,
    _descriptors,
    _gates,
)
