"""Assessments without units on screen: recorded elsewhere, or waiting for their age band."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from gcp2_app.domain.answers import UnitAnswer, UnitState
from gcp2_app.domain.assessment import Assessment, AssessmentState, CarerConsent, Consent, Explained, Step, Window
from gcp2_app.domain.register import Carer, Child
from gcp2_app.services import register
from gcp2_app.services.session import Session
from gcp2_app.ui.assess import steps
from gcp2_app.ui.assess.before_page import BeforePage
from gcp2_app.ui.assess.finish_page import FinishPage
from gcp2_app.ui.assess.review_page import ReviewPage
from gcp2_app.ui.workspace import Workspace
from tests import stores
from tests.ui.assessing import Assessing, Key, in_window, labels
from tests.ui.conftest import OnDatabase

WINDOW = Window(from_=date(2026, 11, 9), to=date(2026, 12, 6))


def put(session: Session, assessment: Assessment) -> str:
    """Put an assessment into the store as an import would."""
    with session.store.transaction() as tx:
        tx.assessments.put(assessment, by=session.user.id)
    return assessment.id


def on_paper(session: Session, state: AssessmentState = AssessmentState.SIGNED_OFF, **more: Any) -> str:
    """Put an assessment that was made on paper, by another authority, into the store."""
    child, _ = stores.add_family(session)
    grades = {
        "A1": UnitAnswer(state=UnitState.SCORED, grade=3),
        "A2": UnitAnswer(state=UnitState.SCORED, grade=4),
        "B2": UnitAnswer(state=UnitState.SCORED, grade=2),
    }
    made = Assessment(
        id="on-paper",
        child=child.id,
        recorded_elsewhere=True,
        recorded_by="Practice Valley Council",
        licence_area="Practice Valley",
        window=Window(from_=date(2025, 3, 3), to=date(2025, 3, 28)),
        units=grades,
        state=state,
    )
    return put(session, replace(made, **more))


def of_unknown_age(session: Session) -> str:
    """Put a draft about a child without a date of birth into the store."""
    _, carer = stores.add_family(session)
    child = register.save_child(
        session, Child(id="", given_names="Ash", family_name="Practice-Elm", carers=(Carer(person=carer.id),))
    )
    said = CarerConsent(person=carer.id, answer=Consent.AGREED)
    explained = Explained(what="all", leaflet="none", language="English", interpreter="none needed", carers=(said,))
    return put(
        session,
        Assessment(
            id="no-band",
            child=child.id,
            carers=(carer.id,),
            window=WINDOW,
            explained=explained,
            assessors=(session.professional.id,),
        ),
    )


def test_one_recorded_elsewhere_shows_its_sub_area_grades_and_by_whom(
    qtbot: QtBot, workspace: Workspace, on_database: OnDatabase, practice_session: Session
) -> None:
    person = in_window(qtbot, workspace, on_database)
    person.open(on_database(lambda: on_paper(practice_session)))
    page = person.step
    assert isinstance(page, ReviewPage)
    said = labels(page)
    assert "Recorded elsewhere" in said
    assert "Practice Valley Council" in said
    assert page.rows["A2"].chip.accessibleName().startswith("Grade 4")
    assert "No grade was recorded" in labels(page.rows["A3"])
    assert "unit" not in labels(page.rows["A"]), "it holds sub-areas, not units"
    assert "Recorded elsewhere" in labels(person.page.header)
    links = [button for row in page.rows.values() for button in row.findChildren(QPushButton)]
    assert links == [], "there is no unit to go to"


def test_one_recorded_elsewhere_is_only_looked_at(
    qtbot: QtBot, workspace: Workspace, on_database: OnDatabase, practice_session: Session
) -> None:
    person = in_window(qtbot, workspace, on_database)
    person.open(on_database(lambda: on_paper(practice_session)))
    finish = person.go(steps.FINISH)
    assert isinstance(finish, FinishPage)
    assert finish.panels == {}
    assert not person.draft.may_write


def test_one_recorded_elsewhere_is_handed_to_the_supervisor_without_sharing(
    qtbot: QtBot, workspace: Workspace, on_database: OnDatabase, practice_session: Session
) -> None:
    person = in_window(qtbot, workspace, on_database)
    person.open(on_database(lambda: on_paper(practice_session, AssessmentState.COMPLETE)))
    finish = person.go(steps.FINISH)
    assert isinstance(finish, FinishPage)
    assert list(finish.panels) == ["submit"]
    finish.panels["submit"].button.click()
    qtbot.waitUntil(lambda: person.draft.value.state is AssessmentState.SUBMITTED)


def test_one_recorded_elsewhere_has_no_band_to_keep_when_the_child_grows_into_the_next(
    qtbot: QtBot, workspace: Workspace, on_database: OnDatabase, practice_session: Session
) -> None:
    person = in_window(qtbot, workspace, on_database)
    around_two = Window(from_=date(2025, 1, 2), to=date(2025, 1, 24))
    person.open(on_database(lambda: on_paper(practice_session, window=around_two)))
    assert "grows into the band" not in labels(person.page.header)


def test_one_recorded_elsewhere_and_sent_back_is_mended_where_it_was_written_down(
    qtbot: QtBot, workspace: Workspace, on_database: OnDatabase, practice_session: Session
) -> None:
    person = in_window(qtbot, workspace, on_database)
    sent_back = Step(
        state=AssessmentState.RETURNED, at=datetime(2025, 4, 1, tzinfo=UTC), by="w9", reason="Whose licence?"
    )
    person.open(on_database(lambda: on_paper(practice_session, AssessmentState.RETURNED, steps=(sent_back,))))
    said = labels(person.go(steps.FINISH))
    assert "The supervisor sent it back: Whose licence?" in said
    assert "Mend it with Correct… among the child’s assessments." in said


def test_who_wrote_it_down_is_told_that_someone_else_signs_it_off(
    qtbot: QtBot, workspace: Workspace, on_database: OnDatabase, practice_session: Session
) -> None:
    person = in_window(qtbot, workspace, on_database)
    mine = (practice_session.professional.id,)
    person.open(on_database(lambda: on_paper(practice_session, AssessmentState.SUBMITTED, assessors=mine)))
    assert "You wrote this down yourself: someone else has to sign it off." in labels(person.go(steps.FINISH))


def waiting(qtbot: QtBot, workspace: Workspace, on_database: OnDatabase) -> tuple[Assessing, BeforePage]:
    """A person in front of an assessment whose band nobody knows."""
    session = workspace.session
    person = in_window(qtbot, workspace, on_database)
    person.open(on_database(lambda: of_unknown_age(session)))
    page = person.go(steps.BEFORE)
    assert isinstance(page, BeforePage)
    return person, page


def test_an_unknown_band_is_asked_for_with_its_reason(
    qtbot: QtBot, workspace: Workspace, on_database: OnDatabase, practice_session: Session
) -> None:
    person, page = waiting(qtbot, workspace, on_database)
    assert steps.BEFORE in person.page.steps
    assert not any(step.code for step in person.page.steps), "without a band there is no unit to grade"
    assert "No date of birth" in labels(page)
    asked = page.band_card
    asked.use.click()
    assert asked.band_field.error
    asked.band.setCurrentIndex(asked.band.findData("2-5"))
    asked.use.click()
    assert asked.reason_field.error
    asked.reason.setFocus()
    person.type("Walks and talks")
    asked.use.click()
    person.wait_kept()
    value = person.stored(practice_session)
    assert (value.band, value.band_reason) == ("2-5", "Walks and talks")
    person.card("A1.a")
    person.press(Key.Key_2)
    person.wait_kept()
    assert person.stored(practice_session).answer("A1.a").grade == 2


def test_the_date_of_birth_is_given_in_the_childs_record(
    qtbot: QtBot, workspace: Workspace, on_database: OnDatabase, practice_session: Session
) -> None:
    person, page = waiting(qtbot, workspace, on_database)
    wanted: list[str] = []
    workspace.child_wanted.connect(wanted.append)
    page.band_card.open_child.click()
    child = person.draft.child
    assert wanted == [child.id]
    on_database(lambda: register.save_child(practice_session, replace(child, date_of_birth=date(2023, 1, 10))))
    person.page.show_assessment("no-band")
    qtbot.waitUntil(lambda: person.page.draft is not None and person.draft.band == "2-5")
    assert any(step.code == "D1" for step in person.page.steps)


def test_the_days_of_a_window_that_has_none_can_be_given(
    qtbot: QtBot, workspace: Workspace, on_database: OnDatabase, practice_session: Session
) -> None:
    def start() -> str:
        child, carer = stores.add_family(practice_session)
        return put(practice_session, Assessment(id="no-days", child=child.id, carers=(carer.id,)))

    person = in_window(qtbot, workspace, on_database)
    person.open(on_database(start))
    page = person.go(steps.BEFORE)
    assert isinstance(page, BeforePage)
    assert "no dates" in labels(page.band_card)
    page.first.setFocus()
    person.type("9 November 2026")
    person.press(Key.Key_Tab)
    person.wait_kept()
    assert person.stored(practice_session).window == WINDOW
    qtbot.waitUntil(lambda: person.draft.band == "2-5")
    assert any(step.code == "D1" for step in person.page.steps)
