"""Who was trained, in what, for which licence and until when: kept as entries of the kind ``training``.

Everyone records their own; an administrator records anyone's. An entry is never overwritten: a correction is its next
revision, with a reason.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.licensing import Training
from gcp2_app.domain.register import Professional
from gcp2_app.domain.users import Duty
from gcp2_app.domain.when import When, parse_date
from gcp2_app.errors import InvalidValue, NotAllowed
from gcp2_app.services.session import Session
from gcp2_app.storage.store import Transaction

KIND: Final = "training"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingRow:
    """One training as a list shows it.

    Attributes:
        id: of its entry.
        professional: who was trained, or None where the record names nobody in the store.
    """

    id: str
    training: Training
    professional: Professional | None


def all_of(tx: Transaction) -> tuple[Training, ...]:
    """Return what is recorded of training; what was entered in error does not count."""
    return tuple(training for _, training in _stored(tx))


def rows(session: Session) -> tuple[TrainingRow, ...]:
    """Return the training this user may see, newest first: their own, and for an administrator everyone's."""
    with session.store.transaction() as tx:
        seen = [
            (id_, training)
            for id_, training in _stored(tx)
            if session.user.may(Duty.MANAGE_STORE) or training.person == session.professional.id
        ]
        people = tx.professionals.get_many(tuple({training.person for _, training in seen}))
    found = [TrainingRow(id=id_, training=each, professional=people.get(each.person)) for id_, each in seen]
    return tuple(sorted(found, key=lambda row: (row.training.on, row.id), reverse=True))


def record(session: Session, training: Training) -> str:
    """Record a course somebody completed. Return id of its entry.

    Raises:
        NotAllowed: it is somebody else's, and the user is no administrator.
        InvalidValue: it is completed in the future, ends before it was completed, or names nobody.
    """
    with session.store.transaction() as tx:
        _check(session, tx, training)
        entry = Entry(
            id=str(uuid.uuid4()),
            kind=KIND,
            when=When(training.on.isoformat()),
            known=When(session.today().isoformat()),
            recorded_at=session.now(),
            recorded_by=session.professional.id,
            source=Source(
                name=session.professional.name, role=session.professional.role, agency=session.professional.agency
            ),
            what="Training",
            data=_data(training),
        )
        tx.entries.put(entry, by=session.user.id)
        tx.record("training recorded", by=session.user.id, kind="entry", id=entry.id, fields=tuple(entry.data))
    return entry.id


def correct(session: Session, entry_id: str, training: Training, *, reason: str) -> None:
    """Correct what was recorded of a training: its next revision, with a reason.

    Raises:
        NotFound: no such entry.
        NotAllowed: as :func:`record`.
        InvalidValue: as :func:`record`, or there is no reason.
    """
    if not reason.strip():
        raise InvalidValue("A correction needs its reason.", "Say why it is corrected.")
    with session.store.transaction() as tx:
        entry = tx.entries.get(entry_id)
        if entry.kind != KIND:
            raise InvalidValue("This entry is not about training.")
        before = _of(entry)
        if before is not None:
            _require_own(session, before)
        _check(session, tx, training)
        changed = replace(
            entry,
            when=When(training.on.isoformat()),
            data={**entry.data, **dict.fromkeys(("licence", "expires")), **_data(training)},
            revision=entry.revision + 1,
            revision_reason=reason.strip(),
        )
        changed = replace(changed, data={name: value for name, value in changed.data.items() if value is not None})
        tx.entries.put(changed, by=session.user.id, reason=reason.strip())
        tx.record("training corrected", by=session.user.id, kind="entry", id=entry_id, reason=reason.strip())


def _require_own(session: Session, training: Training) -> None:
    if training.person != session.professional.id and not session.user.may(Duty.MANAGE_STORE):
        raise NotAllowed("Only an administrator records the training of others.", "Ask an administrator.")


def _check(session: Session, tx: Transaction, training: Training) -> None:
    _require_own(session, training)
    if tx.professionals.find(training.person) is None:
        raise InvalidValue("The person trained is not in this store.", "Choose who was trained.")
    if training.on > session.today():
        raise InvalidValue("The course is completed in the future.", "Record it once it is completed.")
    if training.expires is not None and training.expires < training.on:
        raise InvalidValue("The training ends before it was completed.", "Check the two dates.")


def _data(training: Training) -> Mapping[str, Any]:
    found = {
        "person": training.person,
        "course": training.course,
        "on": training.on.isoformat(),
        "licence": training.licence.strip(),
        "expires": training.expires.isoformat() if training.expires is not None else "",
    }
    return {name: value for name, value in found.items() if value}


def _stored(tx: Transaction) -> tuple[tuple[str, Training], ...]:
    found = ((entry.id, _of(entry)) for entry in tx.entries.of_kind(KIND) if entry.entered_in_error is None)
    return tuple((id_, training) for id_, training in found if training is not None)


def _of(entry: Entry) -> Training | None:
    """Return the training of an entry, or None where it does not say who, what and when."""
    data = entry.data
    if not all(isinstance(data.get(name), str) for name in ("person", "course", "on")):
        return None
    expires: date | None = parse_date(data["expires"]) if data.get("expires") else None
    return Training(
        person=data["person"],
        course=data["course"],
        on=parse_date(data["on"]),
        licence=data.get("licence") or "",
        expires=expires,
    )
