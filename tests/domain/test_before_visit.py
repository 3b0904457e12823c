"""What is read before knocking: when a child was last seen, the last unannounced visit, what is still to be seen."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from gcp2_app.domain import before_visit, visits
from gcp2_app.domain.answers import Evidence, EvidenceSource, UnitAnswer
from gcp2_app.domain.before_visit import LastSeen, Standing
from gcp2_app.domain.entries import EnteredInError, Entry
from gcp2_app.domain.visits import Sighting, VisitSheet
from gcp2_app.domain.when import When

IN_ERROR = EnteredInError(by="w1", at=datetime(2026, 11, 1, tzinfo=UTC), reason="wrong child")


def visit(day: str, children: tuple[str, ...] = ("c1",), **data: Any) -> Entry:
    return Entry(id=day, kind="visit", children=children, when=When(day), data=data)


def test_a_child_was_last_seen_on_the_latest_day_it_was_noted() -> None:
    noted = (
        visit("2026-03-01", child_seen=True, seen_alone=True, seen_awake=True),
        visit("2026-05-01", child_seen=True),
        visit("2026-04-01", child_seen=True, seen_alone=False),
        visit("2026-06-01", children=("c2",), child_seen=True),
        replace(visit("2026-07-01", child_seen=True), entered_in_error=IN_ERROR),
        replace(visit("2026-08-01", child_seen=True), when=None),
        replace(visit("2026-08-01", child_seen=True), when=When({"unknown": "not said"})),
    )
    alone = date(2026, 3, 1)
    assert before_visit.last_seen(noted, "c1") == LastSeen(seen=date(2026, 5, 1), alone=alone, awake=alone)
    assert before_visit.last_seen((), "c1") == LastSeen()


def test_a_sheet_tells_children_apart() -> None:
    both = visit("2026-05-01", children=("c1", "c2"))
    sheet = VisitSheet(seen=(Sighting(child="c1", seen=True, alone=True), Sighting(child="c2", seen=False)))
    noted = (visits.write_sheet(both, sheet),)
    assert before_visit.last_seen(noted, "c1").alone == date(2026, 5, 1)
    assert before_visit.last_seen(noted, "c2") == LastSeen()


def test_the_last_unannounced_visit_counts_whether_or_not_anyone_opened() -> None:
    noted = (
        visit("2026-03-01", announced=False),
        visit("2026-04-01", announced=False, access="no_answer"),
        visit("2026-05-01", announced=True),
        visit("2026-06-01"),
        visit("2026-07-01", announced=False, cancelled_by="service"),
        replace(visit("2026-08-01", announced=False), entered_in_error=IN_ERROR),
        replace(visit("2026-09-01", announced=False), when=None),
    )
    found = before_visit.last_unannounced(noted)
    assert found is not None
    assert found.id == "2026-04-01"
    assert before_visit.last_unannounced(noted[2:4]) is None


def test_units_with_nothing_seen_are_those_without_seen_evidence_and_without_a_reason() -> None:
    answers = {
        "A1.a": UnitAnswer(evidence=(Evidence(source=EvidenceSource.SEEN_AT_HOME),)),
        "A1.b": UnitAnswer(evidence=(Evidence(source=EvidenceSource.SEEN_ELSEWHERE),)),
        "A1.c": UnitAnswer(evidence=(Evidence(source=EvidenceSource.CARER_SAID),)),
        "A1.d": UnitAnswer(reason="not observed: asked the school"),
    }
    assert before_visit.nothing_seen(answers, ["A1.a", "A1.b", "A1.c", "A1.d", "A2.a"]) == ("A1.c", "A2.a")


def action(id_: str, **data: Any) -> Entry:
    return Entry(id=id_, kind="action", data=data)


def test_actions_not_found_done_are_open_the_newest_agreed_first() -> None:
    actions = (
        action("a", agreed_on="2026-03-01", said_done_on="2026-03-20"),
        action("b"),
        action("c", agreed_on="2026-04-01", due="2026-04-20"),
        action("d", agreed_on="2026-05-01", checked_result="done"),
        action("e", agreed_on="2026-06-01", checked_result="not_done"),
        action("f", agreed_on="2026-04-01"),
        replace(action("g", agreed_on="2026-07-01"), entered_in_error=IN_ERROR),
    )
    assert [entry.id for entry in before_visit.still_open(actions)] == ["e", "c", "f", "a", "b"]


def test_an_action_agreed_again_stands_in_its_latest_form_alone() -> None:
    actions = (
        action("first", agreed_on="2023-03-09", checked_result="not_done"),
        action("second", agreed_on="2023-09-20", same_as="first"),
        action("third", agreed_on="2023-12-06", same_as="second", checked_result="done"),
        action("other", agreed_on="2024-01-30"),
        replace(action("mistake", agreed_on="2024-02-01", same_as="other"), entered_in_error=IN_ERROR),
    )
    assert [entry.id for entry in before_visit.still_open(actions)] == ["other"]


def test_the_last_visit_is_the_latest_on_which_somebody_was_let_in() -> None:
    noted = (
        visit("2026-03-01", access="given"),
        visit("2026-05-01"),
        visit("2026-05-02", access="child_absent"),
        visit("2026-06-01", access="no_answer"),
        visit("2026-07-01", access="refused"),
        visit("2026-08-01", cancelled_by="family"),
        replace(visit("2026-09-01"), entered_in_error=IN_ERROR),
        replace(visit("2026-10-01"), when=None),
        replace(visit("2026-11-01"), when=When({"unknown": "not said"})),
    )
    assert before_visit.last_let_in(noted) == date(2026, 5, 2)
    assert before_visit.last_let_in(noted[3:]) is None


def test_what_was_said_done_long_ago_and_never_checked_is_counted_and_not_brought_up() -> None:
    today = date(2026, 11, 20)
    said = {day: action(day, said_done_on=day) for day in ("2026-05-20", "2026-05-19", "2025-11-03", "2023-04-01")}
    still = (
        action("agreed", agreed_on="2023-01-01"),
        action(
            "seen", agreed_on="2023-01-01", said_done_on="2023-02-01", checked_on="2023-02-02", checked_result="part"
        ),
    )
    actions = (*said.values(), *still)
    shown, older = before_visit.to_bring_up(actions, last_visit=None, today=today)
    assert [entry.id for entry in shown] == ["2026-05-20", "agreed", "seen"]
    assert older == 3
    assert before_visit.to_bring_up(actions, last_visit=date(2026, 11, 1), today=today) == (shown, older)
    # Nobody has been there since: nobody can have looked.
    shown, older = before_visit.to_bring_up(actions, last_visit=date(2025, 11, 3), today=today)
    assert [entry.id for entry in shown] == ["2026-05-20", "2026-05-19", "2025-11-03", "agreed", "seen"]
    assert older == 1


def test_where_an_action_stands() -> None:
    assert before_visit.standing(action("a")) is Standing.AGREED
    assert before_visit.standing(action("a", said_done_on="2026-03-20")) is Standing.SAID_DONE
    checked = {"checked_result": "part", "checked_on": "2026-04-01"}
    assert before_visit.standing(action("a", said_done_on="2026-03-20", **checked)) is Standing.PART
    assert before_visit.standing(action("a", said_done_on="2026-04-01", **checked)) is Standing.PART
    assert before_visit.standing(action("a", said_done_on="2026-04-02", **checked)) is Standing.SAID_DONE
    assert before_visit.standing(action("a", checked_result="could_not_check")) is Standing.COULD_NOT_CHECK


def test_notes_about_the_safety_of_workers_are_the_newest_first() -> None:
    def noted(id_: str, day: str | None, **data: Any) -> Entry:
        return Entry(id=id_, kind="note", when=None if day is None else When(day), what="A loose step.", data=data)

    entries = (
        noted("old", "2025-03-01", worker_safety=True),
        noted("new", "2026-03-01", worker_safety=True),
        noted("undated", None, worker_safety=True),
        noted("other", "2026-04-01"),
        replace(noted("empty", "2026-04-01", worker_safety=True), what=" "),
        replace(noted("error", "2026-04-01", worker_safety=True), entered_in_error=IN_ERROR),
    )
    assert [entry.id for entry in before_visit.about_safety(entries)] == ["new", "old", "undated"]
