"""What is still missing, as a list; each line leads to where it is mended."""

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from gcp2_app.overriding import override
from gcp2_app.ui.assess.draft import Draft
from gcp2_app.ui.assess.steps import mended_at
from gcp2_app.ui.assess.wording import Line, still_missing

_LINE: Final = Qt.ItemDataRole.UserRole


class MissingList(QListWidget):
    """The lines of what is missing.

    Attributes:
        spot_wanted: emitted with a Spot when the person chooses a line.
    """

    spot_wanted = Signal(object)

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._lines: tuple[Line, ...] = ()
        self.setWordWrap(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("Still missing"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setSpacing(2)
        self.setUniformItemSizes(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.itemClicked.connect(self._choose)
        self.itemActivated.connect(self._choose)

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines shown."""
        return self._lines

    def refresh(self) -> None:
        """Show what is missing now."""
        lines = still_missing(self._draft.pack, self._draft.working.missing)
        if lines == self._lines:
            return
        row = self.currentRow()
        self._lines = lines
        self.clear()
        for line in lines:
            text = line.text if line.item.blocks else self.tr("{what} (you can go on without)").format(what=line.text)
            item = QListWidgetItem(text)
            item.setData(_LINE, line)
            self.addItem(item)
        self.setCurrentRow(min(row, len(lines) - 1))

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.currentRow() < 0 and self.count():
            self.setCurrentRow(0)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    @override
    def sizeHint(self) -> QSize:
        rows = sum(self.sizeHintForRow(row) + 2 * self.spacing() for row in range(self.count()))
        return QSize(super().sizeHint().width(), rows + 2 * self.frameWidth())

    def _choose(self, item: QListWidgetItem) -> None:
        line = item.data(_LINE)
        if isinstance(line, Line):
            self.spot_wanted.emit(mended_at(self._draft.pack, line.item))
