"""The share view in the real window: the family's own copy, and nothing else of the program."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from gcp2_app.domain.answers import Evidence, EvidenceSource
from gcp2_app.domain.assessment import Assessment, SharingHeldBack, Target
from gcp2_app.domain.register import Address, Carer, Household, Member, Person
from gcp2_app.services import assessments, register
from gcp2_app.services import stores as store_service
from gcp2_app.services.session import Session
from gcp2_app.ui import style
from gcp2_app.ui.assess import changes
from gcp2_app.ui.assess.page import AssessPage
from gcp2_app.ui.colours import Theme
from gcp2_app.ui.danger import DangerCard
from gcp2_app.ui.main_window import MainWindow
from gcp2_app.ui.place import Place, Screen
from gcp2_app.ui.preferences import Preferences
from gcp2_app.ui.share.asking import Asking
from gcp2_app.ui.share.copy_page import CopyPage
from gcp2_app.ui.share.view import ShareView
from gcp2_app.ui.workspace import Workspace
from tests import stores
from tests.ui.conftest import OnDatabase

PATIENCE = 60_000
BORN = date(2012, 3, 4)


@dataclass
class Case:
    """A family of a child of fourteen, assessed with a mother and a father."""

    id: str
    child: str
    mother: str
    father: str


def make_case(session: Session) -> Case:
    """Fill a store; the address is withheld from the father."""
    child, mother = stores.add_family(session, born=BORN)
    father = register.save_person(session, Person(id="", name="Dean Practice-Marsh"))
    child = register.save_child(
        session, replace(child, carers=(*child.carers, Carer(person=father.id, relationship="father")))
    )
    home = Address(lines=("4 Mill Lane",), postcode="DY1 1AA", withheld_from=(father.id,))
    members = (Member(who=child.id), Member(who=mother.id))
    register.save_household(session, Household(id="", members=members, addresses=(home,)))
    working = stores.grade_all(session, stores.begin(session, child, first=date(2026, 11, 9)), 2)
    answers = dict(working.assessment.units)
    pieces = (
        Evidence(text="The kitchen at 4 Mill Lane was warm.", source=EvidenceSource.SEEN_AT_HOME),
        Evidence(text="Robin said tea is at six.", source=EvidenceSource.CHILD_SAID, id="said"),
    )
    answers["A1.a"] = replace(answers["A1.a"], evidence=pieces)
    worse = stores.graded(session, working, "A4", 3)
    answers["A4"] = worse
    target = Target(unit="A4", current=3, target=2, support="A washing machine", due=date(2026, 12, 20))
    changed = replace(working.assessment, units=answers, targets=(target,))
    id_ = assessments.save(session, working, changed).assessment.id
    return Case(id_, child.id, mother.id, father.id)


@dataclass
class Desk:
    """The window with the assessment open at a unit, and the person at it."""

    window: MainWindow
    workspace: Workspace
    on_database: OnDatabase
    qtbot: QtBot
    case: Case

    @property
    def page(self) -> AssessPage:
        """The assessment."""
        assert self.window.shell is not None
        page = self.window.shell.page
        assert isinstance(page, AssessPage)
        return page

    @property
    def share(self) -> ShareView:
        """The share view."""
        assert self.window.share is not None
        return self.window.share

    @property
    def asking(self) -> Asking:
        """Its question."""
        assert self.share.asking is not None
        return self.share.asking

    @property
    def copy(self) -> CopyPage:
        """The family's copy."""
        assert self.share.page is not None
        return self.share.page

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key as the system delivers it."""
        handle = self.window.windowHandle()
        assert handle is not None
        QTest.keyClick(handle, key, modifiers)

    def ask(self) -> Asking:
        """Press F6, and wait for the question."""
        self.press(Qt.Key.Key_F6)
        self.qtbot.waitUntil(lambda: self.window.share is not None and self.share.asking is not None, timeout=PATIENCE)
        return self.asking

    def show(self, *people: str, also: tuple[str, ...] = ()) -> CopyPage:
        """Answer the question and show the copy."""
        asking = self.ask()
        for id_ in people:
            asking.present[id_].click()
        if also:
            asking.more.click()
            for key in also:
                asking.pieces[key].click()
        asking.show_button.click()
        return self.copy

    def stored(self) -> Assessment:
        """Return the assessment as it is stored."""

        def read() -> Assessment:
            with self.workspace.session.store.transaction() as tx:
                return tx.assessments.get(self.case.id)

        return self.on_database(read)

    def events(self, action: str) -> int:
        """Return how often something stands in the audit trail."""
        return self.on_database(lambda: stores.actions(self.workspace.session).count(action))


def texts(widget: QWidget) -> str:
    """Return what labels below a widget say."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


