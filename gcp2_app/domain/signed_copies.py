"""A copy that was signed off on another computer, beside this store's, on which somebody still works.

Knows two assessments; nothing of files or stores. What is signed off is the record of the child, in every store. It
takes the place of a copy under way only where no grade and no evidence would be left out by that.

Source: instrument.md, The unit of work, Two practitioners: nothing overwrites; States: signed off (locked).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from gcp2_app.domain.answers import UnitState
from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.grading import latest_grades
from gcp2_app.domain.merging import SAME, TEXTS, UNIT_TEXTS, attributed, same_piece


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What a signed-off copy has not of a copy under way.

    Attributes:
        lost: codes of units with a grade, a reason for having none, or evidence that it does not hold.
        reworded: fields and units whose words read differently in it; the earlier ones stay in the history.
    """

    lost: tuple[str, ...] = ()
    reworded: tuple[str, ...] = ()


def takes_the_place(signed: Assessment, here: Assessment) -> bool:
    """Whether a copy is the signed-off state of the assessment that this store still works on."""
    return signed.locked and not here.locked and all(getattr(here, name) == getattr(signed, name) for name in SAME)


def beside(signed: Assessment, here: Assessment) -> Beside:
    """Return what of this store's copy would be gone from the assessment with the signed-off one in its place."""
    codes = [code for code in here.units if here.units[code] != signed.answer(code)]
    return Beside(
        lost=tuple(code for code in codes if _loses(signed, here, code)),
        reworded=(
            *(name for name in TEXTS if _reworded(getattr(signed, name), getattr(here, name))),
            *(code for code in codes if any(_reworded(*pair) for pair in _texts(signed, here, code))),
        ),
    )


def _loses(signed: Assessment, here: Assessment, code: str) -> bool:
    theirs, ours = attributed(signed, code), attributed(here, code)
    known = {(given.by, given.grade) for given in theirs.grades}
    if any((by, given.grade) not in known for by, given in latest_grades(ours).items()):
        return True
    if any(not any(same_piece(piece, held) for held in theirs.evidence) for piece in ours.evidence):
        return True
    # One of its own with no grade: said there too, or kept in the note by the merge that gave it a grade.
    says = ours.state not in {UnitState.SCORED, UnitState.NOT_STARTED}
    return says and theirs.state is not ours.state and ours.reason.strip() not in theirs.note


def _texts(signed: Assessment, here: Assessment, code: str) -> Iterator[tuple[str, str]]:
    theirs, ours = signed.answer(code), here.answer(code)
    return ((getattr(theirs, name), getattr(ours, name)) for name in UNIT_TEXTS)


def _reworded(theirs: str, ours: str) -> bool:
    return ours.strip() not in theirs
