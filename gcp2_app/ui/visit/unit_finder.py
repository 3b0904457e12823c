"""Finds units by typing part of their name, and holds those chosen. Return takes one; Return again says it is done."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from gcp2_app.domain.instrument import Pack
from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.flow import Flow

_CODE = Qt.ItemDataRole.UserRole


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("unit_finder", text)


class _Line(QLineEdit):
    """A line whose arrows and Return belong to the list below."""

    stepped = Signal(int)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.stepped.emit(step)
        else:
            super().keyPressEvent(event)


class UnitFinder(QWidget):
    """A line to type in, what it finds, and the units chosen.

    Attributes:
        done: emitted when Return is pressed with nothing typed and a unit chosen.
        changed: emitted when a unit was chosen or taken back.
    """

    done = Signal()
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: dict[str, str] = {}
        self._looked_in: dict[str, str] = {}
        self._chosen: list[str] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(1))
        label = style.label(tr("Units it is evidence for"))
        font = label.font()
        font.setWeight(font.Weight.DemiBold)
        label.setFont(font)
        layout.addWidget(label)
        self._taken = QWidget()
        self._flow = Flow(self._taken)
        self._flow.setContentsMargins(0, 0, 0, 0)
        self._flow.setSpacing(style.space(1))
        layout.addWidget(self._taken)
        self.line = _Line()
        self.line.setPlaceholderText(tr("Part of a unit’s name, then Return"))
        self.line.setAccessibleName(tr("Find a unit"))
        self.found = QListWidget()
        self.found.setProperty("role", "choices")
        self.found.setAccessibleName(tr("Units found"))
        self.found.setMinimumHeight(style.space(20))
        layout.addWidget(self.line)
        layout.addWidget(self.found, 1)
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self._search)
        self.line.stepped.connect(self._step)
        self.line.returnPressed.connect(self._take_or_end)
        self.found.itemClicked.connect(lambda item: self.toggle(item.data(_CODE)))
        self.found.itemActivated.connect(lambda item: self.toggle(item.data(_CODE)))

    @property
    def chosen(self) -> tuple[str, ...]:
        """Codes of the units chosen."""
        return tuple(self._chosen)

    def offer(self, packs: Sequence[tuple[Pack, str]]) -> None:
        """Offer the units of packs in their bands."""
        self._names = {}
        self._looked_in = {}
        for pack, band in packs:
            for code, unit in pack.units_in(band).items():
                subarea = pack.subarea_of(code)
                name = unit.label if unit.label == subarea.label else f"{subarea.label}: {unit.label}"
                self._names[code] = f"{code}  {name}"
                self._looked_in[code] = " ".join((subarea.label, pack.area_of[subarea.code].label, *unit.look_for))
        self._search("")

    def choose(self, codes: Sequence[str]) -> None:
        """Show units as chosen, and nothing typed."""
        self._chosen = list(codes)
        self.line.clear()
        self._show_chosen()

    def toggle(self, code: str) -> None:
        """Choose a unit, or take it back."""
        if code in self._chosen:
            self._chosen.remove(code)
        else:
            self._chosen.append(code)
        self.line.clear()
        self.line.setFocus()
        self._show_chosen()
        self.changed.emit()

    def _search(self, text: str) -> None:
        wanted = text.casefold().split()
        by_name = [code for code, name in self._names.items() if _holds(name, wanted)]
        by_place = [
            code
            for code, name in self._names.items()
            if code not in by_name and _holds(f"{name} {self._looked_in[code]}", wanted)
        ]
        self.found.clear()
        for code in (*by_name, *by_place):
            item = QListWidgetItem(self._names[code], self.found)
            item.setData(_CODE, code)
        if wanted and self.found.count():
            self.found.setCurrentRow(0)

    def _step(self, by: int) -> None:
        if self.found.count():
            self.found.setCurrentRow(max(0, min(self.found.count() - 1, self.found.currentRow() + by)))

    def _take_or_end(self) -> None:
        row = self.found.currentRow()
        if row >= 0:
            self.toggle(self.found.item(row).data(_CODE))
        elif not self.line.text() and self._chosen:
            self.done.emit()

    def _show_chosen(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()
        for code in self._chosen:
            button = style.button(f"✓ {self._names.get(code, code)}  ×")
            button.setAccessibleName(tr("Take back {unit}").format(unit=self._names.get(code, code)))
            button.clicked.connect(partial(self.toggle, code))
            self._flow.addWidget(button)
            button.show()
        self._taken.setVisible(bool(self._chosen))
        self._taken.updateGeometry()


def _holds(text: str, words: Sequence[str]) -> bool:
    folded = text.casefold()
    return all(word in folded for word in words)
