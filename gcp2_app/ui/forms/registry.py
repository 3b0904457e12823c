"""Which editor edits which kind of item. A new type of item is one line here."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from gcp2_app.domain.kinds import Item, ItemType
from gcp2_app.ui.forms.choice import BooleanEditor, ChoiceEditor, GroupEditor, ManyEditor, OpenChoiceEditor
from gcp2_app.ui.forms.day import DayEditor
from gcp2_app.ui.forms.editor import Context, Editor
from gcp2_app.ui.forms.groups import GroupsEditor, make_map
from gcp2_app.ui.forms.moment import MomentEditor
from gcp2_app.ui.forms.number import NumberEditor
from gcp2_app.ui.forms.people import PeopleEditor
from gcp2_app.ui.forms.reference import ReferenceEditor
from gcp2_app.ui.forms.text import LinesEditor, StringEditor, TextEditor

if TYPE_CHECKING:
    from gcp2_app.ui.forms.directory import Directory

_Maker = Callable[[Item, Context], Editor]

_SINGLE: Final[Mapping[ItemType, _Maker]] = {
    ItemType.BOOLEAN: BooleanEditor,
    ItemType.INTEGER: NumberEditor,
    ItemType.DATE: DayEditor,
    ItemType.DATE_TIME: MomentEditor,
    ItemType.STRING: StringEditor,
    ItemType.TEXT: TextEditor,
    ItemType.CHOICE: ChoiceEditor,
    ItemType.OPEN_CHOICE: OpenChoiceEditor,
    ItemType.REFERENCE: ReferenceEditor,
    ItemType.GROUP: GroupEditor,
    ItemType.MAP: make_map,
}
_REPEATED: Final[Mapping[ItemType, _Maker]] = {
    ItemType.STRING: LinesEditor,
    ItemType.CHOICE: ManyEditor,
    ItemType.REFERENCE: PeopleEditor,
    ItemType.GROUP: GroupsEditor,
}


def make_editor(item: Item, context: Context) -> Editor:
    """Return a new editor of an item."""
    return (_REPEATED if item.repeats else _SINGLE)[item.type](item, context)


def make_context(today: date, directory: "Directory") -> Context:
    """Return the context of a form's editors."""
    return Context(today=today, directory=directory, make=make_editor)
