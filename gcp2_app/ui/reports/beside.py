"""The copy for its reader and, beside it, the full one: both as they will print, leafed through together.

Side by side where there is room for two; otherwise one at a time. Knows pages; nothing of what they say.
"""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.reports.preview import Preview
from gcp2_app.ui.tasks import Tasks

#: Room each of two documents needs to be read, in steps.
_LEAST_STEPS: Final = 62


class Beside(QWidget):
    """A document to leaf through, and another beside it.

    Attributes:
        copy, full: the two documents.
        compare: shows the full one, too.
        full_wanted: emitted when the full one is to be shown and is not there yet.
    """

    full_wanted = Signal()

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.copy, self.full = Preview(tasks), Preview(tasks, called=self.tr("Full copy"))
        self._where = style.label("", wrap=False)
        self._zoom = style.label("", "quiet", wrap=False)
        self.compare = style.button(self.tr("Full copy beside it"))
        self.compare.setCheckable(True)
        self.compare.setToolTip(self.tr("Our own agency’s copy, from which nothing is left out. It is not saved."))
        self.show_copy = style.button(self.tr("This copy"), "nav")
        self.show_full = style.button(self.tr("Full copy"), "nav")
        self._which = QButtonGroup(self)
        for button in (self.show_copy, self.show_full):
            button.setCheckable(True)
            self._which.addButton(button)
        self.show_copy.setChecked(True)
        self._heads = (
            style.heading(self.tr("This copy"), 3),
            style.heading(self.tr("Full copy, for our own agency"), 3),
        )
        self._switch = QWidget()
        row = style.row(self.show_copy, self.show_full)
        row.setContentsMargins(0, 0, 0, 0)
        self._switch.setLayout(row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(1))
        layout.addLayout(self._make_bar())
        layout.addWidget(self._switch)
        across = QHBoxLayout()
        across.setSpacing(style.space(1.5))
        self._sides = tuple(self._make_side(head, page) for head, page in zip(self._heads, self._pages, strict=True))
        for side in self._sides:
            across.addWidget(side, 1)
        layout.addLayout(across, 1)
        self._connect()
        self._arrange()

    @property
    def where(self) -> str:
        """Which page is in view: "Page 2 of 6"."""
        return self._where.text()

    def offer_full(self, *, offered: bool) -> None:
        """Offer the full copy, or take it away: of some documents there is none."""
        if not offered:
            self.compare.setChecked(False)
        self.compare.setVisible(offered)

    def clear(self) -> None:
        """Show nothing."""
        for page in self._pages:
            page.clear()

    @property
    def _pages(self) -> tuple[Preview, Preview]:
        return self.copy, self.full

    @property
    def _shown(self) -> Preview:
        """The one the bar speaks of."""
        return self.full if self.copy.isHidden() or self._sides[0].isHidden() else self.copy

    def _make_side(self, head: QWidget, page: Preview) -> QWidget:
        side = QWidget()
        down = QVBoxLayout(side)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(max(2, style.space(0.5)))
        down.addWidget(head)
        down.addWidget(page, 1)
        return side

    def _make_bar(self) -> Flow:
        self.previous = self._tool(self.tr("Previous"), lambda: self._leaf(-1), self.tr("Previous page"))
        self.next = self._tool(self.tr("Next"), lambda: self._leaf(1), self.tr("Next page"))
        self.smaller = self._tool("−", lambda: self._each(Preview.zoom_out), self.tr("Smaller (Ctrl+−)"))
        self.larger = self._tool("+", lambda: self._each(Preview.zoom_in), self.tr("Larger (Ctrl++)"))
        tip = self.tr("Fit width, as wide as the room (Ctrl+0)")
        self.fit = self._tool(self.tr("Fit width"), lambda: self._each(Preview.fit_width), tip)
        self.fit.setCheckable(True)
        bar = Flow()
        bar.setSpacing(style.space(1))
        for widget in (self.previous, self._where, self.next):
            bar.addWidget(widget)
        bar.push()
        for widget in (self.compare, self.smaller, self._zoom, self.larger, self.fit):
            bar.addWidget(widget)
        return bar

    def _tool(self, text: str, run: Callable[[], None], tip: str) -> QPushButton:
        made = style.button(text)
        made.setToolTip(tip)
        made.setAccessibleName(tip)
        made.clicked.connect(lambda _=False: run())
        return made

    def _connect(self) -> None:
        for page in self._pages:
            page.leafed.connect(self._say_where)
            page.zoomed.connect(self._say_zoom)
        self.compare.toggled.connect(self._compare)
        self._which.buttonClicked.connect(lambda _: self._arrange())
        self._say_where()

    def _each(self, act: Callable[[Preview], None]) -> None:
        for page in self._pages:
            act(page)

    def _leaf(self, by: int) -> None:
        for page in self._pages:
            page.go_to(page.page + by)

    def _compare(self, shown: bool) -> None:
        if shown:
            self.full_wanted.emit()
        else:
            self.full.clear()
            self.show_copy.setChecked(True)
        self._arrange()

    def _arrange(self) -> None:
        both = self.compare.isChecked()
        roomy = self.width() >= 2 * style.space(_LEAST_STEPS)
        self._switch.setVisible(both and not roomy)
        shows_full = self.show_full.isChecked()
        self._sides[0].setVisible(not both or roomy or not shows_full)
        self._sides[1].setVisible(both and (roomy or shows_full))
        for head in self._heads:
            head.setVisible(both and roomy)
        self._say_where()

    def _say_where(self) -> None:
        page, pages = self._shown.page, self._shown.page_count
        said = self.tr("Page {page} of {pages}").format(page=page, pages=pages) if pages else self.tr("No pages yet")
        self._where.setText(said)
        self.previous.setEnabled(page > 1)
        self.next.setEnabled(page < pages)

    def _say_zoom(self, _zoom: float, fits: bool) -> None:
        self._zoom.setText(f"{round(self._shown.zoom * 100)} %")
        self.fit.setChecked(fits)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
