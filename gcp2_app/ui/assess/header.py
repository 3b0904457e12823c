"""The head of the assessment: whom and which days it is about, undo and redo, and whether everything is kept."""

from PySide6.QtCore import Qt, QTime, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gcp2_app.domain.assessment import AssessmentState
from gcp2_app.domain.instrument import Subject
from gcp2_app.errors import AppError
from gcp2_app.ui import style, words
from gcp2_app.ui.assess import marks, sections, wording
from gcp2_app.ui.assess.draft import Draft, Keeping
from gcp2_app.ui.child import names
from gcp2_app.ui.elided import Elided
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.notice import Notice

#: A save that takes longer than this is spoken of, in milliseconds.
_LONG_MS = 400


class Header(QFrame):
    """Stands above every step.

    Attributes:
        undo, redo: buttons.
        share: opens the family's own copy.
        steps: opens the tree where there is no room for it beside the page.
        so_far: opens what is missing where there is no room for it beside the page.
        again_wanted: emitted when the person tries once more to save.
    """

    again_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self._draft: Draft | None = None
        self._roomy = True
        self._name = Elided(style.heading("", 2))
        self._facts = style.label("", "quiet")
        self._caution = style.label("", "quiet")
        self._crossing = style.label("")
        self.undo = self._button(self.tr("Undo"), self.tr("Take the last change back (Ctrl+Z)"))
        self.redo = self._button(self.tr("Redo"), self.tr("Make it again (Ctrl+Shift+Z)"))
        self.steps = self._button(self.tr("Steps"), self.tr("Show all steps and units (Ctrl+G)"))
        self.so_far = self._button("", self.tr("Show what is still missing (Ctrl+M)"))
        self.share = self._button(self.tr("Family  F6"), self.tr("Show the family their own copy (F6)"))
        self.share.setAccessibleName(self.tr("Show the family their own copy"))
        self.kept = style.label("", "quiet", wrap=False)
        # Room for what it says at most times: nothing moves when it is said.
        self.kept.setMinimumWidth(self.kept.fontMetrics().horizontalAdvance(self._saved_text("00:00:00")))
        self.kept.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_LONG_MS)
        self._slow.timeout.connect(lambda: self._say_kept(self.tr("Saving…"), "quiet"))
        self.notice = Notice()
        self.again = style.button(self.tr("Try again"))
        self.again.clicked.connect(self.again_wanted)
        self.again.hide()
        self._lay_out()

    def _lay_out(self) -> None:
        tools = Flow()
        tools.setSpacing(style.space(1))
        tools.addWidget(self._name)
        tools.push()
        for tool in (self.steps, self.so_far, self.share, self.undo):
            tools.addWidget(tool)
        tools.keep_together()
        tools.addWidget(self.redo)
        about = QHBoxLayout()
        about.setSpacing(style.space(2))
        about.addWidget(self._facts, 1)
        about.addWidget(self.kept)
        wrong = QHBoxLayout()
        wrong.addWidget(self.notice, 1)
        wrong.addWidget(self.again)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.space(3), style.space(1), style.space(2), style.space(1))
        layout.setSpacing(max(2, style.space(0.4)))
        layout.addLayout(tools)
        layout.addLayout(about)
        for widget in (self._crossing, self._caution):
            layout.addWidget(widget)
        layout.addLayout(wrong)

    def show_draft(self, draft: Draft) -> None:
        """Show whom and what it is about."""
        child, pack, value = draft.child, draft.pack, draft.value
        self._draft = draft
        self._name.setText(names.child_name(child))
        facts = [words.say(value.state)]
        if value.incomplete_reason and value.state is not AssessmentState.INCOMPLETE:
            facts.append(self.tr("finished with units missing"))
        if value.recorded_elsewhere:
            facts.insert(0, wording.recorded_elsewhere(value))
        if value.window is not None:
            expected = child.date_of_birth is None
            facts.append(words.window(value.window))
            facts.append(
                self.tr("not born yet on the first day")
                if child.date_of_birth is not None and child.date_of_birth > value.window.from_
                else words.age(child.born, value.window.from_, expected=expected)
            )
        if draft.band and not value.recorded_elsewhere:
            facts.append(self.tr("graded in the band {band}").format(band=pack.band(draft.band).label))
        if value.carers:
            facts.append(self.tr("care by {names}").format(names=", ".join(map(draft.name, value.carers))))
        whole, caution = "  ·  ".join(facts), f"{pack.title}.  {pack.caution}"
        # Days, age, band and carers are needed on every page, whatever the text size; with large text they wrap.
        self._facts.setText(whole)
        self._caution.setText(caution if self._roomy else pack.caution)
        self._caution.setToolTip(caution)
        if pack.subject is Subject.UNBORN:
            self._crossing.setText(sections.about_birth(draft))
            self._crossing.setVisible(bool(self._crossing.text()))
        elif value.recorded_elsewhere or (grown := marks.crossed_band(pack, child.born, value.window)) is None:
            self._crossing.hide()
        else:
            self._crossing.show()
            text = self.tr("The child grows into the band “{next}” inside the window. The assessment keeps its band.")
            self._crossing.setText(text.format(next=grown.label))
        self.share.setVisible(draft.may_show_family)
        self.undo.setEnabled(draft.can_undo)
        self.redo.setEnabled(draft.can_redo)
        for button in (self.undo, self.redo):
            button.setVisible(draft.may_write)

    def show_room(self, left: bool, right: bool) -> None:
        """Offer what does not stand beside the page."""
        self.steps.setVisible(not left)
        self.so_far.setVisible(not right)
        if left != self._roomy:
            self._roomy = left
            if self._draft is not None:
                self.show_draft(self._draft)

    def show_keeping(self, keeping: Keeping, error: AppError | None) -> None:
        """Show whether what is on screen is on the disk."""
        if keeping is Keeping.KEEPING:
            if not self._slow.isActive():
                self._slow.start()
            return
        self._slow.stop()
        if keeping is Keeping.KEPT:
            self.notice.clear()
            self.again.hide()
            now = QTime.currentTime().toString("HH:mm:ss")
            self._say_kept(self._saved_text(now), "quiet")
        else:
            self._say_kept(self.tr("Not saved"), "error")
            if error is not None:
                stays = self.tr("What you wrote stays on screen and is saved with the next change.")
                self.notice.show_error(AppError(error.message, f"{error.mend} {stays}".strip()))
            self.again.show()

    def say_brought_back(self) -> None:
        """Say that what could not be saved before a lock is saved now."""
        self.notice.show_note(self.tr("What could not be saved before the store was locked is saved now."))

    def forget(self) -> None:
        """Say nothing of saving."""
        self._draft = None
        self._slow.stop()
        self.notice.clear()
        self.again.hide()
        self.kept.clear()

    def _saved_text(self, time: str) -> str:
        return self.tr("Saved {time}").format(time=time)

    def _say_kept(self, text: str, role: str) -> None:
        if self.kept.property("role") != role:
            self.kept.setProperty("role", role)
            self.kept.style().unpolish(self.kept)
            self.kept.style().polish(self.kept)
        self.kept.setText(text)

    def _button(self, text: str, tip: str) -> QPushButton:
        made = style.button(text)
        made.setToolTip(tip)
        return made
