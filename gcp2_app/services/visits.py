"""Visit mode: beginning a visit, noting on its sheet, ending it.

What is back from a function here is on disk. Which visit is running is a setting of the store for each user, so that
it outlives a lock, a crash and a restart.
"""

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from gcp2_app.domain import visits
from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.users import Duty
from gcp2_app.domain.visits import Draft, How, Line, VisitSheet
from gcp2_app.domain.when import When
from gcp2_app.errors import NotAllowed, WrongPassphrase
from gcp2_app.services.session import Session
from gcp2_app.services.visit_people import (
    Adult,
    Visit,
    draft_of,
    household,
    key_of,
    put,
    reached,
    set_draft,
    stored,
    visit_of,
)
from gcp2_app.storage import keys
from gcp2_app.storage.store import Transaction

__all__ = [
    "Adult",
    "Begin",
    "Running",
    "Visit",
    "add_line",
    "begin",
    "change_line",
    "end",
    "keep",
    "keep_draft",
    "running",
    "today",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """The visit that a user is on.

    Attributes:
        draft: what was typed and is not on the sheet yet.
        kept: the disk has all of it.
    """

    visit: Visit
    draft: Draft = field(default_factory=Draft)
    kept: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Begin:
    """What is settled before a visit begins.

    Attributes:
        child: id of the child from whose page it begins; the visit is about the children of the household.
        mode: a code of the kind's options.
        why: the reason given for a restricted record, or empty.
    """

    child: str
    announced: bool
    mode: str = "home"
    why: str = ""


def begin(session: Session, wanted: Begin) -> Running:
    """Begin a visit to the household of a child.

    Raises:
        NotAllowed: the user may not work on this case, or is on a visit already.
        ReasonNeeded: the record is restricted and no reason was given.
    """
    session.require(Duty.WORK_CASES)
    with session.store.transaction() as tx:
        child = reached(session, tx, wanted.child, wanted.why)
        if tx.setting(key_of(session)) is not None:
            raise NotAllowed("A visit is under way already.", "End it first.")
        _, children, _ = household(session, tx, child)
        now = session.now()
        me = session.professional
        entry = Entry(
            id=str(uuid.uuid4()),
            kind=visits.KIND,
            children=tuple(each.id for each in children),
            when=When(now.isoformat(timespec="seconds")),
            known=When.on(session.today()),
            recorded_at=now,
            recorded_by=me.id,
            source=Source(name=me.name, role=me.role, agency=me.agency),
        )
        sheet = VisitSheet(mode=wanted.mode, announced=wanted.announced, started=now)
        entry = put(session, tx, visits.write_sheet(entry, sheet), action="visit begun", reason=wanted.why)
        tx.set_setting(key_of(session), json.dumps({"visit": entry.id, "from": child.id}))
        return Running(visit=visit_of(session, tx, entry))


def running(session: Session) -> Running | None:
    """Return the visit this user is on, or None."""
    with session.store.transaction() as tx:
        kept = stored(session, tx)
        entry = tx.entries.find(kept["visit"]) if kept else None
        if entry is None:
            return None
        return Running(visit=visit_of(session, tx, entry), draft=draft_of(session, tx))


def add_line(session: Session, visit_id: str, *, how: How, text: str, children: tuple[str, ...] = ()) -> Visit:
    """Add a line to the visit under way, at the present time. What was typed so far is a draft no longer.

    Raises:
        NotAllowed: it is not the visit under way.
        InvalidValue: it says nothing.
    """
    with session.store.transaction() as tx:
        entry = _under_way(session, tx, visit_id)
        sheet = visits.read_sheet(entry)
        line = Line(id=uuid.uuid4().hex[:8], at=session.now(), how=how, text=text.strip(), children=children)
        changed = visits.write_sheet(entry, sheet.with_line(line))
        entry = put(session, tx, changed, action="visit noted", fields=("data.lines",))
        set_draft(session, tx, Draft())
        return visit_of(session, tx, entry)


def change_line(session: Session, visit_id: str, line_id: str, *, how: How, text: str) -> Visit:
    """Correct a line of the visit under way; what it said before is kept with the record.

    A correction that was half typed is a draft no longer.

    Raises:
        NotAllowed: it is not the visit under way.
        InvalidValue: it says nothing, or there is no such line.
    """
    with session.store.transaction() as tx:
        entry = _under_way(session, tx, visit_id)
        sheet = visits.read_sheet(entry)
        line = replace(sheet.line(line_id), how=how, text=text.strip())
        changed = visits.write_sheet(entry, sheet.with_line(line))
        entry = put(session, tx, changed, action="visit note corrected", fields=("data.lines",), keep_earlier=True)
        set_draft(session, tx, Draft(text=draft_of(session, tx).text))
        return visit_of(session, tx, entry)


def keep(session: Session, visit_id: str, sheet: VisitSheet) -> Visit:
    """Keep everything of the sheet but its lines, times and how it began.

    Raises:
        NotAllowed: it is not the visit under way.
    """
    with session.store.transaction() as tx:
        entry = _under_way(session, tx, visit_id)
        before = visits.read_sheet(entry)
        kept = replace(
            before,
            access=sheet.access,
            let_in_by=sheet.let_in_by,
            present=sheet.present,
            rooms_seen=sheet.rooms_seen,
            seen=sheet.seen,
            checks=sheet.checks,
        )
        names = tuple(
            f"data.{name}"
            for name in ("access", "let_in_by", "present", "rooms_seen", "seen", "checks")
            if getattr(before, name) != getattr(kept, name)
        )
        if names:
            entry = put(session, tx, visits.write_sheet(entry, kept), action="visit noted", fields=names)
        return visit_of(session, tx, entry)


def keep_draft(session: Session, visit_id: str, draft: Draft) -> None:
    """Keep what was typed and is not on the sheet yet. No audit event: it is nobody's record.

    Raises:
        NotAllowed: it is not the visit under way.
    """
    with session.store.transaction() as tx:
        _under_way(session, tx, visit_id)
        set_draft(session, tx, draft)


def end(session: Session, visit_id: str, passphrase: str) -> Visit:
    """End the visit under way. What was typed and is not on the sheet yet becomes the last lines: nothing is lost.

    A half-typed correction becomes a line of its own: half a sentence must not take the place of a whole one.

    Raises:
        WrongPassphrase: the passphrase is not right; failed attempts are counted and slow down.
        NotAllowed: it is not the visit under way.
    """
    session.require(Duty.WORK_CASES)
    unlocked = keys.unlock(session.store.folder, session.user.sign_in_name, passphrase, clock=session.store.clock)
    if unlocked.user_id != session.user.id:
        raise WrongPassphrase("The passphrase is not right.", "Type the passphrase you sign in with.")
    with session.store.transaction() as tx:
        entry = _under_way(session, tx, visit_id)
        sheet = visits.read_sheet(entry)
        for how, text in _half_typed(sheet, draft_of(session, tx)):
            sheet = sheet.with_line(Line(id=uuid.uuid4().hex[:8], at=session.now(), how=how, text=text))
        ended = visits.write_sheet(entry, visits.end(sheet, session.now()))
        entry = put(session, tx, ended, action="visit ended", fields=("data.ended",))
        tx.set_setting(key_of(session), None)
        return visit_of(session, tx, entry)


def today(session: Session) -> tuple[Visit, ...]:
    """Return this user's visits of today, in time. The view is audited by its count."""
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        entries = tx.entries_on(visits.KIND, session.today())
        mine = [visit_of(session, tx, entry) for entry in entries if entry.recorded_by == session.professional.id]
        tx.record("visits of today listed", by=session.user.id, kind="entry", count=len(mine))
        return tuple(mine)


def _half_typed(sheet: VisitSheet, draft: Draft) -> Iterator[tuple[How, str]]:
    """Yield what is left typed, each with how it is known."""
    correction = draft.correction.strip()
    if draft.line and correction:
        line = sheet.line(draft.line)
        if correction != line.text:
            yield line.how, correction
    if draft.text.strip():
        yield How.I_SAW, draft.text.strip()


def _under_way(session: Session, tx: Transaction, visit_id: str) -> Entry:
    session.require(Duty.WORK_CASES)
    if stored(session, tx).get("visit") != visit_id:
        raise NotAllowed("This visit is not under way.", "Open it from the child’s page.")
    return tx.entries.get(visit_id)
