"""The form of the letter that asks MASH for a trigger review: what it says, and what its writer adds."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from gcp2_app.domain.kinds import Item, ItemType
from gcp2_app.domain.trigger_letter import ADDS_UP, ASKS, REQUESTS, TITLE, TO, WHY
from gcp2_app.domain.when import parse_date
from gcp2_app.ui import style
from gcp2_app.ui.forms.asking import ask
from gcp2_app.ui.forms.dialog import Values
from gcp2_app.ui.referral import notes
from gcp2_app.ui.referral.words import tr
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.domain.entries import Entry
    from gcp2_app.services.trigger_review import LetterBegun
    from gcp2_app.ui.child.shown import Shown


def write_to_mash(parent: QWidget, workspace: Workspace, shown: "Shown") -> None:
    """Open the letter about a child's requests for help, once it is read."""
    from gcp2_app.services import trigger_review

    session, child, why = workspace.session, shown.child.id, shown.why

    def show(begun: "LetterBegun") -> None:
        if workspace.is_unlocked:
            _open(parent, workspace, shown, begun)

    workspace.tasks.run(parent, lambda: trigger_review.begin(session, child, why=why), show)


def _open(parent: QWidget, workspace: Workspace, shown: "Shown", begun: "LetterBegun") -> None:
    from gcp2_app.services import trigger_review

    session, child, why = workspace.session, shown.child.id, shown.why

    def save(values: Values) -> "Entry":
        return trigger_review.keep(
            session,
            child,
            on=parse_date(values["on"]),
            adds_up=values["adds_up"] or "",
            asks=values["asks"] or "",
            why=why,
        )

    def saved(kept: "Entry") -> None:
        workspace.changed.emit("entry", kept.id)
        workspace.entry_shown_wanted.emit(child, kept.id)

    dialog = ask(
        parent,
        workspace,
        title=TITLE,
        items=(
            Item(
                name="adds_up",
                type=ItemType.TEXT,
                label=ADDS_UP,
                help=tr("What none of them shows alone, and what it means for the child."),
            ),
            Item(name="asks", type=ItemType.TEXT, label=ASKS, help=tr("A line for each."), required=True),
            Item(name="on", type=ItemType.DATE, label=tr("Date of the letter"), required=True),
        ),
        save=save,
        saved=saved,
        about=tr(
            "The letter is kept on the timeline as a document: save it from there and send it. The review it asks for "
            "is due from its date."
        ),
        begin={"asks": "\n".join(begun.letter.asks), "on": session.today().isoformat()},
        text=tr("Keep the letter"),
    )
    if begun.withheld:
        dialog.put_above(notes.marked())
    dialog.put_above(_letter(begun))


def _letter(begun: "LetterBegun") -> QWidget:
    """Return what the letter says before its writer adds to it."""
    letter = begun.letter
    frame, layout = style.card("note")
    layout.addWidget(style.label(tr("To {whom}, about {child}").format(whom=TO, child=letter.heading.child)))
    if letter.why:
        layout.addWidget(style.heading(WHY, 3))
    for text in letter.why:
        layout.addWidget(style.label(text))
    layout.addWidget(style.heading(REQUESTS, 3))
    for each in letter.requests:
        layout.addWidget(style.label(f"{each.when} · {each.asked_by} · {each.concern} · {each.outcome}"))
    if not letter.requests:
        layout.addWidget(style.label(tr("No request for help is recorded.")))
    return frame
