"""Professional challenges: from any decision in one action, up the ladder, answered and resolved."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.register import Agency, Child
from gcp2_app.domain.users import Role
from gcp2_app.domain.when import When
from gcp2_app.errors import InvalidValue, NotAllowed, NotFound
from gcp2_app.services import alerts, challenging, entries, referral_outcomes
from gcp2_app.services.session import Session
from tests import stores
from tests.reports.leaks import page_text
from tests.stores import Clock

WORDS = {"our_position": "Three requests in a year.", "asked_for": "An assessment.", "with_whom": "Kit Hill"}


@pytest.fixture
def child(session: Session) -> Child:
    return stores.add_family(session)[0]


@pytest.fixture
def decision(session: Session, child: Child) -> Entry:
    return entries.add(
        session,
        Entry(
            id="",
            kind="referral",
            children=(child.id,),
            when=When("2026-11-20"),
            source=Source(agency=Agency.SCHOOL),
            what="No coat.",
            harm_if_disclosed=True,
            withheld_from=(child.carers[0].person,),
            data={"by_agency": "school", "outcome": "no_further_action", "decision_reason": "Low need."},
        ),
    )


def test_one_action_begins_a_challenge_with_its_clock(session: Session, child: Child, decision: Entry) -> None:
    kept = challenging.start(session, decision.id, stage=1, urgent=False, words=WORDS)
    assert kept.data["stage_started"] == "2026-11-23"
    assert (kept.withheld_from, kept.harm_if_disclosed) == (decision.withheld_from, True)
    (file,) = challenging.of_child(session, child.id)
    assert file.standing.due == date(2026, 11, 25)
    assert file.next_stage == 2
    assert file.decision.startswith("Request for help, 20 November 2026, No coat. ")
    assert file.decision.endswith("No further action. Low need.")
    (open_,) = referral_outcomes.standing_of(session, child.id).open
    assert (open_.challenge.stage, open_.overdue) == (1, False)
    assert set(referral_outcomes.of_child(session, child.id).challenges) == {decision.id}


def test_the_alert_and_the_screen_agree_on_the_day_an_answer_is_late(
    session: Session, child: Child, decision: Entry, clock: Clock
) -> None:
    challenging.start(session, decision.id, stage=1, urgent=False, words=WORDS)
    for days, late in ((2, False), (1, True)):
        clock.move(days)
        found = {alert.rule for alert in alerts.of_child(session, child.id)}
        assert ("LP10.stage_overdue" in found) is late
        assert referral_outcomes.standing_of(session, child.id).open[0].overdue is late


def test_the_ladder_is_climbed_and_danger_skips_stages(
    session: Session, child: Child, decision: Entry, clock: Clock
) -> None:
    first = challenging.start(session, decision.id, stage=1, urgent=False, words=WORDS)
    with pytest.raises(InvalidValue, match="stage 1 already"):
        challenging.start(session, decision.id, stage=1, urgent=False, words=WORDS)
    clock.move(1)
    third = challenging.advance(session, first.id, stage=3, urgent=True, words={"with_whom": "Ash Reed"})
    assert third.data["our_position"] == WORDS["our_position"]
    assert (third.data["with_whom"], third.data["urgent"]) == ("Ash Reed", True)
    (file,) = challenging.of_child(session, child.id)
    assert (len(file.challenge.stages), file.challenge.stage, file.next_stage) == (2, 3, 4)
    found = {alert.rule for alert in alerts.of_child(session, child.id)}
    assert "LP10.stage_overdue" not in found


def test_contacts_answers_and_the_resolution_make_the_log_and_the_letter(
    session: Session, child: Child, decision: Entry, clock: Clock
) -> None:
    kept = challenging.start(session, decision.id, stage=1, urgent=False, words=WORDS)
    challenging.add_contact(session, kept.id, who="Kit Hill", how="phone", said="Will look again.")
    challenging.record_reply(session, kept.id, on="2026-11-23", reply="We stand by it.", their_position="Low need.")
    text = challenging.letter(session, child.id, kept.id)
    for said in (
        "Dear colleague",
        "Yours sincerely",
        "Kit Hill",
        "Three requests in a year.",
        "Low need.",
        "Will look again.",
        "We stand by it.",
    ):
        assert said in text
    assert stores.actions(session)[0] == "challenge letter copied"
    pages = " ".join(page_text(challenging.letter_file(session, child.id, kept.id)).split())
    for said in ("Kit Hill", "Three requests in a year.", "Low need.", "Will look again.", "PRACTICE"):
        assert said in pages
    assert stores.actions(session)[0] == "challenge letter exported"
    (file,) = challenging.of_child(session, child.id)
    assert file.standing.due is None
    challenging.resolve(session, kept.id, on="2026-11-23", resolution="An assessment begins.")
    assert referral_outcomes.standing_of(session, child.id).open == ()
    clock.instant += timedelta(minutes=5)
    again = challenging.start(session, decision.id, stage=1, urgent=False, words=WORDS)
    opened, closed = challenging.of_child(session, child.id)
    assert opened.challenge.latest.id == again.id
    assert closed.challenge.latest.data["resolution"] == "An assessment begins."


def test_slips_are_refused(session: Session, child: Child, decision: Entry) -> None:
    with pytest.raises(InvalidValue, match="what we say"):
        challenging.start(session, decision.id, stage=1, urgent=False, words={})
    kept = challenging.start(session, decision.id, stage=1, urgent=False, words=WORDS)
    for on in ("", "2026-11-24"):
        with pytest.raises(InvalidValue, match="has not come yet"):
            challenging.record_reply(session, kept.id, on=on, reply="x")
    with pytest.raises(InvalidValue, match="how it was resolved"):
        challenging.resolve(session, kept.id, on="2026-11-23", resolution=" ")
    with pytest.raises(InvalidValue, match="with whom"):
        challenging.add_contact(session, kept.id, who=" ", how="", said="")
    with pytest.raises(NotAllowed, match="no challenge"):
        challenging.resolve(session, decision.id, on="2026-11-23", resolution="x")
    with pytest.raises(NotFound):
        challenging.letter(session, child.id, "gone")
    aimless = entries.add(
        session,
        replace(kept, id="", data={"stage": 1, "stage_started": "2026-11-20"}),
    )
    with pytest.raises(InvalidValue, match="which decision"):
        challenging.advance(session, aimless.id, stage=2, urgent=False, words={})
    entries.enter_in_error(session, decision.id, reason="wrong child")
    with pytest.raises(NotAllowed, match="in error"):
        challenging.start(session, decision.id, stage=2, urgent=False, words=WORDS)


def test_who_only_reads_cases_sees_challenges_and_begins_none(session: Session, child: Child, decision: Entry) -> None:
    challenging.start(session, decision.id, stage=1, urgent=False, words=WORDS)
    stores.add_user(session, "boss", Role.SUPERVISOR)
    boss = stores.as_user(session, "boss")
    assert len(challenging.of_child(boss, child.id)) == 1
    with pytest.raises(NotAllowed):
        challenging.start(boss, decision.id, stage=2, urgent=False, words=WORDS)
    stores.add_user(session, "stranger", Role.PRACTITIONER)
    with pytest.raises(NotAllowed):
        challenging.of_child(stores.as_user(session, "stranger"), child.id)
