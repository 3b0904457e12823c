"""Requests for help about the children of one household, side by side."""

from dataclasses import replace

import pytest

from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.register import Agency, Child
from gcp2_app.domain.when import When
from gcp2_app.services import entries, referral_outcomes, register
from gcp2_app.services.session import Session
from gcp2_app.storage import audit
from tests.services.families import Oaks, add_oaks

OWN = Source(name="Practice Alex Smith", role="social worker", agency=Agency.CHILDRENS_SOCIAL_CARE)


@pytest.fixture
def oaks(session: Session) -> Oaks:
    """A family of three children, two of them in one home."""
    return add_oaks(session)


def request(session: Session, on: str, *children: Child) -> str:
    about = Entry(id="", kind="referral", children=tuple(each.id for each in children), when=When(on), source=OWN)
    return entries.add(session, replace(about, what="Hungry.", data={"by_agency": "school"})).id


def test_those_of_brothers_and_sisters_stand_beside_and_one_form_is_one(session: Session, oaks: Oaks) -> None:
    robins = request(session, "2026-09-01", oaks.robin)
    ferns = request(session, "2026-09-21", oaks.fern)
    both = request(session, "2026-10-20", oaks.robin, oaks.fern)
    request(session, "2026-10-21", oaks.elm)
    alone = referral_outcomes.of_child(session, oaks.robin.id)
    assert ([row.entry.id for row in alone.rows], alone.names) == ([both, robins], {})
    found = referral_outcomes.of_child(session, oaks.robin.id, household=True)
    assert [(row.entry.id, row.concern) for row in found.rows] == [(both, 3), (ferns, 2), (robins, 1)]
    assert found.names == {oaks.robin.id: oaks.robin.name, oaks.fern.id: oaks.fern.name}
    # Made again is what was made before about the same child.
    assert [row.again for row in found.rows] == [True, False, False]
    with session.store.transaction() as tx:
        read = {each.id for each in audit.page(tx, limit=20) if each.action == "requests for help compared"}
    assert read == {oaks.robin.id, oaks.fern.id}


def test_a_restricted_record_is_opened_for_a_reason_of_its_own(session: Session, oaks: Oaks) -> None:
    request(session, "2026-09-21", oaks.fern)
    register.save_child(session, replace(oaks.fern, restricted=True), reason="A request")
    found = referral_outcomes.of_child(session, oaks.robin.id, household=True)
    assert (found.rows, set(found.names)) == ((), {oaks.robin.id})
