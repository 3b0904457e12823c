"""What keeps a grade key quick: the page is laid out once, and nothing is made while a key waits."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gcp2_app.services.session import Session
from gcp2_app.ui.assess.unit_needs import EvidenceNeeded
from gcp2_app.ui.workspace import Workspace
from tests.ui.assessing import Assessing, Key, begun
from tests.ui.conftest import OnDatabase


@pytest.fixture
def person(qtbot: QtBot, workspace: Workspace, on_database: OnDatabase, practice_session: Session) -> Assessing:
    """A person in front of an assessment with nothing graded yet."""
    del practice_session
    return begun(qtbot, workspace, on_database)


def test_what_a_grave_grade_asks_for_is_made_while_nobody_waits(person: Assessing) -> None:
    card = person.card("A1.d")
    person.qtbot.waitUntil(lambda: bool(card.findChildren(EvidenceNeeded)))
    (spare,) = card.findChildren(EvidenceNeeded)
    assert not spare.isVisible()
    person.press(Key.Key_4)
    assert card.needs is spare
    assert spare.isVisible()


def test_a_grade_that_opens_several_parts_lays_the_page_out_after_all_of_them(person: Assessing) -> None:
    card = person.card("B1.a")
    before = card.height()
    card.grade(5)
    assert card.needs is not None
    assert card.safety is not None
    assert card.height() == before, "not before the key is done"
    QApplication.processEvents()
    assert card.height() > before
    assert card.safety.geometry().bottom() < card.height()
    assert not card.needs.geometry().intersects(card.safety.geometry())


def test_leaving_a_page_ends_its_preparing(person: Assessing) -> None:
    first, other = person.card("A1.a"), person.card("B1.a")
    person.qtbot.waitUntil(lambda: bool(other.findChildren(EvidenceNeeded)))
    assert not first.findChildren(EvidenceNeeded)
