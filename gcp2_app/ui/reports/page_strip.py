"""Pages painted one below the other at one size. Knows images and where they lie; nothing of documents."""

from collections import OrderedDict
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.reports.pages import Page

#: Drawn pages kept; an A4 page at 100 % takes about 3 MB.
_KEPT: Final = 12


class PageStrip(QWidget):
    """The pages, painted.

    Attributes:
        missing: emitted with the number of a page that is in view and not drawn yet.
    """

    missing = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: tuple[Page, ...] = ()
        self._pixels_per_point = 1.0
        self._images: OrderedDict[int, QImage] = OrderedDict()
        self._current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages shown."""
        return self._pages

    @property
    def pixels_per_point(self) -> float:
        """How large a point is on this screen, in logical pixels."""
        return self._pixels_per_point

    def is_drawn(self, number: int) -> bool:
        """Whether a page's image is there."""
        return number in self._images

    def show_pages(self, pages: tuple[Page, ...], pixels_per_point: float, width: int) -> None:
        """Lay pages out at a size; images of another size go.

        Args:
            width: of the room, in logical pixels; narrower pages stand in its middle.
        """
        if pages != self._pages or pixels_per_point != self._pixels_per_point:
            self._images.clear()
        self._pages, self._pixels_per_point = pages, pixels_per_point
        wide = max((self._size(page).width() for page in pages), default=0) + 2 * self._gap
        high = sum(self._size(page).height() + self._gap for page in pages) + self._gap
        self.setFixedSize(max(width, wide), high if pages else 0)
        self.update()

    def forget_images(self) -> None:
        """Have every page drawn anew."""
        self._images.clear()
        self.update()

    def show_image(self, number: int, image: QImage) -> None:
        """Show a page's image; the one drawn longest ago goes when there are many."""
        image.setDevicePixelRatio(self.devicePixelRatioF())
        self._images[number] = image
        if len(self._images) > _KEPT:
            self._images.popitem(last=False)
        self.update(self.place_of(number))

    def mark_current(self, number: int) -> None:
        """Have a page wear the ring while the keys are here."""
        self._current = number
        self.update()

    def place_of(self, number: int) -> QRect:
        """Return where a page lies, in logical pixels."""
        top = self._gap
        for page in self._pages[:number]:
            top += self._size(page).height() + self._gap
        size = self._size(self._pages[number])
        return QRect(QPoint((self.width() - size.width()) // 2, top), size)

    def number_at(self, y: int) -> int:
        """Return the number of the page at a height, the nearest where there is none."""
        for number in range(len(self._pages)):
            if y <= self.place_of(number).bottom() + self._gap:
                return number
        return max(0, len(self._pages) - 1)

    @property
    def _gap(self) -> int:
        return style.space(2)

    def _size(self, page: Page) -> QSize:
        return QSize(round(page.width * self._pixels_per_point), round(page.height * self._pixels_per_point))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tone = style.colours()
        for number in range(len(self._pages)):
            place = self.place_of(number)
            if not place.intersects(event.rect()):
                continue
            image = self._images.get(number)
            if image is None:
                # Paper is white in every theme.
                painter.fillRect(place, Qt.GlobalColor.white)
                self.missing.emit(number)
            else:
                # As it is: fitted into its place, which is rounded, it would lose a line of dots.
                painter.drawImage(place.topLeft(), image)
            painter.setPen(QPen(QColor(tone.line), 1))
            painter.drawRect(place.adjusted(-1, -1, 0, 0))
        if self.hasFocus() and self._pages:
            painter.setPen(QPen(QColor(tone.accent), 2))
            painter.drawRect(self.place_of(self._current).adjusted(-3, -3, 2, 2))
        painter.end()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()
