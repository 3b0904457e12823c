"""The tables the migrations make are the tables the program reads."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine
from sqlcipher3 import dbapi2

from gcp2_app.errors import DamagedStore
from gcp2_app.storage import migrate
from gcp2_app.storage.engine import connect, make_engine
from gcp2_app.storage.schema import Table

_TABLES = "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' AND name <> 'alembic_version'"


def ddl(connection: Any) -> set[tuple[str, str, str]]:
    return {(kind, name, " ".join(sql.split())) for kind, name, sql in connection.execute(_TABLES).fetchall()}


def test_the_migrations_make_what_the_schema_declares(folder: Path, key: bytes) -> None:
    engine = create_engine("sqlite://", module=dbapi2)
    Table.metadata.create_all(engine)
    declared = engine.raw_connection()
    migrated = connect(folder / "store.db", key)
    try:
        assert ddl(migrated) == ddl(declared.driver_connection)
    finally:
        migrated.close()
        declared.close()
        engine.dispose()


def test_the_program_knows_every_migration_in_order() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.MIGRATIONS))
    script = ScriptDirectory.from_config(config)
    found = [revision.revision for revision in script.walk_revisions()]
    assert tuple(reversed(found)) == migrate.REVISIONS
    assert script.get_current_head() == migrate.REVISIONS[-1]


def test_every_constraint_and_index_has_a_fixed_name() -> None:
    for table in Table.metadata.tables.values():
        assert all(constraint.name for constraint in table.constraints), table.name
        assert all(index.name for index in table.indexes), table.name


@pytest.fixture
def engine(folder: Path, key: bytes) -> Any:
    made = make_engine(connect(folder / "store.db", key))
    yield made
    made.dispose()


def test_a_migration_that_would_leave_references_to_nothing_changes_nothing(engine: Engine) -> None:
    driver = engine.raw_connection().driver_connection
    assert driver is not None
    driver.execute("PRAGMA foreign_keys = OFF")
    driver.execute("INSERT INTO place (user_id, assessment_id, unit, at) VALUES ('u', 'a', 'A1.a', '2026-01-01')")
    driver.execute("UPDATE alembic_version SET version_num = '0001'")
    with pytest.raises(DamagedStore, match="could not be brought to the new version"):
        migrate.migrate(engine)
    assert driver.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_migrations_run_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: bytes) -> None:
    place = tmp_path / "100 % ours; really"
    shutil.copytree(migrate.MIGRATIONS, place, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(migrate, "MIGRATIONS", place)
    engine = make_engine(connect(tmp_path / "new.db", key))
    migrate.migrate(engine)
    assert migrate.is_current(engine)
    engine.dispose()


def test_every_connection_has_the_settings_that_keep_it_safe(engine: Engine) -> None:
    driver = engine.raw_connection().driver_connection
    assert driver is not None
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "secure_delete": 1,
        "temp_store": 2,
        "cache_size": -8192,
    }
    assert {name: driver.execute(f"PRAGMA {name}").fetchone()[0] for name in expected} == expected
    assert driver.execute("PRAGMA cipher_memory_security").fetchone() == ("0",)
    assert driver.execute("PRAGMA cipher_integrity_check").fetchall() == []
