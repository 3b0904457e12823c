"""What a unit should become: targets, the safety steps that come before them, and when the review is due.

Every number comes from the pack.

Source: instrument.md, The unit of work, Targets and the review window.
"""

from datetime import date, timedelta

from gcp2_app.domain.assessment import Assessment, SafetyStep, Target
from gcp2_app.domain.grading import check_grade
from gcp2_app.domain.instrument import Pack
from gcp2_app.errors import InvalidValue


def default_target(pack: Pack, grade: int) -> int:
    """Return the target offered for a grade: one better, never worse than the pack's ``never_worse_than``.

    Raises:
        InvalidValue: the grade is not on the pack's scale.
    """
    check_grade(pack, grade)
    allowed = [value for value in pack.grades_by_value if value <= pack.targets.never_worse_than]
    return min(pack.better_by_one(grade), max(allowed, default=pack.grades[0].value))


def check_target(pack: Pack, target: Target) -> None:
    """Refuse a target that cannot be recorded.

    Raises:
        InvalidValue: no such unit, a grade off the scale, a target worse than the grade now, one worse than the pack
            allows, or one at ``supervisor_reason_at`` without a supervisor's reason. The message names the unit.
    """
    if not pack.has_unit(target.unit):
        raise InvalidValue(f"“{target.unit[:40]}” is not a unit of {pack.title}.")
    for grade in (target.current, target.target, target.actual):
        if grade is not None:
            try:
                check_grade(pack, grade)
            except InvalidValue as error:
                raise InvalidValue(f"Target for {target.unit}: {error.message}", error.mend) from None
    if target.target > target.current:
        raise InvalidValue(f"The target for {target.unit} is worse than its grade now.")
    rule = pack.targets
    if target.target == rule.supervisor_reason_at:
        if not target.reason.strip():
            raise InvalidValue(
                f"A target of {target.target} for {target.unit} needs a supervisor’s reason.",
                "Write the reason, or pick a better target.",
            )
    elif target.target > rule.never_worse_than:
        raise InvalidValue(
            f"The target for {target.unit} may not be worse than {rule.never_worse_than}.",
            "Pick a better target.",
        )


def needs_safety_step(pack: Pack, code: str, grade: int, age_months: int | None) -> bool:
    """Whether a grade of a unit first needs a safety step with owner and date.

    The worst grade always does. A grade at ``alert_from`` does in a safety-critical sub-area, and in any unit for a
    child under ``baby_under_months``, an unborn child included.

    Args:
        pack: the instrument.
        code: the unit's code.
        grade: the unit's grade value.
        age_months: the child's age in completed months, negative before birth, None where not known.

    Raises:
        InvalidValue: the pack has no such unit.
    """
    subarea = pack.subarea_of(code)
    alert_from = pack.thresholds.alert_from
    if grade > alert_from or grade >= pack.grades[-1].value:
        return True
    if grade < alert_from:
        return False
    baby = age_months is not None and age_months < pack.targets.baby_under_months
    return subarea.safety_critical or baby


def safety_step_for(assessment: Assessment, code: str) -> SafetyStep | None:
    """Return the safety step recorded for a unit, if it says what is done and by whom."""
    for target in assessment.targets:
        step = target.safety_step
        if target.unit == code and step is not None and step.step.strip() and step.owner.strip():
            return step
    return None


def default_review_due(pack: Pack, assessment: Assessment) -> date | None:
    """Return the day the next review is due: ``review_after_days`` after the window, or the first target's due day.

    A booked conference or review meeting is not known here. None where the window has no dates.
    """
    if assessment.window is None:
        return None
    end = assessment.window.to
    due = [target.due for target in assessment.targets if target.due is not None and target.due > end]
    return min([end + timedelta(days=pack.window.review_after_days), *due])
