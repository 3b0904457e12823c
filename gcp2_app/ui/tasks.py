"""Work off the GUI thread: one database thread, one for long computing; results come back by one queued signal.

A result whose owner is gone is dropped. Nothing here knows what the work is.
"""

import logging
from collections.abc import Callable
from threading import get_ident
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from gcp2_app.errors import AppError

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

T = TypeVar("T")
log = logging.getLogger(__name__)


class _Asked(NamedTuple):
    """Who asked for work, and what is to be done with its result."""

    owner: QObject
    done: Callable[[Any], object] | None
    failed: Callable[[AppError], object] | None
    round: int
    quiet: bool


class Tasks(QObject):
    """Runs work on the database thread or the computing thread.

    Attributes:
        busy_changed: emitted with True when work begins and False when none is under way.
        failed: emitted with an AppError nobody else handles.
        broke: emitted with any other exception: a bug.
    """

    busy_changed = Signal(bool)
    failed = Signal(object)
    broke = Signal(object)
    _finished = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executors: dict[str, Executor] = {}
        self._under_way = 0
        self._round = 0
        self._closed = False
        self._home = get_ident()
        # From another thread it is a queued one; :meth:`_end` sees to the rest.
        self._finished.connect(self._deliver)

    def run(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], object] | None = None,
        failed: Callable[[AppError], object] | None = None,
    ) -> "Future[T]":
        """Run work on the database thread; ``done`` or ``failed`` is called on the GUI thread if ``owner`` still lives.

        Args:
            failed: takes an AppError; without it the error goes to the signal ``failed``. Bugs go to ``broke``.
        """
        return self._submit("database", owner, work, done, failed)

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

    def forget_results(self) -> None:
        """Deliver nothing of what was asked so far: whoever asked is going. The work itself is still done."""
        self._round += 1

    def close(self) -> None:
        """Finish what has begun and end both threads. Work asked for afterwards is not done."""
        self._closed = True
        for executor in self._executors.values():
            executor.shutdown(wait=True, cancel_futures=False)

    def _executor(self, name: str) -> "Executor":
        # Imported and made on use: the window is painted before anything runs here.
        if name not in self._executors:
            from concurrent.futures import ThreadPoolExecutor

            self._executors[name] = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
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
        if self._closed:
            # A timer or a key that came in while the window closed.
            return _cancelled()
        if not quiet:
            self._under_way += 1
            if self._under_way == 1:
                self.busy_changed.emit(True)
        asked = _Asked(owner, done, failed, self._round, quiet)
        future = self._executor(executor).submit(work)
        future.add_done_callback(lambda finished: self._end(finished, asked))
        return future

    def _end(self, future: "Future[Any]", asked: "_Asked") -> None:
        if get_ident() == self._home:
            # Over before anyone could wait for it: even so nothing is delivered inside `run`.
            QTimer.singleShot(0, self, lambda: self._deliver(future, asked))
        else:
            self._finished.emit(future, asked)

    def _deliver(self, future: "Future[Any]", asked: "_Asked") -> None:
        if not asked.quiet:
            self._under_way -= 1
            if self._under_way == 0:
                self.busy_changed.emit(False)
        if future.cancelled():
            return
        error = future.exception()
        is_gone = asked.round != self._round or not shiboken6.isValid(asked.owner)
        if error is None:
            if asked.done is not None and not is_gone:
                asked.done(future.result())
        elif isinstance(error, AppError):
            if is_gone:
                log.warning("refused after its owner was gone", exc_info=error)
            elif asked.failed is not None:
                asked.failed(error)
            else:
                self.failed.emit(error)
        else:
            log.error("work broke", exc_info=error)
            self.broke.emit(error)


def _cancelled() -> "Future[Any]":
    from concurrent.futures import Future

    future: Future[Any] = Future()
    future.cancel()
    return future
