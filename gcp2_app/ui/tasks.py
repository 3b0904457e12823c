"""Work off the GUI thread: one database thread, one for long computing; results come back by one queued signal.

A result whose owner is gone is dropped. Nothing here knows what the work is.
"""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from gcp2_app.errors import AppError

T = TypeVar("T")
log = logging.getLogger(__name__)


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
    _finished = Signal(object, object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._database = ThreadPoolExecutor(max_workers=1, thread_name_prefix="database")
        self._computing = ThreadPoolExecutor(max_workers=1, thread_name_prefix="computing")
        self._under_way = 0
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

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
        return self._submit(self._database, owner, work, done, failed)

    def compute(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], object] | None = None,
        failed: Callable[[AppError], object] | None = None,
    ) -> "Future[T]":
        """Run long work that touches no database (a PDF, a chart) on the computing thread."""
        return self._submit(self._computing, owner, work, done, failed)

    def close(self) -> None:
        """Finish what has begun, start nothing new, and end both threads."""
        for executor in (self._database, self._computing):
            executor.shutdown(wait=True, cancel_futures=False)

    def _submit(
        self,
        executor: ThreadPoolExecutor,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], object] | None,
        failed: Callable[[AppError], object] | None,
    ) -> "Future[T]":
        self._under_way += 1
        if self._under_way == 1:
            self.busy_changed.emit(True)
        future = executor.submit(work)
        future.add_done_callback(lambda finished: self._finished.emit(finished, owner, done, failed))
        return future

    def _deliver(self, future: "Future[Any]", owner: QObject, done: Any, failed: Any) -> None:
        self._under_way -= 1
        if self._under_way == 0:
            self.busy_changed.emit(False)
        if future.cancelled() or not shiboken6.isValid(owner):
            return
        error = future.exception()
        if error is None:
            if done is not None:
                done(future.result())
        elif isinstance(error, AppError):
            if failed is not None:
                failed(error)
            else:
                self.failed.emit(error)
        else:
            log.error("work broke", exc_info=error)
            self.broke.emit(error)
