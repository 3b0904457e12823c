"""Asking for help and disagreeing, on the real widgets: danger first, the worker rung, kept as sent, challenged."""

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QListWidget,
    QMessageBox,
    QPushButton,
    QTableWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.register import Agency
from gcp2_app.domain.sent_requests import is_as_sent
from gcp2_app.domain.when import When
from gcp2_app.services import challenging, entries, referral_outcomes, referring, stream
from gcp2_app.services.session import Session
from gcp2_app.ui.child.page import ChildPage
from gcp2_app.ui.child.shown import load
from gcp2_app.ui.entry.dialog import edit_entry
from gcp2_app.ui.forms.dialog import FormDialog
from gcp2_app.ui.forms.form import Form
from gcp2_app.ui.place import Place, Screen
from gcp2_app.ui.preferences import Preferences
from gcp2_app.ui.quick_find import QuickFind
from gcp2_app.ui.referral.challenges import ChallengesDialog
from gcp2_app.ui.referral.request import RequestDialog
from gcp2_app.ui.referral.requests import RequestsDialog
from gcp2_app.ui.shell import Shell
from gcp2_app.ui.workspace import Workspace
from tests.ui import families
from tests.ui.conftest import NOW, OnDatabase

CHILD = families.CHILD
D = TypeVar("D", bound=QDialog)


@dataclass(frozen=True)
class Desk:
    """The child's page in a window, and the store behind it."""

    qtbot: QtBot
    page: ChildPage
    workspace: Workspace
    session: Session
    on_database: OnDatabase

    def dialog(self, kind: type[D]) -> D:
        """Wait for a dialog of a kind, and return it."""
        self.qtbot.waitUntil(lambda: any(each.isVisible() for each in self.page.findChildren(kind)))
        return next(each for each in self.page.findChildren(kind) if each.isVisible())

    def ask(self) -> RequestDialog:
        button = self.page.findChild(QPushButton, "ask-for-help")
        assert isinstance(button, QPushButton)
        button.click()
        return self.dialog(RequestDialog)

    def referrals(self) -> tuple[Entry, ...]:
        found = self.on_database(lambda: referral_outcomes.of_child(self.session, CHILD))
        return tuple(row.entry for row in found.rows)


@pytest.fixture
def desk(qtbot: QtBot, workspace: Workspace, session: Session, on_database: OnDatabase, tmp_path: Path) -> Desk:
    family = families.ash_family()
    family["children"][0]["allocated"][0]["confirmed_on"] = "2026-11-16"
    on_database(lambda: families.add_family(session, tmp_path, family))
    page = ChildPage(workspace)
    qtbot.addWidget(page)
    page.resize(1200, 760)
    page.show()
    page.show_child(CHILD)
    qtbot.waitUntil(lambda: page.findChild(QPushButton, "ask-for-help") is not None)
    return Desk(qtbot, page, workspace, session, on_database)


def put(form: Form, **values: Any) -> None:
    """Answer questions as a person does: the editor shows it, and says it was changed."""
    for name, value in values.items():
        editor = form.fields[name].editor
        editor.set_value(value)
        editor.changed.emit()


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def fill(dialog: RequestDialog, **more: Any) -> None:
    """Answer what a request needs, wherever it stands."""
    given = {"emergency": False, "level": "3", "happened": "Robin came cold.", "incident": "cold", **more}
    for name, value in given.items():
        form = next(form for form in dialog.forms.values() if name in form.fields)
        put(form, **{name: value})


