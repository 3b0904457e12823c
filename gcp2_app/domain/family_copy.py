"""The family's own copy of an assessment: what it says, and what is left out of it unless it is ticked.

Plain words, strengths first. Knows the pack, the assessment and who can see the screen; nothing of widgets.

Source: experience.md, screen 5 (share view).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from gcp2_app.domain.answers import Evidence, EvidenceSource
from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.grading import effective_grade
from gcp2_app.domain.instrument import Pack, Unit
from gcp2_app.domain.withheld import Loss, Secret, Withheld, losses

_SEEN: Final = frozenset({EvidenceSource.SEEN_AT_HOME, EvidenceSource.SEEN_ELSEWHERE})


NOTHING_WITHHELD: Final = Withheld()
NO_UNITS: Final[Mapping[str, Unit]] = MappingProxyType({})


class LeftOut(StrEnum):
    """What is left out of the family's copy unless it is ticked, piece by piece."""

    CHILD_WORDS = "child_words"
    CARER_WORDS = "carer_words"
    THIRD_PARTY = "third_party"
    OTHER_PROFESSIONAL = "other_professional"
    RECORD = "record"
    ANALYSIS = "analysis"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """Who sits before the screen, and what of the record they must not see.

    Attributes:
        present: ids of the people who can see it.
        young_person: the copy is the young person's own.
        withheld: what is withheld from anybody present.
        hidden_visits: ids of visits marked as harmful to share or withheld from somebody present; what was seen then
            is neither shown nor offered.
        told_visits: ids of visits whose account comes from a neighbour, relative or anonymous source, or a third party.
    """

    present: frozenset[str] = frozenset()
    young_person: bool = False
    withheld: Withheld = NOTHING_WITHHELD
    hidden_visits: frozenset[str] = frozenset()
    told_visits: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One thing that is left out unless it is ticked.

    Attributes:
        key: names it in the record of the sharing; never what it says.
        unit: code of its unit, or empty.
    """

    key: str
    kind: LeftOut
    text: str
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyUnit:
    """One unit as the family reads it.

    Attributes:
        grade: grade value; ``grade_label`` its words, ``descriptor`` the pack's sentence for it.
        seen: what was seen.
        more: what was ticked to be shown besides.
    """

    code: str
    label: str
    area: str
    grade: int
    grade_label: str
    descriptor: str
    seen: tuple[str, ...] = ()
    more: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """One thing that should change.

    Attributes:
        aim: the pack's sentence for the grade aimed at.
        first: what keeps the child safe first, or empty.
    """

    label: str
    aim: str
    support: str = ""
    owner: str = ""
    due: date | None = None
    first: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyCopy:
    """Everything the family reads.

    Attributes:
        strengths: units whose needs are met; ``worries``: those to be watched or worse; both in the pack's order.
        not_seen: labels of the units without a grade.
        more: what was ticked and belongs to no unit.
        losses: what is left out because it is withheld from somebody present.
    """

    strengths: tuple[FamilyUnit, ...]
    worries: tuple[FamilyUnit, ...]
    not_seen: tuple[str, ...]
    agreed: tuple[Agreed, ...]
    more: tuple[Piece, ...]
    review_due: date | None
    losses: tuple[Loss, ...]


def left_out(pack: Pack, assessment: Assessment, band: str, sitting: Sitting) -> tuple[Piece, ...]:
    """Return what is left out unless it is ticked, in the order of the pack, without what is withheld."""
    clean = _Cleaner(sitting.withheld)
    return tuple(_cleaned(_usually_left_out(pack, assessment, band, sitting), clean))


def make_copy(
    pack: Pack, assessment: Assessment, *, band: str, age_months: int, sitting: Sitting, ticked: Collection[str] = ()
) -> FamilyCopy:
    """Return the family's copy.

    Args:
        pack: the pack it was made with.
        assessment: the assessment, as far as the person who shows it may see it.
        band: code of its developmental band, or empty where it is not known.
        age_months: the child's age at the window's start, in completed months.
        sitting: who sees it.
        ticked: keys of the pieces to show besides.
    """
    clean = _Cleaner(sitting.withheld)
    usual = _usually_left_out(pack, assessment, band, sitting)
    more = _cleaned([piece for piece in usual if piece.key in ticked], clean, pack.units_in(band))
    strengths: list[FamilyUnit] = []
    worries: list[FamilyUnit] = []
    not_seen: list[str] = []
    for code, unit in pack.units_in(band).items():
        answer = assessment.answer(code)
        grade = effective_grade(answer).grade
        if grade is None:
            not_seen.append(unit.label)
            continue
        shown = FamilyUnit(
            code=code,
            label=unit.label,
            area=pack.area_of[pack.subarea_of(code).code].label,
            grade=grade,
            grade_label=pack.grades_by_value[grade].label,
            descriptor=_sentence(pack, unit, grade, age_months),
            seen=tuple(
                filter(None, (clean(piece.text, unit.label) for piece in answer.evidence if _is_ours(piece, sitting)))
            ),
            more=tuple(piece for piece in more if piece.unit == code),
        )
        (strengths if grade < pack.thresholds.watch_from else worries).append(shown)
    return FamilyCopy(
        strengths=tuple(strengths),
        worries=tuple(worries),
        not_seen=tuple(not_seen),
        agreed=tuple(_agreed(pack, assessment, band, age_months, clean)),
        more=tuple(piece for piece in more if not piece.unit),
        review_due=assessment.review_due,
        losses=losses(clean.taken),
    )


class _Cleaner:
    """Takes what is withheld out of one text after the other, and remembers where.

    No mark stands in its place: the family must not read that there is something to know.

    Source: casework.md, Register (dropped with whatever gives it away; the loss list says so).
    """

    def __init__(self, withheld: Withheld) -> None:
        self._withheld = withheld
        self.taken: list[tuple[str, Secret]] = []

    def __call__(self, text: str, where: str) -> str:
        scrubbed = self._withheld.leave_out(text)
        self.taken.extend((where, secret) for secret in scrubbed.taken)
        return scrubbed.text


def _cleaned(pieces: Iterable[Piece], clean: _Cleaner, units: Mapping[str, Unit] = NO_UNITS) -> list[Piece]:
    """Return pieces without what is withheld; one of which nothing is left is not among them."""
    told = (
        replace(piece, text=clean(piece.text, units[piece.unit].label if piece.unit in units else _where(piece)))
        for piece in pieces
    )
    return [piece for piece in told if piece.text]


def _where(piece: Piece) -> str:
    return "The child’s words" if piece.kind is LeftOut.CHILD_WORDS else "Analysis"


def _usually_left_out(pack: Pack, assessment: Assessment, band: str, sitting: Sitting) -> list[Piece]:
    return [
        *_words(assessment, sitting),
        *(piece for code in pack.units_in(band) for piece in _of_unit(assessment, code, sitting)),
    ]


def _words(assessment: Assessment, sitting: Sitting) -> Iterator[Piece]:
    own = () if sitting.young_person else ("child_own_views",)
    for name in ("child_voice", "child_wishes", *own):
        if text := getattr(assessment, name).strip():
            yield Piece(key=name, kind=LeftOut.CHILD_WORDS, text=text)
    for name in ("analysis", "meaning_so_far", "meaning_ahead"):
        if text := getattr(assessment, name).strip():
            yield Piece(key=name, kind=LeftOut.ANALYSIS, text=text)


def _of_unit(assessment: Assessment, code: str, sitting: Sitting) -> Iterator[Piece]:
    answer = assessment.answer(code)
    for number, piece in enumerate(answer.evidence):
        kind = _kind(piece, sitting)
        if kind is not None and piece.text.strip():
            yield Piece(key=f"{code} evidence {piece.id or number}", kind=kind, text=piece.text, unit=code)
    if answer.carer_comment.strip() and not hears_all_carers(assessment, sitting):
        yield Piece(key=f"{code} carer_comment", kind=LeftOut.CARER_WORDS, text=answer.carer_comment, unit=code)


def hears_all_carers(assessment: Assessment, sitting: Sitting) -> bool:
    """Whether what carers say is nobody else's: every carer of the assessment is present, and it is their copy."""
    return not sitting.young_person and set(assessment.carers) <= sitting.present


