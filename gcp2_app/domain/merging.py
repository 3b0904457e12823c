"""Two copies of one assessment, worked on by two practitioners on two computers, as one.

Knows two assessments; nothing of files or stores. Nothing that either copy holds is lost, and this store's own words
always stay: what the other copy says beside them is added below with the name of whose copy it was.

Source: instrument.md, The unit of work, Two practitioners: nothing overwrites.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from gcp2_app.domain.answers import Evidence, PersonGrade, UnitAnswer, UnitState
from gcp2_app.domain.assessment import Assessment, AssessmentState, Explained, Step
from gcp2_app.domain.grading import effective_grade, latest_grades
from gcp2_app.domain.progress import assessors_of

_GRADING: Final = frozenset({AssessmentState.DRAFT, AssessmentState.IN_PROGRESS})
#: What has to be the same for two copies to be of one assessment.
SAME: Final = ("id", "child", "pack", "pack_version", "policy", "corrects", "recorded_elsewhere")
#: Words of the whole assessment.
TEXTS: Final = (
    "band_reason",
    "window_reason",
    "child_voice",
    "child_wishes",
    "child_own_views",
    "analysis",
    "meaning_so_far",
    "meaning_ahead",
)
#: Words of one unit.
UNIT_TEXTS: Final = ("note", "carer_comment", "unverified_reason", "what_changed")
#: What is put together in a way of its own, and what is this store's alone. Every other field is filled in where this
#: store's is empty.
_TOGETHER: Final = frozenset(
    {
        *SAME,
        *TEXTS,
        *("units", "assessors", "explained", "judgements", "targets", "held_back", "opened_earlier", "history_read"),
        "day_in_life",
        *("state", "steps", "shared_on", "signed_off_on", "signed_off_by", "incomplete_reason", "correction_reason"),
        *("pack_sha256", "recorded_by", "licence_area", "agency_record", "made_for"),
    }
)
_UNIT_TOGETHER: Final = frozenset({*UNIT_TEXTS, "state", "grade", "reason", "grades", "agreed_reason", "evidence"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """What two copies come to.

    Attributes:
        value: this store's assessment with what the other copy adds.
        graded: codes of units that gained another practitioner's grade.
        differ: codes of units where practitioners now differ and no grade is agreed.
        evidence: how many pieces of evidence came in.
        added: fields and units to which words of the other copy were added below this store's.
        kept: fields and units where the copies differ and only this store's stays: a person has to look.
    """

    value: Assessment
    graded: tuple[str, ...] = ()
    differ: tuple[str, ...] = ()
    evidence: int = 0
    added: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


def practitioners(assessment: Assessment) -> frozenset[str]:
    """Return ids of everyone whose work is in an assessment: assessors, graders, who recorded evidence."""
    pieces = (piece.by for answer in assessment.units.values() for piece in answer.evidence)
    return assessors_of(assessment) | {by for by in pieces if by}


def why_not_merged(here: Assessment, theirs: Assessment) -> str:
    """Return why two copies cannot be put together, as a sentence, or an empty text where they can.

    This store's copy has to be under way: what is finished, submitted or signed off does not change by a merge. The
    other may be finished, since its practitioner may be done; once it is signed off it is the record of another store.
    """
    for stands, why in (
        (here.locked, "This assessment is signed off here and does not change."),
        (here.state not in _GRADING, "Grading of this assessment is finished here: take it up again first."),
        (theirs.locked, "The other copy is signed off, and this store still works on the assessment."),
        (
            any(getattr(here, name) != getattr(theirs, name) for name in SAME),
            "The two copies were not made with the same pack, policy and child.",
        ),
        (
            bool(here.band and theirs.band) and here.band != theirs.band,
            "The two copies are graded in different age bands.",
        ),
        (here.recorded_elsewhere, "An assessment recorded elsewhere has no second practitioner here."),
    ):
        if stands:
            return why
    return ""


def merge(here: Assessment, theirs: Assessment, *, me: str, whose: str) -> Merge:
    """Put another copy of an assessment under way together with this store's.

    Merging the same copy again changes nothing.

    Args:
        here: this store's copy.
        theirs: the other copy; :func:`why_not_merged` has nothing against it.
        me: id of the professional who takes it in. Where a person graded a unit twice on a day, their own grade counts
            in their own store, and the other copy's counts for everyone else.
        whose: names of those who worked on the other copy, written beside words that are added.
    """
    found = _Found(me, whose)
    units = {
        code: _unit(found, code, here, theirs)
        for code in dict.fromkeys([*here.units, *theirs.units])
        if code in here.units or theirs.units[code] != UnitAnswer()
    }
    texts: dict[str, Any] = {name: _text(found, name, getattr(here, name), getattr(theirs, name)) for name in TEXTS}
    rest = _filled(found, "", here, theirs, _TOGETHER)
    value = replace(
        _begun(here, theirs),
        units=units,
        **texts,
        **rest,
        assessors=_united(here.assessors, theirs.assessors),
        explained=_explained(found, here.explained, theirs.explained),
        judgements=_by_code(found, "judgements", here.judgements, theirs.judgements),
        targets=tuple(
            _by_code(
                found,
                "targets",
                {target.unit: target for target in here.targets},
                {target.unit: target for target in theirs.targets},
            ).values()
        ),
        held_back=_united(here.held_back, theirs.held_back),
        opened_earlier=tuple(sorted({*here.opened_earlier, *theirs.opened_earlier})),
        history_read=_united(here.history_read, theirs.history_read),
        day_in_life={
            part: _text(found, "day_in_life", here.day_in_life.get(part, ""), theirs.day_in_life.get(part, ""))
            for part in dict.fromkeys([*here.day_in_life, *theirs.day_in_life])
        },
    )
    return Merge(
        value=value,
        graded=tuple(found.graded),
        differ=tuple(code for code, answer in units.items() if not effective_grade(answer).settled),
        evidence=found.evidence,
        added=tuple(dict.fromkeys(found.added)),
        kept=tuple(dict.fromkeys(found.kept)),
    )


class _Found:
    """What is noticed on the way through two copies, and by whom they are put together."""

    def __init__(self, me: str, whose: str) -> None:
        self.me = me
        self.whose = whose
        self.graded: list[str] = []
        self.added: list[str] = []
        self.kept: list[str] = []
        self.evidence = 0


def _begun(here: Assessment, theirs: Assessment) -> Assessment:
    """A draft that was graded in the other copy is in progress; every other state and step is this store's."""
    begun: tuple[Step, ...] = tuple(step for step in theirs.steps if step.state is AssessmentState.IN_PROGRESS)[:1]
    if here.state is not AssessmentState.DRAFT or theirs.state is AssessmentState.DRAFT:
        return here
    return replace(here, state=AssessmentState.IN_PROGRESS, steps=(*here.steps, *begun))


