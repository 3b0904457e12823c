"""The Documents tab, the Reports place, and a document on its way: offered, chosen, stopped and written down."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.register import Agency
from gcp2_app.domain.when import When
from gcp2_app.services.documents.kinds import KINDS, About
from gcp2_app.services.session import Session
from gcp2_app.storage import audit
from gcp2_app.ui import messages
from gcp2_app.ui.child.page import ChildPage
from gcp2_app.ui.forms.dialog import FormDialog
from gcp2_app.ui.reports.choices_dialog import ChoicesDialog
from gcp2_app.ui.reports.loss_list import loss_lines
from gcp2_app.ui.reports.report_page import ReportPage
from gcp2_app.ui.reports.start_page import ReportsPage
from gcp2_app.ui.timeline.curate_dialog import CurateDialog
from gcp2_app.ui.workspace import Workspace
from tests.ui.conftest import OnDatabase
from tests.ui.families import CHILD, SISTER, add_family, ash_family

PATIENCE = 60_000
LANE = Source(name="Jo Lane", role="social worker", agency=Agency.CHILDRENS_SOCIAL_CARE)


def put(session: Session, id_: str, kind: str, when: str, what: str = "", **more: Any) -> None:
    marks = {name: more.pop(name) for name in ("third_party", "harm_if_disclosed") if name in more}
    day = When(when)
    entry = Entry(id=id_, kind=kind, children=(CHILD,), when=day, known=day, what=what, source=LANE, data=more, **marks)
    with session.store.transaction() as tx:
        tx.entries.put(entry, by=None)


def fill(session: Session, folder: Path) -> None:
    """The family, with a conference to come and entries of a few marks."""
    family = ash_family()
    worker = session.professional
    family["professionals"].append({"id": worker.id, "name": worker.name, "role": worker.role, "agency": "mash"})
    family["children"][0]["allocated"].append({"professional": worker.id, "from": "2026-01-10"})
    add_family(session, folder, family)
    put(session, "m1", "meeting", "2026-11-02", type="rcpc", planned_for="2026-12-10")
    put(session, "e1", "event", "2026-10-02", "Saxophone in the street.", type="other")
    put(session, "e2", "event", "2026-10-03", "Zanzibar was told.", type="other", third_party=True)
    put(session, "e3", "event", "2026-10-04", "Yttrium was found.", type="other", harm_if_disclosed=True)


@pytest.fixture
def family(session: Session, on_database: OnDatabase, tmp_path: Path) -> Session:
    """A session on a store that holds the family."""
    on_database(lambda: fill(session, tmp_path))
    return session


@pytest.fixture
def saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Where the file dialog says to save: each file under the name that was offered."""
    paths: list[Path] = []

    def choose(_parent: object, _title: str, name: str, _kinds: str, then: Callable[[Path], object]) -> None:
        paths.append(tmp_path / name)
        then(paths[-1])

    monkeypatch.setattr(messages, "choose_new_file", choose)
    return paths


@pytest.fixture
def events(family: Session, on_database: OnDatabase) -> Callable[[], list[str]]:
    """The audit trail's actions, newest first."""

    def listed() -> list[str]:
        with family.store.transaction() as tx:
            return [event.action for event in audit.page(tx, limit=50)]

    return lambda: on_database(listed)


def open_tab(qtbot: QtBot, workspace: Workspace) -> ChildPage:
    page = ChildPage(workspace)
    qtbot.addWidget(page)
    page.resize(1366, 700)
    page.show()
    page.show_child(CHILD)
    page.tabs.setCurrentWidget(page.documents)
    qtbot.waitUntil(lambda: page.documents.offers is not None, timeout=PATIENCE)
    return page


def open_report(qtbot: QtBot, workspace: Workspace, kind: str, matter: str = "", *, child: str = CHILD) -> ReportPage:
    page = ReportPage(workspace)
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show()
    page.show_report(kind, child, matter)
    qtbot.waitUntil(lambda: page.pages.copy.page_count > 0, timeout=PATIENCE)
    return page


