"""Looking through a whole store for anything altered, missing or damaged. Nothing is changed but the audit trail.

Source: safekeeping.md, Faults and Audit.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Event

from gcp2_app.domain.chronologies import is_intact
from gcp2_app.domain.referring import KIND as REQUEST
from gcp2_app.domain.sent_requests import is_as_sent, was_sent
from gcp2_app.domain.users import Duty
from gcp2_app.errors import DamagedStore, NotAllowed, NotFound
from gcp2_app.services.session import Session
from gcp2_app.services.signed_record import DIGEST, digest_of
from gcp2_app.storage import audit, checking, frozen, keys
from gcp2_app.storage.checking import Part, Trouble
from gcp2_app.storage.folder import DATABASE
from gcp2_app.storage.lock import STORE_LOCK, hold
from gcp2_app.storage.look import Stopped, look
from gcp2_app.storage.store import Transaction, now_utc, open_store


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What was found.

    Attributes:
        troubles: what is not as it should be; empty for a whole store.
        events: length of the audit trail.
        signed: signed-off assessments compared with what the trail says was signed.
        not_comparable: signed-off assessments of which the trail holds no digest: they came from another store, or were
            signed before the trail held digests.
    """

    troubles: tuple[Trouble, ...]
    events: int = 0
    signed: int = 0
    not_comparable: int = 0


@dataclass(frozen=True, slots=True)
class Looking:
    """A look through a store that runs on another thread than the store's own.

    Attributes:
        stopping: ends it when set.
    """

    folder: Path
    data_key: bytes
    clock: Callable[[], datetime]
    stopping: Event

    def run(self) -> Verified:
        """Look through everything.

        Raises:
            StoreError: the disk refuses, or a newer version of the program made the store.
            Stopped: it was told to stop.
        """
        return _look_through(self.folder, self.data_key, self.clock, self.stopping)


def begin(session: Session) -> Looking:
    """Return the look through the open store, to be run on another thread.

    Raises:
        NotAllowed: the user is neither administrator nor auditor.
    """
    _require(session.user.may)
    return Looking(session.store.folder, session.store.data_key, session.store.clock, Event())


def finish(session: Session, verified: Verified) -> None:
    """Write down that the store was looked through, and how much was found.

    Raises:
        NotAllowed: the user is neither administrator nor auditor.
    """
    _require(session.user.may)
    with session.store.transaction() as tx:
        _record(tx, verified, by=session.user.id, store=session.store.id)


def verify(folder: Path, sign_in_name: str, passphrase: str, *, clock: Callable[[], datetime] = now_utc) -> Verified:
    """Look through a store that nobody has open. What can be read of a damaged one is looked at all the same.

    Raises:
        WrongPassphrase: the passphrase is not right.
        KeyFileError: the key file is missing, damaged or altered.
        NotFound: there is no database.
        NotAllowed: the user is neither administrator nor auditor.
        StoreError: another process holds it, a newer version of the program made it, or the disk refuses.
    """
    if not (folder / DATABASE).is_file():
        raise NotFound(f"There is no store in {folder}.", "Check the path, or restore a backup.")
    hold(folder / STORE_LOCK).release()
    unlocked = keys.unlock(folder, sign_in_name, passphrase, clock=clock)
    _require_user(folder, unlocked, clock)
    found = _look_through(folder, unlocked.data_key, clock, None)
    try:
        with open_store(folder, unlocked.data_key, clock=clock) as store, store.transaction() as tx:
            _record(tx, found, by=unlocked.user_id, store=store.id)
    except DamagedStore:
        # It cannot be written down in a store that does not open; the findings say so.
        if not found.troubles:
            raise
    return found


def _require(may: Callable[[Duty], bool]) -> None:
    if not (may(Duty.MANAGE_STORE) or may(Duty.READ_AUDIT)):
        raise NotAllowed(
            "Your sign-in does not let you look through the whole store.", "Ask an administrator or an auditor."
        )


