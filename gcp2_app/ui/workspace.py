"""What every screen shares: the tasks, the signed-in session, the way back, and the news of what changed.

One object made in :mod:`gcp2_app.app` and handed to each screen; no global.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gcp2_app.errors import AppError
from gcp2_app.ui.place import Trail
from gcp2_app.ui.tasks import Tasks

if TYPE_CHECKING:
    from gcp2_app.services.session import Session
    from gcp2_app.ui.assess.sealed import Retried, SealedDrafts
    from gcp2_app.ui.visit.sealed import SealedVisits


class Workspace(QObject):
    """The open store as the window sees it.

    Attributes:
        unlocked: emitted when a session begins.
        locking: emitted before a session ends; screens let go of what they show.
        changed: emitted with kind ("child", "assessment", "person", …) and id after a change was saved.
        not_saved: emitted when a change could not be saved (a full disk), until the next ``changed``.
        child_wanted, assessment_wanted: emitted with an id when a screen asks to go there.
        unit_wanted: emitted with assessment id and unit code.
        family_wanted: emitted with assessment id and the code of the unit to show for each child, empty for the grid.
        report_wanted: emitted with the id of a child (empty for the whole store), the kind of document, and the id of
            the assessment or entry it is about or the meeting it is for, or empty.
        caseload_wanted: emitted when a screen asks to go back to the caseload.
        share_wanted: emitted with the draft of which the family is to be shown their own copy.
        settings_wanted: emitted with the id of a section of the settings, such as ``packs``.
        back_wanted: emitted when a screen asks to go to the place before.
        visit_wanted: emitted with the id of a child whose household is to be visited.
        sorting_wanted: emitted with the id of a visit whose notes are to be sorted.
        assessment_start_wanted: emitted with the id of a child whose next assessment is to be started.
        entry_wanted: emitted with the id of a child, the kind of an entry to add, and what its ``type`` is filled with.
        entry_shown_wanted: emitted with the id of a child and of an entry to show.
        danger_wanted: emitted when a screen asks for the card with the numbers to ring.
        alerts_asked: emitted when the rules were asked again in the background and lists of alerts can be others.
        day_begun: emitted once another day has begun: a licence or a training can have ended with the last.
        learning_wanted: emitted with a section of the learning page, or the code of the row whose brief is to be read.
        supervision_wanted: emitted with a section of the supervision page, or ``child:`` and the id of a child.
        review_wanted: emitted when a screen asks for the review queue.
        backups_changed: emitted when a backup or a copy was made, or their place was changed.
        restore_wanted: emitted with the name of a backup to go back to, and the passphrase that was given for it.
        visit_begun: emitted with the running visit and its PIN once it is on disk.
        sealed: what could not be written, as ciphertext, by store, user and assessment; it outlives a lock.
        sealed_visits: what of a running visit could not be written, as ciphertext; it outlives a lock.
        brought_back: ids of the assessments among them that were written after the unlock.
        changed_elsewhere: ids of the assessments changed on another page than their own since that one showed them.
        reasons: why restricted records were opened in this session, by child; whatever else opens one gives the same.
        trail: the places visited; it outlives a lock, so that the same user returns to the same place.
    """

    unlocked = Signal()
    locking = Signal()
    changed = Signal(str, str)
    not_saved = Signal()
    caseload_wanted = Signal()
    child_wanted = Signal(str)
    assessment_wanted = Signal(str)
    unit_wanted = Signal(str, str)
    family_wanted = Signal(str, str)
    report_wanted = Signal(str, str, str)
    settings_wanted = Signal(str)
    back_wanted = Signal()
    share_wanted = Signal(object)
    visit_wanted = Signal(str)
    sorting_wanted = Signal(str)
    assessment_start_wanted = Signal(str)
    entry_wanted = Signal(str, str, str)
    entry_shown_wanted = Signal(str, str)
    danger_wanted = Signal()
    alerts_asked = Signal()
    day_begun = Signal()
    learning_wanted = Signal(str)
    supervision_wanted = Signal(str)
    review_wanted = Signal()
    visit_begun = Signal(object, object)
    backups_changed = Signal()
    restore_wanted = Signal(str, str)

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tasks = tasks
        self.trail = Trail()
        self.sealed: SealedDrafts = {}
        self.sealed_visits: SealedVisits = {}
        self.brought_back: set[str] = set()
        self.changed_elsewhere: set[str] = set()
        self.reasons: dict[str, str] = {}
        self._session: Session | None = None
        self._last_user = ("", "")

    @property
    def session(self) -> "Session":
        """The signed-in session. Only screens behind the unlock page ask for it."""
        if self._session is None:
            raise RuntimeError("no store is unlocked")
        return self._session

    @property
    def is_unlocked(self) -> bool:
        """Whether a store is unlocked."""
        return self._session is not None

    def begin(self, session: "Session") -> None:
        """Make a session the current one. Another user, or another store, starts with no way back."""
        user = (session.store.id, session.user.id)
        if user != self._last_user:
            self.trail.clear()
        self._last_user = user
        self._session = session
        self.brought_back.clear()
        self.changed_elsewhere.clear()
        self.unlocked.emit()
        if self.sealed:
            self._try_sealed_again(session)

    def _try_sealed_again(self, session: "Session") -> None:
        from gcp2_app.ui.assess import sealed

        def done(retried: "Retried") -> None:
            self.brought_back |= set(retried.kept)
            for id_ in retried.kept:
                self.changed.emit("assessment", id_)
            if retried.error is not None:
                self.not_saved.emit()
                self.tasks.failed.emit(self._still_not_saved(retried.error))

        self.tasks.run(self, lambda: sealed.try_again(session, self.sealed), done)

    def _still_not_saved(self, error: AppError) -> AppError:
        told = self.tr("What could not be saved before the store was locked is still not saved.")
        return AppError(f"{told} {error.message}", error.mend)

    def end(self) -> None:
        """Let go of the session; screens are told first. The caller closes the store."""
        if self._session is not None:
            self.locking.emit()
            self.reasons.clear()
            self._session = None
