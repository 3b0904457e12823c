"""``backup``, ``restore`` and ``verify`` as they are typed."""

import json
import shutil
from pathlib import Path

import pytest

from gcp2_app.cli.main import main
from gcp2_app.domain.users import Role
from gcp2_app.services import stores
from gcp2_app.storage.engine import connect
from tests.cli.running import REFUSED, WRONG_USAGE, Gcp2
from tests.stores import PASSPHRASE, add_family, add_user, as_user, make_session, signed_off


@pytest.fixture
def key(store: Path) -> bytes:
    with (session := stores.unlock(store, "asmith", PASSPHRASE)).store:
        return session.store.data_key


def test_a_backup_says_where_it_is(gcp2: Gcp2, store: Path) -> None:
    ran = gcp2("backup", store)
    assert ran.code == 0
    assert ran.err == ""
    made = Path(ran.out.strip())
    assert made.parent == store / "backups"
    assert (made / "store.db").is_file()
    answer = json.loads(gcp2("backup", store, "--json").out)
    assert Path(answer["backup"]).is_dir()
    assert answer["bytes"] == (made / "store.db").stat().st_size
    assert answer["copied"] is False


def test_a_restore_brings_back_what_was_there_and_says_what_it_did(gcp2: Gcp2, store: Path) -> None:
    made = gcp2("backup", store).out.strip()
    with (session := stores.unlock(store, "asmith", PASSPHRASE)).store:
        add_family(session)
    ran = gcp2("restore", store, made, "--json")
    assert ran.code == 0
    answer = json.loads(ran.out)
    assert "is kept as the backup" in ran.err
    assert json.loads(gcp2("export", store).out).get("children", []) == []
    assert gcp2("restore", store, answer["kept"]).code == 0
    assert len(json.loads(gcp2("export", store).out)["children"]) == 1


def test_a_restore_where_there_is_no_store_makes_one(gcp2: Gcp2, store: Path, tmp_path: Path) -> None:
    made = gcp2("backup", store).out.strip()
    shutil.move(made, tmp_path / "stick")
    shutil.rmtree(store)
    ran = gcp2("restore", tmp_path / "new", tmp_path / "stick")
    assert ran.code == 0
    assert "passphrases and the recovery kit of that day" in ran.err
    assert gcp2("verify", tmp_path / "new").code == 0


def test_a_restore_over_a_damaged_key_file_takes_the_backups(gcp2: Gcp2, store: Path) -> None:
    made = gcp2("backup", store).out.strip()
    (store / "keys.json").write_text("{")
    assert gcp2("restore", store, made).code == 0
    assert gcp2("export", store).code == 0


def test_what_is_refused(gcp2: Gcp2, store: Path, tmp_path: Path) -> None:
    made = gcp2("backup", store).out.strip()
    assert gcp2("restore", store).code == WRONG_USAGE
    assert gcp2("restore", store, tmp_path / "nothing").code == REFUSED
    assert gcp2("backup", tmp_path / "nothing").code == REFUSED
    assert gcp2("verify", tmp_path / "nothing").code == REFUSED
    with stores.unlock(store, "asmith", PASSPHRASE).store:
        for command in (("backup", store), ("restore", store, made), ("verify", store)):
            assert "open in another window" in gcp2(*command).err


def test_a_whole_store_is_said_to_be(gcp2: Gcp2, store: Path) -> None:
    ran = gcp2("verify", store)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith("Nothing is altered, missing or damaged")
    answer = json.loads(gcp2("verify", store, "--json").out)
    assert answer["whole"] is True
    assert answer["findings"] == []


def test_one_finding_is_one_line(gcp2: Gcp2, store: Path, key: bytes) -> None:
    driver = connect(store / "store.db", key)
    driver.execute("CREATE TABLE mine (x)")
    driver.close()
    ran = gcp2("verify", store)
    assert ran.code == REFUSED
    assert ran.err == "gcp2: schema: “mine” of the database’s schema does not belong here.\n"


def test_each_finding_is_a_line(
    store: Path, key: bytes, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GCP2_PASSPHRASE", PASSPHRASE)
    driver = connect(store / "store.db", key)
    driver.execute("DROP TRIGGER audit_never_changed")
    driver.execute("UPDATE audit SET reason = 'another' WHERE seq = 2")
    driver.close()
    assert main(["verify", str(store), "--json"], open_window=lambda _: 0) == REFUSED
    out, err = capsys.readouterr()
    assert [each["part"] for each in json.loads(out)["findings"]] == ["schema", "audit trail"]
    assert len(err.splitlines()) == 2
    assert all(line.startswith("gcp2: ") for line in err.splitlines())


def test_what_was_signed_is_compared(gcp2: Gcp2, tmp_path: Path) -> None:
    with (session := make_session(tmp_path / "signed")).store:
        add_user(session, "boss", Role.SUPERVISOR)
        child, _ = add_family(session)
        signed_off(session, child, first=session.today(), supervisor=as_user(session, "boss"))
    answer = json.loads(gcp2("verify", tmp_path / "signed", "--user", "asmith", "--json").out)
    assert (answer["signed_off"], answer["not_comparable"]) == (1, 0)
