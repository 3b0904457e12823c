"""Who can see this screen? Asked before the family's copy is shown; what is usually left out is ticked here."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from gcp2_app.domain.family_copy import FamilyCopy, LeftOut, Piece, Sitting, left_out, make_copy
from gcp2_app.domain.progress import hold_on
from gcp2_app.errors import InvalidValue
from gcp2_app.forms.policy import shipped_policy
from gcp2_app.ui import style, words
from gcp2_app.ui.assess.draft import Draft
from gcp2_app.ui.assess.wording import name_of
from gcp2_app.ui.column import Column
from gcp2_app.ui.field import Field
from gcp2_app.ui.fold import Fold
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.reports.loss_list import LossList

if TYPE_CHECKING:
    from gcp2_app.services.sharing import Before


class Asking(Column):
    """The question, for the worker's eyes.

    Attributes:
        present: a tick for each person around the child, by id.
        others: who else can see it.
        young_person: whether it is the young person's own version.
        more: opens what is left out unless it is ticked.
        pieces: a tick for each such piece, by its key, once it was opened.
        losses: what is left out because it is withheld from somebody ticked.
        show_button: goes on to the family's copy.
        answered: emitted when it is answered; ``given_up``: when there is to be no copy.
    """

    answered = Signal()
    given_up = Signal()

    def __init__(self, draft: Draft, known: "Before", parent: QWidget | None = None) -> None:
        super().__init__(100, parent)
        self._draft = draft
        self._known = known
        self.present: Mapping[str, QCheckBox] = {id_: QCheckBox(self._label(id_)) for id_ in self._order()}
        self.others = QLineEdit()
        self.young_person = QCheckBox(self._young_person_text(), self)
        self.pieces: dict[str, QCheckBox] = {}
        self._ticked: set[str] = set()
        self._ground = QWidget(self)
        self._ground.hide()
        self._place = QVBoxLayout(self._ground)
        self._place.setContentsMargins(0, 0, 0, 0)
        self.more = Fold(self.tr("Show more than usual"), lambda: self._ground)
        self.losses = LossList()
        self.notice = Notice()
        self.show_button = style.button(self.tr("Show the family"), "primary")
        self.back_button = style.button(self.tr("Back  Esc"))
        self._lay_out()
        for id_, tick in self.present.items():
            tick.toggled.connect(partial(self._person_ticked, id_))
        self.others.textChanged.connect(lambda _: self._again())
        self.young_person.toggled.connect(lambda _: self._again())
        self.more.toggled.connect(lambda _: self._again())
        self.show_button.clicked.connect(self._answer)
        self.back_button.clicked.connect(self.given_up)
        self._again()

    @property
    def present_ids(self) -> frozenset[str]:
        """Ids of those who can see the screen; somebody around the child who is named in words counts, too."""
        from gcp2_app.services import withholding

        ticked = {id_ for id_, tick in self.present.items() if tick.isChecked()}
        return frozenset(ticked) | withholding.named_in(self._known.around, self.others.text())

    @property
    def ticked(self) -> tuple[str, ...]:
        """Keys of the pieces to show besides, as far as they are still offered."""
        return tuple(piece.key for piece in self._offered() if piece.key in self._ticked)

    def sitting(self) -> Sitting:
        """Return who sits before the screen."""
        from gcp2_app.services import sharing

        return sharing.sitting_of(self._known, self.present_ids, young_person=self.young_person.isChecked())

    def copy(self) -> FamilyCopy:
        """Return the family's copy for those ticked."""
        draft = self._draft
        return make_copy(
            draft.pack,
            draft.seen,
            band=draft.band,
            age_months=draft.working.age_months,
            sitting=self.sitting(),
            # Of one that was ticked before, and of which nothing is left for those present, the list says so.
            ticked=self._ticked,
        )

    # Laying out

    def _order(self) -> tuple[str, ...]:
        first = (*self._draft.value.carers, self._draft.child.id)
        return tuple(dict.fromkeys(id_ for id_ in (*first, *self._known.names) if id_ in self._known.names))

    def _label(self, id_: str) -> str:
        return self._known.names[id_] or self.tr("Unborn child")

    def _young_person_text(self) -> str:
        years = shipped_policy().sharing.young_person_from_years
        name = self._draft.child.given_names or self.tr("the young person")
        return self.tr("Show {name}’s own version (usual from {years} years)").format(name=name, years=years)

    def _lay_out(self) -> None:
        body = self.body
        body.addWidget(style.heading(self.tr("Who can see this screen?")))
        body.addWidget(
            style.label(
                self.tr(
                    "Keep the screen to yourself until this is answered. What is withheld from anyone ticked is left "
                    "out. It is recorded who saw the copy, when, and what was ticked."
                ),
                "quiet",
            )
        )
        body.addWidget(self.notice)
        frame, layout = style.card()
        for id_, tick in self.present.items():
            layout.addWidget(tick)
            held = hold_on(self._draft.value, id_)
            if held is not None:
                text = self.tr("Sharing is held back; it is looked at again on {day}.")
                layout.addWidget(style.label(text.format(day=words.day(held.look_again_on)), "error"))
                tick.setAccessibleDescription(text)
        layout.addWidget(
            Field(self.tr("Anybody else?"), self.others, self.tr("Names, such as a friend or interpreter."))
        )
        if self._draft.child.date_of_birth is not None:
            layout.addWidget(self.young_person)
        else:
            self.young_person.hide()
        body.addWidget(frame)
        body.addWidget(self.losses)
        frame, layout = style.card()
        layout.addWidget(
            style.label(
                self.tr(
                    "Usually left out: the child’s words, what a carer, neighbour, relative or other professional "
                    "said, what comes from records, and the analysis. Tick each piece they may see."
                ),
                "quiet",
            )
        )
        layout.addWidget(self.more)
        layout.addLayout(self.more.place)
        body.addWidget(frame)
        body.addLayout(style.row(self.show_button, self.back_button))
        body.addStretch(1)

    # What happens

    def _person_ticked(self, id_: str, ticked: bool) -> None:
        child = self._draft.child.id
        years = shipped_policy().sharing.young_person_from_years
        old_enough = self._known.age_years is not None and self._known.age_years >= years
        if id_ == child and old_enough:
            carers = any(self.present[carer].isChecked() for carer in self._draft.value.carers if carer in self.present)
            self.young_person.setChecked(ticked and not carers)
        self._again()

    def _offered(self) -> tuple[Piece, ...]:
        return left_out(self._draft.pack, self._draft.seen, self._draft.band, self.sitting())

    def _again(self) -> None:
        """Show what is offered and left out for those ticked now."""
        offered = self._offered()
        self.more.rename(self.tr("Show more than usual ({count})").format(count=len(offered)))
        self.more.setEnabled(bool(offered))
        self.losses.show_losses(self.copy().losses)
        while (item := self._place.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.pieces = {}
        if self.more.isChecked():
            for piece in offered:
                self._place.addWidget(self._make_piece(piece))

    def _make_piece(self, piece: Piece) -> QWidget:
        unit = self._draft.pack.units_in(self._draft.band).get(piece.unit)
        where = name_of(unit) if unit is not None else self._field(piece.key)
        tick = QCheckBox(where)
        tick.setAccessibleDescription(f"{kind_words(piece.kind)}: {piece.text}")
        tick.setChecked(piece.key in self._ticked)
        tick.toggled.connect(partial(self._piece_ticked, piece.key))
        self.pieces[piece.key] = tick
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, style.space(1), 0, 0)
        layout.setSpacing(max(1, style.space(0.3)))
        layout.addWidget(tick)
        layout.addWidget(style.label(f"{kind_words(piece.kind)}: {piece.text}", "quiet"))
        return made

    def _piece_ticked(self, key: str, ticked: bool) -> None:
        if ticked:
            self._ticked.add(key)
        else:
            self._ticked.discard(key)

    def _field(self, key: str) -> str:
        return {
            "child_voice": self.tr("What this child shows and says"),
            "child_wishes": self.tr("What this child wishes for"),
            "child_own_views": self.tr("What the young person wrote"),
            "analysis": self.tr("What explains the care"),
            "meaning_so_far": self.tr("What it has meant so far"),
        }.get(key, self.tr("What it will mean if nothing changes"))

    def _answer(self) -> None:
        present = self.present_ids
        if not present and not self.others.text().strip():
            self.notice.show_error(InvalidValue(self.tr("Nobody is ticked."), self.tr("Tick who can see this screen.")))
            next(iter(self.present.values()), self.others).setFocus()
            return
        held = [self._known.names[id_] for id_ in sorted(present) if hold_on(self._draft.value, id_) is not None]
        if held:
            sentence = self.tr("Sharing is held back from {names}.").format(names=self.tr(" and ").join(held))
            mend = self.tr("Show it when they are not there, or end the holding back on the page Finish first.")
            self.notice.show_error(InvalidValue(sentence, mend))
            return
        self.notice.clear()
        self.answered.emit()


def kind_words(kind: LeftOut) -> str:
    """Return why a piece is usually left out."""
    from PySide6.QtCore import QCoreApplication

    def tr(text: str) -> str:
        return QCoreApplication.translate("Asking", text)

    return {
        LeftOut.CHILD_WORDS: tr("The child’s words"),
        LeftOut.CARER_WORDS: tr("A carer’s words"),
        LeftOut.THIRD_PARTY: tr("From a neighbour, relative or anonymous source"),
        LeftOut.OTHER_PROFESSIONAL: tr("From another professional"),
        LeftOut.RECORD: tr("From a record, or not evidenced"),
        LeftOut.ANALYSIS: tr("Analysis"),
    }[kind]
