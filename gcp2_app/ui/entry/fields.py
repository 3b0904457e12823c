"""Editors of the fields every entry has: who it comes from, which children, marks, and files."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from gcp2_app.domain.kinds import Item, RecordKind
from gcp2_app.domain.register import Agency
from gcp2_app.errors import AppError
from gcp2_app.overriding import override
from gcp2_app.ui import messages, style, words
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.forms.choice import QuietComboBox
from gcp2_app.ui.forms.editor import Context, Editor

if TYPE_CHECKING:
    from gcp2_app.services.attachments import NewFile


class SourceEditor(Editor):
    """Agency, name and role of who an entry comes from.

    Attributes:
        agency, name, role: the three.
    """

    def __init__(self, item: Item, _context: Context) -> None:
        self.agency = QuietComboBox()
        self.agency.addItem(self.tr("Choose…"), None)
        for agency, label in words.by_label(Agency):
            self.agency.addItem(label, agency.value)
        self.name, self.role = QLineEdit(), QLineEdit()
        ground = QWidget()
        flow = Flow(ground)
        flow.setContentsMargins(0, 0, 0, 0)
        flow.setSpacing(style.space(1.5))
        for text, control, steps in (
            (self.tr("Agency"), self.agency, 36),
            (self.tr("Name"), self.name, 26),
            (self.tr("Role"), self.role, 20),
        ):
            control.setFixedWidth(style.space(steps))
            control.setAccessibleName(f"{item.label}: {text}")
            box = QWidget()
            column = QVBoxLayout(box)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(max(2, style.space(0.3)))
            column.addWidget(style.label(text, "quiet", wrap=False))
            column.addWidget(control)
            flow.addWidget(box)
        super().__init__(item, ground)
        self.setFocusProxy(self.agency)
        self.agency.activated.connect(lambda _: self.changed.emit())
        for line in (self.name, self.role):
            line.setMaxLength(200)
            line.textEdited.connect(lambda _: self.changed.emit())

    @override
    def value(self) -> dict[str, str] | None:
        given = {
            "agency": self.agency.currentData(),
            "name": " ".join(self.name.text().split()),
            "role": " ".join(self.role.text().split()),
        }
        return {key: text for key, text in given.items() if text} or None

    @override
    def set_value(self, value: Any) -> None:
        held = value or {}
        self.agency.setCurrentIndex(max(0, self.agency.findData(held.get("agency"))))
        self.name.setText(held.get("name") or "")
        self.role.setText(held.get("role") or "")
        for line in (self.name, self.role):
            line.setCursorPosition(0)


class ChildrenEditor(Editor):
    """The children an entry is about, and what it means for each.

    The value is a list of ids; what it means for each is :meth:`relevance`.

    Attributes:
        ticks, lines: by the child's id.
    """

    def __init__(self, item: Item, context: Context) -> None:
        self._directory = context.directory
        self.ticks: dict[str, QCheckBox] = {}
        self.lines: dict[str, QLineEdit] = {}
        ground = QWidget()
        self._grid = QGridLayout(ground)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(style.space(2))
        self._grid.setVerticalSpacing(style.space(0.8))
        self._grid.setColumnStretch(1, 1)
        super().__init__(item, ground)
        for found in self._directory.offered(RecordKind.CHILD):
            self._add(found.id, found.name)

    @override
    def value(self) -> list[str]:
        return [id_ for id_, tick in self.ticks.items() if tick.isChecked()]

    @override
    def set_value(self, value: Any) -> None:
        chosen = list(value or ())
        for id_ in chosen:
            if id_ not in self.ticks:
                self._add(id_, self._directory.found(id_).name)
        for id_, tick in self.ticks.items():
            tick.setChecked(id_ in chosen)
            self.lines[id_].setEnabled(id_ in chosen)

    def relevance(self) -> dict[str, str]:
        """Return what it means for each child that is ticked, where that was said."""
        return {id_: text for id_ in self.value() if (text := self.lines[id_].text().strip())}

    def set_relevance(self, held: dict[str, str]) -> None:
        """Show what it means for each child."""
        for id_, line in self.lines.items():
            line.setText(held.get(id_, ""))
            line.setCursorPosition(0)

    def _add(self, id_: str, name: str) -> None:
        tick, line = QCheckBox(name), QLineEdit()
        tick.setAccessibleName(f"{self.item.label} {name}")
        line.setPlaceholderText(self.tr("What it means for {name}").format(name=name))
        line.setAccessibleName(line.placeholderText())
        line.setEnabled(False)
        tick.clicked.connect(lambda ticked: self._tick(id_, ticked=ticked))
        line.textEdited.connect(lambda _: self.changed.emit())
        row = len(self.ticks)
        self._grid.addWidget(tick, row, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(line, row, 1)
        if not row:
            self.setFocusProxy(tick)
        self.ticks[id_], self.lines[id_] = tick, line

    def _tick(self, id_: str, *, ticked: bool) -> None:
        self.lines[id_].setEnabled(ticked)
        self.changed.emit()


class MarkEditor(Editor):
    """A mark that is on or off. Until somebody touches it, it follows what it is told."""

    def __init__(self, item: Item, _context: Context) -> None:
        self.tick = QCheckBox(self.tr("Yes"))
        super().__init__(item, self.tick)
        self._held: bool | None = None
        self._touched = False
        self.tick.clicked.connect(self._touch)

    @override
    def value(self) -> bool | None:
        # What was never said stays unsaid.
        return self.tick.isChecked() if self._touched or self.tick.isChecked() else self._held

    @override
    def set_value(self, value: Any) -> None:
        self._held = value
        self._touched = value is not None
        self.tick.setChecked(bool(value))

    def follow(self, *, on: bool) -> None:
        """Show what the rest of the form says, unless somebody settled it."""
        if not self._touched:
            self.tick.setChecked(on)

    def _touch(self) -> None:
        self._touched = True
        self.changed.emit()


class FilesEditor(Editor):
    """Files that are to be kept with a new entry.

    Attributes:
        files: those chosen so far.
        choose_button: chooses one more.
    """

    def __init__(self, item: Item, context: Context) -> None:
        self._tasks = context.directory.workspace.tasks
        self.files: list[NewFile] = []
        ground = QWidget()
        layout = QVBoxLayout(ground)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(1))
        self._list = QVBoxLayout()
        layout.addLayout(self._list)
        self.choose_button = style.button(self.tr("Add a file…"))
        self.choose_button.setAutoDefault(False)
        self.choose_button.clicked.connect(self._choose)
        layout.addWidget(self.choose_button)
        self._error = style.label("", "error")
        self._error.hide()
        layout.addWidget(self._error)
        super().__init__(replace(item, repeats=True), ground)
        self.setFocusProxy(self.choose_button)

    @override
    def value(self) -> list[str]:
        return [file.name for file in self.files]

    @override
    def set_value(self, value: Any) -> None:
        """Files are chosen by hand alone."""

    def take(self, path: Path) -> None:
        """Read a file and keep it with the form."""
        from gcp2_app.services import attachments

        self._say("")
        self._tasks.compute(self, lambda: attachments.read_file(path), self._add, self._refuse)

    def _choose(self) -> None:
        messages.choose_file(self, self.tr("Keep a file with the entry"), self.tr("All files (*)"), self.take)

    def _add(self, file: "NewFile") -> None:
        self.files.append(file)
        row = QWidget()
        remove = style.button(self.tr("Take it away"), "link")
        remove.setAutoDefault(False)
        remove.setAccessibleName(self.tr("Take away {name}").format(name=file.name))
        beside = style.row(style.label(file.name, wrap=False), remove)
        beside.setContentsMargins(0, 0, 0, 0)
        row.setLayout(beside)
        remove.clicked.connect(self._remover(file, row))
        self._list.addWidget(row)
        row.show()
        self.changed.emit()

    def _remover(self, file: "NewFile", row: QWidget) -> Callable[[], None]:
        def remove() -> None:
            self.files.remove(file)
            row.hide()
            row.setParent(None)
            row.deleteLater()
            self.choose_button.setFocus(Qt.FocusReason.OtherFocusReason)
            self.changed.emit()

        return remove

    def _refuse(self, error: AppError) -> None:
        self._say(str(error))

    def _say(self, text: str) -> None:
        self._error.setText(text)
        self._error.setVisible(bool(text))
