"""The quality coach beside one text: quiet, after it was written, and gone as soon as the person says so.

It speaks once the text is left, never while it is typed; what is mended while typing is said no longer. It blocks
nothing and keeps nothing: what is set aside here is set aside on the review page too.
"""

from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gcp2_app.domain.coaching import Advice, Place, Suggestion
from gcp2_app.ui import style
from gcp2_app.ui.assess import changes
from gcp2_app.ui.assess.coach import coach_of
from gcp2_app.ui.assess.coach_words import tell_beside
from gcp2_app.ui.assess.draft import Draft
from gcp2_app.ui.assess.texts import KeptText

#: How long after the text was left it speaks, in milliseconds: a click on its way is not to miss what it aims at.
SPEAKS_AFTER_MS: Final = 300


class CoachHint(QFrame):
    """What is worth another look in one text.

    Attributes:
        rows: what is said now, a line each.
    """

    def __init__(
        self, draft: Draft, place: Place, parent: QWidget, *, beside: QWidget, after: QWidget | None = None
    ) -> None:
        """Stand beside a text.

        Args:
            draft: the assessment.
            place: which text.
            parent: the widget it stands in.
            beside: the box the text is written in, or the way to it; it takes the focus when nothing is said any more.
            after: what the Tab key stops at before it, where that is something else.
        """
        super().__init__(parent)
        self._draft = draft
        self._place = place
        self._text = beside if isinstance(beside, KeptText) else None
        self._beside, self._after = beside, after or beside
        self._coach = coach_of(draft)
        self._said: tuple[Suggestion, ...] = ()
        self._left = False
        self._about = ""
        self.rows: list[QWidget] = []
        self.setAccessibleName(self.tr("Worth another look"))
        self._list = QVBoxLayout(self)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(style.space(0.5))
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SPEAKS_AFTER_MS)
        self._soon.timeout.connect(self._speak)
        self._coach.changed.connect(self.refresh)
        draft.changed.connect(self.refresh)
        if self._text is not None:
            self._text.left.connect(self._soon.start)
        self.hide()
        self._coach.look()
        self.refresh()

    @property
    def said(self) -> tuple[Suggestion, ...]:
        """What is said now."""
        return self._said

    def stops(self) -> list[QWidget]:
        """What the Tab key stops at."""
        return [button for row in self.rows for button in row.findChildren(QPushButton)]

    def refresh(self) -> None:
        """Say what stands; while the text is being written nothing is said anew."""
        found = self._coach.suggestions_at(self._place)
        if self._text is not None and (self._text.hasFocus() or self._soon.isActive()):
            found = tuple(each for each in found if each in self._said)
        elif not self._left:
            # That nothing is written yet is no news to someone who has not come here.
            found = tuple(each for each in found if each.advice is not Advice.VOICE_EMPTY)
        self._say(found)

    def _speak(self) -> None:
        if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._soon.start()
            return
        self._left = True
        before = self._said
        self.refresh()
        if set(self._said) - set(before) and self.isVisible():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._about))

    def _say(self, found: tuple[Suggestion, ...]) -> None:
        if found == self._said:
            return
        self._said = found
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = [self._row(suggestion, first=suggestion == found[0]) for suggestion in found]
        for row in self.rows:
            self._list.addWidget(row)
            row.show()
        about = " ".join(self._words(suggestion) for suggestion in found)
        if self._text is not None:
            described = self._text.accessibleDescription().removesuffix(self._about).strip()
            self._text.setAccessibleDescription(f"{described} {about}".strip())
        self._about = about
        self.setVisible(bool(found))
        before = self._after
        for stop in self.stops():
            QWidget.setTabOrder(before, stop)
            before = stop

    def _words(self, suggestion: Suggestion) -> str:
        what, why = tell_beside(suggestion)
        what = self.tr("Worth another look: {what}.").format(what=f"{what[:1].lower()}{what[1:]}")
        return f"{what} {why}"

    def _row(self, suggestion: Suggestion, *, first: bool) -> QWidget:
        row = QWidget(self)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(2))
        aside = style.button(self.tr("Leave it"), "link")
        aside.setAccessibleDescription(self._words(suggestion))
        aside.clicked.connect(lambda _=False: self._set_aside(suggestion))
        text = self._words(suggestion) if first else "{}. {}".format(*tell_beside(suggestion))
        layout.addWidget(style.label(text, "quiet"), 1)
        layout.addWidget(aside, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _set_aside(self, suggestion: Suggestion) -> None:
        """Say it no longer, of none of the units the text hangs on."""
        self._beside.setFocus(Qt.FocusReason.OtherFocusReason)
        codes = {self._place.code}
        if self._place.piece is not None:
            codes |= set(changes.units_with(self._draft.value, self._place.piece))
        self._coach.set_aside(*(_of(suggestion, code) for code in codes))


def _of(suggestion: Suggestion, code: str) -> Suggestion:
    return Suggestion(advice=suggestion.advice, field=suggestion.field, code=code, found=suggestion.found)
