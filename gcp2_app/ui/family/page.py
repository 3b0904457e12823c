"""The family as a page of the window: the grid, or one unit for each child; reads it anew each time it is shown."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from gcp2_app.errors import AppError
from gcp2_app.overriding import override
from gcp2_app.ui.assess.doorway import Doorway
from gcp2_app.ui.assess.draft import Draft, Keeping
from gcp2_app.ui.family.each_page import EachPage
from gcp2_app.ui.family.grid_page import GridPage
from gcp2_app.ui.place import Place, Screen
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.assessments import Working
    from gcp2_app.services.families import Family


class Opened(NamedTuple):
    """What was read of a family.

    Attributes:
        working: the assessments that are graded now, each with names by id; only where one unit is wanted.
    """

    family: "Family"
    working: "tuple[tuple[Working, Mapping[str, str]], ...]"


class FamilyPage(QWidget):
    """One family at a time."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._asked = 0
        self._id = ""
        self._drafts: list[Draft] = []
        self._leaving: list[Draft] = []
        self.grid = GridPage(workspace)
        self.each = EachPage()
        self._door = Doorway()
        self._rooms = QStackedWidget()
        for room in (self._door, self.grid, self.each):
            self._rooms.addWidget(room)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._rooms)
        self._door.back_wanted.connect(workspace.back_wanted)
        self.grid.unit_wanted.connect(lambda unit: workspace.family_wanted.emit(self._id, unit))
        self.each.grid_wanted.connect(lambda: workspace.family_wanted.emit(self._id, ""))
        self.each.open_wanted.connect(workspace.unit_wanted)
        # The way back leads to the unit they went on to.
        self.each.unit_changed.connect(lambda unit: workspace.trail.go(Place(Screen.FAMILY, self._id, unit)))
        workspace.locking.connect(self._lock)

    @property
    def room(self) -> QWidget | None:
        """What is shown: the grid, one unit for each child, or why there is nothing."""
        return self._rooms.currentWidget()

    @property
    def drafts(self) -> tuple[Draft, ...]:
        """The assessments that are open here."""
        return tuple(self._drafts)

    def show_family(self, assessment_id: str, unit: str = "") -> None:
        """Show the family around an assessment.

        Args:
            assessment_id: which.
            unit: code of the unit to show for each child, or empty for the grid.
        """
        self._leave()
        self._asked += 1
        asked, workspace = self._asked, self._workspace
        self._id = assessment_id
        self._door.say(self.tr("Opening…"))
        self._rooms.setCurrentWidget(self._door)
        session = workspace.session
        # What is not on the disk yet must not be graded over.
        unwritten = {assessment for _, _, assessment in workspace.sealed}

        def work() -> Opened:
            from gcp2_app.services import assessments, families, names

            family = families.of_assessment(session, assessment_id)
            ids = [
                member.assessment.id
                for member in family.members
                if unit and member.assessment is not None and member.why_not is None
            ]
            return Opened(
                family,
                tuple(
                    (assessments.open_(session, id_), names.of_assessment(session, id_))
                    for id_ in ids
                    if id_ not in unwritten
                ),
            )

        def done(opened: Opened) -> None:
            if asked == self._asked:
                self._show(opened, unit)

        def failed(error: AppError) -> None:
            if asked == self._asked:
                self._door.refuse(error)

        workspace.tasks.run(self, work, done, failed)

    def _show(self, opened: Opened, unit: str) -> None:
        self._drafts = [Draft(self._workspace, working, names, self) for working, names in opened.working]
        for draft in self._drafts:
            draft.family.open_beside(self._drafts)
            draft.changed.connect(lambda _, id_=draft.value.id: self._workspace.changed_elsewhere.add(id_))
        if any(unit in draft.pack.units_in(draft.band) for draft in self._drafts):
            self._rooms.setCurrentWidget(self.each)
            self.each.say(opened.family, self._drafts, unit)
            return
        self.grid.say(opened.family)
        self._rooms.setCurrentWidget(self.grid)
        self.grid.table.setFocus()

    # Leaving

    def _leave(self) -> None:
        """Send what was typed to the disk, and let go of the assessments once they are kept."""
        self.each.commit()
        drafts, self._drafts = self._drafts, []
        self.each.forget()
        for draft in drafts:
            draft.flush()
            if draft.keeping is Keeping.KEPT:
                draft.deleteLater()
            else:
                self._leaving.append(draft)
                draft.keeping_changed.connect(self._kept_later)

    def _kept_later(self, keeping: Keeping, error: AppError | None) -> None:
        if keeping is Keeping.NOT_KEPT and error is not None:
            # It is sealed, and tried again when its assessment is opened.
            self._workspace.tasks.failed.emit(error)
        gone = [draft for draft in self._leaving if draft.keeping is not Keeping.KEEPING]
        self._leaving = [draft for draft in self._leaving if draft.keeping is Keeping.KEEPING]
        for draft in gone:
            draft.deleteLater()

    def _lock(self) -> None:
        self._asked += 1
        self._leave()
        for draft in self._leaving:
            draft.deleteLater()
        self._leaving = []

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        if self._drafts and not self.isVisible():
            self._leave()
            self._rooms.setCurrentWidget(self._door)
        super().hideEvent(event)
