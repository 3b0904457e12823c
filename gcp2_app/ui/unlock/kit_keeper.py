"""Shows a recovery kit, has it kept, and has one group typed back from what was kept."""

import secrets
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from gcp2_app.errors import StoreError
from gcp2_app.ui import messages, style
from gcp2_app.ui.clipboard import BriefClipboard
from gcp2_app.ui.field import Field
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.unlock.kit import groups, kit_lines, print_kit, write_kit


class KitKeeper(QWidget):
    """First the code with ways to keep it; then, with the code hidden, the question for one of its groups.

    Attributes:
        confirmed: emitted when the group typed is right.
        turned: emitted when it turns from showing to asking, or back.
    """

    confirmed = Signal()
    turned = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._code = ""
        self._lines: tuple[str, ...] = ()
        self._asked = 0
        self._clipboard = BriefClipboard(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(2))
        layout.addWidget(self._make_showing())
        layout.addWidget(self._make_asking())
        self._asking.hide()

    @property
    def is_confirmed(self) -> bool:
        """Whether the group asked for was typed back."""
        return bool(self._code) and self._matches(self.answer.text())

    @property
    def is_asking(self) -> bool:
        """Whether the code is hidden and a group is asked for."""
        return not self._asking.isHidden()

    @property
    def error(self) -> str:
        """What is said beside the answer, or empty."""
        return self._field.error

    @property
    def wanted(self) -> str:
        """What is to be done next, as it stands on screen now."""
        if self.is_asking:
            return self.tr("Type group {number} of the code you kept.").format(number=self.asked_group)
        return self.tr("Keep the code, choose “I have kept it”, and type one group of it back.")

    @property
    def asked_group(self) -> int:
        """Which group is asked for, from 1."""
        return self._asked + 1

    def show_kit(self, code: str, store: str, made_on: date) -> None:
        """Show a kit that was just made.

        Args:
            store: the store's name, as people know it.
        """
        self._code = code
        self._lines = kit_lines(code, store, made_on)
        self._show_groups(groups(code))
        self._asked = secrets.randbelow(len(groups(code)))
        self._question.setText(
            self.tr("Type group {number} of the code, counted from the start.").format(number=self.asked_group)
        )
        self._show_again()

    def forget(self) -> None:
        """Drop the code, from the clipboard too."""
        self._clipboard.clear()
        self._code = ""
        self._lines = ()
        self._clear_groups()
        self.answer.clear()

    def _make_showing(self) -> QWidget:
        self._showing, layout = style.card()
        self._groups = QGridLayout()
        self._groups.setHorizontalSpacing(style.space(3))
        self._groups.setVerticalSpacing(style.space(1))
        layout.addLayout(self._groups)
        layout.addSpacing(style.space(1))
        self.print_button = style.button(self.tr("Print…"))
        self.print_button.clicked.connect(lambda: print_kit(self, self._lines, self._code))
        self.save_button = style.button(self.tr("Save as PDF or text…"))
        self.save_button.clicked.connect(self._choose_file)
        self.copy_button = style.button(self.tr("Copy for 30 seconds"))
        self.copy_button.clicked.connect(self._copy)
        ways = Flow()
        ways.setSpacing(style.space(1.5))
        for button in (self.print_button, self.save_button, self.copy_button):
            ways.addWidget(button)
        layout.addLayout(ways)
        self._done = style.label("", "good")
        self._done.hide()
        layout.addWidget(self._done)
        self.kept_button = style.button(self.tr("I have kept it"), "primary")
        self.kept_button.clicked.connect(self.ask)
        layout.addWidget(self.kept_button)
        return self._showing

    def _show_groups(self, parts: tuple[str, ...]) -> None:
        """Show the groups three a row, each with its number, so that one can be asked for."""
        self._clear_groups()
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.font().pointSizeF() * 1.4)
        for number, part in enumerate(parts):
            shown = style.label(part, "code", wrap=False)
            shown.setFont(font)
            shown.setAccessibleName(self.tr("Group {number}: {letters}").format(number=number + 1, letters=part))
            row, column = divmod(number, 3)
            self._groups.addWidget(style.label(str(number + 1), "quiet", wrap=False), row, 2 * column)
            self._groups.addWidget(shown, row, 2 * column + 1)
        self._groups.setColumnStretch(6, 1)

    def _clear_groups(self) -> None:
        while (item := self._groups.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()

    def _make_asking(self) -> QWidget:
        self._asking, layout = style.card()
        self.answer = QLineEdit()
        self.answer.setMaximumWidth(style.space(24))
        layout.addWidget(style.heading(self.tr("Check what you kept"), 3))
        self._question = style.label()
        layout.addWidget(self._question)
        self._field = Field(self.tr("Four letters or digits"), self.answer)
        layout.addWidget(self._field)
        self._right = style.label(self.tr("That is right."), "good")
        self._right.hide()
        layout.addWidget(self._right)
        self.again_button = style.button(self.tr("Show the code again"), "link")
        self.again_button.clicked.connect(self._show_again)
        layout.addWidget(self.again_button)
        self.answer.textChanged.connect(self._check)
        return self._asking

    def ask(self) -> None:
        """Hide the code and ask for the group."""
        self._showing.hide()
        self._asking.show()
        self.answer.setFocus()
        self.turned.emit()

    def _show_again(self) -> None:
        self.answer.clear()
        self._asking.hide()
        self._showing.show()
        self.turned.emit()

    def _matches(self, text: str) -> bool:
        return _read(text) == _read(groups(self._code)[self._asked])

    def _check(self, text: str) -> None:
        right = bool(self._code) and self._matches(text)
        wrong = bool(self._code) and not right and len(text.strip()) >= len(groups(self._code)[self._asked])
        self._field.show_error(
            self.tr("This is not group {number} of the code.").format(number=self.asked_group) if wrong else ""
        )
        self._right.setVisible(right)
        if right:
            self.confirmed.emit()

    def _copy(self) -> None:
        self._clipboard.copy("\n".join(self._lines))
        self._say(self.tr("Copied. It leaves the clipboard in 30 seconds."))

    def _choose_file(self) -> None:
        messages.choose_new_file(
            self,
            self.tr("Save the recovery kit"),
            "gcp2-recovery-kit.pdf",
            self.tr("PDF (*.pdf);;Text (*.txt)"),
            self._save,
        )

    def _save(self, path: Path) -> None:
        try:
            write_kit(path, self._lines, self._code)
        except StoreError as error:
            messages.show_error(self, error)
        else:
            self._say(self.tr("Saved as {name}. Move it off this computer.").format(name=path.name))

    def _say(self, text: str) -> None:
        self._done.setText(text)
        self._done.show()


def _read(text: str) -> str:
    """Read letters as the code does: O is 0, I and L are 1."""
    return text.strip().upper().translate(str.maketrans("OIL", "011"))
