"""The assessment on screen: its value, the way back, and the keeping of every change.

A change is on screen at once and on its way to the disk in the same moment. One save is under way at a time; of the
changes made meanwhile the latest value is saved next. Nothing here draws.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.completeness import missing
from gcp2_app.errors import AppError, NotAllowed
from gcp2_app.ui.assess import changes, sealed
from gcp2_app.ui.assess.family_beside import FamilyBeside
from gcp2_app.ui.assess.history import History
from gcp2_app.ui.assess.on_screen import OnScreen
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.assessments import Working
    from gcp2_app.services.session import Session

T = TypeVar("T")


class Keeping(StrEnum):
    """Whether what is on screen is on the disk."""

    KEPT = "kept"
    KEEPING = "keeping"
    NOT_KEPT = "not kept"


class _Stored:
    """The assessment as it was last stored. Only the database thread reads and changes it."""

    def __init__(self, working: "Working") -> None:
        self.working = working


class Draft(OnScreen):
    """One open assessment, to be written.

    Attributes:
        family: the siblings beside it.
        changed: emitted with the codes of the units that changed, or an empty set where anything may have.
        computed: emitted after grades of areas, what is missing and the comparison are anew.
        keeping_changed: emitted with a Keeping and, where it is not kept, the error.
        moved_on: emitted after the assessment took a step to another state.
    """

    changed = Signal(object)
    computed = Signal()
    keeping_changed = Signal(object, object)
    moved_on = Signal()

    def __init__(
        self, workspace: Workspace, working: "Working", names: Mapping[str, str], parent: QObject | None = None
    ) -> None:
        super().__init__(workspace, working, names, parent)
        self._stored = _Stored(working)
        self._saving: Future[Working] | None = None
        self._waiting = False
        self._history = History()
        self.keeping = Keeping.KEPT
        self.family = FamilyBeside(workspace, self)
        workspace.tasks.broke.connect(self._broke)
        workspace.day_begun.connect(self._read_on_another_day)

    def show_others(self) -> None:
        """Show others' grades to someone who does not grade without them; until the assessment is left."""
        self._others_shown = True
        self._hold(self._working)
        self.changed.emit(frozenset())
        self.computed.emit()

    # Changes

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return self._history.can_undo and self.may_write

    @property
    def can_redo(self) -> bool:
        """Whether there is a change to make again."""
        return self._history.can_redo and self.may_write

    def change(self, value: Assessment, key: str = "") -> None:
        """Put another value on screen and keep it.

        Args:
            value: the next value.
            key: names a field that is typed into, so that its changes are undone as one.
        """
        if value == self._value or not self.may_write:
            return
        self._history.note(self._value, key)
        self._show(value)

    def undo(self) -> None:
        """Take the last change back; that is kept like any change."""
        if self.can_undo:
            self._show(changes.written_onto(self._history.undo(self._value), self._value))

    def redo(self) -> None:
        """Make the change that was taken back last again."""
        if self.can_redo:
            self._show(changes.written_onto(self._history.redo(self._value), self._value))

    def bring_back(self, value: Assessment) -> None:
        """Show what could not be written before the store was locked, and try again."""
        if value != self._value:
            self._show(value)

    def _show(self, value: Assessment) -> None:
        before, self._value = self._value, value
        self.changed.emit(_changed_units(before, value))
        self.keep()

    # Keeping

    def keep(self) -> None:
        """Send the value on screen to the disk, now or after the save that is under way."""
        if self._saving is not None and not self._saving.done():
            self._waiting = True
            self._say(Keeping.KEEPING)
        else:
            self._send()

    def flush(self) -> None:
        """Put what is not kept yet in the queue of the database thread, behind the save that is under way."""
        if self._waiting or self.keeping is Keeping.NOT_KEPT:
            self._send()

    def _send(self) -> None:
        from gcp2_app.services import assessments

        value, stored, session, held = self._value, self._stored, self._session, self._workspace.sealed

        def work() -> "Working":
            base = stored.working.assessment
            latest = changes.written_onto(value, base)
            try:
                stored.working = assessments.save(session, stored.working, latest)
            except Exception:
                # It may be locked before anyone can try again: from here on it outlives that.
                sealed.keep_sealed(session, held, base, latest)
                raise
            sealed.forget_sealed(session, held, latest.id)
            return stored.working

        self._waiting = False
        self._say(Keeping.KEEPING)
        self._saving = self._workspace.tasks.run(self, work, self._kept, self._failed)

    def _kept(self, working: "Working") -> None:
        self._take(working)
        if self._waiting:
            self._send()
        elif working.assessment == self._value:
            self._say(Keeping.KEPT)
            self._workspace.changed.emit("assessment", self._value.id)

    def _take(self, working: "Working") -> None:
        before, band = self._value, self.band
        self._value = changes.written_onto(before, working.assessment)
        self._hold(working)
        if before.state is not self._value.state or before.band != self._value.band or band != self.band:
            self.changed.emit(frozenset())
        self.computed.emit()

    def _failed(self, error: AppError) -> None:
        self._say(Keeping.NOT_KEPT, error)
        self._workspace.not_saved.emit()
        self._compute_here()
        if isinstance(error, NotAllowed):
            self._look_again(error)

    def _look_again(self, error: AppError) -> None:
        """Find out whether it may be graded no longer; then what was graded is put back, and the wording hidden."""
        from gcp2_app.services import assessments

        session, held, id_ = self._session, self._workspace.sealed, self._value.id

        def work() -> "Working":
            working = assessments.look_again(session, id_)
            if working.closed or working.unapproved:
                sealed.forget_sealed(session, held, id_)
            return working

        def done(working: "Working") -> None:
            if not (working.closed or working.unapproved):
                return
            self._stored = _Stored(working)
            self._history.clear()
            self._value = changes.without_new_grades(self._value, working.assessment)
            self._hold(working)
            self.changed.emit(frozenset())
            self.computed.emit()
            self._workspace.tasks.failed.emit(error)
            if self._value == working.assessment:
                self._say(Keeping.KEPT)
            else:
                self.keep()

        self._workspace.tasks.run(self, work, done, lambda _error: None)

    def _read_on_another_day(self) -> None:
        """A licence or a training can have ended with the last day: its wording is hidden before a key is pressed."""
        from gcp2_app.services import assessments

        self.record(lambda session, working: assessments.look_again(session, working.assessment.id), lambda: None)

    def _compute_here(self) -> None:
        """What is shown beside a change that could not be kept is worked out without the store."""
        from gcp2_app.services import assessments

        born, earlier = self.child.born, self._working.earlier
        computed = replace(
            self._working,
            assessment=self._value,
            profile=assessments.profile_of(self.pack, self._value, born),
            missing=(
                *missing(self.pack, self._value, born, earlier=earlier.assessment if earlier else None),
                *self._working.unsorted,
            ),
        )
        self._hold(computed)
        self.computed.emit()

    def _broke(self, _error: object) -> None:
        if self.keeping is Keeping.KEEPING and self._saving is not None and self._saving.done():
            self._say(Keeping.NOT_KEPT, AppError(self.tr("The last change could not be saved.")))

    def _say(self, keeping: Keeping, error: AppError | None = None) -> None:
        self.keeping = keeping
        self.keeping_changed.emit(keeping, error)

    # Steps to another state

    def act(
        self,
        step: "Callable[[Session], Working]",
        done: Callable[["Working"], object],
        failed: Callable[[AppError], object],
    ) -> None:
        """Take a step of the assessment, after what is on screen is kept.

        Args:
            step: a use case of the assessment.
            done: called with what is open after it.
            failed: called with the error.
        """
        self.flush()
        session = self._session
        self._workspace.tasks.run(self, lambda: step(session), done, failed)

    def go_on(self, working: "Working") -> None:
        """Show the assessment after a step to another state; there is no undo across it."""
        self._value = working.assessment
        self._others_shown = False
        self._hold(working)
        self._stored = _Stored(working)
        self._history.clear()
        self._say(Keeping.KEPT)
        self._workspace.changed.emit("assessment", self._value.id)
        self.moved_on.emit()

    def note_earlier(self, then: Callable[[], object]) -> None:
        """Record that earlier grades were opened, where grading is under way; ``then`` is called after it."""
        from gcp2_app.services import assessments

        if not (self.may_write and self.is_graded) or self.today in self._value.opened_earlier:
            then()
            return
        self.record(assessments.note_earlier_opened, then)

    def open_section(self, area: str, reason: str, failed: Callable[[AppError], object]) -> None:
        """Open a section of the pack that waits, by judgement."""
        from gcp2_app.services import assessments

        def step(session: "Session", working: "Working") -> "Working":
            return assessments.open_section(session, working.assessment.id, area, reason=reason)

        self.record(step, self._section_moved, failed)

    def close_section(self, area: str, failed: Callable[[AppError], object]) -> None:
        """Close a section again that was opened by judgement."""
        from gcp2_app.services import assessments

        def step(session: "Session", working: "Working") -> "Working":
            return assessments.close_section(session, working.assessment.id, area)

        self.record(step, self._section_moved, failed)

    def _section_moved(self) -> None:
        self._workspace.changed.emit("assessment", self._value.id)

    def record(
        self,
        step: "Callable[[Session, Working], Working]",
        then: Callable[[], object],
        failed: Callable[[AppError], object] | None = None,
    ) -> None:
        """Record something beside what is on screen, behind what is on its way to the disk.

        Args:
            step: a use case that returns what is stored after it.
            then: called once it is recorded.
            failed: called with the error; where None, the window says it.
        """
        self.flush()
        stored, session = self._stored, self._session

        def work() -> "Working":
            stored.working = step(session, stored.working)
            return stored.working

        def done(working: "Working") -> None:
            self._take(working)
            then()

        self._workspace.tasks.run(self, work, done, failed)

    def ask(self, owner: QObject, work: "Callable[[Session], T]", then: Callable[[T], object]) -> None:
        """Read something beside the assessment; ``then`` gets it while its owner lives."""
        session = self._session
        self._workspace.tasks.run(owner, lambda: work(session), then)

    def remember(self, place: str) -> None:
        """Remember where in the assessment the user is."""
        from gcp2_app.services import assessments

        session, id_ = self._session, self._value.id
        # A place is a convenience: where the disk takes nothing, the next change says so.
        self._workspace.tasks.run(
            self, lambda: assessments.remember_unit(session, id_, place), failed=lambda _error: None
        )


def _changed_units(before: Assessment, after: Assessment) -> frozenset[str]:
    """Return the units that changed, or nothing where something else did too."""
    if replace(before, units=after.units) != after:
        return frozenset()
    return frozenset(code for code in {*before.units, *after.units} if before.units.get(code) != after.units.get(code))
