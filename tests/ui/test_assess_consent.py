"""Before the first grade: the interpreter, and carers asked apart; and holding back from one carer of two."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from gcp2_app.domain.assessment import AssessmentState, SharingHeldBack, Window
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.register import Carer, Person
from gcp2_app.domain.when import When
from gcp2_app.services import assessments, register
from gcp2_app.services.session import Session
from gcp2_app.ui.assess.before_page import BeforePage
from gcp2_app.ui.assess.finish_page import FinishPage
from gcp2_app.ui.assess.steps import BEFORE, FINISH
from gcp2_app.ui.workspace import Workspace
from tests import stores
from tests.ui.assessing import Assessing, Key, in_window, labels
from tests.ui.conftest import OnDatabase

PATIENCE = 60_000


@pytest.fixture
def person(qtbot: QtBot, workspace: Workspace, on_database: OnDatabase, practice_session: Session) -> Assessing:
    """A person in front of an assessment with two carers, in a family with domestic abuse on record."""

    def make() -> str:
        session = practice_session
        child, _ = stores.add_family(session)
        father = register.save_person(session, Person(id="", name="Dean Practice-Marsh"))
        child = register.save_child(
            session, replace(child, carers=(*child.carers, Carer(person=father.id, relationship="father")))
        )
        abuse = Entry(
            id="e1",
            kind="event",
            children=(child.id,),
            when=When.on(date(2026, 10, 1)),
            data={"type": "domestic_abuse"},
        )
        with session.store.transaction() as tx:
            tx.entries.put(abuse, by=None)
        working = stores.begin(session, child, first=date(2026, 11, 9))
        return stores.grade_all(session, working, 2).assessment.id

    made = in_window(qtbot, workspace, on_database)
    made.open(on_database(make))
    return made


def before_page(person: Assessing) -> BeforePage:
    """Go to the first step."""
    page = person.go(BEFORE)
    assert isinstance(page, BeforePage)
    person.qtbot.waitUntil(page.abuse.isVisible, timeout=PATIENCE)
    return page


def test_carers_are_to_be_asked_apart_where_abuse_is_known(person: Assessing) -> None:
    page = before_page(person)
    assert "Ask the carers apart" in page.abuse.text()
    assert not page.apart.isChecked()
    page.apart.click()
    assert person.draft.value.explained is not None
    assert person.draft.value.explained.asked_apart is True


@pytest.mark.parametrize("name", ["Robin Practice-Oak", "robin", "Mr Dean Practice-Marsh", "her aunt"])
def test_a_child_or_relative_is_not_taken_as_interpreter(person: Assessing, name: str) -> None:
    page = before_page(person)
    page.interpreter.clear()
    QTest.keyClicks(page.interpreter, name)
    page.interpreter.commit()
    assert "never" in labels(page._interpreter)
    page.refresh()
    assert page.interpreter.text() == name
    assert person.draft.value.explained is not None
    assert person.draft.value.explained.interpreter == "none needed"
    page.interpreter.clear()
    QTest.keyClicks(page.interpreter, "Ms Vale, interpreting service")
    page.interpreter.commit()
    assert page._interpreter.error == ""
    assert person.draft.value.explained.interpreter == "Ms Vale, interpreting service"


def test_one_carer_of_two_is_held_back_shared_with_the_other_and_shown_later(person: Assessing) -> None:
    father = person.draft.value.carers[1]
    held = SharingHeldBack(reason="Risk", agreed_by="Kit", look_again_on=date(2026, 12, 1), person=father)
    id_ = person.draft.value.id
    person.draft.act(lambda session: assessments.finish(session, id_), person.draft.go_on, _fail)
    person.qtbot.waitUntil(lambda: person.draft.value.state is AssessmentState.COMPLETE, timeout=PATIENCE)
    person.draft.act(lambda session: assessments.hold_back(session, id_, held), person.draft.go_on, _fail)
    person.qtbot.waitUntil(lambda: bool(person.draft.value.held_back), timeout=PATIENCE)
    page = person.go(FINISH)
    assert isinstance(page, FinishPage)
    assert "Show Practice Mother the grades" in labels(page.carers)
    assert "Sharing is held back from Dean Practice-Marsh." in labels(page.carers)
    assert page.panels["share"].button.text() == "Shared with Practice Mother today"
    page.panels["share"].button.click()
    person.qtbot.waitUntil(lambda: person.draft.value.state is AssessmentState.SHARED, timeout=PATIENCE)
    assert person.draft.value.held_back == (held,)
    ending = page.panels[f"end hold {father}"]
    assert isinstance(ending.button, QPushButton)
    assert ending.button.text() == "Shared with Dean Practice-Marsh today"
    ending.button.click()
    person.qtbot.waitUntil(lambda: person.draft.value.held_back[0].ended_on == date(2026, 11, 20), timeout=PATIENCE)
    person.qtbot.waitUntil(lambda: f"end hold {father}" not in page.panels, timeout=PATIENCE)
    person.qtbot.waitUntil(lambda: "ended on 20 November 2026" in labels(page), timeout=PATIENCE)


def _fail(error: object) -> None:
    raise AssertionError(error)


def test_what_is_still_asked_for_is_named_and_leads_there_until_grading_opens(person: Assessing) -> None:
    def unexplained() -> str:
        session = person.workspace.session
        child, carer = stores.add_family(session)
        window = Window(from_=date(2026, 11, 9), to=date(2026, 12, 6))
        start = assessments.Start(child=child.id, carers=(carer.id,), window=window)
        return assessments.start(session, start).assessment.id

    person.open(person.on_database(unexplained))
    page = person.go(BEFORE)
    assert isinstance(page, BeforePage)
    assert page.needed.isVisible()
    asked = [line.text for line in page.needed.lines]
    assert "Which leaflet was left, or that none was, is not recorded." in asked
    assert "Who interpreted, or that nobody was needed, is not recorded." in asked
    assert len(asked) == 5

    answers = {
        "What was explained": "all",
        "Leaflet left with them": "none left",
        "Language used": "English",
        "Interpreter": "none needed",
    }
    for name, answer in answers.items():
        assert not person.draft.may_grade
        page.needed.setFocus()
        person.press(Key.Key_Home)
        person.press(Key.Key_Return)
        assert person.focused.accessibleName() == name
        person.type(answer)
        person.press(Key.Key_Tab)
    page.needed.setFocus()
    person.press(Key.Key_Return)
    assert person.focused.accessibleName() == "Answer, Practice Mother"
    person.type("Refused")
    page.needed.setFocus()
    person.press(Key.Key_Return)
    assert person.focused.accessibleName() == "Why, Practice Mother"
    person.type("Wants to ask her solicitor first")
    person.press(Key.Key_Tab)
    assert page.needed.lines == ()
    assert not page.needed.isVisible()
    assert person.draft.may_grade


def test_two_carers_who_have_not_answered_are_named_and_each_line_leads_to_its_own(person: Assessing) -> None:
    def unexplained() -> str:
        session = person.workspace.session
        child = person.draft.child
        window = Window(from_=date(2026, 11, 9), to=date(2026, 12, 6))
        start = assessments.Start(child=child.id, carers=tuple(carer.person for carer in child.carers), window=window)
        return assessments.start(session, start).assessment.id

    person.open(person.on_database(unexplained))
    page = person.go(BEFORE)
    assert isinstance(page, BeforePage)
    said = [page.needed.item(row).text() for row in range(page.needed.count())]
    mine = [text for text in said if "answer is not recorded" in text]
    assert mine == [
        "Practice Mother: a carer’s answer is not recorded.",
        "Dean Practice-Marsh: a carer’s answer is not recorded.",
    ]
    for text, carer in zip(mine, page.carers, strict=True):
        page.needed.itemClicked.emit(page.needed.item(said.index(text)))
        assert person.focused is carer.answer