def test_the_whole_path_from_the_danger_question_to_what_is_kept_as_sent(desk: Desk) -> None:
    dialog = desk.ask()
    assert dialog.steps["danger"].isChecked()
    put(dialog.forms["danger"], emergency=False)
    dialog.next_button.click()
    assert dialog.steps["worker"].isChecked()
    assert "Ring the allocated worker first" in texts(dialog.worker)
    assert "Jo Lane" in texts(dialog.worker)
    # Going on past the worker asks why, once.
    dialog.next_button.click()
    assert dialog.steps["worker"].isChecked()
    assert "say why" in dialog.forms["worker"].fields["override_reason"].error
    put(dialog.worker.form, to_role="worker", to_name="Jo Lane", reached=False)
    with desk.qtbot.waitSignal(dialog.worker.recorded):
        dialog.worker.record_button.click()
    desk.qtbot.waitUntil(lambda: "Jo Lane: not reached" in texts(dialog.worker))
    assert "If nobody is spoken to by" in texts(dialog.worker)
    put(dialog.forms["worker"], override_reason="Duty asked for it in writing.")
    for code in ("level", "told", "content", "lead", "send"):
        dialog.next_button.click()
        assert dialog.steps[code].isChecked(), code
    content = dialog.forms["content"]
    assert "Robin Ash, born 4 March 2022" in content.fields["children"].editor.value()
    assert "4 Mill Lane" in content.fields["household"].editor.value()
    assert "diagnosed" in content.fields["adults"].editor.value()
    assert "unit" in content.fields["grades"].editor.value()
    dialog.next_button.click()
    assert dialog.forms["send"].fields["how"].error
    fill(dialog, how="portal")
    with desk.qtbot.waitSignal(desk.workspace.changed):
        dialog.next_button.click()
    (kept,) = desk.referrals()
    assert is_as_sent(kept)
    assert kept.data["override_reason"] == "Duty asked for it in writing."
    assert any(line["text"] == "Robin came cold." for line in kept.data["content"])
    desk.dialog(QMessageBox).close()
    desk.qtbot.waitUntil(lambda: desk.page.banner.requests.text() == "Requests for help (1)")


def test_a_mark_can_be_added_to_what_was_sent_and_its_words_stay(desk: Desk) -> None:
    values = {"how": "portal", "sent_at": "2026-11-20T11:00:00+00:00", "override_reason": "They  asked.\nTwice."}
    values |= {"happened": " Cold.\n\nAnd wet. ", "taken_by": "Ref  7", "lawful_basis": "public_task"}
    kept = desk.on_database(lambda: referring.send(desk.session, CHILD, {**values, "level": "3", "agreed": False}))
    file = desk.on_database(lambda: stream.open_(desk.session, kept.id))
    shown = desk.on_database(lambda: load(desk.session, CHILD, ""))
    form = edit_entry(desk.page, desk.workspace, shown, file)
    put(form.form, harm_if_disclosed=True, reason="It names a neighbour.")
    with desk.qtbot.waitSignal(desk.workspace.changed):
        form.save_button.click()
    (marked,) = desk.referrals()
    assert marked.harm_if_disclosed is True
    assert is_as_sent(marked)
    file = desk.on_database(lambda: stream.open_(desk.session, kept.id))
    form = edit_entry(desk.page, desk.workspace, shown, file)
    put(form.form, what="Warm.", reason="A slip.")
    form.save_button.click()
    desk.qtbot.waitUntil(lambda: "kept as it was sent" in texts(form))
    form.close_at_once()


def test_yes_to_danger_opens_the_card_shows_what_to_do_and_nothing_is_asked_of_the_worker_step(desk: Desk) -> None:
    dialog = desk.ask()
    with desk.qtbot.waitSignal(desk.workspace.danger_wanted):
        put(dialog.forms["danger"], emergency=True)
    assert "Phone now. Write afterwards." in texts(dialog)
    assert not dialog.forms["danger"].fields["phoned_to"].isHidden()
    put(dialog.forms["danger"], phoned_to="MASH", phoned_at="2026-11-20T11:30:00+00:00")
    dialog.next_button.click()
    dialog.next_button.click()
    assert dialog.steps["level"].isChecked()
    assert "a child in danger does not wait for a form" in texts(dialog)
    dialog.steps["send"].click()
    put(dialog.forms["send"], how="email")
    with desk.qtbot.waitSignal(desk.workspace.changed):
        dialog.next_button.click()
    (kept,) = desk.referrals()
    assert (kept.data["emergency"], kept.data["by_phone"]) == (True, True)
    desk.dialog(QMessageBox).close()


def dialogs(desk: Desk) -> list[RequestDialog]:
    return desk.page.findChildren(RequestDialog)


