"""What the program says and asks in dialogs."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gcp2_app.errors import NotFound
from gcp2_app.ui import messages

D = TypeVar("D", bound=QDialog)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def opened(window: QWidget, kind: type[D]) -> D:
    dialogs = window.findChildren(kind)
    assert len(dialogs) == 1
    return dialogs[0]


def test_an_error_says_what_is_wrong_and_what_to_do_as_plain_text(window: QWidget) -> None:
    messages.show_error(window, NotFound("<b>Gone</b>", "Look again."))
    box = opened(window, QMessageBox)
    assert box.text() == "<b>Gone</b>"
    assert box.informativeText() == "Look again."
    assert box.textFormat() is Qt.TextFormat.PlainText
    box.accept()


def test_a_note_does_not_wait(window: QWidget) -> None:
    messages.show_note(window, "Done.", "More.")
    box = opened(window, QMessageBox)
    assert (box.text(), box.informativeText()) == ("Done.", "More.")
    box.accept()


def ask(window: QWidget, then: Callable[[], object]) -> QMessageBox:
    messages.ask(window, "Go on?", "It takes a while.", yes="Go on", no="Stay here", then=then)
    return opened(window, QMessageBox)


def button(box: QMessageBox, text: str) -> QPushButton:
    found = [one for one in box.buttons() if one.text() == text]
    assert isinstance(found[0], QPushButton)
    return found[0]


def test_a_question_calls_back_for_its_yes(window: QWidget) -> None:
    answers: list[str] = []
    box = ask(window, lambda: answers.append("yes"))
    QTest.mouseClick(button(box, "Go on"), Qt.MouseButton.LeftButton)
    assert answers == ["yes"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_escape_and_a_hasty_return_mean_no(window: QWidget, qtbot: QtBot, key: Qt.Key) -> None:
    answers: list[str] = []
    box = ask(window, lambda: answers.append("yes"))
    assert box.defaultButton() is button(box, "Stay here")
    # Return goes to the button that has the focus, the default one.
    QTest.keyClick(box if key is Qt.Key.Key_Escape else box.defaultButton(), key)
    qtbot.waitUntil(lambda: not box.isVisible())
    assert not answers


def test_a_box_says_what_it_is_about_and_shows_no_picture(window: QWidget) -> None:
    box = ask(window, lambda: None)
    assert box.windowTitle() == "Go on?"
    assert box.icon() is QMessageBox.Icon.NoIcon
    box.reject()


def type_and_accept(dialog: QFileDialog, text: str) -> None:
    line = dialog.findChild(QLineEdit, "fileNameEdit")
    assert line is not None
    line.setText(text)
    dialog.accept()


def test_a_new_file_gets_the_ending_of_the_name_offered(window: QWidget, tmp_path: Path) -> None:
    chosen: list[Path] = []
    messages.choose_new_file(window, "Save", "report.pdf", "PDF (*.pdf)", chosen.append)
    dialog = opened(window, QFileDialog)
    assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    type_and_accept(dialog, str(tmp_path / "mine"))
    assert chosen == [tmp_path / "mine.pdf"]


def test_a_file_to_read_must_be_there(window: QWidget, tmp_path: Path) -> None:
    there = tmp_path / "pack.toml"
    there.write_text("")
    chosen: list[Path] = []
    messages.choose_file(window, "Open", "Pack (*.toml)", chosen.append)
    dialog = opened(window, QFileDialog)
    assert dialog.fileMode() is QFileDialog.FileMode.ExistingFile
    type_and_accept(dialog, str(there))
    assert chosen == [there]


def test_a_folder_can_be_chosen_and_nothing_is_called_when_it_is_not(window: QWidget, tmp_path: Path) -> None:
    chosen: list[Path] = []
    messages.choose_folder(window, "Open", chosen.append)
    opened(window, QFileDialog).reject()
    assert not chosen

    other = QWidget(window)
    messages.choose_folder(other, "Open", chosen.append)
    dialog = other.findChildren(QFileDialog)[0]
    assert dialog.fileMode() is QFileDialog.FileMode.Directory
    type_and_accept(dialog, str(tmp_path))
    assert chosen == [tmp_path]
