"""The form with which a supervisor asks somebody to grade an assessment again."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from gcp2_app.domain.kinds import EntryKind, Item, ItemType, Option
from gcp2_app.errors import AppError
from gcp2_app.ui import messages, words
from gcp2_app.ui.again.texts import tr
from gcp2_app.ui.forms.dialog import FormDialog, Saving, Values
from gcp2_app.ui.forms.directory import Directory
from gcp2_app.ui.forms.registry import make_context
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.supervision.second_gradings import Choices


def ask_again(
    parent: QWidget, workspace: Workspace, then: Callable[[], object], failed: Callable[[AppError], object]
) -> None:
    """Open the form once it is known what can be chosen.

    Args:
        parent: the page it stands on.
        workspace: of the open store.
        then: called after somebody was asked.
        failed: called with the error.
    """
    from gcp2_app.services.supervision import second_gradings

    session = workspace.session
    workspace.tasks.run(
        parent, lambda: second_gradings.choices(session), lambda found: _open(parent, workspace, found, then), failed
    )


def _open(parent: QWidget, workspace: Workspace, found: "Choices", then: Callable[[], object]) -> None:
    from gcp2_app.services.supervision import second_gradings

    able = {
        each.assessment: frozenset(found.graders) - each.known_to
        for each in found.assessments
        if frozenset(found.graders) - each.known_to
    }
    if not able:
        messages.show_note(
            parent,
            tr("There is nothing to grade again yet."),
            tr(
                "It needs a signed-off assessment of a child of your team, and somebody who signs in to work on cases "
                "and neither made it nor signed it off."
            ),
        )
        return
    session = workspace.session
    kind = _kind(found, able)

    def problems(values: Values) -> Mapping[str, str]:
        grader, assessment = values["grader"], values["assessment"]
        if grader and assessment and grader not in able[assessment]:
            return {"grader": tr("This person knows the grades of this assessment, or was asked before.")}
        return {}

    def save(values: Values) -> object:
        return second_gradings.ask(session, values["assessment"], values["grader"])

    saving = Saving(save=save, saved=lambda _: then(), problems=problems, text=tr("Ask"))
    context = make_context(session.today(), Directory(workspace))
    FormDialog(parent, workspace, title=kind.title, kind=kind, context=context, saving=saving, about=kind.about).open()


def _kind(found: "Choices", able: Mapping[str, frozenset[str]]) -> EntryKind:
    title = tr("Ask for a second grading")
    about = tr(
        "They see the evidence of each unit and the child’s name and age; no grades, no notes and nothing else of the "
        "record. The assessment does not change."
    )
    assessments = tuple(
        Option(code=each.assessment, label=f"{each.child}, {words.window(each.window)}")
        for each in found.assessments
        if each.assessment in able
    )
    may = frozenset().union(*able.values())
    graders = tuple(Option(code=id_, label=name) for id_, name in found.graders.items() if id_ in may)
    items = (
        Item(
            name="assessment", type=ItemType.CHOICE, label=tr("Which assessment?"), required=True, options=assessments
        ),
        Item(name="grader", type=ItemType.CHOICE, label=tr("Who grades it again?"), required=True, options=graders),
    )
    return EntryKind(code="again", title=title, plural=title, about=about, items=items)