def choose_reader(qtbot: QtBot, page: ReportPage, audience: str) -> None:
    """Choose another sort of reader and wait for the pages."""
    box = page.form.audience
    box.setCurrentIndex(box.findData(audience))
    with qtbot.waitSignal(page.making.made, timeout=PATIENCE):
        box.activated.emit(box.currentIndex())


def choose_meeting(page: ReportPage, id_: str) -> None:
    """Choose which meeting the report is for."""
    box = page.form.meeting.choice
    box.setCurrentIndex(box.findData(id_))
    box.activated.emit(box.currentIndex())


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def button(parent: QWidget, name: str) -> QPushButton:
    found = parent.findChild(QPushButton, name)
    assert isinstance(found, QPushButton), name
    return found


def test_the_tab_offers_every_kind_of_the_registry_or_says_why_not(
    qtbot: QtBot, workspace: Workspace, family: Session
) -> None:
    del family
    tab = open_tab(qtbot, workspace).documents
    qtbot.waitUntil(lambda: "Make it…" in [each.text() for each in tab.findChildren(QPushButton)], timeout=PATIENCE)
    assert tab.offers is not None
    titles = [offer.kind.title for offer in tab.offers.every]
    qtbot.waitUntil(lambda: all(title in texts(tab) for title in titles), timeout=PATIENCE)
    for offer in tab.offers.every:
        assert (tab.findChild(QPushButton, f"make-{offer.kind.name}") is None) is bool(offer.why_not)
    assert "Not now: No hospital stay of this child is recorded." in texts(tab)
    assert button(tab, "make-cumulative").accessibleName() == "Make it: Cumulative neglect summary"
    with qtbot.waitSignal(workspace.report_wanted) as wanted:
        button(tab, "make-cumulative").click()
    assert wanted.args == [CHILD, "cumulative", ""]


def test_a_meeting_to_come_stands_with_its_report_and_both_clocks(
    qtbot: QtBot, workspace: Workspace, family: Session
) -> None:
    del family
    tab = open_tab(qtbot, workspace).documents
    words = "Review child protection conference, 10 December 2026"
    qtbot.waitUntil(lambda: f"For: {words}" in texts(tab), timeout=PATIENCE)
    assert (
        texts(tab).count("Our report to the chair and to the family: due by 3 December 2026, 9 working days left") == 2
    )
    make = button(tab, "make-conference")
    assert make.accessibleName() == f"Make it: Report to child protection conference, for: {words}"
    with qtbot.waitSignal(workspace.report_wanted) as wanted:
        make.click()
    assert wanted.args == [CHILD, "conference", "m1"]


def test_a_report_says_which_meeting_it_is_for_with_its_clocks_and_can_be_for_none(
    qtbot: QtBot, workspace: Workspace, family: Session, on_database: OnDatabase
) -> None:
    on_database(lambda: put(family, "m2", "meeting", "2026-11-02", type="icpc", planned_for="2026-11-19"))
    on_database(lambda: put(family, "m3", "meeting", "2026-11-02", type="icpc"))
    page = open_report(qtbot, workspace, "conference", "m1")
    meeting = page.form.meeting
    assert meeting.choice.currentText() == "10 December 2026: Review child protection conference"
    assert page.form.reason.text() == "Review child protection conference, 10 December 2026"
    assert "Our report to the chair and to the family: due by 3 December 2026, 9 working days left" in texts(meeting)
    assert "Confirm with your partnership: this is taken from a like area" in texts(meeting)
    choose_meeting(page, "m2")
    late = "Our report to the chair and to the family: due by 16 November 2026, 4 working days overdue"
    qtbot.waitUntil(lambda: late in texts(meeting), timeout=PATIENCE)
    assert late in meeting.choice.accessibleDescription()
    assert page.form.reason.text() == "Initial child protection conference, 19 November 2026"
    choose_meeting(page, "m3")
    qtbot.waitUntil(lambda: "Our report has no clock until the meeting has a day." in texts(meeting), timeout=PATIENCE)
    assert "Confirm with" not in texts(meeting)
    choose_meeting(page, "")
    assert "clock" not in texts(meeting)
    assert page.form.reason.text() == ""
    QTest.keyClicks(page.form.reason, "My own reason")
    choose_meeting(page, "m1")
    assert page.form.reason.text() == "My own reason"


