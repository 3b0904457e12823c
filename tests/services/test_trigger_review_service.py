"""The letter that asks MASH for a trigger review: filled with what was counted, kept as it was written, its clock."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.register import Agency, Child
from gcp2_app.domain.users import Role
from gcp2_app.domain.when import When
from gcp2_app.errors import InvalidValue, NotAllowed
from gcp2_app.services import alerts, attachments, entries, register, trigger_review
from gcp2_app.services.session import Session
from tests import stores
from tests.reports.leaks import page_text
from tests.reports.tags import read_tags
from tests.stores import Clock

TODAY = date(2026, 11, 23)
ASKS = "Look at them together.\n- Tell us the day.\n"


def ask_for_help(session: Session, child: Child, ago: int, **data: object) -> Entry:
    return entries.add(
        session,
        Entry(
            id="",
            kind="referral",
            children=(child.id,),
            when=When.on(TODAY - timedelta(days=ago)),
            source=Source(agency=Agency.GP),
            what="Came hungry.",
            data={"by_agency": "gp", "outcome": "advice", **data},
        ),
    )


@pytest.fixture
def child(session: Session) -> Child:
    found = stores.add_family(session)[0]
    ask_for_help(session, found, 200, incident="coat", decided_on="2026-05-11")
    ask_for_help(session, found, 100, outcome="early_help", service_began=False)
    ask_for_help(session, found, 10, outcome="no_further_action", by_agency="school")
    return found


def words_of(text: str) -> str:
    return " ".join(text.split())


def test_the_letter_names_what_was_counted_in_its_order(session: Session, child: Child) -> None:
    letter = trigger_review.begin(session, child.id).letter
    assert [each.asked_by for each in letter.requests] == ["GP practice", "GP practice", "School"]
    assert letter.requests[0].concern == "Coat"
    assert [each.outcome for each in letter.requests] == [
        "Advice or information, 11 May 2026",
        "Early help, did not begin",
        "No further action",
    ]
    assert any("all ended with no further action" in why for why in letter.why)
    assert letter.heading.born == "Born on 10 January 2023."


def test_it_is_kept_as_a_document_with_the_review_it_asks_for_and_its_clock(
    session: Session, child: Child, clock: Clock
) -> None:
    kept = trigger_review.keep(session, child.id, on=TODAY, adds_up="Never fed before school.", asks=ASKS)
    (file,) = kept.attachments
    content = attachments.content(session, kept.id, file.sha256, reason="to be sent")
    assert read_tags(content).faults == []
    text = words_of(page_text(content))
    for said in ("Never fed before school.", "Look at them together.", "Tell us the day.", "Early help, did not begin"):
        assert said in text
    assert kept.data["type"] == "trigger_review"
    assert "3 requests for help" in kept.what
    again = trigger_review.begin(session, child.id).letter
    assert again.why[-1] == "A trigger review was asked for on 23 November 2026. It is not recorded here as held."
    for days, late in ((7, False), (1, True)):
        clock.move(days)
        assert ("LP9.review_due" in {each.rule for each in alerts.of_child(session, child.id)}) is late


def test_slips_are_refused(session: Session, child: Child) -> None:
    with pytest.raises(InvalidValue, match="not come yet"):
        trigger_review.keep(session, child.id, on=TODAY + timedelta(days=1), adds_up="", asks=ASKS)
    with pytest.raises(InvalidValue, match="what you ask"):
        trigger_review.keep(session, child.id, on=TODAY, adds_up="", asks=" \n- ")
    nobody = register.save_child(session, Child(id="", given_names="Wren", family_name="Practice"))
    with pytest.raises(InvalidValue, match="No request"):
        trigger_review.keep(session, nobody.id, on=TODAY, adds_up="", asks=ASKS)


def test_without_an_alert_the_latest_requests_are_named(session: Session) -> None:
    found = stores.add_family(session)[0]
    ask_for_help(session, found, 400, outcome="assessment")
    letter = trigger_review.begin(session, found.id).letter
    assert (len(letter.requests), letter.why) == (1, ())


def test_what_is_withheld_marks_the_letter(session: Session, child: Child) -> None:
    person = child.carers[0].person
    with session.store.transaction() as tx:
        tx.children.put(replace(tx.children.get(child.id), school_withheld_from=(person,)), by=None)
    assert trigger_review.begin(session, child.id).withheld
    kept = trigger_review.keep(session, child.id, on=TODAY, adds_up="", asks=ASKS)
    assert (kept.withheld_from, kept.harm_if_disclosed) == ((person,), True)


def test_within_mash_the_next_step_is_the_review_itself(session: Session) -> None:
    assert trigger_review.step_for(session, trigger_review.START) == trigger_review.START
    with session.store.transaction() as tx:
        tx.professionals.put(replace(session.professional, agency=Agency.MASH), by=None)
    within = stores.as_user(session, session.user.sign_in_name)
    assert trigger_review.step_for(within, trigger_review.START) == "meeting/trigger_review"
    assert trigger_review.step_for(within, "note") == "note"


def test_who_may_not_work_on_cases_writes_no_letter(session: Session, child: Child) -> None:
    stores.add_user(session, "auditor", Role.AUDITOR)
    with pytest.raises(NotAllowed):
        trigger_review.begin(stores.as_user(session, "auditor"), child.id)
