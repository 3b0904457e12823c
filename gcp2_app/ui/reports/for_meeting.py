"""Which meeting a report is for, and by when it is with whom."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gcp2_app.ui import style, words
from gcp2_app.ui.field import Field
from gcp2_app.ui.forms.choice import QuietComboBox
from gcp2_app.ui.reports.words import chair_days_words, clock_lines, has_chair

if TYPE_CHECKING:
    from gcp2_app.services.documents.offers import ReportMeeting


class ForMeeting(QWidget):
    """A meeting, or none; hidden where there is none to choose.

    Attributes:
        choice: the meetings.
        changed: emitted with the words of the meeting that was chosen before and of the one that is now; either may be
            empty.
    """

    changed = Signal(str, str)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._meetings: dict[str, ReportMeeting] = {}
        self._words = ""
        self._said: list[QWidget] = []
        self.choice = QuietComboBox(narrow=True)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(max(2, style.space(0.5)))
        self._layout.addWidget(Field(self.tr("For which meeting?"), self.choice))
        self.choice.activated.connect(lambda _: self._settle())
        self.hide()

    @property
    def meeting(self) -> tuple[str, str]:
        """Id and words of the meeting; both are empty for none."""
        return str(self.choice.currentData() or ""), self._words

    def offer(self, meetings: Sequence["ReportMeeting"], chosen: str) -> None:
        """Offer meetings.

        Args:
            meetings: the soonest first.
            chosen: id of the one it is for, or empty.
        """
        before = self.choice.currentData() if self._meetings else chosen
        self._meetings = {each.id: each for each in meetings}
        self.choice.clear()
        self.choice.addItem(self.tr("For no meeting"), "")
        for each in meetings:
            # The day first: what comes after may be cut off.
            day = words.day(each.day) if each.day is not None else self.tr("No day yet")
            self.choice.addItem(self.tr("{day}: {meeting}").format(day=day, meeting=each.name), each.id)
        self.choice.setCurrentIndex(max(self.choice.findData(before), 0))
        self.setVisible(bool(meetings))
        self._settle()

    def clear(self) -> None:
        """Offer none."""
        self._meetings = {}
        self.choice.clear()
        self._words = ""
        self._say(())
        self.hide()

    def _settle(self) -> None:
        meeting = self._meetings.get(str(self.choice.currentData() or ""))
        before, self._words = self._words, meeting.words if meeting is not None else ""
        clocks = meeting.clocks if meeting is not None else ()
        lines = clock_lines(clocks)
        self._say([*lines, (chair_days_words(self._today), "quiet")] if has_chair(clocks) else lines)
        if before != self._words:
            self.changed.emit(before, self._words)

    def _say(self, lines: Sequence[tuple[str, str]]) -> None:
        for label in self._said:
            label.hide()
            label.setParent(None)
            label.deleteLater()
        self._said = [style.label(text, role) for text, role in lines]
        for label in self._said:
            self._layout.addWidget(label)
        self.choice.setAccessibleDescription(" ".join(text for text, _ in lines))
