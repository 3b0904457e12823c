"""What every editor of one item is: it shows a value, takes another, and says what is wrong with what was typed.

Values have the shape of the case-file format: text, number, true or false, an ISO day, a list, a group of keys; None
means not known.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gcp2_app.domain.kinds import Item

if TYPE_CHECKING:
    from gcp2_app.ui.forms.directory import Directory


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What editors may ask of where they stand.

    Attributes:
        today: the day dates are read on.
        directory: finds and names the people that references point at.
        make: makes the editor of an item, for editors that hold others.
    """

    today: date
    directory: "Directory"
    make: "Callable[[Item, Context], Editor]"


class Editor(QWidget):
    """An editor of one item.

    Attributes:
        item: the declaration.
        control: the widget that has the focus, carries the label as its name, and is marked when something is wrong.
        changed: emitted after the person changed the value.
    """

    changed = Signal()

    def __init__(self, item: Item, control: QWidget) -> None:
        super().__init__()
        self.item = item
        self.control = control
        self.setFocusProxy(control)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(control)

    def value(self) -> Any:
        """Return the value, None where it is not known or cannot be read."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show a value."""
        raise NotImplementedError

    def problem(self) -> str:
        """Return what is wrong with what was typed, or nothing."""
        return ""

    def name_control(self, text: str) -> None:
        """Say what the editor is for to a screen reader."""
        self.control.setAccessibleName(text)

    def describe_control(self, text: str) -> None:
        """Say the hint and the error to a screen reader."""
        self.control.setAccessibleDescription(text)
