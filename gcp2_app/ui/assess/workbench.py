"""One assessment being worked on: the tree of its steps, one step at a time, and what is still missing."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from gcp2_app.overriding import override
from gcp2_app.ui.assess.draft import Draft
from gcp2_app.ui.assess.finish_page import FinishPage
from gcp2_app.ui.assess.header import Header
from gcp2_app.ui.assess.pages import make_page
from gcp2_app.ui.assess.panes import Panes
from gcp2_app.ui.assess.so_far import SoFar
from gcp2_app.ui.assess.step_page import StepPage
from gcp2_app.ui.assess.steps import BEFORE, HISTORY, Spot, Step, StepKind, begins_at, beside, spot_from_key, steps_of
from gcp2_app.ui.assess.subarea_page import SubareaPage
from gcp2_app.ui.assess.texts import commit_all
from gcp2_app.ui.assess.tree import StepTree
from gcp2_app.ui.assess.unit_card import UnitCard

#: Pages that show what is worked out of the whole assessment.
_COMPUTED: Final = frozenset({StepKind.VISITS, StepKind.REVIEW, StepKind.THEN_AND_NOW, StepKind.FINISH})


class Workbench(QWidget):
    """Shows one draft.

    Attributes:
        header, tree, so_far: what stands around the step.
        place_changed: emitted with the key of the unit or step the person came to.
        corrected: emitted with the new version after a correction was begun.
        share_wanted: emitted when the family is to be shown their copy.
    """

    place_changed = Signal(str)
    corrected = Signal(object)
    share_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft: Draft | None = None
        self._steps: tuple[Step, ...] = ()
        self._pages: dict[Step, StepPage] = {}
        self._spot = Spot(BEFORE)
        self._band = ""
        self._closed: frozenset[str] = frozenset()
        self._hidden_for = ""
        self._rules_shown = False
        self.header = Header()
        self.tree: StepTree | None = None
        self.so_far: SoFar | None = None
        self._panes = Panes()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self._panes, 1)
        self._connect()

    def _connect(self) -> None:
        self.header.undo.clicked.connect(self._undo)
        self.header.redo.clicked.connect(self._redo)
        self.header.steps.clicked.connect(self._want_tree)
        self.header.so_far.clicked.connect(self._want_missing)
        self.header.share.clicked.connect(self._want_share)
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
            ("F6", self._want_share),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)

    # What others call

    @property
    def spot(self) -> Spot:
        """Where the person is."""
        return self._spot

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of the assessment."""
        return self._steps

    @property
    def step_page(self) -> StepPage | None:
        """The step on screen."""
        return self._pages.get(self._spot.step)

    def begin(self, draft: Draft, place: str) -> None:
        """Show a draft at the place with this key."""
        self._draft = draft
        draft.changed.connect(self._changed)
        draft.computed.connect(self._computed)
        draft.keeping_changed.connect(self.header.show_keeping)
        draft.moved_on.connect(self._moved_on)
        draft.family.ask()
        self._draw_up()
        self.go(spot_from_key(draft.pack, self._steps, place) if place else Spot(self._first(draft)))

    def end(self) -> None:
        """Let go of the draft and of everything that shows it."""
        draft, self._draft = self._draft, None
        self._drop_pages()
        self._panes.clear()
        self.tree = self.so_far = None
        self.header.forget()
        if draft is not None:
            draft.disconnect(self)
            draft.keeping_changed.disconnect(self.header.show_keeping)

    def commit(self) -> None:
        """Have every text say what was typed last."""
        for page in self._pages.values():
            commit_all(page)

    def go(self, spot: Spot) -> None:
        """Go to a place of the assessment on screen."""
        draft = self._draft
        if draft is None:
            return
        if spot.step not in self._steps:
            # What is missing there can be mended only once there are units.
            spot = Spot(begins_at(self._steps))
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

    def _draw_up(self) -> None:
        """Make the tree and the pane."""
        draft = self._draft
        assert draft is not None  # noqa: S101 - only called with one
        self._find_way(draft)
        self.tree = StepTree(draft, self._steps)
        self.tree.spot_wanted.connect(self.go)
        self.so_far = SoFar(draft)
        self.so_far.spot_wanted.connect(self.go)
        self._panes.fill(self.tree, self.so_far)
        self.so_far.refresh()
        self._show_header()

    def _find_way(self, draft: Draft) -> None:
        self._band, self._closed, self._hidden_for = draft.band, draft.closed, draft.working.closed
        elsewhere = draft.value.recorded_elsewhere
        self._steps = steps_of(draft.pack, draft.band, closed=draft.closed, recorded_elsewhere=elsewhere)

    def _follow(self, keep: Step | None = None) -> None:
        """Show another way, or other wording: the tree and the pane follow, the pages are made anew.

        Args:
            keep: a step whose page stays as it is.
        """
        draft = self._draft
        assert draft is not None  # noqa: S101 - only called with one
        self._drop_pages(keep)
        self._find_way(draft)
        if self.tree is not None:
            self.tree.follow(self._steps)
        if self.so_far is not None:
            self.so_far.refresh()
        self._show_header()

    def _first(self, draft: Draft) -> Step:
        """Where an assessment opens to someone who was never in it: who is to grade begins with the history."""
        grades = draft.may_write and draft.is_graded and HISTORY in self._steps
        read = any(each.by == draft.me for each in draft.value.history_read)
        return HISTORY if grades and not read else begins_at(self._steps)

    def _page(self, step: Step) -> StepPage:
        if step in self._pages:
            return self._pages[step]
        draft = self._draft
        assert draft is not None  # noqa: S101 - only called with one
        page = make_page(draft, step, self._steps)
        page.spot_wanted.connect(self.go)
        page.step_wanted.connect(self._step)
        if isinstance(page, FinishPage):
            page.corrected.connect(self.corrected)
        if isinstance(page, SubareaPage) and page.rules is not None:
            page.rules.toggled.connect(self._remember_rules)
        self._pages[step] = page
        self._panes.pages.addWidget(page)
        return page

    def _remember_rules(self, shown: bool) -> None:
        self._rules_shown = shown

    def _drop_pages(self, keep: Step | None = None) -> None:
        for step, page in self._pages.items():
            if step != keep:
                self._panes.pages.removeWidget(page)
                page.hide()
                page.deleteLater()
        self._pages = {step: page for step, page in self._pages.items() if step == keep}

    # What happens

    def _changed(self, codes: frozenset[str]) -> None:
        draft = self._draft
        if draft is None:
            return
        if draft.band != self._band:
            spot = self._spot
            self._follow()
            self.go(spot if spot.step in self._steps else Spot(begins_at(self._steps)))
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

    def _sections_moved(self) -> None:
        """Other sections are open than before: the way is another, and the page at hand stays where it can."""
        spot, tree = self._spot, self.tree
        in_tree = tree is not None and tree.hasFocus()
        stays = spot.step.kind is StepKind.SUBAREA
        self._follow(spot.step if stays else None)
        if stays and spot.step in self._steps:
            return
        self.go(spot if spot.step in self._steps else Spot(begins_at(self._steps)))
        if in_tree and tree is not None:
            tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def _computed(self) -> None:
        if self._draft is not None and self._draft.working.closed != self._hidden_for:
            # The wording is hidden from now on, or open again: no page keeps the texts it was made with.
            spot = self._spot
            self.commit()
            self._follow()
            self.go(spot)
            return
        if self._draft is not None and self._draft.closed != self._closed:
            self._sections_moved()
        page = self.step_page
        if isinstance(page, SubareaPage):
            page.refresh_result()
        elif page is not None and page.step.kind in _COMPUTED:
            page.refresh()
        if self.tree is not None:
            self.tree.refresh_results()
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
            self.commit()
            self._draft.undo()

    def _redo(self) -> None:
        if self._draft is not None:
            self._draft.redo()

    def _try_again(self) -> None:
        if self._draft is not None:
            self._draft.keep()

    # Ways

    def _want_tree(self) -> None:
        if self._panes.toggle_left() and self.tree is not None:
            self.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _want_missing(self) -> None:
        if self.so_far is not None and self._panes.toggle_right():
            self.so_far.go_to_missing()

    def _want_share(self) -> None:
        if self._draft is not None and self._draft.may_show_family:
            self.commit()
            self.share_wanted.emit()

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
        self.place_changed.emit(self._spot.key)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Outside dialogs Qt's buttons take Space alone; people press Enter too.
        focused = QApplication.focusWidget()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and isinstance(focused, QPushButton):
            focused.click()
        else:
            super().keyPressEvent(event)
