"""The roll-up: from the grades of units to those of sub-areas and areas, each with its reason and its counts.

Grades are ordinal: they are compared and counted, never added or averaged. Knows packs and answers; nothing of files,
screens or dates of today.

Source: instrument.md, Roll-up. The tie and blank rules are this project's own.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from gcp2_app.domain.answers import NOT_STARTED, UnitAnswer, UnitState
from gcp2_app.domain.assessment import Assessment, Judgement
from gcp2_app.domain.gates import closed_areas
from gcp2_app.domain.grading import (
    EffectiveGrade,
    check_answer,
    check_grade,
    check_unit_answer,
    effective_grade,
)
from gcp2_app.domain.instrument import Pack, Policy, Subarea, Unit
from gcp2_app.domain.when import completed_months
from gcp2_app.errors import InvalidValue

__all__ = [
    "Counts",
    "EffectiveGrade",
    "Profile",
    "Reason",
    "Result",
    "age_in_months",
    "band_of",
    "check_answer",
    "check_judgement",
    "effective_grade",
    "open_units",
    "roll_up",
    "score",
    "score_assessment",
]

_NO_JUDGEMENTS: Mapping[str, Judgement] = MappingProxyType({})


class Reason(StrEnum):
    """Why a sub-area or area has the grade it has."""

    MODE = "mode"
    TIE = "tie"
    OVERRIDE = "override"
    WORST = "worst"
    JUDGEMENT = "judgement"
    NONE = "none"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many units lie behind a grade. Counts of units, never of grades.

    Attributes:
        by_grade: number of units at each grade value from ``watch_from`` on, zero included.
        unscored: number of applicable units without a grade.
    """

    by_grade: Mapping[int, int]
    unscored: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The grade of a sub-area or an area.

    Attributes:
        code: of the sub-area or area.
        grade: a grade value of the pack, or None where nothing is scored or nothing applies.
        scored, of: units scored, of those that apply; for an area, sub-areas.
        provisional: something that applies has no grade yet, or practitioners differ.
        thin: too little was seen for a grade this good to show as a number.
        decided_by: codes of the units (for an area, sub-areas) that hold the deciding grade.
    """

    code: str
    grade: int | None
    reason: Reason
    scored: int
    of: int
    provisional: bool
    thin: bool
    counts: Counts
    decided_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """All results of one assessment.

    Attributes:
        band: code of the developmental band; empty for an assessment recorded elsewhere.
        units: number of units that apply.
        subareas: results by sub-area code, in the pack's order. A sub-area without units in the band has none.
        areas: results by area code, in the pack's order.
        closed: codes of the areas that are not open yet. They have no result, and their units do not count.
    """

    band: str
    units: int
    subareas: Mapping[str, Result]
    areas: Mapping[str, Result]
    closed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Leaves:
    """Units that apply under one result: how many, how many scored, how many at each grade."""

    of: int
    scored: int
    at: Mapping[int, int]


def score(
    pack: Pack,
    band: str,
    answers: Mapping[str, UnitAnswer],
    *,
    policy: Policy | None = None,
    judgements: Mapping[str, Judgement] = _NO_JUDGEMENTS,
    opened: Collection[str] = (),
) -> Profile:
    """Roll up the answers of one assessment.

    Args:
        pack: the instrument.
        band: code of the developmental band, which decides the units.
        answers: by unit code; a missing unit is not started.
        policy: how grades roll up; the pack's own where None.
        judgements: the practitioner's own grades by sub-area code; used by the policy ``judgement`` alone.
        opened: codes of the gated areas that were opened.

    Raises:
        InvalidValue: no such band, unit or sub-area, or an answer that cannot be recorded (see ``check_answer``).
    """
    pack.band(band)
    by_subarea = {subarea.code: subarea.units_in(band) for subarea in pack.subareas.values()}
    units = {unit.code: unit for found in by_subarea.values() for unit in found}
    for code, answer in answers.items():
        if code in units:
            check_unit_answer(pack, units[code], answer)
        else:
            check_answer(pack, band, code, answer)
    whole = _profile(pack, band, by_subarea, answers, policy=policy or pack.policy, judgements=judgements)
    grades = {code: result.grade for code, result in whole.areas.items()}
    closed = closed_areas(pack, band, answers, opened=opened, grades=grades)
    if not closed:
        return whole
    of_open = {code: found for code, found in by_subarea.items() if pack.area_of[code].code not in closed}
    rest = _profile(pack, band, of_open, answers, policy=policy or pack.policy, judgements=judgements)
    return replace(rest, closed=closed)


def score_assessment(pack: Pack, assessment: Assessment, born: date | None) -> Profile:
    """Roll up one assessment by its own policy.

    An assessment recorded elsewhere holds sub-area grades only; each counts as one unit.

    Args:
        pack: the pack version the assessment was made with.
        assessment: the assessment.
        born: the child's date of birth, or the expected date before birth.

    Raises:
        InvalidValue: as :func:`score`, or the band is not known.
    """
    if not assessment.recorded_elsewhere:
        return score(
            pack,
            band_of(pack, assessment, born),
            assessment.units,
            policy=assessment.policy,
            judgements=assessment.judgements,
            opened=[opening.area for opening in assessment.openings],
        )
    for code, answer in assessment.units.items():
        if code not in pack.subareas:
            raise InvalidValue(f"“{code[:40]}” is not a sub-area of {pack.title}.")
        check_unit_answer(pack, _as_unit(pack.subareas[code]), answer)
    by_subarea = {code: (_as_unit(subarea),) for code, subarea in pack.subareas.items()}
    return _profile(pack, "", by_subarea, assessment.units, policy=assessment.policy, judgements=_NO_JUDGEMENTS)


def open_units(pack: Pack, assessment: Assessment, born: date | None) -> Mapping[str, Unit]:
    """Return the units an assessment is about by code, in the pack's order: those of its band in open areas.

    Raises:
        InvalidValue: as :func:`score_assessment`.
    """
    units = pack.units_in(band_of(pack, assessment, born))
    if not pack.gates:
        return units
    closed = score_assessment(pack, assessment, born).closed
    return {code: unit for code, unit in units.items() if pack.area_of[pack.subarea_of(code).code].code not in closed}


def age_in_months(assessment: Assessment, born: date | None) -> int | None:
    """Return the child's age in completed months at the window's start, or None where it is not known."""
    if born is None or assessment.window is None:
        return None
    return completed_months(born, assessment.window.from_)


def band_of(pack: Pack, assessment: Assessment, born: date | None) -> str:
    """Return the code of an assessment's band: the one picked, else the one by age at the window's start.

    An assessment that came in without its band, and whose answers do not fit the child's age, was graded in another
    band by judgement: the first band that has all its units is the one.

    Raises:
        InvalidValue: no band was picked and the age is not known or in no band; or no band has all its units.
    """
    if assessment.band:
        return pack.band(assessment.band).code
    age_months = age_in_months(assessment, born)
    answered = assessment.units.keys()
    by_age = [] if age_months is None else [band for band in pack.bands if band.holds(age_months)]
    if not by_age and not answered:
        raise InvalidValue(
            "The child’s age at the start of the window is not known, or in no age band.",
            "Give the date of birth and the window’s dates, or pick an age band.",
        )
    for band in (*by_age, *pack.bands):
        if answered <= pack.units_in(band.code).keys():
            return band.code
    raise InvalidValue(f"No age band of {pack.title} has all the units of this assessment.", "Check the unit codes.")


def can_be_scored(pack: Pack, assessment: Assessment, born: date | None) -> bool:
    """Return whether the assessment's band is known, without which there is nothing to roll up."""
    if assessment.recorded_elsewhere:
        return True
    try:
        band_of(pack, assessment, born)
    except InvalidValue:
        return False
    return True


