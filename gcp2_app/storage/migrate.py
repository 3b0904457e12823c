"""Brings a database to the schema this program knows.

Alembic runs from the package's own folder, without a configuration file, on a connection that is already open: it works
the same in a checkout, a wheel and a frozen build.
"""

from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine

from gcp2_app.errors import DamagedStore, StoreError

#: Every revision, oldest first. A test holds it equal to the migrations there are.
REVISIONS: Final = ("0001",)
MIGRATIONS: Final = Path(__file__).resolve().parent / "migrations"


def revision_of(engine: Engine) -> str | None:
    """Return the revision of the database; None for one without tables.

    Raises:
        DamagedStore: there are tables but no revision.
    """
    with engine.begin() as connection:
        tables = set(connection.exec_driver_sql("SELECT name FROM sqlite_schema WHERE type = 'table'").scalars())
        if not tables:
            return None
        if "alembic_version" not in tables:
            raise DamagedStore("This database was not made by this program.", "Choose another store.")
        return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one())


def is_current(engine: Engine) -> bool:
    """Whether the database has the newest schema this program knows.

    Raises:
        StoreError: a newer version of the program made it.
        DamagedStore: there are tables but no revision.
    """
    revision = revision_of(engine)
    return revision is not None and is_newest(revision)


def is_newest(revision: str) -> bool:
    """Whether a revision is the newest this program knows.

    Raises:
        StoreError: a newer version of the program made it.
    """
    if revision not in REVISIONS:
        raise StoreError(
            "This store was made by a newer version of the program.",
            "Install the newest version, then open it again. Nothing was changed.",
        )
    return revision == REVISIONS[-1]


def migrate(engine: Engine) -> None:
    """Bring the database to the newest schema in one transaction; it is changed wholly or not at all.

    Raises:
        DamagedStore: references would lead nowhere afterwards; nothing was changed.
    """
    # Making a table anew with foreign keys on would delete what belongs to it, silently; the switch does nothing once a
    # transaction has begun.
    driver = _driver_connection(engine)
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        with engine.begin() as connection:
            _upgrade(connection)
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise DamagedStore(
                    "The store could not be brought to the new version: some records refer to others that are missing.",
                    "Nothing was changed. Restore the last good backup.",
                )
    finally:
        driver.execute("PRAGMA foreign_keys = ON")


def _driver_connection(engine: Engine) -> Any:
    pooled = engine.raw_connection()
    try:
        return pooled.driver_connection
    finally:
        pooled.close()


def _upgrade(connection: Any) -> None:
    # Alembic takes long to import and is needed only here.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
