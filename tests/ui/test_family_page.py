"""The family grid, and one unit for each child, in a window."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gcp2_app.domain.answers import PersonGrade, UnitAnswer, UnitState
from gcp2_app.domain.assessment import Assessment
from gcp2_app.services import assessments, register
from gcp2_app.services.session import Session
from gcp2_app.ui.assess.evidence import EvidencePiece
from gcp2_app.ui.assess.page import AssessPage
from gcp2_app.ui.family.child_card import ChildCard
from gcp2_app.ui.family.each_page import EachPage
from gcp2_app.ui.family.grid_page import GridPage
from gcp2_app.ui.family.page import FamilyPage
from gcp2_app.ui.place import Place, Screen
from gcp2_app.ui.preferences import Preferences
from gcp2_app.ui.shell import Shell
from gcp2_app.ui.workspace import Workspace
from tests import stores
from tests.services.families import Oaks, add_oaks
from tests.ui.assessing import CONTROL, labels
from tests.ui.conftest import OnDatabase

Key = Qt.Key
FIRST = date(2026, 11, 9)


@dataclass
class Home:
    """A family with two open assessments, and ways to look at the store.

    Attributes:
        robin, fern: ids of their assessments.
    """

    oaks: Oaks
    robin: str
    fern: str
    session: Session
    on_database: OnDatabase

    def stored(self, id_: str) -> Assessment:
        def read() -> Assessment:
            with self.session.store.transaction() as tx:
                return tx.assessments.get(id_)

        return self.on_database(read)


def with_grades(session: Session, id_: str, grades: Mapping[str, int]) -> None:
    working = assessments.open_(session, id_)
    units = {code: stores.graded(session, working, code, grade) for code, grade in grades.items()}
    assessments.save(session, working, replace(working.assessment, units={**working.assessment.units, **units}))


@pytest.fixture
def home(practice_session: Session, on_database: OnDatabase) -> Home:
    """The family: Robin is graded 4 where Fern is graded 2, and 3 where she is graded 2."""

    def make() -> Home:
        oaks = add_oaks(practice_session)
        robin = stores.begin(practice_session, oaks.robin, first=FIRST).assessment.id
        fern = stores.begin(practice_session, oaks.fern, first=FIRST).assessment.id
        with_grades(practice_session, robin, {"A1.a": 4, "A1.b": 3, "D1.i": 5})
        with_grades(practice_session, fern, {"A1.a": 2, "A1.b": 2, "D1.i": 1})
        return Home(oaks, robin, fern, practice_session, on_database)

    return on_database(make)


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace, home: Home) -> FamilyPage:
    """The page in a window of its own."""
    del home
    made = FamilyPage(workspace)
    qtbot.addWidget(made)
    made.resize(1366, 650)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def grid_of(qtbot: QtBot, page: FamilyPage, id_: str) -> GridPage:
    page.show_family(id_)
    qtbot.waitUntil(lambda: page.room is page.grid, timeout=60_000)
    return page.grid


def each_of(qtbot: QtBot, page: FamilyPage, id_: str, code: str) -> EachPage:
    page.show_family(id_, code)
    qtbot.waitUntil(lambda: page.room is page.each, timeout=60_000)
    return page.each


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused: QWidget | None = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifiers)


def cell(grid: GridPage, code: str, column: int, row: int = 0) -> str:
    """Return what a cell says; of units with one code the first row, or a later one."""
    model = grid.table.model()
    rows = [
        number
        for number in range(model.rowCount())
        if str(model.headerData(number, Qt.Orientation.Vertical)).startswith(f"{code} ")
    ]
    return str(model.index(rows[row], column).data())


# Grid


def test_the_grid_says_each_grade_each_gap_and_who_is_two_or_more_worse(
    qtbot: QtBot, page: FamilyPage, home: Home
) -> None:
    grid = grid_of(qtbot, page, home.robin)
    model = grid.table.model()
    assert [str(model.headerData(i, Qt.Orientation.Horizontal)).partition("\n")[0] for i in range(2)] == [
        "Robin",
        "Fern",
    ]
    marked = cell(grid, "A1.a", 0)
    assert marked.startswith("grade 4, most essential needs not met. 2 or more worse than Fern")
    assert "ask why this child is treated differently" in marked
    assert cell(grid, "A1.a", 1) == "grade 2, essential needs met"
    assert cell(grid, "A1.b", 0) == "grade 3, some essential needs not met"
    assert cell(grid, "A4", 0) == "not graded"
    # The same code in another band is another unit.
    assert (cell(grid, "D1.i", 0), cell(grid, "D1.i", 1)) == ("grade 5, needs not met", "not in this age band")
    assert (cell(grid, "D1.i", 0, 1), cell(grid, "D1.i", 1, 1)) == ("not in this age band", "grade 1, all needs met")
    assert grid.marks.text() == "Robin is graded 2 or more worse than a sibling in A1.a."
    assert "Elm: no assessment is started." in labels(grid)
    spoken = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert str(spoken).startswith("A1.a Quality, Robin: grade 4")


def test_arrows_walk_and_enter_opens_that_unit_of_that_child(
    qtbot: QtBot, workspace: Workspace, page: FamilyPage, home: Home
) -> None:
    grid = grid_of(qtbot, page, home.robin)
    wanted: list[tuple[str, str]] = []
    workspace.unit_wanted.connect(lambda id_, code: wanted.append((id_, code)))
    assert QApplication.focusWidget() is grid.table
    press(Key.Key_Down)
    press(Key.Key_Right)
    press(Key.Key_Return)
    assert wanted == [(home.fern, "A1.b")]
    row = next(
        number
        for number in range(grid.table.model().rowCount())
        if grid.table.model().index(number, 1).data() == "not in this age band"
    )
    grid.table.setCurrentIndex(grid.table.model().index(row, 1))
    press(Key.Key_Return)
    assert len(wanted) == 1
    assert not grid.open.isEnabled()


def test_a_child_who_may_not_be_shown_is_counted_without_a_name(qtbot: QtBot, page: FamilyPage, home: Home) -> None:
    home.on_database(lambda: register.save_child(home.session, replace(home.oaks.fern, restricted=True)))
    grid = grid_of(qtbot, page, home.robin)
    said = labels(grid)
    assert "There is one more child in this family whose record you cannot see here." in said
    assert "Fern" not in said
    assert grid.table.model().columnCount() == 1


def test_grades_of_others_stay_hidden_in_the_grid(qtbot: QtBot, page: FamilyPage, home: Home) -> None:
    theirs = UnitAnswer(state=UnitState.SCORED, grade=5, grades=(PersonGrade(by="w-elsewhere", on=FIRST, grade=5),))

    def graded_by_another() -> None:
        with home.session.store.transaction() as tx:
            fern = tx.assessments.get(home.fern)
            tx.assessments.put(replace(fern, units={**fern.units, "A1.b": theirs}), by=home.session.user.id)

    home.on_database(graded_by_another)
    grid = grid_of(qtbot, page, home.robin)
    assert cell(grid, "A1.b", 1) == "not graded"
    assert "left out here" in labels(grid)


# One unit for each child


def test_each_child_has_its_own_texts_and_keys_grade_the_child_one_is_at(
    qtbot: QtBot, page: FamilyPage, home: Home
) -> None:
    each = each_of(qtbot, page, home.robin, "A3.a")
    robin, fern = each.cards
    assert robin.cards.cards[0].accessibleDescription() != fern.cards.cards[0].accessibleDescription()
    assert "Elm: no assessment is started." in labels(each)
    press(Key.Key_2)
    press(Key.Key_Down)
    press(Key.Key_3)
    assert (robin.state.text(), fern.state.text()) == ("Graded 2", "Graded 3")

    def kept(id_: str) -> int | None:
        return home.stored(id_).answer("A3.a").grade

    qtbot.waitUntil(lambda: (kept(home.robin), kept(home.fern)) == (2, 3), timeout=60_000)
    press(Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: (kept(home.robin), kept(home.fern)) == (2, None), timeout=60_000)
    press(Key.Key_N)
    assert fern.draft.value.answer("A3.a").state is UnitState.NOT_OBSERVED


def test_a_unit_of_one_band_is_shown_for_its_children_alone(qtbot: QtBot, page: FamilyPage, home: Home) -> None:
    each = each_of(qtbot, page, home.robin, "D1.i")
    assert [card.draft.child.given_names for card in each.cards] == ["Robin"]
    assert "Fern: D1.i is another unit in this child’s age band." in labels(each)


def test_one_goes_on_to_the_next_unit_and_to_the_childs_own_assessment(
    qtbot: QtBot, workspace: Workspace, page: FamilyPage, home: Home
) -> None:
    each = each_of(qtbot, page, home.robin, "A1.a")
    assert not each.before.isEnabled()
    each.after.click()
    assert each.cards[0].unit.code == "A1.b"
    press(Key.Key_PageUp, CONTROL)
    assert each.cards[0].unit.code == "A1.a"
    wanted: list[tuple[str, str]] = []
    workspace.unit_wanted.connect(lambda id_, code: wanted.append((id_, code)))
    each.cards[1].open.click()
    assert wanted == [(home.fern, "A1.a")]


def test_what_was_graded_is_kept_when_one_leaves_at_once(qtbot: QtBot, page: FamilyPage, home: Home) -> None:
    each = each_of(qtbot, page, home.robin, "A4")
    each.cards[1].take_focus()
    press(Key.Key_1)
    page.hide()
    assert page.drafts == ()
    qtbot.waitUntil(lambda: home.stored(home.fern).answer("A4").grade == 1, timeout=60_000)


def test_what_is_not_on_the_disk_is_not_graded_over(
    qtbot: QtBot, workspace: Workspace, page: FamilyPage, home: Home
) -> None:
    from gcp2_app.ui.assess import sealed

    fern = home.stored(home.fern)
    home.on_database(lambda: sealed.keep_sealed(home.session, workspace.sealed, fern, replace(fern, analysis="later")))
    each = each_of(qtbot, page, home.robin, "A4")
    assert [card.draft.child.given_names for card in each.cards] == ["Robin"]
    assert "Fern: the last change of the assessment is not saved yet; open it first." in labels(each)
    workspace.sealed.clear()


def test_a_grave_grade_asks_for_its_evidence(qtbot: QtBot, page: FamilyPage, home: Home) -> None:
    each = each_of(qtbot, page, home.robin, "A4")
    card: ChildCard = each.cards[0]
    press(Key.Key_3)
    assert "still needs evidence" not in labels(card)
    press(Key.Key_4)
    assert "still needs evidence" in labels(card)


# Evidence


def type_(text: str) -> None:
    focused: QWidget | None = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, text)


def texts(assessment: Assessment, code: str) -> list[str]:
    return [piece.text for piece in assessment.answer(code).evidence]


def opened_piece(card: ChildCard) -> EvidencePiece:
    assert card.drawer is not None
    assert card.drawer.open_piece is not None
    return card.drawer.open_piece


def siblings_known(qtbot: QtBot, card: ChildCard) -> None:
    qtbot.waitUntil(lambda: card.draft.family.family is not None, timeout=60_000)


def test_one_piece_of_evidence_is_written_for_two_children_at_once(qtbot: QtBot, page: FamilyPage, home: Home) -> None:
    each = each_of(qtbot, page, home.robin, "A4")
    robin, fern = each.cards
    press(Key.Key_E)
    piece = opened_piece(robin)
    siblings_known(qtbot, robin)
    type_("No water in the tap.")
    box = piece.children_on.boxes[home.oaks.fern.id]
    assert box.isVisible()
    assert box.isEnabled()
    box.click()
    assert texts(fern.draft.value, "A4") == ["No water in the tap."]
    assert fern.evidence_fold.text().endswith("Evidence (1)  E")
    # A change meant for both goes on being for both, and the other child's own grade is kept beside it.
    fern.grade(3)
    piece.text.setFocus()
    piece.text.selectAll()
    type_("No hot water in the tap.")
    press(Key.Key_Escape)
    for id_ in (home.robin, home.fern):
        qtbot.waitUntil(
            lambda id_=id_: texts(home.stored(id_), "A4") == ["No hot water in the tap."],  # type: ignore[misc]
            timeout=60_000,
        )
    assert home.stored(home.fern).answer("A4").grade == 3
    assert home.stored(home.robin).answer("A4").grade is None
    assert "also on the assessment of Fern" in labels(robin)
    (one,), (other,) = (home.stored(id_).answer("A4").evidence for id_ in (home.robin, home.fern))
    assert one == other


def test_evidence_for_one_child_alone_stays_there_and_undo_takes_it_from_each_by_itself(
    qtbot: QtBot, page: FamilyPage, home: Home
) -> None:
    each = each_of(qtbot, page, home.robin, "A4")
    robin, fern = each.cards
    press(Key.Key_Down)
    press(Key.Key_E)
    siblings_known(qtbot, fern)
    type_("Clean hands and nails.")
    opened_piece(fern).text.commit()
    assert texts(fern.draft.value, "A4") == ["Clean hands and nails."]
    assert texts(robin.draft.value, "A4") == []
    opened_piece(fern).children_on.boxes[home.oaks.robin.id].click()
    assert texts(robin.draft.value, "A4") == ["Clean hands and nails."]
    robin.draft.undo()
    assert texts(robin.draft.value, "A4") == []
    assert not opened_piece(fern).children_on.boxes[home.oaks.robin.id].isChecked()
    opened_piece(fern).children_on.boxes[home.oaks.robin.id].click()
    opened_piece(fern).children_on.boxes[home.oaks.robin.id].click()
    press(Key.Key_Escape)
    page.hide()
    qtbot.waitUntil(lambda: texts(home.stored(home.fern), "A4") == ["Clean hands and nails."], timeout=60_000)
    assert texts(home.stored(home.robin), "A4") == []


def test_a_sibling_who_is_not_on_the_page_still_takes_evidence(qtbot: QtBot, page: FamilyPage, home: Home) -> None:
    """Fern's last change is not on the disk when the page opens, so she has no card; once it is, she can be ticked."""
    from gcp2_app.ui.assess import sealed

    held = page._workspace.sealed
    fern = home.stored(home.fern)
    home.on_database(lambda: sealed.keep_sealed(home.session, held, fern, replace(fern, analysis="later")))
    each = each_of(qtbot, page, home.robin, "A4")
    held.clear()
    (robin,) = each.cards
    press(Key.Key_E)
    siblings_known(qtbot, robin)
    type_("No heating.")
    opened_piece(robin).children_on.boxes[home.oaks.fern.id].click()
    qtbot.waitUntil(lambda: texts(home.stored(home.fern), "A4") == ["No heating."], timeout=60_000)


