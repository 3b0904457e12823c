"""The two buttons that narrow a chart: which of its layers are shown, and which days."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from gcp2_app.overriding import override
from gcp2_app.ui import words
from gcp2_app.ui.charts.looking import Looking, Reach
from gcp2_app.ui.charts.two_dates import TwoDates

if TYPE_CHECKING:
    from datetime import date

    from gcp2_app.domain.selecting.selection import Layer, Period

_PRESSES = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}


class _StayingMenu(QMenu):
    """A menu that stays open while its boxes are ticked: several layers are one visit."""

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        action: QAction | None = self.actionAt(event.position().toPoint())
        if action is not None and action.isEnabled():
            action.trigger()
        else:
            super().mouseReleaseEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        action: QAction | None = self.activeAction()
        if event.key() in _PRESSES and action is not None and action.isEnabled():
            action.trigger()
        else:
            super().keyPressEvent(event)


class LayersButton(QPushButton):
    """Offers the layers of a chart as boxes to tick.

    Attributes:
        changed: emitted with the codes that are left out, as a frozenset.
        boxes: the box of each layer, by its code.
        every: shows every layer again.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._menu = _StayingMenu(self)
        self.boxes: dict[str, QAction] = {}
        self.every = QAction(self.tr("Show every layer"), self)
        self.every.triggered.connect(self._show_every)
        self._left_out: frozenset[str] = frozenset()
        self.setMenu(self._menu)
        self.offer((), frozenset())

    def offer(self, layers: "Sequence[Layer]", left_out: frozenset[str]) -> None:
        """Offer the layers of a chart.

        Args:
            layers: those it has.
            left_out: codes of those left out; others than the chart's are kept.
        """
        self._left_out = left_out
        if [layer.code for layer in layers] != list(self.boxes):
            self._menu.clear()
            self.boxes = {}
            for layer in layers:
                box = self._menu.addAction(layer.label.replace("&", "&&"))
                box.setCheckable(True)
                box.toggled.connect(self._tell)
                self.boxes[layer.code] = box
            self._menu.addSeparator()
            self._menu.addAction(self.every)
        for code, box in self.boxes.items():
            box.blockSignals(True)
            box.setChecked(code not in left_out)
            box.blockSignals(False)
        self.setEnabled(bool(layers))
        self._say()

    def _say(self) -> None:
        number = sum(1 for box in self.boxes.values() if not box.isChecked())
        self.every.setEnabled(bool(number))
        self.setText(self.tr("Layers: {n} left out").format(n=number) if number else self.tr("Layers"))

    def _tell(self) -> None:
        out = {code for code, box in self.boxes.items() if not box.isChecked()}
        self._left_out = self._left_out - self.boxes.keys() | out
        self._say()
        self.changed.emit(self._left_out)

    def _show_every(self) -> None:
        self._left_out -= self.boxes.keys()
        for box in self.boxes.values():
            box.blockSignals(True)
            box.setChecked(True)
            box.blockSignals(False)
        self._say()
        self.changed.emit(self._left_out)


class PeriodButton(QPushButton):
    """Offers the days of a chart: all, the last two years, the last twelve months, or between two dates.

    Attributes:
        changed: emitted with a Reach, and the Period of two dates or None.
        choices: by reach.
    """

    changed = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setToolTip(self.tr("On the chart: + for fewer days, − for more, 0 for all"))
        self._looking = Looking()
        self._last_day: date | None = None
        menu = QMenu(self)
        group = QActionGroup(menu)
        self.choices: dict[Reach, QAction] = {}
        for reach, name in {
            Reach.ALL: self.tr("All days"),
            Reach.TWO_YEARS: self.tr("Last 2 years"),
            Reach.YEAR: self.tr("Last 12 months"),
            Reach.DATES: self.tr("Between two dates…"),
        }.items():
            choice = menu.addAction(name)
            choice.setCheckable(True)
            choice.triggered.connect(lambda _=False, reach=reach: self._choose(reach))
            group.addAction(choice)
            self.choices[reach] = choice
        self.setMenu(menu)

    def offer(self, looking: Looking, last_day: "date | None") -> None:
        """Say which days are looked at.

        Args:
            looking: what is looked at.
            last_day: of the chart's time axis; None where there is no chart.
        """
        self._looking, self._last_day = looking, last_day
        self.setEnabled(last_day is not None)
        self.choices[looking.reach].setChecked(True)
        dates = looking.dates
        said = self.choices[looking.reach].text()
        if dates is not None:
            said = self.tr("{first} to {last}").format(first=words.day(dates.from_), last=words.day(dates.to))
        self.setText(self.tr("Period: {days}").format(days=said[:1].lower() + said[1:]))

    def _choose(self, reach: Reach) -> None:
        if reach is not Reach.DATES:
            self.changed.emit(reach, None)
            return
        # What is ticked stays what is shown until two dates are given.
        self.choices[self._looking.reach].setChecked(True)
        if self._last_day is not None:
            asked = TwoDates(self, self._looking.dates, self._last_day)
            asked.chosen.connect(self._take)
            asked.open()

    def _take(self, period: "Period") -> None:
        self.changed.emit(Reach.DATES, period)