def _is_ours(piece: Evidence, sitting: Sitting) -> bool:
    """Whether a piece of evidence is what we saw ourselves."""
    return (
        bool(piece.text.strip())
        and piece.source in _SEEN
        and not piece.third_party
        and not piece.harm_if_disclosed
        and piece.visit not in sitting.hidden_visits | sitting.told_visits
    )


def _kind(piece: Evidence, sitting: Sitting) -> LeftOut | None:
    """Return why a piece is left out unless it is ticked; None where it is shown, or not even offered."""
    if piece.harm_if_disclosed or piece.visit in sitting.hidden_visits or _is_ours(piece, sitting):
        return None
    if piece.third_party or piece.visit in sitting.told_visits:
        return LeftOut.THIRD_PARTY
    return {
        EvidenceSource.CHILD_SAID: LeftOut.CHILD_WORDS,
        EvidenceSource.CARER_SAID: LeftOut.CARER_WORDS,
        EvidenceSource.OTHER_PROFESSIONAL: LeftOut.OTHER_PROFESSIONAL,
    }.get(piece.source, LeftOut.RECORD)


def _sentence(pack: Pack, unit: Unit, grade: int, age_months: int) -> str:
    return unit.texts(age_months).grades[pack.rank(grade) - 1]


def _agreed(pack: Pack, assessment: Assessment, band: str, age_months: int, clean: _Cleaner) -> Iterator[Agreed]:
    units = pack.units_in(band)
    for target in assessment.targets:
        unit = units.get(target.unit)
        if unit is None:
            continue
        step = target.safety_step
        yield Agreed(
            label=unit.label,
            aim=_sentence(pack, unit, target.target, age_months),
            support=clean(target.support, unit.label),
            owner=clean(target.owner, unit.label),
            due=target.due,
            first=clean(step.step, unit.label) if step is not None else "",
        )
