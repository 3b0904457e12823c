"""The caseload: a table that fetches what is looked at, found in by typing, worked by the keyboard."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QLabel, QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from gcp2_app.domain.users import Role
from gcp2_app.services.session import Session
from gcp2_app.ui.caseload.columns import Column
from gcp2_app.ui.caseload.model import WINDOW, CaseloadModel
from gcp2_app.ui.caseload.page import CaseloadPage
from gcp2_app.ui.workspace import Workspace
from tests.ui import families
from tests.ui.conftest import OnDatabase


def show(qtbot: QtBot, workspace: Workspace) -> CaseloadPage:
    """Return the page once its first answer is on screen."""
    page = CaseloadPage(workspace)
    qtbot.addWidget(page)
    page.resize(1366, 700)
    with qtbot.waitSignal(page.shown):
        page.show()
    return page


def cell(page: CaseloadPage, row: int, column: Column, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole) -> str:
    """Return what a cell says."""
    text = page.table.model().index(row, column).data(role)
    assert isinstance(text, str)
    return text


def names(page: CaseloadPage) -> list[str]:
    """Return the names in the order shown."""
    return [cell(page, row, Column.NAME) for row in range(page.table.model().rowCount())]


@pytest.fixture
def ash(session: Session, on_database: OnDatabase, tmp_path: Path) -> Session:
    """A store with one family."""
    on_database(lambda: families.add_family(session, tmp_path))
    return session


@pytest.fixture
def many(session: Session, on_database: OnDatabase) -> Session:
    """A store with more children than the model keeps windows for."""
    on_database(lambda: families.add_children(session, 3 * WINDOW + 50))
    return session


def test_the_model_keeps_qts_rules(
    qtbot: QtBot, workspace: Workspace, many: Session, qtmodeltester: ModelTester
) -> None:
    del many
    model = CaseloadModel(workspace)
    with qtbot.waitSignal(model.shown):
        model.ask("", Column.NAME, descending=False)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # pytest-qt's own
    with qtbot.waitSignal(model.dataChanged):
        assert model.row(WINDOW + 1) is None
    assert model.row(WINDOW + 1) is not None
    model.clear()
    assert model.rowCount() == 0


@pytest.mark.usefixtures("many")
def test_it_knows_the_total_and_fetches_only_windows_that_are_looked_at(qtbot: QtBot, workspace: Workspace) -> None:
    page = show(qtbot, workspace)
    model = page.table.model()
    assert isinstance(model, CaseloadModel)
    assert model.rowCount() == 3 * WINDOW + 50
    assert cell(page, 0, Column.NAME) == "Family00000, Child00000"
    assert model.number_of(f"c{2 * WINDOW:05}") is None, "nobody looked there yet"
    page.table.setFocus()
    with qtbot.waitSignal(model.dataChanged):
        QTest.keyClick(page.table, Qt.Key.Key_End)
    assert cell(page, 3 * WINDOW + 49, Column.NAME) == f"Family{(3 * WINDOW + 49) // 3:05}, Child{3 * WINDOW + 49:05}"
    assert model.number_of(f"c{2 * WINDOW:05}") is None, "the windows between were never needed"


def test_a_row_says_where_the_child_stands(qtbot: QtBot, workspace: Workspace, ash: Session) -> None:
    del ash
    page = show(qtbot, workspace)
    assert names(page) == ["Ash, unborn child", "Ash, Fern", "Ash, Robin"]
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert cell(page, 0, Column.AGE, spoken) == "Unborn, due 14 Feb 2027"
    assert cell(page, 1, Column.NAME, spoken) == "Ash, Fern, Restricted"
    assert cell(page, 2, Column.NAME, spoken) == "Ash, Robin, Assessment under way"
    assert cell(page, 2, Column.AGE) == "4 years 8 months"
    assert cell(page, 2, Column.STATUS, spoken) == "Child protection, Neglect"
    assert cell(page, 2, Column.ASSESSED, spoken) == "31 Jul 2026, Signed off"
    assert cell(page, 2, Column.DUE, spoken) == "2 Nov 2026, overdue"


def test_grades_come_with_their_counts_and_too_little_seen(qtbot: QtBot, workspace: Workspace, ash: Session) -> None:
    del ash
    page = show(qtbot, workspace)
    physical, safety, emotional, developmental = cell(page, 2, Column.GRADES).splitlines()
    assert physical.startswith("A: grade 2, provisional (units: 1 at 3, none at 4, none at 5")
    assert safety.startswith("B: grade 4 (")
    assert emotional.startswith("C: grade 2 (units: none at 3")
    assert developmental.startswith("D: too little seen for a grade")
    assert cell(page, 1, Column.GRADES) == "No grades yet"
    assert cell(page, 2, Column.OVER_TIME).splitlines()[1] == "B: 2, 5, 4, no grade"


@pytest.mark.usefixtures("ash")
def test_typing_filters_and_finds_misspelt_names(qtbot: QtBot, workspace: Workspace) -> None:
    page = show(qtbot, workspace)
    with qtbot.waitSignal(page.shown, check_params_cb=lambda total: total == 1):
        QTest.keyClicks(page.filter, "Robyn")
    assert names(page) == ["Ash, Robin"]
    with qtbot.waitSignal(page.shown, check_params_cb=lambda total: total == 3):
        QTest.keyClick(page.filter, Qt.Key.Key_Escape)
    assert page.filter.text() == ""


@pytest.mark.usefixtures("ash")
def test_a_filter_that_finds_nobody_says_so_and_can_be_cleared(qtbot: QtBot, workspace: Workspace) -> None:
    page = show(qtbot, workspace)
    with qtbot.waitSignal(page.shown, check_params_cb=lambda total: total == 0):
        page.filter.setText("Zebedee Quux")
    assert page.nothing.isVisible()
    clear = next(button for button in page.nothing.findChildren(QPushButton) if button.text() == "Clear the filter")
    with qtbot.waitSignal(page.shown, check_params_cb=lambda total: total == 3):
        QTest.mouseClick(clear, Qt.MouseButton.LeftButton)
    assert page.table.isVisible()


@pytest.mark.usefixtures("ash")
def test_the_keyboard_alone_finds_and_opens_a_child(qtbot: QtBot, workspace: Workspace) -> None:
    page = show(qtbot, workspace)
    page.filter.setFocus()
    QTest.keyClick(page.filter, Qt.Key.Key_Down)
    assert page.table.hasFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    with qtbot.waitSignal(workspace.child_wanted) as wanted:
        QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert wanted.args == [families.CHILD]
    with qtbot.waitSignal(page.shown, check_params_cb=lambda total: total == 1):
        QTest.keyClicks(page.table, "f")
        QTest.keyClicks(page.filter, "ern")
    assert page.filter.hasFocus(), "typing in the table goes to the filter"
    with qtbot.waitSignal(workspace.child_wanted) as wanted:
        QTest.keyClick(page.filter, Qt.Key.Key_Return)
    assert wanted.args == [families.SISTER]


@pytest.mark.usefixtures("ash")
def test_a_click_on_a_row_opens_the_child(qtbot: QtBot, workspace: Workspace) -> None:
    page = show(qtbot, workspace)
    place = page.table.visualRect(page.table.model().index(1, Column.STATUS)).center()
    with qtbot.waitSignal(workspace.child_wanted) as wanted:
        QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert wanted.args == [families.SISTER]


def click_header(page: CaseloadPage, column: Column) -> None:
    """Click a column's header."""
    header = page.table.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(column) + 20, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)


