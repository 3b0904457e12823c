"""What whoever makes a copy can decide of it, one thing at a time: what may be shown after all, what is taken out.

The choices are made from the very reading the document is made from; what a reader may never see is no choice.
"""

from dataclasses import dataclass, replace
from typing import Final

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.readers import ANALYSIS, CHILD_VOICE, Piece, Reader
from gcp2_app.domain.users import Duty
from gcp2_app.domain.withheld import Why
from gcp2_app.domain.words import long_date
from gcp2_app.services.documents.kinds import About
from gcp2_app.services.documents.making import Wanted, kind_of, read
from gcp2_app.services.session import Session
from gcp2_app.services.stream import entry_words

_PARTS: Final = {
    CHILD_VOICE: ("The child’s own words in assessments", Why.CHILD_WORDS),
    ANALYSIS: ("Our analysis in assessments", Why.ANALYSIS),
}
#: So much of a piece of evidence is shown to tell it by.
_MOST_LETTERS: Final = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One thing of the record that the document is made from.

    Attributes:
        id: for ``shown`` or ``without`` of :class:`gcp2_app.services.documents.making.Wanted`.
        words: which thing, in one line.
        sections: where it stands or would stand.
        why: the reason it is left out of a copy for this reader unless ticked; None where it stands in it.
        words_only: it stands in the copy; what is left out is the child's or a carer's words in it.
        can_change: a tick puts it in, or takes it out.
        stands: whether it is in the copy as it is wanted now.
    """

    id: str
    words: str
    sections: tuple[str, ...] = ()
    why: Why | None = None
    words_only: bool = False
    can_change: bool
    stands: bool


def choices(session: Session, wanted: Wanted, *, why: str = "") -> tuple[Choice, ...]:
    """Return what can be decided of a document, what is left out first. Audited as a view.

    Raises:
        NotFound: no such child, or nothing for the document to be about.
        NotAllowed: the user may not read this case, or what it is about may not be shown to its reader.
        ReasonNeeded: the record is restricted and no reason was given.
        InvalidValue: no such kind, or it is not made for this reader.
    """
    session.require(Duty.READ_CASES)
    kind = kind_of(wanted)
    session.require(kind.duty)
    if kind.about is About.STORE or kind.gather is None:
        return ()
    with session.store.transaction() as tx:
        reading = read(session, tx, replace(wanted, shown=frozenset(), without=frozenset()), why=why)
        kind.gather(reading)
        tx.record("report choices opened", by=session.user.id, kind="child", id=reading.child.id, fields=(kind.name,))
    asked, reader = reading.copying.asked, reading.reader
    parts = [
        Choice(id=id_, words=words, why=why_, can_change=reader.can_show(why_), stands=id_ in wanted.shown)
        for id_, (words, why_) in _PARTS.items()
        if id_ in reading.copying.ticks
    ]
    pieces = [
        _piece(each, wanted)
        for each in reading.copying.pieces.values()
        # The child's words have one tick for all of them.
        if kind.gives_evidence and each.why is not Why.CHILD_WORDS
    ]
    found = [
        _choice(entry, tuple(asked[entry.id]), reader, wanted)
        for entry in reading.record
        if entry.id in asked and entry.id != reading.matter
    ]
    return (*parts, *sorted((*found, *pieces), key=lambda each: each.why is None))


def _piece(piece: Piece, wanted: Wanted) -> Choice:
    stands = piece.id not in wanted.without if piece.why is None else piece.can_change and piece.id in wanted.shown
    return Choice(
        id=piece.id,
        words=_evidence_words(piece),
        why=piece.why,
        can_change=piece.can_change,
        stands=stands,
    )


def _evidence_words(piece: Piece) -> str:
    from gcp2_app.reports.pdf.assessment_words import SOURCES

    said = piece.evidence
    begins = said.text if len(said.text) <= _MOST_LETTERS else f"{said.text[: _MOST_LETTERS - 3].rstrip()}…"
    on = long_date(said.on) if said.on is not None else ""
    return ", ".join(filter(None, (f"Evidence on {piece.unit}", SOURCES[said.source].lower(), on, begins)))


def _choice(entry: Entry, sections: tuple[str, ...], reader: Reader, wanted: Wanted) -> Choice:
    why = reader.why_not(entry)
    words_only = why is None and _loses_words(entry, reader)
    if words_only:
        why = Why.CHILD_WORDS if reader.leaves_out_words(entry) else Why.THIRD_PARTY
    final = replace(reader, shown=wanted.shown, without=wanted.without)
    stands = final.why_not(entry) is None and not (words_only and _loses_words(entry, final))
    shown = replace(reader, shown=frozenset({entry.id}))
    return Choice(
        id=entry.id,
        words=entry_words(entry),
        sections=sections,
        why=why,
        words_only=words_only,
        # Of several reasons each has to allow it.
        can_change=why is None or shown.why_not(entry) is None,
        stands=stands,
    )


def _loses_words(entry: Entry, reader: Reader) -> bool:
    return reader.leaves_out_words(entry) or reader.leaves_out_response(entry) or reader.leaves_out_dissent(entry)
