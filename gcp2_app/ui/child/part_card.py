"""A panel of one kind of thing about a child: heading, lines, and what can be done with each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gcp2_app.ui import style
from gcp2_app.ui.flow import Flow


@dataclass(frozen=True, slots=True)
class Action:
    """Something a person can do.

    Attributes:
        key: names its button, so that the focus finds it again after the page was made anew.
        text: what the button says.
        run: does it.
        spoken: what a screen reader says, where the text alone would not do.
    """

    key: str
    text: str
    run: Callable[[], object]
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing: a first line, quieter ones below, and what can be done with it.

    Attributes:
        past: it is over; shown quieter.
        mark: something nobody may overlook, such as from whom it is withheld.
        late: what is overdue, below the quieter lines.
    """

    text: str
    details: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()
    past: bool = False
    mark: str = ""
    late: tuple[str, ...] = ()


def part_card(title: str, lines: Sequence[Line], actions: Sequence[Action], none: str) -> QFrame:
    """Return a panel.

    Args:
        actions: what can be done with the whole, such as adding to it.
        none: what is said where there are no lines.
    """
    frame, layout = style.card()
    layout.setSpacing(style.space(1.5))
    layout.addWidget(style.heading(title, 2))
    for line in lines:
        layout.addWidget(_make_line(line))
    if not lines and none:
        layout.addWidget(style.label(none, "quiet"))
    if actions:
        flow = Flow()
        flow.setSpacing(style.space(1.5))
        for action in actions:
            flow.addWidget(_make_button(action, role=""))
        layout.addLayout(flow)
    layout.addStretch(1)
    return frame


def _make_line(line: Line) -> QWidget:
    made = QWidget()
    across = QHBoxLayout(made)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(style.space(1.5))
    texts = QVBoxLayout()
    texts.setSpacing(max(1, style.space(0.3)))
    text = style.label(line.text, "quiet" if line.past else "")
    if not line.past:
        font = text.font()
        font.setWeight(font.Weight.DemiBold)
        text.setFont(font)
    texts.addWidget(text)
    for detail in filter(None, line.details):
        texts.addWidget(style.label(detail, "quiet" if line.past else ""))
    for late in line.late:
        texts.addWidget(style.label(late, "error"))
    if line.mark:
        texts.addWidget(style.label(line.mark, "badge"))
    texts.addStretch(1)
    across.addLayout(texts, 1)
    for action in line.actions:
        across.addWidget(_make_button(action, role="link"), 0, Qt.AlignmentFlag.AlignTop)
    return made


def _make_button(action: Action, role: str) -> QWidget:
    button = style.button(action.text, role)
    button.setObjectName(action.key)
    button.setAccessibleName(action.spoken or action.text)
    button.clicked.connect(action.run)
    return button
