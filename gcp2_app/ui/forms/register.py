"""The forms of the register: each opens the declared fields of one part of a record, and keeps what was typed.

The declarations are in ``forms/register``; the values go through the case-file shape, so that a field is declared once.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from gcp2_app.domain.kinds import EntryKind
from gcp2_app.ui.forms.checks import born_by, no_end_before_start, two_texts
from gcp2_app.ui.forms.dialog import FormDialog, Saving, Values, no_problems
from gcp2_app.ui.forms.directory import Directory
from gcp2_app.ui.forms.registry import make_context
from gcp2_app.ui.forms.second_person import SecondPersonGate
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.domain.register import Household, Person, Professional

Record = TypeVar("Record")
#: Stands for the id of a record that has none yet: a record without an id cannot be read.
_NEW = "new"


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("register", text)


def kinds() -> Mapping[str, EntryKind]:
    """Return the declared parts of the register by code.

    Raises:
        BadFile: a declaration has an error in it.
    """
    from gcp2_app.forms.entry_kinds import load_kinds
    from gcp2_app.paths import data_folder

    return load_kinds(data_folder("forms") / "register")


def to_values(record: Any) -> Values:
    """Return a record's fields in the shape of the case file; what is not known is absent."""
    from gcp2_app import wire

    return wire.to_builtins(record)


def with_values(record: Record, values: Values) -> Record:
    """Return a record with some of its fields changed.

    Args:
        values: in the shape of the case file.

    Raises:
        InvalidValue: a value does not fit.
    """
    from gcp2_app import wire

    given = to_values(record)
    if "id" in given and not given["id"]:
        made = wire.from_builtins(type(record), {**given, **values, "id": _NEW})
        return replace(made, id="")  # type: ignore[type-var, unused-ignore]  # every record is a dataclass
    return wire.from_builtins(type(record), {**given, **values})


def open_form(
    parent: QWidget,
    workspace: Workspace,
    *,
    code: str,
    title: str,
    values: Mapping[str, Any],
    saving: Saving,
    directory: Directory | None = None,
) -> FormDialog:
    """Open the form of one part of the register.

    Args:
        code: of the declared part.
        values: what it shows, in the shape of the case file.
        directory: who the references point at.
    """
    kind = kinds()[code]
    context = make_context(workspace.session.today(), directory or Directory(workspace))
    dialog = FormDialog(parent, workspace, title=title, kind=kind, context=context, saving=saving, about=kind.about)
    dialog.show_values(values)
    dialog.open()
    return dialog


def add_person(parent: QWidget, workspace: Workspace, name: str, then: "Callable[[Person], object]") -> FormDialog:
    """Open the form of a new adult."""
    from gcp2_app.domain.register import Person

    return _edit_person(parent, workspace, tr("Add an adult"), Person(id="", name=name), then)


def edit_person(
    parent: QWidget, workspace: Workspace, person: "Person", directory: Directory | None = None
) -> FormDialog:
    """Open the form of an adult.

    Args:
        directory: the people it can be withheld from.
    """
    return _edit_person(parent, workspace, tr("Change an adult’s details"), person, lambda _: None, directory=directory)


def _edit_person(
    parent: QWidget,
    workspace: Workspace,
    title: str,
    person: "Person",
    then: "Callable[[Person], object]",
    *,
    directory: Directory | None = None,
) -> FormDialog:
    from gcp2_app.services import register

    session = workspace.session
    gate = SecondPersonGate(
        workspace, lambda values: register.needs_second_person(session, with_values(person, values))
    )

    def saved(kept: "Person") -> None:
        then(kept)
        workspace.changed.emit("person", kept.id)

    def problems(values: Values) -> Mapping[str, str]:
        need = values.get("learning_need")
        found = dict(born_by(values, session.today()))
        if need and not need.get("state"):
            found["learning_need"] = tr("Say what is known, or leave source and date empty.")
        return found

    saving = Saving(
        save=lambda values: register.save_person(session, with_values(person, values), second=gate.second),
        saved=saved,
        problems=problems,
        before=gate.before,
    )
    values = to_values(person)
    gate.dialog = open_form(
        parent, workspace, code="person", title=title, values=values, saving=saving, directory=directory
    )
    return gate.dialog


def add_professional(
    parent: QWidget, workspace: Workspace, name: str, then: "Callable[[Professional], object]"
) -> FormDialog:
    """Open the form of a new professional."""
    from gcp2_app.domain.register import Professional

    return _edit_professional(parent, workspace, tr("Add a professional"), Professional(id="", name=name), then)


def edit_professional(parent: QWidget, workspace: Workspace, professional: "Professional") -> FormDialog:
    """Open the form of a professional."""
    return _edit_professional(parent, workspace, tr("Change a professional’s details"), professional, lambda _: None)


def _edit_professional(
    parent: QWidget,
    workspace: Workspace,
    title: str,
    professional: "Professional",
    then: "Callable[[Professional], object]",
) -> FormDialog:
    from gcp2_app.services import register

    session = workspace.session

    def saved(kept: "Professional") -> None:
        then(kept)
        workspace.changed.emit("professional", kept.id)

    saving = Saving(
        save=lambda values: register.save_professional(session, with_values(professional, values)),
        saved=saved,
        problems=lambda values: two_texts(values, "name", "role"),
    )
    values = to_values(professional)
    return open_form(parent, workspace, code="professional", title=title, values=values, saving=saving)


def edit_part(
    parent: QWidget,
    workspace: Workspace,
    *,
    code: str,
    title: str,
    values: Mapping[str, Any],
    save: Callable[[Values], Any],
    changed: tuple[str, str],
    directory: Directory,
    fixed: tuple[str, ...] = (),
    gate: SecondPersonGate | None = None,
) -> FormDialog:
    """Open the form of one dated part of a child or a household: a status, an allocation, a membership, an address.

    Args:
        values: the part as it is, empty for a new one.
        save: keeps the whole record with this part in it; runs on the database thread.
        changed: kind and id of the record the part belongs to.
        fixed: items that are not asked, because they are settled.
        gate: asks a second person where something would be withheld no longer.
    """
    period = {"from", "to"} <= {item.name for item in kinds()[code].items}
    saving = Saving(
        save=save,
        saved=lambda _: workspace.changed.emit(*changed),
        problems=no_end_before_start if period else no_problems,
        before=gate.before if gate is not None else None,
    )
    dialog = open_form(parent, workspace, code=code, title=title, values=values, saving=saving, directory=directory)
    if gate is not None:
        gate.dialog = dialog
    for name in fixed:
        dialog.form.show_field(name, shown=False)
    return dialog


def edit_household(parent: QWidget, workspace: Workspace, household: "Household", child_id: str) -> FormDialog:
    """Open the form of a household's own fields."""
    from gcp2_app.services import register

    session = workspace.session
    saving = Saving(
        save=lambda values: register.save_household(session, with_values(household, values)),
        saved=lambda _: workspace.changed.emit("child", child_id),
    )
    title = tr("Change the household’s details")
    return open_form(parent, workspace, code="household", title=title, values=to_values(household), saving=saving)
