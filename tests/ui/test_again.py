"""Grading again for calibration: a supervisor asks, another grades the evidence blind by keys, and both compare."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gcp2_app.domain.second_grading import SecondGrading
from gcp2_app.domain.users import Role
from gcp2_app.services.session import Session
from gcp2_app.services.supervision import second_gradings
from gcp2_app.ui.again.bench import SecondBench
from gcp2_app.ui.again.section import AgainSection
from gcp2_app.ui.assess.draft import Keeping
from gcp2_app.ui.forms.dialog import FormDialog
from gcp2_app.ui.learn.page import LearningPage
from gcp2_app.ui.supervise.calibration import CalibrationSection
from gcp2_app.ui.workspace import Workspace
from tests.stores import add_family, add_user, as_user, signed_off
from tests.ui.conftest import OnDatabase

WAIT_MS = 30_000
Key = Qt.Key


@pytest.fixture
def signed(practice_session: Session, on_database: OnDatabase) -> str:
    """Id of an assessment that pat made and kim signed off, every unit at 2; sam did not work on it."""

    def make() -> str:
        add_user(practice_session, "pat", Role.PRACTITIONER)
        add_user(practice_session, "kim", Role.SUPERVISOR)
        pat, kim = as_user(practice_session, "pat"), as_user(practice_session, "kim")
        child, _ = add_family(pat)
        first = practice_session.today() - timedelta(days=60)
        return signed_off(pat, child, grade=2, first=first, supervisor=kim).assessment.id

    return on_database(make)


@pytest.fixture
def asked(practice_session: Session, on_database: OnDatabase, signed: str) -> SecondGrading:
    """What kim asked sam, who is signed in."""
    kim = on_database(lambda: as_user(practice_session, "kim"))
    return on_database(lambda: second_gradings.ask(kim, signed, practice_session.professional.id))


@pytest.fixture
def section(qtbot: QtBot, workspace: Workspace, asked: SecondGrading) -> AgainSection:
    """The section with the list on screen."""
    made = AgainSection(workspace)
    qtbot.addWidget(made)
    made.resize(1100, 650)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: made.findChild(QPushButton, f"again-{asked.id}") is not None, timeout=WAIT_MS)
    return made


def text_of(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused: QWidget | None = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifiers)


def opened(qtbot: QtBot, section: AgainSection, asked: SecondGrading) -> SecondBench:
    """The bench, once the copy is on it."""
    button = section.findChild(QPushButton, f"again-{asked.id}")
    assert isinstance(button, QPushButton)
    button.click()
    qtbot.waitUntil(lambda: section.bench.page is not None, timeout=WAIT_MS)
    return section.bench


def kept(qtbot: QtBot, bench: SecondBench) -> None:
    """Wait until what was graded is on the disk."""
    qtbot.waitUntil(lambda: bench.draft is not None and bench.draft.keeping is Keeping.KEPT, timeout=WAIT_MS)


def test_the_evidence_is_shown_and_the_grades_are_not(
    qtbot: QtBot, section: AgainSection, asked: SecondGrading
) -> None:
    bench = opened(qtbot, section, asked)
    assert "Grading again: Robin Practice-Oak, 21 September" in text_of(bench)
    assert "0 of 32 units graded" in text_of(bench)
    page = bench.page
    assert page is not None
    card = page.cards[0]
    assert not card.details_fold.isVisible()
    assert card.drawer is not None
    assert "Seen for A1.a." in text_of(card.drawer)
    press(Key.Key_E)
    assert not card.drawer.add.isVisible()
    assert card.drawer.open_piece is None
    assert "Graded" not in card.head.state.text()
    assert bench.draft is not None
    assert all(answer.grade is None for answer in bench.draft.value.units.values())


def test_it_is_graded_by_the_same_keys_kept_and_gone_on_with(
    qtbot: QtBot, section: AgainSection, asked: SecondGrading, practice_session: Session, on_database: OnDatabase
) -> None:
    bench = opened(qtbot, section, asked)
    press(Key.Key_4)
    assert "1 of 32 units graded" in text_of(bench)
    press(Key.Key_Down)
    press(Key.Key_N)
    kept(qtbot, bench)
    page = bench.page
    assert page is not None
    assert page.cards[0].safety is None
    press(Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert bench.where.currentText() == "A2 Housing"
    working = on_database(lambda: second_gradings.open_(practice_session, asked.id).working)
    assert working.assessment.answer("A1.a").grade == 4
    assert working.assessment.answer("A1.b").state.value == "not_observed"

    back = next(each for each in bench.findChildren(QPushButton) if each.text() == "Back to the list")
    back.click()
    qtbot.waitUntil(lambda: "1 of 32 units graded so far" in text_of(section.gradings), timeout=WAIT_MS)
    bench = opened(qtbot, section, asked)
    assert "1 of 32 units graded" in text_of(bench)


def test_once_finished_both_grades_stand_beside_each_other_the_farthest_apart_first(
    qtbot: QtBot, section: AgainSection, asked: SecondGrading
) -> None:
    bench = opened(qtbot, section, asked)
    press(Key.Key_2)
    press(Key.Key_Down)
    press(Key.Key_4)
    kept(qtbot, bench)
    bench.finish.click()
    box = bench.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    next(button for button in box.buttons() if button.text() == "Finish").click()
    qtbot.waitUntil(lambda: "finished on" in text_of(section.gradings), timeout=WAIT_MS)
    compare = section.findChild(QPushButton, f"again-{asked.id}")
    assert isinstance(compare, QPushButton)
    assert compare.text() == "Compare the grades"
    compare.click()
    table = section.gradings.table
    qtbot.waitUntil(lambda: table.model() is not None and table.model().rowCount() == 2, timeout=WAIT_MS)
    first = [table.model().index(0, column).data() for column in range(3)]
    assert first == ["2", "4", "2 steps"]
    assert table.model().headerData(0, Qt.Orientation.Vertical) == "A1.b Quantity"
    assert "2 units were graded by both, 1 of them alike." in text_of(section.gradings)


def test_a_supervisor_asks_and_nobody_who_knows_the_grades_can_be_chosen(
    qtbot: QtBot, workspace: Workspace, practice_session: Session, signed: str, on_database: OnDatabase
) -> None:
    on_database(lambda: add_user(practice_session, "lee", Role.PRACTITIONER))
    lee = on_database(lambda: as_user(practice_session, "lee")).professional
    pat = on_database(lambda: as_user(practice_session, "pat")).professional
    made = CalibrationSection(workspace)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    qtbot.waitUntil(lambda: "You have not asked anybody" in text_of(made), timeout=WAIT_MS)
    made.ask.click()
    qtbot.waitUntil(lambda: made.findChild(FormDialog) is not None, timeout=WAIT_MS)
    dialog = made.findChild(FormDialog)
    assert isinstance(dialog, FormDialog)
    offered = [option.code for option in dialog.form.fields["grader"].editor.item.options]
    assert lee.id in offered
    assert pat.id not in offered
    dialog.show_values({"assessment": signed, "grader": lee.id})
    dialog.save_button.click()
    qtbot.waitUntil(lambda: "graded again by" in text_of(made.gradings), timeout=WAIT_MS)
    assert "0 of 32 units graded so far" in text_of(made.gradings)
    assert "0 graded again for calibration" in text_of(made)


def test_where_nothing_can_be_graded_again_that_is_said(
    qtbot: QtBot, workspace: Workspace, practice_session: Session
) -> None:
    del practice_session
    made = CalibrationSection(workspace)
    qtbot.addWidget(made)
    made.show()
    made.ask.click()
    qtbot.waitUntil(lambda: made.findChild(QMessageBox) is not None, timeout=WAIT_MS)
    box = made.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert "nothing to grade again yet" in box.text()
    box.buttons()[0].click()


def test_the_learning_page_leads_there(qtbot: QtBot, workspace: Workspace, practice_session: Session) -> None:
    del practice_session
    page = LearningPage(workspace)
    qtbot.addWidget(page)
    page.show()
    page.show_place("again")
    qtbot.waitUntil(lambda: isinstance(page.section, AgainSection), timeout=WAIT_MS)
    qtbot.waitUntil(
        lambda: page.section is not None and "Nobody has asked you" in text_of(page.section), timeout=WAIT_MS
    )
