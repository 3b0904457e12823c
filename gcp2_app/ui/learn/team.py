"""How far the team is with the briefs, for a supervisor to plan by: by row first, then by person, nobody ranked."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gcp2_app.errors import AppError
from gcp2_app.ui import style
from gcp2_app.ui.column import Column
from gcp2_app.ui.learn.texts import MEASURE, title_of
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.learning import TeamReading


class TeamSection(Column):
    """Counts, and the names of those who have not come to a brief yet.

    Attributes:
        shown: emitted after the team was shown anew.
    """

    shown = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(MEASURE + 10, parent, centred=False)
        self._workspace = workspace
        self.body.addWidget(style.heading(self.tr("The team’s reading")))
        about = self.tr(
            "Who has said that they read a brief, to plan meetings by. It does not say who agrees, or who works by it. "
            "Everyone who signs in here is in it; leavers are not."
        )
        self.body.addWidget(style.label(about))
        self.notice = Notice()
        self.body.addWidget(self.notice)
        self._held: QWidget | None = None
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Read it again."""
        session = self._workspace.session

        def work() -> "TeamReading":
            from gcp2_app.services import learning

            return learning.team(session)

        self._workspace.tasks.run(self, work, self._show, self._fail)

    def _show(self, team: "TeamReading") -> None:
        if self._held is not None:
            self.body.removeWidget(self._held)
            self._held.hide()
            self._held.deleteLater()
        self._held = held = QWidget()
        layout = QVBoxLayout(held)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(1.5))
        names = {person.id: person.name for person in team.people}
        layout.addWidget(style.heading(self.tr("By brief"), 2))
        for row in team.rows:
            frame, card = style.card()
            card.setSpacing(max(1, style.space(0.5)))
            card.addWidget(style.heading(title_of(row.row), 3))
            count = self.tr("Read by {count} of {of}.").format(count=len(row.read), of=len(names))
            if not row.read:
                count = self.tr("Nobody has read it yet.")
            card.addWidget(style.label(count))
            if row.unread and row.read:
                missing = self.tr("Not yet: {names}").format(names=", ".join(names[each] for each in row.unread))
                card.addWidget(style.label(missing, "quiet"))
            layout.addWidget(frame)
        layout.addSpacing(style.space(1))
        layout.addWidget(style.heading(self.tr("By person"), 2))
        frame, card = style.card()
        for person in team.people:
            read = sum(person.id in row.read for row in team.rows)
            said = self.tr("{name}: {count} of {of}").format(name=person.name, count=read, of=len(team.rows))
            card.addWidget(style.label(said))
        layout.addWidget(frame)
        self.body.insertWidget(self.body.count() - 1, held)
        held.show()
        self.shown.emit()

    def _fail(self, error: AppError) -> None:
        self.notice.show_error(error)
