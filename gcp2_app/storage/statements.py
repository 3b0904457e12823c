"""The statements every change of a record uses, built once.

Building a statement costs SQLAlchemy many times what SQLite needs to run it, and a grade key waits for a dozen of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Delete, Insert, String, Update, bindparam, delete, insert, literal_column, update
from sqlalchemy.orm import Session

from gcp2_app.storage.schema import Table

Row = Mapping[str, Any]
_KEY = "key_of_the_row"
#: The kind of an entry that is found by its child. The plus keeps SQLite from its index of kinds: a child has some
#: thousand entries at most, the store a million, a third of them of one kind.
KIND_OF_CHILDS: Final[ColumnElement[str]] = literal_column("+entry.kind", String())


def insert_rows(session: Session, table: type[Table], rows: Sequence[Row]) -> None:
    """Insert rows, all with the same columns; none is fine too."""
    if rows:
        session.connection().execute(_insert(table), rows)


def replace_row(session: Session, table: type[Table], row: Row) -> None:
    """Insert a row, or put it in the place of the one with the same key."""
    session.connection().execute(_insert(table, "OR REPLACE"), row)


def insert_missing(session: Session, table: type[Table], rows: Sequence[Row]) -> None:
    """Insert those of the rows whose key is not there."""
    if rows:
        session.connection().execute(_insert(table, "OR IGNORE"), rows)


def update_row(session: Session, table: type[Table], key: str, value: str, row: Row) -> None:
    """Change columns of the row whose key has a value."""
    session.connection().execute(_update(table, key, tuple(row)), {_KEY: value, **row})


def delete_rows(session: Session, table: type[Table], column: str, value: str) -> None:
    """Delete the rows that have a value in a column."""
    session.connection().execute(_delete(table, column), {_KEY: value})


@cache
def _insert(table: type[Table], conflict: str = "") -> Insert:
    # Not SQLite's own insert with its ON CONFLICT: SQLAlchemy compiles that anew each time.
    statement = insert(table)
    return statement.prefix_with(conflict) if conflict else statement


@cache
def _update(table: type[Table], key: str, columns: Iterable[str]) -> Update:
    rows = table.__table__
    return update(table).where(rows.c[key] == bindparam(_KEY)).values({name: bindparam(name) for name in columns})


@cache
def _delete(table: type[Table], column: str) -> Delete:
    return delete(table).where(table.__table__.c[column] == bindparam(_KEY))
