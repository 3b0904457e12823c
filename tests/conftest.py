"""What every test gets: no screen, no real keyring, no folder of the person running it.

A test that uses a QApplication is marked ``gui`` and guarded: a thread, a timer or a window that
outlives it fails that test, not some later one.
"""

import gc
import os
import shutil
import tempfile
import threading
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import keyring
import pytest
from hypothesis import settings
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError
from pytestqt.qtbot import QtBot
from typing_extensions import override

JOURNEYS = "journeys"
WAIT_MILLISECONDS = 60_000
T = TypeVar("T")

# "ci" tries the same examples every time, on any machine, however slow. Look further afield with
# `pytest --hypothesis-profile=explore`.
settings.register_profile("ci", derandomize=True, deadline=None, database=None, print_blob=True)
settings.register_profile("explore", deadline=None, max_examples=2_000)
settings.load_profile("ci")


class MemoryKeyring(KeyringBackend):
    """The operating system's keyring, as a dictionary that one test owns."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring's own
        self.passwords: dict[tuple[str, str], str] = {}

    @override
    def get_password(self, service: str, username: str) -> str | None:
        return self.passwords.get((service, username))

    @override
    def set_password(self, service: str, username: str, password: str) -> None:
        self.passwords[service, username] = password

    @override
    def delete_password(self, service: str, username: str) -> None:
        try:
            del self.passwords[service, username]
        except KeyError:
            raise PasswordDeleteError(username) from None


_own_folders = pytest.StashKey[Path]()


def pytest_configure(config: pytest.Config) -> None:
    """Choose the screen, and keep this process and its children out of the person's own folders."""
    # What never comes still fails; a slow machine does not.
    for wait in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals):
        assert wait.__kwdefaults__ is not None
        wait.__kwdefaults__["timeout"] = WAIT_MILLISECONDS
    journeys = any(JOURNEYS in Path(argument.split("::")[0]).parts for argument in config.args)
    if not journeys:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    folders = Path(tempfile.mkdtemp(prefix="gcp2-tests-"))
    config.stash[_own_folders] = folders
    for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        os.environ[variable] = str(folders / variable.lower())
    # For programs that a test starts: the null backend counts as no keyring.
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"


def pytest_collection_finish(session: pytest.Session) -> None:
    """Leave what is loaded by now out of what is collected between the tests."""
    del session
    gc.freeze()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the folders of this run."""
    folders = config.stash.get(_own_folders, None)
    if folders is not None:
        shutil.rmtree(folders)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that use a QApplication, and those that live among the journeys."""
    for item in items:
        if "qapp" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.gui)
        if JOURNEYS in item.path.parts:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(autouse=True)
def memory_keyring() -> Iterator[MemoryKeyring]:
    """Put an empty keyring in memory in the place of the operating system's."""
    before = keyring.get_keyring()
    replacement = MemoryKeyring()
    keyring.set_keyring(replacement)
    yield replacement
    keyring.set_keyring(before)


@pytest.fixture(autouse=True)
def no_leaks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a test that uses Qt when a thread, a timer or a window outlives it."""
    if "qapp" not in request.fixturenames:
        yield
        return

    from PySide6.QtCore import QCoreApplication, QEvent, QThread, QTimer
    from PySide6.QtWidgets import QApplication, QWidget
    from shiboken6 import isValid

    threads: list[weakref.ref[QThread]] = []
    timers: list[weakref.ref[QTimer]] = []
    _record_starts(monkeypatch, QThread, threads)
    _record_starts(monkeypatch, QTimer, timers)
    python_threads = set(threading.enumerate())

    def left() -> list[str]:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        found = [
            f"a running thread: {thread.objectName() or thread!r}"
            for thread in _alive(threads)
            if isValid(thread) and thread.isRunning()
        ]
        found += [
            f"an active timer: {timer.objectName() or timer!r} of {timer.parent()!r}"
            for timer in _alive(timers)
            if isValid(timer) and timer.isActive()
        ]
        found += [
            f"a window: {widget.objectName() or widget!r}"
            for widget in QApplication.topLevelWidgets()
            if widget not in windows and widget.parent() is None
        ]
        found += [
            f"a thread: {thread.name}"
            for thread in threading.enumerate()
            if thread not in python_threads and thread.is_alive()
        ]
        return found

    # Windows of wider fixtures (a module's, a session's) are not this test's to close.
    windows: list[QWidget] = QApplication.topLevelWidgets() if QApplication.instance() is not None else []
    yield
    found = left()
    if found:
        # What only a reference cycle holds is rubbish, not a leak.
        gc.collect()
        found = left()
    if found:
        pytest.fail("The test left behind " + "; ".join(found), pytrace=False)


def _alive(references: list[weakref.ref[T]]) -> list[T]:
    return [value for reference in references if (value := reference()) is not None]


def _record_starts(monkeypatch: pytest.MonkeyPatch, kind: type[T], started: list[weakref.ref[T]]) -> None:
    """Have each ``start`` of a thread or timer note who was started."""
    original: Callable[..., object] = getattr(kind, "start")  # noqa: B009 - T has no start

    def start(self: T, *arguments: object, **keywords: object) -> object:
        started.append(weakref.ref(self))
        return original(self, *arguments, **keywords)

    monkeypatch.setattr(kind, "start", start)
