"""The recovery kit's code: 160 random bits in groups that can be copied by hand, with a check group.

Letters and digits that look alike are read as one: O as 0, I and L as 1. Knows nothing of files.
"""

import hashlib
import re
import secrets
from typing import Final

from gcp2_app.errors import InvalidValue

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U.
_ALIKE: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})
_BITS: Final = 160
_GROUP: Final = 4
_LETTERS: Final = _BITS // 5
_CHECK_LETTERS: Final = _GROUP


def new_secret() -> bytes:
    """Return a new secret of 160 random bits."""
    return secrets.token_bytes(_BITS // 8)


def to_code(secret: bytes) -> str:
    """Return the code of a secret: nine groups of four, the last of them the check."""
    letters = _letters(int.from_bytes(secret), _LETTERS) + _check(secret)
    return "-".join(letters[place : place + _GROUP] for place in range(0, len(letters), _GROUP))


def to_secret(code: str) -> bytes:
    """Return the secret of a code as typed: spaces, dashes and case do not matter.

    Raises:
        InvalidValue: a letter is missing, added or mistyped.
    """
    letters = re.sub(r"[\s\-–—.]", "", code).upper().translate(_ALIKE)
    length = _LETTERS + _CHECK_LETTERS
    if len(letters) != length:
        raise InvalidValue(
            f"The recovery code has {length} letters and digits; {len(letters)} were typed.",
            "Compare it with the printed kit, group by group.",
        )
    value = 0
    for letter in letters[:_LETTERS]:
        if letter not in _ALPHABET:
            raise _mistyped()
        value = value * 32 + _ALPHABET.index(letter)
    secret = value.to_bytes(_BITS // 8)
    if letters[_LETTERS:] != _check(secret):
        raise _mistyped()
    return secret


def _mistyped() -> InvalidValue:
    return InvalidValue("The recovery code is mistyped.", "Compare it with the printed kit, group by group.")


def _check(secret: bytes) -> str:
    digest = hashlib.sha256(b"gcp2 recovery check" + secret).digest()
    return _letters(int.from_bytes(digest[:4]) >> 12, _CHECK_LETTERS)


def _letters(value: int, count: int) -> str:
    return "".join(_ALPHABET[value >> (5 * place) & 31] for place in reversed(range(count)))
