"""Quality coach: quiet suggestions about how an assessment is written. They block nothing and judge nobody.

Pure functions over one assessment, the words an area looks for, and what was written of the child's brothers and
sisters. A suggestion names a place and the words found there; it is shown on this computer alone.

Source: instrument.md, The unit of work (facts apart from judgement, what this child shows and says).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from gcp2_app.domain.answers import EvidenceSource
from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.grading import effective_grade
from gcp2_app.domain.instrument import Pack, Unit

_SEEN: Final = frozenset({EvidenceSource.SEEN_AT_HOME, EvidenceSource.SEEN_ELSEWHERE})
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
#: What stands in quotation marks is somebody else's way to say it.
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
#: One to three capital letters that stand alone, with or without their full stops.
_INITIALS = re.compile(r"(?<![\w.&])(?:(?:[A-Z]\.){1,3}|[A-Z]{1,3})(?![\w&])")
_WORDS_OF_ASSESSMENT: Final = ("child_voice", "child_wishes", "analysis", "meaning_so_far", "meaning_ahead")


class Advice(StrEnum):
    """What a suggestion is about. The values are names for the program, not words for readers."""

    INITIALS = "initials"
    OPINION = "opinion"
    SAME_AS_SIBLING = "same_as_sibling"
    MOSTLY_MIDDLE = "mostly_middle"
    VOICE_EMPTY = "voice_empty"
    VOICE_STOCK = "voice_stock"
    REPEATS_DESCRIPTOR = "repeats_descriptor"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoachingWords:
    """What the coach looks for; the numbers and words are in ``forms/coaching``.

    Attributes:
        not_initials: capital letters that stand for no person, such as "GP".
        opinion: words that judge, in small letters.
        stock: sentences that stand where a child's words should, in small letters.
        voice_least_words: words that have to be left of a child's voice without those sentences.
        descriptor_words: words running that may not be the descriptor's.
        sibling_words: the least length of a text, in words, that may not be the same for a brother or sister.
        middle_least_units: graded units from which mostly the middle grade is spoken of.
        middle_percent: the share of them at the middle grade, in percent.
    """

    not_initials: frozenset[str]
    opinion: tuple[str, ...]
    stock: tuple[str, ...]
    voice_least_words: int
    descriptor_words: int
    sibling_words: int
    middle_least_units: int
    middle_percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One text of an assessment.

    Attributes:
        field: name of the case-file field: ``evidence``, ``note``, ``child_voice``, …
        code: the unit's code, or empty.
        piece: id of the piece of evidence; the same piece may hang on several units and children.
        seen: it is what was seen, a fact.
    """

    text: str
    field: str
    code: str = ""
    piece: str | None = None
    seen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a text stands.

    Attributes:
        field: name of the case-file field, as in :class:`Written`.
        code: the unit's code, or empty.
        piece: id of the piece of evidence, or None for every text there.
    """

    field: str
    code: str = ""
    piece: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiblingText:
    """One text of a brother's or sister's assessment in the same days.

    Attributes:
        name: what the brother or sister is called.
    """

    name: str
    written: Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One thing to look at again.

    Attributes:
        field: name of the case-file field, as in :class:`Written`; ``units`` where it is about the grades.
        code: the unit's code, or empty.
        found: the words found, the names of brothers and sisters, or for the middle grade: how many of how many at
            which.
    """

    advice: Advice
    field: str
    code: str = ""
    found: tuple[str, ...] = ()


def suggestions(
    pack: Pack, assessment: Assessment, words: CoachingWords, siblings: Sequence[SiblingText] = ()
) -> tuple[Suggestion, ...]:
    """Return what is worth another look, each once, in the order of the pages.

    Args:
        pack: the pack version it was made with.
        assessment: as the practitioner may see it; one recorded elsewhere gets none.
        words: what to look for.
        siblings: texts of brothers and sisters.
    """
    if assessment.recorded_elsewhere:
        return ()
    found: list[Suggestion] = []
    for written in written_in(assessment):
        found.extend(_of_written(pack, written, words, siblings))
    found.extend(_of_voice(assessment, words))
    found.extend(_of_grades(pack, assessment, words))
    return tuple(dict.fromkeys(found))


def suggestions_at(
    pack: Pack,
    assessment: Assessment,
    place: Place,
    words: CoachingWords,
    siblings: Sequence[SiblingText] = (),
) -> tuple[Suggestion, ...]:
    """Return what is worth another look in one text, each once; the same suggestions as among all of them.

    Args:
        pack: the pack version it was made with.
        assessment: as the practitioner may see it; one recorded elsewhere gets none.
        place: which text.
        words: what to look for.
        siblings: texts of brothers and sisters.
    """
    if assessment.recorded_elsewhere:
        return ()
    found: list[Suggestion] = []
    for written in written_in(assessment):
        if (written.field, written.code) == (place.field, place.code) and place.piece in {None, written.piece}:
            found.extend(_of_written(pack, written, words, siblings))
    if place.field == "child_voice":
        found.extend(_of_voice(assessment, words))
    return tuple(dict.fromkeys(found))


