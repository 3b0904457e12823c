"""Assessments there is nothing to roll up in: recorded elsewhere, or with an age band nobody knows yet."""

from dataclasses import replace
from datetime import date

import pytest

from gcp2_app.domain import progress
from gcp2_app.domain.answers import UnitAnswer, UnitState
from gcp2_app.domain.assessment import Assessment, AssessmentState, CarerConsent, Consent, Explained, Window
from gcp2_app.domain.register import Carer, Child
from gcp2_app.errors import InvalidValue
from gcp2_app.services import assessments, register
from gcp2_app.services.session import Session
from tests.stores import add_family, begin, graded, signed_off

WINDOW = Window(from_=date(2026, 11, 9), to=date(2026, 12, 6))


def kept(session: Session, assessment: Assessment) -> Assessment:
    """Put an assessment into the store as an import would."""
    with session.store.transaction() as tx:
        tx.assessments.put(assessment, by=session.user.id)
    return assessment


def of_unknown_age(session: Session) -> tuple[Child, Assessment]:
    """A child without a date of birth, and an explained draft without a band."""
    _, carer = add_family(session)
    child = register.save_child(
        session, Child(id="", given_names="Ash", family_name="Practice-Elm", carers=(Carer(person=carer.id),))
    )
    said = CarerConsent(person=carer.id, answer=Consent.AGREED)
    explained = Explained(what="all", leaflet="none", language="English", interpreter="none needed", carers=(said,))
    draft = Assessment(
        id="no-band",
        child=child.id,
        carers=(carer.id,),
        window=WINDOW,
        explained=explained,
        assessors=(session.professional.id,),
    )
    return child, kept(session, draft)


def elsewhere(session: Session, child: Child) -> Assessment:
    """An assessment on paper, by another authority."""
    grades = {"A1": UnitAnswer(state=UnitState.SCORED, grade=3), "B2": UnitAnswer(state=UnitState.SCORED, grade=4)}
    return kept(
        session,
        Assessment(
            id="on-paper",
            child=child.id,
            recorded_elsewhere=True,
            recorded_by="Practice Valley Council",
            window=Window(from_=date(2025, 3, 3), to=date(2025, 3, 28)),
            units=grades,
            state=AssessmentState.SIGNED_OFF,
        ),
    )


def test_one_recorded_elsewhere_opens_with_its_sub_area_grades(session: Session) -> None:
    child, _ = add_family(session)
    working = assessments.open_(session, elsewhere(session, child).id)
    assert working.band == ""
    assert working.profile.subareas["A1"].grade == 3
    assert working.profile.areas["B"].grade == 4


def test_one_recorded_elsewhere_opens_for_a_child_of_unknown_age(session: Session) -> None:
    child, _ = of_unknown_age(session)
    working = assessments.open_(session, elsewhere(session, child).id)
    assert (working.band, working.age_months) == ("", 0)
    assert working.profile.subareas["B2"].grade == 4


def test_one_whose_band_is_not_known_opens_without_grades_and_says_what_it_waits_for(session: Session) -> None:
    _, draft = of_unknown_age(session)
    working = assessments.open_(session, draft.id)
    assert (working.band, working.profile.units, dict(working.profile.areas)) == ("", 0, {})
    assert "band" in {item.field for item in working.missing}


def test_words_of_it_are_kept_while_the_band_is_not_known(session: Session) -> None:
    _, draft = of_unknown_age(session)
    working = assessments.open_(session, draft.id)
    saved = assessments.save(session, working, replace(working.assessment, child_voice="Draws a house."))
    assert saved.band == ""
    assert assessments.open_(session, draft.id).assessment.child_voice == "Draws a house."
    answered = replace(saved.assessment, units={"A1.a": graded(session, saved, "A1.a", 2)})
    with pytest.raises(InvalidValue, match="age"):
        assessments.save(session, saved, answered)


def test_a_band_picked_with_its_reason_lets_it_be_graded(session: Session) -> None:
    _, draft = of_unknown_age(session)
    working = assessments.open_(session, draft.id)
    changed = progress.change_band(working.pack, working.assessment, None, band="2-5", reason="Walks and talks")
    saved = assessments.save(session, working, changed)
    assert (saved.band, saved.profile.units) == ("2-5", len(working.pack.units_in("2-5")))
    graded_once = assessments.save(
        session, saved, replace(saved.assessment, units={"A1.a": graded(session, saved, "A1.a", 2)})
    )
    assert graded_once.assessment.state is AssessmentState.IN_PROGRESS


def test_the_date_of_birth_gives_the_band(session: Session) -> None:
    child, draft = of_unknown_age(session)
    register.save_child(session, replace(child, date_of_birth=date(2023, 1, 10)))
    assert assessments.open_(session, draft.id).band == "2-5"


def test_a_window_given_later_gives_the_band_and_the_comparison(session: Session, supervisor: Session) -> None:
    child, carer = add_family(session)
    signed_off(session, child, first=date(2026, 3, 2), supervisor=supervisor)
    draft = kept(session, Assessment(id="no-days", child=child.id, carers=(carer.id,)))
    working = assessments.open_(session, draft.id)
    assert (working.band, working.earlier) == ("", None)
    saved = assessments.save(session, working, replace(working.assessment, window=WINDOW))
    assert saved.band == "2-5"
    assert saved.age_months == 45
    assert saved.earlier is not None


def test_beside_one_with_an_earlier_one_nothing_is_compared_while_the_band_is_not_known(
    session: Session, supervisor: Session
) -> None:
    child, _ = add_family(session)
    signed_off(session, child, first=date(2026, 3, 2), supervisor=supervisor)
    working = begin(session, child)
    assert working.earlier is not None
    register.save_child(session, replace(register.child(session, child.id).child, date_of_birth=None))
    assert assessments.open_(session, working.assessment.id).earlier is None
