"""Who is asked about on the sheet of a visit, and what is said where its notes have nowhere to go yet."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gcp2_app.domain.visits import How
from gcp2_app.services import visits
from gcp2_app.services.session import Session
from gcp2_app.ui.visit.keeper import Keeper
from gcp2_app.ui.visit.sheet_page import SheetPage
from gcp2_app.ui.visit.sorting_page import SortingPage
from gcp2_app.ui.workspace import Workspace
from tests import stores
from tests.ui import families
from tests.ui.assessing import labels
from tests.ui.conftest import PASSPHRASE, OnDatabase


def test_a_child_whose_birthday_is_not_known_is_on_the_sheet_and_an_unborn_one_is_not(
    workspace: Workspace, on_database: OnDatabase, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    def begin() -> visits.Running:
        families.add_family(session, tmp_path)
        with session.store.transaction() as tx:
            sister = tx.children.get(families.SISTER)
            tx.children.put(replace(sister, date_of_birth=None), by=None)
        return visits.begin(session, visits.Begin(child=families.CHILD, announced=False))

    page = SheetPage(Keeper(workspace, on_database(begin), workspace))
    qtbot.addWidget(page)
    page.show()
    assert f"seen {families.SISTER}" in page.picks
    assert f"awake {families.SISTER}" not in page.picks
    assert f"seen {families.BABY}" not in page.picks
    assert any("Age not known" in label.text() for label in page.findChildren(QLabel))


def test_where_nothing_is_graded_the_sorting_says_why_there_is_no_unit(
    qtbot: QtBot, workspace: Workspace, session: Session, on_database: OnDatabase
) -> None:
    def make() -> str:
        child, _ = stores.add_family(session)
        visit = visits.begin(session, visits.Begin(child=child.id, announced=False)).visit
        visits.add_line(session, visit.id, how=How.I_SAW, text="No bread in the house.")
        return visits.end(session, visit.id, PASSPHRASE).id

    page = SortingPage(workspace)
    qtbot.addWidget(page)
    page.show_visit(on_database(make))
    qtbot.waitUntil(lambda: page.list.count() == 1)
    assert "is being graded, so there is no unit to choose yet" in labels(page)
