"""The guided assessment in a window over a real store."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from gcp2_app.domain.answers import EvidenceSource, PersonGrade, UnitState
from gcp2_app.domain.assessment import AssessmentState
from gcp2_app.domain.grading import record_grade
from gcp2_app.domain.register import Carer, Person
from gcp2_app.domain.users import Role
from gcp2_app.services import assessments, register
from gcp2_app.services.assessments import Start, Working
from gcp2_app.services.session import Session
from gcp2_app.ui import style
from gcp2_app.ui.assess import steps
from gcp2_app.ui.assess.actions import HoldBackPanel
from gcp2_app.ui.assess.before_page import BeforePage
from gcp2_app.ui.assess.draft import Keeping
from gcp2_app.ui.assess.finish_page import FinishPage
from gcp2_app.ui.assess.history_page import HistoryPage
from gcp2_app.ui.assess.review_page import ReviewPage
from gcp2_app.ui.assess.subarea_page import SubareaPage
from gcp2_app.ui.assess.targets_page import TargetsPage
from gcp2_app.ui.assess.texts import KeptText
from gcp2_app.ui.assess.then_now_page import ThenNowPage
from gcp2_app.ui.assess.unit_card import UnitCard
from gcp2_app.ui.assess.words_page import WordsPage
from gcp2_app.ui.colours import Theme
from gcp2_app.ui.fold import Fold
from gcp2_app.ui.workspace import Workspace
from tests import stores
from tests.ui.assessing import BABY, CONTROL, SHIFT, Assessing, Key, begin_of_four_grades, in_window, labels, with_limit
from tests.ui.conftest import OnDatabase


@pytest.fixture
def working(practice_session: Session, on_database: OnDatabase) -> Working:
    """An assessment of a three-year-old, explained, with nothing graded yet."""

    def make() -> Working:
        child, _ = stores.add_family(practice_session)
        return stores.begin(practice_session, child, first=date(2026, 11, 9))

    return on_database(make)


@pytest.fixture
def person(qtbot: QtBot, workspace: Workspace, on_database: OnDatabase, working: Working) -> Assessing:
    """A person in front of that assessment."""
    made = in_window(qtbot, workspace, on_database)
    made.open(working.assessment.id)
    return made


@pytest.fixture
def moved(practice_session: Session, on_database: OnDatabase) -> Working:
    """An assessment whose child was assessed before: every unit at 3, signed off."""

    def make() -> Working:
        stores.add_user(practice_session, "boss", Role.SUPERVISOR)
        child, _ = stores.add_family(practice_session)
        supervisor = stores.as_user(practice_session, "boss")
        stores.signed_off(practice_session, child, grade=3, first=date(2026, 5, 4), supervisor=supervisor)
        return stores.begin(practice_session, child, first=date(2026, 11, 9))

    return on_database(make)


def test_a_whole_assessment_of_29_units_by_keys_alone(
    qtbot: QtBot, workspace: Workspace, on_database: OnDatabase, practice_session: Session
) -> None:
    def start() -> Working:
        child, carer = stores.add_family(practice_session, born=BABY)
        window = stores.begin(practice_session, child, first=date(2026, 11, 9)).assessment.window
        assert window is not None
        return assessments.start(practice_session, Start(child=child.id, carers=(carer.id,), window=window))

    id_ = on_database(start).assessment.id
    person = in_window(qtbot, workspace, on_database)
    person.open(id_)
    assert person.draft.before_grading

    read_by_keys(person)
    assert [each.by for each in person.stored(practice_session).history_read] == [practice_session.professional.id]
    explain_by_keys(person)
    assert not person.draft.before_grading
    grade_by_keys(person, practice_session)
    write_by_keys(person)
    plan_by_keys(person)

    finish = person.step
    assert isinstance(finish, FinishPage)
    assert [line.text for line in finish.missing.lines if line.item.blocks] == []
    for state in (AssessmentState.COMPLETE, AssessmentState.SHARED, AssessmentState.SUBMITTED):
        person.press(Key.Key_Space)
        qtbot.waitUntil(lambda: person.draft.value.state is state)  # noqa: B023 - waited for here
    assert person.stored(practice_session).state is AssessmentState.SUBMITTED


def read_by_keys(person: Assessing) -> None:
    """History first: it is read, and one press says so and leads on."""
    page = person.step
    assert isinstance(page, HistoryPage)
    person.qtbot.waitUntil(lambda: page.file is not None)
    assert "No event is recorded here." in labels(page)
    person.tab_to_named("I have read it: start grading")
    person.press(Key.Key_Space)
    person.qtbot.waitUntil(lambda: isinstance(person.step, BeforePage))


def explain_by_keys(person: Assessing) -> None:
    """Before you start: the focus is in the first field."""
    person.type("What is looked at and why")
    person.tab_to_named("Leaflet left with them")
    person.type("none")
    person.tab_to_named("Language used")
    person.type("English")
    person.tab_to_named("Interpreter")
    person.type("none needed")
    person.press(Key.Key_Tab)
    assert isinstance(person.focused, QComboBox)
    person.press(Key.Key_Down)
    person.wait_kept()


def grade_by_keys(person: Assessing, session: Session) -> None:
    """Every unit: a digit and the arrow down; at the foot of a page Enter goes on."""
    units = list(person.draft.pack.units_in(person.draft.band))
    assert len(units) == 29
    person.press(Key.Key_PageDown, CONTROL)
    for place, code in enumerate(units):
        if code == "A5.d":
            person.press(Key.Key_X)
            person.type("no condition known")
            person.press(Key.Key_Return)
        elif code == "C1.b":
            person.press(Key.Key_N)
            person.type("asleep at each visit; nursery could tell")
            person.press(Key.Key_Return)
        elif code == "A1.b":
            person.press(Key.Key_4)
            person.press(Key.Key_E)
            person.type("The fridge was empty.")
            person.press(Key.Key_Tab)
            person.press(Key.Key_Down)
            person.press(Key.Key_Escape)
            person.press(Key.Key_Down)
        else:
            person.press(Key.Key_2 if place % 3 else Key.Key_1)
            person.press(Key.Key_Down)
        if isinstance(person.focused, QPushButton):
            person.press(Key.Key_Return)
    person.wait_kept()
    value = person.stored(session)
    assert {code for code in units if value.answer(code).state is UnitState.NOT_STARTED} == set()
    assert value.answer("A5.d").state is UnitState.NOT_APPLICABLE
    assert value.answer("C1.b").reason == "asleep at each visit; nursery could tell"
    assert [piece.source for piece in value.answer("A1.b").evidence] == [EvidenceSource.SEEN_AT_HOME]


def write_by_keys(person: Assessing) -> None:
    """Past the visits and the day to the child's words, then on to the analysis."""
    assert person.step.step == steps.VISITS
    person.press(Key.Key_PageDown, CONTROL)
    assert person.step.step == steps.DAY
    person.press(Key.Key_PageDown, CONTROL)
    assert person.step.step == steps.VOICE
    person.type("Settles when picked up.")
    for _ in range(3):
        person.press(Key.Key_PageDown, CONTROL)
    assert person.step.step == steps.ANALYSIS
    person.type("Care is warm; food runs short.")
    person.press(Key.Key_Tab)
    person.type("Slow weight gain.")
    person.press(Key.Key_Tab)
    person.type("Would go hungry more often.")


