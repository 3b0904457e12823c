"""The button that keeps a picture of a chart, under a name that says nothing of the child."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from gcp2_app.domain.charting import ChartKind
from gcp2_app.errors import AppError
from gcp2_app.ui import messages
from gcp2_app.ui.reports.writing import write_whole
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.domain.trend import Trend
    from gcp2_app.reports.charts.catalogue import Chart
    from gcp2_app.services.withholding import Readers


class SaveChart(QPushButton):
    """Offers the kinds of picture, asks for whom it is and where to, and saves.

    Attributes:
        as_png, as_svg: the two kinds.
        said: emitted with what is going on, in words.
        failed: emitted with an AppError.
    """

    said = Signal(str)
    failed = Signal(object)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._child = ""
        self._chart: Chart | None = None
        self.setText(self.tr("Save picture"))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        menu = QMenu(self)
        self.as_png = menu.addAction(self.tr("PNG, for documents and messages…"))
        self.as_svg = menu.addAction(self.tr("SVG, sharp at any size…"))
        self.as_png.triggered.connect(lambda: self._choose(".png"))
        self.as_svg.triggered.connect(lambda: self._choose(".svg"))
        self.setMenu(menu)

    def offer(self, child_id: str, chart: "Chart | None") -> None:
        """Have a chart ready to be saved, or none."""
        self._child, self._chart = child_id, chart
        self.setEnabled(chart is not None)

    def _choose(self, suffix: str) -> None:
        """Ask first who it is for, where something is withheld from one of the people around the child."""
        from gcp2_app.services import withholding

        session, child = self._workspace.session, self._child
        if self._chart is None:
            return

        def done(readers: "Readers") -> None:
            # The chart may have been drawn anew meanwhile, of a record that changed: that one is saved.
            if self._chart is None or child != self._child:
                return
            if readers.something_withheld & readers.names.keys():
                self._ask(readers, suffix)
            else:
                self._choose_file(suffix, "")

        self._workspace.tasks.run(self, lambda: withholding.readers(session, child), done, self.failed.emit)

    def _ask(self, readers: "Readers", suffix: str) -> None:
        from gcp2_app.ui.charts.picture_for import PictureFor

        asked = PictureFor(self, self._workspace, readers, self._child, _trend(self._chart))
        asked.chosen.connect(lambda reader: self._choose_file(suffix, reader))
        asked.open()

    def _choose_file(self, suffix: str, reader: str) -> None:
        chart = self._chart
        if chart is None:
            return
        kinds = self.tr("PNG pictures (*.png)") if suffix == ".png" else self.tr("SVG pictures (*.svg)")
        day = chart.moment.day or self._workspace.session.today()
        name = f"{chart.kind.value}-{day.isoformat()}{suffix}"
        messages.choose_new_file(
            self, self.tr("Save picture"), name, kinds, lambda path: self._save(path, suffix, reader)
        )

    def _save(self, path: Path, suffix: str, reader: str) -> None:
        chart = self._chart
        if chart is None:
            return
        from gcp2_app.services import charts

        session, child = self._workspace.session, self._child
        target = path if path.suffix.lower() == suffix else path.with_name(f"{path.name}{suffix}")

        def work() -> None:
            # For one of the people around the child it is laid out anew, without what is withheld from them.
            made = chart
            if reader:
                made = charts.chart(session, child, chart.kind, chart.moment, reader=reader).select(chart.selection)
            write_whole(target, charts.file(session, child, made, suffix, reader=reader))

        self.setEnabled(False)
        self.said.emit(self.tr("Saving the picture…"))
        self._workspace.tasks.run(self, work, lambda _: self._saved(target.name), self._not_saved)

    def _saved(self, name: str) -> None:
        self.setEnabled(self._chart is not None)
        self.said.emit(self.tr("The picture is saved as “{name}”.").format(name=name))

    def _not_saved(self, error: AppError) -> None:
        self.setEnabled(self._chart is not None)
        self.failed.emit(error)


def _trend(chart: "Chart | None") -> "Trend | None":
    """Return the trend a chart is, whose losses can be listed before it is made for a reader."""
    return chart.data if chart is not None and chart.kind is ChartKind.TREND else None
