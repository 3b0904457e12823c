"""The eighteen rows as a list to read: what was learned, what it asks, where it works here, and whether it was read."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from gcp2_app.ui import style
from gcp2_app.ui.column import Column
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.learn.places import where_words
from gcp2_app.ui.learn.texts import MEASURE, count_read, minutes_words, read_words, title_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gcp2_app.domain.kinds import EntryKind
    from gcp2_app.domain.learning import Reading
    from gcp2_app.services.learning import Hub


class RowsSection(Column):
    """A card a row.

    Attributes:
        row_wanted: emitted with the code of the row whose brief is to be read.
        cards: by code.
    """

    row_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(MEASURE + 10, parent, centred=False)
        self.cards: dict[str, RowCard] = {}
        self.body.addWidget(style.heading(self.tr("What the review learned")))
        about = self.tr(
            "A learning review of a case of chronic neglect made twelve learning points and six recommendations. Here "
            "they are in our own words, each with a brief to read alone or in a team meeting."
        )
        self.body.addWidget(style.label(about))
        self.progress = style.label("", "quiet")
        self.body.addWidget(self.progress)
        self._list = QVBoxLayout()
        self._list.setSpacing(style.space(1.5))
        self.body.addLayout(self._list)
        self.body.addStretch(1)

    def say(self, hub: "Hub", kinds: "Mapping[str, EntryKind]") -> None:
        """Show the rows with the kinds of entry they are about, and what this person has read."""
        text = self.tr("You have read {count} of {of}.")
        self.progress.setText(text.format(count=count_read(hub.readings), of=len(hub.readings)))
        for reading in hub.readings:
            card = self.cards.get(reading.row.code)
            if card is None:
                card = RowCard(reading, where_words(reading.row, kinds))
                card.wanted.connect(self.row_wanted)
                self.cards[reading.row.code] = card
                self._list.addWidget(card)
            card.say(reading)


class RowCard(QFrame):
    """One row.

    Args:
        where: in a few words where it works, or empty.

    Attributes:
        wanted: emitted with the row's code.
    """

    wanted = Signal(str)

    def __init__(self, reading: "Reading", where: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = reading.row
        self.setProperty("role", "card")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.space(2.5), style.space(2), style.space(2.5), style.space(2))
        layout.setSpacing(style.space(1))
        layout.addWidget(style.heading(title_of(row), 2))
        layout.addWidget(style.label(row.learned))
        if where:
            layout.addWidget(style.label(self.tr("Works here: {where}").format(where=where), "quiet"))
        foot = Flow()
        foot.setSpacing(style.space(2))
        self.read_button: QPushButton = style.button(
            self.tr("Read the brief, {minutes}").format(minutes=minutes_words(row)), "link"
        )
        self.read_button.setAccessibleDescription(title_of(row))
        self.read_button.clicked.connect(lambda: self.wanted.emit(row.code))
        foot.addWidget(self.read_button)
        self.state = style.label("", "quiet", wrap=False)
        foot.addWidget(self.state)
        layout.addLayout(foot)

    def say(self, reading: "Reading") -> None:
        """Show whether the row was read."""
        self.state.setText(read_words(reading))
        self.state.setProperty("role", "good" if reading.read_on is not None else "quiet")
        self.state.style().unpolish(self.state)
        self.state.style().polish(self.state)
