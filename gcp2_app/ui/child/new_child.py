"""Adding a child, and changing what is known of one: the same form, with the same checks."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from gcp2_app.ui import style
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.forms import checks, register
from gcp2_app.ui.forms.dialog import FormDialog, Saving, Values
from gcp2_app.ui.forms.directory import Directory
from gcp2_app.ui.forms.second_person import SecondPersonGate
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gcp2_app.domain.register import Child
    from gcp2_app.storage.caseload import CaseloadRow


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("new_child", text)


class BornSwitch(QWidget):
    """Asks whether the child is born: a date of birth or an expected date hangs on it.

    Attributes:
        switched: emitted after the person answered.
    """

    switched = Signal()

    def __init__(self, *, unborn: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        question = style.label(self.tr("Is the child born?"))
        font = question.font()
        font.setWeight(font.Weight.DemiBold)
        question.setFont(font)
        self.yes = QRadioButton(self.tr("Yes"))
        self.not_yet = QRadioButton(self.tr("Not yet"))
        (self.not_yet if unborn else self.yes).setChecked(True)
        group = QButtonGroup(self)
        flow = Flow()
        flow.setSpacing(style.space(2.5))
        for answer in (self.yes, self.not_yet):
            group.addButton(answer)
            answer.setAccessibleName(f"{question.text()} {answer.text()}")
            flow.addWidget(answer)
        group.buttonClicked.connect(lambda _: self.switched.emit())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(question)
        layout.addLayout(flow)

    @property
    def unborn(self) -> bool:
        """Whether the answer is "not yet"."""
        return self.not_yet.isChecked()


def add_child(parent: QWidget, workspace: Workspace, *, name: str = "") -> FormDialog:
    """Open the form of a new child. A likely duplicate is offered before a second record is made.

    Args:
        name: what was typed in the search for the child, offered as a beginning.
    """
    from gcp2_app.domain.register import Child

    given, _, family = name.rpartition(" ") if " " in name else (name, "", "")
    letters = all(mark.isalpha() or mark in " -'’" for mark in name)
    child = Child(id="", given_names=given, family_name=family) if letters else Child(id="")

    def saved(kept: "Child") -> None:
        workspace.changed.emit("child", kept.id)
        workspace.child_wanted.emit(kept.id)

    return _open(parent, workspace, child, tr("New child"), saved)


def edit_child(parent: QWidget, workspace: Workspace, child: "Child", directory: Directory | None = None) -> FormDialog:
    """Open the form of who a child is.

    Args:
        directory: the people the name can be withheld from.
    """

    def saved(kept: "Child") -> None:
        workspace.changed.emit("child", kept.id)

    return _open(parent, workspace, child, tr("Who the child is"), saved, directory=directory)


def record_birth(
    parent: QWidget, workspace: Workspace, child: "Child", directory: Directory | None = None
) -> FormDialog:
    """Open the form of who a child is, to record that they are born and the name they were given.

    Args:
        directory: the people the name can be withheld from.
    """

    def saved(kept: "Child") -> None:
        workspace.changed.emit("child", kept.id)

    return _open(parent, workspace, child, tr("The birth"), saved, directory=directory, birth=True)


def edit_child_part(
    parent: QWidget, workspace: Workspace, child: "Child", code: str, directory: Directory | None = None
) -> FormDialog:
    """Open the form of another declared part of a child: needs, or services and record.

    Args:
        directory: the people something can be withheld from.
    """
    from gcp2_app.services import register as service

    session = workspace.session
    gate = SecondPersonGate(
        workspace, lambda values: service.needs_second_person(session, register.with_values(child, values))
    )
    saving = Saving(
        save=lambda values: service.save_child(session, register.with_values(child, values), second=gate.second),
        saved=lambda kept: workspace.changed.emit("child", kept.id),
        before=gate.before,
    )
    title, values = register.kinds()[code].title, register.to_values(child)
    gate.dialog = register.open_form(
        parent, workspace, code=code, title=title, values=values, saving=saving, directory=directory
    )
    return gate.dialog


def _open(
    parent: QWidget,
    workspace: Workspace,
    child: "Child",
    title: str,
    saved: "Callable[[Child], None]",
    *,
    directory: Directory | None = None,
    birth: bool = False,
) -> FormDialog:
    from gcp2_app.services import register as service

    session = workspace.session
    today = session.today()
    switch = BornSwitch(unborn=child.date_of_birth is None and child.expected_date is not None and not birth)

    def made(values: Values) -> "Child":
        given = {**values, "nhs_number": checks.tidy_number(values.get("nhs_number"))}
        if switch.unborn:
            given["date_of_birth"] = None
        elif not child.id:
            given["expected_date"] = None
        return register.with_values(child, given)

    def problems(values: Values) -> "Mapping[str, str]":
        missing = birth and not switch.unborn and not values["date_of_birth"]
        told = {"date_of_birth": tr("Give the day the child was born.")} if missing else {}
        return {**told, **checks.child_born(values, today, unborn=switch.unborn, held=held)}

    gate = SecondPersonGate(workspace, lambda values: service.needs_second_person(session, made(values)))

    def before(values: Values, go_on: "Callable[[], None]", give_up: "Callable[[], None]") -> None:
        def offer(rows: "tuple[CaseloadRow, ...]") -> None:
            if rows:
                _offer(dialog, workspace, rows, go_on, give_up)
            else:
                go_on()

        workspace.tasks.run(
            dialog, lambda: service.likely_duplicates(session, made(values)), offer, dialog.show_failure
        )

    held = register.to_values(child)
    saving = Saving(
        save=lambda values: service.save_child(session, made(values), second=gate.second),
        saved=saved,
        problems=problems,
        warnings=lambda values: checks.nhs_number(values, held),
        before=gate.before if child.id else before,
        text="" if child.id else tr("Add the child"),
    )
    dialog = register.open_form(
        parent, workspace, code="child", title=title, values=held, saving=saving, directory=directory
    )
    gate.dialog = dialog
    dialog.put_above(switch)
    # From whom names are withheld is picked among the people around the child, who are added after it.
    dialog.form.show_field("name_withheld_from", shown=bool(child.id))

    def show_dates() -> None:
        dialog.form.show_field("date_of_birth", shown=not switch.unborn)
        dialog.form.show_field("expected_date", shown=switch.unborn)
        # Given at school; what a record holds already stays in sight.
        dialog.form.show_field("upn", shown=not switch.unborn or bool(child.upn))

    switch.switched.connect(show_dates)
    switch.switched.connect(dialog.note_change)
    show_dates()
    return dialog


def _offer(
    dialog: FormDialog,
    workspace: Workspace,
    rows: "tuple[CaseloadRow, ...]",
    go_on: "Callable[[], None]",
    give_up: "Callable[[], None]",
) -> None:
    from gcp2_app.ui.child.duplicates import Duplicates

    def open_it(child_id: str) -> None:
        dialog.close_at_once()
        workspace.child_wanted.emit(child_id)

    def compare(child_id: str) -> None:
        from gcp2_app.ui.child.merge_find import find_other

        open_it(child_id)
        if host is not None:
            find_other(host, workspace, child_id)

    host = dialog.parentWidget()
    offered = Duplicates(dialog, workspace, rows)
    offered.twice.connect(compare)
    offered.same.connect(open_it)
    offered.another.connect(go_on)
    offered.rejected.connect(give_up)
    offered.open()
