"""Who is asked about on the sheet of a visit."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gcp2_app.services import visits
from gcp2_app.services.session import Session
from gcp2_app.ui.visit.keeper import Keeper
from gcp2_app.ui.visit.sheet_page import SheetPage
from gcp2_app.ui.workspace import Workspace
from tests.ui import families
from tests.ui.conftest import OnDatabase


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
