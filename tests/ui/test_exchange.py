"""A copy is given to a colleague and one is taken in, in the window."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from gcp2_app.domain.assessment import AssessmentState
from gcp2_app.domain.users import Role
from gcp2_app.services import assessments, exchanges, register
from gcp2_app.services.session import Session
from gcp2_app.storage import parcel
from gcp2_app.storage.cost import FLOOR
from gcp2_app.ui.child.exchange import ExchangeDialog
from gcp2_app.ui.child.take_copy import TakeCopy
from gcp2_app.ui.workspace import Workspace
from tests import stores
from tests.ui.conftest import PASSPHRASE, OnDatabase

WAIT_MS = 60_000


@pytest.fixture
def colleague(tmp_path: Path) -> Iterator[Session]:
    """A session on a colleague's own computer."""
    made = stores.make_session(tmp_path / "colleague", name="bjones")
    yield made
    made.store.close()


@dataclass(frozen=True)
class Desk:
    """A practitioner at the window."""

    session: Session
    workspace: Workspace
    on_database: OnDatabase
    qtbot: QtBot
    host: QWidget

    def open(self, child: str) -> ExchangeDialog:
        """Open the dialog for a child's only assessment."""
        found = self.on_database(lambda: register.child(self.session, child))
        dialog = ExchangeDialog(self.host, self.workspace, found.assessments[0], found.child)
        dialog.show()
        return dialog

    def open_to_take(self, child: str) -> ExchangeDialog:
        """Open it at the part that takes a copy in."""
        dialog = self.open(child)
        assert dialog.tabs is not None
        dialog.tabs.setCurrentIndex(1)
        return dialog

    def open_for_any(self) -> ExchangeDialog:
        """Open it where no child is shown."""
        dialog = ExchangeDialog(self.host, self.workspace, None)
        dialog.show()
        return dialog


@pytest.fixture
def desk(practice_session: Session, workspace: Workspace, on_database: OnDatabase, qtbot: QtBot) -> Desk:
    """A desk with a practice store."""
    host = QWidget()
    qtbot.addWidget(host)
    return Desk(practice_session, workspace, on_database, qtbot, host)


