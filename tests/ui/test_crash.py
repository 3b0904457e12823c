"""A fault of the program is told without data about anyone."""

import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gcp2_app.ui.crash import CrashGuard, make_report
from gcp2_app.ui.crash_dialog import CrashDialog

NAME = "Robyn Ashdown"


def fault() -> BaseException:
    """Return an error that holds a name, with the places it came through."""
    try:
        raise LookupError(NAME)
    except LookupError as error:
        return error


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def guard(window: QWidget, monkeypatch: pytest.MonkeyPatch) -> Iterator[CrashGuard]:
    """A guard whose hooks are called by hand: pytest has its own in place while a test runs."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    made = CrashGuard(window)
    made.install()
    yield made
    made.remove()


def dialogs(window: QWidget) -> list[CrashDialog]:
    return window.findChildren(CrashDialog)


def test_the_report_names_versions_and_places_and_no_data() -> None:
    report = make_report(fault())
    assert report.startswith("gcp2 ")
    assert "Python" in report
    assert "builtins.LookupError" in report
    assert "test_crash.py" in report
    assert NAME not in report


def test_the_same_fault_is_shown_once(guard: CrashGuard, window: QWidget) -> None:
    for _ in range(3):
        guard.show(fault())
    assert len(dialogs(window)) == 1
    assert NAME not in dialogs(window)[0].report.toPlainText()
    dialogs(window)[0].close()


def test_a_fault_in_a_slot_reaches_the_dialog(
    guard: CrashGuard, window: QWidget, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    del guard
    error = fault()
    sys.excepthook(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: len(dialogs(window)) == 1)
    assert caplog.messages == ["unhandled"]
    dialogs(window)[0].close()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_fault_in_a_thread_reaches_the_dialog(guard: CrashGuard, window: QWidget, qtbot: QtBot) -> None:
    del guard

    def work() -> None:
        raise LookupError(NAME)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(dialogs(window)) == 1)
    dialogs(window)[0].close()


def test_the_hooks_are_given_back(window: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    before = [print, print]
    monkeypatch.setattr(sys, "excepthook", before[0])
    monkeypatch.setattr(threading, "excepthook", before[1])
    guard = CrashGuard(window)
    guard.install()
    assert [sys.excepthook, threading.excepthook] != before
    guard.remove()
    assert [sys.excepthook, threading.excepthook] == before


def test_the_report_can_be_copied(window: QWidget) -> None:
    dialog = CrashDialog(window, make_report(fault()))
    dialog.open()
    QTest.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == dialog.report.toPlainText()
    QTest.mouseClick(dialog.close_button, Qt.MouseButton.LeftButton)
