"""What makes a passphrase good enough. Knows nothing of slots or files."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from gcp2_app.errors import InvalidValue

#: The lowest score a passphrase may have.
STRONG_ENOUGH: Final = 3
#: More letters than this add nothing to the measure, and cost time.
_MEASURED_LETTERS: Final = 72
_SENTENCES: Final = (
    "Guessed at once. Use four or more words that do not belong together.",
    "Guessed within minutes. Use four or more words that do not belong together.",
    "Guessed within days. Add another word or two.",
    "Good.",
    "Strong.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """How hard a passphrase is to guess.

    Attributes:
        score: 0 (guessed at once) to 4 (strong), zxcvbn's.
        sentence: what to tell the person.
    """

    score: int
    sentence: str

    @property
    def enough(self) -> bool:
        """Whether it may be used."""
        return self.score >= STRONG_ENOUGH


def passphrase_strength(passphrase: str, words: Iterable[str] = ()) -> Strength:
    """Measure a passphrase.

    Args:
        passphrase: as typed.
        words: words a guesser would try first: names, the agency, the town.

    Source: Wheeler, D. (2016) zxcvbn: low-budget password strength estimation. USENIX Security.
    """
    from zxcvbn import zxcvbn  # its word lists take long to load

    if not passphrase:
        return Strength(score=0, sentence="Type a passphrase.")
    known = [word for text in words for word in (text, *text.split()) if word]
    score = int(zxcvbn(passphrase[:_MEASURED_LETTERS], user_inputs=known)["score"])
    return Strength(score=score, sentence=_SENTENCES[score])


def require_strong(passphrase: str, words: Iterable[str] = ()) -> None:
    """Refuse a weak passphrase.

    Raises:
        InvalidValue: it is too easy to guess.
    """
    strength = passphrase_strength(passphrase, words)
    if not strength.enough:
        raise InvalidValue("This passphrase is too easy to guess.", strength.sentence)


def to_bytes(passphrase: str) -> bytes:
    """Return what is derived from: the same for one text, however a keyboard composes its accents."""
    return unicodedata.normalize("NFKC", passphrase).encode()