def plan_by_keys(person: Assessing) -> None:
    """A baby's 4 needs a safety step."""
    person.press(Key.Key_PageDown, CONTROL)
    assert isinstance(person.step, TargetsPage)
    assert person.focused.accessibleName().startswith("Add a target: A1.b")
    person.press(Key.Key_Space)
    person.type("Food parcel today")
    person.press(Key.Key_Tab)
    person.type("health visitor")
    person.press(Key.Key_Tab)
    person.type("25/11/2026")
    person.press(Key.Key_PageDown, CONTROL)
    person.wait_kept()


def test_leaving_and_coming_back_opens_the_same_unit(
    person: Assessing, working: Working, practice_session: Session
) -> None:
    card = person.card("B1.b")
    card.grade(2)
    person.wait_kept()
    reopened = in_window(person.qtbot, person.workspace, person.on_database)
    reopened.open(working.assessment.id)
    assert isinstance(reopened.step, SubareaPage)
    assert reopened.step.step.code == "B1"
    assert reopened.step.cards[1].isAncestorOf(reopened.focused)
    assert reopened.stored(practice_session).answer("B1.b").grade == 2


def test_a_step_without_units_is_come_back_to_as_well(person: Assessing, working: Working) -> None:
    person.go(steps.ANALYSIS)
    person.wait_kept()
    reopened = in_window(person.qtbot, person.workspace, person.on_database)
    reopened.open(working.assessment.id)
    assert reopened.step.step == steps.ANALYSIS


def test_grades_typed_faster_than_the_disk_are_all_kept(person: Assessing, practice_session: Session) -> None:
    units = list(person.draft.pack.units_in(person.draft.band))
    person.card(units[0])
    for code in units:
        person.card(code).grade(2)
    assert person.draft.keeping is Keeping.KEEPING
    person.wait_kept()
    value = person.stored(practice_session)
    assert value.state is AssessmentState.IN_PROGRESS
    assert [value.answer(code).grade for code in units] == [2] * len(units)


