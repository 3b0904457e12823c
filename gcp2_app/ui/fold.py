"""A button that opens and closes something further down the page."""

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget


class Fold(QPushButton):
    """A link that shows or hides what it makes when it is first opened; it says which.

    Attributes:
        place: where the page wants what is folded.
        body: what is folded, or None before it was first opened.
    """

    def __init__(self, text: str, make: Callable[[], QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self._make = make
        self.body: QWidget | None = None
        self.place = QVBoxLayout()
        self.setProperty("role", "link")
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._show)
        self._say()

    def rename(self, text: str) -> None:
        """Change what it says."""
        if text != self._text:
            self._text = text
            self._say()

    def open(self) -> QWidget:
        """Show what is folded, and return it."""
        self.setChecked(True)
        assert self.body is not None  # noqa: S101 - it was made when the button was checked
        return self.body

    def _show(self, shown: bool) -> None:
        if self.body is None and shown:
            self.body = self._make()
            self.place.addWidget(self.body)
        if self.body is not None:
            self.body.setVisible(shown)
        self._say()

    def _say(self) -> None:
        shown = self.isChecked()
        self.setText(f"{'▾' if shown else '▸'} {self._text}")
        self.setAccessibleName(self.tr("Hide: {what}").format(what=self._text) if shown else self._text)
