"""Has the pages of a document made, and the full copy's beside them; says that they are on their way, or why not."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from gcp2_app.domain.readers import Audience
from gcp2_app.errors import AppError
from gcp2_app.ui import style
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.reports.beside import Beside
from gcp2_app.ui.reports.preview import Preview
from gcp2_app.ui.reports.writing_bar import WritingBar
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.reports.pdf.progress import Progress
    from gcp2_app.services.documents.making import Copy, Prepared, Wanted


class PagesOf(QObject):
    """The pages wanted last; those asked for before never show.

    Attributes:
        bar: how far they are and the button that stops it, for whoever lays the page out.
        progress, stop_button: what stands in it.
        again_button: makes the pages that were stopped, for whoever lays the page out.
        made: emitted with the copy whose pages are shown.
    """

    made = Signal(object)

    def __init__(self, workspace: Workspace, pages: Beside, notice: Notice, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._pages = pages
        self._notice = notice
        self._asked = {pages.copy: 0, pages.full: 0}
        self._last: tuple[Wanted, str] | None = None
        self._full: Wanted | None = None
        self._under_way: dict[Preview, Progress] = {}
        self.progress = WritingBar(self.tr("Making the pages"))
        self.stop_button = style.button(self.tr("Stop"), "link")
        self.stop_button.setAccessibleName(self.tr("Stop making the pages"))
        self.again_button = style.button(self.tr("Make the pages"))
        self.bar = QHBoxLayout()
        self.bar.setSpacing(style.space(1.5))
        self.bar.addWidget(self.progress, 1)
        self.bar.addWidget(self.stop_button)
        self.stop_button.clicked.connect(self.stop)
        self.again_button.clicked.connect(self._again)
        self._show()

    def make(self, wanted: "Wanted", why: str) -> None:
        """Make the pages and show them.

        Args:
            wanted: which document.
            why: the reason a restricted record is opened for.
        """
        self._last = wanted, why
        has_full = Audience.OWN_AGENCY in _audiences(wanted)
        is_full = wanted.audience is Audience.OWN_AGENCY and not wanted.person and not wanted.without
        self._pages.offer_full(offered=has_full and not is_full)
        self._ask(self._pages.copy, wanted, why, self._made)

    def make_full(self, wanted: "Wanted", why: str) -> None:
        """Make the full copy's pages: our own agency's, for nobody else."""
        whole = replace(
            wanted,
            audience=Audience.OWN_AGENCY,
            person="",
            recipient="",
            shown=frozenset(),
            without=frozenset(),
        )
        if whole == self._full and self._pages.full.page_count:
            return
        self._full = whole
        self._ask(self._pages.full, whole, why, self._made_full)

    def show_busy(self) -> None:
        """Say that the pages are on their way, of a record that may be another than before."""
        self._full = None
        self.progress.begin()

    def stop(self) -> None:
        """Make nothing of what was asked for and is not there yet."""
        was_pressed = self.stop_button.hasFocus()
        self._leave_all()
        if self._last is not None:
            self._notice.show_note(self.tr("Stopped. The pages were not made."))
            self.again_button.show()
            if was_pressed:
                self.again_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, error: AppError) -> None:
        """Say why there are no pages."""
        self._leave_all()
        self._pages.clear()
        self._notice.show_error(error)

    def clear(self) -> None:
        """Forget what is shown and what was asked for."""
        self._last = self._full = None
        self._leave_all()
        self._notice.clear()
        self._pages.offer_full(offered=False)
        self._pages.clear()

    def _ask(self, page: Preview, wanted: "Wanted", why: str, done: "Callable[[Copy], object]") -> None:
        from gcp2_app.services.documents import making

        self._leave(page)
        progress = self._under_way[page] = self.progress.begin()
        asked, session, tasks = self._asked[page], self._workspace.session, self._workspace.tasks
        self._show()

        def show(copy: "Copy") -> None:
            if asked == self._asked[page]:
                del self._under_way[page]
                self._show()
                done(copy)

        def fail(error: AppError) -> None:
            if asked == self._asked[page]:
                self.refuse(error)

        def write(prepared: "Prepared") -> None:
            if asked == self._asked[page]:
                tasks.compute(self, lambda: prepared.write(progress=progress), show, fail)

        tasks.run(self, lambda: making.prepare_preview(session, wanted, why=why), write, fail)

    def _leave(self, page: Preview) -> None:
        """Let go of what was asked for and is not there yet: it is written no further."""
        self._asked[page] += 1
        progress = self._under_way.pop(page, None)
        if progress is not None:
            progress.stop()

    def _leave_all(self) -> None:
        for page in self._asked:
            self._leave(page)
        self._show()

    def _made(self, copy: "Copy") -> None:
        self._notice.clear()
        self._pages.copy.show_document(copy.content)
        self.made.emit(copy)

    def _made_full(self, copy: "Copy") -> None:
        self._pages.full.show_document(copy.content)

    def _again(self) -> None:
        if self._last is not None:
            self.make(*self._last)
            self.stop_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        if not self._under_way:
            self.progress.end()
            if self.stop_button.hasFocus():
                # It goes, and would hand the keyboard to whatever comes next.
                self._pages.copy.setFocus(Qt.FocusReason.OtherFocusReason)
        self.stop_button.setVisible(bool(self._under_way))
        self.again_button.hide()


def _audiences(wanted: "Wanted") -> tuple[Audience, ...]:
    from gcp2_app.services.documents.kinds import KINDS

    return KINDS[wanted.kind].audiences
