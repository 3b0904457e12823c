"""How the window looks: spacing, type sizes, colours for light, dark and high contrast, and the grade chip.

Colours follow the platform palette; only meaning (grades, warnings) has colours of its own, always with a shape and a
number or word beside it. Sizes are in units of the text size, so that 200 % text scales everything.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from gcp2_app.overriding import override


class Theme(StrEnum):
    """Which colours the window uses."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"


@dataclass(frozen=True, slots=True)
class Colours:
    """Colours with a meaning; text on ``page`` has a contrast of at least 4.5:1, marks at least 3:1."""

    page: str
    panel: str
    text: str
    quiet: str
    line: str
    accent: str
    on_accent: str
    warn: str
    warn_ground: str
    good: str
    grades: tuple[str, ...]
    on_grades: tuple[str, ...]


# Grades run from teal through sand to deep red-brown: told apart by people with any colour vision, and by lightness.
LIGHT = Colours(
    page="#f5f6f8",
    panel="#ffffff",
    text="#16202b",
    quiet="#4a5866",
    line="#c3cbd4",
    accent="#1d4f91",
    on_accent="#ffffff",
    warn="#8a1c12",
    warn_ground="#fdf0ed",
    good="#0b5f4b",
    grades=("#0b6e5f", "#3d7d8c", "#8a6d0b", "#b34a12", "#7d1128"),
    on_grades=("#ffffff", "#ffffff", "#ffffff", "#ffffff", "#ffffff"),
)
DARK = Colours(
    page="#14191f",
    panel="#1e252d",
    text="#eef2f6",
    quiet="#b3bfca",
    line="#46525e",
    accent="#8bb8f2",
    on_accent="#0d1622",
    warn="#ffb4a6",
    warn_ground="#3a1d18",
    good="#7fd9bf",
    grades=("#5fd0ba", "#8cc9d9", "#e8c75a", "#ff9a5c", "#ff8aa0"),
    on_grades=("#0d1622", "#0d1622", "#0d1622", "#0d1622", "#0d1622"),
)
HIGH_CONTRAST = Colours(
    page="#000000",
    panel="#000000",
    text="#ffffff",
    quiet="#ffffff",
    line="#ffffff",
    accent="#ffff00",
    on_accent="#000000",
    warn="#ffb000",
    warn_ground="#000000",
    good="#7dff9a",
    grades=("#7dff9a", "#9be8ff", "#ffff00", "#ffb000", "#ff9ab5"),
    on_grades=("#000000", "#000000", "#000000", "#000000", "#000000"),
)

_theme = Theme.SYSTEM


def colours() -> Colours:
    """Return the colours in force."""
    if _theme is Theme.LIGHT:
        return LIGHT
    if _theme is Theme.DARK:
        return DARK
    if _theme is Theme.HIGH_CONTRAST:
        return HIGH_CONTRAST
    dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return DARK if dark else LIGHT


def space(steps: float = 1) -> int:
    """Return a distance in pixels: a step is about a third of the text height (≈ 6 px at 100 %)."""
    return max(1, round(QApplication.fontMetrics().height() * steps / 3))


def apply(app: QApplication, theme: Theme, text_scale: float) -> None:
    """Set theme and text size for the whole window.

    Args:
        text_scale: 1.0 to 2.0, times the platform's own text size.
    """
    global _theme  # noqa: PLW0603 - one window, one theme
    _theme = theme
    base = app.property("base_point_size")
    if base is None:
        base = max(app.font().pointSizeF(), 10.0)
        app.setProperty("base_point_size", base)
    font = QFont(app.font())
    font.setPointSizeF(base * text_scale)
    app.setFont(font)
    tone = colours()
    app.setPalette(_palette(tone))
    app.setStyleSheet(_sheet(tone))


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
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(tone.quiet))
    return palette


