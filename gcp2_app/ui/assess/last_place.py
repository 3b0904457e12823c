"""Where the user is in an assessment, remembered once they stay a moment, so that it opens there again."""

from typing import Final

from PySide6.QtCore import QObject, QTimer

from gcp2_app.ui.assess.draft import Draft

#: How long a person stays at a unit before it is remembered, in milliseconds.
_STAY_MS: Final = 400


class LastPlace(QObject):
    """The place in the assessment on screen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._draft: Draft | None = None
        self._here = self._remembered = ""
        self._stay = QTimer(self)
        self._stay.setSingleShot(True)
        self._stay.setInterval(_STAY_MS)
        self._stay.timeout.connect(self._remember)

    def begin(self, draft: Draft, place: str) -> None:
        """Follow a draft whose remembered place is known."""
        self._draft = draft
        self._here = self._remembered = place

    def end(self) -> None:
        """Follow no draft any more."""
        self._stay.stop()
        self._draft = None

    def come_to(self, place: str) -> None:
        """Note that the person is at a place now."""
        self._here = place
        if place != self._remembered:
            self._stay.start()

    def remember_now(self) -> None:
        """Remember the place without waiting whether they stay."""
        if self._stay.isActive():
            self._stay.stop()
            self._remember()

    def _remember(self) -> None:
        if self._draft is not None and self._here != self._remembered:
            self._remembered = self._here
            self._draft.remember(self._here)
