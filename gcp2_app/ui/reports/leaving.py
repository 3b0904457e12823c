"""A copy on its way out of the store: read and audited, written, put where it goes; it can be stopped until then."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gcp2_app.errors import AppError
from gcp2_app.services.documents.sorts import Form
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.documents.making import Copy, Prepared, Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """What leaves.

    Attributes:
        wanted: which document.
        form: of the file.
        reason: why it leaves.
        password: of a PDF, or None.
        why: the reason a restricted record is opened for.
        put: puts the bytes where they go, whole or not at all; runs on the computing thread.
    """

    wanted: "Wanted"
    form: Form
    reason: str
    password: str | None = None
    why: str = ""
    put: Callable[[bytes], object] = lambda _content: None


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
        """Let nothing leave that is not out yet."""
        if self._export is not None:
            self._export = None
            self.stopped.emit()

    def _write(self, export: Export, prepared: "Prepared") -> None:
        if export is not self._export:
            self._note(export)
            return

        def work() -> "Copy | None":
            copy = prepared.write(export.form, export.password)
            # Stopped while it was written: the last moment at which nothing has left.
            if export is not self._export:
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
        if copy is None:
            self._note(export)
            return
        # Too late to be stopped: it is out, and whoever looks is told so.
        self._export = None
        self.left.emit(copy)

    def _fail(self, export: Export, error: AppError, *, audited: bool) -> None:
        if audited:
            self._note(export)
        if export is self._export:
            self._export = None
            self.failed.emit(error)

    def _note(self, export: Export) -> None:
        """Have the trail say that what it says had left has not."""
        from gcp2_app.services.documents import making

        if self._workspace.is_unlocked:
            session = self._workspace.session
            self._workspace.tasks.run(
                self, lambda: making.note_not_saved(session, export.wanted, why=export.why), quiet=True
            )
