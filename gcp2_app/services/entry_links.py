"""What an entry about a child can point at besides people: other entries, assessments, and units of a pack."""

from collections.abc import Iterator
from dataclasses import dataclass

from gcp2_app.domain.kinds import RecordKind
from gcp2_app.domain.register import Child
from gcp2_app.domain.typed_dates import when_words
from gcp2_app.domain.users import Duty
from gcp2_app.domain.when import When
from gcp2_app.errors import NotFound
from gcp2_app.forms.entry_kinds import load_kinds
from gcp2_app.services import packs
from gcp2_app.services.session import Session
from gcp2_app.services.stream import entry_words
from gcp2_app.services.visit_people import reached
from gcp2_app.storage import stream
from gcp2_app.storage.store import Transaction
from gcp2_app.storage.stream import StreamQuery


@dataclass(frozen=True, slots=True)
class Link:
    """Something that can be pointed at: its id, and what it is called."""

    id: str
    name: str


def find(
    session: Session, child_id: str, of: RecordKind, text: str, *, limit: int = 20, why: str = ""
) -> tuple[Link, ...]:
    """Find entries, assessments or units by words.

    Args:
        child_id: of the child the entry is about.
        of: what is looked for; people are found in the register.
        text: for entries, words of theirs or the name of their kind.

    Raises:
        NotFound: no such child.
        NotAllowed: the user may not read this case.
        ReasonNeeded: the record is restricted and no reason was given.
    """
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        child = reached(session, tx, child_id, why)
        if of is RecordKind.ENTRY:
            found = _entries(tx, child, text, limit)
        elif of is RecordKind.ASSESSMENT:
            found = _holding(text, _assessments(tx, child))
        elif of is RecordKind.UNIT:
            found = _holding(text, _units(tx, child))
        else:
            found = iter(())
        return tuple(link for link, _ in zip(found, range(limit), strict=False))


def _entries(tx: Transaction, child: Child, text: str, limit: int) -> Iterator[Link]:
    wanted = text.casefold().strip()
    kinds = tuple(code for code, kind in load_kinds().items() if wanted and wanted in kind.title.casefold())
    queries = [StreamQuery(child=child.id, kinds=kinds)] if kinds else []
    seen: set[str] = set()
    for query in (*queries, StreamQuery(child=child.id, text=text)):
        for entry in stream.find(tx, query, limit=limit):
            if entry.id not in seen and entry.entered_in_error is None:
                seen.add(entry.id)
                yield Link(entry.id, entry_words(entry))


def _assessments(tx: Transaction, child: Child) -> Iterator[Link]:
    for assessment in reversed(tx.assessments.of_child(child.id)):
        window = assessment.window
        days = when_words(When({"from": window.from_.isoformat(), "to": window.to.isoformat()})) if window else ""
        yield Link(assessment.id, f"Assessment, {days}" if days else "Assessment")


def _units(tx: Transaction, child: Child) -> Iterator[Link]:
    seen: set[str] = set()
    for assessment in reversed(tx.assessments.of_child(child.id)):
        try:
            pack = packs.of(tx, assessment)
        except NotFound:
            # Made with a pack that is not installed here; its units are known by their codes alone.
            continue
        for subarea in pack.subareas.values():
            for unit in subarea.units:
                if unit.code not in seen:
                    seen.add(unit.code)
                    yield Link(unit.code, f"{unit.code} {subarea.label}: {unit.label}")


def _holding(text: str, links: Iterator[Link]) -> Iterator[Link]:
    wanted = text.casefold().split()
    return (link for link in links if all(word in link.name.casefold() for word in wanted))
