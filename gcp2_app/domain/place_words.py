"""The words places are written in: the parts of an address, what is a place's own name, what is written in two ways.

Knows words alone; what is withheld is known to :mod:`gcp2_app.domain.withheld`.
"""

import re
from collections.abc import Mapping
from typing import Final

_TOKEN: Final = re.compile(r"[^\W_]+")
_BETWEEN_PARTS: Final = re.compile(r"[,;()/\n]| [-\u2010-\u2015] ")
_POSTCODE: Final = re.compile(r"[a-z]{1,2}[0-9][a-z0-9]? ?[0-9][a-z]{2}", re.IGNORECASE)
_WITHIN: Final = frozenset({"flat", "unit", "room", "apartment", "apt", "floor", "block", "no", "number", "plot"})
#: Words that say what kind of place it is: the rest of the name already gives it away.
_PLAIN: Final = frozenset(
    {
        *("school", "schools", "primary", "infant", "infants", "junior", "juniors", "high", "secondary", "academy"),
        *("college", "nursery", "preschool", "pre", "playgroup", "kindergarten", "special", "trust", "foundation"),
        *("catholic", "rc", "ce", "c", "of", "e", "church", "england", "community", "voluntary", "aided", "controlled"),
        *("centre", "surgery", "practice", "medical", "health", "clinic", "doctors", "group", "hub", "team", "service"),
        *("services", "visitor", "visitors", "visiting", "nurse", "nurses", "nursing", "family", "named", "specialist"),
        *("council", "borough", "metropolitan", "mbc", "city", "county", "district", "unitary", "authority", "local"),
        *("london", "royal", "the", "and"),
    }
)
#: Words of a place that are written in more than one way.
_ALIKE: Final = (
    ("street", "saint", "st"),
    ("road", "rd"),
    ("lane", "ln"),
    ("avenue", "ave", "av"),
    ("close", "cl"),
    ("drive", "dr"),
    ("crescent", "cres", "cresc"),
    ("court", "ct"),
    ("gardens", "gdns"),
    ("grove", "gr"),
    ("place", "pl"),
    ("terrace", "terr", "ter"),
    ("square", "sq"),
    ("mount", "mt"),
    ("north", "n"),
    ("south", "s"),
    ("east", "e"),
    ("west", "w"),
)
_WAYS: Final[Mapping[str, tuple[str, ...]]] = {
    word: tuple(sorted(ways, key=len, reverse=True)) for ways in _ALIKE for word in ways
}


def parts_of(text: str) -> tuple[str, ...]:
    """Return the parts of an address or a name that are written in one line, such as "4 Mill Lane" and "Dudley"."""
    return tuple(part.strip() for part in _BETWEEN_PARTS.split(text) if part.strip())


def is_postcode(text: str) -> bool:
    """Whether a part of an address is its postcode."""
    return _POSTCODE.fullmatch(" ".join(text.split())) is not None


def is_number(text: str) -> bool:
    """Whether a part of an address is no more than a number of house or flat, which gives nobody away by itself."""
    return all(any(map(str.isdigit, word)) or word.casefold() in _WITHIN for word in _TOKEN.findall(text))


def street_of(text: str) -> str:
    """Return a part of an address without the numbers of house and flat before the street; empty without numbers."""
    words = _TOKEN.findall(text)
    numbered = [place for place, word in enumerate(words) if any(map(str.isdigit, word))]
    return " ".join(words[numbered[-1] + 1 :]) if numbered else ""


def own_words(name: str) -> str:
    """Return a name without the words any such place has, before and after it; empty where it has no others."""
    words = _TOKEN.findall(name)
    while words and words[-1].casefold() in _PLAIN:
        words.pop()
    while words and words[0].casefold() in _PLAIN:
        words.pop(0)
    return " ".join(words)


def ways_to_write(word: str) -> tuple[str, ...]:
    """Return how a word of a place may be written, the longest first: "Street" and "St"."""
    return _WAYS.get(word.casefold(), (word,))
