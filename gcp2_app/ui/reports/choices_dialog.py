"""What stands in a copy, thing by thing: what was left out and may be put in, and what is to be taken out besides."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.column import Column
from gcp2_app.ui.reports.loss_list import why_words
from gcp2_app.ui.reports.words import tr
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.documents.choosing import Choice

_ID = Qt.ItemDataRole.UserRole
_LEAST_ROWS = 4
#: Sections named of one entry before the rest is counted.
_MOST_SECTIONS = 3


class ChoicesDialog(QDialog):
    """Two lists to tick in.

    Attributes:
        left_out, standing: the lists.
        use_button: takes what is ticked.
        chosen: emitted with the ids put in and the ids taken out.
    """

    chosen = Signal(object, object)

    def __init__(self, parent: QWidget, workspace: Workspace, choices: "Sequence[Choice]", reader: str) -> None:
        """Show them.

        Args:
            parent: the page they belong to.
            workspace: the open store.
            choices: from :mod:`gcp2_app.services.documents.choosing`.
            reader: who reads the copy, in words.
        """
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(tr("What stands in this copy"))
        self.left_out = _make_list(tr("Left out of this copy"), (each for each in choices if each.why is not None))
        self.standing = _make_list(tr("In this copy"), (each for each in choices if each.why is None))
        column = Column(160, centred=False)
        column.body.addWidget(style.heading(tr("What stands in this copy")))
        column.body.addWidget(style.label(tr("For: {reader}").format(reader=reader), "quiet"))
        for listed, title, about, none in (
            (
                self.left_out,
                tr("Left out"),
                tr("Tick what this reader should see all the same. What they may never see has no box."),
                tr("Nothing is left out for this reader."),
            ),
            (
                self.standing,
                tr("In it"),
                tr("Take the tick away from what should be left out. The list of losses says that you did."),
                tr("Nothing of the record is in it."),
            ),
        ):
            column.body.addWidget(style.heading(title, 2))
            column.body.addWidget(style.label(about if listed.count() else none, "quiet"))
            if listed.count():
                listed.setMinimumHeight(style.space(4 * min(listed.count(), _LEAST_ROWS) + 4))
                column.body.addWidget(listed, min(listed.count(), 10))
            else:
                listed.setParent(self)
                listed.hide()
        column.body.addStretch(0 if choices else 1)
        self.use_button = style.button(tr("Use this"), "primary")
        self.use_button.setDefault(True)
        self.use_button.clicked.connect(self._use)
        cancel = style.button(tr("Cancel"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        foot = QFrame()
        foot.setProperty("role", "foot")
        buttons = style.row(self.use_button, cancel)
        buttons.setContentsMargins(style.space(3), style.space(1.5), style.space(3), style.space(1.5))
        foot.setLayout(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(column, 1)
        layout.addWidget(foot)
        room = self.screen().availableSize()
        self.resize(min(round(room.width() * 0.9), style.space(140)), round(room.height() * 0.85))
        workspace.locking.connect(self.reject)

    def _use(self) -> None:
        put_in = _ids(self.left_out, Qt.CheckState.Checked)
        taken_out = _ids(self.standing, Qt.CheckState.Unchecked)
        self.accept()
        self.chosen.emit(put_in, taken_out)


class _WrappedRows(QStyledItemDelegate):
    """Rows as high as their words are in the width of the list: Qt measures them in another than it writes them in."""

    def __init__(self, listed: QListWidget) -> None:
        super().__init__(listed)
        self._list = listed

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        # Beside the box, its room and the margins.
        width = self._list.viewport().width() - style.space(8)
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        words = self._list.fontMetrics().boundingRect(QRect(0, 0, width, 0), Qt.TextFlag.TextWordWrap, text)
        return QSize(width, words.height() + style.space(2))


def _make_list(name: str, choices: "Iterable[Choice]") -> QListWidget:
    made = QListWidget()
    made.setAccessibleName(name)
    made.setProperty("role", "ticks")
    made.setItemDelegate(_WrappedRows(made))
    made.setWordWrap(True)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setResizeMode(QListWidget.ResizeMode.Adjust)
    for each in choices:
        item = QListWidgetItem(_words(each), made)
        item.setData(_ID, each.id)
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        item.setFlags(flags | Qt.ItemFlag.ItemIsUserCheckable if each.can_change else flags)
        if each.can_change:
            item.setCheckState(Qt.CheckState.Checked if each.stands else Qt.CheckState.Unchecked)
    if made.count():
        made.setCurrentRow(0)
    return made


def _words(choice: "Choice") -> str:
    lines = [choice.words]
    if choice.why is not None:
        left_out = tr("Only words of the child or a carer in it are left out") if choice.words_only else tr("Left out")
        never = "" if choice.can_change else tr(" No tick shows it to this reader.")
        lines.append(tr("{what}, because {why}.{never}").format(
            what=left_out, why=why_words(choice.why), never=never
        ))  # fmt: skip
    if choice.sections:
        named, more = ", ".join(choice.sections[:_MOST_SECTIONS]), len(choice.sections) - _MOST_SECTIONS
        lines.append(
            tr("In: {sections} and %n more", more).format(sections=named) if more > 0 else f"{tr('In:')} {named}"
        )
    return "\n".join(lines)


def _ids(listed: QListWidget, state: Qt.CheckState) -> frozenset[str]:
    items = (listed.item(row) for row in range(listed.count()))
    return frozenset(
        str(item.data(_ID))
        for item in items
        if item.flags() & Qt.ItemFlag.ItemIsUserCheckable and item.checkState() is state
    )
