"""The page of one child: banner, grades, assessments, people; real widgets over a real store."""

import functools
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from gcp2_app.domain.assessment import AssessmentState, Window
from gcp2_app.domain.users import Role
from gcp2_app.services import assessments, packs, users
from gcp2_app.services import register as service
from gcp2_app.services.session import Session
from gcp2_app.storage import audit
from gcp2_app.ui import style, words
from gcp2_app.ui.caseload.model import ROW
from gcp2_app.ui.child.assessment_list import AssessmentList
from gcp2_app.ui.child.page import ChildPage
from gcp2_app.ui.child.shown import load
from gcp2_app.ui.forms.dialog import FormDialog
from gcp2_app.ui.workspace import Workspace
from tests import antenatal, stores
from tests.licensing import write_licensed
from tests.ui import families
from tests.ui.conftest import OnDatabase

W = TypeVar("W", bound=QWidget)


@pytest.fixture
def ash(session: Session, on_database: OnDatabase, tmp_path: Path) -> Session:
    """A real store with one family."""
    on_database(lambda: families.add_family(session, tmp_path))
    return session


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace, ash: Session) -> ChildPage:
    """The page, showing the child with assessments."""
    del ash
    made = ChildPage(workspace)
    qtbot.addWidget(made)
    made.resize(1366, 700)
    made.show()
    made.show_child(families.CHILD)
    qtbot.waitUntil(made.tabs.isVisible)
    return made


@pytest.fixture
def on_people(page: ChildPage) -> None:
    """The tab of the people around the child, turned to."""
    page.tabs.setCurrentWidget(page.people)


