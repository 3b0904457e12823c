"""The draft of a curated chronology: which entries are in it, what each means, and what all of it means."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QScrollArea, QSplitter, QVBoxLayout, QWidget

from gcp2_app.domain.chronologies import ChronologyStyle, Pick, Why
from gcp2_app.errors import AppError
from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.field import Field
from gcp2_app.ui.latest import Latest
from gcp2_app.ui.timeline import words
from gcp2_app.ui.timeline.curate_table import PickModel, PickTable
from gcp2_app.ui.timeline.curate_words import because, tick, tr
from gcp2_app.ui.timeline.filters import Filters
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.domain.chronologies import Chronology
    from gcp2_app.domain.entries import Entry
    from gcp2_app.services.chronologies import Desk
    from gcp2_app.services.stream import Outline
    from gcp2_app.ui.child.shown import Shown


class DraftPage(QScrollArea):
    """Picks entries and takes the analysis.

    Attributes:
        filters, table: find and pick entries.
        pick_all_button, pick_none_button: for those that are shown.
        analysis, whole: of the current entry, and of all.
        ticks: what can be shown of the current entry in spite of the style.
        show_whole: shows the family the analysis of the whole.
        changed: emitted after a pause of the fingers, when the draft is another.
        failed: emitted with an AppError.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, workspace: Workspace, shown: "Shown", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._shown = workspace, shown
        self._latest = Latest(workspace.tasks, self)
        self._desk: Desk | None = None
        self._texts: dict[str, str] = {}
        self._ticked: dict[str, frozenset[Why]] = {}
        self._current = ""
        self._filling = False
        self.model = PickModel(self)
        self.table = PickTable(self.model)
        self.filters = Filters()
        self.pick_all_button = style.button(tr("Tick all shown"))
        self.pick_none_button = style.button(tr("Untick all shown"))
        self.analysis = QPlainTextEdit()
        self.whole = QPlainTextEdit()
        self.show_whole = QCheckBox(tr("Show it to the family"))
        self.ticks: dict[Why, QCheckBox] = {}
        self._count = style.label("", "quiet", wrap=False)
        self._head = style.heading("", 3)
        self._source = style.label("", "quiet")
        self._entry = style.label()
        self._out = style.label("", "error")
        self._tick_room = QVBoxLayout()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(400)
        self._pause.timeout.connect(self.changed)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        for button in (self.pick_all_button, self.pick_none_button):
            button.setAutoDefault(False)
        self.table.setMinimumHeight(style.space(40))
        left = QWidget()
        lines = QVBoxLayout(left)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(style.space(1))
        lines.addWidget(self.table, 1)
        lines.addLayout(style.row(self.pick_all_button, self.pick_none_button, self._count))
        right = QWidget()
        right.setMinimumWidth(style.space(60))
        beside = QVBoxLayout(right)
        beside.setContentsMargins(style.space(1), 0, 0, 0)
        beside.setSpacing(style.space(1.5))
        self.analysis.setTabChangesFocus(True)
        self.analysis.setMinimumHeight(4 * self.fontMetrics().lineSpacing())
        self._analysis = Field(tr("Analysis of this entry"), self.analysis)
        for label in (self._head, self._source, self._entry, self._out):
            beside.addWidget(label)
        beside.addLayout(self._tick_room)
        beside.addWidget(self._analysis)
        beside.addStretch(1)
        self.split = QSplitter()
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(max(6, style.space(1)))
        for side, stretch in ((left, 3), (right, 2)):
            self.split.addWidget(side)
            self.split.setStretchFactor(self.split.indexOf(side), stretch)
        self.whole.setTabChangesFocus(True)
        self.whole.setFixedHeight(4 * self.fontMetrics().lineSpacing() + style.space(2))
        ground = QWidget()
        layout = QVBoxLayout(ground)
        margin = style.space(3)
        layout.setContentsMargins(margin, style.space(1.5), margin, style.space(1.5))
        layout.setSpacing(style.space(1.5))
        layout.addWidget(self.filters)
        layout.addWidget(self.split, 1)
        layout.addWidget(Field(tr("Analysis of the whole: what it means for the child over time"), self.whole))
        layout.addWidget(self.show_whole)
        self.setWidget(ground)
        self._out.hide()

    def _connect(self) -> None:
        self.filters.changed.connect(self._filter)
        self.pick_all_button.clicked.connect(lambda _=False: self.model.pick_all(wanted=True))
        self.pick_none_button.clicked.connect(lambda _=False: self.model.pick_all(wanted=False))
        self.model.picked_changed.connect(lambda _: self._note())
        self.model.modelReset.connect(self._begin)
        self.table.selectionModel().currentRowChanged.connect(lambda now, _before: self._read(now.row()))
        self.analysis.textChanged.connect(self._take_analysis)
        self.whole.textChanged.connect(self._note)
        self.show_whole.toggled.connect(lambda _: self._note())

    def show_desk(self, desk: "Desk") -> None:
        """Show a draft and what it can be made from."""
        self._pause.stop()
        self._desk, self._filling = desk, True
        self._texts = {pick.entry: pick.analysis for pick in desk.draft.picks}
        self._ticked = {pick.entry: frozenset(pick.shown) for pick in desk.draft.picks}
        self.whole.setPlainText(desk.draft.analysis)
        self.show_whole.setChecked(Why.ANALYSIS in desk.draft.shown)
        self.show_whole.setVisible(desk.draft.style is ChronologyStyle.FAMILY)
        self.filters.clear()
        self.filters.offer(desk.kinds.values())
        self.model.show_entries(desk.entries, desk.kinds, {pick.entry for pick in desk.draft.picks})
        self._filling = False
        self._say_count()
        self._pause.stop()

    def draft(self) -> "Chronology | None":
        """Return the draft as it is now, or None where none is shown."""
        if self._desk is None:
            return None
        before = self._desk.draft
        known = {entry.id for entry in self._desk.entries}
        # In time, and what cannot be seen here as it was.
        ids = [entry.id for entry in self._desk.entries if entry.id in self.model.picked]
        ids += [pick.entry for pick in before.picks if pick.entry not in known]
        picks = tuple(
            Pick(entry=id_, analysis=self._texts.get(id_, ""), shown=tuple(sorted(self._ticked.get(id_, ()))))
            for id_ in ids
        )
        shown = (Why.ANALYSIS,) if self.show_whole.isChecked() else ()
        return replace(before, picks=picks, analysis=self.whole.toPlainText(), shown=shown)

    @property
    def waits(self) -> bool:
        """Whether something was changed and not told yet."""
        return self._pause.isActive()

    def settle(self) -> None:
        """Tell nobody any more of what was changed so far: it is kept by whoever asked."""
        self._pause.stop()

    def _note(self) -> None:
        if not self._filling:
            self._say_count()
            self._pause.start()
            self._say_out()

    def _say_count(self) -> None:
        self._count.setText(tr("%n entry picked|%n entries picked", len(self.model.picked)))

    def _begin(self) -> None:
        self._current = ""
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._read(0)

    def _read(self, number: int) -> None:
        entry, desk = self.model.entry(number), self._desk
        before, self._filling = self._filling, True
        self._current = entry.id if entry is not None else ""
        self._analysis.setEnabled(entry is not None)
        self.analysis.setPlainText(self._texts.get(self._current, ""))
        if entry is None or desk is None:
            self._head.setText(tr("No entry fits") if desk is not None else "")
            self._source.clear()
            self._entry.clear()
        else:
            self._head.setText(f"{words.when(entry)}: {words.title(entry, desk.kinds)}")
            self._source.setText(words.source(entry))
            self._entry.setText(entry.what or words.says(entry))
        self._make_ticks()
        self._filling = before
        self._say_out()

    def _make_ticks(self) -> None:
        """Offer what the style leaves out of the current entry."""
        from gcp2_app.services.chronologies import offers

        while (item := self._tick_room.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.ticks = {}
        entry, desk = self._entry_now(), self._desk
        if entry is None or desk is None:
            return
        pick = Pick(entry=entry.id, analysis=self._texts.get(entry.id, ""))
        for why in offers(entry, pick, desk.draft.style):
            box = QCheckBox(tick(why))
            box.setChecked(why in self._ticked.get(entry.id, frozenset()))
            box.toggled.connect(partial(self._tick, why))
            self._tick_room.addWidget(box)
            self.ticks[why] = box

    def _tick(self, why: Why, on: bool) -> None:
        ticked = self._ticked.get(self._current, frozenset())
        self._ticked[self._current] = ticked | {why} if on else ticked - {why}
        self._note()

    def _say_out(self) -> None:
        """Say where the current entry is picked and stays out all the same."""
        from gcp2_app.services.chronologies import reasons

        entry, desk = self._entry_now(), self._desk
        text = ""
        if entry is not None and desk is not None and entry.id in self.model.picked:
            ticked = self._ticked.get(entry.id, frozenset()) & set(self.ticks)
            whole = [why for why in reasons(entry, desk.draft.style) if why not in ticked]
            text = tr("Left out of this chronology: {why}.").format(why=because(whole[0])) if whole else ""
        self._out.setText(text)
        self._out.setVisible(bool(text))

    def _take_analysis(self) -> None:
        if self._filling or not self._current:
            return
        before = bool(self._texts.get(self._current, "").strip())
        self._texts[self._current] = self.analysis.toPlainText()
        if self._texts[self._current].strip() and self._current not in self.model.picked:
            # Whoever analyses an entry wants it in.
            self.model.pick(self.table.currentIndex().row())
        if bool(self._texts[self._current].strip()) is not before:
            self._make_ticks()
        self._note()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() > style.space(150)
        way = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if self.split.orientation() is not way or not event.oldSize().isValid():
            self.split.setOrientation(way)
            self.split.setSizes([60, 40])

    def _entry_now(self) -> "Entry | None":
        return self.model.entry(self.table.currentIndex().row()) if self._current else None

    def _filter(self) -> None:
        from gcp2_app.services import stream

        session, why = self._workspace.session, self._shown.why
        query = self.filters.query(self._shown.child.id)
        if not query.filters:
            self._show_found(None)
            return

        def work() -> "Outline | AppError":
            try:
                return stream.outline(session, query, why=why)
            except AppError as error:
                return error

        self._latest.ask(work, self._show_found)

    def _show_found(self, found: "Outline | AppError | None") -> None:
        if isinstance(found, AppError):
            self.failed.emit(found)
            return
        total = len(self._desk.entries) if self._desk is not None else 0
        self.model.show_only(None if found is None else {place.id for place in found.places})
        self.filters.say(self.model.rowCount(), total, filters=found is not None)
