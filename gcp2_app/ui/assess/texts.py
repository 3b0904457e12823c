"""Boxes of text that say what was typed after a short pause, when the focus goes, and when they are told to."""

from datetime import date
from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from gcp2_app.errors import InvalidValue
from gcp2_app.overriding import override
from gcp2_app.ui import style, words
from gcp2_app.ui.forms.days import read_day

#: How long a person stops typing before it is kept, in milliseconds.
PAUSE_MS: Final = 600
#: Another window, or the menu of the text itself: the person comes back to it.
_STAYS: Final = frozenset({Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason})


class KeptText(QPlainTextEdit):
    """Several lines of text; it grows with what is written.

    Attributes:
        edited: emitted with the text once it is to be kept.
        left: emitted when the person goes on to something else in the window, before what was typed last is said.
    """

    edited = Signal(str)
    left = Signal()

    def __init__(self, name: str, lines: int = 2, most_lines: int = 14, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines, self._most_lines = lines, most_lines
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        # Not asked of the timer: one that has just run out is no longer active.
        self._typed = False
        self._pause = _pause(self)
        self._pause.timeout.connect(self.commit)
        self.textChanged.connect(self._changed)
        self._fit()

    @property
    def text(self) -> str:
        """What is written, without the blanks around it."""
        return self.toPlainText().strip()

    def show_text(self, text: str) -> None:
        """Show a kept text; what is being typed is not disturbed."""
        if self._typed or self.text == text:
            return
        self.blockSignals(True)
        self.setPlainText(text)
        self.blockSignals(False)
        self._fit()

    def commit(self) -> None:
        """Say what was typed, if anything was."""
        if self._typed:
            self._typed = False
            self._pause.stop()
            self.edited.emit(self.text)

    def _changed(self) -> None:
        self._fit()
        self._typed = True
        self._pause.start()

    def _fit(self) -> None:
        lines = max(self._lines, min(round(self.document().size().height()), self._most_lines))
        height = self.fontMetrics().lineSpacing() * lines + style.space(2.5)
        if height != self.height():
            self.setFixedHeight(height)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        if event.reason() not in _STAYS:
            self.left.emit()
        self.commit()
        super().focusOutEvent(event)


class KeptLine(QLineEdit):
    """One line of text.

    Attributes:
        edited: emitted with the text once it is to be kept.
    """

    edited = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        # Not asked of the timer: one that has just run out is no longer active.
        self._typed = False
        self._pause = _pause(self)
        self._pause.timeout.connect(self.commit)
        self.textEdited.connect(self._changed)
        self.editingFinished.connect(self.commit)

    def show_text(self, text: str) -> None:
        """Show a kept text; what is being typed is not disturbed."""
        if not self._typed and self.text().strip() != text:
            self.setText(text)
            self.setCursorPosition(0)

    def commit(self) -> None:
        """Say what was typed, if anything was."""
        if self._typed:
            self._typed = False
            self._pause.stop()
            self.edited.emit(self.text().strip())

    def _changed(self) -> None:
        self._typed = True
        self._pause.start()


class KeptDay(KeptLine):
    """A day, typed in any usual way and shown in full once it is left.

    Attributes:
        day_edited: emitted with a date, or None where the line is empty. A line that is no day is not kept.
        problem: emitted with what is wrong with what was typed, or an empty text.
    """

    day_edited = Signal(object)
    problem = Signal(str)

    def __init__(self, name: str, today: date, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._today = today
        self.setPlaceholderText(self.tr("Day month year"))
        self.setMaximumWidth(style.space(36))
        self.edited.connect(self._read)
        self.editingFinished.connect(self._say_in_full)

    def show_day(self, day: date | None) -> None:
        """Show a kept day."""
        if not self.hasFocus():
            self.show_text(words.day(day) if day is not None else "")
            self._mark("")

    @property
    def is_wrong(self) -> bool:
        """Whether what stands in the line is no day, and so is not kept."""
        try:
            read_day(self.text(), self._today)
        except InvalidValue:
            return True
        return False

    def _read(self, text: str) -> None:
        try:
            day = read_day(text, self._today)
        except InvalidValue as error:
            self._mark(str(error))
            return
        self._mark("")
        self.day_edited.emit(day)

    def _mark(self, problem: str) -> None:
        style.mark_invalid(self, invalid=bool(problem))
        self.setAccessibleDescription(problem)
        self.problem.emit(problem)

    def _say_in_full(self) -> None:
        try:
            day = read_day(self.text(), self._today)
        except InvalidValue:
            return
        if day is not None:
            self.setText(words.day(day))


def commit_all(within: QWidget) -> None:
    """Have every box of a page say what was typed last."""
    for text in within.findChildren(KeptText):
        text.commit()
    for line in within.findChildren(KeptLine):
        line.commit()


def _pause(parent: QWidget) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(PAUSE_MS)
    return timer