def texts(widget: QWidget) -> str:
    """Return every text that a widget shows, line by line."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def button(parent: QWidget, name: str) -> QPushButton:
    """Return the button of an object name."""
    found = parent.findChild(QPushButton, name)
    assert isinstance(found, QPushButton), name
    return found


def press(qtbot: QtBot, page: ChildPage, name: str) -> None:
    """Press a button of the page, as soon as it can be pressed."""
    qtbot.waitUntil(lambda: button(page, name).isEnabled())
    button(page, name).click()


def dialog_on(qtbot: QtBot, parent: QWidget, kind: type[W]) -> W:
    """Return the open dialog of a kind, once it is there."""
    qtbot.waitUntil(lambda: any(dialog.isVisible() for dialog in parent.findChildren(kind)))
    return [dialog for dialog in parent.findChildren(kind) if dialog.isVisible()][-1]


def write(dialog: FormDialog, name: str, text: str) -> None:
    """Write into a field in the place of what it holds."""
    dialog.form.fields[name].editor.set_value(text)
    dialog.form.changed.emit(name)


def test_the_banner_says_who_it_is_and_what_must_not_be_overlooked(page: ChildPage) -> None:
    banner = page.banner
    assert banner.name.text() == "Robin Ash"
    assert banner.age.text == "4 years 8 months born 4 March 2022"
    assert banner.status.text == "Child protection plan, neglect since 10 January 2026"
    assert banner.worker.text == "Jo Lane confirmed 20 October 2026"
    assert banner.assessed.text == "112 days ago 31 July 2026"
    assert banner.review.text == "2 November 2026 18 days overdue"
    assert not banner.practice.isVisible()
    assert banner.review.accessibleName() == "Next review: 2 November 2026 18 days overdue"


def test_with_little_room_a_few_facts_stay_and_whatever_warns(qtbot: QtBot, page: ChildPage) -> None:
    banner = page.banner
    assert banner.rest.isHidden()
    page.resize(500, 700)
    qtbot.waitUntil(lambda: not banner.rest.isHidden())
    assert banner.rest.text() == "▸ More"
    assert {fact for fact in banner._facts if not fact.isHidden()} == {
        banner.status,
        banner.seen,
        banner.review,
        banner.advocate,
    }
    assert banner.review._more.isVisible(), "a warning stays"
    assert not banner.status._more.isVisible()
    banner.rest.click()
    assert banner.rest.accessibleName() == "Less about the case"
    assert not any(fact.isHidden() for fact in banner._facts)
    assert banner.status._more.isVisible()
    page.resize(1400, 700)
    qtbot.waitUntil(banner.rest.isHidden)
    assert not any(fact.isHidden() for fact in banner._facts)


def test_what_was_signed_before_its_window_ended_was_last_assessed_then(page: ChildPage) -> None:
    shown = page._shown
    assert shown is not None
    assert shown.latest is not None
    signed = shown.today - timedelta(days=2)
    window = Window(from_=signed, to=shown.today + timedelta(days=9))
    latest = replace(shown.latest, window=window, signed_off_on=signed)
    page.banner.say(replace(shown, file=replace(shown.file, assessments=(latest,))), practice=True)
    assert page.banner.assessed.text == f"2 days ago {words.day(signed)}"


def test_an_unborn_child_is_named_and_aged_as_such(qtbot: QtBot, page: ChildPage) -> None:
    page.show_child(families.BABY)
    qtbot.waitUntil(lambda: page.banner.name.text() == "Unborn child, Ash")
    assert page.banner.age.text == "Not yet born due 14 February 2027"
    assert page.banner.worker.text == "Nobody no one is allocated"
    assert page.banner.assessed.text == "Not yet"
    assert "No assessment yet" in texts(page.overview)


def test_a_birth_is_recorded_from_the_first_tab(qtbot: QtBot, page: ChildPage) -> None:
    assert page.findChild(QPushButton, "record-birth") is None
    page.show_child(families.BABY)
    qtbot.waitUntil(lambda: page.banner.name.text() == "Unborn child, Ash")
    press(qtbot, page, "record-birth")
    dialog = dialog_on(qtbot, page, FormDialog)
    assert not dialog.form.fields["date_of_birth"].isHidden()
    write(dialog, "given_names", "Moss")
    dialog.save_button.click()
    assert dialog.form.fields["date_of_birth"].error == "Give the day the child was born."
    write(dialog, "date_of_birth", "2026-11-19")
    dialog.save_button.click()
    qtbot.waitUntil(lambda: page.banner.name.text() == "Moss Ash")
    assert page.findChild(QPushButton, "record-birth") is None


def test_a_page_that_is_gone_hears_no_more(qtbot: QtBot, workspace: Workspace, ash: Session) -> None:
    del ash
    gone = ChildPage(workspace)
    qtbot.addWidget(gone)
    shiboken6.delete(gone)
    workspace.child_wanted.emit(families.BABY)


def test_whoever_asks_for_the_child_from_elsewhere_sees_the_first_tab(page: ChildPage, workspace: Workspace) -> None:
    page.tabs.setCurrentWidget(page.assessments)
    page.show_child(page.child_id)
    assert page.tabs.currentWidget() is page.assessments, "the way back leads to where one was"
    workspace.child_wanted.emit(page.child_id)
    assert page.tabs.currentWidget() is page.overview


def test_the_latest_grades_come_with_words_counts_and_marks(page: ChildPage) -> None:
    said = texts(page.overview)
    assert "6 to 31 July 2026 · Signed off" in said
    assert "Essential needs met (provisional)\nHolds 3s\nUnits: 1 at 3, none at 4, none at 5, 1 not graded" in said
    assert "Most essential needs not met\nUnits: none at 3, 5 at 4, none at 5, none not graded" in said
    assert "Too little seen" in said
    assert "Not GCP2, not validated" in said
    shown = [chip for chip in page.overview.findChildren(style.GradeChip) if chip.isVisibleTo(page)]
    chips = {chip.accessibleName().split(":")[0] for chip in shown}
    assert chips == {"A Physical care", "B Care of safety", "C Emotional care (love)", "D Developmental care (esteem)"}


def test_an_open_assessment_is_offered_to_go_on_with(qtbot: QtBot, page: ChildPage, workspace: Workspace) -> None:
    assert "9 November to 6 December 2026 · In progress · Jo Lane" in texts(page.overview)
    with qtbot.waitSignal(workspace.assessment_wanted) as wanted:
        press(qtbot, page, "continue-a-4")
    assert wanted.args == ["a-4"]
    with qtbot.waitSignal(workspace.assessment_wanted) as wanted:
        press(qtbot, page, "open-latest")
    assert wanted.args == ["a-3"]


def test_who_the_child_is_can_be_changed_and_shows_at_once(
    qtbot: QtBot, page: ChildPage, workspace: Workspace, session: Session, on_database: OnDatabase
) -> None:
    assert "Hollow Lane Nursery" in texts(page.overview)
    press(qtbot, page, "change-child_services")
    dialog = dialog_on(qtbot, page, FormDialog)
    write(dialog, "school", "Mill Street School")
    with qtbot.waitSignal(workspace.changed):
        dialog.save_button.click()
    qtbot.waitUntil(lambda: "Mill Street School" in texts(page.overview))
    kept = on_database(lambda: service.child(session, families.CHILD).child)
    assert kept.school == "Mill Street School"
    assert kept.nhs_number == "9434765919", "the other parts stay"


def test_a_restricted_record_asks_why_and_keeps_the_reason(
    qtbot: QtBot, page: ChildPage, session: Session, on_database: OnDatabase
) -> None:
    page.show_child(families.SISTER)
    dialog = dialog_on(qtbot, page, FormDialog)
    assert not page.banner.isVisible(), "nothing of either child shows while it asks"
    dialog.save_button.click()
    assert dialog.form.fields["reason"].error.startswith(("Enter “", "Answer “"))
    write(dialog, "reason", "Duty call about her today")
    dialog.save_button.click()
    qtbot.waitUntil(lambda: page.banner.isVisible() and page.banner.name.text() == "Fern Ash")
    assert page.banner.restricted.isVisible()

    def reasons() -> list[str]:
        with session.store.transaction() as tx:
            return [event.reason for event in audit.events(tx) if event.action == "child opened"]

    assert "Duty call about her today" in on_database(reasons)


def test_a_restricted_record_that_is_not_opened_leads_back(qtbot: QtBot, page: ChildPage, workspace: Workspace) -> None:
    page.show_child(families.SISTER)
    dialog = dialog_on(qtbot, page, FormDialog)
    with qtbot.waitSignal(workspace.back_wanted):
        dialog.reject()
    assert page.child_id == ""


def test_a_child_that_is_not_there_is_told_and_leads_back(qtbot: QtBot, page: ChildPage, workspace: Workspace) -> None:
    with qtbot.waitSignal(workspace.back_wanted):
        page.show_child("nobody")
    assert dialog_on(qtbot, page, QMessageBox).text()


def _is_wide(widget: QWidget, width: int) -> bool:
    return widget.width() == width


def test_the_list_of_assessments_is_never_scrolled_sideways(qtbot: QtBot, page: ChildPage) -> None:
    page.show_child(families.CHILD)
    qtbot.waitUntil(lambda: page.assessments.table.model().rowCount() > 0)
    page.tabs.setCurrentWidget(page.assessments)
    table = page.assessments.table
    heights = {}
    for width in (1800, 700):
        page.resize(width, 700)
        qtbot.waitUntil(functools.partial(_is_wide, page, width))
        assert table.horizontalScrollBar().maximum() == 0
        assert table.isColumnHidden(1) is (width == 700)
        assert table.horizontalHeader().isHidden() is (width == 700)
        heights[width] = table.rowHeight(0)
    assert heights[700] > 2 * heights[1800], "the columns stand in two bands, each under its name"


def test_the_list_of_assessments_keeps_qts_rules(
    page: ChildPage, session: Session, on_database: OnDatabase, qtmodeltester: ModelTester
) -> None:
    del page
    model = AssessmentList()
    model.say(on_database(lambda: load(session, families.CHILD, "")))
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # pytest-qt's own
    spoken = [model.index(0, column).data(Qt.ItemDataRole.AccessibleTextRole) for column in range(model.columnCount())]
    assert spoken[0] == "; ".join(["9 Nov 2026, to 6 Dec 2026", *spoken[1:]])
    assert spoken[1] == "In progress"
    assert spoken[2] == "Rose Ash"
    assert spoken[3].startswith("A Physical care: too little seen for a grade")
    assert spoken[4:] == ["Jo Lane", "Graded care record, version 1.0.0"]


def choose_assessment(page: ChildPage, assessment_id: str) -> None:
    """Make an assessment's row the current one."""
    page.tabs.setCurrentWidget(page.assessments)
    model = page.assessments.table.model()
    for number in range(model.rowCount()):
        if model.index(number, 0).data(ROW).id == assessment_id:
            page.assessments.table.setCurrentIndex(model.index(number, 0))
            return
    pytest.fail("no such row")


