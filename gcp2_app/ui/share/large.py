"""Large type for what a family reads together: at least half as large again as the platform's text."""

from typing import Final

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from gcp2_app.ui import style

#: Times the platform's own text size, at the least. Source: experience.md, screen 5 (share view: large type).
LEAST_SCALE: Final = 1.5


def large_font() -> QFont:
    """Return the font of the share view; with a larger text size set, that one."""
    font = QFont(QApplication.font())
    application = QApplication.instance()
    base = application.property("base_point_size") if application is not None else None
    # Before a look was applied, the text is the platform's own.
    least = float(base if base is not None else font.pointSizeF()) * LEAST_SCALE
    font.setPointSizeF(max(font.pointSizeF(), least))
    return font


def enlarge(widget: QWidget) -> None:
    """Give everything in a widget that is smaller the large type.

    One by one: with a style sheet in force a parent's font does not reach its children.
    """
    least = large_font().pointSizeF()
    for each in (widget, *widget.findChildren(QWidget)):
        font = each.font()
        if font.pointSizeF() < least:
            font.setPointSizeF(least)
            each.setFont(font)


def heading(text: str, level: int = 1) -> QLabel:
    """Return a heading in proportion to the large type: level 1 a page, 2 a section, 3 a group."""
    made = style.heading(text, level)
    font = made.font()
    font.setPointSizeF(large_font().pointSizeF() * {1: 1.5, 2: 1.25, 3: 1.05}[level])
    made.setFont(font)
    return made
