"""Grading again: one sub-area a page with its evidence and its keys, and nothing that says how it was graded first."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from gcp2_app.domain.answers import UnitState
from gcp2_app.errors import AppError
from gcp2_app.ui import style, words
from gcp2_app.ui.again.second_draft import SecondDraft
from gcp2_app.ui.again.texts import tr
from gcp2_app.ui.assess.draft import Keeping
from gcp2_app.ui.assess.pages import step_name
from gcp2_app.ui.assess.steps import Spot, Step, StepKind, beside
from gcp2_app.ui.assess.subarea_page import SubareaPage
from gcp2_app.ui.child import names
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.forms.choice import QuietComboBox
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.assessments import Working


class SecondBench(QWidget):
    """The blind grading of one assessment.

    Attributes:
        left: emitted when the person goes back to the list; what was graded is kept.
        finished: emitted after it was finished.
        where: chooses the sub-area.
        finish: ends the grading.
    """

    left = Signal()
    finished = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._draft: SecondDraft | None = None
        self._steps: tuple[Step, ...] = ()
        self._pages: dict[Step, SubareaPage] = {}
        self._title = style.heading("", 2)
        self._progress = style.label("", "quiet", wrap=False)
        self.where = QuietComboBox()
        self.where.setAccessibleName(tr("Sub-area"))
        self.finish = style.button(tr("Finish…"), "primary")
        self._back = style.button(tr("Back to the list"))
        self.notice = Notice()
        self._stack = QStackedWidget()
        self._lay_out()
        self.where.activated.connect(self._choose)
        self.finish.clicked.connect(self._ask_finish)
        self._back.clicked.connect(self._leave)
        for keys, by in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._next if by > 0 else self._before)

    def _lay_out(self) -> None:
        bar = QFrame()
        bar.setProperty("role", "bar")
        inside = QVBoxLayout(bar)
        inside.setContentsMargins(style.space(3), style.space(1.5), style.space(2), style.space(1.5))
        inside.setSpacing(style.space(1))
        inside.addWidget(self._title)
        tools = Flow()
        tools.setSpacing(style.space(1.5))
        for widget in (self.where, self._progress, self._back, self.finish):
            tools.addWidget(widget)
        inside.addLayout(tools)
        inside.addWidget(self.notice)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addWidget(self._stack, 1)

    @property
    def draft(self) -> SecondDraft | None:
        """What is graded, or None."""
        return self._draft

    @property
    def page(self) -> SubareaPage | None:
        """The sub-area on screen."""
        page = self._stack.currentWidget()
        return page if isinstance(page, SubareaPage) else None

    def begin(self, working: "Working", recorded_by: Mapping[str, str]) -> None:
        """Show a blind copy at its first sub-area without a grade.

        Args:
            working: the copy.
            recorded_by: names of those who recorded the evidence, by id.
        """
        self.end()
        draft = self._draft = SecondDraft(self._workspace, working, recorded_by, self)
        draft.changed.connect(self._changed)
        draft.computed.connect(self._computed)
        draft.keeping_changed.connect(self._say_kept)
        pack, band = draft.pack, draft.band
        self._steps = tuple(
            Step(StepKind.SUBAREA, subarea.code)
            for area in pack.areas
            if area.code not in draft.closed
            for subarea in area.subareas
            if subarea.units_in(band)
        )
        window = words.window(draft.value.window) if draft.value.window is not None else ""
        title = ", ".join(filter(None, (names.child_name(draft.child), window)))
        self._title.setText(tr("Grading again: {title}").format(title=title))
        self.where.clear()
        for step in self._steps:
            self.where.addItem(step_name(draft, step), step)
        for button in (self.finish, self.where):
            button.setEnabled(not working.closed)
        if working.closed:
            self.notice.show_note(working.closed)
        open_ = (step for step in self._steps if self._open_units(step))
        self.go(Spot(next(open_, self._steps[0])))
        self._say_progress()

    def end(self) -> None:
        """Let go of what is graded; it is kept."""
        draft, self._draft = self._draft, None
        self.notice.clear()
        for page in self._pages.values():
            self._stack.removeWidget(page)
            page.hide()
            page.deleteLater()
        self._pages = {}
        if draft is not None:
            draft.flush()
            draft.disconnect(self)
            draft.deleteLater()

    def go(self, spot: Spot) -> None:
        """Go to a sub-area."""
        if self._draft is None or spot.step not in self._steps:
            return
        page = self._page(self._draft, spot.step)
        page.refresh()
        self._stack.setCurrentWidget(page)
        self.where.setCurrentIndex(self._steps.index(spot.step))
        page.go_to(spot)

    def _page(self, draft: SecondDraft, step: Step) -> SubareaPage:
        if step not in self._pages:
            page = SubareaPage(draft, step)
            before, after = beside(self._steps, step, -1), beside(self._steps, step, 1)
            page.add_ways(step_name(draft, before) if before else "", step_name(draft, after) if after else "")
            page.spot_wanted.connect(self.go)
            page.step_wanted.connect(self._step)
            for card in page.cards:
                # The evidence is all there is to go by.
                card.evidence_fold.open()
            self._pages[step] = page
            self._stack.addWidget(page)
        return self._pages[step]

    def _open_units(self, step: Step) -> bool:
        assert self._draft is not None  # noqa: S101 - asked of a draft alone
        units = self._draft.pack.subareas[step.code].units_in(self._draft.band)
        return any(self._draft.value.answer(unit.code).state is UnitState.NOT_STARTED for unit in units)

    # What happens

    def _changed(self, codes: frozenset[str]) -> None:
        page = self.page
        if page is not None and codes:
            for code in codes:
                page.refresh_unit(code)
        elif page is not None:
            page.refresh()
        self._say_progress()

    def _computed(self) -> None:
        page = self.page
        if page is not None:
            page.refresh_result()

    def _say_progress(self) -> None:
        draft = self._draft
        if draft is None:
            return
        graded = sum(draft.value.answer(code).grade is not None for code in draft.units)
        self._progress.setText(tr("{done} of {of} units graded").format(done=graded, of=len(draft.units)))

    def _say_kept(self, keeping: Keeping, error: AppError | None) -> None:
        if keeping is Keeping.NOT_KEPT and error is not None:
            self.notice.show_error(error)
        elif keeping is Keeping.KEPT:
            self.notice.clear()

    def _choose(self, place: int) -> None:
        self.go(Spot(self._steps[place]))

    def _step(self, by: int) -> None:
        page = self.page
        step = beside(self._steps, page.step, by) if page is not None else None
        if step is not None:
            self.go(Spot(step))

    def _next(self) -> None:
        self._step(1)

    def _before(self) -> None:
        self._step(-1)

    def _leave(self) -> None:
        self.end()
        self.left.emit()

    def _ask_finish(self) -> None:
        from gcp2_app.ui import messages

        messages.ask(
            self,
            tr("Finish the second grading?"),
            tr("It does not change after that. You, the first assessors and whoever asked see both grades then."),
            yes=tr("Finish"),
            no=tr("Go on grading"),
            then=self._finish,
        )

    def _finish(self) -> None:
        from gcp2_app.services.supervision import second_gradings

        draft = self._draft
        if draft is None:
            return
        draft.flush()
        session, id_ = self._workspace.session, draft.value.id
        self._workspace.tasks.run(
            self, lambda: second_gradings.finish(session, id_), self._ended, self.notice.show_error
        )

    def _ended(self, _grading: object) -> None:
        self.end()
        self.finished.emit()
