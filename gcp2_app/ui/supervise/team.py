"""The team: a heat map that filters, the children as a list, and the same children side by side as small pictures."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gcp2_app.errors import AppError
from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.charts.narrowing import Narrowing
from gcp2_app.ui.charts.pane import ChartPane, Room
from gcp2_app.ui.charts.reading import Sentences
from gcp2_app.ui.charts.twin_table import TwinTable
from gcp2_app.ui.charts.walk import Stop
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.supervise.heat import HeatGrid
from gcp2_app.ui.supervise.team_table import TeamModel, TeamTable, tr
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.domain.team import Team
    from gcp2_app.reports.charts.drawing import ChartDrawing
    from gcp2_app.reports.charts.twin import TwinRow
    from gcp2_app.services.supervision.desk import Desk, DeskSort

_AT_ONCE: Final = 24
_SORTS: "Final[tuple[DeskSort, ...]]" = ("name", "next_due", "last_seen", "oldest_unanswered")


class TeamSection(QScrollArea):
    """The team's children.

    Attributes:
        heat: how many stand at which grade.
        table: the list.
        pane, twin, sentences: the children side by side, the same as a table, and in words.
        filter, sorting: what the list is narrowed and ordered by.
        narrowing: which areas and days are shown side by side.
        before, after: the buttons to the pages around.
    """

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._stale = True
        self._asked = 0
        self._offset = 0
        self._area = ""
        self._rank: int | None = None
        self._team: Team | None = None
        self._model = TeamModel(self)
        self.heat = HeatGrid()
        self.table = TeamTable(self._model)
        self.pane = ChartPane(workspace.tasks)
        self.twin = TwinTable()
        self.sentences = Sentences()
        self.narrowing = Narrowing(self)
        self.filter = QLineEdit()
        self.sorting = QComboBox()
        self.notice = Notice()
        self.before = style.button(tr("Earlier in the list"))
        self.after = style.button(tr("Further in the list"))
        self.all = style.button(tr("Every grade"))
        self._count = style.label("", "quiet", wrap=False)
        self._which = style.label("", "quiet")
        self.views: dict[QWidget, QPushButton] = {}
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.filter)

    def _lay_out(self) -> None:
        self.filter.setPlaceholderText(tr("Name, other name, number or postcode"))
        self.filter.setAccessibleName(tr("Find a child of the team"))
        self.filter.setClearButtonEnabled(True)
        self.filter.setMinimumWidth(style.space(40))
        self.sorting.setAccessibleName(tr("Sort by"))
        self.sorting.addItems(
            [
                tr("Name, A to Z"),
                tr("Review due soonest first"),
                tr("Not seen for longest first"),
                tr("Oldest unanswered alert first"),
            ]
        )
        head = Flow()
        head.setSpacing(style.space(1.5))
        head.addWidget(style.heading(tr("The team")))
        head.addWidget(self._count)
        tools = Flow()
        tools.setSpacing(style.space(1.5))
        tools.addWidget(self.filter)
        tools.addWidget(self.sorting)
        tools.addWidget(self.all)
        group = QButtonGroup(self)
        for view, text in (
            (self.table, tr("List")),
            (self.pane, tr("Side by side")),
            (self.twin, tr("Table")),
            (self.sentences, tr("In words")),
        ):
            self._stack.addWidget(view)
            button = style.button(text, "nav")
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, view=view: self._stack.setCurrentWidget(view))
            group.addButton(button)
            tools.addWidget(button)
            self.views[view] = button
        tools.addWidget(self.narrowing.layers)
        tools.addWidget(self.narrowing.period)
        self.views[self.table].setChecked(True)
        ground = QWidget()
        layout = QVBoxLayout(ground)
        margin = style.space(3)
        layout.setContentsMargins(margin, style.space(2), margin, style.space(2))
        layout.setSpacing(style.space(1.5))
        layout.addLayout(head)
        layout.addWidget(self.notice)
        layout.addWidget(self.heat)
        layout.addLayout(tools)
        layout.addWidget(self._which)
        layout.addWidget(self.narrowing.told)
        self._stack.setMinimumHeight(style.space(30))
        layout.addWidget(self._stack, 1)
        layout.addLayout(style.row(self.before, self.after))
        self.heat.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(ground)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._narrow)
        self.sorting.currentIndexChanged.connect(self._narrow)
        self.all.clicked.connect(self._show_every_grade)
        self.heat.chosen.connect(self._choose_grade)
        self.table.chosen.connect(self._open)
        self.pane.canvas.chosen.connect(self._open_stop)
        self.twin.chosen.connect(self._open_row)
        self.narrowing.changed.connect(self._show_side_by_side)
        self.before.clicked.connect(self._go_before)
        self.after.clicked.connect(self._go_after)
        self._workspace.changed.connect(self._changed)
        self._workspace.alerts_asked.connect(self._alerts_asked)
        self._workspace.locking.connect(self._end)

    def refresh(self) -> None:
        """Ask the store again."""
        if not self._workspace.is_unlocked:
            return
        from gcp2_app.services.supervision import desk

        self._stale = False
        self._asked += 1
        session, asked = self._workspace.session, self._asked
        query = desk.DeskQuery(
            text=self.filter.text(),
            area=self._area,
            rank=self._rank,
            sort=_SORTS[self.sorting.currentIndex()],
            offset=self._offset,
            limit=_AT_ONCE,
        )
        self._workspace.tasks.run(
            self,
            lambda: desk.desk(session, query),
            lambda found: self._show(asked, found),
            lambda error: self._fail(asked, error),
        )

    def _show(self, asked: int, found: "Desk") -> None:
        if asked != self._asked:
            return
        self.notice.clear()
        rows, total = found.page.rows, found.page.total
        self._team = found.team
        self._model.show_rows(rows, self._workspace.session.today())
        self.heat.show_heat(found.heat, self._area, self._rank)
        self._count.setText(f"{found.team.title}: {tr('%n child|%n children', found.heat.children)}")
        first = self._offset + 1 if rows else 0
        which = tr("{first} to {last} of {total}.").format(first=first, last=self._offset + len(rows), total=total)
        self._which.setText(f"{which} {self._grade_words(found)}".strip())
        self.all.setEnabled(self._rank is not None)
        self.before.setEnabled(self._offset > 0)
        self.after.setEnabled(self._offset + len(rows) < total)
        self._show_side_by_side()
        if rows and not self.table.currentIndex().isValid():
            self.table.go_to(0)

    def _show_side_by_side(self) -> None:
        """Show what is looked at of the children side by side: picture, table and words."""
        if self._team is None:
            return
        from gcp2_app.domain.selecting.boards import select_team, team_layers
        from gcp2_app.domain.selecting.selection import selection_words
        from gcp2_app.reports.charts import team

        whole = self._team
        selection, layers = self.narrowing.selection(whole.today), team_layers(whole)
        data, lying = select_team(whole, selection)
        told = selection_words(selection, layers, lying)
        self.narrowing.offer(layers, whole.today, told)
        self.twin.show_twin(team.team_table(data))
        parts = (*(each.rstrip(".") for each in told), *team.team_parts(data))
        self.sentences.show_parts(parts)
        self.pane.canvas.setAccessibleName(tr("Children side by side, chart"))
        self.pane.canvas.setAccessibleDescription(". ".join(parts) + ".")
        self.pane.show_chart(lambda room: _drawn(data, room, told))

    def _grade_words(self, found: "Desk") -> str:
        if self._rank is None:
            return ""
        area = found.heat.areas.get(self._area, self._area)
        if not self._rank:
            return tr("Only those without a grade that shows in {area}.").format(area=area)
        grade = found.heat.grades[self._rank - 1]
        return tr("Only those at {rank}, {grade}, in {area}.").format(rank=self._rank, grade=grade, area=area)

    def _fail(self, asked: int, error: AppError) -> None:
        if asked == self._asked:
            self.notice.show_error(error)

    def _narrow(self) -> None:
        self._offset = 0
        self.refresh()

    def _choose_grade(self, area: str, rank: int) -> None:
        self._area, self._rank = area, None if rank < 0 else rank
        self._narrow()

    def _show_every_grade(self) -> None:
        self._choose_grade("", -1)

    def _go_before(self) -> None:
        self._offset = max(0, self._offset - _AT_ONCE)
        self.refresh()

    def _go_after(self) -> None:
        self._offset += _AT_ONCE
        self.refresh()

    def _open(self, number: int) -> None:
        self._workspace.supervision_wanted.emit(f"child:{self._model.row(number).line.id}")

    def _open_stop(self, stop: Stop) -> None:
        self._workspace.supervision_wanted.emit(f"child:{stop.area}")

    def _open_row(self, row: "TwinRow") -> None:
        if row.assessment:
            self._workspace.assessment_wanted.emit(row.assessment)

    def _alerts_asked(self) -> None:
        self._changed("alerts", "")

    def _changed(self, _kind: str, _id: str) -> None:
        self._stale = True
        if self.isVisible():
            self.refresh()

    def _end(self) -> None:
        self._asked += 1
        self._stale = True
        self._team = None
        self.narrowing.forget()
        self._model.show_rows((), self._workspace.session.today())
        self.twin.show_twin(None)
        self.sentences.show_parts(())
        self.pane.clear()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()


def _drawn(data: "Team", room: Room, told: Sequence[str]) -> "ChartDrawing":
    from gcp2_app.reports.charts import team

    return team.draw_team(
        data, width=room.width, height=room.height, theme=room.theme, text_scale=room.text_scale, notes=told
    )
