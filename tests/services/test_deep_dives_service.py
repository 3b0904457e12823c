"""The worksheet of a deep dive: what it begins with, and that it is kept and shown."""

from dataclasses import replace

import pytest

from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.register import Agency
from gcp2_app.domain.users import Role
from gcp2_app.domain.when import When
from gcp2_app.errors import NotAllowed
from gcp2_app.services import deep_dives, entries, plans
from gcp2_app.services.session import Session
from gcp2_app.storage import audit
from tests import stores
from tests.services.families import Oaks, add_oaks

OWN = Source(name="Practice Alex Smith", role="social worker", agency=Agency.CHILDRENS_SOCIAL_CARE)


@pytest.fixture
def oaks(session: Session) -> Oaks:
    """A family of three children."""
    return add_oaks(session)


def test_a_worksheet_begins_with_the_moves_and_is_kept(session: Session, oaks: Oaks) -> None:
    records = [{"authority": "Walsall", "asked_on": "2026-10-02"}]
    move = {"from_authority": "Walsall", "to_authority": "Dudley", "on": "2026-10-01", "records": records}
    about = Entry(id="", kind="move", children=(oaks.robin.id,), source=OWN)
    entries.add(session, replace(about, data=move))
    begun = deep_dives.begin(session, oaks.robin.id)
    assert begun == {
        "authorities": [
            {"authority": "Walsall", "to": "2026-10-01", "asked_on": "2026-10-02"},
            {"authority": "Dudley", "from": "2026-10-01"},
        ]
    }
    made = replace(about, kind="deep_dive", when=When("2026-11-02"), data={**begun, "plan": "Ask again."})
    kept = entries.add(session, made)
    (sheet,) = plans.of_child(session, oaks.robin.id).around.deep_dives
    assert (sheet.id, sheet.data["plan"]) == (kept.id, "Ask again.")
    with session.store.transaction() as tx:
        assert "deep dive begun" in {each.action for each in audit.page(tx, limit=20)}


def test_only_who_works_on_the_case_begins_one(session: Session, oaks: Oaks) -> None:
    stores.add_user(session, "auditor", Role.AUDITOR)
    with pytest.raises(NotAllowed):
        deep_dives.begin(stores.as_user(session, "auditor"), oaks.robin.id)
