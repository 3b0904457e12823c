"""The steps, areas, sub-areas and units as a tree, each unit with its mark, each sub-area with how far it is."""

from collections import Counter
from typing import Final, NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from gcp2_app.domain.answers import UnitState
from gcp2_app.domain.instrument import Area, Pack, Unit
from gcp2_app.overriding import override
from gcp2_app.ui import style, words
from gcp2_app.ui.assess import marks, sections
from gcp2_app.ui.assess.draft import Draft
from gcp2_app.ui.assess.marks import UnitMark
from gcp2_app.ui.assess.pages import step_name
from gcp2_app.ui.assess.steps import Spot, Step, StepKind, spot_of_unit
from gcp2_app.ui.assess.wording import grade_words, name_of, tr

_SPOT: Final = Qt.ItemDataRole.UserRole
_MARK: Final = Qt.ItemDataRole.UserRole + 1
_LETTERS: Final = {
    UnitState.NOT_OBSERVED: "N",
    UnitState.NOT_APPLICABLE: "X",
    UnitState.DECLINED: "D",
}
#: The key that takes a proposed grade as the child's own.
_PROPOSED: Final = "P"
_Index = QModelIndex | QPersistentModelIndex
#: Where a line leads; the code of the area for its heading.
_Key = Spot | str


class _Line(NamedTuple):
    """A line as it is to be: under which it stands, and what it says."""

    key: _Key
    under: _Key | None
    text: str


class _MarkDelegate(QStyledItemDelegate):
    """Paints a unit's mark: a grade in its shape, a letter for another state, a ring where there is nothing yet."""

    def __init__(self, pack: Pack, parent: QWidget) -> None:
        super().__init__(parent)
        self._pack = pack

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        hint = super().sizeHint(option, index)
        return QSize(hint.width(), max(hint.height(), style.space(5)))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        super().paint(painter, option, index)
        mark = index.data(_MARK)
        if isinstance(mark, UnitMark):
            rect: QRect = option.rect
            side = min(rect.height() - 4, style.space(4))
            place = QRectF(rect.right() - side - 4, rect.center().y() - side / 2 + 1, side, side)
            paint_mark(painter, place, self._pack, mark)


def paint_mark(painter: QPainter, place: QRectF, pack: Pack, mark: UnitMark) -> None:
    """Paint a unit's mark, and an exclamation mark beside it where something is needed."""
    if mark.grade is not None:
        rank, grades = pack.rank(mark.grade), len(pack.grades)
        style.paint_grade(painter, place, rank, grades, str(mark.grade), hollow=not mark.settled)
    else:
        letter = "…" if mark.hidden else _LETTERS.get(mark.state, "")
        if mark.proposed is not None:
            letter = _PROPOSED
        style.paint_grade(painter, place, None, len(pack.grades), letter)
    if mark.needs:
        _paint_needs(painter, place)


