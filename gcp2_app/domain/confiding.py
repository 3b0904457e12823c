"""Whose name must not stand in a copy, because they told something in confidence: neighbours, relatives, the anonymous.

Leaving out what somebody told is not enough where others wrote "Mrs Hill rang again". Knows sources and names alone.

Source: casework.md, One stream of entries (third-party marks "for neighbours, relatives, anonymous sources").
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.register import Agency
from gcp2_app.domain.withheld import LEAST, Around, Secret, SecretKind, Why

#: People who are no agency, and who told something in confidence.
CONFIDING: Final = frozenset({Agency.NEIGHBOUR, Agency.RELATIVE, Agency.ANONYMOUS})
#: Where a name ends and a remark begins: "Jo Hill (grandmother)", "Jo Hill, next door".
_REMARK: Final = re.compile(r"[(,;].*", re.DOTALL)
_TITLES: Final = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame", "rev", "revd"})
#: Words that say what somebody is and not who: taken out, they would black out half a page and hide nobody.
_PLAIN: Final = frozenset(
    {
        *("neighbour", "neighbours", "relative", "friend", "caller", "anonymous", "unknown", "public", "member"),
        *("mother", "father", "sister", "brother", "grandmother", "grandfather", "grandparent", "aunt", "uncle"),
        *("cousin", "partner", "nan", "nana", "gran", "grandma", "grandad", "mum", "dad", "family", "the", "a", "an"),
        *("of", "maternal", "paternal", "former", "next", "door", "landlord", "parent", "person", "passer-by"),
    }
)
_JOINED: Final = re.compile("[-\u2010\u2011\u2013]")


def names_of_tellers(entries: Iterable[Entry], around: Around) -> tuple[Secret, ...]:
    """Return the names of those who told something in confidence and are nobody the family's record names anyway.

    Args:
        entries: of a whole record, those a reader may not see among them.
        around: the people around the child, whose own names stay: that somebody is a grandmother is no secret.
    """
    people = [*(each.name for each in around.people), *(each.name for each in around.children)]
    people += [alias for each in around.children for alias in each.aliases]
    own = {part for name in people for part in _parts(name)} | {name.strip().casefold() for name in people}
    found: dict[str, None] = {}
    for entry in entries:
        source = entry.source
        if source is None or source.agency not in CONFIDING:
            continue
        name = _REMARK.sub("", source.name).strip()
        if name.casefold() not in own and not set(name.casefold().split()) <= _PLAIN:
            found |= dict.fromkeys((name, *(part for part in _called(name) if part.casefold() not in own | _PLAIN)))
    return tuple(Secret(SecretKind.SOURCE, name, Why.CONFIDED) for name in found if len(name) >= LEAST)


def _called(name: str) -> Iterator[str]:
    """Yield what somebody may be called for short; of words that describe somebody ("lives next door"), nothing."""
    words = [word.strip(".") for word in name.split()]
    if all(word[:1].isupper() for word in words):
        for word in words:
            if word.casefold() not in _TITLES:
                yield word
                yield from (part for part in _JOINED.split(word) if part[:1].isupper() and part != word)


def _parts(name: str) -> set[str]:
    words = name.casefold().split()
    return {*words, *(part for word in words for part in _JOINED.split(word))}
