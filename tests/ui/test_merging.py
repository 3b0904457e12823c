"""Merging two records of a child on the screens, by keys, and undoing it."""

from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from gcp2_app.domain.child_merges import Choice
from gcp2_app.domain.merge_cautions import Caution
from gcp2_app.domain.users import Role
from gcp2_app.services import child_merges, register
from gcp2_app.services.session import Session
from gcp2_app.ui.child.duplicates import Duplicates
from gcp2_app.ui.child.merge_find import MergeFind
from gcp2_app.ui.child.merging import MergeDialog, merge_with
from gcp2_app.ui.child.new_child import add_child
from gcp2_app.ui.child.page import ChildPage
from gcp2_app.ui.forms.dialog import FormDialog
from gcp2_app.ui.forms.second_person import SecondPersonDialog
from gcp2_app.ui.quick_find import QuickFind
from gcp2_app.ui.workspace import Workspace
from tests.services.twice import Twice, one_child_twice
from tests.stores import PASSPHRASE, add_user, as_user
from tests.ui.conftest import OnDatabase

PATIENCE = 60_000


@pytest.fixture
def twice(practice_session: Session, on_database: OnDatabase) -> Twice:
    """One child recorded twice."""

    def fill() -> Twice:
        add_user(practice_session, "manager", Role.SUPERVISOR)
        return one_child_twice(practice_session, as_user(practice_session, "manager"))

    return on_database(fill)


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace, twice: Twice) -> ChildPage:
    """The page of the record that is to stand, on the tab of people."""
    made = ChildPage(workspace)
    qtbot.addWidget(made)
    made.resize(1366, 700)
    made.show()
    made.show_child(twice.child.id)
    qtbot.waitUntil(made.tabs.isVisible, timeout=PATIENCE)
    made.tabs.setCurrentWidget(made.people)
    return made


def _button(parent: QWidget, name: str) -> QPushButton:
    """Return a button by its key, its text or what is said of it."""
    return next(
        each
        for each in parent.findChildren(QPushButton)
        if each.isVisible() and name in {each.objectName(), each.text(), each.accessibleName()}
    )


def _open(qtbot: QtBot, parent: QWidget, kind: type[QWidget]) -> QWidget:
    qtbot.waitUntil(lambda: any(each.isVisible() for each in parent.findChildren(kind)), timeout=PATIENCE)
    return next(each for each in parent.findChildren(kind) if each.isVisible())


def _said(parent: QWidget) -> str:
    return "\n".join(each.text() for each in parent.findChildren(QLabel) if each.isVisible())


def _by_keys(qtbot: QtBot, dialog: MergeDialog) -> QPlainTextEdit:
    """Tick every caution and let the other nursery stand, by keys alone; return the reason, which has the keys then."""
    reason = dialog.form.fields["reason"].editor.control
    assert isinstance(reason, QPlainTextEdit)
    dialog.activateWindow()
    qtbot.waitUntil(lambda: dialog.focusWidget() is dialog.beside.ticks[Caution.TWINS], timeout=PATIENCE)
    focused = dialog.focusWidget()
    for _ in range(20):
        if focused is reason:
            break
        if focused in dialog.beside.ticks.values() or focused is dialog.beside.choices[Choice.SCHOOL][0]:
            right = isinstance(focused, QRadioButton)
            QTest.keyClick(focused, Qt.Key.Key_Right if right else Qt.Key.Key_Space)
            focused = dialog.focusWidget()
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        focused = dialog.focusWidget()
    assert focused is reason
    return reason


def test_two_records_are_merged_by_keys_and_taken_apart(
    qtbot: QtBot, page: ChildPage, workspace: Workspace, twice: Twice, on_database: OnDatabase
) -> None:
    session = workspace.session
    _button(page, "merge-find").click()
    found = _open(qtbot, page, MergeFind)
    qtbot.waitUntil(lambda: "Oak, Robyn" in _said(found), timeout=PATIENCE)
    _button(found, "Compare with Oak, Robyn").click()
    dialog = _open(qtbot, page, MergeDialog)
    assert isinstance(dialog, MergeDialog)
    said = _said(dialog)
    for words in ("twins", "1 entry is about both", "Robyn Oak", "Brook Surgery", "2 requests for help", "undone"):
        assert words in said
    reason = _by_keys(qtbot, dialog)
    assert dialog.beside.sure == set(dialog.beside.ticks)
    assert dialog.beside.theirs == {Choice.SCHOOL}
    QTest.keyClicks(reason, "The same number on paper.")
    with qtbot.waitSignal(workspace.child_wanted, timeout=PATIENCE) as wanted:
        dialog.save_button.click()
    assert wanted.args == [twice.child.id]
    assert workspace.changed_elsewhere == {twice.signed}, "an assessment left open is read anew"
    page.tabs.setCurrentWidget(page.people)
    qtbot.waitUntil(lambda: "Record of Robyn Oak" in _said(page.people), timeout=PATIENCE)
    assert "Reason: The same number on paper." in _said(page.people)
    assert "School or nursery: Hollow Lane Nursery" in _said(page.people)
    assert f"Id of the record until then: {twice.other.id}" in _said(page.people)
    (made,) = on_database(lambda: child_merges.look(session, twice.child.id))
    _button(page, f"merge-{made.merge.id}").click()
    asked = _open(qtbot, page, FormDialog)
    assert isinstance(asked, FormDialog)
    assert "There are two records again: Robin Practice-Oak and Robyn Oak" in _said(asked)
    why = asked.form.fields["reason"].editor.control
    QTest.keyClicks(why, "Twins.")
    asked.save_button.click()
    second = _open(qtbot, asked, SecondPersonDialog)
    assert isinstance(second, SecondPersonDialog)
    second.name.setText("manager")
    second.passphrase.line.setText(PASSPHRASE)
    with qtbot.waitSignal(workspace.changed, timeout=PATIENCE):
        second.confirm_button.click()
    qtbot.waitUntil(lambda: "No other was merged into it" in _said(page.people), timeout=PATIENCE)
    assert on_database(lambda: register.child(session, twice.other.id).child) == twice.other


