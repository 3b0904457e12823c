"""The supervisor's queue: what waits, since when, who signs, and the way to it by keys."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from gcp2_app.services import assessments
from gcp2_app.services.session import Session
from gcp2_app.ui.reports.review import ReviewPage
from gcp2_app.ui.reports.review_table import Column
from gcp2_app.ui.workspace import Workspace
from tests.ui.conftest import OnDatabase
from tests.ui.families import add_family, ash_family, assessment

#: Milliseconds: a crowded machine takes its time with the first drawing.
PATIENCE = 60_000


def submitted(id_: str, at: str, *assessors: str) -> dict[str, Any]:
    """Return an assessment that waits for its signature."""
    made = assessment(id_, "2026-09-07", "2026-10-02", {"A": 3, "A4": 4, "B": 2, "C": 2}, state="submitted")
    steps = [{"state": "submitted", "at": at, "by": assessors[0]}] if at else []
    return made | {"assessors": list(assessors), "steps": steps}


@pytest.fixture
def queue(session: Session, on_database: OnDatabase, tmp_path: Path) -> Session:
    """A session on a store where three assessments wait, one of them the user's own."""
    family = ash_family()
    family["assessments"] += [
        submitted("s-own", "2026-11-12T10:00:00Z", session.professional.id, "w-lane"),
        submitted("s-long", "2026-11-02T10:00:00Z", "w-lane"),
        submitted("s-today", "2026-11-20T09:00:00Z", "w-vale"),
    ]
    family["professionals"].append({"id": session.professional.id, "name": "Sam Rowan", "role": "social worker"})
    on_database(lambda: add_family(session, tmp_path, family))
    return session


def show(qtbot: QtBot, workspace: Workspace) -> ReviewPage:
    """Show the page and wait until it has its answer."""
    page = ReviewPage(workspace)
    qtbot.addWidget(page)
    page.resize(1100, 600)
    page.show()
    qtbot.waitUntil(
        lambda: page.table.isVisible() or page.empty.isVisible() or bool(page.notice.text), timeout=PATIENCE
    )
    return page


def cell(page: ReviewPage, row: int, column: Column) -> str:
    """Return what a cell says."""
    return str(page.table.model().index(row, column).data(Qt.ItemDataRole.AccessibleTextRole))


@pytest.mark.usefixtures("queue")
def test_the_longest_waiting_stands_first_and_own_work_is_marked(qtbot: QtBot, workspace: Workspace) -> None:
    page = show(qtbot, workspace)

    rows = [[cell(page, row, column) for column in Column] for row in range(3)]

    assert [row[Column.SINCE] for row in rows] == [
        "2 November 2026, 18 days ago",
        "12 November 2026, 8 days ago",
        "20 November 2026, today",
    ]
    assert [row[Column.ASSESSORS] for row in rows] == ["Jo Lane", "Sam Rowan, with Jo Lane", "Ines Vale"]
    own = [("You assessed this: someone else signs" in row[Column.CHILD]) for row in rows]
    assert own == [False, True, False]
    assert all("Ash" in row[Column.CHILD] for row in rows)
    assert {row[Column.DAYS] for row in rows} == {"7 September to 2 October 2026"}
    assert "A: grade 4" in rows[0][Column.GRADES]
    assert "D: no grade" in rows[0][Column.GRADES]


@pytest.mark.usefixtures("queue")
def test_nothing_is_cut_off_on_a_laptop(qtbot: QtBot, workspace: Workspace) -> None:
    page = show(qtbot, workspace)
    page.resize(1366, 600)
    table = page.table
    for column in (Column.CHILD, Column.DAYS, Column.ASSESSORS, Column.SINCE):
        assert table.columnWidth(column) >= table.sizeHintForColumn(column)
    assert sum(table.columnWidth(column) for column in Column) <= table.viewport().width()


@pytest.mark.usefixtures("queue")
def test_enter_and_a_click_open_the_assessment(qtbot: QtBot, workspace: Workspace) -> None:
    page = show(qtbot, workspace)
    page.setFocus()

    QTest.keyClick(page.table, Qt.Key.Key_Down)
    with qtbot.waitSignal(workspace.assessment_wanted) as wanted:
        QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert wanted.args == ["s-own"]

    place = page.table.visualRect(page.table.model().index(2, Column.DAYS)).center()
    with qtbot.waitSignal(workspace.assessment_wanted) as wanted:
        QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert wanted.args == ["s-today"]


def test_a_returned_assessment_leaves_and_the_row_at_hand_stays(
    qtbot: QtBot, workspace: Workspace, queue: Session, on_database: OnDatabase
) -> None:
    page = show(qtbot, workspace)
    page.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    reset: list[bool] = []
    page.table.model().modelReset.connect(partial(reset.append, True))

    on_database(lambda: assessments.return_(queue, "s-long", reason="The bedrooms are not described."))
    workspace.changed.emit("assessment", "s-long")
    qtbot.waitUntil(lambda: page.table.model().rowCount() == 2, timeout=PATIENCE)

    assert not reset
    assert "today" in cell(page, page.table.currentIndex().row(), Column.SINCE)


@pytest.mark.usefixtures("session")
def test_an_empty_queue_is_calm(qtbot: QtBot, workspace: Workspace) -> None:
    page = show(qtbot, workspace)

    assert page.empty.isVisible()
    assert not page.table.isVisible()


@pytest.mark.usefixtures("queue")
def test_nothing_of_the_queue_stays_after_the_lock(qtbot: QtBot, workspace: Workspace) -> None:
    page = show(qtbot, workspace)

    workspace.locking.emit()

    assert page.table.model().rowCount() == 0
    assert not page.table.isVisible()


@pytest.mark.usefixtures("queue")
def test_the_queue_keeps_the_rules_of_tables(qtbot: QtBot, workspace: Workspace, qtmodeltester: ModelTester) -> None:
    page = show(qtbot, workspace)
    model = page.table.model()

    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # pytest-qt's own

    assert model.columnCount(QModelIndex()) == len(Column)
    assert model.headerData(Column.SINCE, Qt.Orientation.Horizontal) == "Submitted"


def test_an_unrecorded_day_of_submission_is_not_known(
    qtbot: QtBot, workspace: Workspace, session: Session, on_database: OnDatabase, tmp_path: Path
) -> None:
    family = ash_family()
    family["assessments"].append(submitted("s-old", "", "w-lane"))
    on_database(lambda: add_family(session, tmp_path, family))

    page = show(qtbot, workspace)

    assert cell(page, 0, Column.SINCE) == "Not known"
    assert session.today() == date(2026, 11, 20)
