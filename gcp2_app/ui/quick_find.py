"""Ctrl+K: find a child or a screen by part of its name, or an entry by its words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from gcp2_app.domain.users import Duty
from gcp2_app.overriding import override
from gcp2_app.ui import style, words
from gcp2_app.ui.latest import Latest
from gcp2_app.ui.place import Place, Screen
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.domain.child_merges import ChildMerge
    from gcp2_app.services.caseload import CaseloadPage
    from gcp2_app.services.finding import Found

MOST_SHOWN = 12
MOST_ENTRIES = 8
_PLACE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be done from where the person is.

    Attributes:
        text: what it is called; ``names``: what else people look for it under.
    """

    text: str
    names: tuple[str, ...]
    run: Callable[[], object]


class QuickFind(QDialog):
    """A line to type in and what was found below it; arrows choose, Return opens.

    Args:
        screens: names of the screens that can be gone to, with their places.
        actions: what can be done from where the person is.

    Attributes:
        place_wanted: emitted with the place chosen.
    """

    place_wanted = Signal(object)

    def __init__(
        self,
        workspace: Workspace,
        screens: Sequence[tuple[str, Place]],
        parent: QWidget,
        actions: Sequence["Action"] = (),
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Find"))
        self._workspace = workspace
        self._screens, self._actions = tuple(screens), tuple(actions)
        self._latest = Latest(workspace.tasks, self)
        self.line = QLineEdit()
        self.line.setPlaceholderText(self.tr("A child’s name, a screen, or words of an entry"))
        self.line.setAccessibleName(self.tr("Find a child, a screen or an entry"))
        self.line.setClearButtonEnabled(True)
        self.found = QListWidget()
        self.found.setAccessibleName(self.tr("Found"))
        self.found.setProperty("role", "choices")
        self.found.setWordWrap(True)
        self.found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._none = style.label("", "quiet")
        layout = QVBoxLayout(self)
        margin = style.space(2)
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(style.space(1))
        layout.addWidget(self.line)
        layout.addWidget(self.found)
        layout.addWidget(self._none)
        self.resize(min(style.space(130), parent.width() * 9 // 10), style.space(70))
        self.line.textChanged.connect(self._search)
        self.found.itemActivated.connect(self._choose)
        self.found.itemClicked.connect(self._choose)
        self._search("")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        step = keys.get(Qt.Key(event.key()))
        if step is not None and self.found.count():
            self.found.setCurrentRow(max(0, min(self.found.count() - 1, self.found.currentRow() + step)))
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            item = self.found.currentItem()
            if item is not None:
                self._choose(item)
        else:
            super().keyPressEvent(event)

    def _search(self, text: str) -> None:
        wanted = text.strip()
        session = self._workspace.session
        if not session.user.may(Duty.READ_CASES):
            self._show(wanted, None)
            return

        def work() -> "tuple[CaseloadPage, tuple[Found, ...], ChildMerge | None]":
            from gcp2_app.services import caseload, child_merges, finding

            page = caseload.page(session, caseload.CaseloadQuery(text=wanted, limit=MOST_SHOWN))
            entries = finding.entries(session, wanted, limit=MOST_ENTRIES) if wanted else ()
            return page, entries, child_merges.of_id(session, wanted) if wanted else None

        self._latest.ask(work, lambda found: self._show(wanted, *found))

    def _show(
        self,
        wanted: str,
        page: "CaseloadPage | None",
        entries: "tuple[Found, ...]" = (),
        merge: "ChildMerge | None" = None,
    ) -> None:
        self.found.clear()
        for name, place in self._screens:
            if wanted and wanted.casefold() in name.casefold():
                self._add(self.tr("Go to {screen}").format(screen=name), place)
        for action in self._actions:
            if wanted and any(wanted.casefold() in name.casefold() for name in (action.text, *action.names)):
                self._add(action.text, action)
        today = self._workspace.session.today()
        for row in page.rows if page is not None else ():
            age = words.age(row.born, today, expected=row.unborn)
            name = f"{row.given_names} {row.family_name}".strip() or (
                self.tr("Unborn child") if row.unborn else self.tr("Name not known")
            )
            self._add(f"{name}, {age}", Place(Screen.CHILD, row.id))
        for entry in entries:
            self._add_entry(entry)
        if self.found.count():
            self.found.setCurrentRow(0)
        self._say_what_else(page, entries, merge)

    def _say_what_else(
        self, page: "CaseloadPage | None", entries: "tuple[Found, ...]", merge: "ChildMerge | None"
    ) -> None:
        more = (page.total if page is not None else 0) - MOST_SHOWN
        self._none.setText(self._say_below(more, len(entries), merge))

    def _say_below(self, more: int, entries: int, merge: "ChildMerge | None") -> str:
        """Return what is said below what was found."""
        if merge is not None:
            merged = self.tr("The record {id} was merged into this one on {day}: they are of the same child.")
            return merged.format(id=merge.absorbed.id, day=words.day(merge.on))
        if more > 0:
            return self.tr("{count} more children. Type more of the name.").format(count=more)
        if not self.found.count():
            return self.tr("Nothing found on your caseload.")
        newest = self.tr("The entries written down last are shown. Type more words to find others.")
        return newest if entries == MOST_ENTRIES else ""

    def _add_entry(self, found: "Found") -> None:
        from gcp2_app.domain.typed_dates import when_words

        child = " ".join(filter(None, (found.child.given_names, found.child.family_name))) or self.tr("Unborn child")
        when = when_words(found.when) if found.when is not None else self.tr("date not known")
        text = self.tr("{child}: {kind}, {when}").format(child=child, kind=found.kind, when=when)
        if found.excerpt:
            text = f"{text}\n{found.excerpt}"
        self._add(text, Action(text, (), lambda: self._open(found.child.id, found.entry)))

    def _open(self, child: str, entry: str) -> None:
        self.place_wanted.emit(Place(Screen.CHILD, child))
        self._workspace.entry_shown_wanted.emit(child, entry)

    def _add(self, text: str, place: "Place | Action") -> None:
        item = QListWidgetItem(text, self.found)
        item.setData(_PLACE, place)

    def _choose(self, item: QListWidgetItem) -> None:
        place = item.data(_PLACE)
        self.accept()
        if isinstance(place, Action):
            place.run()
        else:
            self.place_wanted.emit(place)