@pytest.fixture
def desk(
    workspace: Workspace, on_database: OnDatabase, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> Iterator[Desk]:
    """A practitioner at an open assessment."""
    # With the style sheet in force: it decides which fonts reach whom.
    style.apply(qapp, Theme.LIGHT, 1.0)
    folder = tmp_path / "store"

    def make() -> Case:
        session = stores.make_session(folder, name="sam", clock=stores.Clock())
        made = make_case(session)
        store_service.lock(session)
        return made

    case = on_database(make)
    preferences = Preferences(QSettings(str(tmp_path / "gcp2.ini"), QSettings.Format.IniFormat))
    window = MainWindow(workspace, preferences)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    session = on_database(lambda: store_service.unlock(folder, "sam", stores.PASSPHRASE))
    window.entry.opened.emit(session, folder)
    qtbot.waitUntil(lambda: window.shell is not None, timeout=60_000)
    assert window.shell is not None
    window.shell.go(Place(Screen.ASSESSMENT, case.id, "A1.b"))
    made = Desk(window, workspace, on_database, qtbot, case)
    qtbot.waitUntil(lambda: made.page.draft is not None and made.page.step_page is not None, timeout=PATIENCE)
    yield made
    window.close()


def test_it_asks_first_who_can_see_the_screen(desk: Desk) -> None:
    asking = desk.ask()
    assert [tick.text() for tick in asking.present.values()] == [
        "Practice Mother",
        "Dean Practice-Marsh",
        "Robin Practice-Oak",
    ]
    asking.show_button.click()
    assert "Nobody is ticked" in asking.notice.text
    assert desk.share.page is None
    assert desk.events("family copy shown") == 0


def test_the_copy_has_strengths_first_large_and_without_what_was_not_ticked(desk: Desk) -> None:
    copy = desk.show(desk.case.mother)
    said = texts(copy)
    assert said.index("What is going well") < said.index("What we are worried about") < said.index("What we agreed")
    assert "The kitchen at 4 Mill Lane was warm." in said
    assert "A washing machine" in said
    for hidden in ("tea is at six", "Worries and strengths", "A1.a", "drawing of the dog"):
        assert hidden not in said
    smallest = min(label.font().pointSizeF() for label in copy.findChildren(QLabel))
    assert smallest >= 1.5 * QApplication.font().pointSizeF() * 0.99


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_grades_stand_in_proportion_to_the_large_type(desk: Desk, qapp: QApplication, scale: float) -> None:
    style.apply(qapp, Theme.LIGHT, scale)
    card = next(iter(desk.show(desk.case.mother).units.values()))
    (chip,) = card.findChildren(style.GradeChip)
    least = min(label.fontMetrics().height() for label in card.findChildren(QLabel))
    assert chip.sizeHint().height() >= 1.4 * least
    desk.qtbot.waitUntil(lambda: chip.size() == chip.sizeHint(), timeout=PATIENCE)


def test_what_is_withheld_from_somebody_present_is_dropped_and_listed(desk: Desk) -> None:
    asking = desk.ask()
    asking.present[desk.case.father].click()
    assert "an address" in asking.losses.text
    asking.present[desk.case.mother].click()
    asking.show_button.click()
    said = texts(desk.copy)
    assert "was warm" not in said
    assert "withheld" not in said
    assert "Mill" not in said


def test_a_name_typed_as_present_counts_like_a_tick(desk: Desk) -> None:
    asking = desk.ask()
    QTest.keyClicks(asking.others, "Dean Practice-Marsh")
    asking.show_button.click()
    assert "Mill" not in texts(desk.copy)
    desk.press(Qt.Key.Key_Escape)
    desk.qtbot.waitUntil(lambda: bool(desk.stored().sharings), timeout=PATIENCE)
    assert desk.stored().sharings[0].present == (desk.case.father,)


def test_pieces_are_ticked_one_by_one_and_recorded(desk: Desk) -> None:
    copy = desk.show(desk.case.mother, also=("A1.a evidence said", "child_voice"))
    assert [each for each in QApplication.topLevelWidgets() if each.isVisible()] == [desk.window]
    said = texts(copy)
    assert "Robin said tea is at six." in said
    assert "drawing of the dog" in said
    assert "Worries and strengths" not in said
    desk.qtbot.waitUntil(lambda: bool(desk.stored().sharings), timeout=PATIENCE)
    sharing = desk.stored().sharings[0]
    assert set(sharing.also_shown) == {"A1.a evidence said", "child_voice"}
    assert sharing.present == (desk.case.mother,)
    assert sharing.by == desk.workspace.session.professional.id


def test_carers_say_what_they_see_differently(desk: Desk) -> None:
    copy = desk.show(desk.case.mother, desk.case.father)
    card = copy.units["A4"]
    assert card.fold is not None
    card.fold.click()
    answer = card.answer
    assert answer is not None
    answer.grades[2].click()
    assert "differently" in texts(answer)
    QTest.keyClicks(answer.comment, "We bought soap.")
    assert copy.seen is not None
    copy.seen.click()
    desk.press(Qt.Key.Key_F6)
    assert desk.window.share is None
    desk.qtbot.waitUntil(lambda: bool(desk.stored().sharings and desk.stored().sharings[0].said), timeout=PATIENCE)
    stored = desk.stored()
    assert stored.answer("A4").carer_grade == 2
    assert stored.answer("A4").carer_comment == "We bought soap."
    assert stored.answer("A1.a").carer_has_seen is True
    (sharing,) = stored.sharings
    assert sharing.seen
    assert sharing.disagreed == ("A4",)
    assert sharing.said[0].comment == "We bought soap."
    assert (desk.events("family copy shown"), desk.events("family copy closed")) == (1, 1)


def test_what_the_other_carer_said_is_neither_shown_nor_lost(desk: Desk) -> None:
    test_carers_say_what_they_see_differently(desk)
    copy = desk.show(desk.case.mother)
    assert "We bought soap." not in texts(copy)
    card = copy.units["A4"]
    assert card.fold is not None
    card.fold.click()
    answer = card.answer
    assert answer is not None
    assert answer.comment.text == ""
    assert answer.given.grade is None
    answer.grades[4].click()
    QTest.keyClicks(answer.comment, "Not true.")
    desk.press(Qt.Key.Key_Escape)
    desk.qtbot.waitUntil(lambda: len(desk.stored().sharings) == 2, timeout=PATIENCE)
    desk.qtbot.waitUntil(lambda: bool(desk.stored().sharings[1].said), timeout=PATIENCE)
    assert desk.stored().answer("A4").carer_comment == "We bought soap.\nNot true."
    assert desk.stored().answer("A4").carer_grade == 2
    assert desk.stored().sharings[1].said[0].grade == 4


def test_leaving_returns_to_the_same_unit(desk: Desk) -> None:
    before = desk.page._bench.spot
    focused = desk.window.focusWidget()
    desk.show(desk.case.mother)
    desk.press(Qt.Key.Key_Escape)
    assert desk.window.share is None
    assert desk.page._bench.spot == before
    assert desk.window.focusWidget() is focused
    assert desk.window.statusBar().isVisible()


ANY_KEY = [
    (key, modifiers)
    for key in (*range(Qt.Key.Key_F1, Qt.Key.Key_F12 + 1), *range(Qt.Key.Key_A, Qt.Key.Key_Z + 1), Qt.Key.Key_Left)
    if key not in {Qt.Key.Key_F6, Qt.Key.Key_F9}
    for modifiers in (
        Qt.KeyboardModifier.NoModifier,
        Qt.KeyboardModifier.ControlModifier,
        Qt.KeyboardModifier.AltModifier,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
]


def test_no_shortcut_reaches_anything_else(desk: Desk) -> None:
    desk.show(desk.case.mother)
    share = desk.share
    for key, modifiers in ANY_KEY:
        desk.press(Qt.Key(key), modifiers)
    assert desk.window.share is share
    assert not [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()]
    assert desk.window.shell is not None
    assert not desk.window.shell.isVisible()
    assert not desk.window.statusBar().isVisible()
    assert desk.window.shell.page is desk.page
    assert "Robin" not in desk.window.windowTitle()


def test_the_danger_card_opens_over_it_and_says_nothing_of_the_case(desk: Desk) -> None:
    desk.show(desk.case.mother)
    desk.share.danger_button.click()
    (card,) = [each for each in desk.window.findChildren(DangerCard) if each.isVisible()]
    assert not any("Robin" in label.text() for label in card.findChildren(QLabel))
    card.close_button.click()
    assert desk.window.share is desk.share


def test_f9_locks_and_the_record_is_complete(desk: Desk) -> None:
    copy = desk.show(desk.case.mother)
    assert copy.seen is not None
    copy.seen.click()
    folder = desk.workspace.session.store.folder
    desk.window.lock()
    assert desk.window.share is None
    assert desk.window.shell is None

    def read() -> Assessment:
        session = store_service.unlock(folder, "sam", stores.PASSPHRASE)
        with session.store.transaction() as tx:
            found = tx.assessments.get(desk.case.id)
        store_service.lock(session)
        return found

    assert desk.on_database(read).sharings[0].seen


def test_a_carer_it_is_held_back_from_is_not_shown_it(desk: Desk) -> None:
    held = SharingHeldBack(
        reason="Risk to the child", agreed_by="Kit", look_again_on=date(2026, 12, 1), person=desk.case.father
    )

    def hold() -> None:
        session = desk.workspace.session
        assessments.finish(session, desk.case.id)
        assessments.hold_back(session, desk.case.id, held)

    desk.on_database(hold)
    assert desk.window.shell is not None
    desk.window.shell.go(Place(Screen.CASELOAD))
    desk.window.shell.go(Place(Screen.ASSESSMENT, desk.case.id, "A1.b"))
    desk.qtbot.waitUntil(lambda: _held(desk), timeout=PATIENCE)
    asking = desk.ask()
    assert "held back; it is looked at again on 1 December 2026" in texts(asking)
    asking.present[desk.case.father].click()
    asking.show_button.click()
    assert "Sharing is held back from Dean Practice-Marsh" in asking.notice.text
    assert desk.share.page is None
    asking.present[desk.case.father].click()
    asking.present[desk.case.mother].click()
    asking.show_button.click()
    assert desk.copy.seen is not None
    asking.back_button.click()


def _held(desk: Desk) -> bool:
    return desk.page.draft is not None and bool(desk.page.draft.value.held_back)


def test_a_young_person_has_a_version_of_their_own(desk: Desk) -> None:
    asking = desk.ask()
    assert not asking.young_person.isChecked()
    asking.present[desk.case.child].click()
    assert asking.young_person.isChecked()
    asking.show_button.click()
    copy = desk.copy
    said = texts(copy)
    assert "What we saw at home" in said
    assert "None of it is your fault" in said
    assert all(card.fold is None for card in copy.units.values())
    assert copy.own_views is not None
    QTest.keyClicks(copy.own_views, "I want my own bed.")
    desk.press(Qt.Key.Key_Escape)
    desk.qtbot.waitUntil(lambda: desk.stored().child_own_views == "I want my own bed.", timeout=PATIENCE)
    assert desk.stored().sharings[0].young_person


def test_with_a_carer_there_it_is_not_offered_as_the_young_persons(desk: Desk) -> None:
    asking = desk.ask()
    asking.present[desk.case.mother].click()
    asking.present[desk.case.child].click()
    assert not asking.young_person.isChecked()
    desk.press(Qt.Key.Key_Escape)
    assert desk.window.share is None
    assert desk.stored().sharings == ()


def test_the_idle_warning_says_nothing_of_the_case(desk: Desk) -> None:
    desk.show(desk.case.mother)
    desk.window.idle.warned.emit(20)
    assert "closes in 20 seconds" in texts(desk.share)
    desk.window.idle.stayed.emit()
    assert "closes in" not in texts(desk.share)


def test_what_was_said_before_and_holds_something_withheld_is_not_shown_and_not_written_over(desk: Desk) -> None:
    draft = desk.page.draft
    assert draft is not None
    value = changes.changed_answer(draft.value, "A4", carer_comment="It is damp at 4 Mill Lane.")
    draft.change(replace(value, child_own_views="I like Mill Lane."))
    copy = desk.show(desk.case.mother, desk.case.father)
    card = copy.units["A4"]
    assert card.fold is not None
    card.fold.click()
    assert card.answer is not None
    assert card.answer.comment.text == ""
    QTest.keyClicks(card.answer.comment, "We bought soap.")
    desk.press(Qt.Key.Key_Escape)
    desk.qtbot.waitUntil(lambda: "soap" in desk.stored().answer("A4").carer_comment, timeout=PATIENCE)
    assert desk.stored().answer("A4").carer_comment == "It is damp at 4 Mill Lane.\nWe bought soap."
    asking = desk.ask()
    asking.present[desk.case.father].click()
    asking.young_person.click()
    asking.show_button.click()
    assert desk.copy.own_views is not None
    assert desk.copy.own_views.text == ""
    QTest.keyClicks(desk.copy.own_views, "A bed.")
    desk.press(Qt.Key.Key_Escape)
    desk.qtbot.waitUntil(lambda: desk.stored().child_own_views == "I like Mill Lane.\nA bed.", timeout=PATIENCE)
