"""Asks why, before something that is only done for a reason."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from gcp2_app.domain.kinds import EntryKind, Item, ItemType
from gcp2_app.ui.forms.dialog import FormDialog, Saving
from gcp2_app.ui.forms.directory import Directory
from gcp2_app.ui.forms.registry import make_context
from gcp2_app.ui.workspace import Workspace


def ask_reason(
    parent: QWidget,
    workspace: Workspace,
    *,
    title: str,
    about: str,
    text: str,
    then: Callable[[str], object],
    above: QWidget | None = None,
) -> FormDialog:
    """Open a dialog that asks for a reason; ``then`` gets it.

    Args:
        about: what the reason is for, in a sentence.
        text: what the button says.
        above: what stands above the question, or None.
    """
    label = QCoreApplication.translate("reason", "Reason")
    kind = EntryKind(
        code="reason",
        title=title,
        plural=title,
        about=about,
        items=(Item(name="reason", type=ItemType.TEXT, label=label, required=True),),
    )
    saving = Saving(save=lambda values: values["reason"], saved=then, text=text)
    context = make_context(workspace.session.today(), Directory(workspace))
    dialog = FormDialog(parent, workspace, title=title, kind=kind, context=context, saving=saving, about=about)
    if above is not None:
        dialog.put_above(above)
    dialog.open()
    return dialog