def test_a_draft_outlives_closing_and_can_be_thrown_away(desk: Desk) -> None:
    dialog = desk.ask()
    put(dialog.forms["content"], happened="Half a sentence")
    dialog.close_button.click()
    again = desk.ask()
    assert again.forms["content"].fields["happened"].editor.value() == "Half a sentence"
    assert "This is your draft" in texts(again)
    link = next(each for each in again.findChildren(QPushButton) if each.text().startswith("Throw it away"))
    link.click()
    box = desk.dialog(QMessageBox)
    next(button for button in box.buttons() if button.text() == "Throw it away").click()
    desk.qtbot.waitUntil(lambda: any(each.isVisible() and each is not again for each in dialogs(desk)))
    fresh = next(each for each in dialogs(desk) if each.isVisible() and each is not again)
    assert fresh.forms["content"].fields["happened"].editor.value() is None
    fresh.close_button.click()


def test_a_draft_outlives_the_lock(desk: Desk) -> None:
    dialog = desk.ask()
    put(dialog.forms["content"], happened="Locked in the middle")
    session = desk.session
    desk.workspace.locking.emit()
    assert not dialog.isVisible()
    found = desk.on_database(lambda: referring.begin(session, CHILD))
    assert found.values["happened"] == "Locked in the middle"


def cell(table: QTableWidget, y: int, x: int) -> str:
    """Return what a cell says."""
    item = table.item(y, x)
    assert item is not None
    return item.text()


def header(table: QTableWidget, way: Qt.Orientation, place: int) -> str:
    """Return what a column or row is called."""
    return str(table.model().headerData(place, way))


def add_request(session: Session, on: str, **data: Any) -> Entry:
    entry = Entry(
        id="",
        kind="referral",
        children=(CHILD,),
        when=When(on),
        source=Source(name="Mr Reed", agency=Agency.SCHOOL),
        what="Hungry at school.",
        data={"by_agency": "school", **data},
    )
    return entries.add(session, entry)


def test_a_request_of_the_days_before_can_be_joined_by_a_person(desk: Desk) -> None:
    other = desk.on_database(lambda: add_request(desk.session, "2026-11-18"))
    dialog = desk.ask()
    join = next(each for each in dialog.joins.findChildren(QPushButton))
    with desk.qtbot.waitSignal(dialog.joins.chosen):
        join.click()
    incident = dialog.forms["content"].fields["incident"].editor.value()
    assert incident == "Concern of 18 November 2026"
    assert desk.on_database(lambda: referral_outcomes.of_child(desk.session, CHILD)).rows[0].entry.id == other.id
    assert desk.referrals()[0].data["incident"] == incident
    dialog.close_button.click()


def test_requests_stand_side_by_side_and_the_decision_is_one_small_form(desk: Desk) -> None:
    desk.on_database(lambda: add_request(desk.session, "2026-10-01", outcome="advice", level=2))
    desk.on_database(lambda: add_request(desk.session, "2026-11-17"))
    desk.page.banner.requests.click()
    dialog = desk.dialog(RequestsDialog)
    table = dialog.table
    assert [header(table, Qt.Orientation.Horizontal, x) for x in range(2)] == ["17 November 2026", "1 October 2026"]
    labels = [header(table, Qt.Orientation.Vertical, y) for y in range(table.rowCount())]
    assert cell(table, labels.index("Still due"), 0) == "Decision was due by 18 November 2026"
    assert cell(table, labels.index("Outcome"), 1) == "Advice or information"
    assert cell(table, labels.index("Marks"), 0) == "Within 12 months of the one before"
    assert not dialog.copy_button.isEnabled()
    table.setCurrentCell(0, 0)
    dialog.outcome_button.click()
    form = dialog.findChild(FormDialog)
    assert isinstance(form, FormDialog)
    put(form.form, decided_on="2026-11-19", outcome="no_further_action", decided_by="MASH", decision_reason="Low.")
    form.save_button.click()
    desk.qtbot.waitUntil(lambda: cell(table, labels.index("Outcome"), 0) == "No further action")
    assert cell(table, labels.index("Still due"), 0) == ""
    # One action from the decision to the challenge.
    dialog.challenge_button.click()
    desk.qtbot.waitUntil(lambda: any(each.isVisible() for each in dialog.findChildren(FormDialog)))
    form = next(each for each in dialog.findChildren(FormDialog) if each.isVisible())
    put(form.form, our_position="Two requests in two months.", with_whom="Kit Hill")
    form.save_button.click()
    desk.qtbot.waitUntil(lambda: cell(table, labels.index("Challenge"), 0) == "Stage 1")
    dialog.close_button.click()
    desk.qtbot.waitUntil(lambda: "Open challenge: stage 1" in desk.page.banner.challenge.text())
    assert desk.page.banner.challenge.text().endswith("answer due by 24 November 2026")


