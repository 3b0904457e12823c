"""The twelve questions about harm that adds up: what a review of a household begins with, and that it is kept."""

from dataclasses import replace

import pytest

from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.register import Agency, Child
from gcp2_app.domain.users import Role
from gcp2_app.domain.when import When
from gcp2_app.errors import NotAllowed
from gcp2_app.services import entries, harm_reviews, plans, register
from gcp2_app.services.register import ReasonNeeded
from gcp2_app.services.session import Session
from gcp2_app.storage import audit
from tests import stores
from tests.services.families import Oaks, add_oaks
from tests.stores import TODAY

OWN = Source(name="Practice Alex Smith", role="social worker", agency=Agency.CHILDRENS_SOCIAL_CARE)


@pytest.fixture
def oaks(session: Session) -> Oaks:
    """A family of three children, two of them in one home."""
    return add_oaks(session)


def missed(session: Session, *children: Child, on: str = "2026-10-01") -> None:
    data = {"service": "dentist", "status": "not_brought"}
    made = Entry(id="", kind="appointment", children=tuple(each.id for each in children), when=When(on), source=OWN)
    entries.add(session, replace(made, data=data))


def test_it_begins_with_what_the_records_of_the_household_say(session: Session, oaks: Oaks) -> None:
    missed(session, oaks.robin, oaks.fern)
    found = harm_reviews.begin(session, oaks.robin.id)
    assert set(found.children) == {oaks.robin.id, oaks.fern.id}
    assert found.answers == {"what_was_missed": "Not brought to 1 appointment: 1 October 2026."}
    missed(session, oaks.fern, on="2026-11-02")
    assert harm_reviews.begin(session, oaks.robin.id).answers["what_was_missed"].splitlines() == [
        "Fern: Not brought to 2 appointments: 1 October 2026 and 2 November 2026.",
        f"{oaks.robin.given_names}: Not brought to 1 appointment: 1 October 2026.",
    ]
    with session.store.transaction() as tx:
        asked = {each.id for each in audit.page(tx, limit=20) if each.action == "harm review begun"}
    assert asked == {oaks.robin.id, oaks.fern.id}


def test_what_is_answered_is_kept_for_each_child_and_shown_with_the_plans(session: Session, oaks: Oaks) -> None:
    begun = harm_reviews.begin(session, oaks.robin.id)
    both = (oaks.robin.id, oaks.fern.id)
    made = Entry(id="", kind="harm_review", children=both, when=When.on(TODAY), source=OWN)
    differs = {oaks.fern.id: "Fern is at home more."}
    said = {"edition": begun.edition, "if_nothing_changes": "They will be hungry."}
    kept = entries.add(session, replace(made, data=said, relevance=differs))
    for child in (oaks.robin, oaks.fern):
        (review,) = plans.of_child(session, child.id).harm_reviews
        assert (review.id, review.data["if_nothing_changes"]) == (kept.id, "They will be hungry.")
    with session.store.transaction() as tx:
        assert tx.entries.get(kept.id).relevance == differs


def test_a_restricted_record_is_read_for_a_reason_of_its_own(session: Session, oaks: Oaks) -> None:
    register.save_child(session, replace(oaks.fern, restricted=True), reason="A request")
    assert harm_reviews.begin(session, oaks.robin.id).children == (oaks.robin.id,)
    with pytest.raises(ReasonNeeded):
        harm_reviews.begin(session, oaks.fern.id)
    assert oaks.fern.id in harm_reviews.begin(session, oaks.fern.id, why="The review").children


def test_only_who_works_on_the_case_begins_it(session: Session, oaks: Oaks) -> None:
    stores.add_user(session, "auditor", Role.AUDITOR)
    with pytest.raises(NotAllowed):
        harm_reviews.begin(stores.as_user(session, "auditor"), oaks.robin.id)


def test_children_of_one_given_name_are_told_apart(session: Session, oaks: Oaks) -> None:
    register.save_child(session, replace(oaks.fern, given_names=oaks.robin.given_names, family_name="Practice-Elder"))
    missed(session, oaks.robin)
    answer = harm_reviews.begin(session, oaks.robin.id).answers["what_was_missed"]
    assert answer.startswith(f"{oaks.robin.name}: ")
