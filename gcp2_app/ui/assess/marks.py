"""What the tree of units shows of each unit, and which units need something. Knows no widgets."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gcp2_app.domain.answers import UnitAnswer, UnitState
from gcp2_app.domain.assessment import Assessment, Window
from gcp2_app.domain.grading import effective_grade, verified, waiting_proposal
from gcp2_app.domain.instrument import Band, Pack, Unit
from gcp2_app.domain.scoring import Result
from gcp2_app.domain.when import completed_months
from gcp2_app.ui.assess.blind import is_hidden


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitMark:
    """What is shown of one unit.

    Attributes:
        grade: grade value, or None where it has none or is hidden.
        settled: practitioners agree, or only one graded.
        hidden: another practitioner graded it and this one has not yet.
        needs: evidence, or the reason for having no grade, is missing.
        proposed: grade value offered from a sibling's assessment to a unit not started, or None.
    """

    state: UnitState
    grade: int | None
    settled: bool
    hidden: bool
    needs: bool
    proposed: int | None = None


def mark_of(pack: Pack, assessment: Assessment, code: str, me: str) -> UnitMark:
    """Return what is shown of a unit to one practitioner, or to someone who only reads where ``me`` is empty."""
    answer = assessment.answer(code)
    effective = effective_grade(answer)
    hidden = is_hidden(assessment, code, me)
    offered = waiting_proposal(answer) if answer.state is UnitState.NOT_STARTED else None
    return UnitMark(
        state=answer.state,
        grade=None if hidden else effective.grade,
        settled=effective.settled,
        hidden=hidden,
        needs=not hidden and (needs_evidence(pack, answer) or needs_reason(answer)),
        proposed=offered.grade if offered is not None else None,
    )


def result_mark(result: Result | None, *, needs: bool) -> UnitMark | None:
    """Return what a sub-area comes to as a mark, or None where it has no grade to show.

    Args:
        result: what it comes to, as far as it is computed.
        needs: whether a unit of it needs something.
    """
    if result is None or result.grade is None or result.thin:
        return None
    return UnitMark(
        state=UnitState.SCORED, grade=result.grade, settled=not result.provisional, hidden=False, needs=needs
    )


def needs_evidence(pack: Pack, answer: UnitAnswer) -> bool:
    """Whether a grade at or past ``alert_from`` has neither evidence that holds it up nor a stated reason."""
    grade = effective_grade(answer).grade
    if grade is None or grade < pack.thresholds.alert_from:
        return False
    return not verified(answer) and not answer.unverified_reason.strip()


def needs_reason(answer: UnitAnswer) -> bool:
    """Whether a unit without a grade still lacks why."""
    aside = {UnitState.NOT_OBSERVED, UnitState.NOT_APPLICABLE, UnitState.DECLINED}
    return answer.state in aside and not answer.reason.strip()


def done(assessment: Assessment, units: Iterable[Unit], me: str) -> tuple[int, int]:
    """Return how many units have a grade or another state, and how many there are.

    Args:
        me: a unit that somebody else graded and this practitioner has not yet is still to be done by them; empty for
            someone who only reads.
    """
    each = [(assessment.answer(unit.code).state, is_hidden(assessment, unit.code, me)) for unit in units]
    return sum(state is not UnitState.NOT_STARTED and not hidden for state, hidden in each), len(each)


def crossed_band(pack: Pack, born: date | None, window: Window | None) -> Band | None:
    """Return the band a child grows into inside the window, or None."""
    if born is None or window is None:
        return None
    first, last = (_band(pack, born, day) for day in (window.from_, window.to))
    return last if first is not None and first != last else None


def _band(pack: Pack, born: date, on: date) -> Band | None:
    age_months = completed_months(born, on)
    return next((band for band in pack.bands if band.holds(age_months)), None)
