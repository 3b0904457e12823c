"""Whom to ring when a child could be harmed before tomorrow: the card, and the form that confirms its numbers.

Holds no data about any case, so it opens from every screen, the unlock page included.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFrame,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gcp2_app.domain.policy import DangerNumber
from gcp2_app.forms.policy import shipped_policy
from gcp2_app.ui import style, words
from gcp2_app.ui.field import Field
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.preferences import Preferences

#: The emergency number is the same everywhere in the country; it is not edited.
FIXED = "emergency"


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("danger", text)


def number_text(number: DangerNumber, preferences: Preferences) -> str:
    """Return the number in force on this computer, with what to choose once it answers."""
    own = preferences.danger_number(number.code)
    if own is not None:
        return own
    return f"{number.number}, {number.then}" if number.then else number.number


class DangerCard(QDialog):
    """The numbers, large, and what to do first."""

    def __init__(self, parent: QWidget, preferences: Preferences) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("A child in danger"))
        self.setMinimumWidth(min(style.space(130), parent.screen().availableGeometry().width()))
        layout = QVBoxLayout(self)
        margin = style.space(4)
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(style.space(2))
        danger = shipped_policy().danger
        inside = QWidget()
        body = QVBoxLayout(inside)
        body.setContentsMargins(0, 0, style.space(1), 0)
        body.setSpacing(style.space(2))
        body.addWidget(style.heading(danger.question, 2))
        body.addWidget(style.label(danger.act))
        for number in danger.numbers:
            body.addWidget(self._row(number, preferences))
        for held_back in (False, True):
            signs = [sign.what for sign in danger.signs if sign.do_not_tell_first is held_back]
            if signs:
                body.addWidget(self._signs(signs, danger.do_not_tell if held_back else ""))
        body.addWidget(style.label(danger.if_told))
        # At twice the text size it is taller than a small screen.
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setAccessibleName(tr("Whom to ring, and what counts as danger"))
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        layout.addWidget(scroll, 1)
        room = parent.screen().availableGeometry()
        wanted = body.heightForWidth(style.space(116)) + style.space(32)
        self.resize(min(style.space(130), room.width()), min(wanted, round(room.height() * 0.94)))
        if preferences.danger_confirmed_on is None:
            layout.addWidget(
                style.label(
                    tr("Nobody has confirmed these numbers on this computer yet. Check them with your partnership."),
                    "error",
                )
            )
        self.close_button = style.button(tr("Close"), "primary")
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        layout.addLayout(style.row(self.close_button))

    def _signs(self, signs: Sequence[str], note: str) -> QWidget:
        """Return what counts as danger, with what is said of it."""
        frame, layout = style.card("warning" if note else "card")
        layout.setSpacing(max(2, style.space(0.5)))
        if note:
            layout.addWidget(style.heading(note, 3))
        for sign in signs:
            layout.addWidget(style.label(f"•  {sign}"))
        return frame

    def _row(self, number: DangerNumber, preferences: Preferences) -> QFrame:
        frame, layout = style.card("warning" if number.code == FIXED else "card")
        told = style.heading(number_text(number, preferences), 2)
        told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        told.setAccessibleName(f"{number.label}: {number_text(number, preferences)}")
        told.setWordWrap(False)
        what = QWidget()
        texts = QVBoxLayout(what)
        texts.setContentsMargins(0, 0, 0, 0)
        texts.setSpacing(0)
        texts.addWidget(style.label(number.label, wrap=False))
        texts.addWidget(style.label(number.when, "quiet", wrap=False))
        # The number goes below where large text leaves no room beside.
        across = Flow()
        across.setSpacing(style.space(2))
        across.addWidget(what)
        across.push()
        across.addWidget(told)
        layout.addLayout(across)
        return frame


class DangerForm(QWidget):
    """The numbers to correct and confirm.

    Attributes:
        changed: emitted after each edit and when the confirmation is ticked or taken back.
        lines: the edits by the number's code.
    """

    changed = Signal()

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(2))
        danger = shipped_policy().danger
        self._shipped = {number.code: number for number in danger.numbers}
        self.lines: Mapping[str, QLineEdit] = {}
        lines: dict[str, QLineEdit] = {}
        for number in danger.numbers:
            if number.code == FIXED:
                layout.addWidget(style.label(tr("{when}: {number}").format(when=number.when, number=number.number)))
                continue
            line = QLineEdit(number_text(number, preferences))
            line.setMaximumWidth(style.space(50))
            line.textEdited.connect(self.changed)
            lines[number.code] = line
            layout.addWidget(Field(number.label, line, number.when))
        self.lines = lines
        layout.addWidget(
            style.label(
                tr("From {source}, looked up in {when}.").format(
                    source=danger.origin.source, when=words.day_or_month(danger.origin.checked_on)
                ),
                "quiet",
            )
        )
        self.confirm = QCheckBox(tr("I have checked that these are the right numbers for where I work"))
        self.confirm.toggled.connect(self.changed)
        layout.addWidget(self.confirm)

    @property
    def is_confirmed(self) -> bool:
        """Whether every number is there and the box is ticked."""
        return self.confirm.isChecked() and all(line.text().strip() for line in self.lines.values())

    def keep(self, preferences: Preferences) -> None:
        """Keep the numbers of this computer that differ from the policy's."""
        for code, line in self.lines.items():
            shipped = self._shipped[code]
            offered = f"{shipped.number}, {shipped.then}" if shipped.then else shipped.number
            typed = line.text().strip()
            preferences.set_danger_number(code, "" if typed == offered else typed)
