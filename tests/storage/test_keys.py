"""Unlocking, failing to, and changing who can, on real key files with the least cost that is allowed."""

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from typing_extensions import override

from gcp2_app.errors import InvalidValue, KeyFileError, KeyringUnavailable, NotAllowed, StoreError, WrongPassphrase
from gcp2_app.storage import keys
from gcp2_app.storage.cost import Cost
from gcp2_app.storage.keys import TriedTooOften
from tests.conftest import MemoryKeyring
from tests.storage.conftest import Clock

GOOD = "correct horse battery staple"
OTHER = "seven quiet otters juggle"
WRONG = "not the one at all"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def data_key() -> bytes:
    return keys.new_data_key()


@pytest.fixture
def made(place: Path, data_key: bytes, cheap: Cost, clock: Clock) -> Path:
    """A key file with one user."""
    keys.create_keys(place, data_key, user_id="u1", sign_in_name="Ines", passphrase=GOOD, cost=cheap, clock=clock)
    return place


def edit(folder: Path, change: Callable[[Any], None]) -> None:
    """Change the key file as somebody with an editor would."""
    file = folder / "keys.json"
    content = json.loads(file.read_text())
    change(content)
    file.write_text(json.dumps(content))


def edit_cleverly(folder: Path, change: Callable[[Any], None]) -> None:
    """Change the key file as somebody would who knows how its checks are made, but not the data key."""
    import msgspec

    from gcp2_app.storage import keyfile

    content = json.loads((folder / "keys.json").read_text())
    change(content)
    keyfile.write(folder, msgspec.convert(content, keyfile.KeyFile))


def test_data_keys_are_random_and_256_bits() -> None:
    assert keys.new_data_key() != keys.new_data_key()
    assert len(keys.new_data_key()) == 32


def test_the_passphrase_gives_the_data_key(made: Path, data_key: bytes) -> None:
    unlocked = keys.unlock(made, "Ines", GOOD)
    assert unlocked.data_key == data_key
    assert (unlocked.user_id, unlocked.sign_in_name) == ("u1", "Ines")
    assert repr(data_key) not in repr(unlocked)


def test_sign_in_names_do_not_heed_case_or_spaces(made: Path, data_key: bytes) -> None:
    assert keys.unlock(made, "  iNES ", GOOD).data_key == data_key
    assert keys.sign_in_names(made) == ("Ines",)


def test_a_passphrase_is_the_same_however_its_accents_are_composed(place: Path, data_key: bytes, cheap: Cost) -> None:
    keys.create_keys(
        place, data_key, user_id="u1", sign_in_name="i", passphrase="caf\u00e9 otter juggle seven", cost=cheap
    )
    assert keys.unlock(place, "i", "cafe\u0301 otter juggle seven").data_key == data_key


def test_the_key_file_holds_no_secret_in_clear(made: Path, data_key: bytes) -> None:
    import base64

    content = (made / "keys.json").read_text()
    for secret in (GOOD, data_key.hex(), base64.b64encode(data_key).decode()):
        assert secret not in content


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
def test_the_key_file_is_for_its_owner_alone(made: Path) -> None:
    assert {stat.S_IMODE(each.stat().st_mode) for each in made.iterdir()} == {0o600}
    assert stat.S_IMODE(made.stat().st_mode) == 0o700


def test_a_weak_passphrase_is_refused_before_anything_is_written(place: Path, data_key: bytes) -> None:
    with pytest.raises(InvalidValue, match="too easy to guess"):
        keys.create_keys(place, data_key, user_id="u1", sign_in_name="Ines", passphrase="password1")
    assert not keys.exists(place)


def test_no_key_file_is_made_over_another(made: Path, data_key: bytes, cheap: Cost) -> None:
    with pytest.raises(StoreError, match="key file already"):
        keys.create_keys(made, keys.new_data_key(), user_id="u2", sign_in_name="x", passphrase=GOOD, cost=cheap)
    assert keys.unlock(made, "Ines", GOOD).data_key == data_key


