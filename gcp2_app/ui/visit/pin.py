"""The six digits that open the cover of one visit: set once, kept in memory alone, as a keyed digest."""

import hashlib
import hmac
import secrets

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gcp2_app.domain import visits
from gcp2_app.errors import InvalidValue
from gcp2_app.overriding import override
from gcp2_app.ui.field import Field
from gcp2_app.ui.unlock.passphrase import PassphraseEdit

DIGITS = 6


class Pin:
    """A PIN that can be compared with and never read.

    The key is made for this PIN and goes with it: on lock and restart both are gone.
    """

    def __init__(self, digits: str) -> None:
        """Keep a digest of a PIN.

        Raises:
            InvalidValue: not six digits, or too easy to guess.
        """
        visits.check_pin(digits)
        self._key = secrets.token_bytes(32)
        self._digest = self._digest_of(digits)

    def opens(self, digits: str) -> bool:
        """Whether these are the digits."""
        return hmac.compare_digest(self._digest, self._digest_of(digits))

    @override
    def __repr__(self) -> str:
        return "Pin(…)"

    def _digest_of(self, digits: str) -> bytes:
        return hmac.new(self._key, digits.encode(), hashlib.sha256).digest()


class PinField(Field):
    """Asks for a PIN, hidden, shown on demand.

    Attributes:
        edit: the line with its button.
        entered: emitted when Return is pressed in the line.
    """

    entered = Signal()

    def __init__(self, text: str, hint: str = "", parent: QWidget | None = None) -> None:
        edit = PassphraseEdit()
        edit.line.setMaxLength(DIGITS)
        super().__init__(text, edit, hint, parent)
        self.edit = edit
        self.edit.show_button.setAccessibleName(self.tr("Show the PIN"))
        self.edit.edited.connect(lambda: self.show_error(""))
        self.edit.line.returnPressed.connect(self.entered)

    def take(self) -> Pin | None:
        """Return a new PIN of what was typed and forget the digits; None with an error shown where they will not do."""
        try:
            pin = Pin(self.edit.text)
        except InvalidValue as error:
            self.show_error(str(error))
            self.edit.line.setFocus()
            return None
        self.edit.clear()
        return pin
