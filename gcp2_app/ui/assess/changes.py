"""The changes a screen makes to an assessment, each from one value to the next. Knows no widgets and no store."""

from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any, Final

from gcp2_app.domain.answers import NOT_STARTED, PersonGrade, UnitAnswer, UnitState
from gcp2_app.domain.assessment import Assessment, Explained, Target
from gcp2_app.domain.evidence import units_with, with_evidence, without_evidence
from gcp2_app.domain.grading import effective_grade, latest_grades, record_grade, set_aside
from gcp2_app.domain.instrument import Pack
from gcp2_app.domain.targets import default_target

__all__ = [
    "WRITTEN",
    "changed_answer",
    "cleared",
    "explained",
    "graded",
    "merged",
    "new_target",
    "put_aside",
    "units_with",
    "with_answer",
    "with_evidence",
    "with_target",
    "without_evidence",
    "without_new_grades",
    "without_target",
    "written_onto",
]

#: What a unit's grade is, and what stands in for one.
GRADE_FIELDS: Final = ("state", "grade", "grades", "reason", "agreed_reason")
#: What a person writes in a draft. Everything else of an assessment is set by the steps it takes.
WRITTEN: Final = (
    "window",
    "window_reason",
    "band_reason",
    "explained",
    "units",
    "judgements",
    "child_voice",
    "child_wishes",
    "child_own_views",
    "day_in_life",
    "analysis",
    "meaning_so_far",
    "meaning_ahead",
    "targets",
    "review_due",
)


def written_onto(value: Assessment, kept: Assessment) -> Assessment:
    """Return what was written in ``value``, with the state, steps and people of ``kept``.

    The first grade opens a draft, and that happens when it is kept: what was written meanwhile, or is brought back by
    undo, must not turn it back.
    """
    changes: dict[str, Any] = {name: getattr(value, name) for name in WRITTEN}
    return replace(kept, band=value.band or kept.band, **changes)


def merged(base: Assessment, value: Assessment, stored: Assessment) -> Assessment:
    """Return what is stored now with what was changed from ``base`` to ``value``.

    What others wrote meanwhile stays, field by field of each unit; of grades given meanwhile none is lost.
    """
    written: dict[str, Any] = {
        name: getattr(value, name)
        for name in (*WRITTEN, "band")
        if name != "units" and getattr(value, name) != getattr(base, name)
    }
    result = replace(stored, **written)
    for code in {*base.units, *value.units}:
        before, after = base.answer(code), value.answer(code)
        if before != after:
            result = with_answer(result, code, _merged_answer(before, after, stored.answer(code)))
    return result


def _merged_answer(before: UnitAnswer, after: UnitAnswer, stored: UnitAnswer) -> UnitAnswer:
    if stored == before:
        return after
    changes: dict[str, Any] = {
        field.name: getattr(after, field.name)
        for field in fields(UnitAnswer)
        if getattr(after, field.name) != getattr(before, field.name)
    }
    answer = replace(stored, **changes)
    if "grades" not in changes:
        return answer
    mine = tuple(given for given in after.grades if given not in before.grades)
    replaced = {(given.by, given.on) for given in mine}
    others = tuple(given for given in stored.grades if (given.by, given.on) not in replaced)
    answer = replace(answer, grade=None, agreed_reason="", grades=(*others, *mine))
    return replace(answer, grade=effective_grade(answer).grade)


def without_new_grades(value: Assessment, stored: Assessment) -> Assessment:
    """Return what was written in ``value`` with the grades, and what stands in for one, of ``stored``."""
    result = replace(value, judgements=stored.judgements)
    for code in {*value.units, *stored.units}:
        kept: dict[str, Any] = {name: getattr(stored.answer(code), name) for name in GRADE_FIELDS}
        result = with_answer(result, code, replace(value.answer(code), **kept))
    return result


def with_answer(assessment: Assessment, code: str, answer: UnitAnswer) -> Assessment:
    """Return the assessment with another answer for a unit."""
    units = {**assessment.units, code: answer}
    if answer == NOT_STARTED:
        del units[code]
    return replace(assessment, units=units)


def changed_answer(assessment: Assessment, code: str, **changes: Any) -> Assessment:
    """Return the assessment with fields of one unit's answer changed."""
    return with_answer(assessment, code, replace(assessment.answer(code), **changes))


def graded(
    pack: Pack, assessment: Assessment, code: str, *, rank: int, by: str, on: date, at: datetime | None = None
) -> Assessment:
    """Return the assessment with one practitioner's grade of a unit.

    Args:
        pack: the pack.
        assessment: the assessment.
        code: the unit's code.
        rank: 1 the best grade of the pack's scale.
        by: id of the professional.
        on: the day.
        at: the instant, where it is known.
    """
    answer = assessment.answer(code)
    grade = pack.grades[rank - 1].value
    mine = latest_grades(answer).get(by)
    if answer.state is UnitState.SCORED and mine is not None and mine.grade == grade:
        return assessment
    return with_answer(assessment, code, record_grade(pack, answer, PersonGrade(by=by, on=on, grade=grade, at=at)))


def put_aside(assessment: Assessment, code: str, *, state: UnitState) -> Assessment:
    """Return the assessment with a unit that has no grade; a reason given for another state does not pass to this."""
    answer = assessment.answer(code)
    if answer.state is state:
        return assessment
    return with_answer(assessment, code, set_aside(answer, state=state, reason=""))


def cleared(assessment: Assessment, code: str, *, by: str) -> Assessment:
    """Return the assessment with a unit as if this practitioner had not graded it; notes and evidence stay.

    Another practitioner's grade stays too, and counts.
    """
    answer = assessment.answer(code)
    others = tuple(given for given in answer.grades if given.by != by)
    if answer.state is UnitState.SCORED and others:
        theirs = replace(answer, grade=None, agreed_reason="", grades=others)
        return with_answer(assessment, code, replace(theirs, grade=effective_grade(theirs).grade))
    return with_answer(
        assessment,
        code,
        replace(answer, state=UnitState.NOT_STARTED, grade=None, reason="", agreed_reason="", grades=others),
    )


def explained(assessment: Assessment, **changes: Any) -> Assessment:
    """Return the assessment with fields of what was explained changed."""
    return replace(assessment, explained=replace(assessment.explained or Explained(), **changes))


def new_target(pack: Pack, assessment: Assessment, unit: str, current: int) -> Assessment:
    """Return the assessment with a target for a unit: the default one for its grade."""
    target = Target(unit=unit, current=current, target=default_target(pack, current))
    return replace(assessment, targets=(*assessment.targets, target))


def with_target(assessment: Assessment, target: Target) -> Assessment:
    """Return the assessment with the target of that unit changed."""
    targets = tuple(target if held.unit == target.unit else held for held in assessment.targets)
    return replace(assessment, targets=targets)


def without_target(assessment: Assessment, unit: str) -> Assessment:
    """Return the assessment without a target for a unit."""
    return replace(assessment, targets=tuple(held for held in assessment.targets if held.unit != unit))
