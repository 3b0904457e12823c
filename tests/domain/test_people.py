"""What each role may do, and what a child's record answers about itself."""

from datetime import UTC, date, datetime

import pytest

from gcp2_app.domain.assessment import AssessmentState, Window
from gcp2_app.domain.register import Allocation, Child, Status, StatusKind
from gcp2_app.domain.users import Duty, Role, User
from tests.domain.packs import make_assessment, scored

DUTIES = {
    Role.PRACTITIONER: {Duty.READ_CASES, Duty.WORK_CASES, Duty.MERGE_RECORDS},
    Role.SUPERVISOR: {Duty.READ_CASES, Duty.SIGN_OFF, Duty.SUPERVISE, Duty.MERGE_RECORDS},
    Role.ADMINISTRATOR: {Duty.MANAGE_STORE},
    Role.AUDITOR: {Duty.READ_AUDIT},
}


def _user(*roles: Role) -> User:
    return User(
        id="u1",
        sign_in_name="sam",
        roles=frozenset(roles),
        professional="w1",
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


@pytest.mark.parametrize("role", list(Role))
def test_a_role_allows_its_own_duties_and_no_other(role: Role) -> None:
    assert {duty for duty in Duty if _user(role).may(duty)} == DUTIES[role]


def test_several_roles_add_up_and_none_allows_nothing() -> None:
    both = _user(Role.PRACTITIONER, Role.AUDITOR)
    assert both.may(Duty.WORK_CASES)
    assert both.may(Duty.READ_AUDIT)
    assert not both.may(Duty.SIGN_OFF)
    assert not any(_user().may(duty) for duty in Duty)


def test_a_status_covers_its_first_and_last_day() -> None:
    status = Status(status=StatusKind.CHILD_IN_NEED, from_=date(2026, 1, 10), to=date(2026, 2, 10))
    days = [date(2026, 1, 9), date(2026, 1, 10), date(2026, 2, 10), date(2026, 2, 11)]
    assert [status.open_on(day) for day in days] == [False, True, True, False]
    assert Status(status=StatusKind.CHILD_IN_NEED, from_=date(2026, 1, 10)).open_on(date(2036, 1, 1))


def test_a_child_counts_from_birth_or_before_it_from_the_expected_date() -> None:
    unborn = Child(id="c1", family_name="Reed", expected_date=date(2026, 5, 1))
    assert (unborn.name, unborn.born) == ("Reed", date(2026, 5, 1))
    child = Child(
        id="c1",
        given_names="Ash",
        family_name="Reed",
        date_of_birth=date(2026, 4, 20),
        expected_date=date(2026, 5, 1),
    )
    assert (child.name, child.born) == ("Ash Reed", date(2026, 4, 20))
    assert Child(id="c2").born is None


def test_a_window_counts_both_its_days_and_an_assessment_answers_for_every_unit() -> None:
    assert Window(from_=date(2026, 1, 12), to=date(2026, 1, 12)).days == 1
    assessment = make_assessment(units={"A4": scored(2)})
    assert assessment.answer("A4").grade == 2
    assert assessment.answer("A1.a").grade is None
    assert not assessment.locked
    assert make_assessment(state=AssessmentState.SIGNED_OFF).locked


def test_a_period_without_its_first_day_began_long_ago() -> None:
    status = Status(status=StatusKind.CHILD_IN_NEED, to=date(2026, 5, 1))
    assert status.open_on(date(1999, 1, 1))
    assert not status.open_on(date(2026, 5, 2))
    assert Allocation(professional="w1").since == date.min
