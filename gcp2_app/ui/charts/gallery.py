"""The charts of a child, one at a time: the trend first, the others a button away.

Knows which charts there are; nothing of what they show.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from gcp2_app.domain.charting import ChartKind
from gcp2_app.ui import style
from gcp2_app.ui.charts.chart_view import ChartView
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.ui.charts.replays import Replays


class Gallery(QWidget):
    """A chooser above the chart that is chosen.

    Attributes:
        view: the chart.
        buttons: by the chart they show.
        known: goes to an earlier day.
        compare: sets two assessments beside each other.
    """

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._child = ""
        self._kind = ChartKind.TREND
        self.view = ChartView(workspace)
        self.buttons: dict[ChartKind, QPushButton] = {}
        group = QButtonGroup(self)
        bar = Flow()
        bar.setSpacing(style.space(1.5))
        for kind, name in self._names().items():
            button = style.button(name, "nav")
            button.setObjectName(f"chart-{kind.value}")
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, kind=kind: self.show_kind(kind))
            group.addButton(button)
            bar.addWidget(button)
            self.buttons[kind] = button
        self.buttons[ChartKind.TREND].setChecked(True)
        bar.push()
        self.known = style.button(self.tr("As known on…"))
        self.known.setObjectName("as-known-on")
        self.known.setToolTip(self.tr("Chart, chronology and alerts with only what was known on an earlier day"))
        self.known.clicked.connect(self.show_earlier)
        bar.addWidget(self.known)
        self.compare = style.button(self.tr("Compare two…"))
        self.compare.setObjectName("compare-two")
        self.compare.setToolTip(self.tr("Any two assessments of this child beside each other"))
        self.compare.clicked.connect(self._compare)
        bar.addWidget(self.compare)
        self._replays: Replays | None = None
        self._rooms = QStackedWidget()
        self._rooms.addWidget(self.view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(1.5))
        layout.addLayout(bar)
        layout.addWidget(self._rooms, 1)
        workspace.locking.connect(self._lock)

    def _names(self) -> dict[ChartKind, str]:
        return {
            ChartKind.TREND: self.tr("Trend"),
            ChartKind.CUMULATIVE: self.tr("Cumulative"),
            ChartKind.UNITS: self.tr("Units"),
            ChartKind.PICTURE: self.tr("One picture"),
            ChartKind.TYPES: self.tr("Types"),
            ChartKind.LANES: self.tr("Lanes"),
            ChartKind.ACTIONS: self.tr("Actions"),
            ChartKind.ATTENDANCE: self.tr("Attendance"),
        }

    def show_child(self, child_id: str) -> None:
        """Show the chart that is chosen, of this child."""
        if child_id != self._child and self._replays is not None:
            self._rooms.setCurrentWidget(self.view)
            self.known.show()
        self._child = child_id
        self.show_kind(self._kind)

    def show_kind(self, kind: ChartKind) -> None:
        """Show another chart of the same child."""
        self._kind = kind
        self.buttons[kind].setChecked(True)
        if self._replays is not None and self._rooms.currentWidget() is self._replays:
            self._replays.show_kind(kind)
        else:
            self.view.show_chart(self._child, kind)

    @property
    def replays(self) -> "Replays | None":
        """The earlier days, once they were asked for."""
        return self._replays

    def show_earlier(self) -> None:
        """Show the same chart as it was known on an earlier day."""
        if self._replays is None:
            from gcp2_app.ui.charts.replays import Replays

            self._replays = Replays(self._workspace)
            self._replays.today_wanted.connect(self.show_today)
            self._rooms.addWidget(self._replays)
        self.known.hide()
        self._rooms.setCurrentWidget(self._replays)
        self._replays.show_child(self._child, self._kind)
        self._replays.first.slider.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_today(self) -> None:
        """Go back to what is known now."""
        self.known.show()
        self._rooms.setCurrentWidget(self.view)
        self.view.show_chart(self._child, self._kind)
        self.known.setFocus(Qt.FocusReason.OtherFocusReason)

    def _compare(self) -> None:
        from gcp2_app.ui.child.comparison import ComparisonDialog

        ComparisonDialog(self, self._workspace, self._child).open()

    def _lock(self) -> None:
        self._child = ""
