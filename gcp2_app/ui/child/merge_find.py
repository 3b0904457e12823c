"""Finds the other record of a child who may be recorded twice: the likeliest, or any by name or number."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from gcp2_app.ui import style, words
from gcp2_app.ui.caseload import columns
from gcp2_app.ui.latest import Latest
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.storage.caseload import CaseloadRow


class MergeFind(QDialog):
    """Records that may be of the same child.

    Attributes:
        line: where a name or number is typed.
        chosen: emitted with the id of the record to compare with.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget, workspace: Workspace, child_id: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        title = self.tr("Is this child recorded twice?")
        self.setWindowTitle(title)
        self._workspace = workspace
        self._child = child_id
        self._today = workspace.session.today()
        self._latest = Latest(workspace.tasks, self)
        self.line = QLineEdit()
        self.line.setPlaceholderText(self.tr("Name, number or postcode"))
        self.line.setAccessibleName(self.tr("Find the other record"))
        self.line.setClearButtonEnabled(True)
        self.line.textChanged.connect(self._search)
        self._said = style.label("", "quiet")
        self._cards = QVBoxLayout()
        self._cards.setSpacing(style.space(2))
        margin = style.space(3)
        ground = QWidget()
        body = QVBoxLayout(ground)
        body.setContentsMargins(margin, margin, margin, margin)
        body.setSpacing(style.space(2))
        body.addWidget(style.heading(title))
        body.addWidget(
            style.label(
                self.tr(
                    "Choose the other record. Both are then laid side by side before anything is changed. Only records "
                    "you work with are listed; of a colleague’s, ask a supervisor who works with both."
                )
            )
        )
        body.addWidget(self.line)
        body.addWidget(self._said)
        body.addLayout(self._cards)
        body.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(ground)
        cancel = style.button(self.tr("Cancel"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        buttons = style.row(cancel)
        buttons.setContentsMargins(margin, style.space(1.5), margin, style.space(1.5))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area, 1)
        layout.addLayout(buttons)
        room = self.screen().availableSize()
        self.resize(min(style.space(100), round(room.width() * 0.94)), min(style.space(90), round(room.height() * 0.9)))
        workspace.locking.connect(self.reject)
        self._search("")

    def _search(self, text: str) -> None:
        from gcp2_app.services import child_merges

        session, child = self._workspace.session, self._child
        why = self._workspace.reasons.get(child, "")
        self._latest.ask(
            lambda: child_merges.offers(session, child, text, why=why), lambda found: self._show(text, found)
        )

    def _show(self, text: str, found: "tuple[CaseloadRow, ...]") -> None:
        while (item := self._cards.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if not found:
            nothing = self.tr("Nothing found.") if text.strip() else self.tr("No record looks like this child’s.")
            self._said.setText(self.tr("{nothing} Type part of a name or a number.").format(nothing=nothing))
        else:
            self._said.setText(self.tr("Found:") if text.strip() else self.tr("The likeliest:"))
        for row in found:
            self._cards.addWidget(self._make_card(row))

    def _make_card(self, row: "CaseloadRow") -> QFrame:
        frame, layout = style.card()
        layout.addWidget(style.heading(columns.name(row), 3))
        born = (
            words.age(row.born, self._today, expected=row.unborn)
            if row.unborn or row.born is None
            else self.tr("born {day}").format(day=words.day(row.born))
        )
        status = words.status(row.statuses[0]) if row.statuses else self.tr("no status recorded")
        worker = self.tr("allocated to {name}").format(name=row.allocated) if row.allocated else ""
        layout.addWidget(style.label(" · ".join(filter(None, (born, status, worker)))))
        compare = style.button(self.tr("Compare"))
        compare.setAutoDefault(False)
        compare.setAccessibleName(self.tr("Compare with {name}").format(name=columns.name(row)))
        compare.clicked.connect(partial(self._choose, row.id))
        layout.addLayout(style.row(compare))
        return frame

    def _choose(self, child_id: str) -> None:
        self.accept()
        self.chosen.emit(child_id)


def find_other(parent: QWidget, workspace: Workspace, child_id: str) -> MergeFind:
    """Ask which other record is of this child, and lay both side by side."""
    from gcp2_app.ui.child.merging import merge_with

    found = MergeFind(parent, workspace, child_id)
    found.chosen.connect(partial(merge_with, parent, workspace, child_id))
    found.open()
    return found
