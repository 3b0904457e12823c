"""What the program says and asks in dialogs, behind one façade, so that journeys can answer them.

User text is always plain text. Every error shows what is wrong and what to do.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from gcp2_app.errors import AppError


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("messages", text)


def show_error(parent: QWidget, error: AppError) -> None:
    """Say what is wrong and what to do; does not wait."""
    _open(parent, tr("This did not work"), error.message, error.mend)


def show_note(parent: QWidget, text: str, more: str = "") -> None:
    """Say something; does not wait."""
    _open(parent, tr("Please note"), text, more)


def _open(parent: QWidget, title: str, text: str, more: str) -> None:
    box = _box(parent, title, text, more)
    close = box.addButton(tr("Close"), QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(close)
    box.setEscapeButton(close)
    box.open()


def _box(parent: QWidget, title: str, text: str, more: str) -> QMessageBox:
    """Return a box without a picture: the platform's stand for alarm, or for nothing."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(title)
    box.setIcon(QMessageBox.Icon.NoIcon)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    box.setInformativeText(more)
    return box


def ask(parent: QWidget, question: str, more: str, *, yes: str, no: str, then: Callable[[], object]) -> None:
    """Ask a question whose answers are named by what they do; ``then`` is called for ``yes``. Escape means ``no``."""
    box = _box(parent, question, question, more)
    accept = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    refuse = box.addButton(no, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(refuse)
    box.setEscapeButton(refuse)
    box.buttonClicked.connect(lambda clicked: then() if clicked is accept else None)
    box.open()


def choose_new_file(parent: QWidget, title: str, name: str, kinds: str, then: Callable[[Path], object]) -> None:
    """Ask where to write a file; ``then`` gets the chosen path.

    Args:
        name: offered file name, without a child's name in it.
        kinds: Qt name filter, such as ``"PDF (*.pdf)"``.
    """
    dialog = _file_dialog(parent, title, kinds, then)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix.lstrip("."))
    dialog.selectFile(name)
    dialog.open()


def choose_file(parent: QWidget, title: str, kinds: str, then: Callable[[Path], object]) -> None:
    """Ask which file to read; ``then`` gets the chosen path."""
    dialog = _file_dialog(parent, title, kinds, then)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.open()


def choose_folder(parent: QWidget, title: str, then: Callable[[Path], object]) -> None:
    """Ask for a folder; ``then`` gets the chosen path."""
    dialog = _file_dialog(parent, title, "", then)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.open()


def _file_dialog(parent: QWidget, title: str, kinds: str, then: Callable[[Path], object]) -> QFileDialog:
    dialog = QFileDialog(parent, title, str(Path.home()), kinds)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
    return dialog