def test_undo_and_redo_are_kept_like_any_change(person: Assessing, practice_session: Session) -> None:
    person.card("A1.a")
    person.press(Key.Key_3)
    person.press(Key.Key_2)
    person.press(Key.Key_Z, CONTROL)
    person.wait_kept()
    assert person.stored(practice_session).answer("A1.a").grade == 3
    person.press(Key.Key_Z, CONTROL)
    person.wait_kept()
    # Grading has begun and stays begun; the grade is gone.
    assert person.stored(practice_session).state is AssessmentState.IN_PROGRESS
    assert person.stored(practice_session).answer("A1.a").state is UnitState.NOT_STARTED
    assert not person.page.header.undo.isEnabled()
    person.press(Key.Key_Z, CONTROL | SHIFT)
    person.press(Key.Key_Z, CONTROL | SHIFT)
    person.wait_kept()
    assert person.stored(practice_session).answer("A1.a").grade == 2


def test_a_key_past_the_scale_does_nothing(person: Assessing) -> None:
    person.card("A1.a")
    person.press(Key.Key_9)
    assert person.draft.value.answer("A1.a").state is UnitState.NOT_STARTED


def test_arrows_look_at_the_grades_without_choosing_one(person: Assessing) -> None:
    card = person.card("A1.a")
    person.press(Key.Key_Right)
    person.press(Key.Key_Right)
    assert card.cards.cards[2].hasFocus()
    assert person.draft.value.answer("A1.a").state is UnitState.NOT_STARTED
    person.press(Key.Key_Space)
    assert person.draft.value.answer("A1.a").grade == 3
    assert card.cards.cards[2].isChecked()


def test_nothing_is_graded_before_it_was_explained(
    qtbot: QtBot, workspace: Workspace, on_database: OnDatabase, practice_session: Session
) -> None:
    def start() -> Working:
        child, carer = stores.add_family(practice_session)
        window = replace(stores.begin(practice_session, child).assessment).window
        assert window is not None
        return assessments.start(practice_session, Start(child=child.id, carers=(carer.id,), window=window))

    person = in_window(qtbot, workspace, on_database)
    person.open(on_database(start).assessment.id)
    card = person.card("A1.a")
    person.press(Key.Key_3)
    person.press(Key.Key_N)
    assert person.draft.value.answer("A1.a").state is UnitState.NOT_STARTED
    assert not card.cards.cards[2].isChecked()
    explain = next(
        button for button in person.step.findChildren(QPushButton) if button.text().startswith("Record what")
    )
    assert explain.isVisible()
    explain.click()
    assert isinstance(person.step, BeforePage)


def test_what_is_typed_is_kept_when_the_store_is_locked(
    person: Assessing, working: Working, practice_session: Session, on_database: OnDatabase
) -> None:
    page = person.go(steps.ANALYSIS)
    assert isinstance(page, WordsPage)
    page.texts["analysis"].setFocus()
    person.type("Half a sentence")
    id_ = working.assessment.id
    person.workspace.locking.emit()
    assert person.page.draft is None

    def read() -> str:
        with practice_session.store.transaction() as tx:
            return tx.assessments.get(id_).analysis

    assert on_database(read) == "Half a sentence"


def test_a_full_disk_keeps_what_was_written_on_screen_and_tries_again(
    person: Assessing, practice_session: Session, on_database: OnDatabase
) -> None:
    person.card("A1.a")
    with_limit(practice_session, on_database, "PRAGMA max_page_count = 1")
    refused: list[None] = []
    person.workspace.not_saved.connect(lambda: refused.append(None))
    for code in person.draft.pack.units_in(person.draft.band):
        person.card(code).grade(3)
        card = person.card(code)
        card.details_fold.open()
        assert card.details is not None
        card.details.note.setPlainText("A long note. " * 400)
        card.details.note.commit()
    person.qtbot.waitUntil(lambda: person.draft.keeping is Keeping.NOT_KEPT)
    assert refused
    assert "disk is full" in person.page.header.notice.text
    assert person.draft.value.answer("A1.a").grade == 3
    # What the grades come to is shown all the same.
    assert person.draft.working.profile.areas["A"].grade == 3

    with_limit(practice_session, on_database, "PRAGMA max_page_count = 1000000")
    person.page.header.again.click()
    person.wait_kept()
    assert person.page.header.notice.text == ""
    assert person.stored(practice_session).answer("D4").grade == 3


def test_a_grave_grade_asks_for_evidence_until_it_has_some(person: Assessing) -> None:
    card = person.card("A1.b")
    card.grade(4)
    assert asks_for_evidence(card)
    person.press(Key.Key_E)
    person.type("Robin was hungry at nursery.")
    assert card.drawer is not None
    piece = card.drawer.open_piece
    assert piece is not None
    piece.text.commit()
    assert asks_for_evidence(card), "where it comes from is not said yet"
    piece.source.setCurrentIndex(piece.source.findData(EvidenceSource.OTHER_PROFESSIONAL))
    piece.source.activated.emit(piece.source.currentIndex())
    assert not asks_for_evidence(card)
    assert person.draft.value.answer("A1.b").evidence[0].by == person.draft.me


