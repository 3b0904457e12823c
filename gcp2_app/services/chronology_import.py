"""Another agency's chronology, taken into a child's stream: looked at first, taken in whole, and taken out whole again.

Nothing of the file is kept but the rows that are taken in, each with where it came from; its name is kept nowhere.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from gcp2_app.domain.entries import Entry, Provenance
from gcp2_app.domain.kinds import EntryKind
from gcp2_app.domain.register import Agency
from gcp2_app.domain.users import Duty
from gcp2_app.domain.when import When
from gcp2_app.errors import AppError, InvalidValue, NotAllowed, NotFound
from gcp2_app.exchange.chronology_columns import Holds, from_text, guess, heading_row, headings, key_of, to_text
from gcp2_app.exchange.chronology_import import ChronologyFile, Sheet, SheetRow, cell_text, load_chronology
from gcp2_app.exchange.chronology_rows import BadRow, Proposed, Whose, alike, read_rows
from gcp2_app.forms.entry_kinds import load_kinds
from gcp2_app.services import backups, entries
from gcp2_app.services.session import Session
from gcp2_app.services.visit_people import reached
from gcp2_app.storage import stream
from gcp2_app.storage.store import Transaction

__all__ = [
    "BadRow",
    "Batch",
    "ChronologyFile",
    "Coming",
    "Holds",
    "Preview",
    "Sheet",
    "SheetRow",
    "Taken",
    "Wanted",
    "Whose",
    "batches",
    "cell_text",
    "heading_row",
    "headings",
    "load_chronology",
    "preview",
    "remembered",
    "take_in",
    "undo",
]

_SETTING: Final = "chronology columns "
#: From how near texts of one day say the same: whatever else differs, and where agency and kind are the same too.
_NEAR: Final = 0.75
_NEAR_OF_ONE_AGENCY: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How a file is to be read.

    Attributes:
        file: what stands in it.
        sheet: which of its sheets, from 0.
        heading: number of the row with the headings, 0 where there is none.
        columns: what a column holds, by its place from 0.
        whose: the agency it comes from.
    """

    file: ChronologyFile
    sheet: int
    heading: int
    columns: Mapping[int, Holds]
    whose: Whose

    @property
    def table(self) -> Sheet:
        """The sheet."""
        return self.file.sheets[self.sheet]

    @property
    def names(self) -> tuple[str, ...]:
        """The headings, none where no row has them."""
        return next((headings(row) for row in self.table.rows if row.number == self.heading), ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A row that can be taken in.

    Attributes:
        number: of the row in the file.
        entry: what it becomes; without an id.
        written: the words its date was read from.
        said: what should be looked at.
        like: ids of entries of the record that may be the same; ``like_row`` is an earlier row that may be, or 0.
        same: one of them says the same word for word, from the same agency.
    """

    number: int
    entry: Entry
    written: str
    said: tuple[str, ...]
    like: tuple[str, ...] = ()
    like_row: int = 0
    same: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What taking a file in would do.

    Attributes:
        rows: what can go in, in the order of the file.
        bad: what stays out, each with its row and the reason.
        there: the entries of the record that rows may be the same as, by id.
        left: headings of the columns nothing is read from.
    """

    rows: tuple[Coming, ...]
    bad: tuple[BadRow, ...]
    there: Mapping[str, Entry]
    kinds: Mapping[str, EntryKind]
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What was taken in.

    Attributes:
        batch: id that its entries share.
        ids: of the entries.
        bad: rows that stayed out.
    """

    batch: str
    ids: tuple[str, ...]
    bad: tuple[BadRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A chronology that was taken in earlier.

    Attributes:
        count: how many of its entries are in the record now; ``corrected``: how many of those say something else since.
    """

    id: str
    at: datetime
    whose: Agency
    owner: str
    count: int
    corrected: int


def remembered(session: Session, names: tuple[str, ...]) -> dict[int, Holds]:
    """Return what the columns under some headings hold: as it was said for them before, or as they are called."""
    session.require(Duty.WORK_CASES)
    with session.store.transaction() as tx:
        kept = tx.setting(_SETTING + key_of(names)) if names else None
    return from_text(kept) if kept else guess(names)


def preview(session: Session, child_id: str, wanted: Wanted, *, why: str = "") -> Preview:
    """Return what taking a file in would do. Nothing is changed.

    Raises:
        NotFound: no such child.
        NotAllowed: the user may not work on this case.
        ReasonNeeded: the record is restricted and no reason was given.
        InvalidValue: no column says what happened.
    """
    session.require(Duty.WORK_CASES)
    with session.store.transaction() as tx:
        child = reached(session, tx, child_id, why)
        found = _look(session, tx, child.id, wanted)
        tx.record(
            "chronology looked at", by=session.user.id, kind="child", id=child.id, count=len(found.rows), reason=why
        )
    return found


def take_in(
    session: Session, child_id: str, wanted: Wanted, *, leave_out: Collection[int] = (), why: str = ""
) -> Taken:
    """Take the rows of a file in, all of them in one transaction, and remember its columns for the next such file.

    Args:
        session: who does it.
        child_id: the child it is about.
        wanted: how it is read.
        leave_out: numbers of rows that are not wanted.
        why: the reason a restricted record was opened for.

    Raises:
        NotFound: no such child.
        NotAllowed: the user may not work on this case.
        ReasonNeeded: the record is restricted and no reason was given.
        InvalidValue: no column says what happened, or no row is left.
        StoreError: no backup could be made before it.
    """
    session.require(Duty.WORK_CASES)
    backups.make_before_import(session)
    with session.store.transaction() as tx:
        child = reached(session, tx, child_id, why)
        found = _look(session, tx, child.id, wanted)
        rows = [row for row in found.rows if row.number not in leave_out]
        if not rows:
            raise InvalidValue("No row is left to take in.", "Tick the rows that belong in the record.")
        batch = str(uuid.uuid4())
        ids: list[str] = []
        for row in rows:
            made = replace(
                row.entry,
                provenance=Provenance(
                    batch=batch,
                    row=row.number,
                    sha256=wanted.file.sha256,
                    whose=wanted.whose.agency,
                    owner=" ".join(wanted.whose.owner.split()),
                    at=session.now(),
                    by=session.professional.id,
                    date_as_written=row.written,
                ),
            )
            made = entries.make(session, tx, made)
            entries.put_new(session, tx, made)
            ids.append(made.id)
        if wanted.names:
            tx.set_setting(_SETTING + key_of(wanted.names), to_text(wanted.columns))
        # Its digest says which file it was; the rows that stayed out are counted.
        tx.record(
            "chronology taken in",
            by=session.user.id,
            kind="chronology batch",
            id=batch,
            fields=(f"file {wanted.file.sha256}", f"left out: {len(found.rows) - len(rows) + len(found.bad)}"),
            count=len(ids),
            reason=why,
        )
    return Taken(batch=batch, ids=tuple(ids), bad=found.bad)


def batches(session: Session, child_id: str, *, why: str = "") -> tuple[Batch, ...]:
    """Return the chronologies taken in for a child that still have entries in the record, newest first.

    Raises:
        NotFound: no such child.
        NotAllowed: the user may not read this case.
        ReasonNeeded: the record is restricted and no reason was given.
    """
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        child = reached(session, tx, child_id, why)
        found: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in stream.taken_in(tx, child.id):
            if entry.provenance is not None:
                found[entry.provenance.batch].append(entry)
    made = [_batch(id_, several) for id_, several in found.items()]
    return tuple(sorted(made, key=lambda each: each.at, reverse=True))


def undo(session: Session, child_id: str, batch: str, *, reason: str, why: str = "") -> int:
    """Take every entry of a batch out again as entered in error, in one transaction; return how many.

    Raises:
        NotFound: no such child, or nothing of this batch is in the record.
        NotAllowed: the user may not work on this case.
        ReasonNeeded: the record is restricted and no reason was given.
        InvalidValue: no reason is given.
    """
    session.require(Duty.WORK_CASES)
    with session.store.transaction() as tx:
        child = reached(session, tx, child_id, why)
        ids = [each.id for each in stream.taken_in(tx, child.id, batch=batch)]
        if not ids:
            raise NotFound("Nothing of this chronology is in the record any more.")
        for id_ in ids:
            entries.seal(session, tx, id_, reason=reason)
        tx.record(
            "chronology taken out",
            by=session.user.id,
            kind="chronology batch",
            id=batch,
            count=len(ids),
            reason=reason.strip(),
        )
    return len(ids)


def _batch(id_: str, several: list[Entry]) -> Batch:
    first = several[0].provenance
    if first is None:
        raise NotFound("Nothing of this chronology is in the record any more.")
    corrected = sum(bool(each.revision_reason) for each in several)
    return Batch(id=id_, at=first.at, whose=first.whose, owner=first.owner, count=len(several), corrected=corrected)


def _look(session: Session, tx: Transaction, child: str, wanted: Wanted) -> Preview:
    if Holds.WHAT not in wanted.columns.values():
        raise InvalidValue("No column says what happened.", "Choose the column that does.")
    kinds = load_kinds()
    read = read_rows(
        wanted.table,
        wanted.heading,
        wanted.columns,
        wanted.whose,
        child=child,
        kinds=kinds,
        today=session.today(),
    )
    bad = list(read.bad)
    there = _by_day(tx.entries.of_child(child))
    rows: list[Coming] = []
    earlier: defaultdict[When | None, list[Coming]] = defaultdict(list)
    for proposed in read.good:
        try:
            made = entries.make(session, tx, proposed.entry)
        except NotAllowed:
            raise
        except AppError as error:
            bad.append(BadRow(proposed.number, f"Left out: {error.message}"))
            continue
        row = _beside(replace(proposed, entry=replace(made, id="")), there, earlier[made.when])
        earlier[made.when].append(row)
        rows.append(row)
    like = {id_ for row in rows for id_ in row.like}
    names = wanted.names
    return Preview(
        rows=tuple(rows),
        bad=tuple(sorted(bad, key=lambda each: each.number)),
        there={each.id: each for several in there.values() for each in several if each.id in like},
        kinds=kinds,
        left=tuple(name for place, name in enumerate(names) if name and place not in wanted.columns),
    )


def _by_day(found: Collection[Entry]) -> Mapping[date, list[Entry]]:
    days: defaultdict[date, list[Entry]] = defaultdict(list)
    for entry in found:
        if entry.when is not None and entry.when.last is not None and entry.entered_in_error is None:
            days[entry.when.last].append(entry)
    return days


def _beside(proposed: Proposed, there: Mapping[date, list[Entry]], earlier: list[Coming]) -> Coming:
    """Return a row with what it may be the same as: of the record, and of the rows above it of the same date."""
    entry = proposed.entry
    day = entry.when.last if entry.when is not None else None
    like: list[str] = []
    like_row, same = 0, False
    for other in there.get(day, ()) if day is not None else ():
        if _is_like(entry, other):
            like.append(other.id)
            same = same or _is_same(entry, other)
    for row in earlier:
        if _is_like(entry, row.entry):
            like_row = like_row or row.number
            same = same or _is_same(entry, row.entry)
    return Coming(
        number=proposed.number,
        entry=entry,
        written=proposed.written,
        said=proposed.said,
        like=tuple(like),
        like_row=like_row,
        same=same,
    )


def _is_like(entry: Entry, other: Entry) -> bool:
    near = alike(_says(entry), _says(other))
    one_agency = _agency(entry) is not None and _agency(entry) is _agency(other) and entry.kind == other.kind
    return near >= _NEAR or (one_agency and near >= _NEAR_OF_ONE_AGENCY)


def _is_same(entry: Entry, other: Entry) -> bool:
    return alike(_says(entry), _says(other)) == 1.0 and _agency(entry) is _agency(other)


def _says(entry: Entry) -> str:
    return entry.what or entry.action_taken or entry.outcome or entry.child_words


def _agency(entry: Entry) -> Agency | None:
    return entry.source.agency if entry.source is not None else None
