"""Chooses the kind of a new entry: type part of its name, Return takes the first that fits."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from gcp2_app.domain.kinds import EntryKind
from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.workspace import Workspace

#: What is written most often stands first; the rest follows by its name.
_FIRST: Final = (
    "note",
    "event",
    "visit",
    "worker_contact",
    "appointment",
    "statement",
    "meeting",
    "action",
    "referral",
)
_KIND: Final = Qt.ItemDataRole.UserRole


def in_order(kinds: Iterable[EntryKind]) -> tuple[EntryKind, ...]:
    """Return kinds in the order they are offered."""
    places = {code: number for number, code in enumerate(_FIRST)}
    return tuple(sorted(kinds, key=lambda kind: (places.get(kind.code, len(places)), kind.title.casefold())))


class KindChooser(QDialog):
    """The kinds of entry, with a line to find one.

    Attributes:
        line, list: what is typed, and what fits.
        chosen: emitted with the kind.
    """

    chosen = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        workspace: Workspace,
        kinds: Iterable[EntryKind],
        held: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Make the dialog.

        Args:
            held: why a kind cannot be added now, by its code; it is found, and says why, and cannot be chosen.
        """
        super().__init__(parent)
        self._held = held
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(self.tr("Add an entry"))
        self._kinds = in_order(kinds)
        self.line = QLineEdit()
        self.line.setPlaceholderText(self.tr("Type part of its name"))
        self.line.setAccessibleName(self.tr("Find a kind of entry"))
        self.list = QListWidget()
        self.list.setProperty("role", "choices")
        self.list.setAccessibleName(self.tr("Kinds of entry"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._about = style.label("", "quiet")
        self._about.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self._about.setAlignment(Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        margin = style.space(3)
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(style.space(1.5))
        layout.addWidget(style.heading(self.tr("What sort of entry is it?")))
        layout.addWidget(self.line)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._about)
        self.line.textEdited.connect(self._show)
        self.line.installEventFilter(self)
        self.list.currentItemChanged.connect(lambda now, _before: self._tell(now))
        self.list.itemActivated.connect(self._choose)
        self.list.itemClicked.connect(self._choose)
        workspace.locking.connect(self.reject)
        self._show("")
        self.line.setFocus()

    def _show(self, text: str) -> None:
        wanted = text.casefold().split()
        self.list.clear()
        by_title = [kind for kind in self._kinds if _holds(kind.title, wanted)]
        # Sorting keeps the order among those that are alike.
        by_title.sort(key=lambda kind: not _begins(kind.title, wanted))
        by_more = [
            kind for kind in self._kinds if kind not in by_title and _holds(f"{kind.plural} {kind.about}", wanted)
        ]
        for kind in (*by_title, *by_more):
            held = kind.code in self._held
            title = self.tr("{kind} (off)").format(kind=kind.title) if held else kind.title
            item = QListWidgetItem(title, self.list)
            if held:
                item.setForeground(self.palette().placeholderText())
            item.setData(_KIND, kind)
            item.setSizeHint(QSize(0, max(24, style.space(5))))
        self.list.setCurrentRow(0)

    def _tell(self, item: QListWidgetItem | None) -> None:
        kind = item.data(_KIND) if item is not None else None
        text = self.tr("No kind of entry is called so.")
        if isinstance(kind, EntryKind):
            text = self._held.get(kind.code) or kind.about
        self._about.setText(text)
        self.line.setAccessibleDescription(f"{kind.title}: {text}" if isinstance(kind, EntryKind) else text)

    def _choose(self, item: QListWidgetItem | None) -> None:
        kind = item.data(_KIND) if item is not None else None
        if isinstance(kind, EntryKind) and kind.code not in self._held:
            self.accept()
            self.chosen.emit(kind)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
            step = steps.get(Qt.Key(event.key()))
            if step is not None and self.list.count():
                self.list.setCurrentRow(max(0, min(self.list.count() - 1, self.list.currentRow() + step)))
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._choose(self.list.currentItem())
                return True
        return super().eventFilter(watched, event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        if not event.spontaneous():
            # Qt would stop at two thirds of the screen.
            self.resize(self.sizeHint())
        super().showEvent(event)

    @override
    def sizeHint(self) -> QSize:
        room = self.screen().availableSize()
        return QSize(
            min(style.space(76), round(room.width() * 0.9)), min(style.space(100), round(room.height() * 0.85))
        )


def _holds(text: str, words: list[str]) -> bool:
    folded = text.casefold()
    return all(word in folded for word in words)


def _begins(text: str, words: list[str]) -> bool:
    """Whether a word of a title begins with each of the words typed."""
    said = text.casefold().split()
    return all(any(one.startswith(word) for one in said) for word in words)
