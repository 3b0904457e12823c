"""Health on the screen: stays, appointments, attendance from a file, the medicine card word for word, its switch."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.healthcare.cards import card_of
from gcp2_app.domain.kinds import Item, ItemType
from gcp2_app.domain.register import Agency
from gcp2_app.domain.users import Role
from gcp2_app.domain.when import When
from gcp2_app.services import clinical_safety
from gcp2_app.services.session import Session
from gcp2_app.ui.child.page import ChildPage
from gcp2_app.ui.forms.dialog import FormDialog
from gcp2_app.ui.forms.directory import Directory
from gcp2_app.ui.forms.registry import make_context, make_editor
from gcp2_app.ui.health.medicines import Medicines
from gcp2_app.ui.settings.medicines import MedicinesSection
from gcp2_app.ui.workspace import Workspace
from tests.plans import view_of
from tests.rules import DAY, entry
from tests.ui.conftest import NOW, OnDatabase
from tests.ui.families import CHILD, add_family, ash_family

VALE = Source(name="Ines Vale", role="health visitor", agency=Agency.HEALTH_VISITING)
DOSE = "TWO puffs  up to FOUR times\na day"


def put(session: Session, id_: str, kind: str, when: str, **data: Any) -> None:
    with session.store.transaction() as tx:
        day = When(when)
        tx.entries.put(
            Entry(id=id_, kind=kind, children=(CHILD,), when=day, known=day, source=VALE, data=data), by=None
        )


def fill(session: Session, folder: Path) -> None:
    """A family with a stay, appointments, attendance, a plan, a measure and a medicine."""
    add_family(session, folder, ash_family())
    expected = [{"date": "2026-10-25", "said_on": "2026-10-20"}, {"date": "2026-11-02"}]
    put(
        session,
        "s1",
        "admission",
        "2026-10-20",
        hospital="Hill",
        admitted="2026-10-20",
        expected=expected,
        medically_fit_on="2026-11-05",
        discharge_planned_for="2026-12-01",
        s85_notified_on="2026-11-01",
        extra_days=[{"reason": "carer_training", "days": 9}, {}],
    )
    put(session, "s2", "admission", "2025-03-02", admitted="2025-03-02", discharged="2025-03-05")
    put(session, "r1", "meeting", "2026-10-29", type="stay_review", held="2026-10-29")
    put(session, "p1", "appointment", "2026-05-12", service="Dentist", status="not_brought")
    put(session, "p2", "appointment", "2026-06-12", service="Dentist", status="brought")
    span = {"from": "2026-09-02", "to": "2026-10-23"}
    put(session, "t1", "attendance", "2026-10-23", **span, possible=70, attended=49, unauthorised=9, codes={"I": 3})
    put(session, "h1", "health_plan", "2025-10-01", reviewed_on="2025-10-01")
    put(session, "w1", "measure", "2026-09-01", measure="weight_centile", value_as_recorded="2nd ", by="Ines Vale")
    put(session, "md", "medicine", "2026-09-10", name="Xylo", dose_as_prescribed=DOSE, times=["when wheezy"])


def opened(qtbot: QtBot, workspace: Workspace) -> ChildPage:
    made = ChildPage(workspace)
    qtbot.addWidget(made)
    made.resize(1366, 700)
    made.show()
    made.show_child(CHILD)
    made.tabs.setCurrentWidget(made.health)
    qtbot.waitUntil(lambda: made.health.medicines is not None, timeout=20_000)
    return made


@pytest.fixture
def page(
    qtbot: QtBot, workspace: Workspace, practice_session: Session, on_database: OnDatabase, tmp_path: Path
) -> ChildPage:
    on_database(lambda: fill(practice_session, tmp_path))
    return opened(qtbot, workspace)


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def find(parent: QWidget, name: str) -> QPushButton:
    found = parent.findChild(QPushButton, name)
    assert isinstance(found, QPushButton), name
    return found


def dialog_after(qtbot: QtBot, parent: QWidget, press: str) -> FormDialog:
    find(parent, press).click()
    qtbot.waitUntil(lambda: parent.findChild(FormDialog) is not None)
    found = parent.findChild(FormDialog)
    assert isinstance(found, FormDialog)
    return found


def answer(qtbot: QtBot, page: ChildPage, press: str, **values: Any) -> None:
    before = page.health.medicines
    dialog = dialog_after(qtbot, page.health, press)
    dialog.show_values({**dialog.form.values(), **values})
    dialog.save_button.click()
    qtbot.waitUntil(lambda: page.health.medicines is not None and page.health.medicines is not before)


def test_everything_of_health_is_read_out_as_it_was_recorded(page: ChildPage) -> None:
    said = texts(page.health)
    for line in (
        "Hill: in hospital since 20 October 2026, 31 days",
        "First expected to leave 25 October 2026, said 20 October 2026",
        "Then expected to leave 2 November 2026",
        "Extra days: carer is being trained (9 days), reason not known",
        "Section 85 notice given on 1 November 2026",
        "Stay review due by 17 November 2026, 3 working days overdue",
        "Hospital not known: 2 March 2025 to 5 March 2025, 3 days",
        "Child was brought: 1, child was not brought: 1",
        "Latest: 12 June 2026, child was brought",
        "49 of 70 sessions",
        "By code: I: 3",
        "Last reviewed 1 October 2025",
        "Weight centile: 2nd ",
        DOSE,
    ):
        assert line in said
    assert "held 29 October 2026" in said
    assert "; a stay review is overdue" in said


def test_the_card_is_checked_copied_and_void_again_a_press_at_a_time(qtbot: QtBot, page: ChildPage) -> None:
    assert "Not checked yet" in texts(page.health)
    assert page.health.findChild(QPushButton, "copy-md") is None
    answer(qtbot, page, "check-md", by="A. Khan", role="pharmacist", safely="Ivy Ash")
    assert "Checked, and holds" in texts(page.health)
    assert "A. Khan, Pharmacist, 20 November 2026" in texts(page.health)
    answer(qtbot, page, "copy-md", who="Nursery")
    assert "Nursery" in texts(page.health)
    answer(qtbot, page, "back-md", who="Nursery")
    assert page.health.findChild(QPushButton, "back-md") is None
    answer(qtbot, page, "changed-md", what="dose")
    assert "Void: something changed." in texts(page.health)
    assert DOSE in texts(page.health)


def test_a_carer_with_a_learning_need_has_the_steps_to_giving_it_alone(qtbot: QtBot, page: ChildPage) -> None:
    said = texts(page.health)
    assert "Rose Ash: to giving it unsupervised" in said
    assert "○ Coordinators: To be named in health and social care." in said
    dialog = dialog_after(qtbot, page.health, "shown-md-p-rose")
    values = dialog.form.values()
    assert (values["data.medicine"], values["data.person"], values["when"]) == ("md", "p-rose", "2026-11-20")
    dialog.close_at_once()
    qtbot.waitUntil(lambda: page.health.findChild(FormDialog) is None)
    dialog = dialog_after(qtbot, page.health, "help-md-p-rose")
    assert dialog.form.values()["data.person"] == "p-rose"
    dialog.close_at_once()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(min_size=1))
def test_a_card_shows_a_dose_word_for_word(qapp: object, words: str) -> None:
    del qapp
    view = view_of(entry("md", "medicine", DAY, name="Xylo", dose_as_prescribed=words))
    assert words in [text for _, text in Medicines.lines(card_of(view, view.facts("medicine")[0]))]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(st.characters(exclude_categories=["Cs"]), min_size=1), type_=st.sampled_from(["text", "string"]))
def test_what_nobody_touched_in_a_form_comes_back_as_it_was(
    qtbot: QtBot, workspace: Workspace, words: str, type_: str
) -> None:
    item = Item(name="dose", type=ItemType(type_), label="Dose")
    editor = make_editor(item, make_context(NOW.date(), Directory(workspace)))
    qtbot.addWidget(editor)
    editor.set_value(words)
    assert editor.value() == words
    lines = make_editor(
        replace(item, type=ItemType.STRING, repeats=True), make_context(NOW.date(), Directory(workspace))
    )
    qtbot.addWidget(lines)
    lines.set_value([words])
    assert lines.value() == [words]


def test_attendance_comes_out_of_a_file_and_no_half_term_twice(qtbot: QtBot, page: ChildPage, tmp_path: Path) -> None:
    table = tmp_path / "terms.csv"
    table.write_text(
        "from,to,possible,attended\n2026-09-02,2026-10-23,70,49\n2026-06-01,2026-07-20,60,50\nx,2026-07-20,60,50\n"
    )
    before = page.health.medicines
    page.health.read_attendance(table)
    qtbot.waitUntil(lambda: page.health.findChild(QMessageBox) is not None)
    box = page.health.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert box.text() == "Add 1 half term?"
    assert "1 row is in the record already." in box.informativeText()
    assert "Line 4: “x” is no day." in box.informativeText()
    next(button for button in box.buttons() if button.text() == "Add them").click()
    qtbot.waitUntil(lambda: page.health.medicines is not None and page.health.medicines is not before)
    assert "50 of 60 sessions" in texts(page.health)
    page.health.read_attendance(table)
    qtbot.waitUntil(
        lambda: "This file adds nothing." in [each.text() for each in page.health.findChildren(QMessageBox)]
    )
    for each in page.health.findChildren(QMessageBox):
        each.close()


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "could not be read"), (b"x" * 1_000_001, "too large")],
)
def test_a_file_that_is_no_table_is_told(
    qtbot: QtBot, page: ChildPage, tmp_path: Path, content: bytes | None, said: str
) -> None:
    path = tmp_path / "terms.csv"
    if content is not None:
        path.write_bytes(content)
    page.health.read_attendance(path)
    qtbot.waitUntil(lambda: said in page.health.notice.text)


def test_the_request_letter_is_copied_for_half_a_minute(qtbot: QtBot, page: ChildPage, workspace: Workspace) -> None:
    find(page.health, "copy-letter").click()
    qtbot.waitUntil(lambda: "The letter is copied." in page.health.notice.text)
    assert "About: Robin Ash" in QGuiApplication.clipboard().text()
    workspace.locking.emit()
    assert QGuiApplication.clipboard().text() == ""


def test_who_may_only_read_gets_no_button_that_changes_anything(
    qtbot: QtBot, workspace: Workspace, practice_session: Session, on_database: OnDatabase, tmp_path: Path
) -> None:
    on_database(lambda: fill(practice_session, tmp_path))
    workspace.begin(replace(practice_session, user=replace(practice_session.user, roles=frozenset({Role.SUPERVISOR}))))
    page = opened(qtbot, workspace)
    buttons = [button for button in page.health.findChildren(QPushButton) if button is not page.health.learned]
    assert {button.objectName().partition("-")[0] for button in buttons} == {"open"}


def test_in_a_real_store_the_card_is_off_until_an_administrator_records_the_approval(
    qtbot: QtBot, workspace: Workspace, session: Session, on_database: OnDatabase, tmp_path: Path
) -> None:
    on_database(lambda: fill(session, tmp_path))
    page = opened(qtbot, workspace)
    assert "are off in this store" in texts(page.health)
    assert DOSE not in texts(page.health)
    section = MedicinesSection(workspace)
    qtbot.addWidget(section)
    section.show()
    qtbot.waitUntil(lambda: section.state.text() == "Off: no approval is recorded.")
    dialog = section_dialog(qtbot, section, section.approve_button.click)
    dialog.show_values({"organisation": "Dudley Group", "reference": "DCB-7", "on": "2026-11-19"})
    dialog.save_button.click()
    qtbot.waitUntil(lambda: section.state.text() == "On")
    said = "Approved by Dudley Group on 19 November 2026, reference DCB-7. Recorded by Sam Rowan."
    assert section.more.text() == said
    qtbot.waitUntil(lambda: DOSE in texts(page.health))
    dialog = section_dialog(qtbot, section, section.withdraw_button.click)
    dialog.show_values(dict.fromkeys(dialog.form.fields, "Under review"))
    dialog.save_button.click()
    qtbot.waitUntil(lambda: section.state.text() == "Off: no approval is recorded.")
    assert not on_database(lambda: clinical_safety.of(session)).on
    qtbot.waitUntil(lambda: "are off in this store" in texts(page.health))


def section_dialog(qtbot: QtBot, section: QWidget, press: Callable[[], object]) -> FormDialog:
    qtbot.waitUntil(lambda: section.findChild(FormDialog) is None)
    press()
    qtbot.waitUntil(lambda: section.findChild(FormDialog) is not None)
    found = section.findChild(FormDialog)
    assert isinstance(found, FormDialog)
    return found


def test_who_is_no_administrator_reads_how_the_switch_stands(
    qtbot: QtBot, workspace: Workspace, session: Session
) -> None:
    workspace.begin(replace(session, user=replace(session.user, roles=frozenset({Role.PRACTITIONER}))))
    section = MedicinesSection(workspace)
    qtbot.addWidget(section)
    section.show()
    qtbot.waitUntil(lambda: section.state.text() == "Off: no approval is recorded.")
    assert section.approve_button.isHidden()
    assert "An administrator records the approval." in texts(section)


def test_in_a_practice_store_it_is_on(qtbot: QtBot, workspace: Workspace, practice_session: Session) -> None:
    del practice_session
    section = MedicinesSection(workspace)
    qtbot.addWidget(section)
    section.show()
    qtbot.waitUntil(lambda: section.state.text().startswith("On: every child"))
    assert section.approve_button.isHidden()
