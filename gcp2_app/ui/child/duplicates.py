"""Offers the children already here who may be the one about to be added."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

from gcp2_app.domain.users import Duty
from gcp2_app.ui import style, words
from gcp2_app.ui.caseload import columns
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.storage.caseload import CaseloadRow


class Duplicates(QDialog):
    """Children who may be the same.

    Attributes:
        same: emitted with the id of the child it is.
        twice: emitted with the id of one that looks like another one here, to be compared.
        another: emitted when it is another child.
    """

    same = Signal(str)
    twice = Signal(str)
    another = Signal()

    def __init__(self, parent: QWidget, workspace: Workspace, rows: "tuple[CaseloadRow, ...]") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        title = self.tr("This may be the same child")
        self.setWindowTitle(title)
        self._today = workspace.session.today()
        self._several = len(rows) > 1 and workspace.session.user.may(Duty.MERGE_RECORDS)
        ground = QWidget()
        body = QVBoxLayout(ground)
        margin = style.space(3)
        body.setContentsMargins(margin, margin, margin, margin)
        body.setSpacing(style.space(2))
        body.addWidget(style.heading(title))
        body.addWidget(
            style.label(self.tr("Two records of one child hide what happened in either. Look before you add a second."))
        )
        for row in rows:
            body.addWidget(self._make_card(row))
        body.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(ground)
        self.another_button = style.button(self.tr("This is a different child: add them"))
        self.another_button.setAutoDefault(False)
        self.another_button.clicked.connect(self._say_another)
        back = style.button(self.tr("Back to the form"))
        back.setAutoDefault(False)
        back.clicked.connect(self.reject)
        buttons = style.row(self.another_button, back)
        buttons.setContentsMargins(margin, style.space(1.5), margin, style.space(1.5))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area, 1)
        layout.addLayout(buttons)
        room = self.screen().availableSize()
        self.resize(
            min(style.space(96), round(room.width() * 0.94)),
            min(ground.sizeHint().height() + style.space(14), round(room.height() * 0.9)),
        )
        workspace.locking.connect(self.reject)

    def _make_card(self, row: "CaseloadRow") -> QFrame:
        frame, layout = style.card()
        layout.addWidget(style.heading(columns.name(row), 3))
        born = self._born(row)
        status = words.status(row.statuses[0]) if row.statuses else self.tr("no status recorded")
        worker = self.tr("allocated to {name}").format(name=row.allocated) if row.allocated else ""
        layout.addWidget(style.label(" · ".join(filter(None, (born, status, worker)))))
        open_it = style.button(self.tr("It is this child: open the record"))
        open_it.setAutoDefault(False)
        open_it.setAccessibleDescription(columns.name(row))
        open_it.clicked.connect(partial(self._say_same, row.id))
        buttons = Flow()
        buttons.setSpacing(style.space(1.5))
        buttons.addWidget(open_it)
        if self._several:  # Two that are here already may be of one child, too.
            compare = style.button(self.tr("Recorded twice? Compare…"), "link")
            compare.setAutoDefault(False)
            compare.setAccessibleName(self.tr("Compare {name} with another record").format(name=columns.name(row)))
            compare.clicked.connect(partial(self._say_twice, row.id))
            buttons.addWidget(compare)
        layout.addLayout(buttons)
        return frame

    def _born(self, row: "CaseloadRow") -> str:
        if row.born is None:
            return self.tr("date of birth not known")
        if row.unborn:
            return words.age(row.born, self._today, expected=True)
        return self.tr("born {day}, {age}").format(day=words.day(row.born), age=words.age(row.born, self._today))

    def _say_same(self, child_id: str) -> None:
        self.accept()
        self.same.emit(child_id)

    def _say_twice(self, child_id: str) -> None:
        self.accept()
        self.twice.emit(child_id)

    def _say_another(self) -> None:
        self.accept()
        self.another.emit()
