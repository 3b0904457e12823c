"""What is withheld from whom: which values a viewer may not see, what gives them away, and taking them out of text.

Pure values and text; who looks, and at what, is known to the caller. A loss names what kind of thing was taken out,
where and why, never the thing itself.

Source: casework.md, Register ("withheld from named people").
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Final

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.folding import fold, folded
from gcp2_app.domain.place_words import is_number, is_postcode, own_words, parts_of, street_of, ways_to_write
from gcp2_app.domain.register import Address, Child, Household, Person

#: What stands where something was taken out.
MARK: Final = "[withheld]"
#: A value with fewer letters and digits than this says nothing by itself ("4", "B") and would black out half a page.
LEAST: Final = 3
#: A place's name of so many letters is found inside a longer word as well: in an address of e-mail, a name of a file.
_LONG: Final = 8
#: What a child is called for a reader from whom the name is withheld.
THIS_CHILD: Final = "this child"

_TOKEN = re.compile(r"[^\W_]+")
#: Where a sentence ends: what follows stands by itself.
_END = re.compile(r"(?<=[.!?])[\"'’”)\]]*\s+|\n+")
_GAP: Final = r"[\W_]*"
#: Between the words of a place: "Hill & Dale", "Hill and Dale".
_PLACE_GAP: Final = rf"{_GAP}(?:and{_GAP})?"
_BEFORE_A_THING = re.compile(
    r"(?:^|\W)(?:an?|the|this|that|these|those|my|your|his|her|its|our|their)[\s\W]*$", re.IGNORECASE
)


class SecretKind(StrEnum):
    """What sort of thing is withheld."""

    ADDRESS = "address"
    POSTCODE = "postcode"
    AUTHORITY = "authority"
    PHONE = "phone"
    SCHOOL = "school"
    GP = "gp"
    SERVICE = "service"
    NAME = "name"
    ENTRY = "entry"
    EVIDENCE = "evidence"
    SOURCE = "source"
    WORDS = "words"


class Why(StrEnum):
    """Why something is taken out."""

    MARKED = "marked"
    GIVES_ADDRESS_AWAY = "gives_address_away"
    THIRD_PARTY = "third_party"
    CONFIDED = "confided"
    HARM = "harm_if_disclosed"
    WORKER_SAFETY = "worker_safety"
    LEGAL = "legal_advice"
    CHILD_WORDS = "child_words"
    ANALYSIS = "analysis"
    IDENTIFIES = "identifies"
    CHOSEN = "chosen"


@dataclass(frozen=True, slots=True)
class Secret:
    """One value a viewer may not see."""

    kind: SecretKind
    text: str = field(repr=False)
    why: Why = Why.MARKED


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """Everyone around a child, as the register has them.

    Attributes:
        children: the child and those who share a carer or a household.
        people: carers and adults of the households.
        households: those any of them is or was a member of.
        earlier: what records said that were merged into those of the children, each under the id that stands and with
            its marks; ``merged``: the ids they had, with the one that stands.
    """

    children: tuple[Child, ...] = ()
    people: tuple[Person, ...] = ()
    households: tuple[Household, ...] = ()
    earlier: tuple[Child, ...] = ()
    merged: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def known_as(self, people: Collection[str]) -> frozenset[str]:
        """Return ids of some people, with those of records that were merged into theirs: a mark may name either."""
        return frozenset((*people, *(was for was, stands in self.merged.items() if stands in people)))


@dataclass(frozen=True, slots=True)
class _Found:
    """Where one of them stands in a text."""

    start: int
    end: int
    secret: Secret


@dataclass(frozen=True, slots=True)
class Scrubbed:
    """Text without what is withheld, and each thing taken out of it."""

    text: str
    taken: tuple[Secret, ...] = ()


@dataclass(frozen=True, slots=True)
class Loss:
    """A line of the list of what was taken out.

    Attributes:
        where: the section it stood in.
        times: how often it was taken out there.
    """

    kind: SecretKind
    why: Why
    where: str
    times: int


@dataclass(frozen=True, kw_only=True)
class Withheld:
    """Everything that is withheld from some viewers. Empty where nothing is."""

    secrets: tuple[Secret, ...] = ()

    @property
    def hides_name(self) -> bool:
        """Whether a child's name is among it."""
        return any(secret.kind is SecretKind.NAME for secret in self.secrets)

    def scrub(self, text: str) -> Scrubbed:
        """Return text without any of it: in any case, with or without accents, however it is spaced or punctuated.

        Text comes back composed (NFC); one in which nothing is found comes back as it was.
        """
        composed = unicodedata.normalize("NFC", text)
        found = self._found(composed)
        if not found:
            return Scrubbed(text)
        cleaned, place = "", 0
        for each in found:
            cleaned += composed[place : each.start] + MARK
            place = each.end
        return Scrubbed(cleaned + composed[place:], tuple(each.secret for each in found))

    def leave_out(self, text: str) -> Scrubbed:
        """Return text that does not show that anything is missing from it: every sentence with any of it is left out.

        A child's own name makes way for "this child" where that reads as well, so that what was seen is not lost with
        it. Text in which nothing is found comes back as it was.
        """
        taken: list[Secret] = []
        left = unicodedata.normalize("NFC", text)
        # Again, since what stands side by side now may say it; a name makes way once.
        while found := self._found(left):
            called = self._told if not taken else _nothing
            taken.extend(each.secret for each in found)
            left = "".join(_without(left, found, called)).strip()
        return Scrubbed(left, tuple(taken)) if taken else Scrubbed(text)

    def _found(self, text: str) -> list[_Found]:
        """Return where any of it stands in a text, in order, none over another."""
        if self._pattern is None:
            return []
        # Most texts hold none of the letters: looking for those is far quicker than looking for what is withheld.
        letters = _letters_of(text)
        if not any(key in letters for key in self._keys):
            return []
        compared = fold(text)
        return [
            _Found(*compared.span(*match.span()), self._secret_of(match))
            for match in self._pattern.finditer(compared.text)
        ]

    def _told(self, text: str, start: int, end: int, found: Sequence[_Found]) -> str:
        """Return a sentence with the child called otherwise; empty where that does not read as well."""
        if len({each.secret for each in found}) > 1 or not all(self._is_called(text, each) for each in found):
            return ""
        told, place = "", start
        for each in found:
            before = text[place : max(each.start, start)]
            told += before + (THIS_CHILD if _TOKEN.search(told + before) else THIS_CHILD.capitalize())
            place = each.end
        told += text[place:end]
        return "" if self._found(told) else told

    def _is_called(self, text: str, found: _Found) -> bool:
        """Whether a child is called by the name found here: not by a family name alone, and not as a thing."""
        if _words(text[found.start : found.end].casefold()) != _words(found.secret.text.casefold()):
            return False
        if found.secret.kind is not SecretKind.NAME or _BEFORE_A_THING.search(text[: found.start]):
            return False
        alone = _TOKEN.findall(found.secret.text.casefold())
        others = (_TOKEN.findall(each.text.casefold()) for each in self.secrets if each.kind is SecretKind.NAME)
        return not any(len(name) > len(alone) and name[-len(alone) :] == alone for name in others)

    def _secret_of(self, match: re.Match[str]) -> Secret:
        return self._ranked[int((match.lastgroup or "s0")[1:])]

    @cached_property
    def _ranked(self) -> tuple[Secret, ...]:
        """Those that can be looked for, the longest first, so that a whole address goes before its street."""
        long_enough = (secret for secret in self.secrets if _can_be_found(secret))
        return tuple(sorted(long_enough, key=lambda secret: -_size(secret.text)))

    @cached_property
    def _keys(self) -> tuple[str, ...]:
        """Letters without some of which none of it stands in a text."""
        return tuple(dict.fromkeys(key for secret in self._ranked for key in _keys_of(secret)))

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        if not self._ranked:
            return None
        anywhere: list[str] = []
        alone: list[str] = []
        for number, secret in enumerate(self._ranked):
            (anywhere if _stands_anywhere(secret) else alone).append(f"(?P<s{number}>{_found_by(secret)})")
        whole = [rf"(?<![^\W_])(?:{'|'.join(alone)})(?![^\W_])"] if alone else []
        return re.compile("|".join((*anywhere, *whole)), re.IGNORECASE)


