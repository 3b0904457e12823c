"""One unit's grade: what may be recorded for it, and which grade counts where practitioners differ.

Knows a pack's scale and one answer; roll-up is in :mod:`gcp2_app.domain.scoring`.
"""

from dataclasses import dataclass, replace
from datetime import date

from gcp2_app.domain.answers import (
    VERIFYING,
    EvidenceSource,
    PersonGrade,
    ProposedGrade,
    UnitAnswer,
    UnitState,
)
from gcp2_app.domain.instrument import Pack, Unit
from gcp2_app.domain.when import completed_months
from gcp2_app.errors import InvalidValue


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectiveGrade:
    """The grade of a unit that feeds the roll-up.

    Attributes:
        grade: a grade value of the pack, or None where the unit is not scored.
        settled: False while practitioners differ and no agreed grade with its reason is set.
    """

    grade: int | None
    settled: bool


def latest_grades(answer: UnitAnswer) -> dict[str, PersonGrade]:
    """Return each practitioner's latest grade of a unit, by the practitioner's id."""
    latest: dict[str, PersonGrade] = {}
    for given in answer.grades:
        before = latest.get(given.by)
        if before is None or not _is_later(before, given):
            latest[given.by] = given
    return latest


def _is_later(one: PersonGrade, than: PersonGrade) -> bool:
    """Whether a grade was given after another. One without a day gives way; of one day without instants, neither."""
    if one.on == than.on and one.at is not None and than.at is not None:
        return one.at > than.at
    return (one.on or date.min) > (than.on or date.min)


def effective_grade(answer: UnitAnswer) -> EffectiveGrade:
    """Return the grade of a unit that feeds the roll-up.

    Where two practitioners' latest grades differ, the worse counts and the unit is not settled, until an agreed
    grade is set with its reason.

    Source: instrument.md, The unit of work, two practitioners.
    """
    if answer.state is not UnitState.SCORED:
        return EffectiveGrade(grade=None, settled=True)
    given = {latest.grade for latest in latest_grades(answer).values()}
    if len(given) > 1 and not (answer.agreed_reason.strip() and answer.grade is not None):
        return EffectiveGrade(grade=max(given), settled=False)
    if answer.grade is None and given:
        return EffectiveGrade(grade=max(given), settled=True)
    return EffectiveGrade(grade=answer.grade, settled=True)


def record_grade(pack: Pack, answer: UnitAnswer, given: PersonGrade) -> UnitAnswer:
    """Return the answer with one practitioner's grade in it.

    A second grade by the same person on the same day replaces the first; every other grade is kept. An earlier
    agreement no longer holds.

    Raises:
        InvalidValue: the grade is not on the pack's scale.
    """
    check_grade(pack, given.grade)
    kept = tuple(old for old in answer.grades if (old.by, old.on) != (given.by, given.on))
    graded = replace(
        answer,
        state=UnitState.SCORED,
        grade=None,
        reason="",
        agreed_reason="",
        grades=(*kept, given),
    )
    return replace(graded, grade=effective_grade(graded).grade)


def agree_grade(pack: Pack, answer: UnitAnswer, *, grade: int, reason: str) -> UnitAnswer:
    """Return the answer with the grade that practitioners who differed agree on; both their grades stay.

    Raises:
        InvalidValue: the grade is not on the pack's scale, or the reason is empty.
    """
    check_grade(pack, grade)
    if not reason.strip():
        raise InvalidValue("An agreed grade needs its reason.", "Say why this grade was agreed.")
    return replace(answer, state=UnitState.SCORED, grade=grade, agreed_reason=reason)


def propose_grade(pack: Pack, answer: UnitAnswer, offered: ProposedGrade) -> UnitAnswer:
    """Return the answer with a grade offered from a sibling's assessment beside it; the unit is as ungraded as before.

    Raises:
        InvalidValue: the grade is not on the pack's scale, or the unit is graded already.

    Source: instrument.md, The unit of work, Siblings: *proposed grades* confirmed or changed child by child.
    """
    check_grade(pack, offered.grade)
    if answer.state is UnitState.SCORED:
        raise InvalidValue("This unit is graded already.", "What was seen of this child stands.")
    return replace(answer, proposed=offered)


def waiting_proposal(answer: UnitAnswer) -> ProposedGrade | None:
    """Return the offered grade that still waits to be confirmed or changed: none once the unit is graded."""
    return None if answer.state is UnitState.SCORED else answer.proposed


