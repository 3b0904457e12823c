"""Finding children, adults, professionals and households by part of a name or number, or a misspelt name."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, or_, select, true

from gcp2_app.domain.register import Child
from gcp2_app.domain.when import LONDON
from gcp2_app.storage.caseload import CaseloadPage, CaseloadQuery, CaseloadRow, caseload, lines
from gcp2_app.storage.names import contains, matches, similar_words
from gcp2_app.storage.relations import children_among, children_with_carers, households_of
from gcp2_app.storage.schema import ChildRow, ChildSummaryRow, NameWordRow, SearchTextRow
from gcp2_app.storage.words import is_misspelling, run_together, words_of
from gcp2_app.storage.work import Work

__all__ = [
    "CaseloadPage",
    "CaseloadQuery",
    "CaseloadRow",
    "caseload",
    "children_among",
    "children_with_carers",
    "find_children",
    "find_households",
    "find_people",
    "find_professionals",
    "households_of",
    "likely_duplicates",
    "same_children",
]

#: How many words of two names must be alike: siblings share one.
_WORDS_ALIKE: Final = 2
#: How many days lie between the births of brothers and sisters who are not twins; a mistyped day is mostly nearer.
_SIBLINGS_DAYS: Final = 240
#: Up to which place of likelihood two children seem to be one.
_SAME: Final = 1


def find_children(tx: Work, text: str, *, limit: int = 20) -> tuple[str, ...]:
    """Return ids of children found by part of a name, alias, number or postcode, or a misspelt name."""
    return _find(tx, "child", text, limit)


def find_people(tx: Work, text: str, *, limit: int = 20) -> tuple[str, ...]:
    """Return ids of adults found by part of a name or telephone number, or a misspelt name."""
    return _find(tx, "person", text, limit)


def find_professionals(tx: Work, text: str, *, limit: int = 20) -> tuple[str, ...]:
    """Return ids of professionals found by part of a name, role or agency, or a misspelt one."""
    return _find(tx, "professional", text, limit)


def find_households(tx: Work, text: str, *, limit: int = 20) -> tuple[str, ...]:
    """Return ids of households found by part of a postcode or address, or a misspelt one."""
    return _find(tx, "household", text, limit)


def _find(tx: Work, kind: str, text: str, limit: int) -> tuple[str, ...]:
    row = SearchTextRow
    as_typed = and_(true(), *(contains(word) for word in words_of(text)))
    found = tx.session.scalars(
        select(row.id)
        .where(row.kind == kind, matches(tx.session, kind, row.id, text))
        .order_by(as_typed.desc(), row.text, row.id)
        .limit(limit)
    )
    return tuple(found)


def likely_duplicates(tx: Work, child: Child, *, limit: int = 10) -> tuple[CaseloadRow, ...]:
    """Return children already here who may be the same as this one, the likeliest first.

    The same NHS number counts most; then the same or a like name with the same date of birth; a like name; the same
    date of birth. Likeness marks, it never refuses.
    """
    today = tx.clock().astimezone(LONDON).date()
    return lines(tx, [id_ for _, _, id_ in _ranked(tx, child)[:limit]], today=today)


def same_children(tx: Work, child: Child) -> tuple[str, ...]:
    """Return ids of children already here with the same NHS number, or a like name and the same date of birth."""
    return tuple(id_ for place, _, id_ in _ranked(tx, child) if place <= _SAME)


def _ranked(tx: Work, child: Child) -> list[tuple[int, int, str]]:
    """Return how likely each other child is the same, the likeliest first, with its id."""
    number = run_together(child.nhs_number or "")
    words = sorted({word for name in (child.name, *child.aliases) for word in words_of(name)})
    own = sorted({word for name in (child.given_names, *child.aliases) for word in words_of(name)})
    ranked: list[tuple[int, int, str]] = []
    for each in _candidates(tx, child, number, words):
        theirs = each.text.split()
        shared = _shared_words(words, theirs)
        if _is_sibling_apart(child.born, each.born) and not _shared_words(own, theirs):
            # A family name of several words, which brothers and sisters bear too.
            shared = 0
        place = _place(
            same_number=bool(number) and each.nhs_number == number,
            same_day=child.born is not None and each.born == child.born,
            shared=shared,
        )
        if place is not None:
            ranked.append((place, -shared, each.id))
    return sorted(ranked)


def _candidates(tx: Work, child: Child, number: str, words: Sequence[str]) -> Sequence[Any]:
    """Return id, number, day of birth and search text of the children worth comparing."""
    row, summary, name = ChildRow, ChildSummaryRow, NameWordRow
    meant = {each for word in words for each in similar_words(tx.session, word)}
    bearing_two = (
        select(name.id)
        .where(name.kind == "child", name.word.in_(meant))
        .group_by(name.id)
        .having(func.count() >= _WORDS_ALIKE)
    )
    conditions: list[ColumnElement[bool]] = [row.id.in_(bearing_two)]
    if number:
        conditions.append(row.nhs_number == number)
    if child.born is not None:
        conditions.append(summary.born == child.born)
    return tx.session.execute(
        select(row.id, row.nhs_number, summary.born, SearchTextRow.text)
        .join(summary, summary.child_id == row.id)
        .join(SearchTextRow, and_(SearchTextRow.id == row.id, SearchTextRow.kind == "child"))
        .where(row.id != child.id, or_(*conditions))
    ).all()


def _shared_words(words: Sequence[str], theirs: Sequence[str]) -> int:
    """Return how many of the words the other child bears too, misspellings included."""
    return sum(any(is_misspelling(word, other) for other in theirs) for word in words)


def _is_sibling_apart(born: date | None, other: date | None) -> bool:
    """Whether two birthdays, known or expected, are as far from each other as those of brothers and sisters."""
    return born is not None and other is not None and abs((born - other).days) >= _SIBLINGS_DAYS


def _place(*, same_number: bool, same_day: bool, shared: int) -> int | None:
    """Return how likely a child is the same, 0 the likeliest, or None where nothing says so."""
    if same_number:
        return 0
    if shared >= _WORDS_ALIKE:
        return 1 if same_day else 2
    if same_day:
        return 3 if shared else 4
    return None