@pytest.mark.usefixtures("ash")
def test_a_header_sorts_and_the_list_beside_the_filter_says_so(qtbot: QtBot, workspace: Workspace) -> None:
    page = show(qtbot, workspace)
    with qtbot.waitSignal(page.shown):
        click_header(page, Column.AGE)
    assert names(page) == ["Ash, unborn child", "Ash, Robin", "Ash, Fern"]
    assert page.sorting.currentText() == "Youngest first"
    with qtbot.waitSignal(page.shown):
        page.sorting.setCurrentText("Oldest first")
    assert names(page) == ["Ash, Fern", "Ash, Robin", "Ash, unborn child"]
    assert page.table.horizontalHeader().sortIndicatorSection() == Column.AGE


@pytest.mark.usefixtures("ash")
def test_families_are_never_sorted_by_their_grades(qtbot: QtBot, workspace: Workspace) -> None:
    page = show(qtbot, workspace)
    before = names(page)
    for column in (Column.GRADES, Column.OVER_TIME):
        with qtbot.assertNotEmitted(page.shown, wait=50):
            click_header(page, column)
        assert page.table.horizontalHeader().sortIndicatorSection() == Column.NAME
    assert names(page) == before


@pytest.mark.usefixtures("ash")
def test_a_change_elsewhere_is_shown_and_the_current_child_stays_current(
    qtbot: QtBot, workspace: Workspace, session: Session, on_database: OnDatabase
) -> None:
    page = show(qtbot, workspace)
    page.table.go_to(2)
    on_database(lambda: families.add_children(session, 3))
    with qtbot.waitSignal(page.shown, check_params_cb=lambda total: total == 6):
        workspace.changed.emit("child", "c00000")
    assert page.table.currentIndex().row() == names(page).index("Ash, Robin")


