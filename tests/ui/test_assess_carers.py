"""What carers say while the grades are shown to them, on the last page."""

from dataclasses import replace
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from gcp2_app.domain.assessment import AssessmentState
from gcp2_app.domain.register import Carer, Person
from gcp2_app.services import assessments, register
from gcp2_app.services.session import Session
from gcp2_app.ui.assess import steps
from gcp2_app.ui.assess.finish_page import FinishPage
from gcp2_app.ui.workspace import Workspace
from tests import stores
from tests.ui.assessing import CONTROL, Assessing, Key, begun, in_window, labels
from tests.ui.conftest import OnDatabase


@pytest.fixture
def person(qtbot: QtBot, workspace: Workspace, on_database: OnDatabase, practice_session: Session) -> Assessing:
    """A person who has finished grading: every unit at 2."""

    def make() -> str:
        child, _ = stores.add_family(practice_session)
        working = stores.begin(practice_session, child, first=date(2026, 11, 9))
        working = stores.grade_all(practice_session, working, 2)
        return assessments.finish(practice_session, working.assessment.id).assessment.id

    made = in_window(qtbot, workspace, on_database)
    made.open(on_database(make))
    return made


def finish_page(person: Assessing) -> FinishPage:
    """Go to the last page."""
    page = person.go(steps.FINISH)
    assert isinstance(page, FinishPage)
    return page


def test_a_carers_grade_comment_and_signature_are_kept_beside_ours(
    person: Assessing, practice_session: Session
) -> None:
    page = finish_page(person)
    assert page.carers.isVisible()
    page.carers.areas["A"].open()
    row = page.carers.rows["A1.b"]
    row.own_grade.setFocus()
    person.press(Key.Key_Down)
    person.tab_to(lambda widget: widget is row.comment)
    person.type("He leaves half of it.")
    person.tab_to(lambda widget: widget is row.seen)
    person.press(Key.Key_Space)
    person.wait_kept()
    answer = person.stored(practice_session).answer("A1.b")
    assert (answer.carer_grade, answer.carer_comment, answer.carer_has_seen) == (1, "He leaves half of it.", True)
    assert answer.grade == 2
    assert person.draft.value.state is AssessmentState.COMPLETE


def test_all_grades_are_marked_as_seen_at_once_and_taken_back_by_undo(
    person: Assessing, practice_session: Session
) -> None:
    page = finish_page(person)
    units = person.draft.pack.units_in(person.draft.band)
    page.carers.all_seen.click()
    person.wait_kept()
    assert all(person.stored(practice_session).answer(code).carer_has_seen for code in units)
    assert f"{len(units)} of {len(units)}" in labels(page.carers)
    assert not page.carers.all_seen.isVisible()
    person.press(Key.Key_Z, CONTROL)
    person.wait_kept()
    assert not any(person.stored(practice_session).answer(code).carer_has_seen for code in units)
    assert page.carers.all_seen.isVisible()


def test_it_stays_open_after_sharing_and_is_only_read_with_the_supervisor(
    person: Assessing, practice_session: Session
) -> None:
    page = finish_page(person)
    page.panels["share"].button.click()
    person.qtbot.waitUntil(lambda: person.draft.value.state is AssessmentState.SHARED)
    page.carers.areas["B"].open()
    row = page.carers.rows["B2"]
    row.comment.setFocus()
    person.type("Never alone.")
    row.comment.commit()
    person.wait_kept()
    page.panels["submit"].button.click()
    person.qtbot.waitUntil(lambda: person.draft.value.state is AssessmentState.SUBMITTED)
    assert person.stored(practice_session).answer("B2").carer_comment == "Never alone."
    assert row.comment.isReadOnly()
    assert not row.seen.isEnabled()
    assert not page.carers.all_seen.isVisible()


def test_a_units_own_page_takes_it_too_and_keeps_the_note_closed(person: Assessing, practice_session: Session) -> None:
    card = person.card("A1.a")
    card.details_fold.open()
    assert card.details is not None
    assert card.details.note.isReadOnly()
    assert not card.details.support.isEnabled()
    card.details.carer_comment.setFocus()
    person.type("That is fair.")
    card.details.carer_comment.commit()
    person.wait_kept()
    assert person.stored(practice_session).answer("A1.a").carer_comment == "That is fair."


def test_with_more_than_one_carer_it_is_asked_who_says_what(
    person: Assessing, practice_session: Session, on_database: OnDatabase
) -> None:
    asked = "Write who says what."
    assert asked not in labels(finish_page(person).carers)

    def with_father() -> str:
        child, _ = stores.add_family(practice_session)
        father = register.save_person(practice_session, Person(id="", name="Dean Practice-Marsh"))
        carers = (*child.carers, Carer(person=father.id, relationship="father"))
        child = register.save_child(practice_session, replace(child, carers=carers))
        working = stores.begin(practice_session, child, first=date(2026, 11, 9))
        working = stores.grade_all(practice_session, working, 2)
        return assessments.finish(practice_session, working.assessment.id).assessment.id

    person.open(on_database(with_father))
    assert asked in labels(finish_page(person).carers)
    card = person.card("A1.b")
    card.details_fold.open()
    assert asked in labels(card)


def test_while_grading_the_last_page_does_not_ask_for_it(
    qtbot: QtBot, workspace: Workspace, on_database: OnDatabase, practice_session: Session
) -> None:
    del practice_session
    person = begun(qtbot, workspace, on_database)
    assert not finish_page(person).carers.isVisible()
