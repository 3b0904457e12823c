"""The history before a new assessment: in order, with what lasted and what did not, and without a grade in sight."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from gcp2_app.domain.alerts import Alert, Job, Level, SetAside
from gcp2_app.domain.assessment import Window
from gcp2_app.domain.case_history import CaseHistory, case_history
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.instrument import Pack
from gcp2_app.domain.longest import LongestUnmet
from gcp2_app.domain.rules.record import Graded
from gcp2_app.forms.packs import shipped_pack
from tests.plans import view_of
from tests.rules import DAY, child, entry, graded, status

TITLES = {"event": "Event", "referral": "Request for help", "support": "Support"}
_GRADE = re.compile(r"\bgraded\b|\b[345] (?:in|or|again)\b")


@pytest.fixture(scope="module")
def pack() -> Pack:
    return shipped_pack("graded-care")


def before(days: int) -> Any:
    return DAY - timedelta(days=days)


def history(
    *entries: Entry,
    alerts: tuple[Alert, ...] = (),
    unmet: tuple[LongestUnmet, ...] = (),
    assessments: tuple[Graded, ...] = (),
    **of: Any,
) -> CaseHistory:
    return case_history(view_of(*entries, of=child(**of), assessments=assessments), alerts, unmet, titles=TITLES)


def alert(rule: str, **more: Any) -> Alert:
    text = f"{rule} says 4 in A1."
    made = Alert(rule=rule, row="LP1", level=Level.ACT, since=DAY, text=text, entries=(), next="Act.", job=Job.LEAD)
    return replace(made, **more)


def test_an_empty_child_has_an_empty_history() -> None:
    found = history()
    assert not any(
        (found.events, found.restarts, found.requests, found.unmet, found.tried, found.gains_gone, found.alerts)
    )


def test_key_events_and_changes_of_plan_stand_in_order() -> None:
    found = history(
        replace(entry("e3", "event", before(3)), what="A new baby."),
        replace(entry("e1", "note", before(30)), what="An ordinary day."),
        replace(entry("e2", "note", before(20)), what="Found alone at night.", significance="high"),
        entry("e4", "challenge", None),
        statuses=(
            status("child_protection", before(10)),
            status("child_in_need", before(25), before(11)),
            status("early_help", None, before(26)),
            status("looked_after", before(-4)),
        ),
    )
    assert [(told.text.partition(",")[0], told.entry) for told in found.events] == [
        ("Early help", ""),
        ("Challenge.", "e4"),
        ("Child in need plan", ""),
        ("Note: Found alone at night.", "e2"),
        ("Child protection plan.", ""),
        ("Event: A new baby.", "e3"),
    ]
    assert found.events[0].when == "day not known"
    assert found.events[1].when == "Day not known"
    assert found.events[2].text == "Child in need plan, until 26 February 2026."


def test_a_long_event_is_cut() -> None:
    (told,) = history(replace(entry("e1", "event", DAY), what="word " * 90)).events
    assert told.text.endswith(" …")
    assert len(told.text) < 220


def test_a_case_that_was_closed_and_opened_again_is_told_whole_and_one_that_was_not_is_not() -> None:
    opened = entry("e1", "case_opened", before(400))
    assert history(opened).restarts == ()
    closed = entry("e2", "case_closed", before(200), reason="Plan done")
    again = replace(entry("e3", "case_opened", before(20)), what="Asked for by the school.")
    assert [(told.text, told.entry) for told in history(opened, closed, again).restarts] == [
        ("Opened.", "e1"),
        ("Closed: Plan done", "e2"),
        ("Opened again: Asked for by the school.", "e3"),
    ]


def test_requests_stand_with_what_came_of_them_and_distinct_concerns_are_counted() -> None:
    found = history(
        entry("e1", "referral", before(60), by_agency="gp", outcome="no_further_action", incident="x"),
        entry("e2", "referral", before(59), agency="school", incident="x"),
        entry("e3", "referral", before(5), agency=None, outcome="early_help", service_began=False),
    )
    assert [told.text for told in found.requests] == [
        "GP practice: no further action.",
        "School: no outcome recorded.",
        "Agency not recorded: early help; the help did not begin.",
    ]
    assert found.concerns == 2


def test_what_was_tried_says_whether_it_lasted() -> None:
    found = history(
        entry("e1", "support", before(90), name="Parenting group", **{"from": before(90), "to": before(40)}),
        entry("e2", "support", before(30), name="Morning visits", **{"from": before(30)}, outcome="Mornings calmer."),
        entry("e3", "support", before(20), name="Food parcels", **{"from": before(20)}),
        replace(entry("e4", "support", None, to=before(1)), what="A loan of a cot."),
    )
    assert [(told.when, told.text) for told in found.tried] == [
        ("Day not known", "A loan of a cot, to 8 March 2026: nobody has written what came of it."),
        ("9 December 2025", "Parenting group, to 28 January 2026: nobody has written what came of it."),
        ("7 February 2026", "Morning visits, still given: Mornings calmer."),
        ("17 February 2026", "Food parcels, still given: nothing is written of how it goes."),
    ]


def test_support_to_come_without_an_end_or_a_name() -> None:
    begins: dict[str, Any] = {"from": DAY + timedelta(days=4)}
    later = entry("e1", "support", before(1), **begins)
    assert [told.text for told in history(later).tried] == [
        "Support, end not known: nobody has written what came of it."
    ]


def test_a_gain_that_did_not_last_is_told_without_its_grades(pack: Pack) -> None:
    line = tuple(
        graded(pack, f"a{n}", before(400 - n * 100), {"A1.a": grade}) for n, grade in enumerate((4, 2, 4), start=1)
    )
    (gone,) = history(assessments=line).gains_gone
    assert gone.startswith("A1.a Quality was better in the assessment begun on ")
    assert "unmet again" in gone
    assert not _GRADE.search(gone)


def test_needs_unmet_name_no_grade_but_where_they_are_folded() -> None:
    first, last = Window(from_=before(400), to=before(380)), Window(from_=before(40), to=before(20))
    need = LongestUnmet(label="A1.a Quality", carer_label="", times=3, first=first, latest=last, worst_words="4 or 5")
    once = replace(need, times=1, first=last, carer_label="Rose")
    found = history(unmet=(need, once)).unmet
    assert found[0].text == (
        "A1.a Quality: unmet in each of the latest 3 assessments, from 2 February 2025 to 28 January 2026."
    )
    assert found[1].text == "A1.a Quality (Rose): unmet in the latest assessment, 28 January 2026."
    assert found[0].grades == "A1.a Quality: graded 4 or 5."
    assert not any(_GRADE.search(each.text) for each in found)


def test_alerts_that_speak_of_grades_keep_their_words_folded_and_those_laid_aside_are_left_out() -> None:
    aside = SetAside(rule="LP9.cluster", reason="r", by="w1", on=DAY, until=DAY)
    found = history(
        alerts=(alert("LP1.stuck"), alert("LP9.three_in_year"), alert("LP9.cluster", set_aside=aside))
    ).alerts
    assert [(each.alert.rule, bool(each.counted), bool(each.graded)) for each in found] == [
        ("LP1.stuck", False, True),
        ("LP9.three_in_year", True, False),
    ]


def test_the_answers_to_the_twelve_questions_stand_there() -> None:
    assert [fact.id for fact in history(entry("e1", "harm_review", before(3))).reviews] == ["e1"]


def test_the_first_alert_of_each_row_stands_before_the_others() -> None:
    found = history(alerts=(alert("LP1.stuck"), alert("LP1.restarts"), alert("LP9.cluster", row="LP9"))).alerts
    assert [each.alert.rule for each in found] == ["LP1.stuck", "LP9.cluster", "LP1.restarts"]
