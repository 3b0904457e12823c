"""One chart of a child on screen beside the trend: its picture, its table twin, its words, and a picture to keep.

It asks services for the chart and the chart for its drawing; it knows neither the store nor what a chart shows.
"""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from gcp2_app.domain.charting import ChartKind
from gcp2_app.errors import AppError
from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.charts.pane import ChartPane, Room
from gcp2_app.ui.charts.reading import PointCard, Sentences
from gcp2_app.ui.charts.save_chart import SaveChart
from gcp2_app.ui.charts.twin_table import TwinTable
from gcp2_app.ui.charts.walk import Stop
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.reports.charts.catalogue import Chart
    from gcp2_app.reports.charts.drawing import ChartDrawing
    from gcp2_app.reports.charts.twin import TwinRow

#: What a change of the record can change in a chart.
_SHOWN: Final = frozenset({"child", "assessment", "person", "entry", "household", "professional"})


class ChartView(QWidget):
    """Any chart of one child but the trend.

    Attributes:
        pane: the picture.
        table: the table twin.
        sentences: the words.
        card: the mark in words.
        notice: what went wrong, or was done.
        views: the buttons by the view they show.
        save_button: keeps a picture.
        copy_button: copies the table.
    """

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._child = ""
        self._kind = ChartKind.CUMULATIVE
        self._stale = False
        self._asked = 0
        self._chart: Chart | None = None
        self.pane = ChartPane(workspace.tasks)
        self.table = TwinTable()
        self.card = PointCard()
        self.sentences = Sentences()
        self.notice = Notice()
        self.views: dict[QWidget, QPushButton] = {}
        self._lay_out()
        self.pane.canvas.pointed.connect(self._read)
        self.pane.canvas.chosen.connect(self._open)
        self.table.chosen.connect(self._open)
        self.table.copied.connect(self._say_copied)
        self.save_button.said.connect(self.notice.show_note)
        self.save_button.failed.connect(self.notice.show_error)
        workspace.locking.connect(self.forget)
        workspace.changed.connect(self._changed)

    @property
    def chart(self) -> "Chart | None":
        """The chart shown, or None."""
        return self._chart

    def show_chart(self, child_id: str, kind: ChartKind) -> None:
        """Show a chart of a child."""
        if (child_id, kind) != (self._child, self._kind):
            self._clear()
        self._child, self._kind = child_id, kind
        self._load()

    def forget(self) -> None:
        """Let go of the child."""
        self._asked += 1
        self._child = ""
        self._clear()

    # Laying out

    def _lay_out(self) -> None:
        self.pane.setMinimumHeight(style.space(24))
        self.card.lie(flat=True)
        chart_room = QWidget()
        beside = QVBoxLayout(chart_room)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(style.space(1))
        beside.addWidget(self.pane, 1)
        beside.addWidget(self.card)
        self._stack = QStackedWidget()
        bar = Flow()
        bar.setSpacing(style.space(1.5))
        group = QButtonGroup(self)
        for view, text in (
            (chart_room, self.tr("Chart")),
            (self.table, self.tr("Table")),
            (self.sentences, self.tr("In words")),
        ):
            self._stack.addWidget(view)
            button = style.button(text, "nav")
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, view=view: self._show_view(view))
            group.addButton(button)
            bar.addWidget(button)
            self.views[view] = button
        self.views[chart_room].setChecked(True)
        bar.push()
        self.copy_button = style.button(self.tr("Copy the table"))
        self.copy_button.setToolTip(self.tr("Copies the selected rows, or all, for half a minute (Ctrl+C)"))
        self.copy_button.clicked.connect(self.table.copy)
        self.copy_button.hide()
        bar.addWidget(self.copy_button)
        self.save_button = SaveChart(self._workspace)
        bar.addWidget(self.save_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(style.space(1))
        whole.addWidget(self.notice)
        whole.addLayout(bar)
        whole.addWidget(self._stack, 1)

    # Loading

    def _load(self) -> None:
        from gcp2_app.services import charts

        self._stale = False
        self._asked += 1
        asked, session, child, kind = self._asked, self._workspace.session, self._child, self._kind
        self._workspace.tasks.run(
            self,
            lambda: charts.chart(session, child, kind),
            lambda chart: self._show(asked, chart),
            lambda error: self._fail(asked, error),
        )

    def _show(self, asked: int, chart: "Chart") -> None:
        if asked != self._asked:
            return
        self._chart = chart
        self.notice.clear()
        canvas = self.pane.canvas
        canvas.setAccessibleName(self.tr("{title}, chart").format(title=chart.title))
        canvas.setAccessibleDescription(chart.sentence)
        self.sentences.show_parts(chart.parts)
        self.table.show_twin(chart.table)
        self.save_button.offer(self._child, chart)
        self.card.say_how()
        self.pane.show_chart(lambda room: _drawn(chart, room))

    def _fail(self, asked: int, error: AppError) -> None:
        if asked == self._asked:
            self._clear()
            self.notice.show_error(error)

    def _changed(self, kind: str, _id: str) -> None:
        if self._child and kind in _SHOWN:
            self._stale = True
            if self.isVisible():
                self._load()

    def _clear(self) -> None:
        self._chart = None
        self.notice.clear()
        self.pane.clear()
        self.pane.canvas.setAccessibleDescription("")
        self.sentences.show_parts(())
        self.table.show_twin(None)
        self.save_button.offer("", None)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale and self._child and self._workspace.is_unlocked:
            self._load()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.pane.setMinimumHeight(style.space(24))

    # Reading and going

    def _show_view(self, view: QWidget) -> None:
        self._stack.setCurrentWidget(view)
        self.views[view].setChecked(True)
        self.copy_button.setVisible(view is self.table)

    def _read(self, stop: Stop | None) -> None:
        if stop is None:
            self.card.say_how()
        else:
            self.card.say_mark(stop.text, leads=bool(stop.assessment or stop.entry))

    def _open(self, source: "Stop | TwinRow") -> None:
        """Go to where a mark or a row comes from."""
        if source.assessment:
            self._workspace.assessment_wanted.emit(source.assessment)
        elif source.entry:
            self._workspace.entry_shown_wanted.emit(self._child, source.entry)

    def _say_copied(self, rows: int) -> None:
        text = self.tr("1 row is copied.") if rows == 1 else self.tr("{rows} rows are copied.").format(rows=rows)
        self.notice.show_note(f"{text} {self.tr('The copy leaves the clipboard after half a minute.')}")


def _drawn(chart: "Chart", room: Room) -> "ChartDrawing":
    return chart.draw(width=room.width, height=room.height, theme=room.theme, text_scale=room.text_scale)