def asks_for_evidence(card: UnitCard) -> bool:
    """Whether a unit asks for evidence of its grade."""
    return card.needs is not None and card.needs.isVisible()


def test_a_stated_reason_stands_in_for_evidence(person: Assessing) -> None:
    card = person.card("A1.b")
    card.grade(5)
    assert card.needs is not None
    card.needs.unverified.setFocus()
    person.type("Reported by telephone, visit tomorrow")
    card.needs.unverified.commit()
    assert person.draft.value.answer("A1.b").unverified_reason == "Reported by telephone, visit tomorrow"
    assert asks_for_evidence(card), "the reason stays in sight"


def test_one_piece_of_evidence_hangs_on_several_units(person: Assessing, practice_session: Session) -> None:
    card = person.card("A1.a")
    card.grade(3)
    person.press(Key.Key_E)
    person.type("Only crisps in the house.")
    assert card.drawer is not None
    piece = card.drawer.open_piece
    assert piece is not None
    piece.also.click()
    item = next(
        piece.units.item(row) for row in range(piece.units.count()) if piece.units.item(row).text().startswith("A1.b")
    )
    piece.units.setCurrentItem(item)
    piece.units.setFocus()
    person.press(Key.Key_Space)
    piece.close_piece()
    person.wait_kept()
    value = person.stored(practice_session)
    assert value.answer("A1.a").evidence == value.answer("A1.b").evidence
    assert len(value.answer("A1.a").evidence) == 1
    assert "A1.b" in labels(card.drawer)

    remove = next(button for button in card.drawer.findChildren(QPushButton) if button.text() == "Remove")
    remove.click()
    person.wait_kept()
    assert person.stored(practice_session).answer("A1.b").evidence == ()


def test_who_may_not_see_a_piece_of_evidence_is_marked_on_it(person: Assessing, practice_session: Session) -> None:
    card = person.card("A1.a")
    card.grade(3)
    person.press(Key.Key_E)
    person.type("Weighed at the clinic.")
    assert card.drawer is not None
    piece = card.drawer.open_piece
    assert piece is not None
    piece.text.commit()
    marks = piece.marks
    assert not marks.third_party.isChecked()
    piece.source.setCurrentIndex(piece.source.findData(EvidenceSource.OTHER_PROFESSIONAL))
    piece.source.activated.emit(piece.source.currentIndex())
    # It follows where the evidence comes from, and nobody has settled it yet.
    assert marks.third_party.isChecked()
    assert person.draft.value.answer("A1.a").evidence[0].third_party is None
    assert piece.kept_from.text() == "▸ Who may not see it: marked"
    piece.kept_from.click()
    for box in marks.stops():
        box.setFocus()
        person.press(Key.Key_Space)
    person.wait_kept()
    (kept,) = person.stored(practice_session).answer("A1.a").evidence
    assert (kept.third_party, kept.harm_if_disclosed, kept.text) == (False, True, "Weighed at the clinic.")
    piece.close_piece()
    assert "marked: could do harm" in labels(card.drawer)


def test_evidence_stays_open_until_its_day_can_be_read(person: Assessing) -> None:
    card = person.card("A1.a")
    person.press(Key.Key_E)
    person.type("Only crisps in the house.")
    assert card.drawer is not None
    piece = card.drawer.open_piece
    assert piece is not None
    piece.day.setFocus()
    piece.day.selectAll()
    person.type("the other week")
    piece.close_piece()
    assert piece.isVisible()
    assert piece.day.hasFocus()
    piece.day.selectAll()
    person.type("19 November 2026")
    piece.close_piece()
    assert not piece.isVisible()
    assert person.draft.value.answer("A1.a").evidence[0].on == date(2026, 11, 19)


def test_the_earlier_grade_stays_folded_and_opening_it_is_recorded(
    qtbot: QtBot, workspace: Workspace, on_database: OnDatabase, moved: Working, practice_session: Session
) -> None:
    person = in_window(qtbot, workspace, on_database)
    person.open(moved.assessment.id)
    card = person.card("A1.a")
    assert "3, some essential" not in labels(card)
    assert card.head.earlier is not None
    card.head.earlier.click()
    qtbot.waitUntil(lambda: "3, some essential" in labels(card))
    person.wait_kept()
    assert person.stored(practice_session).opened_earlier == (practice_session.today(),)