def _paint_needs(painter: QPainter, place: QRectF) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle = QPointF(place.left() - place.width() * 0.45, place.center().y())
    tone = QColor(style.colours().warn)
    painter.setPen(QPen(tone, max(2.0, place.width() / 8), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(middle - QPointF(0, place.height() * 0.3), middle + QPointF(0, place.height() * 0.05))
    painter.drawPoint(middle + QPointF(0, place.height() * 0.32))
    painter.restore()


class StepTree(QTreeWidget):
    """The way through the assessment.

    Attributes:
        spot_wanted: emitted with a Spot when the person chooses a step or a unit.
    """

    spot_wanted = Signal(object)

    def __init__(self, draft: Draft, steps: tuple[Step, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._lines: dict[_Key, QTreeWidgetItem] = {}
        self._steps: dict[Step, QTreeWidgetItem] = {}
        self._units: dict[str, QTreeWidgetItem] = {}
        self.setAccessibleName(self.tr("Steps of the assessment"))
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRootIsDecorated(False)
        self.setIndentation(style.space(2.5))
        self.setExpandsOnDoubleClick(False)
        self.setStyleSheet(_sheet())
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_MarkDelegate(draft.pack, self))
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        header.setMinimumSectionSize(1)
        header.resizeSection(1, max(style.space(11), self.fontMetrics().horizontalAdvance(f"!  {_PROPOSED}  00 of 00")))
        self.setUniformRowHeights(True)
        self.follow(steps)
        self.itemClicked.connect(lambda item, _: self._choose(item))

    def refresh(self, codes: frozenset[str] = frozenset()) -> None:
        """Show marks and progress anew, of these units or of all."""
        draft = self._draft
        for code in codes or self._units:
            if code in self._units:
                self._show_mark(code)
        shown = {draft.pack.subarea_of(code).code for code in codes}
        for step, item in self._steps.items():
            if step.kind is StepKind.SUBAREA and (not shown or step.code in shown):
                self._show_progress(step, item)

    def refresh_results(self) -> None:
        """Show anew what the sub-areas come to."""
        for step, item in self._steps.items():
            if step.kind is StepKind.SUBAREA:
                self._show_progress(step, item)

    def _show_progress(self, step: Step, item: QTreeWidgetItem) -> None:
        """Show how far a sub-area is, and once it is done what it comes to: a 4 is never behind a tick."""
        draft = self._draft
        units = draft.pack.subareas[step.code].units_in(draft.band)
        if len(units) == 1:
            return
        done, of = marks.done(draft.value, units, draft.grading_as)
        each = [marks.mark_of(draft.pack, draft.value, unit.code, draft.grading_as) for unit in units]
        needs = any(mark.needs for mark in each)
        proposed = sum(mark.proposed is not None for mark in each)
        text = self.tr("{done} of {of}").format(done=done, of=of)
        mark = marks.result_mark(draft.profile.subareas.get(step.code), needs=needs) if done == of else None
        if mark is not None and mark.grade is not None:
            shown, text = "", grade_words(draft.pack, mark.grade)
        else:
            shown = "✓" if done == of else text
        item.setData(1, _MARK, mark)
        if proposed:
            shown = f"{_PROPOSED}  {shown}"
        item.setText(1, f"!  {shown}" if needs and mark is None else shown)
        said = self.tr("{done}, something is needed").format(done=text) if needs else text
        if proposed:
            offered = tr("%n proposed grade to confirm|%n proposed grades to confirm", proposed)
            said = self.tr("{done}, {offered}").format(done=said, offered=offered)
        item.setData(1, Qt.ItemDataRole.AccessibleTextRole, said)
        item.setToolTip(1, said)

    def show_spot(self, spot: Spot) -> None:
        """Mark where the person is; only that sub-area's units are unfolded."""
        here = self._steps.get(spot.step)
        for step, item in self._steps.items():
            if step.kind is StepKind.SUBAREA:
                item.setExpanded(item is here)
        shown = self._units.get(spot.unit, here) if spot.step.kind is StepKind.SUBAREA else here
        if shown is not None:
            self.blockSignals(True)
            self.setCurrentItem(shown)
            self.blockSignals(False)
            self.scrollToItem(shown)

    def follow(self, steps: tuple[Step, ...]) -> None:
        """Show the way through other steps or units.

        What stays keeps its line, and with it the keyboard's place and what is unfolded; what stood at the top stays.
        """
        lines = self._lines_of(steps)
        top = self.itemAt(0, 0)
        staying = {line.key for line in lines}
        for key in [key for key in reversed(self._lines) if key not in staying]:
            item = self._lines.pop(key)
            if item is top:
                top = None
            (item.parent() or self.invisibleRootItem()).removeChild(item)
        places: Counter[_Key | None] = Counter()
        for line in lines:
            if line.key not in self._lines:
                self._lines[line.key] = self._add(line, places[line.under])
            self._lines[line.key].setText(0, line.text)
            self._lines[line.key].setToolTip(0, line.text)
            places[line.under] += 1
        self._steps = {step: self._lines[Spot(step)] for step in steps}
        self._units = {
            unit.code: self._lines.get(spot_of_unit(self._draft.pack, unit.code), item)
            for step, item in self._steps.items()
            for unit in self._units_of(step)
        }
        self.refresh()
        if top is not None:
            self.scrollToItem(top, QTreeWidget.ScrollHint.PositionAtTop)

    def _lines_of(self, steps: tuple[Step, ...]) -> list[_Line]:
        """Return the lines in their order: sub-areas under their area, and units under a sub-area of several."""
        draft, pack = self._draft, self._draft.pack
        lines: list[_Line] = []
        begun = ""
        for step in steps:
            area = _area_of(pack, step)
            if area is not None and area.code != begun:
                lines.append(_Line(area.code, None, f"{area.code} {area.label}"))
                begun = area.code
            waits = step.kind is StepKind.SECTION
            text = sections.said(draft, step.code) if waits else step_name(draft, step)
            lines.append(_Line(Spot(step), area.code if area is not None else None, text))
            units = self._units_of(step)
            if len(units) > 1:
                lines += [_Line(spot_of_unit(pack, each.code), Spot(step), name_of(each)) for each in units]
        return lines

    def _units_of(self, step: Step) -> tuple[Unit, ...]:
        if step.kind is not StepKind.SUBAREA:
            return ()
        return self._draft.pack.subareas[step.code].units_in(self._draft.band)

    def _add(self, line: _Line, place: int) -> QTreeWidgetItem:
        item = QTreeWidgetItem(["", ""])
        (self._lines[line.under] if line.under is not None else self.invisibleRootItem()).insertChild(place, item)
        item.setData(0, _SPOT, line.key)
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if isinstance(line.key, str):
            font = QFont(self.font())
            font.setWeight(QFont.Weight.DemiBold)
            item.setFont(0, font)
            item.setForeground(0, QColor(style.colours().quiet))
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
            item.setFirstColumnSpanned(True)
            item.setExpanded(True)
        return item

    def _show_mark(self, code: str) -> None:
        draft, item = self._draft, self._units[code]
        mark = marks.mark_of(draft.pack, draft.value, code, draft.grading_as)
        item.setData(1, _MARK, mark)
        said = words.say(mark.state)
        if mark.hidden:
            said = self.tr("Graded by someone else")
        elif mark.grade is not None:
            said = grade_words(draft.pack, mark.grade)
        elif mark.proposed is not None:
            said = self.tr("Proposed {grade}, not confirmed").format(grade=mark.proposed)
        if mark.needs:
            said = self.tr("{said}, something is needed").format(said=said)
        item.setData(1, Qt.ItemDataRole.AccessibleTextRole, said)
        item.setToolTip(1, said)

    def _choose(self, item: QTreeWidgetItem) -> None:
        spot = item.data(0, _SPOT)
        if isinstance(spot, Spot):
            self.spot_wanted.emit(spot)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and item is not None:
            self._choose(item)
        else:
            super().keyPressEvent(event)


def _area_of(pack: Pack, step: Step) -> Area | None:
    if step.kind is StepKind.SUBAREA:
        return pack.area_of[step.code]
    if step.kind is StepKind.SECTION:
        return next(area for area in pack.areas if area.code == step.code)
    return None


def _sheet() -> str:
    """A quiet tree: the present place has a bar at its side, so that marks keep their colours."""
    tone = style.colours()
    return f"""
    QTreeView {{ border: none; border-right: 1px solid {tone.line}; outline: none; padding-top: {style.space(1)}px;
                 selection-background-color: {tone.page}; selection-color: {tone.text}; }}
    QTreeView:focus {{ border: 2px solid {tone.accent}; }}
    QTreeView::item {{ color: {tone.text}; padding-right: {style.space(0.5)}px; border: none;
                       border-left: {max(3, style.space(0.6))}px solid transparent; }}
    QTreeView::item:hover {{ background: {tone.page}; }}
    QTreeView::item:selected {{ background: {tone.page}; color: {tone.text}; font-weight: 600; }}
    QTreeView::item:selected:first {{ border-left-color: {tone.accent}; }}
    QTreeView::branch, QTreeView::branch:selected {{ background: transparent; }}
    """
