"""Editors that choose: one of a few answers, one or other words, several, and yes or no."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QRadioButton,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)

from gcp2_app.domain.kinds import Item
from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.forms.editor import Context, Editor

_FEW_LETTERS = 12


class QuietComboBox(QComboBox):
    """A list to choose from that a turn of the mouse wheel over the page does not change.

    Args:
        narrow: never asks for more room than a few words, however long its answers are.
    """

    def __init__(self, *, narrow: bool = False) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if narrow:
            self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            self.setMinimumContentsLength(_FEW_LETTERS)
            self.currentTextChanged.connect(self.setToolTip)

    @override
    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        super().initStyleOption(option)
        # The style cuts a long answer in the middle of a letter.
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        elided = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room.width())
        option.currentText = elided

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ChoiceEditor(Editor):
    """One of the item's options, or not known."""

    def __init__(self, item: Item, _context: Context) -> None:
        self._list = QuietComboBox()
        super().__init__(item, self._list)
        self._list.addItem(self.tr("Choose…") if item.required else self.tr("Not known"), None)
        for option in item.options:
            self._list.addItem(option.label, option.code)
        self._list.setMaximumWidth(style.space(60))
        self._list.activated.connect(lambda _: self.changed.emit())

    @override
    def value(self) -> str | None:
        code = self._list.currentData()
        return code if isinstance(code, str) else None

    @override
    def set_value(self, value: Any) -> None:
        place = self._list.findData(value)
        if place < 0:
            # Something that came in with an import is kept, not dropped.
            self._list.addItem(str(value), value)
            place = self._list.count() - 1
        self._list.setCurrentIndex(place)


class OpenChoiceEditor(Editor):
    """One of the item's options, or other words."""

    def __init__(self, item: Item, _context: Context) -> None:
        self._list = QuietComboBox()
        self._list.setEditable(True)
        line = QLineEdit()
        line.setPlaceholderText(self.tr("Not known"))
        self._list.setLineEdit(line)
        self._list.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        super().__init__(item, self._list)
        for option in item.options:
            self._list.addItem(option.label, option.code)
        self._list.setCurrentIndex(-1)
        self._list.setMaximumWidth(style.space(60))
        self._list.activated.connect(lambda _: self.changed.emit())
        self._line = line
        line.textEdited.connect(lambda _: self.changed.emit())

    @override
    def name_control(self, text: str) -> None:
        super().name_control(text)
        self._line.setAccessibleName(text)

    @override
    def value(self) -> str | None:
        typed = " ".join(self._list.currentText().split())
        for option in self.item.options:
            if typed.casefold() in {option.label.casefold(), option.code.casefold()}:
                return option.code
        return typed or None

    @override
    def set_value(self, value: Any) -> None:
        place = self._list.findData(value) if value else -1
        self._list.setCurrentIndex(place)
        if place < 0:
            self._list.setEditText(value or "")


class ManyEditor(Editor):
    """Several of the item's options."""

    def __init__(self, item: Item, _context: Context) -> None:
        self._ticks = {option.code: QCheckBox(option.label) for option in item.options}
        self._others: list[str] = []
        ground = QWidget()
        flow = Flow(ground)
        flow.setContentsMargins(0, 0, 0, 0)
        flow.setSpacing(style.space(1.5))
        for tick in self._ticks.values():
            flow.addWidget(tick)
        super().__init__(item, ground)
        for tick in self._ticks.values():
            tick.clicked.connect(lambda _: self.changed.emit())
        self.setFocusProxy(next(iter(self._ticks.values())))

    @override
    def value(self) -> list[str]:
        return [code for code, tick in self._ticks.items() if tick.isChecked()] + self._others

    @override
    def set_value(self, value: Any) -> None:
        chosen = list(value or ())
        for code, tick in self._ticks.items():
            tick.setChecked(code in chosen)
        # What came in with an import is kept, though no option says it.
        self._others = [code for code in chosen if code not in self._ticks]


class BooleanEditor(Editor):
    """Yes, no, and, unless the item is required, not known."""

    def __init__(self, item: Item, _context: Context) -> None:
        ground = QWidget()
        flow = Flow(ground)
        flow.setContentsMargins(0, 0, 0, 0)
        flow.setSpacing(style.space(2.5))
        self._answers: dict[bool | None, QRadioButton] = {
            True: QRadioButton(self.tr("Yes")),
            False: QRadioButton(self.tr("No")),
        }
        if not item.required:
            self._answers[None] = QRadioButton(self.tr("Not known"))
        group = QButtonGroup(ground)
        for answer in self._answers.values():
            group.addButton(answer)
            flow.addWidget(answer)
        super().__init__(item, ground)
        for answer in self._answers.values():
            answer.clicked.connect(lambda _: self.changed.emit())
        self.setFocusProxy(self._answers[True])
        self.set_value(None)

    @override
    def name_control(self, text: str) -> None:
        super().name_control(text)
        for answer in self._answers.values():
            answer.setAccessibleName(f"{text} {answer.text()}")

    @override
    def value(self) -> bool | None:
        return next((value for value, answer in self._answers.items() if answer.isChecked()), None)

    @override
    def set_value(self, value: Any) -> None:
        self._answers.get(value, self._answers[False]).setChecked(True)


class GroupEditor(Editor):
    """Items of its own, kept together: known as a whole or not at all."""

    def __init__(self, item: Item, context: Context) -> None:
        from gcp2_app.ui.forms.field import ItemField

        frame, layout = style.card()
        super().__init__(item, frame)
        self._fields = {inner.name: ItemField(inner, context.make(inner, context)) for inner in item.items}
        for field in self._fields.values():
            layout.addWidget(field)
            field.editor.changed.connect(self.changed)
        self.setFocusProxy(next(iter(self._fields.values())).editor)
        self._others: dict[str, Any] = {}

    @override
    def value(self) -> dict[str, Any] | None:
        values = {name: field.editor.value() for name, field in self._fields.items()}
        if all(value in (None, "", []) for value in values.values()):
            return None
        return {**self._others, **values}

    @override
    def set_value(self, value: Any) -> None:
        held = dict(value or {})
        for name, field in self._fields.items():
            field.editor.set_value(held.pop(name, None))
        self._others = held

    @override
    def problem(self) -> str:
        for field in self._fields.values():
            field.show_error(field.editor.problem())
        first = next((field for field in self._fields.values() if field.error), None)
        return f"{first.editor.item.label}: {first.error}" if first is not None else ""
