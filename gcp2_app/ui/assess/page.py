"""The guided assessment: the tree of steps, one step at a time, and what is still missing.

Every change is kept at once; leaving at any point loses nothing, and coming back opens the same unit.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from gcp2_app.domain.assessment import Assessment
from gcp2_app.errors import AppError
from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.assess import sealed
from gcp2_app.ui.assess.draft import Draft, Keeping
from gcp2_app.ui.assess.finish_page import FinishPage
from gcp2_app.ui.assess.header import Header
from gcp2_app.ui.assess.pages import make_page
from gcp2_app.ui.assess.panes import Panes
from gcp2_app.ui.assess.so_far import SoFar
from gcp2_app.ui.assess.step_page import StepPage
from gcp2_app.ui.assess.steps import BEFORE, Spot, Step, StepKind, beside, spot_from_key, spot_of_unit, steps_of
from gcp2_app.ui.assess.subarea_page import SubareaPage
from gcp2_app.ui.assess.texts import commit_all
from gcp2_app.ui.assess.tree import StepTree
from gcp2_app.ui.assess.unit_card import UnitCard
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.assessments import Working

#: How long a person stays at a unit before it is remembered, in milliseconds.
_REMEMBER_MS = 400


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
        self._steps: tuple[Step, ...] = ()
        self._pages: dict[Step, StepPage] = {}
        self._spot = Spot(BEFORE)
        self._band = ""
        self._remembered = ""
        self._rules_shown = False
        self.header = Header()
        self.tree: StepTree | None = None
        self.so_far: SoFar | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_REMEMBER_MS)
        self._pause.timeout.connect(self._remember)
        self._lay_out()
        self._connect()

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
        if self._draft is None or self._draft.value.id != assessment_id:
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
        draft = self._draft
        if draft is None:
            return
        for page in self._pages.values():
            commit_all(page)
        draft.flush()
        if self._pause.isActive():
            self._pause.stop()
            self._remember()

    @property
    def draft(self) -> Draft | None:
        """The assessment on screen, or None."""
        return self._draft

    @property
    def step_page(self) -> StepPage | None:
        """The step on screen."""
        return self._pages.get(self._spot.step)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of the assessment on screen."""
        return self._steps

    def go(self, spot: Spot) -> None:
        """Go to a place of the assessment on screen."""
        draft = self._draft
        if draft is None:
            return
        if spot.step not in self._steps:
            # What is missing there can be mended only once there are units.
            spot = Spot(self._steps[0])
        page = self._page(spot.step)
        self._spot = spot
        if isinstance(page, SubareaPage):
            page.show_rules(shown=self._rules_shown)
        page.refresh()
        self._panes.pages.setCurrentWidget(page)
        self._panes.show_page()
        page.go_to(spot)
        self._place_changed()

    # Drawing up

    def _lay_out(self) -> None:
        self._panes = Panes()
        self._work = QWidget()
        work = QVBoxLayout(self._work)
        work.setContentsMargins(0, 0, 0, 0)
        work.setSpacing(0)
        work.addWidget(self.header)
        work.addWidget(self._panes, 1)
        self._message = QWidget()
        message = QVBoxLayout(self._message)
        margin = style.space(4)
        message.setContentsMargins(margin, margin, margin, margin)
        self._opening = style.label("", "quiet")
        self._wrong = Notice()
        self._back = style.button(self.tr("Back"))
        self._back.clicked.connect(self._workspace.back_wanted)
        message.addWidget(self._opening)
        message.addWidget(self._wrong)
        message.addLayout(style.row(self._back))
        message.addStretch(1)
        self._rooms = QStackedWidget()
        self._rooms.addWidget(self._message)
        self._rooms.addWidget(self._work)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._rooms)
        self._say("")

    def _connect(self) -> None:
        self._workspace.locking.connect(self._lock)
        self.header.undo.clicked.connect(self._undo)
        self.header.redo.clicked.connect(self._redo)
        self.header.steps.clicked.connect(self._want_tree)
        self.header.so_far.clicked.connect(self._want_missing)
        self.header.again_wanted.connect(self._try_again)
        self._panes.room_changed.connect(self.header.show_room)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)
        for keys, run in (
            ("Ctrl+Z", self._undo),
            ("Ctrl+Shift+Z", self._redo),
            ("Ctrl+Y", self._redo),
            ("Ctrl+PgDown", self._go_on),
            ("Ctrl+PgUp", self._go_back),
            ("Ctrl+G", self._want_tree),
            ("Ctrl+M", self._want_missing),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)

    def _say(self, text: str) -> None:
        self._opening.setText(text)
        self._wrong.clear()
        self._back.hide()
        self._rooms.setCurrentWidget(self._message)

    def _refuse(self, error: AppError) -> None:
        self._leave()
        self._say("")
        self._wrong.show_error(error)
        self._back.show()

    # Opening and leaving

    def _show(self, opened: Opened, unit: str) -> None:
        working, names, written = opened
        held = self._not_kept.pop(working.assessment.id, None)
        if held is not None:
            self._begin(held, working.last_unit)
        elif self._draft is None or (working.assessment, working.child) != (self._draft.value, self._draft.child):
            if self._draft is not None and self._draft.keeping is not Keeping.KEPT:
                # What is on screen is newer than what was read.
                unit = unit or self._spot.unit
            else:
                self._leave()
                self._begin(Draft(self._workspace, working, names, self), working.last_unit)
                self._bring_back(written)
        self._rooms.setCurrentWidget(self._work)
        if unit and self._draft is not None and unit in self._draft.pack.units_in(self._draft.band):
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
        draft.changed.connect(self._changed)
        draft.computed.connect(self._computed)
        draft.keeping_changed.connect(self.header.show_keeping)
        draft.moved_on.connect(self._moved_on)
        self._remembered = place
        self._draw_up()
        self._rooms.setCurrentWidget(self._work)
        self.go(spot_from_key(draft.pack, self._steps, place))

    def _draw_up(self) -> None:
        """Make the tree and the pane anew: at the beginning, and where another band has other units."""
        draft = self._draft
        assert draft is not None  # noqa: S101 - only called with one
        self._clear()
        self._band = draft.band
        self._steps = steps_of(draft.pack, draft.band, recorded_elsewhere=draft.value.recorded_elsewhere)
        self.tree = StepTree(draft, self._steps)
        self.tree.spot_wanted.connect(self.go)
        self.so_far = SoFar(draft)
        self.so_far.spot_wanted.connect(self.go)
        self._panes.fill(self.tree, self.so_far)
        self.so_far.refresh()
        self._show_header()

    def _page(self, step: Step) -> StepPage:
        if step in self._pages:
            return self._pages[step]
        draft = self._draft
        assert draft is not None  # noqa: S101 - only called with one
        page = make_page(draft, step, self._steps)
        page.spot_wanted.connect(self.go)
        page.step_wanted.connect(self._step)
        if isinstance(page, FinishPage):
            page.corrected.connect(self._corrected)
        if isinstance(page, SubareaPage) and page.rules is not None:
            page.rules.toggled.connect(self._remember_rules)
        self._pages[step] = page
        self._panes.pages.addWidget(page)
        return page

    def _remember_rules(self, shown: bool) -> None:
        self._rules_shown = shown

    def _clear(self) -> None:
        for page in self._pages.values():
            self._panes.pages.removeWidget(page)
            page.hide()
            page.deleteLater()
        self._pages = {}
        self._panes.clear()
        self.tree = self.so_far = None

    def _leave(self) -> None:
        """Let go of the assessment on screen. One that could not be kept is held until it is."""
        draft = self._draft
        if draft is None:
            return
        self.flush()
        self._draft = None
        self._clear()
        self.header.forget()
        draft.disconnect(self)
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

    # What happens

    def _changed(self, codes: frozenset[str]) -> None:
        draft = self._draft
        if draft is None:
            return
        if draft.band != self._band:
            spot = self._spot
            self._draw_up()
            self.go(spot if spot.step in self._steps else Spot(self._steps[0]))
            return
        page = self.step_page
        if isinstance(page, SubareaPage) and codes:
            for code in codes:
                page.refresh_unit(code)
        elif page is not None:
            page.refresh()
        if self.tree is not None:
            self.tree.refresh(codes)
        if not codes:
            self.header.show_draft(draft)
        self.header.undo.setEnabled(draft.can_undo)
        self.header.redo.setEnabled(draft.can_redo)

    def _computed(self) -> None:
        page = self.step_page
        if isinstance(page, SubareaPage):
            page.refresh_result()
        elif page is not None and page.step.kind in {StepKind.REVIEW, StepKind.THEN_AND_NOW, StepKind.FINISH}:
            page.refresh()
        if self.so_far is not None:
            self.so_far.refresh()
        self._show_missing_button()

    def _moved_on(self) -> None:
        if self.tree is not None:
            self.tree.refresh()
        page = self.step_page
        if page is not None:
            page.refresh()
            page.go_to(Spot(page.step))
        if self.so_far is not None:
            self.so_far.refresh()
        self._show_header()

    def _corrected(self, working: "Working") -> None:
        self._workspace.changed.emit("assessment", working.assessment.id)
        self._workspace.assessment_wanted.emit(working.assessment.id)

    def _show_header(self) -> None:
        if self._draft is not None:
            self.header.show_draft(self._draft)
        self._show_missing_button()

    def _show_missing_button(self) -> None:
        count = self.so_far.count if self.so_far is not None else 0
        text = self.tr("Still missing ({count})").format(count=count) if count else self.tr("Nothing is missing")
        self.header.so_far.setText(text)

    def _undo(self) -> None:
        if self._draft is not None:
            self._commit()
            self._draft.undo()

    def _redo(self) -> None:
        if self._draft is not None:
            self._draft.redo()

    def _commit(self) -> None:
        page = self.step_page
        if page is not None:
            commit_all(page)

    def _try_again(self) -> None:
        if self._draft is not None:
            self._draft.keep()

    # Ways

    def _want_tree(self) -> None:
        if self._panes.toggle_left() and self.tree is not None:
            self.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _want_missing(self) -> None:
        if self.so_far is not None and self._panes.toggle_right():
            self.so_far.missing.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _step(self, by: int) -> None:
        step = beside(self._steps, self._spot.step, by)
        if step is not None:
            self.go(Spot(step))

    def _go_on(self) -> None:
        self._step(1)

    def _go_back(self) -> None:
        self._step(-1)

    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        page = self.step_page
        if now is None or not isinstance(page, SubareaPage) or not page.isAncestorOf(now):
            return
        widget: QWidget | None = now
        while widget is not None and not isinstance(widget, UnitCard):
            widget = widget.parentWidget()
        if isinstance(widget, UnitCard) and widget.unit.code != self._spot.unit:
            self._spot = Spot(page.step, widget.unit.code)
            self._place_changed()

    def _place_changed(self) -> None:
        if self.tree is not None:
            self.tree.show_spot(self._spot)
        if self.so_far is not None:
            self.so_far.leave_missing_out(out=self._spot.step.kind is StepKind.FINISH and self._panes.right_stands)
        if self._key() != self._remembered:
            self._pause.start()

    def _key(self) -> str:
        return self._spot.unit if self._spot.step.kind is StepKind.SUBAREA and self._spot.unit else self._spot.step.key

    def _remember(self) -> None:
        if self._draft is not None and self._key() != self._remembered:
            self._remembered = self._key()
            self._draft.remember(self._remembered)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Outside dialogs Qt's buttons take Space alone; people press Enter too.
        focused = QApplication.focusWidget()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and isinstance(focused, QPushButton):
            focused.click()
        else:
            super().keyPressEvent(event)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self.flush()
        super().hideEvent(event)
