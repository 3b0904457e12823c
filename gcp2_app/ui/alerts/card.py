"""The alerts of a child on the first tab of its page: three at once, the rest counted and folded."""

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gcp2_app.domain.alerts import Alert, Level
from gcp2_app.domain.kinds import EntryKind, Item, ItemType
from gcp2_app.domain.users import Duty, Role
from gcp2_app.domain.when import parse_date
from gcp2_app.ui import style
from gcp2_app.ui.alerts import said
from gcp2_app.ui.alerts.line import AlertLine, Doing
from gcp2_app.ui.fold import Fold
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.alert_cards import AlertCards


class AlertCard(QWidget):
    """What the rules say of the child shown, read in the background."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._child = ""
        self.lines: list[AlertLine] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._body: QWidget | None = None
        self.hide()

    def show_child(self, child_id: str) -> None:
        """Show the alerts of a child, once they are read."""
        from gcp2_app.services import alert_cards

        if child_id != self._child:
            self.forget()
        self._child = child_id
        session = self._workspace.session
        self._workspace.tasks.run(self, lambda: alert_cards.of_child(session, child_id), self._show)

    def forget(self) -> None:
        """Let go of the child."""
        self._child = ""
        self._clear()
        self.hide()

    def _clear(self) -> None:
        self.lines = []
        if self._body is not None:
            self._body.hide()
            self._body.setParent(None)
            self._body.deleteLater()
            self._body = None

    def _show(self, cards: "AlertCards") -> None:
        if cards.child.id != self._child or not self._workspace.is_unlocked:
            return
        # What was folded out stays so when the alerts are read again.
        open_ = {fold.objectName() for fold in self.findChildren(Fold) if fold.isChecked()}
        self._clear()
        if not cards.standing and not cards.aside:
            self.hide()
            return
        self._body, layout = style.card()
        layout.setSpacing(style.space(1.5))
        layout.addWidget(style.heading(self.tr("Alerts"), 2))
        standing = (*cards.first, *cards.more, *cards.others)
        if standing:
            layout.addWidget(style.label(said.counts(standing), "quiet"))
        for alert in cards.first:
            layout.addWidget(self._line(cards, alert))
        for name, text, alerts in (
            ("more", said.tr("%n more for you", len(cards.more)), cards.more),
            ("others", said.tr("%n for others", len(cards.others)), cards.others),
            ("aside", said.tr("%n set aside", len(cards.aside)), cards.aside),
        ):
            if alerts:
                fold = Fold(text, partial(self._lines, cards, alerts))
                fold.setObjectName(f"alerts-{name}")
                layout.addWidget(fold)
                layout.addLayout(fold.place)
                if fold.objectName() in open_:
                    fold.open()
        self._layout.addWidget(self._body)
        self.show()

    def _lines(self, cards: "AlertCards", alerts: tuple[Alert, ...]) -> QWidget:
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(1.5))
        for alert in alerts:
            layout.addWidget(self._line(cards, alert))
        return made

    def _line(self, cards: "AlertCards", alert: Alert) -> AlertLine:
        user = self._workspace.session.user
        may_aside = Role.SUPERVISOR in user.roles or (user.may(Duty.WORK_CASES) and alert.level is not Level.URGENT)
        doing = Doing(
            start=self._start if user.may(Duty.WORK_CASES) else None,
            set_aside=self._set_aside if may_aside else None,
            asked=self._ask_whom if user.may(Duty.WORK_CASES) else None,
            take_up=self._take_up if user.may(Duty.READ_CASES) else None,
            open=self._open,
        )
        line = AlertLine(self._workspace, alert, cards.origins[alert.rule], doing)
        self.lines.append(line)
        return line

    def _start(self, alert: Alert, _checked: bool = False) -> None:  # noqa: FBT002 - Qt's
        from gcp2_app.services.trigger_review import step_for

        kind, _, value = step_for(self._workspace.session, alert.start).partition("/")
        if kind == "assessment":
            self._workspace.assessment_start_wanted.emit(self._child)
        elif kind == "visit":
            self._workspace.visit_wanted.emit(self._child)
        else:
            self._workspace.entry_wanted.emit(self._child, kind, value)

    def _open(self, kind: str, id_: str, _checked: bool = False) -> None:  # noqa: FBT002 - Qt's
        if kind == "assessment":
            self._workspace.assessment_wanted.emit(id_)
        else:
            self._workspace.entry_shown_wanted.emit(self._child, id_)

    def _set_aside(self, alert: Alert, _checked: bool = False) -> None:  # noqa: FBT002 - Qt's
        from gcp2_app.services import alerts as service
        from gcp2_app.ui.forms.dialog import FormDialog, Saving
        from gcp2_app.ui.forms.directory import Directory
        from gcp2_app.ui.forms.registry import make_context

        session, child = self._workspace.session, self._child
        about = self.tr("It comes back on the day after, and at once when something new is counted.")
        kind = EntryKind(
            code="aside",
            title=self.tr("Set the alert aside"),
            plural="",
            about=about,
            items=(
                Item(name="reason", type=ItemType.TEXT, label=self.tr("Why it can wait"), required=True),
                Item(name="until", type=ItemType.DATE, label=self.tr("Until and with"), required=True),
            ),
        )

        def save(values: dict[str, Any]) -> object:
            until = parse_date(values["until"])
            return service.set_aside(session, child, alert.rule, reason=values["reason"], until=until)

        saving = Saving(save=save, saved=lambda _: self._changed(), text=self.tr("Set aside"))
        context = make_context(session.today(), Directory(self._workspace))
        FormDialog(
            self, self._workspace, title=kind.title, kind=kind, context=context, saving=saving, about=about
        ).open()

    def _ask_whom(self, alert: Alert, _checked: bool = False) -> None:  # noqa: FBT002 - Qt's
        from gcp2_app.services import alerts as service
        from gcp2_app.ui.forms.asking import ask

        session, child = self._workspace.session, self._child

        def save(values: dict[str, Any]) -> object:
            on = parse_date(values["on"])
            return service.note_asked(session, child, alert.rule, whom=values["whom"], on=on, answer=values["answer"])

        ask(
            self,
            self._workspace,
            title=self.tr("Whom you asked"),
            items=(
                Item(
                    name="whom",
                    type=ItemType.STRING,
                    label=self.tr("Whom did you ask?"),
                    help=self.tr("Name or role, and agency."),
                    required=True,
                ),
                Item(name="on", type=ItemType.DATE, label=self.tr("When did you ask?"), required=True),
                Item(name="answer", type=ItemType.TEXT, label=self.tr("What did they say?"), required=True),
            ),
            save=save,
            saved=lambda _: self._changed(),
            about=self.tr(
                "That nothing is recorded here does not say that nothing happened. With an answer it can stand in a "
                "report. What you learned belongs on the timeline, too."
            ),
            begin={"on": session.today().isoformat()},
            text=self.tr("Keep it"),
        )

    def _take_up(self, alert: Alert, _checked: bool = False) -> None:  # noqa: FBT002 - Qt's
        from gcp2_app.services import alerts as service

        session, child = self._workspace.session, self._child
        self._workspace.tasks.run(
            self, lambda: service.take_up_again(session, child, alert.rule), lambda _: self._changed()
        )

    def _changed(self) -> None:
        self._workspace.changed.emit("child", self._child)
