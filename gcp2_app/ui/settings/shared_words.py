"""Shows which words a licensed pack shares with the open one, and asks why it is installed all the same."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from gcp2_app.ui import style
from gcp2_app.ui.forms.dialog import FormDialog
from gcp2_app.ui.forms.reason import ask_reason
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.packs import SharesWords

#: More than these are counted.
_SHOWN: Final = 6


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("shared_words", text)


def ask_shared_words(
    parent: QWidget, workspace: Workspace, found: "SharesWords", then: Callable[[str], object]
) -> FormDialog:
    """Open a dialog with the words the two packs share; ``then`` gets the reason for going on."""
    card, body = style.card()
    for run in found.runs[:_SHOWN]:
        body.addWidget(style.label(f"“{run}”"))
    more = len(found.runs) - _SHOWN
    if more > 0:
        body.addWidget(style.label(tr("And {count} more.").format(count=more), "quiet"))
    return ask_reason(
        parent,
        workspace,
        title=tr("Two packs say this in the same words"),
        about=found.message
        + " "
        + tr("Find out whose words they are before you go on. Your name and the reason are kept in the audit trail."),
        text=tr("Install it all the same"),
        then=then,
        above=card,
    )
