"""Days past which nothing is carried."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from gcp2_app.domain.breaks import Break, BreakKind, find_breaks
from gcp2_app.domain.entries import EnteredInError, Entry
from gcp2_app.domain.register import Address, Carer, Child, Household, Member, Status, StatusKind
from gcp2_app.domain.when import When

CHILD = Child(id="c1", carers=(Carer(person="p1"), Carer(person="p2")))


def entry(kind: str, when: When | None = None, **data: Any) -> Entry:
    return Entry(id="e1", kind=kind, children=("c1",), when=when, data=data)


def breaks(*entries: Entry, households: tuple[Household, ...] = (), child: Child = CHILD) -> tuple[Break, ...]:
    return find_breaks(child, entries, households)


def test_a_strategy_discussion_breaks_on_the_day_it_was_held() -> None:
    held = entry("meeting", When("2026-03-01"), type="strategy", held="2026-03-04")
    assert breaks(held) == (Break(on=date(2026, 3, 4), kind=BreakKind.STRATEGY, entry="e1"),)


def test_a_strategy_discussion_without_its_own_date_breaks_when_it_happened() -> None:
    assert breaks(entry("meeting", When({"month": "2026-03"}), type="strategy"))[0].on == date(2026, 3, 31)


def test_an_admission_breaks_on_the_day_of_admission() -> None:
    admitted = entry("admission", When("2026-03-09"), hospital="City", admitted="2026-03-02T21:30:00+00:00")
    assert breaks(admitted)[0] == Break(on=date(2026, 3, 2), kind=BreakKind.ADMISSION, entry="e1")


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        ("household_change", BreakKind.HOUSEHOLD),
        ("new_adult", BreakKind.HOUSEHOLD),
        ("homelessness", BreakKind.HOME),
    ],
)
def test_a_change_at_home_breaks_and_is_called_what_it_is(event: str, kind: BreakKind) -> None:
    assert breaks(entry("event", When("2026-03-09"), type=event))[0].kind is kind


def test_an_adult_who_comes_back_is_no_move_of_home() -> None:
    back = entry("event", When("2024-11-18"), type="household_change")
    household = Household(id="h1", members=(Member(who="c1"), Member(who="lodger", from_=date(2024, 11, 18))))
    assert breaks(back, households=(household,)) == (
        Break(on=date(2024, 11, 18), kind=BreakKind.HOUSEHOLD, entry="e1"),
    )


def test_a_carer_who_comes_back_is_one_change_of_carer_that_leads_to_its_entry() -> None:
    back = entry("event", When("2024-11-18"), type="household_change")
    household = Household(id="h1", members=(Member(who="c1"), Member(who="p2", from_=date(2024, 11, 18))))
    assert breaks(back, households=(household,)) == (Break(on=date(2024, 11, 18), kind=BreakKind.CARER, entry="e1"),)


@pytest.mark.parametrize(
    "harmless",
    [
        entry("meeting", When("2026-03-09"), type="core_group"),
        entry("event", When("2026-03-09"), type="bereavement"),
        entry("note", When("2026-03-09")),
        entry("admission", When({"unknown": "carer does not remember"})),
        entry("admission"),
    ],
    ids=["core group", "other event", "note", "unknown date", "no date"],
)
def test_other_entries_and_entries_without_a_date_break_nothing(harmless: Entry) -> None:
    assert breaks(harmless) == ()


def test_an_entry_of_another_child_or_made_in_error_breaks_nothing() -> None:
    made = EnteredInError(by="w1", at=datetime(2026, 3, 10, tzinfo=UTC), reason="wrong child")
    wrong = Entry(id="e2", kind="admission", children=("c1",), when=When("2026-03-09"), entered_in_error=made)
    other = Entry(id="e3", kind="admission", children=("c2",), when=When("2026-03-09"))
    assert breaks(wrong, other) == ()


def test_moving_in_and_out_and_a_new_address_are_changes_of_home() -> None:
    household = Household(
        id="h1",
        members=(Member(who="c1", from_=date(2024, 1, 1), to=date(2026, 1, 1)),),
        addresses=(Address(from_=date(2025, 6, 1)), Address(from_=date(2026, 6, 1)), Address()),
    )
    found = breaks(households=(household,))
    assert [(one.on, one.kind) for one in found] == [
        (date(2024, 1, 1), BreakKind.HOME),
        (date(2025, 6, 1), BreakKind.HOME),
        (date(2026, 1, 1), BreakKind.HOME),
    ]


def test_a_carer_who_comes_or_goes_while_the_child_lives_there_is_a_change_of_carer() -> None:
    household = Household(
        id="h1",
        members=(
            Member(who="c1"),
            Member(who="p1", from_=date(2024, 1, 1)),
            Member(who="p2", from_=date(2024, 5, 1), to=date(2025, 5, 1)),
            Member(who="lodger", from_=date(2024, 9, 1)),
        ),
    )
    found = breaks(households=(household,))
    assert {one.on for one in found} == {date(2024, 1, 1), date(2024, 5, 1), date(2025, 5, 1)}
    assert {one.kind for one in found} == {BreakKind.CARER}


def test_a_household_the_child_never_lived_in_breaks_nothing() -> None:
    elsewhere = Household(id="h2", members=(Member(who="p1", from_=date(2024, 1, 1)),))
    assert breaks(households=(elsewhere,)) == ()


def test_coming_into_care_and_leaving_it_are_changes_of_carer() -> None:
    child = Child(
        id="c1",
        statuses=(
            Status(status=StatusKind.LOOKED_AFTER, from_=date(2025, 1, 1), to=date(2025, 8, 1)),
            Status(status=StatusKind.LOOKED_AFTER, from_=date(2026, 1, 1)),
            Status(status=StatusKind.CHILD_IN_NEED, from_=date(2024, 1, 1)),
        ),
    )
    found = breaks(child=child)
    assert [one.on for one in found] == [date(2025, 1, 1), date(2025, 8, 1), date(2026, 1, 1)]
    assert {one.kind for one in found} == {BreakKind.CARER}


def test_a_carer_whose_last_day_was_the_day_before_is_the_same_change() -> None:
    left = entry("event", When("2024-07-15"), type="household_change")
    household = Household(id="h1", members=(Member(who="c1"), Member(who="p2", to=date(2024, 7, 14))))
    assert breaks(left, households=(household,)) == (Break(on=date(2024, 7, 14), kind=BreakKind.CARER, entry="e1"),)
    later = entry("event", When("2024-07-16"), type="household_change")
    assert len(breaks(later, households=(household,))) == 2


def test_one_day_and_kind_is_one_break_and_the_entry_that_says_so_is_kept() -> None:
    moved = entry("event", When("2025-06-01"), type="household_change")
    household = Household(id="h1", members=(Member(who="c1", from_=date(2025, 6, 1)),))
    assert breaks(moved, households=(household,)) == (Break(on=date(2025, 6, 1), kind=BreakKind.HOME, entry="e1"),)
