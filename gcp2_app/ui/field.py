"""A control with its label above, a hint, and its error beside it."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from gcp2_app.overriding import override
from gcp2_app.ui import style


class Field(QWidget):
    """Label, hint, error and control, in that order, so that a screen reader and an eye meet them in the same way.

    Attributes:
        control: the widget that takes the answer.
    """

    def __init__(self, text: str, control: QWidget, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.control = control
        self._hint = hint
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(max(2, style.space(0.5)))
        name = style.label(text)
        font = name.font()
        font.setWeight(font.Weight.DemiBold)
        name.setFont(font)
        name.setBuddy(control)
        layout.addWidget(name)
        if hint:
            layout.addWidget(style.label(hint, "quiet"))
        self._error = style.label("", "error")
        self._error.hide()
        layout.addWidget(self._error)
        layout.addWidget(control)
        if not control.accessibleName():
            control.setAccessibleName(text)
        self._describe()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    @property
    def error(self) -> str:
        """The error shown, or empty."""
        return self._error.text()

    def show_error(self, text: str) -> None:
        """Show an error beside the control; an empty text takes it away."""
        if text == self._error.text():
            return
        self._error.setText(text)
        self._error.setVisible(bool(text))
        # Of a control made of several, the one that takes the focus.
        style.mark_invalid(self.control.focusProxy() or self.control, invalid=bool(text))
        self._describe()

    @override
    def sizeHint(self) -> QSize:
        # It never grows beyond this, so answers that go on in a next row must be counted: they would be cut off.
        hint = super().sizeHint()
        if self.hasHeightForWidth() and self.width() < hint.width():
            return QSize(hint.width(), max(hint.height(), self.heightForWidth(self.width())))
        return hint

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width() and self.hasHeightForWidth():
            self.updateGeometry()

    def _describe(self) -> None:
        self.control.setAccessibleDescription(" ".join(filter(None, (self._error.text(), self._hint))))
