"""REF: requests for help are answered, and written down."""

from datetime import date
from typing import Any

import pytest

from gcp2_app.domain.alerts import Level
from gcp2_app.domain.entries import Entry
from tests.rules import DAY, ask, days, entry, holds, holds_from, record, working

DECISION, WRITTEN = "REF.decision", "REF.written"
#: The first days on which a request of DAY is shown.
UNDECIDED, UNWRITTEN = working(DAY, 1) + days(1), DAY + days(2)


def request(on: date = DAY, **data: Any) -> Entry:
    return entry("r1", "referral", on, by_agency="school", **data)


def test_a_request_is_answered_within_one_working_day() -> None:
    assert holds_from(DECISION, record(request()), UNDECIDED)
    found = ask(DECISION, record(request()), UNDECIDED)
    assert found is not None
    assert found.level is Level.ACT
    assert found.entries == ("r1",)
    assert found.text.startswith("Request for help of 9 March 2026: no acknowledgement and no decision after 1 working")
    assert holds_from(DECISION, record(request(date(2026, 3, 6))), date(2026, 3, 10))


@pytest.mark.parametrize("field", ["acknowledged_on", "decided_on"])
def test_an_acknowledgement_or_a_decision_ends_it_from_its_day(field: str) -> None:
    after: dict[str, Any] = {field: UNDECIDED + days(2), "outcome": "advice" if field == "decided_on" else ""}
    assert holds(DECISION, record(request(**after)), UNDECIDED + days(1))
    assert not holds(DECISION, record(request(**after)), UNDECIDED + days(2))


def test_an_outcome_without_its_day_is_a_decision() -> None:
    assert not holds(DECISION, record(request(outcome="advice")), UNDECIDED)


def test_a_request_of_an_uncertain_day_does_not_decide() -> None:
    about = entry("r1", "referral", {"about": "2026-02"}, known=DAY, by_phone=True)
    for name in (DECISION, WRITTEN):
        assert not holds(name, record(about), DAY + days(60))
        assert not holds(name, record(), DAY)


def test_a_request_by_phone_is_written_down_within_a_day() -> None:
    assert holds_from(WRITTEN, record(request(by_phone=True)), UNWRITTEN)
    found = ask(WRITTEN, record(request(by_phone=True)), UNWRITTEN)
    assert found is not None
    assert found.level is Level.ACT
    assert found.entries == ("r1",)
    assert found.text.startswith("Request for help of 9 March 2026 by phone: not followed up in writing after 24 hours")
    assert not holds(WRITTEN, record(request(by_phone=False)), UNWRITTEN)
    assert not holds(WRITTEN, record(request()), UNWRITTEN)


def test_a_request_by_phone_on_a_friday_does_not_wait_for_monday() -> None:
    assert holds_from(WRITTEN, record(request(date(2026, 3, 6), by_phone=True)), date(2026, 3, 8))


def test_what_was_written_ends_it_from_its_day() -> None:
    about = record(request(by_phone=True, written_on="2026-03-12T10:00:00+00:00"))
    assert holds(WRITTEN, about, date(2026, 3, 11))
    assert not holds(WRITTEN, about, date(2026, 3, 12))
    assert not holds(WRITTEN, record(request(by_phone=True, written_on=DAY)), UNWRITTEN)


def test_several_requests_are_one_alert() -> None:
    second = entry("r2", "referral", DAY + days(1))
    found = ask(DECISION, record(request(), second), DAY + days(9))
    assert found is not None
    assert found.entries == ("r1", "r2")
    assert found.text.startswith("Requests for help of 9 March 2026 and 10 March 2026: ")
