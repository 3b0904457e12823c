"""The window is there before anything heavy is."""

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from gcp2_app.app import run_window
from gcp2_app.ui.main_window import MainWindow

HEAVY = (
    "sqlalchemy",
    "alembic",
    "sqlcipher3",
    "matplotlib",
    "reportlab",
    "pikepdf",
    "cryptography",
    "zxcvbn",
    "msgspec",
)

#: Shows the window as `gcp2 open` does, and says once the page stands there what was imported by then.
PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from gcp2_app.app import run_window
application = QApplication([])
def look():
    for window in application.topLevelWidgets():
        page = window.entry.currentWidget() if hasattr(window, "entry") else None
        if page is not None and page.isVisible():
            print(type(page).__name__, *(name for name in sys.argv[2:] if name in sys.modules))
            QTimer.singleShot(0, window.close)
            return
    QTimer.singleShot(0, look)
QTimer.singleShot(0, look)
sys.exit(run_window(Path(sys.argv[1]) if sys.argv[1] else None))
"""


def run(tmp_path: Path, store: str) -> list[str]:
    """Return the page shown first, and what was imported by then."""
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen")
    for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        environment[variable] = str(tmp_path / variable)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, store, *HEAVY],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
        env=environment,
    )
    return done.stdout.split()


def test_importing_the_app_imports_nothing_heavy() -> None:
    program = "import sys, gcp2_app.app; print(*(name for name in sys.argv[1:] if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", program, *HEAVY], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


@pytest.mark.parametrize(("store", "page"), [("somewhere", "UnlockPage"), ("", "WelcomePage")])
def test_the_first_page_stands_before_anything_heavy_is_imported(tmp_path: Path, store: str, page: str) -> None:
    assert run(tmp_path, str(tmp_path / store) if store else "") == [page]


def test_a_window_opened_and_closed_leaves_no_log(tmp_path: Path) -> None:
    run(tmp_path, str(tmp_path / "somewhere"))
    assert not [path for path in tmp_path.rglob("*.log") if path.stat().st_size]


@pytest.fixture
def own_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """This user's folders and file rights, for this test alone."""
    for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(variable, str(tmp_path / variable))
    umask = os.umask(0o022)
    handlers = list(logging.getLogger().handlers)
    yield
    logging.getLogger().handlers = handlers
    os.umask(umask)


@pytest.mark.usefixtures("own_folders")
def test_the_window_runs_until_it_is_closed_and_gives_everything_back(qapp: QApplication, tmp_path: Path) -> None:
    hooks = (sys.excepthook, threading.excepthook)
    seen: list[str] = []

    def look() -> None:
        windows = [window for window in qapp.topLevelWidgets() if isinstance(window, MainWindow)]
        page = windows[0].entry.currentWidget() if windows else None
        # The icon comes after the first paint, with the imports.
        if page is None or qapp.windowIcon().isNull():
            QTimer.singleShot(10, look)
            return
        seen.append(type(page).__name__)
        windows[0].close()

    QTimer.singleShot(0, look)
    assert run_window(tmp_path / "somewhere") == 0
    assert seen == ["UnlockPage"]
    assert (sys.excepthook, threading.excepthook) == hooks
    # What is written from now on is this user's alone.
    assert os.umask(0o022) == 0o077
