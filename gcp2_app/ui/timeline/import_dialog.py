"""Takes another agency's chronology in, step by step: the file, its columns, what each row becomes, and done.

What was taken in earlier can be taken out again here, as a whole.
"""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QDialog, QFrame, QStackedWidget, QVBoxLayout, QWidget

from gcp2_app.domain.users import Duty
from gcp2_app.errors import AppError
from gcp2_app.ui import messages, style
from gcp2_app.ui.column import Column
from gcp2_app.ui.forms.reason import ask_reason
from gcp2_app.ui.latest import Latest
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.timeline.import_columns import ColumnsPage
from gcp2_app.ui.timeline.import_preview import PreviewPage
from gcp2_app.ui.timeline.import_words import batch as batch_words
from gcp2_app.ui.timeline.import_words import tr
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.chronology_import import Batch, ChronologyFile, Preview, Taken, Wanted
    from gcp2_app.ui.child.shown import Shown


class ImportDialog(QDialog):
    """The steps, one at a time.

    Attributes:
        columns, preview: the questions about the file, and its rows.
        choose_button, next_button, back_button, close_button: what can be done.
        undo_buttons: take an earlier chronology out again, newest first.
        notice: what went wrong, or was done.
    """

    def __init__(self, parent: QWidget, workspace: Workspace, shown: "Shown") -> None:
        super().__init__(parent)
        self._workspace, self._shown = workspace, shown
        self._latest = Latest(workspace.tasks, self)
        self._wanted: Wanted | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(tr("Take in a chronology"))
        self.notice = Notice()
        self.columns = ColumnsPage()
        self.preview = PreviewPage()
        self.choose_button = style.button(tr("Choose the file…"), "primary")
        self.next_button = style.button("", "primary")
        self.back_button = style.button(tr("Back"))
        self.close_button = style.button(tr("Close"))
        self.undo_buttons: list[QWidget] = []
        self._about = style.label("", "quiet")
        self._title = style.heading("")
        self.pages = QStackedWidget()
        self._earlier = QVBoxLayout()
        self._file_page = self._make_file_page()
        self._columns_page = Column(110, centred=False)
        self._columns_page.body.addWidget(self.columns)
        self._columns_page.body.addStretch(1)
        self._preview_page = Column(400, centred=False)
        self._preview_page.body.addWidget(self.preview, 1)
        for page in (self._file_page, self._columns_page, self._preview_page):
            self.pages.addWidget(page)
        self._lay_out()
        self.choose_button.clicked.connect(lambda _=False: self._choose())
        self.next_button.clicked.connect(lambda _=False: self._go_on())
        self.back_button.clicked.connect(lambda _=False: self._go_back())
        self.close_button.clicked.connect(self.reject)
        self.columns.headings_changed.connect(self._ask_columns)
        self.preview.table.selectionModel().currentRowChanged.connect(self._follow_row)
        workspace.locking.connect(self.reject)
        self._show_page(self._file_page)
        self._ask_earlier()
        self.choose_button.setFocus()

    def _make_file_page(self) -> QWidget:
        column = Column(110, centred=False)
        column.body.addLayout(style.row(self.choose_button))
        column.body.addLayout(self._earlier)
        column.body.addStretch(1)
        self._earlier.setSpacing(style.space(1.5))
        return column

    def _lay_out(self) -> None:
        margin = style.space(3)
        head = QWidget()
        lines = QVBoxLayout(head)
        lines.setContentsMargins(margin, style.space(2), margin, style.space(1))
        lines.setSpacing(style.space(1))
        for part in (self._title, self._about, self.notice):
            lines.addWidget(part)
        bar = QFrame()
        bar.setProperty("role", "foot")
        for button in (self.choose_button, self.next_button, self.back_button, self.close_button):
            button.setAutoDefault(False)
        buttons = style.row(self.next_button, self.back_button, self.close_button)
        buttons.setContentsMargins(margin, style.space(1.5), margin, style.space(1.5))
        bar.setLayout(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(self.pages, 1)
        layout.addWidget(bar)
        room = self.screen().availableSize()
        self.resize(min(style.space(230), round(room.width() * 0.94)), round(room.height() * 0.9))

    # The file

    def _choose(self) -> None:
        kinds = tr("Chronologies (*.csv *.xlsx *.txt)")
        messages.choose_file(self, tr("Take in a chronology"), kinds, self.use)

    def use(self, path: Path) -> None:
        """Read a file and ask about its columns."""
        from gcp2_app.services.chronology_import import load_chronology

        self.notice.clear()
        self.choose_button.setEnabled(False)
        # It touches no database: a large workbook keeps nobody from the record.
        self._workspace.tasks.compute(self, lambda: load_chronology(path), self._read, self._failed)

    def _read(self, file: "ChronologyFile") -> None:
        self.choose_button.setEnabled(True)
        self.columns.use(file)
        self._show_page(self._columns_page)
        self.columns.agency.setFocus()

    def _ask_columns(self) -> None:
        from gcp2_app.services.chronology_import import remembered

        session, names = self._workspace.session, self.columns.names()
        self._latest.ask(lambda: remembered(session, names), self.columns.show_columns)

    # The rows

    def _go_on(self) -> None:
        if self.pages.currentWidget() is self._columns_page:
            self._look()
        else:
            self._take()

    def _look(self) -> None:
        from gcp2_app.services import chronology_import

        wanted = self._wanted = self.columns.wanted()
        if wanted is None:
            return
        session, child, why = self._workspace.session, self._shown.child.id, self._shown.why
        self.notice.clear()
        self.next_button.setEnabled(False)
        self._workspace.tasks.run(
            self, lambda: chronology_import.preview(session, child, wanted, why=why), self._show, self._failed
        )

    def _show(self, found: "Preview") -> None:
        self.next_button.setEnabled(True)
        self.preview.show_preview(found)
        self._show_page(self._preview_page)
        self.preview.table.setFocus()

    def _take(self) -> None:
        from gcp2_app.services import chronology_import

        wanted, out = self._wanted, self.preview.model.left_out
        if wanted is None:
            return
        session, child, why = self._workspace.session, self._shown.child.id, self._shown.why
        self.notice.clear()
        self.next_button.setEnabled(False)
        self._workspace.tasks.run(
            self,
            lambda: chronology_import.take_in(session, child, wanted, leave_out=out, why=why),
            self._taken,
            self._failed,
        )

    def _taken(self, done: "Taken") -> None:
        self.next_button.setEnabled(True)
        self._wanted = None
        self.preview.show_preview(None)
        self._show_page(self._file_page)
        text = tr("%n entry was taken in. It can be taken out again below.|"
                  "%n entries were taken in. They can be taken out again below.", len(done.ids))  # fmt: skip
        self.notice.show_note(text)
        self._ask_earlier()
        self.close_button.setFocus()
        self._workspace.changed.emit("entry", done.ids[0])

    # What was taken in earlier

    def _ask_earlier(self) -> None:
        from gcp2_app.services import chronology_import

        session, child, why = self._workspace.session, self._shown.child.id, self._shown.why
        self._workspace.tasks.run(
            self, lambda: chronology_import.batches(session, child, why=why), self._show_earlier, self._failed
        )

    def _show_earlier(self, found: "tuple[Batch, ...]") -> None:
        self.undo_buttons.clear()
        while (item := self._earlier.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if found:
            self._earlier.addWidget(style.heading(tr("Taken in earlier"), 2))
        for each in found:
            frame, inside = style.card()
            inside.addWidget(style.label(batch_words(each)))
            if self._workspace.session.user.may(Duty.WORK_CASES):
                button = style.button(tr("Take it out again…"), "link")
                button.setAutoDefault(False)
                button.setAccessibleName(tr("Take out again: {what}").format(what=batch_words(each)))
                button.clicked.connect(partial(self._ask_undo, each))
                inside.addLayout(style.row(button))
                self.undo_buttons.append(button)
            self._earlier.addWidget(frame)

    def _ask_undo(self, batch: "Batch") -> None:
        about = tr(
            "All %n entry of it leaves this record at once, as entered in error. That it was here, when, by whom and "
            "why stays; what it says is sealed.|All %n entries of it leave this record at once, as entered in error. "
            "That they were here, when, by whom and why stays; what they say is sealed.",
            batch.count,
        )
        ask_reason(
            self,
            self._workspace,
            title=tr("Take the chronology out again"),
            about=about,
            text=tr("Take it out"),
            then=partial(self._undo, batch),
        )

    def _undo(self, batch: "Batch", reason: str) -> None:
        from gcp2_app.services import chronology_import

        session, child, why = self._workspace.session, self._shown.child.id, self._shown.why

        def done(count: int) -> None:
            self.notice.show_note(tr("%n entry was taken out again.|%n entries were taken out again.", count))
            self._ask_earlier()
            self._workspace.changed.emit("entry", "")

        self._workspace.tasks.run(
            self,
            lambda: chronology_import.undo(session, child, batch.id, reason=reason, why=why),
            done,
            self._failed,
        )

    # The steps

    def _go_back(self) -> None:
        self.notice.clear()
        on_rows = self.pages.currentWidget() is self._preview_page
        self._show_page(self._columns_page if on_rows else self._file_page)

    def _show_page(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        texts = {
            self._file_page: (
                tr("Take in a chronology"),
                tr(
                    "A table from another agency, as CSV or Excel (.xlsx). You see what each row becomes before "
                    "anything goes in. The file itself is not kept."
                ),
            ),
            self._columns_page: (tr("Step 1 of 2: what is in the file"), ""),
            self._preview_page: (
                tr("Step 2 of 2: what each row becomes"),
                tr("Only rows with a tick go in. A date that cannot be read is kept in its own words."),
            ),
        }
        title, about = texts[page]
        self._title.setText(title)
        self._about.setText(about)
        self._about.setVisible(bool(about))
        self.next_button.setText(tr("Take them in") if page is self._preview_page else tr("See the rows"))
        self.next_button.setVisible(page is not self._file_page)
        self.back_button.setVisible(page is not self._file_page)

    def _follow_row(self) -> None:
        """Keep the row at hand in sight, and what it says in full, where large text leaves less room than the rows."""
        page, table, card = self._preview_page, self.preview.table, self.preview.full_card
        row = table.visualRect(table.currentIndex())
        top = table.viewport().mapTo(self.preview, row.topLeft()).y()
        above = self.preview.mapTo(page.viewport(), QPoint(0, 0)).y()
        room, bar = page.viewport().height(), page.verticalScrollBar()
        # The card as far as there is room for it below the row.
        ends = min(card.geometry().bottom(), top + room - row.height())
        if above + ends > room:
            bar.setValue(bar.value() + above + ends - room)
        elif above + top < 0:
            bar.setValue(bar.value() + above + top)

    def _failed(self, error: AppError) -> None:
        self.choose_button.setEnabled(True)
        self.next_button.setEnabled(True)
        self.notice.show_error(error)
