"""Asking for help: the draft, the worker rung first, what was sent kept as sent, and what came of it."""

import io
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from pypdf import PdfReader

from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.referring import First
from gcp2_app.domain.register import Address, Agency, Allocation, Child, Household, Member, Professional
from gcp2_app.domain.sent_requests import is_as_sent
from gcp2_app.domain.users import Role
from gcp2_app.domain.when import When
from gcp2_app.errors import InvalidValue, NotAllowed
from gcp2_app.services import alerts, attachments, entries, referral_outcomes, referring
from gcp2_app.services.register import ReasonNeeded
from gcp2_app.services.session import Session
from tests import stores
from tests.reports.tags import read_tags
from tests.stores import TODAY, Clock

VALUES: dict[str, Any] = {
    "emergency": False,
    "level": "3",
    "agreed": True,
    "family_told": False,
    "why_not": "It could put Robin at risk.",
    "lawful_basis": "public_task",
    "happened": "Robin came without a coat.",
    "daily_life": "Robin is cold at nursery.",
    "child_words": "My feet are wet.",
    "themes": ["physical"],
    "incident": "cold",
    "lead_name": "Kit Hill",
    "how": "portal",
    "sent_at": "2026-11-23T08:30:00+00:00",
    "declared": True,
}


@pytest.fixture
def child(session: Session) -> Child:
    return stores.add_family(session)[0]


def allocate(session: Session, child: Child, *, confirmed_days_ago: int | None = 0) -> Professional:
    """Give the child a social worker besides the session's own allocation."""
    worker = Professional(id="w-lane", name="Jo Lane", role="Social worker", agency=Agency.CHILDRENS_SOCIAL_CARE)
    confirmed = None if confirmed_days_ago is None else TODAY - timedelta(days=confirmed_days_ago)
    theirs = Allocation(
        professional=worker.id, role="social_worker", from_=TODAY - timedelta(days=60), confirmed_on=confirmed
    )
    with session.store.transaction() as tx:
        held = tx.children.get(child.id)
        tx.professionals.put(worker, by=None)
        others = tuple(replace(each, role="health_visitor") for each in held.allocated)
        tx.children.put(replace(held, allocated=(*others, theirs)), by=None)
        me = tx.professionals.get(session.professional.id)
        tx.professionals.put(replace(me, role="health visitor", agency=Agency.HEALTH_VISITING), by=None)
    return worker


def test_nobody_is_rung_first_where_nobody_is_allocated(session: Session, child: Child) -> None:
    with session.store.transaction() as tx:
        tx.children.put(replace(tx.children.get(child.id), allocated=()), by=None)
        tx.professionals.put(replace(session.professional, role="nurse"), by=None)
    stores.add_user(session, "manager", Role.SUPERVISOR, Role.PRACTITIONER)
    found = referring.begin(stores.as_user(session, "manager"), child.id)
    assert (found.first, found.worker) == (First.NOBODY_ALLOCATED, None)
    assert found.values["children"].startswith("Robin Practice-Oak, born 10 January 2023")
    assert not found.is_draft


@pytest.mark.parametrize(
    ("ago", "first"), [(0, First.RING_FIRST), (40, First.RING_AND_ASK), (None, First.RING_AND_ASK)]
)
def test_the_allocated_worker_is_rung_first_where_the_allocation_is_confirmed(
    session: Session, child: Child, ago: int | None, first: First
) -> None:
    worker = allocate(session, child, confirmed_days_ago=ago)
    found = referring.begin(session, child.id)
    assert (found.first, found.worker) == (first, worker)


def test_a_try_is_kept_as_an_entry_and_found_again(session: Session, child: Child, clock: Clock) -> None:
    allocate(session, child)
    made = referring.Try(to_role="worker", to_name="Jo Lane", how="Phone 01384 000000", reached=False)
    entry = referring.record_try(session, child.id, made)
    assert entry.kind == "worker_contact"
    assert entry.data["tried_on"] == "2026-11-23T09:00:00+00:00"
    assert "reply_on" not in entry.data
    clock.instant += timedelta(hours=1)
    found = referring.begin(session, child.id)
    assert found.waiting(session.now()).first == stores.Clock().instant
    referring.record_try(session, child.id, replace(made, to_role="duty", reached=True, agreed="They visit today."))
    assert referring.begin(session, child.id).waiting(session.now()).reached


def test_a_draft_outlives_the_session_belongs_to_its_user_and_ends_with_sending(session: Session, child: Child) -> None:
    referring.keep_draft(session, child.id, {"happened": "So far."})
    found = referring.begin(session, child.id)
    assert (found.is_draft, found.values) == (True, {"happened": "So far."})
    stores.add_user(session, "other", Role.PRACTITIONER, Role.SUPERVISOR)
    assert not referring.begin(stores.as_user(session, "other"), child.id).is_draft
    referring.drop_draft(session, child.id)
    assert not referring.begin(session, child.id).is_draft
    referring.keep_draft(session, child.id, VALUES)
    allocate(session, child)
    referring.send(session, child.id, {**VALUES, "override_reason": "Jo Lane asked for it."})
    assert not referring.begin(session, child.id).is_draft


