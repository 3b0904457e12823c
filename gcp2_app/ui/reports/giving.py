"""The button that writes down that a copy was given to somebody, with what is known of it filled in."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from gcp2_app.domain.entry_fields import DATA
from gcp2_app.domain.users import Duty
from gcp2_app.ui import style
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.documents.making import Wanted
    from gcp2_app.ui.child.shown import Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A copy that has left.

    Attributes:
        wanted: which document, of whom, for whom.
        title: what it is called.
        digest: as printed on its pages.
        meeting: id of the meeting it is for, and its words; both may be empty.
        why: the reason a restricted record was opened for.
    """

    wanted: "Wanted"
    title: str
    digest: str
    meeting: tuple[str, str]
    why: str = ""


class Giving(QObject):
    """Offers to write down that the copy saved last was given.

    Attributes:
        button: there while there is such a copy.
        written: emitted once it is written down.
        failed: emitted with an AppError.
    """

    written = Signal()
    failed = Signal(object)

    def __init__(self, workspace: Workspace, page: QWidget) -> None:
        super().__init__(page)
        self._workspace = workspace
        self._page = page
        self._given: Given | None = None
        self.button = style.button(self.tr("It was given to them: write it down…"))
        self.button.hide()
        self.button.clicked.connect(self._write_down)

    def offer(self, given: Given) -> None:
        """Offer it for a copy; of the whole store nobody keeps a log, nor does who may not write in a record."""
        self._given = given
        may_work = self._workspace.session.user.may(Duty.WORK_CASES)
        self.button.setVisible(bool(given.wanted.child) and may_work)

    def forget(self) -> None:
        """Offer it no more."""
        self._given = None
        self.button.hide()

    def _write_down(self) -> None:
        from gcp2_app.ui.child.shown import load

        given, session = self._given, self._workspace.session
        if given is not None:
            self._workspace.tasks.run(
                self,
                lambda: load(session, given.wanted.child, given.why),
                lambda shown: self._ask(given, shown),
                self.failed.emit,
            )

    def _ask(self, given: Given, shown: "Shown") -> None:
        from gcp2_app.services import entries
        from gcp2_app.ui.entry.dialog import add_entry

        if given is not self._given:
            return
        meeting, words = given.meeting
        said = {
            "document": given.title,
            "to": given.wanted.recipient,
            "reader": given.wanted.audience,
            "meeting": meeting or None,
            "digest": given.digest,
        }
        begin = {"when": shown.today.isoformat(), **{f"{DATA}{name}": value for name, value in said.items()}}
        known = {meeting: words} if meeting else {}
        kind = entries.kinds()["report_shared"]
        add_entry(self._page, self._workspace, shown, kind, begin=begin, known=known, then=self._say_written)

    def _say_written(self, _entry: object) -> None:
        self.forget()
        self.written.emit()
