"""Who is asked to a meeting, and when invitations without the child's advocate need a reason."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.plans.guests import Guest, guests, lacks_advocate, must_say_why
from gcp2_app.domain.register import Agency, Allocation, Person, Professional
from tests.plans import view_of
from tests.rules import DAY, carer, child, days, entry, working

FOR_PARENT: dict[str, Any] = {"for": "parent"}


def test_carers_workers_advocates_and_recent_sources_are_named_once() -> None:
    mother, person = carer()
    of = child(
        carers=(mother,),
        allocated=(
            Allocation(professional="w1", role="social_worker", from_=DAY),
            Allocation(professional="w2", to=DAY - days(1)),
            Allocation(professional="w3", from_=DAY),
        ),
    )
    teacher = Source(name="Sol Reed", role="teacher", agency=Agency.SCHOOL)
    worker = Source(name="Jo Lane", role="social worker", agency=Agency.CHILDRENS_SOCIAL_CARE)
    said = replace(entry("e1", "note", DAY), source=teacher)
    view = view_of(
        said,
        replace(entry("e2", "note", DAY), source=worker),
        entry("d1", "advocacy", DAY, status="accepted", name="Ada Pole"),
        entry("d2", "advocacy", DAY, status="accepted", name="Max Hill", **FOR_PARENT),
        of=of,
        people={"p1": replace(person, name="Rose Ash")},
        professionals={
            "w1": Professional(id="w1", name="Jo Lane", role="social worker"),
            "w2": Professional(id="w2", name="Gone Away"),
        },
    )
    assert guests(view) == (
        Guest(role="Mother", name="Rose Ash"),
        Guest(role="Social worker", name="Jo Lane"),
        Guest(role="Child’s advocate", name="Ada Pole"),
        Guest(role="Parent’s advocate", name="Max Hill"),
        Guest(role="Teacher", name="Sol Reed"),
    )
    assert guests(view)[0].as_group() == {"role": "Mother", "name": "Rose Ash"}
    assert Guest(role="GP").as_group() == {"role": "GP"}


def test_a_neighbour_an_old_source_and_one_who_must_not_be_told_are_left_out() -> None:
    def said(id_: str, agency: Agency | None, name: str = "Sol Reed", ago: int = 0, **more: Any) -> Entry:
        made = entry(id_, "note", DAY - timedelta(days=ago))
        return replace(made, source=Source(name=name, agency=agency), **more)

    left_out = [
        said("e1", Agency.NEIGHBOUR),
        said("e2", Agency.SCHOOL, ago=366),
        said("e3", Agency.SCHOOL, harm_if_disclosed=True),
        said("e4", Agency.SCHOOL, withheld_from=("p1",)),
        said("e5", None),
        said("e6", Agency.SCHOOL, name=""),
        replace(entry("e7", "note", {"about": "2026-03"}), source=Source(name="A B", agency=Agency.GP)),
        replace(entry("e8", "note", DAY), source=None),
    ]
    assert guests(view_of(*left_out)) == ()
    assert guests(view_of(said("e9", Agency.GP))) == (Guest(role="GP practice", name="Sol Reed"),)


def test_a_carer_without_a_name_and_a_declined_advocate_are_not_named() -> None:
    mother, _ = carer()
    declined = entry("d1", "advocacy", DAY, status="declined", name="Ada Pole")
    view = view_of(declined, of=child(carers=(mother,)), people={"p1": Person(id="p1")})
    assert guests(view) == ()


@pytest.mark.parametrize("kind", ["cin_planning", "cin_review", "icpc", "rcpc", "core_group"])
def test_without_the_advocate_invitations_need_a_reason(kind: str) -> None:
    plain: dict[str, Any] = {"type": kind, "planned_for": working(DAY, 2)}
    view = view_of()

    def asks(**data: Any) -> bool:
        meeting = view_of(entry("m1", "meeting", DAY, **{**plain, **data})).facts("meeting")[0]
        return must_say_why(view, meeting, sent_on=DAY)

    assert asks()
    assert not asks(no_advocate_reason="The child is two days old.")
    assert asks(no_advocate_reason="  ")
    assert not asks(invited=[{"role": "Child’s advocate"}])
    assert asks(invited=[{"role": "Mother’s advocate"}])
    # Nothing holds an urgent meeting up, and what was held is written down as it was.
    assert not asks(planned_for=working(DAY, 1))
    assert not asks(planned_for=DAY)
    assert not asks(held=DAY)
    assert asks(planned_for=None)


def test_invitations_not_sent_and_other_meetings_need_none() -> None:
    view = view_of(
        entry("m1", "meeting", DAY, type="icpc", planned_for=working(DAY, 5)),
        entry("m2", "meeting", DAY, type="strategy", planned_for=working(DAY, 5)),
    )
    conference, strategy = view.facts("meeting")
    assert not must_say_why(view, conference, sent_on=None)
    assert not must_say_why(view, strategy, sent_on=DAY)
    assert lacks_advocate(view, conference)
    assert not lacks_advocate(view, strategy)
