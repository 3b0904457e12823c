"""R2: families who moved in."""

from datetime import date
from typing import Any

import pytest

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.register import Address, Household, Member
from tests.rules import DAY, ask, child, days, entry, holds, holds_from, plan, record, status, working


def move(id_: str, on: date, from_: str = "Sandwell", to: str = "Dudley", **data: Any) -> Entry:
    return entry(id_, "move", on, from_authority=from_, to_authority=to, on=on, **data)


def moved(**data: Any) -> tuple[Entry, Entry]:
    return move("m1", DAY - days(300), "Walsall", "Sandwell"), move("m2", DAY, **data)


KNOWN = {"records": [{"authority": "Walsall", "asked_on": "2026-03-09", "received_on": "2026-03-09"}]}


def test_two_other_authorities_and_an_unknown_history() -> None:
    assert holds_from("R2.deep_dive", record(*moved()), DAY)
    found = ask("R2.deep_dive", record(*moved()), DAY)
    assert found is not None
    assert found.entries == ("m2",)
    assert "Walsall and Sandwell" in found.text
    assert "due by 8 April 2026" in found.text  # twenty working days, Easter left out
    assert not holds("R2.deep_dive", record(move("m2", DAY)), DAY)


def test_a_known_history_needs_neglect_or_a_plan() -> None:
    assert not holds("R2.deep_dive", record(*moved(**KNOWN)), DAY)
    assert holds("R2.deep_dive", record(*moved(**KNOWN), of=child(statuses=(plan(DAY - days(9)),))), DAY)
    in_need = child(statuses=(status("child_in_need", DAY - days(9)),))
    assert holds("R2.deep_dive", record(*moved(**KNOWN), of=in_need), DAY)
    assert holds("R2.deep_dive", record(*moved(**KNOWN, cp_plan=True)), DAY)
    marked = entry("n1", "note", DAY - days(2), themes=["medical"])
    assert holds("R2.deep_dive", record(*moved(**KNOWN), marked), DAY)


def test_only_five_years_count() -> None:
    first = move("m1", date(2021, 3, 9), "Walsall", "Sandwell")
    assert holds("R2.deep_dive", record(first, move("m2", date(2026, 3, 1))), date(2026, 3, 9))
    assert not holds("R2.deep_dive", record(first, move("m2", date(2026, 3, 1))), date(2026, 3, 10))


def test_addresses_count_too() -> None:
    lived = (
        Address(authority="Walsall", from_=date(2019, 1, 1), to=date(2023, 1, 1)),
        Address(authority="Dudley", from_=DAY),
        Address(authority="Solihull", from_=DAY + days(9)),
    )
    home = Household(id="h1", members=(Member(who="c1"),), addresses=lived)
    elsewhere = Household(id="h2", members=(Member(who="c2"),), addresses=lived)
    assert holds("R2.deep_dive", record(move("m2", DAY), households=(home,)), DAY)
    assert not holds("R2.deep_dive", record(move("m2", DAY), households=(elsewhere,)), DAY)


@pytest.mark.parametrize(("from_", "to"), [("Dudley", "Sandwell"), ("Dudley", "Dudley MBC"), ("Walsall", "Sandwell")])
def test_moving_out_or_within_is_no_moving_in(from_: str, to: str) -> None:
    first = move("m1", DAY - days(300), "Walsall", "Sandwell")
    assert not holds("R2.deep_dive", record(first, move("m2", DAY, from_, to)), DAY)


def test_a_deep_dive_that_was_held_ends_it() -> None:
    held = entry("d1", "meeting", DAY + days(9), type="deep_dive", held=DAY + days(9))
    before = entry("d0", "meeting", DAY - days(9), type="deep_dive", held=DAY - days(9))
    assert holds("R2.deep_dive", record(*moved(), held), DAY + days(8))
    assert not holds("R2.deep_dive", record(*moved(), held), DAY + days(9))
    assert holds("R2.deep_dive", record(*moved(), before), DAY)


def test_records_are_chased_on_working_days_five_ten_and_fifteen() -> None:
    about = record(move("m1", DAY, records=[{"authority": "Walsall", "asked_on": DAY.isoformat()}]))
    assert holds_from("R2.records", about, working(DAY, 5))
    for chase, after in enumerate((5, 10, 15), start=1):
        found = ask("R2.records", about, working(DAY, after))
        assert found is not None
        assert f"Walsall (asked on 9 March 2026, chase {chase})" in found.text
    came = [{"asked_on": DAY.isoformat(), "received_on": working(DAY, 7).isoformat()}]
    late = record(move("m1", DAY, records=came))
    assert holds("R2.records", late, working(DAY, 6))
    assert not holds("R2.records", late, working(DAY, 7))
    assert not holds("R2.records", record(move("m1", DAY, records=[{"authority": "Walsall"}])), working(DAY, 9))


def test_a_conference_within_fifteen_working_days_of_moving_in_with_a_plan() -> None:
    about = record(move("m1", DAY, cp_plan=True))
    assert holds_from("R2.transfer_in", about, working(DAY, 15) + days(1))
    day = working(DAY, 16)
    assert not holds("R2.transfer_in", record(move("m1", DAY)), day)
    for type_, ended in (("icpc", True), ("rcpc", True), ("core_group", False)):
        held = entry("k1", "meeting", DAY + days(9), type=type_, held=DAY + days(9))
        assert holds("R2.transfer_in", record(move("m1", DAY, cp_plan=True), held), day) is not ended


def test_where_a_home_was_after_the_child_had_left_it_does_not_count() -> None:
    lived = (Address(authority="Walsall", from_=DAY - days(100), to=DAY - days(50)),)
    left = Household(id="h1", members=(Member(who="c1", to=DAY - days(101)),), addresses=lived)
    assert not holds("R2.deep_dive", record(move("m2", DAY), households=(left,)), DAY)
    stayed = Household(id="h1", members=(Member(who="c1", to=DAY - days(100)),), addresses=lived)
    assert holds("R2.deep_dive", record(move("m2", DAY), households=(stayed,)), DAY)


def test_an_authority_is_one_however_it_is_written() -> None:
    first = move("m1", DAY - days(300), "SANDWELL ", "sandwell")
    assert not holds("R2.deep_dive", record(first, move("m2", DAY, "Sandwell")), DAY)


def test_each_chase_asks_anew() -> None:
    waits = move("m2", DAY, records=[{"authority": "Walsall", "asked_on": DAY.isoformat()}])
    found = [ask("R2.records", record(waits), working(DAY, after)) for after in (5, 9, 10, 15, 30)]
    asked = [working(DAY, after) for after in (5, 5, 10, 15, 15)]
    assert [each.asked_on for each in found if each is not None] == asked
