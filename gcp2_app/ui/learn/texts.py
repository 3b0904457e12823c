"""Texts to be read rather than filled in: larger letters, short lines, points that hang together."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QWidget

from gcp2_app.domain.learning import LearningRow, Reading, minutes_to_read
from gcp2_app.ui import style, words

#: The width of a line that reads well, in steps of a third of the text height.
MEASURE = 116


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("learn", text)


def prose(text: str) -> QLabel:
    """Return a paragraph in letters a little larger than those of controls; it can be marked and copied."""
    made = style.label(text)
    font = QFont(QApplication.font())
    font.setPointSizeF(font.pointSizeF() * 1.1)
    made.setFont(font)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def points(texts: Sequence[str], *, numbered: bool = False) -> QWidget:
    """Return texts as a list of points.

    Args:
        numbered: 1, 2, 3 in the place of dots.
    """
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(style.space(1.5))
    grid.setVerticalSpacing(style.space(1.5))
    grid.setColumnStretch(1, 1)
    for i, text in enumerate(texts):
        mark = prose(f"{i + 1}." if numbered else "•")
        mark.setWordWrap(False)
        grid.addWidget(mark, i, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(prose(text), i, 1)
    return made


def minutes_words(row: LearningRow) -> str:
    """Return how long a brief takes, such as "5 to 7 minutes"."""
    quick, slow = minutes_to_read(row)
    return tr("{quick} to {slow} minutes").format(quick=quick, slow=slow)


def title_of(row: LearningRow) -> str:
    """Return a row's code and title."""
    return f"{row.code}  {row.title}"


def read_words(reading: Reading) -> str:
    """Return how a person stands with a row."""
    if reading.read_on is not None:
        return tr("You read this on {day}.").format(day=words.day(reading.read_on))
    if reading.earlier_on is not None:
        return tr("You read an earlier edition on {day}.").format(day=words.day(reading.earlier_on))
    return tr("Not read yet.")


def count_read(readings: Iterable[Reading]) -> int:
    """Return how many rows are read in their present edition."""
    return sum(reading.read_on is not None for reading in readings)
