"""A child's record as it was known on an earlier day: the chart, the chronology and the alerts of that day.

A slider goes from one day on which something became known to the next; a box takes any day. Nothing here looks like
now: a banner says which day it is, and what can be done today is not offered.
"""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea, QSlider, QVBoxLayout, QWidget

from gcp2_app.domain.alerts import Alert, Level
from gcp2_app.domain.charting import ChartKind
from gcp2_app.domain.moment import Moment
from gcp2_app.errors import InvalidValue
from gcp2_app.ui import style, words
from gcp2_app.ui.charts.chart_view import ChartView
from gcp2_app.ui.charts.twin_table import TwinTable
from gcp2_app.ui.field import Field
from gcp2_app.ui.forms.days import read_day
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.reports.charts.twin import TwinRow
    from gcp2_app.services.replays import Known


class Replay(QFrame):
    """One earlier day.

    Attributes:
        banner: says that this is not today.
        slider: one step is one day on which something became known.
        box: any day, as typed.
        view: the chart, with the alerts and the chronology of that day beside its table.
        chronology: what was recorded by then.
        day_shown: emitted with the day once all of it is shown.
    """

    day_shown = Signal(object)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._child = ""
        self._kind = ChartKind.TREND
        self._days: tuple[date, ...] = ()
        self._day: date | None = None
        self._asked = 0
        self._alerts_said = ""
        self.setProperty("role", "warning")
        self.banner = style.heading("", 3)
        self.banner.setWordWrap(True)
        self.about = style.label()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        # A drag loads once, where it ends; the banner follows it.
        self.slider.setTracking(False)
        self.slider.setMinimumHeight(style.space(4))
        self.slider.setAccessibleName(self.tr("As known on: step through the days on which something became known"))
        self.box = QLineEdit()
        self.box.setPlaceholderText(self.tr("Day month year"))
        self.field = Field(self.tr("As known on"), self.box)
        self._alerts = QScrollArea()
        self._alerts.setWidgetResizable(True)
        self._alerts.setFrameShape(QFrame.Shape.NoFrame)
        self._alerts.setAccessibleName(self.tr("Alerts of that day"))
        self.chronology = TwinTable()
        self.view = ChartView(
            workspace, more={self._alerts: self.tr("Alerts then"), self.chronology: self.tr("Known then")}
        )
        layout = QVBoxLayout(self)
        margin = style.space(1.5)
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(style.space(1))
        layout.addWidget(self.banner)
        layout.addWidget(self.about)
        layout.addWidget(self.field)
        layout.addWidget(self.slider)
        layout.addWidget(self.view, 1)
        self.slider.sliderMoved.connect(self._follow)
        self.slider.valueChanged.connect(self._step)
        self.box.editingFinished.connect(self._typed)
        self.chronology.chosen.connect(self._open)
        workspace.locking.connect(self.forget)

    @property
    def day(self) -> date | None:
        """The day shown, or None."""
        return self._day

    @property
    def alerts_text(self) -> str:
        """The alerts of that day, as they are said."""
        return self._alerts_said

    def show_child(self, child_id: str, kind: ChartKind, days: Sequence[date], day: date) -> None:
        """Show a chart of a child as it was known on a day.

        Args:
            days: those on which something became known, oldest first.
            day: the day.
        """
        self._child, self._kind = child_id, kind
        # The slider ends on today, so that any day the box takes has its place on it.
        today = self._workspace.session.today()
        self._days = tuple(dict.fromkeys((*days, today)))
        self.slider.blockSignals(True)
        self.slider.setRange(0, len(self._days) - 1)
        self.slider.setPageStep(max(1, len(self._days) // 10))
        self.slider.blockSignals(False)
        self.go_to(day)

    def show_kind(self, kind: ChartKind) -> None:
        """Show another chart of the same day."""
        self._kind = kind
        if self._day is not None:
            self.view.show_chart(self._child, kind, Moment(known_on=self._day))

    def go_to(self, day: date) -> None:
        """Show another day."""
        from gcp2_app.services import replays

        self._day = day
        self._asked += 1
        asked, session, child = self._asked, self._workspace.session, self._child
        place = max((number for number, each in enumerate(self._days) if each <= day), default=0)
        self.slider.blockSignals(True)
        self.slider.setValue(place)
        self.slider.blockSignals(False)
        self._say_day(day)
        self.about.setText(self.tr("Reading what was known…"))
        self.view.show_chart(child, self._kind, Moment(known_on=day))
        self._workspace.tasks.run(
            self, lambda: replays.known(session, child, day), lambda known: self._show(asked, day, known)
        )

    def forget(self) -> None:
        """Let go of the child."""
        self._asked += 1
        self._child, self._day, self._days = "", None, ()
        self.banner.clear()
        self.about.clear()
        self.box.clear()
        self.chronology.show_twin(None)
        self._list(())

    def _say_day(self, day: date) -> None:
        self.banner.setText(self.tr("Not today: as it was known on {day}").format(day=words.day(day)))
        self.box.setText(words.day(day))
        self.field.show_error("")
        self.slider.setAccessibleDescription(words.day(day))

    def _show(self, asked: int, day: date, known: "Known") -> None:
        if asked != self._asked:
            return
        self.chronology.show_twin(known.chronology)
        standing = [alert for alert in known.alerts if alert.set_aside is None]
        text = self.tr(
            "Known by then: {entries}, {assessments}, {alerts}. What was recorded later is left out."
        ).format(
            entries=_counted(len(known.chronology.rows), self.tr("1 entry"), self.tr("{n} entries")),
            assessments=_counted(known.assessments, self.tr("1 assessment"), self.tr("{n} assessments")),
            alerts=_counted(len(standing), self.tr("1 alert"), self.tr("{n} alerts")),
        )
        self.about.setText(text)
        self._list(known.alerts)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, f"{self.banner.text()}. {text}"))
        self.day_shown.emit(day)

    def _list(self, alerts: Sequence[Alert]) -> None:
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(1))
        soon = {
            Level.URGENT: self.tr("To be acted on that day"),
            Level.ACT: self.tr("To be acted on within 5 working days of it"),
            Level.WATCH: self.tr("For the next supervision after it"),
        }
        said = []
        for alert in alerts:
            text = f"{soon[alert.level]}: {alert.text}"
            if alert.set_aside is not None:
                text = self.tr("Set aside until {day}: {text}").format(
                    day=words.day(alert.set_aside.until), text=alert.text
                )
            said.append(text)
        if not alerts:
            said = [self.tr("The rules would have shown no alert on this day.")]
        for text in said:
            layout.addWidget(style.label(text))
        self._alerts_said = "\n".join(said)
        layout.addStretch(1)
        self._alerts.setWidget(body)

    def _follow(self, place: int) -> None:
        """Say the day a drag has come to."""
        self.banner.setText(self.tr("Not today: as it was known on {day}").format(day=words.day(self._days[place])))

    def _step(self, place: int) -> None:
        self.go_to(self._days[place])

    def _typed(self) -> None:
        today = self._workspace.session.today()
        try:
            day = read_day(self.box.text(), today)
        except InvalidValue as error:
            self.field.show_error(str(error))
            return
        if day is None:
            self.field.show_error(self.tr("Give a day."))
        elif day > today:
            self.field.show_error(self.tr("This day has not come yet. Nothing was known on it."))
        elif day != self._day:
            self.go_to(day)

    def _open(self, row: "TwinRow") -> None:
        self._workspace.entry_shown_wanted.emit(self._child, row.entry)


def _counted(number: int, one: str, many: str) -> str:
    return one if number == 1 else many.format(n=number)