def test_what_can_be_done_follows_the_chosen_assessment(qtbot: QtBot, page: ChildPage, workspace: Workspace) -> None:
    tab = page.assessments
    choose_assessment(page, "a-4")
    assert not tab.correct.isEnabled()
    choose_assessment(page, "a-2")
    assert tab.correct.isEnabled()
    with qtbot.waitSignal(workspace.report_wanted) as report:
        tab.report.click()
    assert report.args == [families.CHILD, "assessment", "a-2"]
    with qtbot.waitSignal(workspace.assessment_wanted) as opened:
        QTest.keyClick(tab.table, Qt.Key.Key_Return)
    assert opened.args == ["a-2"]


def test_a_signed_off_assessment_is_corrected_with_a_reason(
    qtbot: QtBot, page: ChildPage, workspace: Workspace, session: Session, on_database: OnDatabase
) -> None:
    choose_assessment(page, "a-3")
    page.assessments.correct.click()
    dialog = dialog_on(qtbot, page, FormDialog)
    write(dialog, "reason", "D2 was graded for the wrong child")
    with qtbot.waitSignal(workspace.assessment_wanted) as wanted:
        dialog.save_button.click()
    (new_id,) = wanted.args or []
    made = on_database(lambda: assessments.open_(session, new_id).assessment)
    assert (made.corrects, made.correction_reason) == ("a-3", "D2 was graded for the wrong child")
    qtbot.waitUntil(lambda: "Correction under way" in texts(page.overview))


