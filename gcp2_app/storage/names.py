"""The name index: what children, adults, professionals and households are found by.

Kept in step by :mod:`gcp2_app.storage.projections` at every change; words nobody bears any more leave it.

Words and pairs of letters in tables of our own rather than SQLite's full-text index: its trigrams need three letters of
the right ones in a row, which a short misspelt name does not have, and it would hold every name a second time.
"""

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    func,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session

from gcp2_app.storage.absorbed import stands_for
from gcp2_app.storage.schema import NameWordRow, SearchTextRow, WordGramRow
from gcp2_app.storage.statements import insert_missing, insert_rows, replace_row
from gcp2_app.storage.words import grams, is_misspelling, search_text, words_of

#: A word whose letter pairs are shared less than this (0 to 1) is not looked at more closely.
_WORTH_A_LOOK = 0.3
_MOST_CANDIDATES = 200
_WORDS_OF: Final = select(NameWordRow.word).where(
    NameWordRow.kind == bindparam("kind"), NameWordRow.id == bindparam("id")
)


def index_names(
    session: Session, kind: str, record: str, *, names: Iterable[str], numbers: Iterable[str] = (), new: bool
) -> None:
    """Make a record findable by its names (also misspelt) and numbers (any part)."""
    names = tuple(names)
    row = {"kind": kind, "id": record, "text": search_text(names, numbers)}
    replace_row(session, SearchTextRow, row)
    wanted = {word for name in names for word in words_of(name)}
    have = set() if new else set(session.connection().scalars(_WORDS_OF, {"kind": kind, "id": record}))
    if gone := have - wanted:
        _drop_words(session, kind, record, gone)
    added = sorted(wanted - have)
    insert_rows(session, NameWordRow, [{"word": word, "kind": kind, "id": record} for word in added])
    insert_missing(
        session,
        WordGramRow,
        [
            {"gram": gram, "word": word, "grams": len(pairs)}
            for word in added
            for pairs in [grams(word)]
            for gram in sorted(pairs)
        ],
    )


def forget_names(session: Session, kind: str, record: str) -> None:
    """Let a record be found no longer."""
    words = set(session.connection().scalars(_WORDS_OF, {"kind": kind, "id": record}))
    _drop_words(session, kind, record, words)
    session.execute(delete(SearchTextRow).where(SearchTextRow.kind == kind, SearchTextRow.id == record))


def _drop_words(session: Session, kind: str, record: str, gone: set[str]) -> None:
    of_record = (NameWordRow.kind == kind, NameWordRow.id == record)
    session.execute(delete(NameWordRow).where(*of_record, NameWordRow.word.in_(gone)))
    in_use = exists().where(NameWordRow.word == WordGramRow.word)
    session.execute(delete(WordGramRow).where(WordGramRow.word.in_(gone), ~in_use))


def similar_words(session: Session, typed: str) -> tuple[str, ...]:
    """Return the words in use that a typed plain word may be meant for, itself included if in use."""
    pairs = grams(typed)
    shared = func.count()
    alike = 2.0 * shared / (func.max(WordGramRow.grams) + len(pairs))
    candidates = session.scalars(
        select(WordGramRow.word)
        .where(WordGramRow.gram.in_(pairs))
        .group_by(WordGramRow.word)
        .having(alike >= _WORTH_A_LOOK)
        .order_by(alike.desc())
        .limit(_MOST_CANDIDATES)
    )
    return tuple(word for word in candidates if is_misspelling(typed, word))


def matches(session: Session, kind: str, column: Any, text: str, *, in_order: bool = False) -> ColumnElement[bool]:
    """Return the condition that a record's id, in ``column``, is that of a record found by a text.

    Every word of the text must be part of a name, number or postcode, or a misspelling of a name; or the text is the id
    of a child's record that was merged into another.

    Args:
        session: of the running transaction.
        kind: the kind of record.
        column: where its id stands.
        text: what is looked for.
        in_order: an index gives the records in the order they are wanted in, so that each is looked at in turn;
            otherwise those found are gathered first, and put in order.
    """
    typed = text.strip()
    if kind == "child" and (into := stands_for(session, typed)) != typed:
        # The whole id of a record that was merged into another, and no part of one: parts of ids look like names.
        of_merged: ColumnElement[bool] = column == into
        return of_merged
    return and_(true(), *(_word_matches(session, kind, column, word, in_order=in_order) for word in words_of(text)))


def contains(word: str) -> ColumnElement[bool]:
    """Return the condition that a word is part of what a record is found by."""
    return func.instr(SearchTextRow.text, word) > 0


def _word_matches(session: Session, kind: str, column: Any, word: str, *, in_order: bool) -> ColumnElement[bool]:
    found: Select[Any] | CompoundSelect[Any] = select(SearchTextRow.id).where(
        SearchTextRow.kind == kind, contains(word)
    )
    # A word with a digit in it is a number or a postcode, where another digit means another record. A name with the
    # whole word in it is found already.
    is_number = any(letter.isdigit() for letter in word)
    meant = () if is_number else tuple(other for other in similar_words(session, word) if word not in other)
    slips = select(NameWordRow.id).where(NameWordRow.word.in_(meant), NameWordRow.kind == kind)
    if in_order:
        as_typed = exists().where(SearchTextRow.kind == kind, SearchTextRow.id == column, contains(word))
        return or_(as_typed, column.in_(slips)) if meant else as_typed
    if meant:
        # One set to look into: two joined by "or" take twice as long.
        found = union_all(found, slips)
    matching: ColumnElement[bool] = column.in_(found)
    return matching