def test_a_report_that_is_for_no_meeting_asks_for_none(qtbot: QtBot, workspace: Workspace, family: Session) -> None:
    del family
    page = open_report(qtbot, workspace, "cumulative")
    assert page.form.meeting.isHidden()
    assert page.form.reason.text() == ""


def test_what_was_given_is_written_down_and_listed(qtbot: QtBot, workspace: Workspace, family: Session) -> None:
    del family
    tab = open_tab(qtbot, workspace).documents
    button(tab, "share-add").click()
    qtbot.waitUntil(lambda: tab.findChild(FormDialog) is not None, timeout=PATIENCE)
    dialog = tab.findChild(FormDialog)
    assert isinstance(dialog, FormDialog)
    dialog.show_values(
        {**dialog.form.values(), "data.document": "A letter", "data.to": "Rose Ash", "data.how": "read_aloud"}
    )
    dialog.save_button.click()
    qtbot.waitUntil(lambda: "A letter" in texts(tab), timeout=PATIENCE)
    assert "20 Nov 2026, to Rose Ash" in texts(tab) or "20 November 2026, to Rose Ash" in texts(tab)
    assert "Read aloud" in texts(tab)


def test_a_parent_reads_less_and_the_full_copy_stands_beside_it(
    qtbot: QtBot, workspace: Workspace, family: Session, events: Callable[[], list[str]]
) -> None:
    del family
    page = open_report(qtbot, workspace, "cumulative")
    # The first reader is our own agency: that is the full copy.
    assert page.pages.compare.isHidden()
    assert page.form.losses.isHidden()
    choose_reader(qtbot, page, "parent")
    qtbot.waitUntil(lambda: not page.pages.compare.isHidden() and page.form.losses.isVisible(), timeout=PATIENCE)
    assert "because it comes from a third party" in page.form.losses.text
    before = events().count("report previewed")
    page.pages.compare.click()
    qtbot.waitUntil(lambda: page.pages.full.page_count > 0, timeout=PATIENCE)
    assert events().count("report previewed") == before + 1

    def said(pages: Any) -> str:
        return " ".join(each.text for each in pages.strip.pages)

    assert page.pages.full.strip.accessibleName().startswith("Full copy: Page 1 of ")
    assert "Zanzibar" in said(page.pages.full)
    assert "Saxophone" in said(page.pages.copy)
    assert "Zanzibar" not in said(page.pages.copy)
    assert "Yttrium" not in said(page.pages.copy)
    page.pages.compare.click()
    assert page.pages.full.page_count == 0
    assert page.pages.full.strip.accessibleDescription() == ""


def test_where_it_is_narrow_one_copy_shows_at_a_time(qtbot: QtBot, workspace: Workspace, family: Session) -> None:
    del family
    page = open_report(qtbot, workspace, "cumulative")
    choose_reader(qtbot, page, "parent")
    page.pages.compare.click()
    qtbot.waitUntil(lambda: page.pages.copy.isVisible() and page.pages.full.isVisible(), timeout=PATIENCE)
    page.resize(760, 700)
    qtbot.waitUntil(lambda: not page.pages.full.isVisible(), timeout=PATIENCE)
    page.pages.show_full.click()
    assert page.pages.full.isVisible()
    assert not page.pages.copy.isVisible()


