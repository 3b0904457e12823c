"""Appointments, attendance, plans and measures as recorded; and the letter made from them."""

from typing import Any

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.healthcare.panel import attendance, measures, plan, services
from gcp2_app.domain.healthcare.request_letter import request_letter
from gcp2_app.domain.register import Professional
from tests.plans import view_of
from tests.rules import DAY, child, days, entry
from tests.rules import plan as protection

ME = Professional(id="w1", name="Jo Lane", role="Social worker", phone="0121 496 0000")


def test_appointments_are_counted_by_service_whatever_its_capitals() -> None:
    view = view_of(
        entry("a1", "appointment", DAY - days(3), service="Dentist", status="not_brought"),
        entry("a2", "appointment", DAY - days(2), service="dentist ", status="brought"),
        entry("a3", "appointment", {"about": "2026-01"}, service="Asthma clinic"),
    )
    asthma, dentist = services(view)
    assert (asthma.name, dict(asthma.counts), asthma.latest) == ("Asthma clinic", {"unknown": 1}, None)
    assert dict(dentist.counts) == {"brought": 1, "not_brought": 1}
    assert dentist.latest is not None
    assert dentist.latest.id == "a2"
    assert [fact.id for fact in dentist.facts] == ["a2", "a1"]


def test_attendance_and_measures_stand_the_latest_first_and_are_not_touched() -> None:
    def term(number: int) -> Entry:
        span: dict[str, Any] = {"from": DAY - days(90 - number * 30), "to": DAY}
        return entry(f"t{number}", "attendance", DAY, possible=60, attended=50, **span)

    terms = [term(number) for number in range(2)]
    weight = entry("w", "measure", DAY, measure="weight_centile", value_as_recorded="  9th–25th ")
    view = view_of(*terms, weight, entry("v", "measure", DAY - days(1), measure="dental", value_as_recorded="?"))
    assert [span.fact.id for span in attendance(view)] == ["t1", "t0"]
    assert [fact.id for fact in measures(view)] == ["w", "v"]
    assert measures(view)[0].data["value_as_recorded"] == "  9th–25th "


def test_a_healthcare_plan_says_when_it_was_reviewed_and_what_the_rules_say() -> None:
    assert plan(view_of()).fact is None
    reviewed = entry("h1", "health_plan", DAY, reviewed_on=DAY)
    assert (plan(view_of(reviewed)).reviewed_on, plan(view_of(reviewed)).alert) == (DAY, "")
    old = plan(view_of(reviewed, on=DAY + days(367)))
    assert "last reviewed on 9 March 2026" in old.alert
    missing = plan(view_of(of=child(long_term_condition_since=DAY - days(60))))
    assert "no individual healthcare plan is recorded" in missing.alert


def test_the_letter_says_what_is_recorded_and_that_nothing_is() -> None:
    text = request_letter(view_of(), by=ME)
    assert "About: Robin Example. Born on 15 January 2020." in text
    assert "as recorded here: none." in text
    assert "Individual healthcare plan: none recorded here." in text
    assert "Why now" not in text
    assert text.endswith("Jo Lane\nSocial worker\n0121 496 0000\n")
    nameless = request_letter(view_of(of=child(given_names="", family_name="", date_of_birth=None)), by=ME)
    assert "About: the child named in our covering message.\n" in nameless


def test_the_letter_names_what_is_in_question_and_never_a_dose() -> None:
    spans: dict[str, Any] = {"from": DAY - days(60), "to": DAY - days(1)}
    view = view_of(
        entry("a1", "appointment", DAY - days(3), service="Dentist", status="not_brought"),
        entry("t", "attendance", DAY, possible=60, attended=30, **spans),
        entry("h1", "health_plan", DAY, reviewed_on=DAY),
        entry("md", "medicine", DAY, name="Xylo", dose_as_prescribed="ELEVEN drops"),
        of=child(statuses=(protection(DAY - days(30)),)),
    )
    text = request_letter(view, by=ME)
    assert "Why now: In question at once: appointments not brought and attendance." in text
    assert "Dentist: 1 time" in text
    assert "8 January 2026 to 8 March 2026: 30 of 60 sessions" in text
    assert "last reviewed 9 March 2026" in text
    assert "Medicines recorded here: Xylo." in text
    assert "ELEVEN" not in text
