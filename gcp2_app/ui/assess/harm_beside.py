"""The twelve questions about harm that adds up, asked from an assessment with the history beside them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gcp2_app.domain.entry_fields import DATA
from gcp2_app.errors import AppError
from gcp2_app.ui import messages, style
from gcp2_app.ui.assess.draft import Draft
from gcp2_app.ui.assess.told_list import MOST, told_list, tr

if TYPE_CHECKING:
    from gcp2_app.domain.case_history import CaseHistory
    from gcp2_app.services.harm_reviews import Beginning
    from gcp2_app.ui.assess.history_page import HistoryPage
    from gcp2_app.ui.child.shown import Shown


class HarmBeside(QObject):
    """Asks the questions over a history page."""

    def __init__(self, draft: Draft, page: "HistoryPage") -> None:
        super().__init__(page)
        self._draft = draft
        self._page = page
        self._why = ""

    def begin(self, _checked: object = None) -> None:
        """Read what the questions begin with, and open their form."""
        from gcp2_app.services import harm_reviews
        from gcp2_app.ui.child.shown import load

        session, child, why = self._draft.workspace.session, self._draft.child.id, self._why
        self._draft.workspace.tasks.run(
            self,
            lambda: (load(session, child, why), harm_reviews.begin(session, child, why=why)),
            lambda found: self._ask(*found),
            self._fail,
        )

    def _ask(self, shown: "Shown", found: "Beginning") -> None:
        from gcp2_app.services import entries
        from gcp2_app.ui.entry.dialog import add_entry

        answers = {f"{DATA}{code}": text for code, text in found.answers.items()}
        about = {"children": list(found.children), "when": self._draft.today.isoformat()}
        dialog = add_entry(
            self._page,
            self._draft.workspace,
            shown,
            entries.kinds()["harm_review"],
            begin={**about, **answers, f"{DATA}edition": found.edition},
        )
        if self._page.file is not None:
            dialog.put_beside(self.tr("The history"), _in_short(self._page.file.history))

    def _fail(self, error: AppError) -> None:
        from gcp2_app.services.register import ReasonNeeded
        from gcp2_app.ui.forms.reason import ask_reason

        if not isinstance(error, ReasonNeeded) or self._why:
            messages.show_error(self._page, error)
            return
        ask_reason(
            self._page,
            self._draft.workspace,
            title=self.tr("This record is restricted"),
            about=self.tr("Say why you open it. Your name, the time and the reason are kept in the audit trail."),
            text=self.tr("Open the record"),
            then=self._with_reason,
        )

    def _with_reason(self, why: str) -> None:
        self._why = why
        self.begin()


def _in_short(history: "CaseHistory") -> QWidget:
    """Return the history to read beside the questions, without a way out of the form."""
    made = QWidget()
    layout = QVBoxLayout(made)
    margin = style.space(3)
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(style.space(2))
    for title, told in (
        (tr("What happened"), history.events),
        (tr("Begun again"), history.restarts),
        (tr("Requests for help"), history.requests),
        (tr("What was tried, and whether it lasted"), history.tried),
    ):
        if told:
            layout.addWidget(style.heading(title, 2))
            layout.addWidget(told_list(told[-MOST:], None))
    layout.addStretch(1)
    return made
