"""What the next screens need is loaded out of sight, a step at a time."""

import sys
import threading
from importlib import import_module

from pytestqt.qtbot import QtBot

from gcp2_app.ui import warming
from gcp2_app.ui.workspace import Workspace


def test_every_step_is_taken_in_order_off_the_window_s_thread_and_nothing_says_busy(
    qtbot: QtBot, workspace: Workspace
) -> None:
    busy: list[bool] = []
    workspace.tasks.busy_changed.connect(busy.append)
    taken: list[tuple[int, bool]] = []
    loaded = threading.Event()

    def step(number: int) -> None:
        taken.append((number, threading.current_thread() is threading.main_thread()))

    warming._go_on(workspace, workspace.tasks, [lambda: step(1), lambda: step(2), lambda: step(3)], loaded.set)

    qtbot.waitUntil(loaded.is_set)
    assert taken == [(1, False), (2, False), (3, False)]
    assert busy == []


def test_the_loading_ends_with_the_session(qtbot: QtBot, workspace: Workspace) -> None:
    taken: list[int] = []
    begun, go_on = threading.Event(), threading.Event()

    def first() -> None:
        begun.set()
        go_on.wait()

    warming._go_on(workspace, workspace.tasks, [first, lambda: taken.append(2)], lambda: taken.append(3))
    begun.wait()
    workspace.tasks.forget_results()
    go_on.set()

    # Whatever the loading would have asked for stands before these.
    after: list[int] = []
    workspace.tasks.compute(workspace, lambda: 3, lambda _: workspace.tasks.compute(workspace, lambda: 4, after.append))
    qtbot.waitUntil(lambda: after == [4])
    assert taken == []


def test_what_it_loads_is_there_and_holds_what_a_first_chart_needs() -> None:
    for name in warming._MODULES:
        import_module(name)
    assert hasattr(sys.modules["gcp2_app.reports.charts.trend"], "draw_trend")
    warming._read_forms()
    warming._read_rules()
