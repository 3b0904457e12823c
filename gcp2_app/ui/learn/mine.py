"""A person's own page: the training recorded of them, and the briefs they have read."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from gcp2_app.ui import style
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.learn.texts import count_read, read_words, title_of
from gcp2_app.ui.settings.training import TrainingSection
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.learning import Hub


class MineSection(TrainingSection):
    """The training section of the settings, of this person alone, with their reading above it.

    Attributes:
        row_wanted: emitted with the code of the row whose brief is to be read.
        links: to the briefs, by code.
    """

    row_wanted = Signal(str)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent, own_only=True)
        self.links: dict[str, QPushButton] = {}
        self._states: dict[str, QLabel] = {}
        frame, layout = style.card()
        self.progress = style.label()
        layout.addWidget(self.progress)
        self._reading = QVBoxLayout()
        self._reading.setSpacing(max(1, style.space(0.5)))
        layout.addLayout(self._reading)
        self.body.insertWidget(0, style.heading(self.tr("My reading")))
        self.body.insertWidget(1, frame)

    def say(self, hub: "Hub") -> None:
        """Show what was read, and what was not."""
        text = self.tr("You have read {count} of {of} briefs.")
        self.progress.setText(text.format(count=count_read(hub.readings), of=len(hub.readings)))
        for reading in hub.readings:
            code = reading.row.code
            if code not in self.links:
                link = style.button(title_of(reading.row), "link")
                link.clicked.connect(lambda _=False, code=code: self.row_wanted.emit(code))
                state = style.label("", "quiet", wrap=False)
                line = Flow()
                line.setSpacing(style.space(1.5))
                line.addWidget(link)
                line.addWidget(state)
                self._reading.addLayout(line)
                self.links[code], self._states[code] = link, state
            self._states[code].setText(read_words(reading))
            self.links[code].setAccessibleDescription(read_words(reading))
