"""The timed lines of a visit: those noted, newest last, and the box that adds one or corrects one."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QTextCursor
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from gcp2_app.domain.visits import Draft, How, Line
from gcp2_app.domain.when import LONDON
from gcp2_app.errors import AppError
from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.in_place import follow_lines
from gcp2_app.ui.visit.keeper import Keeper

_LINE: Final = Qt.ItemDataRole.UserRole
_KEYS: Final = {How.I_SAW: "Alt+1", How.CHILD_SAID: "Alt+2", How.CARER_SAID: "Alt+3"}


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("notes", text)


def how_words(how: How) -> str:
    """Return the reader's words for how something is known."""
    return {
        How.I_SAW: tr("I saw"),
        How.CHILD_SAID: tr("Child said"),
        How.CARER_SAID: tr("Carer said"),
    }[how]


def line_text(line: Line) -> str:
    """Return a line as it is listed: "10:05  I saw: …"."""
    return f"{line.at.astimezone(LONDON):%H:%M}  {how_words(line.how)}: {line.text}"


class WrappedRows(QStyledItemDelegate):
    """Gives each row the height its text takes in the width of the list."""

    def __init__(self, view: QListWidget) -> None:
        super().__init__(view)
        self._view = view

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        width = max(self._view.viewport().width() - style.space(4), 1)
        flags = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
        room = QRect(0, 0, width, 100_000)
        height = QFontMetrics(self._view.font()).boundingRect(room, flags, str(index.data())).height()
        return QSize(width, max(height + style.space(2), style.space(6)))


