"""One piece of evidence: what was seen or said, where it came from, and on which other units and children it hangs."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from gcp2_app.domain.answers import Evidence, EvidenceSource
from gcp2_app.domain.coaching import Place
from gcp2_app.overriding import override
from gcp2_app.ui import style, words
from gcp2_app.ui.assess import changes, family_words
from gcp2_app.ui.assess.coach_hint import CoachHint
from gcp2_app.ui.assess.draft import Draft
from gcp2_app.ui.assess.evidence_children import ChangedFor, EvidenceChildren
from gcp2_app.ui.assess.evidence_marks import EvidenceMarks
from gcp2_app.ui.assess.texts import KeptDay, KeptText
from gcp2_app.ui.assess.wording import name_of
from gcp2_app.ui.field import Field
from gcp2_app.ui.fold import Fold
from gcp2_app.ui.forms.choice import QuietComboBox

_ROWS_SHOWN: Final = 6
_CODE: Final = Qt.ItemDataRole.UserRole


class EvidencePiece(QFrame):
    """One piece of evidence, open to be written; every change of it is kept as it is made.

    Attributes:
        closed: emitted when the person is done with it.
        removed: emitted when it is to go.
    """

    closed = Signal()
    removed = Signal()

    def __init__(self, draft: Draft, unit: str, piece: Evidence, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._unit = unit
        self.piece = piece
        self._codes = set(changes.units_with(draft.value, piece.id or "")) | {unit}
        self.setProperty("role", "card")
        self.text = KeptText(self.tr("What was seen, heard or said"), lines=2)
        at = Place(field="evidence", code=unit, piece=piece.id)
        self.hint = CoachHint(draft, at, self, beside=self.text)
        self.source = QuietComboBox()
        self.day = KeptDay(self.tr("When"), draft.today)
        self.units = QListWidget(self)
        self.units.hide()
        self.children_on = EvidenceChildren(draft.family, self)
        self.children_on.hide()
        self.marks = EvidenceMarks(piece, self)
        self.marks.hide()
        self.changed_for = ChangedFor(family_words.called(draft.child))
        self._lay_out()
        self._fill()
        self._connect()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        margin = style.space(2)
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(style.space(1.5))
        layout.addWidget(self.changed_for)
        layout.addWidget(Field(self.tr("What was seen, heard or said"), self.text))
        layout.addWidget(self.hint)
        source = Field(self.tr("Where it comes from"), self.source)
        day = Field(self.tr("When"), self.day)
        self.day.problem.connect(day.show_error)
        beside = QHBoxLayout()
        beside.setSpacing(style.space(3))
        beside.addWidget(source, 0, Qt.AlignmentFlag.AlignTop)
        beside.addWidget(day, 1, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(beside)
        self.also = Fold(self.tr("Put it on other units too"), lambda: self.units)
        layout.addWidget(self.also)
        layout.addLayout(self.also.place)
        self.siblings = Fold(self.tr("Put it on other children too"), lambda: self.children_on)
        layout.addWidget(self.siblings)
        layout.addLayout(self.siblings.place)
        self.kept_from = Fold(self.tr("Who may not see it"), lambda: self.marks)
        layout.addWidget(self.kept_from)
        layout.addLayout(self.kept_from.place)
        done, remove = style.button(self.tr("Done")), style.button(self.tr("Remove this evidence"), "link")
        done.clicked.connect(self.close_piece)
        remove.clicked.connect(self.removed)
        layout.addLayout(style.row(done, remove))
        self._stops = (
            (self.source, self.day, self.also, self.units, self.siblings),
            (self.kept_from, *self.marks.stops(), done, remove),
        )

    def _fill(self) -> None:
        for source, text in words.says(EvidenceSource).items():
            shown = self.tr("Choose…") if source is EvidenceSource.NOT_EVIDENCED else text
            self.source.addItem(shown, source)
        none = self.source.findData(EvidenceSource.NOT_EVIDENCED)
        if none > 0:
            self.source.removeItem(none)
            self.source.insertItem(0, self.tr("Choose…"), EvidenceSource.NOT_EVIDENCED)
        self.show_piece(self.piece)
        self.units.setAccessibleName(self.tr("Units this evidence is about"))
        for code, unit in self._draft.units.items():
            if code == self._unit:
                continue
            item = QListWidgetItem(name_of(unit))
            item.setData(_CODE, code)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if code in self._codes else Qt.CheckState.Unchecked)
            self.units.addItem(item)
        self.units.setFixedHeight(max(self.units.sizeHintForRow(0), style.space(4)) * _ROWS_SHOWN)
        self._say_units()
        self.show_family()

    def _connect(self) -> None:
        self.text.edited.connect(lambda text: self._keep(replace(self.piece, text=text), key="text"))
        self.source.activated.connect(
            lambda _: self._keep(replace(self.piece, source=EvidenceSource(self.source.currentData())))
        )
        self.day.day_edited.connect(lambda day: self._keep(replace(self.piece, on=day), key="on"))
        self.units.itemChanged.connect(self._tick)
        self.marks.marked.connect(self._keep)
        self.children_on.put_wanted.connect(self._put_on)
        self.children_on.off_wanted.connect(lambda ids: self._draft.family.take_off(self.piece.id or "", ids))
        self.changed_for.everyone_wanted.connect(self._follow)
        self._draft.family.known.connect(self.show_family)
        self._draft.family.ask()

    def show_family(self) -> None:
        """Show which other children the piece is on."""
        family, id_ = self._draft.family, self.piece.id or ""
        self.children_on.show_piece(id_, self._codes)
        self.order_stops()
        names = [family_words.called(member.child) for member in family.open_holders(id_)]
        self.changed_for.show_holders(names)
        text = self.tr("Put it on other children too")
        if names:
            text = self.tr("Also on {names}").format(names=family_words.listed(names))
        self.siblings.rename(text)

    def order_stops(self, before: QWidget | None = None) -> None:
        """Have the Tab key go through it in the order it is read; after a widget, where one is given."""
        first, last = self._stops
        for stop in (self.text, *self.hint.stops(), *first, *self.children_on.stops(), *last):
            if before is not None:
                QWidget.setTabOrder(before, stop)
            before = stop

    def _put_on(self, children: Sequence[str]) -> None:
        self.text.commit()
        if not self.piece.text:
            # There is nothing yet that could go there.
            self.show_family()
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        # What is put on others in one go is still being written for all of them.
        self.changed_for.everyone.setChecked(not self._draft.family.holders(self.piece.id or ""))
        self._draft.family.put_on(self.piece.id or "", children)

    def _follow(self) -> None:
        """Bring the piece on other children in line with this one."""
        id_ = self.piece.id or ""
        children = tuple(member.child.id for member in self._draft.family.open_holders(id_))
        if children and self.piece.text:
            self._draft.family.put_on(id_, children)

    def show_piece(self, piece: Evidence) -> None:
        """Show what is kept of it, after an undo too."""
        self.piece = piece
        self.text.show_text(piece.text)
        self.source.setCurrentIndex(self.source.findData(piece.source))
        self.day.show_day(piece.on)
        self._show_marks()

    def close_piece(self) -> None:
        """Keep what was typed last and fold up; a day that cannot be read is put right first."""
        self.text.commit()
        self.day.commit()
        if self.day.is_wrong:
            self.day.setFocus(Qt.FocusReason.OtherFocusReason)
            self.day.selectAll()
        else:
            self.closed.emit()

    def _show_marks(self) -> None:
        self.marks.show_piece(self.piece)
        text = self.tr("Who may not see it")
        if self.piece.is_anothers or self.piece.harm_if_disclosed:
            text = self.tr("Who may not see it: marked")
        self.kept_from.rename(text)

    def _keep(self, piece: Evidence, key: str = "") -> None:
        self.piece = piece
        self._show_marks()
        # Evidence without words is nothing yet: it waits here for its text.
        if piece.text:
            value = changes.with_evidence(self._draft.value, self._codes, piece)
            self._draft.change(value, f"evidence {piece.id} {key}" if key else "")
            if self.changed_for.for_everyone:
                self._follow()

    def _tick(self, item: QListWidgetItem) -> None:
        code = item.data(_CODE)
        if item.checkState() is Qt.CheckState.Checked:
            self._codes.add(code)
        else:
            self._codes.discard(code)
        self._say_units()
        self._keep(self.piece)
        self.show_family()

    def _say_units(self) -> None:
        others = sorted(self._codes - {self._unit})
        text = self.tr("Put it on other units too")
        if others:
            text = self.tr("Also on {units}").format(units=", ".join(others))
        self.also.rename(text)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_piece()
        else:
            super().keyPressEvent(event)
