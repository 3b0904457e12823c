"""Two assessments beside each other on screen: from the list and from the charts, chosen anew, and led to."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gcp2_app.services import comparisons
from gcp2_app.services.session import Session
from gcp2_app.storage import audit
from gcp2_app.ui.charts.gallery import Gallery
from gcp2_app.ui.child.comparison import ComparisonDialog
from gcp2_app.ui.workspace import Workspace
from tests.ui.conftest import OnDatabase
from tests.ui.families import BABY, CHILD, add_family

PATIENCE = 60_000


@pytest.fixture
def family(session: Session, on_database: OnDatabase, tmp_path: Path) -> Session:
    """A session on a store that holds a family."""
    on_database(lambda: add_family(session, tmp_path))
    return session


@pytest.fixture
def dialog(qtbot: QtBot, workspace: Workspace, family: Session) -> Iterator[ComparisonDialog]:
    """Two assessments of the child, the last two first."""
    del family
    page = QWidget()
    qtbot.addWidget(page)
    page.show()
    made = ComparisonDialog(page, workspace, CHILD)
    made.open()
    qtbot.waitUntil(lambda: made.compared is not None, timeout=PATIENCE)
    yield made
    page.close()


def test_the_last_two_are_said_and_listed(dialog: ComparisonDialog) -> None:
    assert dialog.compared is not None
    side = dialog.compared.side
    assert side.later.id == dialog.later.currentData()
    assert side.earlier.id == dialog.earlier.currentData()
    assert dialog.units.model().rowCount() == len(side.comparison.units) > 0
    assert dialog.rollups.model().rowCount() == len(side.areas) + len(side.subareas)
    assert "beside" in dialog.sentences.text


def test_any_other_two_are_chosen(qtbot: QtBot, dialog: ComparisonDialog) -> None:
    before = dialog.compared
    dialog.earlier.setCurrentIndex(0)
    dialog.later.setCurrentIndex(dialog.later.count() - 1)
    dialog.earlier.activated.emit(0)
    qtbot.waitUntil(lambda: dialog.compared is not before, timeout=PATIENCE)
    dialog.later.setCurrentIndex(0)
    dialog.later.activated.emit(0)
    assert "two different" in dialog.notice.text


def test_a_row_leads_to_the_assessment(qtbot: QtBot, workspace: Workspace, dialog: ComparisonDialog) -> None:
    dialog.units.setCurrentIndex(dialog.units.model().index(0, 0))
    later = dialog.later.currentData()
    with qtbot.waitSignal(workspace.assessment_wanted) as asked:
        QTest.keyClick(dialog.units, Qt.Key.Key_Return)
    assert asked.args == [later]


def test_one_assessment_has_nothing_beside_it(qtbot: QtBot, workspace: Workspace, family: Session) -> None:
    del family
    page = QWidget()
    qtbot.addWidget(page)
    page.show()
    made = ComparisonDialog(page, workspace, BABY)
    made.open()
    qtbot.waitUntil(lambda: "only one" in made.notice.text, timeout=PATIENCE)


def test_the_charts_lead_to_it(qtbot: QtBot, workspace: Workspace, family: Session) -> None:
    del family
    gallery = Gallery(workspace)
    qtbot.addWidget(gallery)
    gallery.show()
    gallery.show_child(CHILD)
    qtbot.waitUntil(lambda: gallery.view.chart is not None, timeout=PATIENCE)
    QTest.mouseClick(gallery.compare, Qt.MouseButton.LeftButton)
    made = gallery.findChild(ComparisonDialog)
    assert made is not None
    qtbot.waitUntil(lambda: made.compared is not None, timeout=PATIENCE)


def test_comparing_is_audited_whichever_is_named_first(family: Session, on_database: OnDatabase) -> None:
    def compared() -> tuple[str, str, list[str]]:
        ids = [each.id for each in comparisons.choices(family, CHILD)]
        side = comparisons.compare_two(family, CHILD, ids[-1], ids[0]).side
        with family.store.transaction() as tx:
            return side.earlier.id, ids[0], [event.action for event in audit.page(tx, limit=5)]

    earlier, first, actions = on_database(compared)
    assert earlier == first
    assert "assessments compared" in actions
