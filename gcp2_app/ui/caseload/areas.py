"""The grades of the areas of care in little room: how they are said, and how they are drawn in a table's cell.

A grade never stands alone: units at worrying grades, units without a grade and "too little seen" go with it. Knows the
stored results' shape; no table, no store.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from gcp2_app.ui import style

if TYPE_CHECKING:
    from gcp2_app.storage.caseload import AreaSteps
    from gcp2_app.storage.results import AreaGrade

#: Most assessments in one row of steps.
STEPS: Final = 8
NO_LABELS: Final[Mapping[str, str]] = MappingProxyType({})


def tr(text: str, count: int = -1) -> str:
    """Translate a text of this module; ``one|many`` is chosen by the count, which replaces ``%n``."""
    if count < 0:
        return QCoreApplication.translate("areas", text)
    one, _, many = text.partition("|")
    return QCoreApplication.translate("areas", one if count == 1 else many or one).replace("%n", str(count))


def held(area: "AreaGrade") -> tuple[int, ...]:
    """Return the worrying grade values that units hold and the area's own grade does not show."""
    return tuple(
        value
        for value, units in sorted(area.counts.by_grade.items())
        if units and (area.grade is None or area.thin or value > area.grade)
    )


def holds(area: "AreaGrade") -> str:
    """Return which worrying grades the area's own does not show: "holds 3s", or nothing."""
    grades = ", ".join(f"{value}s" for value in held(area))
    return tr("holds {grades}").format(grades=grades) if grades else ""


def note(area: "AreaGrade") -> str:
    """Return the mark beside an area's grade: "too little seen", "holds 3s", or nothing."""
    return ", ".join(filter(None, (tr("too little seen") if area.thin else "", holds(area))))


def counted(area: "AreaGrade") -> str:
    """Return how many units lie behind a grade: "2 units at 3, 1 at 4, none at 5, 3 not graded"."""
    parts = [
        tr("{units} at {grade}").format(units=units or tr("none"), grade=value)
        for value, units in sorted(area.counts.by_grade.items())
    ]
    if parts:
        parts[0] = tr("units: {first}").format(first=parts[0])
    parts.append(tr("{units} not graded").format(units=area.counts.unscored or tr("none")))
    return ", ".join(parts)


def spoken_one(area: "AreaGrade", labels: Mapping[str, str] = NO_LABELS) -> str:
    """Return everything about one area's grade in words."""
    if area.thin:
        grade = tr("too little seen for a grade")
    elif area.grade is None:
        grade = tr("no grade")
    else:
        grade = tr("grade {grade}").format(grade=area.grade)
        if area.provisional:
            grade = tr("{grade}, provisional").format(grade=grade)
    name = labels.get(area.code)
    return f"{f'{area.code} {name}' if name else area.code}: {grade} ({counted(area)})"


def spoken(areas: "Sequence[AreaGrade]", labels: Mapping[str, str] = NO_LABELS) -> str:
    """Return all areas' grades in words, a line each."""
    return "\n".join(spoken_one(area, labels) for area in areas) or tr("No grades yet")


def spoken_steps(spark: "Sequence[AreaSteps]", labels: Mapping[str, str] = NO_LABELS) -> str:
    """Return the rows of steps in words, a line each, oldest first, by rank: 1 the best."""
    return "\n".join(
        tr("{area}: {grades}").format(
            area=labels.get(row.code, row.code),
            grades=", ".join(tr("no grade") if rank is None else str(rank) for rank in row.ranks),
        )
        for row in spark
    ) or tr("No assessments yet")


def width(font: QFont) -> int:
    """Return the width that four areas need, in pixels."""
    return 4 * round(_slot(font))


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * 0.82)
    return small


def _slot(font: QFont) -> float:
    measures = QFontMetricsF(_small(font))
    note_width = max(map(measures.horizontalAdvance, (tr("too little"), tr("holds 3s"), tr("seen, 3s"))))
    return style.space(2) + style.space(4.5) + style.space(1) + note_width + style.space(1)


def paint(painter: QPainter, rect: QRectF, areas: "Sequence[AreaGrade]", font: QFont) -> None:
    """Paint the areas side by side: letter, grade, and the mark beside it."""
    small, text = _small(font), QColor(style.colours().quiet)
    slot, chip = _slot(font), float(style.space(4.5))
    left = rect.left()
    for area in areas:
        painter.setFont(small)
        painter.setPen(text)
        letter = QRectF(left, rect.top(), style.space(2), rect.height())
        painter.drawText(letter, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, area.code)
        box = QRectF(letter.right(), rect.center().y() - chip / 2, chip, chip)
        if area.thin or area.rank is None:
            style.paint_grade(painter, box, None, area.scale, "?" if area.thin else "–")
        else:
            style.paint_grade(painter, box, area.rank, area.scale, str(area.grade), hollow=area.provisional)
        after = box.right() + style.space(1)
        beside = QRectF(after, rect.top(), left + slot - after - style.space(0.5), rect.height())
        painter.setFont(small)
        painter.setPen(text)
        _write_note(painter, beside, area, small)
        left += slot


def _write_note(painter: QPainter, beside: QRectF, area: "AreaGrade", font: QFont) -> None:
    """Write the mark beside a grade: "holds 3s", or in two lines "too little seen, 3s"."""
    values = ", ".join(f"{value}s" for value in held(area))
    seen = tr("too little seen, {grades}").format(grades=values) if values else tr("too little seen")
    painter.setFont(font)
    flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextWordWrap)
    painter.drawText(beside, flags, seen if area.thin else holds(area))


def paint_steps(painter: QPainter, rect: QRectF, spark: "Sequence[AreaSteps]") -> None:
    """Paint one row of steps an area over the latest assessments, newest at the right; lower is worse."""
    if not spark:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    gap = style.space(0.7)
    lane_height = (rect.height() - gap * (len(spark) - 1)) / len(spark)
    for number, row in enumerate(spark):
        lane = QRectF(rect.left(), rect.top() + number * (lane_height + gap), rect.width(), lane_height)
        _paint_row(painter, lane, row)
    painter.restore()


def _paint_row(painter: QPainter, lane: QRectF, row: "AreaSteps") -> None:
    painter.fillRect(lane, QColor(style.colours().page))
    step = lane.width() / STEPS
    ranks = row.ranks[-STEPS:]
    left = lane.right() - step * len(ranks)
    thick = max(2.0, lane.height() / 3)
    before: QPointF | None = None
    for rank in ranks:
        if rank is None:
            before = None
        else:
            y = lane.top() + thick / 2 + (lane.height() - thick) * (rank - 1) / max(row.scale - 1, 1)
            if before is not None:
                painter.setPen(QPen(QColor(style.colours().quiet), 1))
                painter.drawLine(before, QPointF(left, y))
            painter.setPen(QPen(style.grade_colour(rank, row.scale)[0], thick, c=Qt.PenCapStyle.FlatCap))
            painter.drawLine(QPointF(left, y), QPointF(left + step - 1, y))
            before = QPointF(left + step - 1, y)
        left += step
