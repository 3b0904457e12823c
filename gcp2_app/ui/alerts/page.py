"""Alerts across the caseload, the children with something for today first; and the user’s own training and reading.

It lists what stands now: what is still being worked out in the background is said so.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from gcp2_app.errors import AppError
from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.alerts import said
from gcp2_app.ui.child import names
from gcp2_app.ui.empty import empty_room
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.domain.alerts import Alert
    from gcp2_app.services.alerts import Listed, ListedPage

T = TypeVar("T")
_AT_ONCE = 25
_SHOWN = 3


class AlertsPage(QScrollArea):
    """What the rules say of the user’s children."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._stale = True
        self._asked = 0
        self._limit = 0
        self._own_cards: dict[str, tuple[tuple[Alert, ...], QFrame]] = {}
        self._child_cards: dict[str, tuple[Listed, QFrame]] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.notice = Notice()
        self.more = style.button(self.tr("List more"))
        self.empty = empty_room(
            self.tr("No alerts"), self.tr("When a rule finds something in a child’s record, it stands here.")
        )
        ground = QWidget()
        body = QVBoxLayout(ground)
        margin = style.space(3)
        body.setContentsMargins(margin, style.space(2), margin, margin)
        body.setSpacing(style.space(2))
        body.addWidget(style.heading(self.tr("Alerts")))
        about = self.tr("What the rules counted in your children’s records. An alert is a question to look into.")
        body.addWidget(style.label(about, "quiet"))
        body.addWidget(self.notice)
        self._own = QVBoxLayout()
        self._cards = QVBoxLayout()
        self._cards.setSpacing(style.space(2))
        body.addLayout(self._own)
        body.addLayout(self._cards)
        body.addWidget(self.empty)
        body.addLayout(style.row(self.more))
        body.addStretch(1)
        self.setWidget(ground)
        self.empty.hide()
        self.more.hide()
        self.more.clicked.connect(self._list_more)
        workspace.changed.connect(self._changed)
        workspace.alerts_asked.connect(self._alerts_asked)
        workspace.locking.connect(self._end)

    def refresh(self) -> None:
        """Ask again for what is listed."""
        self._ask(max(self._limit, _AT_ONCE))

    def _list_more(self) -> None:
        self._ask(self._limit + _AT_ONCE)

    def _ask(self, limit: int) -> None:
        if not self._workspace.is_unlocked:
            return
        from gcp2_app.services import alerts

        self._stale = False
        self._asked += 1
        session, asked = self._workspace.session, self._asked
        self._workspace.tasks.run(
            self,
            lambda: (alerts.across(session, limit=limit), alerts.own(session)),
            lambda answer: self._show(asked, *answer, limit=limit),
            lambda error: self._fail(asked, error),
        )

    def _show(self, asked: int, page: "ListedPage", own: "tuple[Alert, ...]", *, limit: int) -> None:
        if asked != self._asked:
            return
        self.notice.clear()
        self._limit = limit
        self._follow(self._own, self._own_cards, {"": own} if own else {}, self._own_card)
        self._follow(self._cards, self._child_cards, {each.child.id: each for each in page.children}, self._card)
        self.more.setVisible(page.more)
        self.empty.setVisible(not page.children and not own)

    @staticmethod
    def _follow(
        layout: QVBoxLayout, held: dict[str, tuple[T, QFrame]], wanted: dict[str, T], make: Callable[[T], QFrame]
    ) -> None:
        """Show what is wanted in its order: a card that says the same as before stays, with the keyboard in it."""
        for key in [key for key, (shown, _) in held.items() if wanted.get(key) != shown]:
            _, card = held.pop(key)
            layout.removeWidget(card)
            _let_go(card)
        for place, (key, found) in enumerate(wanted.items()):
            if key not in held:
                held[key] = (found, make(found))
            card = held[key][1]
            if layout.indexOf(card) != place:
                layout.insertWidget(place, card)

    def _own_card(self, alerts: "tuple[Alert, ...]") -> QFrame:
        frame, layout = style.card()
        layout.addWidget(style.heading(self.tr("Your own training and reading"), 2))
        for alert in alerts:
            layout.addWidget(_line(alert, ""))
            layout.addWidget(style.label(self.tr("Next: {step}").format(step=alert.next), "quiet"))
            start = style.button(said.start(alert.start), "link")
            start.setObjectName(f"start-{alert.rule}")
            start.setAccessibleDescription(alert.next)
            start.clicked.connect(partial(self._learn, alert.start.partition("/")[2]))
            layout.addWidget(start)
        return frame

    def _learn(self, section: str, _checked: bool = False) -> None:  # noqa: FBT002 - Qt's
        self._workspace.learning_wanted.emit(section)

    def _card(self, listed: "Listed") -> QFrame:
        frame, layout = style.card()
        head = Flow()
        head.setSpacing(style.space(2))
        name = names.child_name(listed.child)
        open_ = style.button(name, "link")
        open_.setObjectName(f"alerts-of-{listed.child.id}")
        open_.setAccessibleName(self.tr("Open the record of {name}").format(name=name))
        open_.clicked.connect(partial(self._open, listed.child.id))
        head.addWidget(open_)
        head.addWidget(style.label(said.counts(listed.alerts), "quiet", wrap=False))
        layout.addLayout(head)
        for alert in listed.alerts[:_SHOWN]:
            also = ", ".join(names.child_name(child) for child in listed.also.get(alert.rule, ()))
            layout.addWidget(_line(alert, self.tr("Also {names}").format(names=also) if also else ""))
        if len(listed.alerts) > _SHOWN:
            layout.addWidget(style.label(said.tr("and %n more", len(listed.alerts) - _SHOWN), "quiet"))
        return frame

    def _open(self, child: str, _checked: bool = False) -> None:  # noqa: FBT002 - Qt's
        self._workspace.child_wanted.emit(child)

    def _fail(self, asked: int, error: AppError) -> None:
        if asked == self._asked:
            self._stale = True
            self.notice.show_error(error)

    def _alerts_asked(self) -> None:
        self._changed("alerts", "")

    def _changed(self, _kind: str, _id: str) -> None:
        self._stale = True
        if self.isVisible():
            self.refresh()

    def _end(self) -> None:
        self._asked += 1
        self._stale = True
        self._limit = 0
        self._follow(self._own, self._own_cards, {}, self._own_card)
        self._follow(self._cards, self._child_cards, {}, self._card)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()


def _line(alert: "Alert", also: str) -> QWidget:
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    level = style.label(said.level(alert.level), wrap=False)
    font = level.font()
    font.setWeight(font.Weight.Bold)
    level.setFont(font)
    layout.addWidget(level)
    text = style.label(said.short(alert))
    text.setToolTip(alert.text)
    text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    layout.addWidget(text)
    layout.addWidget(style.label(" · ".join(filter(None, (said.about(alert), also))), "quiet"))
    return made


def _let_go(widget: QWidget) -> None:
    widget.hide()
    widget.setParent(None)
    widget.deleteLater()
