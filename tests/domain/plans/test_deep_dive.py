"""What a deep dive begins with."""

from gcp2_app.domain.plans.deep_dive import Stay, stays
from gcp2_app.domain.register import Address, Household, Member
from tests.plans import view_of
from tests.rules import DAY, days, entry

ASKED, CAME = DAY - days(9), DAY - days(2)


def test_each_authority_once_in_time_with_its_records() -> None:
    records = [
        {"authority": "walsall", "asked_on": (ASKED - days(9)).isoformat()},
        {"authority": "Walsall ", "asked_on": ASKED.isoformat(), "received_on": CAME.isoformat()},
        {"authority": "Sandwell", "asked_on": (DAY + days(3)).isoformat()},
        {"asked_on": ASKED.isoformat()},
    ]
    moves = (
        entry("m1", "move", DAY - days(300), from_authority="Walsall", to_authority="Sandwell", on=DAY - days(300)),
        entry("m2", "move", DAY - days(10), to_authority="Dudley", on=DAY - days(10), records=records),
        entry("m3", "move", DAY, from_authority="Dudley", to_authority="Wigan", on=DAY + days(5)),
    )
    lived = (
        Address(authority="WALSALL", from_=DAY - days(900), to=DAY - days(310)),
        Address(authority="Solihull", from_=DAY + days(1)),
        Address(authority=""),
        Address(authority="Tipton"),
    )
    home = Household(id="h1", members=(Member(who="c1"),), addresses=lived)
    assert stays(view_of(*moves, households=(home,))) == (
        Stay(authority="Tipton"),
        Stay(authority="Walsall", from_=DAY - days(900), to=DAY - days(300), asked_on=ASKED, received_on=CAME),
        Stay(authority="Sandwell", from_=DAY - days(300)),
        Stay(authority="Dudley", from_=DAY - days(10)),
    )


def test_where_a_home_was_after_the_child_had_left_it_is_left_out() -> None:
    lived = (Address(authority="Walsall", from_=DAY - days(50)),)
    left = Household(id="h1", members=(Member(who="c1", to=DAY - days(51)),), addresses=lived)
    assert stays(view_of(households=(left,))) == ()