def test_a_thing_is_put_in_or_taken_out_by_a_tick_and_another_reader_begins_without(
    qtbot: QtBot, workspace: Workspace, family: Session
) -> None:
    del family
    page = open_report(qtbot, workspace, "cumulative")
    choose_reader(qtbot, page, "parent")
    page.form.choose_button.click()
    qtbot.waitUntil(lambda: page.findChild(ChoicesDialog) is not None, timeout=PATIENCE)
    dialog = page.findChild(ChoicesDialog)
    assert isinstance(dialog, ChoicesDialog)
    lost = {dialog.left_out.item(row).text(): dialog.left_out.item(row) for row in range(dialog.left_out.count())}
    third = next(item for text, item in lost.items() if "Zanzibar" in text)
    harm = next(item for text, item in lost.items() if "Yttrium" in text)
    assert not harm.flags() & Qt.ItemFlag.ItemIsUserCheckable
    assert "No tick shows it to this reader." in harm.text()
    # By the keyboard, as it stands.
    dialog.left_out.setCurrentItem(third)
    QTest.keyClick(dialog.left_out, Qt.Key.Key_Space)
    standing = [dialog.standing.item(row) for row in range(dialog.standing.count())]
    taken = next(item for item in standing if "Saxophone" in item.text())
    taken.setCheckState(Qt.CheckState.Unchecked)
    with qtbot.waitSignal(page.making.made, timeout=PATIENCE):
        dialog.use_button.click()

    def said() -> str:
        return " ".join(each.text for each in page.pages.copy.strip.pages)

    qtbot.waitUntil(lambda: "Zanzibar" in said() and "Saxophone" not in said(), timeout=PATIENCE)
    assert "Yttrium" not in said()
    assert "1 thing put in by you, 1 thing taken out by you" in texts(page.form).replace("things", "thing")
    assert "whoever made the copy took it out" in page.form.losses.text
    choose_reader(qtbot, page, "child")
    assert page.form.wanted().shown == frozenset()
    assert page.form.wanted().without == frozenset()


def test_a_report_for_a_meeting_names_it_and_leaves_protected_and_is_written_down(
    qtbot: QtBot, workspace: Workspace, family: Session, saved: list[Path], events: Callable[[], list[str]]
) -> None:
    del family
    page = open_report(qtbot, workspace, "conference", "m1")
    assert page.form.reason.text() == "Review child protection conference, 10 December 2026"
    choose_reader(qtbot, page, "parent")
    QTest.keyClicks(page.form.recipient, "Rose Ash")
    page.form.protect.click()
    for line in page.form.passphrase.findChildren(type(page.form.recipient)):
        QTest.keyClicks(line, "four slow otters under ice")
    qtbot.waitUntil(lambda: page.form.passphrase.is_valid, timeout=PATIENCE)
    page.form.save_button.click()
    qtbot.waitUntil(lambda: "Saved as" in page.form.notice.text, timeout=PATIENCE)
    assert saved[0].name == "conference-2026-11-20.pdf"
    document = pypdf.PdfReader(saved[0])
    assert document.decrypt("four slow otters under ice")
    said = " ".join(each.extract_text() for each in document.pages)
    assert "Saxophone" in said
    assert "Zanzibar" not in said
    assert "report exported" in events()
    page.giving.button.click()
    qtbot.waitUntil(lambda: page.findChild(FormDialog) is not None, timeout=PATIENCE)
    dialog = page.findChild(FormDialog)
    assert isinstance(dialog, FormDialog)
    values = dialog.form.values()
    assert (values["data.to"], values["data.reader"], values["data.meeting"]) == ("Rose Ash", "parent", "m1")
    assert values["data.document"] == "Report to child protection conference"
    dialog.show_values({**values, "data.how": "by_hand"})
    dialog.save_button.click()
    qtbot.waitUntil(lambda: page.findChild(FormDialog) is None, timeout=PATIENCE)
    assert page.giving.button.isHidden()
    assert page.form.notice.text == "Written down. The next report says so."
    qtbot.waitUntil(lambda: "Our report is with the family." in texts(page.form), timeout=PATIENCE)
    assert "Our report to the chair: due by 3 December 2026" in texts(page.form)
    # What is written down is the copy that was made: its digest stands on its pages.
    assert values["data.digest"] in said


def test_the_words_are_copied_for_half_a_minute_and_audited(
    qtbot: QtBot, workspace: Workspace, family: Session, events: Callable[[], list[str]]
) -> None:
    del family
    page = open_report(qtbot, workspace, "cumulative")
    page.form.copy_button.click()
    assert "Not saved yet" in page.form.notice.text
    QTest.keyClicks(page.form.recipient, "our own system")
    QTest.keyClicks(page.form.reason, "case note")
    page.form.copy_button.click()
    qtbot.waitUntil(lambda: "Copied." in page.form.notice.text, timeout=PATIENCE)
    assert "Saxophone" in QGuiApplication.clipboard().text()
    assert events()[0] == "report exported"
    workspace.locking.emit()
    assert QGuiApplication.clipboard().text() == ""


