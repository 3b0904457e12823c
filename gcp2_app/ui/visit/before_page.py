"""Before you knock: who lives there, safety, what was agreed, what must be seen; and the start of the visit.

It closes when the visit starts: nothing of it can be reached from the sheet.
"""

from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.register import Child
from gcp2_app.domain.visits import asks_awake
from gcp2_app.errors import AppError
from gcp2_app.forms.entry_kinds import load_kinds
from gcp2_app.overriding import override
from gcp2_app.ui import messages, style, words
from gcp2_app.ui.child.names import child_age, child_name, days_ago
from gcp2_app.ui.visit.agreed import AgreedActions
from gcp2_app.ui.visit.picks import Picks
from gcp2_app.ui.visit.pin import PinField
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.before_visit import Adult, Before
    from gcp2_app.services.visits import Running

_ANNOUNCED, _UNANNOUNCED = "announced", "unannounced"
_SIDE_BY_SIDE_STEPS = 150
#: Units named before the rest is counted: a page before a door is read in a minute.
_MOST_UNITS = 12


class BeforePage(QScrollArea):
    """What is read in the car.

    Attributes:
        announced, mode: how the visit begins.
        pin: the PIN of the visit.
        start_button: begins it.
    """

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._id = ""
        self._why = ""
        self._error = style.label("", "error")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        ground = QWidget()
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, ground)
        margin = style.space(3)
        self._across.setContentsMargins(margin, margin, margin, margin)
        self._across.setSpacing(style.space(2))
        told = QVBoxLayout()
        told.setSpacing(style.space(2))
        told.addWidget(style.heading(self.tr("Before you knock")))
        self._cards = QVBoxLayout()
        self._cards.setSpacing(style.space(2))
        told.addLayout(self._cards)
        told.addStretch(1)
        self._across.addLayout(told, 3)
        start = QVBoxLayout()
        start.addWidget(self._make_start())
        start.addStretch(1)
        self._across.addLayout(start, 2)
        self.setWidget(ground)
        workspace.locking.connect(self._forget)

    def show_child(self, child_id: str) -> None:
        """Read and show what matters before a visit to a child's household."""
        if child_id != self._id:
            self._why = ""
        self._id = child_id
        self._clear()
        self._enable(on=False)
        session, why = self._workspace.session, self._why

        def work() -> "Before":
            from gcp2_app.services import before_visit

            return before_visit.before(session, child_id, why=why)

        self._workspace.tasks.run(
            self, work, lambda told: self._show(child_id, told), lambda error: self._fail(child_id, error)
        )

    # What is read

    def _show(self, child_id: str, told: "Before") -> None:
        if child_id != self._id:
            return
        self._clear()
        self._enable(on=True)
        if told.safety:
            safety = self._card(self.tr("Safety of workers"), role="warning")
            for noted in told.safety:
                safety.addWidget(style.label(noted.what))
                safety.addWidget(style.label(self._who_noted(noted)))
        self._card(self.tr("Who lives there"), self._people(told))
        self._card(self.tr("What I must see"), self._to_see(told))
        self._card(self.tr("What was agreed")).addWidget(AgreedActions(told.agreed, told.said_done_before))
        self._card(self.tr("Last unannounced visit"), (self._unannounced(told),))

    def _card(self, title: str, lines: tuple[str, ...] = (), role: str = "card") -> QVBoxLayout:
        frame, layout = style.card(role)
        layout.addWidget(style.heading(title, 2))
        for line in lines:
            layout.addWidget(style.label(line))
        self._cards.addWidget(frame)
        return layout

    def _people(self, told: "Before") -> tuple[str, ...]:
        children = tuple(f"{child_name(child)}, {child_age(child, told.today)}" for child in told.children)
        others = tuple(self.tr("{name} (another record)").format(name=child_name(child)) for child in told.others)
        here = tuple(self._adult(adult) for adult in told.adults if adult.lives_there)
        elsewhere = tuple(
            self.tr("{name}, not written down at this address").format(name=self._adult(adult))
            for adult in told.adults
            if not adult.lives_there
        )
        return (*told.address, *told.home_notes, *children, *others, *here, *elsewhere)

    def _who_noted(self, entry: Entry) -> str:
        day = entry.when.last if entry.when is not None else None
        who = entry.source.name or entry.source.role if entry.source is not None else ""
        return ", ".join(filter(None, (who, words.day(day) if day is not None else ""))) or self.tr("nobody named")

    def _adult(self, adult: "Adult") -> str:
        name = adult.person.name or self.tr("Name not known")
        return f"{name} ({adult.relationship})" if adult.relationship else name

    def _to_see(self, told: "Before") -> tuple[str, ...]:
        names = {child.id: child_name(child) for child in told.children}
        lines = [self._last_seen(told, child) for child in told.children if child.date_of_birth is not None]
        for each in told.to_see:
            shown = [f"{code} {label}" for code, label in each.units[:_MOST_UNITS]]
            more = len(each.units) - len(shown)
            if more > 0:
                shown.append(self.tr("and {count} more").format(count=more))
            lines.append(
                self.tr("{name}, nothing seen yet for: {units}").format(name=names[each.child], units="; ".join(shown))
            )
        return tuple(lines) or (self.tr("Nothing is open."),)

    def _last_seen(self, told: "Before", child: Child) -> str:
        seen = told.last_seen[child.id]
        asked = [(self.tr("alone"), seen.alone)]
        if asks_awake(child.date_of_birth, told.today):
            asked.append((self.tr("awake"), seen.awake))
        parts = [
            self.tr("{how} {when}").format(
                how=how,
                when=self.tr("{day}, {ago}").format(day=words.day(day), ago=days_ago((told.today - day).days))
                if day is not None
                else self.tr("never noted"),
            )
            for how, day in asked
        ]
        return self.tr("{name}, last seen {how}").format(name=child_name(child), how="; ".join(parts))

    def _unannounced(self, told: "Before") -> str:
        entry = told.last_unannounced
        if entry is None or entry.when is None or entry.when.last is None:
            return self.tr("None is recorded here.")
        day = entry.when.last
        how = {
            "given": self.tr("Let in."),
            "refused": self.tr("Refused."),
            "no_answer": self.tr("No answer."),
            "child_absent": self.tr("Let in; the child was not there."),
        }.get(str(entry.data.get("access")), "")
        told_day = self.tr("{day}, {ago}").format(day=words.day(day), ago=days_ago((told.today - day).days))
        who = entry.source.name if entry.source is not None else ""
        by = self.tr("{day}, by {name}").format(day=told_day, name=who) if who else told_day
        return f"{by}. {how}".strip()

    # The start

    def _make_start(self) -> QFrame:
        frame, layout = style.card()
        layout.setSpacing(style.space(2))
        layout.addWidget(style.heading(self.tr("Start the visit"), 2))
        self.announced = Picks(
            self.tr("Does the family know you are coming?"),
            ((_ANNOUNCED, self.tr("Yes, announced")), (_UNANNOUNCED, self.tr("No, unannounced"))),
        )
        self.announced.changed.connect(lambda: self._error.setText(""))
        layout.addWidget(self.announced)
        mode = next(item for item in load_kinds()["visit"].items if item.name == "mode")
        self.mode = Picks(
            self.tr("How is the contact made?"), tuple((option.code, option.label) for option in mode.options)
        )
        self.mode.choose(("home",))
        layout.addWidget(self.mode)
        self.pin = PinField(
            self.tr("A PIN for this visit"),
            self.tr("Six digits, for this visit alone. F9 covers everything; the PIN opens it again."),
        )
        self.pin.entered.connect(self.start)
        layout.addWidget(self.pin)
        layout.addWidget(self._error)
        self.start_button: QPushButton = style.button(self.tr("Start the visit"), "primary")
        self.start_button.setMinimumHeight(style.space(8))
        self.start_button.clicked.connect(self.start)
        layout.addLayout(style.row(self.start_button))
        layout.addWidget(
            style.label(self.tr("Until you end it with your passphrase, only the visit sheet can be reached."), "quiet")
        )
        return frame

    def start(self) -> None:
        """Begin the visit with what was chosen."""
        from gcp2_app.services import visits

        if not self.start_button.isEnabled():
            return
        if not self.announced.one or not self.mode.one:
            self._error.setText(self.tr("Say whether the family knows you are coming, and where it is."))
            self.announced.buttons[_ANNOUNCED].setFocus()
            return
        pin = self.pin.take()
        if pin is None:
            return
        session = self._workspace.session
        wanted = visits.Begin(
            child=self._id, announced=self.announced.one == _ANNOUNCED, mode=self.mode.one, why=self._why
        )
        self._enable(on=False)

        def begun(running: "Running") -> None:
            self._workspace.visit_begun.emit(running, pin)

        def refused(error: AppError) -> None:
            self._enable(on=True)
            self._error.setText(" ".join(filter(None, (error.message, error.mend))))

        self._workspace.tasks.run(self, lambda: visits.begin(session, wanted), begun, refused)

    # Around it

    def _fail(self, child_id: str, error: AppError) -> None:
        from gcp2_app.services.register import ReasonNeeded

        if child_id != self._id:
            return
        if not isinstance(error, ReasonNeeded):
            messages.show_error(self, error)
            self._workspace.back_wanted.emit()
            return
        from gcp2_app.ui.forms.reason import ask_reason

        def given(why: str) -> None:
            self._why = why
            self.show_child(child_id)

        dialog = ask_reason(
            self,
            self._workspace,
            title=self.tr("This record is restricted"),
            about=self.tr("Say why you open it. Your name, the time and the reason are kept in the audit trail."),
            text=self.tr("Prepare the visit"),
            then=given,
        )
        dialog.rejected.connect(self._workspace.back_wanted)

    def _enable(self, *, on: bool) -> None:
        self.start_button.setEnabled(on)
        if on:
            self._error.setText("")

    def _clear(self) -> None:
        while (item := self._cards.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()

    def _forget(self) -> None:
        self._id = self._why = ""
        self.pin.edit.clear()
        self._clear()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.viewport().width() >= style.space(_SIDE_BY_SIDE_STEPS)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._across.direction() != direction:
            self._across.setDirection(direction)
