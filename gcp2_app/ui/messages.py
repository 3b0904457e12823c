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
    _open(parent, QMessageBox.Icon.Warning, error.message, error.mend)


def show_note(parent: QWidget, text: str, more: str = "") -> None:
    """Say something; does not wait."""
    _open(parent, QMessageBox.Icon.Information, text, more)


def _open(parent: QWidget, icon: QMessageBox.Icon, text: str, more: str) -> None:
    box = QMessageBox(icon, QCoreApplication.applicationName(), text, QMessageBox.StandardButton.Ok, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(more)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()


def ask(parent: QWidget, question: str, more: str, *, yes: str, no: str, then: Callable[[], object]) -> None:
    """Ask a question whose answers are named by what they do; ``then`` is called for ``yes``. Escape means ``no``."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(QCoreApplication.applicationName())
    box.setIcon(QMessageBox.Icon.Question)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(question)
    box.setInformativeText(more)
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
