"""Exchanging an assessment with a colleague who works on it on another computer: giving a copy, and taking one in."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QFrame, QLineEdit, QVBoxLayout, QWidget

from gcp2_app.errors import AppError
from gcp2_app.ui import messages, style, words
from gcp2_app.ui.child import names
from gcp2_app.ui.column import Column
from gcp2_app.ui.field import Field
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.reports.writing import write_whole
from gcp2_app.ui.unlock.new_passphrase import NewPassphrase
from gcp2_app.ui.unlock.passphrase import PassphraseEdit
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.exchanges import Coming, Preview
    from gcp2_app.storage.results import AssessmentSummary


class ExchangeDialog(QDialog):
    """Gives a copy of one assessment, and takes in a colleague's.

    Attributes:
        give: the part that makes a copy, or None where no assessment is chosen.
        take: the part that takes one in.
    """

    def __init__(self, parent: QWidget, workspace: Workspace, chosen: "AssessmentSummary | None") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        title = self.tr("Exchange with a colleague") if chosen else self.tr("Take in a colleague’s file")
        self.setWindowTitle(title)
        column = Column(90)
        column.body.addWidget(style.heading(title))
        about = self.tr(
            "When two of you assess on two computers, each gives the other a copy. Taking one in adds what your "
            "colleague graded and wrote; nothing of yours is overwritten."
        )
        column.body.addWidget(style.label(about, "quiet"))
        self.give = GiveCopy(workspace, chosen) if chosen is not None else None
        if self.give is not None:
            column.body.addWidget(self.give)
        self.take = TakeCopy(workspace, titled=chosen is not None)
        column.body.addWidget(self.take)
        column.body.addStretch(1)
        close = style.button(self.tr("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        bar = QFrame()
        bar.setProperty("role", "bar")
        buttons = style.row(close)
        buttons.setContentsMargins(style.space(3), style.space(1.5), style.space(3), style.space(1.5))
        bar.setLayout(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(column, 1)
        layout.addWidget(bar)
        room = self.screen().availableSize()
        wanted = style.space(130) if chosen is not None else style.space(70)
        self.resize(min(style.space(104), round(room.width() * 0.94)), min(wanted, round(room.height() * 0.9)))
        workspace.locking.connect(self.reject)


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
        layout.addWidget(style.heading(self.tr("Give a copy"), 2))
        layout.addWidget(style.label(self.tr("The assessment of {when}, with everything in it.").format(when=when)))
        layout.addWidget(self.notice)
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
        self.notice.show_note(self.tr("{name} is saved.").format(name=name))
        self.saved.emit(name)

    def _failed(self, error: AppError) -> None:
        self.save_button.setEnabled(True)
        self.notice.show_error(error)


class TakeCopy(QWidget):
    """Chooses a file, opens it with its passphrase, shows what it would do, and takes it in.

    Attributes:
        previewed: emitted after what a file would do is shown.
        taken: emitted with the child's id.
    """

    previewed = Signal()
    taken = Signal(str)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None, *, titled: bool = True) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._path = Path()
        self._digest = ""
        self.notice = Notice()
        self.choose_button = style.button(self.tr("Choose the file…"), "" if titled else "primary")
        self.passphrase = PassphraseEdit()
        self.open_button = style.button(self.tr("Look at it"))
        self.take_button = style.button(self.tr("Take it in"), "primary")
        for button in (self.choose_button, self.open_button, self.take_button):
            button.setAutoDefault(False)
        self._lock = QWidget()
        lock = QVBoxLayout(self._lock)
        lock.setContentsMargins(0, 0, 0, 0)
        lock.setSpacing(style.space(1))
        lock.addWidget(Field(self.tr("Passphrase of the file"), self.passphrase))
        lock.addLayout(style.row(self.open_button))
        self._card, self._said = style.card()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(2))
        if titled:
            layout.addWidget(style.heading(self.tr("Take in a copy"), 2))
        layout.addLayout(style.row(self.choose_button))
        layout.addWidget(self._lock)
        layout.addWidget(self.notice)
        layout.addWidget(self._card)
        layout.addLayout(style.row(self.take_button))
        self._wait_for_file()
        self.choose_button.clicked.connect(self._choose)
        self.open_button.clicked.connect(self.look)
        self.passphrase.line.returnPressed.connect(self.look)
        self.take_button.clicked.connect(self._take)

    def use(self, path: Path) -> None:
        """Look at a file, or ask for its passphrase first."""
        from gcp2_app.services import exchanges

        self._wait_for_file()
        self.passphrase.clear()
        self._path = path
        self._workspace.tasks.run(self, lambda: exchanges.is_protected(path), self._chosen, self._failed)

    def look(self) -> None:
        """Show what the file would do here."""
        from gcp2_app.services import exchanges

        session, path, passphrase = self._workspace.session, self._path, self.passphrase.text
        self.notice.clear()
        self.open_button.setEnabled(False)
        self._workspace.tasks.run(
            self, lambda: exchanges.preview(session, path, passphrase=passphrase), self._show, self._failed
        )

    def _choose(self) -> None:
        kinds = self.tr("Copies and case files (*.gcp2x *.json)")
        messages.choose_file(self, self.tr("Take in a colleague’s file"), kinds, self.use)

    def _chosen(self, protected: bool) -> None:
        if protected:
            self._lock.show()
            self.passphrase.line.setFocus()
        else:
            self.look()

    def _wait_for_file(self) -> None:
        self._lock.hide()
        self._card.hide()
        self.take_button.hide()
        self.notice.clear()

    def _show(self, found: "Preview") -> None:
        self.open_button.setEnabled(True)
        self._digest = found.digest
        while (item := self._said.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._said.addWidget(style.heading(names.child_name(found.child), 3))
        for line in self._lines(found):
            self._said.addWidget(style.label(line))
        for coming in found.coming:
            if coming.met.refused:
                self._said.addWidget(style.label(coming.met.refused, "error"))
        self._card.show()
        self.take_button.setVisible(found.changes)
        self.take_button.setEnabled(True)
        if found.changes:
            self.take_button.setFocus()
        self.previewed.emit()

    def _lines(self, found: "Preview") -> list[str]:
        lines = []
        if found.child_new:
            lines.append(self.tr("This child is new here and comes onto your caseload."))
        for coming in found.coming:
            lines += self._assessment_lines(coming)
        if found.kept:
            text = self.tr("Other records that differ from yours, which stay as they are: {count}.")
            lines.append(text.format(count=found.kept))
        if found.quarantined:
            text = self.tr("Records that cannot be read and stay out: {count}.")
            lines.append(text.format(count=len(found.quarantined)))
        if not found.changes:
            lines.append(self.tr("There is nothing in it that is not here already."))
        return lines

    def _assessment_lines(self, coming: "Coming") -> list[str]:
        window, merged = coming.met.value.window, coming.met.merged
        when = words.window(window) if window is not None else self.tr("no dates yet")
        if coming.new:
            return [self.tr("The assessment of {when} is new here.").format(when=when)]
        if merged is None:
            return []
        lines = [self.tr("The assessment of {when} gains:").format(when=when)]
        for text, codes in (
            (self.tr("•  your colleague’s grade of {units}"), merged.graded),
            (self.tr("•  words in: {units}; yours stay above them"), merged.added),
            (self.tr("•  different in the copy, yours stays: {units}"), merged.kept),
            (self.tr("You will differ on {units}, until you agree a grade."), merged.differ),
        ):
            if codes:
                lines.append(text.format(units=", ".join(_named(code) for code in codes)))
        if merged.evidence:
            lines.insert(2, self.tr("•  pieces of evidence: {count}").format(count=merged.evidence))
        return lines

    def _take(self) -> None:
        from gcp2_app.services import exchanges

        session, path, digest, passphrase = self._workspace.session, self._path, self._digest, self.passphrase.text
        self.take_button.setEnabled(False)
        self._workspace.tasks.run(
            self,
            lambda: exchanges.take_in(session, path, passphrase=passphrase, digest=digest),
            self._taken,
            self._failed,
        )

    def _taken(self, done: "Preview") -> None:
        self._wait_for_file()
        self.passphrase.clear()
        self.notice.show_note(self.tr("It is taken in. What was there before is kept in the history."))
        for coming in done.coming:
            self._workspace.changed.emit("assessment", coming.met.value.id)
        self.taken.emit(done.child.id)

    def _failed(self, error: AppError) -> None:
        self.open_button.setEnabled(True)
        self.take_button.setEnabled(True)
        self.notice.show_error(error)


def _named(code: str) -> str:
    """Return a field as people read it: "A1.a", "A1.a carer grade", "child voice"."""
    whole = code.removeprefix("units.")
    unit, dot, field = whole.rpartition(".")
    # The letter of a unit is no field.
    return f"{unit} {field.replace('_', ' ')}" if dot and whole != code else whole.replace("_", " ")
