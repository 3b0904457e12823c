"""Nobody here: a warning, then the lock; and F9 at any time."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from gcp2_app.ui.idle import IdleWatch


@dataclass
class Clock:
    """The wall clock, moved by hand."""

    seconds: float = 1_000_000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


class Heard:
    """What an idle watch said, in order."""

    def __init__(self, watch: IdleWatch) -> None:
        self.said: list[object] = []
        watch.warned.connect(self.said.append)
        watch.stayed.connect(lambda: self.said.append("stayed"))
        watch.expired.connect(lambda: self.said.append("expired"))
        watch.lock_pressed.connect(lambda: self.said.append("locked"))


@pytest.fixture
def watch(window: QWidget, clock: Clock) -> IdleWatch:
    made = IdleWatch(window, clock)
    made.start(5)
    return made


def press(widget: QWidget, key: Qt.Key = Qt.Key.Key_A) -> None:
    handle = widget.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, key)


def test_it_warns_half_a_minute_before_and_then_expires(watch: IdleWatch, clock: Clock) -> None:
    heard = Heard(watch)
    clock.seconds += 4 * 60
    assert watch.check()
    assert not heard.said
    clock.seconds += 35
    assert watch.check()
    clock.seconds += 1
    watch.check()
    assert heard.said == [25, 24]
    clock.seconds += 24
    assert not watch.check()
    assert heard.said[-1] == "expired"
    assert not watch.is_running


@pytest.mark.parametrize("how", ["key", "mouse", "click"])
def test_any_key_or_movement_stays(watch: IdleWatch, window: QWidget, clock: Clock, how: str) -> None:
    heard = Heard(watch)
    handle = window.windowHandle()
    assert handle is not None
    clock.seconds += 4 * 60 + 40
    watch.check()
    if how == "key":
        press(window)
    elif how == "mouse":
        QTest.mouseMove(handle, QPoint(5, 5))
        QTest.mouseMove(handle, QPoint(6, 6))
    else:
        QTest.mouseClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(5, 5))
    assert heard.said[:2] == [20, "stayed"]
    clock.seconds += 4 * 60
    assert watch.check()


def test_after_a_sleep_the_first_key_locks_instead_of_arriving(qtbot: QtBot, clock: Clock) -> None:
    class Window(QWidget):
        pressed = 0

        @override
        def keyPressEvent(self, event: QKeyEvent) -> None:
            self.pressed += 1

    window = Window()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    watch = IdleWatch(window, clock)
    watch.start(5)
    heard = Heard(watch)
    press(window)
    assert window.pressed == 1
    clock.seconds += 3_600
    press(window)
    assert heard.said == ["expired"]
    assert window.pressed == 1


def test_a_clock_set_back_does_not_keep_the_store_open(watch: IdleWatch, clock: Clock) -> None:
    heard = Heard(watch)
    clock.seconds -= 86_400
    assert watch.check()
    clock.seconds += 5 * 60
    assert not watch.check()
    assert heard.said == ["expired"]


def test_f9_locks_over_a_dialog_too(watch: IdleWatch, window: QWidget, qtbot: QtBot) -> None:
    heard = Heard(watch)
    dialog = QDialog(window)
    dialog.open()
    qtbot.waitExposed(dialog)
    qtbot.waitUntil(lambda: dialog.windowHandle() is not None and dialog.isActiveWindow())
    press(dialog, Qt.Key.Key_F9)
    assert heard.said == ["locked"]
    dialog.close()


def test_stopped_it_says_nothing(watch: IdleWatch, window: QWidget, clock: Clock) -> None:
    heard = Heard(watch)
    watch.stop()
    watch.stop()
    clock.seconds += 3_600
    press(window)
    assert not watch.check()
    assert not heard.said


def test_started_again_it_counts_from_then(watch: IdleWatch, clock: Clock) -> None:
    clock.seconds += 4 * 60
    watch.start(1)
    clock.seconds += 20
    assert watch.check()
    clock.seconds += 41
    assert not watch.check()
