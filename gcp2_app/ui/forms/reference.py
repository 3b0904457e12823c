"""The editor of a reference: find someone by part of their name, choose them, or add them."""

from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QWidget

from gcp2_app.domain.kinds import Item, RecordKind
from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.forms.directory import Found
from gcp2_app.ui.forms.editor import Context, Editor
from gcp2_app.ui.latest import Latest

_FOUND: Final = Qt.ItemDataRole.UserRole
#: Results shown without scrolling.
_SHOWN: Final = 5


class ReferenceEditor(Editor):
    """Someone of the register: a name once chosen, a search until then."""

    def __init__(self, item: Item, context: Context) -> None:
        if item.of is None:
            raise ValueError("a reference says what it points at")
        self._of: RecordKind = item.of
        self._directory = context.directory
        self._id: str | None = None
        self._line = QLineEdit()
        super().__init__(item, self._line)
        self._latest = Latest(context.directory.workspace.tasks, self)
        self._line.setPlaceholderText(self.tr("Type part of the name"))
        self._line.textEdited.connect(self._search)
        self._line.installEventFilter(self)
        self._results = QListWidget()
        self._results.setAccessibleName(self.tr("People found"))
        self._results.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._results.itemClicked.connect(self._choose)
        self._results.installEventFilter(self)
        self._results.setSpacing(max(2, style.space(0.5)))
        self._results.hide()
        self.body.addWidget(self._results)
        self._name = style.label()
        self._change = style.button(self.tr("Change"), "link")
        self._change.setAutoDefault(False)
        self._change.clicked.connect(self._search_again)
        self._chosen = QWidget()
        beside = QHBoxLayout(self._chosen)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self._name, 1)
        beside.addWidget(self._change)
        self.body.addWidget(self._chosen)
        self._chosen.hide()

    @override
    def value(self) -> str | None:
        return self._id

    @override
    def set_value(self, value: Any) -> None:
        self._id = value or None
        if self._id is not None:
            self._show(self._directory.found(self._id))
        else:
            self._line.clear()
            self._show(None)

    @override
    def problem(self) -> str:
        if self._id is None and self._line.text().strip():
            return self.tr("Choose someone from the list, or add them.")
        return ""

    @override
    def name_control(self, text: str) -> None:
        super().name_control(text)
        self._change.setAccessibleName(self.tr("Change: {what}").format(what=text))

    def choose(self, found: Found) -> None:
        """Make someone the value."""
        self._directory.learn(found)
        self._id = found.id
        self._show(found)
        self.changed.emit()
        self._change.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, found: Found | None) -> None:
        self._line.setVisible(found is None)
        self._chosen.setVisible(found is not None)
        self._results.hide()
        if found is not None:
            self._name.setText(f"{found.name}, {found.more}" if found.more else found.name)

    def _search_again(self) -> None:
        self._id = None
        self._line.clear()
        self._show(None)
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _search(self, typed: str) -> None:
        self.changed.emit()
        text = typed.strip()
        if text:
            self._latest.ask(self._directory.search(self._of, text), lambda found: self._offer(text, found))
        else:
            self._results.hide()

    def _offer(self, text: str, found: tuple[Found, ...]) -> None:
        if self._line.text().strip() != text or self._id is not None:
            return
        self._results.clear()
        for one in found:
            shown = QListWidgetItem(f"{one.name}, {one.more}" if one.more else one.name)
            shown.setData(_FOUND, one)
            self._results.addItem(shown)
        if self._directory.can_add(self._of):
            self._results.addItem(QListWidgetItem(self.tr("+ Add “{name}” as someone new…").format(name=text)))
        elif not found:
            nobody = QListWidgetItem(self.tr("Nobody found"))
            nobody.setFlags(Qt.ItemFlag.NoItemFlags)
            self._results.addItem(nobody)
        for row in range(self._results.count()):
            # A finger finds a line of at least 24 pixels.
            self._results.item(row).setSizeHint(QSize(0, max(24, style.space(5))))
        rows = min(self._results.count(), _SHOWN)
        height = self._results.sizeHintForRow(0) + 2 * self._results.spacing()
        self._results.setFixedHeight(rows * height + 2 * self._results.frameWidth() + style.space(1))
        self._results.show()

    def _choose(self, item: QListWidgetItem) -> None:
        found = item.data(_FOUND)
        if isinstance(found, Found):
            self.choose(found)
        elif item.flags() & Qt.ItemFlag.ItemIsEnabled:
            self._directory.add(self, self._of, self._line.text().strip(), self.choose)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._results.isVisible():
            if event.key() == Qt.Key.Key_Down and watched is self._line:
                self._results.setCurrentRow(0)
                self._results.setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._choose(self._results.item(max(self._results.currentRow(), 0)))
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._results.hide()
                self._line.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return super().eventFilter(watched, event)
