"""Makes the backups that are due while a store is open, and says on the status bar how they stand.

It lives as long as the window: a visit, which stands in the place of everything else, is backed up too.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from gcp2_app.domain.when import LONDON
from gcp2_app.errors import AppError
from gcp2_app.ui import words
from gcp2_app.ui.long_run import LongRun
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.backups import Done, Job, Overview
    from gcp2_app.services.session import Session

#: After the unlock, when what the first page needs has been read.
_AFTER_UNLOCK_MILLISECONDS: Final = 20_000
_TELL_MILLISECONDS: Final = 1_000
_LOOK_MILLISECONDS: Final = 60_000


class BackingUp(QObject):
    """Looks each minute whether a backup is due.

    Attributes:
        told: emitted with a line for the status bar, and whether it warns.
        damaged: emitted, once after each unlock, with the error where the store was found not to be whole.
    """

    told = Signal(str, bool)
    damaged = Signal(object)

    def __init__(self, workspace: Workspace, owner: QObject) -> None:
        super().__init__(owner)
        self._workspace = workspace
        self._run: LongRun[Job, Done] = LongRun(workspace, self)
        self._just_unlocked = True
        self._has_changed = False
        self._failed = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        workspace.unlocked.connect(self._begin)
        workspace.locking.connect(self._end)
        workspace.changed.connect(self._note_change)
        workspace.backups_changed.connect(self.tell)
        if workspace.is_unlocked:
            self._begin()

    def look(self) -> None:
        """Make the backup that is due, or the copy that is missing."""
        self._timer.start(_LOOK_MILLISECONDS)
        if not (self._just_unlocked or self._has_changed):
            # Another day makes a warning.
            self.tell()
            return
        unlocked, self._just_unlocked, self._has_changed = self._just_unlocked, False, self._just_unlocked

        def begin(session: "Session") -> "Job | None":
            from gcp2_app.services import backups

            return backups.begin_due(session, unlocked=unlocked)

        self._run.start(begin, finish, done=self._done, failed=self._refused)

    def tell(self) -> None:
        """Say how the backups stand."""
        if not self._workspace.is_unlocked:
            return
        session = self._workspace.session

        def read() -> "Overview":
            from gcp2_app.services import backups

            return backups.overview(session)

        self._workspace.tasks.run(self, read, self._show, self._refused, quiet=True)

    def _begin(self) -> None:
        self._just_unlocked, self._has_changed, self._failed = True, False, False
        # Not before the first page has what it reads.
        QTimer.singleShot(_TELL_MILLISECONDS, self, self.tell)
        self._timer.start(_AFTER_UNLOCK_MILLISECONDS)

    def _end(self) -> None:
        self._timer.stop()

    def _note_change(self, _kind: str, _id: str) -> None:
        self._has_changed = True

    def _done(self, done: "Done | None") -> None:
        if done is None:
            # Not due yet: the change waits for its time.
            self._has_changed = True
            self.tell()
            return
        self._failed = False
        self._workspace.backups_changed.emit()

    def _refused(self, error: AppError) -> None:
        self._failed = self._has_changed = True
        self.told.emit(self.tr("The backup failed: {why}").format(why=error.message), True)
        from gcp2_app.services.backups import NotWhole

        if isinstance(error, NotWhole):
            self._timer.stop()
            self.damaged.emit(error)

    def _show(self, overview: "Overview") -> None:
        if not self._failed:
            session = self._workspace.session
            self.told.emit(*status_line(overview, session.today(), practice=session.store.practice))


def finish(session: "Session", job: "Job", done: "Done") -> None:
    """Write down what came of a backup. Runs on the database thread."""
    from gcp2_app.services import backups

    backups.finish(session, job, done)


def status_line(overview: "Overview", today: date, *, practice: bool) -> tuple[str, bool]:
    """Return in one line when the last good backup and the last copy off the computer were made, and whether to warn.

    Args:
        overview: how the backups stand.
        today: the day in Europe/London.
        practice: a practice store needs no copy elsewhere.
    """
    last = overview.last
    made = tr("No backup yet") if last is None else tr("Backed up {when}").format(when=_short(last.made_at, today))
    if practice and overview.place is None:
        return made, False
    stays = overview.place is not None and not overview.place_leaves
    if overview.copied_at is None:
        copied = tr("no copy off this computer")
    elif stays:
        copied = tr("copies stay on this disk")
    else:
        copied = tr("copy elsewhere {when}").format(when=_short(overview.copied_at, today))
    return f"{made} · {copied}", last is None or overview.copy_is_late or stays


def _short(at: datetime, today: date) -> str:
    local = at.astimezone(LONDON)
    return f"{local:%H:%M}" if local.date() == today else words.short_day(local.date())


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("backups", text)
