"""What the coach is told of brothers and sisters: those of the same home and days whose records one may open."""

from dataclasses import replace
from datetime import timedelta

import pytest

from gcp2_app.domain.register import Allocation, Child, Household, Member
from gcp2_app.domain.users import Role
from gcp2_app.errors import NotAllowed
from gcp2_app.services import assessments, coaching
from gcp2_app.services.assessments import Working
from gcp2_app.services.session import Session
from tests import stores
from tests.stores import TODAY, add_family, add_user, as_user, begin

FIRST = TODAY - timedelta(days=7)


def live_together(session: Session, *children: Child) -> None:
    household = Household(id="h", members=tuple(Member(who=child.id) for child in children))
    with session.store.transaction() as tx:
        tx.households.put(household, by=session.user.id)


def analysed(session: Session, child: Child, text: str, *, days_ago: int = 7) -> Working:
    working = begin(session, child, first=TODAY - timedelta(days=days_ago), days=5)
    return assessments.save(session, working, replace(working.assessment, analysis=text))


def put(session: Session, child: Child) -> None:
    with session.store.transaction() as tx:
        tx.children.put(child, by=session.user.id)


def test_texts_of_those_who_live_there_in_the_same_days(session: Session) -> None:
    child, _ = add_family(session)
    sister, _ = add_family(session)
    stranger, _ = add_family(session)
    live_together(session, child, sister)
    ours = analysed(session, child, "ours")
    analysed(session, sister, "hers")
    analysed(session, sister, "long ago", days_ago=40)
    analysed(session, stranger, "another family")
    found = coaching.brief(session, ours.assessment.id)
    assert [(each.name, each.written.text, each.written.field) for each in found.siblings] == [
        ("Robin", "hers", "analysis")
    ]
    assert found.words.descriptor_words == 8
    assert stores.actions(session)[0] == "siblings’ texts compared"


def test_windows_that_share_one_day_are_the_same_days(session: Session) -> None:
    child, _ = add_family(session)
    sister, _ = add_family(session)
    live_together(session, child, sister)
    ours = analysed(session, child, "ours")
    analysed(session, sister, "a day shared", days_ago=11)
    analysed(session, sister, "the day before", days_ago=12)
    assert [each.written.text for each in coaching.brief(session, ours.assessment.id).siblings] == ["a day shared"]


def test_nothing_is_read_of_a_restricted_record_or_of_a_child_of_others(session: Session) -> None:
    add_user(session, "kim", Role.PRACTITIONER)
    kim = as_user(session, "kim")
    mine = (Allocation(professional=kim.professional.id, role="social_worker", from_=FIRST),)
    child, restricted, other = (add_family(session)[0] for _ in range(3))
    live_together(session, child, restricted, other)
    ours = analysed(session, child, "ours")
    analysed(session, restricted, "closed")
    analysed(session, other, "not kim’s")
    put(session, replace(child, allocated=mine))
    put(session, replace(restricted, allocated=mine, restricted=True))
    assert coaching.brief(kim, ours.assessment.id).siblings == ()
    assert [each.written.text for each in coaching.brief(session, ours.assessment.id).siblings] == ["not kim’s"]


def test_without_days_there_is_nobody_to_compare_with(session: Session) -> None:
    child, _ = add_family(session)
    working = begin(session, child)
    with session.store.transaction() as tx:
        tx.assessments.put(replace(working.assessment, window=None), by=session.user.id)
    assert coaching.brief(session, working.assessment.id).siblings == ()


def test_who_does_not_work_on_the_case_is_not_coached(session: Session, supervisor: Session) -> None:
    child, _ = add_family(session)
    working = begin(session, child)
    with pytest.raises(NotAllowed):
        coaching.brief(supervisor, working.assessment.id)
