"""Exchanging an assessment with a colleague who works on it on another computer: giving a copy, and taking one in."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QFrame, QLineEdit, QTabWidget, QVBoxLayout, QWidget

from gcp2_app.errors import AppError
from gcp2_app.ui import messages, style, words
from gcp2_app.ui.child.take_copy import TakeCopy, reveal
from gcp2_app.ui.column import Column
from gcp2_app.ui.field import Field
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.reports.writing import write_whole
from gcp2_app.ui.unlock.new_passphrase import NewPassphrase
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.domain.register import Child
    from gcp2_app.storage.results import AssessmentSummary


class ExchangeDialog(QDialog):
    """Gives a copy of one assessment, and takes in a colleague's.

    Attributes:
        give: the part that makes a copy, or None where no assessment is chosen.
        take: the part that takes one in.
        tabs: the two parts side by side, or None where there is only one.
    """

    def __init__(
        self, parent: QWidget, workspace: Workspace, chosen: "AssessmentSummary | None", child: "Child | None" = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        title = self.tr("Exchange with a colleague") if chosen else self.tr("Take in a colleague’s file")
        self.setWindowTitle(title)
        self.give = GiveCopy(workspace, chosen) if chosen is not None else None
        self.take = TakeCopy(workspace, child)
        self.take.gone_on.connect(self.accept)
        self.tabs: QTabWidget | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head(title))
        if self.give is None:
            layout.addWidget(_scrolling(self.take), 1)
        else:
            self.tabs = QTabWidget()
            self.tabs.setStyleSheet(f"QTabWidget::tab-bar {{ left: {style.space(2)}px; }}")
            self.tabs.addTab(_scrolling(self.give), self.tr("Give a copy"))
            self.tabs.addTab(_scrolling(self.take), self.tr("Take one in"))
            layout.addWidget(self.tabs, 1)
        layout.addWidget(self._bar())
        room = self.screen().availableSize()
        wide, high = (
            min(style.space(104), round(room.width() * 0.94)),
            min(style.space(130), round(room.height() * 0.9)),
        )
        self.resize(wide, high)
        (self.give.recipient if self.give is not None else self.take.choose_button).setFocus()
        workspace.locking.connect(self.reject)

    def _head(self, title: str) -> QWidget:
        head = QWidget()
        layout = QVBoxLayout(head)
        margin = style.space(3)
        layout.setContentsMargins(margin, style.space(2), margin, style.space(1))
        layout.setSpacing(style.space(1))
        layout.addWidget(style.heading(title))
        about = self.tr(
            "When two of you assess on two computers, each gives the other a copy. Taking one in adds what your "
            "colleague graded and wrote; nothing of yours is overwritten."
        )
        layout.addWidget(style.label(about, "quiet"))
        return head

    def _bar(self) -> QFrame:
        close = style.button(self.tr("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        bar = QFrame()
        bar.setProperty("role", "bar")
        buttons = style.row(close)
        buttons.setContentsMargins(style.space(3), style.space(1.5), style.space(3), style.space(1.5))
        bar.setLayout(buttons)
        return bar


def _scrolling(part: QWidget) -> Column:
    column = Column(104, centred=False)
    column.body.addWidget(part)
    column.body.addStretch(1)
    return column


class GiveCopy(QWidget):
    """Asks for whom and why, and saves the file under a passphrase.

    Attributes:
        saved: emitted with the file's name.
    """

    saved = Signal(str)

    def __init__(self, workspace: Workspace, chosen: "AssessmentSummary", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._id = chosen.id
        self.notice = Notice()
        self.recipient = QLineEdit()
        self.reason = QLineEdit()
        self.passphrase = NewPassphrase(workspace.tasks, what=self.tr("Passphrase for the file"))
        self.open_box = QCheckBox(self.tr("Without a passphrase"))
        self._warning = style.label(
            self.tr("Anyone who gets this file can read it. Use it only where the way it travels is protected."),
            "error",
        )
        self._warning.hide()
        self.save_button = style.button(self.tr("Save the copy…"), "primary")
        self.save_button.setAutoDefault(False)
        when = words.window(chosen.window) if chosen.window is not None else self.tr("no dates yet")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(2))
        layout.addWidget(style.label(self.tr("The assessment of {when}, with everything in it.").format(when=when)))
        self._recipient = Field(self.tr("Who is it for?"), self.recipient)
        self._reason = Field(self.tr("Why?"), self.reason, self.tr("Both are kept in the audit trail."))
        layout.addWidget(self._recipient)
        layout.addWidget(self._reason)
        layout.addWidget(
            style.label(self.tr("Tell your colleague the passphrase by another way than the file."), "quiet")
        )
        layout.addWidget(self.passphrase)
        layout.addWidget(self.open_box)
        layout.addWidget(self._warning)
        layout.addLayout(style.row(self.save_button))
        layout.addWidget(self.notice)
        self.open_box.toggled.connect(self._open_toggled)
        self.save_button.clicked.connect(self._ask)

    def save(self, path: Path) -> None:
        """Make the copy and write it."""
        session, id_ = self._workspace.session, self._id
        recipient, reason = self.recipient.text(), self.reason.text()
        passphrase = "" if self.open_box.isChecked() else self.passphrase.text
        self.save_button.setEnabled(False)

        def work() -> None:
            from gcp2_app.services import exchanges

            write_whole(path, exchanges.export(session, id_, recipient=recipient, reason=reason, passphrase=passphrase))

        self._workspace.tasks.run(self, work, lambda _: self._saved(path.name), self._failed)

    def _ask(self) -> None:
        self._recipient.show_error("" if self.recipient.text().strip() else self.tr("Say who it is for."))
        self._reason.show_error("" if self.reason.text().strip() else self.tr("Say why."))
        if self._recipient.error or self._reason.error:
            (self.recipient if self._recipient.error else self.reason).setFocus()
            return
        if not self.open_box.isChecked():
            self.passphrase.settle()
            if not self.passphrase.is_valid:
                self.passphrase.complain()
                self.passphrase.setFocus()
                return
        day = self._workspace.session.today().isoformat()
        suffix = "json" if self.open_box.isChecked() else "gcp2x"
        kinds = self.tr("Case file (*.json)") if self.open_box.isChecked() else self.tr("Protected copy (*.gcp2x)")
        messages.choose_new_file(self, self.tr("Save the copy"), f"assessment-copy-{day}.{suffix}", kinds, self.save)

    def _open_toggled(self, ticked: bool) -> None:
        self.passphrase.setVisible(not ticked)
        self._warning.setVisible(ticked)

    def _saved(self, name: str) -> None:
        self.save_button.setEnabled(True)
        self.passphrase.clear()
        text = self.tr(
            "{name} is saved. Bring it to your colleague, who takes it in on the caseload or on the child’s page."
        )
        self._say(lambda: self.notice.show_note(text.format(name=name)))
        self.saved.emit(name)

    def _failed(self, error: AppError) -> None:
        self.save_button.setEnabled(True)
        self._say(lambda: self.notice.show_error(error))

    def _say(self, say: Callable[[], None]) -> None:
        say()
        reveal(self.notice)
