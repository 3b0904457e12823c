"""How a pack's texts are read is at hand while they are read."""

import pytest
from pytestqt.qtbot import QtBot

from gcp2_app.services.session import Session
from gcp2_app.ui.assess import steps
from gcp2_app.ui.assess.subarea_page import SubareaPage
from gcp2_app.ui.workspace import Workspace
from tests.ui.assessing import Assessing, begin_of_four_grades, begun, in_window, labels
from tests.ui.conftest import OnDatabase


@pytest.fixture
def person(qtbot: QtBot, workspace: Workspace, on_database: OnDatabase, practice_session: Session) -> Assessing:
    """A person in front of an assessment with nothing graded yet."""
    del practice_session
    return begun(qtbot, workspace, on_database)


def subarea(person: Assessing, code: str) -> SubareaPage:
    """Go to a sub-area."""
    person.card(code)
    page = person.step
    assert isinstance(page, SubareaPage)
    return page


def test_before_you_start_says_in_full_how_the_texts_are_read(person: Assessing) -> None:
    rules = person.draft.pack.how_to_grade
    assert rules
    said = labels(person.go(steps.BEFORE))
    assert all(rule in said for rule in rules)


def test_the_rules_are_folded_above_the_units_and_stay_open_once_opened(person: Assessing) -> None:
    rules = person.draft.pack.how_to_grade
    page = subarea(person, "A1.a")
    assert page.rules is not None
    assert rules[0] not in labels(page)
    assert page.rules.y() < page.cards[0].y()
    page.rules.click()
    assert all(rule in labels(page) for rule in rules)

    other = subarea(person, "B1.a")
    assert other.rules is not None
    assert other.rules.isChecked()
    assert rules[0] in labels(other)
    other.rules.click()
    assert not subarea(person, "C1.a").findChildren(type(other.rules))[0].isChecked()
    again = subarea(person, "A1.a")
    assert again.rules is not None
    assert not again.rules.isChecked()


def test_the_rules_stay_open_in_the_next_assessment_too(person: Assessing) -> None:
    page = subarea(person, "A1.a")
    assert page.rules is not None
    page.rules.click()
    id_ = person.draft.value.id
    person.workspace.locking.emit()
    person.open(id_)
    reopened = subarea(person, "A1.a")
    assert reopened.rules is not None
    assert reopened.rules.isChecked()


def test_a_pack_without_rules_has_no_place_for_them(
    qtbot: QtBot, workspace: Workspace, on_database: OnDatabase, practice_session: Session
) -> None:
    person = in_window(qtbot, workspace, on_database)
    person.open(on_database(lambda: begin_of_four_grades(practice_session).assessment.id))
    assert not person.draft.pack.how_to_grade
    page = subarea(person, next(iter(person.draft.pack.units_in(person.draft.band))))
    assert page.rules is None
