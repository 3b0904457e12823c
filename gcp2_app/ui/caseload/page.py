"""The caseload's screen: find a child as you type, see where each stands, open one, add one."""

from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from gcp2_app.domain.users import Duty
from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.caseload.columns import Column
from gcp2_app.ui.caseload.model import CaseloadModel
from gcp2_app.ui.caseload.nothing import Nothing
from gcp2_app.ui.caseload.table import CaseloadTable
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.workspace import Workspace


@dataclass(frozen=True, slots=True)
class _Sorting:
    text: str
    column: Column
    descending: bool = False


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("caseload", text)


@cache
def _sortings() -> tuple[_Sorting, ...]:
    return (
        _Sorting(tr("Name, A to Z"), Column.NAME),
        _Sorting(tr("Name, Z to A"), Column.NAME, descending=True),
        _Sorting(tr("Youngest first"), Column.AGE),
        _Sorting(tr("Oldest first"), Column.AGE, descending=True),
        _Sorting(tr("Status, highest first"), Column.STATUS, descending=True),
        _Sorting(tr("Status, lowest first"), Column.STATUS),
        _Sorting(tr("Assessed longest ago first"), Column.ASSESSED),
        _Sorting(tr("Assessed latest first"), Column.ASSESSED, descending=True),
        _Sorting(tr("Last entry longest ago first"), Column.LAST_ENTRY),
        _Sorting(tr("Last entry latest first"), Column.LAST_ENTRY, descending=True),
        _Sorting(tr("Next review soonest first"), Column.DUE),
        _Sorting(tr("Next review latest first"), Column.DUE, descending=True),
    )