class TestWrongPassphrases:
    """They are told from damage, counted, and slowed down."""

    def test_a_wrong_passphrase_is_told_as_that(self, made: Path) -> None:
        with pytest.raises(WrongPassphrase, match="The passphrase is not right"):
            keys.unlock(made, "Ines", WRONG)

    def test_a_name_nobody_has(self, made: Path) -> None:
        with pytest.raises(WrongPassphrase, match="no such sign-in name"):
            keys.unlock(made, "nobody", GOOD)

    def test_waits_grow_and_end(self, made: Path, data_key: bytes, clock: Clock) -> None:
        waits = []
        for _ in range(7):
            with pytest.raises(WrongPassphrase):
                keys.unlock(made, "Ines", WRONG, clock=clock)
            try:
                keys.unlock(made, "Ines", WRONG, clock=clock)
            except TriedTooOften as refused:
                waits.append(refused.wait_s)
                clock.forward(seconds=refused.wait_s)
            except WrongPassphrase:
                pass
        assert waits == sorted(waits)
        assert waits[0] == 1
        assert waits[-1] >= 16
        assert keys.unlock(made, "Ines", GOOD, clock=clock).data_key == data_key

    def test_the_right_passphrase_has_to_wait_too(self, made: Path, clock: Clock) -> None:
        for _ in range(3):
            with pytest.raises(WrongPassphrase):
                keys.unlock(made, "Ines", WRONG, clock=clock)
        with pytest.raises(TriedTooOften, match=r"wrong 3 times\. Wait 1 second, then try again"):
            keys.unlock(made, "Ines", GOOD, clock=clock)
        clock.forward(seconds=1)
        keys.unlock(made, "Ines", GOOD, clock=clock)

    def test_a_clock_that_was_set_back_does_not_lock_anybody_out(self, made: Path, clock: Clock) -> None:
        for _ in range(3):
            with pytest.raises(WrongPassphrase):
                keys.unlock(made, "Ines", WRONG, clock=clock)
        clock.forward(seconds=-3600)
        with pytest.raises(TriedTooOften) as refused:
            keys.unlock(made, "Ines", GOOD, clock=clock)
        assert refused.value.wait_s == 1

    def test_no_wait_is_longer_than_five_minutes(self, made: Path) -> None:
        many = [{"slot": json.loads((made / "keys.json").read_text())["slots"][0]["id"], "at": "2026-11-02T09:30:00Z"}]
        edit_cleverly(made, lambda content: content.update(failures=many * 40))
        with pytest.raises(TriedTooOften, match=r"wrong 40 times\. Wait 5 minutes") as refused:
            keys.unlock(made, "Ines", GOOD, clock=Clock())
        assert refused.value.wait_s == 300

    def test_failures_counted_are_bounded(self, made: Path, clock: Clock) -> None:
        many = [{"slot": json.loads((made / "keys.json").read_text())["slots"][0]["id"], "at": "2020-01-01T00:00:00Z"}]
        edit_cleverly(made, lambda content: content.update(failures=many * 1_000))
        with pytest.raises(WrongPassphrase):
            keys.unlock(made, "Ines", WRONG, clock=clock)
        failures = keys.take_failures(made, "Ines")
        assert (len(failures), failures[-1]) == (1_000, clock.now)

    def test_one_persons_failures_do_not_slow_another(
        self, made: Path, data_key: bytes, cheap: Cost, clock: Clock
    ) -> None:
        keys.add_slot(made, data_key, user_id="u2", sign_in_name="Bo", passphrase=OTHER, cost=cheap)
        for _ in range(3):
            with pytest.raises(WrongPassphrase):
                keys.unlock(made, "Ines", WRONG, clock=clock)
        assert keys.unlock(made, "Bo", OTHER, clock=clock).user_id == "u2"
        assert keys.take_failures(made, "Bo") == ()
        assert len(keys.take_failures(made, "Ines")) == 3

    def test_failures_are_taken_once_with_their_times(self, made: Path, clock: Clock) -> None:
        times = []
        for _ in range(2):
            with pytest.raises(WrongPassphrase):
                keys.unlock(made, "Ines", WRONG, clock=clock)
            times.append(clock.now)
            clock.forward(seconds=60)
        assert keys.take_failures(made, "Ines") == tuple(times)
        assert keys.take_failures(made, "Ines") == ()
        keys.unlock(made, "Ines", GOOD, clock=clock)

    def test_what_was_typed_is_nowhere(self, made: Path) -> None:
        with pytest.raises(WrongPassphrase):
            keys.unlock(made, "Ines", WRONG)
        assert all(WRONG.encode() not in each.read_bytes() for each in made.iterdir())


