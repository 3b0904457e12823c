"""The form of an entry: the common fields and those of its kind, short until more is asked for.

A required field takes "not known" with a reason, so that nothing real is kept out for want of a field.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from gcp2_app.domain.entry_fields import COMMON, DATA, has_own_date, what_item
from gcp2_app.domain.kinds import EntryKind, Item, ItemType
from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.entry.fields import ChildrenEditor, FilesEditor, MarkEditor, SourceEditor
from gcp2_app.ui.fold import Fold
from gcp2_app.ui.forms.choice import BooleanEditor
from gcp2_app.ui.forms.editor import Context, Editor
from gcp2_app.ui.forms.field import ItemField
from gcp2_app.ui.forms.form import Form
from gcp2_app.ui.forms.moment import WhenEditor
from gcp2_app.ui.forms.registry import make_editor

#: The most optional fields of a kind that are shown without asking.
_SHORT: Final = 4
#: Types of field that take much room; they wait in a fold.
_LONG: Final = frozenset({ItemType.GROUP, ItemType.MAP})
#: Name of the field that asks why an entry is corrected.
REASON: Final = "reason"


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("entry", text)


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that stand together.

    Attributes:
        title: of the fold they stand in; empty for those always shown.
    """

    title: str
    names: tuple[str, ...]


def sections(kind: EntryKind, *, new: bool) -> tuple[Section, ...]:
    """Return the fields of an entry's form in the order they are asked.

    Args:
        new: files are chosen with a new entry alone; a stored one keeps them on its page.
    """
    required = [f"{DATA}{item.name}" for item in kind.items if item.required]
    optional = [item for item in kind.items if not item.required]
    short = [f"{DATA}{item.name}" for item in optional if len(optional) <= _SHORT and item.type not in _LONG]
    more = tuple(name for item in optional if (name := f"{DATA}{item.name}") not in short)
    dated = has_own_date(kind)
    # A kind that asks for words of its own, such as what was agreed, does not ask twice.
    what = () if f"{DATA}what" in required else ("what",)
    found = [
        Section("", (*(() if dated else ("when",)), *what, *required, *short, "source", "themes")),
        Section(tr("More about this: {kind}").format(kind=kind.title.lower()), more),
        Section(
            tr("Effect on the child, response and outcome"),
            (
                *(() if what else ("what",)),
                "impact",
                "child_words",
                "carer_response",
                "action_taken",
                "outcome",
                "significance",
                "significance_why",
            ),
        ),
        Section(tr("Other children, and what it means for each"), ("children",)),
        Section(tr("When it became known"), (*(("when",) if dated else ()), "known")),
        Section(tr("Who may not see it"), ("third_party", "harm_if_disclosed", "withheld_from")),
    ]
    if new:
        found.append(Section(tr("Files"), ("attachments",)))
    else:
        found.append(Section("", (REASON,)))
    return tuple(section for section in found if section.names)


def items_of(kind: EntryKind, *, new: bool) -> EntryKind:
    """Return the declaration of a whole form: the common fields with those of the kind, in their order."""
    own = {f"{DATA}{item.name}": replace(item, name=f"{DATA}{item.name}") for item in kind.items}
    common: dict[str, Item] = {**COMMON, "what": what_item(kind)}
    if has_own_date(kind):
        help_ = tr("Only where it differs from the date above.")
        common["when"] = replace(COMMON["when"], required=False, help=help_)
    common[REASON] = Item(name=REASON, type=ItemType.TEXT, label=tr("Why is it corrected?"), required=True)
    names = [name for section in sections(kind, new=new) for name in section.names]
    return replace(kind, items=tuple({**common, **own}[name] for name in names))


_COMMON_EDITORS: Final[Mapping[str, Callable[[Item, Context], Editor]]] = {
    "when": WhenEditor,
    "known": WhenEditor,
    "source": SourceEditor,
    "children": ChildrenEditor,
    "third_party": MarkEditor,
    "harm_if_disclosed": MarkEditor,
    "attachments": FilesEditor,
}


def make_entry_editor(item: Item, context: Context) -> Editor:
    """Return the editor of a field of an entry. Yes-or-no has no answer until one is given."""
    if item.name in _COMMON_EDITORS:
        return _COMMON_EDITORS[item.name](item, context)
    if item.type is ItemType.BOOLEAN and item.required:
        return BooleanEditor(replace(item, required=False), context)
    return make_editor(item, context)


class WhyNotKnown(QWidget):
    """Says why a required field is not known.

    Attributes:
        ask, line: what opens it, and the reason.
    """

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ask = style.button(tr("Not known? Say why…"), "link")
        self.ask.setAutoDefault(False)
        self.ask.setAccessibleName(tr("{label}: not known").format(label=label))
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("Why it is not known"))
        self.line.setAccessibleName(tr("{label}: why it is not known").format(label=label))
        self.line.setMaximumWidth(style.space(60))
        self.line.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.ask)
        layout.addWidget(self.line)
        self.ask.clicked.connect(self._open)

    @property
    def why(self) -> str:
        """The reason, or empty."""
        return "" if self.line.isHidden() else " ".join(self.line.text().split())

    def show_why(self, why: str) -> None:
        """Show a reason, or only the way to give one."""
        self.line.setText(why)
        self.line.setVisible(bool(why))
        self.ask.setHidden(bool(why))

    def _open(self) -> None:
        self.ask.hide()
        self.line.show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)


