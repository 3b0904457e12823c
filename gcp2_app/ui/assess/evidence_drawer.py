"""The evidence that hangs on one unit: a list, one piece open at a time, and what siblings still hold."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gcp2_app.domain.answers import Evidence, EvidenceSource
from gcp2_app.domain.coaching import Place
from gcp2_app.domain.register import Child
from gcp2_app.ui import style, words
from gcp2_app.ui.assess import changes, family_words
from gcp2_app.ui.assess.coach_hint import CoachHint
from gcp2_app.ui.assess.draft import Draft
from gcp2_app.ui.assess.evidence import EvidencePiece
from gcp2_app.ui.assess.evidence_children import AskWhose

if TYPE_CHECKING:
    from gcp2_app.services.families import FamilyMember


class EvidenceDrawer(QWidget):
    """The pieces of evidence that hang on one unit.

    Attributes:
        left: emitted when the person is done here.
        asked: emitted with a question that opened, to be brought into view.
    """

    left = Signal()
    asked = Signal(object)

    def __init__(self, draft: Draft, unit: str, *, among_siblings: bool = False, parent: QWidget | None = None) -> None:
        """Draw it up.

        Args:
            draft: the assessment.
            unit: the unit's code.
            among_siblings: the other children are graded on the same page, and are there to be ticked at once.
            parent: the widget it stands in.
        """
        super().__init__(parent)
        self._draft = draft
        self._unit = unit
        self._among_siblings = among_siblings
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

    @property
    def _may_add(self) -> bool:
        return self._draft.may_grade and not self._draft.grades_alone

    def refresh(self) -> None:
        """Show what is held now."""
        pieces, frozen = self._draft.value.answer(self._unit).evidence, not self._may_add
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
        if not self._may_add:
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
            at = Place(field="evidence", code=self._unit, piece=piece.id)
            layout.addWidget(CoachHint(self._draft, at, frame, beside=edit, after=remove))
        return frame

    def _about(self, piece: Evidence) -> str:
        source = words.say(piece.source)
        if piece.source is EvidenceSource.NOT_EVIDENCED:
            source = self.tr("Where it comes from is not said yet")
        parts = [source]
        parts += [words.day(piece.on)] if isinstance(piece.on, date) else []
        parts += [self.tr("recorded by {name}").format(name=self._draft.name(piece.by))] if piece.by else []
        parts += [self.tr("marked: could do harm")] if piece.harm_if_disclosed else []
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
        if self._among_siblings:
            opened.siblings.open()
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
