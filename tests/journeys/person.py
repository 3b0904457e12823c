"""A person at the window: looks for what is written there, presses keys, moves the mouse.

Knows only what a person could: words on the screen and accessible names. Never calls into the program.
"""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QAbstractItemModel, QEventLoop, QModelIndex, QPoint, QRect, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QScrollArea,
    QTabBar,
    QTableView,
    QTextEdit,
    QTreeView,
    QWidget,
)

W = TypeVar("W", bound=QWidget)
_SECONDS = 25
_LOOKS_SECONDS = 0.5


class Person:
    """Drives one window by keys and mouse.

    Attributes:
        pictures: folder for pictures of the screen, or None.
        pace: milliseconds from key to key, five times that from click to click; 0 for as fast as the program takes it.
    """

    def __init__(self, window: QWidget, pictures: Path | None = None, pace: int = 0) -> None:
        self._window = window
        self.pictures = pictures
        self.pace = pace

    def waits_until(self, condition: Callable[[], object]) -> None:
        """Wait until something is so.

        Raises:
            AssertionError: it did not come about; the message holds what is on the screen.
        """
        end = time.monotonic() + _SECONDS
        while not condition():
            if time.monotonic() > end:
                raise AssertionError("On the screen:\n" + "\n".join(dict.fromkeys(filter(None, self._texts()))))
            _waits(20)

    def takes_a_picture(self, name: str) -> None:
        """Keep a picture of the window, or of the dialog before it."""
        if self.pictures is not None:
            _waits(150)
            self._top().grab().save(str(self.pictures / f"{name}.png"))

    def sees(self, words: str) -> bool:
        """Whether words stand somewhere on the screen."""
        return any(words in text for text in self._texts())

    def sees_typed(self, words: str) -> bool:
        """Whether words stand in a box that is typed into."""
        return any(words in box.toPlainText() for box in self._visible(QPlainTextEdit))

    def reads(self, beginning: str) -> str:
        """Return what follows some words on the screen."""
        self.waits_until(lambda: any(text.startswith(beginning) for text in self._texts()))
        found = next(text for text in self._texts() if text.startswith(beginning))
        return found.removeprefix(beginning)

    def waits_to_see(self, words: str) -> None:
        """Wait until words stand on the screen."""
        self.waits_until(lambda: self.sees(words))

    def clicks(self, words: str) -> None:
        """Click the button, box, link, tab or line of a list of these words, or that holds them."""
        began = time.monotonic()
        # What has these words may be about to come: something else that holds them is not clicked in its place.
        self.waits_until(lambda: self._reaches(words, exactly=time.monotonic() - began < _LOOKS_SECONDS))
        found = self._place(words)
        assert found is not None
        self._click(*found)
        _waits(5 * self.pace)

    def types(self, field: str, text: str) -> None:
        """Click into a field by its name and type; what stood there is replaced."""
        widget = self.field(field)
        self._bring_into_view(widget)
        self._click(_typing_part(widget), _typing_part(widget).rect().center())
        QTest.keyClick(_typing_part(widget), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self._types_at(_typing_part(widget), text)

    def chooses(self, field: str, option: str) -> None:
        """Choose an option of a list by how its name begins, with the keyboard."""
        widget = self.field(field)
        assert isinstance(widget, QComboBox)
        self.waits_until(lambda: any(widget.itemText(row).startswith(option) for row in range(widget.count())))
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClicks(widget, option)
        assert widget.currentText().startswith(option), widget.currentText()

    def presses(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key wherever the keyboard is; after a dialog it takes a moment until it is somewhere again."""
        self.waits_until(QApplication.activeWindow)
        QTest.keyClick(self._focus(), key, modifier)
        _waits(self.pace)

    def writes(self, text: str) -> None:
        """Type wherever the keyboard is."""
        self._types_at(self._focus(), text)

    def field(self, name: str) -> QWidget:
        """Return a field that can be typed or chosen in, by its accessible name."""
        kinds = (QLineEdit, QPlainTextEdit, QTextEdit, QComboBox)

        def find() -> QWidget | None:
            for widget in self._visible(QWidget):
                if isinstance(widget, kinds) and widget.accessibleName().startswith(name):
                    return widget
            return None

        self.waits_until(lambda: find() is not None)
        found = find()
        assert found is not None
        return found

    def opens_row(self, words: str) -> None:
        """Double-click the row of a table or list that holds these words."""
        self.waits_until(lambda: self._row(words) is not None)
        found = self._row(words)
        assert found is not None
        view, place = found
        self._click(view.viewport(), place)
        QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)

    def reads_for_a_second(self) -> None:
        """Do nothing for a second, as one does."""
        _waits(1000)

    def _top(self) -> QWidget:
        dialog = QApplication.activeModalWidget()
        return dialog if isinstance(dialog, QDialog) else self._window

    def _visible(self, kind: type[W]) -> Iterator[W]:
        top = self._top()
        yield from (widget for widget in top.findChildren(kind) if widget.isVisibleTo(top))

    def _reaches(self, words: str, *, exactly: bool) -> bool:
        """Whether what says these words can be clicked: nobody clicks what is cut off."""
        found = self._place(words, exactly=exactly)
        if found is None:
            return False
        self._bring_into_view(found[0])
        return found[0].visibleRegion().contains(found[1])

    def _place(self, words: str, *, exactly: bool = False) -> tuple[QWidget, QPoint] | None:
        """Return where to click for some words; where nothing says just them, what holds them, unless exactly."""
        for exact in (True,) if exactly else (True, False):
            for button in self._visible(QAbstractButton):
                names = (button.text().replace("&", ""), button.accessibleName())
                if button.isEnabled() and any(_says(name, words, exact=exact) for name in names):
                    return button, _middle(button)
            for bar in self._visible(QTabBar):
                for index in range(bar.count()):
                    if _says(bar.tabText(index).replace("&", ""), words, exact=exact):
                        return bar, bar.tabRect(index).center()
            row = self._row(words, exact=exact)
            if row is not None:
                view, place = row
                return view.viewport(), place
        return None

    def _row(self, words: str, *, exact: bool = False) -> tuple[QAbstractItemView, QPoint] | None:
        for view in self._visible(QAbstractItemView):
            for index in _indexes(view):
                if _says(str(index.data(Qt.ItemDataRole.DisplayRole) or ""), words, exact=exact):
                    view.scrollTo(index)  # as with the wheel
                    return view, view.visualRect(index).center()
        return None

    def _texts(self) -> Iterator[str]:
        for widget in self._visible(QWidget):
            if isinstance(widget, QLabel | QAbstractButton):
                yield widget.text().replace("&", "")
            elif isinstance(widget, QLineEdit | QComboBox):
                yield widget.text() if isinstance(widget, QLineEdit) else widget.currentText()
            elif isinstance(widget, QPlainTextEdit):
                yield widget.toPlainText()
            elif isinstance(widget, QAbstractItemView):
                yield from _cells(widget)
            yield widget.accessibleName()

    def _focus(self) -> QWidget:
        widget = QApplication.focusWidget()
        return widget if widget is not None else self._top()

    def _types_at(self, widget: QWidget, text: str) -> None:
        if not self.pace:
            QTest.keyClicks(widget, text)
            return
        for letter in text:
            QTest.keyClicks(widget, letter)
            _waits(self.pace)

    def _bring_into_view(self, widget: QWidget) -> None:
        parent = widget.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea):
                parent.ensureWidgetVisible(widget)
            parent = parent.parentWidget()

    @staticmethod
    def _click(widget: QWidget, place: QPoint) -> None:
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place)


def _middle(button: QAbstractButton) -> QPoint:
    middle = button.rect().center()
    # A box is clicked where it is drawn: the room beside its words is not part of it.
    return QPoint(10, middle.y()) if isinstance(button, QCheckBox | QRadioButton) else middle


def _says(text: str, words: str, *, exact: bool) -> bool:
    return text == words if exact else words in text


def _waits(milliseconds: int) -> None:
    if not milliseconds:
        return
    # An event loop lets the program's other threads run; QTest.qWait would keep them waiting.
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _typing_part(widget: QWidget) -> QWidget:
    return widget.viewport() if isinstance(widget, QPlainTextEdit | QTextEdit) else widget


def _indexes(view: QAbstractItemView) -> Iterator[QModelIndex]:
    """Yield what the view's first levels hold, row by row."""
    model: QAbstractItemModel | None = view.model()
    if model is None:
        return
    columns = model.columnCount(view.rootIndex()) if isinstance(view, QTableView | QTreeView) else 1
    for row in range(min(model.rowCount(view.rootIndex()), 200)):
        for column in range(columns):
            index = model.index(row, column, view.rootIndex())
            yield index
            if column == 0 and isinstance(view, QTreeView):
                yield from (model.index(each, 0, index) for each in range(model.rowCount(index)))


def _cells(view: QAbstractItemView) -> Iterator[str]:
    inside = QRect(QPoint(0, 0), view.viewport().size())
    for index in _indexes(view):
        if inside.intersects(view.visualRect(index)):
            yield str(index.data(Qt.ItemDataRole.DisplayRole) or "")
