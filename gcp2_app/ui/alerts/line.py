"""One alert: how soon, what was counted, whose job it is, the next step, and why it is shown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gcp2_app.domain.alerts import Alert, Level
from gcp2_app.domain.policy import Origin
from gcp2_app.reports.words import when_words
from gcp2_app.ui import style, words
from gcp2_app.ui.alerts import said
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.fold import Fold
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.alert_cards import Counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """What can be done with an alert.

    Attributes:
        start: starts the next step; None where nothing here starts it.
        set_aside: asks why and until when; None where this user may not.
        take_up: ends a set-aside.
        asked: asks whom the user asked, of an alert that rests on finding nothing; None where this user may not.
        open: goes to something that was counted, by kind and id.
    """

    start: Callable[[Alert], object] | None
    set_aside: Callable[[Alert], object] | None
    take_up: Callable[[Alert], object] | None
    asked: Callable[[Alert], object] | None
    open: Callable[[str, str], object]


class AlertLine(QFrame):
    """One alert of a child."""

    def __init__(
        self, workspace: Workspace, alert: Alert, origin: Origin, doing: Doing, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._alert = alert
        self._origin = origin
        self._doing = doing
        self.setProperty("role", "warning" if alert.level is Level.URGENT and alert.set_aside is None else "note")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.space(2), style.space(1.5), style.space(2), style.space(1.5))
        layout.setSpacing(style.space(0.7))
        layout.addWidget(self._make_level())
        layout.addWidget(style.label(alert.text))
        layout.addWidget(style.label(said.about(alert), "quiet"))
        layout.addWidget(style.label(self._aside() if alert.set_aside else self._next()))
        if alert.asked is not None:
            layout.addWidget(style.label(self._asked()))
        self.why = Fold(self.tr("Why this is shown"), self._make_why)
        self.why.setObjectName(f"why-{alert.rule}")
        layout.addWidget(self._make_actions())
        layout.addLayout(self.why.place)
        self.setAccessibleName(f"{said.level(alert.level)}: {alert.text}")

    def _make_level(self) -> QWidget:
        label = style.label(said.level(self._alert.level), wrap=False)
        font = label.font()
        font.setWeight(font.Weight.Bold)
        label.setFont(font)
        return label

    def _make_actions(self) -> QWidget:
        row = QWidget()
        flow = Flow(row)
        flow.setContentsMargins(0, 0, 0, 0)
        flow.setSpacing(style.space(1.5))
        alert, doing = self._alert, self._doing
        if alert.set_aside is None and doing.start is not None and alert.start:
            from gcp2_app.services.trigger_review import step_for

            start = style.button(said.start(step_for(self._workspace.session, alert.start)))
            start.setObjectName(f"start-{alert.rule}")
            start.setAccessibleDescription(alert.next)
            start.clicked.connect(partial(doing.start, alert))
            flow.addWidget(start)
        flow.addWidget(self.why)
        if alert.rests_on_nothing and doing.asked is not None:
            asked = style.button(self.tr("Write down whom you asked…"), "link")
            asked.setObjectName(f"asked-{alert.rule}")
            asked.clicked.connect(partial(doing.asked, alert))
            flow.addWidget(asked)
        if alert.set_aside is None and doing.set_aside is not None:
            aside = style.button(self.tr("Set aside…"), "link")
            aside.setObjectName(f"aside-{alert.rule}")
            aside.clicked.connect(partial(doing.set_aside, alert))
            flow.addWidget(aside)
        if alert.set_aside is not None and doing.take_up is not None:
            again = style.button(self.tr("Take it up again"), "link")
            again.setObjectName(f"again-{alert.rule}")
            again.clicked.connect(partial(doing.take_up, alert))
            flow.addWidget(again)
        return row

    def _next(self) -> str:
        return self.tr("Next: {step}").format(step=self._alert.next)

    def _aside(self) -> str:
        aside = self._alert.set_aside
        assert aside is not None  # noqa: S101 - asked for only where there is one
        return self.tr("Set aside until {day}: {reason}").format(day=words.day(aside.until), reason=aside.reason)

    def _asked(self) -> str:
        asked = self._alert.asked
        assert asked is not None  # noqa: S101 - asked for only where there is one
        said = self.tr("Asked {whom} on {day}: {answer}")
        return said.format(whom=asked.whom, day=words.day(asked.on), answer=asked.answer)

    def _make_why(self) -> QWidget:
        made = QWidget()
        self._reasons = QVBoxLayout(made)
        self._reasons.setContentsMargins(0, 0, 0, 0)
        self._reasons.setSpacing(style.space(0.5))
        today = self._workspace.session.today()
        self._reasons.addWidget(style.label(said.origin(self._origin, today), "quiet"))
        child, entries = self._alert.child, self._alert.entries
        if child is not None and entries:
            from gcp2_app.services import alert_cards

            session = self._workspace.session
            self._workspace.tasks.run(self, lambda: alert_cards.counted(session, child, entries), self._list)
        return made

    def _list(self, found: "Sequence[Counted]") -> None:
        for each in found:
            when = when_words(each.when) if each.when is not None else self.tr("date not known")
            text = " · ".join(filter(None, (each.title, when, words.say(each.agency) if each.agency else "")))
            link = style.button(text, "link")
            link.setObjectName(f"counted-{each.id}")
            link.clicked.connect(partial(self._doing.open, each.kind, each.id))
            self._reasons.addWidget(link)
