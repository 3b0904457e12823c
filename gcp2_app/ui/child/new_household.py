"""Adding a household for a child from its address; one that is at that address already is offered first."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QCheckBox, QMessageBox, QVBoxLayout, QWidget

from gcp2_app.domain.register import Household, Member
from gcp2_app.domain.when import parse_date
from gcp2_app.ui import style
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.forms import register
from gcp2_app.ui.forms.checks import no_end_before_start
from gcp2_app.ui.forms.dialog import FormDialog, Saving, Values
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.domain.register import Child


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("new_household", text)


class LivesThere(QWidget):
    """Asks who else lives at the address: nobody is taken to, whom nobody ticks.

    Attributes:
        ticks: by the id of the adult or child.
    """

    def __init__(self, around: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        question = style.label(tr("Who else lives there?"))
        font = question.font()
        font.setWeight(font.Weight.DemiBold)
        question.setFont(font)
        self.ticks = {id_: QCheckBox(name) for id_, name in around.items()}
        flow = Flow()
        flow.setSpacing(style.space(2.5))
        for tick in self.ticks.values():
            tick.setAccessibleName(f"{question.text()} {tick.text()}")
            flow.addWidget(tick)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(question)
        layout.addLayout(flow)
        layout.addWidget(style.label(tr("From the first day below; others can be added afterwards."), "quiet"))

    @property
    def chosen(self) -> tuple[str, ...]:
        """Ids of who is ticked."""
        return tuple(id_ for id_, tick in self.ticks.items() if tick.isChecked())


def add_household(parent: QWidget, workspace: Workspace, child: "Child", around: Mapping[str, str]) -> FormDialog:
    """Open the form of an address; the child lives there from its first day, and who of the family is ticked.

    Args:
        around: the child's carers and brothers and sisters, their names by their ids.
    """
    from gcp2_app.services import register as service

    session = workspace.session
    joined: list[Household] = []
    lives_there = LivesThere(around)

    def save(values: Values) -> Household:
        begin = parse_date(values["from"]) if values.get("from") else None
        there = {member.who for household in joined for member in household.members if member.to is None}
        coming = (who for who in (child.id, *lives_there.chosen) if who not in there)
        members = tuple(Member(who=who, from_=begin) for who in coming)
        if joined:
            return service.save_household(session, replace(joined[0], members=(*joined[0].members, *members)))
        return service.save_household(
            session, register.with_values(Household(id="", members=members), {"addresses": [values]})
        )

    def before(values: Values, go_on: Callable[[], None], give_up: Callable[[], None]) -> None:
        def offer(found: tuple[Household, ...]) -> None:
            same = next((household for household in found if _is_at(household, values)), None)
            if same is None:
                go_on()
            else:
                _ask(dialog, lambda: join(same), go_on, give_up)

        def join(household: Household) -> None:
            joined.append(household)
            go_on()

        text = values.get("postcode") or " ".join(values.get("lines") or ())
        if text:
            workspace.tasks.run(dialog, lambda: service.find_households(session, text), offer, dialog.show_failure)
        else:
            go_on()

    saving = Saving(
        save=save,
        saved=lambda _: workspace.changed.emit("child", child.id),
        problems=no_end_before_start,
        before=before,
        text=tr("Add the household"),
    )
    dialog = register.open_form(
        parent, workspace, code="address", title=tr("Add a household"), values={}, saving=saving
    )
    if around:
        dialog.put_above(lives_there)
        for tick in lives_there.ticks.values():
            tick.toggled.connect(dialog.note_change)
    return dialog


def _is_at(household: Household, values: Values) -> bool:
    """Whether a household lives or lived at an address: same first line and postcode, however they were typed."""

    def plain(text: str) -> str:
        return "".join(text.split()).casefold()

    lines = values.get("lines") or [""]
    wanted = (plain(lines[0]), plain(values.get("postcode") or ""))
    return any(
        (plain(address.lines[0]) if address.lines else "", plain(address.postcode)) == wanted
        for address in household.addresses
    )


def _ask(parent: QWidget, join: Callable[[], object], other: Callable[[], object], back: Callable[[], object]) -> None:
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Question)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(tr("Add a household"))
    box.setText(tr("A household at this address is in the record already."))
    box.setInformativeText(tr("If this child lives with them, put the child into that household."))
    answers = {
        box.addButton(tr("Put the child into it"), QMessageBox.ButtonRole.AcceptRole): join,
        box.addButton(tr("Make another household"), QMessageBox.ButtonRole.ActionRole): other,
        (cancel := box.addButton(tr("Back to the form"), QMessageBox.ButtonRole.RejectRole)): back,
    }
    box.setEscapeButton(cancel)
    box.buttonClicked.connect(lambda clicked: answers[clicked]())
    box.open()