def withheld_from(viewers: Collection[str], around: Around, *, today: date) -> Withheld:
    """Return what none of some viewers may see.

    A withheld address takes with it whatever lies near it: postcode, authority, and the school, surgery and service of
    the children who live there now. An adult whose details are withheld takes the address they live at now with them.

    Args:
        viewers: ids of the people who will see it; with several, what is withheld from any of them.
        around: whom the register has.
        today: the day on which memberships and addresses count as current.
    """
    seeing = around.known_as(viewers)
    found: list[Secret] = []
    for child in (*around.children, *around.earlier):
        found.extend(_of_child(child, seeing))
    people = [person for person in around.people if seeing.intersection(person.withheld_from)]
    found.extend(Secret(SecretKind.PHONE, person.phone) for person in people)
    hidden_people = {person.id for person in people}
    for household in around.households:
        living = {member.who for member in household.members if _covers(member.from_, member.to, today)}
        for address in household.addresses:
            current = _covers(address.from_, address.to, today)
            if seeing.intersection(address.withheld_from) or (current and living & hidden_people):
                found.extend(_of_address(address))
                children = (*around.children, *around.earlier)
                near = (child for child in children if current and child.id in living)
                found.extend(secret for child in near for secret in _near(child))
    return Withheld(secrets=tuple(dict.fromkeys(secret for secret in found if secret.text.strip())))


