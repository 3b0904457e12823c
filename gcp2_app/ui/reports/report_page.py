"""A report before it leaves: its pages as they will print, who gets it and why, and the saving of a copy."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from gcp2_app.errors import AppError
from gcp2_app.ui import messages, style
from gcp2_app.ui.column import Column
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.reports.preview import Preview
from gcp2_app.ui.reports.report_form import ReportForm
from gcp2_app.ui.reports.writing import write_whole
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.reports import Copy
    from gcp2_app.services.withholding import Readers

_FORM_STEPS = 62


class ReportPage(QWidget):
    """One report, previewed and saved."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._assessment = ""
        self._asked = 0
        self.form = ReportForm(workspace.tasks)
        self.preview = Preview(workspace.tasks)
        self.notice = Notice()
        self.progress = QProgressBar()
        self._title = style.heading("")
        self._where = style.label("", wrap=False)
        self._zoom = style.label("", "quiet", wrap=False)
        self._lay_out()
        self._connect()

    @property
    def where(self) -> str:
        """Which page is in view: "Page 2 of 6"."""
        return self._where.text()

    def show_report(self, kind: str, assessment_id: str) -> None:
        """Show a report.

        Args:
            kind: ``assessment``.
            assessment_id: whose report it is.
        """
        titles = {"assessment": self.tr("Assessment report")}
        self._title.setText(titles[kind])
        if assessment_id != self._assessment:
            self._clear()
        self._assessment = assessment_id
        self._load_readers()
        self._load()
        self.form.recipient.setFocus(Qt.FocusReason.OtherFocusReason)

    # Laying out

    def _lay_out(self) -> None:
        column = Column(_FORM_STEPS, centred=False)
        column.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.body.addWidget(self._title)
        column.body.addWidget(
            style.label(
                self.tr(
                    "Read the pages before they leave the store. Every copy is recorded with who it is for and why."
                ),
                "quiet",
            )
        )
        column.body.addWidget(self.form)
        column.body.addStretch(1)
        foot = QFrame()
        foot.setProperty("role", "foot")
        below = QVBoxLayout(foot)
        below.setContentsMargins(style.space(3), style.space(1.5), style.space(3), style.space(1.5))
        below.setSpacing(style.space(1.5))
        below.addWidget(self.form.notice)
        below.addWidget(self.form.save_button)
        asked = QWidget()
        asked.setFixedWidth(style.space(_FORM_STEPS))
        down = QVBoxLayout(asked)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(column, 1)
        down.addWidget(foot)
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(max(4, style.space(0.7)))
        self.progress.setAccessibleName(self.tr("Making the pages"))
        self.progress.hide()
        pages = QFrame()
        beside = QVBoxLayout(pages)
        beside.setContentsMargins(style.space(1), style.space(1), style.space(2), style.space(1))
        beside.setSpacing(style.space(1))
        beside.addLayout(self._make_bar())
        beside.addWidget(self.progress)
        beside.addWidget(self.notice)
        beside.addWidget(self.preview, 1)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(asked)
        across.addWidget(pages, 1)
        self.setFocusProxy(self.form.recipient)

    def _make_bar(self) -> Flow:
        preview = self.preview
        self.previous = self._tool(
            self.tr("Previous"), lambda: preview.go_to(preview.page - 1), self.tr("Previous page")
        )
        self.next = self._tool(self.tr("Next"), lambda: preview.go_to(preview.page + 1), self.tr("Next page"))
        self.smaller = self._tool("−", preview.zoom_out, self.tr("Smaller (Ctrl+−)"))
        self.larger = self._tool("+", preview.zoom_in, self.tr("Larger (Ctrl++)"))
        self.fit = self._tool(
            self.tr("Fit width"), preview.fit_width, self.tr("Fit width, as wide as the room (Ctrl+0)")
        )
        self.fit.setCheckable(True)
        bar = Flow()
        bar.setSpacing(style.space(1))
        for widget in (self.previous, self._where, self.next):
            bar.addWidget(widget)
        bar.push()
        for widget in (self.smaller, self._zoom, self.larger, self.fit):
            bar.addWidget(widget)
        return bar

    def _tool(self, text: str, run: Callable[[], None], tip: str) -> QPushButton:
        made = style.button(text)
        made.setToolTip(tip)
        made.setAccessibleName(tip)
        made.clicked.connect(run)
        return made

    def _connect(self) -> None:
        self.preview.leafed.connect(self._show_where)
        self.preview.zoomed.connect(self._show_zoom)
        self.form.recipient_changed.connect(self._load)
        self.form.save_wanted.connect(self._choose_file)
        save = QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self)
        save.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        save.activated.connect(self.form.save)
        self._workspace.locking.connect(self._lock)
        self._show_where(0, 0)

    def _show_where(self, page: int, pages: int) -> None:
        self._where.setText(
            self.tr("Page {page} of {pages}").format(page=page, pages=pages) if pages else self.tr("No pages yet")
        )
        self.previous.setEnabled(page > 1)
        self.next.setEnabled(page < pages)

    def _show_zoom(self, zoom: float, fits: bool) -> None:
        self._zoom.setText(f"{round(zoom * 100)} %")
        self.fit.setChecked(fits)

    # The pages

    def _load(self) -> None:
        if not self._assessment or not self._workspace.is_unlocked:
            return
        from gcp2_app.services import reports

        self._asked += 1
        asked, session, id_ = self._asked, self._workspace.session, self._assessment
        recipient, reader = self.form.recipient_name, self.form.reader_id
        self.progress.show()
        self._workspace.tasks.run(
            self,
            lambda: reports.assessment_preview(session, id_, recipient=recipient, reader=reader),
            lambda copy: self._show(asked, copy),
            lambda error: self._fail(asked, error),
        )

    def _load_readers(self) -> None:
        from gcp2_app.services import reports

        session, id_ = self._workspace.session, self._assessment

        def done(readers: "Readers") -> None:
            if id_ == self._assessment:
                self.form.offer_readers(readers)

        # Where the report itself cannot be made, the pages say so.
        self._workspace.tasks.run(self, lambda: reports.readers_of(session, id_), done, lambda _error: None)

    def _show(self, asked: int, copy: "Copy") -> None:
        if asked == self._asked:
            self.progress.hide()
            self.notice.clear()
            self.form.losses.show_losses(copy.losses)
            self.preview.show_document(copy.content)

    def _fail(self, asked: int, error: AppError) -> None:
        if asked == self._asked:
            self.progress.hide()
            self.preview.clear()
            self.notice.show_error(error)

    def _lock(self) -> None:
        self._clear()
        self._assessment = ""

    def _clear(self) -> None:
        self._asked += 1
        self.progress.hide()
        self.notice.clear()
        self.preview.clear()
        self.form.clear()

    # Saving

    def _choose_file(self) -> None:
        day = self._workspace.session.today().isoformat()
        messages.choose_new_file(
            self, self.tr("Save PDF"), f"assessment-report-{day}.pdf", self.tr("PDF (*.pdf)"), self._save
        )

    def _save(self, path: Path) -> None:
        from gcp2_app.services import reports

        target = path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")
        session, id_, form = self._workspace.session, self._assessment, self.form
        recipient, reader, why, password = form.recipient_name, form.reader_id, form.why, form.password
        form.show_busy(busy=True)
        self._workspace.tasks.run(
            self,
            lambda: write_whole(
                target,
                reports.assessment_report(
                    session, id_, recipient=recipient, reader=reader, reason=why, password=password
                ),
            ),
            lambda _: self._saved(target.name, protected=password is not None),
            self._not_saved,
        )

    def _saved(self, name: str, *, protected: bool) -> None:
        self.form.show_busy(busy=False)
        text = self.tr("Saved as “{name}”.").format(name=name)
        if protected:
            text = self.tr("{saved} It opens with the passphrase you set.").format(saved=text)
        self.form.forget_passphrase()
        self.form.notice.show_note(text)

    def _not_saved(self, error: AppError) -> None:
        self.form.show_busy(busy=False)
        self.form.notice.show_error(error)
