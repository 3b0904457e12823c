"""What a trend says in words beside its picture: one mark read out, and the whole as a few sentences.

The words come from the chart's own module; here they are only set.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from gcp2_app.ui import style, words

if TYPE_CHECKING:
    from gcp2_app.domain.trend import Trend, TrendPoint, TrendSeries

#: Most units named one by one; the table and a screen reader have them all.
_MOST: Final = 4


class PointCard(QFrame):
    """One mark of the trend, fact by fact."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._title = style.heading("", 3)
        self._who = style.label("", "quiet")
        self._chip = style.GradeChip()
        self._grade = style.label()
        font = self._grade.font()
        font.setWeight(font.Weight.DemiBold)
        self._grade.setFont(font)
        self._graded = QWidget()
        across = QHBoxLayout(self._graded)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(style.space(1))
        across.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignTop)
        across.addWidget(self._grade, 1)
        self._facts = style.label()
        self._source = style.label("", "quiet")
        self._halves = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._halves.setContentsMargins(style.space(2), style.space(1.5), style.space(2), style.space(1.5))
        self._halves.setSpacing(style.space(1))
        for half in ((self._title, self._who, self._graded), (self._facts, self._source)):
            layout = QVBoxLayout()
            layout.setSpacing(style.space(1))
            for widget in half:
                layout.addWidget(widget)
            layout.addStretch(1)
            self._halves.addLayout(layout, 1)
        self.say_how()

    def lie(self, *, flat: bool) -> None:
        """Set what the mark is beside what is known of it, where height is scarce, or above it."""
        direction = QBoxLayout.Direction
        self._halves.setDirection(direction.LeftToRight if flat else direction.TopToBottom)
        self._halves.setSpacing(style.space(3) if flat else style.space(1))

    @property
    def text(self) -> str:
        """Everything it says."""
        shown = (self._title, self._who, self._grade, self._facts, self._source)
        return "\n".join(label.text() for label in shown if label.text())

    def say_how(self) -> None:
        """Say how a mark is read."""
        self._say(
            self.tr("Read a mark"),
            "",
            self.tr("Point at a mark, or move with the arrow keys: left and right in time, up and down between rows."),
            "",
        )

    def say_note(self, text: str, *, leads: bool) -> None:
        """Say what stands on the time axis.

        Args:
            text: everything it says.
            leads: a click leads to where it comes from.
        """
        where = self.tr("Click or press Enter to open where this comes from.") if leads else ""
        self._say(self.tr("On the time axis"), "", text, where)

    def say_mark(self, text: str, *, leads: bool) -> None:
        """Say what a mark of a chart beside the trend stands for.

        Args:
            text: everything it says.
            leads: a click leads to where it comes from.
        """
        title, stop, rest = text.partition(". ")
        if not stop:
            title, stop, rest = text.partition(": ")
        where = self.tr("Click or press Enter to open where this comes from.") if leads else ""
        self._say(title if stop else self.tr("This mark"), "", rest if stop else text, where)

    def say_point(self, series: "TrendSeries", point: "TrendPoint", *, source: str) -> None:
        """Say what one mark stands for.

        Args:
            source: code of the unit a click leads to, or empty for the assessment itself.
        """
        from gcp2_app.reports.charts.trend_words import grade_words, point_parts

        area = series.area
        days = self.tr("No dates recorded") if point.window is None else words.window(point.window)
        where = (
            self.tr("Click or press Enter to open {unit} in this assessment.").format(unit=source)
            if source
            else self.tr("Click or press Enter to open this assessment.")
        )
        facts = "\n".join(f"{part}." for part in point_parts(series, point, most=_MOST)[1:])
        self._say(area.label, f"{days}\n{series.carer_label}", facts, where)
        grade = point.shown_grade
        said = grade_words(area, point)
        rank = None if grade is None else area.rank(grade)
        self._chip.show_grade(
            rank, len(area.grades), "–" if grade is None else str(grade), said, hollow=point.provisional
        )
        self._grade.setText(said[:1].upper() + said[1:] if grade is None else said.partition(", ")[2])
        self._graded.show()

    def _say(self, title: str, who: str, facts: str, source: str) -> None:
        self._grade.clear()
        self._graded.hide()
        for label, text in ((self._title, title), (self._who, who), (self._facts, facts), (self._source, source)):
            label.setText(text)
            label.setVisible(bool(text))


class Sentences(QFrame):
    """The whole trend in words, a paragraph an area."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName(self.tr("The chart in words"))
        body = QWidget()
        self._layout = QVBoxLayout(body)
        self._layout.setContentsMargins(style.space(2), style.space(1.5), style.space(2), style.space(1.5))
        self._layout.setSpacing(style.space(0.5))
        self._paragraphs: list[QLabel] = []
        self._layout.addStretch(1)
        scroll.setWidget(body)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.addWidget(scroll)
        self.setFocusProxy(scroll)

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join(paragraph.text() for paragraph in self._paragraphs)

    def show_trend(self, trend: "Trend | None") -> None:
        """Say a trend, or nothing."""
        if trend is None:
            self.show_parts(())
            return
        from gcp2_app.reports.charts.trend_words import trend_parts

        self.show_parts(trend_parts(trend))

    def show_parts(self, parts: Sequence[str]) -> None:
        """Say a chart, sentence by sentence."""
        while self._paragraphs:
            self._paragraphs.pop().deleteLater()
        for part in parts:
            # What it is about, and what is said of it.
            about, colon, said = part.partition(": ")
            if colon:
                title = style.label(about)
                font = title.font()
                font.setWeight(font.Weight.DemiBold)
                title.setFont(font)
                self._add(title)
            text = style.label(f"{said[:1].upper()}{said[1:]}." if colon else f"{part}.")
            text.setContentsMargins(0, 0, 0, style.space(1.5))
            self._add(text)

    def _add(self, label: QLabel) -> None:
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._paragraphs.append(label)
        self._layout.insertWidget(self._layout.count() - 1, label)
