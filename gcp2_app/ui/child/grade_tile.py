"""One area of the latest assessment: its grade in number, shape and words, and the units behind it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from gcp2_app.ui import style
from gcp2_app.ui.caseload import areas

if TYPE_CHECKING:
    from gcp2_app.domain.instrument import Pack
    from gcp2_app.storage.results import AreaGrade


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("grade_tile", text)


def grade_words(area: "AreaGrade", pack: "Pack | None") -> str:
    """Return the reader's words for an area's grade."""
    if area.thin:
        return tr("Too little seen")
    if area.grade is None:
        return tr("No grade")
    grade = pack.grades_by_value.get(area.grade) if pack is not None else None
    text = grade.label if grade is not None else tr("Grade {grade}").format(grade=area.grade)
    return tr("{text} (provisional)").format(text=text) if area.provisional else text


def grade_tile(area: "AreaGrade", label: str, pack: "Pack | None") -> QFrame:
    """Return the panel of one area."""
    frame = QFrame()
    frame.setProperty("role", "card")
    chip = style.GradeChip()
    name = areas.spoken_one(area, {area.code: label})
    if area.thin or area.rank is None:
        chip.show_grade(None, area.scale, "?" if area.thin else "–", name)
    else:
        chip.show_grade(area.rank, area.scale, str(area.grade), name, hollow=area.provisional)
    side = style.space(7)
    chip.setFixedSize(side, side)
    words = QVBoxLayout()
    words.setSpacing(max(2, style.space(0.4)))
    words.addWidget(style.heading(f"{area.code}  {label}" if label else area.code, 3))
    words.addWidget(style.label(grade_words(area, pack)))
    for line, role in ((areas.holds(area), ""), (areas.counted(area), "quiet")):
        if line:
            words.addWidget(style.label(line[:1].upper() + line[1:], role))
    words.addStretch(1)
    across = QHBoxLayout(frame)
    margin = style.space(2)
    across.setContentsMargins(margin, margin, margin, margin)
    across.setSpacing(style.space(2))
    across.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
    across.addLayout(words, 1)
    frame.setAccessibleName(name)
    return frame
