"""One chart of a child on screen: its picture, its table twin, its words, and a picture of it to keep.

It asks services for the chart and the chart for its drawing; it knows neither the store nor what a chart shows.
"""

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
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

from gcp2_app.domain.charting import ChartKind
from gcp2_app.domain.moment import Moment
from gcp2_app.errors import AppError
from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.charts.narrowing import Narrowing
from gcp2_app.ui.charts.pane import ChartPane, Room
from gcp2_app.ui.charts.points import Points, source_of
from gcp2_app.ui.charts.reading import PointCard, Sentences
from gcp2_app.ui.charts.save_chart import SaveChart
from gcp2_app.ui.charts.twin_table import TwinTable
from gcp2_app.ui.charts.walk import Stop
from gcp2_app.ui.empty import empty_room
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.domain.trend import Trend
    from gcp2_app.reports.charts.catalogue import Chart
    from gcp2_app.reports.charts.drawing import ChartDrawing
    from gcp2_app.reports.charts.twin import TwinRow

#: What a change of the record can change in a chart.
_SHOWN: Final = frozenset({"child", "assessment", "person", "entry", "household", "professional"})
_SIDE_STEPS: Final = 50
#: From how many widths of the words the trend has room beside them.
_WIDE: Final = 2.6
#: Lines of the window's words: the least a chart's room is high, and the room of a mark's words under it.
_LEAST_LINES: Final = 10
_UNDER_LINES: Final = 5
_NOW: Final = Moment()