def written_in(assessment: Assessment) -> tuple[Written, ...]:
    """Return every text a practitioner wrote in an assessment that is not empty, units first."""
    found: list[Written] = []
    for code, answer in assessment.units.items():
        found.append(Written(text=answer.note, field="note", code=code))
        found.extend(
            Written(text=piece.text, field="evidence", code=code, piece=piece.id, seen=piece.source in _SEEN)
            for piece in answer.evidence
        )
    found.extend(Written(text=getattr(assessment, name), field=name) for name in _WORDS_OF_ASSESSMENT)
    return tuple(written for written in found if written.text.strip())


def initials_in(text: str, words: CoachingWords) -> tuple[str, ...]:
    """Return capital letters that stand alone and may be a person's initials, each once.

    A text written in capitals throughout says nothing of this.
    """
    if text.isupper() and len(_WORD.findall(text)) > 1:
        return ()
    kept = (match.group() for match in _INITIALS.finditer(text))
    return tuple(dict.fromkeys(each for each in kept if each.replace(".", "") not in words.not_initials))


def opinions_in(text: str, words: CoachingWords) -> tuple[str, ...]:
    """Return words of opinion outside quotation marks, each once."""
    plain = _plain(_QUOTED.sub(" ", text))
    return tuple(word for word in words.opinion if f" {word} " in plain)


def repeats(text: str, unit: Unit, run: int) -> bool:
    """Whether a text has so many words running from a descriptor of the unit.

    Args:
        text: of a piece of evidence.
        unit: the unit it hangs on.
        run: how many words, 1 or more.
    """
    own = _runs(text, run)
    return any(own & _runs(descriptor, run) for descriptors in unit.descriptors for descriptor in descriptors.grades)


def is_stock(text: str, words: CoachingWords) -> bool:
    """Whether a child's voice is hardly more than a sentence that would fit any child."""
    plain = _plain(text)
    before = plain
    for sentence in sorted(words.stock, key=len, reverse=True):
        plain = plain.replace(f" {sentence} ", " ")
    return plain != before and len(plain.split()) < words.voice_least_words


def same_as(written: Written, siblings: Iterable[SiblingText], words: CoachingWords) -> tuple[str, ...]:
    """Return names of the brothers and sisters of whom the same text was written, each once.

    One piece of evidence that hangs on several children is one thing seen once, and no copy.
    """
    plain = _plain(written.text)
    if len(plain.split()) < words.sibling_words:
        return ()
    return tuple(
        dict.fromkeys(
            each.name
            for each in siblings
            if (written.piece is None or written.piece != each.written.piece) and _plain(each.written.text) == plain
        )
    )


def middle_grade(pack: Pack) -> int | None:
    """Return the grade value in the middle of the pack's scale, or None where there is none."""
    half, odd = divmod(len(pack.grades), 2)
    return pack.grades[half].value if odd else None


def _of_written(
    pack: Pack, written: Written, words: CoachingWords, siblings: Sequence[SiblingText]
) -> Iterator[Suggestion]:
    yield from _of_text(pack, written, words)
    same = same_as(written, siblings, words)
    if same:
        yield Suggestion(advice=Advice.SAME_AS_SIBLING, field=written.field, code=written.code, found=same)


def _of_text(pack: Pack, written: Written, words: CoachingWords) -> Iterator[Suggestion]:
    initials = initials_in(written.text, words)
    if initials:
        yield Suggestion(advice=Advice.INITIALS, field=written.field, code=written.code, found=initials)
    opinions = opinions_in(written.text, words) if written.seen else ()
    if opinions:
        yield Suggestion(advice=Advice.OPINION, field=written.field, code=written.code, found=opinions)
    if written.field == "evidence" and pack.has_unit(written.code):
        units = (unit for unit in pack.subarea_of(written.code).units if unit.code == written.code)
        if any(repeats(written.text, unit, words.descriptor_words) for unit in units):
            yield Suggestion(advice=Advice.REPEATS_DESCRIPTOR, field=written.field, code=written.code)


def _of_voice(assessment: Assessment, words: CoachingWords) -> Iterator[Suggestion]:
    if not assessment.child_voice.strip():
        # Before anything is graded there was nothing to hear yet.
        if any(effective_grade(answer).grade is not None for answer in assessment.units.values()):
            yield Suggestion(advice=Advice.VOICE_EMPTY, field="child_voice")
    elif is_stock(assessment.child_voice, words):
        yield Suggestion(advice=Advice.VOICE_STOCK, field="child_voice")


def _of_grades(pack: Pack, assessment: Assessment, words: CoachingWords) -> Iterator[Suggestion]:
    middle = middle_grade(pack)
    grades = [grade for answer in assessment.units.values() if (grade := effective_grade(answer).grade) is not None]
    at_middle = sum(grade == middle for grade in grades)
    if len(grades) >= words.middle_least_units and at_middle * 100 >= words.middle_percent * len(grades):
        found = (str(at_middle), str(len(grades)), str(middle))
        yield Suggestion(advice=Advice.MOSTLY_MIDDLE, field="units", found=found)


def _plain(text: str) -> str:
    """Return a text's words in small letters, one blank before, between and after them."""
    return f" {' '.join(_WORD.findall(text.replace('’', chr(39)).casefold()))} "


def _runs(text: str, run: int) -> set[tuple[str, ...]]:
    words = _plain(text).split()
    return {tuple(words[start : start + run]) for start in range(len(words) - run + 1)}
