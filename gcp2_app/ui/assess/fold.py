"""A button that opens and closes something further down the page."""

from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget


class Fold(QPushButton):
    """A link that shows or hides a widget; it says which."""

    def __init__(self, text: str, body: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self._body = body
        self.setProperty("role", "link")
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        body.hide()
        self.toggled.connect(body.setVisible)
        self.toggled.connect(self._say)
        self._say()

    def rename(self, text: str) -> None:
        """Change what it says."""
        if text != self._text:
            self._text = text
            self._say()

    def open(self) -> None:
        """Show what is folded."""
        self.setChecked(True)

    def _say(self) -> None:
        shown = self.isChecked()
        self.setText(f"{'▾' if shown else '▸'} {self._text}")
        self.setAccessibleName(self.tr("Hide: {what}").format(what=self._text) if shown else self._text)
