"""The texts of a unit's grades as cards to choose from: side by side where there is room, else one below the other."""

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QStaticText,
    QTextOption,
    QTransform,
)
from PySide6.QtWidgets import QLayout, QLayoutItem, QRadioButton, QSizePolicy, QWidget

from gcp2_app.domain.instrument import Descriptors, Pack
from gcp2_app.overriding import override
from gcp2_app.ui import style

#: The narrowest card that still reads well, in steps of the text size.
_NARROWEST: Final = 26
_WRAP: Final = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class DescriptorCard(QRadioButton):
    """One grade of one unit with its text.

    Attributes:
        picked: emitted with the rank when the person chooses it.
        moved: emitted with -1 or 1 when the person goes to the card beside it.
    """

    picked = Signal(int)
    moved = Signal(int)

    def __init__(self, pack: Pack, rank: int, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grade = pack.grades[rank - 1]
        self._rank, self._of = rank, len(pack.grades)
        self._value, self._label, self._text = str(grade.value), grade.label, text
        self._frozen = False
        # The page is made anew when the text size changes.
        self._margin, self._chip, self._gap = style.space(1.75), style.space(4), style.space(1)
        self._plain = QFont(self.font())
        self._bold = _bold(self._plain)
        self._font_name, self._bold_name = self._plain.toString(), self._bold.toString()
        # Broken into lines once a width, not at each paint.
        self._drawn = QStaticText(text)
        self._drawn.setTextFormat(Qt.TextFormat.PlainText)
        self._drawn.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
        self.setAutoExclusive(False)
        self.setAccessibleName(f"{grade.value}, {grade.label}")
        self.setAccessibleDescription(text)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_picked(self, *, picked: bool, frozen: bool) -> None:
        """Show whether this is the grade, and whether it can be changed now."""
        if self.isChecked() != picked:
            self.setChecked(picked)
            self.update()
        if frozen != self._frozen:
            self._frozen = frozen
            shape = Qt.CursorShape.ArrowCursor if frozen else Qt.CursorShape.PointingHandCursor
            self.setCursor(shape)

    @override
    def nextCheckState(self) -> None:
        """Choosing is asking: the card is checked once the grade is recorded."""
        self.picked.emit(self._rank)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.moved.emit(1 if key == Qt.Key.Key_Right else -1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            event.ignore()
        else:
            super().keyPressEvent(event)

    @override
    def hitButton(self, pos: object) -> bool:
        return True

    # Drawing

    def _head_height(self, width: int) -> int:
        inner = max(width - 2 * self._margin - self._chip - self._gap, 1)
        return max(self._chip, _height(self._bold_name, self._label, inner))

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        text = _height(self._font_name, self._text, max(width - 2 * self._margin, 1))
        return self._head_height(width) + self._gap + text + 2 * self._margin

    @override
    def sizeHint(self) -> QSize:
        width = style.space(28)
        return QSize(width, self.heightForWidth(width))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(style.space(16), style.space(8))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tone = style.colours()
        ground, _ = style.grade_colour(self._rank, self._of)
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        picked = self.isChecked()
        fill = QColor(tone.panel)
        if picked:
            fill = _mixed(ground, fill, 0.16)
        edge = QPen(ground, 3) if picked else QPen(QColor(tone.line), 1)
        if not picked and self.underMouse() and not self._frozen:
            edge = QPen(QColor(tone.accent), 1.5)
        painter.setPen(edge)
        painter.setBrush(fill)
        painter.drawRoundedRect(box, self._gap, self._gap)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tone.accent), 2, Qt.PenStyle.DashLine if picked else Qt.PenStyle.SolidLine))
            inset = self._gap * 0.8 if picked else 0
            painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), self._gap, self._gap)
        self._paint_text(painter, QColor(tone.text), picked=picked)
        painter.end()

    def _paint_text(self, painter: QPainter, colour: QColor, *, picked: bool) -> None:
        margin, chip, gap, width = self._margin, self._chip, self._gap, self.width()
        head = self._head_height(width)
        painter.setFont(self._plain)
        place = QRectF(margin, margin + (head - chip) / 2, chip, chip)
        style.paint_grade(painter, place, self._rank, self._of, self._value, hollow=not picked)
        left = margin + chip + gap
        painter.setPen(colour)
        painter.setFont(self._bold)
        middle = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(left, margin, width - left - margin, head), middle, self._label)
        painter.setFont(self._plain)
        top = margin + head + gap
        if self._drawn.textWidth() != width - 2 * margin:
            self._drawn.setTextWidth(width - 2 * margin)
            self._drawn.prepare(QTransform(), self._plain)
        painter.drawStaticText(margin, top, self._drawn)


