"""The word index of entries: the entries of a whole caseload by the words that stand in them.

Kept in step by :mod:`gcp2_app.storage.projections` at every change. It is SQLite's full-text index without a copy of
the texts; beside the words of an entry stands one token for each of its children, so that the words of a few children
among ten thousand are found without looking at those of the rest. What is entered in error leaves it.
"""

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from sqlalchemy import TextClause, bindparam, exists, literal_column, select, text
from sqlalchemy.orm import Session

from gcp2_app.domain.entries import Entry
from gcp2_app.storage.schema import ChildAllocationRow, ChildSummaryRow, EntryChildRow, EntryRow
from gcp2_app.storage.words import words_of
from gcp2_app.storage.work import Work

#: A shorter word is part of too many others to say anything, and is not looked for.
_SHORTEST: Final = 3
#: A caseload of up to so many children is named child by child; of a larger one each entry found is looked at.
_MOST_NAMED: Final = 300
#: A word of the program's own, such as a mode of visit, or a day: nobody wrote it.
_CODE: Final = re.compile(r"[a-z0-9_]+|\d{4}-\d{2}-\d{2}.*")

_INDEX: Final = text("INSERT INTO entry_word (rowid, said) SELECT number, :said FROM entry WHERE id = :id")
_DROP: Final = text("DELETE FROM entry_word WHERE rowid = (SELECT number FROM entry WHERE id = :id)")
#: Rewrites the index without the words that went; until then they stand in it, marked as gone.
_REWRITE: Final = text("INSERT INTO entry_word (entry_word) VALUES ('optimize')")
_FOUND: Final[TextClause] = text("SELECT rowid AS number FROM entry_word WHERE entry_word MATCH :wanted")


def index_entries(session: Session, entries: Iterable[Entry], *, new: bool) -> None:
    """Make entries findable by what they say, and by nothing they said before.

    Args:
        session: of the running transaction, which has written the entries.
        entries: the entries.
        new: none of them was there before.
    """
    connection = session.connection()
    rows = [{"id": entry.id, "said": _said(entry)} for entry in entries if entry.entered_in_error is None]
    if not new:
        for entry in entries:
            connection.execute(_DROP, {"id": entry.id})
    if rows:
        connection.execute(_INDEX, rows)


def forget_words(tx: Work) -> None:
    """Overwrite the words of what is destroyed. It takes some seconds in a store of a million entries."""
    tx.session.connection().execute(_REWRITE)


def find_entries(tx: Work, typed: str, *, allocated_to: Collection[str] | None, limit: int) -> tuple[str, ...]:
    """Return ids of entries that hold every word of a text, the one written down last first.

    The last word may be the beginning of one; words of one or two letters are not looked for. Entries of children whose
    record is restricted are left to whoever opens it.

    Args:
        tx: a running transaction.
        typed: what is looked for.
        allocated_to: only entries about children with an allocation, past or present, of these professionals.
        limit: the most entries.
    """
    wanted = _wanted(typed)
    if not wanted:
        return ()
    link, mine = EntryChildRow, ChildAllocationRow
    visible = [link.entry_id == EntryRow.id, ChildSummaryRow.restricted.is_(False)]
    if allocated_to is not None:
        reached = select(mine.child_id).where(mine.professional_id.in_(allocated_to)).distinct()
        children = tx.session.scalars(reached.limit(_MOST_NAMED + 1)).all()
        if not children:
            return ()
        if len(children) <= _MOST_NAMED:
            wanted = f"{wanted} AND ({' OR '.join(map(_token, children))})"
        visible.append(link.child_id.in_(reached))
    found = _FOUND.columns(literal_column("number")).subquery("found")
    query = (
        select(EntryRow.id)
        .select_from(found)
        .join(EntryRow, EntryRow.number == found.c.number)
        .where(exists().where(*visible, ChildSummaryRow.child_id == link.child_id))
        .order_by(found.c.number.desc())
        .limit(bindparam("most"))
    )
    return tuple(tx.session.scalars(query, {"wanted": wanted, "most": limit}))


def _wanted(typed: str) -> str:
    """Return the words of a text as the index is asked: each whole but the last, which may go on."""
    words = [word for word in words_of(typed) if len(word) >= _SHORTEST]
    return " AND ".join([*(f'"{word}"' for word in words[:-1]), *(f'"{word}"*' for word in words[-1:])])


def _said(entry: Entry) -> str:
    source = entry.source
    texts = (
        entry.what,
        entry.impact,
        entry.carer_response,
        entry.action_taken,
        entry.outcome,
        entry.significance_why,
        entry.child_words,
        *entry.relevance.values(),
        *((source.name, source.role) if source is not None else ()),
        *_written(entry.data),
    )
    said = (word for each in texts if each for word in words_of(each))
    return " ".join((*said, *map(_token, entry.children)))


def _written(value: Any) -> Iterator[str]:
    """Yield the texts people wrote, at any depth of an entry's own fields."""
    if isinstance(value, str):
        if not _CODE.fullmatch(value):
            yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _written(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _written(each)


def _token(child: str) -> str:
    """Return the word that stands for a child: none that anybody writes."""
    return f"child{hashlib.blake2b(child.encode(), digest_size=12).hexdigest()}"
