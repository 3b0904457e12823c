"""Where reference cycles are collected: on the window's thread, and nowhere else."""

import gc
import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from gcp2_app.ui.rubbish import RubbishRounds, keep_what_is_loaded
from gcp2_app.ui.tasks import Tasks


class Held:
    """Something only a reference cycle holds; says which thread ended it."""

    def __init__(self, ended: list[int]) -> None:
        self.itself = self
        self._ended = ended

    def __del__(self) -> None:
        self._ended.append(threading.get_ident())


def make_much(ended: list[int]) -> None:
    """Leave so many cycles behind that Python would collect several times."""
    for _ in range(20 * gc.get_threshold()[0]):
        Held(ended)


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    del qtbot  # a QApplication, before anything of Qt
    made = Tasks()
    yield made
    made.close()


def test_what_a_cycle_holds_ends_on_the_windows_thread(tasks: Tasks, qtbot: QtBot) -> None:
    ended: list[int] = []
    gui = threading.get_ident()
    tasks.run(tasks, lambda: make_much(ended)).result(30)
    assert ended == []
    qtbot.waitUntil(lambda: len(ended) == 20 * gc.get_threshold()[0])
    assert set(ended) == {gui}


def test_what_is_loaded_is_not_looked_through_again(qtbot: QtBot) -> None:
    del qtbot
    ended: list[int] = []
    kept, later = Held(ended), Held(ended)
    try:
        del kept
        keep_what_is_loaded()
        assert gc.get_freeze_count() > 0
        del later
        gc.collect()
        assert ended == []
    finally:
        gc.unfreeze()
    gc.collect()
    assert len(ended) == 2


def test_python_collects_again_once_the_last_rounds_stop(qtbot: QtBot) -> None:
    del qtbot
    first, second = RubbishRounds(), RubbishRounds()
    first.stop()
    first.stop()
    assert not gc.isenabled()
    second.stop()
    assert gc.isenabled()