def start(qtbot: QtBot, page: ChildPage) -> FormDialog:
    """Open the form that starts an assessment."""
    page.tabs.setCurrentWidget(page.assessments)
    page.assessments.start.click()
    return dialog_on(qtbot, page, FormDialog)


def test_an_assessment_starts_with_the_main_carer_four_weeks_and_the_band_by_age(
    qtbot: QtBot, page: ChildPage, workspace: Workspace, session: Session, on_database: OnDatabase
) -> None:
    on_database(lambda: packs.approve_open_pack(session, packs.get(session, "graded-care"), reason="Panel agreed"))
    dialog = start(qtbot, page)
    assert "Graded care record (open wording), 1.0.0" in texts(dialog)
    assert "Not approved" not in texts(dialog)
    values = dialog.form.values()
    assert values["carers"] == ["p-rose"]
    assert (values["from"], values["to"]) == ("2026-11-20", "2026-12-17")
    assert dialog.form.fields["to"].warning == "28 days"
    assert dialog.form.fields["band"].warning == "The child is 4 years 8 months old on the first day."
    with qtbot.waitSignal(workspace.assessment_wanted) as wanted:
        dialog.save_button.click()
    (new_id,) = wanted.args or []
    made = on_database(lambda: assessments.open_(session, new_id).assessment)
    assert made.state is AssessmentState.DRAFT
    assert made.carers == ("p-rose",)
    assert (made.band, made.band_reason, made.window_reason) == ("", "", "")


def test_the_open_pack_is_not_started_for_a_real_child_before_it_is_approved(
    qtbot: QtBot, page: ChildPage, workspace: Workspace
) -> None:
    dialog = start(qtbot, page)
    assert "Not approved for real children in this store yet. You can approve it" in texts(dialog)
    assert not dialog.save_button.isEnabled()
    assert "Not approved" in dialog.save_button.accessibleDescription()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.save_button.text() == "Start the assessment"
    (go,) = [each for each in dialog.findChildren(QPushButton) if each.text() == "Go to Settings, Packs"]
    assert go.isVisible()
    with qtbot.waitSignal(workspace.settings_wanted) as wanted:
        go.click()
    assert wanted.args == ["packs"]
    assert not dialog.isVisible()


def test_a_practitioner_reads_who_can_approve_the_pack(
    qtbot: QtBot, page: ChildPage, workspace: Workspace, session: Session, on_database: OnDatabase
) -> None:
    def colleagues() -> Session:
        stores.add_user(session, "ada", Role.ADMINISTRATOR)
        stores.add_user(session, "pat", Role.PRACTITIONER, Role.SUPERVISOR)
        return stores.as_user(session, "pat")

    workspace.begin(on_database(colleagues))
    page.show_child(families.CHILD)
    dialog = start(qtbot, page)
    assert "Ask who can approve it: Practice ada, Sam Rowan." in texts(dialog)
    assert not dialog.save_button.isEnabled()
    assert not [
        each
        for each in dialog.findChildren(QPushButton)
        if each.text() == "Go to Settings, Packs" and not each.isHidden()
    ]


def test_an_approved_pack_holds_nothing_back(
    qtbot: QtBot, page: ChildPage, session: Session, on_database: OnDatabase
) -> None:
    on_database(lambda: packs.approve_open_pack(session, packs.get(session, "graded-care"), reason="Panel agreed"))
    dialog = start(qtbot, page)
    assert dialog.save_button.isEnabled()
    assert dialog.save_button.accessibleDescription() == ""


def test_a_long_window_and_another_band_each_need_a_reason(
    qtbot: QtBot, page: ChildPage, workspace: Workspace, session: Session, on_database: OnDatabase
) -> None:
    on_database(lambda: packs.approve_open_pack(session, packs.get(session, "graded-care"), reason="Panel agreed"))
    dialog = start(qtbot, page)
    fields = dialog.form.fields
    assert fields["window_reason"].isHidden()
    assert fields["band_reason"].isHidden()
    write(dialog, "to", "2026-12-31")
    assert fields["window_reason"].isHidden(), "42 days need none"
    write(dialog, "to", "2027-01-01")
    bands = on_database(lambda: packs.get(session, "graded-care")).bands
    by_age = fields["band"].editor.value()
    other = next(band.code for band in bands if band.code != by_age)
    write(dialog, "band", other)
    dialog.save_button.click()
    assert fields["window_reason"].error == "Answer “Why does it take so long?”"
    assert fields["band_reason"].error.startswith("Answer “")
    write(dialog, "window_reason", "Hospital stay in between")
    write(dialog, "band_reason", "Developmental age is that of a toddler")
    with qtbot.waitSignal(workspace.assessment_wanted) as wanted:
        dialog.save_button.click()
    (new_id,) = wanted.args or []
    made = on_database(lambda: assessments.open_(session, new_id).assessment)
    assert made.window_reason == "Hospital stay in between"
    assert (made.band, made.band_reason) == (other, "Developmental age is that of a toddler")