class _Beside(QLayout):
    """Lays cards out in equal columns of equal height, or below each other where a column would be too narrow."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap, self._narrowest = style.space(1), style.space(_NARROWEST)
        self.setContentsMargins(0, 0, 0, 0)

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        column, gap = self._column(width), self._gap
        if column:
            return max((item.heightForWidth(column) for item in self._items), default=0)
        return sum(item.heightForWidth(width) for item in self._items) + gap * (len(self._items) - 1)

    @override
    def sizeHint(self) -> QSize:
        width = (self._narrowest + self._gap) * len(self._items)
        return QSize(width, self.heightForWidth(width))

    @override
    def minimumSize(self) -> QSize:
        return QSize(style.space(20), style.space(8))

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        gap, column, top, left = self._gap, self._column(rect.width()), rect.top(), rect.left()
        for item in self._items:
            if column:
                item.setGeometry(QRect(left, top, column, rect.height()))
                left += column + gap
            else:
                height = item.heightForWidth(rect.width())
                item.setGeometry(QRect(rect.left(), top, rect.width(), height))
                top += height + gap

    def _column(self, width: int) -> int:
        """Return the width of a column in pixels, or 0 where the cards go below each other."""
        cards = max(len(self._items), 1)
        column = (width - self._gap * (cards - 1)) // cards
        return column if column >= self._narrowest else 0


class DescriptorCards(QWidget):
    """Every grade of one unit.

    Attributes:
        cards: best grade first.
        picked: emitted with the rank of the chosen grade.
    """

    picked = Signal(int)

    def __init__(self, pack: Pack, texts: Descriptors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = _Beside(self)
        self.cards: list[DescriptorCard] = []
        for rank, text in enumerate(texts.grades, start=1):
            card = DescriptorCard(pack, rank, text)
            card.picked.connect(self.picked)
            card.moved.connect(lambda by, rank=rank: self._move(rank - 1 + by))
            layout.addWidget(card)
            self.cards.append(card)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_rank(None, frozen=False)

    def show_rank(self, rank: int | None, *, frozen: bool) -> None:
        """Show which grade is chosen; the Tab key stops at that one, or at the first."""
        for place, card in enumerate(self.cards, start=1):
            card.show_picked(picked=place == rank, frozen=frozen)
            stops = place == (rank or 1)
            card.setFocusPolicy(Qt.FocusPolicy.StrongFocus if stops else Qt.FocusPolicy.ClickFocus)

    def take_focus(self) -> None:
        """Put the focus on the chosen grade, or on the first."""
        chosen = next((card for card in self.cards if card.isChecked()), self.cards[0])
        chosen.setFocus(Qt.FocusReason.OtherFocusReason)

    def _move(self, place: int) -> None:
        if 0 <= place < len(self.cards):
            self.cards[place].setFocus(Qt.FocusReason.TabFocusReason)


def _bold(font: QFont) -> QFont:
    made = QFont(font)
    made.setWeight(QFont.Weight.DemiBold)
    return made


@lru_cache(maxsize=4096)
def _height(font: str, text: str, width: int) -> int:
    """Return the height of a text in a column, in pixels: asked for again and again while a page is laid out."""
    made = QFont()
    made.fromString(font)
    return QFontMetrics(made).boundingRect(QRect(0, 0, width, 100_000), _WRAP, text).height()


def _mixed(over: QColor, ground: QColor, part: float) -> QColor:
    return QColor(
        round(over.red() * part + ground.red() * (1 - part)),
        round(over.green() * part + ground.green() * (1 - part)),
        round(over.blue() * part + ground.blue() * (1 - part)),
    )
