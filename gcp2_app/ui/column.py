"""A page of one column, centred, never wider than reads well, scrolling where it is taller than the window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gcp2_app.ui import style


class Column(QScrollArea):
    """A scrolling page.

    Attributes:
        body: the layout that takes the page's widgets.
    """

    def __init__(self, width_steps: float = 84, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        ground = QWidget()
        across = QHBoxLayout(ground)
        margin = style.space(3)
        across.setContentsMargins(margin, margin, margin, margin)
        inner = QWidget()
        inner.setMaximumWidth(style.space(width_steps))
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(style.space(2))
        across.addStretch(1)
        # It takes all the room up to its greatest width before the stretches get any.
        across.addWidget(inner, 1000)
        across.addStretch(1)
        self.setWidget(ground)