def test_what_is_shown_anew_keeps_the_child_at_hand_and_the_place_far_down(
    qtbot: QtBot, workspace: Workspace, many: Session, on_database: OnDatabase
) -> None:
    page = show(qtbot, workspace)
    model = page.table.model()
    page.table.setFocus()
    with qtbot.waitSignal(model.dataChanged):
        QTest.keyClick(page.table, Qt.Key.Key_End)
    last, scrolled = page.table.currentIndex().row(), page.table.verticalScrollBar().value()
    name = cell(page, last, Column.NAME)

    def rename() -> None:
        with many.store.transaction() as tx:
            child = tx.children.get(f"c{last:05}")
            tx.children.put(replace(child, given_names="Wren"), by=None)

    on_database(rename)
    with qtbot.waitSignal(page.shown):
        workspace.changed.emit("child", f"c{last:05}")
    assert page.table.currentIndex().row() == last
    assert page.table.verticalScrollBar().value() == scrolled
    assert cell(page, last, Column.NAME) == name, "what was known stays until the rest is fetched"
    qtbot.waitUntil(lambda: cell(page, last, Column.NAME).endswith(", Wren"))


def test_an_empty_real_store_leads_to_the_first_child(qtbot: QtBot, workspace: Workspace, session: Session) -> None:
    del session
    page = show(qtbot, workspace)
    texts = {button.text() for button in page.nothing.findChildren(QPushButton) if button.isVisible()}
    assert texts == {"Add a child"}
    assert not page.filter.isVisible(), "there is nothing to filter"


def test_an_empty_practice_store_offers_the_practice_family(
    qtbot: QtBot, workspace: Workspace, practice_session: Session
) -> None:
    del practice_session
    page = show(qtbot, workspace)
    texts = [button.text() for button in page.nothing.findChildren(QPushButton) if button.isVisible()]
    assert texts == ["Load the practice family", "Add a child"]


@pytest.mark.usefixtures("ash")
def test_locking_lets_go_of_every_child(qtbot: QtBot, workspace: Workspace) -> None:
    page = show(qtbot, workspace)
    page.filter.setText("ash")
    workspace.locking.emit()
    assert page.table.model().rowCount() == 0
    assert page.filter.text() == ""


@pytest.mark.usefixtures("ash")
def test_every_control_has_a_name(qtbot: QtBot, workspace: Workspace) -> None:
    page = show(qtbot, workspace)
    for control in (page.filter, page.sorting, page.table):
        assert control.accessibleName()
    assert page.table.selectionBehavior() is QAbstractItemView.SelectionBehavior.SelectRows


@pytest.mark.usefixtures("practice_session")
def test_the_practice_family_comes_with_one_press(qtbot: QtBot, workspace: Workspace) -> None:
    page = show(qtbot, workspace)
    load = next(
        button for button in page.nothing.findChildren(QPushButton) if button.text() == "Load the practice family"
    )
    with qtbot.waitSignal(page.shown, timeout=60_000, check_params_cb=lambda total: total >= 4):
        QTest.mouseClick(load, Qt.MouseButton.LeftButton)
    assert page.table.isVisible()
    assert all("Practice" in name for name in names(page)), "their names say that they are invented"


def test_who_may_not_read_cases_is_told_so(qtbot: QtBot, workspace: Workspace, session: Session) -> None:
    workspace.begin(replace(session, user=replace(session.user, roles=frozenset({Role.ADMINISTRATOR}))))
    page = CaseloadPage(workspace)
    qtbot.addWidget(page)
    page.show()
    assert page.nothing.isVisible()
    assert "does not show cases" in page.nothing.findChildren(QLabel)[0].text()
    assert not any(button.isVisible() for button in page.nothing.findChildren(QPushButton))


@pytest.mark.usefixtures("ash")
def test_tab_goes_from_the_filter_to_sorting_new_child_and_the_list(qtbot: QtBot, workspace: Workspace) -> None:
    page = show(qtbot, workspace)
    page.filter.setFocus()
    reached: list[str] = []
    for _ in range(3):
        widget = page.focusWidget()
        assert widget is not None
        QTest.keyClick(widget, Qt.Key.Key_Tab)
        now = page.focusWidget()
        assert now is not None
        reached.append(type(now).__name__)
    assert reached == ["QComboBox", "QPushButton", "CaseloadTable"]