class TestDamage:
    """Damage and alteration are never taken for a wrong passphrase."""

    def test_a_missing_key_file(self, place: Path) -> None:
        with pytest.raises(KeyFileError, match="missing"):
            keys.unlock(place, "Ines", GOOD)
        with pytest.raises(KeyFileError, match="missing"):
            keys.sign_in_names(place)

    @pytest.mark.parametrize(
        "content", [b"", b"{", b"[]", b"{}", b"\xff\xfe", b'{"format": "other"}', b"[" * 100_000, b" " * 2_000_000]
    )
    def test_a_file_that_is_none(self, made: Path, content: bytes) -> None:
        (made / "keys.json").write_bytes(content)
        with pytest.raises(KeyFileError, match="damaged"):
            keys.unlock(made, "Ines", GOOD)

    def test_any_flipped_bit_is_found(self, made: Path) -> None:
        file = made / "keys.json"
        whole = file.read_bytes()
        for place in range(0, len(whole), 7):
            damaged = bytearray(whole)
            damaged[place] ^= 0x04
            file.write_bytes(damaged)
            if damaged.split() == whole.split():
                continue
            with pytest.raises((KeyFileError, StoreError), match=r"damaged|newer version"):
                keys.sign_in_names(made)

    def test_a_folder_in_its_place(self, made: Path) -> None:
        (made / "keys.json").unlink()
        (made / "keys.json").mkdir()
        with pytest.raises(StoreError, match="cannot be read"):
            keys.unlock(made, "Ines", GOOD)

    def test_it_says_whose_slot_is_damaged(self, made: Path) -> None:
        edit(made, lambda content: content["slots"][0].update(wrapped="AAAA"))
        with pytest.raises(KeyFileError, match="in the slot of “Ines”"):
            keys.unlock(made, "Ines", GOOD)

    def test_an_unknown_key_is_refused(self, made: Path) -> None:
        edit(made, lambda content: content.update(extra=1))
        with pytest.raises(KeyFileError, match="damaged"):
            keys.unlock(made, "Ines", GOOD)

    def test_a_newer_version_is_told_as_that(self, made: Path) -> None:
        edit(made, lambda content: content.update(version=2, extra="of the future"))
        with pytest.raises(StoreError, match="newer version"):
            keys.unlock(made, "Ines", GOOD)

    def test_a_slot_put_in_by_somebody_without_the_data_key_is_found(
        self, made: Path, tmp_path: Path, cheap: Cost
    ) -> None:
        elsewhere = tmp_path / "other"
        keys.create_keys(elsewhere, keys.new_data_key(), user_id="u9", sign_in_name="Eve", passphrase=OTHER, cost=cheap)
        foreign = json.loads((elsewhere / "keys.json").read_text())["slots"][0]
        edit_cleverly(made, lambda content: content["slots"].append(foreign))
        with pytest.raises(KeyFileError, match="altered outside the program"):
            keys.unlock(made, "Ines", GOOD)

    def test_a_weaker_cost_is_refused(self, made: Path) -> None:
        edit_cleverly(made, lambda content: content["slots"][0]["cost"].update(memory_kib=8, passes=1))
        with pytest.raises(KeyFileError, match="weaker or heavier"):
            keys.unlock(made, "Ines", GOOD)

    def test_a_cost_that_would_freeze_the_computer_is_refused(self, made: Path) -> None:
        edit_cleverly(made, lambda content: content["slots"][0]["cost"].update(memory_kib=2**40))
        with pytest.raises(KeyFileError, match="weaker or heavier"):
            keys.unlock(made, "Ines", GOOD)

    def test_a_changed_header_opens_nothing(self, made: Path) -> None:
        edit_cleverly(made, lambda content: content["slots"][0].update(user="u2"))
        with pytest.raises(WrongPassphrase):
            keys.unlock(made, "Ines", GOOD)

    def test_a_recovery_slot_under_a_persons_name_is_no_bug(self, made: Path) -> None:
        edit_cleverly(made, lambda content: content["slots"][0].update(cost=None))
        with pytest.raises(KeyFileError):
            keys.unlock(made, "Ines", GOOD)

    def test_nothing_is_written_with_a_key_that_is_not_the_files(self, made: Path, cheap: Cost) -> None:
        before = (made / "keys.json").read_bytes()
        with pytest.raises(KeyFileError, match="altered"):
            keys.add_slot(made, bytes(32), user_id="u2", sign_in_name="Bo", passphrase=OTHER, cost=cheap)
        with pytest.raises(KeyFileError, match="altered"):
            keys.make_recovery(made, bytes(32))
        assert (made / "keys.json").read_bytes() == before

    def test_a_disk_that_does_not_take_the_file_leaves_the_old_one(self, made: Path, data_key: bytes) -> None:
        (made / "keys.json.new").mkdir()
        with pytest.raises(StoreError, match="cannot be written"):
            keys.make_recovery(made, data_key)
        (made / "keys.json.new").rmdir()
        assert keys.unlock(made, "Ines", GOOD).data_key == data_key