def test_then_and_now_asks_what_was_seen_for_each_unit_that_moved(
    qtbot: QtBot, workspace: Workspace, on_database: OnDatabase, moved: Working, practice_session: Session
) -> None:
    person = in_window(qtbot, workspace, on_database)
    person.open(moved.assessment.id)
    page = person.go(steps.THEN_AND_NOW)
    assert isinstance(page, ThenNowPage)
    assert page.open.isVisible(), "earlier grades would steer the grading"
    for code in person.draft.pack.units_in(person.draft.band):
        person.card(code).grade(2 if code == "A1.a" else 3)
    person.wait_kept()
    person.go(steps.THEN_AND_NOW)
    assert list(page.moved) == ["A1.a"]
    assert "Better" in labels(page.moved["A1.a"])
    assert page.moved["A1.a"].seen.hasFocus()
    person.type("Fruit on the table at both visits")
    person.wait_kept()
    assert person.stored(practice_session).answer("A1.a").what_changed == "Fruit on the table at both visits"
    assert "what_changed" not in {item.field for item in person.draft.working.missing}


def test_from_each_grade_one_action_reaches_the_unit_that_decided_it(person: Assessing) -> None:
    for code in ("A1.a", "A1.b", "A1.c"):
        person.card(code).grade(2)
    person.card("A1.d").grade(5)
    person.wait_kept()
    page = person.go(steps.REVIEW)
    assert isinstance(page, ReviewPage)
    assert "A 4 or 5 decides" in page.rows["A1"].why.text()
    assert "provisional" in page.rows["A"].why.text().lower()
    for code in ("A", "A1"):
        person.go(steps.REVIEW)
        links = [button for button in page.rows[code].findChildren(QPushButton) if not button.isHidden()]
        assert [link.text() for link in links] == ["A1.d Organisation"]
        links[0].click()
        assert person.step.step.code == "A1"
        assert isinstance(person.step, SubareaPage)
        assert person.step.cards[3].isAncestorOf(person.focused)


def test_each_missing_line_leads_to_where_it_is_mended(person: Assessing) -> None:
    person.card("A1.a").grade(4)
    person.wait_kept()
    assert person.page.so_far is not None
    for place, line in enumerate(person.page.so_far.missing.lines):
        so_far = person.page.so_far
        so_far.missing.setCurrentRow(place)
        so_far.missing.itemActivated.emit(so_far.missing.item(place))
        assert person.step.step == steps.mended_at(person.draft.pack, line.item).step
        assert person.step.isAncestorOf(person.focused)


def test_a_finished_assessment_is_shared_submitted_and_signed_off_by_someone_else(
    qtbot: QtBot, workspace: Workspace, on_database: OnDatabase, working: Working, practice_session: Session
) -> None:
    def ready() -> None:
        stores.add_user(practice_session, "boss", Role.SUPERVISOR, Role.PRACTITIONER)
        stores.grade_all(practice_session, working, 2)

    on_database(ready)
    person = in_window(qtbot, workspace, on_database)
    person.open(working.assessment.id)
    take(person, "finish", AssessmentState.COMPLETE)
    assert not person.draft.may_grade
    card = person.card("A1.a")
    person.press(Key.Key_5)
    assert person.draft.value.answer("A1.a").grade == 2
    assert not card.states.clear.isVisible()
    take(person, "share", AssessmentState.SHARED)
    take(person, "submit", AssessmentState.SUBMITTED)
    finish = person.go(steps.FINISH)
    assert isinstance(finish, FinishPage)
    assert "sign off" not in finish.panels, "nobody signs off their own assessment"

    boss = on_database(lambda: stores.as_user(practice_session, "boss"))
    workspace.begin(boss)
    other = in_window(qtbot, workspace, on_database)
    other.open(working.assessment.id)
    say_why(other, "return", "Look at A1 again")
    take(other, "return", AssessmentState.RETURNED)
    assert "Look at A1 again" in labels(other.step)

    workspace.begin(practice_session)
    again = in_window(qtbot, workspace, on_database)
    again.open(working.assessment.id)
    take(again, "resume", AssessmentState.IN_PROGRESS)
    assert again.draft.may_grade
    take(again, "finish", AssessmentState.COMPLETE)
    take(again, "share", AssessmentState.SHARED)
    take(again, "submit", AssessmentState.SUBMITTED)

    workspace.begin(boss)
    last = in_window(qtbot, workspace, on_database)
    last.open(working.assessment.id)
    take(last, "sign off", AssessmentState.SIGNED_OFF)
    assert "Signed off by you" in labels(last.step)
    say_why(last, "correct", "A1.a was entered for another child")
    wanted: list[str] = []
    workspace.assessment_wanted.connect(wanted.append)
    finish = last.step
    assert isinstance(finish, FinishPage)
    finish.panels["correct"].button.click()
    qtbot.waitUntil(lambda: bool(wanted))
    last.open(wanted[0])
    assert last.draft.value.corrects == working.assessment.id
    assert last.draft.may_grade
    workspace.begin(practice_session)


