"""The assessment on screen as its reader may see it: whom and what it is about, and what may be done with it now.

Knows nothing of changes or of the disk; :mod:`gcp2_app.ui.assess.draft` adds those. Nothing here draws.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from gcp2_app.domain.assessment import Assessment, AssessmentState
from gcp2_app.domain.completeness import Missing, missing_before_grading
from gcp2_app.domain.instrument import Pack, Unit
from gcp2_app.domain.register import Child
from gcp2_app.domain.scoring import Profile
from gcp2_app.domain.users import Duty
from gcp2_app.ui.assess import blind
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.assessments import Working
    from gcp2_app.services.session import Session

_State = AssessmentState
_GRADED_IN: Final = frozenset({_State.DRAFT, _State.IN_PROGRESS})
_WRITTEN_IN: Final = _GRADED_IN | {_State.COMPLETE, _State.INCOMPLETE, _State.SHARED, _State.SHARING_HELD_BACK}


class OnScreen(QObject):
    """One open assessment, to be read."""

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
    def now(self) -> datetime:
        """The instant, by the store's clock."""
        return self._session.now()

    @property
    def grading_as(self) -> str:
        """Id of the professional who may grade here; empty for someone who only reads, or asked for others' grades."""
        return self.me if self.may_work and not self._others_shown else ""

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
        open_ = self.may_write and not (self._working.closed or self._working.unapproved)
        return open_ and self._value.state in _GRADED_IN and not self.before_grading

    @property
    def grades_alone(self) -> bool:
        """Whether nothing but grades is given here: evidence, notes and what hangs on a grade are another's."""
        return False

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
        """Why the wording is hidden, or the pack not approved, where that alone keeps this user from grading."""
        waits = self.before_grading and self.may_write
        return self.working.closed or self.working.unapproved if self.may_work and self.is_graded and not waits else ""

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

    def _hold(self, working: "Working") -> None:
        """Take what was computed, and make of it what the user may see."""
        from gcp2_app.services import assessments

        self._working = working
        seen = blind.as_seen(working.pack, working.assessment, self.grading_as)
        whole = seen is working.assessment
        self._profile = working.profile if whole else assessments.profile_of(working.pack, seen, working.child.born)
