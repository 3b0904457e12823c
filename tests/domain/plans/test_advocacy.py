"""The child's advocate and the parents' own, as the tile says it."""

from typing import Any

from gcp2_app.domain.plans.advocacy import advocacy
from tests.plans import view_of
from tests.rules import DAY, child, days, entry, plan

FOR_PARENT: dict[str, Any] = {"for": "parent"}


def test_nothing_said_is_nothing_known() -> None:
    found = advocacy(view_of(of=child(statuses=(plan(DAY),))))
    assert (found.child, found.parent, found.name, found.on_plan) == (None, None, "", True)
    assert not advocacy(view_of()).on_plan


def test_the_latest_word_counts_and_keeps_the_name_said_before() -> None:
    offered = entry("d1", "advocacy", DAY, status="offered", name="Ada Pole", service="Speak Out")
    accepted = entry("d2", "advocacy", DAY + days(1), status="accepted", by="child")
    found = advocacy(view_of(offered, accepted, on=DAY + days(1)))
    assert found.child is not None
    assert (found.child.status, found.child.by, found.child.on) == ("accepted", "child", DAY + days(1))
    assert (found.name, found.child.service) == ("Ada Pole", "Speak Out")
    assert not found.offer_again


def test_a_parents_refusal_never_closes_the_childs_offer() -> None:
    offered = entry("d1", "advocacy", DAY, status="offered")
    refused = entry("d2", "advocacy", DAY + days(1), status="declined", by="parent")
    found = advocacy(view_of(offered, refused, on=DAY + days(1)))
    assert found.child is not None
    assert (found.child.status, found.refused_by_parent, found.offer_again) == ("offered", True, False)
    alone = advocacy(view_of(refused, on=DAY + days(1)))
    assert (alone.child, alone.refused_by_parent) == (None, True)


def test_declined_by_the_child_is_offered_again() -> None:
    declined = entry("d1", "advocacy", DAY, status="declined", by="child", name="Ada Pole")
    found = advocacy(view_of(declined))
    assert found.offer_again
    assert found.name == ""


def test_a_parents_own_stands_beside_it() -> None:
    own = entry("d1", "advocacy", DAY, status="accepted", name="Max Hill", **FOR_PARENT)
    found = advocacy(view_of(own))
    assert found.child is None
    assert found.parent is not None
    assert found.parent.name == "Max Hill"


def test_meetings_say_whether_the_advocate_was_invited_came_and_gave_views() -> None:
    guest = {"role": "Child’s advocate", "attended": True, "views_given": False}
    held = entry("m1", "meeting", DAY, type="core_group", held=DAY, invited=[guest])
    planned = entry("m2", "meeting", DAY, type="rcpc", planned_for=DAY + days(9), no_advocate_reason="Newborn")
    undated = entry("m3", "meeting", DAY, type="icpc", invited=[{"role": "advocate"}])
    other = entry("m4", "meeting", DAY, type="strategy", held=DAY)
    parts = advocacy(view_of(held, planned, undated, other)).parts
    assert [part.meeting.id for part in parts] == ["m3", "m2", "m1"]
    assert [(part.held, part.invited, part.attended, part.views_given) for part in parts] == [
        (False, True, None, None),
        (False, False, None, None),
        (True, True, True, False),
    ]
    assert parts[1].reason == "Newborn"