def take(person: Assessing, step: str, state: AssessmentState) -> None:
    """Take a step on the last page and wait for the state after it."""
    finish = person.step if isinstance(person.step, FinishPage) else person.go(steps.FINISH)
    assert isinstance(finish, FinishPage)
    finish.panels[step].button.click()
    person.qtbot.waitUntil(lambda: person.draft.value.state is state)


def say_why(person: Assessing, step: str, text: str) -> None:
    """Write the reason a step asks for."""
    finish = person.go(steps.FINISH)
    assert isinstance(finish, FinishPage)
    finish.panels[step].button.click()
    assert "Say why." in labels(finish.panels[step])
    finish.panels[step].findChildren(KeptText)[0].setPlainText(text)


def test_sharing_is_held_back_with_who_agreed_and_when_it_is_looked_at_again(
    qtbot: QtBot, workspace: Workspace, on_database: OnDatabase, working: Working, practice_session: Session
) -> None:
    on_database(lambda: stores.grade_all(practice_session, working, 2))
    person = in_window(qtbot, workspace, on_database)
    person.open(working.assessment.id)
    take(person, "finish", AssessmentState.COMPLETE)
    finish = person.step
    assert isinstance(finish, FinishPage)
    panel = finish.panels["hold back"]
    panel.button.click()
    assert "who agreed" in labels(panel).lower()
    # A reason this grave is nobody's default.
    assert isinstance(panel, HoldBackPanel)
    assert panel.why.hasFocus()
    assert "Say why." in labels(panel)
    person.type("Police enquiry")
    assert panel.why.currentText() == "Police enquiry"
    assert "Say why." not in labels(panel)
    for field in panel.findChildren(QLineEdit):
        if field.accessibleName() == "Who agreed to it":
            field.setText("Kit Hill")
        if field.accessibleName() == "Looked at again on":
            field.setText("27 November 2026")
    panel.button.click()
    qtbot.waitUntil(lambda: person.draft.value.state is AssessmentState.SHARING_HELD_BACK)
    held = person.stored(practice_session).held_back[0]
    assert (held.agreed_by, held.reason) == ("Kit Hill", "Police enquiry")


def test_grading_is_not_finished_while_a_unit_lacks_what_only_grading_can_write(
    qtbot: QtBot, workspace: Workspace, on_database: OnDatabase, working: Working, practice_session: Session
) -> None:
    def grade() -> Working:
        graded = stores.grade_all(practice_session, working, 2)
        grave = stores.graded(practice_session, graded, "A1.b", 4)
        units = {**graded.assessment.units, "A1.b": replace(grave, evidence=())}
        return assessments.save(practice_session, graded, replace(graded.assessment, units=units))

    on_database(grade)
    person = in_window(qtbot, workspace, on_database)
    person.open(working.assessment.id)
    finish = person.go(steps.FINISH)
    assert isinstance(finish, FinishPage)
    assert "finish" not in finish.panels
    assert "while grading is open" in labels(finish)
    assert finish.missing.hasFocus()
    assert finish.missing.lines[0].item.blocks
    person.card("A1.b").grade(3)
    person.wait_kept()
    finish = person.go(steps.FINISH)
    assert isinstance(finish, FinishPage)
    qtbot.waitUntil(lambda: "finish" in finish.panels)


def test_units_missing_are_finished_only_with_why_now(person: Assessing) -> None:
    person.card("A1.a").grade(2)
    person.wait_kept()
    say_why(person, "finish", "The conference is tomorrow")
    take(person, "finish", AssessmentState.INCOMPLETE)
    assert person.draft.value.incomplete_reason == "The conference is tomorrow"


def test_a_second_practitioner_grades_without_seeing_the_first(
    qtbot: QtBot, workspace: Workspace, on_database: OnDatabase, working: Working, practice_session: Session
) -> None:
    def second() -> None:
        stores.add_user(practice_session, "kim", Role.PRACTITIONER, Role.SUPERVISOR)
        kim = stores.as_user(practice_session, "kim")
        answer = record_grade(
            working.pack,
            working.assessment.answer("A1.a"),
            PersonGrade(by=kim.professional.id, on=practice_session.today(), grade=4),
        )
        assessments.save(kim, working, replace(working.assessment, units={"A1.a": answer}))

    on_database(second)
    person = in_window(qtbot, workspace, on_database)
    person.open(working.assessment.id)
    card = person.card("A1.a")
    assert not any(choice.isChecked() for choice in card.cards.cards)
    assert "Someone else has graded" in labels(card)
    assert card.agreement is not None
    assert "4" not in labels(card.agreement)
    person.press(Key.Key_2)
    assert card.cards.cards[1].isChecked()
    assert "Practice kim: 4" in labels(card)
    card.agreement.grade.setCurrentIndex(card.agreement.grade.findData(3))
    card.agreement.reason.setPlainText("seen together on the second visit")
    card.agreement.reason.commit()
    person.wait_kept()
    answer = person.stored(practice_session).answer("A1.a")
    assert (answer.grade, answer.agreed_reason) == (3, "seen together on the second visit")
    assert len(answer.grades) == 2


