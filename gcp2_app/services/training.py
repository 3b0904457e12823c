"""Who was trained, in what, for which licence and until when: kept as entries of the kind ``training``.

Everyone records their own; an administrator records anyone's. An entry is never overwritten: a correction is its next
revision, with a reason.

Training counts once a supervisor or an administrator other than the person trained confirms it. Who is the only one
of a store that could confirms their own, and it is kept that nobody else did. A confirmation is about what was recorded
when it was given: it is the store's own, never taken from a file, and a correction has to be confirmed anew.
"""

import hashlib
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.licensing import Confirmation, Training
from gcp2_app.domain.register import Professional
from gcp2_app.domain.users import Duty, User
from gcp2_app.domain.when import When, parse_date
from gcp2_app.errors import InvalidValue, NotAllowed
from gcp2_app.services.session import Session
from gcp2_app.storage.store import Transaction

KIND: Final = "training"
_CONFIRMED: Final = "confirmed training "


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingRow:
    """One training as a list shows it.

    Attributes:
        id: of its entry.
        professional: who was trained, or None where the record names nobody in the store.
        confirmed_by: who confirmed it, or None where nobody did or the record names nobody in the store.
        to_confirm: it is for a licence and current, this user may confirm it, and nobody but the person trained did.
        to_correct: this user may correct it.
    """

    id: str
    training: Training
    professional: Professional | None
    confirmed_by: Professional | None = None
    to_confirm: bool = False
    to_correct: bool = False


def of_person(tx: Transaction, person: str) -> tuple[Training, ...]:
    """Return what is recorded of a professional's training; what was entered in error does not count."""
    return tuple(_with_confirmation(tx, id_, each) for id_, each in _stored(tx) if each.person == person)


def rows(session: Session) -> tuple[TrainingRow, ...]:
    """Return the training this user may see, newest first and before it what they are to confirm.

    It is their own, and everyone's for who may confirm it.
    """
    with session.store.transaction() as tx:
        alone = _alone(session, tx)
        seen = [
            (id_, _with_confirmation(tx, id_, training))
            for id_, training in _stored(tx)
            if _may_confirm(session.user) or training.person == session.professional.id
        ]
        named = {each.person for _, each in seen} | {each.confirmation.by for _, each in seen if each.confirmation}
        people = tx.professionals.get_many(tuple(named))
    found = [
        TrainingRow(
            id=id_,
            training=each,
            professional=people.get(each.person),
            confirmed_by=people.get(each.confirmation.by) if each.confirmation is not None else None,
            to_confirm=_is_to_confirm(session, each, alone=alone),
            to_correct=_is_own(session, each),
        )
        for id_, each in seen
    ]
    latest = sorted(found, key=lambda row: (row.training.on, row.id), reverse=True)
    return tuple(sorted(latest, key=lambda row: not row.to_confirm))


def confirm(session: Session, entry_id: str, expected: Training, *, seen: str) -> None:
    """Answer for it that somebody completed a course as it is recorded.

    Args:
        session: of whoever confirms.
        entry_id: the entry.
        expected: what they read: another than this is not confirmed.
        seen: what they saw, such as the certificate.

    Raises:
        NotFound: no such entry.
        NotAllowed: the user is no supervisor or administrator, or it is their own training and somebody else in the
            store could confirm it.
        InvalidValue: it does not say what was seen, or the training was corrected meanwhile.

    Source: instrument.md, Licence (a training record opens a licensed pack).
    """
    if not _may_confirm(session.user):
        raise NotAllowed("Training is confirmed by a supervisor or an administrator.", "Ask one of them.")
    if not seen.strip():
        raise InvalidValue("It does not say what you saw.", "Write what you saw, such as the certificate.")
    with session.store.transaction() as tx:
        entry = tx.entries.get(entry_id)
        training = _of(entry) if entry.kind == KIND and entry.entered_in_error is None else None
        if training is None or _digest(training) != _digest(expected):
            raise InvalidValue("What is recorded of this training has changed.", "Read it again, then confirm it.")
        own = training.person == session.professional.id
        if own and not _alone(session, tx):
            raise NotAllowed(
                "Nobody confirms their own training.", "Ask another supervisor or administrator of this store."
            )
        kept = {
            "of": _digest(training),
            "by": session.professional.id,
            "on": session.today().isoformat(),
            "seen": seen.strip(),
            "alone": own,
        }
        tx.set_setting(_CONFIRMED + entry_id, json.dumps(kept, sort_keys=True))
        tx.record(
            "own training confirmed, nobody else could" if own else "training confirmed",
            by=session.user.id,
            kind="entry",
            id=entry_id,
            reason=seen.strip(),
        )


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


def _may_confirm(user: User) -> bool:
    return user.left_at is None and (user.may(Duty.SIGN_OFF) or user.may(Duty.MANAGE_STORE))


def _alone(session: Session, tx: Transaction) -> bool:
    """Whether nobody else in the store could confirm this user's training."""
    return not any(user.id != session.user.id and _may_confirm(user) for user in tx.users.all())


def _is_to_confirm(session: Session, training: Training, *, alone: bool) -> bool:
    ended = training.expires is not None and training.expires < session.today()
    if not _may_confirm(session.user) or not training.licence or ended:
        return False
    if training.person == session.professional.id:
        return alone and training.confirmation is None
    return training.confirmation is None or training.confirmation.alone


def _digest(training: Training) -> str:
    return hashlib.sha256(json.dumps(_data(training), sort_keys=True).encode()).hexdigest()


def _with_confirmation(tx: Transaction, entry_id: str, training: Training) -> Training:
    text = tx.setting(_CONFIRMED + entry_id)
    kept = json.loads(text) if text is not None else {}
    if kept.get("of") != _digest(training):
        return training
    confirmation = Confirmation(
        by=kept["by"], on=date.fromisoformat(kept["on"]), seen=kept["seen"], alone=kept["alone"]
    )
    return replace(training, confirmation=confirmation)


def _is_own(session: Session, training: Training) -> bool:
    return training.person == session.professional.id or session.user.may(Duty.MANAGE_STORE)


def _require_own(session: Session, training: Training) -> None:
    if not _is_own(session, training):
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
