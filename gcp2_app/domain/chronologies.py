"""A curated chronology: entries picked from a child's stream with an analysis, and the versions of it that were frozen.

A frozen version holds the text as it was, with a digest of it, and never changes; a draft holds picks alone. What each
version shows is laid out in :mod:`gcp2_app.reports.chronology`. Knows plain values only.

Source: casework.md, One stream of entries ("Curated chronologies").
"""

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final


class ChronologyStyle(StrEnum):
    """For whom a chronology is made: which columns it has, and what is left out of it unless it is ticked."""

    PROFESSIONAL = "professional"
    FAMILY = "family"
    COURT = "court"


class Why(StrEnum):
    """Why something is left out of a chronology. The first four can be ticked to be shown in some styles."""

    THIRD_PARTY = "third_party"
    HARM = "harm_if_disclosed"
    WITHHELD = "withheld"
    CHILD_WORDS = "child_words"
    ANALYSIS = "analysis"
    WORKER_SAFETY = "worker_safety"
    NOT_IN_STYLE = "not_in_style"
    TAKEN_OUT = "taken_out"
    IN_ERROR = "in_error"


#: Stands in ``shown`` of a chronology where the analysis of the whole is shown to the family.
SHOW_ANALYSIS: Final = Why.ANALYSIS


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """An entry that was picked.

    Attributes:
        entry: its id.
        analysis: what it means, as whoever makes the chronology sees it.
        shown: what was ticked to be shown of it although this style leaves it out.
    """

    entry: str
    analysis: str = ""
    shown: tuple[Why, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenRow:
    """One entry as it stood in a frozen version.

    Attributes:
        entry: its id; ``revision`` the revision it stood in.
        cells: a text for each column; none where the entry was entered in error since and the row left the store.
        sha256: digest of the row as it was frozen.
    """

    entry: str
    revision: int
    cells: tuple[str, ...] = ()
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A line of the list of what a version leaves out. Never the thing itself.

    Attributes:
        what: what people call the field, or empty for whole entries.
        times: how many entries it is left out of.
    """

    why: Why
    what: str = ""
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """The text of a version as it was.

    Attributes:
        at: when it was frozen; ``by``: id of the professional who did, ``by_name`` their name then.
        child_name: what the child was called in it.
        entry: id of the entry that says it was frozen.
        columns: codes of the columns; ``heads`` what stands over them.
        analysis: of the whole, as this version shows it.
        sha256: digest of everything here.
    """

    at: datetime
    by: str | None = None
    by_name: str = ""
    child_name: str = ""
    entry: str = ""
    columns: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[FrozenRow, ...] = ()
    analysis: str = ""
    left_out: tuple[LeftOut, ...] = ()
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chronology:
    """A draft, or a frozen version. There is one draft for a child and style.

    Attributes:
        made_for: id of the record it was frozen in, where that one was merged into another since; else empty.
        picks: in any order; a chronology is read by when things happened.
        analysis: of the whole.
        shown: what was ticked to be shown of the whole although this style leaves it out.
        version: from 1 for a frozen one, of its child and style; 0 for a draft.
        frozen: its text, or None for a draft.
    """

    id: str
    child: str
    made_for: str = ""
    style: ChronologyStyle
    picks: tuple[Pick, ...] = ()
    analysis: str = ""
    shown: tuple[Why, ...] = ()
    version: int = 0
    frozen: Frozen | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What differs between a frozen version and what is there now.

    Attributes:
        added, gone: ids of entries that are in it now and were not, and the other way round.
        reworded: ids of entries that read differently.
        analysis: the analysis of the whole reads differently.
    """

    added: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    reworded: tuple[str, ...] = ()
    analysis: bool = False

    @property
    def any(self) -> bool:
        """Whether anything differs."""
        return bool(self.added or self.gone or self.reworded or self.analysis)


def frozen_row(entry: str, revision: int, cells: Sequence[str]) -> FrozenRow:
    """Return a row with its digest."""
    kept = tuple(cells)
    return FrozenRow(entry=entry, revision=revision, cells=kept, sha256=_digest([entry, revision, kept]))


def freeze(chronology: Chronology, text: Frozen, *, version: int) -> Chronology:
    """Return a version of a draft with its text and the digest over both.

    Args:
        chronology: the draft; its id is given by the caller.
        text: what it says; its digest is made here.
        version: from 1.
    """
    made = replace(chronology, version=version, frozen=text)
    return replace(made, frozen=replace(text, sha256=digest_of(made)))


def digest_of(chronology: Chronology) -> str:
    """Return the digest of a frozen version: of its rows' digests and everything else it says.

    Rows count by their digests, so that a row that had to leave the store does not break the digest of the rest.
    """
    text = chronology.frozen
    if text is None:
        return ""
    return _digest(
        [
            chronology.made_for or chronology.child,
            chronology.style.value,
            chronology.version,
            text.at.isoformat(),
            text.by,
            text.by_name,
            text.child_name,
            text.columns,
            text.heads,
            [row.sha256 for row in text.rows],
            text.analysis,
            [(loss.why.value, loss.what, loss.times) for loss in text.left_out],
        ]
    )


def is_intact(chronology: Chronology) -> bool:
    """Whether a frozen version says what it said when it was frozen, rows that left the store set aside."""
    text = chronology.frozen
    if text is None:
        return False
    rows = (row for row in text.rows if row.cells)
    whole = all(row.sha256 == _digest([row.entry, row.revision, row.cells]) for row in rows)
    return whole and text.sha256 == digest_of(chronology)


def without(chronology: Chronology, entries: Collection[str]) -> Chronology:
    """Return a version without what it says of some entries, which were entered in error since."""
    text = chronology.frozen
    picks = tuple(replace(pick, analysis="") if pick.entry in entries else pick for pick in chronology.picks)
    if text is None:
        return replace(chronology, picks=picks)
    rows = tuple(replace(row, cells=()) if row.entry in entries else row for row in text.rows)
    return replace(chronology, picks=picks, frozen=replace(text, rows=rows))


def changes(before: Chronology, rows: Sequence[FrozenRow], analysis: str, columns: Sequence[str]) -> Changes:
    """Return what differs between a frozen version and rows laid out in the same style now.

    Rows are compared column by column, their numbers left out: a column that was empty all over is not there.

    Args:
        before: the frozen version.
        rows: as they would be frozen now; ``analysis`` of the whole, ``columns`` the codes of their columns.
    """
    text = before.frozen
    if text is None:
        return Changes(added=tuple(row.entry for row in rows), analysis=bool(analysis))
    was = {row.entry: row for row in text.rows}
    now = {row.entry: row for row in rows}
    return Changes(
        added=tuple(id_ for id_ in now if id_ not in was),
        gone=tuple(id_ for id_ in was if id_ not in now),
        reworded=tuple(
            id_
            for id_, row in now.items()
            if id_ in was and was[id_].cells and _said(row, columns) != _said(was[id_], text.columns)
        ),
        analysis=text.analysis != analysis,
    )


def _said(row: FrozenRow, columns: Sequence[str]) -> dict[str, str]:
    said = zip(columns, row.cells, strict=True)
    return {code: cell for code, cell in said if cell and code != "number"}


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
