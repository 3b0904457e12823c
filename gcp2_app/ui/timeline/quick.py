"""One line that adds a note in less than half a minute: when, what, from whom, Return."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.kinds import Item, ItemType
from gcp2_app.domain.register import Agency
from gcp2_app.domain.when import When
from gcp2_app.errors import AppError
from gcp2_app.overriding import override
from gcp2_app.ui import style, words
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.forms.choice import QuietComboBox
from gcp2_app.ui.forms.directory import Directory
from gcp2_app.ui.forms.moment import WhenEditor
from gcp2_app.ui.forms.registry import make_context
from gcp2_app.ui.workspace import Workspace

#: The kind of entry the line makes.
KIND = "note"


class QuickAdd(QFrame):
    """The line.

    Attributes:
        when, what, who, name: date as typed, what happened, the agency it comes from, and the person there.
        add_button: keeps it.
        more_button: goes on in the whole form.
        added: emitted with the entry once it is kept.
        more_wanted: emitted with what was typed, as the whole form takes it.
    """

    added = Signal(object)
    more_wanted = Signal(object)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._child = ""
        self.setProperty("role", "card")
        self.when: WhenEditor | None = None
        self.what = QLineEdit()
        self.what.setPlaceholderText(self.tr("What happened, facts only"))
        self.what.setAccessibleName(self.tr("Quick note: what happened"))
        self.who = QuietComboBox()
        self.who.setAccessibleName(self.tr("Quick note: who it comes from"))
        self.who.setFixedWidth(style.space(42))
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("Their name or role"))
        self.name.setAccessibleName(self.tr("Quick note: name or role of who it comes from"))
        self.name.setFixedWidth(style.space(26))
        self.name.hide()
        self.add_button = style.button(self.tr("Add the note"))
        self.more_button = style.button(self.tr("Write more…"), "link")
        self._reading = style.label("", "quiet")
        self._reading.hide()
        self._error = style.label("", "error")
        self._error.hide()
        self._lay_out()
        self.what.returnPressed.connect(self.add)
        self.name.returnPressed.connect(self.add)
        self.add_button.clicked.connect(self.add)
        self.more_button.clicked.connect(lambda: self.more_wanted.emit(self._values()))
        self.who.currentIndexChanged.connect(lambda _: self._fit_name())

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.space(2), style.space(1), style.space(2), style.space(1))
        layout.setSpacing(max(2, style.space(0.5)))
        self._flow = Flow()
        self._flow.setSpacing(style.space(1.5))
        layout.addLayout(self._flow)
        layout.addWidget(self._reading)
        layout.addWidget(self._error)
        for widget in (self.what, self.who, self.name, self.add_button, self.more_button):
            # In the row once the editor of the date, which needs a day, stands before them.
            widget.setParent(self)

    def begin(self, child_id: str) -> None:
        """Be about a child, with the person signed in as the source."""
        if child_id == self._child:
            return
        self._child = child_id
        if self.when is None:
            self._make()
        self._clear()

    def forget(self) -> None:
        """Let go of what was typed."""
        self._child = ""
        if self.when is not None:
            self._clear()

    def start(self) -> None:
        """Put the keyboard where the line begins."""
        if self.when is not None:
            self.when.line.setFocus()
            self.when.line.selectAll()

    def add(self) -> None:
        """Keep what was typed as a note."""
        from gcp2_app.services import entries

        when = self.when
        if when is None or not self.add_button.isEnabled():
            return
        problem = when.problem() or ("" if when.value() else self.tr("Say when it happened, such as last Tues."))
        if problem:
            self._say(problem)
            self.start()
            return
        if not self.what.text().strip():
            self._say(self.tr("Write what happened."))
            self.what.setFocus()
            return
        self._say("")
        self.add_button.setEnabled(False)
        session = self._workspace.session
        entry = Entry(
            id="",
            kind=KIND,
            children=(self._child,),
            when=When(when.value()),
            source=self._source(),
            what=self.what.text(),
        )
        self._workspace.tasks.run(self, lambda: entries.add(session, entry), self._added, self._refuse)

    def _make(self) -> None:
        workspace = self._workspace
        item = Item(name="when", type=ItemType.STRING, label=self.tr("Quick note: when it happened"))
        when = WhenEditor(item, make_context(workspace.session.today(), Directory(workspace)))
        when.line.setPlaceholderText(self.tr("When: last Tues, 3 March, c. March 2019"))
        when.line.setFixedWidth(style.space(44))
        when.name_control(item.label)
        when.line.returnPressed.connect(self.what.setFocus)
        when.say_elsewhere()
        when.changed.connect(self._read)
        self.when = when
        own = workspace.session.professional
        agency = words.say(own.agency) if own.agency is not None else ""
        self.who.addItem(self.tr("From me, {name}").format(name=own.name or agency), None)
        for each, label in words.by_label(Agency):
            self.who.addItem(label, each.value)
        for widget in (when, self.what, self.who, self.name, self.add_button, self.more_button):
            self._flow.addWidget(widget)
        when.show()
        self._fit()

    def _read(self) -> None:
        text = self.when.says if self.when is not None else ""
        self._reading.setText(text)
        self._reading.setVisible(bool(text))

    def _fit(self) -> None:
        """Give what happened the room that is left in the row."""
        beside = (self.who, self.name, self.add_button, self.more_button)
        taken = sum(each.sizeHint().width() for each in beside[2:]) + self.who.width() + style.space(44)
        taken += self.name.width() if not self.name.isHidden() else 0
        room = self.width() - taken - style.space(4 + 1.5 * len(beside) + 3)
        self.what.setFixedWidth(max(style.space(50), room))

    def _fit_name(self) -> None:
        other = self.who.currentData() is not None
        self.name.setVisible(other and self.who.currentData() != Agency.ANONYMOUS.value)
        self._fit()

    def _source(self) -> Source:
        agency = self.who.currentData()
        if agency is None:
            me = self._workspace.session.professional
            return Source(name=me.name, role=me.role, agency=me.agency)
        return Source(name=self.name.text() if not self.name.isHidden() else "", agency=Agency(agency))

    def _values(self) -> dict[str, object]:
        source = self._source()
        given = {
            "when": self.when.value() if self.when is not None else None,
            "what": self.what.text().strip(),
            "source": {
                "agency": source.agency.value if source.agency else "",
                "name": source.name,
                "role": source.role,
            },
        }
        return {name: value for name, value in given.items() if value}

    def _added(self, entry: Entry) -> None:
        self.add_button.setEnabled(True)
        self._clear()
        self.start()
        self.added.emit(entry)
        self._workspace.changed.emit("entry", entry.id)

    def _refuse(self, error: AppError) -> None:
        self.add_button.setEnabled(True)
        self._say(str(error))

    def clear(self) -> None:
        """Empty the line: what was typed went into the whole form."""
        self._clear()

    def _clear(self) -> None:
        if self.when is not None:
            self.when.set_value(None)
        self._read()
        self.what.clear()
        self.name.clear()
        self.who.setCurrentIndex(0)
        self._say("")

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    def _say(self, text: str) -> None:
        self._error.setText(text)
        self._error.setVisible(bool(text))