class TestUsers:
    """Slots come, change and go; the data key stays."""

    def test_two_people_open_the_same_store_each_with_their_own(self, made: Path, data_key: bytes, cheap: Cost) -> None:
        keys.add_slot(made, data_key, user_id="u2", sign_in_name="Bo", passphrase=OTHER, cost=cheap)
        assert keys.sign_in_names(made) == ("Ines", "Bo")
        assert keys.unlock(made, "bo", OTHER).data_key == data_key
        assert keys.unlock(made, "ines", GOOD).data_key == data_key
        with pytest.raises(WrongPassphrase):
            keys.unlock(made, "Bo", GOOD)

    def test_a_name_is_taken_whatever_its_case(self, made: Path, data_key: bytes, cheap: Cost) -> None:
        with pytest.raises(InvalidValue, match="taken"):
            keys.add_slot(made, data_key, user_id="u2", sign_in_name="INES", passphrase=OTHER, cost=cheap)

    def test_a_leaver_cannot_sign_in(
        self, made: Path, data_key: bytes, cheap: Cost, memory_keyring: MemoryKeyring
    ) -> None:
        keys.add_slot(made, data_key, user_id="u2", sign_in_name="Bo", passphrase=OTHER, cost=cheap)
        assert len(memory_keyring.passwords) == 2
        keys.remove_slot(made, data_key, "Bo")
        with pytest.raises(WrongPassphrase, match="no such sign-in name"):
            keys.unlock(made, "Bo", OTHER)
        assert len(memory_keyring.passwords) == 1
        assert keys.unlock(made, "Ines", GOOD).data_key == data_key

    def test_the_last_one_stays(self, made: Path, data_key: bytes) -> None:
        with pytest.raises(NotAllowed, match="Nobody could unlock"):
            keys.remove_slot(made, data_key, "Ines")

    def test_a_changed_passphrase_opens_the_same_data_key(
        self, made: Path, data_key: bytes, cheap: Cost, memory_keyring: MemoryKeyring
    ) -> None:
        keys.change_passphrase(made, "Ines", GOOD, OTHER, cost=cheap)
        assert keys.unlock(made, "Ines", OTHER).data_key == data_key
        with pytest.raises(WrongPassphrase):
            keys.unlock(made, "Ines", GOOD)
        assert len(memory_keyring.passwords) == 1

    def test_a_change_asks_for_the_old_one_and_counts(self, made: Path) -> None:
        with pytest.raises(WrongPassphrase):
            keys.change_passphrase(made, "Ines", WRONG, OTHER)
        assert len(keys.take_failures(made, "Ines")) == 1

    def test_a_weak_new_one_is_refused(self, made: Path, data_key: bytes) -> None:
        with pytest.raises(InvalidValue, match="too easy"):
            keys.change_passphrase(made, "Ines", GOOD, "ines1234")
        assert keys.unlock(made, "Ines", GOOD).data_key == data_key