def test_what_was_sent_is_kept_as_sent_with_its_digest(session: Session, child: Child) -> None:
    allocate(session, child)
    kept = referring.send(session, child.id, {**VALUES, "override_reason": "Jo Lane asked for it."})
    assert is_as_sent(kept)
    assert kept.what == "Robin came without a coat."
    assert kept.when == When("2026-11-23T08:30:00+00:00")
    assert kept.data["told"] == {
        "family_told": False,
        "why_not": "It could put Robin at risk.",
        "agreed": True,
        "lawful_basis": "Public task: safeguarding a child",
    }
    assert (kept.data["level"], kept.data["by_phone"], "written_on" in kept.data) == (3, False, False)
    assert kept.data["sent"]["form"].startswith("Request for Help and Support, ")
    changes: tuple[dict[str, Any], ...] = ({"level": 4}, {"content": []}, {"sent": {}})
    for change in changes:
        with pytest.raises(NotAllowed, match="kept as it was sent"):
            entries.revise(session, replace(kept, data={**kept.data, **change}), reason="a slip")
    with pytest.raises(NotAllowed, match="kept as it was sent"):
        entries.revise(session, replace(kept, what="Something else."), reason="a slip")
    marked = entries.revise(session, replace(kept, significance="high"), reason="it matters")
    assert is_as_sent(marked)
    assert "request for help opened" not in stores.actions(session)
    assert {"entry added", "entry revised"} <= set(stores.actions(session))


def test_the_document_of_what_was_sent_stays_with_it(session: Session, child: Child) -> None:
    allocate(session, child)
    kept = referring.send(session, child.id, {**VALUES, "override_reason": "asked for"})
    (file,) = kept.attachments
    assert file.media_type == "application/pdf"
    content = attachments.content(session, kept.id, file.sha256, reason="for the file")
    assert read_tags(content).faults == []
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    for said in (
        "Robin Practice-Oak",
        "Robin came without a coat.",
        "through the online form",
        "Digest of what was sent",
    ):
        assert said in " ".join(text.split()), said
    with pytest.raises(NotAllowed, match="what was sent"):
        attachments.remove(session, kept.id, file.sha256, reason="away with it")


def test_a_later_correction_is_a_follow_up(session: Session, child: Child) -> None:
    allocate(session, child)
    kept = referring.send(session, child.id, {**VALUES, "override_reason": "asked for"})
    again = referral_outcomes.add_follow_up(session, kept.id, said="It was a jacket.", how="by email")
    assert again.data["follow_ups"] == [
        {
            "on": "2026-11-23T09:00:00+00:00",
            "by": session.professional.name,
            "how": "by email",
            "text": "It was a jacket.",
        }
    ]
    assert is_as_sent(again)
    more = referral_outcomes.add_follow_up(session, kept.id, said="And no boots.")
    assert len(more.data["follow_ups"]) == 2
    with pytest.raises(NotAllowed):
        entries.revise(session, replace(more, data={**more.data, "follow_ups": []}), reason="away with it")
    with pytest.raises(InvalidValue):
        referral_outcomes.add_follow_up(session, kept.id, said=" ")
    text = referral_outcomes.text(session, kept.id, reason="for the online form")
    assert "Robin came without a coat." in text
    assert "It was a jacket." in text
    assert stores.actions(session)[0] == "request for help copied"


def test_going_on_past_the_allocated_worker_asks_why_unless_a_child_is_in_danger(
    session: Session, child: Child
) -> None:
    allocate(session, child, confirmed_days_ago=90)
    with pytest.raises(InvalidValue, match="social worker is allocated"):
        referring.send(session, child.id, {**VALUES, "override_reason": "  "})
    with pytest.raises(InvalidValue, match="social worker is allocated"):
        referring.send(session, child.id, {name: value for name, value in VALUES.items() if name != "emergency"})
    kept = referring.send(
        session,
        child.id,
        {
            "emergency": True,
            "phoned_to": "MASH",
            "phoned_at": "2026-11-23T08:00:00+00:00",
            "how": "portal",
            "sent_at": "2026-11-23T08:30:00+00:00",
        },
    )
    assert kept.data["emergency"] is True
    assert kept.when == When("2026-11-23T08:00:00+00:00")
    assert (kept.data["by_phone"], kept.data["written_on"]) == (True, "2026-11-23T08:30:00+00:00")
    rules = {alert.rule for alert in alerts.of_child(session, child.id)}
    assert "LP8.allocated" not in rules


def test_a_phone_call_has_its_written_follow_up_still_to_come(session: Session, child: Child) -> None:
    allocate(session, child)
    kept = referring.send(session, child.id, {**VALUES, "how": "phone", "override_reason": "asked for"})
    assert (kept.data["by_phone"], "written_on" in kept.data) == (True, False)
    done = referral_outcomes.record_outcome(session, kept.id, {"written_on": "2026-11-23"})
    assert done.data["written_on"] == "2026-11-23"


