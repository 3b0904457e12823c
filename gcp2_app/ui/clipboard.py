"""Copies that do not stay: whatever was copied here leaves the clipboard after half a minute, or at once on lock."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

_STAYS_MILLISECONDS = 30_000


class BriefClipboard(QObject):
    """Puts text on the clipboard and takes it away again, unless something else was copied since."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._copied = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_STAYS_MILLISECONDS)
        self._timer.timeout.connect(self.clear)

    def copy(self, text: str) -> None:
        """Copy a text for half a minute."""
        self._copied = text
        QGuiApplication.clipboard().setText(text)
        self._timer.start()

    def clear(self) -> None:
        """Take the copy away, if it is still there."""
        self._timer.stop()
        clipboard = QGuiApplication.clipboard()
        if self._copied and clipboard.text() == self._copied:
            clipboard.clear()
        self._copied = ""