def test_a_supervisor_reads_and_changes_nothing(
    qtbot: QtBot, workspace: Workspace, on_database: OnDatabase, working: Working, practice_session: Session
) -> None:
    def add() -> Session:
        stores.add_user(practice_session, "reader", Role.SUPERVISOR)
        return stores.as_user(practice_session, "reader")

    workspace.begin(on_database(add))
    person = in_window(qtbot, workspace, on_database)
    person.open(working.assessment.id)
    person.card("A1.a")
    person.press(Key.Key_3)
    page = person.go(steps.ANALYSIS)
    assert isinstance(page, WordsPage)
    assert page.texts["analysis"].isReadOnly()
    assert person.draft.value == working.assessment
    workspace.begin(practice_session)


def test_a_sub_area_shows_in_the_tree_what_it_comes_to_once_all_of_it_is_done(person: Assessing) -> None:
    tree = person.page.tree
    assert tree is not None
    for code, grade in (("A1.a", 2), ("A1.b", 2), ("A1.c", 4)):
        person.card(code).grade(grade)
    person.wait_kept()

    def said() -> str:
        (item,) = tree.findItems("A1 Nutrition", Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)
        return str(item.data(1, Qt.ItemDataRole.AccessibleTextRole))

    assert said() == "3 of 4, something is needed"
    person.card("A1.d").grade(2)
    person.wait_kept()
    person.qtbot.waitUntil(lambda: said().startswith("4"))
    assert "something is needed" in said()


def test_another_band_asks_why_and_has_its_own_units(person: Assessing, practice_session: Session) -> None:
    page, tree = person.go(steps.BEFORE), person.page.tree
    assert isinstance(page, BeforePage)
    assert tree is not None
    page.band_card.band.setCurrentIndex(page.band_card.band.findData("5+"))
    page.band_card.band.activated.emit(page.band_card.band.currentIndex())
    person.wait_kept()
    page = person.step
    assert isinstance(page, BeforePage)
    assert page.band_card.reason.isVisible()
    page.band_card.reason.setFocus()
    person.type("Reads and writes already")
    person.wait_kept()
    value = person.stored(practice_session)
    assert (value.band, value.band_reason) == ("5+", "Reads and writes already")
    person.card("D1.i")
    assert isinstance(person.step, SubareaPage)
    assert person.step.cards[0].unit.label == "Education"
    assert person.page.tree is tree
    assert tree.findItems("D1.i Education", Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)
    assert not tree.findItems("D1.a", Qt.MatchFlag.MatchStartsWith | Qt.MatchFlag.MatchRecursive)


def test_the_panes_fold_where_there_is_no_room(
    qtbot: QtBot, workspace: Workspace, on_database: OnDatabase, working: Working
) -> None:
    person = in_window(qtbot, workspace, on_database, width=700)
    person.open(working.assessment.id)
    page = person.page
    assert page.tree is not None
    assert not page.tree.isVisible()
    assert page.header.steps.isVisible()
    page.header.so_far.click()
    assert page.so_far is not None
    assert page.so_far.isVisible()
    assert not person.step.isVisible()
    page.header.so_far.click()
    assert person.step.isVisible()
    page.header.steps.click()
    assert page.tree.hasFocus()
    person.press(Key.Key_Return)
    assert person.step.isVisible()


def test_a_page_opens_at_its_heading_and_goes_to_what_a_grade_asks_for(person: Assessing) -> None:
    card = person.card("B1.a")
    QApplication.processEvents()
    bar = person.step.verticalScrollBar()
    assert bar.value() == 0
    person.press(Key.Key_5)
    assert card.safety is not None
    view = person.step.viewport()
    person.qtbot.waitUntil(
        lambda: (
            card.safety is not None and view.rect().contains(card.safety.mapTo(view, card.safety.rect().bottomRight()))
        )
    )


def test_the_answers_of_carers_with_long_names_stand_in_one_line(
    qtbot: QtBot, workspace: Workspace, on_database: OnDatabase, practice_session: Session
) -> None:
    def make() -> str:
        child, _ = stores.add_family(practice_session)
        long = register.save_person(practice_session, Person(id="", name="Practice Bartholomew Featherstonehaugh"))
        child = register.save_child(
            practice_session, replace(child, carers=(*child.carers, Carer(person=long.id, relationship="uncle")))
        )
        return stores.begin(practice_session, child, first=date(2026, 11, 9)).assessment.id

    person = in_window(qtbot, workspace, on_database)
    person.open(on_database(make))
    page = person.go(steps.BEFORE)
    assert isinstance(page, BeforePage)
    QApplication.processEvents()
    for carer in page.carers:
        assert carer.answer.mapTo(carer, carer.answer.rect().center()).y() == pytest.approx(
            carer.on.mapTo(carer, carer.on.rect().center()).y(), abs=2
        )


