"""What help exists near here: kept on the Learning page, and picked where support is written down."""

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gcp2_app.domain.entries import Theme
from gcp2_app.domain.local_services import LocalService
from gcp2_app.domain.users import Role
from gcp2_app.services import local_services
from gcp2_app.services.session import Session
from gcp2_app.ui.child.page import ChildPage
from gcp2_app.ui.fold import Fold
from gcp2_app.ui.forms.dialog import FormDialog
from gcp2_app.ui.learn.local_services import LocalServicesPane, LocalServicesSection
from gcp2_app.ui.workspace import Workspace
from tests.stores import add_user, as_user
from tests.ui import families
from tests.ui.conftest import NOW, OnDatabase

FOOD = LocalService(id="", name="Practice breakfast club", helps="Breakfast before school", themes=(Theme.NUTRITIONAL,))
OLD = LocalService(id="", name="Alder play", ended_on=date(2025, 3, 1))


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_a_service_is_added_changed_found_and_made_sure_of(
    qtbot: QtBot, workspace: Workspace, session: Session, on_database: OnDatabase
) -> None:
    section = LocalServicesSection(workspace)
    qtbot.addWidget(section)
    section.show()
    qtbot.waitUntil(section.add_button.isVisible)
    assert "No service is in the list yet." in texts(section)
    section.add_button.click()
    dialog = section.findChild(FormDialog)
    assert isinstance(dialog, FormDialog)
    dialog.form.fields["name"].editor.set_value("Practice breakfast club")
    dialog.form.fields["helps"].editor.set_value("Breakfast before school")
    dialog.form.fields["themes"].editor.set_value(["nutritional"])
    with qtbot.waitSignal(section.shown):
        dialog.save_button.click()
    on_database(lambda: local_services.save(session, OLD))
    with qtbot.waitSignal(section.shown):
        section.refresh()
    food, old = section.cards.values()
    assert "Helps with: nutritional neglect" in texts(food)
    assert "Ring before you rely on it." in texts(food)
    assert "No longer offered: 1 March 2025 was the last day." in texts(old)
    section.search.setText("school nutritional")
    assert len(section.cards) == 1
    assert "1 of 2 services have these words." in texts(section)
    sure = next(each for each in section.findChildren(QPushButton) if each.text() == "Still right today")
    with qtbot.waitSignal(section.shown):
        sure.click()
    assert "Checked on 20 November 2026." in texts(section)
    kept = on_database(lambda: local_services.all_(session))
    assert [each.checked_on for each in kept if each.name != "Alder play"] == [NOW.date()]


def test_who_only_reads_is_offered_no_change(
    qtbot: QtBot, workspace: Workspace, session: Session, on_database: OnDatabase
) -> None:
    def become_auditor() -> Session:
        local_services.save(session, FOOD)
        add_user(session, "audrey", Role.AUDITOR)
        return as_user(session, "audrey")

    workspace.begin(on_database(become_auditor))
    section = LocalServicesSection(workspace)
    qtbot.addWidget(section)
    with qtbot.waitSignal(section.shown):
        section.show()
    assert "Breakfast before school" in texts(section)
    assert not section.add_button.isVisible()
    assert not [each for each in section.findChildren(QPushButton) if each.text() == "Change…"]


def test_a_service_is_picked_where_support_is_written_down(
    qtbot: QtBot, workspace: Workspace, session: Session, on_database: OnDatabase, tmp_path: Path
) -> None:
    def prepare() -> None:
        families.add_family(session, tmp_path)
        local_services.save(session, FOOD)
        local_services.save(session, OLD)

    on_database(prepare)
    page = ChildPage(workspace)
    qtbot.addWidget(page)
    page.show()
    page.show_child(families.CHILD)
    qtbot.waitUntil(lambda: page.findChild(QPushButton, "ask-for-help") is not None)
    page.tabs.setCurrentWidget(page.plans)
    qtbot.waitUntil(lambda: page.findChild(QPushButton, "add-support") is not None)
    near = page.findChild(QPushButton, "more-help-near-here")
    assert isinstance(near, QPushButton)
    with qtbot.waitSignal(workspace.learning_wanted) as wanted:
        near.click()
    assert wanted.args == ["services"]
    add = page.findChild(QPushButton, "add-support")
    assert isinstance(add, QPushButton)
    add.click()
    dialog = page.findChild(FormDialog)
    assert isinstance(dialog, FormDialog)
    fold = next(each for each in dialog.findChildren(Fold) if "help near here" in each.text())
    pane = fold.open()
    assert isinstance(pane, LocalServicesPane)
    qtbot.waitUntil(lambda: bool(pane.buttons))
    (use,) = pane.buttons.values()
    use.click()
    fields = dialog.form.fields
    assert fields["data.name"].editor.value() == "Practice breakfast club"
    assert fields["data.themes"].editor.value() == ["nutritional"]
    dialog.close_at_once()
