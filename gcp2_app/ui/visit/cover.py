"""The cover of a visit: a neutral page over everything, opened again by the PIN of that visit.

It names nobody and shows nothing of what was typed. It does not know what lies under it.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from gcp2_app.forms.policy import shipped_policy
from gcp2_app.ui import style
from gcp2_app.ui.column import Column
from gcp2_app.ui.visit.pin import Pin, PinField

_TICK_MILLISECONDS = 1_000


class Cover(Column):
    """Asks for the PIN; too many wrong ones, or too long a time, and the store has to be locked.

    Attributes:
        opened: emitted when the PIN was right.
        spent: emitted when the PIN is no longer enough.
        danger_wanted, lock_wanted: emitted when their button is pressed.
    """

    opened = Signal()
    spent = Signal()
    danger_wanted = Signal()
    lock_wanted = Signal()

    def __init__(self, pin: Pin, clock: Callable[[], float] = time.time, parent: QWidget | None = None) -> None:
        super().__init__(60, parent)
        self._pin = pin
        self._clock = clock
        self._since = clock()
        self._wrong = 0
        self.body.addStretch(1)
        self.body.addLayout(style.row(style.brand(), style.heading("gcp2")))
        frame, layout = style.card()
        layout.setSpacing(style.space(2))
        self.pin = PinField(self.tr("PIN"))
        self.pin.entered.connect(self.try_pin)
        layout.addWidget(self.pin)
        self.open_button = style.button(self.tr("Open"), "primary")
        self.open_button.clicked.connect(self.try_pin)
        self.lock_button = style.button(self.tr("Lock"))
        self.lock_button.clicked.connect(self.lock_wanted)
        layout.addLayout(style.row(self.open_button, self.lock_button))
        self.body.addWidget(frame)
        self.danger_button = style.button(self.tr("Urgent numbers"), "link")
        self.danger_button.clicked.connect(self.danger_wanted)
        self.body.addWidget(self.danger_button)
        self.body.addStretch(2)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MILLISECONDS)
        self._timer.timeout.connect(self.check)
        self._timer.start()

    def take_focus(self) -> None:
        """Put the cursor where the PIN is typed."""
        self.pin.edit.line.setFocus()

    def check(self) -> bool:
        """Look at the clock; say so when the time is up. A clock that was set back counts as none gone by.

        Returns:
            Whether the PIN is still enough.
        """
        self._since = min(self._since, self._clock())
        gone = self._clock() - self._since
        if gone < shipped_policy().lock.cover_minutes_most * 60:
            return True
        self._end()
        return False

    def try_pin(self) -> None:
        """Open with what was typed."""
        if not self.check():
            return
        typed = self.pin.edit.text
        self.pin.edit.clear()
        if not typed:
            self.pin.show_error(self.tr("Type the PIN."))
        elif self._pin.opens(typed):
            self._timer.stop()
            self.opened.emit()
            return
        else:
            self._wrong += 1
            left = shipped_policy().lock.cover_tries - self._wrong
            if left <= 0:
                self._end()
                return
            self.pin.show_error(
                self.tr("That is not the PIN. One more try.") if left == 1 else self.tr("That is not the PIN.")
            )
        self.take_focus()

    def stop(self) -> None:
        """Stop looking at the clock."""
        self._timer.stop()

    def _end(self) -> None:
        self._timer.stop()
        self.spent.emit()
