"""A try never costs less than the floor, and about as long as it should."""

from collections.abc import Iterator

import pytest

from gcp2_app.storage.cost import FLOOR, Cost, calibrate, derive


@pytest.mark.parametrize(
    ("memory_kib", "passes", "lanes"),
    [(19_455, 2, 1), (19_456, 1, 1), (19_456, 2, 0), (2**40, 2, 1), (19_456, 1_000, 1), (19_456, 2, 99)],
)
def test_a_cost_out_of_bounds_cannot_be_made(memory_kib: int, passes: int, lanes: int) -> None:
    with pytest.raises(ValueError, match="outside what is allowed"):
        Cost(memory_kib=memory_kib, passes=passes, lanes=lanes)


def clock(took: float) -> Iterator[float]:
    now = 0.0
    while True:
        yield now
        now += took


@pytest.mark.parametrize(
    ("took", "memory_mib", "passes"),
    [
        # 32 MiB twice in so many seconds; half a second is wanted.
        (0.04, 256, 3),
        (0.08, 133, 3),
        (0.02, 256, 6),
        (10.0, 19, 2),
        (0.0, 256, 64),
    ],
)
def test_the_cost_follows_the_speed_of_the_computer(took: float, memory_mib: int, passes: int) -> None:
    ticks = clock(took)
    cost = calibrate(clock=lambda: next(ticks))
    assert (cost.memory_kib // 1024, cost.passes) == (memory_mib, passes)
    assert cost.memory_kib >= FLOOR.memory_kib


def test_a_short_disturbance_does_not_weaken_it() -> None:
    ticks = iter([0.0, 9.0, 10.0, 10.04, 20.0, 25.0])
    assert calibrate(clock=lambda: next(ticks)).memory_kib == 256 * 1024


def test_twice_the_cost_is_twice_the_passes_up_to_the_most() -> None:
    assert Cost(memory_kib=20_000, passes=3, lanes=1).doubled().passes == 6
    assert Cost(memory_kib=20_000, passes=60, lanes=1).doubled().passes == 64


def test_the_key_depends_on_everything() -> None:
    def key(
        *, passphrase: bytes = b"p", salt: bytes = bytes(16), header: bytes = b"h", secret: bytes | None = b"s"
    ) -> bytes:
        return derive(passphrase, salt, FLOOR, header=header, secret=secret)

    keys = {
        key(),
        key(passphrase=b"q"),
        key(salt=b"x" * 16),
        key(header=b"i"),
        key(secret=b"t"),
        key(secret=None),
    }
    assert len(keys) == 6
    assert key() in keys
