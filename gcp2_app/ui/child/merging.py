"""Merging two records of a child, and undoing it: the dialogs, and what follows them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gcp2_app.domain.kinds import EntryKind, Item, ItemType
from gcp2_app.errors import AppError
from gcp2_app.overriding import override
from gcp2_app.ui import messages, style, words
from gcp2_app.ui.child import names
from gcp2_app.ui.child.merge_beside import MergeBeside
from gcp2_app.ui.forms.dialog import FormDialog, Saving, Values
from gcp2_app.ui.forms.directory import Directory
from gcp2_app.ui.forms.reason import ask_reason
from gcp2_app.ui.forms.registry import make_context
from gcp2_app.ui.forms.second_person import SecondPersonGate
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from gcp2_app.services.child_merges import ChildMerge, Comparison, Undoing


def tr(text: str, count: int = -1) -> str:
    """Translate a text of this module; ``one|many`` is chosen by the count, which replaces ``%n``."""
    if count < 0:
        return QCoreApplication.translate("merging", text)
    one, _, many = text.partition("|")
    return QCoreApplication.translate("merging", one if count == 1 else many or one).replace("%n", str(count))


class MergeDialog(FormDialog):
    """Two records side by side, with the reason why they are of one child below. Wider than other forms.

    Attributes:
        beside: the two records.
    """

    def __init__(self, parent: QWidget, workspace: Workspace, comparison: "Comparison", saving: Saving) -> None:
        title = tr("Are these one child?")
        super().__init__(
            parent,
            workspace,
            title=title,
            kind=_reason_kind(title, tr("Why are they one child?")),
            context=make_context(workspace.session.today(), Directory(workspace)),
            saving=saving,
            about=tr("Two records of one child hide what happened in either. One record of two children is worse."),
        )
        self.beside = MergeBeside(comparison)
        self.beside.changed.connect(self.note_change)
        self.put_above(self.beside)

    @override
    def sizeHint(self) -> QSize:
        room = self.screen().availableSize()
        return QSize(min(style.space(160), round(room.width() * 0.94)), round(room.height() * 0.9))


def merge_with(parent: QWidget, workspace: Workspace, child_id: str, other_id: str) -> None:
    """Lay two records side by side; a restricted one is opened for a reason first."""
    from gcp2_app.services import child_merges

    session, reasons = workspace.session, workspace.reasons
    why, other_why = reasons.get(child_id, ""), reasons.get(other_id, "")

    def failed(error: AppError) -> None:
        from gcp2_app.services.register import ReasonNeeded

        if isinstance(error, ReasonNeeded):
            _ask_why(parent, workspace, error.child, lambda: merge_with(parent, workspace, child_id, other_id))
        else:
            messages.show_error(parent, error)

    workspace.tasks.run(
        parent,
        lambda: child_merges.compare(session, child_id, other_id, why=why, other_why=other_why),
        lambda comparison: _open(parent, workspace, comparison),
        failed,
    )


def _ask_why(parent: QWidget, workspace: Workspace, child_id: str, then: "Callable[[], None]") -> None:
    def given(why: str) -> None:
        workspace.reasons[child_id] = why
        then()

    ask_reason(
        parent,
        workspace,
        title=tr("This record is restricted"),
        about=tr("Say why you open it. Your name, the time and the reason are kept in the audit trail."),
        text=tr("Open the record"),
        then=given,
    )


def _open(parent: QWidget, workspace: Workspace, comparison: "Comparison") -> None:
    from gcp2_app.services import child_merges

    session = workspace.session
    child, other = comparison.child.child, comparison.other.child
    why, other_why = workspace.reasons.get(child.id, ""), workspace.reasons.get(other.id, "")

    def before(_values: Values, go_on: "Callable[[], None]", _give_up: "Callable[[], None]") -> None:
        left = tuple(each for each in comparison.cautions if each not in dialog.beside.sure)
        if left:
            dialog.show_failure(child_merges.NotLookedInto(left))
        else:
            go_on()

    def save(values: Values) -> "ChildMerge":
        return child_merges.merge(
            session,
            child.id,
            other.id,
            reason=values["reason"],
            theirs=dialog.beside.theirs,
            sure=dialog.beside.sure,
            why=why,
            other_why=other_why,
        )

    def saved(made: "ChildMerge") -> None:
        if other_why and not why:
            workspace.reasons[made.child] = other_why
        _tell(workspace, made)
        workspace.child_wanted.emit(made.child)

    def swap() -> None:
        dialog.close_at_once()
        merge_with(parent, workspace, other.id, child.id)

    saving = Saving(save=save, saved=saved, before=before, text=tr("Merge the records"))
    dialog = MergeDialog(parent, workspace, comparison, saving)
    dialog.beside.swap_button.clicked.connect(swap)
    dialog.open()
    dialog.beside.first.setFocus(Qt.FocusReason.OtherFocusReason)


def _tell(workspace: Workspace, merge: "ChildMerge") -> None:
    """Let the pages know that records are of another child now; an assessment left open is read anew."""
    workspace.changed_elsewhere |= set(merge.moved.assessments)
    workspace.changed.emit("child", merge.child)


def undo_merge(parent: QWidget, workspace: Workspace, merge: "ChildMerge") -> None:
    """Say what undoing a merge does, and undo it for a reason."""
    from gcp2_app.services import child_merges

    session, why = workspace.session, workspace.reasons.get(merge.child, "")

    def looked(found: "tuple[Undoing, ...]") -> None:
        for each in found:
            if each.merge.id == merge.id:
                _open_undo(parent, workspace, each)

    workspace.tasks.run(
        parent,
        lambda: child_merges.look(session, merge.child, why=why),
        looked,
        lambda error: messages.show_error(parent, error),
    )


def _open_undo(parent: QWidget, workspace: Workspace, undoing: "Undoing") -> None:
    from gcp2_app.services import child_merges

    session, merge = workspace.session, undoing.merge
    why = workspace.reasons.get(merge.child, "")
    title = tr("Undo the merge")
    gate = SecondPersonGate(
        workspace,
        lambda _: ("withheld",) if undoing.second else (),
        tr(
            "After this, something is withheld in one of the two records alone. That takes two people: a colleague or "
            "supervisor who works with this child types their own sign-in here. Both names are kept in the audit trail."
        ),
    )

    def save(values: Values) -> object:
        return child_merges.undo(session, merge.id, reason=values["reason"], why=why, second=gate.second)

    gate.dialog = FormDialog(
        parent,
        workspace,
        title=title,
        kind=_reason_kind(title, tr("Why are they not one child?")),
        context=make_context(session.today(), Directory(workspace)),
        saving=Saving(
            save=save,
            saved=lambda _: _tell(workspace, merge),
            before=gate.before,
            text=tr("Undo the merge"),
        ),
    )
    said = QWidget()
    layout = QVBoxLayout(said)
    layout.setContentsMargins(0, 0, 0, 0)
    for sentence in undo_words(undoing):
        layout.addWidget(style.label(f"•  {sentence}"))
    gate.dialog.put_above(said)
    gate.dialog.open()


def undo_words(undoing: "Undoing") -> tuple[str, ...]:
    """Return what undoing a merge does, a sentence each."""
    merge = undoing.merge
    kept, other = names.child_name(merge.before), names.child_name(merge.absorbed)
    added = tr(
        "%n entry or assessment was added since: it stays|%n entries or assessments were added since: they stay",
        undoing.added,
    )
    return (
        tr("There are two records again: {kept} and {other}, as they were on {day}.").format(
            kept=kept, other=other, day=words.day(merge.on)
        ),
        tr(
            "%n record goes back to {other}, as it reads now.|%n records go back to {other}, as they read now.",
            undoing.back,
        ).format(other=other),
        tr("{added} with {kept}, and so does what was changed about the child since.").format(added=added, kept=kept)
        if undoing.added
        else tr("What was changed about the child since stays with {kept}.").format(kept=kept),
        tr(
            "What was withheld or restricted since is so in both. Check what belongs to {other}, and enter it there."
        ).format(other=other),
    )


def _reason_kind(title: str, label: str) -> EntryKind:
    reason = Item(name="reason", type=ItemType.TEXT, label=label, required=True)
    return EntryKind(code="reason", title=title, plural=title, about=title, items=(reason,))