def check_judgement(pack: Pack, computed: Result, judgement: Judgement) -> None:
    """Refuse a practitioner's own grade of a sub-area that cannot be recorded.

    Args:
        pack: the instrument.
        computed: the sub-area's computed result.
        judgement: the practitioner's own grade.

    Raises:
        InvalidValue: off the scale, or it differs from the computed grade without a reason.
    """
    check_grade(pack, judgement.grade)
    if judgement.grade != computed.grade and not judgement.reason.strip():
        raise InvalidValue(f"{computed.code}: this grade differs from the computed one.", "Give the reason.")


def roll_up(pack: Pack, grades: Sequence[int], policy: Policy) -> tuple[int | None, Reason]:
    """Return the grade that several grades roll up to, and why. Their order does not matter.

    The policy ``judgement`` computes like ``mode-with-override``.

    Args:
        pack: the instrument; its ``override_from`` decides what overrides.
        grades: grade values.
        policy: how they roll up.
    """
    if not grades:
        return None, Reason.NONE
    worst = max(grades)
    if policy is Policy.WORST:
        return worst, Reason.WORST
    if worst >= pack.thresholds.override_from:
        return worst, Reason.OVERRIDE
    often = Counter(grades)
    most = max(often.values())
    modes = [grade for grade, times in often.items() if times == most]
    return max(modes), Reason.MODE if len(modes) == 1 else Reason.TIE


