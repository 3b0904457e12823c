"""The button that keeps a picture of the trend: as PNG or SVG, under a name that says nothing of the child."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from gcp2_app.errors import AppError
from gcp2_app.ui import messages
from gcp2_app.ui.reports.writing import write_whole
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.domain.trend import Trend
    from gcp2_app.services.withholding import Readers


class SavePicture(QPushButton):
    """Offers the kinds of picture, asks where to, and saves.

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
        self._trend: Trend | None = None
        self.setText(self.tr("Save picture"))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        menu = QMenu(self)
        self.as_png = menu.addAction(self.tr("PNG, for documents and messages…"))
        self.as_svg = menu.addAction(self.tr("SVG, sharp at any size…"))
        self.as_png.triggered.connect(lambda: self._choose(".png"))
        self.as_svg.triggered.connect(lambda: self._choose(".svg"))
        self.setMenu(menu)

    def offer(self, child_id: str, trend: "Trend | None") -> None:
        """Have a trend ready to be saved, or none."""
        self._child, self._trend = child_id, trend
        self.setEnabled(trend is not None)

    def _choose(self, suffix: str) -> None:
        """Ask first who it is for, where something is withheld from one of the people around the child."""
        from gcp2_app.services import withholding

        session, child, trend = self._workspace.session, self._child, self._trend
        if trend is None:
            return

        def done(readers: "Readers") -> None:
            if child != self._child or trend is not self._trend:
                return
            if readers.something_withheld & readers.names.keys():
                self._ask(readers, trend, suffix)
            else:
                self._choose_file(suffix, "")

        self._workspace.tasks.run(self, lambda: withholding.readers(session, child), done, self.failed.emit)

    def _ask(self, readers: "Readers", trend: "Trend", suffix: str) -> None:
        from gcp2_app.ui.charts.picture_for import PictureFor

        asked = PictureFor(self, self._workspace, readers, self._child, trend)
        asked.chosen.connect(lambda reader: self._choose_file(suffix, reader))
        asked.open()

    def _choose_file(self, suffix: str, reader: str) -> None:
        day = self._workspace.session.today().isoformat()
        kinds = self.tr("SVG drawing (*.svg)") if suffix == ".svg" else self.tr("PNG picture (*.png)")
        name = f"care-over-time-{day}{suffix}"
        messages.choose_new_file(
            self, self.tr("Save picture"), name, kinds, lambda path: self._save(path, suffix, reader)
        )

    def _save(self, path: Path, suffix: str, reader: str) -> None:
        trend = self._trend
        if trend is None:
            return
        from gcp2_app.services import reports

        session, child = self._workspace.session, self._child
        target = path if path.suffix.lower() == suffix else path.with_name(f"{path.name}{suffix}")
        self.setEnabled(False)
        self.said.emit(self.tr("Saving the picture…"))
        self._workspace.tasks.run(
            self,
            lambda: write_whole(target, reports.trend_file(session, child, trend, suffix, reader=reader)),
            lambda _: self._saved(target.name),
            self._not_saved,
        )

    def _saved(self, name: str) -> None:
        self.setEnabled(True)
        self.said.emit(self.tr("The picture is saved as “{name}”.").format(name=name))

    def _not_saved(self, error: AppError) -> None:
        self.setEnabled(True)
        self.failed.emit(error)