def test_a_chronology_is_saved_as_a_table_and_others_are_not_offered_as_one(
    qtbot: QtBot, workspace: Workspace, family: Session, saved: list[Path]
) -> None:
    del family
    page = open_report(qtbot, workspace, "chronology")
    page.form.form.setCurrentIndex(page.form.form.findData("csv"))
    page.form.form.activated.emit(page.form.form.currentIndex())
    assert page.form.protect.isHidden()
    QTest.keyClicks(page.form.recipient, "Ms Pole")
    QTest.keyClicks(page.form.reason, "analysis")
    page.form.save()
    qtbot.waitUntil(lambda: "Saved as" in page.form.notice.text, timeout=PATIENCE)
    assert saved[0].suffix == ".csv"
    assert "Saxophone in the street." in saved[0].read_text("utf-8-sig")
    with qtbot.waitSignal(page.making.made, timeout=PATIENCE):
        page.show_report("cumulative", CHILD)
    assert page.form.form.findData("csv") == -1


def test_a_copy_that_cannot_be_written_leaves_no_file_and_the_trail_says_so(
    qtbot: QtBot, workspace: Workspace, family: Session, saved: list[Path], events: Callable[[], list[str]]
) -> None:
    del family
    page = open_report(qtbot, workspace, "cumulative")
    QTest.keyClicks(page.form.recipient, "Ms Pole")
    QTest.keyClicks(page.form.reason, "analysis")
    page._save(Path("/no such folder") / "copy.pdf")
    qtbot.waitUntil(lambda: "could not be saved" in page.form.notice.text, timeout=PATIENCE)
    qtbot.waitUntil(lambda: events()[0] == "report not saved", timeout=PATIENCE)
    assert page.form.save_button.isEnabled()
    assert page.giving.button.isHidden()
    assert saved == []


def test_a_copy_is_stopped_before_it_leaves(
    qtbot: QtBot, workspace: Workspace, family: Session, saved: list[Path], events: Callable[[], list[str]]
) -> None:
    del family
    page = open_report(qtbot, workspace, "cumulative")
    QTest.keyClicks(page.form.recipient, "Ms Pole")
    QTest.keyClicks(page.form.reason, "analysis")
    page.form.save_button.click()
    assert page.leaving.is_under_way
    # A second press, by a key, is no second copy.
    page.form.save()
    assert len(saved) == 1
    page.stop_button.click()
    assert "Stopped. Nothing was saved." in page.form.notice.text
    qtbot.waitUntil(lambda: events()[0] == "report not saved", timeout=PATIENCE)
    assert not saved[0].exists()
    assert page.form.save_button.isEnabled()


def test_making_the_pages_is_stopped_and_begun_again(qtbot: QtBot, workspace: Workspace, family: Session) -> None:
    del family
    page = open_report(qtbot, workspace, "cumulative")
    page._load()
    page.making.stop_button.setFocus()
    page.making.stop_button.click()
    assert "Stopped." in page.notice.text
    assert page.making.progress.isHidden()
    # The keyboard stays with what it was about.
    assert page.making.again_button.hasFocus()
    with qtbot.waitSignal(page.making.made, timeout=PATIENCE):
        page.making.again_button.click()
        assert page.making.stop_button.hasFocus()
    assert page.notice.text == ""
    assert page.pages.copy.strip.hasFocus()


def test_the_keyboard_is_on_stop_while_a_copy_is_saved_and_on_save_after(
    qtbot: QtBot, workspace: Workspace, family: Session, saved: list[Path]
) -> None:
    del family
    page = open_report(qtbot, workspace, "cumulative")
    QTest.keyClicks(page.form.recipient, "Ms Pole")
    QTest.keyClicks(page.form.reason, "analysis")
    page.form.save_button.setFocus()
    page.form.save_button.click()
    assert page.stop_button.hasFocus()
    assert page.saving.isVisible()
    qtbot.waitUntil(lambda: "Saved as" in page.form.notice.text, timeout=PATIENCE)
    assert page.form.save_button.hasFocus()
    assert page.saving.isHidden()
    assert saved[0].exists()


