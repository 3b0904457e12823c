"""Settings: each changes what it says it changes, and says so."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from gcp2_app.domain.users import Role
from gcp2_app.errors import WrongPassphrase
from gcp2_app.paths import data_folder
from gcp2_app.services import packs, stores
from gcp2_app.services.session import Session
from gcp2_app.ui.colours import Theme
from gcp2_app.ui.place import Place, Screen
from gcp2_app.ui.preferences import Preferences
from gcp2_app.ui.settings.about import AboutSection
from gcp2_app.ui.settings.appearance import AppearanceSection
from gcp2_app.ui.settings.backup import BackupSection
from gcp2_app.ui.settings.danger_numbers import DangerSection
from gcp2_app.ui.settings.medicines import MedicinesSection
from gcp2_app.ui.settings.packs import ApprovePack, PacksSection
from gcp2_app.ui.settings.page import SettingsPage
from gcp2_app.ui.settings.people import PeopleSection
from gcp2_app.ui.settings.person_forms import AddPerson, ChooseRoles, ChooseTeam
from gcp2_app.ui.settings.security import SecuritySection
from gcp2_app.ui.settings.training import TrainingSection
from gcp2_app.ui.unlock.new_passphrase import NewPassphrase
from gcp2_app.ui.workspace import Workspace
from tests.stores import add_user, as_user
from tests.ui.conftest import PASSPHRASE, OnDatabase

NEW_PASSPHRASE = "nine loud cranes under the mill"
WAIT_MS = 60_000
PACK = data_folder("forms") / "graded-care" / "1.0.0.toml"
GRADED_CARE = ("graded-care", "1.0.0")


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(QSettings(str(tmp_path / "gcp2.ini"), QSettings.Format.IniFormat))


def texts(widget: QWidget) -> str:
    """Return everything the labels below a widget say."""
    return " ".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def choose(new: NewPassphrase, passphrase: str, qtbot: QtBot) -> None:
    QTest.keyClicks(new.first.line, passphrase)
    QTest.keyClicks(new.second.line, passphrase)
    qtbot.waitUntil(lambda: new.is_valid, timeout=WAIT_MS)


def answer(window: QWidget, text: str) -> None:
    """Press a button of the question that is open."""
    box = window.findChildren(QMessageBox)[-1]
    button = next(one for one in box.buttons() if one.text() == text)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


# The page


@pytest.mark.usefixtures("session")
def test_every_section_opens_and_is_remembered(workspace: Workspace, preferences: Preferences, qtbot: QtBot) -> None:
    page = SettingsPage(workspace, preferences)
    qtbot.addWidget(page)
    page.show()
    page.show_section("")
    assert page.section_ids == (
        "security",
        "people",
        "backup",
        "packs",
        "training",
        "medicines",
        "danger",
        "appearance",
        "about",
    )
    kinds = (
        SecuritySection,
        PeopleSection,
        BackupSection,
        PacksSection,
        TrainingSection,
        MedicinesSection,
        DangerSection,
        AppearanceSection,
        AboutSection,
    )
    for section, kind in zip(page.section_ids, kinds, strict=True):
        page.show_section(section)
        assert isinstance(page.section, kind)
        assert workspace.trail.here == Place(Screen.SETTINGS, section)
    # One place, however many sections.
    assert not workspace.trail.can_go_back
    shown = page.section
    page.show_section("")
    assert page.section is shown
    settle(workspace, qtbot)


def settle(workspace: Workspace, qtbot: QtBot) -> None:
    arrived: list[bool] = []
    workspace.tasks.run(workspace, lambda: True, arrived.append)
    qtbot.waitUntil(lambda: bool(arrived), timeout=WAIT_MS)


def test_only_an_administrator_manages_people(
    session: Session, workspace: Workspace, preferences: Preferences, on_database: OnDatabase, qtbot: QtBot
) -> None:
    def become_practitioner() -> Session:
        add_user(session, "pat", Role.PRACTITIONER)
        return as_user(session, "pat")

    workspace.begin(on_database(become_practitioner))
    page = SettingsPage(workspace, preferences)
    qtbot.addWidget(page)
    assert "people" not in page.section_ids
    page.show_section("packs")
    section = page.section
    assert isinstance(section, PacksSection)
    with qtbot.waitSignal(section.shown, timeout=WAIT_MS):
        page.show()
    assert section.cards[GRADED_CARE].approve_button.isHidden()
    assert not hasattr(section, "install_button")


# Security


@pytest.fixture
def security(session: Session, workspace: Workspace, preferences: Preferences, qtbot: QtBot) -> SecuritySection:
    del session
    made = SecuritySection(workspace, preferences)
    qtbot.addWidget(made)
    made.resize(1000, 1200)
    made.show()
    return made


def test_the_time_until_the_lock_is_kept_within_the_policys_bounds(
    security: SecuritySection, preferences: Preferences
) -> None:
    assert security.minutes.value() == 5
    security.minutes.setValue(12)
    assert preferences.idle_minutes == 12
    security.minutes.setValue(500)
    assert preferences.idle_minutes == 15
    security.minutes.setValue(0)
    assert preferences.idle_minutes == 1


def test_the_passphrase_is_changed(
    security: SecuritySection, session: Session, workspace: Workspace, on_database: OnDatabase, qtbot: QtBot
) -> None:
    QTest.keyClicks(security.old.line, PASSPHRASE)
    choose(security.new, NEW_PASSPHRASE, qtbot)
    QTest.mouseClick(security.change_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "is changed" in security.passphrase_notice.text, timeout=WAIT_MS)
    assert security.old.text == security.new.text == ""
    folder = session.store.folder
    workspace.end()
    on_database(lambda: stores.lock(session))
    with pytest.raises(WrongPassphrase):
        on_database(lambda: stores.unlock(folder, "sam", PASSPHRASE))
    again = on_database(lambda: stores.unlock(folder, "sam", NEW_PASSPHRASE))
    on_database(lambda: stores.lock(again))


def test_a_wrong_old_passphrase_is_said_beside_it(security: SecuritySection, qtbot: QtBot) -> None:
    security.change_passphrase()
    assert "unlock with now" in security.old_error
    QTest.keyClicks(security.old.line, "not this one")
    choose(security.new, NEW_PASSPHRASE, qtbot)
    security.change_passphrase()
    qtbot.waitUntil(lambda: "not right" in security.old_error, timeout=WAIT_MS)
    assert security.change_button.isEnabled()


def test_a_weak_new_passphrase_is_not_sent(security: SecuritySection) -> None:
    QTest.keyClicks(security.old.line, PASSPHRASE)
    QTest.keyClicks(security.new.first.line, "abc")
    security.change_passphrase()
    assert security.new.problem == "Choose a stronger passphrase."
    assert security.change_button.isEnabled()


def test_a_new_recovery_kit_takes_the_old_ones_place(
    security: SecuritySection, session: Session, preferences: Preferences, qtbot: QtBot
) -> None:
    QTest.mouseClick(security.kit_button, Qt.MouseButton.LeftButton)
    answer(security, "Keep the old one")
    assert security.keeper.isHidden()
    QTest.mouseClick(security.kit_button, Qt.MouseButton.LeftButton)
    answer(security, "Make a new kit")
    qtbot.waitUntil(lambda: not security.keeper.isHidden(), timeout=WAIT_MS)
    assert not preferences.kit_kept(session.store.folder)
    names = [child.accessibleName() for child in security.keeper.findChildren(QWidget)]
    code = dict(name.removeprefix("Group ").split(": ") for name in names if name.startswith("Group "))
    security.keeper.ask()
    QTest.keyClicks(security.keeper.answer, code[str(security.keeper.asked_group)])
    assert preferences.kit_kept(session.store.folder)
    assert security.keeper.isHidden()
    assert "in force" in security.kit_notice.text


# People


@pytest.fixture
def people(session: Session, workspace: Workspace, qtbot: QtBot) -> PeopleSection:
    del session
    made = PeopleSection(workspace)
    qtbot.addWidget(made)
    made.resize(1000, 1200)
    with qtbot.waitSignal(made.shown, timeout=WAIT_MS):
        made.show()
    return made


def test_the_first_user_is_listed_and_cannot_leave(people: PeopleSection, session: Session) -> None:
    card = people.cards[session.user.id]
    assert "Sam Rowan (you)" in texts(card)
    assert card.roles.text() == "Administrator, Practitioner, Supervisor"
    assert not hasattr(card, "leave_button")


def test_a_person_is_added_and_can_unlock(
    people: PeopleSection, session: Session, workspace: Workspace, on_database: OnDatabase, qtbot: QtBot
) -> None:
    QTest.mouseClick(people.add_button, Qt.MouseButton.LeftButton)
    form = people.findChildren(AddPerson)[0]
    QTest.keyClicks(form.name, "Zoe Marsh")
    QTest.keyClicks(form.role, "team manager")
    QTest.keyClicks(form.sign_in_name, "zoe")
    form.roles.boxes[Role.PRACTITIONER].click()
    form.roles.boxes[Role.SUPERVISOR].click()
    choose(form.passphrase, NEW_PASSPHRASE, qtbot)
    with qtbot.waitSignal(people.shown, timeout=WAIT_MS):
        QTest.mouseClick(form.accept_button, Qt.MouseButton.LeftButton)
    assert "Zoe Marsh can sign in now" in people.notice.text
    assert any("Zoe Marsh" in texts(card) for card in people.cards.values())
    folder = session.store.folder
    workspace.end()
    on_database(lambda: stores.lock(session))
    zoe = on_database(lambda: stores.unlock(folder, "zoe", NEW_PASSPHRASE))
    assert zoe.user.roles == {Role.SUPERVISOR}
    on_database(lambda: stores.lock(zoe))


def test_a_name_that_is_taken_is_said_in_the_form(people: PeopleSection, qtbot: QtBot) -> None:
    people.add_person()
    form = people.findChildren(AddPerson)[0]
    form.name.setText("Sam Other")
    form.role.setText("team manager")
    form.sign_in_name.setText("SAM")
    choose(form.passphrase, NEW_PASSPHRASE, qtbot)
    form.send()
    qtbot.waitUntil(lambda: "taken" in form.notice.text, timeout=WAIT_MS)
    assert form.accept_button.isEnabled()
    QTest.mouseClick(form.cancel_button, Qt.MouseButton.LeftButton)


def test_everything_that_is_missing_is_marked_at_once(people: PeopleSection) -> None:
    people.add_person()
    form = people.findChildren(AddPerson)[0]
    form.roles.boxes[Role.PRACTITIONER].click()
    form.send()
    told = [
        label.text()
        for label in form.findChildren(QLabel)
        if label.property("role") == "error" and not label.isHidden()
    ]
    assert told == [
        "Give their name.",
        "Give their work.",
        "Give a sign-in name.",
        "Choose at least one.",
        "Type a passphrase.",
    ]
    assert form.accept_button.isEnabled()


def test_roles_are_changed_and_a_leaver_loses_the_sign_in(
    people: PeopleSection, session: Session, on_database: OnDatabase, qtbot: QtBot
) -> None:
    on_database(lambda: add_user(session, "pat", Role.PRACTITIONER))
    with qtbot.waitSignal(people.shown, timeout=WAIT_MS):
        people.refresh()
    pat = next(user for user, card in people.cards.items() if "pat" in texts(card))
    QTest.mouseClick(people.cards[pat].roles_button, Qt.MouseButton.LeftButton)
    form = people.findChildren(ChooseRoles)[0]
    form.roles.boxes[Role.AUDITOR].click()
    with qtbot.waitSignal(people.shown, timeout=WAIT_MS):
        form.send()
    assert people.cards[pat].roles.text() == "Auditor, Practitioner"

    QTest.mouseClick(people.cards[pat].leave_button, Qt.MouseButton.LeftButton)
    answer(people, "Keep it")
    QTest.mouseClick(people.cards[pat].leave_button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(people.shown, timeout=WAIT_MS):
        answer(people, "Take it away")
    assert "Sign-in taken away on" in texts(people.cards[pat])
    assert not hasattr(people.cards[pat], "roles_button")
    assert stores.sign_in_names(session.store.folder) == ("sam",)


def test_a_team_is_changed_after_somebody_was_added(
    people: PeopleSection, session: Session, on_database: OnDatabase, qtbot: QtBot
) -> None:
    for name in ("pat", "kim"):
        on_database(partial(add_user, session, name, Role.SUPERVISOR))
    with qtbot.waitSignal(people.shown, timeout=WAIT_MS):
        people.refresh()
    pat, kim = (next(user for user, card in people.cards.items() if name in texts(card)) for name in ("pat", "kim"))
    QTest.mouseClick(people.cards[pat].team_button, Qt.MouseButton.LeftButton)
    form = people.findChildren(ChooseTeam)[0]
    form.team.setText(" North  side ")
    with qtbot.waitSignal(people.shown, timeout=WAIT_MS):
        form.send()
    assert "team North side" in texts(people.cards[pat])
    assert people.notice.text == "A changed team counts from the next sign-in."
    assert on_database(lambda: as_user(session, "pat")).professional.team == "North side"

    QTest.mouseClick(people.cards[kim].team_button, Qt.MouseButton.LeftButton)
    other = next(each for each in people.findChildren(ChooseTeam) if each.isVisible())
    assert "Teams so far: North side." in texts(other)
    other.reject()


def test_the_last_administrator_stays_one(people: PeopleSection, session: Session, qtbot: QtBot) -> None:
    QTest.mouseClick(people.cards[session.user.id].roles_button, Qt.MouseButton.LeftButton)
    form = people.findChildren(ChooseRoles)[0]
    form.roles.boxes[Role.ADMINISTRATOR].click()
    form.send()
    qtbot.waitUntil(lambda: "no administrator" in form.notice.text, timeout=WAIT_MS)
    form.reject()


# Packs


@pytest.fixture
def pack_section(session: Session, workspace: Workspace, qtbot: QtBot) -> PacksSection:
    del session
    made = PacksSection(workspace)
    qtbot.addWidget(made)
    made.resize(1000, 1200)
    with qtbot.waitSignal(made.shown, timeout=WAIT_MS):
        made.show()
    return made


def test_the_open_pack_is_approved_once_with_a_reason(
    pack_section: PacksSection, session: Session, on_database: OnDatabase, qtbot: QtBot
) -> None:
    card = pack_section.cards[GRADED_CARE]
    assert "Version 1.0.0" in texts(card)
    assert "Open wording" in texts(card)
    assert "Not approved" in card.state.text()
    QTest.mouseClick(card.approve_button, Qt.MouseButton.LeftButton)
    form = pack_section.findChildren(ApprovePack)[0]
    QTest.mouseClick(form.approve_button, Qt.MouseButton.LeftButton)
    assert form.isVisible()
    QTest.keyClicks(form.reason, "Agreed by the partnership on 3 November 2026.")
    with qtbot.waitSignal(pack_section.shown, timeout=WAIT_MS):
        QTest.mouseClick(form.approve_button, Qt.MouseButton.LeftButton)
    card = pack_section.cards[GRADED_CARE]
    assert card.state.text() == ("Approved for real children in this store on 20 November 2026, in this version.")
    assert card.approve_button.isHidden()

    def approved() -> bool:
        return packs.is_approved(session, packs.get(session, "graded-care"))

    assert on_database(approved)


def test_an_old_approval_that_names_no_version_is_said_and_another_is_asked_for(
    workspace: Workspace, session: Session, on_database: OnDatabase, qtbot: QtBot
) -> None:
    def approved_once() -> None:
        with session.store.transaction() as tx:
            tx.set_setting("approved pack graded-care", "2026-05-03T09:30:00+00:00")

    on_database(approved_once)
    section = PacksSection(workspace)
    qtbot.addWidget(section)
    with qtbot.waitSignal(section.shown, timeout=WAIT_MS):
        section.show()
    card = section.cards[GRADED_CARE]
    assert "The approval of 3 May 2026 named no version, so it does not count" in card.state.text()
    assert not card.approve_button.isHidden()


def test_a_pack_file_is_installed(pack_section: PacksSection, tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "pack.toml"
    file.write_text(PACK.read_text(encoding="utf-8").replace('version = "1.0.0"', 'version = "1.0.1"', 1), "utf-8")
    with qtbot.waitSignal(pack_section.shown, timeout=WAIT_MS):
        pack_section.install(file)
    assert "1.0.1 is installed" in pack_section.notice.text
    assert ("graded-care", "1.0.1") in pack_section.cards


def test_a_pack_with_an_error_is_named_with_its_place(pack_section: PacksSection, tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "pack.toml"
    file.write_text(PACK.read_text(encoding="utf-8").replace("watch_from", "watch_form", 1), "utf-8")
    pack_section.install(file)
    qtbot.waitUntil(lambda: "watch_form" in pack_section.notice.text, timeout=WAIT_MS)
    assert set(pack_section.cards) == {GRADED_CARE, ("graded-care-antenatal", "1.0.0")}


@pytest.mark.usefixtures("practice_session")
def test_in_a_practice_store_nothing_needs_approval(workspace: Workspace, qtbot: QtBot) -> None:
    section = PacksSection(workspace)
    qtbot.addWidget(section)
    with qtbot.waitSignal(section.shown, timeout=WAIT_MS):
        section.show()
    card = section.cards[GRADED_CARE]
    assert card.state.text() == "In use for practice."
    assert card.approve_button.isHidden()


# This computer


def test_colours_and_text_size_are_kept(preferences: Preferences, qtbot: QtBot) -> None:
    section = AppearanceSection(preferences)
    qtbot.addWidget(section)
    assert section.themes[Theme.SYSTEM].isChecked()
    section.themes[Theme.DARK].click()
    assert preferences.theme is Theme.DARK
    section.scale.setFocus()
    QTest.keyClick(section.scale, Qt.Key.Key_End)
    section.scale.activated.emit(section.scale.currentIndex())
    assert preferences.text_scale == 2.0
    again = AppearanceSection(preferences)
    qtbot.addWidget(again)
    assert again.themes[Theme.DARK].isChecked()
    assert again.scale.currentText() == "200 %"


def test_danger_numbers_are_confirmed_and_go_back_to_the_policys(preferences: Preferences, qtbot: QtBot) -> None:
    section = DangerSection(preferences)
    qtbot.addWidget(section)
    section.resize(1000, 900)
    section.show()
    assert "Not confirmed yet" in texts(section)
    assert not section.keep_button.isEnabled()
    line = section.form.lines["daytime"]
    line.selectAll()
    QTest.keyClicks(line, "01384 333333")
    section.form.confirm.click()
    QTest.mouseClick(section.keep_button, Qt.MouseButton.LeftButton)
    assert preferences.danger_number("daytime") == "01384 333333"
    assert "Confirmed on" in texts(section)

    line.selectAll()
    QTest.keyClicks(line, "0300 555 0050, option 3")
    section.form.confirm.click()
    section.keep()
    assert preferences.danger_number("daytime") is None


def test_a_number_may_not_be_empty(preferences: Preferences, qtbot: QtBot) -> None:
    section = DangerSection(preferences)
    qtbot.addWidget(section)
    section.form.confirm.click()
    assert section.keep_button.isEnabled()
    section.form.lines["daytime"].clear()
    section.form.lines["daytime"].textEdited.emit("")
    assert not section.keep_button.isEnabled()


def test_about_says_where_things_are(session: Session, workspace: Workspace, qtbot: QtBot) -> None:
    section = AboutSection(workspace)
    qtbot.addWidget(section)
    said = texts(section).replace("\u200b", "")
    assert str(session.store.folder) in said
    assert "Apache" in said
    assert "It is not GCP2" in said