def test_the_band_follows_the_first_day_until_one_is_picked(qtbot: QtBot, page: ChildPage) -> None:
    dialog = start(qtbot, page)
    band = dialog.form.fields["band"].editor
    now = band.value()
    write(dialog, "from", "2027-04-05")
    assert band.value() != now, "the child turns five before that day"
    assert dialog.form.fields["band_reason"].isHidden()


def test_an_unborn_child_is_offered_the_antenatal_pack(qtbot: QtBot, page: ChildPage) -> None:
    page.show_child(families.BABY)
    qtbot.waitUntil(lambda: page.banner.name.text() == "Unborn child, Ash")
    press(qtbot, page, "start-first")
    dialog = dialog_on(qtbot, page, FormDialog)
    assert "Graded care record before and after birth (open wording), 1.0.0" in texts(dialog)
    fields = dialog.form.fields
    assert fields["pack"].isHidden()
    assert fields["band"].editor.value() == "before"
    assert fields["band"].warning.startswith("Not yet born, due ")


def test_a_child_of_an_age_in_no_pack_gets_none(
    qtbot: QtBot, page: ChildPage, session: Session, on_database: OnDatabase
) -> None:
    from gcp2_app.domain.register import Carer, Child

    wrong = Child(
        id="c-wrong",
        family_name="Ash",
        expected_date=date(2028, 1, 1),
        carers=(Carer(person="p-rose", relationship="mother"),),
    )

    def came_with_an_import() -> None:
        with session.store.transaction() as tx:
            tx.children.put(wrong, by=None)

    on_database(came_with_an_import)
    page.show_child(wrong.id)
    qtbot.waitUntil(lambda: page.banner.name.text() == "Unborn child, Ash")
    press(qtbot, page, "start-first")
    box = dialog_on(qtbot, page, QMessageBox)
    assert box.text() == "There is no pack for this child."
    box.close()


def test_at_three_months_the_page_says_that_the_childs_own_profile_takes_over(
    qtbot: QtBot, page: ChildPage, session: Session, on_database: OnDatabase
) -> None:
    def make(born: date) -> str:
        packs.approve_open_pack(session, packs.get(session, "graded-care"), reason="Panel agreed")
        child = antenatal.is_born(session, antenatal.add_unborn(session), born)
        working = antenatal.begin(session, child, first=date(2026, 11, 2), days=14)
        antenatal.sign(session, antenatal.grade_area(session, working, "H", 2), stores.as_user(session, "boss"))
        return child.id

    on_database(lambda: stores.add_user(session, "boss", Role.SUPERVISOR))
    older = on_database(lambda: make(date(2026, 8, 20)))
    younger = on_database(lambda: make(date(2026, 8, 21)))
    for child, says in ((older, True), (younger, False)):
        page.show_child(child)
        qtbot.waitUntil(lambda: "Local graded care record" in texts(page.overview), timeout=60_000)
        assert ("own profile takes over" in texts(page.overview)) is says


def test_a_young_baby_is_offered_both_packs_and_each_has_its_own_bands(
    qtbot: QtBot, page: ChildPage, session: Session, on_database: OnDatabase
) -> None:
    from gcp2_app.domain.register import Carer, Child

    on_database(lambda: packs.approve_open_pack(session, packs.get(session, "graded-care"), reason="Panel agreed"))
    carers = (Carer(person="p-rose", relationship="mother", main=True),)
    new = Child(id="", given_names="Wren", date_of_birth=date(2026, 9, 1), carers=carers)
    child = on_database(lambda: service.save_child(session, new))
    page.show_child(child.id)
    qtbot.waitUntil(lambda: page.banner.name.text() == "Wren")
    press(qtbot, page, "start-first")
    dialog = dialog_on(qtbot, page, FormDialog)
    fields = dialog.form.fields
    assert not fields["pack"].isHidden()
    assert "Under 3 months both fit." in texts(dialog)
    assert (fields["pack"].editor.value(), fields["band"].editor.value()) == ("graded-care", "0-2")
    write(dialog, "pack", "graded-care-antenatal")
    assert fields["band"].editor.value() == "0-3m"
    write(dialog, "band", "0-2")
    write(dialog, "band_reason", "why not")
    dialog.save_button.click()
    assert fields["band"].error == "This age band belongs to another pack."


