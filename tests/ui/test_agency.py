"""What is not yet in the agency's record: the list, marking by keys, and the line beside an assessment."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMessageBox
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from gcp2_app.domain.entries import AgencyRecord, Entry
from gcp2_app.domain.users import Role
from gcp2_app.domain.when import When
from gcp2_app.services import agency_record
from gcp2_app.services.agency_record import Kept
from gcp2_app.services.session import Session
from gcp2_app.ui.agency.line import AgencyLine, sentence
from gcp2_app.ui.agency.page import AgencyPage
from gcp2_app.ui.agency.table import AgencyModel, Column
from gcp2_app.ui.assess.finish_page import FinishPage
from gcp2_app.ui.assess.steps import FINISH
from gcp2_app.ui.forms.dialog import FormDialog
from gcp2_app.ui.workspace import Workspace
from tests import stores
from tests.ui.assessing import in_window
from tests.ui.conftest import OnDatabase

PATIENCE = 60_000
RECORD = AgencyRecord(reference="LCS 4711", on=date(2026, 11, 19))


@pytest.fixture
def child(practice_session: Session, on_database: OnDatabase) -> str:
    """A child with a signed-off assessment and two entries, none in the agency's record."""

    def make() -> str:
        session = practice_session
        stores.add_user(session, "boss", Role.SUPERVISOR)
        child, _ = stores.add_family(session)
        supervisor = stores.as_user(session, "boss")
        stores.signed_off(session, child, first=session.today() - timedelta(days=30), supervisor=supervisor)
        with session.store.transaction() as tx:
            for number, day in enumerate((date(2026, 11, 10), date(2026, 11, 12))):
                entry = Entry(id=f"e{number}", kind="visit", children=(child.id,), when=When.on(day))
                tx.entries.put(entry, by=session.user.id)
        return child.id

    return on_database(make)


def show(qtbot: QtBot, workspace: Workspace) -> AgencyPage:
    page = AgencyPage(workspace)
    qtbot.addWidget(page)
    page.resize(1100, 600)
    page.show()
    qtbot.waitUntil(lambda: page.table.isVisible() or page.empty.isVisible(), timeout=PATIENCE)
    return page


def rows(page: AgencyPage) -> list[list[str]]:
    model = page.table.model()
    return [
        [str(model.index(row, column).data(Qt.ItemDataRole.AccessibleTextRole)) for column in Column]
        for row in range(model.rowCount())
    ]


def fill_in(qtbot: QtBot, within: AgencyPage | AgencyLine, reference: str) -> None:
    """Type a reference in the dialog that is open and press Enter."""
    qtbot.waitUntil(lambda: any(each.isVisible() for each in within.findChildren(FormDialog)), timeout=PATIENCE)
    dialog = next(each for each in within.findChildren(FormDialog) if each.isVisible())
    line = dialog.form.fields["reference"].editor.control
    assert isinstance(line, QLineEdit)
    assert dialog.form.fields["on"].editor.value() == "2026-11-20"
    line.clear()
    QTest.keyClicks(line, reference)
    QTest.keyClick(line, Qt.Key.Key_Return)


@pytest.mark.usefixtures("child")
def test_enter_asks_for_the_reference_and_the_row_is_gone(
    qtbot: QtBot, workspace: Workspace, practice_session: Session, on_database: OnDatabase
) -> None:
    page = show(qtbot, workspace)
    assert rows(page) == [
        ["Robin Practice-Oak", "Assessment", "21 October to 17 November 2026"],
        ["Robin Practice-Oak", "Visit or contact", "12 November 2026"],
        ["Robin Practice-Oak", "Visit or contact", "10 November 2026"],
    ]
    page.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    fill_in(qtbot, page, "LCS 4711")
    qtbot.waitUntil(lambda: len(rows(page)) == 2, timeout=PATIENCE)
    held = on_database(lambda: agency_record.of(practice_session, Kept.ENTRY, "e1"))
    assert held == AgencyRecord(reference="LCS 4711", on=date(2026, 11, 20))
    assert page.table.currentIndex().row() == 1


@pytest.mark.usefixtures("child")
def test_an_empty_reference_is_asked_for_again(qtbot: QtBot, workspace: Workspace) -> None:
    page = show(qtbot, workspace)
    page.mark.click()
    fill_in(qtbot, page, " ")
    dialog = next(each for each in page.findChildren(FormDialog) if each.isVisible())
    assert dialog.isVisible()
    assert len(rows(page)) == 3
    dialog.close_at_once()


