"""What a practitioner may see of another's grades before giving their own: nothing.

Knows one assessment; who is whom, and who may look, is the caller's business.

Source: instrument.md, The unit of work, Two practitioners: each grades without seeing the other.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from gcp2_app.domain.answers import UnitAnswer, UnitState
from gcp2_app.domain.assessment import Assessment, AssessmentState
from gcp2_app.domain.completeness import Missing
from gcp2_app.domain.instrument import Pack

_State = AssessmentState
#: States in which it is graded.
GRADING: Final = frozenset({_State.DRAFT, _State.IN_PROGRESS})
_FINISHED: Final = frozenset({_State.COMPLETE, _State.INCOMPLETE})


def hidden_units(assessment: Assessment, me: str) -> frozenset[str]:
    """Return codes of the units others graded and this practitioner has not yet.

    Nothing is hidden any more once grading was finished, since it was shown then; nor in a correction, nor from someone
    who does not grade.

    Args:
        assessment: the assessment.
        me: id of the professional who is grading, or empty where who looks at it does not grade.
    """
    if not me or assessment.state not in GRADING or assessment.corrects:
        return frozenset()
    if any(step.state in _FINISHED for step in assessment.steps):
        return frozenset()
    return frozenset(code for code, answer in assessment.units.items() if _by_others_alone(answer, me))


def is_hidden(assessment: Assessment, code: str, me: str) -> bool:
    """Whether a unit is one of the hidden ones."""
    return _by_others_alone(assessment.answer(code), me) and code in hidden_units(assessment, me)


def as_seen(pack: Pack, assessment: Assessment, me: str) -> Assessment:
    """Return the assessment as if the hidden units were not graded; the same one where nothing is hidden.

    Targets and own judgements that would give the grades away are left out.
    """
    hidden = hidden_units(assessment, me)
    if not hidden:
        return assessment
    subareas = {pack.subarea_of(code).code for code in hidden}
    return replace(
        assessment,
        units={
            code: UnitAnswer(evidence=answer.evidence) if code in hidden else answer
            for code, answer in assessment.units.items()
        },
        targets=tuple(target for target in assessment.targets if target.unit not in hidden),
        judgements={code: held for code, held in assessment.judgements.items() if code not in subareas},
    )


def missing_as_seen(missing: Sequence[Missing], assessment: Assessment, me: str) -> tuple[Missing, ...]:
    """Return what is missing without what is said of hidden units."""
    hidden = hidden_units(assessment, me)
    return tuple(item for item in missing if item.code not in hidden)


def stands_by_others(answer: UnitAnswer, me: str) -> bool:
    """Whether somebody else's grade stands: it is not cleared or put aside by this practitioner."""
    return answer.state is UnitState.SCORED and any(given.by != me for given in answer.grades)


def _by_others_alone(answer: UnitAnswer, me: str) -> bool:
    graders = {given.by for given in answer.grades}
    return answer.state is UnitState.SCORED and bool(graders) and me not in graders