@pytest.mark.parametrize(
    "change", [{"how": None}, {"sent_at": None}, {"sent_at": "2026-11-24"}, {"phoned_at": "2026-11-24"}]
)
def test_how_and_when_it_was_sent_must_be_said(session: Session, child: Child, change: dict[str, Any]) -> None:
    with pytest.raises(InvalidValue):
        referring.send(session, child.id, {**VALUES, "override_reason": "asked for", **change})


def test_what_is_withheld_from_somebody_marks_the_request(session: Session, child: Child) -> None:
    home = Household(
        id="h1",
        members=(Member(who=child.id),),
        addresses=(Address(lines=("4 Mill Lane",), withheld_from=(child.carers[0].person,)),),
    )
    with session.store.transaction() as tx:
        tx.households.put(home, by=None)
    assert referring.begin(session, child.id).marked
    kept = referring.send(session, child.id, {**VALUES, "override_reason": "asked for"})
    assert kept.withheld_from == (child.carers[0].person,)
    assert kept.harm_if_disclosed is True


def test_children_of_another_caseload_are_named_and_no_more(session: Session, child: Child) -> None:
    with session.store.transaction() as tx:
        tx.children.put(Child(id="c-b", given_names="Fern", carers=child.carers, restricted=True), by=None)
        tx.children.put(Child(id="c-a", given_names="Moss", carers=child.carers), by=None)
    found = referring.begin(session, child.id)
    assert set(found.names) == {child.id, "c-a"}
    assert found.values["children"].splitlines()[1:] == [
        "Moss, date of birth not known",
        "Fern (another record)",
    ]
    both = referring.send(
        session, child.id, {**VALUES, "override_reason": "asked for", "about": [child.id, "c-a", "c-b"]}
    )
    assert both.children == (child.id, "c-a")
    neither = referring.send(session, child.id, {**VALUES, "override_reason": "asked for", "about": []})
    assert neither.children == (child.id,)


def test_a_restricted_record_asks_why_and_only_who_works_on_cases_may_ask(session: Session, child: Child) -> None:
    with session.store.transaction() as tx:
        tx.children.put(replace(tx.children.get(child.id), restricted=True), by=None)
    with pytest.raises(ReasonNeeded):
        referring.begin(session, child.id)
    with pytest.raises(ReasonNeeded):
        referral_outcomes.of_child(session, child.id)
    assert referring.begin(session, child.id, why="duty today").child.id == child.id
    stores.add_user(session, "boss", Role.SUPERVISOR)
    boss = stores.as_user(session, "boss")
    for ask in (
        lambda: referring.begin(boss, child.id, why="x"),
        lambda: referring.keep_draft(boss, child.id, {}),
        lambda: referring.drop_draft(boss, child.id),
        lambda: referring.send(boss, child.id, VALUES),
        lambda: referring.draft_text(boss, child.id, VALUES, {}),
    ):
        with pytest.raises(NotAllowed):
            ask()
    assert referral_outcomes.of_child(boss, child.id, why="supervision").rows == ()


def test_requests_stand_side_by_side_with_notifications_apart(session: Session, child: Child) -> None:
    allocate(session, child)
    joined = referring.send(session, child.id, {**VALUES, "override_reason": "asked for"})
    assert [entry.id for entry in referring.begin(session, child.id).joined] == [joined.id]
    source = Source(agency=Agency.POLICE)
    for type_ in ("police_callout", "birth"):
        entries.add(
            session,
            Entry(
                id="",
                kind="event",
                children=(child.id,),
                when=When("2026-11-01"),
                source=source,
                what="It happened.",
                data={"type": type_},
            ),
        )
    found = referral_outcomes.of_child(session, child.id)
    assert [row.entry.id for row in found.rows] == [joined.id]
    assert [entry.data["type"] for entry in found.notifications] == ["police_callout"]
    assert found.rows[0].decision_due == TODAY + timedelta(days=1)
    decided = referral_outcomes.record_outcome(
        session,
        joined.id,
        {"decided_on": "2026-11-23", "outcome": "no_further_action", "decided_by": "MASH", "decision_reason": "Low."},
    )
    assert is_as_sent(decided)
    assert referral_outcomes.of_child(session, child.id).rows[0].low
    assert referral_outcomes.standing_of(session, child.id).requests == 1
    with pytest.raises(InvalidValue, match="not part of what came of"):
        referral_outcomes.record_outcome(session, joined.id, {"level": 1})


def test_what_was_not_written_here_cannot_be_copied_and_other_kinds_have_no_outcome(
    session: Session, child: Child
) -> None:
    source = Source(agency=Agency.SCHOOL)
    note = entries.add(
        session, Entry(id="", kind="note", children=(child.id,), when=When("2026-11-01"), source=source, what="Hm.")
    )
    with pytest.raises(NotAllowed, match="not written here"):
        referral_outcomes.text(session, note.id, reason="x")
    with pytest.raises(NotAllowed, match="no request"):
        referral_outcomes.record_outcome(session, note.id, {})


def test_a_draft_in_words_is_audited_when_it_leaves_the_store(session: Session, child: Child) -> None:
    text = referring.draft_text(session, child.id, VALUES, {})
    assert text.startswith("Request for Help and Support\n")
    assert stores.actions(session)[0] == "request for help copied"
