"""Change between assessments: unit by unit, sub-area by sub-area, and over several reviews.

Grades are compared, never subtracted: a change has a class, not a size. Knows which visits were unannounced only from
the ids it is given.

Source: instrument.md, The unit of work, Comparison.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from gcp2_app.domain.answers import UnitAnswer, UnitState
from gcp2_app.domain.assessment import Assessment, AssessmentState, Target
from gcp2_app.domain.comparability import same_unit, why_not_comparable
from gcp2_app.domain.grading import effective_grade, verified, verified_apart_from_announced
from gcp2_app.domain.instrument import Pack
from gcp2_app.domain.scoring import Result, score_assessment

_OTHER_BAND = "The age bands differ, and with them the unit."
_NO_GRADE = "It has no grade in either."


class Change(StrEnum):
    """What became of a grade. "Still high" means still at or past ``alert_from``."""

    BETTER = "better"
    BETTER_STILL_HIGH = "better_still_high"
    BETTER_NOT_VERIFIED = "better_not_verified"
    SAME = "same"
    WORSE = "worse"
    NEWLY_SCORED = "newly_scored"
    NO_LONGER_SCORED = "no_longer_scored"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitChange:
    """One unit, or one sub-area, in two assessments.

    Attributes:
        before, after: grade values, or None where it has no grade.
        change: None where it cannot be compared.
        why_not: why it cannot be compared, or an empty text.
    """

    before: int | None
    after: int | None
    change: Change | None
    why_not: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two assessments side by side.

    Attributes:
        not_comparable: why nothing can be compared, or an empty text. Both grades are listed all the same.
        units: by unit code; empty where either was recorded elsewhere.
        subareas: by sub-area code; empty where nothing can be compared.
    """

    not_comparable: str
    units: Mapping[str, UnitChange]
    subareas: Mapping[str, UnitChange] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, kw_only=True)
class LostGain:
    """A gain that was not held.

    Attributes:
        first, better, again: ids of the assessments: at 4-5, better and signed off, at 4-5 again.
    """

    first: str
    better: str
    again: str


def compare(
    pack: Pack,
    earlier: Assessment,
    later: Assessment,
    *,
    born: date | None,
    unannounced: frozenset[str] = frozenset(),
) -> Comparison:
    """Compare two assessments of a child.

    Units compare only within one band; a sub-area whose units differ between the bands compares as a sub-area alone.

    Args:
        pack: the pack, in the later assessment's version.
        earlier: the assessment before.
        later: the assessment after.
        born: the child's date of birth, or the expected date before birth.
        unannounced: ids of the visits known to be unannounced.

    Raises:
        InvalidValue: a band is not known, or an answer does not fit the pack.
    """
    reason = why_not_comparable(earlier, later)
    units: dict[str, UnitChange] = {}
    if not (earlier.recorded_elsewhere or later.recorded_elsewhere):
        for code in _codes(pack, earlier, later):
            why_not = reason
            if not reason and not same_unit(pack, code, earlier, later, born):
                why_not = _OTHER_BAND
            units[code] = _unit_change(pack, earlier.answer(code), later.answer(code), why_not, unannounced)
    if reason:
        return Comparison(not_comparable=reason, units=MappingProxyType(units))
    before, after = score_assessment(pack, earlier, born), score_assessment(pack, later, born)
    subareas: dict[str, UnitChange] = {}
    for code in pack.subareas:
        if code in before.subareas and code in after.subareas:
            behind = _behind(pack, code, later, units)
            subareas[code] = _subarea_change(
                pack,
                before.subareas[code],
                after.subareas[code],
                by_unit=_by_unit(pack, code, units),
                gain_verified=all(verified_apart_from_announced(answer, unannounced) for answer in behind),
            )
    return Comparison(not_comparable="", units=MappingProxyType(units), subareas=MappingProxyType(subareas))


def classify(pack: Pack, before: int | None, after: int | None, *, gain_verified: bool) -> Change | None:
    """Return the class of a change of grade, or None where there is no grade in either.

    Args:
        pack: the instrument; its ``alert_from`` decides what is still high.
        before: grade value before, or None.
        after: grade value after, or None.
        gain_verified: a gain from ``alert_from`` rests on more than a carer's word or announced visits.
    """
    alert_from = pack.thresholds.alert_from
    change: Change | None
    if before is None:
        change = None if after is None else Change.NEWLY_SCORED
    elif after is None:
        change = Change.NO_LONGER_SCORED
    elif after >= before:
        change = Change.SAME if after == before else Change.WORSE
    elif after >= alert_from:
        change = Change.BETTER_STILL_HIGH
    else:
        from_high = before >= alert_from
        change = Change.BETTER_NOT_VERIFIED if from_high and not gain_verified else Change.BETTER
    return change


