"""The panels of the last page: each asks what one step to another state needs, and takes the step."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from gcp2_app.domain.assessment import AssessmentState, SharingHeldBack
from gcp2_app.errors import AppError, InvalidValue
from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.assess.draft import Draft
from gcp2_app.ui.assess.texts import KeptDay, KeptLine, KeptText
from gcp2_app.ui.field import Field
from gcp2_app.ui.forms.choice import QuietComboBox
from gcp2_app.ui.forms.days import read_day

if TYPE_CHECKING:
    from gcp2_app.services.assessments import Working
    from gcp2_app.services.session import Session


class StepPanel(QFrame):
    """One step the assessment can take: what it means, what it asks, one button.

    Attributes:
        taken: emitted with what is open after the step.
        refused: emitted with the error.
    """

    taken = Signal(object)
    refused = Signal(object)

    def __init__(
        self, draft: Draft, heading: str, about: str, button: str, *, primary: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._draft = draft
        self.setProperty("role", "card")
        self.body = QVBoxLayout(self)
        margin = style.space(2.5)
        self.body.setContentsMargins(margin, style.space(2), margin, style.space(2))
        self.body.setSpacing(style.space(1.5))
        self.body.addWidget(style.heading(heading, 2))
        if about:
            self.body.addWidget(style.label(about))
        self.button: QPushButton = style.button(button, "primary" if primary else "")
        self.button.clicked.connect(self._press)

    def close_panel(self) -> None:
        """End the panel with its button."""
        self.body.addLayout(style.row(self.button))

    def act(self) -> "Callable[[Session], Working] | None":
        """Return the step, or None where something asked for is not given; that is shown beside it."""
        raise NotImplementedError

    def _press(self) -> None:
        step = self.act()
        if step is not None:
            self.button.setEnabled(False)
            self._draft.act(step, self.taken.emit, self._refuse)

    def _refuse(self, error: AppError) -> None:
        self.button.setEnabled(True)
        self.refused.emit(error)


class PlainPanel(StepPanel):
    """A step that asks nothing."""

    def __init__(
        self,
        draft: Draft,
        heading: str,
        about: str,
        button: str,
        step: "Callable[[Session], Working]",
        *,
        primary: bool,
    ) -> None:
        super().__init__(draft, heading, about, button, primary=primary)
        self._step = step
        self.close_panel()

    @override
    def act(self) -> "Callable[[Session], Working] | None":
        return self._step


class ReasonPanel(StepPanel):
    """A step that asks why.

    Attributes:
        reason: the text.
    """

    def __init__(
        self,
        draft: Draft,
        heading: str,
        about: str,
        button: str,
        step: "Callable[[Session, str], Working]",
        *,
        question: str,
        primary: bool,
    ) -> None:
        super().__init__(draft, heading, about, button, primary=primary)
        self._step = step
        self.reason = KeptText(question, lines=2)
        self._field = Field(question, self.reason)
        self.body.addWidget(self._field)
        self.close_panel()

    @override
    def act(self) -> "Callable[[Session], Working] | None":
        reason, step = self.reason.text, self._step
        self._field.show_error("" if reason else self.tr("Say why."))
        if not reason:
            self.reason.setFocus()
            return None
        return lambda session: step(session, reason)


class HoldBackPanel(StepPanel):
    """Why the grades are not shown to a carer yet, who agreed, and when it is looked at again."""

    def __init__(self, draft: Draft, *, primary: bool) -> None:
        super().__init__(
            draft,
            self.tr("Hold sharing back"),
            self.tr("Where showing the grades would put the child or someone else at risk, or a carer is not reached."),
            self.tr("Hold sharing back"),
            primary=primary,
        )
        self.person = QuietComboBox()
        if draft.value.state is not AssessmentState.SHARED:
            self.person.addItem(self.tr("All carers"), None)
        for carer in draft.value.carers:
            self.person.addItem(draft.name(carer), carer)
        self.why = QuietComboBox()
        for text in (
            # Never chosen beforehand: a reason this grave is somebody's own.
            self.tr("Choose…"),
            self.tr("Risk to the child"),
            self.tr("Risk to someone else"),
            self.tr("Police enquiry"),
            self.tr("Carer not reached"),
        ):
            self.why.addItem(text)
        self.more = KeptLine(self.tr("More about it"))
        self.agreed_by = KeptLine(self.tr("Who agreed to it"))
        self.look_again = KeptDay(self.tr("Looked at again on"), draft.today)
        self._agreed = Field(self.tr("Who agreed to it"), self.agreed_by)
        self._again = Field(self.tr("Looked at again on"), self.look_again)
        self.look_again.problem.connect(self._again.show_error)
        self._reason = Field(self.tr("Why"), self.why)
        # What was refused is mended: it is looked at again with the button.
        self.why.activated.connect(lambda _: self._reason.show_error(""))
        self.agreed_by.textEdited.connect(lambda _: self._agreed.show_error(""))
        self.look_again.textEdited.connect(lambda _: self._again.show_error(""))
        for field in (
            Field(self.tr("Held back from"), self.person),
            self._reason,
            Field(self.tr("More about it"), self.more),
            self._agreed,
            self._again,
        ):
            self.body.addWidget(field)
        self.close_panel()

    @override
    def act(self) -> "Callable[[Session], Working] | None":
        from gcp2_app.services import assessments

        agreed_by, again = self.agreed_by.text().strip(), self.look_again
        day: date | None = None
        wrong = ""
        try:
            day = read_day(again.text(), self._draft.today)
        except InvalidValue as error:
            wrong = str(error)
        if not wrong and (day is None or day < self._draft.today):
            wrong = self.tr("Give a day from today on.")
        errors = (
            (self._reason, self.why, "" if self.why.currentIndex() else self.tr("Say why.")),
            (self._agreed, self.agreed_by, "" if agreed_by else self.tr("Say who agreed to it.")),
            (self._again, again, wrong),
        )
        for field, _, error_text in errors:
            field.show_error(error_text)
        first = next((editor for _, editor, error_text in errors if error_text), None)
        if first is not None or day is None:
            if first is not None:
                first.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        more = self.more.text().strip()
        reason = f"{self.why.currentText()}: {more}" if more else self.why.currentText()
        held = SharingHeldBack(reason=reason, agreed_by=agreed_by, look_again_on=day, person=self.person.currentData())
        id_ = self._draft.value.id
        return lambda session: assessments.hold_back(session, id_, held)
