"""A copy on its way out of the store: read and audited, written, put where it goes; it can be stopped until then."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gcp2_app.errors import AppError, Stopped
from gcp2_app.services.documents.sorts import Form
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.reports.pdf.progress import Progress
    from gcp2_app.services.documents.making import Copy, Prepared, Wanted


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Export:
    """What leaves.

    Attributes:
        wanted: which document.
        form: of the file.
        reason: why it leaves.
        progress: is told how far it is.
        password: of a PDF, or None.
        why: the reason a restricted record is opened for.
        put: puts the bytes where they go, whole or not at all; runs on the computing thread.
    """

    wanted: "Wanted"
    form: Form
    reason: str
    progress: "Progress"
    password: str | None = None
    why: str = ""
    put: Callable[[bytes], object] = lambda _content: None
    _settled: threading.Lock = field(default_factory=threading.Lock)

    def settle(self) -> bool:
        """Decide that it leaves, or that it is stopped; whoever comes second is told False, on whichever thread."""
        return self._settled.acquire(blocking=False)


class Leaving(QObject):
    """One export at a time.

    Attributes:
        left: emitted with the copy once it is where it goes.
        failed: emitted with an AppError; nothing was put anywhere.
        stopped: emitted after it was stopped; nothing was put anywhere.
    """

    left = Signal(object)
    failed = Signal(object)
    stopped = Signal()

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._export: Export | None = None

    @property
    def is_under_way(self) -> bool:
        """Whether something is on its way."""
        return self._export is not None

    def begin(self, export: Export) -> None:
        """Send a copy on its way."""
        from gcp2_app.services.documents import making

        session = self._workspace.session
        self._export = export
        self._workspace.tasks.run(
            self,
            lambda: making.prepare_export(
                session, export.wanted, reason=export.reason, form=export.form, why=export.why
            ),
            lambda prepared: self._write(export, prepared),
            lambda error: self._fail(export, error, audited=False),
        )

    def stop(self) -> None:
        """Let nothing leave that is not out yet; what is out already is told as such."""
        export = self._export
        if export is not None and export.settle():
            self._export = None
            export.progress.stop()
            # The trail says by now that it left, or will before this: the same thread writes both.
            self._note(export)
            self.stopped.emit()

    def _write(self, export: Export, prepared: "Prepared") -> None:
        if export is not self._export:
            return

        def work() -> "Copy | None":
            try:
                copy = prepared.write(export.form, export.password, progress=export.progress)
            except Stopped:
                return None
            # Stopped while it was written: the last moment at which nothing has left.
            if not export.settle():
                return None
            export.put(copy.content)
            return copy

        self._workspace.tasks.compute(
            self,
            work,
            lambda copy: self._end(export, copy),
            lambda error: self._fail(export, error, audited=True),
        )

    def _end(self, export: Export, copy: "Copy | None") -> None:
        if copy is not None and export is self._export:
            self._export = None
            self.left.emit(copy)

    def _fail(self, export: Export, error: AppError, *, audited: bool) -> None:
        if export is self._export:
            if audited:
                self._note(export)
            self._export = None
            self.failed.emit(error)

    def _note(self, export: Export) -> None:
        """Have the trail say that what it says had left has not."""
        from gcp2_app.services.documents import making

        session = self._workspace.session
        self._workspace.tasks.run(
            self, lambda: making.note_not_saved(session, export.wanted, why=export.why), quiet=True
        )
