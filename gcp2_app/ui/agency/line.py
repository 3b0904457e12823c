"""One line that says whether an entry or assessment stands in the agency's own record, and lets it be written down."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gcp2_app.domain.users import Duty
from gcp2_app.errors import AppError
from gcp2_app.ui import messages, style, words
from gcp2_app.ui.agency.ask import ask_agency_record
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.domain.entries import AgencyRecord


class AgencyLine(QWidget):
    """Says "In the agency record: reference, date" or "not yet", with what can be done about it.

    Attributes:
        says: the sentence.
        write: asks for reference and date.
        take_back: says "not yet" again.
    """

    def __init__(self, workspace: Workspace, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._kind = kind
        self._id = ""
        self._asked = 0
        self._held: AgencyRecord | None = None
        self.says = style.label("")
        self.write = style.button(self.tr("It is in the agency’s record…"), "link")
        self.take_back = style.button(self.tr("It is not there"), "link")
        self.write.clicked.connect(lambda _=False: self._ask())
        self.take_back.clicked.connect(lambda _=False: self._ask_back())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(max(2, style.space(0.5)))
        layout.addWidget(self.says)
        layout.addLayout(style.row(self.write, self.take_back))
        workspace.changed.connect(self._changed)
        self.hide()

    def show_record(self, id_: str) -> None:
        """Say where the record with this id stands; nothing is shown for an empty id."""
        if id_ == self._id:
            return
        self._id = id_
        self._asked += 1
        self.hide()
        if id_:
            self._look()

    def _look(self) -> None:
        from gcp2_app.services import agency_record

        if not self._workspace.is_unlocked:
            return
        self._asked += 1
        asked, id_, session = self._asked, self._id, self._workspace.session
        self._workspace.tasks.run(
            self,
            lambda: agency_record.of(session, agency_record.Kept(self._kind), id_),
            lambda held: self._show(asked, held),
            self._refuse,
        )

    def _show(self, asked: int, held: "AgencyRecord | None") -> None:
        if asked != self._asked or not self._id or not self._workspace.is_unlocked:
            return
        self._held = held
        may = self._workspace.session.user.may(Duty.WORK_CASES)
        self.says.setText(sentence(held))
        self.write.setText(
            self.tr("Change where it is") if held is not None else self.tr("It is in the agency’s record…")
        )
        self.write.setVisible(may)
        self.take_back.setVisible(may and held is not None)
        self.show()

    def _ask(self) -> None:
        ask_agency_record(self, self._workspace, self._kind, self._id, held=self._held)

    def _ask_back(self) -> None:
        messages.ask(
            self,
            self.tr("Is it not in the agency’s record?"),
            self.tr("The reference and the day are taken away here. What was written before is kept in the history."),
            yes=self.tr("It is not there"),
            no=self.tr("Leave it as it is"),
            then=self._take_back,
        )

    def _take_back(self) -> None:
        from gcp2_app.services import agency_record

        session, kind, id_ = self._workspace.session, self._kind, self._id
        self._workspace.tasks.run(
            self,
            lambda: agency_record.mark(session, agency_record.Kept(kind), id_, None),
            lambda _: self._workspace.changed.emit(kind, id_),
            self._refuse,
        )

    def _refuse(self, error: AppError) -> None:
        messages.show_error(self, error)

    def _changed(self, kind: str, id_: str) -> None:
        if kind == self._kind and id_ == self._id:
            self._look()


def sentence(held: "AgencyRecord | None") -> str:
    """Return where something stands in the agency's record, or that it does not yet."""
    from gcp2_app.ui.agency.ask import tr

    if held is None:
        return tr("Not yet in the agency’s record.")
    if held.on is None:
        return tr("In the agency’s record: {reference}").format(reference=held.reference)
    return tr("In the agency’s record: {reference}, {day}").format(reference=held.reference, day=words.day(held.on))
