"""Whether a database is whole: its pages, its schema, its references, and the end of its audit trail.

Each check finds what it finds and goes on; nothing is changed. What the records mean is looked at elsewhere.

Source: safekeeping.md, Faults ("``gcp2 verify`` checks pages (``cipher_integrity_check``), schema, foreign keys, audit
    chain, frozen documents").
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from gcp2_app.domain.words import counted
from gcp2_app.errors import DamagedStore
from gcp2_app.storage import audit, migrate
from gcp2_app.storage.engine import DATA_KEY_BYTES, connect, make_engine
from gcp2_app.storage.faults import told_plainly
from gcp2_app.storage.schema import Table
from gcp2_app.storage.seal import check_seal, seal_key
from gcp2_app.storage.work import Work


class Part(StrEnum):
    """What was checked."""

    PAGES = "pages"
    SCHEMA = "schema"
    REFERENCES = "references"
    TRAIL = "audit trail"
    SIGNED = "signed-off assessments"
    CHRONOLOGIES = "frozen chronologies"
    REQUESTS = "sent requests for help"
    FILES = "files kept with entries"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that is not as it should be.

    Attributes:
        part: what was checked.
        text: what is wrong, in one sentence: ids and numbers, never a value about a child.
    """

    part: Part
    text: str


#: So many faults in the order of the pages are named.
_MOST: Final = 20
_VERSION: Final = "alembic_version"


def pages(connection: Connection) -> Iterator[Trouble]:
    """Find pages whose authentication fails: they were altered, or the disk lost them."""
    for row in connection.exec_driver_sql("PRAGMA cipher_integrity_check"):
        yield Trouble(Part.PAGES, f"A page of the database was altered or is damaged: {row[0]}.")
    for row in connection.exec_driver_sql(f"PRAGMA quick_check({_MOST})"):
        if row[0] != "ok":
            # The first line only says which database.
            lines = [line for line in str(row[0]).splitlines() if not line.startswith("***")]
            more = f", and {counted(len(lines) - 1, 'more fault')}" if len(lines) > 1 else ""
            yield Trouble(Part.PAGES, f"The database is not in order: {lines[0] if lines else row[0]}{more}.")


def schema(connection: Connection) -> Iterator[Trouble]:
    """Find tables, indexes and triggers that are missing, added or altered.

    The triggers that keep the audit trail and frozen chronologies from being changed are among them. A schema older
    than the program's is not compared: it is brought up to date when it is opened.

    Raises:
        StoreError: a newer version of the program made it.
    """
    found = _schema_of(connection)
    if _VERSION not in found:
        yield Trouble(Part.SCHEMA, "The database does not say which version of the program made it.")
        return
    if not migrate.is_newest(str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one())):
        return
    expected = _declared()
    for name in sorted(expected.keys() | found.keys() - {_VERSION}):
        if expected.get(name) != found.get(name):
            what = "is missing" if name not in found else "does not belong here" if name not in expected else "differs"
            yield Trouble(Part.SCHEMA, f"“{name}” of the database’s schema {what}.")


def _schema_of(connection: Connection) -> dict[str, str]:
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    return {name: " ".join(sql.split()) for name, sql in rows}


@cache
def _declared() -> dict[str, str]:
    """Return the newest schema, as it is declared; a test holds the migrations equal to it."""
    engine = make_engine(connect(Path(":memory:"), bytes(DATA_KEY_BYTES)))
    try:
        with engine.begin() as connection:
            Table.metadata.create_all(connection)
            return _schema_of(connection)
    finally:
        engine.dispose()


def references(connection: Connection) -> Iterator[Trouble]:
    """Find records that refer to others that are missing."""
    rows = connection.exec_driver_sql("PRAGMA foreign_key_check")
    for (table, parent), times in Counter((row[0], row[2]) for row in rows).items():
        what = counted(times, "row")
        yield Trouble(Part.REFERENCES, f"{what} of “{table}” without what it belongs to in “{parent}”.".capitalize())


def trail_end(tx: Work, data_key: bytes) -> Iterator[Trouble]:
    """Find out whether the audit trail ends where it was sealed."""
    try:
        check_seal(tx.session, seal_key(data_key))
    except DamagedStore as error:
        yield Trouble(Part.TRAIL, error.message)


def trail(tx: Work, data_key: bytes) -> Iterator[Trouble]:
    """Find the first event of the audit trail that was altered, removed, added or put in another order."""
    broken = audit.first_broken(tx)
    if broken is not None:
        yield Trouble(Part.TRAIL, f"The audit trail was altered: it is broken at event {broken:,}.")
    yield from trail_end(tx, data_key)


def go_on(check: Callable[[], Iterator[Trouble]], part: Part) -> tuple[Trouble, ...]:
    """Return what a check finds; that it cannot read on is a finding too."""
    found: list[Trouble] = []
    try:
        with told_plainly():
            found.extend(check())
    except DamagedStore as error:
        found.append(Trouble(part, f"This part cannot be read to its end. {error.message}"))
    return tuple(found)


def quickly(tx: Work, data_key: bytes) -> tuple[Trouble, ...]:
    """Return what is wrong with a database that is about to be relied on: pages, schema, references, trail's end."""
    connection = tx.session.connection()
    checks: tuple[tuple[Part, Callable[[], Iterator[Trouble]]], ...] = (
        (Part.PAGES, lambda: pages(connection)),
        (Part.SCHEMA, lambda: schema(connection)),
        (Part.REFERENCES, lambda: references(connection)),
        (Part.TRAIL, lambda: trail_end(tx, data_key)),
    )
    found: list[Trouble] = []
    for part, check in checks:
        found.extend(go_on(check, part))
    return tuple(found)
