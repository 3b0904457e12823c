"""Which packs a store can use, and who: the open pack's approval, and a licensed pack's licence and training."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.instrument import LicenceKind, Pack
from gcp2_app.domain.licensing import Closed, Why, licence_ends, why_closed, without_wording
from gcp2_app.domain.overlap import shared_runs, texts_of
from gcp2_app.domain.users import Duty
from gcp2_app.domain.when import LONDON
from gcp2_app.errors import BadFile, InvalidValue, NotAllowed, NotFound
from gcp2_app.forms.entry_kinds import load_kinds
from gcp2_app.forms.packs import read_pack, shipped_pack, shipped_packs
from gcp2_app.forms.tables import read_bytes
from gcp2_app.services import training
from gcp2_app.services.session import Session
from gcp2_app.storage.store import Transaction

_APPROVAL = "approved pack "
_MONTHS = calendar.month_name


class SharesWords(NotAllowed):
    """A licensed pack says in the same words what a shipped one says: whose words are they?

    Attributes:
        runs: the words, each run of eight or more.
    """

    def __init__(self, title: str, runs: tuple[str, ...]) -> None:
        super().__init__(
            f"{title} and the open pack of this program share {len(runs)} run{'s' * (len(runs) > 1)} of eight words "
            "or more.",
            "Find out whose words they are. An administrator may install it all the same, and says why.",
        )
        self.runs = runs


def available(session: Session) -> Sequence[Pack]:
    """Return every pack of this store, the shipped ones and those installed; see :func:`readable`."""
    with session.store.transaction() as tx:
        return tuple(readable(session, tx, pack) for pack in _all(tx))


def get(session: Session, pack_id: str, version: str | None = None) -> Pack:
    """Return a pack in a version, or the newest; see :func:`readable`.

    Raises:
        NotFound: neither shipped nor installed here.
    """
    with session.store.transaction() as tx:
        return readable(session, tx, find(tx, pack_id, version))


def of(tx: Transaction, assessment: Assessment) -> Pack:
    """Return the pack an assessment was made with, in that version for ever.

    Raises:
        NotFound: that version is neither shipped nor installed here.
    """
    return find(tx, assessment.pack, assessment.pack_version)


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """An administrator's approval of an open pack for real children, as this store holds it.

    Attributes:
        on: the day this version, with these words, was approved; None where it was not.
        without_version: the day of an approval from before approvals named a version; it counts for none.
    """

    on: date | None = None
    without_version: date | None = None


def approved(tx: Transaction, pack: Pack) -> bool:
    """Whether an administrator approved an open pack for real children in this store, in this version and words.

    A pack for the time before and after the birth is approved with the pack that takes over from it, where both are
    open and have one holder.
    """
    if tx.setting(_key(pack)) is not None:
        return True
    if not pack.next_pack:
        return False
    try:
        following = find(tx, pack.next_pack, None)
    except NotFound:
        return False
    kinds = {pack.licence.kind, following.licence.kind}
    one_holder = kinds == {LicenceKind.OPEN} and pack.licence.holder == following.licence.holder
    return one_holder and tx.setting(_key(following)) is not None


def unapproved_sentence(session: Session, tx: Transaction, pack: Pack) -> str:
    """Return that an open pack waits for its approval for real children here, or an empty text where it does not.

    Source: instrument.md, Licence (an administrator's recorded approval, once a store; none for practice).
    """
    if pack.licence.kind is not LicenceKind.OPEN or session.store.practice or approved(tx, pack):
        return ""
    return f"{pack.title} is open wording and not approved for real children in this store."


def require_approved(session: Session, tx: Transaction, pack: Pack) -> None:
    """Refuse to start or grade with an open pack that nobody approved for real children here.

    Raises:
        NotAllowed: it is not approved.
    """
    sentence = unapproved_sentence(session, tx, pack)
    if sentence:
        raise NotAllowed(sentence, "An administrator records the approval under Settings, Packs.")


def is_approved(session: Session, pack: Pack) -> bool:
    """Whether an administrator approved an open pack for real children in this store; see :func:`approved`."""
    with session.store.transaction() as tx:
        return approved(tx, pack)


def approval_of(session: Session, pack: Pack) -> Approval:
    """Return the approval of an open pack itself, not one it is lent by another."""
    with session.store.transaction() as tx:
        return Approval(on=_day(tx.setting(_key(pack))), without_version=_day(tx.setting(_APPROVAL + pack.id)))


def approvers(session: Session) -> tuple[str, ...]:
    """Return names of those who can approve a pack in this store, in the order of the alphabet."""
    with session.store.transaction() as tx:
        able = [user for user in tx.users.all() if user.left_at is None and user.may(Duty.MANAGE_STORE)]
        names = [tx.professionals.get(user.professional).name for user in able]
    return tuple(sorted(names, key=str.casefold))


def approve_open_pack(session: Session, pack: Pack, *, reason: str) -> None:
    """Record the approval of an open pack in one version, once a store.

    Raises:
        NotAllowed: the user is no administrator.
        InvalidValue: no reason.
    """
    session.require(Duty.MANAGE_STORE)
    if not reason.strip():
        raise InvalidValue("The approval needs a reason.", "Say who agreed to the open wording, and when.")
    with session.store.transaction() as tx:
        tx.set_setting(_key(pack), session.now().isoformat())
        tx.record("open pack approved", by=session.user.id, kind="pack", id=f"{pack.id} {pack.version}", reason=reason)


def _key(pack: Pack) -> str:
    return f"{_APPROVAL}{pack.id} {pack.version} {pack.sha256}"


def _day(kept: str | None) -> date | None:
    return datetime.fromisoformat(kept).astimezone(LONDON).date() if kept else None


def install(session: Session, path: Path, *, sharing_reason: str = "") -> Pack:
    """Check a pack file and keep it in the store.

    Args:
        session: an administrator's.
        path: the file; hostile until it is checked.
        sharing_reason: why a licensed pack that shares words with a shipped one is installed all the same.

    Raises:
        BadFile: the file cannot be used; it names the place and the mend.
        SharesWords: a licensed pack has words of a shipped one, and no reason is given.
        NotAllowed: the user is no administrator.
    """
    session.require(Duty.MANAGE_STORE)
    # Read once: what is kept is what was checked.
    content = read_bytes(path)
    pack = read_pack(content, path.name)
    _require_known_course(pack, path.name)
    shared = _shared(pack)
    if shared and not sharing_reason.strip():
        raise SharesWords(pack.title, shared)
    with session.store.transaction() as tx:
        known = [other for other in _all(tx) if (other.id, other.version) == (pack.id, pack.version)]
        if known and known[0].sha256 != pack.sha256:
            raise BadFile(
                path.name,
                "version",
                f"another file with id {pack.id} and version {pack.version} is installed already.",
                "A published version never changes: give the new one a new version number.",
            )
        _require_own_name(tx, pack, path.name)
        if not known:
            tx.add_pack(pack.id, pack.version, pack.sha256, content)
            tx.record(
                "pack installed",
                by=session.user.id,
                kind="pack",
                id=f"{pack.id} {pack.version}",
                count=len(shared) if shared else None,
                reason=sharing_reason.strip() if shared else "",
            )
    return pack


def _require_known_course(pack: Pack, file: str) -> None:
    """Refuse a licensed pack that nobody could ever be trained for here."""
    course = next(item for item in load_kinds()[training.KIND].items if item.name == "course")
    codes = [option.code for option in course.options]
    if pack.licence.kind is LicenceKind.LICENSED and pack.licence.course not in codes:
        raise BadFile(file, "licence.course", "there is no such course.", f"Write one of {', '.join(codes)}.")


def _require_own_name(tx: Transaction, pack: Pack, file: str) -> None:
    """Refuse a pack under the name of another: grades of one name are compared, and its newest version is offered."""
    for other in _all(tx):
        same = other.licence.kind is pack.licence.kind and other.licence.holder == pack.licence.holder
        if other.id == pack.id and not same:
            raise BadFile(
                file,
                "id",
                f"the name {pack.id} belongs to a pack of {other.licence.holder} already.",
                "Give this pack a name of its own. Only the same holder adds a version to a pack, under the same kind "
                "of licence.",
            )


def _shared(pack: Pack) -> tuple[str, ...]:
    """Return the runs of words a licensed pack shares with the packs that come with the program."""
    if pack.licence.kind is not LicenceKind.LICENSED:
        return ()
    shipped = [shipped_pack(each.id, each.version) for each in shipped_packs()]
    return shared_runs(texts_of(pack), (text for ours in shipped for text in texts_of(ours)))


# Licence and training -----------------------------------------------------------------------------


def closed(session: Session, tx: Transaction, pack: Pack) -> Closed | None:
    """Return why a licensed pack's wording is closed to this user today, or None where it is open."""
    if pack.licence.kind is LicenceKind.OPEN:
        return None
    return why_closed(
        pack,
        training.of_person(tx, session.professional.id),
        person=session.professional.id,
        today=session.today(),
        ends=licence_ends(pack, _installed(tx)),
    )


def closed_sentence(session: Session, tx: Transaction, pack: Pack) -> str:
    """Return why a pack's wording is closed to this user, in a sentence, or an empty text where it is open."""
    found = closed(session, tx, pack)
    if found is None:
        return ""
    on = f"{found.on.day} {_MONTHS[found.on.month]} {found.on.year}" if found.on is not None else ""
    why = {
        Why.LICENCE_ENDED: f"the licence of {pack.licence.area} for it ended on {on}",
        Why.NOT_TRAINED: f"no current training for it under the licence of {pack.licence.area} is recorded for you",
        Why.NOT_CONFIRMED: f"your training for it, completed on {on}, waits for a supervisor or an administrator to "
        "confirm it",
        Why.TRAINING_ENDED: f"your training for it ended on {on}",
    }[found.why]
    return f"The wording of {pack.title} is hidden: {why}. Grades and evidence stay readable."


def why_hidden(session: Session, pack: Pack) -> str:
    """Return :func:`closed_sentence` in a transaction of its own."""
    with session.store.transaction() as tx:
        return closed_sentence(session, tx, pack)


def readable(session: Session, tx: Transaction, pack: Pack) -> Pack:
    """Return a pack as this user may read it: without its wording where that is closed to them."""
    sentence = closed_sentence(session, tx, pack)
    return without_wording(pack, sentence) if sentence else pack


def require_open(session: Session, tx: Transaction, pack: Pack) -> None:
    """Refuse to start or grade with a pack whose wording is closed to this user.

    Raises:
        NotAllowed: the licence or the training for it is not current; the sentence says which.
    """
    sentence = closed_sentence(session, tx, pack)
    if sentence:
        raise NotAllowed(
            sentence,
            "Training is recorded and confirmed under Settings, Training; a renewed licence comes with a new version "
            "of the pack.",
        )


def _all(tx: Transaction) -> list[Pack]:
    shipped = [shipped_pack(pack.id, pack.version) for pack in shipped_packs()]
    return [*shipped, *_installed(tx)]


def _installed(tx: Transaction) -> list[Pack]:
    return [_read(content, f"{name} {version}") for name, version, content in tx.packs()]


@lru_cache(maxsize=16)
def _read(content: bytes, name: str) -> Pack:
    """Read a pack's file once: every grade key asks whether its licence runs."""
    return read_pack(content, name)


def find(tx: Transaction, pack_id: str, version: str | None) -> Pack:
    """Return a pack in a version, or the newest: one installed in the store, else a shipped one.

    Raises:
        NotFound: neither shipped nor installed here.
    """
    for name, installed, content in tx.packs():
        if name == pack_id and version in (None, installed):
            return _read(content, f"{name} {installed}")
    return shipped_pack(pack_id, version)
