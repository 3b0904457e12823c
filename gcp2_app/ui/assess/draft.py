"""The assessment on screen: its value, the way back, and the keeping of every change.

A change is on screen at once and on its way to the disk in the same moment. One save is under way at a time; of the
changes made meanwhile the latest value is saved next. Nothing here draws.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import QObject, Signal

from gcp2_app.domain.assessment import Assessment, AssessmentState
from gcp2_app.domain.completeness import Missing, missing, missing_before_grading
from gcp2_app.domain.instrument import Pack, Unit
from gcp2_app.domain.register import Child
from gcp2_app.domain.scoring import Profile
from gcp2_app.domain.users import Duty
from gcp2_app.errors import AppError
from gcp2_app.ui.assess import blind, changes, sealed
from gcp2_app.ui.assess.family_beside import FamilyBeside
from gcp2_app.ui.assess.history import History
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.assessments import Working
    from gcp2_app.services.session import Session

T = TypeVar("T")
_State = AssessmentState
_GRADED_IN: Final = frozenset({_State.DRAFT, _State.IN_PROGRESS})
_WRITTEN_IN: Final = _GRADED_IN | {_State.COMPLETE, _State.INCOMPLETE, _State.SHARED, _State.SHARING_HELD_BACK}


class Keeping(StrEnum):
    """Whether what is on screen is on the disk."""

    KEPT = "kept"
    KEEPING = "keeping"
    NOT_KEPT = "not kept"


class _Stored:
    """The assessment as it was last stored. Only the database thread reads and changes it."""

    def __init__(self, working: "Working") -> None:
        self.working = working


class Draft(QObject):
    """One open assessment.

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
        super().__init__(parent)
        self._workspace = workspace
        self._session: Session = workspace.session
        self._names = names
        self._value = working.assessment
        self._others_shown = False
        self._hold(working)
        self._stored = _Stored(working)
        self._saving: Future[Working] | None = None
        self._waiting = False
        self._history = History()
        self.keeping = Keeping.KEPT
        self.family = FamilyBeside(workspace, self)
        workspace.tasks.broke.connect(self._broke)

    # What there is

    @property
    def value(self) -> Assessment:
        """The assessment as it is on screen."""
        return self._value

    @property
    def working(self) -> "Working":
        """What was computed of the assessment when it was last kept."""
        return self._working

    @property
    def pack(self) -> Pack:
        """The pack it is made with."""
        return self._working.pack

    @property
    def child(self) -> Child:
        """Whom it is about."""
        return self._working.child

    @property
    def band(self) -> str:
        """Code of the band on screen."""
        return self._value.band or self._working.band

    @property
    def closed(self) -> frozenset[str]:
        """Codes of the areas that waited to be opened when it was last kept."""
        return self._working.profile.closed

    @property
    def units(self) -> Mapping[str, Unit]:
        """The units that are asked by code, in the pack's order: those of the band, in open areas."""
        pack, units = self.pack, self.pack.units_in(self.band)
        if not self.closed:
            return units
        closed = {subarea.code for area in pack.areas if area.code in self.closed for subarea in area.subareas}
        return {code: unit for code, unit in units.items() if pack.subarea_of(code).code not in closed}

    @property
    def workspace(self) -> Workspace:
        """What its screens ask the store through."""
        return self._workspace

    @property
    def me(self) -> str:
        """Id of the professional who is signed in."""
        return self._session.professional.id

    @property
    def today(self) -> date:
        """The day in Europe/London."""
        return self._session.today()

    @property
    def grading_as(self) -> str:
        """Id of the professional who may grade here; empty for someone who only reads, or asked for others' grades."""
        return self.me if self.may_work and not self._others_shown else ""

    def show_others(self) -> None:
        """Show others' grades to someone who does not grade without them; until the assessment is left."""
        self._others_shown = True
        self._hold(self._working)
        self.changed.emit(frozenset())
        self.computed.emit()

    @property
    def hidden(self) -> frozenset[str]:
        """Codes of the units whose grades are hidden from the user now; see :mod:`gcp2_app.ui.assess.blind`."""
        return blind.hidden_units(self._value, self.grading_as)

    @property
    def is_blind(self) -> bool:
        """Whether grades of others are hidden from the user now."""
        return bool(self.hidden)

    @property
    def seen(self) -> Assessment:
        """The assessment on screen as far as the user may see it."""
        return blind.as_seen(self.pack, self._value, self.grading_as)

    @property
    def profile(self) -> Profile:
        """What the assessment came to when it was last kept, as far as the user may see it."""
        return self._profile

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What was missing when it was last kept, as far as the user may see it."""
        return blind.missing_as_seen(self._working.missing, self._working.assessment, self.grading_as)

    @property
    def may_sign_off(self) -> bool:
        """Whether the user's roles allow signing off."""
        return self._session.user.may(Duty.SIGN_OFF)

    @property
    def may_work(self) -> bool:
        """Whether the user's roles allow working on cases."""
        return self._session.user.may(Duty.WORK_CASES)

    @property
    def may_write(self) -> bool:
        """Whether words and targets can be changed now."""
        return self.may_work and not self._value.recorded_elsewhere and self._value.state in _WRITTEN_IN

    @property
    def before_grading(self) -> tuple[Missing, ...]:
        """What has to be recorded before the first grade."""
        return missing_before_grading(self._value) if self._value.state is _State.DRAFT else ()

    @property
    def may_grade(self) -> bool:
        """Whether units can be graded now."""
        open_ = self.may_write and not self._working.closed
        return open_ and self._value.state in _GRADED_IN and not self.before_grading

    @property
    def may_hear_carers(self) -> bool:
        """Whether what carers say of the grades can be written down now: while grading, and when grades are shown."""
        return self.may_grade or (self.may_write and not self.is_graded)

    @property
    def may_show_family(self) -> bool:
        """Whether there is a copy for the family, and somebody who may record that they saw it."""
        return self.may_work and bool(self.band) and not self._value.recorded_elsewhere

    @property
    def is_graded(self) -> bool:
        """Whether it is in a state in which it is graded, whoever looks at it."""
        return self._value.state in _GRADED_IN

    @property
    def kept_from_grading(self) -> str:
        """Why the wording is hidden, where that alone keeps this user from grading; else empty."""
        waits = self.before_grading and self.may_write
        return self.working.closed if self.may_work and self.is_graded and not waits else ""

    def name(self, id_: str | None) -> str:
        """Return the name of a carer or professional."""
        if id_ == self.me:
            return self.tr("you")
        return self._names.get(id_ or "") or self.tr("someone not named here")

    def want_child(self) -> None:
        """Ask for the child's record."""
        self._workspace.child_wanted.emit(self.child.id)

    def want_family(self, unit: str = "") -> None:
        """Ask for the family grid, or for one unit for each child."""
        self._workspace.family_wanted.emit(self._value.id, unit)

    def want_sorting(self, visit_id: str) -> None:
        """Ask for the page on which a visit's notes are sorted."""
        self._workspace.sorting_wanted.emit(visit_id)

    @property
    def unsorted(self) -> tuple[Missing, ...]:
        """Visits whose notes were not sorted when it was opened."""
        return self._working.unsorted

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

    def _hold(self, working: "Working") -> None:
        """Take what was computed, and make of it what the user may see."""
        from gcp2_app.services import assessments

        self._working = working
        seen = blind.as_seen(working.pack, working.assessment, self.grading_as)
        whole = seen is working.assessment
        self._profile = working.profile if whole else assessments.profile_of(working.pack, seen, working.child.born)

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

        if not self.may_grade or self.today in self._value.opened_earlier:
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