def _profile(
    pack: Pack,
    band: str,
    by_subarea: Mapping[str, Sequence[Unit]],
    answers: Mapping[str, UnitAnswer],
    *,
    policy: Policy,
    judgements: Mapping[str, Judgement],
) -> Profile:
    for code, judgement in judgements.items():
        if code not in pack.subareas:
            raise InvalidValue(f"“{code[:40]}” is not a sub-area of {pack.title}.")
        check_grade(pack, judgement.grade)
    subareas: dict[str, Result] = {}
    leaves: dict[str, _Leaves] = {}
    for code, units in by_subarea.items():
        if units:
            judgement_here = judgements.get(code) if policy is Policy.JUDGEMENT else None
            graded = {
                unit.code: effective_grade(answer)
                for unit in units
                if (answer := answers.get(unit.code, NOT_STARTED)).state is not UnitState.NOT_APPLICABLE
            }
            leaves[code] = _leaves(graded.values())
            subareas[code] = _subarea(pack, code, graded, leaves[code], policy=policy, judgement=judgement_here)
    areas: dict[str, Result] = {}
    for area in pack.areas:
        codes = [subarea.code for subarea in area.subareas if subarea.code in subareas]
        if codes:
            under = _together([leaves[code] for code in codes])
            areas[area.code] = _area(pack, area.code, [subareas[code] for code in codes], under, policy)
    return Profile(
        band=band,
        units=sum(found.of for found in leaves.values()),
        subareas=MappingProxyType(subareas),
        areas=MappingProxyType(areas),
    )


def _subarea(
    pack: Pack,
    code: str,
    graded: Mapping[str, EffectiveGrade],
    leaves: _Leaves,
    *,
    policy: Policy,
    judgement: Judgement | None,
) -> Result:
    scored = {unit: found.grade for unit, found in graded.items() if found.grade is not None}
    settled = all(found.settled for found in graded.values())
    grade, reason = roll_up(pack, list(scored.values()), policy)
    if not graded:
        reason = Reason.NOT_APPLICABLE
    # Beside no computed grade there is nothing to judge: a sub-area nobody graded has no grade.
    if judgement is not None and grade is not None:
        reasoned = bool(judgement.reason.strip()) or judgement.grade == grade
        settled = settled and reasoned
        if reasoned or judgement.grade > grade:
            grade, reason = judgement.grade, Reason.JUDGEMENT
    return Result(
        code=code,
        grade=grade,
        reason=reason,
        scored=leaves.scored,
        of=leaves.of,
        provisional=leaves.scored < leaves.of or not settled,
        thin=_thin(pack, grade, leaves),
        counts=_counts(pack, leaves),
        decided_by=tuple(unit for unit, held in scored.items() if held == grade),
    )


def _area(pack: Pack, code: str, subareas: Sequence[Result], leaves: _Leaves, policy: Policy) -> Result:
    counted = [result for result in subareas if result.reason is not Reason.NOT_APPLICABLE]
    grades = [result.grade for result in counted if result.grade is not None]
    grade, reason = roll_up(pack, grades, policy)
    if not counted:
        reason = Reason.NOT_APPLICABLE
    return Result(
        code=code,
        grade=grade,
        reason=reason,
        scored=len(grades),
        of=len(counted),
        provisional=any(result.provisional for result in counted),
        thin=_thin(pack, grade, leaves),
        counts=_counts(pack, leaves),
        decided_by=tuple(result.code for result in counted if grade is not None and result.grade == grade),
    )


def _leaves(graded: Iterable[EffectiveGrade]) -> _Leaves:
    found = list(graded)
    at = Counter(unit.grade for unit in found if unit.grade is not None)
    return _Leaves(of=len(found), scored=at.total(), at=at)


def _together(parts: Sequence[_Leaves]) -> _Leaves:
    at: Counter[int] = Counter()
    for part in parts:
        at.update(part.at)
    return _Leaves(of=sum(part.of for part in parts), scored=at.total(), at=at)


def _thin(pack: Pack, grade: int | None, leaves: _Leaves) -> bool:
    """Whether too little was seen: a grade better than the override needs half of its units; exactly half will do."""
    return grade is not None and grade < pack.thresholds.override_from and leaves.scored * 2 < leaves.of


def _counts(pack: Pack, leaves: _Leaves) -> Counts:
    watched = [value for value in pack.grades_by_value if value >= pack.thresholds.watch_from]
    return Counts(
        by_grade=MappingProxyType({value: leaves.at.get(value, 0) for value in watched}),
        unscored=leaves.of - leaves.scored,
    )


def _as_unit(subarea: Subarea) -> Unit:
    """Return a sub-area as one unit, for an assessment that holds sub-area grades only."""
    first = subarea.units[0]
    return Unit(
        code=subarea.code,
        label=subarea.label,
        prompt=subarea.about,
        look_for=(),
        guidance="",
        descriptors=first.descriptors,
        author=first.author,
        written_on=first.written_on,
    )
