"""The forms of supervision: recording one, and saying what became of a decision."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from gcp2_app.domain.kinds import EntryKind, Item, ItemType, Option
from gcp2_app.domain.when import parse_date
from gcp2_app.ui.forms.dialog import FormDialog, Saving, Values
from gcp2_app.ui.forms.directory import Directory
from gcp2_app.ui.forms.registry import make_context
from gcp2_app.ui.supervise.team_table import tr
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.domain.supervision import Decision, Supervision
    from gcp2_app.services.supervision.recorded import SupervisionFile


def ask_supervision(
    parent: QWidget, workspace: Workspace, found: "SupervisionFile", question: str, then: Callable[[], object]
) -> FormDialog:
    """Open the form of a supervision about a child.

    Args:
        parent: the window it stands on.
        workspace: of the open store.
        found: the child as the page shows them.
        question: what was written on the page's own line.
        then: called after it was kept.
    """
    from gcp2_app.services.supervision import recorded

    session = workspace.session
    # Who supervises is the user; nobody supervises themselves.
    workers = [id_ for id_ in found.allocated if id_ != session.professional.id]
    title = tr("Record a supervision")
    items = [Item(name="on", type=ItemType.DATE, label=tr("Held on"), required=True)]
    if workers:
        options = tuple(Option(code=id_, label=found.workers.get(id_, tr("Not known"))) for id_ in workers)
        items.append(Item(name="worker", type=ItemType.CHOICE, label=tr("With"), options=options))
    items += [
        Item(name="question", type=ItemType.TEXT, label=tr("The question I asked")),
        Item(name="discussed", type=ItemType.TEXT, label=tr("What we talked about")),
        Item(
            name="decisions",
            type=ItemType.GROUP,
            label=tr("Decisions"),
            repeats=True,
            items=(
                Item(name="what", type=ItemType.TEXT, label=tr("What was decided")),
                Item(name="why", type=ItemType.TEXT, label=tr("Why")),
                Item(name="who", type=ItemType.STRING, label=tr("Who does it")),
                Item(name="by", type=ItemType.DATE, label=tr("By when")),
            ),
        ),
    ]
    kind = EntryKind(code="supervision", title=title, plural=title, about=title, items=tuple(items))

    def save(values: Values) -> "Supervision":
        return recorded.record(session, _supervision(found.child.id, values))

    saving = Saving(save=save, saved=lambda _kept: then(), text=tr("Keep the supervision"))
    context = make_context(session.today(), Directory(workspace))
    dialog = FormDialog(parent, workspace, title=title, kind=kind, context=context, saving=saving)
    begins = {"on": session.today().isoformat(), "question": question}
    dialog.show_values(begins | ({"worker": workers[0]} if workers else {}))
    dialog.open()
    return dialog


def _supervision(child: str, values: Values) -> "Supervision":
    from gcp2_app.domain.supervision import Supervision

    return Supervision(
        id="",
        child=child,
        on=parse_date(values["on"]),
        by="",
        worker=values.get("worker") or None,
        question=values.get("question") or "",
        discussed=values.get("discussed") or "",
        decisions=tuple(_decision(each) for each in values.get("decisions") or ()),
    )


def _decision(values: Values) -> "Decision":
    from gcp2_app.domain.supervision import Decision

    by = values.get("by")
    return Decision(
        what=values.get("what") or "",
        why=values.get("why") or "",
        who=values.get("who") or "",
        by=parse_date(by) if by else None,
    )


def ask_followed(
    parent: QWidget, workspace: Workspace, supervision: "Supervision", number: int, then: Callable[[], object]
) -> FormDialog:
    """Open the form that says what became of a decision.

    Args:
        parent: the window it stands on.
        workspace: of the open store.
        supervision: that made the decision.
        number: of the decision, from 0.
        then: called after it was kept.
    """
    from gcp2_app.domain.supervision import Followed
    from gcp2_app.domain.words import FOLLOWED
    from gcp2_app.services.supervision import recorded

    session = workspace.session
    title = tr("What became of the decision")
    kind = EntryKind(
        code="followed",
        title=title,
        plural=title,
        about=title,
        items=(
            Item(
                name="followed",
                type=ItemType.CHOICE,
                label=tr("Was it done?"),
                required=True,
                options=tuple(Option(code=each.value, label=words) for each, words in FOLLOWED.items()),
            ),
            Item(
                name="words",
                type=ItemType.TEXT,
                label=tr("What was found"),
                help=tr("Needed where it was not done in full."),
            ),
        ),
    )

    def save(values: Values) -> "Supervision":
        followed, said = Followed(values["followed"]), values.get("words") or ""
        return recorded.say_followed(session, supervision.id, number, followed, words=said)

    saving = Saving(save=save, saved=lambda _kept: then())
    context = make_context(session.today(), Directory(workspace))
    about = supervision.decisions[number].what
    dialog = FormDialog(parent, workspace, title=title, kind=kind, context=context, saving=saving, about=about)
    dialog.open()
    return dialog
