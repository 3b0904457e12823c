"""A colleague's grades under way are in no list, trend or document of someone who has not graded yet."""

from dataclasses import replace

import pytest

from gcp2_app.domain.register import Allocation, Child
from gcp2_app.domain.users import Role
from gcp2_app.services import assessments, blind, register, trends
from gcp2_app.services.documents import making
from gcp2_app.services.documents.assessment import make_report
from gcp2_app.services.documents.making import Wanted
from gcp2_app.services.session import Session
from tests.stores import TODAY, add_family, add_user, as_user, begin, grade_all, graded


@pytest.fixture
def pat(session: Session) -> Session:
    """A second practitioner of the same store."""
    add_user(session, "pat", Role.PRACTITIONER)
    return as_user(session, "pat")


@pytest.fixture
def child(session: Session, pat: Session) -> Child:
    """A child both work with."""
    made, _ = add_family(session)
    second = Allocation(professional=pat.professional.id, role="social_worker", from_=TODAY)
    return register.save_child(session, replace(made, allocated=(*made.allocated, second)))


def _listed(session: Session, child: Child) -> set[int | None]:
    (row,) = register.child(session, child.id).assessments
    return {area.grade for area in row.areas}


def _drawn(session: Session, child: Child) -> set[int | None]:
    return {point.grade for series in trends.trend(session, child.id).series for point in series.points}


def test_nothing_of_it_is_seen_before_ones_own_grade(session: Session, pat: Session, child: Child) -> None:
    id_ = grade_all(session, begin(session, child), 4).assessment.id
    assert _listed(session, child) == _drawn(session, child) == {4}
    assert _listed(pat, child) == _drawn(pat, child) == {None}
    wanted = Wanted(kind="assessment", child=child.id, matter=id_)
    with pat.store.transaction() as tx:
        seen = make_report(making.read(pat, tx, wanted))
        mine = make_report(making.read(session, tx, wanted))
    assert {result.grade for result in seen.profile.areas.values()} == {None}
    assert {result.grade for result in mine.profile.areas.values()} == {4}
    assert set(seen.left_out) == set(mine.assessment.units)
    assert not mine.left_out
    assert seen.trend is not None
    assert {point.grade for series in seen.trend.series for point in series.points} == {None}


def test_a_unit_is_seen_once_it_is_graded_by_both(session: Session, pat: Session, child: Child) -> None:
    id_ = grade_all(session, begin(session, child), 4).assessment.id
    working = assessments.open_(pat, id_)
    for code in ("A1.a", "A1.b", "A1.c"):
        units = {**working.assessment.units, code: graded(pat, working, code, 2)}
        working = assessments.save(pat, working, replace(working.assessment, units=units))
    with pat.store.transaction() as tx:
        hidden = blind.hidden_units(pat, child, tx.assessments.get(id_))
        seen = blind.as_seen(pat, child, working.pack, tx.assessments.get(id_))
    assert not {"A1.a", "A1.b", "A1.c"} & set(hidden)
    assert "A1.d" in hidden
    assert {given.grade for given in seen.answer("A1.a").grades} == {2, 4}
    assert _listed(pat, child) == {4, None}


def test_once_grading_is_finished_everyone_sees_it(session: Session, pat: Session, child: Child) -> None:
    id_ = grade_all(session, begin(session, child), 4).assessment.id
    assessments.finish(session, id_)
    assert _listed(pat, child) == _drawn(pat, child) == {4}


def test_who_does_not_grade_sees_it(session: Session, pat: Session, child: Child) -> None:
    del pat
    add_user(session, "manager", Role.SUPERVISOR)
    add_user(session, "lead", Role.SUPERVISOR, Role.PRACTITIONER)
    grade_all(session, begin(session, child), 4)
    for name in ("manager", "lead"):
        assert _listed(as_user(session, name), child) == _drawn(as_user(session, name), child) == {4}