class CaseloadPage(QWidget):
    """Every child of this user's caseload."""

    #: Emitted with the number of children shown, once the answer to a filter is on screen.
    shown = Signal(int)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._stale = True
        self._may_add = False
        self._current = ""
        self._model = CaseloadModel(workspace, self)
        self._count = style.label("", "quiet", wrap=False)
        self._new = style.button(self.tr("New child"), "primary")
        self.take_in = style.button(self.tr("Take in a colleague’s file…"))
        self.filter = QLineEdit()
        self.sorting = QComboBox()
        self.table = CaseloadTable(self._model)
        self.nothing = Nothing(workspace)
        self._rooms = QStackedWidget()
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Ask the store again; the current child stays the current one."""
        if not self._workspace.is_unlocked:
            return
        session = self._workspace.session
        self._may_add = session.user.may(Duty.WORK_CASES)
        self.take_in.setVisible(self._may_add)
        if not session.user.may(Duty.READ_CASES):
            self.nothing.say_not_allowed()
            self._rooms.setCurrentWidget(self.nothing)
            return
        self._stale = False
        # A row that was gone to before it was fetched is known by now.
        self._remember(self.table.currentIndex().row())
        sorting = _sortings()[self.sorting.currentIndex()]
        self._model.ask(self.filter.text(), sorting.column, descending=sorting.descending)

    def _lay_out(self) -> None:
        self.filter.setPlaceholderText(self.tr("Name, other name, number or postcode"))
        self.filter.setAccessibleName(self.tr("Find a child"))
        self.filter.setAccessibleDescription(self.tr("Filters the list as you type. Down arrow goes to the list."))
        self.filter.setClearButtonEnabled(True)
        self.filter.setMinimumWidth(style.space(62))
        self.sorting.setAccessibleName(self.tr("Sort by"))
        for sorting in _sortings():
            self.sorting.addItem(sorting.text)
        find, sort = style.label(self.tr("&Find a child"), wrap=False), style.label(self.tr("&Sort by"), wrap=False)
        find.setBuddy(self.filter)
        sort.setBuddy(self.sorting)
        self._new.setToolTip(self.tr("Add a child to your caseload (Ctrl+N)"))
        bar = Flow()
        bar.setSpacing(style.space(1.5))
        bar.addWidget(style.heading(self.tr("Caseload")))
        bar.addWidget(self._count)
        bar.push()
        bar.addWidget(self.take_in)
        bar.addWidget(self._new)
        tools = Flow()
        tools.setSpacing(style.space(1.5))
        self._tools = (find, self.filter, sort, self.sorting)
        for tool in self._tools:
            if isinstance(tool, (QLineEdit, QComboBox)):
                tools.keep_together()
            tools.addWidget(tool)
        self._rooms.addWidget(self.table)
        self._rooms.addWidget(self.nothing)
        layout = QVBoxLayout(self)
        margin = style.space(3)
        layout.setContentsMargins(margin, style.space(2), margin, style.space(2))
        layout.setSpacing(style.space(1.5))
        layout.addLayout(bar)
        layout.addLayout(tools)
        layout.addWidget(self._rooms, 1)
        self.setFocusProxy(self.filter)
        # The page begins in the filter, so what is added stands after it.
        for before, after in ((self.filter, self.sorting), (self.sorting, self._new), (self._new, self.table)):
            self.setTabOrder(before, after)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self.refresh)
        self.filter.installEventFilter(self)
        self.sorting.currentIndexChanged.connect(self._sorting_chosen)
        self.table.sort_wanted.connect(self._header_clicked)
        self.table.chosen.connect(self._open)
        self.table.typed.connect(self._type)
        self.table.selectionModel().currentRowChanged.connect(lambda now, _: self._remember(now.row()))
        self._model.shown.connect(self._show)
        self._new.clicked.connect(self._add)
        self.take_in.clicked.connect(self._take_in)
        self.nothing.new_child_wanted.connect(self._add)
        self.nothing.clear_wanted.connect(self._clear_filter)
        for keys, action in (
            (QKeySequence(QKeySequence.StandardKey.Find), self._focus_filter),
            (QKeySequence(QKeySequence.StandardKey.New), self._add),
        ):
            shortcut = QShortcut(keys, self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)
        self._workspace.unlocked.connect(self._begin)
        self._workspace.locking.connect(self._end)
        self._workspace.changed.connect(self._changed)
        self._workspace.alerts_asked.connect(self._alerts_asked)

    def _begin(self) -> None:
        self._stale = True
        if self.isVisible():
            self.refresh()

    def _end(self) -> None:
        self._current = ""
        self._model.clear()
        self.filter.blockSignals(True)
        self.filter.clear()
        self.filter.blockSignals(False)
        self._count.clear()
        self._stale = True

    def _take_in(self) -> None:
        from gcp2_app.ui.child.exchange import ExchangeDialog

        ExchangeDialog(self, self._workspace, None).open()

    def _alerts_asked(self) -> None:
        self._changed("alerts", "")

    def _changed(self, _kind: str, _id: str) -> None:
        self._stale = True
        if self.isVisible():
            self.refresh()

    def _show(self, total: int) -> None:
        text = self.filter.text().strip()
        searching = bool(text)
        for tool in self._tools:
            tool.setVisible(bool(total) or searching)
        self._new.setVisible(self._may_add and (bool(total) or searching))
        if total:
            self._rooms.setCurrentWidget(self.table)
            number = self._model.number_of(self._current) if self._current else None
            if number is not None and number != self.table.currentIndex().row():
                self.table.go_to(number)
        else:
            self.nothing.say(text)
            self._rooms.setCurrentWidget(self.nothing)
        self._count.setText(self._counted(total, filtered=searching) if total else "")
        self.shown.emit(total)

    def _counted(self, total: int, *, filtered: bool) -> str:
        if total == 1:
            return self.tr("1 child found") if filtered else self.tr("1 child")
        number = self.locale().toString(total)
        text = self.tr("{number} children found") if filtered else self.tr("{number} children")
        return text.format(number=number)

    def _remember(self, number: int) -> None:
        if number >= 0:
            row = self._model.row(number)
            self._current = row.id if row is not None else ""

    def _open(self, number: int) -> None:
        row = self._model.row(number)
        if row is not None:
            self._current = row.id
            self._workspace.child_wanted.emit(row.id)

    def _sorting_chosen(self, chosen: int) -> None:
        sorting = _sortings()[chosen]
        self.table.show_sorting(sorting.column, descending=sorting.descending)
        self.refresh()

    def _header_clicked(self, column: Column, descending: bool) -> None:
        for number, sorting in enumerate(_sortings()):
            if (sorting.column, sorting.descending) == (column, descending):
                self.sorting.setCurrentIndex(number)

    def _type(self, text: str) -> None:
        self._focus_filter()
        self.filter.insert(text)

    def _focus_filter(self) -> None:
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _clear_filter(self) -> None:
        self.filter.clear()
        self._focus_filter()

    def _add(self) -> None:
        if not self._may_add:
            return
        from gcp2_app.ui.child.new_child import add_child

        add_child(self, self._workspace, name=self.filter.text().strip())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.filter and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            rows = self._model.rowCount()
            current = max(self.table.currentIndex().row(), 0)
            if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_PageDown} and rows:
                self.table.setFocus(Qt.FocusReason.TabFocusReason)
                self.table.go_to(current)
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and rows:
                self._open(current)
                return True
            if event.key() == Qt.Key.Key_Escape and self.filter.text():
                self.filter.clear()
                return True
        return super().eventFilter(watched, event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()