# The window


@pytest.fixture
def shell(qtbot: QtBot, workspace: Workspace, home: Home, tmp_path: object) -> Iterator[Shell]:
    """The pages of the open store."""
    del home
    settings = QSettings(f"{tmp_path}/settings.ini", QSettings.Format.IniFormat)
    made = Shell(workspace, Preferences(settings))
    qtbot.addWidget(made)
    made.resize(1366, 700)
    made.show()
    made.begin()
    yield made
    made.hide()


def test_the_childs_assessments_lead_to_the_grid_and_back(
    qtbot: QtBot, workspace: Workspace, shell: Shell, home: Home
) -> None:
    from gcp2_app.ui.child.page import ChildPage

    shell.go(Place(Screen.CHILD, home.oaks.robin.id))
    child = shell.page
    assert isinstance(child, ChildPage)
    qtbot.waitUntil(lambda: child.assessments.table.currentIndex().isValid(), timeout=60_000)
    child.assessments.family.click()
    family = shell.page
    assert isinstance(family, FamilyPage)
    qtbot.waitUntil(lambda: family.room is family.grid, timeout=60_000)
    family.grid.each.click()
    qtbot.waitUntil(lambda: family.room is family.each, timeout=60_000)
    assert workspace.trail.here == Place(Screen.FAMILY, home.robin, "A1.a")
    family.each.after.click()
    assert workspace.trail.here == Place(Screen.FAMILY, home.robin, "A1.b")
    family.each.grid.click()
    qtbot.waitUntil(lambda: family.room is family.grid, timeout=60_000)
    shell.go_back()
    assert shell.page is child


def test_what_was_graded_for_each_child_is_not_written_over_by_the_assessments_own_page(
    qtbot: QtBot, workspace: Workspace, shell: Shell, home: Home
) -> None:
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    workspace.assessment_wanted.emit(home.robin)
    page = shell.page
    assert isinstance(page, AssessPage)
    qtbot.waitUntil(lambda: page.draft is not None, timeout=60_000)
    workspace.family_wanted.emit(home.robin, "A4")
    family = shell.page
    assert isinstance(family, FamilyPage)
    qtbot.waitUntil(lambda: family.room is family.each, timeout=60_000)
    family.each.cards[0].grade(2)
    shell.go_back()
    assert shell.page is page
    assert shown_grade(page) == "nothing open", "what is out of date takes no key"
    qtbot.waitUntil(lambda: shown_grade(page) == 2, timeout=60_000)


def shown_grade(page: AssessPage) -> int | str | None:
    """Return the grade of A4 in the assessment on screen."""
    return page.draft.value.answer("A4").grade if page.draft is not None else "nothing open"