def test_nothing_is_merged_before_each_caution_is_ticked(
    qtbot: QtBot, page: ChildPage, workspace: Workspace, twice: Twice, on_database: OnDatabase
) -> None:
    merge_with(page, workspace, twice.child.id, twice.other.id)
    dialog = _open(qtbot, page, MergeDialog)
    assert isinstance(dialog, MergeDialog)
    dialog.form.show_values({"reason": "One."})
    dialog.save_button.click()
    assert "Something speaks against these being one child." in _said(dialog)
    assert dialog.save_button.isEnabled()
    dialog.close_at_once()
    assert on_database(lambda: register.child(workspace.session, twice.other.id).child) == twice.other


def test_the_other_record_can_stand_instead(qtbot: QtBot, page: ChildPage, workspace: Workspace, twice: Twice) -> None:
    merge_with(page, workspace, twice.child.id, twice.other.id)
    first = _open(qtbot, page, MergeDialog)
    assert isinstance(first, MergeDialog)
    first.beside.swap_button.click()
    qtbot.waitUntil(
        lambda: any(each is not first and each.isVisible() for each in page.findChildren(MergeDialog)),
        timeout=PATIENCE,
    )
    second = next(each for each in page.findChildren(MergeDialog) if each is not first and each.isVisible())
    assert second.beside.choices[Choice.NAME][0].accessibleName() == "Name: Robyn Oak stands"
    second.close_at_once()


def test_a_record_is_found_by_typing(qtbot: QtBot, page: ChildPage, twice: Twice) -> None:
    del twice
    _button(page, "merge-find").click()
    found = _open(qtbot, page, MergeFind)
    assert isinstance(found, MergeFind)
    QTest.keyClicks(found.line, "Nobody")
    qtbot.waitUntil(lambda: "Nothing found." in _said(found), timeout=PATIENCE)
    found.line.setText("Wren")
    qtbot.waitUntil(lambda: "Practice-Oak, Wren" in _said(found), timeout=PATIENCE)
    found.reject()


def test_two_likely_duplicates_can_be_compared_while_a_child_is_added(
    qtbot: QtBot, page: ChildPage, workspace: Workspace, twice: Twice
) -> None:
    dialog = add_child(page, workspace, name="Robin Practice-Oak")
    dialog.form.show_values({"given_names": "Robin", "family_name": "Practice-Oak", "date_of_birth": "2023-01-10"})
    dialog.save_button.click()
    offered = _open(qtbot, dialog, Duplicates)
    with qtbot.waitSignal(workspace.child_wanted, timeout=PATIENCE) as wanted:
        _button(offered, "Compare Practice-Oak, Robin with another record").click()
    assert wanted.args == [twice.child.id]
    _open(qtbot, page, MergeFind).close()


def test_a_restricted_record_asks_why_before_it_is_laid_beside(
    qtbot: QtBot, page: ChildPage, workspace: Workspace, twice: Twice, on_database: OnDatabase
) -> None:
    session = workspace.session
    for each in (twice.child, twice.other):
        on_database(partial(register.save_child, session, replace(each, restricted=True)))
    merge_with(page, workspace, twice.child.id, twice.other.id)

    def give(reason: str) -> None:
        asked = _open(qtbot, page, FormDialog)
        assert isinstance(asked, FormDialog)
        asked.form.show_values({"reason": reason})
        asked.save_button.click()
        qtbot.waitUntil(lambda: reason in workspace.reasons.values(), timeout=PATIENCE)
        qtbot.waitUntil(lambda: asked not in page.findChildren(FormDialog), timeout=PATIENCE)

    give("It may be a duplicate, 1.")
    give("It may be a duplicate, 2.")
    dialog = _open(qtbot, page, MergeDialog)
    assert isinstance(dialog, MergeDialog)
    said = {twice.child.id: "It may be a duplicate, 1.", twice.other.id: "It may be a duplicate, 2."}
    assert workspace.reasons == said
    dialog.close_at_once()


def test_a_page_that_was_merged_away_leads_to_the_one_that_stands(
    qtbot: QtBot, page: ChildPage, workspace: Workspace, twice: Twice, on_database: OnDatabase
) -> None:
    session = workspace.session
    sure = frozenset(Caution)
    on_database(lambda: child_merges.merge(session, twice.child.id, twice.other.id, reason="One.", sure=sure))
    with qtbot.waitSignal(workspace.child_wanted, timeout=PATIENCE) as wanted:
        page.show_child(twice.other.id)
    assert wanted.args == [twice.child.id]


def test_the_id_of_a_merged_record_is_found_with_what_became_of_it(
    qtbot: QtBot, page: ChildPage, workspace: Workspace, twice: Twice, on_database: OnDatabase
) -> None:
    session = workspace.session
    sure = frozenset(Caution)
    on_database(lambda: child_merges.merge(session, twice.child.id, twice.other.id, reason="One.", sure=sure))
    found = QuickFind(workspace, (), page)
    found.show()
    found.line.setText(twice.other.id)
    qtbot.waitUntil(lambda: "was merged into this one on 20 November 2026" in _said(found), timeout=PATIENCE)
    assert found.found.count() == 1
    assert found.found.item(0).text().startswith("Robin Practice-Oak")
    found.reject()
