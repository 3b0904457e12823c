"""Whom to ring when a child could be harmed before tomorrow: the card, and the form that confirms its numbers.

Holds no data about any case, so it opens from every screen, the unlock page included.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QFrame,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gcp2_app.domain.policy import DangerNumber
from gcp2_app.forms.policy import shipped_policy
from gcp2_app.overriding import override
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


class _Number(QLabel):
    """A number in one line where there is room for it, else in several."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(style.heading("", 2).font())
        self.setWordWrap(True)

    @override
    def sizeHint(self) -> QSize:
        # As wide as the widest number is likely to be, so that what stands beside the numbers begins in one line.
        usual = self.fontMetrics().horizontalAdvance("0000 000 0000, option 0 ")
        own = self.fontMetrics().horizontalAdvance(f"{self.text()} ")
        return QSize(max(usual, own), self.fontMetrics().height())


class _Words(QWidget):
    """Who answers a number and when, each in one line where there is room for it."""

    def __init__(self, who: str, when: str) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._lines = (style.label(who), style.label(when, "quiet"))
        for line in self._lines:
            layout.addWidget(line)

    @override
    def sizeHint(self) -> QSize:
        width = max(line.fontMetrics().horizontalAdvance(f"{line.text()} ") for line in self._lines)
        return QSize(width, sum(line.fontMetrics().height() for line in self._lines))


class DangerCard(QDialog):
    """The numbers, large, and what to do first."""

    def __init__(self, parent: QWidget, preferences: Preferences) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("A child in danger"))
        self._ground = QWidget()
        layout = QVBoxLayout(self._ground)
        margin = style.space(4)
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(style.space(2))
        danger = shipped_policy().danger
        layout.addWidget(style.heading(danger.question, 2))
        layout.addWidget(style.label(danger.act))
        for number in danger.numbers:
            layout.addWidget(self._row(number, preferences))
        for held_back in (False, True):
            signs = [sign.what for sign in danger.signs if sign.do_not_tell_first is held_back]
            if signs:
                layout.addWidget(self._signs(signs, danger.do_not_tell if held_back else ""))
        layout.addWidget(style.label(danger.if_told))
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
        self._lay_out()

    def _lay_out(self) -> None:
        """Put everything but the button into an area that scrolls where the text is large."""
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Whatever does not fit is reached by the arrow keys.
        area.setProperty("role", "reading")
        area.setAccessibleName(self.windowTitle())
        area.setWidget(self._ground)
        self._bar = bar = QFrame()
        bar.setProperty("role", "foot")
        buttons = style.row(self.close_button)
        buttons.setContentsMargins(style.space(4), style.space(1.5), style.space(4), style.space(1.5))
        bar.setLayout(buttons)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(area, 1)
        outer.addWidget(bar)
        self.close_button.setFocus()

    @override
    def sizeHint(self) -> QSize:
        room = self.screen().availableSize()
        width = min(style.space(136), round(room.width() * 0.94))
        height = self._ground.heightForWidth(width) + self._bar.sizeHint().height() + 2
        return QSize(width, min(height, round(room.height() * 0.9)))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        if not event.spontaneous():
            # Qt would stop at two thirds of the screen.
            self.resize(self.sizeHint())
        super().showEvent(event)

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
        told = _Number(number_text(number, preferences))
        told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        told.setAccessibleName(f"{number.label}: {number_text(number, preferences)}")
        across = Flow()
        across.setSpacing(style.space(2))
        across.addWidget(told)
        across.addWidget(_Words(number.label, number.when))
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


def open_card(window: QWidget, preferences: Preferences) -> None:
    """Show the card above a window, and above a dialog that is open on it."""
    DangerCard(QApplication.activeModalWidget() or window, preferences).open()
