"""How the window looks: spacing, type sizes, colours for light, dark and high contrast, and the grade chip.

Colours follow the platform palette; only meaning (grades, warnings) has colours of its own, always with a shape and a
number or word beside it. Sizes are in units of the text size, so that 200 % text scales everything.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from gcp2_app.overriding import override
from gcp2_app.paths import data_folder
from gcp2_app.ui.colours import DARK, HIGH_CONTRAST, LIGHT, Colours, Theme
from gcp2_app.ui.sheet import make_sheet

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QPaintEvent

_PLAIN_TEXT = 0  # Qt.TextFormat.PlainText

_theme = Theme.SYSTEM
_system_is_dark = False


def colours() -> Colours:
    """Return the colours in force."""
    if _theme is Theme.LIGHT:
        return LIGHT
    if _theme is Theme.DARK:
        return DARK
    if _theme is Theme.HIGH_CONTRAST:
        return HIGH_CONTRAST
    return DARK if _system_is_dark else LIGHT


def space(steps: float = 1) -> int:
    """Return a distance in pixels: a step is about a third of the text height (≈ 6 px at 100 %)."""
    return max(1, round(QFontMetrics(QApplication.font()).height() * steps / 3))


def apply(app: QApplication, theme: Theme, text_scale: float) -> None:
    """Set theme and text size for the whole window.

    Args:
        text_scale: 1.0 to 2.0, times the platform's own text size.
    """
    global _theme, _system_is_dark  # noqa: PLW0603 - one window, one theme
    _theme = theme
    base = app.property("base_point_size")
    if base is None:
        base = max(app.font().pointSizeF(), 10.0)
        app.setProperty("base_point_size", base)
        # The platform's own palette, before ours takes its place.
        _system_is_dark = app.palette().color(QPalette.ColorRole.Window).lightness() < 128
    font = QFont(app.font())
    font.setPointSizeF(base * text_scale)
    app.setFont(font)
    tone = colours()
    app.setPalette(_palette(tone))
    app.setStyleSheet(make_sheet(tone, space))


def _palette(tone: Colours) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for which, colour in (
        (role.Window, tone.page),
        (role.WindowText, tone.text),
        (role.Base, tone.panel),
        (role.AlternateBase, tone.page),
        (role.Text, tone.text),
        (role.Button, tone.panel),
        (role.ButtonText, tone.text),
        (role.Highlight, tone.accent),
        (role.HighlightedText, tone.on_accent),
        (role.PlaceholderText, tone.quiet),
        (role.ToolTipBase, tone.panel),
        (role.ToolTipText, tone.text),
        (role.Link, tone.accent),
    ):
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(tone.faint))
    return palette


def label(text: str = "", role: str = "", *, wrap: bool = True) -> QLabel:
    """Return a label of plain text; never markup, whoever wrote it.

    Args:
        role: "" or "quiet" or "error" or "good" or "badge" (inverse) or "code" (something to copy by hand).
    """
    made = QLabel(text)
    # By its number: naming the enum would load Qt's largest namespace before the first paint.
    made.setProperty("textFormat", _PLAIN_TEXT)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    return made


def path_text(path: Path) -> str:
    """Return a path that a label can break at its separators."""
    text = str(path)
    return text.replace("/", "/\u200b").replace("\\", "\\\u200b")


def heading(text: str, level: int = 1) -> QLabel:
    """Return a heading: level 1 a page, 2 a section, 3 a group."""
    made = label(text)
    font = QFont(QApplication.font())
    font.setPointSizeF(font.pointSizeF() * {1: 1.6, 2: 1.25, 3: 1.05}[level])
    font.setWeight(QFont.Weight.DemiBold)
    made.setFont(font)
    return made


def brand() -> QLabel:
    """Return the program's mark, as tall as a heading."""
    made = QLabel()
    side = space(5.5)
    made.setPixmap(QPixmap(str(data_folder("resources") / "icons" / "gcp2.png")))
    made.setScaledContents(True)
    made.setFixedSize(side, side)
    return made


def button(text: str, role: str = "") -> QPushButton:
    """Return a button.

    Args:
        role: "" or "primary" (one a screen) or "link" or "nav".
    """
    made = QPushButton(text)
    # Return presses it too, not in dialogs alone.
    made.setAutoDefault(True)
    if role:
        made.setProperty("role", role)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return made


def mark_invalid(control: QWidget, *, invalid: bool) -> None:
    """Give a control the border of an error, or take it away."""
    if bool(control.property("invalid")) == invalid:
        return
    control.setProperty("invalid", invalid)
    control.style().unpolish(control)
    control.style().polish(control)


