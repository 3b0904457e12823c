"""The evidence of one unit: what was seen or said, where it came from, and on which other units it hangs."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from gcp2_app.domain.answers import Evidence, EvidenceSource
from gcp2_app.domain.register import Child
from gcp2_app.overriding import override
from gcp2_app.ui import style, words
from gcp2_app.ui.assess import changes, family_words
from gcp2_app.ui.assess.draft import Draft
from gcp2_app.ui.assess.evidence_children import AskWhose, ChangedFor, EvidenceChildren
from gcp2_app.ui.assess.fold import Fold
from gcp2_app.ui.assess.texts import KeptDay, KeptText
from gcp2_app.ui.assess.wording import name_of
from gcp2_app.ui.field import Field
from gcp2_app.ui.forms.choice import QuietComboBox

if TYPE_CHECKING:
    from gcp2_app.services.families import FamilyMember

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
        self.source = QuietComboBox()
        self.day = KeptDay(self.tr("When"), draft.today)
        self.units = QListWidget(self)
        self.units.hide()
        self.children_on = EvidenceChildren(draft.family, self)
        self.children_on.hide()
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
        done, remove = style.button(self.tr("Done")), style.button(self.tr("Remove this evidence"), "link")
        done.clicked.connect(self.close_piece)
        remove.clicked.connect(self.removed)
        layout.addLayout(style.row(done, remove))
        self._stops = (self.text, self.source, self.day, self.also, self.units, self.siblings), (done, remove)

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
        for stop in (*first, *self.children_on.stops(), *last):
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

    def close_piece(self) -> None:
        """Keep what was typed last and fold up; a day that cannot be read is put right first."""
        self.text.commit()
        self.day.commit()
        if self.day.is_wrong:
            self.day.setFocus(Qt.FocusReason.OtherFocusReason)
            self.day.selectAll()
        else:
            self.closed.emit()

    def _keep(self, piece: Evidence, key: str = "") -> None:
        self.piece = piece
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


class EvidenceDrawer(QWidget):
    """The pieces of evidence that hang on one unit.

    Attributes:
        left: emitted when the person is done here.
        asked: emitted with a question that opened, to be brought into view.
    """

    left = Signal()
    asked = Signal(object)

    def __init__(self, draft: Draft, unit: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._unit = unit
        self.open_piece: EvidencePiece | None = None
        self._shown: object = None
        self._asking: AskWhose | None = None
        self._list = QVBoxLayout()
        self._list.setSpacing(style.space(1))
        self._form = QVBoxLayout()
        self.add = style.button(self.tr("Add evidence"))
        self.add.clicked.connect(self.begin_piece)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(1))
        layout.addLayout(self._list)
        layout.addLayout(self._form)
        layout.addWidget(self.add)
        draft.family.known.connect(self.refresh)
        draft.family.ask()

    def refresh(self) -> None:
        """Show what is held now."""
        pieces, frozen = self._draft.value.answer(self._unit).evidence, not self._draft.may_grade
        left_over = () if frozen else tuple(self._draft.family.left_over(self._unit))
        about = tuple(self._about(piece) for piece in pieces)
        shown = (pieces, about, frozen, left_over)
        if shown == self._shown:
            return
        self._shown = shown
        self._list_pieces(pieces, left_over, frozen=frozen)
        if not pieces and frozen:
            self._list.addWidget(style.label(self.tr("No evidence is recorded."), "quiet"))
        self.add.setVisible(not frozen and self.open_piece is None)
        if frozen:
            self._close()

    def _list_pieces(
        self,
        pieces: Sequence[Evidence],
        left_over: "Sequence[tuple[Evidence, list[FamilyMember]]]",
        *,
        frozen: bool,
    ) -> None:
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        opened = self.open_piece.piece.id if self.open_piece is not None else None
        for piece in pieces:
            if self.open_piece is not None and piece.id == opened:
                self.open_piece.show_piece(piece)
            if piece.id is None or piece.id != opened:
                self._list.addWidget(self._summary(piece, frozen=frozen))
        for piece, members in left_over:
            if piece.id != opened:
                self._list.addWidget(self._left_over(piece, [member.child for member in members]))

    def begin_piece(self) -> None:
        """Open a new piece, today's, by the person who is signed in."""
        if not self._draft.may_grade:
            return
        if self.open_piece is None:
            self._open(Evidence(id=str(uuid.uuid4()), by=self._draft.me, on=self._draft.today))
        if self.open_piece is not None:
            self.open_piece.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _summary(self, piece: Evidence, *, frozen: bool) -> QWidget:
        frame = QFrame()
        frame.setProperty("role", "card")
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(style.space(2), style.space(1), style.space(2), style.space(1))
        layout.setSpacing(max(2, style.space(0.5)))
        layout.addWidget(style.label(piece.text))
        layout.addWidget(style.label(self._about(piece), "quiet"))
        if not frozen and piece.id and piece.by in {None, self._draft.me}:
            edit, remove = style.button(self.tr("Change"), "link"), style.button(self.tr("Remove"), "link")
            edit.clicked.connect(lambda: self._open(piece))
            remove.clicked.connect(lambda: self._ask_remove(piece))
            for button in (edit, remove):
                button.setAccessibleDescription(piece.text)
            layout.addLayout(style.row(edit, remove))
        return frame

    def _about(self, piece: Evidence) -> str:
        source = words.say(piece.source)
        if piece.source is EvidenceSource.NOT_EVIDENCED:
            source = self.tr("Where it comes from is not said yet")
        parts = [source]
        parts += [words.day(piece.on)] if isinstance(piece.on, date) else []
        parts += [self.tr("recorded by {name}").format(name=self._draft.name(piece.by))] if piece.by else []
        others = [code for code in changes.units_with(self._draft.value, piece.id or "") if code != self._unit]
        parts += [self.tr("also on {units}").format(units=", ".join(others))] if piece.id and others else []
        names = [family_words.called(member.child) for member in self._draft.family.holders(piece.id or "")]
        if names:
            also = self.tr("also on the assessment of {names}")
            if not self._draft.family.reads_alike(piece):
                also = self.tr("also on the assessment of {names}, where it reads differently")
            parts.append(also.format(names=family_words.listed(names)))
        return ", ".join(parts)

    def _open(self, piece: Evidence) -> None:
        self._close()
        opened = EvidencePiece(self._draft, self._unit, piece)
        opened.closed.connect(self._leave)
        opened.removed.connect(lambda: self._ask_remove(opened.piece))
        self.open_piece = opened
        self._form.addWidget(opened)
        # At once, so that the keys pressed next find it.
        opened.show()
        opened.order_stops(self.add)
        self._shown = None
        self.refresh()
        opened.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave(self) -> None:
        self._close()
        self.left.emit()

    def _close(self) -> None:
        if self.open_piece is not None:
            closing, self.open_piece = self.open_piece, None
            closing.hide()
            self._form.removeWidget(closing)
            closing.deleteLater()
            self._shown = None
            self.refresh()

    def _left_over(self, piece: Evidence, children: Sequence[Child]) -> QWidget:
        """Return what is still on a sibling's assessment and no longer here, and the two ways to mend that."""
        names = family_words.listed([family_words.called(child) for child in children])
        ids = tuple(child.id for child in children)
        text = self.tr("Taken off here. It is still on the assessment of {names}: “{text}”")
        return AskWhose(
            text.format(names=names, text=piece.text),
            (
                (self.tr("Put it back here"), lambda: self._put_back(piece)),
                (self.tr("Take it off there too"), lambda: self._draft.family.take_off(piece.id or "", ids)),
            ),
        )

    def _put_back(self, piece: Evidence) -> None:
        self._draft.change(changes.with_evidence(self._draft.value, (self._unit,), piece))
        self.left.emit()

    def _ask_remove(self, piece: Evidence) -> None:
        """Remove a piece; where it is on other children too, ask for whom first."""
        holders = self._draft.family.open_holders(piece.id or "")
        self._stop_asking()
        if not holders:
            self._remove(piece)
            return
        names = family_words.listed([family_words.called(member.child) for member in holders])
        own = family_words.called(self._draft.child)
        children = tuple(member.child.id for member in holders)
        question = self.tr("This evidence is on the assessment of {names} too. Remove it for:").format(names=names)
        answers = (
            (self.tr("{child} alone").format(child=own), lambda: self._remove(piece)),
            (self.tr("All of them"), lambda: self._remove(piece, children)),
            (self.tr("Nobody: keep it"), self._stop_asking),
        )
        self._asking = AskWhose(question, answers)
        self._form.addWidget(self._asking)
        self._asking.show()
        self._asking.take_focus()
        self.asked.emit(self._asking)

    def _stop_asking(self) -> None:
        if self._asking is not None:
            asking, self._asking = self._asking, None
            asking.hide()
            self._form.removeWidget(asking)
            asking.deleteLater()
            self.left.emit()

    def _remove(self, piece: Evidence, children: Sequence[str] = ()) -> None:
        self._stop_asking()
        if self.open_piece is not None and self.open_piece.piece.id == piece.id:
            # Nothing typed in it is kept any more.
            self.open_piece.text.blockSignals(True)
            self._close()
        self._draft.family.touched.add(piece.id or "")
        self._draft.change(changes.without_evidence(self._draft.value, piece))
        if children:
            self._draft.family.take_off(piece.id or "", children)
        self.left.emit()
