"""Opens the form of an entry: a new one of some kind, or one that is corrected with a reason."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import QWidget

from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.kinds import EntryKind
from gcp2_app.domain.learning import Where
from gcp2_app.domain.register import Agency
from gcp2_app.domain.third_party import is_third_party_by_default
from gcp2_app.ui.entry.directory import EntryDirectory
from gcp2_app.ui.entry.fields import ChildrenEditor, FilesEditor, MarkEditor
from gcp2_app.ui.entry.form import REASON, EntryForm, items_of, make_entry_editor
from gcp2_app.ui.entry.values import new_entry, to_entry, to_values
from gcp2_app.ui.fold import Fold
from gcp2_app.ui.forms.dialog import FormDialog, Saving, Values
from gcp2_app.ui.forms.editor import Context
from gcp2_app.ui.forms.second_person import SecondPersonGate
from gcp2_app.ui.learn.beside import learned_fold
from gcp2_app.ui.learn.local_services import LocalServicesPane
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.domain.local_services import LocalService
    from gcp2_app.services.session import Session
    from gcp2_app.services.stream import EntryFile
    from gcp2_app.ui.child.shown import Shown


#: The kind of entry a local service can be picked for.
SUPPORT: Final = "support"


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("entry", text)


def add_entry(
    parent: QWidget,
    workspace: Workspace,
    shown: "Shown",
    kind: EntryKind,
    *,
    begin: Mapping[str, Any] | None = None,
    known: Mapping[str, str] | None = None,
    then: Callable[[Entry], object] | None = None,
) -> FormDialog:
    """Open the form of a new entry.

    Args:
        shown: the child whose page it is added from.
        begin: values it begins with, such as what was typed in a quick line.
        known: what the ids of other entries among those values stand for.
        then: gets what was kept.
    """
    from gcp2_app.services import entries

    session = workspace.session
    entry = new_entry(kind.code, shown.child.id, own_source(session), session.today().isoformat())
    opened = _Opened(parent, workspace, shown, kind=kind, entry=entry, known=dict(known or {}))

    def save(values: Values) -> Entry:
        return entries.add(session, opened.entry_of(values), files=tuple(opened.files))

    saving = Saving(save=save, saved=lambda kept: _tell(workspace, kept, then), text=tr("Add it"))
    return opened.open(tr("Add: {kind}").format(kind=kind.title), saving, begin or {})


def edit_entry(
    parent: QWidget,
    workspace: Workspace,
    shown: "Shown",
    file: "EntryFile",
    *,
    then: Callable[[Entry], object] | None = None,
) -> FormDialog:
    """Open the form of an entry that is corrected; it asks why.

    Raises:
        AssertionError: the kind of the entry is not declared any more; nothing offers to correct it.
    """
    from gcp2_app.services import entries

    kind, session = file.kind, workspace.session
    if kind is None:
        raise AssertionError("an entry of no declared kind cannot be corrected")
    opened = _Opened(parent, workspace, shown, kind=kind, entry=file.entry, known=dict(file.names))
    gate = SecondPersonGate(workspace, lambda values: entries.needs_second_person(session, opened.entry_of(values)))
    saving = Saving(
        save=lambda values: entries.revise(
            session, opened.entry_of(values), reason=values[REASON] or "", second=gate.second
        ),
        saved=lambda kept: _tell(workspace, kept, then),
        before=gate.before,
        text=tr("Save the correction"),
    )
    gate.dialog = opened.open(tr("Correct: {kind}").format(kind=kind.title), saving, {})
    return gate.dialog


def own_source(session: "Session") -> Source:
    """Return the person signed in as the source of an entry."""
    me = session.professional
    return Source(name=me.name, role=me.role, agency=me.agency)


def _tell(workspace: Workspace, kept: Entry, then: Callable[[Entry], object] | None) -> None:
    if then is not None:
        then(kept)
    workspace.changed.emit("entry", kept.id)


class _Opened:
    """A form that is open, with what its values alone do not say."""

    def __init__(
        self,
        parent: QWidget,
        workspace: Workspace,
        shown: "Shown",
        *,
        kind: EntryKind,
        entry: Entry,
        known: dict[str, str] | None = None,
    ) -> None:
        self._parent, self._workspace, self._kind, self._entry = parent, workspace, kind, entry
        self._new = not entry.id
        self._relevance: dict[str, str] = {}
        self._not_known: dict[str, str] = {}
        self.files: list[Any] = []
        directory = EntryDirectory(workspace, shown, known)
        self._context = Context(today=workspace.session.today(), directory=directory, make=make_entry_editor)

    def open(self, title: str, saving: Saving, begin: Mapping[str, Any]) -> FormDialog:
        """Show the form."""
        form = EntryForm(self._kind, self._context, new=self._new)
        dialog = FormDialog(
            self._parent,
            self._workspace,
            title=title,
            kind=items_of(self._kind, new=self._new),
            context=self._context,
            saving=saving,
            about=self._kind.about,
            form=form,
        )
        values = to_values(self._entry, self._kind)
        dialog.show_values({**values, **begin})
        children = form.fields["children"].editor
        assert isinstance(children, ChildrenEditor)  # noqa: S101 - the form's own
        children.set_relevance(dict(self._entry.relevance))
        form.show_reasons(self._entry.not_known)
        # Read off the form whenever it changes: saving happens on another thread.
        form.changed.connect(lambda _: self._note(form))
        self._note(form)
        alone = len(self._entry.children) < 2 and not self._entry.relevance
        asked = {"known": values.get("known"), **({"children": values.get("children")} if alone else {})}
        form.open_folds_with_answers(asked)
        if self._new and self._kind.code == SUPPORT:
            dialog.put_below(_services_fold(self._workspace, dialog))
        dialog.put_below(learned_fold(self._workspace, Where.TIMELINE, kind=self._kind.code, leads_away=False))
        dialog.open()
        QTimer.singleShot(0, form, lambda: _begin(form, new=self._new))
        return dialog

    def entry_of(self, values: Values) -> Entry:
        """Return the entry the form holds."""
        return to_entry(self._entry, self._kind, values, relevance=self._relevance, not_known=self._not_known)

    def _note(self, form: EntryForm) -> None:
        children, mark = form.fields["children"].editor, form.fields["third_party"].editor
        if isinstance(children, ChildrenEditor):
            self._relevance = children.relevance()
        self._not_known = {**self._reasons_of_nothing_asked(form), **form.reasons()}
        files = form.fields["attachments"].editor if self._new else None
        if isinstance(files, FilesEditor):
            self.files = list(files.files)
        if isinstance(mark, MarkEditor) and self._new:
            mark.follow(on=is_third_party_by_default(_source(form), self._workspace.session.professional))

    def _reasons_of_nothing_asked(self, form: EntryForm) -> dict[str, str]:
        """Return reasons that came with the entry for what this form does not ask."""
        asked = {name.removeprefix("data.") for name in form.not_known}
        return {name: why for name, why in self._entry.not_known.items() if name not in asked}


def _services_fold(workspace: Workspace, dialog: FormDialog) -> Fold:
    """Return the services near here, folded away: one that is picked is written into the form."""
    name, themes = (dialog.form.fields[each].editor for each in ("data.name", "data.themes"))

    def pick(service: "LocalService") -> None:
        name.set_value(service.name)
        if not themes.value():
            themes.set_value([theme.value for theme in service.themes])
        dialog.note_change()
        name.setFocus(Qt.FocusReason.OtherFocusReason)

    return Fold(
        tr("Pick from the help near here"), lambda: LocalServicesPane(workspace, lambda: themes.value() or (), pick)
    )


def _source(form: EntryForm) -> Source | None:
    given = form.fields["source"].editor.value()
    if given is None:
        return None
    agency = Agency(given["agency"]) if given.get("agency") else None
    return Source(name=given.get("name", ""), role=given.get("role", ""), agency=agency)


def _begin(form: EntryForm, *, new: bool) -> None:
    """Put the keyboard where writing begins: the first field that is still empty, or where there is most to correct."""
    for name, field in form.fields.items():
        if name not in form.folds and (field.editor.value() in (None, "", []) if new else name.endswith("what")):
            field.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
