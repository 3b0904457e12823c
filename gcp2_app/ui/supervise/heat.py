"""The team's heat map: how many children stand at which grade in which area; each number filters the list."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from gcp2_app.ui import style
from gcp2_app.ui.supervise.team_table import tr

if TYPE_CHECKING:
    from gcp2_app.domain.team import HeatMap


class HeatGrid(QWidget):
    """Counts as buttons, a row an area.

    Attributes:
        chosen: emitted with area code and the grade's place, 1 the best, 0 for no grade that shows; with an empty code
            and -1 where nothing is chosen any more.
        cells: the buttons by area code and place.
    """

    chosen = Signal(str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells: dict[tuple[str, int], QPushButton] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(max(2, style.space(0.5)))
        self._heads: tuple[object, ...] = ()

    def show_heat(self, heat: "HeatMap", area: str, rank: int | None) -> None:
        """Show how many there are, with the chosen cell marked."""
        heads = (tuple(heat.areas.items()), heat.grades)
        if heads != self._heads:
            self._heads = heads
            self._make(heat)
        for (code, place), cell in self.cells.items():
            number = heat.count(code, place or None)
            cell.setText(str(number))
            grade = f"{place}, {heat.grades[place - 1]}" if place else tr("no grade that shows")
            said = tr("%n child|%n children", number)
            cell.setAccessibleName(f"{code} {heat.areas[code]}, {grade}: {said}")
            cell.setToolTip(cell.accessibleName())
            cell.setChecked((code, place) == (area, rank))
            cell.setStyleSheet(_look(place, len(heat.grades)) if place and number else "")

    def _make(self, heat: "HeatMap") -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.cells.clear()
        of = len(heat.grades)
        for place, label in enumerate(heat.grades, start=1):
            head = style.label(str(place), wrap=False)
            head.setToolTip(label)
            head.setAccessibleName(f"{place} {label}")
            head.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
            self._grid.addWidget(head, 0, place)
        none = style.label("–", wrap=False)
        none.setToolTip(tr("No grade that shows"))
        none.setAccessibleName(tr("No grade that shows"))
        none.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
        self._grid.addWidget(none, 0, of + 1)
        for down, (code, label) in enumerate(heat.areas.items(), start=1):
            self._grid.addWidget(style.label(f"{code} {label}", wrap=False), down, 0)
            for place in (*range(1, of + 1), 0):
                cell = QPushButton()
                cell.setCheckable(True)
                cell.setMinimumWidth(style.space(6))
                cell.clicked.connect(lambda on, code=code, place=place: self._choose(code, place, on=on))
                self._grid.addWidget(cell, down, place or of + 1)
                self.cells[code, place] = cell
        self._grid.setColumnStretch(0, 0)
        for column in range(1, of + 2):
            self._grid.setColumnStretch(column, 1)

    def _choose(self, code: str, place: int, *, on: bool) -> None:
        self.chosen.emit(code if on else "", place if on else -1)


def _look(place: int, of: int) -> str:
    ground, ink = style.grade_colour(place, of)
    edge = style.colours().text
    return (
        f"QPushButton {{ background: {ground.name()}; color: {ink.name()}; }}"
        f"QPushButton:checked {{ border: 3px solid {edge}; font-weight: bold; }}"
    )
