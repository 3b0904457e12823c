"""Which packs a store can use, and the approval of the open pack for real children."""

from collections.abc import Sequence
from pathlib import Path

from gcp2_app import forms
from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.instrument import LicenceKind, Pack
from gcp2_app.domain.users import Duty
from gcp2_app.errors import BadFile, InvalidValue, NotFound
from gcp2_app.services.session import Session
from gcp2_app.storage.store import Transaction

_APPROVAL = "approved pack "


def available(session: Session) -> Sequence[Pack]:
    """Return every pack an assessment can be started with: the shipped ones and those installed in this store."""
    with session.store.transaction() as tx:
        return _all(tx)


def get(session: Session, pack_id: str, version: str | None = None) -> Pack:
    """Return a pack in a version, or the newest.

    Raises:
        NotFound: neither shipped nor installed here.
    """
    with session.store.transaction() as tx:
        return find(tx, pack_id, version)


def of(tx: Transaction, assessment: Assessment) -> Pack:
    """Return the pack an assessment was made with, in that version for ever.

    Raises:
        NotFound: that version is neither shipped nor installed here.
    """
    return find(tx, assessment.pack, assessment.pack_version)


def approved(tx: Transaction, pack: Pack) -> bool:
    """Whether an administrator approved an open pack for real children in this store.

    A pack for the time before and after the birth is approved with the pack that takes over from it, where both are
    open and have one holder.
    """
    if tx.setting(_APPROVAL + pack.id) is not None:
        return True
    if not pack.next_pack or tx.setting(_APPROVAL + pack.next_pack) is None:
        return False
    try:
        following = find(tx, pack.next_pack, None)
    except NotFound:
        return False
    kinds = {pack.licence.kind, following.licence.kind}
    return kinds == {LicenceKind.OPEN} and pack.licence.holder == following.licence.holder


def is_approved(session: Session, pack: Pack) -> bool:
    """Whether an administrator approved an open pack for real children in this store."""
    with session.store.transaction() as tx:
        return approved(tx, pack)


def approve_open_pack(session: Session, pack: Pack, *, reason: str) -> None:
    """Record the approval of an open pack, once a store.

    Raises:
        NotAllowed: the user is no administrator.
        InvalidValue: no reason.
    """
    session.require(Duty.MANAGE_STORE)
    if not reason.strip():
        raise InvalidValue("The approval needs a reason.", "Say who agreed to the open wording, and when.")
    with session.store.transaction() as tx:
        tx.set_setting(_APPROVAL + pack.id, session.now().isoformat())
        tx.record("open pack approved", by=session.user.id, kind="pack", id=pack.id, reason=reason)


def install(session: Session, path: Path) -> Pack:
    """Check a pack file and keep it in the store.

    Raises:
        BadFile: the file cannot be used; it names the place and the mend.
        NotAllowed: the user is no administrator.
    """
    session.require(Duty.MANAGE_STORE)
    # Read once: what is kept is what was checked.
    content = forms.read_bytes(path)
    pack = forms.read_pack(content, path.name)
    with session.store.transaction() as tx:
        known = [other for other in _all(tx) if (other.id, other.version) == (pack.id, pack.version)]
        if known and known[0].sha256 != pack.sha256:
            raise BadFile(
                path.name,
                "version",
                f"another file with id {pack.id} and version {pack.version} is installed already.",
                "A published version never changes: give the new one a new version number.",
            )
        if not known:
            tx.add_pack(pack.id, pack.version, pack.sha256, content)
            tx.record("pack installed", by=session.user.id, kind="pack", id=f"{pack.id} {pack.version}")
    return pack


def _all(tx: Transaction) -> list[Pack]:
    shipped = [forms.shipped_pack(pack.id, pack.version) for pack in forms.shipped_packs()]
    return [*shipped, *(forms.read_pack(content, f"{name} {version}") for name, version, content in tx.packs())]


def find(tx: Transaction, pack_id: str, version: str | None) -> Pack:
    """Return a pack in a version, or the newest: one installed in the store, else a shipped one.

    Raises:
        NotFound: neither shipped nor installed here.
    """
    for name, installed, content in tx.packs():
        if name == pack_id and version in (None, installed):
            return forms.read_pack(content, f"{name} {installed}")
    return forms.shipped_pack(pack_id, version)
