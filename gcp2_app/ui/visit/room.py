"""What stands in the window while a visit runs, and nothing else: its sheet, the cover, urgent numbers, the end.

It takes the place of the shell. There is no caseload, search, settings or way back in it, and it connects to none of
the signals by which screens ask for one another.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from gcp2_app.errors import AppError
from gcp2_app.ui import style
from gcp2_app.ui.column import Column
from gcp2_app.ui.field import Field
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.unlock.passphrase import PassphraseEdit
from gcp2_app.ui.visit.keeper import Keeper
from gcp2_app.ui.visit.pin import Pin, PinField
from gcp2_app.ui.visit.sheet_page import SheetPage
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.visits import Running, Visit


class VisitRoom(QWidget):
    """One running visit.

    Attributes:
        cover_wanted, danger_wanted: emitted when their button is pressed.
        ended: emitted with the visit's id once it is ended on disk.
        pin: opens the cover of this visit; None after a lock or restart, until one is set again.
    """

    cover_wanted = Signal()
    danger_wanted = Signal()
    ended = Signal(str)

    def __init__(
        self, workspace: Workspace, running: "Running", pin: Pin | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.pin = pin
        self.keeper = Keeper(workspace, running, self)
        self.sheet = SheetPage(self.keeper)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._make_bar())
        self._idle_text = style.label()
        self._idle_frame, idle_body = style.card("warning")
        idle_body.addWidget(self._idle_text)
        self._idle_frame.hide()
        layout.addWidget(self._idle_frame)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.sheet)
        self._end_page = self._make_end_page()
        self._stack.addWidget(self._end_page)
        self._pin_page = self._make_pin_page()
        self._stack.addWidget(self._pin_page)
        layout.addWidget(self._stack, 1)
        self._show_pin_state()
        if not running.kept:
            # Tried once more, so that it is said where the disk is still full.
            self.keeper.flush()

    @property
    def visit_id(self) -> str:
        """Id of the visit."""
        return self.keeper.visit.id

    def take_focus(self) -> None:
        """Put the cursor where notes are typed."""
        self.sheet.notes.box.setFocus()

    def show_idle_warning(self, seconds: int) -> None:
        """Say that the sheet is about to be covered, or the store to be locked."""
        text = (
            self.tr("Nobody seems to be here. This is covered in {seconds} seconds; press any key to stay.")
            if self.pin is not None
            else self.tr("Nobody seems to be here. The store locks in {seconds} seconds; press any key to stay.")
        )
        self._idle_text.setText(text.format(seconds=seconds))
        self._idle_frame.show()

    def hide_idle_warning(self) -> None:
        """Take the warning away."""
        self._idle_frame.hide()

    # The bar

    def _make_bar(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("role", "bar")
        flow = Flow(bar)
        flow.setContentsMargins(style.space(2), style.space(0.5), style.space(1), style.space(0.5))
        flow.setSpacing(style.space(1))
        if self._workspace.session.store.practice:
            flow.addWidget(style.label(self.tr("PRACTICE"), "badge", wrap=False))
        flow.addWidget(style.label(self.tr("Visit"), "quiet", wrap=False))
        flow.push()
        self.pin_button = self._bar_button(self.tr("Set a PIN"))
        self.pin_button.clicked.connect(self._want_pin)
        self.danger_button = self._bar_button(self.tr("Urgent numbers"))
        self.danger_button.clicked.connect(self.danger_wanted)
        self.cover_button = self._bar_button("")
        self.cover_button.clicked.connect(self.cover_wanted)
        self.end_button = self._bar_button(self.tr("End the visit"))
        self.end_button.clicked.connect(self._want_end)
        for button in (self.pin_button, self.danger_button, self.cover_button, self.end_button):
            flow.addWidget(button)
        return bar

    def _bar_button(self, text: str) -> QPushButton:
        button = style.button(text)
        button.setAutoDefault(False)
        button.setMinimumHeight(style.space(7))
        return button

    def _show_pin_state(self) -> None:
        has_pin = self.pin is not None
        self.pin_button.setVisible(not has_pin)
        self.cover_button.setText(self.tr("Cover  F9") if has_pin else self.tr("Lock  F9"))
        self.cover_button.setToolTip(
            self.tr("Hide everything until the PIN is typed (F9)")
            if has_pin
            else self.tr("No PIN is set, so the store locks and opens with the passphrase (F9)")
        )

    # The end

    def _make_end_page(self) -> Column:
        page = Column(80)
        page.body.addStretch(1)
        frame, layout = style.card()
        layout.setSpacing(style.space(2))
        layout.addWidget(style.heading(self.tr("End the visit"), 2))
        layout.addWidget(
            style.label(self.tr("Your passphrase ends it. After that the notes can be sorted and the caseload opens."))
        )
        self.passphrase = PassphraseEdit()
        self.passphrase.line.returnPressed.connect(self._end)
        self._passphrase_field = Field(self.tr("Passphrase"), self.passphrase)
        self.passphrase.edited.connect(lambda: self._passphrase_field.show_error(""))
        layout.addWidget(self._passphrase_field)
        self.confirm_button = style.button(self.tr("End the visit"), "primary")
        self.confirm_button.clicked.connect(self._end)
        self.stay_button = style.button(self.tr("Go on with the visit"))
        self.stay_button.clicked.connect(self._go_back)
        layout.addLayout(style.row(self.confirm_button, self.stay_button))
        page.body.addWidget(frame)
        page.body.addStretch(2)
        return page

    @property
    def passphrase_error(self) -> str:
        """What is said beside the passphrase, or empty."""
        return self._passphrase_field.error

    def _want_end(self) -> None:
        self.keeper.flush()
        self._stack.setCurrentWidget(self._end_page)
        self.passphrase.line.setFocus()

    def _end(self) -> None:
        from gcp2_app.services import visits

        typed = self.passphrase.text
        if not typed:
            self._passphrase_field.show_error(self.tr("Type your passphrase."))
            return
        session, visit_id = self._workspace.session, self.visit_id
        # What a full disk refused goes before the end, which makes a note of what is half typed.
        self.keeper.flush()
        self._enable_end(on=False)
        self._workspace.tasks.run(
            self, lambda: visits.end(session, visit_id, typed), self._has_ended, self._end_refused
        )

    def _has_ended(self, visit: "Visit") -> None:
        self.passphrase.clear()
        self.keeper.stop()
        self.ended.emit(visit.id)

    def _end_refused(self, error: AppError) -> None:
        self._enable_end(on=True)
        self._passphrase_field.show_error(" ".join(filter(None, (error.message, error.mend))))
        self.passphrase.line.setFocus()
        self.passphrase.line.selectAll()

    def _enable_end(self, *, on: bool) -> None:
        self.passphrase.setEnabled(on)
        self.confirm_button.setEnabled(on)
        self.stay_button.setEnabled(on)

    # A PIN again

    def _make_pin_page(self) -> Column:
        page = Column(80)
        page.body.addStretch(1)
        frame, layout = style.card()
        layout.setSpacing(style.space(2))
        layout.addWidget(style.heading(self.tr("Set a PIN for this visit"), 2))
        self.new_pin = PinField(self.tr("PIN"), self.tr("Six digits. It opens the cover during this visit."))
        self.new_pin.entered.connect(self._set_pin)
        layout.addWidget(self.new_pin)
        self.set_pin_button = style.button(self.tr("Set the PIN"), "primary")
        self.set_pin_button.clicked.connect(self._set_pin)
        without = style.button(self.tr("Go on without"))
        without.clicked.connect(self._go_back)
        layout.addLayout(style.row(self.set_pin_button, without))
        page.body.addWidget(frame)
        page.body.addStretch(2)
        return page

    def _want_pin(self) -> None:
        self._stack.setCurrentWidget(self._pin_page)
        self.new_pin.edit.line.setFocus()

    def _set_pin(self) -> None:
        pin = self.new_pin.take()
        if pin is not None:
            self.pin = pin
            self._show_pin_state()
            self._go_back()

    def _go_back(self) -> None:
        self.passphrase.clear()
        self.new_pin.edit.clear()
        self._passphrase_field.show_error("")
        self._stack.setCurrentWidget(self.sheet)
        self.take_focus()