class LineList(QListWidget):
    """Lines, wrapped."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "choices")
        self.setAccessibleName(name)
        self.setWordWrap(True)
        self.setItemDelegate(WrappedRows(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self._told: tuple[tuple[Line, str], ...] = ()

    def show_lines(self, lines: tuple[Line, ...], tell: Callable[[Line], str] = line_text) -> None:
        """Show lines, each as it is told."""
        told = tuple((line, tell(line)) for line in lines)
        follow_lines(self, self._told, told, _fill)
        self._told = told

    def forget(self) -> None:
        """Let go of every line."""
        self.clear()
        self._told = ()

    @property
    def line(self) -> Line | None:
        """The line chosen."""
        selected = self.item(self.currentRow()) if self.currentRow() >= 0 else None
        line = selected.data(_LINE) if selected is not None else None
        return line if isinstance(line, Line) else None

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


def _fill(item: QListWidgetItem, told: tuple[Line, str]) -> None:
    line, text = told
    item.setText(text)
    item.setData(_LINE, line)


class Notes(QWidget):
    """One box of timed lines.

    Attributes:
        list: the lines noted.
        box: what is typed.
        buttons: by how it is known; each has its key.
    """

    def __init__(self, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self._correcting: Line | None = None
        self._half_typed = keeper.draft.text
        self._was_refused = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(1))
        layout.addWidget(style.heading(tr("Notes"), 2))
        self.list = LineList(tr("Notes so far, newest last. Return corrects one."))
        self.list.setMinimumHeight(style.space(18))
        self.list.itemActivated.connect(self._begin_correcting)
        self.list.itemClicked.connect(self._begin_correcting)
        layout.addWidget(self.list, 1)
        self._about = style.label(tr("Write one thing, then say how you know it."), "quiet")
        layout.addWidget(self._about)
        self.box = QPlainTextEdit(keeper.draft.text)
        self.box.setAccessibleName(tr("What was seen or said"))
        self.box.setTabChangesFocus(True)
        self.box.setFixedHeight(style.space(17))
        self.box.textChanged.connect(self._typed)
        self.box.installEventFilter(self)
        layout.addWidget(self.box)
        self._error = style.label("", "error")
        self._error.hide()
        layout.addWidget(self._error)
        self.buttons: dict[How, QPushButton] = {}
        row = Flow()
        row.setSpacing(style.space(1))
        for how, keys in _KEYS.items():
            button = style.button(f"{how_words(how)}  {keys}")
            button.setAccessibleName(how_words(how))
            button.setAutoDefault(False)
            button.setMinimumHeight(style.space(8))
            button.clicked.connect(partial(self.note, how))
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self.note, how))
            self.buttons[how] = button
            row.addWidget(button)
        self.leave_button = style.button(tr("Leave it as it was"), "link")
        self.leave_button.clicked.connect(self._leave)
        self.leave_button.hide()
        row.addWidget(self.leave_button)
        layout.addLayout(row)
        keeper.lines_changed.connect(self._show_lines)
        keeper.not_kept.connect(self._refused)
        keeper.kept.connect(self._take_refusal_back)
        self._show_lines()
        self._go_on(keeper.draft)

    @property
    def error(self) -> str:
        """What is said below the box, or empty."""
        return self._error.text()

    def note(self, how: How) -> None:
        """Keep what was typed as a line that is known in this way."""
        text = self.box.toPlainText().strip()
        if not text:
            self._say(tr("Write what you saw or heard first."))
            self.box.setFocus()
            return
        self._say("")
        self._enable(on=False)
        if self._correcting is None:
            self._keeper.add(how, text, self._noted)
        else:
            self._keeper.correct(self._correcting.id, how, text, self._leave)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = event.type() == QEvent.Type.KeyPress and self._correcting is not None
        if pressed and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self._leave()
            return True
        return super().eventFilter(watched, event)

    def _noted(self) -> None:
        self._enable(on=True)
        self.box.clear()
        self.box.setFocus()

    def _go_on(self, draft: Draft) -> None:
        """Go on with what was half typed before a lock, at its end."""
        for line in self._keeper.visit.sheet.lines:
            if line.id == draft.line:
                self._correct(line, draft.correction)
        self.box.moveCursor(QTextCursor.MoveOperation.End)

    def _begin_correcting(self, item: QListWidgetItem) -> None:
        line = item.data(_LINE)
        if not isinstance(line, Line):
            return
        if self._correcting is None:
            self._half_typed = self.box.toPlainText()
        self._correct(line, line.text)
        self.box.setFocus()
        self.box.selectAll()

    def _correct(self, line: Line, text: str) -> None:
        self._correcting = line
        self.box.setPlainText(text)
        self._about.setText(
            tr("Correcting the note of {time}. Say again how you know it; Escape leaves it as it was.").format(
                time=f"{line.at.astimezone(LONDON):%H:%M}"
            )
        )
        self.leave_button.show()

    def _leave(self) -> None:
        self._correcting = None
        self._enable(on=True)
        self._about.setText(tr("Write one thing, then say how you know it."))
        self.leave_button.hide()
        self.box.setPlainText(self._half_typed)
        self.box.moveCursor(self.box.textCursor().MoveOperation.End)
        self.box.setFocus()

    def _typed(self) -> None:
        text, line = self.box.toPlainText(), self._correcting
        if line is None:
            self._keeper.type(Draft(text=text))
        else:
            self._keeper.type(Draft(text=self._half_typed, line=line.id, correction=text))

    def _enable(self, *, on: bool) -> None:
        self.box.setReadOnly(not on)
        for button in self.buttons.values():
            button.setEnabled(on)

    def _refused(self, error: AppError) -> None:
        self._enable(on=True)
        self._say(" ".join(filter(None, (tr("Not saved."), error.message, error.mend))))
        self._was_refused = True

    def _take_refusal_back(self) -> None:
        if self._was_refused:
            self._say("")

    def _say(self, text: str) -> None:
        self._was_refused = False
        self._error.setText(text)
        self._error.setVisible(bool(text))

    def _show_lines(self) -> None:
        self.list.show_lines(self._keeper.visit.sheet.lines)
        self.list.scrollToBottom()
