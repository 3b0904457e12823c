"""Stores that cannot be opened: each said in one clear line by every command, and nothing lost."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from gcp2_app.services import stores
from gcp2_app.storage.engine import connect, make_engine
from tests.cli.running import REFUSED, Gcp2
from tests.stores import PASSPHRASE, make_session

COMMANDS = (
    ("export",),
    ("import", "case.json"),
    ("chart", "--child", "c1", "--kind", "trend", "--json"),
    ("report", "--child", "c1", "--kind", "assessment", "--out", "r.pdf"),
    ("keys", "recovery"),
)


def on(command: tuple[str, ...], store: Path) -> tuple[object, ...]:
    """Return a command's arguments with the store in its place."""
    words = 2 if command[0] == "keys" else 1
    return (*command[:words], store, *command[words:])


def _no_store(store: Path) -> None:
    shutil.rmtree(store)


def _no_key_file(store: Path) -> None:
    (store / "keys.json").unlink()


def _no_database(store: Path) -> None:
    (store / "store.db").unlink()


def _empty_database(store: Path) -> None:
    (store / "store.db").write_bytes(b"")


def _plain_database(store: Path) -> None:
    (store / "store.db").unlink()
    with sqlite3.connect(store / "store.db") as connection:
        connection.execute("CREATE TABLE child (name TEXT)")
    connection.close()


def _noise(store: Path) -> None:
    (store / "store.db").write_bytes(os.urandom(50_000))


def _shortened(store: Path) -> None:
    (store / "store.db").write_bytes((store / "store.db").read_bytes()[:8192])


def _anothers(store: Path) -> None:
    make_session(store.parent / "another").store.close()
    shutil.copyfile(store.parent / "another" / "store.db", store / "store.db")


def _newer(store: Path) -> None:
    session = stores.unlock(store, "asmith", PASSPHRASE)
    data_key = session.store.data_key
    session.store.close()
    engine = make_engine(connect(store / "store.db", data_key))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()


def _keys(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def damage(store: Path) -> None:
        file = store / "keys.json"
        file.write_bytes(change(file.read_bytes()))

    return damage


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (_no_store, "There is no store in"),
        (_no_key_file, "The key file is missing"),
        pytest.param(_keys(lambda _: b""), "The key file is damaged", id="keys-empty"),
        pytest.param(_keys(lambda content: content[:100]), "The key file is damaged", id="keys-cut"),
        pytest.param(
            _keys(lambda content: content.replace(b"asmith", b"bsmith")), "The key file is damaged", id="keys-renamed"
        ),
        pytest.param(_keys(lambda _: b"[" * 100_000), "The key file is damaged", id="keys-nested"),
        pytest.param(_keys(lambda _: b"\xff" * 100), "The key file is damaged", id="keys-bytes"),
        (_keys(lambda content: content.replace(b'"version": 1', b'"version": 2')), "newer version"),
        (_no_database, "no store in this folder"),
        (_empty_database, "is empty"),
        (_plain_database, "not encrypted"),
        (_noise, "damaged"),
        (_shortened, "damaged"),
        (_anothers, "damaged, or it belongs to another key file"),
        (_newer, "made by a newer version"),
    ],
)
def test_every_command_says_what_is_wrong(gcp2: Gcp2, store: Path, damage: Callable[[Path], None], said: str) -> None:
    Path("case.json").write_text('{"format": "gcp2-casefile", "version": 1}', encoding="utf-8")
    damage(store)
    before = {path.name: path.read_bytes() for path in store.glob("*.[dj]*")}
    for command in COMMANDS:
        ran = gcp2(*on(command, store))
        assert (ran.code, ran.out) == (REFUSED, ""), command
        assert said in ran.err, command
    assert {path.name: path.read_bytes() for path in store.glob("*.[dj]*")} == before


def test_a_store_that_is_open_elsewhere_is_refused(gcp2: Gcp2, store: Path) -> None:
    Path("case.json").write_text('{"format": "gcp2-casefile", "version": 1}', encoding="utf-8")
    session = stores.unlock(store, "asmith", PASSPHRASE)
    with session.store:
        for command in COMMANDS:
            ran = gcp2(*on(command, store))
            assert (ran.code, ran.out) == (REFUSED, "")
            assert "open in another window" in ran.err
    assert gcp2("export", store).code == 0


@pytest.mark.parametrize("damage", [_no_store, _no_key_file, _keys(lambda _: b"{}")])
def test_listing_the_keys_says_what_is_wrong(gcp2: Gcp2, store: Path, damage: Callable[[Path], None]) -> None:
    damage(store)
    assert gcp2("keys", "list", store).code == REFUSED
