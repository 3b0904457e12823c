"""Taking in a colleague's copy of an assessment: what it would do is shown before it is done."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from gcp2_app.errors import AppError, WrongPassphrase
from gcp2_app.ui import messages, style
from gcp2_app.ui.child import exchange_words, names
from gcp2_app.ui.field import Field
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.unlock.passphrase import PassphraseEdit
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.domain.register import Child
    from gcp2_app.services.exchanges import Preview


class TakeCopy(QWidget):
    """Chooses a file, opens it with its passphrase, shows what it would do, and takes it in.

    Attributes:
        previewed: emitted after what a file would do is shown.
        taken: emitted with the child's id.
        gone_on: emitted when the person goes to what was taken in.
    """

    previewed = Signal()
    taken = Signal(str)
    gone_on = Signal()

    def __init__(self, workspace: Workspace, child: "Child | None" = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._child = child
        self._path = Path()
        self._digest = ""
        self._open_next = workspace.child_wanted
        self._next_id = ""
        self.notice = Notice()
        self.choose_button = style.button(self.tr("Choose the file…"), "primary")
        self._chosen_name = style.label("", "quiet")
        self.passphrase = PassphraseEdit()
        self.open_button = style.button(self.tr("Look at it"), "primary")
        self.take_button = style.button(self.tr("Take it in"), "primary")
        self.next_button = style.button("", "primary")
        for button in (self.choose_button, self.open_button, self.take_button, self.next_button):
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
        layout.addLayout(style.row(self.choose_button))
        layout.addWidget(self._chosen_name)
        layout.addWidget(self._lock)
        layout.addWidget(self._card)
        layout.addLayout(style.row(self.take_button))
        layout.addWidget(self.notice)
        layout.addLayout(style.row(self.next_button))
        self._wait_for_file()
        self.choose_button.clicked.connect(self._choose)
        self.open_button.clicked.connect(self.look)
        self.passphrase.line.returnPressed.connect(self.look)
        self.take_button.clicked.connect(self._take)
        self.next_button.clicked.connect(self._go_on)

    def use(self, path: Path) -> None:
        """Look at a file, or ask for its passphrase first."""
        from gcp2_app.services import exchanges

        self._wait_for_file()
        self.passphrase.clear()
        self._path = path
        self._chosen_name.setText(self.tr("From {name}").format(name=path.name))
        self._chosen_name.show()
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
            self._choose_is_first(first=False)
            self.passphrase.line.setFocus()
        else:
            self.look()

    def _wait_for_file(self) -> None:
        for part in (self._chosen_name, self._lock, self._card, self.take_button, self.next_button):
            part.hide()
        self.notice.clear()
        self._choose_is_first(first=True)

    def _choose_is_first(self, *, first: bool) -> None:
        """One button at a time is the one to press."""
        self.choose_button.setProperty("role", "primary" if first else "")
        self.choose_button.style().unpolish(self.choose_button)
        self.choose_button.style().polish(self.choose_button)

    def _show(self, found: "Preview") -> None:
        self.open_button.setEnabled(True)
        self._lock.hide()
        self._digest = found.digest
        while (item := self._said.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._said.addWidget(style.heading(names.child_name(found.child), 3))
        if self._child is not None and found.child.id != self._child.id:
            text = self.tr("This file is about another child than {name}, whose page is open.")
            self._said.addWidget(style.label(text.format(name=names.child_name(self._child)), "error"))
        for line in exchange_words.lines(found):
            self._said.addWidget(style.label(line))
        for coming in found.coming:
            if coming.met.refused:
                self._said.addWidget(style.label(coming.met.refused, "error"))
        self._card.show()
        self.take_button.setVisible(found.changes)
        self.take_button.setEnabled(True)
        self._choose_is_first(first=not found.changes)
        (self.take_button if found.changes else self.choose_button).setFocus()
        reveal(self.take_button if found.changes else self._card)
        self.previewed.emit()

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
        self.notice.show_note(exchange_words.what_next(done))
        self._offer_next(done)
        self._workspace.changed.emit("child", done.child.id)
        for coming in done.coming:
            self._workspace.changed.emit("assessment", coming.met.value.id)
        self.taken.emit(done.child.id)

    def _offer_next(self, done: "Preview") -> None:
        """Offer to go where it can be seen: to the assessment, or to a child whose page is not open."""
        here = self._child is not None and self._child.id == done.child.id
        if here and not done.coming:
            return
        if here:
            self._open_next, self._next_id = self._workspace.assessment_wanted, done.coming[0].met.value.id
            self.next_button.setText(self.tr("Open the assessment"))
        else:
            self._open_next, self._next_id = self._workspace.child_wanted, done.child.id
            self.next_button.setText(self.tr("Open {name}").format(name=names.child_name(done.child)))
        self._choose_is_first(first=False)
        self.next_button.show()
        self.next_button.setFocus()

    def _go_on(self) -> None:
        self._open_next.emit(self._next_id)
        self.gone_on.emit()

    def _failed(self, error: AppError) -> None:
        self.open_button.setEnabled(True)
        self.take_button.setEnabled(True)
        self.notice.show_error(error)
        if isinstance(error, WrongPassphrase):
            self.passphrase.line.selectAll()
            self.passphrase.line.setFocus()
        else:
            # Another file is what mends it.
            self._lock.hide()
            self._choose_is_first(first=True)
            self.choose_button.setFocus()
        reveal(self.notice)


def reveal(widget: QWidget) -> None:
    """Scroll to a part that has just been shown, once it has its place."""

    def scroll() -> None:
        parent = widget.parentWidget()
        while parent is not None and not isinstance(parent, QScrollArea):
            parent = parent.parentWidget()
        if parent is not None:
            parent.ensureWidgetVisible(widget)

    QTimer.singleShot(0, widget, scroll)