def sustained(
    pack: Pack,
    target: Target,
    set_in: Assessment,
    reviews: Sequence[Assessment],
    *,
    born: date | None,
    unannounced: frozenset[str] = frozenset(),
) -> bool:
    """Whether a target's gain is sustained: the last two reviews are both at or below target, verified.

    A review that cannot be compared, or in which the unit has no grade, breaks the run. Coming from ``alert_from``, a
    carer's word or announced visits alone verify nothing.

    Args:
        pack: the instrument.
        target: the target.
        set_in: the assessment the target was set in.
        reviews: the assessments after it, oldest first.
        born: the child's date of birth, or the expected date before birth.
        unannounced: ids of the visits known to be unannounced.
    """
    if len(reviews) < 2:
        return False
    from_high = target.current >= pack.thresholds.alert_from
    for review in reviews[-2:]:
        comparable = not why_not_comparable(set_in, review)
        if not comparable or not same_unit(pack, target.unit, set_in, review, born):
            return False
        answer = review.answer(target.unit)
        grade = effective_grade(answer).grade
        if grade is None or grade > target.target:
            return False
        if from_high and not verified_apart_from_announced(answer, unannounced):
            return False
        if not verified(answer):
            return False
    return True


def gain_not_held(pack: Pack, history: Sequence[Assessment], code: str, *, born: date | None) -> tuple[LostGain, ...]:
    """Return each time a unit was at 4-5, better in at least one signed-off assessment, and at 4-5 again.

    No target is needed. Assessments that cannot be compared with the last one, and those in which the unit has no
    grade, are passed over.

    Args:
        pack: the instrument.
        history: assessments of the child, oldest first.
        code: the unit's code.
        born: the child's date of birth, or the expected date before birth.
    """
    lost: list[LostGain] = []
    high = better = ""
    for assessment in history:
        if why_not_comparable(assessment, history[-1]) or not same_unit(pack, code, assessment, history[-1], born):
            continue
        grade = effective_grade(assessment.answer(code)).grade
        if grade is None:
            continue
        if grade >= pack.thresholds.alert_from:
            if high and better:
                lost.append(LostGain(first=high, better=better, again=assessment.id))
            high, better = assessment.id, ""
        elif high and assessment.state is AssessmentState.SIGNED_OFF:
            better = better or assessment.id
    return tuple(lost)


def _codes(pack: Pack, earlier: Assessment, later: Assessment) -> list[str]:
    """Return codes of the units answered in either, in the pack's order; those of another pack last."""
    answered = dict.fromkeys([*later.units, *earlier.units])
    ours = [code for code in pack.unit_codes if code in answered]
    return ours + [code for code in answered if not pack.has_unit(code)]


def _unit_change(
    pack: Pack, earlier: UnitAnswer, later: UnitAnswer, why_not: str, unannounced: frozenset[str]
) -> UnitChange:
    before, after = effective_grade(earlier).grade, effective_grade(later).grade
    if why_not:
        return UnitChange(before=before, after=after, change=None, why_not=why_not)
    gain_verified = verified_apart_from_announced(later, unannounced)
    change = classify(pack, before, after, gain_verified=gain_verified)
    why_not = "" if change else _NO_GRADE
    return UnitChange(before=before, after=after, change=change, why_not=why_not)


def _by_unit(pack: Pack, code: str, units: Mapping[str, UnitChange]) -> list[UnitChange] | None:
    """Return the changes of a sub-area's units, or None where its units are not the same ones."""
    mine = [units[unit.code] for unit in pack.subareas[code].units if unit.code in units]
    return None if not mine or any(unit.why_not == _OTHER_BAND for unit in mine) else mine


def _behind(pack: Pack, code: str, later: Assessment, units: Mapping[str, UnitChange]) -> list[UnitAnswer]:
    """Return the answers a sub-area's gain rests on: those that came from 4-5, or all where units differ."""
    scored = [
        unit
        for unit in dict.fromkeys([*(unit.code for unit in pack.subareas[code].units), code])
        if later.answer(unit).state is UnitState.SCORED
    ]
    if _by_unit(pack, code, units) is not None:
        scored = [unit for unit in scored if (units[unit].before or 0) >= pack.thresholds.alert_from]
    return [later.answer(unit) for unit in scored]


def _subarea_change(
    pack: Pack,
    before: Result,
    after: Result,
    *,
    by_unit: list[UnitChange] | None,
    gain_verified: bool,
) -> UnitChange:
    change, why_not = None, ""
    if before.grade is not None and after.grade is not None:
        if by_unit is None:
            unlike = before.provisional or after.provisional
        else:
            unlike = any((unit.before is None) != (unit.after is None) for unit in by_unit)
        if before.thin or after.thin:
            why_not = "Too little was seen."
        elif unlike:
            why_not = "They are not equally complete."
    if not why_not:
        change = classify(pack, before.grade, after.grade, gain_verified=gain_verified)
        why_not = "" if change else _NO_GRADE
    return UnitChange(before=before.grade, after=after.grade, change=change, why_not=why_not)
