"""Takes school attendance out of a file into a child's record: a half term an entry, none twice."""

from dataclasses import dataclass
from pathlib import Path

from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.healthcare.attendance_rows import Row, read_rows
from gcp2_app.domain.register import Agency
from gcp2_app.domain.users import Duty
from gcp2_app.errors import InvalidValue
from gcp2_app.services import entries
from gcp2_app.services.session import Session
from gcp2_app.services.visit_people import reached

_MOST_BYTES = 1_000_000
_KIND = "attendance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a file would add.

    Attributes:
        rows: half terms that are not in the record yet.
        there: how many are in the record already, with the same first and last day.
        problems: what is wrong with the other rows.
    """

    rows: tuple[Row, ...]
    there: int
    problems: tuple[str, ...]


def preview(session: Session, child_id: str, path: Path, *, why: str = "") -> Preview:
    """Read a file and say what it would add; nothing is kept.

    Raises:
        InvalidValue: the file cannot be read as a table.
        NotAllowed: the user may not work on this case.
        ReasonNeeded: the record is restricted and no reason was given.
    """
    session.require(Duty.WORK_CASES)
    table = read_rows(_text(path))
    with session.store.transaction() as tx:
        child = reached(session, tx, child_id, why)
        held = tx.entries.of_child(child.id, kinds=(_KIND,))
    there = {(entry.data.get("from"), entry.data.get("to")) for entry in held if entry.entered_in_error is None}
    new = tuple(row for row in table.rows if (row.from_.isoformat(), row.to.isoformat()) not in there)
    return Preview(rows=new, there=len(table.rows) - len(new), problems=table.problems)


def take_in(session: Session, child_id: str, found: Preview) -> int:
    """Add the half terms of a preview; return how many there were. They come from the school.

    Raises:
        NotAllowed: the user may not work on this case.
    """
    session.require(Duty.WORK_CASES)
    with session.store.transaction() as tx:
        session.require_reach(tx.children.get(child_id))
    for row in found.rows:
        entries.add(
            session,
            Entry(
                id="",
                kind=_KIND,
                children=(child_id,),
                source=Source(agency=Agency.SCHOOL),
                what="School attendance, from a file.",
                data=row.as_data(),
            ),
        )
    return len(found.rows)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise InvalidValue("This file is too large for a table of attendance.", "Choose the right file.")
        content = path.read_bytes()
    except OSError as error:
        raise InvalidValue("This file could not be read.", "Choose another, or close it elsewhere.") from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
