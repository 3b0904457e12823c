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
from gcp2_app.domain.register import Address, Child, Household, Person

#: What stands where something was taken out.
MARK: Final = "[withheld]"
#: A value with fewer letters and digits than this says nothing by itself ("4", "B") and would black out half a page.
LEAST: Final = 3

#: What a child is called for a reader from whom the name is withheld.
THIS_CHILD: Final = "this child"

_TOKEN = re.compile(r"[^\W_]+")
#: Where a sentence ends: what follows stands by itself.
_END = re.compile(r"(?<=[.!?])[\"'’”)\]]*\s+|\n+")
_BEFORE_A_THING = re.compile(
    r"(?:^|\W)(?:an?|the|this|that|these|those|my|your|his|her|its|our|their)[\s\W]*$", re.IGNORECASE
)
_GAP = r"[\W_]*"
#: Words that say what kind of place it is: the rest of the name already gives it away.
_PLAIN_WORDS: Final = frozenset(
    {
        *("school", "primary", "infant", "infants", "junior", "juniors", "high", "secondary", "academy", "college"),
        *("nursery", "preschool", "centre", "surgery", "practice", "medical", "health", "clinic", "doctors", "group"),
    }
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
        """Return text without any of it: in any case, as whole words, however it is spaced or punctuated.

        Text comes back composed (NFC); one in which nothing is found comes back as it was.
        """
        if self._pattern is None:
            return Scrubbed(text)
        taken: list[Secret] = []

        def take(match: re.Match[str]) -> str:
            taken.append(self._secret_of(match))
            return MARK

        cleaned = self._pattern.sub(take, unicodedata.normalize("NFC", text))
        return Scrubbed(cleaned, tuple(taken)) if taken else Scrubbed(text)

    def leave_out(self, text: str) -> Scrubbed:
        """Return text that does not show that anything is missing from it: every sentence with any of it is left out.

        A child's own name makes way for "this child" where that reads as well, so that what was seen is not lost with
        it. Text in which nothing is found comes back as it was.
        """
        if self._pattern is None:
            return Scrubbed(text)
        taken: list[Secret] = []
        left = unicodedata.normalize("NFC", text)
        # Again, since what stands side by side now may say it; a name makes way once.
        while found := list(self._pattern.finditer(left)):
            called = self._told if not taken else _nothing
            taken.extend(map(self._secret_of, found))
            left = "".join(_without(left, found, called)).strip()
        return Scrubbed(left, tuple(taken)) if taken else Scrubbed(text)

    def _told(self, sentence: str, found: Sequence[re.Match[str]], start: int) -> str:
        """Return a sentence with the child called otherwise; empty where that does not read as well."""
        if len({self._secret_of(match) for match in found}) > 1 or not all(self._is_called(match) for match in found):
            return ""
        told, place = "", 0
        for match in found:
            before = sentence[place : max(match.start() - start, 0)]
            told += before + (THIS_CHILD if _TOKEN.search(told + before) else THIS_CHILD.capitalize())
            place = match.end() - start
        told += sentence[place:]
        return "" if self._pattern is not None and self._pattern.search(told) else told

    def _is_called(self, match: re.Match[str]) -> bool:
        """Whether a child is called by the name found here: not by a family name alone, and not as a thing."""
        secret = self._secret_of(match)
        if secret.kind is not SecretKind.NAME or _BEFORE_A_THING.search(match.string[: match.start()]):
            return False
        alone = _TOKEN.findall(secret.text.casefold())
        others = (_TOKEN.findall(each.text.casefold()) for each in self.secrets if each.kind is SecretKind.NAME)
        return not any(len(name) > len(alone) and name[-len(alone) :] == alone for name in others)

    def _secret_of(self, match: re.Match[str]) -> Secret:
        return self._ranked[int((match.lastgroup or "s0")[1:])]

    @cached_property
    def _ranked(self) -> tuple[Secret, ...]:
        """Those that can be looked for, the longest first, so that a whole address goes before its street."""
        long_enough = (secret for secret in self.secrets if _size(secret.text) >= LEAST)
        return tuple(sorted(long_enough, key=lambda secret: -_size(secret.text)))

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        if not self._ranked:
            return None
        one_of = "|".join(f"(?P<s{number}>{_found_by(secret)})" for number, secret in enumerate(self._ranked))
        return re.compile(rf"(?<![^\W_])(?:{one_of})(?![^\W_])", re.IGNORECASE)


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
        yield Secret(SecretKind.ADDRESS, _street(line))
    yield Secret(SecretKind.POSTCODE, address.postcode)
    compact = "".join(_TOKEN.findall(address.postcode))
    yield Secret(SecretKind.POSTCODE, compact[:-3])
    yield Secret(SecretKind.AUTHORITY, address.authority)


def _near(child: Child) -> Iterator[Secret]:
    yield from _named(SecretKind.SCHOOL, child.school, Why.GIVES_ADDRESS_AWAY)
    yield from _named(SecretKind.GP, child.gp, Why.GIVES_ADDRESS_AWAY)
    yield Secret(SecretKind.SERVICE, child.health_worker, Why.GIVES_ADDRESS_AWAY)


def _named(kind: SecretKind, name: str, why: Why) -> Iterator[Secret]:
    """Yield a place's name, and the name without the words any such place has."""
    yield Secret(kind, name, why)
    tokens = _TOKEN.findall(name)
    while tokens and tokens[-1].casefold() in _PLAIN_WORDS:
        tokens.pop()
    yield Secret(kind, " ".join(tokens), why)


def _street(line: str) -> str:
    """Return a line of an address without the numbers of house and flat before the street."""
    tokens = _TOKEN.findall(line)
    numbered = [place for place, token in enumerate(tokens) if any(letter.isdigit() for letter in token)]
    return " ".join(tokens[numbered[-1] + 1 :]) if numbered else ""


def _without(
    text: str, found: Sequence[re.Match[str]], called: Callable[[str, Sequence[re.Match[str]], int], str]
) -> Iterator[str]:
    """Yield the sentences of a text; of one in which something was found, what it is called otherwise."""
    for start, end in _sentences(text):
        here = [match for match in found if match.start() < end and start < match.end()]
        yield called(text[start:end], here, start) if here else text[start:end]


def _nothing(_sentence: str, _found: Sequence[re.Match[str]], _start: int) -> str:
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


def _size(text: str) -> int:
    return sum(len(token) for token in _TOKEN.findall(unicodedata.normalize("NFC", text)))


def _found_by(secret: Secret) -> str:
    """Return the pattern a secret is found by, whatever stands between its words."""
    tokens = _TOKEN.findall(unicodedata.normalize("NFC", secret.text))
    if secret.kind is SecretKind.POSTCODE:
        tokens = list("".join(tokens))
    elif secret.kind is SecretKind.PHONE:
        digits = re.sub(r"^(00)?44|^0", "", "".join(tokens))
        return rf"(?:(?:00)?44{_GAP})?0?{_GAP}" + _GAP.join(map(re.escape, digits or "".join(tokens)))
    found = _GAP.join(map(re.escape, tokens))
    # Whoever told something is found in "the Hills" and in "mrs_hills_letter.pdf", too.
    return f"{found}s?" if secret.kind is SecretKind.SOURCE else found
