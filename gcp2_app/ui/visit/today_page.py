"""A page that names nobody: today's visits by their times and initials, and a button to go on."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gcp2_app.domain.register import Child
from gcp2_app.domain.users import Duty
from gcp2_app.domain.when import LONDON
from gcp2_app.ui import style
from gcp2_app.ui.column import Column
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.visits import Visit


def initials(child: Child) -> str:
    """Return the initials of a child: "RA", or "–" where no name is known."""
    return "".join(part[0].upper() for part in child.name.split()) or "–"


class TodayPage(Column):
    """Comes first after a while away.

    Attributes:
        go_on_wanted: emitted when the person wants to go on to where they were.
    """

    go_on_wanted = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(80, parent)
        self._workspace = workspace
        self.body.addStretch(1)
        frame, layout = style.card()
        layout.setSpacing(style.space(2))
        layout.addWidget(style.heading(self.tr("Your visits today")))
        self._visits = QVBoxLayout()
        layout.addLayout(self._visits)
        self.go_on_button = style.button(self.tr("Go on"), "primary")
        self.go_on_button.setAccessibleDescription(self.tr("Opens the caseload, or where you were"))
        self.go_on_button.clicked.connect(self.go_on_wanted)
        layout.addLayout(style.row(self.go_on_button))
        self.body.addWidget(frame)
        self.body.addStretch(2)
        self.setFocusProxy(self.go_on_button)
        workspace.locking.connect(self._clear)

    def show_today(self) -> None:
        """Read and show today's visits."""
        self._clear()
        session = self._workspace.session
        if not session.user.may(Duty.READ_CASES):
            self._show(())
            return

        def work() -> "tuple[Visit, ...]":
            from gcp2_app.services import visits

            return visits.today(session)

        self._workspace.tasks.run(self, work, self._show)

    def _show(self, visits: "tuple[Visit, ...]") -> None:
        self._clear()
        if not visits:
            self._visits.addWidget(style.label(self.tr("None so far."), "quiet"))
        for visit in visits:
            started, ended = visit.sheet.started, visit.sheet.ended
            times = " – ".join(f"{at.astimezone(LONDON):%H:%M}" for at in (started, ended) if at is not None)
            names = ", ".join(initials(child) for child in visit.children)
            self._visits.addWidget(style.label(f"{times}   {names}".strip()))

    def _clear(self) -> None:
        while (item := self._visits.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()
