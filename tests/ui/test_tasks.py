"""Work off the GUI thread, and its results back on it."""

import operator
import sys
import threading
import weakref
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from gcp2_app.errors import AppError, NotFound
from gcp2_app.ui.latest import Latest
from gcp2_app.ui.tasks import Tasks


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    del qtbot  # a QApplication, before anything of Qt
    made = Tasks()
    yield made
    made.close()


def test_work_runs_on_the_database_thread_and_its_result_arrives_on_the_gui_thread(tasks: Tasks, qtbot: QtBot) -> None:
    arrived: list[tuple[str, str]] = []
    tasks.run(
        tasks,
        lambda: threading.current_thread().name,
        lambda worker: arrived.append((worker, threading.current_thread().name)),
    )
    qtbot.waitUntil(lambda: bool(arrived))
    worker, gui = arrived[0]
    assert worker.startswith("database")
    assert gui == threading.current_thread().name


def test_long_computing_has_a_thread_of_its_own(tasks: Tasks, qtbot: QtBot) -> None:
    held = threading.Event()
    computed: list[str] = []
    tasks.run(tasks, lambda: held.wait(10))
    tasks.compute(tasks, lambda: threading.current_thread().name, computed.append)
    qtbot.waitUntil(lambda: bool(computed))
    held.set()
    assert computed[0].startswith("computing")


def test_what_takes_minutes_holds_up_neither_of_the_others(tasks: Tasks, qtbot: QtBot) -> None:
    held = threading.Event()
    names: list[str] = []
    tasks.aside(tasks, lambda: held.wait(10))
    for run in (tasks.run, tasks.compute):
        run(tasks, lambda: threading.current_thread().name, names.append)
    qtbot.waitUntil(lambda: len(names) == 2)
    held.set()
    assert not any(name.startswith("aside") for name in names)


def test_work_on_the_database_runs_one_by_one_in_the_order_asked(tasks: Tasks, qtbot: QtBot) -> None:
    order: list[int] = []
    arrived: list[int] = []

    def work(number: int) -> int:
        order.append(number)
        return number

    for number in range(20):
        tasks.run(tasks, partial(work, number), arrived.append)
    qtbot.waitUntil(lambda: len(arrived) == 20)
    assert order == arrived == list(range(20))


def test_a_result_is_never_delivered_inside_the_call_that_asked_for_it(tasks: Tasks, qtbot: QtBot) -> None:
    arrived: list[int] = []
    for number in range(1, 51):
        with qtbot.waitSignal(tasks.busy_changed, check_params_cb=operator.not_):
            tasks.run(tasks, lambda: 1, arrived.append).result(10)
            assert len(arrived) == number - 1
        assert len(arrived) == number


def test_a_refusal_goes_to_whoever_handles_it(tasks: Tasks, qtbot: QtBot) -> None:
    def refuse() -> None:
        raise NotFound("It is not there.", "Look elsewhere.")

    handled: list[AppError] = []
    unhandled: list[AppError] = []
    tasks.failed.connect(unhandled.append)
    tasks.run(tasks, refuse, None, handled.append)
    tasks.run(tasks, refuse)
    qtbot.waitUntil(lambda: bool(handled) and bool(unhandled))
    assert isinstance(handled[0], NotFound)
    assert isinstance(unhandled[0], NotFound)
    assert len(unhandled) == 1


def test_a_bug_is_told_as_one_and_logged_without_its_text(
    tasks: Tasks, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    broke: list[BaseException] = []
    tasks.broke.connect(broke.append)
    known: dict[str, str] = {}
    tasks.run(tasks, lambda: known["a value"], None, lambda _: None)
    qtbot.waitUntil(lambda: bool(broke))
    assert isinstance(broke[0], KeyError)
    assert caplog.messages == ["work broke"]


def test_the_result_of_an_owner_that_is_gone_is_dropped(tasks: Tasks, qtbot: QtBot) -> None:
    held = threading.Event()
    arrived: list[bool] = []
    owner = QObject()
    tasks.run(owner, lambda: held.wait(10), arrived.append)
    owner.deleteLater()
    with qtbot.waitSignal(owner.destroyed):
        pass
    held.set()
    with qtbot.waitSignal(tasks.busy_changed):
        pass
    assert not arrived


@pytest.fixture
def eager_threads() -> Iterator[None]:
    """Have the threads take turns as often as they can, so that a race has many chances."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("eager_threads")
@pytest.mark.parametrize("refused", [False, True])
def test_whoever_asked_is_never_let_go_of_on_another_thread(tasks: Tasks, qtbot: QtBot, refused: bool) -> None:
    # A widget destroyed off the GUI thread takes the program down with it.
    let_go_on: list[str] = []

    class Owner(QObject):
        def work(self) -> None:
            if refused:
                raise NotFound("It is not there.")

        def done(self, _: object) -> None:
            """Take the answer."""

    for number in range(1, 301):
        owner = Owner()
        watch = weakref.ref(owner, lambda _: let_go_on.append(threading.current_thread().name))
        tasks.run(owner, owner.work, owner.done, owner.done)
        del owner
        qtbot.waitUntil(lambda: len(let_go_on) == number)  # noqa: B023 - waited for in this round
        assert watch() is None
    assert set(let_go_on) == {threading.current_thread().name}


def test_busy_is_said_once_for_all_that_is_under_way(tasks: Tasks, qtbot: QtBot) -> None:
    busy: list[bool] = []
    tasks.busy_changed.connect(busy.append)
    for _ in range(3):
        tasks.run(tasks, lambda: None)
    qtbot.waitUntil(lambda: busy[-1:] == [False])
    assert busy == [True, False]


def test_closing_finishes_what_has_begun(qtbot: QtBot) -> None:
    del qtbot
    tasks = Tasks()
    done: list[int] = []
    for number in range(5):
        tasks.run(tasks, partial(done.append, number))
    tasks.close()
    assert done == list(range(5))
    assert tasks.run(tasks, lambda: done.append(5)).cancelled()
    assert tasks.compute(tasks, lambda: done.append(6)).cancelled()
    assert done == list(range(5))


def test_of_many_questions_only_the_latest_is_answered(tasks: Tasks, qtbot: QtBot) -> None:
    held = threading.Event()
    asked: list[str] = []
    answers: list[str] = []
    latest = Latest(tasks, tasks)

    def work(text: str) -> str:
        held.wait(10)
        asked.append(text)
        return text

    for text in ("a", "al", "ale", "alex"):
        latest.ask(partial(work, text), answers.append)
    held.set()
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == ["alex"]
    assert asked == ["a", "alex"]


def test_a_question_that_is_forgotten_is_not_asked(tasks: Tasks, qtbot: QtBot) -> None:
    held = threading.Event()
    answers: list[str] = []
    latest = Latest(tasks, tasks)
    latest.ask(lambda: str(held.wait(10)), answers.append)
    latest.ask(lambda: "second", answers.append)
    latest.forget()
    held.set()
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == ["True"]


def test_a_question_that_is_refused_leaves_room_for_the_next(tasks: Tasks, qtbot: QtBot) -> None:
    def refuse() -> str:
        raise NotFound("It is not there.")

    answers: list[str] = []
    failed: list[AppError] = []
    tasks.failed.connect(failed.append)
    latest = Latest(tasks, tasks)
    latest.ask(refuse, answers.append)
    qtbot.waitUntil(lambda: bool(failed))
    latest.ask(lambda: "found", answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == ["found"]
