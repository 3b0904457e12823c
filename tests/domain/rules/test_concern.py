"""LP3: an agency that has a concern acts on it itself."""

from datetime import date
from typing import Any

import pytest

from gcp2_app.domain.alerts import Level
from gcp2_app.domain.entries import Entry
from tests.rules import DAY, ask, days, entry, holds, holds_from, record, working

RULE = "LP3.concern_no_action"
#: The first day on which a concern of DAY is shown.
SHOWN = working(DAY, 1) + days(1)
DECISION = {"reason": "already being looked at", "lead": "S. Lead"}


def concern(on: date | dict[str, str] | None = DAY, **more: Any) -> Entry:
    return entry("n1", "note", on, **{"agency": "gp", "concern": True, **more})


def request(on: date | dict[str, str], agency: str = "gp") -> Entry:
    return entry("r1", "referral", on, known=on if isinstance(on, date) else DAY, by_agency=agency)


def contact(on: date, *, by: str = "gp", **data: Any) -> Entry:
    return entry("w1", "worker_contact", on, **{"by_agency": by, "to_role": "worker", "tried_on": on, **data})


def test_a_concern_without_a_step_is_shown_after_one_working_day() -> None:
    assert holds_from(RULE, record(concern()), SHOWN)
    found = ask(RULE, record(concern()), SHOWN)
    assert found is not None
    assert found.level is Level.ACT
    assert found.entries == ("n1",)
    assert "1 concern noted: 9 March 2026 (GP practice). After 1 working day" in found.text


def test_a_concern_of_a_friday_waits_over_the_weekend() -> None:
    assert holds_from(RULE, record(concern(date(2026, 3, 6))), date(2026, 3, 10))


def test_a_note_that_is_no_concern_says_nothing() -> None:
    assert not holds(RULE, record(concern(concern=False)), SHOWN)
    assert not holds(RULE, record(), SHOWN)


@pytest.mark.parametrize(
    ("step", "ends"),
    [
        (request(DAY), True),
        (request(DAY + days(1)), True),
        (request(DAY - days(1)), False),
        (request(DAY, "school"), False),
        (request({"about": "2026-03"}), False),
        (entry("r1", "referral", DAY, agency="gp"), True),
        (contact(DAY, reached=True), True),
        (contact(DAY, reached=True, by="school"), False),
        (contact(DAY, reached=False), False),
        (contact(DAY), False),
        (contact(DAY, reached=True, to_role="duty"), False),
        (contact(DAY, reached=False, reply_on=DAY + days(1)), True),
        (contact(DAY, reached=False, reply_on=SHOWN + days(1)), False),
        (entry("n2", "note", DAY + days(1), agency="gp", decision=DECISION), True),
        (entry("n2", "note", DAY + days(1), agency="school", decision=DECISION), False),
        (entry("n2", "note", DAY - days(1), agency="gp", decision=DECISION), False),
        (entry("n2", "note", {"about": "2026-03"}, known=DAY, agency="gp", decision=DECISION), False),
        (entry("n2", "note", DAY, agency="gp", decision={"reason": "seen"}), False),
    ],
)
def test_only_a_step_of_the_same_agency_ends_it(step: Entry, ends: bool) -> None:
    assert holds(RULE, record(concern(), step), SHOWN) is not ends


@pytest.mark.parametrize(
    ("decision", "ends"),
    [
        (DECISION, True),
        ({"reason": "seen"}, False),
        ({"lead": "S. Lead"}, False),
        ({"reason": " ", "lead": "S. Lead"}, False),
        ("seen", False),
    ],
)
def test_a_decision_on_the_note_has_a_reason_and_a_safeguarding_lead(decision: object, ends: bool) -> None:
    assert holds(RULE, record(concern(decision=decision)), SHOWN) is not ends


def test_a_later_concern_with_a_decision_does_not_answer_the_first() -> None:
    later = entry("n2", "note", DAY + days(1), agency="gp", concern=True, decision=DECISION)
    found = ask(RULE, record(concern(), later), SHOWN + days(3))
    assert found is not None
    assert found.entries == ("n1",)


def test_a_late_step_ends_it_from_its_day() -> None:
    about = record(concern(), request(SHOWN + days(3)))
    assert holds(RULE, about, SHOWN + days(2))
    assert not holds(RULE, about, SHOWN + days(3))


@pytest.mark.parametrize("agency", ["neighbour", "relative", "anonymous", None])
def test_for_somebody_of_no_agency_a_step_of_any_agency_counts(agency: str | None) -> None:
    about = concern(agency=agency)
    assert holds(RULE, record(about), SHOWN)
    assert not holds(RULE, record(about, request(DAY, "school")), SHOWN)


def test_a_concern_without_an_agency_says_so() -> None:
    found = ask(RULE, record(concern(agency=None)), SHOWN)
    assert found is not None
    assert "9 March 2026 (agency not recorded)" in found.text


def test_a_concern_of_no_certain_day_does_not_decide() -> None:
    assert not holds(RULE, record(concern({"about": "2026-03"})), date(2026, 6, 1))
    assert not holds(RULE, record(concern({"unknown": "not said"})), date(2026, 6, 1))
    known = record(concern({"about": "2026-02"}, known=DAY))
    assert holds_from(RULE, known, SHOWN)


def test_a_step_within_the_days_of_a_range_counts() -> None:
    span = concern({"from": (DAY - days(4)).isoformat(), "to": DAY.isoformat()})
    assert not holds(RULE, record(span, request(DAY - days(4))), SHOWN)
    assert holds(RULE, record(span, request(DAY - days(5))), SHOWN)


def test_several_concerns_are_one_alert() -> None:
    second = entry("n2", "note", DAY + days(1), agency="school", concern=True)
    found = ask(RULE, record(concern(), second), DAY + days(10))
    assert found is not None
    assert found.entries == ("n1", "n2")
    assert found.text.startswith("2 concerns noted: 9 March 2026 (GP practice) and 10 March 2026 (school).")


def test_the_last_entry_it_names_has_happened() -> None:
    planned = entry("m1", "meeting", SHOWN + days(9), known=DAY, type="core_group", planned_for=SHOWN + days(9))
    found = ask(RULE, record(concern(), planned), SHOWN)
    assert found is not None
    assert "last entry from GP practice on 9 March 2026" in found.text