def test_the_grades_stand_side_by_side_or_below_each_other(person: Assessing) -> None:
    card = person.card("A1.a")
    wide = [choice.y() for choice in card.cards.cards]
    assert len(set(wide)) == 1
    person.page.resize(620, 650)
    person.qtbot.waitUntil(lambda: len({choice.y() for choice in card.cards.cards}) == 5)


def test_every_control_has_a_name(person: Assessing) -> None:
    person.card("A1.b").grade(5)
    for step in person.page.steps:
        page = person.go(step)
        for fold in page.findChildren(Fold):
            fold.open()
        for control in (
            *page.findChildren(QComboBox),
            *page.findChildren(QLineEdit),
            *page.findChildren(QPlainTextEdit),
        ):
            assert control.accessibleName(), f"{type(control).__name__} on {step.key}"
        for button in page.findChildren(QPushButton):
            assert button.accessibleName() or button.text(), step.key


def test_a_household_unit_a_unit_that_may_rest_and_one_that_is_too_early_say_so(
    qtbot: QtBot, workspace: Workspace, on_database: OnDatabase, practice_session: Session
) -> None:
    def make() -> Working:
        child, _ = stores.add_family(practice_session)
        child = register.save_child(practice_session, replace(child, long_term_condition_since=date(2026, 10, 1)))
        return stores.begin(practice_session, child, first=date(2026, 11, 9))

    person = in_window(qtbot, workspace, on_database)
    person.open(on_database(make).assessment.id)
    assert "Too early" in labels(person.card("A5.d"))
    assert "About the home" in labels(person.card("A2.a"))
    assert "may rest on C1" in labels(person.card("C2.a"))


def test_an_assessment_that_is_not_there_is_said_plainly(
    qtbot: QtBot, workspace: Workspace, on_database: OnDatabase, practice_session: Session
) -> None:
    del practice_session
    person = in_window(qtbot, workspace, on_database)
    person.page.show_assessment("gone")
    qtbot.waitUntil(lambda: "not" in labels(person.page))
    assert person.page.draft is None


def test_at_twice_the_text_size_everything_stays_inside_the_window(
    qtbot: QtBot, workspace: Workspace, on_database: OnDatabase, working: Working
) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    style.apply(application, Theme.LIGHT, 2.0)
    try:
        person = in_window(qtbot, workspace, on_database)
        person.open(working.assessment.id)
        for step in person.page.steps:
            page = person.go(step)
            QApplication.processEvents()
            assert page.horizontalScrollBar().maximum() == 0, step.key
            if isinstance(page, SubareaPage | BeforePage | FinishPage):
                view = page.viewport()
                assert view.rect().contains(person.focused.mapTo(view, person.focused.rect().topLeft())), step.key
            assert person.page.height() <= 650, step.key
    finally:
        style.apply(application, Theme.SYSTEM, 1.0)


def test_at_twice_the_text_size_saying_that_it_is_saved_moves_no_button_and_no_line(
    qtbot: QtBot, workspace: Workspace, on_database: OnDatabase, working: Working
) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    style.apply(application, Theme.LIGHT, 2.0)
    try:
        person = in_window(qtbot, workspace, on_database)
        person.open(working.assessment.id)
        header = person.page.header
        tools = (header.steps, header.so_far, header.share, header.undo, header.redo)
        qtbot.waitUntil(lambda: len({tool.y() for tool in tools}) == 1)
        height = header.height()
        person.draft.change(replace(person.draft.value, child_voice="He hums."))
        person.wait_kept()
        qtbot.waitUntil(lambda: header.kept.isVisible() and "Saved" in header.kept.text())
        QApplication.processEvents()
        assert len({tool.y() for tool in tools}) == 1
        assert header.height() == height
        assert header.rect().contains(header.kept.geometry())
    finally:
        style.apply(application, Theme.SYSTEM, 1.0)


def test_a_pack_of_four_grades_is_graded_by_rank(
    qtbot: QtBot, workspace: Workspace, on_database: OnDatabase, practice_session: Session
) -> None:
    person = in_window(qtbot, workspace, on_database)
    person.open(on_database(lambda: begin_of_four_grades(practice_session).assessment.id))
    first = next(iter(person.draft.pack.units_in(person.draft.band)))
    card = person.card(first)
    person.press(Key.Key_3)
    assert person.draft.value.answer(first).grade == 15
    assert card.cards.cards[2].isChecked()
    assert card.cards.cards[2].accessibleName().startswith("15,")
    person.press(Key.Key_5)
    assert person.draft.value.answer(first).grade == 15
    person.wait_kept()
    assert person.stored(practice_session).answer(first).grade == 15
