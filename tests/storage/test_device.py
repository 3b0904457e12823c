"""Keyrings that keep nothing, or keep it in the clear, count as none."""

from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.chainer import ChainerBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.backends.null import Keyring as NullKeyring
from typing_extensions import override

from gcp2_app.errors import KeyringUnavailable
from gcp2_app.storage import device
from tests.conftest import MemoryKeyring


class PlaintextKeyring(MemoryKeyring):
    """As the one of keyrings.alt, which keeps secrets in a readable file."""


PlaintextKeyring.__module__ = "keyrings.alt.file"


class ForgetfulKeyring(MemoryKeyring):
    """Takes a secret and gives none back."""

    @override
    def get_password(self, service: str, username: str) -> str | None:
        return None


class RefusingKeyring(MemoryKeyring):
    """Somebody pressed Cancel."""

    @override
    def set_password(self, service: str, username: str, password: str) -> None:
        raise keyring.errors.PasswordSetError("cancelled")

    @override
    def get_password(self, service: str, username: str) -> str | None:
        raise keyring.errors.KeyringLocked("cancelled")


class BrokenKeyring(MemoryKeyring):
    """Its system's library raises whatever it likes."""

    @override
    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyError("DBUS_SESSION_BUS_ADDRESS")

    @override
    def get_password(self, service: str, username: str) -> str | None:
        raise KeyError("DBUS_SESSION_BUS_ADDRESS")


class Chain(ChainerBackend):
    """Several keyrings, tried in turn."""

    links: tuple[KeyringBackend, ...] = ()

    @property
    @override
    def backends(self) -> tuple[KeyringBackend, ...]:
        return self.links


Chain.__module__ = "keyring.backends.chainer"


def test_a_secret_is_kept_given_back_and_forgotten(memory_keyring: MemoryKeyring) -> None:
    secret = device.make_secret("slot")
    assert secret is not None
    assert len(secret) == 32
    assert device.secret_of("slot") == secret
    device.forget_secret("slot")
    assert memory_keyring.passwords == {}
    device.forget_secret("slot")
    with pytest.raises(KeyringUnavailable, match="recovery kit"):
        device.secret_of("slot")


@pytest.mark.parametrize(
    "backend",
    [NullKeyring, NoKeyring, PlaintextKeyring, ForgetfulKeyring, RefusingKeyring, BrokenKeyring],
    ids=lambda each: each.__module__ + each.__name__,
)
def test_keyrings_that_count_as_none(backend: type[KeyringBackend]) -> None:
    keyring.set_keyring(backend())
    assert device.make_secret("slot") is None
    with pytest.raises(KeyringUnavailable):
        device.secret_of("slot")
    device.forget_secret("slot")


def test_of_a_chain_the_first_that_counts_is_used() -> None:
    plain, good = PlaintextKeyring(), MemoryKeyring()
    chain = Chain()  # type: ignore[no-untyped-call]  # keyring's own
    chain.links = (plain, good)
    keyring.set_keyring(chain)
    secret = device.make_secret("slot")
    assert secret == device.secret_of("slot")
    assert plain.passwords == {}
    assert list(good.passwords) == [("gcp2", "slot")]
    chain.links = (plain,)
    assert device.make_secret("slot") is None


def test_the_secret_is_in_no_file(tmp_path: Path) -> None:
    assert device.make_secret("slot") is not None
    assert list(tmp_path.iterdir()) == []
