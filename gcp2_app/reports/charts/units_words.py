"""The unit heat map in words: one text a cell, sentences for the whole, and the table twin."""

from collections import Counter

from gcp2_app.domain.answers import UnitState
from gcp2_app.domain.comparison import Change
from gcp2_app.domain.unit_map import UnitCell, UnitColumn, UnitMap, UnitRow
from gcp2_app.domain.words import counted, listed, long_date
from gcp2_app.reports.charts.twin import Twin, TwinRow
from gcp2_app.reports.words import STATES, long_range

_STATES = {
    UnitState.SCORED: "no grade",
    UnitState.NOT_APPLICABLE: "does not apply",
    UnitState.NOT_OBSERVED: "not observed",
    UnitState.DECLINED: "declined",
    UnitState.NOT_STARTED: "no grade yet",
}
CHANGES = {
    Change.BETTER: "better",
    Change.BETTER_STILL_HIGH: "better, still high",
    Change.BETTER_NOT_VERIFIED: "better, not yet verified",
    Change.SAME: "same",
    Change.WORSE: "worse",
    Change.NEWLY_SCORED: "newly scored",
    Change.NO_LONGER_SCORED: "no longer scored",
}
_BETTER = frozenset({Change.BETTER, Change.BETTER_STILL_HIGH, Change.BETTER_NOT_VERIFIED})


def days_of(column: UnitColumn) -> str:
    """Return the days of an assessment."""
    return "no dates recorded" if column.window is None else long_range(column.window)


def grade_of(cell: UnitCell) -> str:
    """Return a cell's grade, or why there is none."""
    if cell.grade is not None:
        return str(cell.grade) + ("" if cell.settled else ", practitioners differ")
    return _STATES[cell.state] + (f": {cell.reason}" if cell.reason else "")


def change_of(cell: UnitCell) -> str:
    """Return what changed since the assessment before: "worse, was 3"."""
    if cell.change is None:
        return ""
    was = f", was {cell.before}" if cell.before is not None and cell.change is not Change.SAME else ""
    return CHANGES[cell.change] + was


def cell_words(row: UnitRow, column: UnitColumn, cell: UnitCell) -> str:
    """Return everything the chart knows of one cell."""
    parts = [f"{row.code} {row.label}, {column.carer_label}, {days_of(column)}: {grade_of(cell)}"]
    change = change_of(cell)
    if change:
        parts.append(change[:1].upper() + change[1:])
    elif cell.why_not and cell.grade is not None:
        parts.append(cell.why_not.rstrip("."))
    return ". ".join([*parts, *(mark[:1].upper() + mark[1:] for mark in marks_of(column))]) + "."


def marks_of(column: UnitColumn) -> list[str]:
    """Return the marks of an assessment."""
    return [
        *(["recorded elsewhere"] if column.recorded_elsewhere else []),
        *(["corrected by a later version"] if column.corrected else []),
        *(["provisional"] if column.provisional else []),
        STATES[column.state],
    ]


def unit_notes(data: UnitMap) -> tuple[str, ...]:
    """Return how to read it, where packs change, and what does not compare."""
    changes = [
        f"From {long_date(change.on)}: {change.after}. Before: {change.before}. Compare with care."
        for change in data.pack_changes
    ]
    apart = [
        f"{days_of(column)}, {column.carer_label}: not compared with the one before. {column.not_comparable}"
        for column in data.columns
        if column.not_comparable
    ]
    made = [f"Made with {'; '.join(data.packs)}."] if data.packs else []
    compared = (
        "Marks compare each assessment with the one before it of the same carers. An empty cell: no such unit then."
    )
    return (compared, *changes, *apart, *made, *data.cautions)


def unit_parts(data: UnitMap) -> tuple[str, ...]:
    """Return the whole as sentences without full stops."""
    label = data.about.child_label
    if not data.columns:
        return (f"Unit by unit, {label}: no assessment is {data.about.there}",)
    parts = [f"Unit by unit, {label}: {counted(len(data.rows), 'unit')} in {counted(len(data.columns), 'assessment')}"]
    for unit in dict.fromkeys(column.unit for column in data.columns):
        own = [column for column in data.columns if column.unit == unit and not column.corrected]
        if own:
            parts.append(_latest(own[-1], data))
    parts += [note.rstrip(".") for note in unit_notes(data)]
    return tuple(parts)


def _latest(column: UnitColumn, data: UnitMap) -> str:
    names = {row.key: row.code for row in data.rows}
    high = [names[key] for key, cell in column.cells.items() if cell.high]
    changes = Counter(cell.change for cell in column.cells.values())
    words = f"{column.carer_label}, latest, {days_of(column)}: "
    words += f"at or past the alert grade: {listed(high) or 'none'}"
    if column.compared_with is not None:
        better = sum(changes[change] for change in _BETTER)
        words += f"; since {long_range(column.compared_with)} {changes[Change.WORSE] or 'none'} worse, "
        words += f"{better or 'none'} better, {changes[Change.SAME] or 'none'} the same"
    return words


def unit_table(data: UnitMap) -> Twin:
    """Return one row for each unit of each assessment."""
    columns = (
        "Unit",
        "Area",
        "Cared for by",
        "Days of the assessment",
        "Grade",
        "Since the one before",
        "Marks",
        "Pack",
    )
    rows = [
        TwinRow(
            cells=(
                f"{row.code} {row.label}",
                row.area,
                column.carer_label,
                days_of(column),
                grade_of(cell),
                change_of(cell) or (cell.why_not if cell.grade is not None else ""),
                ", ".join(marks_of(column)),
                column.pack_words,
            ),
            assessment=column.assessment,
        )
        for row in data.rows
        for column in data.columns
        if (cell := column.cells.get(row.key)) is not None
    ]
    return Twin(title=f"Unit by unit, {data.about.child_label}", columns=columns, rows=tuple(rows))
