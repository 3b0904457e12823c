"""One step of a request for help: its questions with their headings, those that are not asked hidden."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout

from gcp2_app.domain.kinds import EntryKind, Item, ItemType, Option
from gcp2_app.domain.referring import Question, Step
from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.forms.editor import Context, Editor
from gcp2_app.ui.forms.field import ItemField
from gcp2_app.ui.forms.form import Form
from gcp2_app.ui.forms.registry import make_editor

#: A text that the record filled in is shown in so many lines at most before it scrolls.
_MOST_LINES = 9
_LEAST_LINES = 3


class StepForm(Form):
    """The questions of one step."""

    def __init__(self, step: Step, context: Context, names: Mapping[str, str]) -> None:
        self._names = names
        items = tuple(self._item(question) for question in step.questions)
        kind = EntryKind(code=step.code, title=step.title, plural=step.title, about=step.about, items=items)
        super().__init__(kind, replace(context, make=_make))
        self._questions = step.questions
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)  # noqa: S101 - Form makes it
        for question in step.questions:
            if question.block:
                heading = style.heading(question.block, 2)
                heading.setContentsMargins(0, style.space(1.5), 0, 0)
                layout.insertWidget(layout.indexOf(self.fields[question.item.name]), heading)

    def _item(self, question: Question) -> Item:
        item = question.item
        if item.type is ItemType.REFERENCE:
            # The children it can be about are known; no search leads to others.
            options = tuple(Option(code=id_, label=name) for id_, name in self._names.items())
            item = replace(item, type=ItemType.CHOICE, of=None, options=options)
        return replace(item, required=question.needed)

    @override
    def _missing(self, field: ItemField) -> str:
        # What is needed is counted, and stops nothing.
        return ""

    def ask(self, values: Mapping[str, Any]) -> None:
        """Show the questions that are asked after what was answered so far, and hide the others."""
        for question in self._questions:
            self.fields[question.item.name].setHidden(not question.is_asked(values))

    @override
    def show_values(self, values: Mapping[str, Any]) -> None:
        super().show_values(values)
        for field in self.fields.values():
            _fit(field.editor)


def _make(item: Item, context: Context) -> Editor:
    """Return the editor of a question. Yes-or-no has no answer until one is given."""
    return make_editor(replace(item, required=False) if item.type is ItemType.BOOLEAN else item, context)


def _fit(editor: Editor) -> None:
    """Give a box as many lines as the text in it has, within reason."""
    box = editor.control
    if isinstance(box, QPlainTextEdit):
        text = box.toPlainText()
        lines = sum(1 + len(line) // 90 for line in text.split("\n")) if text else 0
        lines = max(_LEAST_LINES, min(_MOST_LINES, lines + 1))
        box.setFixedHeight(box.fontMetrics().lineSpacing() * lines + style.space(3))