class ChartView(QWidget):
    """Any chart of one child.

    Args:
        more: what else can be looked at instead of the chart, and what its button says.

    Attributes:
        pane: the picture.
        table: the table twin.
        sentences: the words.
        card: the mark in words.
        notice: what went wrong, or was done.
        rooms: nothing, a child without grades, or the chart.
        views: the buttons by the view they show.
        narrowing: which layers and days are shown.
        save_button: keeps a picture.
        copy_button: copies the table.
        shown: emitted with the Chart once it is shown.
    """

    shown = Signal(object)

    def __init__(
        self, workspace: Workspace, parent: QWidget | None = None, *, more: Mapping[QWidget, str] | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._child = ""
        self._kind = ChartKind.TREND
        self._moment = _NOW
        self._stale = False
        self._asked = 0
        self._wide = True
        self._whole: Chart | None = None
        self._chart: Chart | None = None
        self._points = Points()
        self.pane = ChartPane(workspace.tasks)
        self.table = TwinTable()
        self.card = PointCard()
        self.sentences = Sentences()
        self.notice = Notice()
        self.narrowing = Narrowing(self)
        self.rooms = QStackedWidget()
        self.views: dict[QWidget, QPushButton] = {}
        self._lay_out(more or {})
        self.pane.canvas.pointed.connect(self._read)
        self.pane.canvas.chosen.connect(self._open)
        self.table.chosen.connect(self._open_row)
        self.table.copied.connect(self._say_copied)
        self.narrowing.changed.connect(self._show_part)
        self.save_button.said.connect(self.notice.show_note)
        self.save_button.failed.connect(self.notice.show_error)
        workspace.locking.connect(self.forget)
        workspace.changed.connect(self._changed)

    @property
    def chart(self) -> "Chart | None":
        """The chart shown, with what is left out of it, or None."""
        return self._chart

    @property
    def trend(self) -> "Trend | None":
        """The trend shown, alone or as part of the one picture, or None."""
        return self._points.trend

    def show_chart(self, child_id: str, kind: ChartKind, moment: Moment = _NOW) -> None:
        """Show a chart of a child as of today, or of another day."""
        if (child_id, kind) != (self._child, self._kind):
            self._clear()
        if child_id != self._child:
            self.narrowing.turn_to_another_child()
        self._child, self._kind, self._moment = child_id, kind, moment
        self._load()

    def forget(self) -> None:
        """Let go of the child."""
        self._asked += 1
        self._child = ""
        self.narrowing.forget()
        self._clear()
        # Pictures of words are kept between drawings; names are among them. While another thread still loads the module
        # that keeps them, it is there without its functions and nothing is drawn yet.
        forget = getattr(sys.modules.get("gcp2_app.reports.charts.lettering"), "forget_lettering", None)
        if forget is not None:
            forget()

    # Laying out

    def _lay_out(self, more: Mapping[QWidget, str]) -> None:
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
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(1))
        layout.addLayout(self._make_bar(more))
        layout.addWidget(self.narrowing.told)
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
        self._fit_words()

    def _fit_words(self) -> None:
        """Keep room for some lines of the chart, and of the words below it, however large they are."""
        line = self.fontMetrics().lineSpacing()
        self.pane.setMinimumHeight(_LEAST_LINES * line)
        self._under.setFixedHeight(_UNDER_LINES * line)

    def _make_bar(self, more: Mapping[QWidget, str]) -> Flow:
        bar = Flow()
        bar.setSpacing(style.space(1.5))
        group = QButtonGroup(self)
        own = {
            self._chart_room: self.tr("Chart"),
            self.table: self.tr("Table"),
            self._words_room: self.tr("In words"),
        }
        for view, text in (*own.items(), *more.items()):
            self._views.addWidget(view)
            button = style.button(text, "nav")
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, view=view: self._show_view(view))
            group.addButton(button)
            bar.addWidget(button)
            self.views[view] = button
        self.views[self._chart_room].setChecked(True)
        self.views[self._words_room].hide()
        bar.push()
        bar.addWidget(self.narrowing.layers)
        bar.addWidget(self.narrowing.period)
        self.copy_button = style.button(self.tr("Copy the table"))
        self.copy_button.setToolTip(self.tr("Copies the selected rows, or all, for half a minute (Ctrl+C)"))
        self.copy_button.clicked.connect(self.table.copy)
        self.copy_button.hide()
        bar.addWidget(self.copy_button)
        self.save_button = SaveChart(self._workspace)
        bar.addWidget(self.save_button)
        return bar

    # Loading

    def _load(self) -> None:
        from gcp2_app.services import charts

        self._stale = False
        self._asked += 1
        asked, session = self._asked, self._workspace.session
        child, kind, moment = self._child, self._kind, self._moment
        # What draws is imported while the store is asked: half a second, once.
        self._workspace.tasks.compute(self, _import_drawing)
        self._workspace.tasks.run(
            self,
            lambda: charts.chart(session, child, kind, moment),
            lambda chart: self._show(asked, chart),
            lambda error: self._fail(asked, error),
        )

    def _show(self, asked: int, chart: "Chart") -> None:
        if asked != self._asked:
            return
        self._whole = chart
        self._show_part()

    def _show_part(self) -> None:
        """Show what is looked at of the whole chart."""
        whole = self._whole
        if whole is None:
            return
        chart = self._chart = whole.select(self.narrowing.selection(whole.last_day))
        self.narrowing.offer(whole.layers, whole.last_day, chart.told)
        self._points = Points(chart)
        self.notice.clear()
        if whole.kind is ChartKind.TREND and not Points(whole).graded:
            self.pane.clear()
            self.rooms.setCurrentWidget(self.empty)
            self.shown.emit(chart)
            return
        canvas = self.pane.canvas
        canvas.setAccessibleName(self.tr("{title}, chart").format(title=chart.title))
        canvas.setAccessibleDescription(chart.sentence)
        self.sentences.show_parts(chart.parts)
        self.table.show_twin(chart.table)
        self.save_button.offer(self._child, chart)
        self.card.say_how()
        self.rooms.setCurrentWidget(self._content)
        self._arrange()
        self.pane.show_chart(lambda room: _drawn(chart, room))
        self.shown.emit(chart)

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
        self._whole = self._chart = None
        self.narrowing.clear()
        self._points = Points()
        self.notice.clear()
        self.pane.clear()
        self.pane.canvas.setAccessibleDescription("")
        self.sentences.show_parts(())
        self.table.show_twin(None)
        self.save_button.offer("", None)
        self.rooms.setCurrentWidget(self._nothing)

    # Drawing

    def _arrange(self) -> None:
        """Put the words beside the trend where there is room for both, else where they can be turned to."""
        if self._chart is None:
            return
        wide = self._chart.kind is ChartKind.TREND and self.width() >= _WIDE * style.space(_SIDE_STEPS)
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
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit_words()
            self._arrange()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale and self._child and self._workspace.is_unlocked:
            self._load()

    # Reading and going

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        on_chart = self._whole is not None and self.pane.canvas.hasFocus()
        if not (on_chart and self.narrowing.press(event.key())):
            super().keyPressEvent(event)

    def _show_view(self, view: QWidget) -> None:
        self._views.setCurrentWidget(view)
        self.views[view].setChecked(True)
        self.copy_button.setVisible(view is self.table)

    def _read(self, stop: Stop | None) -> None:
        if stop is None:
            self.card.say_how()
        elif (found := self._points.of(stop)) is not None:
            self.card.say_point(*found, source=source_of(found[1]))
        elif not stop.area:
            self.card.say_note(stop.text, leads=bool(stop.entry))
        else:
            self.card.say_mark(stop.text, leads=bool(stop.assessment or stop.entry))

    def _open(self, stop: Stop) -> None:
        """Go to where a mark comes from: the unit that decided a grade, the assessment, or the entry."""
        unit = self._points.unit_of(stop)
        if unit:
            self._workspace.unit_wanted.emit(stop.assessment, unit)
        else:
            self._open_row(stop)

    def _open_row(self, source: "Stop | TwinRow") -> None:
        if source.assessment:
            self._workspace.assessment_wanted.emit(source.assessment)
        elif source.entry:
            self._workspace.entry_shown_wanted.emit(self._child, source.entry)

    def _say_copied(self, rows: int) -> None:
        text = self.tr("1 row is copied.") if rows == 1 else self.tr("{rows} rows are copied.").format(rows=rows)
        self.notice.show_note(f"{text} {self.tr('The copy leaves the clipboard after half a minute.')}")


def _import_drawing() -> None:
    import gcp2_app.reports.charts.catalogue
    import gcp2_app.reports.charts.output  # noqa: F401


def _drawn(chart: "Chart", room: Room) -> "ChartDrawing":
    return chart.draw(width=room.width, height=room.height, theme=room.theme, text_scale=room.text_scale)