def _says(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def _grade(session: Session, id_: str, code: str, grade: int) -> None:
    working = assessments.open_(session, id_)
    units = {**working.assessment.units, code: stores.graded(session, working, code, grade)}
    assessments.save(session, working, replace(working.assessment, units=units))


def _look(take: TakeCopy, path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(take.previewed, timeout=WAIT_MS):
        take.use(path)


def test_what_a_colleague_graded_is_shown_and_taken_in(
    desk: Desk, colleague: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    session, path = desk.session, tmp_path / "copy.gcp2x"
    child, id_, sent = desk.on_database(lambda: _begun(session, path))
    path.write_bytes(sent)
    looked = exchanges.preview(colleague, path)
    exchanges.take_in(colleague, path, digest=looked.digest)
    _grade(colleague, id_, "A1.a", 4)
    back = exchanges.export(colleague, id_, recipient="A", reason="r", passphrase=PASSPHRASE, cost=FLOOR)
    path.write_bytes(back)
    dialog = desk.open_to_take(child)
    take = dialog.take
    take.use(path)
    qtbot.waitUntil(lambda: take.passphrase.isVisibleTo(dialog), timeout=WAIT_MS)
    QTest.keyClicks(take.passphrase.line, "another")
    QTest.keyClick(take.passphrase.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "does not open" in take.notice.text, timeout=WAIT_MS)
    # Nobody who looks on reads it, and it is typed again where the cursor is.
    assert take.passphrase.line.echoMode() is QLineEdit.EchoMode.Password
    assert take.passphrase.line.selectedText()
    QTest.keyClicks(take.passphrase.line, PASSPHRASE)
    with qtbot.waitSignal(take.previewed, timeout=WAIT_MS):
        QTest.mouseClick(take.open_button, Qt.MouseButton.LeftButton)
    said = _says(take)
    assert "your colleague’s grade of A1.a" in said
    assert "You will differ on A1.a" in said
    # What the colleague graded is not given away before.
    assert "4" not in said.partition("A1.a")[2].splitlines()[0]
    with qtbot.waitSignal(take.taken, timeout=WAIT_MS):
        QTest.mouseClick(take.take_button, Qt.MouseButton.LeftButton)
    assert "You differ on A1.a" in take.notice.text
    assert take.next_button.text() == "Open the assessment"
    with qtbot.waitSignal(take.previewed, timeout=WAIT_MS):
        take.use(path)
        qtbot.waitUntil(lambda: take.passphrase.isVisibleTo(dialog), timeout=WAIT_MS)
        QTest.keyClicks(take.passphrase.line, PASSPHRASE)
        QTest.keyClick(take.passphrase.line, Qt.Key.Key_Return)
    assert "nothing in it that is not here already" in _says(take)
    assert not take.take_button.isVisible()


def _begun(session: Session, path: Path) -> tuple[str, str, bytes]:
    del path
    child, _ = stores.add_family(session)
    id_ = stores.begin(session, child).assessment.id
    sent = exchanges.export(session, id_, recipient="B", reason="r")
    _grade(session, id_, "A1.a", 2)
    return child.id, id_, sent


def test_a_copy_is_saved_under_a_passphrase_for_someone_and_why(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    child, _, _ = desk.on_database(lambda: _begun(desk.session, tmp_path))
    dialog = desk.open(child)
    give = dialog.give
    assert give is not None
    QTest.mouseClick(give.save_button, Qt.MouseButton.LeftButton)
    assert "Say who it is for." in _says(give)
    assert "Say why." in _says(give)
    QTest.keyClicks(give.recipient, "B Jones")
    QTest.keyClicks(give.reason, "joint assessment")
    QTest.mouseClick(give.save_button, Qt.MouseButton.LeftButton)
    assert "Type a passphrase." in _says(give)
    for edit in (give.passphrase.first, give.passphrase.second):
        QTest.keyClicks(edit.line, PASSPHRASE)
    path = tmp_path / "copy.gcp2x"
    with qtbot.waitSignal(give.saved, timeout=WAIT_MS):
        give.save(path)
    content = path.read_bytes()
    assert parcel.is_wrapped(content)
    assert b"Robin" in parcel.unwrap(content, PASSPHRASE, name="copy")


def test_without_a_passphrase_it_says_who_can_read_it(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    child, _, _ = desk.on_database(lambda: _begun(desk.session, tmp_path))
    dialog = desk.open(child)
    give = dialog.give
    assert give is not None
    assert "Anyone who gets this file" not in _says(give)
    give.open_box.click()
    assert "Anyone who gets this file can read it" in _says(give)
    QTest.keyClicks(give.recipient, "B Jones")
    QTest.keyClicks(give.reason, "joint assessment")
    path = tmp_path / "copy.json"
    with qtbot.waitSignal(give.saved, timeout=WAIT_MS):
        give.save(path)
    assert b"Robin" in path.read_bytes()


def test_a_child_who_is_new_is_said_to_be(desk: Desk, colleague: Session, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "copy.json"
    _, _, sent = _begun(colleague, tmp_path)
    path.write_bytes(sent)
    dialog = desk.open_for_any()
    assert dialog.give is None
    _look(dialog.take, path, qtbot)
    assert "new here and comes onto your caseload" in _says(dialog.take)
    with qtbot.waitSignal(dialog.take.taken, timeout=WAIT_MS) as taken:
        QTest.mouseClick(dialog.take.take_button, Qt.MouseButton.LeftButton)

    assert dialog.take.next_button.text() == "Open Robin Practice-Oak"
    with qtbot.waitSignal(desk.workspace.child_wanted, timeout=WAIT_MS) as wanted:
        QTest.mouseClick(dialog.take.next_button, Qt.MouseButton.LeftButton)
    assert wanted.args == taken.args

    def reached() -> str:
        return register.child(desk.session, str(taken.args[0])).child.name

    assert desk.on_database(reached) == "Robin Practice-Oak"


def test_a_file_about_another_child_than_the_page_is_said_to_be(
    desk: Desk, colleague: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    child, _, _ = desk.on_database(lambda: _begun(desk.session, tmp_path))
    path = tmp_path / "copy.json"
    path.write_bytes(_begun(colleague, tmp_path)[2])
    take = desk.open_to_take(child).take
    _look(take, path, qtbot)
    assert "This file is about another child than Robin Practice-Oak, whose page is open." in _says(take)


@pytest.mark.parametrize("cut", [4, 40])
def test_what_is_no_whole_file_says_so_and_another_can_be_chosen(
    desk: Desk, qtbot: QtBot, tmp_path: Path, cut: int
) -> None:
    path = tmp_path / "copy.gcp2x"
    path.write_bytes(parcel.wrap(b"{}", PASSPHRASE, cost=FLOOR)[:cut])
    take = desk.open_for_any().take
    take.use(path)
    if cut > len(parcel.MAGIC):
        qtbot.waitUntil(lambda: take.passphrase.isVisibleTo(take), timeout=WAIT_MS)
        QTest.keyClicks(take.passphrase.line, PASSPHRASE)
        QTest.keyClick(take.passphrase.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(take.notice.text), timeout=WAIT_MS)
    assert "copy.gcp2x" in take.notice.text
    assert "Ask for the file again" in take.notice.text
    assert "JSON" not in take.notice.text
    assert not take.passphrase.isVisibleTo(take)


def test_what_was_signed_off_elsewhere_is_said_to_be_locked_here_too(
    desk: Desk, colleague: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "copy.json"
    stores.add_user(colleague, "manager", Role.SUPERVISOR)
    child, _ = stores.add_family(colleague)
    signer = stores.as_user(colleague, "manager")
    done = stores.signed_off(colleague, child, first=stores.TODAY - timedelta(days=9), supervisor=signer).assessment
    path.write_bytes(exchanges.export(colleague, done.id, recipient="A", reason="r"))
    open_ = replace(done, state=AssessmentState.IN_PROGRESS, signed_off_on=None, signed_off_by=None, analysis="Other.")

    def put() -> None:
        with desk.session.store.transaction() as tx:
            tx.children.put(child, by=None)
            tx.assessments.put(open_, by=None)

    desk.on_database(put)
    take = desk.open_for_any().take
    _look(take, path, qtbot)
    said = _says(take)
    assert "was signed off. It is locked here too." in said
    assert "These words read differently in it: the analysis." in said