def _united(ours: tuple[Any, ...], theirs: tuple[Any, ...]) -> tuple[Any, ...]:
    return (*ours, *(each for each in theirs if each not in ours))


def _by_code(found: _Found, name: str, ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    """Ours, and of theirs what stands under another code."""
    if any(ours.get(code, value) != value for code, value in theirs.items()):
        found.kept.append(name)
    return {**theirs, **ours}


def _explained(found: _Found, ours: Explained | None, theirs: Explained | None) -> Explained | None:
    if ours is None or theirs is None:
        return ours or theirs
    said = {each.person for each in ours.carers}
    for each in theirs.carers:
        if each.person in said and each not in ours.carers:
            found.kept.append("explained")
    texts: dict[str, Any] = {
        name: _text(found, "explained", getattr(ours, name), getattr(theirs, name))
        for name in ("what", "leaflet", "language", "interpreter")
    }
    return replace(
        ours,
        **texts,
        carers=(*ours.carers, *(each for each in theirs.carers if each.person not in said)),
        asked_apart=theirs.asked_apart if ours.asked_apart is None else ours.asked_apart,
    )


def _filled(found: _Found, at: str, ours: Any, theirs: Any, together: frozenset[str]) -> dict[str, Any]:
    """Return the fields of theirs that ours has nothing in; what differs is noticed."""
    filled: dict[str, Any] = {}
    for each in fields(ours):
        mine, other = getattr(ours, each.name), getattr(theirs, each.name)
        if each.name in together or mine == other or _nothing(other):
            continue
        if _nothing(mine):
            filled[each.name] = other
        elif each.name != "proposed":  # whose it was does not travel, so that it always differs
            found.kept.append(f"{at}{each.name}")
    return filled


def _nothing(value: Any) -> bool:
    return value is None or value == "" or (isinstance(value, tuple | Mapping) and not value)


def _text(found: _Found, name: str, ours: str, theirs: str) -> str:
    """Both texts: one that is part of the other is not said twice."""
    if not theirs.strip() or theirs.strip() in ours:
        return ours
    found.added.append(name)
    if not ours.strip() or ours.strip() in theirs:
        return theirs
    return f"{ours.rstrip()}\n\nFrom the copy of {found.whose}: {theirs.strip()}"


# One unit -----------------------------------------------------------------------------------------


def _unit(found: _Found, code: str, here: Assessment, theirs: Assessment) -> UnitAnswer:
    ours, other = attributed(here, code), attributed(theirs, code)
    if other == ours:
        return here.answer(code)
    grades = _grades(ours.grades, other.grades, found.me)
    known = {given.by for given in ours.grades}
    if any(given.by not in known for given in other.grades):
        found.graded.append(code)
    evidence = _evidence(ours.evidence, other.evidence)
    found.evidence += len(evidence) - len(ours.evidence)
    texts: dict[str, Any] = {name: _text(found, code, getattr(ours, name), getattr(other, name)) for name in UNIT_TEXTS}
    facts = _filled(found, f"units.{code}.", ours, other, _UNIT_TOGETHER)
    merged = replace(ours, grades=grades, evidence=evidence, **texts, **facts)
    merged = _stated(found, code, merged, ours, other)
    return replace(merged, grade=_grade(merged, ours, other))


def attributed(assessment: Assessment, code: str) -> UnitAnswer:
    """Return a unit's answer in which a grade without its practitioner is the only assessor's."""
    answer = assessment.answer(code)
    alone = assessment.assessors[0] if len(assessment.assessors) == 1 else ""
    if answer.state is not UnitState.SCORED or answer.grade is None or answer.grades or not alone:
        return answer
    return replace(answer, grades=(PersonGrade(by=alone, grade=answer.grade),))


def _grades(ours: tuple[PersonGrade, ...], theirs: tuple[PersonGrade, ...], me: str) -> tuple[PersonGrade, ...]:
    """Every grade of both. The last of a person's on one day is the one that counts: by its instant, where known."""
    new = [given for given in theirs if given not in ours]
    below = [given for given in new if _stands_below(given, ours, me)]
    above = [given for given in new if given not in below]
    return (*below, *ours, *above)


def _stands_below(given: PersonGrade, ours: tuple[PersonGrade, ...], me: str) -> bool:
    same = [held for held in ours if (held.by, held.on) == (given.by, given.on)]
    instants = [held.at for held in same if held.at is not None]
    if given.at is not None and instants and len(instants) == len(same):
        return given.at < max(instants)
    return bool(same) and given.by == me


def _evidence(ours: tuple[Evidence, ...], theirs: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """Every piece of both; one of the same id that says something else stands beside ours under an id of its own."""
    united = list(ours)
    for piece in theirs:
        if any(same_piece(piece, held) for held in united):
            continue
        united.append(replace(piece, id=_own_id(piece)) if _ids(united) & {piece.id} - {None} else piece)
    return tuple(united)


def same_piece(one: Evidence, other: Evidence) -> bool:
    """Whether two pieces of evidence are the same in every field but the id."""
    return replace(one, id=None) == replace(other, id=None)


def _ids(pieces: Iterable[Evidence]) -> set[str | None]:
    return {piece.id for piece in pieces}


def _own_id(piece: Evidence) -> str:
    """The same piece gets the same id each time it comes in."""
    said = "\n".join(str(getattr(piece, each.name)) for each in fields(Evidence))
    return str(uuid.uuid5(uuid.NAMESPACE_OID, said))


def _stated(found: _Found, code: str, merged: UnitAnswer, ours: UnitAnswer, other: UnitAnswer) -> UnitAnswer:
    """The state, and what was agreed. A grade of either counts; a reason for having none is kept in the note."""
    scored = UnitState.SCORED in {ours.state, other.state}
    first, second = (ours, other) if ours.state is not UnitState.NOT_STARTED else (other, ours)
    if scored:
        merged = replace(merged, state=UnitState.SCORED, reason="")
        for side in (ours, other):
            if side.state is not UnitState.SCORED and side.reason.strip():
                said = f"{_words(side.state)}: {side.reason.strip()}"
                said = said if side is ours else f"From the copy of {found.whose}: {said}"
                merged = replace(merged, note=_noted(found, code, merged.note, said))
    else:
        reason = first.reason or (second.reason if first.state is second.state else "")
        merged = replace(merged, state=first.state, reason=reason)
        if second.reason.strip() and (second.state, second.reason) != (first.state, reason):
            said = f"From the copy of {found.whose}: {_words(second.state)}: {second.reason.strip()}"
            merged = replace(merged, note=_noted(found, code, merged.note, said))
    return _agreed(found, code, merged, ours, other)


def _words(state: UnitState) -> str:
    return state.value.replace("_", " ")


def _noted(found: _Found, code: str, note: str, said: str) -> str:
    if said in note:
        return note
    found.added.append(code)
    return f"{note.rstrip()}\n\n{said}" if note.strip() else said


def _agreed(found: _Found, code: str, merged: UnitAnswer, ours: UnitAnswer, other: UnitAnswer) -> UnitAnswer:
    """An agreement holds while it is about every grade that is now known, and nobody agreed on another."""
    latest = _latest(merged)
    # One that was put aside already does not come back with a copy that still has it.
    holding = [
        side
        for side in (ours, other)
        if side.agreed_reason.strip() and _latest(side) == latest and _agreed_before(side) not in ours.note
    ]
    if holding and len({side.grade for side in holding}) == 1:
        reason = ours.agreed_reason if ours in holding else other.agreed_reason
        merged = replace(merged, grade=holding[0].grade, agreed_reason=reason)
    else:
        merged = replace(merged, grade=None, agreed_reason="")
    for side in (ours, other):
        reason = side.agreed_reason.strip()
        if reason and reason not in merged.agreed_reason:
            merged = replace(merged, note=_noted(found, code, merged.note, _agreed_before(side)))
    return merged


def _agreed_before(side: UnitAnswer) -> str:
    return f"agreed before, grade {side.grade}: {side.agreed_reason.strip()}"


def _latest(answer: UnitAnswer) -> dict[str, int]:
    return {by: given.grade for by, given in latest_grades(answer).items()}


def _grade(merged: UnitAnswer, ours: UnitAnswer, other: UnitAnswer) -> int | None:
    """The grade that stands beside the practitioners' own: agreed, or the worse."""
    if merged.state is not UnitState.SCORED:
        return None
    if merged.agreed_reason:
        return merged.grade
    loose = [side.grade for side in (ours, other) if side.grade is not None and not side.grades]
    return max([*_latest(merged).values(), *loose], default=None)
