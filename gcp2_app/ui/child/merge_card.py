"""The panel of the records that were merged into a child's, with the ways to merge another and to undo the latest."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QWidget

from gcp2_app.ui import words
from gcp2_app.ui.child import names
from gcp2_app.ui.child.merge_find import find_other
from gcp2_app.ui.child.merge_words import also_said, tr
from gcp2_app.ui.child.merging import undo_merge
from gcp2_app.ui.child.part_card import Action, Line, part_card
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.domain.child_merges import ChildMerge
    from gcp2_app.ui.child.shown import Shown


def merge_card(page: QWidget, workspace: Workspace, shown: "Shown") -> QFrame:
    """Return the panel.

    Args:
        page: what its dialogs stand on.
    """
    # What was merged last is undone first.
    lines = [_line(page, workspace, merge, may_undo=number == 0) for number, merge in enumerate(shown.file.merges)]
    find = Action(
        "merge-find",
        tr("Recorded twice? Find the other record…"),
        partial(find_other, page, workspace, shown.child.id),
    )
    return part_card(tr("Records of this child"), lines, (find,), tr("One. No other was merged into it."))


def _line(page: QWidget, workspace: Workspace, merge: "ChildMerge", *, may_undo: bool) -> Line:
    name = names.child_name(merge.absorbed)
    undo = Action(
        f"merge-{merge.id}",
        tr("Undo…"),
        partial(undo_merge, page, workspace, merge),
        tr("Undo the merge with the record of {name}").format(name=name),
    )
    details = (
        tr("Merged on {day}. Reason: {reason}").format(day=words.day(merge.on), reason=merge.reason),
        *also_said(merge),
        tr("Id of the record until then: {id}").format(id=merge.absorbed.id),
    )
    return Line(tr("Record of {name}").format(name=name), details, (undo,) if may_undo else ())
