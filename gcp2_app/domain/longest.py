"""Which units were graded high in assessment after assessment up to the latest: counted, never summed.

Words count assessments, never months lived: what nobody assessed is not known.

Source: casework.md, LP1; experience.md, Charts, Cumulative neglect.
"""

from dataclasses import dataclass

from gcp2_app.domain.assessment import Window
from gcp2_app.domain.unit_map import RowKey, UnitColumn, UnitMap


@dataclass(frozen=True, slots=True, kw_only=True)
class LongestUnmet:
    """One unit that was at 4-5 in each of the latest assessments of one caregiving unit that scored it.

    Attributes:
        label: code and label of the unit.
        carer_label: whose care it is; empty where there is one caregiving unit alone.
        times: in how many assessments in succession.
        first, latest: windows of the first and the latest of them.
        worst_words: the grades it had, best first: "4 or 5".
    """

    label: str
    carer_label: str
    times: int
    first: Window
    latest: Window
    worst_words: str


def longest_unmet(units: UnitMap) -> tuple[LongestUnmet, ...]:
    """Return the units that are high now, those that have been so in the most assessments first.

    An assessment in which the unit has no grade is passed over; one that was corrected, or has no dates, does not
    count.

    Args:
        units: every unit in every assessment.
    """
    homes = sorted({column.unit for column in units.columns})
    found: list[LongestUnmet] = []
    for home in homes:
        columns = [
            each for each in units.columns if each.unit == home and not each.corrected and each.window is not None
        ]
        for row in units.rows:
            run = _run(columns, row.key)
            if run:
                grades = sorted({grade for _, grade in run})
                found.append(
                    LongestUnmet(
                        label=f"{row.code} {row.label}",
                        carer_label=columns[-1].carer_label if len(homes) > 1 else "",
                        times=len(run),
                        first=run[0][0],
                        latest=run[-1][0],
                        worst_words=" or ".join(str(grade) for grade in grades),
                    )
                )
    return tuple(sorted(found, key=lambda each: (-each.times, each.first.from_, each.label)))


def _run(columns: list[UnitColumn], key: RowKey) -> list[tuple[Window, int]]:
    """Return window and grade of each assessment in which the unit was high, counting back from the latest."""
    run: list[tuple[Window, int]] = []
    for column in reversed(columns):
        cell = column.cells.get(key)
        if cell is None or cell.grade is None or column.window is None:
            continue
        if not cell.high:
            break
        run.append((column.window, cell.grade))
    return run[::-1]