def test_an_earlier_day_is_read_and_one_that_cannot_be_read_is_said(
    qtbot: QtBot, workspace: Workspace, family: Session
) -> None:
    del family
    page = open_report(qtbot, workspace, "cumulative")
    days = page.form.days
    days.fold.click()
    QTest.keyClicks(days.as_of, "1/9/2026")
    with qtbot.waitSignal(page.making.made, timeout=PATIENCE):
        days.as_of.editingFinished.emit()
    qtbot.waitUntil(
        lambda: "As of 1 September 2026" in " ".join(each.text for each in page.pages.copy.strip.pages),
        timeout=PATIENCE,
    )
    assert "Saxophone" not in " ".join(each.text for each in page.pages.copy.strip.pages)
    days.as_of.clear()
    QTest.keyClicks(days.as_of, "1/9/2027")
    days.as_of.editingFinished.emit()
    assert "This day has not come yet." in texts(days)
    assert page.form.wanted().moment.as_of is None
    QTest.keyClicks(page.form.recipient, "Ms Pole")
    QTest.keyClicks(page.form.reason, "analysis")
    page.form.save()
    assert page.window().focusWidget() is days.as_of


def test_a_kind_that_cannot_be_made_says_why(qtbot: QtBot, workspace: Workspace, family: Session) -> None:
    del family
    page = ReportPage(workspace)
    qtbot.addWidget(page)
    page.show()
    page.show_report("stay_review", CHILD)
    qtbot.waitUntil(lambda: "No hospital stay of this child is recorded." in page.notice.text, timeout=PATIENCE)
    assert not page.form.isVisible()
    assert not page.form.save_button.isVisible()
    page.show_report("horoscope", CHILD)
    qtbot.waitUntil(lambda: "There is no document of this kind." in page.notice.text, timeout=PATIENCE)


def test_a_restricted_record_asks_why_once(qtbot: QtBot, workspace: Workspace, family: Session) -> None:
    del family
    page = ReportPage(workspace)
    qtbot.addWidget(page)
    page.show()
    page.show_report("cumulative", SISTER)
    qtbot.waitUntil(lambda: page.findChild(FormDialog) is not None, timeout=PATIENCE)
    dialog = page.findChild(FormDialog)
    assert isinstance(dialog, FormDialog)
    dialog.show_values({"reason": "Duty"})
    dialog.save_button.click()
    qtbot.waitUntil(lambda: page.pages.copy.page_count > 0, timeout=PATIENCE)
    assert workspace.reasons == {SISTER: "Duty"}


def test_the_reports_place_finds_a_child_and_offers_the_same(
    qtbot: QtBot, workspace: Workspace, family: Session
) -> None:
    del family
    page = ReportsPage(workspace)
    qtbot.addWidget(page)
    page.resize(1366, 700)
    page.show()
    page.show_child("")
    QTest.keyClicks(page.line, "Rob")
    qtbot.waitUntil(lambda: page.found.count() == 1, timeout=PATIENCE)
    QTest.keyClick(page.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.findChild(QPushButton, "make-cumulative") is not None, timeout=PATIENCE)
    offered = {each.objectName() for each in page.findChildren(QPushButton) if each.objectName().startswith("make-")}
    assert offered >= {f"make-{kind.name}" for kind in KINDS.values() if kind.about is About.CHILD}
    with qtbot.waitSignal(workspace.report_wanted) as wanted:
        button(page, "make-cumulative").click()
    assert wanted.args == [CHILD, "cumulative", ""]
    workspace.locking.emit()
    assert page.found.count() == 0
    assert page.line.text() == ""


def test_a_meeting_to_come_says_when_its_report_is_due_and_leads_to_it(
    qtbot: QtBot, workspace: Workspace, family: Session
) -> None:
    del family
    page = open_tab(qtbot, workspace)
    page.tabs.setCurrentWidget(page.plans)
    both = "Our report to the chair and to the family: due by 3 December 2026"
    qtbot.waitUntil(lambda: both in texts(page.plans), timeout=PATIENCE)
    assert "The number of days for the chair is local. Confirm with your partnership" in texts(page.plans)
    with qtbot.waitSignal(workspace.report_wanted) as wanted:
        button(page.plans, "report-conference-m1").click()
    assert wanted.args == [CHILD, "conference", "m1"]


