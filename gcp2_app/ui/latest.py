"""Asks for something again and again as a person types, and answers only for what was asked last."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from gcp2_app.errors import AppError
from gcp2_app.ui.tasks import Tasks


class Latest(QObject):
    """One question under way at a time; of those asked meanwhile only the last is asked next."""

    def __init__(self, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._under_way = False
        self._next: tuple[Callable[[], Any], Callable[[Any], object]] | None = None

    def ask(self, work: Callable[[], Any], done: Callable[[Any], object]) -> None:
        """Run work on the database thread; ``done`` gets its result unless something was asked since."""
        if self._under_way:
            self._next = (work, done)
            return
        self._under_way = True
        self._tasks.run(self, work, lambda result: self._end(lambda: done(result)), self._fail)

    def forget(self) -> None:
        """Drop the question waiting to be asked."""
        self._next = None

    def _end(self, deliver: Callable[[], object]) -> None:
        self._under_way = False
        if self._next is None:
            deliver()
        else:
            work, done = self._next
            self._next = None
            self.ask(work, done)

    def _fail(self, error: AppError) -> None:
        self._end(lambda: self._tasks.failed.emit(error))