def test_with_a_third_pack_for_a_young_baby_it_is_not_both_that_fit(
    qtbot: QtBot, page: ChildPage, session: Session, on_database: OnDatabase, tmp_path: Path
) -> None:
    from gcp2_app.domain.register import Carer, Child

    on_database(lambda: packs.install(session, write_licensed(tmp_path, expires=date(2026, 12, 31))))
    carers = (Carer(person="p-rose", relationship="mother", main=True),)
    new = Child(id="", given_names="Wren", date_of_birth=date(2026, 9, 1), carers=carers)
    child = on_database(lambda: service.save_child(session, new))
    page.show_child(child.id)
    qtbot.waitUntil(lambda: page.banner.name.text() == "Wren")
    press(qtbot, page, "start-first")
    dialog = dialog_on(qtbot, page, FormDialog)
    assert "Under 3 months all of these fit." in texts(dialog)
    assert "both fit" not in texts(dialog)


def test_without_a_carer_the_way_to_add_one_is_shown(
    qtbot: QtBot, page: ChildPage, workspace: Workspace, session: Session, on_database: OnDatabase
) -> None:
    from gcp2_app.domain.register import Child

    alone = on_database(lambda: service.save_child(session, Child(id="", given_names="Wren")))
    page.show_child(alone.id)
    qtbot.waitUntil(lambda: page.banner.name.text() == "Wren")
    press(qtbot, page, "start-first")
    box = dialog_on(qtbot, page, QMessageBox)
    assert box.text() == "Add a carer first."
    (go,) = [each for each in box.buttons() if each.text() == "Go to People"]
    go.click()
    assert page.tabs.currentWidget() is page.people
    focused = page.people.findChild(QPushButton, "carer-add")
    assert focused is not None
    assert focused.hasFocus()
    assert page.banner.worker.text.startswith("Sam Rowan confirmed 20 November 2026")
    assert workspace.is_unlocked


def test_the_people_are_drawn_once_somebody_looks(qtbot: QtBot, page: ChildPage) -> None:
    assert not page.people.findChildren(QPushButton)
    page.tabs.setCurrentWidget(page.people)
    qtbot.waitUntil(lambda: button(page, "carer-add").isVisible())


@pytest.mark.usefixtures("on_people")
def test_the_people_around_the_child_are_all_there(page: ChildPage) -> None:
    said = texts(page.people)
    assert "Rose Ash\nMother · main carer · parental responsibility: yes\nborn 11 February 1996" in said
    assert "learning need: diagnosed (GP letter, 1 May 2021)" in said
    assert "formats they need: Easy read" in said
    assert "4 Mill Lane, DY1 1AA\nin Dudley · since 1 May 2021" in said
    assert "Dean Marsh\n1 January 2024 to 1 March 2025" in said
    assert "Ines Vale\nHealth visitor · Health visiting\nsince 1 February 2025 · never confirmed" in said
    assert "Child in need, neglect\n1 February 2025 to 9 January 2026" in said
    assert "Fern Ash\n9 years, born 30 September 2017" in said
    assert "Unborn child, Ash\nNot yet born, due 14 February 2027" in said


@pytest.mark.usefixtures("on_people")
def test_a_status_is_added(
    qtbot: QtBot, page: ChildPage, workspace: Workspace, session: Session, on_database: OnDatabase
) -> None:
    press(qtbot, page, "status-add")
    dialog = dialog_on(qtbot, page, FormDialog)
    dialog.save_button.click()
    assert set(dialog.form.problems({})) == {"status", "from"}
    write(dialog, "status", "pre_proceedings")
    write(dialog, "from", "2026-11-01")
    with qtbot.waitSignal(workspace.changed):
        dialog.save_button.click()
    statuses = on_database(lambda: service.child(session, families.CHILD).child).statuses
    assert [(status.status, status.from_) for status in statuses][-1] == ("pre_proceedings", date(2026, 11, 1))
    qtbot.waitUntil(lambda: "Pre-proceedings" in page.banner.status.text)


@pytest.mark.usefixtures("on_people")
def test_only_one_carer_is_the_main_one(
    qtbot: QtBot, page: ChildPage, workspace: Workspace, session: Session, on_database: OnDatabase
) -> None:
    press(qtbot, page, "carer-1")
    dialog = dialog_on(qtbot, page, FormDialog)
    assert dialog.form.fields["person"].isHidden(), "who it is does not change"
    dialog.form.fields["main"].editor.set_value(True)
    with qtbot.waitSignal(workspace.changed):
        dialog.save_button.click()
    carers = on_database(lambda: service.child(session, families.CHILD).child).carers
    assert {carer.person: carer.main for carer in carers} == {"p-rose": False, "p-dean": True}


