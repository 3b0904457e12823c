"""The device secret: kept in the operating system's keyring, so that a copied folder cannot be attacked elsewhere.

A keyring that keeps secrets in the clear, or keeps none, counts as none. It is asked with a time limit: one that waits
for somebody to answer a prompt must not hold up the unlock window for ever.
"""

import base64
import queue
import secrets
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeVar

from gcp2_app.errors import KeyringUnavailable

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE: Final = "gcp2"
#: How long a keyring may take to answer, in seconds.
TIMEOUT_S = 5.0
_SECRET_BYTES: Final = 32
#: Modules of backends that keep nothing, or keep it in the clear or in files of their own.
_NO_KEYRINGS: Final = ("keyring.backends.null", "keyring.backends.fail", "keyrings.alt")
_CHAIN: Final = "keyring.backends.chainer"
T = TypeVar("T")


def make_secret(slot: str) -> bytes | None:
    """Make and keep a device secret for a slot; None where there is no keyring to keep it in."""
    secret = secrets.token_bytes(_SECRET_BYTES)
    text = base64.b64encode(secret).decode("ascii")

    def keep() -> bool:
        backend = _backend()
        if backend is None:
            return False
        backend.set_password(SERVICE, slot, text)
        # Some backends take a secret and give none back.
        return backend.get_password(SERVICE, slot) == text

    try:
        return secret if _in_time(keep) else None
    except _NoAnswer:
        return None


def secret_of(slot: str) -> bytes:
    """Return the device secret of a slot.

    Raises:
        KeyringUnavailable: the keyring does not answer in time, or does not hold it.
    """

    def find() -> str | None:
        backend = _backend()
        return None if backend is None else backend.get_password(SERVICE, slot)

    try:
        text = _in_time(find)
    except _NoAnswer:
        text = None
    if text is None:
        raise KeyringUnavailable(
            "This sign-in is bound to this computer, and the computer’s keyring does not answer.",
            "Unlock the keyring and try again. If it is lost, use the recovery kit, or “gcp2 keys unbind”.",
        )
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:  # no base64, or no ASCII
        raise KeyringUnavailable(
            "The computer’s keyring holds something else in the place of this sign-in’s secret.",
            "Use the recovery kit, or “gcp2 keys unbind”.",
        ) from None


def forget_secret(slot: str) -> None:
    """Take a slot's device secret out of the keyring, where one can be reached. It opens nothing any more."""

    def forget() -> None:
        backend = _backend()
        if backend is not None:
            backend.delete_password(SERVICE, slot)

    try:
        _in_time(forget)
    except _NoAnswer:
        return  # Without its slot the secret is of no use to anybody.


def _backend() -> "KeyringBackend | None":
    """Return the keyring to use, or None; of a chain the first that counts."""
    import keyring  # looks at every backend there is, which takes a while

    chosen = keyring.get_keyring()
    if type(chosen).__module__.startswith(_CHAIN):
        links: list[KeyringBackend] = list(chosen.backends)  # type: ignore[attr-defined]  # the chain's own
        return next((link for link in links if _counts(link)), None)
    return chosen if _counts(chosen) else None


def _counts(backend: "KeyringBackend") -> bool:
    return not type(backend).__module__.startswith(_NO_KEYRINGS)


class _NoAnswer(Exception):
    """The keyring failed, was refused by the person, or took too long."""


def _in_time(work: Callable[[], T]) -> T:
    """Return what the work gives.

    Raises:
        _NoAnswer: it failed or took too long.
    """
    answers: queue.Queue[tuple[T] | None] = queue.Queue(1)

    def run() -> None:
        try:
            answers.put((work(),))
        except Exception:  # noqa: BLE001 - a backend raises whatever its system's library raises
            answers.put(None)

    # A daemon: a keyring that never answers must not keep the program from ending.
    threading.Thread(target=run, name="keyring", daemon=True).start()
    try:
        answer = answers.get(timeout=TIMEOUT_S)
    except queue.Empty:
        answer = None
    if answer is None:
        raise _NoAnswer
    return answer[0]
