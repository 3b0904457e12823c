"""The charts of a child, one at a time: the trend first, the others a button away.

Knows which charts there are; nothing of what they show.
"""

from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from gcp2_app.domain.charting import ChartKind
from gcp2_app.ui import style
from gcp2_app.ui.charts.chart_view import ChartView
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.workspace import Workspace


class Gallery(QWidget):
    """A chooser above the chart that is chosen.

    Attributes:
        view: the chart.
        buttons: by the chart they show.
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
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(1.5))
        layout.addLayout(bar)
        layout.addWidget(self.view, 1)
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
        self._child = child_id
        self.show_kind(self._kind)

    def show_kind(self, kind: ChartKind) -> None:
        """Show another chart of the same child."""
        self._kind = kind
        self.buttons[kind].setChecked(True)
        self.view.show_chart(self._child, kind)

    def _lock(self) -> None:
        self._child = ""
