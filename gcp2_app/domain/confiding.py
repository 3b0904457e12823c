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
#: Letters that stand for something else on every page: as somebody's initials they hide nobody.
_SHORT: Final = frozenset(
    {
        *(
            "g p",
            "h v",
            "s w",
            "s n",
            "e d",
            "c p",
            "m h",
            "l a",
            "t a",
            "d v",
            "d a",
            "p c",
            "d c",
            "d s",
            "t v",
            "p e",
        ),
        *("i t", "a e", "n o", "o k", "u k", "a m", "p m", "i d", "p r"),
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
    own_initials = {each.casefold() for name in people for each in _for_short(name)} | _SHORT
    found: dict[str, None] = {}
    for entry in entries:
        source = entry.source
        if source is None or source.agency not in CONFIDING:
            continue
        name = _REMARK.sub("", source.name).strip()
        if name.casefold() not in own and not set(name.casefold().split()) <= _PLAIN:
            found |= dict.fromkeys((name, *(part for part in _called(name) if part.casefold() not in own | _PLAIN)))
            found |= dict.fromkeys(each for each in _for_short(name) if each.casefold() not in own_initials)
    return tuple(Secret(SecretKind.SOURCE, name, Why.CONFIDED) for name in found if len(name) >= LEAST)


def _called(name: str) -> Iterator[str]:
    """Yield what somebody may be called for short; of words that describe somebody ("lives next door"), nothing."""
    words = [word.strip(".") for word in name.split()]
    if all(word[:1].isupper() for word in words):
        for word in words:
            if word.casefold() not in _TITLES:
                yield word
                yield from (part for part in _JOINED.split(word) if part[:1].isupper() and part != word)


def _for_short(name: str) -> Iterator[str]:
    """Yield how somebody may be referred to for short: "J V", and with a title "Mrs V" and "Mrs Vole"."""
    words = [word.strip(".") for word in name.split()]
    if len(words) < 2 or not all(word[:1].isupper() for word in words):
        return
    letters = [word[0] for word in words if word.casefold() not in _TITLES | _PLAIN]
    if len(letters) > 1:
        yield " ".join(letters)
    if letters and words[0].casefold() in _TITLES:
        yield f"{words[0]} {letters[-1]}"
        if len(words) > 2:
            yield f"{words[0]} {words[-1]}"


def _parts(name: str) -> set[str]:
    words = name.casefold().split()
    return {*words, *(part for word in words for part in _JOINED.split(word))}
