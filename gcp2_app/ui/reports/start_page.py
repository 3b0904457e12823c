"""The *Reports* place: a child is found by part of their name; then what can be made of them, and of the store."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from gcp2_app.errors import AppError
from gcp2_app.overriding import override
from gcp2_app.ui import style, words
from gcp2_app.ui.child.tiles import Columns
from gcp2_app.ui.column import Column
from gcp2_app.ui.field import Field
from gcp2_app.ui.latest import Latest
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.reports.directory import group_cards
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.caseload import CaseloadPage
    from gcp2_app.services.documents.offers import Offers

_MOST_SHOWN = 40
_LIST_STEPS = 56
_COLUMN_STEPS = 64
_CHILD = Qt.ItemDataRole.UserRole


class ReportsPage(QWidget):
    """Children at the left, documents beside them.

    Attributes:
        line: part of a name.
        found: the children found; Return or a click chooses one.
        notice: says what went wrong.
    """

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._latest = Latest(workspace.tasks, self)
        self._child = ""
        self._asked = 0
        self._body: QWidget | None = None
        self.line = QLineEdit()
        self.line.setClearButtonEnabled(True)
        self.found = QListWidget()
        self.found.setAccessibleName(self.tr("Children"))
        self.found.setProperty("role", "choices")
        self.found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.found.setWordWrap(True)
        self._more = style.label("", "quiet")
        self.notice = Notice()
        self._title = style.heading("")
        left = QWidget()
        left.setFixedWidth(style.space(_LIST_STEPS))
        down = QVBoxLayout(left)
        down.setContentsMargins(style.space(3), style.space(2), 0, style.space(3))
        down.setSpacing(style.space(2))
        down.addWidget(style.heading(self.tr("Reports"), 2))
        down.addWidget(Field(self.tr("Which child?"), self.line, self.tr("Part of the name")))
        down.addWidget(self.found, 1)
        down.addWidget(self._more)
        self._column = Column(160, centred=False)
        self._column.body.addWidget(self._title)
        self._column.body.addWidget(self.notice)
        self._column.body.addStretch(1)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(left)
        across.addWidget(self._column, 1)
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self._search)
        self.line.returnPressed.connect(self._choose_current)
        self.found.itemActivated.connect(self._choose)
        self.found.itemClicked.connect(self._choose)
        workspace.changed.connect(self._note_change)
        workspace.locking.connect(self._forget)

    def show_child(self, child_id: str) -> None:
        """Show what can be made of a child; of nobody, what was shown last, or what can be made of the whole store."""
        self._child = child_id or self._child
        if self._body is None:
            self._title.setText(self.tr("One moment…"))
        self._search(self.line.text())
        self._read()

    def _search(self, text: str) -> None:
        session, wanted = self._workspace.session, text.strip()

        def work() -> "CaseloadPage":
            from gcp2_app.services import caseload

            return caseload.page(session, caseload.CaseloadQuery(text=wanted, limit=_MOST_SHOWN))

        self._latest.ask(work, self._list)

    def _list(self, page: "CaseloadPage") -> None:
        self.found.clear()
        today = self._workspace.session.today()
        for row in page.rows:
            name = f"{row.given_names} {row.family_name}".strip() or (
                self.tr("Unborn child") if row.unborn else self.tr("Name not known")
            )
            item = QListWidgetItem(f"{name}, {words.age(row.born, today, expected=row.unborn)}", self.found)
            item.setData(_CHILD, row.id)
            if row.id == self._child:
                self.found.setCurrentItem(item)
        if self.found.count() and self.found.currentRow() < 0:
            self.found.setCurrentRow(0)
        more = page.total - self.found.count()
        if more > 0:
            self._more.setText(self.tr("{count} more. Type more of the name.").format(count=more))
        else:
            self._more.setText("" if self.found.count() else self.tr("Nobody found on your caseload."))

    def _choose_current(self) -> None:
        item = self.found.currentItem()
        if item is not None:
            self._choose(item)

    def _choose(self, item: QListWidgetItem) -> None:
        self._child = item.data(_CHILD)
        self._read()

    def _read(self) -> None:
        self._asked += 1
        asked, session, child = self._asked, self._workspace.session, self._child
        why = self._workspace.reasons.get(child, "")

        def work() -> "tuple[Offers | None, Offers]":
            # What writes documents takes long to load, and no screen waits for it.
            from gcp2_app.services.documents import offers

            return (offers.of_child(session, child, why=why) if child else None), offers.of_store(session)

        self._workspace.tasks.run(
            self,
            work,
            lambda found: self._show(asked, *found),
            lambda error: self._fail(asked, error),
        )

    def _show(self, asked: int, child: "Offers | None", store: "Offers") -> None:
        if asked != self._asked:
            return
        self._clear()
        self._title.setText(child.label if child is not None else self.tr("Choose a child at the left"))
        cards = [
            *(group_cards(child.every, self._make) if child is not None else ()),
            *group_cards(store.every, self._make_of_store),
        ]
        # The longest lists stand first: they go left.
        self._body = Columns(cards[:2], cards[2:], _COLUMN_STEPS)
        self._column.body.insertWidget(2, self._body)
        self._body.show()

    def _fail(self, asked: int, error: AppError) -> None:
        from gcp2_app.services.register import ReasonNeeded

        if asked != self._asked:
            return
        self._clear()
        self._title.clear()
        if isinstance(error, ReasonNeeded):
            # Its own page asks why, and leads to the same documents.
            self._workspace.child_wanted.emit(self._child)
            self._child = ""
        else:
            self.notice.show_error(error)

    def _make(self, kind: str, meeting: str) -> None:
        self._workspace.report_wanted.emit(self._child, kind, meeting)

    def _make_of_store(self, kind: str, _meeting: str) -> None:
        self._workspace.report_wanted.emit("", kind, "")

    def _note_change(self, _kind: str, _id: str) -> None:
        if self.isVisible():
            self._read()

    def _clear(self) -> None:
        self.notice.clear()
        if self._body is not None:
            self._body.hide()
            self._body.setParent(None)
            self._body.deleteLater()
            self._body = None

    def _forget(self) -> None:
        self._asked += 1
        self._child = ""
        self._latest.forget()
        self.line.blockSignals(True)
        self.line.clear()
        self.line.blockSignals(False)
        self.found.clear()
        self._title.clear()
        self._clear()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None and self.line.hasFocus() and self.found.count():
            self.found.setCurrentRow(max(0, min(self.found.count() - 1, self.found.currentRow() + step)))
        else:
            super().keyPressEvent(event)
