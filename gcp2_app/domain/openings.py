"""How the gated sections of one assessment come to be open: by themselves, or by a practitioner's judgement.

Takes an assessment and returns the next value of it; what opened a section stays with it. The conditions are in
:mod:`gcp2_app.domain.gates`.

Source: instrument.md, Antenatal; docs/adr/0020.
"""

from dataclasses import replace
from datetime import date

from gcp2_app.domain.assessment import Assessment, AssessmentState, OpenedBy, Opening
from gcp2_app.domain.gates import gates_in, is_answered, is_concern
from gcp2_app.domain.instrument import Gate, GateCondition, Pack, Subject
from gcp2_app.domain.progress import check_may_grade
from gcp2_app.domain.register import Child
from gcp2_app.domain.scoring import band_of, can_be_scored, score
from gcp2_app.domain.when import completed_months
from gcp2_app.errors import InvalidValue

#: Months before birth are negative; this is the last of them.
_LAST_MONTH_BEFORE_BIRTH = -1

_GRADED_IN = frozenset({AssessmentState.DRAFT, AssessmentState.IN_PROGRESS})


def is_unborn(child: Child) -> bool:
    """Whether a child is not born yet, as far as the record goes: expected, whenever that was, and no date of birth."""
    return child.date_of_birth is None and child.expected_date is not None


def is_past(pack: Pack, child: Child, on: date) -> bool:
    """Whether a child is too old for a pack whose last band ends, so that another pack takes over."""
    ends = pack.bands[-1].to_months
    if ends is None or child.born is None or is_unborn(child):
        return False
    return completed_months(child.born, on) >= ends


def band_at_start(pack: Pack, child: Child, first: date) -> str:
    """Return the code of the band an assessment of this child begins in; empty where no date is known.

    A child who is not born yet is in the last month before birth even past the expected date.

    Args:
        pack: the instrument.
        child: whom it is about.
        first: the first day of the window.

    Raises:
        InvalidValue: the age is in no band of the pack; where another pack takes over, it says so.
    """
    if child.born is None:
        return ""
    age_months = completed_months(child.born, first)
    if pack.subject is Subject.UNBORN and is_unborn(child):
        age_months = min(age_months, _LAST_MONTH_BEFORE_BIRTH)
    if is_past(pack, child, first):
        raise InvalidValue(
            f"{pack.title} is for children under {pack.bands[-1].to_months} months on the first day.",
            "Start the child’s own profile instead; what was assessed before stays in the record.",
        )
    return pack.band_at(age_months).code


def settled(pack: Pack, assessment: Assessment, child: Child, *, on: date, by: str) -> Assessment:
    """Return the assessment with every section that opened by itself noted as open, while it is graded.

    A section that opened by itself closes again where the condition does not hold any more and nothing is recorded in
    it. One that a practitioner opened stays open.

    Args:
        pack: the pack version it was made with.
        assessment: the assessment.
        child: whom it is about.
        on: the day.
        by: id of the professional whose work it is.
    """
    waits = assessment.recorded_elsewhere or assessment.state not in _GRADED_IN
    if not pack.gates or waits or not can_be_scored(pack, assessment, child.born):
        return assessment
    band = band_of(pack, assessment, child.born)
    # With every section counted in: the one that is looked at is open from the start.
    whole = score(
        pack,
        band,
        assessment.units,
        policy=assessment.policy,
        judgements=assessment.judgements,
        opened=[gate.area for gate in pack.gates],
    )
    grades = {code: result.grade for code, result in whole.areas.items()}
    found = {opening.area: opening for opening in assessment.openings}
    for gate in gates_in(pack, band):
        if gate.opens_by is GateCondition.CONCERN:
            because, met = OpenedBy.CONCERN, is_concern(pack, gate, grades)
        else:
            because, met = OpenedBy.BIRTH, is_born_within(assessment, child)
        held = found.get(gate.area)
        if met and held is None:
            found[gate.area] = Opening(area=gate.area, because=because, on=on, by=by)
            continue
        by_itself = held is not None and held.because is because
        if by_itself and not met and not is_answered(pack, gate.area, assessment.units):
            del found[gate.area]
    openings = tuple(found.values())
    return assessment if openings == assessment.openings else replace(assessment, openings=openings)


def is_born_within(assessment: Assessment, child: Child) -> bool:
    """Whether the child was born by the last day of the window."""
    born, window = child.date_of_birth, assessment.window
    return born is not None and window is not None and born <= window.to


def open_area(
    pack: Pack, assessment: Assessment, born: date | None, area: str, *, reason: str, on: date, by: str
) -> Assessment:
    """Return the assessment with a section opened by judgement.

    Args:
        pack: the pack version it was made with.
        assessment: the assessment.
        born: the child's date of birth, or the expected date before birth.
        area: code of the area.
        reason: why it is opened.
        on: the day.
        by: id of the professional.

    Raises:
        NotAllowed: it is not being graded.
        InvalidValue: the pack does not let this area be opened so, it is open already, or no reason is given.
    """
    gate = _gate(pack, assessment, born, area)
    if not gate.by_judgement:
        raise InvalidValue(f"{area} of {pack.title} is not opened by judgement.")
    if assessment.opening(area) is not None:
        raise InvalidValue(f"{area} is open already.")
    if not reason.strip():
        raise InvalidValue("Opening a section by judgement needs a reason.", "Say what makes you open it.")
    opening = Opening(area=area, because=OpenedBy.JUDGEMENT, on=on, by=by, reason=reason.strip())
    return replace(assessment, openings=(*assessment.openings, opening))


def close_area(pack: Pack, assessment: Assessment, born: date | None, area: str) -> Assessment:
    """Return the assessment with a section closed again that was opened by judgement.

    Raises:
        NotAllowed: it is not being graded.
        InvalidValue: it was not opened by judgement, or something is recorded in it.
    """
    gate = _gate(pack, assessment, born, area)
    held = assessment.opening(gate.area)
    if held is None or held.because is not OpenedBy.JUDGEMENT:
        raise InvalidValue(f"{area} was not opened by judgement.")
    if is_answered(pack, area, assessment.units):
        raise InvalidValue(f"Something is recorded in {area}.", "Clear its units first.")
    return replace(assessment, openings=tuple(other for other in assessment.openings if other is not held))


def _gate(pack: Pack, assessment: Assessment, born: date | None, area: str) -> Gate:
    if assessment.state is not AssessmentState.DRAFT:
        check_may_grade(assessment)
    for gate in gates_in(pack, band_of(pack, assessment, born)):
        if gate.area == area:
            return gate
    raise InvalidValue(f"“{area[:40]}” is not a section of {pack.title} that waits to be opened.")
