"""The first thing seen on a computer without a store: try it, set it up, or open one that exists."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from gcp2_app.ui import style
from gcp2_app.ui.column import Column


class WelcomePage(Column):
    """Three ways to begin.

    Attributes:
        practice_wanted, set_up_wanted, open_wanted, danger_wanted: emitted when one is chosen.
    """

    practice_wanted = Signal()
    set_up_wanted = Signal()
    open_wanted = Signal()
    danger_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(96, parent)
        self.body.addStretch(1)
        self.body.addLayout(style.row(style.brand(), style.heading(self.tr("Welcome to gcp2"))))
        self.body.addWidget(
            style.label(
                self.tr("Graded care assessments for front-line practitioners, kept encrypted on this computer."),
                "quiet",
            )
        )
        self.set_up_button = self._way(
            self.tr("Set it up for your work"),
            self.tr("Your name, a passphrase, a recovery kit. About three minutes."),
            self.tr("Set up"),
            "primary",
        )
        self.set_up_button.clicked.connect(self.set_up_wanted)
        self.practice_button = self._way(
            self.tr("Try the practice family first"),
            self.tr("A made-up family with five years of records. Nothing in it is real, and nothing can go wrong."),
            self.tr("Try the practice family"),
        )
        self.practice_button.clicked.connect(self.practice_wanted)
        self.open_button = self._way(
            self.tr("Open a store that is already there"),
            self.tr("Someone set it up on this computer, or you have moved its folder here."),
            self.tr("Choose its folder"),
        )
        self.open_button.clicked.connect(self.open_wanted)
        self.danger_button = style.button(self.tr("A child in danger now? Whom to ring"), "link")
        self.danger_button.clicked.connect(self.danger_wanted)
        self.body.addWidget(self.danger_button)
        self.body.addStretch(2)

    def take_focus(self) -> None:
        """Put the focus on the first way."""
        self.set_up_button.setFocus()

    def _way(self, title: str, text: str, action: str, role: str = "") -> QPushButton:
        frame, layout = style.card()
        layout.addWidget(style.heading(title, 3))
        layout.addWidget(style.label(text, "quiet"))
        layout.addSpacing(style.space(0.5))
        button = style.button(action, role)
        button.setAccessibleDescription(text)
        layout.addWidget(button)
        self.body.addWidget(frame)
        return button
