"""A chart as a table: the same facts, cell by cell, for those who read rather than look."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TwinRow:
    """One line of the table.

    Attributes:
        cells: one text a column.
        assessment: id of the assessment it leads to, or empty.
        entry: id of the entry it leads to, or empty.
    """

    cells: tuple[str, ...]
    assessment: str = ""
    entry: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """A chart's table.

    Attributes:
        title: what it shows, for screen readers and captions.
        columns: heads of the columns.
        rows: every point of the chart has one.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[TwinRow, ...]
