"""What a passphrase costs to try: Argon2id and its parameters."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from gcp2_app.errors import StoreError

KEY_BYTES: Final = 32
SALT_BYTES: Final = 16
_FLOOR_KIB: Final = 19 * 1024
_FLOOR_PASSES: Final = 2
#: More than any honest key file asks for: a forged one must not freeze the computer.
_CEILING_KIB: Final = 4 * 1024 * 1024
_CEILING_PASSES: Final = 64
_CEILING_LANES: Final = 16
_TARGET_S: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Parameters of Argon2id.

    Attributes:
        memory_kib: memory in KiB.
        passes: passes over the memory.
        lanes: lanes worked side by side.

    Source: OWASP Password Storage Cheat Sheet: Argon2id with at least 19 MiB, 2 passes, 1 lane.
    """

    memory_kib: int
    passes: int
    lanes: int

    def __post_init__(self) -> None:
        """Hold every cost within the floor and the ceiling.

        Raises:
            ValueError: a parameter is out of range.
        """
        if not (
            _FLOOR_KIB <= self.memory_kib <= _CEILING_KIB
            and _FLOOR_PASSES <= self.passes <= _CEILING_PASSES
            and 1 <= self.lanes <= _CEILING_LANES
        ):
            raise ValueError("a cost outside what is allowed")

    def doubled(self) -> "Cost":
        """Return twice the work, for a slot that rests on its passphrase alone."""
        return Cost(memory_kib=self.memory_kib, passes=min(self.passes * 2, _CEILING_PASSES), lanes=self.lanes)


#: The least that is allowed anywhere.
FLOOR: Final = Cost(memory_kib=_FLOOR_KIB, passes=_FLOOR_PASSES, lanes=1)
_LANES: Final = 4
_USUAL_PASSES: Final = 3
_MOST_KIB: Final = 256 * 1024
_PROBES: Final = 3
_PROBE: Final = Cost(memory_kib=32 * 1024, passes=2, lanes=_LANES)


def derive(passphrase: bytes, salt: bytes, cost: Cost, *, header: bytes, secret: bytes | None) -> bytes:
    """Return the key of a slot.

    Args:
        passphrase: as bytes.
        salt: 16 random bytes.
        cost: how much work it is.
        header: the slot's header, bound into the key.
        secret: the device secret, or None.

    Raises:
        StoreError: the computer has not enough memory free.
    """
    try:
        return Argon2id(
            salt=salt,
            length=KEY_BYTES,
            iterations=cost.passes,
            lanes=cost.lanes,
            memory_cost=cost.memory_kib,
            ad=header,
            secret=secret,
        ).derive(passphrase)
    except MemoryError:
        raise StoreError(
            f"Unlocking needs {cost.memory_kib // 1024} MiB of free memory.", "Close other programs and try again."
        ) from None


def calibrate(target_s: float = _TARGET_S, clock: Callable[[], float] = time.perf_counter) -> Cost:
    """Return the cost that takes about this long here, never under the floor.

    Its time grows with memory times passes, so a small try tells. Memory is what an attacker's hardware has least
    of, so it comes first and passes make up the rest.

    Args:
        target_s: how long one try should take, in seconds.
        clock: gives seconds.
    """
    tries = []
    for _ in range(_PROBES):
        begun = clock()
        derive(b"calibration", bytes(SALT_BYTES), _PROBE, header=b"", secret=None)
        tries.append(clock() - begun)
    # The quickest: whatever else the computer was doing only ever slows a try down.
    took = max(min(tries), 0.001)
    work = target_s / took * _PROBE.memory_kib * _PROBE.passes
    memory = int(min(_MOST_KIB, max(_FLOOR_KIB, work / _USUAL_PASSES)))
    passes = int(min(_CEILING_PASSES, max(_FLOOR_PASSES, work / memory)))
    return Cost(memory_kib=memory, passes=passes, lanes=_LANES)


@cache
def usual_cost() -> Cost:
    """Return the cost measured once on this computer."""
    return calibrate()
