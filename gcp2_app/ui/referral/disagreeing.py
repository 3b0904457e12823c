"""The small forms of a challenge: begin it, take it further, keep a contact, an answer, its end."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from gcp2_app.domain.challenging import LAST_STAGE, first_stage
from gcp2_app.domain.kinds import EntryKind, Item, ItemType, Option
from gcp2_app.forms.policy import shipped_policy
from gcp2_app.ui.forms.dialog import FormDialog, Saving, Values
from gcp2_app.ui.forms.directory import Directory
from gcp2_app.ui.forms.registry import make_context
from gcp2_app.ui.referral.words import tr
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.domain.entries import Entry
    from gcp2_app.services.challenging import ChallengeFile


def small_form(
    parent: QWidget,
    workspace: Workspace,
    *,
    title: str,
    about: str,
    items: tuple[Item, ...],
    save: Callable[[Values], "Entry"],
    text: str,
    begin: Mapping[str, Any] | None = None,
    then: Callable[[], object] | None = None,
) -> FormDialog:
    """Open a form of a few questions whose answers end up in an entry; whoever shows it is told.

    Args:
        save: keeps the answers; runs on the database thread.
        text: what the button says.
        begin: what stands there first.
        then: called after it was kept.
    """

    def saved(kept: "Entry") -> None:
        workspace.changed.emit("entry", kept.id)
        if then is not None:
            then()

    kind = EntryKind(code="small", title=title, plural=title, about=about, items=items)
    context = make_context(workspace.session.today(), Directory(workspace))
    dialog = FormDialog(
        parent,
        workspace,
        title=title,
        kind=kind,
        context=context,
        saving=Saving(save=save, saved=saved, text=text),
        about=about,
    )
    dialog.show_values(begin or {})
    dialog.open()
    return dialog


def start_challenge(
    parent: QWidget, workspace: Workspace, about: "Entry", *, then: Callable[[], object] | None = None
) -> FormDialog:
    """Ask what we say and what we ask for, and begin a challenge to a decision."""
    from gcp2_app.services import challenging

    session, policy = workspace.session, shipped_policy().challenge

    def save(values: Values) -> "Entry":
        urgent = values["urgent"] is True
        stage = int(values["stage"] or first_stage(policy, urgent=urgent))
        return challenging.start(session, about.id, stage=stage, urgent=urgent, words=_words(values))

    return small_form(
        parent,
        workspace,
        title=tr("Disagree: start a challenge"),
        about=tr(
            "Speak with them first if you can. Disagreeing about a child is part of the work, and is written down."
        ),
        items=(_urgent(), _our(required=True), _their(), _asked(), *_whom(), _stage(1, optional=True)),
        save=save,
        text=tr("Start the challenge"),
        then=then,
    )


def take_further(
    parent: QWidget, workspace: Workspace, file: "ChallengeFile", *, then: Callable[[], object]
) -> FormDialog:
    """Ask whom it goes to now, and take a challenge to a later stage."""
    from gcp2_app.services import challenging

    session, latest = workspace.session, file.challenge.latest

    def save(values: Values) -> "Entry":
        return challenging.advance(
            session,
            latest.id,
            stage=int(values["stage"]),
            urgent=values["urgent"] is True,
            words=_words(values),
        )

    data = latest.data
    begin = {name: data.get(name) for name in ("our_position", "their_position", "asked_for", "their_agency", "urgent")}
    return small_form(
        parent,
        workspace,
        title=tr("Take it to a later stage"),
        about=tr("Where a child could be harmed before tomorrow, stages are skipped."),
        items=(
            _stage(file.challenge.stage + 1, optional=False),
            _urgent(),
            *_whom(),
            _our(required=True),
            _their(),
            _asked(),
        ),
        save=save,
        text=tr("Take it further"),
        begin={**begin, "stage": str(file.next_stage)},
        then=then,
    )


def keep_contact(
    parent: QWidget, workspace: Workspace, file: "ChallengeFile", *, then: Callable[[], object]
) -> FormDialog:
    """Ask with whom it was talked about, and keep it in the log."""
    from gcp2_app.services import challenging

    session, stage = workspace.session, file.challenge.latest.id
    return small_form(
        parent,
        workspace,
        title=tr("Record a contact"),
        about="",
        items=(
            Item(name="who", type=ItemType.STRING, label=tr("Who with"), required=True),
            Item(name="how", type=ItemType.STRING, label=tr("How, with the number")),
            Item(name="said", type=ItemType.TEXT, label=tr("What was said")),
        ),
        save=lambda values: challenging.add_contact(
            session, stage, who=values["who"] or "", how=values["how"] or "", said=values["said"] or ""
        ),
        text=tr("Record it"),
        then=then,
    )


def keep_reply(
    parent: QWidget, workspace: Workspace, file: "ChallengeFile", *, then: Callable[[], object]
) -> FormDialog:
    """Ask what they answered, and keep it."""
    from gcp2_app.services import challenging

    session, stage = workspace.session, file.challenge.latest.id
    return small_form(
        parent,
        workspace,
        title=tr("Record their answer"),
        about=tr("An answer stops the clock of this stage. The challenge stays open until it is resolved."),
        items=(
            Item(name="on", type=ItemType.DATE, label=tr("When did they answer?"), required=True),
            Item(name="reply", type=ItemType.TEXT, label=tr("What did they answer?"), required=True),
            Item(name="their_position", type=ItemType.TEXT, label=tr("What they say, and why, in a few words")),
        ),
        save=lambda values: challenging.record_reply(
            session, stage, on=values["on"], reply=values["reply"], their_position=values["their_position"] or ""
        ),
        text=tr("Keep the answer"),
        begin={"on": session.today().isoformat(), "their_position": file.challenge.latest.data.get("their_position")},
        then=then,
    )


def keep_end(parent: QWidget, workspace: Workspace, file: "ChallengeFile", *, then: Callable[[], object]) -> FormDialog:
    """Ask how it was resolved, and keep it."""
    from gcp2_app.services import challenging

    session, stage = workspace.session, file.challenge.latest.id
    return small_form(
        parent,
        workspace,
        title=tr("Resolved"),
        about=tr("What was agreed in the end, by whom, and what changes for the child."),
        items=(
            Item(name="on", type=ItemType.DATE, label=tr("When was it resolved?"), required=True),
            Item(name="resolution", type=ItemType.TEXT, label=tr("How was it resolved?"), required=True),
        ),
        save=lambda values: challenging.resolve(session, stage, on=values["on"], resolution=values["resolution"]),
        text=tr("It is resolved"),
        begin={"on": session.today().isoformat()},
        then=then,
    )


def _urgent() -> Item:
    return Item(
        name="urgent",
        type=ItemType.BOOLEAN,
        label=tr("Could the child be harmed before tomorrow?"),
        help=tr("If so: phone now. The ladder is not climbed from the bottom."),
    )


def _our(*, required: bool) -> Item:
    return Item(name="our_position", type=ItemType.TEXT, label=tr("What we say, and why"), required=required)


def _their() -> Item:
    return Item(name="their_position", type=ItemType.TEXT, label=tr("What they say, and why, as we understand it"))


def _asked() -> Item:
    return Item(name="asked_for", type=ItemType.TEXT, label=tr("What we ask for"))


def _whom() -> tuple[Item, Item]:
    return (
        Item(name="with_whom", type=ItemType.STRING, label=tr("Who is asked to answer")),
        Item(name="their_agency", type=ItemType.STRING, label=tr("Their agency")),
    )


def _stage(first: int, *, optional: bool) -> Item:
    policy = shipped_policy().challenge
    options = tuple(
        Option(code=str(number), label=f"{number} {policy.stages[number - 1].title}")
        for number in range(first, LAST_STAGE + 1)
    )
    help_ = tr("Left open: stage 1, or stage {number} where there is danger.").format(number=policy.urgent_stage)
    return Item(
        name="stage",
        type=ItemType.CHOICE,
        label=tr("Stage"),
        help=help_ if optional else "",
        required=not optional,
        options=options,
    )


def _words(values: Values) -> dict[str, Any]:
    names = ("our_position", "their_position", "asked_for", "their_agency", "with_whom")
    return {name: values[name] for name in names if values.get(name)}
