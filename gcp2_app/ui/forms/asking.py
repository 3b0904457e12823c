"""A few questions in a dialog of their own, laid out by the form engine, for a step that takes no whole form."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from gcp2_app.domain.kinds import EntryKind, Item
from gcp2_app.ui.forms.dialog import FormDialog, Saving, Values
from gcp2_app.ui.forms.directory import Directory
from gcp2_app.ui.forms.registry import make_context
from gcp2_app.ui.workspace import Workspace


def ask(
    parent: QWidget,
    workspace: Workspace,
    *,
    title: str,
    items: tuple[Item, ...],
    save: Callable[[Values], Any],
    saved: Callable[[Any], object],
    about: str = "",
    begin: Mapping[str, Any] | None = None,
    text: str = "",
) -> FormDialog:
    """Open a dialog with a few questions.

    Args:
        parent: the page it belongs to.
        workspace: the open store.
        title: of the dialog.
        items: the questions.
        save: keeps the answers; runs on the database thread.
        saved: gets what was kept.
        about: a sentence below the title.
        begin: what the questions are answered with to begin with.
        text: what the button says.
    """
    kind = EntryKind(code="asking", title=title, plural="", about=about, items=items)
    dialog = FormDialog(
        parent,
        workspace,
        title=title,
        kind=kind,
        context=make_context(workspace.session.today(), Directory(workspace)),
        saving=Saving(save=save, saved=saved, text=text),
        about=about,
    )
    dialog.show_values(begin or {})
    dialog.open()
    return dialog
