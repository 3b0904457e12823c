"""A document's pages one below the other, as they will print. Only the pages in view are drawn.

Knows pages and images; nothing of what the document says or where it comes from.
"""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.reports.page_strip import PageStrip
from gcp2_app.ui.reports.pages import Page, draw_page, load_pages
from gcp2_app.ui.tasks import Tasks

_POINTS_PER_INCH: Final = 72
_ALONG: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ZOOMS: Final = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)


class Preview(QScrollArea):
    """A document to leaf through.

    Args:
        called: what it is beside another one, for those who do not see where it stands; empty where it is alone.

    Attributes:
        strip: the pages.
        leafed: emitted with the page in view, from 1, and how many there are.
        zoomed: emitted with the size as a share of 1.0 (as large as on paper), and whether it follows the width.
    """

    leafed = Signal(int, int)
    zoomed = Signal(float, bool)

    def __init__(self, tasks: Tasks, parent: QWidget | None = None, *, called: str = "") -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._called = called
        self._content = b""
        self._pages: tuple[Page, ...] = ()
        self._zoom = 1.0
        self._fits = True
        # Counted apart: a document still being read is wanted however often it is laid out meanwhile.
        self._document = 0
        self._layout = 0
        self._asked: set[int] = set()
        self._at = 0
        self.strip = PageStrip()
        self.setWidget(self.strip)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(self.strip)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.strip.missing.connect(self._draw)
        self.verticalScrollBar().valueChanged.connect(self._leaf)
        self._name()

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return len(self._pages)

    @property
    def page(self) -> int:
        """The page in view, from 1; 0 where there is none."""
        return self._at + 1 if self._pages else 0

    @property
    def zoom(self) -> float:
        """Size of the pages; 1.0 is as large as on paper."""
        return self._zoom

    def show_document(self, content: bytes) -> None:
        """Show a PDF, at the page that was in view."""
        self._document += 1
        document = self._document
        self._tasks.compute(self, lambda: load_pages(content), lambda pages: self._show(document, content, pages))

    def clear(self) -> None:
        """Show nothing."""
        self._document += 1
        self._show(self._document, b"", ())

    def go_to(self, page: int) -> None:
        """Bring a page to the top, from 1; past the ends the first or the last."""
        if self._pages:
            number = max(0, min(len(self._pages) - 1, page - 1))
            self.verticalScrollBar().setValue(self.strip.place_of(number).top() - style.space(1))
            self._arrive(number)

    def fit_width(self) -> None:
        """Make pages as wide as the room."""
        self._fits = True
        self._lay_out()

    def zoom_in(self) -> None:
        """Make pages a step larger."""
        self._zoom_to(next((zoom for zoom in _ZOOMS if zoom > self._zoom + 0.01), _ZOOMS[-1]))

    def zoom_out(self) -> None:
        """Make pages a step smaller."""
        self._zoom_to(next((zoom for zoom in reversed(_ZOOMS) if zoom < self._zoom - 0.01), _ZOOMS[0]))

    def _zoom_to(self, zoom: float) -> None:
        self._fits = False
        self._zoom = zoom
        self._lay_out()

    def _show(self, document: int, content: bytes, pages: tuple[Page, ...]) -> None:
        if document != self._document:
            return
        self._content, self._pages = content, pages
        self.strip.forget_images()
        self._lay_out()
        self._arrive(min(self._at, max(0, len(pages) - 1)))

    def _lay_out(self) -> None:
        number = self._at
        room = self.viewport().width()
        inch = self.logicalDpiX() / _POINTS_PER_INCH
        if self._fits and self._pages:
            widest = max(page.width for page in self._pages)
            self._zoom = max(_ZOOMS[0] / 2, (room - 2 * style.space(2)) / (widest * inch))
        self._layout += 1
        self._asked.clear()
        self.strip.show_pages(self._pages, self._zoom * inch, room)
        if self._pages:
            self.go_to(number + 1)
        self.zoomed.emit(self._zoom, self._fits)

    def _draw(self, number: int) -> None:
        if number in self._asked:
            return
        self._asked.add(number)
        content, layout = self._content, self._layout
        dots = self.strip.pixels_per_point * self.devicePixelRatioF()

        def work() -> QImage | None:
            # Laid out anew while it waited: not wanted any more.
            return draw_page(content, number, dots) if layout == self._layout else None

        self._tasks.compute(self, work, lambda image: self._drawn(layout, number, image))

    def _drawn(self, layout: int, number: int, image: QImage | None) -> None:
        if layout == self._layout and image is not None:
            self._asked.discard(number)
            self.strip.show_image(number, image)

    def _leaf(self) -> None:
        if self._pages:
            self._arrive(self.strip.number_at(self.verticalScrollBar().value() + self.viewport().height() // 3))

    def _arrive(self, number: int) -> None:
        self._at = number
        self.strip.mark_current(number)
        self._name()
        self.leafed.emit(self.page, len(self._pages))

    def _name(self) -> None:
        if not self._pages:
            self.strip.setAccessibleName(self._in_full(self.tr("No pages yet")))
            self.strip.setAccessibleDescription("")
            return
        name = self._in_full(self.tr("Page {page} of {pages}").format(page=self.page, pages=len(self._pages)))
        if name != self.strip.accessibleName():
            self.strip.setAccessibleName(name)
            self.strip.setAccessibleDescription(self._pages[self._at].text)
            if self.strip.hasFocus():
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.strip, name))

    def _in_full(self, name: str) -> str:
        return f"{self._called}: {name}" if self._called else name

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.matches(QKeySequence.StandardKey.ZoomIn):
            self.zoom_in()
        elif event.matches(QKeySequence.StandardKey.ZoomOut):
            self.zoom_out()
        elif key is Qt.Key.Key_0 and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.fit_width()
        elif key in _ALONG and self.horizontalScrollBar().maximum() == 0:
            self.go_to(self.page + _ALONG[key])
        elif key is Qt.Key.Key_Home:
            self.go_to(1)
        elif key is Qt.Key.Key_End:
            self.go_to(len(self._pages))
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._lay_out()
