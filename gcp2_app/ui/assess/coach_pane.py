"""The quality coach on the review page: a quiet list, folded away, that can be set aside line by line."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QPushButton, QVBoxLayout, QWidget

from gcp2_app.domain.coaching import Suggestion
from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.assess.coach import coach_of
from gcp2_app.ui.assess.coach_words import tell
from gcp2_app.ui.assess.draft import Draft
from gcp2_app.ui.fold import Fold


class CoachPane(QWidget):
    """What is worth another look, if the person wants to look.

    Attributes:
        fold: opens the list.
        rows: what is listed.
        spot_wanted: emitted with a Spot when the person asks to go there.
    """

    spot_wanted = Signal(object)

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._coach = coach_of(draft)
        self._shown: tuple[object, ...] | None = None
        self.rows: list[QFrame] = []
        self._body = QWidget()
        self._list = QVBoxLayout(self._body)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(style.space(1.5))
        self.fold = Fold(self.tr("Worth another look"), lambda: self._body)
        self.back = style.button(self.tr("Show again what was set aside"), "link")
        self.back.clicked.connect(lambda _=False: self._coach.bring_back())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(1))
        layout.addWidget(self.fold)
        layout.addLayout(self.fold.place)
        layout.addLayout(style.row(self.back))
        # Owned from the start, though it is laid out when the fold is first opened.
        self._body.setParent(self)
        self._body.hide()
        self._coach.changed.connect(self.refresh)
        self.hide()

    def refresh(self) -> None:
        """Show what is suggested now; nothing at all where there is nothing to say."""
        found, aside = self._coach.suggestions, self._coach.set_aside_count
        shown = (found, aside, self._draft.band)
        if shown == self._shown:
            return
        self._shown = shown
        focused: QWidget | None = QApplication.focusWidget()
        held = None
        if focused is not None:
            held = next((place for place, row in enumerate(self.rows) if row.isAncestorOf(focused)), None)
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = [self._row(suggestion) for suggestion in found]
        for row in self.rows:
            self._list.addWidget(row)
            row.show()
        self.fold.rename(self.tr("Worth another look ({count})").format(count=len(found)))
        self.fold.setVisible(bool(found))
        self._body.setVisible(bool(found) and self.fold.isChecked())
        self.back.setVisible(bool(aside) and self._draft.may_write)
        self.setVisible(bool(found) or not self.back.isHidden())
        if held is not None:
            self._focus_beside(held)

    def _focus_beside(self, place: int) -> None:
        """Keep the keyboard where it was when its line went."""
        button = self.rows[min(place, len(self.rows) - 1)].findChild(QPushButton) if self.rows else self.back
        if isinstance(button, QPushButton):
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(self, suggestion: Suggestion) -> QFrame:
        told = tell(self._draft.pack, self._draft.band, suggestion)
        frame, layout = style.card()
        layout.addWidget(style.label(f"{told.what}."))
        layout.addWidget(style.label(told.why, "quiet"))
        aside = style.button(self.tr("Leave it"), "link")
        aside.setAccessibleDescription(told.what)
        aside.clicked.connect(lambda _=False: self._coach.set_aside(suggestion))
        buttons = [aside]
        if told.spot is not None:
            go = style.button(self.tr("Go there"), "link")
            go.setAccessibleDescription(told.what)
            go.clicked.connect(lambda _=False: self.spot_wanted.emit(told.spot))
            buttons.insert(0, go)
        layout.addLayout(style.row(*buttons))
        return frame

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
