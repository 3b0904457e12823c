"""Files kept with an entry: their bytes are in the database, found by their digest."""

import hashlib
import mimetypes
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from gcp2_app.domain.entries import Attachment, Entry
from gcp2_app.domain.sent_requests import FILE, is_as_sent
from gcp2_app.domain.users import Duty
from gcp2_app.errors import BadFile, DamagedStore, InvalidValue, NotAllowed, NotFound
from gcp2_app.incoming import read_start
from gcp2_app.services.entry_children import reach
from gcp2_app.services.session import Session
from gcp2_app.storage.attachments import attachment, destroy_unused, put_attachment
from gcp2_app.storage.store import Transaction

__all__ = ["MOST_BYTES", "NewFile", "add", "content", "destroy_unused", "keep", "read_file", "remove"]

#: The largest file that is kept, in bytes.
MOST_BYTES: Final = 25 * 1024 * 1024
_LONGEST_NAME: Final = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFile:
    """A file that is to be kept.

    Attributes:
        name: as people know it; without folders.
    """

    name: str
    content: bytes = field(repr=False)


def read_file(path: Path) -> NewFile:
    """Read a file that is to be kept.

    Raises:
        NotFound: there is no such file.
        BadFile: it is empty, larger than :data:`MOST_BYTES`, or cannot be read.
    """
    content = read_start(path, MOST_BYTES)
    if len(content) > MOST_BYTES:
        raise BadFile(path.name, "", "it is larger than 25 MB.", "Keep a smaller copy, or only the pages that matter.")
    if not content:
        raise BadFile(path.name, "", "it is empty.", "Choose another file.")
    return NewFile(name=path.name, content=content)


def keep(tx: Transaction, files: Iterable[NewFile]) -> tuple[Attachment, ...]:
    """Keep files within a running transaction, and return what an entry says of them.

    Raises:
        BadFile: one is empty or too large.
    """
    kept: dict[str, Attachment] = {}
    for each in files:
        if not 0 < len(each.content) <= MOST_BYTES:
            raise BadFile(each.name, "", "it is empty, or larger than 25 MB.", "Choose another file.")
        sha256 = hashlib.sha256(each.content).hexdigest()
        put_attachment(tx, sha256, each.content)
        name = _tidy_name(each.name)
        media_type = mimetypes.guess_type(name)[0] or ""
        kept[sha256] = Attachment(name=name, sha256=sha256, size=len(each.content), media_type=media_type)
    return tuple(kept.values())


def add(session: Session, entry_id: str, files: Iterable[NewFile]) -> Entry:
    """Keep files with an entry. A file that is there already is not kept twice.

    Raises:
        NotFound: no such entry.
        NotAllowed: the user may not work on this case, or the entry was made in error.
        BadFile: one is empty or too large.
    """
    session.require(Duty.WORK_CASES)
    with session.store.transaction() as tx:
        entry = _changeable(session, tx, entry_id)
        held = {each.sha256 for each in entry.attachments}
        new = tuple(each for each in keep(tx, files) if each.sha256 not in held)
        if not new:
            return entry
        return _put(session, tx, replace(entry, attachments=(*entry.attachments, *new)), "attachment added")


def remove(session: Session, entry_id: str, sha256: str, *, reason: str) -> Entry:
    """Take a file from an entry. That it was there and why it was taken away stays in the entry's history.

    Raises:
        NotFound: no such entry, or it has no such file.
        NotAllowed: the user may not work on this case, the entry was made in error, or it is what was sent.
        InvalidValue: no reason is given.
    """
    session.require(Duty.WORK_CASES)
    if not reason.strip():
        raise InvalidValue("Say why the file is taken away.", "The reason stays with the record.")
    with session.store.transaction() as tx:
        entry = _changeable(session, tx, entry_id)
        _find(entry, sha256)
        if is_as_sent(entry) and any(each.sha256 == sha256 and each.name == FILE for each in entry.attachments):
            raise NotAllowed("This is what was sent, and stays with the request.", "Add a follow-up instead.")
        left = tuple(each for each in entry.attachments if each.sha256 != sha256)
        return _put(session, tx, replace(entry, attachments=left), "attachment removed", reason.strip())


def content(session: Session, entry_id: str, sha256: str, *, recipient: str = "", reason: str) -> bytes:
    """Return a file's bytes, to be written out of the store. It is in the audit trail as an export.

    Raises:
        NotFound: no such entry, it has no such file, or its bytes came not with an import.
        NotAllowed: the user may not read this case, or the entry was made in error.
        InvalidValue: no reason is given.
        DamagedStore: the bytes are not those that were kept.
    """
    session.require(Duty.READ_CASES)
    if not reason.strip():
        raise InvalidValue("Say what the copy is for.", "The reason is kept in the audit trail.")
    with session.store.transaction() as tx:
        entry = tx.entries.get(entry_id)
        reach(session, tx, entry)
        _find(entry, sha256)
        found = attachment(tx, sha256)
        if found is None:
            raise NotFound("The file itself is not in this store.", "Ask whoever sent the case file for it.")
        if hashlib.sha256(found).hexdigest() != sha256:
            raise DamagedStore("The file was altered since it was kept.", "Check the store, and restore a backup.")
        tx.record(
            "attachment exported",
            by=session.user.id,
            kind="entry",
            id=entry_id,
            fields=("attachments",),
            reason="; ".join(filter(None, (reason.strip(), recipient.strip() and f"for {recipient.strip()}"))),
        )
        return found


def _changeable(session: Session, tx: Transaction, entry_id: str) -> Entry:
    entry = tx.entries.get(entry_id)
    reach(session, tx, entry)
    if entry.entered_in_error is not None:
        raise NotAllowed("This entry was entered in error.", "It is sealed, and is not changed any more.")
    return entry


def _find(entry: Entry, sha256: str) -> None:
    if all(each.sha256 != sha256 for each in entry.attachments):
        raise NotFound("This file is not with the entry any more.")


def _put(session: Session, tx: Transaction, entry: Entry, action: str, reason: str = "") -> Entry:
    made = replace(entry, revision=entry.revision + 1, revision_reason=reason)
    tx.entries.put(made, by=session.user.id, reason=reason)
    tx.record(action, by=session.user.id, kind="entry", id=made.id, fields=("attachments",), reason=reason)
    return made


def _tidy_name(name: str) -> str:
    """Return a file's name without folders and marks that are no letters; a long one keeps its ending."""
    plain = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(mark for mark in plain if mark.isprintable()).strip(" .") or "file"
    stem, dot, ending = plain.rpartition(".")
    if len(plain) <= _LONGEST_NAME or not dot or len(ending) > 10:
        return plain[:_LONGEST_NAME]
    return f"{stem[: _LONGEST_NAME - len(ending) - 1]}.{ending}"
