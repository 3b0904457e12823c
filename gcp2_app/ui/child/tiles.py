"""Panels of equal width side by side: as many as there is room for, in rows or in columns."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from gcp2_app.overriding import override
from gcp2_app.ui import style


class Tiles(QWidget):
    """A grid whose number of columns follows its width."""

    def __init__(self, tiles: Sequence[QWidget], least_steps: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles = list(tiles)
        self._least = style.space(least_steps)
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(style.space(2))
        self._arrange(max(len(self._tiles), 1))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(max(1, (self.width() + self._grid.spacing()) // (self._least + self._grid.spacing())))

    def _arrange(self, columns: int) -> None:
        columns = min(columns, max(len(self._tiles), 1))
        if columns == self._columns:
            return
        for column in range(max(columns, self._columns)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._columns = columns
        for number, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, number // columns, number % columns)
        self.setMinimumWidth(self._least if columns == 1 else 0)
        self.updateGeometry()


class Columns(QWidget):
    """Panels of different heights in two columns, or one where there is no room for two."""

    def __init__(
        self, left: Sequence[QWidget], right: Sequence[QWidget], least_steps: float, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._sides = (tuple(left), tuple(right))
        self._least = style.space(least_steps)
        self._wide: bool | None = None
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(style.space(2))
        self._columns = (QVBoxLayout(), QVBoxLayout())
        for column in self._columns:
            column.setSpacing(style.space(2))
            across.addLayout(column, 1)
        self._across = across
        self._arrange(wide=True)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(wide=self.width() >= 2 * self._least)

    def _arrange(self, *, wide: bool) -> None:
        if wide is self._wide:
            return
        self._wide = wide
        for column in self._columns:
            while column.takeAt(0) is not None:
                pass
        for column, panels in zip(self._columns, self._sides, strict=True):
            for panel in panels:
                (column if wide else self._columns[0]).addWidget(panel)
        for column in self._columns:
            column.addStretch(1)
        self._across.setStretch(1, 1 if wide else 0)
        self._across.setSpacing(style.space(2) if wide else 0)
