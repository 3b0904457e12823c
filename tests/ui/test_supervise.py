"""The supervisor's desk on screen: counts that filter, one child in twenty minutes, a supervision recorded by hand."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gcp2_app.services.session import Session
from gcp2_app.ui.charts.looking import Reach
from gcp2_app.ui.forms.dialog import FormDialog
from gcp2_app.ui.supervise.child import ChildSection
from gcp2_app.ui.supervise.page import SupervisePage
from gcp2_app.ui.supervise.team import TeamSection
from gcp2_app.ui.workspace import Workspace
from tests.ui.conftest import OnDatabase
from tests.ui.families import add_family, ash_family, assessment

PATIENCE = 60_000


@pytest.fixture
def family(session: Session, on_database: OnDatabase, tmp_path: Path) -> str:
    """A store with the family; the id of the child whose assessment is signed off."""
    made = ash_family()
    done = assessment("s-done", "2026-09-07", "2026-10-02", {"A": 4, "B": 2, "C": 2, "D": 2}, state="signed_off")
    made["assessments"].append(done | {"signed_off_on": "2026-10-05", "assessors": ["w-lane"]})
    on_database(lambda: add_family(session, tmp_path, made))
    return str(done["child"])


def show(qtbot: QtBot, workspace: Workspace, place: str) -> SupervisePage:
    """Show the page at a place."""
    page = SupervisePage(workspace)
    qtbot.addWidget(page)
    workspace.supervision_wanted.connect(page.show_place)
    page.resize(1366, 700)
    page.show()
    page.show_place(place)
    return page


def test_a_number_of_the_heat_map_filters_the_list(qtbot: QtBot, workspace: Workspace, family: str) -> None:
    page = show(qtbot, workspace, "")
    team = page.section
    assert isinstance(team, TeamSection)
    qtbot.waitUntil(lambda: bool(team.heat.cells), timeout=PATIENCE)
    every = team.table.model().rowCount()
    cell = team.heat.cells["A", 4]
    assert cell.text() == "1"
    assert "A" in cell.accessibleName()
    qtbot.waitUntil(cell.isVisible, timeout=PATIENCE)

    cell.click()
    qtbot.waitUntil(lambda: team.table.model().rowCount() == 1, timeout=PATIENCE)
    with qtbot.waitSignal(workspace.supervision_wanted, timeout=PATIENCE) as wanted:
        QTest.keyClick(team.table, Qt.Key.Key_Return)
    assert wanted.args == [f"child:{family}"]

    team.all.click()
    qtbot.waitUntil(lambda: team.table.model().rowCount() == every, timeout=PATIENCE)


@pytest.mark.usefixtures("family")
def test_children_side_by_side_are_narrowed_and_it_is_said(qtbot: QtBot, workspace: Workspace) -> None:
    page = show(qtbot, workspace, "")
    team = page.section
    assert isinstance(team, TeamSection)
    qtbot.waitUntil(lambda: bool(team.heat.cells), timeout=PATIENCE)
    team.views[team.pane].click()
    qtbot.waitUntil(lambda: bool(team.pane.canvas.stops), timeout=PATIENCE)
    whole = team.twin.model().columnCount()
    team.narrowing.layers.boxes["area:Physical care"].trigger()
    team.narrowing.period.choices[Reach.YEAR].trigger()
    assert team.narrowing.told.text().startswith("Layers left out: Physical care. Days shown: ")
    assert team.twin.model().columnCount() == whole - 1
    assert "Layers left out: Physical care" in team.pane.canvas.accessibleDescription()
    assert "Layers left out" in team.sentences.text


def test_a_supervision_is_recorded_from_the_page(qtbot: QtBot, workspace: Workspace, family: str) -> None:
    page = show(qtbot, workspace, f"child:{family}")
    section = page.section
    assert isinstance(section, ChildSection)
    qtbot.waitUntil(section.record.isEnabled, timeout=PATIENCE)
    section.question.setText("Who has seen the bedroom?")
    section.record.click()
    form = section.findChild(FormDialog)
    assert form is not None
    form.save_button.click()
    qtbot.waitUntil(lambda: "Who has seen the bedroom?" in said(section), timeout=PATIENCE)
    assert not section.question.text()


def said(section: ChildSection) -> str:
    """Return every text of the page."""
    return "\n".join(label.text() for label in section.findChildren(QLabel))
