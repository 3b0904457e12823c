"""The share view: the whole window for the family's own copy; nothing else of the program is on it or within reach.

First it asks who can see the screen. The sharing is recorded when the copy comes up, and completed when it is left.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from gcp2_app.domain.assessment import Assessment, SaidOfUnit, Sharing
from gcp2_app.domain.family_copy import hears_all_carers
from gcp2_app.domain.grading import effective_grade
from gcp2_app.domain.withheld import Withheld
from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.assess import changes
from gcp2_app.ui.assess.draft import Draft
from gcp2_app.ui.assess.texts import commit_all
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.share import large
from gcp2_app.ui.share.asking import Asking
from gcp2_app.ui.share.copy_page import CopyPage
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.sharing import Before


class ShareView(QWidget):
    """One sitting of a family before their copy.

    Attributes:
        asking: the question, or None until what it needs is read.
        page: the copy, or None until the question is answered.
        close_button: leaves.
        danger_button: asks whom to ring when a child is in danger, in words that alarm nobody.
        closed: emitted once it was left; everything is on its way to the disk.
        danger_wanted: emitted when that button is pressed.
    """

    closed = Signal()
    danger_wanted = Signal()

    def __init__(self, workspace: Workspace, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._draft = draft
        self._before = draft.value
        self._alone = False
        self._hidden: set[str] = set()
        self._sharing: Sharing | None = None
        self._said: dict[str, SaidOfUnit] = {}
        self.asking: Asking | None = None
        self.page: CopyPage | None = None
        self.notice = Notice()
        self._idle = Notice()
        self.close_button = style.button(self.tr("Close  Esc"))
        self.close_button.clicked.connect(self.leave)
        self.danger_button = style.button(self.tr("Urgent numbers"))
        self.danger_button.clicked.connect(self.danger_wanted)
        bar = QFrame()
        bar.setProperty("role", "bar")
        across = style.row(stretch=False)
        across.setContentsMargins(style.space(2), style.space(1), style.space(2), style.space(1))
        if workspace.session.store.practice:
            across.addWidget(style.label(self.tr("PRACTICE"), "badge", wrap=False))
        across.addStretch(1)
        across.addWidget(self.danger_button)
        across.addWidget(self.close_button)
        bar.setLayout(across)
        self._pages = QStackedWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (bar, self._idle, self.notice):
            layout.addWidget(widget)
        layout.addWidget(self._pages, 1)
        for keys in ("Esc", "F6"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.leave)
        workspace.locking.connect(self._complete)
        self._load()

    def leave(self) -> None:
        """Keep what was said, and go back to where the worker was."""
        self._complete()
        self.closed.emit()

    def show_idle_warning(self, seconds: int) -> None:
        """Say that the window is about to close itself; nothing of the case."""
        text = self.tr("This screen closes in {seconds} seconds. Press any key to go on reading.")
        self._idle.show_note(text.format(seconds=seconds))

    def hide_idle_warning(self) -> None:
        """Take the warning away."""
        self._idle.clear()

    # The question

    def _load(self) -> None:
        from gcp2_app.services import sharing

        session, id_ = self._workspace.session, self._draft.value.id
        self._workspace.tasks.run(self, lambda: sharing.before(session, id_), self._ask, self.notice.show_error)

    def _ask(self, known: "Before") -> None:
        self.asking = Asking(self._draft, known)
        self.asking.answered.connect(self._show)
        self.asking.given_up.connect(self.leave)
        self._pages.addWidget(self.asking)
        self._pages.setCurrentWidget(self.asking)
        next(iter(self.asking.present.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    # The copy

    def _show(self) -> None:
        from gcp2_app.services import withholding

        asking, draft = self.asking, self._draft
        if asking is None:
            return
        sitting = asking.sitting()
        self._alone = hears_all_carers(draft.value, sitting)
        self._before = draft.value
        self._sharing = Sharing(
            at=self._workspace.session.now(),
            by=draft.me,
            present=tuple(sorted(sitting.present)),
            others=asking.others.text().strip(),
            also_shown=asking.ticked,
            young_person=sitting.young_person,
        )
        self._keep()
        self.page = CopyPage(
            draft,
            asking.copy(),
            child=withholding.label_for(draft.child, sitting.withheld),
            young_person=sitting.young_person,
            given=self._known_answers(sitting.withheld) if self._alone else {},
            own_views="" if self._hides(sitting.withheld, draft.value.child_own_views) else draft.value.child_own_views,
        )
        self.page.said.connect(self._hear)
        self.page.seen_changed.connect(self._mark_seen)
        self.page.views_changed.connect(self._hear_young_person)
        self._pages.addWidget(self.page)
        large.enlarge(self)
        self._pages.setCurrentWidget(self.page)
        self.page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _known_answers(self, withheld: Withheld) -> dict[str, SaidOfUnit]:
        return {
            code: SaidOfUnit(
                unit=code,
                grade=answer.carer_grade,
                comment="" if self._hides(withheld, answer.carer_comment) else answer.carer_comment,
            )
            for code, answer in self._draft.value.units.items()
        }

    def _hides(self, withheld: Withheld, words: str) -> bool:
        """Whether words say what somebody present must not see: they are not shown, and never written over."""
        hides = bool(withheld.leave_out(words).taken)
        if hides:
            self._hidden.add(words)
        return hides

    def _hear(self, said: SaidOfUnit) -> None:
        """Keep what they say. What another carer said before, and is not shown here, is never written over."""
        self._said[said.unit] = said
        before = self._before.answer(said.unit)
        shown = self._alone and before.carer_comment not in self._hidden
        if shown or not before.carer_comment.strip():
            comment = said.comment
        else:
            comment = f"{before.carer_comment}\n{said.comment}" if said.comment else before.carer_comment
        grade = said.grade if self._alone or before.carer_grade is None else before.carer_grade
        draft = self._draft
        value = changes.changed_answer(draft.value, said.unit, carer_grade=grade, carer_comment=comment)
        draft.change(value, f"{said.unit} carer_comment")

    def _mark_seen(self, seen: bool) -> None:
        if self._sharing is not None:
            self._sharing = replace(self._sharing, seen=seen)
        value: Assessment = self._draft.value
        for code, answer in self._draft.seen.units.items():
            if effective_grade(answer).grade is not None:
                value = changes.changed_answer(value, code, carer_has_seen=seen or None)
        self._draft.change(value)

    def _hear_young_person(self, text: str) -> None:
        before = self._before.child_own_views
        if before in self._hidden:
            text = f"{before}\n{text}" if text else before
        self._draft.change(replace(self._draft.value, child_own_views=text), "child_own_views")

    # The record

    def _complete(self) -> None:
        if self._sharing is None:
            return
        if self.page is not None:
            commit_all(self.page)
        said = tuple(each for each in self._said.values() if each.grade is not None or each.comment)
        graded = {each.unit: effective_grade(self._draft.seen.answer(each.unit)).grade for each in said}
        self._sharing = replace(
            self._sharing,
            said=said,
            disagreed=tuple(each.unit for each in said if each.grade not in {None, graded[each.unit]}),
        )
        self._keep()
        self._sharing = None

    def _keep(self) -> None:
        from gcp2_app.services import sharing as service

        kept = self._sharing
        if kept is not None:
            self._draft.record(lambda session, working: service.record(session, working, kept), lambda: None)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Outside dialogs Qt's buttons take Space alone; people press Enter too.
        focused = QApplication.focusWidget()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and isinstance(focused, QPushButton):
            focused.click()
        else:
            super().keyPressEvent(event)
