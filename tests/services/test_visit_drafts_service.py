"""What of a visit could not be written, sealed in memory until the same person is back."""

from dataclasses import replace
from pathlib import Path

import pytest

from gcp2_app.domain.users import Role
from gcp2_app.domain.visits import Draft, Sighting, VisitSheet
from gcp2_app.errors import DamagedStore, NotAllowed
from gcp2_app.services import stores, visit_drafts
from gcp2_app.services.session import Session
from gcp2_app.services.visit_drafts import UnwrittenVisit
from tests.stores import PASSPHRASE, add_user, as_user, make_session

UNWRITTEN = UnwrittenVisit(
    visit="v1",
    draft=Draft(text="The kitchen is bare,\nand cold.", line="l1", correction="Two bl"),
    sheet=VisitSheet(access="given", present=("Practice Mother",), seen=(Sighting(child="c1", seen=True),)),
)


def test_it_is_only_ciphertext_and_opens_after_the_next_unlock(session: Session) -> None:
    sealed = visit_drafts.seal(session, UNWRITTEN)
    assert b"kitchen" not in sealed.content
    assert "kitchen" not in repr(UNWRITTEN)
    folder = session.store.folder
    stores.lock(session)
    again = stores.unlock(folder, "asmith", PASSPHRASE)
    try:
        assert visit_drafts.unseal(again, sealed) == UNWRITTEN
        with pytest.raises(DamagedStore):
            visit_drafts.unseal(again, replace(sealed, visit="v2"))
    finally:
        stores.lock(again)


def test_nobody_else_and_no_other_store_opens_it(session: Session, tmp_path: Path) -> None:
    sealed = visit_drafts.seal(session, UNWRITTEN)
    add_user(session, "kim", Role.PRACTITIONER)
    kim = as_user(session, "kim")
    with pytest.raises(NotAllowed):
        visit_drafts.unseal(kim, sealed)
    with pytest.raises(DamagedStore):
        visit_drafts.unseal(kim, replace(sealed, user=kim.user.id))
    other = make_session(tmp_path / "other")
    try:
        with pytest.raises(NotAllowed):
            visit_drafts.unseal(other, sealed)
    finally:
        other.store.close()
