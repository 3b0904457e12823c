"""What a case file would let somebody see again: it stays withheld until a second person confirms, or for good."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gcp2_app.domain.withheld_marks import Lifted, place_of
from gcp2_app.ui import style, words
from gcp2_app.ui.child.names import child_name
from gcp2_app.ui.forms.second_person import SecondPersonDialog
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.second_person import SecondPerson
    from gcp2_app.services.withholding_waits import Waiting
    from gcp2_app.ui.child.shown import Shown


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("waiting_card", text)


class WaitingCard(QFrame):
    """One thing that waits, with its two ways on for those who work with the child.

    Attributes:
        keep_button: keeps it withheld; ``show_button`` asks for the second person.
        notice: why it could not be done.
    """

    def __init__(self, workspace: Workspace, shown: "Shown", waits: "Waiting", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._child = shown.child.id
        self._waits = waits
        self.setProperty("role", "warning")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.space(2.5), style.space(2), style.space(2.5), style.space(2))
        layout.setSpacing(style.space(1))
        layout.addWidget(style.heading(tr("Waits for a second person"), 2))
        layout.addWidget(
            style.label(
                tr(
                    "A case file that came in on {day} would no longer withhold this. "
                    "It stays withheld until two people agree."
                ).format(day=words.day(waits.on))
            )
        )
        for line in dict.fromkeys(_told(shown, waits, mark) for mark in waits.gone):
            layout.addWidget(style.label(f"•  {line}"))
        self.notice = Notice()
        layout.addWidget(self.notice)
        self.keep_button = style.button(tr("Keep it withheld"))
        self.keep_button.clicked.connect(self._keep)
        self.show_button = style.button(tr("Withhold it no longer…"))
        self.show_button.clicked.connect(self._ask)
        layout.addLayout(style.row(self.keep_button, self.show_button))

    def _keep(self) -> None:
        from gcp2_app.services import withholding_waits

        session, child, waits = self._workspace.session, self._child, self._waits
        self._run(lambda: withholding_waits.keep(session, child, waits))

    def _ask(self) -> None:
        asked = SecondPersonDialog(self, self._workspace)
        asked.given.connect(self._confirm)
        asked.open()

    def _confirm(self, second: "SecondPerson") -> None:
        from gcp2_app.services import withholding_waits

        session, child, waits = self._workspace.session, self._child, self._waits
        self._run(lambda: withholding_waits.confirm(session, child, waits, second))

    def _run(self, work: Callable[[], None]) -> None:
        self.notice.clear()
        self._workspace.tasks.run(
            self, work, lambda _: self._workspace.changed.emit("child", self._child), self.notice.show_error
        )


def _told(shown: "Shown", waits: "Waiting", mark: Lifted) -> str:
    """Return what is withheld from whom: "The address 4 Mill Lane, DY1 1AA, from Dean Marsh"."""
    children = {child.id: child_name(child) for child in (shown.child, *shown.file.siblings)}
    people = {id_: person.name for id_, person in shown.file.people.items()}
    whom = people.get(mark.who) or children.get(mark.who) or tr("someone not in this record")
    name = child_name(shown.child)
    what = {
        "school_withheld_from": tr("The school of {name}").format(name=name),
        "gp_withheld_from": tr("The GP practice of {name}").format(name=name),
        "name_withheld_from": tr("The name of {name}").format(name=name),
    }.get(mark.field, "")
    if waits.kind == "person":
        what = tr("Phone and address of {name}").format(name=people.get(waits.id) or tr("someone not in this record"))
    elif waits.kind == "entry":
        what = tr("An entry of the chronology")
    elif waits.kind == "household":
        addresses = [address for household in shown.file.households for address in household.addresses]
        lines = [(*each.lines, each.postcode) for each in addresses if place_of(each) == mark.place]
        what = tr("The address {address}").format(address=", ".join(filter(None, lines[0] if lines else ())))
    return tr("{what}, from {whom}").format(what=what, whom=whom)
