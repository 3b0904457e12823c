"""Sections of a pack that are graded only once something opens them.

Which conditions there are is a closed set; which section waits for which is data of the pack. Knows packs, answers and
grades of areas; how grades come about is the business of :mod:`gcp2_app.domain.scoring`.

Source: instrument.md, Antenatal: getting ready is opened by concern in the first section or by judgement, the third
section is for a baby who is born.
"""

from collections.abc import Collection, Mapping

from gcp2_app.domain.answers import NOT_STARTED, UnitAnswer
from gcp2_app.domain.instrument import Gate, GateCondition, Pack, Threshold


def gates_in(pack: Pack, band: str) -> tuple[Gate, ...]:
    """Return the gates that stand in a band, in the pack's order of areas.

    A gate of an area without units in the band closes nothing; one that a birth opens does not stand in a band that
    holds born children only.
    """
    if not pack.gates:
        return ()
    born = pack.band(band).from_months >= 0
    with_units = {pack.area_of[pack.subarea_of(code).code].code for code in pack.units_in(band)}
    standing = {
        gate.area: gate
        for gate in pack.gates
        if gate.area in with_units and not (born and gate.opens_by is GateCondition.BIRTH)
    }
    return tuple(standing[area.code] for area in pack.areas if area.code in standing)


def concern_value(pack: Pack, gate: Gate) -> int:
    """Return the grade value from which a grade counts as concern for a gate."""
    rule = pack.thresholds
    return {
        Threshold.WATCH_FROM: rule.watch_from,
        Threshold.ALERT_FROM: rule.alert_from,
        Threshold.OVERRIDE_FROM: rule.override_from,
    }[gate.concern_from or Threshold.WATCH_FROM]


def is_concern(pack: Pack, gate: Gate, grades: Mapping[str, int | None]) -> bool:
    """Whether the grade of the area a gate looks at is at or past its threshold, however little was seen.

    Args:
        pack: the instrument.
        gate: the gate; one that a birth opens is never opened by concern.
        grades: grade values of the areas by code, None where there is no grade.
    """
    grade = grades.get(gate.concern_in)
    return gate.opens_by is GateCondition.CONCERN and grade is not None and grade >= concern_value(pack, gate)


def is_answered(pack: Pack, area: str, answers: Mapping[str, UnitAnswer]) -> bool:
    """Whether anything is recorded for any unit of an area."""
    return any(
        answer != NOT_STARTED and pack.has_unit(code) and pack.area_of[pack.subarea_of(code).code].code == area
        for code, answer in answers.items()
    )


def closed_areas(
    pack: Pack,
    band: str,
    answers: Mapping[str, UnitAnswer],
    *,
    opened: Collection[str],
    grades: Mapping[str, int | None],
) -> frozenset[str]:
    """Return codes of the areas that are closed: nothing opened them, and nothing is recorded in them.

    What was recorded counts, whatever became of the reason for asking.

    Args:
        pack: the instrument.
        band: code of the band.
        answers: by unit code.
        opened: codes of the areas that were opened.
        grades: grade values of the areas by code.
    """
    return frozenset(
        gate.area
        for gate in gates_in(pack, band)
        if gate.area not in opened and not is_concern(pack, gate, grades) and not is_answered(pack, gate.area, answers)
    )