def set_aside(answer: UnitAnswer, *, state: UnitState, reason: str) -> UnitAnswer:
    """Return the answer with another state than scored; what was graded and seen before stays with it.

    Args:
        answer: what is recorded so far.
        state: any state but ``scored``.
        reason: why; for not observed also who could tell.

    Raises:
        InvalidValue: the state is ``scored``, which needs a grade.
    """
    if state is UnitState.SCORED:
        raise InvalidValue("A scored unit needs a grade.", "Pick a grade.")
    return replace(answer, state=state, grade=None, reason=reason)


def check_grade(pack: Pack, grade: object) -> int:
    """Return a grade value of the pack; refuse anything else, a fraction, a truth value and a text included.

    Raises:
        InvalidValue: not on the scale.
    """
    if type(grade) is not int or grade not in pack.grades_by_value:
        scale = ", ".join(str(value) for value in pack.grades_by_value)
        raise InvalidValue(f"This is not a grade of {pack.title}.", f"Use one of {scale}.")
    return grade


def check_answer(pack: Pack, band: str, code: str, answer: UnitAnswer) -> None:
    """Refuse an answer that cannot be recorded for a unit.

    Reasons that are still missing do not refuse it: :func:`gcp2_app.domain.progress.missing` asks for them.

    Args:
        pack: the pack of the assessment.
        band: code of the developmental band.
        code: the unit's code.
        answer: what is to be recorded.

    Raises:
        InvalidValue: the band has no such unit, a grade is off the scale or stands beside a state that has none, or
            *not applicable* where the pack does not allow it. The message names the unit.
    """
    label = pack.band(band).label
    unit = pack.units_in(band).get(code)
    if unit is None:
        raise InvalidValue(f"“{code[:40]}” is not a unit of {pack.title}, {label}.")
    check_unit_answer(pack, unit, answer)


def check_unit_answer(pack: Pack, unit: Unit, answer: UnitAnswer) -> None:
    """Refuse an answer that cannot be recorded for a unit already found in its band.

    Raises:
        InvalidValue: as :func:`check_answer`.
    """
    grades = [given.grade for given in answer.grades]
    grades += [grade for grade in (answer.grade, answer.carer_grade) if grade is not None]
    grades += [answer.proposed.grade] if answer.proposed is not None else []
    for grade in grades:
        try:
            check_grade(pack, grade)
        except InvalidValue as error:
            raise InvalidValue(f"{unit.code}: {error.message}", error.mend) from None
    if answer.state is UnitState.SCORED:
        if answer.grade is None and not answer.grades:
            raise InvalidValue(f"{unit.code}: a scored unit needs a grade.", "Pick a grade.")
    elif answer.grade is not None:
        raise InvalidValue(
            f"{unit.code}: a grade stands beside the state “{answer.state}”, which has none.",
            "Take the grade out, or make the state “scored”.",
        )
    if answer.state is UnitState.NOT_APPLICABLE and not unit.may_not_apply:
        raise InvalidValue(
            f"{unit.code} applies to every child and cannot be marked not applicable.",
            "Use “not observed” and say who could tell.",
        )


def verified(answer: UnitAnswer) -> bool:
    """Whether the answer has evidence that was seen or came from another professional."""
    return any(evidence.source in VERIFYING for evidence in answer.evidence)


def verified_apart_from_announced(answer: UnitAnswer, unannounced: frozenset[str]) -> bool:
    """Whether a gain rests on more than a carer's word or announced visits.

    What was seen counts only on a visit known to be unannounced; another professional's account counts by itself.

    Args:
        answer: what is recorded for the unit.
        unannounced: ids of the visits known to be unannounced; any other visit counts as announced.

    Source: instrument.md, Comparison, *better, not yet verified*.
    """
    return any(
        evidence.source is EvidenceSource.OTHER_PROFESSIONAL
        or (evidence.source in VERIFYING and evidence.visit in unannounced)
        for evidence in answer.evidence
    )


def rests_on_carers_word(answer: UnitAnswer) -> bool:
    """Whether all the evidence of a scored unit is what a carer said. Such a grade carries a mark."""
    return (
        answer.state is UnitState.SCORED
        and bool(answer.evidence)
        and all(evidence.source is EvidenceSource.CARER_SAID for evidence in answer.evidence)
    )


def too_early(unit: Unit, known_since: date | None, on: date) -> bool:
    """Whether a unit that waits for a diagnosis to be known some months cannot be graded yet.

    Args:
        unit: the unit; one without a wait is never too early.
        known_since: the day the condition became known, or None where there is none.
        on: the first day of the window.

    Source: instrument.md, Structure: "A diagnosis under 3 months old: grade A5.b and show A5.d too early".
    """
    if not unit.known_for_months or known_since is None:
        return False
    return completed_months(known_since, on) < unit.known_for_months