@pytest.mark.usefixtures("on_people")
def test_an_allocation_is_confirmed_in_one_press(
    qtbot: QtBot, page: ChildPage, workspace: Workspace, session: Session, on_database: OnDatabase
) -> None:
    with qtbot.waitSignal(workspace.changed):
        press(qtbot, page, "allocation-0-confirm")
    allocated = on_database(lambda: service.child(session, families.CHILD).child).allocated
    assert allocated[0].confirmed_on == date(2026, 11, 20)
    qtbot.waitUntil(lambda: page.banner.worker.text == "Jo Lane confirmed 20 November 2026")


@pytest.mark.usefixtures("on_people")
def test_what_was_entered_by_mistake_is_removed_with_a_reason(
    qtbot: QtBot, page: ChildPage, workspace: Workspace, session: Session, on_database: OnDatabase
) -> None:
    press(qtbot, page, "carer-remove-1")
    dialog = dialog_on(qtbot, page, FormDialog)
    assert "Dean Marsh is taken out" in texts(dialog)
    write(dialog, "reason", "Entered on the wrong family")
    with qtbot.waitSignal(workspace.changed):
        dialog.save_button.click()
    assert [carer.person for carer in on_database(lambda: service.child(session, families.CHILD).child).carers] == [
        "p-rose"
    ]

    def reasons() -> list[str]:
        with session.store.transaction() as tx:
            return [revision.reason for revision in tx.children.revisions(families.CHILD)]

    assert "Entered on the wrong family" in on_database(reasons)


@pytest.mark.usefixtures("on_people")
def test_a_member_and_an_address_of_the_household_are_changed(
    qtbot: QtBot, page: ChildPage, workspace: Workspace, session: Session, on_database: OnDatabase
) -> None:
    press(qtbot, page, "address-h-ash-0")
    dialog = dialog_on(qtbot, page, FormDialog)
    write(dialog, "to", "2026-10-31")
    with qtbot.waitSignal(workspace.changed):
        dialog.save_button.click()
    press(qtbot, page, "household-h-ash-address")
    dialog = dialog_on(qtbot, page, FormDialog)
    dialog.form.fields["lines"].editor.set_value(["9 Canal Row", "Dudley"])
    write(dialog, "from", "2026-11-01")
    with qtbot.waitSignal(workspace.changed):
        dialog.save_button.click()
    (household,) = on_database(lambda: service.child(session, families.CHILD).households)
    assert [(address.lines, address.from_, address.to) for address in household.addresses] == [
        (("4 Mill Lane",), date(2021, 5, 1), date(2026, 10, 31)),
        (("9 Canal Row", "Dudley"), date(2026, 11, 1), None),
    ]
    assert len(household.members) == 4


@pytest.mark.usefixtures("on_people")
def test_a_brother_or_sister_is_opened(qtbot: QtBot, page: ChildPage, workspace: Workspace) -> None:
    with qtbot.waitSignal(workspace.child_wanted) as wanted:
        press(qtbot, page, f"sibling-{families.SISTER}")
    assert wanted.args == [families.SISTER]


def test_the_focus_stays_where_it_was_when_the_page_is_made_anew(
    qtbot: QtBot, page: ChildPage, workspace: Workspace
) -> None:
    page.tabs.setCurrentWidget(page.people)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    before = button(page, "carer-add")
    before.setFocus()
    workspace.changed.emit("child", families.CHILD)
    qtbot.waitUntil(lambda: (again := page.findChild(QPushButton, "carer-add")) is not before and again is not None)
    qtbot.waitUntil(lambda: button(page, "carer-add").hasFocus())


def test_a_supervisor_reads_and_changes_nothing(
    qtbot: QtBot, workspace: Workspace, ash: Session, on_database: OnDatabase
) -> None:
    from dataclasses import replace

    reader = replace(ash, user=replace(ash.user, roles=frozenset({Role.SUPERVISOR})))
    workspace.begin(reader)
    made = ChildPage(workspace)
    qtbot.addWidget(made)
    made.show()
    made.show_child(families.CHILD)
    qtbot.waitUntil(made.tabs.isVisible)
    names = {found.objectName() for found in made.findChildren(QPushButton) if found.isVisibleTo(made)}
    assert not any(name.startswith(("change-", "carer", "status", "allocation", "start")) for name in names)
    assert not made.assessments.start.isVisibleTo(made.assessments)
    assert on_database(lambda: len(users.all_(ash))) == 1


