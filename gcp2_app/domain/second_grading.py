"""A second grading made for calibration: the evidence of a signed-off assessment, graded again by somebody else, blind.

It says how the scale is used. The assessment does not change by it, and it is no part of the child's record.

Source: experience.md, screen 9 (calibration); instrument.md, The unit of work, Two practitioners.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from gcp2_app.domain.answers import UnitAnswer
from gcp2_app.domain.assessment import Assessment, AssessmentState
from gcp2_app.domain.grading import effective_grade
from gcp2_app.domain.instrument import Pack
from gcp2_app.domain.progress import assessors_of
from gcp2_app.errors import NotAllowed


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondGrading:
    """One person's blind grading of another's signed-off assessment.

    Attributes:
        assessment: id of the assessment.
        asked_by: id of the professional who asked for it.
        grader: id of the professional who grades.
        units: what the grader gave so far, by unit code, without the evidence.
        finished_on: the day it was finished; None until then.
    """

    id: str
    assessment: str
    asked_by: str
    grader: str
    asked_on: date
    units: Mapping[str, UnitAnswer] = field(default_factory=lambda: MappingProxyType({}))
    finished_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One unit both graded.

    Attributes:
        first: the grade that was signed off, a value of the pack.
        second: the grade of the second grading.
        apart: how many steps of the scale lie between them.
    """

    code: str
    first: int
    second: int
    apart: int


def check_may_ask(assessment: Assessment, grader: str, *, others: frozenset[str]) -> None:
    """Refuse a second grading that could not be blind, or has no first.

    Args:
        assessment: the one that is to be graded again.
        grader: id of the professional who would grade.
        others: ids of those who grade it again already.

    Raises:
        NotAllowed: it is not signed off, or was recorded elsewhere; the grader made it, signed it off, or was asked
            before.
    """
    if assessment.state is not AssessmentState.SIGNED_OFF or assessment.recorded_elsewhere:
        raise NotAllowed("Only a signed-off assessment made here can be graded again.", "Choose another assessment.")
    if grader in assessors_of(assessment) or grader == assessment.signed_off_by:
        raise NotAllowed("This person knows the grades already.", "Ask someone who did not work on the assessment.")
    if grader in others:
        raise NotAllowed("This person was asked to grade it before.", "Choose someone else.")


def blind_copy(assessment: Assessment, grading: SecondGrading) -> Assessment:
    """Return what the grader works on: the evidence of each unit, what they gave so far, and no other word of it.

    Its id is the grading's: nobody can take it for the assessment.
    """
    units = {
        code: replace(grading.units.get(code, UnitAnswer()), evidence=assessment.answer(code).evidence)
        for code in {**assessment.units, **grading.units}
    }
    return Assessment(
        id=grading.id,
        child=assessment.child,
        carers=assessment.carers,
        pack=assessment.pack,
        pack_version=assessment.pack_version,
        pack_sha256=assessment.pack_sha256,
        policy=assessment.policy,
        band=assessment.band,
        window=assessment.window,
        state=AssessmentState.IN_PROGRESS,
        assessors=(grading.grader,),
        units={code: answer for code, answer in units.items() if answer != UnitAnswer()},
        openings=assessment.openings,
    )


def with_units(grading: SecondGrading, copy: Assessment) -> SecondGrading:
    """Return the grading with what was given on its blind copy. Evidence stays where it is."""
    units = {code: replace(answer, evidence=()) for code, answer in copy.units.items()}
    return replace(grading, units={code: answer for code, answer in units.items() if answer != UnitAnswer()})


def compared(pack: Pack, assessment: Assessment, grading: SecondGrading) -> tuple[Compared, ...]:
    """Return the units both graded, in the pack's order.

    The first is the grade that was signed off; the second the grader's own.
    """
    found = []
    for code in pack.unit_codes:
        first = effective_grade(assessment.answer(code)).grade
        second = effective_grade(grading.units.get(code, UnitAnswer())).grade
        if first is not None and second is not None:
            apart = abs(pack.rank(first) - pack.rank(second))
            found.append(Compared(code=code, first=first, second=second, apart=apart))
    return tuple(found)


def second_pairs(
    pack: Pack, assessment: Assessment, grading: SecondGrading
) -> Mapping[str, tuple[tuple[int, int], ...]]:
    """Return the pairs of grades of a finished second grading by area, as places on the scale."""
    pairs: dict[str, list[tuple[int, int]]] = {}
    for each in compared(pack, assessment, grading) if grading.finished_on is not None else ():
        area = pack.area_of[pack.subarea_of(each.code).code].code
        pairs.setdefault(area, []).append((pack.rank(each.first), pack.rank(each.second)))
    return {area: tuple(found) for area, found in pairs.items()}