def _require_user(folder: Path, unlocked: keys.Unlocked, clock: Callable[[], datetime]) -> None:
    """Refuse who is neither administrator nor auditor, as far as the store can still say who is."""
    try:
        with look(folder / DATABASE, unlocked.data_key, clock=clock) as tx:
            user = tx.users.find(unlocked.user_id)
    except DamagedStore:
        return  # What is found holds nothing of any record.
    if user is not None:
        _require(user.may)


def _record(tx: Transaction, found: Verified, *, by: str, store: str) -> None:
    tx.record("store verified", by=by, kind="store", id=store, count=len(found.troubles))


def _look_through(folder: Path, data_key: bytes, clock: Callable[[], datetime], stopping: Event | None) -> Verified:
    try:
        with look(folder / DATABASE, data_key, clock=clock, stopping=stopping) as tx:
            return _everything(tx, data_key, stopping)
    except DamagedStore as error:
        return Verified(troubles=(Trouble(Part.PAGES, error.message),))


def _everything(tx: Transaction, data_key: bytes, stopping: Event | None) -> Verified:
    connection = tx.session.connection()
    signed = _Signed()
    checks: tuple[tuple[Part, Callable[[], Iterator[Trouble]]], ...] = (
        (Part.PAGES, lambda: checking.pages(connection)),
        (Part.SCHEMA, lambda: checking.schema(connection)),
        (Part.REFERENCES, lambda: checking.references(connection)),
        (Part.TRAIL, lambda: checking.trail(tx, data_key)),
        (Part.SIGNED, lambda: signed.check(tx)),
        (Part.CHRONOLOGIES, lambda: _chronologies(tx)),
        (Part.REQUESTS, lambda: _requests(tx)),
        (Part.FILES, lambda: _files(tx)),
    )
    troubles: list[Trouble] = []
    for part, check in checks:
        troubles.extend(checking.go_on(check, part))
        if stopping is not None and stopping.is_set():
            raise Stopped
    length: list[int] = []
    troubles.extend(checking.go_on(lambda: _count(tx, length), Part.TRAIL))
    return Verified(
        troubles=tuple(troubles),
        events=sum(length),
        signed=signed.compared,
        not_comparable=signed.not_comparable,
    )


def _count(tx: Transaction, length: list[int]) -> Iterator[Trouble]:
    length.append(audit.count(tx))
    yield from ()


class _Signed:
    """Compares signed-off assessments with what the trail says was signed, and counts them."""

    def __init__(self) -> None:
        self.compared = 0
        self.not_comparable = 0

    def check(self, tx: Transaction) -> Iterator[Trouble]:
        digests = frozen.recorded(tx, "assessment", DIGEST)
        for assessment in frozen.signed_off(tx):
            digest = digests.pop(assessment.id, None)
            if digest is None:
                self.not_comparable += 1
                continue
            self.compared += 1
            if digest != digest_of(assessment):
                yield Trouble(Part.SIGNED, f"The assessment {assessment.id} is not what was signed off.")
        for id_ in digests:
            yield Trouble(Part.SIGNED, f"The assessment {id_} was signed off and is missing.")


def _chronologies(tx: Transaction) -> Iterator[Trouble]:
    digests = frozen.recorded(tx, "chronology", DIGEST)
    for chronology in frozen.frozen_chronologies(tx):
        digest = digests.pop(chronology.id, None)
        text = chronology.frozen
        if not is_intact(chronology) or (digest is not None and (text is None or text.sha256 != digest)):
            yield Trouble(Part.CHRONOLOGIES, f"The chronology {chronology.id} is not what was frozen.")
    for id_ in digests:
        yield Trouble(Part.CHRONOLOGIES, f"The chronology {id_} was frozen and is missing.")


def _requests(tx: Transaction) -> Iterator[Trouble]:
    for entry in frozen.entries_of_kind(tx, REQUEST):
        if was_sent(entry) and not is_as_sent(entry):
            yield Trouble(Part.REQUESTS, f"The request for help {entry.id} is not what was sent.")


def _files(tx: Transaction) -> Iterator[Trouble]:
    for sha256 in frozen.altered_files(tx):
        yield Trouble(Part.FILES, f"The file {sha256[:16]}… kept with an entry was altered.")
