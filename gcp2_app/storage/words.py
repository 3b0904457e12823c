"""Names as they are compared: without case, accents, spaces or punctuation, and their likeness.

Pure functions on text; knows no table.
"""

import re
import unicodedata
from collections.abc import Iterable

_PARTS = re.compile(r"[^\W_]+")
#: Letters that do not come apart into a letter and an accent.
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"})
#: How alike two words must be (0 to 1, Dice's coefficient of their letter pairs) to be offered as a misspelling.
_ALIKE = 0.5


def plain(text: str) -> str:
    """Return text in small letters without accents; apostrophes go, so that O’Neill is found as oneill."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return kept.translate(_PLAIN).replace("'", "").replace("’", "")


def words_of(text: str) -> tuple[str, ...]:
    """Return the plain words and numbers of a text, in order."""
    return tuple(_PARTS.findall(plain(text)))


def sign_in_key(name: str) -> str:
    """Return a sign-in name as it is compared: without case or surrounding spaces."""
    return unicodedata.normalize("NFKC", name).casefold().strip()


def run_together(text: str) -> str:
    """Return a number or postcode as it is compared: plain, without spaces or punctuation."""
    return "".join(words_of(text))


def search_text(names: Iterable[str], numbers: Iterable[str]) -> str:
    """Return everything a record is found by, for matching any part of it."""
    found = [word for name in names for word in words_of(name)]
    found += [number for text in numbers if (number := run_together(text))]
    return " ".join(dict.fromkeys(found))


def grams(word: str) -> frozenset[str]:
    """Return the pairs of letters of a word, its start and end counted as letters."""
    edged = f"^{word}$"
    return frozenset(edged[place : place + 2] for place in range(len(edged) - 1))


def likeness(one: str, other: str) -> float:
    """Return how alike two plain words are, from 0 (nothing shared) to 1 (the same letter pairs)."""
    first, second = grams(one), grams(other)
    return 2 * len(first & second) / (len(first) + len(second))


def is_misspelling(typed: str, word: str) -> bool:
    """Whether a typed word may be meant for a word: alike in its letters, or few slips away.

    One slip (a letter missing, added, wrong, or two swapped) in a word of up to five letters, two in a longer one.
    """
    if min(len(typed), len(word)) < 3:
        return typed == word
    if likeness(typed, word) >= _ALIKE:
        return True
    return slips(typed, word) <= (1 if max(len(typed), len(word)) <= 5 else 2)


def slips(one: str, other: str) -> int:
    """Return the fewest slips between two words: letters missing, added, wrong, or neighbours swapped."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [place]
        for column, against in enumerate(other, start=1):
            cost = min(before[column] + 1, row[column - 1] + 1, before[column - 1] + (letter != against))
            if column > 1 and place > 1 and letter == other[column - 2] and one[place - 2] == against:
                cost = min(cost, earlier[column - 2] + 1)
            row.append(cost)
    return row[-1]
