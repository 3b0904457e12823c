"""What happens when the program itself is at fault: a line in the log, and a dialog without data about anyone.

The report names the program, the system and the places in the code; it holds nothing a person typed.
"""

import logging
import platform
import sys
import threading
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, qVersion
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from gcp2_app import __version__
from gcp2_app.logs import places
from gcp2_app.ui import style

log = logging.getLogger(__name__)


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("crash", text)


class CrashGuard(QObject):
    """Catches what nobody handled, in any thread, and shows each kind of fault once.

    Args:
        parent: the window over which the dialog opens.
    """

    _broke = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._shown: set[str] = set()
        self._broke.connect(self.show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over the hooks of Python."""
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook

    def remove(self) -> None:
        """Give the hooks back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def show(self, error: BaseException) -> None:
        """Show the dialog for a fault, unless this kind was shown before."""
        report = make_report(error)
        if report not in self._shown:
            self._shown.add(report)
            CrashDialog(self._window, report).open()

    def _hook(self, kind: type[BaseException], error: BaseException, _traceback: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QCoreApplication.quit()
            return
        log.error("unhandled", exc_info=error)
        self._broke.emit(error)

    def _thread_hook(self, caught: threading.ExceptHookArgs) -> None:
        if caught.exc_value is not None:
            log.error("unhandled in a thread", exc_info=caught.exc_value)
            self._broke.emit(caught.exc_value)


def make_report(error: BaseException) -> str:
    """Return what a developer needs to know of a fault, without any data."""
    facts = (
        f"gcp2 {__version__}",
        f"Python {platform.python_version()}, Qt {qVersion()}, {platform.system()} {platform.release()}",
        "",
    )
    return "\n".join((*facts, *places(error)))


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
    from PySide6.QtGui import QGuiApplication

    QGuiApplication.clipboard().setText(text)
