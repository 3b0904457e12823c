"""Drafts that could not be written, sealed in memory until the same person is back."""

from dataclasses import replace
from pathlib import Path

import pytest

from gcp2_app.domain.users import Role
from gcp2_app.errors import DamagedStore, NotAllowed
from gcp2_app.services import drafts, stores
from gcp2_app.services.session import Session
from tests.stores import PASSPHRASE, add_family, add_user, as_user, begin, graded, make_session

WORDS = "Robin was hungry at nursery."


def sealed_draft(session: Session) -> tuple[drafts.SealedDraft, drafts.Unwritten]:
    """Seal a draft with a grade and words that are not in the store."""
    working = begin(session, add_family(session)[0])
    value = replace(working.assessment, analysis=WORDS, units={"A1.a": graded(session, working, "A1.a", 4)})
    unwritten = drafts.Unwritten(base=working.assessment, value=value)
    return drafts.seal(session, unwritten), unwritten


def test_a_sealed_draft_is_only_ciphertext_and_opens_after_the_next_unlock(session: Session) -> None:
    sealed, unwritten = sealed_draft(session)
    assert WORDS.encode() not in sealed.content
    folder = session.store.folder
    stores.lock(session)
    again = stores.unlock(folder, "asmith", PASSPHRASE)
    try:
        assert drafts.belongs_to(again, sealed)
        assert drafts.unseal(again, sealed) == unwritten
    finally:
        stores.lock(again)


def test_nobody_else_opens_it(session: Session) -> None:
    sealed, _ = sealed_draft(session)
    add_user(session, "kim", Role.PRACTITIONER)
    kim = as_user(session, "kim")
    assert not drafts.belongs_to(kim, sealed)
    with pytest.raises(NotAllowed):
        drafts.unseal(kim, sealed)
    # Nor does a changed label help: the label is sealed with it.
    with pytest.raises(DamagedStore):
        drafts.unseal(kim, replace(sealed, user=kim.user.id))


def test_another_store_does_not_open_it(session: Session, tmp_path: Path) -> None:
    sealed, _ = sealed_draft(session)
    other = make_session(tmp_path / "other")
    try:
        assert not drafts.belongs_to(other, sealed)
        with pytest.raises(NotAllowed):
            drafts.unseal(other, sealed)
    finally:
        other.store.close()