class TestRecovery:
    """The printed kit opens the store when a passphrase or a keyring is lost."""

    def test_the_kit_opens_and_sets_a_new_passphrase(self, made: Path, data_key: bytes, cheap: Cost) -> None:
        code = keys.make_recovery(made, data_key)
        unlocked = keys.unlock_with_recovery(made, "ines", code.lower().replace("-", " "), OTHER, cost=cheap)
        assert (unlocked.data_key, unlocked.user_id, unlocked.sign_in_name) == (data_key, "u1", "Ines")
        assert keys.unlock(made, "Ines", OTHER).data_key == data_key
        with pytest.raises(WrongPassphrase):
            keys.unlock(made, "Ines", GOOD)

    def test_failures_before_it_still_reach_the_trail(self, made: Path, data_key: bytes, cheap: Cost) -> None:
        code = keys.make_recovery(made, data_key)
        with pytest.raises(WrongPassphrase):
            keys.unlock(made, "Ines", WRONG)
        keys.unlock_with_recovery(made, "Ines", code, OTHER, cost=cheap)
        assert len(keys.take_failures(made, "Ines")) == 1

    def test_a_new_kit_ends_the_old_one(self, made: Path, data_key: bytes, cheap: Cost) -> None:
        old = keys.make_recovery(made, data_key)
        new = keys.make_recovery(made, data_key)
        with pytest.raises(WrongPassphrase, match="newer kit"):
            keys.unlock_with_recovery(made, "Ines", old, OTHER, cost=cheap)
        assert len(keys.take_failures(made, "Ines")) == 1
        keys.unlock_with_recovery(made, "Ines", new, OTHER, cost=cheap)

    def test_a_mistyped_code_is_told_as_that_and_not_counted(self, made: Path, data_key: bytes) -> None:
        code = keys.make_recovery(made, data_key)
        mistyped = ("9" if code[0] != "9" else "8") + code[1:]
        with pytest.raises(InvalidValue, match="mistyped"):
            keys.unlock_with_recovery(made, "Ines", mistyped, OTHER)
        assert keys.take_failures(made, "Ines") == ()

    def test_a_store_without_a_kit(self, made: Path, tmp_path: Path, cheap: Cost) -> None:
        other, key = tmp_path / "other", keys.new_data_key()
        keys.create_keys(other, key, user_id="u", sign_in_name="x", passphrase=GOOD, cost=cheap)
        code = keys.make_recovery(other, key)
        with pytest.raises(WrongPassphrase, match="no recovery kit"):
            keys.unlock_with_recovery(made, "Ines", code, OTHER)

    def test_the_code_is_not_kept(self, made: Path, data_key: bytes) -> None:
        code = keys.make_recovery(made, data_key)
        content = (made / "keys.json").read_text()
        assert code not in content
        assert code.replace("-", "") not in content


class SilentKeyring(KeyringBackend):
    """A keyring that never answers until it is let go."""

    priority = 1

    def __init__(self) -> None:
        import threading

        super().__init__()  # type: ignore[no-untyped-call]  # keyring's own
        self.let_go = threading.Event()

    @override
    def get_password(self, service: str, username: str) -> str | None:
        self.let_go.wait()
        return None

    @override
    def set_password(self, service: str, username: str, password: str) -> None:
        self.let_go.wait()


