"""The steps of a guided assessment, their order, and where a missing thing is mended. Knows no widgets."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from gcp2_app.domain.completeness import Missing
from gcp2_app.domain.gates import gates_in
from gcp2_app.domain.instrument import Pack


class StepKind(StrEnum):
    """What a step is about."""

    HISTORY = "history"
    DAY = "day"
    BEFORE = "before"
    SECTION = "section"
    SUBAREA = "subarea"
    VISITS = "visits"
    VOICE = "voice"
    THEN_AND_NOW = "then and now"
    REVIEW = "review"
    ANALYSIS = "analysis"
    TARGETS = "targets"
    FINISH = "finish"


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the assessment.

    Attributes:
        code: code of the sub-area, of the area for a section that waits to be opened, or empty.
    """

    kind: StepKind
    code: str = ""

    @property
    def key(self) -> str:
        """A text that names the step; it is remembered as the place where the user was."""
        if self.kind is StepKind.SECTION:
            return f"{self.kind.value}: {self.code}"
        return self.code or f"step: {self.kind.value}"


@dataclass(frozen=True, slots=True)
class Spot:
    """One place on a step.

    Attributes:
        unit: code of the unit, or empty.
        field: name of the case-file field, or empty.
        person: id of the carer it is about, or empty.
    """

    step: Step
    unit: str = ""
    field: str = ""
    person: str = ""

    @property
    def key(self) -> str:
        """A text that names the unit, or the step where there is none."""
        return self.unit if self.step.kind is StepKind.SUBAREA and self.unit else self.step.key


HISTORY: Final = Step(StepKind.HISTORY)
BEFORE: Final = Step(StepKind.BEFORE)
DAY: Final = Step(StepKind.DAY)
VISITS: Final = Step(StepKind.VISITS)
VOICE: Final = Step(StepKind.VOICE)
THEN_AND_NOW: Final = Step(StepKind.THEN_AND_NOW)
REVIEW: Final = Step(StepKind.REVIEW)
ANALYSIS: Final = Step(StepKind.ANALYSIS)
TARGETS: Final = Step(StepKind.TARGETS)
FINISH: Final = Step(StepKind.FINISH)

_AFTER_GRADING: Final = (VISITS, DAY, VOICE, THEN_AND_NOW, REVIEW, ANALYSIS, TARGETS, FINISH)
_ELSEWHERE: Final = (REVIEW, FINISH)
_WITHOUT_BAND: Final = (HISTORY, BEFORE, DAY, VOICE, ANALYSIS, TARGETS, FINISH)

_MENDED_AT: Final = {
    "child_voice": VOICE,
    "what_changed": THEN_AND_NOW,
    "analysis": ANALYSIS,
    "meaning_so_far": ANALYSIS,
    "meaning_ahead": ANALYSIS,
    "targets": TARGETS,
    "review_due": TARGETS,
    "assessors": FINISH,
}


def steps_of(
    pack: Pack, band: str, *, closed: Collection[str] = (), recorded_elsewhere: bool = False
) -> tuple[Step, ...]:
    """Return the steps in their order.

    Args:
        pack: the pack.
        band: code of the developmental band; sub-areas without a unit in it have no page. Empty where it is not known.
        closed: codes of the areas that wait to be opened; of their sub-areas none has a page.
        recorded_elsewhere: there is nothing to grade, only to look at and to hand on.
    """
    if recorded_elsewhere:
        return _ELSEWHERE
    if not band:
        return _WITHOUT_BAND
    gated = {gate.area for gate in gates_in(pack, band)}
    graded: list[Step] = []
    for area in pack.areas:
        if area.code in gated:
            graded.append(Step(StepKind.SECTION, area.code))
        if area.code not in closed:
            graded += [Step(StepKind.SUBAREA, each.code) for each in area.subareas if each.units_in(band)]
    return (HISTORY, BEFORE, *graded, *_AFTER_GRADING)


def beside(steps: Sequence[Step], here: Step, by: int) -> Step | None:
    """Return the step some places after this one, or before it where ``by`` is negative; None past the ends."""
    place = steps.index(here) + by
    return steps[place] if 0 <= place < len(steps) else None


def spot_of_unit(pack: Pack, unit: str, field: str = "") -> Spot:
    """Return where a unit is graded."""
    return Spot(Step(StepKind.SUBAREA, pack.subarea_of(unit).code), unit, field)


def spot_from_key(pack: Pack, steps: Sequence[Step], key: str) -> Spot:
    """Return the place a key names: a unit's code or a step's key. An unknown one leads to where one begins."""
    if pack.has_unit(key) and (spot := spot_of_unit(pack, key)).step in steps:
        return spot
    return Spot(next((step for step in steps if step.key == key), begins_at(steps)))


def begins_at(steps: Sequence[Step]) -> Step:
    """Return the step one begins at: what is settled before grading, or else the first."""
    return BEFORE if BEFORE in steps else steps[0]


def mended_at(pack: Pack, missing: Missing) -> Spot:
    """Return where a missing thing is mended."""
    step = _MENDED_AT.get(missing.field)
    if step is not None:
        return Spot(step, missing.code, missing.field)
    if missing.code:
        return spot_of_unit(pack, missing.code, missing.field)
    return Spot(BEFORE, field=missing.field, person=missing.person)
