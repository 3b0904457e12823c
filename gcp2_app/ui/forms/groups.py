"""Editors of several groups, and of values under keys: each line can be added and taken away."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from gcp2_app.domain.kinds import Item, ItemType, RecordKind
from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.forms.choice import GroupEditor
from gcp2_app.ui.forms.editor import Context, Editor


def _drop(widget: QWidget) -> None:
    widget.hide()
    widget.setParent(None)
    widget.deleteLater()


class GroupsEditor(Editor):
    """Any number of groups of the same items, in their order.

    Attributes:
        groups: those there are.
        add_button: adds an empty one.
    """

    def __init__(self, item: Item, context: Context) -> None:
        self._context = context
        self._single = replace(item, repeats=False)
        self.groups: list[GroupEditor] = []
        self._rows: list[QWidget] = []
        ground = QWidget()
        layout = QVBoxLayout(ground)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(1))
        self._list = QVBoxLayout()
        self._list.setSpacing(style.space(1))
        layout.addLayout(self._list)
        self.add_button = style.button("")
        self.add_button.setAutoDefault(False)
        self.add_button.clicked.connect(self._add_by_hand)
        layout.addWidget(self.add_button)
        super().__init__(item, ground)
        self.setFocusProxy(self.add_button)
        self._name()

    @override
    def value(self) -> list[Any]:
        return [value for group in self.groups if (value := group.value()) is not None]

    @override
    def set_value(self, value: Any) -> None:
        for row in self._rows:
            _drop(row)
        self.groups, self._rows = [], []
        for each in [value] if isinstance(value, dict) else value or ():
            self._add().set_value(each)
        self._name()

    @override
    def problem(self) -> str:
        return next((problem for group in self.groups if (problem := group.problem())), "")

    @override
    def name_control(self, text: str) -> None:
        super().name_control(text)
        self._name()

    def _add(self) -> GroupEditor:
        group = GroupEditor(self._single, self._context)
        group.changed.connect(self.changed)
        row = QWidget()
        layout = QVBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        remove = style.button(self.tr("Take this one away"), "link")
        remove.setAutoDefault(False)
        remove.clicked.connect(lambda: self._remove(group, row))
        layout.addWidget(group)
        layout.addWidget(remove)
        self.groups.append(group)
        self._rows.append(row)
        self._list.addWidget(row)
        row.show()
        return group

    def _add_by_hand(self) -> None:
        group = self._add()
        self._name()
        group.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _remove(self, group: GroupEditor, row: QWidget) -> None:
        self.groups.remove(group)
        self._rows.remove(row)
        _drop(row)
        self._name()
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _name(self) -> None:
        self.add_button.setText(self.tr("Add another") if self.groups else self.tr("Add one"))
        self.add_button.setAccessibleName(f"{self.item.label}: {self.add_button.text()}")


class PerChildEditor(Editor):
    """A text or number for each child the form is about.

    Attributes:
        lines: by the child's id.
    """

    def __init__(self, item: Item, context: Context) -> None:
        self._context = context
        self.lines: dict[str, Editor] = {}
        ground = QWidget()
        self._layout = QVBoxLayout(ground)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(style.space(1))
        super().__init__(item, ground)
        for found in context.directory.offered(item.of) if item.of is not None else ():
            self._add(found.id, found.name)

    @override
    def value(self) -> dict[str, Any] | None:
        held = {id_: value for id_, line in self.lines.items() if (value := line.value()) is not None}
        return held or None

    @override
    def set_value(self, value: Any) -> None:
        held = dict(value or {})
        for id_ in held:
            if id_ not in self.lines:
                self._add(id_, self._context.directory.found(id_).name)
        for id_, line in self.lines.items():
            line.set_value(held.get(id_))

    @override
    def problem(self) -> str:
        return next((problem for line in self.lines.values() if (problem := line.problem())), "")

    def _add(self, id_: str, name: str) -> None:
        kind = ItemType.INTEGER if self.item.values is ItemType.INTEGER else ItemType.TEXT
        line = self._context.make(replace(self.item, type=kind, label=name, of=None, repeats=False), self._context)
        line.name_control(f"{self.item.label} {name}")
        line.changed.connect(self.changed)
        self.lines[id_] = line
        if not self._layout.count():
            self.setFocusProxy(line)
        self._layout.addWidget(style.label(name))
        self._layout.addWidget(line)


class PairsEditor(Editor):
    """Values under keys that are typed, such as sessions by attendance code.

    Attributes:
        rows: key and value, as typed; the last is empty and waits.
    """

    def __init__(self, item: Item, _context: Context) -> None:
        self.rows: list[tuple[QLineEdit, QLineEdit]] = []
        ground = QWidget()
        self._grid = QGridLayout(ground)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(style.space(1))
        self._grid.setColumnStretch(1, 1)
        super().__init__(item, ground)
        self._add("", "")

    @override
    def value(self) -> dict[str, Any] | None:
        held: dict[str, Any] = {}
        for key, value in self._typed():
            if key and value:
                number = self.item.values is ItemType.INTEGER
                if number and not (value.isascii() and value.isdecimal()):
                    continue
                held[key] = int(value) if number else value
        return held or None

    @override
    def set_value(self, value: Any) -> None:
        for row in self.rows:
            for line in row:
                _drop(line)
        self.rows = []
        for key, each in (value or {}).items():
            self._add(key, str(each))
        self._add("", "")

    @override
    def problem(self) -> str:
        keys = [key for key, _ in self._typed() if key]
        if len(set(keys)) < len(keys):
            return self.tr("The same name stands twice. Put both in one line.")
        for key, value in self._typed():
            if bool(key) != bool(value):
                return self.tr("A line has only one of its two halves.")
            if value and self.item.values is ItemType.INTEGER and not (value.isascii() and value.isdecimal()):
                return self.tr("“{key}” needs a whole number.").format(key=key)
        return ""

    def _typed(self) -> list[tuple[str, str]]:
        return [(" ".join(key.text().split()), value.text().strip()) for key, value in self.rows]

    def _add(self, key: str, value: str) -> None:
        lines = (QLineEdit(key), QLineEdit(value))
        numbered = f"{self.item.label} {len(self.rows) + 1}"
        names = (self.tr("{what}, name"), self.tr("{what}, number"))
        for column, line in enumerate(lines):
            line.setMaximumWidth(style.space(24))
            line.setMaxLength(40)
            line.setAccessibleName(names[column].format(what=numbered))
            line.textEdited.connect(self._edited)
            self._grid.addWidget(line, len(self.rows), column, Qt.AlignmentFlag.AlignLeft)
            line.show()
        lines[0].setPlaceholderText(self.tr("Code"))
        lines[1].setPlaceholderText(self.tr("Number"))
        if not self.rows:
            self.setFocusProxy(lines[0])
        self.rows.append(lines)

    def _edited(self) -> None:
        if all(self._typed()[-1]):
            self._add("", "")
        self.changed.emit()


def make_map(item: Item, context: Context) -> Editor:
    """Return the editor of values under keys: of each child, or of keys that are typed."""
    maker: Callable[[Item, Context], Editor] = PerChildEditor if item.of is RecordKind.CHILD else PairsEditor
    return maker(item, context)
