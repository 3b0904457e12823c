"""What the caseload says when there is no child to show, and what can be done about it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gcp2_app.domain.users import Duty
from gcp2_app.errors import AppError
from gcp2_app.ui import messages, style
from gcp2_app.ui.workspace import Workspace


class Nothing(QWidget):
    """An empty caseload, or a filter that found nobody.

    Attributes:
        new_child_wanted: emitted when a child is to be added.
        clear_wanted: emitted when the filter is to be cleared.
    """

    new_child_wanted = Signal()
    clear_wanted = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._title = style.heading("", 2)
        self._text = style.label()
        self._more = style.label("", "quiet")
        self._family = style.button(self.tr("Load the practice family"), "primary")
        self._family.clicked.connect(self._load_family)
        self._new = style.button(self.tr("Add a child"), "primary")
        self._new.clicked.connect(self.new_child_wanted)
        self._clear = style.button(self.tr("Clear the filter"))
        self._clear.clicked.connect(self.clear_wanted)
        frame, body = style.card()
        frame.setMaximumWidth(style.space(110))
        body.setSpacing(style.space(1.5))
        for widget in (self._title, self._text, self._more):
            body.addWidget(widget)
        body.addLayout(style.row(self._family, self._clear, self._new))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, style.space(2), 0, 0)
        across = QHBoxLayout()
        across.addStretch(1)
        # It takes all the room up to its greatest width before the stretches get any.
        across.addWidget(frame, 1000)
        across.addStretch(1)
        layout.addStretch(1)
        layout.addLayout(across)
        layout.addStretch(2)

    def say(self, text: str) -> None:
        """Say why the caseload is empty.

        Args:
            text: the filter, or empty.
        """
        session = self._workspace.session
        may_work = session.user.may(Duty.WORK_CASES)
        # Someone's own caseload may be empty in a practice store that has its family.
        practice = session.store.practice and session.reaches_through is None
        self._clear.setVisible(bool(text))
        self._new.setVisible(may_work and not text)
        self._make_primary(self._new, primary=not practice)
        self._family.setVisible(practice and may_work and not text)
        if text:
            self._title.setText(self.tr("No child found"))
            self._text.setText(self.tr("No child on this caseload matches “{text}”.").format(text=text))
            self._more.setText(
                self.tr(
                    "Try part of a name, another name, an NHS or case number, or a postcode. "
                    "Misspelt names are found too."
                )
            )
        elif practice:
            self._title.setText(self.tr("Try it with the practice family"))
            self._text.setText(
                self.tr("Four invented children with five years of assessments, for trying everything out.")
            )
            self._more.setText(self.tr("Nothing here is about a real family. Keep real children out of this store."))
        else:
            self._title.setText(self.tr("No children yet"))
            self._text.setText(
                self.tr("Add the first child you work with. A name and a date of birth are enough to begin.")
                if may_work
                else self.tr("Children appear here once a practitioner has added them.")
            )
            self._more.setText(
                self.tr("The child is put on your caseload, and you can start an assessment straight away.")
                if may_work
                else ""
            )
        self._more.setVisible(bool(self._more.text()))

    def say_not_allowed(self) -> None:
        """Say that this user's roles do not include reading cases."""
        self._title.setText(self.tr("Your sign-in does not show cases"))
        self._text.setText(self.tr("Your role looks after the store or its audit trail, not after families."))
        self._more.setText(self.tr("Ask an administrator if your role should change."))
        self._more.show()
        for button in (self._family, self._new, self._clear):
            button.hide()

    def _make_primary(self, button: QPushButton, *, primary: bool) -> None:
        button.setProperty("role", "primary" if primary else "")
        button.style().unpolish(button)
        button.style().polish(button)

    def _load_family(self) -> None:
        from gcp2_app.services import casefiles

        self._family.setEnabled(False)
        self._family.setText(self.tr("Loading the practice family…"))
        session = self._workspace.session
        self._workspace.tasks.run(
            self, lambda: casefiles.load_practice_family(session), lambda _: self._loaded(), self._failed
        )

    def _loaded(self) -> None:
        self._ready()
        self._workspace.changed.emit("child", "")

    def _failed(self, error: AppError) -> None:
        self._ready()
        messages.show_error(self, error)

    def _ready(self) -> None:
        self._family.setEnabled(True)
        self._family.setText(self.tr("Load the practice family"))
