"""The window and a person before it: keys go in, and the time is taken until the pixels are there."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QAbstractEventDispatcher, QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from gcp2_app.overriding import override
from gcp2_app.ui.main_window import MainWindow
from gcp2_app.ui.shell import Shell
from gcp2_app.ui.unlock.page import UnlockPage

PASSPHRASE = "correct horse battery staple"
#: Everything a person waits for is over long before.
_PATIENCE_S = 60


class Painted(QObject):
    """Notices when a widget is painted while something holds.

    Attributes:
        at: the instant the paint was over, as of ``time.perf_counter``; None before.
    """

    def __init__(self, widget: QWidget, holds: Callable[[], bool] = lambda: True) -> None:
        super().__init__(widget)
        self._holds = holds
        self.at: float | None = None
        widget.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self.at is None and self._holds():
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._note)
        return False

    def _note(self) -> None:
        self.at = time.perf_counter()


class Blocked:
    """The longest time, in milliseconds, the window answered to nobody."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._since = time.perf_counter()
        dispatcher = QAbstractEventDispatcher.instance()
        assert dispatcher is not None
        dispatcher.awake.connect(self._wake)
        dispatcher.aboutToBlock.connect(self._sleep)

    def forget(self) -> None:
        """Begin anew."""
        self.longest, self._since = 0.0, time.perf_counter()

    def _wake(self) -> None:
        self._since = time.perf_counter()

    def _sleep(self) -> None:
        self.longest = max(self.longest, (time.perf_counter() - self._since) * 1e3)


class Sitting:
    """The window and the person before it."""

    def __init__(self, application: QApplication, folder: Path) -> None:
        self.application = application
        self.folder = folder
        self.found: dict[str, list[float]] = {}

    @property
    def window(self) -> MainWindow:
        """The window."""
        return next(widget for widget in self.application.topLevelWidgets() if isinstance(widget, MainWindow))

    @property
    def shell(self) -> Shell:
        """What is behind the unlock page."""
        shell = self.window.shell
        assert shell is not None
        return shell

    def keep(self, name: str, values: list[float]) -> None:
        """Keep the best, the median and the worst of what was measured."""
        best, usual, worst = min(values), statistics.median(values), max(values)
        self.found[name] = [round(value, 1) for value in (best, usual, worst)]

    def until(self, holds: Callable[[], object]) -> None:
        """Let the window work until something holds. It is looked at a hundred times a second."""
        loop, end = QEventLoop(), time.perf_counter() + _PATIENCE_S
        look = QTimer()
        look.timeout.connect(lambda: loop.quit() if holds() or time.perf_counter() > end else None)
        look.start(10)
        loop.exec()
        look.stop()
        if not holds():
            raise TimeoutError

    def rest(self, seconds: float = 1.0) -> None:
        """Look at the screen until nothing is under way, and a moment longer."""
        over: list[bool] = []
        QTimer.singleShot(round(seconds * 1e3), lambda: over.append(True))
        self.until(lambda: over and self.window._workspace.tasks._under_way == 0)

    def until_painted(
        self, find: Callable[[], QWidget | None], holds: Callable[[], bool] = lambda: True, *, since: float
    ) -> float:
        """Let the window work until a widget, which may not be there yet, is painted while something holds.

        Returns:
            The time from an instant (as of ``time.perf_counter``) to then, in milliseconds.
        """
        watching: list[Painted] = []

        def seen() -> bool:
            widget = find()
            if widget is not None and not watching:
                watching.append(Painted(widget, holds))
            return bool(watching) and watching[0].at is not None

        self.until(seen)
        return self.until_seen(watching[0], since=since)

    def until_seen(self, painted: Painted, *, since: float) -> float:
        """Let the window work until what is watched for was painted, and return the time as above."""
        self.until(lambda: painted.at is not None)
        assert painted.at is not None
        return (painted.at - since) * 1e3

    def unlock(self) -> None:
        """Type the passphrase, press Enter and wait for the caseload."""
        from gcp2_app.ui.caseload.page import CaseloadPage

        window = self.window
        # A laptop's; the offscreen platform's own is smaller.
        window.resize(1366, 768)
        page = window.entry.currentWidget()
        assert isinstance(page, UnlockPage)
        self.until(page.unlock_button.isEnabled)
        self.rest()
        self.keep("derivation", window._workspace.tasks.run(window, lambda: _derivations(self.folder)).result())
        QTest.keyClicks(page.passphrase.line, PASSPHRASE)

        def table() -> QWidget | None:
            shown = window.shell.page if window.shell is not None else None
            return shown.table.viewport() if isinstance(shown, CaseloadPage) else None

        def filled() -> bool:
            assert window.shell is not None and isinstance(window.shell.page, CaseloadPage)  # noqa: PT018 - one fact
            return window.shell.page.table.model().rowCount() > 0

        start = time.perf_counter()
        QTest.keyClick(page.passphrase.line, Qt.Key.Key_Return)
        self.keep("unlock", [self.until_painted(table, filled, since=start)])


def _derivations(folder: Path) -> list[float]:
    from gcp2_app.storage import keys

    times: list[float] = []
    for _ in range(5):
        start = time.perf_counter()
        keys.unlock(folder, "asmith", PASSPHRASE)
        times.append((time.perf_counter() - start) * 1e3)
    return times


def memory() -> float:
    """Return the resident memory of this process, in MiB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    raise LookupError
