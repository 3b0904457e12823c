"""A form generated from a declaration: its items as fields, what is wrong with them, and their values."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gcp2_app.domain.kinds import EntryKind, ItemType
from gcp2_app.ui import style
from gcp2_app.ui.forms.editor import Context
from gcp2_app.ui.forms.field import ItemField


class Form(QWidget):
    """The fields of a kind, one below the other.

    Attributes:
        fields: by the items' names, in the order they are asked.
        changed: emitted with the name of the item the person changed.
    """

    changed = Signal(str)

    def __init__(self, kind: EntryKind, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields = {item.name: ItemField(item, context.make(item, context)) for item in kind.items}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(2.5))
        for name, field in self.fields.items():
            layout.addWidget(field)
            field.editor.changed.connect(lambda name=name: self._tell(name))

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Show what a record holds; keys that are no item of this form are not this form's business."""
        for name, field in self.fields.items():
            field.editor.set_value(values.get(name))

    def values(self) -> dict[str, Any]:
        """Return what the form holds, None where something is not known."""
        return {name: field.editor.value() for name, field in self.fields.items()}

    def show_field(self, name: str, *, shown: bool) -> None:
        """Show or hide an item."""
        self.fields[name].setVisible(shown)

    def problems(self, more: Mapping[str, str]) -> dict[str, str]:
        """Show every error beside its field, and return them by the items' names.

        Args:
            more: errors found by looking at several fields at once.
        """
        found: dict[str, str] = {}
        for name, field in self.fields.items():
            error = ""
            if not field.isHidden():
                error = field.editor.problem() or self._missing(field) or more.get(name, "")
            field.show_error(error)
            if error:
                found[name] = error
        return found

    def go_to(self, name: str) -> None:
        """Put the focus into a field."""
        self.fields[name].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _missing(self, field: ItemField) -> str:
        item = field.editor.item
        if not item.required or field.editor.value() not in (None, "", []):
            return ""
        if item.label.endswith("?"):
            return self.tr("Answer “{label}”").format(label=item.label)
        if item.options or item.repeats or item.type is ItemType.REFERENCE:
            return self.tr("Choose under “{label}”.").format(label=item.label)
        return self.tr("Enter “{label}”.").format(label=item.label)

    def _tell(self, name: str) -> None:
        field = self.fields[name]
        if field.error:
            field.show_error(field.editor.problem())
        self.changed.emit(name)
