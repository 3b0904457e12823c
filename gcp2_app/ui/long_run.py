"""Work on the open store that takes long: begun and finished on its own thread, done on another in between.

A lock ends it within moments and never waits for it.
"""

from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QObject

from gcp2_app.errors import AppError
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.session import Session

R_co = TypeVar("R_co", covariant=True)
R = TypeVar("R")


class Job(Protocol[R_co]):
    """What runs in between."""

    @property
    def stopping(self) -> Event:
        """Ends it when set."""
        ...

    def run(self) -> R_co:
        """Do it."""
        ...


J = TypeVar("J", bound=Job[Any])


class LongRun(QObject, Generic[J, R]):
    """One piece of such work at a time, for as long as its owner lives."""

    def __init__(self, workspace: Workspace, owner: QObject) -> None:
        super().__init__(owner)
        self._workspace = workspace
        self._job: J | None = None
        self._busy = False
        workspace.locking.connect(self.stop)

    @property
    def is_busy(self) -> bool:
        """Whether it is under way."""
        return self._busy

    def start(
        self,
        begin: "Callable[[Session], J | None]",
        finish: "Callable[[Session, J, R], object]",
        *,
        done: Callable[[R | None], object],
        failed: Callable[[AppError], object],
    ) -> None:
        """Begin it, unless it is under way.

        Args:
            begin: gives the work; None where there is nothing to do.
            finish: writes down what came of it.
            done: called with the result, or None where there was nothing to do.
            failed: called where it was refused.
        """
        if self._busy or not self._workspace.is_unlocked:
            return
        self._busy = True
        session, tasks = self._workspace.session, self._workspace.tasks

        def refused(error: AppError) -> None:
            self._end()
            failed(error)

        def ended(result: R | None) -> None:
            self._end()
            done(result)

        def begun(job: J | None) -> None:
            if job is None:
                ended(None)
                return
            self._job = job
            tasks.aside(self, job.run, lambda result: written(job, result), refused)

        def written(job: J, result: R) -> None:
            tasks.run(self, lambda: finish(session, job, result), lambda _: ended(result), refused, quiet=True)

        tasks.run(self, lambda: begin(session), begun, refused, quiet=True)

    def stop(self) -> None:
        """End it; nothing more is heard of it."""
        if self._job is not None:
            self._job.stopping.set()
        self._end()

    def _end(self) -> None:
        self._busy, self._job = False, None