def begun(desk: Desk) -> Entry:
    def work() -> Entry:
        about = add_request(desk.session, "2026-11-17", outcome="no_further_action")
        return challenging.start(
            desk.session, about.id, stage=1, urgent=False, words={"our_position": "It goes on.", "with_whom": "Kit"}
        )

    return desk.on_database(work)


def press(dialog: QWidget, name: str) -> None:
    button = dialog.findChild(QPushButton, name)
    assert isinstance(button, QPushButton), name
    button.click()


def test_a_challenge_is_answered_taken_further_resolved_and_its_letter_copied(desk: Desk) -> None:
    stage = begun(desk)
    desk.workspace.entry_wanted.emit(CHILD, "challenge", "")
    dialog = desk.dialog(ChallengesDialog)
    assert "Stage 1: Worker to worker" in texts(dialog)
    assert "Answer due by 24 November 2026." in texts(dialog)

    def form() -> FormDialog:
        desk.qtbot.waitUntil(lambda: any(each.isVisible() for each in dialog.findChildren(FormDialog)))
        return next(each for each in dialog.findChildren(FormDialog) if each.isVisible())

    press(dialog, f"contact-{stage.id}")
    opened = form()
    put(opened.form, who="Kit Hill", how="phone", said="Will look again.")
    opened.save_button.click()
    desk.qtbot.waitUntil(lambda: "Will look again." in texts(dialog))
    press(dialog, f"reply-{stage.id}")
    opened = form()
    put(opened.form, reply="We stand by it.")
    opened.save_button.click()
    desk.qtbot.waitUntil(lambda: "not resolved" in texts(dialog))
    press(dialog, f"further-{stage.id}")
    opened = form()
    assert opened.form.fields["stage"].editor.value() == "2"
    opened.save_button.click()
    desk.qtbot.waitUntil(lambda: "Stage 2: Manager to manager" in texts(dialog))
    (file,) = desk.on_database(lambda: challenging.of_child(desk.session, CHILD))
    latest = file.challenge.latest
    press(dialog, f"letter-{latest.id}")
    desk.qtbot.waitUntil(lambda: "It goes on." in QApplication.clipboard().text())
    press(dialog, f"resolve-{latest.id}")
    opened = form()
    put(opened.form, resolution="An assessment begins.")
    opened.save_button.click()
    desk.qtbot.waitUntil(lambda: "Resolved 20 November 2026." in texts(dialog))
    with desk.qtbot.waitSignal(desk.workspace.learning_wanted) as wanted:
        dialog.guidance_button.click()
    assert wanted.args == ["LP10"]


def offered(found: QListWidget, said: str) -> bool:
    """Whether the first of what was found says something."""
    return found.count() > 0 and said in found.item(0).text()


