"""Finding entries of the whole caseload by their words."""

from dataclasses import dataclass
from typing import Final

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.register import Child
from gcp2_app.domain.users import Duty
from gcp2_app.domain.when import When
from gcp2_app.forms.entry_kinds import load_kinds
from gcp2_app.services.session import Session
from gcp2_app.storage.entry_words import find_entries
from gcp2_app.storage.words import words_of

#: Letters of an excerpt, and how many stand before the first word that was looked for.
_LENGTH: Final = 90
_BEFORE: Final = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An entry that holds what was looked for.

    Attributes:
        child: the first of its children whom the user works with.
        kind: what its kind is called.
        excerpt: of what happened, around the first word where one stands there.
    """

    entry: str
    child: Child
    kind: str
    when: When | None
    excerpt: str


def entries(session: Session, typed: str, *, limit: int = 8) -> tuple[Found, ...]:
    """Return entries of the user's children that hold every word of a text, the one written down last first.

    A search is audited by its count, never its words. Words of one or two letters are not looked for.

    Raises:
        NotAllowed: the user's roles do not allow reading cases.
    """
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        ids = find_entries(tx, typed, allocated_to=session.reaches_through, limit=limit)
        by_id = tx.entries.get_many(ids)
        wanted = tuple({child for entry in by_id.values() for child in entry.children})
        children = tx.children.get_many(wanted)
        reached = {id_: child for id_, child in children.items() if session.may_reach(child) and not child.restricted}
        found = tuple(_found(by_id[id_], reached, typed) for id_ in ids)
        tx.record("entries searched", by=session.user.id, kind="caseload", count=len(found))
    return found


def _found(entry: Entry, reached: dict[str, Child], typed: str) -> Found:
    kind = load_kinds().get(entry.kind)
    return Found(
        entry=entry.id,
        child=next(reached[id_] for id_ in entry.children if id_ in reached),
        kind=entry.kind if kind is None else kind.title,
        when=entry.when,
        excerpt=_excerpt(entry.what, words_of(typed)),
    )


def _excerpt(said: str, words: tuple[str, ...]) -> str:
    """Return part of a text, around the first word of it that begins with one of some plain words."""
    text = " ".join(said.split())
    places = [place for place, part in _parts(text) if any(word.startswith(words) for word in words_of(part))]
    first = max(places[0] - _BEFORE, 0) if places and len(text) > _LENGTH else 0
    if first:
        first = text.rfind(" ", 0, first + 1) + 1
    if len(text) - first <= _LENGTH:
        return f"{'… ' if first else ''}{text[first:]}"
    last = text.rfind(" ", first, first + _LENGTH)
    return f"{'… ' if first else ''}{text[first : last if last > first else first + _LENGTH]} …"


def _parts(text: str) -> list[tuple[int, str]]:
    """Return the words of a text as they are written, with where each begins."""
    found: list[tuple[int, str]] = []
    place = 0
    for part in text.split(" "):
        found.append((place, part))
        place += len(part) + 1
    return found
