"""Hospital stays as the Health tab shows them, from the code of the alerts."""

from gcp2_app.domain.healthcare.stays import stays
from tests.plans import view_of
from tests.rules import DAY, child, days, entry, plan, working


def test_a_stay_shows_every_date_that_was_said_in_its_order() -> None:
    expected = [
        {"date": (DAY + days(9)).isoformat(), "said_on": (DAY + days(4)).isoformat()},
        {"date": (DAY + days(4)).isoformat(), "said_on": DAY.isoformat()},
        {"said_on": DAY.isoformat()},
    ]
    held = entry(
        "s1", "admission", DAY, admitted=DAY, hospital="Hill", expected=expected, medically_fit_on=DAY + days(1)
    )
    (stay,) = stays(view_of(held, on=DAY + days(1)))
    assert [each.day for each in stay.expected] == [DAY + days(4), DAY + days(9)]
    assert (stay.hospital, stay.admitted, stay.fit_on, stay.days, stay.is_in) == ("Hill", DAY, DAY + days(1), 1, True)
    assert (stay.why_long, stay.reviews) == ((), ())
    unsaid = entry("s1", "admission", DAY, admitted=DAY, expected=[expected[0], {"date": DAY.isoformat()}])
    assert [each.said_on for each in stays(view_of(unsaid))[0].expected] == [DAY + days(4), None]


def test_a_long_stay_has_its_reviews_with_the_days_left() -> None:
    held = entry("s1", "admission", DAY, admitted=DAY)
    review = entry("m1", "meeting", DAY, type="stay_review", held=DAY + days(8))
    (stay,) = stays(view_of(held, review, of=child(statuses=(plan(DAY),)), on=DAY + days(15)))
    assert stay.why_long == ("more than 7 days for a child on a plan or with a neglect marker",)
    assert [(each.due, each.held, each.overdue) for each in stay.reviews] == [
        (working(DAY + days(8), 2), (DAY + days(8),), False),
        (DAY + days(14), (), True),
        (DAY + days(28), (), False),
    ]
    assert stay.reviews[1].words == "due by 23 March 2026, 1 working day overdue"


def test_a_stay_that_ended_counts_its_days_and_one_that_has_not_begun_is_none() -> None:
    ended = entry("s1", "admission", DAY, admitted=DAY, discharged=DAY + days(3))
    later = entry("s2", "admission", DAY, admitted=DAY + days(9))
    bare = entry("s3", "admission", {"about": "2026-01"}, extra_days=[{"reason": "clinical", "days": 2}, {"days": "x"}])
    found = stays(view_of(ended, later, bare, on=DAY + days(5)))
    assert [(stay.fact.id, stay.days, stay.is_in) for stay in found] == [("s1", 3, False), ("s3", None, True)]
    assert found[1].extra == (("clinical", 2), ("", None))
