"""What does not fit together is marked, and what fits is not."""

from datetime import date

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.plans.marks import marks
from gcp2_app.domain.register import Status
from tests.plans import view_of
from tests.rules import DAY, child, days, entry, plan, status

SATURDAY = date(2026, 3, 14)


def texts(*entries: Entry, statuses: tuple[Status, ...] = (), on: date = DAY) -> list[str]:
    return [mark.text for mark in marks(view_of(*entries, of=child(statuses=statuses), on=on))]


def test_need_and_protection_on_one_day_are_marked() -> None:
    need = status("child_in_need", DAY - days(30), DAY)
    assert texts(statuses=(need, plan(DAY + days(1)))) == []
    (said,) = texts(statuses=(need, plan(DAY)))
    assert said.startswith("A child in need plan (7 February 2026 to 9 March 2026) and a child protection plan (since ")


def test_two_open_plans_are_marked() -> None:
    (said,) = texts(statuses=(plan(DAY - days(30)), plan(DAY)))
    assert said.startswith("Two child protection plans are recorded for the same days: since 7 February 2026, and ")
    assert texts(statuses=(plan(DAY - days(30), DAY - days(1)), plan(DAY))) == []
    unknown = (status("child_in_need", None, DAY), status("child_in_need", None))
    (said,) = texts(statuses=unknown)
    assert "until 9 March 2026" in said
    assert "since a day that is not known" in said


def test_a_plan_begins_on_the_day_of_its_conference() -> None:
    conference = entry("m1", "meeting", DAY, type="icpc", held=DAY)
    assert texts(conference, statuses=(plan(DAY),)) == []
    (mark,) = marks(view_of(conference, of=child(statuses=(plan(DAY + days(2)),))))
    assert "begins on 11 March 2026, and its initial conference was held on 9 March 2026" in mark.text
    assert mark.entries == ("m1",)
    # The conference is the first plan's; the second has none recorded, which is no contradiction.
    assert texts(conference, statuses=(plan(DAY, DAY + days(20)), plan(DAY + days(90)))) == []
    assert texts(conference, statuses=(status("child_protection", None),)) == []
    planned = entry("m1", "meeting", DAY, type="icpc", held=DAY + days(1))
    assert texts(planned, statuses=(plan(DAY),)) == []


def test_a_review_before_any_plan_is_marked() -> None:
    review = entry("m1", "meeting", DAY, type="rcpc", held=DAY)
    (said,) = texts(review, statuses=(plan(DAY + days(1)),))
    assert said.startswith("Review child protection conference held on 9 March 2026: no child protection plan")
    assert texts(review) != []
    assert texts(review, statuses=(plan(DAY),)) == []
    need = entry("m1", "meeting", DAY, type="cin_review", held=DAY)
    assert texts(need, statuses=(status("child_in_need", DAY),)) == []
    assert len(texts(need, statuses=(plan(DAY),))) == 1


def test_a_day_to_be_due_by_that_is_no_working_day_is_marked_until_it_is_over() -> None:
    meeting = entry("m1", "meeting", DAY, type="professionals", due=SATURDAY)
    assert texts(meeting) == [
        "The professionals’ meeting is due by Saturday 14 March 2026, which is no working day.",
    ]
    assert texts(entry("m1", "meeting", DAY, due=SATURDAY))[0].startswith("The meeting is due")
    assert texts(entry("m1", "meeting", DAY, type="icpc", due=SATURDAY, held=DAY)) == []
    assert texts(entry("m1", "meeting", DAY, type="icpc", due=SATURDAY - days(1))) == []
    action = entry("a1", "action", DAY, what="Mend the bed", due=SATURDAY)
    assert texts(action) == ["“Mend the bed” is due by Saturday 14 March 2026, which is no working day."]
    assert texts(entry("a1", "action", DAY, due=SATURDAY))[0].startswith("“An action”")
    assert texts(entry("a1", "action", DAY, due=SATURDAY, checked_result="done")) == []
    assert texts(entry("a1", "action", DAY, due=SATURDAY, said_done_on=DAY)) == []
    assert texts(entry("a1", "action", DAY, due=DAY)) == []
