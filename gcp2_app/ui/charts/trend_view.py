"""A child's grades over time on screen: the chart, its table twin, its words, and a picture of it to keep.

It asks services for the trend and the charts for its drawing; it knows neither the store nor how lines are drawn.
"""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QFrame,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gcp2_app.errors import AppError
from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.charts.pane import ChartPane, Room
from gcp2_app.ui.charts.reading import PointCard, Sentences
from gcp2_app.ui.charts.save_picture import SavePicture
from gcp2_app.ui.charts.twin_table import TwinTable
from gcp2_app.ui.charts.walk import Stop
from gcp2_app.ui.empty import empty_room
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.domain.trend import Trend, TrendPoint, TrendSeries
    from gcp2_app.reports.charts.drawing import ChartDrawing
    from gcp2_app.reports.charts.twin import TwinRow

_SIDE_STEPS: Final = 50
#: From how many widths of the words the chart has room beside them.
_WIDE: Final = 2.6


class TrendView(QWidget):
    """The trend of one child."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._child = ""
        self._stale = False
        self._asked = 0
        self._wide = True
        self._trend: Trend | None = None
        self._points: dict[tuple[str, str], tuple[TrendSeries, TrendPoint]] = {}
        self.pane = ChartPane(workspace.tasks)
        self.table = TwinTable()
        self.card = PointCard()
        self.sentences = Sentences()
        self.notice = Notice()
        self.rooms = QStackedWidget()
        self.views: dict[QWidget, QPushButton] = {}
        self._lay_out()
        self._connect()

    @property
    def trend(self) -> "Trend | None":
        """The trend shown, or None."""
        return self._trend

    def show_child(self, child_id: str) -> None:
        """Show the trend of a child."""
        if child_id != self._child:
            self._clear()
        self._child = child_id
        self._load()

    # Laying out

    def _lay_out(self) -> None:
        self.pane.setMinimumHeight(style.space(24))
        self.pane.canvas.setAccessibleName(self.tr("Care over time, chart"))
        side = QFrame()
        side.setFixedWidth(style.space(_SIDE_STEPS))
        self._side = QVBoxLayout(side)
        self._side.setContentsMargins(0, 0, 0, 0)
        self._side.setSpacing(style.space(1))
        self._side.addWidget(self.card)
        self._side.addWidget(self.sentences, 1)
        # Under the chart the words of a mark have a height of their own, so that the chart keeps its.
        self._under = QScrollArea()
        self._under.setWidgetResizable(True)
        self._under.setFrameShape(QFrame.Shape.NoFrame)
        self._under.setFixedHeight(style.space(18))
        under = QWidget()
        self._under_layout = QVBoxLayout(under)
        self._under_layout.setContentsMargins(0, 0, 0, 0)
        self._under.setWidget(under)
        self._under.setAccessibleName(self.tr("The mark in words"))
        self._under.hide()
        self._side_frame = side
        self._chart_room = QWidget()
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._chart_room)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(style.space(2))
        # The words come first for whoever meets things one by one, and stand at the right for the eye.
        self._across.addWidget(side, 0)
        self._across.insertWidget(0, self.pane, 1)
        self._across.addWidget(self._under)
        self._words_room = QWidget()
        self._words_layout = QVBoxLayout(self._words_room)
        self._words_layout.setContentsMargins(0, 0, 0, 0)
        self._views = QStackedWidget()
        for view in (self._chart_room, self.table, self._words_room):
            self._views.addWidget(view)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(1))
        layout.addLayout(self._make_bar())
        layout.addWidget(self._views, 1)
        self.empty = empty_room(
            self.tr("No grades yet"),
            self.tr("Care over time shows here once an assessment of this child has its first grades."),
        )
        self._nothing = QWidget()
        for room in (self._nothing, self.empty, content):
            self.rooms.addWidget(room)
        self._content = content
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(style.space(1))
        whole.addWidget(self.notice)
        whole.addWidget(self.rooms, 1)
        QWidget.setTabOrder(self.sentences, self.pane.canvas)

    def _make_bar(self) -> Flow:
        bar = Flow()
        bar.setSpacing(style.space(1.5))
        group = QButtonGroup(self)
        for view, text in (
            (self._chart_room, self.tr("Chart")),
            (self.table, self.tr("Table")),
            (self._words_room, self.tr("In words")),
        ):
            button = style.button(text, "nav")
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, view=view: self._show_view(view))
            group.addButton(button)
            bar.addWidget(button)
            self.views[view] = button
        self.views[self._chart_room].setChecked(True)
        self.views[self._words_room].hide()
        bar.push()
        self.copy_button = style.button(self.tr("Copy the table"))
        self.copy_button.setToolTip(self.tr("Copies the selected rows, or all, for half a minute (Ctrl+C)"))
        self.copy_button.clicked.connect(self.table.copy)
        self.copy_button.hide()
        bar.addWidget(self.copy_button)
        self.save_button = SavePicture(self._workspace)
        bar.addWidget(self.save_button)
        return bar

    def _connect(self) -> None:
        self.pane.canvas.pointed.connect(self._read)
        self.pane.canvas.chosen.connect(self._open)
        self.table.chosen.connect(self._open_row)
        self.table.copied.connect(self._say_copied)
        self.save_button.said.connect(self.notice.show_note)
        self.save_button.failed.connect(self.notice.show_error)
        self._workspace.locking.connect(self._lock)
        self._workspace.changed.connect(self._changed)

    # Loading

    def _load(self) -> None:
        from gcp2_app.services import trends

        self._stale = False
        self._asked += 1
        asked, session, child = self._asked, self._workspace.session, self._child
        # What draws is imported while the store is asked: half a second, once.
        self._workspace.tasks.compute(self, _import_drawing)
        self._workspace.tasks.run(
            self,
            lambda: trends.trend(session, child),
            lambda trend: self._show(asked, trend),
            lambda error: self._fail(asked, error),
        )

    def _show(self, asked: int, trend: "Trend") -> None:
        if asked != self._asked:
            return
        from gcp2_app.reports.charts.trend_words import trend_sentence, trend_table

        self._trend = trend
        self._points = {
            (point.assessment, point.area): (series, point) for series in trend.series for point in series.points
        }
        self.notice.clear()
        if not any(point.grade is not None for _, point in self._points.values()):
            self.pane.clear()
            self.rooms.setCurrentWidget(self.empty)
            return
        self.pane.canvas.setAccessibleDescription(trend_sentence(trend))
        self.sentences.show_trend(trend)
        self.table.show_twin(trend_table(trend))
        self.save_button.offer(self._child, trend)
        self.rooms.setCurrentWidget(self._content)
        self._arrange()
        self.pane.show_chart(lambda room: _drawn(trend, room))

    def _fail(self, asked: int, error: AppError) -> None:
        if asked == self._asked:
            self._clear()
            self.notice.show_error(error)

    def _changed(self, kind: str, _id: str) -> None:
        if self._child and kind in {"child", "assessment", "person", "entry", "household"}:
            self._stale = True
            if self.isVisible():
                self._load()

    def _lock(self) -> None:
        self._asked += 1
        self._child = ""
        self._clear()

    def _clear(self) -> None:
        self._trend = None
        self._points = {}
        self.notice.clear()
        self.pane.clear()
        self.pane.canvas.setAccessibleDescription("")
        self.sentences.show_trend(None)
        self.table.show_twin(None)
        self.save_button.offer("", None)
        self.rooms.setCurrentWidget(self._nothing)

    # Drawing

    def _arrange(self) -> None:
        """Put the words beside the chart where there is room for both, else where they can be turned to."""
        if self._trend is None:
            return
        side = style.space(_SIDE_STEPS)
        wide = self.width() >= _WIDE * side
        if wide == self._wide:
            return
        self._wide = wide
        self.views[self._words_room].setVisible(not wide)
        self._side_frame.setVisible(wide)
        self._under.setVisible(not wide)
        self.card.lie(flat=not wide)
        if wide:
            self._across.setDirection(QBoxLayout.Direction.LeftToRight)
            self._side.addWidget(self.card)
            self._side.addWidget(self.sentences, 1)
            if self._views.currentWidget() is self._words_room:
                self._show_view(self._chart_room)
        else:
            self._across.setDirection(QBoxLayout.Direction.TopToBottom)
            self._under_layout.addWidget(self.card)
            self._words_layout.addWidget(self.sentences)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange} and self._trend is not None:
            self._arrange()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale and self._child and self._workspace.is_unlocked:
            self._load()

    # Reading and going

    def _show_view(self, view: QWidget) -> None:
        self._views.setCurrentWidget(view)
        self.views[view].setChecked(True)
        self.copy_button.setVisible(view is self.table)

    def _read(self, stop: Stop | None) -> None:
        if stop is None:
            self.card.say_how()
        elif not stop.assessment:
            self.card.say_note(stop.text)
        else:
            series, point = self._points[stop.assessment, stop.area]
            self.card.say_point(series, point, source=_source(point))

    def _open(self, stop: Stop) -> None:
        if not stop.assessment:
            return
        _, point = self._points[stop.assessment, stop.area]
        unit = _source(point)
        if unit:
            self._workspace.unit_wanted.emit(stop.assessment, unit)
        else:
            self._workspace.assessment_wanted.emit(stop.assessment)

    def _open_row(self, row: "TwinRow") -> None:
        self._workspace.assessment_wanted.emit(row.assessment)

    def _say_copied(self, rows: int) -> None:
        text = self.tr("1 row is copied.") if rows == 1 else self.tr("{rows} rows are copied.").format(rows=rows)
        self.notice.show_note(f"{text} {self.tr('The copy leaves the clipboard after half a minute.')}")


def _source(point: "TrendPoint") -> str:
    """Return the unit that decided a point, or empty: an assessment recorded elsewhere has no units."""
    return "" if point.recorded_elsewhere or not point.decided_by else point.decided_by[0]


def _import_drawing() -> None:
    import gcp2_app.reports.charts.output
    import gcp2_app.reports.charts.trend  # noqa: F401


def _drawn(trend: "Trend", room: Room) -> "ChartDrawing":
    from gcp2_app.reports.charts.trend import draw_trend, trend_least_width

    width = max(room.width, trend_least_width(trend, text_scale=room.text_scale))
    return draw_trend(trend, width=width, height=room.height, theme=room.theme, text_scale=room.text_scale)
