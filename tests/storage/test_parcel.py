"""A file for one reader opens with its passphrase, and with nothing else."""

import pytest

from gcp2_app.errors import BadFile, InvalidValue, WrongPassphrase
from gcp2_app.storage import parcel
from gcp2_app.storage.cost import FLOOR, Cost

PASSPHRASE = "seven quiet herons over the lock"


def test_what_is_wrapped_is_unwrapped() -> None:
    wrapped = parcel.wrap(b"Robin", PASSPHRASE, cost=FLOOR)
    assert parcel.is_wrapped(wrapped)
    assert b"Robin" not in wrapped
    assert parcel.unwrap(wrapped, PASSPHRASE, name="a.gcp2x") == b"Robin"


def test_the_same_content_is_never_the_same_file() -> None:
    assert parcel.wrap(b"x", PASSPHRASE, cost=FLOOR) != parcel.wrap(b"x", PASSPHRASE, cost=FLOOR)


def test_a_weak_passphrase_protects_nothing() -> None:
    with pytest.raises(InvalidValue):
        parcel.wrap(b"x", "password", cost=FLOOR)


def test_another_passphrase_does_not_open_it() -> None:
    wrapped = parcel.wrap(b"x", PASSPHRASE, cost=FLOOR)
    with pytest.raises(WrongPassphrase):
        parcel.unwrap(wrapped, PASSPHRASE + "s", name="a.gcp2x")


# The nonce, the salt, and the last byte.
@pytest.mark.parametrize("place", [17, 40, -1])
def test_an_altered_file_does_not_open(place: int) -> None:
    wrapped = bytearray(parcel.wrap(b"x", PASSPHRASE, cost=FLOOR))
    wrapped[place] ^= 1
    with pytest.raises(WrongPassphrase):
        parcel.unwrap(bytes(wrapped), PASSPHRASE, name="a.gcp2x")


def test_a_file_cut_short_is_refused() -> None:
    wrapped = parcel.wrap(b"", PASSPHRASE, cost=FLOOR)
    assert parcel.unwrap(wrapped, PASSPHRASE, name="a.gcp2x") == b""
    with pytest.raises(BadFile):
        parcel.unwrap(wrapped[:-1], PASSPHRASE, name="a.gcp2x")


def test_another_file_is_refused() -> None:
    with pytest.raises(BadFile):
        parcel.unwrap(b"{}" * 100, PASSPHRASE, name="a.gcp2x")


@pytest.mark.parametrize(
    ("memory_kib", "passes", "lanes"), [(512 * 1024 + 1, 2, 1), (19 * 1024, 17, 1), (1, 2, 1), (19 * 1024, 2, 0)]
)
def test_a_forged_header_does_not_make_the_computer_work(memory_kib: int, passes: int, lanes: int) -> None:
    wrapped = parcel.wrap(b"x", PASSPHRASE, cost=FLOOR)
    asks = parcel._ASKS.pack(memory_kib, passes, lanes)
    forged = parcel.MAGIC + asks + wrapped[len(parcel.MAGIC) + len(asks) :]
    with pytest.raises(BadFile):
        parcel.unwrap(forged, PASSPHRASE, name="a.gcp2x")


def test_too_much_is_neither_written_nor_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parcel, "MAX_BYTES", 100)
    room = 100 - parcel._HEADER_BYTES - 16
    wrapped = parcel.wrap(b"x" * room, PASSPHRASE, cost=FLOOR)
    assert parcel.unwrap(wrapped, PASSPHRASE, name="a") == b"x" * room
    with pytest.raises(InvalidValue):
        parcel.wrap(b"x" * (room + 1), PASSPHRASE, cost=FLOOR)
    with pytest.raises(BadFile):
        parcel.unwrap(wrapped + b"x", PASSPHRASE, name="a")


def test_every_computer_can_open_what_is_usual() -> None:
    assert isinstance(parcel.COST, Cost)
    assert parcel.COST.memory_kib <= 512 * 1024
