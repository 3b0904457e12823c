"""The recovery code can be copied by hand."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcp2_app.errors import InvalidValue
from gcp2_app.storage import kit

SECRETS = st.binary(min_size=20, max_size=20)


def test_secrets_are_160_random_bits() -> None:
    assert len(kit.new_secret()) == 20
    assert kit.new_secret() != kit.new_secret()


@given(SECRETS)
def test_a_code_gives_its_secret_back_however_it_is_typed(secret: bytes) -> None:
    code = kit.to_code(secret)
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){8}[0-9A-HJKMNP-TV-Z]{4}", code)
    for typed in (code, code.lower(), code.replace("-", ""), code.replace("-", "  "), f" {code}\n"):
        assert kit.to_secret(typed) == secret
    assert kit.to_secret(code.replace("0", "O").replace("1", "l")) == secret


@given(SECRETS, st.integers(0, 35), st.integers(1, 31))
def test_a_wrong_letter_is_noticed(secret: bytes, place: int, by: int) -> None:
    letters = kit.to_code(secret).replace("-", "")
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    other = alphabet[(alphabet.index(letters[place]) + by) % 32]
    with pytest.raises(InvalidValue, match="mistyped"):
        kit.to_secret(letters[:place] + other + letters[place + 1 :])


@pytest.mark.parametrize("typed", ["", "ABCD", "0" * 37])
def test_a_letter_too_few_or_too_many_is_counted(typed: str) -> None:
    with pytest.raises(InvalidValue, match=f"36 letters and digits; {len(typed)} were typed"):
        kit.to_secret(typed)


def test_a_letter_no_code_has() -> None:
    with pytest.raises(InvalidValue, match="mistyped"):
        kit.to_secret("U" * 36)