def test_locking_lets_go_of_the_child(page: ChildPage, workspace: Workspace) -> None:
    workspace.locking.emit()
    assert page.child_id == ""
    assert "Robin" not in texts(page.overview) + texts(page.people)
    assert page.assessments.table.model().rowCount() == 0


def test_practice_is_said_on_the_banner(
    qtbot: QtBot, workspace: Workspace, practice_session: Session, on_database: OnDatabase, tmp_path: Path
) -> None:
    on_database(lambda: families.add_family(practice_session, tmp_path))
    made = ChildPage(workspace)
    qtbot.addWidget(made)
    made.show()
    made.show_child(families.CHILD)
    qtbot.waitUntil(made.tabs.isVisible)
    assert made.banner.practice.isVisible()


@pytest.mark.usefixtures("on_people")
def test_who_lives_with_the_child_is_added_changed_and_removed(
    qtbot: QtBot, page: ChildPage, workspace: Workspace, session: Session, on_database: OnDatabase
) -> None:
    def members() -> dict[str, tuple[date | None, date | None]]:
        (household,) = on_database(lambda: service.child(session, families.CHILD).households)
        return {member.who: (member.from_, member.to) for member in household.members}

    press(qtbot, page, "household-h-ash-child")
    dialog = dialog_on(qtbot, page, FormDialog)
    write(dialog, "who", families.BABY)
    with qtbot.waitSignal(workspace.changed):
        dialog.save_button.click()
    assert members()[families.BABY] == (None, None)
    press(qtbot, page, "member-h-ash-3")
    dialog = dialog_on(qtbot, page, FormDialog)
    write(dialog, "to", "2025-02-28")
    with qtbot.waitSignal(workspace.changed):
        dialog.save_button.click()
    assert members()["p-dean"] == (date(2024, 1, 1), date(2025, 2, 28))
    press(qtbot, page, "member-h-ash-4-remove")
    dialog = dialog_on(qtbot, page, FormDialog)
    write(dialog, "reason", "Not born yet")
    with qtbot.waitSignal(workspace.changed):
        dialog.save_button.click()
    assert families.BABY not in members()


@pytest.mark.usefixtures("on_people")
def test_the_note_of_a_household_and_a_professionals_details_are_changed(
    qtbot: QtBot, page: ChildPage, workspace: Workspace, session: Session, on_database: OnDatabase
) -> None:
    press(qtbot, page, "household-h-ash-note")
    dialog = dialog_on(qtbot, page, FormDialog)
    write(dialog, "note", "Grandmother lives next door")
    with qtbot.waitSignal(workspace.changed):
        dialog.save_button.click()
    qtbot.waitUntil(lambda: "Grandmother lives next door" in texts(page.people))
    press(qtbot, page, "allocation-1-details")
    dialog = dialog_on(qtbot, page, FormDialog)
    write(dialog, "phone", "01632 960 117")
    with qtbot.waitSignal(workspace.changed):
        dialog.save_button.click()
    qtbot.waitUntil(lambda: "01632 960 117" in texts(page.people))
    press(qtbot, page, "person-p-rose")
    dialog = dialog_on(qtbot, page, FormDialog)
    write(dialog, "phone", "01632 960 118")
    with qtbot.waitSignal(workspace.changed):
        dialog.save_button.click()
    person = on_database(lambda: service.child(session, families.CHILD).people["p-rose"])
    assert person.phone == "01632 960 118"
    assert person.learning_need is not None, "what was not touched stays"


def test_a_child_without_a_household_gets_one(
    qtbot: QtBot, page: ChildPage, workspace: Workspace, session: Session, on_database: OnDatabase
) -> None:
    page.show_child(families.BABY)
    qtbot.waitUntil(lambda: page.banner.name.text() == "Unborn child, Ash")
    page.tabs.setCurrentWidget(page.people)
    press(qtbot, page, "household-add")
    dialog = dialog_on(qtbot, page, FormDialog)
    dialog.form.fields["lines"].editor.set_value(["1 Quay Street"])
    write(dialog, "postcode", "DY2 2BB")
    write(dialog, "from", "2026-11-01")
    with qtbot.waitSignal(workspace.changed):
        dialog.save_button.click()
    (household,) = on_database(lambda: service.child(session, families.BABY).households)
    assert [(member.who, member.from_) for member in household.members] == [(families.BABY, date(2026, 11, 1))]
    assert household.addresses[0].postcode == "DY2 2BB"


@pytest.mark.usefixtures("on_people")
def test_an_action_waits_until_the_page_shows_what_is_in_the_store(page: ChildPage, workspace: Workspace) -> None:
    workspace.changed.emit("child", families.CHILD)
    assert not button(page, "status-add").isEnabled()
    assert not button(page, "change-child").isEnabled()
