"""The Timeline tab of a child's page: filters, lanes, the list, the chosen entry, and one line that adds a note."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QMenu, QScrollArea, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.entry_fields import DATA
from gcp2_app.domain.healthcare.cards import MEDICINE_KINDS
from gcp2_app.domain.kinds import EntryKind
from gcp2_app.domain.learning import Where
from gcp2_app.domain.users import Duty
from gcp2_app.errors import AppError
from gcp2_app.overriding import override
from gcp2_app.ui import messages, style
from gcp2_app.ui.empty import empty_room
from gcp2_app.ui.learn.beside import learned_fold
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.timeline.filters import Filters
from gcp2_app.ui.timeline.list import TimelineList
from gcp2_app.ui.timeline.model import TimelineModel
from gcp2_app.ui.timeline.pane import EntryPane
from gcp2_app.ui.timeline.quick import KIND, QuickAdd
from gcp2_app.ui.timeline.strip import DensityStrip
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.stream import Outline
    from gcp2_app.ui.child.shown import Shown


class Timeline(QScrollArea):
    """Everything that happened to a child, newest first.

    Attributes:
        add_button: asks for the kind of a new entry.
        chronology_button: opens a menu of what can be done with chronologies; ``import_action`` takes one in,
            ``curate_action`` makes and freezes the child's own.
        filters, strip, list, pane, quick: its parts.
        learned: opens what the review learned about a record of what happened.
    """

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._shown: Shown | None = None
        self._stale = False
        self._wanted = ""
        self._model = TimelineModel(workspace, self)
        self.add_button = style.button(self.tr("Add an entry…"), "primary")
        self.add_button.setToolTip(self.tr("Add an entry of any kind (Ctrl+N)"))
        self.chronology_button = style.button(self.tr("Chronologies"))
        menu = QMenu(self.chronology_button)
        self.curate_action = menu.addAction(self.tr("Curate and freeze…"))
        self.import_action = menu.addAction(self.tr("Take in another agency’s…"))
        self.chronology_button.setMenu(menu)
        self.filters = Filters(self.add_button, self.chronology_button)
        self.notice = Notice()
        self.strip = DensityStrip()
        self.list = TimelineList(self._model)
        self.pane = EntryPane(workspace)
        self.quick = QuickAdd(workspace)
        self.quick.setToolTip(self.tr("A quick note (Ctrl+Shift+N)"))
        self.learned = learned_fold(workspace, Where.TIMELINE)
        self.rooms = QStackedWidget()
        self.split = QSplitter()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(max(6, style.space(1)))
        for widget, stretch in ((self.list, 3), (self.pane, 2)):
            self.split.addWidget(widget)
            self.split.setStretchFactor(self.split.indexOf(widget), stretch)
        self.empty = empty_room(
            self.tr("Nothing is recorded yet"),
            self.tr("What happened to this child stands here in one stream: visits, meetings, notes, and all else."),
        )
        self.none_fits = empty_room(
            self.tr("No entry fits"), self.tr("Take a filter away, or choose “Show everything”.")
        )
        self._blank = QWidget()
        for room in (self._blank, self.empty, self.none_fits, self.split):
            self.rooms.addWidget(room)
        # Where little room is left, as with large text, the whole tab scrolls and the list keeps a fair height.
        self.rooms.setMinimumHeight(style.space(50))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        ground = QWidget()
        layout = QVBoxLayout(ground)
        margin = style.space(3)
        layout.setContentsMargins(margin, style.space(1.5), margin, style.space(1.5))
        layout.setSpacing(style.space(1))
        layout.addWidget(self.filters)
        layout.addWidget(self.notice)
        layout.addWidget(self.strip)
        layout.addWidget(self.rooms, 1)
        layout.addWidget(self.quick)
        layout.addWidget(self.learned)
        layout.addLayout(self.learned.place)
        self.setWidget(ground)
        self.strip.hide()

    def _connect(self) -> None:
        self.add_button.clicked.connect(lambda _=False: self.choose_kind())
        self.curate_action.triggered.connect(lambda _=False: self.curate())
        self.import_action.triggered.connect(lambda _=False: self.take_in_chronology())
        self.filters.changed.connect(self._ask)
        self.strip.entry_wanted.connect(self._go_to)
        self.list.entry_chosen.connect(self._read)
        self.list.activated.connect(lambda _: self.pane.setFocus(Qt.FocusReason.OtherFocusReason))
        self.pane.closed.connect(self.list.setFocus)
        self.quick.added.connect(self._want)
        self.quick.more_wanted.connect(self._write_more)
        self._model.shown.connect(self._show)
        self._model.failed.connect(self.notice.show_error)
        self._workspace.changed.connect(self._note_change)
        for keys, run in (("Ctrl+N", self.choose_kind), ("Ctrl+Shift+N", self.quick.start), ("Ctrl+F", self._find)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(run)

    def say(self, shown: "Shown") -> None:
        """Show a child; the entries are read once the tab is looked at."""
        other = self._shown is None or self._shown.child.id != shown.child.id
        self._shown = shown
        if other:
            self.filters.clear()
            self.notice.clear()
            self.rooms.setCurrentWidget(self._blank)
        may = self._workspace.session.user.may(Duty.WORK_CASES)
        self.add_button.setVisible(may)
        for action in (self.curate_action, self.import_action):
            action.setEnabled(may)
        self.quick.setVisible(may)
        if may:
            self.quick.begin(shown.child.id)
        self._stale = True
        if self.isVisible():
            self._ask()

    def forget(self) -> None:
        """Let go of the child."""
        self._shown, self._stale, self._wanted = None, False, ""
        self._model.clear()
        self.strip.show_outline(None, date.min)
        self.pane.forget()
        self.quick.forget()
        self.filters.clear()
        self.notice.clear()
        self.rooms.setCurrentWidget(self._blank)

    def choose_kind(self) -> None:
        """Ask what sort of entry is to be added, and open its form."""
        from gcp2_app.services import entries
        from gcp2_app.ui.entry.chooser import KindChooser

        if self._shown is None or self.add_button.isHidden():
            return
        try:
            kinds = entries.kinds()
        except AppError as error:
            self.notice.show_error(error)
            return
        chooser = KindChooser(self, self._workspace, kinds.values(), self._held())
        chooser.chosen.connect(self._add)
        chooser.open()

    def curate(self) -> None:
        """Open the chronologies that are curated and frozen for this child."""
        from gcp2_app.ui.timeline.curate_dialog import CurateDialog

        if self._shown is not None:
            CurateDialog(self, self._workspace, self._shown).open()

    def take_in_chronology(self) -> None:
        """Open the steps that take another agency's chronology in."""
        from gcp2_app.ui.timeline.import_dialog import ImportDialog

        if self._shown is not None:
            ImportDialog(self, self._workspace, self._shown).open()

    def add_kind(self, code: str, type_: str = "") -> None:
        """Open the form of a new entry of a kind.

        Args:
            code: of the kind.
            type_: an option that is chosen to begin with, such as which meeting it is; or empty.
        """
        from gcp2_app.services import entries

        held = self._held().get(code)
        if held is not None:
            # Asked for from another tab, where no notice of this one is seen.
            messages.show_note(self, held)
            return
        kind = entries.kinds()[code]
        asks = (item.name for item in kind.items if any(option.code == type_ for option in item.options))
        self._add(kind, {f"{DATA}{next(asks)}": type_} if type_ else None)

    def _held(self) -> dict[str, str]:
        """Return why kinds of entry cannot be added in this store, by their codes."""
        if self._shown is None or self._shown.medicines_on:
            return {}
        why = self.tr(
            "The medicine card and teach-back are off in this store. An administrator turns them on in Settings, under "
            "“Medicines”."
        )
        return dict.fromkeys(MEDICINE_KINDS, why)

    def show_entry(self, entry_id: str) -> None:
        """Have an entry chosen, whatever the filters left out."""
        self.filters.clear()
        self._wanted = entry_id
        self._ask()

    def _add(self, kind: EntryKind, begin: dict[str, object] | None = None) -> None:
        from gcp2_app.ui.entry.dialog import add_entry

        if self._shown is not None:
            add_entry(self, self._workspace, self._shown, kind, begin=begin, then=self._want)

    def _write_more(self, begin: dict[str, object]) -> None:
        from gcp2_app.services import entries

        def kept(entry: Entry) -> None:
            self.quick.clear()
            self._want(entry)

        from gcp2_app.ui.entry.dialog import add_entry

        if self._shown is not None:
            add_entry(self, self._workspace, self._shown, entries.kinds()[KIND], begin=begin, then=kept)

    def _want(self, entry: Entry) -> None:
        """Have an entry chosen once the list shows it."""
        self._wanted = entry.id

    def _ask(self) -> None:
        if self._shown is None or not self._workspace.is_unlocked:
            return
        self._stale = False
        self._model.ask(self.filters.query(self._shown.child.id), self._shown.why)

    def _note_change(self, kind: str, _id: str) -> None:
        """Read the entries again at once; the rest of the child's page takes longer."""
        if kind == "entry" and self.isVisible():
            self._ask()

    def _show(self, outline: "Outline") -> None:
        if self._shown is None:
            self._model.clear()
            return
        self.notice.clear()
        filters = self.filters.query(self._shown.child.id).filters
        self.filters.offer(self._model.kinds.values())
        self.filters.say(sum(not place.in_error for place in outline.places), outline.total, filters=filters)
        self.strip.show_outline(outline, self._shown.today)
        if not outline.places:
            self.rooms.setCurrentWidget(self.none_fits if filters else self.empty)
            self.pane.forget()
            return
        self.rooms.setCurrentWidget(self.split)
        wanted, self._wanted = self._wanted or self.pane.entry_id, ""
        if not (wanted and self.list.go_to_entry(wanted)):
            self.list.go_to(0)

    def _read(self, entry_id: str) -> None:
        self.pane.show_entry(entry_id, self._shown)

    def _go_to(self, entry_id: str) -> None:
        self.list.go_to_entry(entry_id, at_top=True)

    def _find(self) -> None:
        self.filters.text.setFocus()
        self.filters.text.selectAll()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._ask()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() > style.space(150)
        way = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if self.split.orientation() is not way or not event.oldSize().isValid():
            self.split.setOrientation(way)
            self.split.setSizes([60, 40])
