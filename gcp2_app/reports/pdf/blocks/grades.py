"""Grades now and over time.

Source: instrument.md, Roll-up ("every grade carries how many units are high and how many unscored"); experience.md,
Charts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from gcp2_app.domain.trend import Trend
from gcp2_app.reports.charts.catalogue import Chart
from gcp2_app.reports.pdf.blocks.chart import write_chart, write_trend
from gcp2_app.reports.pdf.document import Band, Cell, Document, Row

HEADING = "The care, as assessed"


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaLine:
    """One area in the latest assessment of one caregiving unit.

    Attributes:
        care: whose care, the days of the assessment and whether it is signed off.
        grade: number and label, or why there is none.
        fill: of its cell, ``#RRGGBB`` or empty.
        under: provisional, or empty.
        counts: of units at 3, 4, 5 and not scored, in words.
        before: the grade in the assessment before, in words, or empty.
    """

    label: str
    grade: str
    care: str = ""
    fill: str = ""
    under: str = ""
    counts: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GradesPart:
    """Grades of the latest assessment, and the pictures over time.

    Attributes:
        assessed: the latest assessment's days, carers and stage in words; empty where there is none.
        warnings: what makes it less than whole.
        areas: its areas, those of one ``care`` one after the other.
        high: units that are high, each with its label and grade.
        trends: one for each pack, with the pack's title where there are several.
        charts: other charts, in their order.
    """

    assessed: str = ""
    warnings: tuple[str, ...] = ()
    areas: tuple[AreaLine, ...] = ()
    high: tuple[str, ...] = ()
    trends: tuple[tuple[str, Trend], ...] = ()
    charts: tuple[Chart, ...] = ()


def _rows(areas: tuple[AreaLine, ...]) -> Iterator[Row]:
    """Return the areas below whose care they are of."""
    for care, lines in groupby(areas, lambda one: one.care):
        yield Band(text=care)
        for one in lines:
            grade = Cell(text=one.grade, strong=True, fill=one.fill, under=one.under)
            yield [one.label, grade, one.counts, one.before]


def write_grades(document: Document, part: GradesPart) -> None:
    """Write the grades now, then over time."""
    document.heading(2, HEADING)
    if part.assessed:
        document.paragraph(part.assessed)
    else:
        document.paragraph("No assessment is recorded here.")
    document.inset(part.warnings, strong=True)
    if part.areas:
        document.table(
            ["Area of care", "Latest grade", "Units behind it", "Grade before"],
            list(_rows(part.areas)),
            [30, 31, 36, 27],
        )
    document.bullets(part.high, lead="Where needs are not met")
    for name, trend in part.trends:
        write_trend(document, trend, name=name)
    for chart in part.charts:
        write_chart(document, chart)