def may_see(viewers: Collection[str], entry: Entry) -> bool:
    """Whether an entry is withheld from none of the viewers."""
    return not frozenset(viewers).intersection(entry.withheld_from)


def losses(taken: Iterable[tuple[str, Secret]]) -> tuple[Loss, ...]:
    """Return the list of what was taken out, in the order it was met.

    Args:
        taken: section and secret, once for each time.
    """
    counted = Counter((secret.kind, secret.why, where) for where, secret in taken)
    return tuple(Loss(kind, why, where, times) for (kind, why, where), times in counted.items())


def _of_child(child: Child, seeing: frozenset[str]) -> Iterator[Secret]:
    if seeing.intersection(child.school_withheld_from):
        yield from _named(SecretKind.SCHOOL, child.school, Why.MARKED)
    if seeing.intersection(child.gp_withheld_from):
        yield from _named(SecretKind.GP, child.gp, Why.MARKED)
    if seeing.intersection(child.name_withheld_from):
        for name in (child.name, child.given_names, child.family_name, *child.aliases):
            yield Secret(SecretKind.NAME, name)


def _of_address(address: Address) -> Iterator[Secret]:
    yield Secret(SecretKind.ADDRESS, " ".join(address.lines))
    for line in address.lines:
        yield Secret(SecretKind.ADDRESS, line)
        for part in parts_of(line):
            if is_postcode(part):
                yield from _of_postcode(part)
            elif not is_number(part):
                yield Secret(SecretKind.ADDRESS, part)
                yield Secret(SecretKind.ADDRESS, street_of(part))
    yield from _of_postcode(address.postcode)
    yield from _named(SecretKind.AUTHORITY, address.authority, Why.MARKED)


def _of_postcode(postcode: str) -> Iterator[Secret]:
    yield Secret(SecretKind.POSTCODE, postcode)
    yield Secret(SecretKind.POSTCODE, "".join(_TOKEN.findall(postcode))[:-3])


def _near(child: Child) -> Iterator[Secret]:
    yield from _named(SecretKind.SCHOOL, child.school, Why.GIVES_ADDRESS_AWAY)
    yield from _named(SecretKind.GP, child.gp, Why.GIVES_ADDRESS_AWAY)
    yield from _named(SecretKind.SERVICE, child.health_worker, Why.GIVES_ADDRESS_AWAY)


def _named(kind: SecretKind, name: str, why: Why) -> Iterator[Secret]:
    """Yield a place's name, and what is left of it and of its parts without the words any such place has."""
    yield Secret(kind, name, why)
    for text in (name, *parts_of(name)):
        yield Secret(kind, own_words(text), why)


def _without(
    text: str, found: Sequence[_Found], called: Callable[[str, int, int, Sequence[_Found]], str]
) -> Iterator[str]:
    """Yield the sentences of a text; of one in which something was found, what it is called otherwise."""
    for start, end in _sentences(text):
        here = [each for each in found if each.start < end and start < each.end]
        yield called(text, start, end, here) if here else text[start:end]


