"""The switch of the medicine card and teach-back: off until a clinical-safety approval is recorded."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from gcp2_app.domain.kinds import Item, ItemType
from gcp2_app.domain.users import Duty
from gcp2_app.domain.when import parse_date
from gcp2_app.ui import style, words
from gcp2_app.ui.column import Column
from gcp2_app.ui.forms.asking import ask
from gcp2_app.ui.forms.reason import ask_reason
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.errors import AppError
    from gcp2_app.services.clinical_safety import Switch


class MedicinesSection(Column):
    """How the switch stands; an administrator records or withdraws the approval.

    Attributes:
        approve_button, withdraw_button: shown to an administrator of a real store.
    """

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(104, parent, centred=False)
        self._workspace = workspace
        self.body.addWidget(style.heading(self.tr("Medicines")))
        frame, layout = style.card()
        layout.setSpacing(style.space(2))
        layout.addWidget(
            style.label(
                self.tr(
                    "The medicine card is a copy, word for word, of what was prescribed, checked by a pharmacist, the "
                    "prescriber or a registered nurse. In teach-back the parent shows how they give it. Both stay off "
                    "until the health organisation has given its own clinical-safety approval."
                )
            )
        )
        self.state = style.label("", "")
        layout.addWidget(self.state)
        self.more = style.label("", "quiet")
        layout.addWidget(self.more)
        self.approve_button = style.button(self.tr("Record the approval…"), "primary")
        self.withdraw_button = style.button(self.tr("Withdraw the approval…"))
        self._who = style.label(self.tr("An administrator records the approval."), "quiet")
        layout.addLayout(style.row(self.approve_button, self.withdraw_button))
        layout.addWidget(self._who)
        self.notice = Notice()
        layout.addWidget(self.notice)
        self.body.addWidget(frame)
        self.body.addStretch(1)
        for part in (self.approve_button, self.withdraw_button, self._who):
            part.hide()
        self.approve_button.clicked.connect(lambda _=False: self._approve())
        self.withdraw_button.clicked.connect(lambda _=False: self._withdraw())
        self._read()

    def _read(self) -> None:
        from gcp2_app.services import clinical_safety

        session = self._workspace.session
        self._workspace.tasks.run(self, lambda: clinical_safety.of(session), self._show, self._fail)

    def _show(self, switch: "Switch") -> None:
        from gcp2_app.services import clinical_safety

        self.notice.clear()
        approval = switch.approval
        if switch.practice:
            text, more = self.tr("On: every child in a practice store is invented."), ""
        elif approval is not None:
            text = self.tr("On")
            more = self.tr("Approved by {organisation} on {day}, reference {reference}. Recorded by {name}.").format(
                organisation=approval.organisation,
                day=words.day(clinical_safety.given_on(approval)),
                reference=approval.reference,
                name=approval.recorded_by,
            )
        else:
            text, more = self.tr("Off: no approval is recorded."), ""
        self.state.setText(text)
        self.state.setProperty("role", "good" if switch.on else "error")
        self.state.style().unpolish(self.state)
        self.state.style().polish(self.state)
        self.more.setText(more)
        self.more.setVisible(bool(more))
        may = self._workspace.session.user.may(Duty.MANAGE_STORE) and not switch.practice
        self.approve_button.setVisible(may and approval is None)
        self.withdraw_button.setVisible(may and approval is not None)
        self._who.setVisible(not may and not switch.practice)

    def _approve(self) -> None:
        from gcp2_app.services import clinical_safety

        session = self._workspace.session
        items = (
            Item(
                name="organisation",
                type=ItemType.STRING,
                label=self.tr("Health organisation that approved it"),
                required=True,
            ),
            Item(name="reference", type=ItemType.STRING, label=self.tr("Reference of the approval"), required=True),
            Item(name="on", type=ItemType.DATE, label=self.tr("Approved on"), required=True),
        )
        ask(
            self,
            self._workspace,
            title=self.tr("Record the clinical-safety approval"),
            items=items,
            save=lambda values: clinical_safety.approve(
                session,
                organisation=values["organisation"],
                reference=values["reference"],
                on=parse_date(values["on"]),
            ),
            saved=self._changed,
            about=self.tr("Your name and the time are kept in the audit trail."),
        )

    def _withdraw(self) -> None:
        ask_reason(
            self,
            self._workspace,
            title=self.tr("Withdraw the approval"),
            about=self.tr("The medicine card and teach-back are off from then on. What was recorded stays."),
            text=self.tr("Withdraw it"),
            then=self._take_back,
        )

    def _take_back(self, reason: str) -> None:
        from gcp2_app.services import clinical_safety

        session = self._workspace.session
        self._workspace.tasks.run(
            self, lambda: clinical_safety.withdraw(session, reason=reason), self._changed, self._fail
        )

    def _changed(self, switch: "Switch") -> None:
        self._show(switch)
        # A child's page that is open shows the card, or shows it no more.
        self._workspace.changed.emit("store", "clinical_safety")

    def _fail(self, error: "AppError") -> None:
        self.notice.show_error(error)
