"""A document before it leaves: its pages as they will print, who gets it and why, and the saving of a copy."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gcp2_app.errors import AppError
from gcp2_app.services.documents.sorts import Form
from gcp2_app.ui import messages, style
from gcp2_app.ui.child.take_copy import reveal
from gcp2_app.ui.clipboard import BriefClipboard
from gcp2_app.ui.column import Column
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.reports.beside import Beside
from gcp2_app.ui.reports.giving import Given, Giving
from gcp2_app.ui.reports.leaving import Export, Leaving
from gcp2_app.ui.reports.pages_of import PagesOf
from gcp2_app.ui.reports.report_form import ReportForm
from gcp2_app.ui.reports.writing import write_whole
from gcp2_app.ui.reports.writing_bar import WritingBar
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.documents.choosing import Choice
    from gcp2_app.services.documents.making import Copy, Wanted
    from gcp2_app.services.documents.offers import Offers

_FORM_STEPS = 62


class ReportPage(QWidget):
    """One document, previewed and saved.

    Attributes:
        form: what is asked.
        pages: the pages, and the full copy's.
        making: has the pages made.
        leaving: has a copy made.
        notice: above the pages.
        saving: how far a copy is that is on its way.
        stop_button: stops it.
        giving: once a copy is saved, writes down that it was given to somebody.
    """

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._kind = self._child = self._matter = self._why = ""
        self._asked = 0
        self._offers: Offers | None = None
        self._saved_as = ""
        self._protected = False
        self._sent: Wanted
        self._sent_for = "", ""
        self._clipboard = BriefClipboard(self)
        self.form = ReportForm(workspace.tasks, workspace.session.today())
        self.pages = Beside(workspace.tasks)
        self.notice = Notice()
        self.making = PagesOf(workspace, self.pages, self.notice, self)
        self.leaving = Leaving(workspace, self)
        self.saving = WritingBar(self.tr("Saving the copy"))
        self.stop_button = style.button(self.tr("Stop"))
        self.giving = Giving(workspace, self)
        self._title = style.heading("")
        self._about = style.label("", "quiet")
        self._purpose = style.label("", "quiet")
        self._lay_out()
        self._connect()
        self._let_ask(allowed=False)

    @property
    def where(self) -> str:
        """Which page is in view: "Page 2 of 6"."""
        return self.pages.where

    def show_report(self, kind: str, child_id: str, matter: str = "") -> None:
        """Show a document.

        Args:
            kind: name of the kind.
            child_id: whose it is, or empty for the whole store.
            matter: id of the assessment or entry it is about, of the meeting it is for, or empty.
        """
        if (kind, child_id, matter) != (self._kind, self._child, self._matter):
            self._clear()
        self._kind, self._child, self._matter = kind, child_id, matter
        self._why = self._workspace.reasons.get(child_id, "")
        self._read()

    # Laying out

    def _lay_out(self) -> None:
        column = Column(_FORM_STEPS, centred=False)
        column.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for widget in (self._title, self._about, self._purpose, self.form):
            column.body.addWidget(widget)
        column.body.addStretch(1)
        foot = QFrame()
        foot.setProperty("role", "foot")
        below = QVBoxLayout(foot)
        below.setContentsMargins(style.space(3), style.space(1.5), style.space(3), style.space(1.5))
        below.setSpacing(style.space(1.5))
        below.addWidget(self.form.notice)
        below.addWidget(self.saving)
        below.addWidget(self.giving.button)
        buttons = Flow()
        buttons.setSpacing(style.space(1.5))
        for button in (self.form.save_button, self.form.copy_button, self.stop_button):
            buttons.addWidget(button)
        below.addLayout(buttons)
        self.stop_button.hide()
        asked = QWidget()
        asked.setFixedWidth(style.space(_FORM_STEPS))
        down = QVBoxLayout(asked)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(column, 1)
        down.addWidget(foot)
        pages = QFrame()
        beside = QVBoxLayout(pages)
        beside.setContentsMargins(style.space(1), style.space(1), style.space(2), style.space(1))
        beside.setSpacing(style.space(1))
        beside.addLayout(self.making.bar)
        beside.addWidget(self.notice)
        beside.addWidget(self.making.again_button)
        beside.addWidget(self.pages, 1)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(asked)
        across.addWidget(pages, 1)
        self.setFocusProxy(self.form.recipient)

    def _connect(self) -> None:
        form = self.form
        form.wanted_changed.connect(self._load)
        form.save_wanted.connect(self._choose_file)
        form.copy_wanted.connect(self._copy_text)
        form.choose_button.clicked.connect(self._ask_choices)
        self.making.made.connect(self._say_losses)
        self.pages.full_wanted.connect(self._load_full)
        self.leaving.left.connect(self._say_left)
        self.leaving.failed.connect(self._say_failed)
        self.leaving.stopped.connect(self._say_stopped)
        self.stop_button.clicked.connect(self.leaving.stop)
        self.giving.written.connect(self._say_written_down)
        self.giving.failed.connect(form.notice.show_error)
        save = QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self)
        save.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        save.activated.connect(form.save)
        self._workspace.locking.connect(self._lock)

    # What can be made

    def _read(self) -> None:
        self._asked += 1
        asked, session, child, why = self._asked, self._workspace.session, self._child, self._why
        self.making.show_busy()

        def work() -> "Offers":
            # What writes documents takes long to load, and no screen waits for it.
            from gcp2_app.services.documents import offers

            return offers.of_child(session, child, why=why) if child else offers.of_store(session)

        self._workspace.tasks.run(
            self,
            work,
            lambda found: self._offer(asked, found),
            lambda error: self._fail(asked, error),
        )

    def _offer(self, asked: int, found: "Offers") -> None:
        if asked != self._asked:
            return
        offer = found.of(self._kind)
        self._title.setText(offer.kind.title if offer is not None else "")
        if offer is None or offer.why_not:
            why = offer.why_not if offer is not None else self.tr("There is no document of this kind.")
            self.making.refuse(AppError(why, self.tr("Go back, and choose another.")))
            return
        is_first = self._offers is None
        self._offers = found
        self._let_ask(allowed=True)
        self._purpose.setText(offer.kind.purpose)
        self._purpose.setVisible(bool(offer.kind.purpose))
        mine = any(each.id == self._matter for each in offer.matters)
        matter, meeting = (self._matter, "") if mine else ("", self._matter)
        self.form.offer(found, offer, matter, meeting)
        self._about.setText(found.label)
        self._about.setVisible(bool(found.label))
        self._load()
        if is_first:
            self.form.recipient.setFocus(Qt.FocusReason.OtherFocusReason)
            reveal(self.form.recipient)

    def _let_ask(self, *, allowed: bool) -> None:
        """Show the form and its buttons; of what cannot be made there is nothing to ask."""
        for widget in (self.form, self.form.save_button, self.form.copy_button):
            widget.setVisible(allowed)

    def _fail(self, asked: int, error: AppError) -> None:
        from gcp2_app.services.register import ReasonNeeded

        if asked != self._asked:
            return
        if isinstance(error, ReasonNeeded):
            self._ask_why()
        else:
            self.making.refuse(error)

    def _ask_why(self) -> None:
        from gcp2_app.ui.forms.reason import ask_reason

        child = self._child

        def given(why: str) -> None:
            self._workspace.reasons[child] = why
            if child == self._child:
                self._why = why
                self._read()

        dialog = ask_reason(
            self,
            self._workspace,
            title=self.tr("This record is restricted"),
            about=self.tr("Say why you open it. Your name, the time and the reason are kept in the audit trail."),
            text=self.tr("Open the record"),
            then=given,
        )
        dialog.rejected.connect(self._workspace.back_wanted)

    # The pages

    def _load(self) -> None:
        if self._offers is None or not self._workspace.is_unlocked:
            return
        self.giving.forget()
        self.making.make(self.form.wanted(), self._why)
        if self.pages.compare.isChecked():
            self._load_full()

    def _load_full(self) -> None:
        if self._offers is not None:
            self.making.make_full(self.form.wanted(), self._why)

    def _say_losses(self, copy: "Copy") -> None:
        self.form.losses.show_losses(copy.losses)
        self.form.settle_matter(copy.matter)

    def _ask_choices(self) -> None:
        from gcp2_app.services.documents import choosing

        if self._offers is None:
            return
        session, wanted, why = self._workspace.session, self.form.wanted(), self._why

        def done(found: "tuple[Choice, ...]") -> None:
            from gcp2_app.ui.reports.choices_dialog import ChoicesDialog

            if self._offers is not None and wanted == self.form.wanted():
                dialog = ChoicesDialog(self, self._workspace, found, self.form.audience.currentText())
                dialog.chosen.connect(self.form.use_choices)
                dialog.open()

        self._workspace.tasks.run(
            self, lambda: choosing.choices(session, wanted, why=why), done, self.form.notice.show_error
        )

    # Saving

    def _choose_file(self) -> None:
        form = self.form.saved_as
        kinds = {
            "pdf": self.tr("PDF (*.pdf)"),
            "txt": self.tr("Plain text (*.txt)"),
            "csv": self.tr("CSV (*.csv)"),
            "xlsx": self.tr("Excel (*.xlsx)"),
        }
        # No child's name: it shows in folders, lists of recent files and attachments.
        stem = self._kind.replace("_", "-")
        name = f"{stem}-{self._workspace.session.today().isoformat()}.{form.value}"
        messages.choose_new_file(self, self.tr("Save a copy"), name, kinds[form.value], self._save)

    def _save(self, path: Path) -> None:
        suffix = f".{self.form.saved_as.value}"
        target = path if path.suffix.lower() == suffix else path.with_name(f"{path.name}{suffix}")
        self._saved_as = target.name
        self._begin(put=partial(write_whole, target))

    def _copy_text(self) -> None:
        self._saved_as = ""
        self._begin(put=None)

    def _begin(self, *, put: Callable[[bytes], object] | None) -> None:
        form = self.form
        pressed = next((each for each in (form.save_button, form.copy_button) if each.hasFocus()), None)
        self.stop_button.show()
        if pressed is not None:
            # What was pressed is greyed out now, and would hand the keyboard to whatever comes next.
            self.stop_button.setFocus(Qt.FocusReason.OtherFocusReason)
        form.show_busy(busy=True)
        self.giving.forget()
        progress = self.saving.begin()
        if put is None:
            export = Export(wanted=form.wanted(), form=Form.TEXT, reason=form.why, progress=progress, why=self._why)
        else:
            export = Export(
                wanted=form.wanted(),
                form=form.saved_as,
                reason=form.why,
                progress=progress,
                password=form.password,
                why=self._why,
                put=put,
            )
        self._sent, self._sent_for = export.wanted, form.meeting.meeting
        self._protected = export.password is not None
        self.leaving.begin(export)

    def _say_left(self, copy: "Copy") -> None:
        self._end_busy()
        if self._saved_as:
            text = self.tr("Saved as “{name}”.").format(name=self._saved_as)
            if self._protected:
                text = self.tr("{saved} It opens with the passphrase you set.").format(saved=text)
        else:
            self._clipboard.copy(copy.content.decode("utf-8"))
            text = self.tr("Copied. Paste it within half a minute; then it leaves the clipboard.")
        self.form.forget_passphrase()
        self.form.notice.show_note(text)
        given = Given(
            wanted=self._sent,
            title=self._title.text(),
            digest=copy.digest,
            meeting=self._sent_for,
            why=self._why,
        )
        self.giving.offer(given)

    def _say_failed(self, error: AppError) -> None:
        self._end_busy()
        self.form.notice.show_error(error)

    def _say_stopped(self) -> None:
        self._end_busy()
        self.form.notice.show_note(self.tr("Stopped. Nothing was saved."))

    def _end_busy(self) -> None:
        self.form.show_busy(busy=False)
        self.saving.end()
        if self.stop_button.hasFocus():
            self.form.save_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.stop_button.hide()

    def _say_written_down(self) -> None:
        self.form.notice.show_note(self.tr("Written down. The next report says so."))
        # Its clocks, and the pages, say it from now on.
        self._read()

    # Letting go

    def _lock(self) -> None:
        self._clipboard.clear()
        self._clear()

    def _clear(self) -> None:
        self._asked += 1
        self._kind = self._child = self._matter = self._why = ""
        self._offers, self._sent_for = None, ("", "")
        self._let_ask(allowed=False)
        self.leaving.stop()
        self._end_busy()
        self.giving.forget()
        self.making.clear()
        self._title.clear()
        for label in (self._about, self._purpose):
            label.clear()
        self.form.clear()
