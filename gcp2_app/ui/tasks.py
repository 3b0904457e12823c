"""Work off the GUI thread: a database thread, one for long computing, one for what takes minutes.

Results come back by one queued signal.

A result whose owner is gone is dropped. Nothing here knows what the work is.
"""

import logging
import os
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any, Final, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from gcp2_app.errors import AppError, DamagedStore
from gcp2_app.ui.rubbish import RubbishRounds

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

T = TypeVar("T")
log = logging.getLogger(__name__)
_ASIDE: Final = "aside"
#: How much rather the processor is given to others, from 0 to 19.
_NICE: Final = 10


@dataclass(slots=True, kw_only=True, eq=False)
class _Asked:
    """What is to be done, who asked for it, and what becomes of its result."""

    owner: QObject
    work: Callable[[], Any]
    done: Callable[[Any], object] | None
    failed: Callable[[AppError], object] | None
    round: int
    quiet: bool
    future: "Future[Any]"


class Tasks(QObject):
    """Runs work on the database thread or the computing thread.

    Attributes:
        busy_changed: emitted with True when work begins and False when none is under way.
        failed: emitted with an AppError nobody else handles.
        damaged: emitted, besides whatever else becomes of it, with an error that says that the store is damaged.
        broke: emitted with any other exception: a bug.
    """

    busy_changed = Signal(bool)
    failed = Signal(object)
    damaged = Signal(object)
    broke = Signal(object)
    _finished = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executors: dict[str, Executor] = {}
        self._under_way = 0
        self._round = 0
        self._closed = False
        # Kept here until delivered: the other threads get a number, and never let go of the last reference to
        # whoever asked. A widget that ends on another thread than its own takes the program down with it.
        self._asked: dict[int, _Asked] = {}
        self._numbers = count()
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._rubbish = RubbishRounds(self)

    def run(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], object] | None = None,
        failed: Callable[[AppError], object] | None = None,
        *,
        quiet: bool = False,
    ) -> "Future[T]":
        """Run work on the database thread; ``done`` or ``failed`` is called on the GUI thread if ``owner`` still lives.

        Args:
            failed: takes an AppError; without it the error goes to the signal ``failed``. Bugs go to ``broke``.
            quiet: nobody waits for it, so it does not count as busy.
        """
        return self._submit("database", owner, work, done, failed, quiet=quiet)

    def compute(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], object] | None = None,
        failed: Callable[[AppError], object] | None = None,
        *,
        quiet: bool = False,
    ) -> "Future[T]":
        """Run long work that touches no database (a PDF, a chart) on the computing thread.

        Args:
            quiet: nobody waits for it, so it does not count as busy.
        """
        return self._submit("computing", owner, work, done, failed, quiet=quiet)

    def aside(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], object] | None = None,
        failed: Callable[[AppError], object] | None = None,
    ) -> "Future[T]":
        """Run what takes minutes and nobody waits for (a backup), on a thread where it holds up neither other."""
        return self._submit(_ASIDE, owner, work, done, failed, quiet=True)

    def forget_results(self) -> None:
        """Deliver nothing of what was asked so far: whoever asked is going. The work itself is still done."""
        self._round += 1

    def close(self) -> None:
        """Finish what has begun and end the threads. Work asked for afterwards is not done."""
        self._closed = True
        for executor in self._executors.values():
            executor.shutdown(wait=True, cancel_futures=False)
        self._rubbish.stop()

    def _executor(self, name: str) -> "Executor":
        # Imported and made on use: the window is painted before anything runs here.
        if name not in self._executors:
            from concurrent.futures import ThreadPoolExecutor

            begin = _give_way if name == _ASIDE else None
            self._executors[name] = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name, initializer=begin)
        return self._executors[name]

    def _submit(
        self,
        executor: str,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], object] | None,
        failed: Callable[[AppError], object] | None,
        *,
        quiet: bool = False,
    ) -> "Future[T]":
        from concurrent.futures import Future

        future: Future[T] = Future()
        if self._closed:
            # A timer or a key that came in while the window closed.
            future.cancel()
            return future
        if not quiet:
            self._under_way += 1
            if self._under_way == 1:
                self.busy_changed.emit(True)
        number = next(self._numbers)
        self._asked[number] = _Asked(
            owner=owner, work=work, done=done, failed=failed, round=self._round, quiet=quiet, future=future
        )
        self._executor(executor).submit(self._work, number)
        return future

    def _work(self, number: int) -> None:
        """Do what was asked, on the executor's thread."""
        _carry_out(self._asked[number])
        self._finished.emit(number)

    def _deliver(self, number: int) -> None:
        asked = self._asked.pop(number)
        if not asked.quiet:
            self._under_way -= 1
            if self._under_way == 0:
                self.busy_changed.emit(False)
        error = asked.future.exception()
        is_gone = asked.round != self._round or not shiboken6.isValid(asked.owner)
        if error is None:
            if asked.done is not None and not is_gone:
                asked.done(asked.future.result())
        elif isinstance(error, AppError):
            if isinstance(error, DamagedStore):
                self.damaged.emit(error)
            if is_gone:
                log.warning("refused after its owner was gone", exc_info=error)
            elif asked.failed is not None:
                asked.failed(error)
            else:
                self.failed.emit(error)
        else:
            log.error("work broke", exc_info=error)
            self.broke.emit(error)


def _give_way() -> None:
    """Let whoever types have the processor first. Elsewhere than on Linux a thread has no such value of its own."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)


def _carry_out(asked: _Asked) -> None:
    """Do the work and keep what comes of it; nothing of it stays referred to by this thread."""
    try:
        result = asked.work()
    except BaseException as error:  # noqa: BLE001 - whoever asked is told, on their own thread
        asked.future.set_exception(error)
        # The error refers to this frame, which may not refer back to what keeps the error.
        del asked
    else:
        asked.future.set_result(result)