class EntryForm(Form):
    """The fields of an entry of one kind.

    Attributes:
        folds: by the names of the fields in them.
        not_known: by the names of the required fields.
    """

    def __init__(self, kind: EntryKind, context: Context, *, new: bool, parent: QWidget | None = None) -> None:
        super().__init__(items_of(kind, new=new), context, parent)
        self.folds: dict[str, Fold] = {}
        self.not_known: dict[str, WhyNotKnown] = {}
        self._fall_back = {f"{DATA}{item.name}" for item in kind.items if item.or_source_agency}
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)  # noqa: S101 - Form makes it
        for section in sections(kind, new=new):
            if section.title:
                self._fold(layout, section)
            else:
                for name in section.names:
                    layout.addWidget(self.fields[name])
        for name, field in self.fields.items():
            self._take_not_known(name, field)

    def _fold(self, layout: QVBoxLayout, section: Section) -> None:
        def make() -> QWidget:
            body = QWidget()
            inside = QVBoxLayout(body)
            inside.setContentsMargins(style.space(3), style.space(1), 0, style.space(1))
            inside.setSpacing(style.space(2))
            for name in section.names:
                inside.addWidget(self.fields[name])
            return body

        fold = Fold(section.title, make)
        fold.setAutoDefault(False)
        layout.addWidget(fold)
        layout.addLayout(fold.place)
        fold.open()
        fold.setChecked(False)
        self.folds |= dict.fromkeys(section.names, fold)

    def _take_not_known(self, name: str, field: ItemField) -> None:
        takes = name.startswith(DATA) or name in {"what", "source"}
        if takes and self._required(field):
            line = WhyNotKnown(field.editor.item.label)
            line.line.textEdited.connect(lambda _: field.editor.changed.emit())
            field.editor.body.setSpacing(max(2, style.space(0.5)))
            field.editor.body.addWidget(line)
            self.not_known[name] = line

    def reasons(self) -> dict[str, str]:
        """Return why required fields without an answer are not known, by name as the case file has it."""
        return {
            name.removeprefix(DATA): line.why
            for name, line in self.not_known.items()
            if line.why and self.fields[name].editor.value() in (None, "", [])
        }

    def show_reasons(self, reasons: Mapping[str, str]) -> None:
        """Show why required fields are not known."""
        for name, line in self.not_known.items():
            line.show_why(reasons.get(name.removeprefix(DATA), ""))

    def open_folds_with_answers(self, asked: Mapping[str, Any]) -> None:
        """Open the folds in which something was answered.

        Args:
            asked: the values that are no answer of their own, such as what stands there by default.
        """
        for name, fold in self.folds.items():
            value = self.fields[name].editor.value()
            if value not in (None, "", [], False) and value != asked.get(name):
                fold.setChecked(True)

    @override
    def problems(self, more: Mapping[str, str]) -> dict[str, str]:
        found = super().problems(more)
        for name in found:
            if name in self.folds:
                self.folds[name].setChecked(True)
        return found

    @override
    def go_to(self, name: str) -> None:
        if name in self.folds:
            self.folds[name].setChecked(True)
        super().go_to(name)

    @override
    def _missing(self, field: ItemField) -> str:
        name = field.editor.item.name
        if not self._required(field) or field.editor.value() not in (None, "", []):
            return self._without_agency(field) if name == "source" else ""
        if name in self.not_known and self.not_known[name].why:
            return ""
        source = self.fields["source"].editor.value() or {}
        if name in self._fall_back and source.get("agency"):
            return ""
        if name == "source":
            return tr("Choose the agency, or say why it is not known.")
        return self._ask_for(field)

    def _ask_for(self, field: ItemField) -> str:
        asked = self._asked(field.editor.item)
        if field.editor.item.name not in self.not_known:
            return asked
        return tr("{asked}, or say why it is not known.").format(asked=asked.removesuffix("."))

    @staticmethod
    def _asked(item: Item) -> str:
        if item.type is ItemType.BOOLEAN or item.label.endswith("?"):
            return tr("Answer “{label}”").format(label=item.label)
        if item.options or item.repeats or item.type is ItemType.REFERENCE:
            return tr("Choose under “{label}”.").format(label=item.label)
        return tr("Enter “{label}”.").format(label=item.label)

    def _without_agency(self, field: ItemField) -> str:
        given = field.editor.value() or {}
        agency_wanted = bool(given) and not given.get("agency") and not self.not_known["source"].why
        return tr("Choose the agency.") if agency_wanted else ""

    @staticmethod
    def _required(field: ItemField) -> bool:
        # Not the editor's: a required yes-or-no has no answer to begin with; see `make_entry_editor`.
        return field.required
