"""Text as it is compared: without accents, ligatures and letters nobody sees, and where each letter stood.

Knows letters alone.
"""

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as it is compared.

    Attributes:
        text: the letters; their case stays.
        places: where each of them stood in the text it was made from, and last its length.
    """

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of it, which is not empty, stood; with the marks that belong to its last letter."""
        return self.places[start], max(self.places[end - 1] + 1, self.places[end])


def folded(text: str) -> str:
    """Return a text as it is compared."""
    return text if text.isascii() else "".join(map(_letters, text))


def fold(text: str) -> Folded:
    """Return a text as it is compared, with the place of each letter."""
    if text.isascii():
        return Folded(text, tuple(range(len(text) + 1)))
    found = [(letter, place) for place, each in enumerate(text) for letter in _letters(each)]
    return Folded("".join(letter for letter, _ in found), (*(place for _, place in found), len(text)))


def _letters(letter: str) -> str:
    """Return the letters one stands for: "e" for "é", "fi" for the ligature, none for a soft hyphen or a mark."""
    if letter.isascii():
        return letter
    return "".join(
        each for each in unicodedata.normalize("NFKD", letter) if unicodedata.category(each) not in ("Mn", "Cf")
    )
