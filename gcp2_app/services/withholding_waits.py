"""Marks that a case file would take away: they stay until a second person confirms, or somebody keeps them for good.

An import is never refused for it, and never lets anybody see again what is withheld from them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from gcp2_app import wire
from gcp2_app.domain import withheld_marks
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.register import Child, Household, Person
from gcp2_app.domain.users import Duty
from gcp2_app.domain.withheld_marks import Lifted
from gcp2_app.errors import NotAllowed
from gcp2_app.services import second_person, withholding
from gcp2_app.services.second_person import SecondPerson
from gcp2_app.services.session import Session
from gcp2_app.storage.records import Records
from gcp2_app.storage.store import Transaction

_KEY: Final = "withholding waits "
_KINDS: Final[Mapping[type, str]] = {Child: "child", Person: "person", Household: "household", Entry: "entry"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What a file would let somebody see again.

    Attributes:
        kind: "child", "person", "household" or "entry".
        id: of the record.
        gone: the marks it would take away.
        on: the day it came in.
    """

    kind: str
    id: str
    gone: tuple[Lifted, ...]
    on: date


def on_import(
    session: Session, tx: Transaction, record: Child | Person | Household | Entry
) -> tuple[Child | Person | Household | Entry, bool]:
    """Return a record that comes in with every mark the stored one has, and whether it would have taken any away.

    What it would have taken away waits for a second person, and is in the audit trail.
    """
    kind = _KINDS[type(record)]
    stored: Any = _records(tx, kind).find(record.id)
    gone = () if stored is None else withheld_marks.lifted(stored, record)
    if stored is None or not gone:
        return record, False
    fields = tuple(sorted({mark.field for mark in gone}))
    tx.record("withholding kept, waits for a second person", by=session.user.id, kind=kind, id=record.id, fields=fields)
    waits = Waiting(kind=kind, id=record.id, gone=gone, on=session.today())
    tx.set_setting(_key(waits), wire.to_json(waits).decode())
    with_marks: Child | Person | Household | Entry = withheld_marks.kept(stored, record)
    return with_marks, True


def of_child(tx: Transaction, child: Child) -> tuple[Waiting, ...]:
    """Return what waits around a child, within a running transaction; the caller has checked the reach.

    What was settled otherwise since is not among it.
    """
    kept = tx.settings_of(_KEY)
    if not kept:
        return ()
    around = withholding.around(tx, child)
    near = {("child", child.id)}
    near |= {("person", person.id) for person in around.people}
    near |= {("household", household.id) for household in around.households}
    return tuple(_those(tx, child, near, kept))


def confirm(session: Session, child_id: str, waits: Waiting, second: SecondPerson | None) -> None:
    """Take away the marks, which a second person confirms.

    Args:
        child_id: the child from whose page it is done.
        waits: what waits.
        second: who confirms.

    Raises:
        SecondPersonNeeded: nobody else confirmed it.
        NotAllowed: it waits no longer, the second person is the first, or either may not work with the child.
        WrongPassphrase: the second person's passphrase is not right.
    """
    child = _reached(session, child_id)
    by = second_person.confirm(session, second, child=child)
    with session.store.transaction() as tx:
        records = _records(tx, _still(tx, child, waits).kind)
        record: Any = records.get(waits.id)
        after = withheld_marks.without(record, waits.gone)
        if isinstance(after, Entry):
            after = replace(after, revision=after.revision + 1)
        change = records.put(after, by=session.user.id, reason="withheld no longer")
        tx.record(f"{waits.kind} changed", by=session.user.id, kind=waits.kind, id=waits.id, fields=change.fields)
        tx.record("withholding ended, confirmed", by=by.id, kind=waits.kind, id=waits.id, fields=change.fields)
        tx.set_setting(_key(waits), None)


def keep(session: Session, child_id: str, waits: Waiting) -> None:
    """Keep the marks; nothing waits any more.

    Raises:
        NotAllowed: it waits no longer, or the user may not work with the child.
    """
    child = _reached(session, child_id)
    with session.store.transaction() as tx:
        _still(tx, child, waits)
        tx.record("withholding kept", by=session.user.id, kind=waits.kind, id=waits.id)
        tx.set_setting(_key(waits), None)


def _those(tx: Transaction, child: Child, near: set[tuple[str, str]], kept: Mapping[str, str]) -> Iterator[Waiting]:
    for _, text in sorted(kept.items()):
        waits = wire.from_json(Waiting, text.encode())
        record: Any = _records(tx, waits.kind).find(waits.id)
        if record is None or withheld_marks.without(record, waits.gone) == record:
            continue
        if (waits.kind, waits.id) in near or (isinstance(record, Entry) and child.id in record.children):
            yield waits


def _reached(session: Session, child_id: str) -> Child:
    session.require(Duty.WORK_CASES)
    with session.store.transaction() as tx:
        child = tx.children.get(child_id)
    session.require_reach(child)
    return child


def _still(tx: Transaction, child: Child, waits: Waiting) -> Waiting:
    if waits not in of_child(tx, child):
        raise NotAllowed("This waits no longer.", "Open the child’s page again.")
    return waits


def _key(waits: Waiting) -> str:
    return f"{_KEY}{waits.kind} {waits.id}"


def _records(tx: Transaction, kind: str) -> Records[Any]:
    of: Mapping[str, Records[Any]] = {
        "child": tx.children,
        "person": tx.people,
        "household": tx.households,
        "entry": tx.entries,
    }
    return of[kind]