def _sheet(tone: Colours) -> str:
    small, medium = space(1), space(2)
    return f"""
    QFrame[role="card"] {{ background: {tone.panel}; border: 1px solid {tone.line}; border-radius: {small}px; }}
    QFrame[role="warning"] {{ background: {tone.warn_ground}; border: 1px solid {tone.warn};
                              border-left: {small}px solid {tone.warn}; border-radius: 2px; }}
    QLabel[role="quiet"] {{ color: {tone.quiet}; }}
    QLabel[role="error"] {{ color: {tone.warn}; font-weight: 600; }}
    QLabel[role="good"] {{ color: {tone.good}; font-weight: 600; }}
    QLabel[role="badge"] {{ background: {tone.text}; color: {tone.page}; font-weight: 700; border-radius: 2px;
                            padding: 1px {small}px; }}
    QLabel[role="code"] {{ background: {tone.page}; color: {tone.text}; border: 1px solid {tone.line};
                           border-radius: 3px; padding: {small}px {medium}px; }}
    QFrame[role="practice"] {{ background: {tone.text}; }}
    QFrame[role="practice"] QLabel {{ color: {tone.page}; }}
    QFrame[role="bar"] {{ background: {tone.panel}; border: none; border-bottom: 1px solid {tone.line}; }}
    QPushButton {{ padding: {small}px {medium}px; border: 1px solid {tone.line}; border-radius: {small}px;
                   background: {tone.panel}; color: {tone.text}; min-height: {space(4)}px; }}
    QPushButton:hover {{ border-color: {tone.accent}; }}
    QPushButton:focus, QToolButton:focus {{ border: 2px solid {tone.accent}; }}
    QPushButton:disabled {{ color: {tone.quiet}; background: {tone.page}; }}
    QPushButton[role="primary"] {{ background: {tone.accent}; color: {tone.on_accent}; border-color: {tone.accent};
                                   font-weight: 600; }}
    QPushButton[role="primary"]:focus {{ border: 2px solid {tone.text}; }}
    QPushButton[role="primary"]:disabled {{ background: {tone.line}; color: {tone.text}; border-color: {tone.line}; }}
    QPushButton[role="link"] {{ border: none; background: transparent; color: {tone.accent}; padding: 2px;
                                text-align: left; text-decoration: underline; }}
    QPushButton[role="link"]:focus {{ border: 2px solid {tone.accent}; }}
    QPushButton[role="nav"] {{ border: none; border-bottom: 3px solid transparent; border-radius: 0;
                               background: transparent; color: {tone.quiet}; padding: {small}px {small}px; }}
    QPushButton[role="nav"]:hover {{ color: {tone.text}; border-bottom-color: {tone.line}; }}
    QPushButton[role="nav"]:checked {{ color: {tone.text}; border-bottom-color: {tone.accent}; font-weight: 600; }}
    QPushButton[role="nav"]:focus {{ border: 2px solid {tone.accent}; border-bottom-width: 3px; }}
    QPushButton[role="nav"]:disabled {{ color: {tone.line}; }}
    QPushButton:checked {{ border: 2px solid {tone.accent}; }}
    QCheckBox, QRadioButton {{ spacing: {small}px; min-height: {space(4)}px; }}
    QCheckBox::indicator, QRadioButton::indicator {{ width: {space(3)}px; height: {space(3)}px; }}
    QCheckBox:focus, QRadioButton:focus {{ color: {tone.accent}; text-decoration: underline; }}
    QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QDateEdit, QSpinBox, QListView, QTableView, QTreeView {{
        background: {tone.panel}; color: {tone.text}; border: 1px solid {tone.quiet}; border-radius: 3px;
        selection-background-color: {tone.accent}; selection-color: {tone.on_accent}; }}
    QLineEdit, QComboBox, QDateEdit, QSpinBox {{ padding: {max(2, small // 2)}px {small}px; min-height: {space(4)}px; }}
    QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QDateEdit:focus, QListView:focus,
    QTableView:focus, QTreeView:focus {{ border: 2px solid {tone.accent}; }}
    QLineEdit[invalid="true"], QPlainTextEdit[invalid="true"], QComboBox[invalid="true"] {{
        border: 2px solid {tone.warn}; }}
    QTableView {{ gridline-color: transparent; alternate-background-color: {tone.page}; }}
    QHeaderView::section {{ background: {tone.page}; color: {tone.quiet}; border: none; font-weight: 600;
                            border-bottom: 1px solid {tone.line}; padding: {small}px; }}
    QTabBar::tab {{ padding: {small}px {medium}px; color: {tone.quiet}; border: none;
                    border-bottom: 3px solid transparent; background: transparent; }}
    QTabBar::tab:selected {{ color: {tone.text}; border-bottom: 3px solid {tone.accent}; font-weight: 600; }}
    QTabBar::tab:focus {{ border-bottom: 3px solid {tone.text}; }}
    QTabWidget::pane {{ border: none; border-top: 1px solid {tone.line}; }}
    QScrollArea {{ border: none; background: transparent; }}
    QScrollArea > QWidget > QWidget {{ background: transparent; }}
    QStatusBar {{ background: {tone.panel}; color: {tone.quiet}; border-top: 1px solid {tone.line}; }}
    QToolTip {{ background: {tone.panel}; color: {tone.text}; border: 1px solid {tone.line}; padding: {small}px; }}
    """


def label(text: str = "", role: str = "", *, wrap: bool = True) -> QLabel:
    """Return a label of plain text; never markup, whoever wrote it.

    Args:
        role: "" or "quiet" or "error" or "good" or "badge" (inverse) or "code" (something to copy by hand).
    """
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
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


def button(text: str, role: str = "") -> QPushButton:
    """Return a button.

    Args:
        role: "" or "primary" (one a screen) or "link" or "nav".
    """
    made = QPushButton(text)
    if role:
        made.setProperty("role", role)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return made


def mark_invalid(control: QWidget, *, invalid: bool) -> None:
    """Give a control the border of an error, or take it away."""
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
        side = space(4.5)
        return QSize(side, side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_grade(painter, QRectF(self.rect()), self._rank, self._of, self._text, hollow=self._hollow)
        painter.end()
