"""One earlier day of a child's record, or two beside each other."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gcp2_app.domain.charting import ChartKind
from gcp2_app.ui import style
from gcp2_app.ui.charts.replay import Replay
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.workspace import Workspace


class Replays(QWidget):
    """Earlier days, with the way back to today above them.

    Attributes:
        first, second: the days; the second is shown when it is asked for.
        today_wanted: emitted when somebody goes back to today.
    """

    today_wanted = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._child = ""
        self._kind = ChartKind.TREND
        self._days: tuple[date, ...] = ()
        self.notice = Notice()
        self.back = style.button(self.tr("Back to today"), "primary")
        self.beside = style.button(self.tr("Two days beside each other"))
        self.beside.setCheckable(True)
        self.first, self.second = Replay(workspace), Replay(workspace)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(1))
        layout.addLayout(style.row(self.back, self.beside))
        layout.addWidget(self.notice)
        self._across = QHBoxLayout()
        self._across.setSpacing(style.space(2))
        self._across.addWidget(self.first, 1)
        self._across.addWidget(self.second, 1)
        layout.addLayout(self._across, 1)
        self.second.hide()
        self.back.clicked.connect(self.today_wanted)
        self.beside.toggled.connect(self._show_second)
        workspace.locking.connect(self._lock)

    def show_child(self, child_id: str, kind: ChartKind) -> None:
        """Begin half way through the days on which something became known."""
        from gcp2_app.services import replays

        self._child, self._kind = child_id, kind
        self.beside.setChecked(False)
        session = self._workspace.session
        self._workspace.tasks.run(
            self,
            lambda: replays.days(session, child_id),
            lambda days: self._show(child_id, days),
            self.notice.show_error,
        )

    def show_kind(self, kind: ChartKind) -> None:
        """Show another chart of the same days."""
        self._kind = kind
        self.first.show_kind(kind)
        if self.beside.isChecked():
            self.second.show_kind(kind)

    def _show(self, child_id: str, days: tuple[date, ...]) -> None:
        if child_id != self._child:
            return
        self._days = days
        self.notice.clear()
        day = days[len(days) // 2] if days else self._workspace.session.today()
        self.first.show_child(child_id, self._kind, days, day)

    def _show_second(self, shown: bool) -> None:
        self.second.setVisible(shown)
        if shown:
            day = self._days[-1] if self._days else self._workspace.session.today()
            self.second.show_child(self._child, self._kind, self._days, day)

    def _lock(self) -> None:
        self._child, self._days = "", ()
