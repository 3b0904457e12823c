"""A page of one column, centred, never wider than reads well, scrolling where it is taller than the window."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gcp2_app.ui import style

_NO_FOCUS = 0  # Qt.FocusPolicy.NoFocus


class Column(QScrollArea):
    """A scrolling page.

    Args:
        width_steps: the greatest width, in steps of a third of the text height.
        centred: False for a page that stands beside a list.

    Attributes:
        body: the layout that takes the page's widgets.
    """

    def __init__(self, width_steps: float = 84, parent: QWidget | None = None, *, centred: bool = True) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # Its controls take the focus, and the page follows them. By its number, as in `style.label`.
        self.setProperty("focusPolicy", _NO_FOCUS)
        ground = QWidget()
        across = QHBoxLayout(ground)
        margin = style.space(3)
        across.setContentsMargins(margin, margin, margin, margin)
        inner = QWidget()
        inner.setMaximumWidth(style.space(width_steps))
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(style.space(2))
        if centred:
            across.addStretch(1)
        # It takes all the room up to its greatest width before the stretches get any.
        across.addWidget(inner, 1000)
        across.addStretch(1)
        self.setWidget(ground)
