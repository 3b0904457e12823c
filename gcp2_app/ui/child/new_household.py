"""Adding a household for a child from its address; one that is at that address already is offered first."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from gcp2_app.domain.register import Household, Member
from gcp2_app.domain.when import parse_date
from gcp2_app.ui.forms import register
from gcp2_app.ui.forms.checks import no_end_before_start
from gcp2_app.ui.forms.dialog import FormDialog, Saving, Values
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.domain.register import Child


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("new_household", text)


def add_household(parent: QWidget, workspace: Workspace, child: "Child") -> FormDialog:
    """Open the form of an address; the child lives there from its first day."""
    from gcp2_app.services import register as service

    session = workspace.session
    joined: list[Household] = []

    def save(values: Values) -> Household:
        begin = parse_date(values["from"]) if values.get("from") else None
        if joined:
            members = (*joined[0].members, Member(who=child.id, from_=begin))
            return service.save_household(session, replace(joined[0], members=members))
        members = (Member(who=child.id, from_=begin),)
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
