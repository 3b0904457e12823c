"""R1: practitioners return to the graded profile where a child may be neglected, and look again when it is due.

Source: casework.md, row R1.
"""

from dataclasses import dataclass

from gcp2_app.domain.rules.gradings import windows_of
from gcp2_app.domain.rules.reading import at_least, certain, has_neglect_type, ids, is_concern, possible_since
from gcp2_app.domain.rules.record import Graded
from gcp2_app.domain.rules.registry import Finding, NoNumbers, rule
from gcp2_app.domain.rules.view import View
from gcp2_app.domain.words import listed, long_date


@dataclass(frozen=True, slots=True)
class NoAssessment:
    """None in ``months``, on a plan for neglect or with ``concerns`` in ``concern_months``."""

    months: int
    concerns: int
    concern_months: int


@rule(
    "R1.no_assessment",
    NoAssessment,
    next="Start a graded assessment, or record one that was made elsewhere.",
    start="assessment",
    rests_on_nothing=True,
)
def no_assessment(view: View, numbers: NoAssessment) -> Finding | None:
    """No assessment in six months of a child on a plan for neglect, or with three concerns of neglect in that time.

    Assessments recorded elsewhere count. Any pack does.

    Source: casework.md, R1: "CiN or CP with category neglect, or ≥ 3 concern entries with a neglect type in 6 m, and
    none in 6 m".
    """
    marked = [fact for fact in view.facts("note", "referral") if is_concern(fact) and has_neglect_type(fact)]
    recent = [
        fact for fact in certain(marked) if fact.on is not None and view.within(fact.on, months=numbers.concern_months)
    ]
    by_plan, by_concerns = view.on_plan_for_neglect() is not None, len(recent) >= numbers.concerns
    if not by_plan and not by_concerns:
        return None
    if any(view.within(each.counts_from, months=numbers.months) for each in view.assessments()):
        return None
    why = ["the child is on a plan for neglect"] if by_plan else []
    if by_concerns:
        earliest = min(fact.on for fact in recent if fact.on is not None)
        possibly = len(possible_since(marked, earliest))
        said = at_least(len(recent), possibly, "concern")
        why.append(f"{said} with a type of neglect came in {numbers.concern_months} months")
    return Finding(
        text=f"No graded assessment is recorded in the last {numbers.months} months, and {listed(why)}.",
        entries=ids(recent) if by_concerns else (),
    )


@rule(
    "R1.review_overdue",
    NoNumbers,
    next="Start the review, or record one that was made elsewhere.",
    start="assessment",
    rests_on_nothing=True,
)
def review_overdue(view: View, _numbers: NoNumbers) -> Finding | None:
    """The review of a caregiving unit's latest assessment was due, and no later assessment is recorded.

    An assessment of the same carers with another pack is a review too, and so is one recorded elsewhere that names no
    carers.

    Source: casework.md, R1: "``review_overdue``".
    """
    found = view.assessments()
    late: list[Graded] = []
    for index, each in enumerate(found):
        due = each.assessment.review_due
        if due is None or any(_reviews(each, later) for later in found[index + 1 :]):
            continue
        if view.passed(due):
            late.append(each)
    if not late:
        return None
    due_on = listed(long_date(each.assessment.review_due) for each in late if each.assessment.review_due is not None)
    return Finding(
        text=f"The review of the assessment begun {windows_of(late)} was due on {due_on}, and no later assessment "
        "of the same carers is recorded.",
        entries=tuple(each.id for each in late),
    )


def _reviews(earlier: Graded, later: Graded) -> bool:
    carers = set(later.assessment.carers)
    return carers == set(earlier.assessment.carers) or (later.assessment.recorded_elsewhere and not carers)