def test_open_leads_to_the_assessment_and_to_the_child(qtbot: QtBot, workspace: Workspace, child: str) -> None:
    page = show(qtbot, workspace)
    with qtbot.waitSignal(workspace.assessment_wanted):
        page.open.click()
    page.table.go_to(1)
    with qtbot.waitSignal(workspace.child_wanted) as wanted:
        page.open.click()
    assert wanted.args == [child]


@pytest.mark.usefixtures("practice_session")
def test_an_empty_list_is_calm(qtbot: QtBot, workspace: Workspace) -> None:
    page = show(qtbot, workspace)
    assert page.empty.isVisible()
    assert not page.mark.isEnabled()
    assert page.more.isHidden()


def test_more_are_listed_when_asked_for(
    qtbot: QtBot, workspace: Workspace, practice_session: Session, on_database: OnDatabase, child: str
) -> None:
    def many() -> None:
        with practice_session.store.transaction() as tx:
            for number in range(60):
                entry = Entry(id=f"m{number}", kind="note", children=(child,), when=When.on(date(2026, 11, 2)))
                tx.entries.put(entry, by=practice_session.user.id)

    on_database(many)
    page = show(qtbot, workspace)
    assert len(rows(page)) == 51
    page.more.click()
    qtbot.waitUntil(lambda: len(rows(page)) == 63, timeout=PATIENCE)
    assert page.more.isHidden()


@pytest.mark.usefixtures("child")
def test_nothing_stays_behind_a_lock(qtbot: QtBot, workspace: Workspace) -> None:
    page = show(qtbot, workspace)
    workspace.locking.emit()
    assert rows(page) == []


@pytest.mark.usefixtures("qapp")
def test_the_model_is_sound(qtmodeltester: ModelTester) -> None:
    from gcp2_app.storage.agency_records import Unmarked
    from gcp2_app.ui.agency.table import Row

    model = AgencyModel()
    several = Unmarked(
        id="e", kind="odd", children=(("a", "Ash"), ("b", "")), first=None, last=None, unborn=frozenset("a")
    )
    model.show_rows((Row("entry", several),), {})
    said = [model.say(Row("entry", several), column).spoken for column in Column]
    assert said == ["Unborn child, Ash, and Unborn child", "odd", "Not known"]
    assert model.row(1) is None
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # pytest-qt's own


@pytest.mark.usefixtures("qapp")
def test_where_it_stands_in_words() -> None:
    assert sentence(None) == "Not yet in the agency’s record."
    assert sentence(RECORD) == "In the agency’s record: LCS 4711, 19 November 2026"
    assert sentence(replace(RECORD, on=None)) == "In the agency’s record: LCS 4711"


@pytest.mark.usefixtures("child")
def test_the_line_after_sign_off_is_written_and_taken_back(
    qtbot: QtBot,
    workspace: Workspace,
    practice_session: Session,
    on_database: OnDatabase,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    id_ = on_database(lambda: agency_record.not_yet(practice_session).assessments[0].id)
    person = in_window(qtbot, workspace, on_database)
    person.open(id_)
    page = person.go(FINISH)
    assert isinstance(page, FinishPage)
    line = page.agency
    qtbot.waitUntil(line.isVisible, timeout=PATIENCE)
    assert line.says.text() == "Not yet in the agency’s record."
    assert line.take_back.isHidden()
    QTest.keyClick(line.write, Qt.Key.Key_Space)
    fill_in(qtbot, line, "LCS 9")
    qtbot.waitUntil(lambda: line.says.text() == "In the agency’s record: LCS 9, 20 November 2026", timeout=PATIENCE)
    monkeypatch.setattr(QMessageBox, "open", lambda box: box.buttons()[0].click())
    line.take_back.click()
    qtbot.waitUntil(lambda: line.says.text() == "Not yet in the agency’s record.", timeout=PATIENCE)


def test_an_assessment_in_progress_has_no_line(
    qtbot: QtBot, workspace: Workspace, practice_session: Session, on_database: OnDatabase
) -> None:
    del practice_session
    from tests.ui.assessing import begun

    person = begun(qtbot, workspace, on_database)
    page = person.go(FINISH)
    assert isinstance(page, FinishPage)
    assert page.agency.isHidden()
