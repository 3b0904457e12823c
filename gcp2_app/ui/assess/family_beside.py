"""The family beside the assessment on screen: read once it is first wanted, and after each act that reaches siblings.

Undo and redo reach the assessment on screen alone: what went to a sibling is theirs, and is taken away there by an act
of its own. Where siblings' assessments are open on the same page, what goes to them is a change there, with its undo.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gcp2_app.domain.answers import Evidence
from gcp2_app.domain.evidence import piece_in, units_with, with_evidence, without_evidence
from gcp2_app.domain.family_grid import shared_units
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.families import Family, FamilyMember
    from gcp2_app.services.session import Session
    from gcp2_app.ui.assess.draft import Draft


class FamilyBeside(QObject):
    """The siblings' assessments, as far as the user may reach them.

    Attributes:
        known: emitted after the family was read.
        touched: ids of pieces that went to siblings, or came off this child's assessment, in this sitting.
    """

    known = Signal()

    def __init__(self, workspace: Workspace, draft: "Draft") -> None:
        super().__init__(draft)
        self._workspace = workspace
        self._draft = draft
        self._asked = False
        self._family: Family | None = None
        self._beside: dict[str, Draft] = {}
        self.touched: set[str] = set()

    @property
    def family(self) -> "Family | None":
        """The family, or None until it is read."""
        return self._family

    @property
    def siblings(self) -> "tuple[FamilyMember, ...]":
        """The siblings that may be shown, those open beside it as they are on screen; none until they are read."""
        if self._family is None:
            return ()
        return tuple(map(self._as_on_screen, self._family.siblings))

    def _as_on_screen(self, member: "FamilyMember") -> "FamilyMember":
        draft, column = self._beside.get(member.child.id), member.column
        if draft is None or column is None or column.assessment.id != draft.value.id:
            return member
        return replace(member, column=replace(column, assessment=draft.value))

    def open_beside(self, drafts: "Iterable[Draft]") -> None:
        """Know which siblings' assessments are open on the same page: what goes to them goes through there.

        Written behind the back of an open assessment, it would be lost with the next change made in that.
        """
        for draft in drafts:
            if draft is not self._draft:
                self._beside[draft.child.id] = draft
                draft.changed.connect(self._moved)

    def _moved(self) -> None:
        if self._family is not None:
            self.known.emit()

    @property
    def not_shown(self) -> int:
        """How many children there are that may not be shown."""
        return self._family.not_shown if self._family is not None else 0

    def ask(self) -> None:
        """Read the family, unless that was asked before."""
        if not self._asked:
            self.ask_again()

    def ask_again(self) -> None:
        """Read the family as it is now."""
        from gcp2_app.services import families

        self._asked = True
        session, id_ = self._workspace.session, self._draft.value.id
        self._workspace.tasks.run(self, lambda: families.of_assessment(session, id_), self._take)

    # Evidence

    def can_take(self, member: "FamilyMember", codes: Collection[str]) -> bool:
        """Whether a sibling's open assessment has any of these units."""
        own = self._family.own.column if self._family is not None else None
        if member.why_not is not None or own is None or member.column is None:
            return False
        return not shared_units(own, member.column).isdisjoint(codes)

    def holders(self, evidence_id: str) -> "list[FamilyMember]":
        """Return the siblings on whose assessment a piece hangs."""
        return [
            member
            for member in self.siblings
            if member.assessment is not None and units_with(member.assessment, evidence_id)
        ]

    def open_holders(self, evidence_id: str) -> "list[FamilyMember]":
        """Return those of them whose assessment can be changed now."""
        return [member for member in self.holders(evidence_id) if member.why_not is None]

    def reads_alike(self, piece: Evidence) -> bool:
        """Whether a piece reads the same wherever it hangs."""
        held = (
            piece_in(member.assessment, piece.id or "") for member in self.holders(piece.id or "") if member.assessment
        )
        return all(each == piece for each in held)

    def left_over(self, unit: str) -> "list[tuple[Evidence, list[FamilyMember]]]":
        """Return pieces of this sitting that hang on a sibling's unit and, after an undo or a removal, not here."""
        found: dict[str, tuple[Evidence, list[FamilyMember]]] = {}
        for member in self.siblings:
            answer = member.assessment.answer(unit) if member.assessment is not None else None
            for piece in answer.evidence if answer is not None and member.why_not is None else ():
                id_ = piece.id or ""
                if id_ in self.touched and not units_with(self._draft.value, id_):
                    found.setdefault(id_, (piece, []))[1].append(member)
        return list(found.values())

    def put_on(self, evidence_id: str, children: Collection[str]) -> None:
        """Write a piece of this assessment to siblings' assessments, after what is on screen is kept."""
        from gcp2_app.services import shared_evidence

        self.touched.add(evidence_id)
        elsewhere = [child for child in children if not self._put_beside(evidence_id, child)]
        id_ = self._draft.value.id
        if elsewhere:
            self._act(elsewhere, lambda session: shared_evidence.put_on(session, id_, evidence_id, elsewhere))

    def _put_beside(self, evidence_id: str, child: str) -> bool:
        """Write a piece to an assessment that is open beside this one; False where it is not."""
        draft, piece = self._beside.get(child), piece_in(self._draft.value, evidence_id)
        own = self._family.own.column if self._family is not None else None
        column = next((member.column for member in self.siblings if member.child.id == child), None)
        if draft is None or piece is None or own is None or column is None:
            return False
        shared = shared_units(own, column)
        there = [code for code in units_with(self._draft.value, evidence_id) if code in shared]
        if there:
            draft.change(with_evidence(draft.value, there, piece), f"evidence {evidence_id} from a sibling")
        return True

    def take_off(self, evidence_id: str, children: Collection[str]) -> None:
        """Take a piece away from siblings' assessments."""
        from gcp2_app.services import shared_evidence

        elsewhere = [child for child in children if not self._take_off_beside(evidence_id, child)]
        id_ = self._draft.value.id
        if elsewhere:
            self._act(elsewhere, lambda session: shared_evidence.take_off(session, id_, evidence_id, elsewhere))

    def _take_off_beside(self, evidence_id: str, child: str) -> bool:
        draft = self._beside.get(child)
        if draft is None:
            return False
        piece = piece_in(draft.value, evidence_id)
        if piece is not None:
            draft.change(without_evidence(draft.value, piece))
        return True

    # Grades about the home

    def offer(self, unit: str, children: Collection[str]) -> None:
        """Offer one's grade of a unit about the home to siblings."""
        from gcp2_app.services import proposals

        id_ = self._draft.value.id
        self._act(children, lambda session: proposals.offer(session, id_, unit, children))

    def _act(self, children: Collection[str], act: "Callable[[Session], Family]") -> None:
        self._draft.flush()
        session = self._workspace.session

        def done(family: "Family") -> None:
            self._take(family)
            for member in family.siblings:
                if member.child.id in children and member.assessment is not None:
                    self._workspace.changed.emit("assessment", member.assessment.id)

        def failed(error: object) -> None:
            self._workspace.tasks.failed.emit(error)
            # What is shown was ticked before it was refused.
            self.known.emit()

        self._workspace.tasks.run(self, lambda: act(session), done, failed)

    def _take(self, family: "Family") -> None:
        self._family = family
        self.known.emit()