def _nothing(_text: str, _start: int, _end: int, _found: Sequence[_Found]) -> str:
    return ""


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each sentence begins and ends, with the space behind it."""
    start = 0
    for end in _END.finditer(text):
        yield start, end.end()
        start = end.end()
    if start < len(text):
        yield start, len(text)


def _covers(from_: date | None, to: date | None, day: date) -> bool:
    return (from_ is None or from_ <= day) and (to is None or day <= to)


#: Kinds that are places.
_PLACES: Final = frozenset(
    {SecretKind.ADDRESS, SecretKind.AUTHORITY, SecretKind.SCHOOL, SecretKind.GP, SecretKind.SERVICE}
)


def _words(text: str) -> list[str]:
    return _TOKEN.findall(folded(text))


def _size(text: str) -> int:
    return sum(map(len, _words(text)))


def _are_initials(secret: Secret) -> bool:
    return secret.kind is SecretKind.SOURCE and all(len(word) == 1 for word in _words(secret.text))


def _can_be_found(secret: Secret) -> bool:
    return _size(secret.text) >= LEAST or (_are_initials(secret) and _size(secret.text) > 1)


def _stands_anywhere(secret: Secret) -> bool:
    """Whether it is found inside a longer word too: long enough to be nothing else, and no number."""
    words = _words(secret.text)
    return (
        secret.kind in _PLACES | {SecretKind.NAME, SecretKind.SOURCE}
        and sum(map(len, words)) >= _LONG
        and min(len(words[0]), len(words[-1])) >= LEAST
    )


def _found_by(secret: Secret) -> str:
    """Return the pattern a secret is found by, whatever stands between its words."""
    tokens = _words(secret.text)
    if secret.kind is SecretKind.POSTCODE:
        tokens = list("".join(tokens))
    elif secret.kind is SecretKind.PHONE:
        digits = re.sub(r"^(00)?44|^0", "", "".join(tokens))
        return rf"(?:(?:00)?44{_GAP})?0?{_GAP}" + _GAP.join(map(re.escape, digits or "".join(tokens)))
    elif secret.kind in _PLACES:
        return _found_place(tokens)
    elif _are_initials(secret):
        # In capital letters alone: "jv" may be anything.
        return f"(?-i:{_GAP.join(tokens)})"
    found = _GAP.join(map(re.escape, tokens))
    if secret.kind not in (SecretKind.NAME, SecretKind.SOURCE):
        return found
    # A name is found in "the Hills", in "mrs_hills_letter.pdf" and in "Hill, Jo", too.
    turned = _GAP.join(map(re.escape, (tokens[-1], *tokens[:-1])))
    return f"(?:{found}|{turned})(?:e?s)?"


def _found_place(tokens: Sequence[str]) -> str:
    """Return the pattern a place is found by: "St Mary’s" in "SAINT MARY", "Hill & Dale Rd" in "Hill and Dale Road"."""
    found = ""
    for place, word in enumerate(tokens):
        if place and word.casefold() == "s":
            found += rf"(?:{_GAP}s)?"
        elif word.casefold() != "and":
            found += f"{_PLACE_GAP if found else ''}(?:{'|'.join(map(re.escape, ways_to_write(word)))})"
    return found or "and"


def _letters_of(text: str) -> str:
    return "".join(filter(str.isalnum, folded(text))).casefold()


def _keys_of(secret: Secret) -> tuple[str, ...]:
    """Return letters one of which stands in every text the pattern of a secret is found in."""
    words = _words(secret.text)
    if secret.kind is SecretKind.PHONE:
        return (re.sub(r"^(00)?44|^0", "", "".join(words)).casefold(),)
    if secret.kind is SecretKind.POSTCODE or _are_initials(secret):
        return ("".join(words).casefold(),)
    if secret.kind not in _PLACES:
        return (max(words, key=len).casefold(),)
    # What may be missing, or be written in another way, tells nothing.
    sure = [word for word in words if len(ways_to_write(word)) == 1 and word.casefold() not in ("s", "and")]
    return (max(sure, key=len).casefold(),) if sure else tuple(ways_to_write(words[0]))