def test_losses_of_one_reason_in_many_sections_make_one_line() -> None:
    from gcp2_app.domain.withheld import Loss, SecretKind, Why

    kind, why = SecretKind.ENTRY, Why.THIRD_PARTY
    many = [Loss(kind, why, where, times) for where, times in (("History", 2), ("Seen", 1), ("Plan", 1), ("Health", 1))]
    assert loss_lines(many) == (
        "An entry, because it comes from a third party, in: History (2), Seen and 2 more sections",
    )
    assert loss_lines(many[:3]) == ("An entry, because it comes from a third party, in: History (2), Seen, Plan",)
    assert loss_lines(many[:1]) == ("History: an entry (2 times), because it comes from a third party",)


def test_charts_and_frozen_chronologies_are_a_press_away(qtbot: QtBot, workspace: Workspace, family: Session) -> None:
    del family
    page = open_tab(qtbot, workspace)
    button(page.documents, "go-charts").click()
    assert page.tabs.currentWidget() is page.overview
    page.tabs.setCurrentWidget(page.documents)
    button(page.documents, "go-chronologies").click()
    assert page.tabs.currentWidget() is page.timeline
    qtbot.waitUntil(lambda: page.timeline.findChild(CurateDialog) is not None, timeout=PATIENCE)
    dialog = page.timeline.findChild(CurateDialog)
    assert dialog is not None
    dialog.reject()
    qtbot.waitUntil(lambda: page.timeline.findChild(CurateDialog) is None, timeout=PATIENCE)


def test_the_latest_is_meant_where_none_is_chosen_and_it_says_which(
    qtbot: QtBot, workspace: Workspace, family: Session
) -> None:
    del family
    page = open_report(qtbot, workspace, "assessment")
    # The latest that is signed off, though another is being worked on.
    qtbot.waitUntil(lambda: page.form.matter.currentData() == "a-3", timeout=PATIENCE)
    assert "6 to 31 July 2026" in page.form.matter.currentText()
    page.form.matter.setCurrentIndex(page.form.matter.findData("a-1"))
    with qtbot.waitSignal(page.making.made, timeout=PATIENCE):
        page.form.matter.activated.emit(page.form.matter.currentIndex())
    assert page.form.wanted().matter == "a-1"


def test_a_restricted_child_is_opened_on_their_own_page_which_asks_why(
    qtbot: QtBot, workspace: Workspace, family: Session
) -> None:
    del family
    page = ReportsPage(workspace)
    qtbot.addWidget(page)
    page.show()
    page.show_child("")
    QTest.keyClicks(page.line, "Fern")
    qtbot.waitUntil(lambda: page.found.count() == 1, timeout=PATIENCE)
    with qtbot.waitSignal(workspace.child_wanted, timeout=PATIENCE) as wanted:
        QTest.mouseClick(
            page.found.viewport(), Qt.MouseButton.LeftButton, pos=page.found.visualItemRect(page.found.item(0)).center()
        )
    assert wanted.args == [SISTER]
    assert page.findChild(QPushButton, "make-cumulative") is None


def test_of_many_reports_that_were_given_the_latest_are_listed(
    qtbot: QtBot, workspace: Workspace, family: Session, on_database: OnDatabase
) -> None:
    def give() -> None:
        for number in range(10):
            put(family, f"s{number}", "report_shared", f"2026-10-{number + 10}", document=f"Letter {number}", to="Rose")

    on_database(give)
    tab = open_tab(qtbot, workspace).documents
    qtbot.waitUntil(lambda: "2 earlier, in the timeline" in texts(tab), timeout=PATIENCE)
    assert "Letter 9" in texts(tab)
    assert "Letter 1\n" not in texts(tab)
    with qtbot.waitSignal(workspace.entry_shown_wanted) as wanted:
        button(tab, "shared-s9").click()
    assert wanted.args == [CHILD, "s9"]
