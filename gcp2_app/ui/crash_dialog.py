"""The dialog that says that the program itself was at fault."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from gcp2_app.ui import style


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("crash", text)


class CrashDialog(QDialog):
    """Says that the program made a mistake, and that saved work is safe."""

    def __init__(self, parent: QWidget, report: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(QCoreApplication.applicationName())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(style.space(4),) * 4)
        layout.setSpacing(style.space(2))
        layout.addWidget(style.heading(tr("Something went wrong in the program"), 2))
        layout.addWidget(
            style.label(
                tr(
                    "This is a fault of the program, not of yours. Everything shown as saved is safe. "
                    "You can go on; if the screen looks wrong, lock and unlock."
                )
            )
        )
        layout.addWidget(
            style.label(tr("The report below holds nothing about any person. Send it to whoever supports you."))
        )
        self.report = QPlainTextEdit(report)
        self.report.setReadOnly(True)
        self.report.setAccessibleName(tr("Fault report"))
        self.report.setMinimumSize(style.space(90), style.space(30))
        layout.addWidget(self.report)
        self.copy = style.button(tr("Copy the report"))
        self.copy.clicked.connect(lambda: _copy(report))
        self.close_button: QPushButton = style.button(tr("Close"), "primary")
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addWidget(self.copy)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        layout.addLayout(buttons)


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
