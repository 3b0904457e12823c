"""The evidence of one unit: what was seen or said, where it came from, and on which other units it hangs."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from gcp2_app.domain.answers import Evidence, EvidenceSource
from gcp2_app.overriding import override
from gcp2_app.ui import style, words
from gcp2_app.ui.assess import changes
from gcp2_app.ui.assess.draft import Draft
from gcp2_app.ui.assess.fold import Fold
from gcp2_app.ui.assess.texts import KeptDay, KeptText
from gcp2_app.ui.assess.wording import name_of
from gcp2_app.ui.field import Field
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
        self.source = QuietComboBox()
        self.day = KeptDay(self.tr("When"), draft.today)
        self.units = QListWidget(self)
        self.units.hide()
        self._lay_out()
        self._fill()
        self._connect()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        margin = style.space(2)
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(style.space(1.5))
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
        done, remove = style.button(self.tr("Done")), style.button(self.tr("Remove this evidence"), "link")
        done.clicked.connect(self.close_piece)
        remove.clicked.connect(self.removed)
        layout.addLayout(style.row(done, remove))
        self.stops: tuple[QWidget, ...] = (self.text, self.source, self.day, self.also, self.units, done, remove)

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
        for code, unit in self._draft.pack.units_in(self._draft.band).items():
            if code == self._unit:
                continue
            item = QListWidgetItem(name_of(unit))
            item.setData(_CODE, code)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if code in self._codes else Qt.CheckState.Unchecked)
            self.units.addItem(item)
        self.units.setFixedHeight(max(self.units.sizeHintForRow(0), style.space(4)) * _ROWS_SHOWN)
        self._say_units()

    def _connect(self) -> None:
        self.text.edited.connect(lambda text: self._keep(replace(self.piece, text=text), key="text"))
        self.source.activated.connect(
            lambda _: self._keep(replace(self.piece, source=EvidenceSource(self.source.currentData())))
        )
        self.day.day_edited.connect(lambda day: self._keep(replace(self.piece, on=day), key="on"))
        self.units.itemChanged.connect(self._tick)

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

    def _tick(self, item: QListWidgetItem) -> None:
        code = item.data(_CODE)
        if item.checkState() is Qt.CheckState.Checked:
            self._codes.add(code)
        else:
            self._codes.discard(code)
        self._say_units()
        self._keep(self.piece)

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
    """

    left = Signal()

    def __init__(self, draft: Draft, unit: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._unit = unit
        self.open_piece: EvidencePiece | None = None
        self._shown: Sequence[Evidence] = ()
        self._frozen: bool | None = None
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

    def refresh(self) -> None:
        """Show what is held now."""
        pieces, frozen = self._draft.value.answer(self._unit).evidence, not self._draft.may_grade
        if pieces == self._shown and frozen == self._frozen:
            return
        self._shown, self._frozen = pieces, frozen
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
        if not pieces and frozen:
            self._list.addWidget(style.label(self.tr("No evidence is recorded."), "quiet"))
        self.add.setVisible(not frozen and self.open_piece is None)
        if frozen:
            self._close()

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
            remove.clicked.connect(lambda: self._remove(piece))
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
        return ", ".join(parts)

    def _open(self, piece: Evidence) -> None:
        self._close()
        opened = EvidencePiece(self._draft, self._unit, piece)
        opened.closed.connect(self._leave)
        opened.removed.connect(lambda: self._remove(opened.piece))
        self.open_piece = opened
        self._form.addWidget(opened)
        # At once, so that the keys pressed next find it.
        opened.show()
        before: QWidget = self.add
        for stop in opened.stops:
            QWidget.setTabOrder(before, stop)
            before = stop
        self._shown, self._frozen = (), None
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
            self._shown, self._frozen = (), None
            self.refresh()

    def _remove(self, piece: Evidence) -> None:
        if self.open_piece is not None and self.open_piece.piece.id == piece.id:
            # Nothing typed in it is kept any more.
            self.open_piece.text.blockSignals(True)
            self._close()
        self._draft.change(changes.without_evidence(self._draft.value, piece))
        self.left.emit()