def card(role: str = "card") -> tuple[QFrame, QVBoxLayout]:
    """Return a framed panel and its layout.

    Args:
        role: "card" or "warning".
    """
    frame = QFrame()
    frame.setProperty("role", role)
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(space(2.5), space(2), space(2.5), space(2))
    layout.setSpacing(space(1))
    return frame, layout


def row(*widgets: QWidget, stretch: bool = True) -> QHBoxLayout:
    """Return widgets side by side, with the free room behind them."""
    layout = QHBoxLayout()
    layout.setSpacing(space(1.5))
    for widget in widgets:
        layout.addWidget(widget)
    if stretch:
        layout.addStretch(1)
    return layout


def grade_colour(rank: int, of: int) -> tuple[QColor, QColor]:
    """Return ground and text colour of a grade by rank.

    Args:
        rank: 1 the best.
        of: how many grades the pack has.
    """
    tone = colours()
    index = round((rank - 1) * (len(tone.grades) - 1) / max(of - 1, 1))
    return QColor(tone.grades[index]), QColor(tone.on_grades[index])


def paint_grade(painter: QPainter, rect: QRectF, rank: int | None, of: int, text: str, *, hollow: bool = False) -> None:
    """Paint a grade: its number in a shape of its own, so that colour is never the only sign.

    The shape has more corners the less needs are met: circle, rounded square, square, hexagon on its side, diamond.

    Args:
        rank: None draws "no grade": a dashed circle.
        hollow: provisional; outline only.
    """
    # Not at the top: see `label`.
    from PySide6.QtCore import Qt

    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    side = min(rect.width(), rect.height()) - 2
    box = QRectF(0, 0, side, side)
    box.moveCenter(rect.center())
    tone = colours()
    if rank is None:
        painter.setPen(QPen(QColor(tone.quiet), 1.2, Qt.PenStyle.DashLine))
        painter.drawEllipse(box)
        painter.setPen(QColor(tone.quiet))
    else:
        ground, over = grade_colour(rank, of)
        painter.setPen(QPen(ground, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush if hollow else ground)
        _shape(painter, box, round((rank - 1) * 4 / max(of - 1, 1)))
        painter.setPen(QColor(tone.text) if hollow else over)
    font = QFont(painter.font())
    font.setWeight(QFont.Weight.Bold)
    font.setPixelSize(max(9, round(side * (0.5 if len(text) < 3 else 0.38))))
    painter.setFont(font)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


def _shape(painter: QPainter, box: QRectF, corner: int) -> None:
    if corner == 0:
        painter.drawEllipse(box)
    elif corner == 1:
        painter.drawRoundedRect(box, box.width() * 0.3, box.width() * 0.3)
    elif corner == 2:
        painter.drawRect(box)
    elif corner == 3:
        left, right, cut = box.left(), box.right(), box.width() * 0.28
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(left + cut, box.top()),
                    QPointF(right - cut, box.top()),
                    QPointF(right, box.center().y()),
                    QPointF(right - cut, box.bottom()),
                    QPointF(left + cut, box.bottom()),
                    QPointF(left, box.center().y()),
                ]
            )
        )
    else:
        grown = box.adjusted(-1, -1, 1, 1)
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(grown.center().x(), grown.top()),
                    QPointF(grown.right(), grown.center().y()),
                    QPointF(grown.center().x(), grown.bottom()),
                    QPointF(grown.left(), grown.center().y()),
                ]
            )
        )


class GradeChip(QWidget):
    """A grade as number, shape and colour; hollow where provisional."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rank: int | None = None
        self._of = 5
        self._text = "–"
        self._hollow = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_grade(None, 5, "–", "No grade")

    def show_grade(self, rank: int | None, of: int, text: str, name: str, *, hollow: bool = False) -> None:
        """Show a grade.

        Args:
            text: the grade's value.
            name: what a screen reader says, such as "Grade 4, most essential needs not met, provisional".
        """
        self._rank, self._of, self._text, self._hollow = rank, of, text, hollow
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        # Of its own font, not the window's: on the family's copy it stands among larger type.
        side = max(24, round(QFontMetrics(self.font()).height() * 1.5))
        return QSize(side, side)

    @override
    def changeEvent(self, event: "QEvent") -> None:
        if event.type() == event.Type.FontChange:
            self.updateGeometry()
        super().changeEvent(event)

    @override
    def paintEvent(self, event: "QPaintEvent") -> None:
        painter = QPainter(self)
        paint_grade(painter, QRectF(self.rect()), self._rank, self._of, self._text, hollow=self._hollow)
        painter.end()
