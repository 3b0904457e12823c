"""An assessment done elsewhere: what is kept of it, how it is mended, and who signs it off."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from gcp2_app.domain.answers import UnitState
from gcp2_app.domain.assessment import Assessment, AssessmentState, Window
from gcp2_app.domain.register import Child
from gcp2_app.domain.users import Role
from gcp2_app.errors import InvalidValue, NotAllowed
from gcp2_app.services import assessments, casefiles, caseload, elsewhere, packs, register, reports, trends
from gcp2_app.services.elsewhere import Elsewhere
from gcp2_app.services.session import Session
from gcp2_app.storage.caseload import CaseloadQuery
from tests.licensing import FOUR_GRADE
from tests.stores import TODAY, actions, add_family, add_user, as_user, begin, signed_off

DAY = timedelta(days=1)
WINDOW = Window(from_=TODAY - 30 * DAY, to=TODAY)


def _wanted(child: Child, grades: Mapping[str, int] | None = None, **more: object) -> Elsewhere:
    given: dict[str, object] = {
        "child": child.id,
        "carers": tuple(carer.person for carer in child.carers),
        "window": WINDOW,
        "recorded_by": "Kim Vale, health visitor",
        "licence_area": "Westshire",
        "grades": {"A1": 2, "B2": 4} if grades is None else grades,
    }
    return Elsewhere(**(given | more))  # type: ignore[arg-type]


def _stored(session: Session, id_: str) -> Assessment:
    with session.store.transaction() as tx:
        return tx.assessments.get(id_)


def test_it_is_complete_with_grades_of_sub_areas_alone(session: Session) -> None:
    child, _ = add_family(session)
    made = elsewhere.record(session, _wanted(child))
    assert _stored(session, made.id) == made
    assert made.recorded_elsewhere
    assert made.state is AssessmentState.COMPLETE
    assert {code: answer.grade for code, answer in made.units.items()} == {"A1": 2, "B2": 4}
    assert all(answer.state is UnitState.SCORED for answer in made.units.values())
    (row,) = register.child(session, child.id).assessments
    assert row.recorded_elsewhere
    assert {area.code: area.grade for area in row.areas if area.grade} == {"A": 2, "B": 4}
    assert elsewhere.recorded_by(session, child.id, (made.id,)) == {made.id: "Kim Vale, health visitor"}
    trend = trends.trend(session, child.id)
    assert {point.recorded_elsewhere for series in trend.series for point in series.points} == {True}
    assert reports.assessment_report(session, made.id, recipient="x", reason="y").startswith(b"%PDF")
    assert "assessment recorded from elsewhere" in actions(session)


def test_it_is_marked_on_the_caseload_while_it_is_the_latest(session: Session) -> None:
    add_user(session, "manager", Role.SUPERVISOR)
    child, _ = add_family(session)
    elsewhere.record(session, _wanted(child, window=Window(from_=TODAY - 90 * DAY, to=TODAY - 80 * DAY)))
    assert [row.recorded_elsewhere for row in caseload.page(session, CaseloadQuery()).rows] == [True]
    signed_off(session, child, first=TODAY - 20 * DAY, supervisor=as_user(session, "manager"))
    assert [row.recorded_elsewhere for row in caseload.page(session, CaseloadQuery()).rows] == [False]


def test_one_done_here_is_not_marked(session: Session) -> None:
    child, _ = add_family(session)
    id_ = begin(session, child).assessment.id
    (row,) = register.child(session, child.id).assessments
    assert not row.recorded_elsewhere
    assert not elsewhere.recorded_by(session, child.id, (id_,))


@pytest.mark.parametrize(
    "wrong",
    [
        {"window": Window(from_=TODAY, to=TODAY - DAY)},
        {"window": Window(from_=TODAY, to=TODAY + DAY)},
        {"recorded_by": " "},
        {"grades": {}},
        {"grades": {"A1": 6}},
        {"grades": {"A1.a": 3}},
    ],
    ids=["backwards", "future", "nobody", "nothing", "off the scale", "a unit"],
)
def test_what_cannot_be_is_refused(session: Session, wrong: dict[str, object]) -> None:
    child, _ = add_family(session)
    with pytest.raises(InvalidValue):
        elsewhere.record(session, _wanted(child, **wrong))  # type: ignore[arg-type]
    assert not register.child(session, child.id).assessments


def test_a_four_grade_pack_takes_its_own_values(session: Session) -> None:
    packs.install(session, FOUR_GRADE)
    child, _ = add_family(session)
    pack = packs.get(session, "four-grade")
    code = next(iter(pack.subareas))
    made = elsewhere.record(session, _wanted(child, {code: 20}, pack="four-grade"))
    assert made.answer(code).grade == 20
    with pytest.raises(InvalidValue):
        elsewhere.record(session, _wanted(child, {code: 4}, pack="four-grade"))


def test_it_is_mended_with_a_reason_and_what_it_said_is_kept(session: Session) -> None:
    child, _ = add_family(session)
    made = elsewhere.record(session, _wanted(child))
    with pytest.raises(InvalidValue):
        elsewhere.change(session, made.id, _wanted(child), reason=" ")
    changed = elsewhere.change(session, made.id, _wanted(child, {"A1": 3}), reason="Read wrongly.")
    assert changed.id == made.id
    assert changed.state is AssessmentState.COMPLETE
    assert {code: answer.grade for code, answer in changed.units.items()} == {"A1": 3}
    with session.store.transaction() as tx:
        revision = tx.assessments.revisions(made.id)[0]
    assert (revision.value, revision.reason) == (made, "Read wrongly.")


def test_someone_else_signs_it_off_and_then_a_correction_is_a_new_version(session: Session) -> None:
    add_user(session, "manager", Role.SUPERVISOR)
    manager = as_user(session, "manager")
    child, _ = add_family(session)
    made = elsewhere.record(session, _wanted(child))
    assessments.submit(session, made.id)
    with pytest.raises(NotAllowed):
        elsewhere.change(session, made.id, _wanted(child), reason="x")
    with pytest.raises(NotAllowed):
        assessments.sign_off(session, made.id)
    assessments.return_(manager, made.id, reason="Whose licence?")
    changed = elsewhere.change(session, made.id, _wanted(child, licence_area="Eastshire"), reason="Asked.")
    assert changed.state is AssessmentState.COMPLETE
    assessments.submit(session, made.id)
    signed = assessments.sign_off(manager, made.id).assessment
    newer = elsewhere.change(session, made.id, _wanted(child, {"A1": 5}), reason="Wrong page.")
    assert _stored(session, made.id) == signed
    assert (newer.corrects, newer.correction_reason) == (made.id, "Wrong page.")
    assert newer.recorded_elsewhere
    with pytest.raises(NotAllowed):
        elsewhere.change(session, made.id, _wanted(child), reason="again")
    # The newer one is not signed off: it is mended in place.
    assert elsewhere.change(session, newer.id, _wanted(child), reason="again").id == newer.id


def test_one_done_here_is_not_changed_this_way(session: Session) -> None:
    child, _ = add_family(session)
    id_ = begin(session, child).assessment.id
    with pytest.raises(NotAllowed):
        elsewhere.change(session, id_, _wanted(child), reason="x")


def test_it_is_never_compared_by_unit(session: Session) -> None:
    add_user(session, "manager", Role.SUPERVISOR)
    child, _ = add_family(session)
    signed_off(session, child, first=TODAY - 120 * DAY, supervisor=as_user(session, "manager"))
    made = elsewhere.record(session, _wanted(child))
    working = assessments.open_(session, made.id)
    assert working.earlier is not None
    assert all(change.change is None for change in working.earlier.comparison.units.values())


def test_a_case_of_another_is_out_of_reach(session: Session) -> None:
    child, _ = add_family(session)
    made = elsewhere.record(session, _wanted(child))
    add_user(session, "other", Role.PRACTITIONER)
    other = as_user(session, "other")
    for act in (
        lambda: elsewhere.record(other, _wanted(child)),
        lambda: elsewhere.change(other, made.id, _wanted(child), reason="x"),
        lambda: elsewhere.find(other, made.id),
        lambda: elsewhere.recorded_by(other, child.id, (made.id,)),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert elsewhere.find(session, made.id) == made


def test_it_goes_out_and_comes_in_as_a_case_file(session: Session, tmp_path: Path) -> None:
    child, _ = add_family(session)
    elsewhere.record(session, _wanted(child))
    path = tmp_path / "case.json"
    path.write_bytes(b"".join(casefiles.export(session, child.id, recipient="x", reason="y")))
    done = casefiles.import_(session, path)
    assert not done.quarantined
    assert done.unchanged["assessments"] == 1
