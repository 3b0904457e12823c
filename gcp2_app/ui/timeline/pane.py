"""The pane beside a timeline: the current entry in full, and what can be done with it."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from gcp2_app.domain.kinds import EntryKind, Item, ItemType
from gcp2_app.domain.users import Duty
from gcp2_app.errors import AppError
from gcp2_app.overriding import override
from gcp2_app.ui import messages, style
from gcp2_app.ui.agency.line import AgencyLine
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.fold import Fold
from gcp2_app.ui.forms.dialog import FormDialog, Saving, Values
from gcp2_app.ui.forms.directory import Directory
from gcp2_app.ui.forms.reason import ask_reason
from gcp2_app.ui.forms.registry import make_context
from gcp2_app.ui.forms.second_person import SecondPersonGate
from gcp2_app.ui.latest import Latest
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.reports.writing import write_whole
from gcp2_app.ui.timeline import reading, words
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.domain.entries import Attachment
    from gcp2_app.services.stream import EntryFile, Step
    from gcp2_app.ui.child.shown import Shown


#: Kinds of entry that hold a decision, a reply or an agreed step; a challenge starts from any of them.
DECISIONS: Final = frozenset({"referral", "meeting", "worker_contact", "action"})


class EntryPane(QScrollArea):
    """One entry.

    Attributes:
        correct_button, error_button, file_button, sort_button: what can be done with it.
        version_button: opens the frozen chronology that the entry says was frozen.
        history: opens how it came to say what it says.
        closed: emitted by Escape: the keyboard goes back to the list.
    """

    closed = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._latest = Latest(workspace.tasks, self)
        self._shown: Shown | None = None
        self._id = ""
        self._file: EntryFile | None = None
        self.setProperty("role", "reading")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumWidth(style.space(50))
        self.setAccessibleName(self.tr("The chosen entry"))
        self.notice = Notice()
        self._nothing = style.label(self.tr("Choose an entry to read it here."), "quiet")
        self._parts = QVBoxLayout()
        self._parts.setSpacing(style.space(1.5))
        self.agency = AgencyLine(workspace, "entry")
        self.correct_button = style.button(self.tr("Correct it…"))
        self.file_button = style.button(self.tr("Add a file…"))
        self.error_button = style.button(self.tr("Entered in error…"))
        self.destroy_button = style.button(self.tr("Destroy what it said…"))
        self.sort_button = style.button(self.tr("Sort its notes"))
        self.disagree_button = style.button(self.tr("I disagree…"))
        self.disagree_button.setToolTip(self.tr("Start a professional challenge to this decision"))
        self.version_button = style.button(self.tr("Open this version"))
        self.history = Fold(self.tr("How it came to say this"), self._make_history)
        self._history_room: QVBoxLayout | None = None
        self._lay_out()
        self.correct_button.clicked.connect(lambda _=False: self.correct())
        self.file_button.clicked.connect(lambda _=False: self._choose_file())
        self.error_button.clicked.connect(lambda _=False: self._ask_error())
        self.destroy_button.clicked.connect(lambda _=False: self._ask_destroying())
        self.sort_button.clicked.connect(lambda _=False: self._workspace.sorting_wanted.emit(self._id))
        self.disagree_button.clicked.connect(lambda _=False: self._disagree())
        self.version_button.clicked.connect(lambda _=False: self._open_version())
        self.history.toggled.connect(self._load_history)
        self.forget()

    def _lay_out(self) -> None:
        ground = QWidget()
        layout = QVBoxLayout(ground)
        margin = style.space(2)
        layout.setContentsMargins(margin, style.space(1), margin, margin)
        layout.setSpacing(style.space(1.5))
        layout.addWidget(self.notice)
        layout.addWidget(self._nothing)
        layout.addLayout(self._parts)
        layout.addWidget(self.version_button)
        layout.addWidget(self.agency)
        self._buttons = QWidget()
        flow = Flow(self._buttons)
        flow.setContentsMargins(0, 0, 0, 0)
        flow.setSpacing(style.space(1))
        ways = (
            self.correct_button,
            self.file_button,
            self.sort_button,
            self.disagree_button,
            self.error_button,
            self.destroy_button,
        )
        for button in ways:
            flow.addWidget(button)
        layout.addWidget(self._buttons)
        layout.addWidget(self.history)
        layout.addLayout(self.history.place)
        layout.addStretch(1)
        self.setWidget(ground)

    @property
    def entry_id(self) -> str:
        """Id of the entry asked for last, or empty."""
        return self._id

    @property
    def file(self) -> "EntryFile | None":
        """The entry shown, or None."""
        return self._file

    def show_entry(self, entry_id: str, shown: "Shown | None") -> None:
        """Read an entry and show it; an empty id shows that none is chosen."""
        self._shown = shown
        if not entry_id or shown is None:
            self.forget()
            return
        if entry_id != self._id:
            self.history.setChecked(False)
            # Until the entry is here, what can be done would be done with the one before.
            self._buttons.setEnabled(False)
        self._id = entry_id
        from gcp2_app.services import stream

        session, why = self._workspace.session, shown.why

        def work() -> "EntryFile | AppError":
            try:
                return stream.open_(session, entry_id, why=why)
            except AppError as error:
                return error

        self._latest.ask(work, lambda answer: self._show(entry_id, answer))

    def forget(self) -> None:
        """Let go of the entry."""
        self._id, self._file = "", None
        self._latest.forget()
        self.notice.clear()
        _empty(self._parts)
        self._nothing.show()
        self._buttons.hide()
        self.version_button.hide()
        self.history.setChecked(False)
        self.history.hide()
        self.agency.show_record("")

    def correct(self) -> None:
        """Open the form that corrects the entry."""
        from gcp2_app.ui.entry.dialog import edit_entry

        if self._file is not None and self._shown is not None and self.correct_button.isVisibleTo(self):
            edit_entry(self, self._workspace, self._shown, self._file)

    def _disagree(self) -> None:
        from gcp2_app.ui.referral.ways import disagree

        if self._file is not None and self._shown is not None:
            disagree(self, self._workspace, self._shown, self._file.entry)

    def _show(self, entry_id: str, answer: "EntryFile | AppError") -> None:
        if entry_id != self._id or not self._workspace.is_unlocked:
            return
        if isinstance(answer, AppError):
            self.forget()
            self._nothing.hide()
            self.notice.show_error(answer)
            return
        file = self._file = answer
        self._buttons.setEnabled(True)
        self.notice.clear()
        self._nothing.hide()
        _empty(self._parts)
        kinds = {file.kind.code: file.kind} if file.kind is not None else {}
        self._parts.addWidget(reading.head(file, words.title(file.entry, kinds)))
        may = self._workspace.session.user.may(Duty.WORK_CASES)
        sealed = file.entry.entered_in_error is not None
        if not sealed:
            self._parts.addWidget(reading.body(file))
            files = reading.files(file, save=self._save_copy, remove=self._remove_file if may else None)
            if files is not None:
                self._parts.addWidget(files)
        self._parts.addWidget(reading.foot(file))
        self.agency.show_record("" if sealed else entry_id)
        self.version_button.setVisible(not sealed and file.entry.kind == "chronology_frozen")
        changeable = may and not sealed and not file.under_way
        self.correct_button.setVisible(changeable and file.kind is not None)
        self.file_button.setVisible(changeable)
        self.error_button.setVisible(changeable)
        self.sort_button.setVisible(changeable and file.entry.kind == "visit" and bool(file.entry.data.get("lines")))
        self.disagree_button.setVisible(changeable and file.entry.kind in DECISIONS)
        self.destroy_button.setVisible(may and sealed and file.earlier > 0)
        self._buttons.setVisible(changeable or (may and sealed and file.earlier > 0))
        text = self.tr("How it came to say this ({count} earlier)").format(count=file.earlier)
        self.history.rename(text)
        self.history.setVisible(file.earlier > 0 and not sealed)
        if self.history.isChecked():
            self._load_history(shown=True)
        self.verticalScrollBar().setValue(0)

    # History

    def _make_history(self) -> QWidget:
        ground = QWidget()
        self._history_room = QVBoxLayout(ground)
        self._history_room.setContentsMargins(0, 0, 0, 0)
        return ground

    def _load_history(self, shown: bool) -> None:
        from gcp2_app.services import stream

        room, file = self._history_room, self._file
        if room is not None:
            _empty(room)
        if not shown or file is None or self._shown is None:
            return
        session, id_, why = self._workspace.session, self._id, self._shown.why

        def done(steps: "tuple[Step, ...]") -> None:
            if id_ == self._id and self._history_room is not None and self._file is not None:
                _empty(self._history_room)
                self._history_room.addWidget(reading.history(steps, self._file))

        self._workspace.tasks.run(self, lambda: stream.history(session, id_, why=why), done, self.notice.show_error)

    def _open_version(self) -> None:
        from gcp2_app.services import chronologies
        from gcp2_app.ui.timeline.curate_versions import open_version

        if self._shown is None:
            return
        session, id_, why = self._workspace.session, self._id, self._shown.why
        open_version(
            self,
            self._workspace,
            lambda: chronologies.open_of_entry(session, id_, why=why),
            self.notice.show_error,
        )

    # Entered in error

    def _ask_error(self) -> None:
        from gcp2_app.services import entries

        session, id_ = self._workspace.session, self._id
        ask_reason(
            self,
            self._workspace,
            title=self.tr("This entry does not belong here"),
            about=self.tr(
                "It leaves this record, its reports and its exports at once. That it was entered in error, when, by "
                "whom and why stays; its content is sealed. For a mistake in what it says, correct it instead."
            ),
            text=self.tr("It was entered in error"),
            then=lambda reason: self._workspace.tasks.run(
                self,
                lambda: entries.enter_in_error(session, id_, reason=reason),
                lambda _: self._workspace.changed.emit("entry", id_),
                self.notice.show_error,
            ),
        )

    def _ask_destroying(self) -> None:
        title = self.tr("Destroy what it said")
        kind = EntryKind(
            code="destroy",
            title=title,
            plural=title,
            about=self.tr(
                "What this entry said, and its files, are destroyed for good. That it was entered in error stays. "
                "A second person confirms it. Backups made before today hold it until they are replaced."
            ),
            items=(Item(name="reason", type=ItemType.TEXT, label=self.tr("Why"), required=True),),
        )
        from gcp2_app.services import entries

        session, id_ = self._workspace.session, self._id
        about = self.tr(
            "Destroying what was written takes two people: a colleague or supervisor who works with this child types "
            "their own sign-in here. Both names are kept in the audit trail."
        )
        gate = SecondPersonGate(self._workspace, lambda _values: ("content",), about)
        saving = Saving(
            save=lambda values: entries.destroy_sealed(session, id_, reason=values["reason"], second=gate.second),
            saved=lambda _: self._workspace.changed.emit("entry", id_),
            before=gate.before,
            text=self.tr("Destroy it"),
        )
        context = make_context(session.today(), Directory(self._workspace))
        gate.dialog = FormDialog(
            self, self._workspace, title=title, kind=kind, context=context, saving=saving, about=kind.about
        )
        gate.dialog.open()

    # Files

    def _choose_file(self) -> None:
        messages.choose_file(self, self.tr("Keep a file with the entry"), self.tr("All files (*)"), self.take_file)

    def take_file(self, path: Path) -> None:
        """Keep a file with the entry."""
        from gcp2_app.services import attachments

        session, id_ = self._workspace.session, self._id
        self._workspace.tasks.run(
            self,
            lambda: attachments.add(session, id_, (attachments.read_file(path),)),
            lambda _: self._workspace.changed.emit("entry", id_),
            self.notice.show_error,
        )

    def _remove_file(self, file: "Attachment") -> None:
        from gcp2_app.services import attachments

        session, id_ = self._workspace.session, self._id
        ask_reason(
            self,
            self._workspace,
            title=self.tr("Take the file away"),
            about=self.tr("“{name}” is not with the entry any more. That it was, and why it went, stays.").format(
                name=file.name
            ),
            text=self.tr("Take it away"),
            then=lambda reason: self._workspace.tasks.run(
                self,
                lambda: attachments.remove(session, id_, file.sha256, reason=reason),
                lambda _: self._workspace.changed.emit("entry", id_),
                self.notice.show_error,
            ),
        )

    def _save_copy(self, file: "Attachment") -> None:
        """Ask for whom and why, then where to: a copy outside the store is not encrypted any more."""
        title = self.tr("Save a copy outside the store")
        kind = EntryKind(
            code="copy",
            title=title,
            plural=title,
            about=self.tr("The copy is not encrypted. For whom and why is kept in the audit trail."),
            items=(
                Item(name="recipient", type=ItemType.STRING, label=self.tr("Who it is for")),
                Item(name="reason", type=ItemType.STRING, label=self.tr("What it is for"), required=True),
            ),
        )
        saving = Saving(
            save=lambda values: values, saved=lambda values: self._choose_copy(file, values), text=self.tr("Go on")
        )
        context = make_context(self._workspace.session.today(), Directory(self._workspace))
        FormDialog(
            self, self._workspace, title=title, kind=kind, context=context, saving=saving, about=kind.about
        ).open()

    def _choose_copy(self, file: "Attachment", values: Values) -> None:
        # The name it came with may be a child's.
        name = f"copy-{self._workspace.session.today().isoformat()}{Path(file.name).suffix}"
        messages.choose_new_file(
            self,
            self.tr("Save a copy"),
            name,
            self.tr("All files (*)"),
            lambda path: self.write_copy(file, path, recipient=values["recipient"] or "", reason=values["reason"]),
        )

    def write_copy(self, file: "Attachment", path: Path, *, recipient: str, reason: str) -> None:
        """Write a copy of a file."""
        from gcp2_app.services import attachments

        session, id_ = self._workspace.session, self._id
        self._workspace.tasks.run(
            self,
            lambda: write_whole(
                path, attachments.content(session, id_, file.sha256, recipient=recipient, reason=reason)
            ),
            lambda _: self.notice.show_note(self.tr("The copy is saved as “{name}”.").format(name=path.name)),
            self.notice.show_error,
        )

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def _empty(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            # Hidden first: what was just laid out is shown by a call on its way, which would make it a window.
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
