"""What narrows a chart: the two buttons, the keys, the choice behind them, and what a reader is told of it."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from gcp2_app.domain.selecting.selection import Period, Selection
from gcp2_app.ui import style
from gcp2_app.ui.charts.looking import Looking, Reach
from gcp2_app.ui.charts.selecting import LayersButton, PeriodButton

if TYPE_CHECKING:
    from gcp2_app.domain.selecting.selection import Layer

_BY_KEY: Final = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}


class Narrowing(QObject):
    """Layers and days of the charts of one view.

    Attributes:
        layers, period: the buttons; whoever shows the chart gives them a place, and the words too.
        told: what is left out, as a reader is told it; hidden while nothing is.
        changed: emitted when something else is to be looked at.
    """

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._looking = Looking()
        self.layers = LayersButton(parent)
        self.period = PeriodButton(parent)
        self.told = style.label("", "quiet")
        self.told.setParent(parent)
        self.told.hide()
        self.layers.changed.connect(self._leave_out)
        self.period.changed.connect(self._narrow)
        self.clear()

    def selection(self, last_day: date) -> Selection:
        """Return what is looked at of a chart whose time axis ends with a day."""
        return self._looking.selection(last_day)

    def offer(self, layers: "Sequence[Layer]", last_day: date, told: Sequence[str]) -> None:
        """Offer the layers and days of a chart, and say what of it is left out.

        Args:
            layers: all it has.
            last_day: of its time axis when all of it is shown.
            told: what is left out, as sentences.
        """
        self._looking.learn(layers)
        self.layers.offer(layers, self._looking.left_out)
        self.period.offer(self._looking, last_day)
        self.told.setText(" ".join(told))
        self.told.setVisible(bool(told))

    def clear(self) -> None:
        """Offer nothing; what was looked at is kept for the next chart."""
        self.layers.offer((), self._looking.left_out)
        self.period.offer(self._looking, None)
        self.told.clear()
        self.told.hide()

    def turn_to_another_child(self) -> None:
        """Keep what makes sense for any child."""
        self._looking.turn_to_another_child()

    def forget(self) -> None:
        """Look at everything again."""
        self._looking = Looking()
        self.clear()

    def press(self, key: int) -> bool:
        """Take a key pressed on the chart: + for fewer days, - for more, 0 for all. Return whether it was one."""
        if key in _BY_KEY:
            self._looking.go_nearer(_BY_KEY[Qt.Key(key)])
        elif key == Qt.Key.Key_0:
            self._looking.choose(Reach.ALL)
        else:
            return False
        self._say_changed()
        return True

    def _leave_out(self, codes: frozenset[str]) -> None:
        self._looking.left_out = codes
        self._say_changed()

    def _narrow(self, reach: Reach, dates: Period | None) -> None:
        self._looking.choose(reach, dates)
        self._say_changed()

    def _say_changed(self) -> None:
        self.changed.emit()
        said = self.told.text() or self.tr("All of the chart is shown.")
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.period, said))
