"""Keeps the sheet of the visit under way: one save at a time, what is typed after a pause, all of it before a lock."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from gcp2_app.domain.visits import Draft, How, VisitSheet
from gcp2_app.errors import AppError
from gcp2_app.ui.visit import sealed
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.session import Session
    from gcp2_app.services.visits import Running, Visit

_PAUSE_MILLISECONDS = 600


class Keeper(QObject):
    """The visit as the screen has it and as the disk has it.

    Attributes:
        kept: emitted when everything is on disk.
        not_kept: emitted with the error when something could not be written.
        lines_changed: emitted when the lines on disk changed.
    """

    kept = Signal()
    not_kept = Signal(object)
    lines_changed = Signal()

    def __init__(self, workspace: Workspace, running: "Running", parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._session: Session = workspace.session
        self.visit: Visit = running.visit
        self.sheet: VisitSheet = running.visit.sheet
        self.draft: Draft = running.draft
        self._draft_on_disk: Draft | None = running.draft if running.kept else None
        self._draft_refused = False
        self._under_way = 0
        # What the disk did not take before a lock is tried again with the next write.
        self._again = not running.kept
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MILLISECONDS)
        self._timer.timeout.connect(self._send_draft)
        workspace.locking.connect(self.flush)

    # What is noted

    def change(self, sheet: VisitSheet) -> None:
        """Keep another state of the sheet, its lines apart."""
        self.sheet = sheet
        if self._under_way:
            self._again = True
        else:
            self._send()

    def add(self, how: How, text: str, done: Callable[[], object]) -> None:
        """Add a line; ``done`` is called once it is on disk."""
        from gcp2_app.services import visits

        session, visit = self._session, self.visit.id
        self._timer.stop()
        held = self._workspace.sealed_visits

        def work() -> "Visit":
            kept = visits.add_line(session, visit, how=how, text=text)
            # What was typed is a line now, whatever of it could not be kept before.
            sealed.let_go(session, held, visit, draft=True)
            return kept

        self._write(work, lambda kept: self._took(kept, Draft(), done))

    def correct(self, line_id: str, how: How, text: str, done: Callable[[], object]) -> None:
        """Correct a line; ``done`` is called once it is on disk."""
        from gcp2_app.services import visits

        session, visit = self._session, self.visit.id
        self._timer.stop()
        self._write(
            lambda: visits.change_line(session, visit, line_id, how=how, text=text),
            lambda kept: self._took(kept, None, done),
        )

    def type(self, draft: Draft) -> None:
        """Note what is typed and is not on the sheet yet; it goes to the disk after a pause."""
        self.draft = draft
        self._timer.start()

    def flush(self) -> None:
        """Send what is not on disk yet behind whatever is under way; does not wait.

        What the disk does not take is sealed: it outlives a lock that comes right after.
        """
        self._timer.stop()
        self._send_draft()
        if self._again:
            self._send()

    def stop(self) -> None:
        """Write nothing more: the visit is over."""
        self._timer.stop()
        self._again = self._draft_refused = False
        self.draft = self._draft_on_disk = Draft()

    # Keeping

    def _send(self) -> None:
        from gcp2_app.services import visits

        session, visit, sheet, held = self._session, self.visit.id, self.sheet, self._workspace.sealed_visits

        def work() -> "Visit":
            try:
                kept = visits.keep(session, visit, sheet)
            except Exception:
                sealed.hold(session, held, visit, sheet=sheet)
                raise
            sealed.let_go(session, held, visit, sheet=True)
            return kept

        def refused() -> None:
            self._again = True

        self._again = False
        self._write(work, self._took_sheet, refused)

    def _send_draft(self) -> None:
        from gcp2_app.services import visits

        session, visit, draft, held = self._session, self.visit.id, self.draft, self._workspace.sealed_visits
        self._draft_refused = False
        if draft == self._draft_on_disk:
            return

        def work() -> None:
            try:
                visits.keep_draft(session, visit, draft)
            except Exception:
                sealed.hold(session, held, visit, draft=draft)
                raise
            sealed.let_go(session, held, visit, draft=True)

        def done(_: None) -> None:
            self._draft_on_disk = draft

        def refused() -> None:
            self._draft_refused = True

        self._write(work, done, refused)

    def _write(
        self,
        work: Callable[[], object],
        done: Callable[..., object],
        refused: Callable[[], object] = lambda: None,
    ) -> None:
        self._under_way += 1

        def finished(result: object) -> None:
            self._under_way -= 1
            done(result)
            # Where there is room again, what was refused goes first.
            if self._again:
                self._send()
            elif self._draft_refused:
                self._send_draft()
            if not self._under_way:
                self.kept.emit()

        def failed(error: AppError) -> None:
            self._under_way -= 1
            # What was tapped meanwhile has not been tried yet.
            waits = self._again
            refused()
            self.not_kept.emit(error)
            if waits:
                self._send()

        self._workspace.tasks.run(self, work, finished, failed)

    def _took_sheet(self, visit: "Visit") -> None:
        self.visit = visit

    def _took(self, visit: "Visit", left: Draft | None, done: Callable[[], object]) -> None:
        """Go on after a line was written, which ended its draft on disk too; what is left there may not be known."""
        self.visit = visit
        self.sheet = replace(self.sheet, lines=visit.sheet.lines)
        self._draft_on_disk = left
        done()
        self.lines_changed.emit()
