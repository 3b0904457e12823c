"""The visits of a window as the store has them, and an incomplete assessment on its way to the trend."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from gcp2_app.domain.assessment import AssessmentState
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.users import Role
from gcp2_app.domain.when import When
from gcp2_app.errors import NotAllowed
from gcp2_app.services import assessments, planning, trends
from gcp2_app.services.session import Session
from tests import stores
from tests.stores import TODAY, add_family, add_user, as_user, begin, graded

FIRST = TODAY - timedelta(days=7)


def add_visits(session: Session, child: str, *days: date) -> None:
    with session.store.transaction() as tx:
        for day in days:
            entry = Entry(id=f"v-{day}", kind="visit", children=(child,), when=When.on(day), data={"mode": "home"})
            tx.entries.put(entry, by=session.user.id)
        note = Entry(id="note", kind="note", children=(child,), when=When.on(FIRST))
        tx.entries.put(note, by=session.user.id)


def test_visits_from_the_first_day_on_those_after_the_last_are_late(session: Session) -> None:
    child, _ = add_family(session)
    other, _ = add_family(session)
    working = begin(session, child, first=FIRST, days=3)
    add_visits(session, child.id, FIRST - timedelta(days=1), FIRST, FIRST + timedelta(days=3))
    add_visits(session, other.id, FIRST + timedelta(days=1))
    found = planning.visits(session, working.assessment.id)
    assert [(visit.on, visit.late) for visit in found] == [(FIRST, False), (FIRST + timedelta(days=3), True)]
    assert stores.actions(session)[0] == "visits of the window listed"


def test_a_window_without_dates_and_one_recorded_elsewhere_have_no_visits(session: Session) -> None:
    child, _ = add_family(session)
    working = begin(session, child)
    add_visits(session, child.id, TODAY)
    for changed in (
        replace(working.assessment, window=None),
        replace(working.assessment, recorded_elsewhere=True),
    ):
        with session.store.transaction() as tx:
            tx.assessments.put(changed, by=session.user.id)
        assert planning.visits(session, working.assessment.id) == ()


def test_who_does_not_work_with_the_child_sees_no_visits(session: Session) -> None:
    child, _ = add_family(session)
    working = begin(session, child)
    add_user(session, "stranger", Role.PRACTITIONER)
    add_user(session, "admin", Role.ADMINISTRATOR)
    for name in ("stranger", "admin"):
        with pytest.raises(NotAllowed):
            planning.visits(as_user(session, name), working.assessment.id)


def test_an_incomplete_assessment_is_signed_off_and_stays_provisional(session: Session, supervisor: Session) -> None:
    child, _ = add_family(session)
    working = stores.grade_all(session, begin(session, child), 2)
    units = {
        code: graded(session, working, code, 2) for code in working.pack.units_in(working.band) if code[:2] != "C1"
    }
    working = assessments.save(session, working, replace(working.assessment, units=units))
    id_ = working.assessment.id
    with pytest.raises(NotAllowed, match="3 units have neither"):
        assessments.finish(session, id_)
    assessments.finish(session, id_, incomplete_reason="The conference is tomorrow.")
    assessments.share(session, id_)
    assessments.submit(session, id_)
    signed = assessments.sign_off(supervisor, id_)
    assert signed.assessment.state is AssessmentState.SIGNED_OFF
    assert signed.assessment.incomplete_reason == "The conference is tomorrow."
    assert signed.profile.areas["C"].provisional
    trend = trends.trend(session, child.id)
    provisional = {series.area.code: [point.provisional for point in series.points] for series in trend.series}
    assert provisional == {"A": [False], "B": [False], "C": [True], "D": [False]}
