"""The guided assessment as a page of the window: opens assessments, keeps the place, and lets go of them.

Every change is kept at once; leaving at any point loses nothing, and coming back opens the same unit.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from gcp2_app.domain.assessment import Assessment
from gcp2_app.errors import AppError
from gcp2_app.overriding import override
from gcp2_app.ui.assess import sealed
from gcp2_app.ui.assess.doorway import Doorway
from gcp2_app.ui.assess.draft import Draft, Keeping
from gcp2_app.ui.assess.header import Header
from gcp2_app.ui.assess.last_place import LastPlace
from gcp2_app.ui.assess.so_far import SoFar
from gcp2_app.ui.assess.step_page import StepPage
from gcp2_app.ui.assess.steps import Spot, Step, spot_of_unit
from gcp2_app.ui.assess.tree import StepTree
from gcp2_app.ui.assess.workbench import Workbench
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.assessments import Working


class Opened(NamedTuple):
    """What was read of an assessment.

    Attributes:
        written: the assessment with what could not be kept before a lock, if there is any.
    """

    working: "Working"
    names: Mapping[str, str]
    written: Assessment


class AssessPage(QWidget):
    """One assessment at a time."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._draft: Draft | None = None
        self._not_kept: dict[str, Draft] = {}
        self._asked = 0
        self._bench = Workbench()
        self._door = Doorway()
        self._place = LastPlace(self)
        self._rooms = QStackedWidget()
        self._rooms.addWidget(self._door)
        self._rooms.addWidget(self._bench)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._rooms)
        self._bench.place_changed.connect(self._place.come_to)
        self._bench.corrected.connect(self._corrected)
        self._bench.share_wanted.connect(self._share)
        self._door.back_wanted.connect(workspace.back_wanted)
        workspace.locking.connect(self._lock)
        self._say("")

    # What others call

    def show_assessment(self, assessment_id: str, unit: str = "") -> None:
        """Open an assessment.

        Args:
            assessment_id: which.
            unit: code of the unit to open it at; empty for where its user left it.
        """
        from gcp2_app.services import assessments, names

        self.flush()
        self._asked += 1
        asked, session, held = self._asked, self._workspace.session, self._workspace.sealed
        stale = assessment_id in self._workspace.changed_elsewhere
        self._workspace.changed_elsewhere.discard(assessment_id)
        if self._draft is None or self._draft.value.id != assessment_id or stale:
            # Nothing may be written onto what is out of date.
            self._leave()
            self._say(self.tr("Opening…"))

        def work() -> Opened:
            working = assessments.open_(session, assessment_id)
            written = sealed.unwritten(session, held, working.assessment)
            return Opened(working, names.of_assessment(session, assessment_id), written)

        def done(opened: Opened) -> None:
            if asked == self._asked:
                self._show(opened, unit)

        def failed(error: AppError) -> None:
            if asked == self._asked:
                self._refuse(error)

        self._workspace.tasks.run(self, work, done, failed)

    def flush(self) -> None:
        """Send everything that was typed or changed to the database thread; does not wait."""
        if self._draft is not None:
            self._bench.commit()
            self._draft.flush()
            self._place.remember_now()

    @property
    def draft(self) -> Draft | None:
        """The assessment on screen, or None."""
        return self._draft

    @property
    def header(self) -> Header:
        """What stands above every step."""
        return self._bench.header

    @property
    def tree(self) -> StepTree | None:
        """The steps and units, or None while nothing is open."""
        return self._bench.tree

    @property
    def so_far(self) -> SoFar | None:
        """What is missing and the areas' grades, or None while nothing is open."""
        return self._bench.so_far

    @property
    def step_page(self) -> StepPage | None:
        """The step on screen."""
        return self._bench.step_page

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of the assessment on screen."""
        return self._bench.steps

    def go(self, spot: Spot) -> None:
        """Go to a place of the assessment on screen."""
        self._bench.go(spot)

    # Opening and leaving

    def _say(self, text: str) -> None:
        self._door.say(text)
        self._rooms.setCurrentWidget(self._door)

    def _refuse(self, error: AppError) -> None:
        self._leave()
        self._door.refuse(error)
        self._rooms.setCurrentWidget(self._door)

    def _show(self, opened: Opened, unit: str) -> None:
        working, names, written = opened
        held = self._not_kept.pop(working.assessment.id, None)
        if held is not None:
            self._begin(held, working.last_unit)
        elif self._draft is None or _shown(working, working.assessment) != _shown(
            self._draft.working, self._draft.value
        ):
            if self._draft is not None and self._draft.keeping is not Keeping.KEPT:
                # What is on screen is newer than what was read.
                unit = unit or self._bench.spot.unit
            else:
                self._leave()
                self._begin(Draft(self._workspace, working, names, self), working.last_unit)
                self._bring_back(written)
        self._rooms.setCurrentWidget(self._bench)
        if unit and self._draft is not None and unit in self._draft.units:
            self.go(spot_of_unit(self._draft.pack, unit))

    def _bring_back(self, written: Assessment) -> None:
        """Show what could not be kept before a lock, or say that it is kept now."""
        draft = self._draft
        if draft is None:
            return
        draft.bring_back(written)
        if draft.value.id in self._workspace.brought_back:
            self._workspace.brought_back.discard(draft.value.id)
            self.header.say_brought_back()

    def _begin(self, draft: Draft, place: str) -> None:
        self._draft = draft
        self._place.begin(draft, place)
        self._rooms.setCurrentWidget(self._bench)
        self._bench.begin(draft, place)

    def _leave(self) -> None:
        """Let go of the assessment on screen. One that could not be kept is held until it is."""
        draft = self._draft
        if draft is None:
            return
        self.flush()
        self._draft = None
        self._place.end()
        self._bench.end()
        if draft.keeping is Keeping.KEPT:
            draft.deleteLater()
        else:
            self._not_kept[draft.value.id] = draft
            draft.keeping_changed.connect(self._kept_later)

    def _kept_later(self, keeping: Keeping, error: AppError | None) -> None:
        if keeping is Keeping.NOT_KEPT and error is not None:
            self._workspace.tasks.failed.emit(error)
        for id_, draft in list(self._not_kept.items()):
            if draft.keeping is Keeping.KEPT:
                del self._not_kept[id_]
                draft.deleteLater()

    def _lock(self) -> None:
        self.flush()
        self._leave()
        for draft in self._not_kept.values():
            # Tried once more; where it fails again it is sealed, and nothing in clear stays behind.
            draft.flush()
            draft.deleteLater()
        self._not_kept = {}
        self._asked += 1
        self._say("")

    def _share(self) -> None:
        if self._draft is not None:
            self._workspace.share_wanted.emit(self._draft)

    def _corrected(self, working: "Working") -> None:
        self._workspace.changed.emit("assessment", working.assessment.id)
        self._workspace.assessment_wanted.emit(working.assessment.id)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self.flush()
        super().hideEvent(event)


def _shown(working: "Working", value: "Assessment") -> tuple[object, ...]:
    """Return what has to be read again where any of it changed."""
    return value, working.child, working.unsorted, working.closed, working.unapproved
