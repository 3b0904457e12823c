"""The stand-alone verifier finds what the program finds, and needs nothing of the program."""

import ast
import getpass
import sys
from collections.abc import Callable
from pathlib import Path

import keyring
import pytest
from keyring.backends import null

import verify_store
from gcp2_app.services import backups, stores
from gcp2_app.services.session import Session
from gcp2_app.storage.engine import connect
from tests.stores import PASSPHRASE, add_family, make_session

SCRIPT = Path(verify_store.__file__)


class Store:
    """A store nobody has open, what opens it, and the verifier run on it."""

    def __init__(self, session: Session, code: str) -> None:
        self.folder = session.store.folder
        self.key = session.store.data_key
        self.code = code
        self.secret = PASSPHRASE

    def harm(self, *statements: str) -> None:
        driver = connect(self.folder / "store.db", self.key)
        for statement in statements:
            driver.execute(statement)
        driver.close()


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    keyring.set_keyring(null.Keyring())  # type: ignore[no-untyped-call]  # keyring's own
    session = make_session(tmp_path / "store")
    code = stores.new_recovery_code(session)
    add_family(session)
    with session.store.transaction() as tx:
        tx.record("ünïcode “said”", by=None, fields=("a", "b"), count=2, reason="why\n\t\x7f — 😀")
    backups.make(session)
    made = Store(session, code)
    session.store.close()
    monkeypatch.setattr(getpass, "getpass", lambda _: made.secret)
    return made


def test_a_whole_store_and_its_backup_are_whole(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    (backup,) = (store.folder / "backups").glob("*-by-hand")
    for folder in (store.folder, backup):
        assert verify_store.main([str(folder)]) == 0
        assert "Nothing altered" in capsys.readouterr().out
    assert sorted(each.name for each in backup.iterdir()) == ["keys.json", "store.db"]


def test_the_recovery_kit_opens_it(store: Store) -> None:
    store.secret = store.code.lower().replace("-", " ")
    assert verify_store.main([str(store.folder), "--recovery"]) == 0


def _altered(store: Store) -> None:
    store.harm("DROP TRIGGER audit_never_changed", "UPDATE audit SET reason = 'x' WHERE seq = 4")


def _missing(store: Store) -> None:
    store.harm("DROP TRIGGER audit_never_removed", "DELETE FROM audit WHERE seq = 4")


def _swapped(store: Store) -> None:
    store.harm(
        "DROP TRIGGER audit_never_changed",
        "UPDATE audit SET seq = -1 WHERE seq = 4",
        "UPDATE audit SET seq = 4 WHERE seq = 5",
        "UPDATE audit SET seq = 5 WHERE seq = -1",
    )


@pytest.mark.parametrize("harm", [_altered, _missing, _swapped])
def test_an_altered_missing_or_reordered_event_is_found(
    store: Store, capsys: pytest.CaptureFixture[str], harm: Callable[[Store], None]
) -> None:
    harm(store)
    assert verify_store.main([str(store.folder)]) == 1
    assert capsys.readouterr().out == "audit trail: broken at event 4\n"


def test_a_trail_cut_short_is_found(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    store.harm("DROP TRIGGER audit_never_removed", "DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)")
    assert verify_store.main([str(store.folder)]) == 1
    assert "where it was sealed" in capsys.readouterr().out


def test_a_damaged_page_is_found(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    content = bytearray((store.folder / "store.db").read_bytes())
    content[-2000] ^= 1
    (store.folder / "store.db").write_bytes(content)
    assert verify_store.main([str(store.folder)]) == 1
    assert capsys.readouterr().out.startswith("pages: ")


def _wrong(store: Store) -> None:
    store.secret = "another"


def _no_key_file(store: Store) -> None:
    (store.folder / "keys.json").unlink()


def _noise(store: Store) -> None:
    (store.folder / "store.db").write_bytes(b"x" * 8192)


def _left_open(store: Store) -> None:
    (store.folder / "store.db-wal").write_bytes(b"x")


@pytest.mark.parametrize("harm", [_wrong, _no_key_file, _noise, _left_open])
def test_what_cannot_be_looked_at_is_said(
    store: Store, capsys: pytest.CaptureFixture[str], harm: Callable[[Store], None]
) -> None:
    harm(store)
    assert verify_store.main([str(store.folder)]) == 2
    assert capsys.readouterr().err.startswith("Not looked at: ")


def test_it_needs_two_packages_alone() -> None:
    imported = set()
    for node in ast.walk(ast.parse(SCRIPT.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").split(".")[0])
    assert imported - sys.stdlib_module_names == {"sqlcipher3", "cryptography"}
