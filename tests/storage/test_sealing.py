"""What is sealed in memory while a store is locked opens with its data key alone, and only as what it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcp2_app.errors import DamagedStore
from gcp2_app.storage.sealing import seal, unseal

KEY = bytes(range(32))


@given(st.binary(max_size=2000), st.binary(max_size=60))
def test_what_is_sealed_comes_back(content: bytes, about: bytes) -> None:
    assert unseal(KEY, seal(KEY, content, about=about), about=about) == content


def test_nothing_of_the_content_can_be_read_and_no_two_seals_are_alike() -> None:
    content = b"Robin was hungry at nursery."
    sealed = seal(KEY, content, about=b"a")
    assert b"Robin" not in sealed
    assert sealed != seal(KEY, content, about=b"a")


@pytest.mark.parametrize("place", [0, 13, -1])
def test_an_altered_seal_is_refused(place: int) -> None:
    sealed = bytearray(seal(KEY, b"content", about=b"a"))
    sealed[place] ^= 1
    with pytest.raises(DamagedStore, match="altered"):
        unseal(KEY, bytes(sealed), about=b"a")


def test_another_key_and_another_use_are_refused() -> None:
    sealed = seal(KEY, b"content", about=b"a")
    with pytest.raises(DamagedStore):
        unseal(bytes(32), sealed, about=b"a")
    with pytest.raises(DamagedStore):
        unseal(KEY, sealed, about=b"b")
    with pytest.raises(DamagedStore):
        unseal(KEY, b"short", about=b"a")
