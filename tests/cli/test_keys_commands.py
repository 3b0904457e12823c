"""``gcp2 init`` and ``gcp2 keys``: passphrases, the recovery kit, and the computer's keyring gone."""

import json
from pathlib import Path

import pytest

from gcp2_app.domain.users import Role
from gcp2_app.services import stores
from tests.cli.running import REFUSED, WRONG_USAGE, Gcp2
from tests.conftest import MemoryKeyring
from tests.stores import PASSPHRASE, add_user, make_session

ANOTHER = "a green kettle on a hill"
WRONG = "not the right one at all"


def secret(folder: Path, name: str, text: str) -> Path:
    """Write a secret's file."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_init_makes_a_store_for_the_owner_and_shows_the_recovery_code_once(gcp2: Gcp2, tmp_path: Path) -> None:
    ran = gcp2("init", tmp_path / "deep" / "store")
    assert ran.code == 0
    code = ran.out.strip()
    assert len(code.replace("-", "")) == 36
    assert code not in ran.err
    slots = json.loads(gcp2("keys", "list", tmp_path / "deep" / "store", "--json").out)["slots"]
    assert [slot["user"] for slot in slots] == ["owner"]
    assert gcp2("export", tmp_path / "deep" / "store").code == 0
    ran = gcp2("init", tmp_path / "deep" / "store")
    assert ran.code == REFUSED
    assert "not an empty folder" in ran.err


def test_init_takes_the_folder_it_stands_in_and_a_name(
    gcp2: Gcp2, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert gcp2("init", ".", "--user", "jdoe", "--practice").code == 0
    assert gcp2("keys", "list", tmp_path / "here").out.startswith("jdoe: ")


def test_init_refuses_a_weak_passphrase_and_leaves_nothing(
    gcp2: Gcp2, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GCP2_PASSPHRASE", "secret")
    ran = gcp2("init", tmp_path / "store")
    assert ran.code == REFUSED
    assert "too easy to guess" in ran.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("folder", ["full", "full/file", "/"])
def test_init_never_touches_a_folder_in_use(gcp2: Gcp2, folder: str) -> None:
    Path("full").mkdir()
    secret(Path("full"), "file", "precious")
    assert gcp2("init", folder).code == REFUSED
    assert Path("full/file").read_text(encoding="utf-8") == "precious"
    assert sorted(path.name for path in Path().iterdir()) == ["full"]


def test_without_a_terminal_nothing_is_asked(gcp2: Gcp2, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GCP2_PASSPHRASE")
    for arguments in (("init", "new"), ("export", store), ("keys", "recovery", store)):
        ran = gcp2(*arguments)
        assert ran.code == REFUSED
        assert "GCP2_PASSPHRASE" in ran.err
    assert "--recovery-file" in gcp2("keys", "recover", store).err


def test_the_passphrase_comes_from_the_first_line_of_a_file(
    gcp2: Gcp2, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GCP2_PASSPHRASE", WRONG)
    right = secret(tmp_path, "right", f"{PASSPHRASE}\nnotes\n")
    assert gcp2("export", store, "--passphrase-file", right).code == 0
    notepad = tmp_path / "notepad"
    notepad.write_bytes(b"\xef\xbb\xbf" + PASSPHRASE.encode() + b"\r\n")
    assert gcp2("export", store, "--passphrase-file", notepad).code == 0
    (tmp_path / "binary").write_bytes(b"\xff\xff")
    for bad in (tmp_path / "none", tmp_path, secret(tmp_path, "empty", ""), tmp_path / "binary"):
        assert gcp2("export", store, "--passphrase-file", bad).code == REFUSED


def test_a_wrong_passphrase_is_refused_and_soon_has_to_wait(
    gcp2: Gcp2, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GCP2_PASSPHRASE", WRONG)
    said = [gcp2("export", store).err for _ in range(4)]
    assert "The passphrase is not right" in said[0]
    assert "Wait" in said[3]
    assert all(WRONG not in line for line in said)
    monkeypatch.setenv("GCP2_PASSPHRASE", PASSPHRASE)
    assert "Wait" in gcp2("export", store).err


def test_a_changed_passphrase_is_the_only_one_that_opens(
    gcp2: Gcp2, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "--new-passphrase-file" in gcp2("keys", "change", store).err
    weak = secret(tmp_path, "weak", "secret")
    assert "too easy" in gcp2("keys", "change", store, "--new-passphrase-file", weak).err
    assert gcp2("export", store).code == 0
    new = secret(tmp_path, "new", ANOTHER)
    ran = gcp2("keys", "change", store, "--new-passphrase-file", new)
    assert (ran.code, ran.out) == (0, "")
    assert "not right" in gcp2("export", store).err
    monkeypatch.setenv("GCP2_PASSPHRASE", ANOTHER)
    assert gcp2("export", store).code == 0


def test_a_forgotten_passphrase_is_set_anew_with_the_kit(
    gcp2: Gcp2, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = secret(tmp_path, "code", gcp2("keys", "recovery", store).out)
    monkeypatch.setenv("GCP2_PASSPHRASE", ANOTHER)
    assert gcp2("keys", "recover", store, "--recovery-file", code).code == 0
    assert gcp2("export", store).code == 0
    mistyped = secret(tmp_path, "mistyped", "ABCD-EFGH")
    assert "recovery code" in gcp2("keys", "recover", store, "--recovery-file", mistyped).err
    newer = secret(tmp_path, "newer", gcp2("keys", "recovery", store).out)
    assert "does not open this store" in gcp2("keys", "recover", store, "--recovery-file", code).err
    assert gcp2("keys", "recover", store, "--recovery-file", newer, "--user", "nobody").code == REFUSED


def test_a_lost_keyring_is_told_and_the_sign_in_freed_from_it(
    gcp2: Gcp2, store: Path, tmp_path: Path, memory_keyring: MemoryKeyring
) -> None:
    assert json.loads(gcp2("keys", "list", store, "--json").out)["slots"][0]["bound_to_this_computer"] is True
    code = secret(tmp_path, "code", gcp2("keys", "recovery", store).out)
    memory_keyring.passwords.clear()
    ran = gcp2("export", store)
    assert ran.code == REFUSED
    assert "recovery kit" in ran.err
    assert "gcp2 keys unbind" in ran.err
    assert gcp2("keys", "unbind", store, "--recovery-file", code).code == 0
    assert gcp2("export", store).code == 0
    assert json.loads(gcp2("keys", "list", store, "--json").out)["slots"][0]["bound_to_this_computer"] is False


def test_no_passphrase_changes_while_the_store_is_open_elsewhere(
    gcp2: Gcp2, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "store"
    make_session(folder).store.close()
    code = secret(tmp_path, "code", gcp2("keys", "recovery", folder).out)
    before = (folder / "keys.json").read_bytes()
    session = stores.unlock(folder, "asmith", PASSPHRASE)
    monkeypatch.setenv("GCP2_PASSPHRASE", ANOTHER)
    with session.store:
        for command in ("recover", "unbind"):
            ran = gcp2("keys", command, folder, "--recovery-file", code)
            assert ran.code == REFUSED
            assert "open in another window" in ran.err
    assert (folder / "keys.json").read_bytes() == before


def test_only_an_administrator_makes_a_kit_that_opens_every_sign_in(gcp2: Gcp2, tmp_path: Path) -> None:
    session = make_session(tmp_path / "store")
    with session.store:
        add_user(session, "worker", Role.PRACTITIONER)
    ran = gcp2("keys", "recovery", tmp_path / "store", "--user", "worker")
    assert (ran.code, ran.out) == (REFUSED, "")
    assert gcp2("keys", "recovery", tmp_path / "store", "--user", "asmith").code == 0


@pytest.mark.parametrize("arguments", [("init",), ("keys",), ("keys", "list"), ("keys", "lose", "s")])
def test_wrong_usage_says_how(gcp2: Gcp2, arguments: tuple[str, ...]) -> None:
    assert gcp2(*arguments).code == WRONG_USAGE
