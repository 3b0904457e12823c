"""A section of the pack that waits to be opened: what opens it, and opening it by judgement with the reason."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from gcp2_app.domain.assessment import OpenedBy
from gcp2_app.domain.gates import is_answered
from gcp2_app.domain.instrument import GateCondition
from gcp2_app.errors import AppError
from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.assess import sections
from gcp2_app.ui.assess.draft import Draft
from gcp2_app.ui.assess.step_page import StepPage
from gcp2_app.ui.assess.steps import Spot, Step
from gcp2_app.ui.assess.texts import KeptText
from gcp2_app.ui.field import Field
from gcp2_app.ui.notice import Notice


class SectionPage(StepPage):
    """Stands before the units of a section, whether it is open or not.

    Attributes:
        standing: says whether it is open, and why.
        reason: why it is opened by judgement.
        open: opens it by judgement.
        close_again: closes it again where judgement opened it.
        open_child: leads to the child's record, where the birth is recorded.
        notice: what went wrong.
    """

    def __init__(self, draft: Draft, step: Step, parent: QWidget | None = None) -> None:
        super().__init__(draft, step, parent=parent)
        self._gate = sections.gate_of(draft, step.code)
        area = next(each for each in draft.pack.areas if each.code == step.code)
        self.add_heading(sections.name_of(draft.pack, step.code), area.about)
        layout = self.add_card()
        self._state = style.heading("", 2)
        self.standing = style.label()
        self._not_asked = style.label(self.tr("As long as it is closed, nothing in it is asked or missing."), "quiet")
        self.notice = Notice()
        self.reason = KeptText(self.tr("Why do you open this section?"))
        self._field = Field(
            self.tr("Why do you open this section?"), self.reason, self.tr("The reason is kept with the assessment.")
        )
        self.open = style.button(self.tr("Open this section"))
        self.close_again = style.button(self.tr("Close it again"))
        self.open_child = style.button(self.tr("Open the child’s record"))
        for widget in (self._state, self.standing, self._not_asked, self.notice, self._field):
            layout.addWidget(widget)
        layout.addLayout(style.row(self.open, self.close_again, self.open_child))
        self.open.clicked.connect(self._open)
        self.close_again.clicked.connect(self._close)
        self.open_child.clicked.connect(draft.want_child)

    @override
    def refresh(self) -> None:
        draft, area = self._draft, self.step.code
        closed, opening = area in draft.closed, draft.value.opening(area)
        may = draft.may_write and draft.is_graded
        judged = opening is not None and opening.because is OpenedBy.JUDGEMENT
        self._state.setText(self.tr("Not open yet") if closed else self.tr("Open"))
        self.standing.setText(sections.condition(draft.pack, self._gate) if closed else sections.standing(draft, area))
        self._not_asked.setVisible(closed)
        for widget in (self._field, self.open):
            widget.setVisible(closed and may and self._gate.by_judgement)
        self.close_again.setVisible(may and judged and not is_answered(draft.pack, area, draft.value.units))
        self.open_child.setVisible(closed and self._gate.opens_by is GateCondition.BIRTH)

    @override
    def go_to(self, spot: Spot) -> None:
        asked: tuple[QWidget | None, ...] = (self.reason, self.open_child, self.next, self.back)
        shown = (widget for widget in asked if widget is not None and widget.isVisibleTo(self))
        target = next(shown, None)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)
        self.verticalScrollBar().setValue(0)

    def _open(self) -> None:
        self.notice.clear()
        if not self.reason.text:
            self._field.show_error(self.tr("Say what makes you open it."))
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._field.show_error("")
        self._draft.open_section(self.step.code, self.reason.text, self._failed)

    def _close(self) -> None:
        self.notice.clear()
        self._draft.close_section(self.step.code, self._failed)

    def _failed(self, error: AppError) -> None:
        self.notice.show_error(error)