class TestDevice:
    """Where there is a keyring, a copied folder is of no use elsewhere; losing the keyring never loses data."""

    def test_a_slot_is_bound_where_there_is_a_keyring(self, made: Path, memory_keyring: MemoryKeyring) -> None:
        assert keys.is_bound(made, "Ines")
        assert keys.unlock(made, "Ines", GOOD).bound
        assert [service for service, _ in memory_keyring.passwords] == ["gcp2"]

    def test_without_its_keyring_the_right_passphrase_is_not_enough(
        self, made: Path, memory_keyring: MemoryKeyring
    ) -> None:
        memory_keyring.passwords.clear()
        with pytest.raises(KeyringUnavailable, match="recovery kit, or “gcp2 keys unbind”"):
            keys.unlock(made, "Ines", GOOD)
        assert keys.take_failures(made, "Ines") == ()

    def test_another_device_secret_does_not_open(self, made: Path, memory_keyring: MemoryKeyring) -> None:
        import base64

        for entry in memory_keyring.passwords:
            memory_keyring.passwords[entry] = base64.b64encode(bytes(32)).decode()
        with pytest.raises(WrongPassphrase):
            keys.unlock(made, "Ines", GOOD)

    def test_rubbish_in_the_keyring(self, made: Path, memory_keyring: MemoryKeyring) -> None:
        for entry in memory_keyring.passwords:
            memory_keyring.passwords[entry] = "¡no base64!"
        with pytest.raises(KeyringUnavailable, match="something else"):
            keys.unlock(made, "Ines", GOOD)

    def test_a_keyring_that_fails(self, made: Path) -> None:
        keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]  # keyring's own
        with pytest.raises(KeyringUnavailable):
            keys.unlock(made, "Ines", GOOD)

    def test_a_keyring_that_does_not_answer(self, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        from gcp2_app.storage import device

        silent = SilentKeyring()
        keyring.set_keyring(silent)
        monkeypatch.setattr(device, "TIMEOUT_S", 0.05)
        try:
            with pytest.raises(KeyringUnavailable, match="does not answer"):
                keys.unlock(made, "Ines", GOOD)
        finally:
            silent.let_go.set()

    def test_the_kit_opens_it_and_binds_it_to_this_computer(
        self, made: Path, data_key: bytes, cheap: Cost, memory_keyring: MemoryKeyring
    ) -> None:
        code = keys.make_recovery(made, data_key)
        memory_keyring.passwords.clear()
        assert keys.unlock_with_recovery(made, "Ines", code, OTHER, cost=cheap).bound
        assert keys.unlock(made, "Ines", OTHER).data_key == data_key

    def test_unbinding_with_the_passphrase_while_the_keyring_answers(
        self, made: Path, data_key: bytes, cheap: Cost, memory_keyring: MemoryKeyring
    ) -> None:
        keys.unbind(made, "Ines", GOOD, cost=cheap)
        assert memory_keyring.passwords == {}
        unlocked = keys.unlock(made, "Ines", GOOD)
        assert (unlocked.data_key, unlocked.bound) == (data_key, False)

    def test_unbinding_with_the_kit_once_it_is_gone(
        self, made: Path, data_key: bytes, cheap: Cost, memory_keyring: MemoryKeyring
    ) -> None:
        code = keys.make_recovery(made, data_key)
        memory_keyring.passwords.clear()
        keys.unbind(made, "Ines", OTHER, recovery_code=code, cost=cheap)
        unlocked = keys.unlock(made, "Ines", OTHER)
        assert (unlocked.data_key, unlocked.bound) == (data_key, False)

    def test_a_change_of_passphrase_does_not_bind_what_was_unbound(self, made: Path, cheap: Cost) -> None:
        keys.unbind(made, "Ines", GOOD, cost=cheap)
        keys.change_passphrase(made, "Ines", GOOD, OTHER, cost=cheap)
        assert not keys.is_bound(made, "Ines")

    def test_without_a_keyring_a_try_costs_twice_as_much(self, place: Path, data_key: bytes, cheap: Cost) -> None:
        keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]  # keyring's own
        keys.create_keys(place, data_key, user_id="u1", sign_in_name="Ines", passphrase=GOOD, cost=cheap)
        slot = json.loads((place / "keys.json").read_text())["slots"][0]
        assert (slot["bound"], slot["cost"]["passes"]) == (False, 2 * cheap.passes)
        assert keys.unlock(place, "Ines", GOOD).data_key == data_key
