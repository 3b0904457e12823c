"""Two assessments of a child beside each other: what moved each roll-up, and what became of every target.

Grades are compared, never subtracted. The classes themselves are in :mod:`gcp2_app.domain.comparison`.

Source: instrument.md, Comparing two assessments; Targets; "draw change at item level and say which item moved the
roll-up".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gcp2_app.domain.assessment import Assessment, AssessmentState, Target, TargetOutcome
from gcp2_app.domain.comparability import same_unit, why_not_comparable
from gcp2_app.domain.comparison import Comparison, LostGain, UnitChange, compare, gain_not_held, sustained
from gcp2_app.domain.grading import effective_grade
from gcp2_app.domain.instrument import Pack
from gcp2_app.domain.scoring import Profile, Result, score_assessment


class Held(StrEnum):
    """Whether the gain of a target lasted."""

    SUSTAINED = "sustained"
    TOO_EARLY = "too_early"
    NOT_SUSTAINED = "not_sustained"
    NOT_HELD = "not_held"


@dataclass(frozen=True, slots=True, kw_only=True)
class RollUp:
    """One area or sub-area in both assessments.

    Attributes:
        code: of the area or sub-area.
        before, after: its results.
        why_not: why the two cannot be compared, or an empty text.
        moved_by: codes of the units that moved it, those that decided it first choice; empty where it did not move.
    """

    code: str
    before: Result
    after: Result
    why_not: str
    moved_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetReview:
    """A target of the earlier assessment, looked at in the later one.

    Attributes:
        target: as it was set.
        actual: grade value in the later assessment, or None.
        outcome: as the grades say; where they say nothing, as recorded at review.
        held: whether the gain lasted, over every review up to the later assessment.
    """

    target: Target
    actual: int | None
    outcome: TargetOutcome
    held: Held


@dataclass(frozen=True, slots=True, kw_only=True)
class SideBySide:
    """Two assessments beside each other.

    Attributes:
        comparison: unit by unit and sub-area by sub-area.
        areas, subareas: what became of each roll-up; empty where nothing can be compared.
        targets: those set in the earlier one.
        lost: gains that were not held by the later one, by unit code.
    """

    earlier: Assessment
    later: Assessment
    comparison: Comparison
    areas: tuple[RollUp, ...] = ()
    subareas: tuple[RollUp, ...] = ()
    targets: tuple[TargetReview, ...] = ()
    lost: Mapping[str, tuple[LostGain, ...]]


def set_side_by_side(
    pack: Pack,
    earlier: Assessment,
    later: Assessment,
    history: Sequence[Assessment],
    *,
    born: date | None,
    unannounced: frozenset[str] = frozenset(),
) -> SideBySide:
    """Set two assessments beside each other.

    Args:
        pack: the pack, in the later assessment's version.
        earlier: the assessment before.
        later: the assessment after.
        history: every assessment of the child that stands, oldest first, up to the later one.
        born: the child's date of birth, or the expected date before birth.
        unannounced: ids of the visits known to be unannounced.

    Raises:
        InvalidValue: a band is not known, or an answer does not fit the pack.
    """
    comparison = compare(pack, earlier, later, born=born, unannounced=unannounced)
    codes = () if later.recorded_elsewhere else tuple(code for code in later.units if pack.has_unit(code))
    found = {code: gain_not_held(pack, history, code, born=born) for code in codes} if history else {}
    lost = {code: gains for code, gains in found.items() if any(gain.again == later.id for gain in gains)}
    after_target = history[_place(history, earlier) + 1 :]
    reviews = [each for each in after_target if each.state is AssessmentState.SIGNED_OFF or each.id == later.id]
    targets = tuple(
        _review(pack, target, earlier, later, reviews, lost=target.unit in lost, born=born, unannounced=unannounced)
        for target in earlier.targets
    )
    areas: tuple[RollUp, ...] = ()
    subareas: tuple[RollUp, ...] = ()
    if not comparison.not_comparable and comparison.units:
        before, after = score_assessment(pack, earlier, born), score_assessment(pack, later, born)
        subareas = tuple(
            _subarea(before.subareas[code], after.subareas[code], pack, comparison) for code in comparison.subareas
        )
        areas = tuple(
            _area(before.areas[code], after.areas[code], pack, comparison, (before, after))
            for code in after.areas
            if code in before.areas
        )
    return SideBySide(
        earlier=earlier,
        later=later,
        comparison=comparison,
        areas=areas,
        subareas=subareas,
        targets=targets,
        lost=lost,
    )


def _place(history: Sequence[Assessment], of: Assessment) -> int:
    return next((number for number, each in enumerate(history) if each.id == of.id), -1)


def _subarea(was: Result, now: Result, pack: Pack, comparison: Comparison) -> RollUp:
    code = now.code
    units = [unit.code for unit in pack.subareas[code].units if unit.code in comparison.units]
    moved = _movers(units, was, now, (was.decided_by, now.decided_by), comparison)
    return RollUp(code=code, before=was, after=now, why_not=comparison.subareas[code].why_not, moved_by=moved)


def _area(was: Result, now: Result, pack: Pack, comparison: Comparison, profiles: tuple[Profile, Profile]) -> RollUp:
    subareas = [each.code for area in pack.areas if area.code == was.code for each in area.subareas]
    why_not = ""
    if was.thin or now.thin:
        why_not = "Too little was seen."
    elif was.provisional or now.provisional:
        why_not = "At least one is provisional."
    units = [unit.code for code in subareas for unit in pack.subareas[code].units if unit.code in comparison.units]
    before, after = (
        tuple(unit for code in result.decided_by for unit in profile.subareas[code].decided_by)
        for result, profile in zip((was, now), profiles, strict=True)
    )
    moved = _movers(units, was, now, (before, after), comparison)
    return RollUp(code=was.code, before=was, after=now, why_not=why_not, moved_by=moved)


def _movers(
    units: Sequence[str],
    was: Result,
    now: Result,
    deciding: tuple[Sequence[str], Sequence[str]],
    comparison: Comparison,
) -> tuple[str, ...]:
    """Return the units that went the way the roll-up went: those that decide the worse of the two, else all."""
    if was.grade is None or now.grade is None or was.grade == now.grade:
        return ()
    worse = now.grade > was.grade
    # Two bands may use one code, and a pack lists it for each.
    went = [code for code in dict.fromkeys(units) if _goes(comparison.units[code], worse=worse)]
    decided = [code for code in went if code in deciding[worse]]
    return tuple(decided or went)


def _goes(change: UnitChange, *, worse: bool) -> bool:
    """Whether a unit pulls the roll-up that way; one without a grade before or after does so by coming or going."""
    if change.change is None:
        return False
    if change.before is None or change.after is None:
        return (change.before is None) == worse
    return change.after != change.before and (change.after > change.before) == worse


def _review(
    pack: Pack,
    target: Target,
    earlier: Assessment,
    later: Assessment,
    reviews: Sequence[Assessment],
    *,
    lost: bool,
    born: date | None,
    unannounced: frozenset[str],
) -> TargetReview:
    comparable = not why_not_comparable(earlier, later) and same_unit(pack, target.unit, earlier, later, born)
    actual = effective_grade(later.answer(target.unit)).grade if comparable else None
    if lost:
        held = Held.NOT_HELD
    elif len(reviews) < 2:
        held = Held.TOO_EARLY
    elif sustained(pack, target, earlier, reviews, born=born, unannounced=unannounced):
        held = Held.SUSTAINED
    else:
        held = Held.NOT_SUSTAINED
    return TargetReview(target=target, actual=actual, outcome=_outcome(target, actual), held=held)


def _outcome(target: Target, actual: int | None) -> TargetOutcome:
    """Return what the grades say of a target: met at or better than it, part on the way to it.

    Source: instrument.md, Targets: "outcome (met, part, not met, worse, not assessed)".
    """
    if actual is None:
        return target.outcome or TargetOutcome.NOT_ASSESSED
    if actual <= target.target:
        return TargetOutcome.MET
    if actual < target.current:
        return TargetOutcome.PART
    return TargetOutcome.WORSE if actual > target.current else TargetOutcome.NOT_MET