def test_marf_is_found_with_control_k_on_the_childs_page(
    qtbot: QtBot, workspace: Workspace, session: Session, on_database: OnDatabase, tmp_path: Path
) -> None:
    on_database(lambda: families.add_family(session, tmp_path))
    shell = Shell(workspace, Preferences(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)))
    qtbot.addWidget(shell)
    shell.show()
    for place, said in ((Place(Screen.CHILD, CHILD), "about this child"), (Place(Screen.CASELOAD), "choose the child")):
        shell.go(place)
        shell.open_find()
        qtbot.waitUntil(lambda: any(each.isVisible() for each in shell.findChildren(QuickFind)))
        find = next(each for each in shell.findChildren(QuickFind) if each.isVisible())
        for typed in ("marf", "Referral"):
            find.line.clear()
            QTest.keyClicks(find.line, typed)
            qtbot.waitUntil(partial(offered, find.found, said))
        if place.screen is Screen.CHILD:
            with qtbot.waitSignal(workspace.entry_wanted) as wanted:
                QTest.keyClick(find.line, Qt.Key.Key_Return)
            assert wanted.args == [CHILD, "referral", ""]
            qtbot.waitUntil(lambda: bool(shell.findChildren(RequestDialog)))
            for dialog in shell.findChildren(RequestDialog):
                dialog.close()
        else:
            find.close()


def test_the_wait_for_an_answer_that_is_over_leads_to_the_hub(desk: Desk) -> None:
    def earlier() -> None:
        tried = (NOW - timedelta(hours=3)).isoformat()
        data = {"to_role": "worker", "by_agency": "school", "tried_on": tried, "reached": False}
        source = Source(agency=Agency.SCHOOL)
        entries.add(
            desk.session,
            Entry(id="", kind="worker_contact", children=(CHILD,), when=When(tried), source=source, data=data),
        )

    desk.on_database(earlier)
    dialog = desk.ask()
    assert "Nobody was spoken to in time. Ring MASH now" in texts(dialog.worker)
    dialog.close_button.click()


def test_a_child_nobody_is_allocated_to_has_nobody_to_ring(desk: Desk) -> None:
    def free() -> None:
        with desk.session.store.transaction() as tx:
            tx.children.put(replace(tx.children.get(CHILD), allocated=()), by=None)

    desk.on_database(free)
    dialog = desk.ask()
    assert "No social worker is allocated" in texts(dialog.worker)
    assert dialog.forms["worker"].fields["override_reason"].isHidden()
    assert not dialog.worker.record_button.isVisibleTo(dialog.worker)
    dialog.steps["worker"].click()
    dialog.next_button.click()
    assert dialog.steps["level"].isChecked()
    dialog.close_button.click()


def test_who_is_the_allocated_worker_is_not_told_to_ring_themselves(desk: Desk) -> None:
    def take_over() -> None:
        with desk.session.store.transaction() as tx:
            child = tx.children.get(CHILD)
            mine = replace(child.allocated[0], professional=desk.session.professional.id)
            tx.children.put(replace(child, allocated=(mine,)), by=None)

    desk.on_database(take_over)
    desk.workspace.changed.emit("child", CHILD)
    worker = desk.ask().worker
    assert "You are the allocated worker" in texts(worker)
    assert "Ring the allocated worker first" not in texts(worker)
    assert worker.form.values()["to_role"] == "manager"


def test_those_about_brothers_and_sisters_are_put_beside_when_that_is_ticked(desk: Desk) -> None:
    desk.on_database(lambda: add_request(desk.session, "2026-10-01", outcome="advice", level=2))
    sister = Entry(id="r-sister", kind="referral", children=(families.SISTER,), when=When("2026-11-02"))

    def put_sisters() -> None:
        with desk.session.store.transaction() as tx:
            tx.entries.put(replace(sister, data={"by_agency": "school"}), by=None)
            # A restricted record is opened for a reason of its own.
            tx.children.put(replace(tx.children.get(families.SISTER), restricted=False), by=None)

    desk.on_database(put_sisters)
    desk.page.banner.requests.click()
    dialog = desk.dialog(RequestsDialog)
    assert dialog.table.columnCount() == 1
    dialog.household.click()
    desk.qtbot.waitUntil(lambda: dialog.table.columnCount() == 2)
    assert header(dialog.table, Qt.Orientation.Vertical, 0) == "About"
    assert cell(dialog.table, 0, 1) == "Robin Ash"
    assert cell(dialog.table, 0, 0) not in {"", "Robin Ash"}
    dialog.table.setCurrentCell(0, 0)
    with desk.qtbot.waitSignal(desk.workspace.entry_shown_wanted) as shown:
        dialog.show_button.click()
    assert shown.args == [families.SISTER, "r-sister"]
