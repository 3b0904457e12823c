"""A line of text from a record that never makes the window wider: it is shortened where it does not fit.

The whole text stays what the label says of itself, to a screen reader and under the pointer.
"""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel

from gcp2_app.overriding import override
from gcp2_app.ui import style

#: The width below which it does not shrink, in steps of :func:`gcp2_app.ui.style.space`.
_LEAST_STEPS = 8


class Elided(QLabel):
    """One line of plain text, shortened with "…" to the width it is given."""

    def __init__(self, like: QLabel) -> None:
        """Make a line that looks as a label does.

        Args:
            like: gives text, font and role.
        """
        super().__init__(like.text())
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(like.font())
        self.setProperty("role", like.property("role"))

    @property
    def shown(self) -> str:
        """What is seen of the text in the width there is."""
        room = self.contentsRect().width()
        # The width a label asks for may be a part of a pixel short of what its text takes.
        if self.fontMetrics().horizontalAdvance(self.text()) <= room + 1:
            return self.text()
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)

    @override
    def setText(self, text: str) -> None:
        super().setText(text)
        self._hint()

    @override
    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), style.space(_LEAST_STEPS)), hint.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        role = QPalette.ColorRole.WindowText
        self.style().drawItemText(
            painter, self.contentsRect(), flags, self.palette(), self.isEnabled(), self.shown, role
        )
        painter.end()

    def _hint(self) -> None:
        self.setToolTip("" if self.shown == self.text() else self.text())
