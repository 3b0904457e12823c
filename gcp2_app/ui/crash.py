"""What happens when the program itself is at fault: a line in the log, and a report without data about anyone.

The report names the program, the system and the places in the code; it holds nothing a person typed.
"""

import logging
import sys
import threading
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QObject, Signal, qVersion
from PySide6.QtWidgets import QWidget

from gcp2_app import __version__
from gcp2_app.logs import places

log = logging.getLogger(__name__)


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
        self._before = (sys.excepthook, threading.excepthook)
        self._broke.connect(self.show)

    def install(self) -> None:
        """Take over the hooks of Python."""
        self._before = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook

    def remove(self) -> None:
        """Give the hooks back."""
        sys.excepthook, threading.excepthook = self._before

    def show(self, error: BaseException) -> None:
        """Show the dialog for a fault, unless this kind was shown before."""
        report = make_report(error)
        if report not in self._shown:
            self._shown.add(report)
            from gcp2_app.ui.crash_dialog import CrashDialog

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
    import platform

    facts = (
        f"gcp2 {__version__}",
        f"Python {platform.python_version()}, Qt {qVersion()}, {platform.system()} {platform.release()}",
        "",
    )
    return "\n".join((*facts, *places(error)))
