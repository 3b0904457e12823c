"""What stands in the place of a list or a chart that has nothing to show yet."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gcp2_app.ui import style


def empty_room(title: str, sentence: str) -> QWidget:
    """Return a page with one card, at its top: that there is nothing, and what will be here once there is."""
    frame, body = style.card()
    frame.setMaximumWidth(style.space(100))
    body.addWidget(style.heading(title, 2))
    body.addWidget(style.label(sentence))
    room = QWidget()
    layout = QVBoxLayout(room)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(frame)
    layout.addStretch(1)
    return room
