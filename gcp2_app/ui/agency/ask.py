"""Asks where an entry or assessment stands in the agency's own record."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from gcp2_app.domain.kinds import EntryKind, Item, ItemType
from gcp2_app.domain.when import parse_date
from gcp2_app.ui.forms.dialog import FormDialog, Saving, Values
from gcp2_app.ui.forms.directory import Directory
from gcp2_app.ui.forms.registry import make_context
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.domain.entries import AgencyRecord


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("agency", text)


def ask_agency_record(
    parent: QWidget,
    workspace: Workspace,
    kind: str,
    id_: str,
    *,
    about: str = "",
    held: "AgencyRecord | None" = None,
    then: Callable[[], object] | None = None,
) -> FormDialog:
    """Open a dialog that asks for reference and date; leaving it says "not yet" and changes nothing.

    After it is kept the workspace says that the entry or assessment changed.

    Args:
        parent: the window it stands on.
        workspace: of the open store.
        kind: ``entry`` or ``assessment``.
        id_: which.
        about: what it is about, for the person to know; empty where the screen below says it.
        held: what is written already.
        then: called after it was kept.
    """
    from gcp2_app.domain.entries import AgencyRecord
    from gcp2_app.services import agency_record

    session, kept = workspace.session, agency_record.Kept(kind)

    def save(values: Values) -> None:
        on = parse_date(values["on"]) if values.get("on") else None
        agency_record.mark(session, kept, id_, AgencyRecord(reference=values["reference"], on=on))

    def saved(_none: None) -> None:
        workspace.changed.emit(kind, id_)
        if then is not None:
            then()

    title = tr("In the agency’s record")
    fields = EntryKind(
        code="agency_record",
        title=title,
        plural=title,
        about=about or title,
        items=(
            Item(
                name="reference",
                type=ItemType.STRING,
                label=tr("Reference"),
                help=tr("What finds it there, such as a case note’s number."),
                required=True,
            ),
            Item(name="on", type=ItemType.DATE, label=tr("Put there on")),
        ),
    )
    context = make_context(session.today(), Directory(workspace))
    saving = Saving(save=save, saved=saved, text=tr("It is in the agency’s record"))
    dialog = FormDialog(parent, workspace, title=title, kind=fields, context=context, saving=saving, about=about)
    on = held.on if held is not None else session.today()
    reference = held.reference if held is not None else ""
    dialog.show_values({"reference": reference, "on": on.isoformat() if on is not None else None})
    dialog.open()
    return dialog
