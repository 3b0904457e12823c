"""What happened, one thing a row: the day at the left leads to where it comes from, the words stand beside it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from gcp2_app.ui import style

if TYPE_CHECKING:
    from gcp2_app.domain.case_history import Told


#: More rows than these are left to the timeline.
MOST: Final = 300


def tr(text: str, count: int = -1) -> str:
    """Translate a text of the history; ``%n`` in it becomes the count."""
    if count < 0:
        return QCoreApplication.translate("history", text)
    one, _, many = text.partition("|")
    return QCoreApplication.translate("history", one if count == 1 else many or one).replace("%n", str(count))


def told_list(told: "Sequence[Told]", open_: Callable[[str], object] | None) -> QWidget:
    """Return the rows.

    Args:
        told: what happened.
        open_: shows the entry with this id; None where nothing may lead away.
    """
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(style.space(2))
    grid.setVerticalSpacing(style.space(1))
    grid.setColumnStretch(1, 1)
    grid.setColumnMinimumWidth(0, style.space(30))
    for number, each in enumerate(told):
        day = _day(each, open_)
        grid.addWidget(day, number, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        words = style.label(each.text)
        # A link is taller than its line of text; the words begin beside that line.
        beside = max(0, day.sizeHint().height() - words.fontMetrics().height()) // 2
        words.setContentsMargins(0, beside, 0, 0)
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        grid.addWidget(words, number, 1, Qt.AlignmentFlag.AlignTop)
    return made


def _day(told: "Told", open_: Callable[[str], object] | None) -> QWidget:
    if open_ is None or not told.entry:
        return style.label(told.when)
    link = style.button(told.when, "link")
    link.setObjectName(f"told-{told.entry}")
    link.setAccessibleName(tr("Show where it comes from: {when}, {text}").format(when=told.when, text=told.text))
    link.clicked.connect(partial(_open, open_, told.entry))
    return link


def _open(open_: Callable[[str], object], entry: str, _checked: bool = False) -> None:  # noqa: FBT002 - Qt's
    open_(entry)
