"""An antenatal assessment in the window: its sections wait, open, and go on past the birth, by keys alone."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.qtbot import QtBot

from gcp2_app.domain.assessment import OpenedBy
from gcp2_app.domain.register import Child
from gcp2_app.forms.packs import find_pack
from gcp2_app.services import sharing
from gcp2_app.services.session import Session
from gcp2_app.ui.assess import changes, family_words, sections
from gcp2_app.ui.assess.review_page import ReviewPage
from gcp2_app.ui.assess.section_page import SectionPage
from gcp2_app.ui.assess.steps import BEFORE, REVIEW, Spot, Step, StepKind, spot_from_key, steps_of
from gcp2_app.ui.share.asking import Asking
from gcp2_app.ui.workspace import Workspace
from tests import antenatal
from tests.ui.assessing import CONTROL, Assessing, in_window, labels
from tests.ui.conftest import OnDatabase

Key = Qt.Key
WAIT_MS = 60_000
PACK = find_pack("graded-care-antenatal")
R, H = Step(StepKind.SECTION, "R"), Step(StepKind.SECTION, "H")


@pytest.fixture
def desk(qtbot: QtBot, workspace: Workspace, on_database: OnDatabase, practice_session: Session) -> Assessing:
    """A person at an empty page, signed in to a practice store."""
    assert practice_session.store.practice
    return in_window(qtbot, workspace, on_database)


@pytest.fixture
def person(desk: Assessing) -> Assessing:
    """A person in front of the explained, ungraded assessment of an unborn child due in two weeks."""
    session = desk.workspace.session
    desk.open(desk.on_database(lambda: antenatal.begin(session, antenatal.add_unborn(session)).assessment.id))
    return desk


def tree_texts(person: Assessing) -> list[str]:
    tree = person.page.tree
    assert tree is not None
    found: list[str] = []
    for row in range(tree.topLevelItemCount()):
        item = tree.topLevelItem(row)
        assert item is not None
        found.append(item.text(0))
        found += [f"  {child.text(0)}" for under in range(item.childCount()) if (child := item.child(under))]
    return found


def test_the_way_leads_past_sections_that_wait() -> None:
    closed = steps_of(PACK, "before", closed={"R", "H"})
    assert [step.code for step in closed if step.code] == ["P1", "P2", "P3", "R", "H"]
    opened = steps_of(PACK, "before")
    assert [step.code for step in opened if step.code] == ["P1", "P2", "P3", "R", "R1", "R2", "H", "H1", "H2", "H3"]
    assert [step.code for step in steps_of(PACK, "0-3m") if step.code] == ["H1", "H2", "H3"]
    assert spot_from_key(PACK, closed, R.key) == Spot(R)
    assert spot_from_key(PACK, closed, "R1.a") == Spot(BEFORE)


def test_concern_opens_the_second_section_while_grading_goes_on(qtbot: QtBot, person: Assessing) -> None:
    assert {"  Not open yet"} == set(tree_texts(person)) & {"  Not open yet", "  R1 A place for baby"}
    card = person.card("P1.a")
    person.press(Key.Key_3)
    person.wait_kept()
    qtbot.waitUntil(lambda: "  Open: concern" in tree_texts(person), timeout=WAIT_MS)
    assert "  R1 A place for baby" in tree_texts(person)
    assert person.step.step == Step(StepKind.SUBAREA, "P1")
    assert card.isAncestorOf(person.focused), "the page at hand stays as it is"
    person.press(Key.Key_2)
    person.wait_kept()
    qtbot.waitUntil(lambda: "  R1 A place for baby" not in tree_texts(person), timeout=WAIT_MS)


def test_what_stays_of_the_steps_keeps_its_line_the_focus_and_the_place(qtbot: QtBot, person: Assessing) -> None:
    tree, so_far, draft = person.page.tree, person.page.so_far, person.draft
    assert tree is not None
    assert so_far is not None
    person.page.resize(1366, 330)
    person.card("P3")
    tree.setFocus(Qt.FocusReason.TabFocusReason)
    (last,) = tree.findItems("Finish", Qt.MatchFlag.MatchExactly)
    tree.setCurrentItem(last)
    qtbot.waitUntil(lambda: tree.itemAt(0, 0) is not tree.topLevelItem(0))
    (unfolded,) = tree.findItems("P1 ", Qt.MatchFlag.MatchStartsWith | Qt.MatchFlag.MatchRecursive)
    unfolded.setExpanded(True)
    so_far.planner.fold.click()
    top = tree.itemAt(0, 0)
    gone: list[str] = []

    def note(parent: QModelIndex, first: int, end: int) -> None:
        gone.extend(tree.model().index(row, 0, parent).data() for row in range(first, end + 1))

    tree.model().rowsAboutToBeRemoved.connect(note)
    draft.change(changes.graded(PACK, draft.value, "P3", rank=4, by=draft.me, on=draft.today))
    qtbot.waitUntil(lambda: "  R1 A place for baby" in tree_texts(person), timeout=WAIT_MS)
    assert gone == []
    assert (person.page.tree, person.page.so_far) == (tree, so_far)
    assert tree.hasFocus()
    assert tree.currentItem() is last
    assert unfolded.isExpanded()
    assert tree.itemAt(0, 0) is top
    assert so_far.planner.fold.isChecked()
    draft.undo()
    qtbot.waitUntil(lambda: "  R1 A place for baby" not in tree_texts(person), timeout=WAIT_MS)
    assert {name[:2] for name in gone} == {"R1", "R2"}
    assert tree.currentItem() is last


def test_a_section_is_opened_by_judgement_and_closed_again_by_keys(
    qtbot: QtBot, person: Assessing, practice_session: Session
) -> None:
    session = practice_session
    page = person.go(R)
    assert isinstance(page, SectionPage)
    assert page.focusWidget() is page.reason
    assert "“P Getting to know you and your pregnancy” comes to a 3 or worse" in page.standing.text()
    person.tab_to_named("Open this section")
    person.press(Key.Key_Space)
    assert "Say what makes you open it." in labels(page)
    person.type("A first baby, no family near.")
    person.tab_to_named("Open this section")
    person.press(Key.Key_Space)
    qtbot.waitUntil(lambda: "R" not in person.draft.closed, timeout=WAIT_MS)
    page = person.step
    assert isinstance(page, SectionPage)
    assert "You opened it on 20 November 2026: A first baby, no family near." in labels(page)
    opening = person.stored(session).opening("R")
    assert opening is not None
    assert opening.because is OpenedBy.JUDGEMENT
    assert "  Open: your judgement" in tree_texts(person)
    person.tab_to_named("Close it again")
    person.press(Key.Key_Space)
    qtbot.waitUntil(lambda: "R" in person.draft.closed, timeout=WAIT_MS)
    assert person.stored(session).openings == ()


def test_a_section_with_something_in_it_is_not_closed_again(qtbot: QtBot, person: Assessing) -> None:
    page = person.go(R)
    assert isinstance(page, SectionPage)
    page.reason.setPlainText("Twins.")
    page.open.click()
    qtbot.waitUntil(lambda: "R" not in person.draft.closed, timeout=WAIT_MS)
    person.card("R1.a")
    person.press(Key.Key_2)
    person.wait_kept()
    page = person.go(R)
    assert isinstance(page, SectionPage)
    assert page.close_again.isHidden()


def test_the_whole_way_is_walked_by_keys_from_the_first_section_to_the_last(person: Assessing) -> None:
    person.card("P3")
    person.press(Key.Key_4)
    person.wait_kept()
    person.qtbot.waitUntil(lambda: "R" not in person.draft.closed, timeout=WAIT_MS)
    walked: list[str] = []
    for _ in range(6):
        person.press(Key.Key_PageDown, CONTROL)
        walked.append(person.step.step.code or person.step.step.kind.value)
        assert person.page.isAncestorOf(person.focused)
        if person.step.step.code == "R1":
            person.press(Key.Key_3)
    assert walked == ["R", "R1", "R2", "H", "visits", "day"]
    person.wait_kept()
    assert person.draft.value.answer("R1.a").grade == 3


def test_before_the_birth_it_is_asked_what_is_told_of_the_baby(person: Assessing, practice_session: Session) -> None:
    assert "For a baby not born yet: what is told of them" in labels(person.go(Step(StepKind.VOICE)))
    id_, child = person.draft.value.id, person.draft.child
    session = practice_session
    person.on_database(lambda: antenatal.is_born(session, child, session.today()))
    person.page.show_assessment(id_)
    person.qtbot.waitUntil(lambda: person.draft.child.date_of_birth is not None, timeout=WAIT_MS)
    assert "For a baby: what is seen" in labels(person.go(Step(StepKind.VOICE)))


def test_a_child_not_born_yet_is_not_among_those_who_may_see_the_screen(
    qtbot: QtBot, person: Assessing, practice_session: Session
) -> None:
    known = person.on_database(lambda: sharing.before(practice_session, person.draft.value.id))
    asking = Asking(person.draft, known)
    qtbot.addWidget(asking)
    assert list(asking.present) == list(person.draft.value.carers)


def test_the_third_section_leads_to_the_childs_record(qtbot: QtBot, person: Assessing, workspace: Workspace) -> None:
    page = person.go(H)
    assert isinstance(page, SectionPage)
    assert page.open.isHidden()
    assert "once the baby is born" in page.standing.text()
    with qtbot.waitSignal(workspace.child_wanted, timeout=WAIT_MS):
        page.open_child.click()


def test_after_the_birth_the_assessment_goes_on_and_says_so(person: Assessing, practice_session: Session) -> None:
    session, on_database = practice_session, person.on_database
    person.card("P1.a")
    person.press(Key.Key_1)
    person.wait_kept()
    id_, child = person.draft.value.id, person.draft.child
    on_database(lambda: antenatal.is_born(session, child, session.today()))
    person.page.show_assessment(id_)
    person.qtbot.waitUntil(lambda: person.draft.child.date_of_birth is not None, timeout=WAIT_MS)
    assert "  Open: baby is born" in tree_texts(person)
    assert "This assessment goes on, and everything graded before stays." in labels(person.page.header)
    assert person.draft.value.answer("P1.a").grade == 1
    person.card("H1.a")
    person.press(Key.Key_2)
    person.wait_kept()
    assert person.draft.working.profile.areas["H"].provisional


def test_the_review_says_what_is_open_and_why(qtbot: QtBot, person: Assessing) -> None:
    person.card("P3")
    person.press(Key.Key_4)
    person.wait_kept()
    qtbot.waitUntil(lambda: "R" not in person.draft.closed, timeout=WAIT_MS)
    page = person.go(REVIEW)
    assert isinstance(page, ReviewPage)
    said = labels(page)
    assert "because of concern in “P Getting to know you and your pregnancy”" in said
    assert "Not open yet. It opens once the baby is born" in said
    assert set(page.rows) == {"P", "P1", "P2", "P3", "R", "R1", "R2", "H"}


def test_after_birth_the_review_has_the_third_section_alone(desk: Assessing, practice_session: Session) -> None:
    session = practice_session

    def make() -> str:
        child = antenatal.is_born(session, antenatal.add_unborn(session), session.today() - timedelta(days=30))
        return antenatal.begin(session, child).assessment.id

    desk.open(desk.on_database(make))
    page = desk.go(REVIEW)
    assert isinstance(page, ReviewPage)
    assert set(page.rows) == {"H", "H1", "H2", "H3"}
    assert not sections.about_birth(desk.draft)


@pytest.mark.parametrize(
    ("due", "born", "says"),
    [
        (60, None, ""),
        (0, None, "The baby is due on"),
        (-3, None, "The baby was due on"),
        (0, -2, "This assessment goes on"),
    ],
)
def test_what_is_said_of_the_birth(
    desk: Assessing, practice_session: Session, due: int, born: int | None, says: str
) -> None:
    session = practice_session

    def make() -> str:
        child = antenatal.add_unborn(session, due=session.today() + timedelta(days=due))
        id_ = antenatal.begin(session, child).assessment.id
        if born is not None:
            antenatal.is_born(session, child, session.today() + timedelta(days=born))
        return id_

    desk.open(desk.on_database(make))
    said = sections.about_birth(desk.draft)
    assert says in said
    assert bool(said) == bool(says)


@pytest.mark.parametrize(
    ("days", "says"), [(20, "after the last day of this window"), (100, "the child’s own profile takes over")]
)
def test_a_birth_after_the_window_asks_for_a_new_assessment_and_three_months_hand_over(
    desk: Assessing, practice_session: Session, days: int, says: str
) -> None:
    session = practice_session

    def make() -> str:
        first = session.today() - timedelta(days=days + 10)
        child = antenatal.add_unborn(session, due=session.today())
        id_ = antenatal.begin(session, child, first=first, days=5).assessment.id
        antenatal.is_born(session, child, session.today() - timedelta(days=days))
        return id_

    desk.open(desk.on_database(make))
    assert says in sections.about_birth(desk.draft)


@pytest.mark.parametrize(
    ("given", "family", "born", "called"),
    [
        ("Wren", "Ash", False, "Wren"),
        ("", "Ash", False, "Unborn child"),
        ("", "Ash", True, "Ash"),
        ("", "", False, "Unborn child"),
    ],
)
def test_a_sibling_not_born_yet_is_not_called_by_the_familys_name(
    given: str, family: str, born: bool, called: str
) -> None:
    due = date(2026, 12, 4)
    child = Child(id="c", given_names=given, family_name=family, expected_date=due, date_of_birth=due if born else None)
    assert family_words.called(child) == called
