"""The children of one family beside each other: units down, children across, and who is graded two or more worse.

Each unit is compared with the same unit of a sibling, by the rank of the grade on its pack's scale; nothing is added
up, and children are not put in an order. Knows assessments and packs; nothing of screens.

Source: instrument.md, The unit of work, Siblings; Structure ("a unit is its code *and* band").
"""

from collections.abc import Sequence
from dataclasses import dataclass

from gcp2_app.domain.answers import UnitState
from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.grading import effective_grade
from gcp2_app.domain.instrument import Pack, Unit

#: How many grades of the scale worse than a sibling is marked.
MARKED_FROM = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class GridColumn:
    """One child's assessment as it stands in the grid.

    Attributes:
        assessment: as far as whoever looks may see it.
        pack: the pack it is made with.
        band: code of its developmental band.
    """

    assessment: Assessment
    pack: Pack
    band: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GridCell:
    """One unit of one child.

    Attributes:
        state: None where the child's band, or pack, has no such unit.
        grade: a grade value, or None where there is none.
        rank: rank of the grade on its pack's scale, 1 the best; None where there is none.
        settled: False while practitioners differ.
        worse_than: numbers of the columns, from 0, that are graded two or more better.
    """

    state: UnitState | None
    grade: int | None = None
    rank: int | None = None
    settled: bool = True
    worse_than: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow:
    """One unit of every child.

    Attributes:
        code: the unit's code.
        label: the unit's name.
        subarea: code of its sub-area.
        bands: codes of the bands it exists in; empty for all.
        cells: one a column, in the columns' order.
    """

    code: str
    label: str
    subarea: str
    bands: tuple[str, ...]
    cells: tuple[GridCell, ...]

    @property
    def marked(self) -> bool:
        """Whether a child is graded two or more worse than a sibling here."""
        return any(cell.worse_than for cell in self.cells)


def compares(one: Pack, other: Pack) -> bool:
    """Whether units of two packs are the same units: one instrument, and one meaning of its grades.

    Versions compare while their first number is the same: a change of what a grade means is a new one.
    """
    return one.id == other.id and one.version.partition(".")[0] == other.version.partition(".")[0]


def same_unit(one: Unit | None, other: Unit | None) -> bool:
    """Whether two units with one code are the same: they exist in the same bands."""
    return one is not None and other is not None and (one.code, one.bands) == (other.code, other.bands)


def shared_units(one: GridColumn, other: GridColumn) -> frozenset[str]:
    """Return codes of the units two children have in common, in the bands they are graded in."""
    if not compares(one.pack, other.pack):
        return frozenset()
    theirs = other.pack.units_in(other.band)
    return frozenset(code for code, unit in one.pack.units_in(one.band).items() if same_unit(unit, theirs.get(code)))


def family_grid(columns: Sequence[GridColumn]) -> tuple[GridRow, ...]:
    """Return a row for each unit that any of the children has, in the order of the first child's pack.

    A unit that differs by band has a row a band: its grades are compared within that band alone.

    Args:
        columns: one a child; packs that do not compare with the first one's have no cells.
    """
    if not columns:
        return ()
    pack = columns[0].pack
    rows = []
    for subarea in pack.subareas.values():
        for unit in subarea.units:
            cells = tuple(_cell(pack, unit, column) for column in columns)
            if any(cell.state is not None for cell in cells):
                rows.append(
                    GridRow(
                        code=unit.code,
                        label=unit.label,
                        subarea=subarea.code,
                        bands=unit.bands,
                        cells=tuple(_marked(cell, cells) for cell in cells),
                    )
                )
    return tuple(rows)


def _cell(pack: Pack, unit: Unit, column: GridColumn) -> GridCell:
    theirs = column.pack.units_in(column.band).get(unit.code)
    if not compares(pack, column.pack) or not same_unit(unit, theirs) or column.assessment.recorded_elsewhere:
        return GridCell(state=None)
    answer = column.assessment.answer(unit.code)
    effective = effective_grade(answer)
    rank = None if effective.grade is None else column.pack.rank(effective.grade)
    return GridCell(state=answer.state, grade=effective.grade, rank=rank, settled=effective.settled)


def _marked(cell: GridCell, cells: Sequence[GridCell]) -> GridCell:
    if cell.rank is None:
        return cell
    better = tuple(
        number for number, other in enumerate(cells) if other.rank is not None and cell.rank - other.rank >= MARKED_FROM
    )
    return GridCell(state=cell.state, grade=cell.grade, rank=cell.rank, settled=cell.settled, worse_than=better)
