"""The frozen versions of a child's chronologies: opened as they were, compared, and written out as tables."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QVBoxLayout, QWidget

from gcp2_app.domain.kinds import EntryKind, Item, ItemType
from gcp2_app.errors import AppError
from gcp2_app.ui import messages, style
from gcp2_app.ui.column import Column
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.forms.dialog import FormDialog, Saving, Values
from gcp2_app.ui.forms.directory import Directory
from gcp2_app.ui.forms.registry import make_context
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.reports.writing import write_whole
from gcp2_app.ui.timeline import curate_words
from gcp2_app.ui.timeline.curate_table import VersionModel, VersionTable
from gcp2_app.ui.timeline.curate_words import tr
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.domain.chronologies import ChronologyStyle
    from gcp2_app.services.chronologies import Kind, Opened, Version


class VersionsPage(Column):
    """A card for each version, the latest first.

    Attributes:
        open_buttons, csv_buttons, xlsx_buttons: one of each a version.
        compare_buttons: say what changed since; only for versions of the style that is worked on.
        opened, compared: emitted with the version wanted.
        saved: emitted with the version and the kind of table.
    """

    opened = Signal(object)
    compared = Signal(object)
    saved = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(120, parent, centred=False)
        self.open_buttons: list[QWidget] = []
        self.csv_buttons: list[QWidget] = []
        self.xlsx_buttons: list[QWidget] = []
        self.compare_buttons: list[QWidget] = []

    def show_versions(self, found: "tuple[Version, ...]", current: "ChronologyStyle") -> None:
        """Show versions."""
        from gcp2_app.services.chronologies import Kind

        for buttons in (self.open_buttons, self.csv_buttons, self.xlsx_buttons, self.compare_buttons):
            buttons.clear()
        while (item := self.body.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if not found:
            self.body.addWidget(style.label(tr("No version is frozen yet."), "quiet"))
        for each in found:
            frame, inside = style.card()
            name = curate_words.version(each)
            inside.addWidget(style.label(name))
            row = QWidget()
            flow = Flow(row)
            flow.setContentsMargins(0, 0, 0, 0)
            flow.setSpacing(style.space(1.5))
            ways: list[tuple[str, list[QWidget], Callable[[], object]]] = [
                (tr("Open it"), self.open_buttons, partial(self.opened.emit, each)),
                (tr("Save as CSV…"), self.csv_buttons, partial(self.saved.emit, each, Kind.CSV)),
                (tr("Save as Excel…"), self.xlsx_buttons, partial(self.saved.emit, each, Kind.XLSX)),
            ]
            if each.style is current:
                ways.append((tr("What changed since"), self.compare_buttons, partial(self.compared.emit, each)))
            for text, kept, run in ways:
                button = style.button(text, "link")
                button.setAutoDefault(False)
                button.setAccessibleName(f"{text}: {name}")
                button.clicked.connect(_call(run))
                flow.addWidget(button)
                kept.append(button)
            inside.addWidget(row)
            self.body.addWidget(frame)
        self.body.addStretch(1)


def _call(run: Callable[[], object]) -> Callable[..., object]:
    """Return a slot that is not told whether the button is down."""
    return lambda *_: run()


class VersionDialog(QDialog):
    """One frozen version as it was.

    Attributes:
        table: its rows.
    """

    def __init__(self, parent: QWidget, workspace: Workspace, opened: "Opened") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        chronology, text = opened.chronology, opened.chronology.frozen
        style_name = curate_words.styles()[chronology.style].lower()
        title = tr("Chronology for {style}, version {version}").format(style=style_name, version=chronology.version)
        self.setWindowTitle(tr("Frozen chronology"))
        self._model = VersionModel(self)
        self.table = VersionTable(self._model)
        self.table.setMinimumHeight(style.space(40))
        column = Column(400, centred=False)
        column.body.addWidget(style.heading(title))
        said = curate_words.opened(opened)
        for number, line in enumerate(said):
            odd = number == 1 and not opened.intact
            column.body.addWidget(style.label(line, "error" if odd else "quiet"))
        column.body.addWidget(self.table, 1)
        if text is not None:
            self._model.show_rows(text.columns, text.heads, text.rows)
            if text.analysis:
                column.body.addWidget(style.heading(tr("Analysis of the whole"), 3))
                column.body.addWidget(style.label(text.analysis))
            if text.left_out:
                column.body.addWidget(style.heading(tr("Left out of it"), 3))
                column.body.addWidget(style.label(curate_words.losses(text.left_out)))
        close = style.button(tr("Close"))
        close.clicked.connect(self.reject)
        bar = QFrame()
        bar.setProperty("role", "foot")
        buttons = style.row(close)
        buttons.setContentsMargins(style.space(3), style.space(1.5), style.space(3), style.space(1.5))
        bar.setLayout(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(column, 1)
        layout.addWidget(bar)
        room = self.screen().availableSize()
        self.resize(round(room.width() * 0.92), round(room.height() * 0.88))
        workspace.locking.connect(self.reject)


def save_table(
    parent: QWidget, workspace: Workspace, version: "Version", kind: "Kind", *, why: str, notice: Notice
) -> None:
    """Ask for whom and why, then where to, and write a version as a table: outside the store it is not encrypted."""
    from gcp2_app.services import chronologies

    title = tr("Save a copy outside the store")
    about = tr("The copy is not encrypted. For whom and why is kept in the audit trail.")
    form = EntryKind(
        code="copy",
        title=title,
        plural=title,
        about=about,
        items=(
            Item(name="recipient", type=ItemType.STRING, label=tr("Who it is for"), required=True),
            Item(name="reason", type=ItemType.STRING, label=tr("What it is for"), required=True),
        ),
    )
    session = workspace.session

    def write(values: Values, path: Path) -> None:
        workspace.tasks.run(
            parent,
            lambda: write_whole(
                path,
                chronologies.export(
                    session, version.id, kind, recipient=values["recipient"], reason=values["reason"], why=why
                ),
            ),
            lambda _: notice.show_note(tr("The copy is saved as “{name}”.").format(name=path.name)),
            notice.show_error,
        )

    def choose(values: Values) -> None:
        # No child's name: it shows in folders and recent files.
        name = f"chronology-{version.style}-{version.version}.{kind}"
        kinds = {"csv": tr("CSV (*.csv)"), "xlsx": tr("Excel (*.xlsx)")}[kind.value]
        messages.choose_new_file(parent, tr("Save a copy"), name, kinds, lambda path: write(values, path))

    saving = Saving(save=lambda values: values, saved=choose, text=tr("Go on"))
    context = make_context(session.today(), Directory(workspace))
    FormDialog(parent, workspace, title=title, kind=form, context=context, saving=saving, about=about).open()


def open_version(
    parent: QWidget, workspace: Workspace, work: "Callable[[], Opened]", failed: Callable[[AppError], object]
) -> None:
    """Open a frozen version in a window of its own."""
    workspace.tasks.run(parent, work, lambda opened: VersionDialog(parent, workspace, opened).open(), failed)
