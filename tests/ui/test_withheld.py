"""Withholding on the screens: set in the register, marked for workers, honoured in copies, undone by two."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gcp2_app.domain.charting import ChartKind
from gcp2_app.domain.register import Child, Household
from gcp2_app.domain.users import Role
from gcp2_app.domain.withheld import Loss, SecretKind, Why
from gcp2_app.services import casefiles
from gcp2_app.services import register as service
from gcp2_app.services.session import Session
from gcp2_app.ui import messages
from gcp2_app.ui.charts.chart_view import ChartView
from gcp2_app.ui.charts.picture_for import PictureFor
from gcp2_app.ui.child.page import ChildPage
from gcp2_app.ui.child.waiting_card import WaitingCard
from gcp2_app.ui.forms.dialog import FormDialog
from gcp2_app.ui.forms.people import PeopleEditor
from gcp2_app.ui.forms.second_person import SecondPersonDialog
from gcp2_app.ui.reports.loss_list import loss_words
from gcp2_app.ui.reports.report_page import ReportPage
from gcp2_app.ui.workspace import Workspace
from tests.stores import PASSPHRASE, add_user
from tests.ui import families
from tests.ui.conftest import OnDatabase

PATIENCE = 60_000
DEAN, ROSE = "p-dean", "p-rose"


@pytest.fixture
def ash(session: Session, on_database: OnDatabase, tmp_path: Path) -> Session:
    """A real store with one family and a second person."""

    def fill() -> None:
        families.add_family(session, tmp_path)
        add_user(session, "manager", Role.SUPERVISOR)

    on_database(fill)
    return session


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace, ash: Session) -> ChildPage:
    """The child's page."""
    del ash
    made = ChildPage(workspace)
    qtbot.addWidget(made)
    made.resize(1366, 700)
    made.show()
    made.show_child(families.CHILD)
    qtbot.waitUntil(made.tabs.isVisible)
    return made


def texts(widget: QWidget) -> str:
    """Return every text that a widget shows."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def press(parent: QWidget, name: str) -> None:
    """Press the button of an object name."""
    found = parent.findChild(QPushButton, name)
    assert found is not None
    found.click()


def form(page: QWidget) -> FormDialog:
    """Return the form that is open."""
    return next(each for each in page.findChildren(FormDialog) if each.isVisible())


def editor(dialog: FormDialog, name: str) -> PeopleEditor:
    """Return the editor of several people."""
    found = dialog.form.fields[name].editor
    assert isinstance(found, PeopleEditor)
    return found


def household(session: Session, on_database: OnDatabase) -> Household:
    """Return the family's household as it is stored."""

    def read() -> Household:
        with session.store.transaction() as tx:
            return tx.households.get("h-ash")

    return on_database(read)


def test_an_address_is_withheld_and_marked(
    page: ChildPage, ash: Session, on_database: OnDatabase, qtbot: QtBot
) -> None:
    page.tabs.setCurrentWidget(page.people)
    press(page, "address-h-ash-0")
    people = editor(form(page), "withheld_from")
    assert {tick.text() for tick in people.ticks.values()} == {"Rose Ash", "Dean Marsh"}
    people.ticks[DEAN].click()
    form(page).save_button.click()
    qtbot.waitUntil(lambda: "Withheld from Dean Marsh" in texts(page.people), timeout=PATIENCE)
    assert household(ash, on_database).addresses[0].withheld_from == (DEAN,)


def test_undoing_asks_a_second_person(page: ChildPage, ash: Session, on_database: OnDatabase, qtbot: QtBot) -> None:
    test_an_address_is_withheld_and_marked(page, ash, on_database, qtbot)
    press(page, "address-h-ash-0")
    dialog = form(page)
    editor(dialog, "withheld_from").ticks[DEAN].click()
    dialog.save_button.click()
    qtbot.waitUntil(lambda: dialog.findChild(SecondPersonDialog) is not None, timeout=PATIENCE)
    asked = _asked(dialog)
    asked.confirm_button.click()
    assert asked.isVisible()
    assert "sign-in name" in texts(asked)
    QTest.keyClicks(asked.name, "sam")
    QTest.keyClicks(asked.passphrase.line, "whatever it is")
    asked.confirm_button.click()
    qtbot.waitUntil(lambda: "somebody else" in texts(dialog), timeout=PATIENCE)
    assert household(ash, on_database).addresses[0].withheld_from == (DEAN,)

    dialog.save_button.click()
    qtbot.waitUntil(lambda: bool(dialog.findChildren(SecondPersonDialog)) and _asked(dialog).isVisible())
    again = _asked(dialog)
    QTest.keyClicks(again.name, "manager")
    QTest.keyClicks(again.passphrase.line, PASSPHRASE)
    again.confirm_button.click()
    qtbot.waitUntil(lambda: household(ash, on_database).addresses[0].withheld_from == (), timeout=PATIENCE)
    qtbot.waitUntil(lambda: "Withheld" not in texts(page.people), timeout=PATIENCE)


def _asked(dialog: QWidget) -> SecondPersonDialog:
    return dialog.findChildren(SecondPersonDialog)[-1]


def test_giving_the_second_person_up_goes_back_to_the_form(
    page: ChildPage, ash: Session, on_database: OnDatabase, qtbot: QtBot
) -> None:
    test_an_address_is_withheld_and_marked(page, ash, on_database, qtbot)
    press(page, "address-h-ash-0")
    dialog = form(page)
    editor(dialog, "withheld_from").ticks[DEAN].click()
    dialog.save_button.click()
    qtbot.waitUntil(lambda: bool(dialog.findChildren(SecondPersonDialog)), timeout=PATIENCE)
    _asked(dialog).reject()
    assert dialog.isVisible()
    assert dialog.save_button.isEnabled()
    dialog.close_at_once()


def test_school_and_name_are_withheld_on_the_overview(page: ChildPage, qtbot: QtBot) -> None:
    press(page, "change-child_services")
    people = editor(form(page), "school_withheld_from")
    people.ticks[DEAN].click()
    form(page).save_button.click()
    qtbot.waitUntil(lambda: "Withheld from Dean Marsh" in texts(page.overview), timeout=PATIENCE)
    assert "Withhold the GP practice from" not in texts(page.overview)
    press(page, "change-child")
    editor(form(page), "name_withheld_from").ticks[ROSE].click()
    form(page).save_button.click()
    qtbot.waitUntil(lambda: "Withheld from Rose Ash" in texts(page.overview), timeout=PATIENCE)


def test_an_adults_details_are_withheld_from_somebody_found_by_name(page: ChildPage, qtbot: QtBot) -> None:
    page.tabs.setCurrentWidget(page.people)
    press(page, f"person-{ROSE}")
    people = editor(form(page), "withheld_from")
    QTest.keyClicks(people.somebody_else.control, "Dean")

    found = people.somebody_else.findChild(QListWidget)
    assert found is not None
    qtbot.waitUntil(found.isVisible, timeout=PATIENCE)
    found.itemClicked.emit(found.item(0))
    assert people.value() == [DEAN]
    assert people.problem() == ""
    form(page).save_button.click()
    qtbot.waitUntil(lambda: "Phone and address: Withheld from Dean Marsh" in texts(page.people), timeout=PATIENCE)


def _withhold_name(session: Session) -> None:
    with session.store.transaction() as tx:
        child: Child = tx.children.get(families.CHILD)
    service.save_child(session, replace(child, name_withheld_from=(DEAN,)))


def test_a_report_for_somebody_lists_what_is_left_out(
    qtbot: QtBot, workspace: Workspace, ash: Session, on_database: OnDatabase
) -> None:
    on_database(lambda: _withhold_name(ash))
    page = ReportPage(workspace)
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show()
    page.show_report("assessment", families.CHILD, "a-2")
    form = page.form
    qtbot.waitUntil(lambda: form.reader.findData(DEAN) > 0, timeout=PATIENCE)
    assert form.reader.itemText(form.reader.findData(DEAN)) == "Dean Marsh (withheld from)"
    qtbot.waitUntil(lambda: page.pages.copy.page_count > 0, timeout=PATIENCE)
    assert not form.losses.isVisible()
    form.reader.setCurrentIndex(form.reader.findData(DEAN))
    form.reader.activated.emit(form.reader.currentIndex())
    assert form.recipient_name == "Dean Marsh"
    # Whoever is around the child reads the family's copy.
    assert form.audience.currentData() == "parent"
    qtbot.waitUntil(form.losses.isVisible, timeout=PATIENCE)
    assert "a name" in form.losses.text
    assert "Robin" not in form.losses.text
    form.reader.setCurrentIndex(0)
    form.audience.setCurrentIndex(form.audience.findData("own_agency"))
    form.recipient.setText("the chair")
    form.reader.activated.emit(0)
    qtbot.waitUntil(lambda: not form.losses.isVisible(), timeout=PATIENCE)


@pytest.fixture
def chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the file dialog answers."""
    path = tmp_path / "picture.svg"
    monkeypatch.setattr(messages, "choose_new_file", lambda _p, _t, _n, _k, then: then(path))
    return path


def test_a_picture_asks_who_it_is_for_where_something_is_withheld(
    qtbot: QtBot,
    workspace: Workspace,
    ash: Session,
    on_database: OnDatabase,
    chosen: Path,
) -> None:
    on_database(lambda: _withhold_name(ash))
    view = ChartView(workspace)
    qtbot.addWidget(view)
    view.resize(1200, 700)
    view.show()
    view.show_chart(families.CHILD, ChartKind.TREND)
    qtbot.waitUntil(view.save_button.isEnabled, timeout=PATIENCE)
    view.save_button.as_svg.trigger()
    qtbot.waitUntil(lambda: view.findChild(PictureFor) is not None, timeout=PATIENCE)
    asked = view.findChild(PictureFor)
    assert asked is not None
    asked.reader.setCurrentIndex(asked.reader.findData(DEAN))
    asked.reader.activated.emit(asked.reader.currentIndex())
    qtbot.waitUntil(asked.losses.isVisible, timeout=PATIENCE)
    asked.go_button.click()
    qtbot.waitUntil(chosen.is_file, timeout=PATIENCE)
    qtbot.waitUntil(lambda: "is saved" in view.notice.text, timeout=PATIENCE)
    assert "Robin" not in chosen.read_text()


@pytest.mark.parametrize("kind", list(SecretKind))
def test_every_loss_has_words(kind: SecretKind) -> None:
    said = loss_words(Loss(kind, Why.GIVES_ADDRESS_AWAY, "History", 2))
    assert said.startswith("History: ")
    assert said.index(" (2 times)") > len("History: ")
    assert "(2 times), because it would give a withheld address away" in said
    assert "because it is withheld from them" in loss_words(Loss(kind, Why.MARKED, "History", 1))


def waiting_cards(page: ChildPage) -> list[WaitingCard]:
    return page.people.findChildren(WaitingCard)


def bring_in_shown_address(page: ChildPage, ash: Session, on_database: OnDatabase, tmp_path: Path) -> None:
    """Bring in a case file that no longer withholds the address, and look at the child again."""
    document = families.ash_family()
    path = tmp_path / "again.json"
    path.write_text(json.dumps({**document, "entries": []}))
    on_database(lambda: casefiles.import_(ash, path))
    page.show_child(families.CHILD)


def test_what_a_case_file_would_show_again_waits_on_the_page_for_two_people(
    page: ChildPage, ash: Session, on_database: OnDatabase, qtbot: QtBot, tmp_path: Path
) -> None:
    test_an_address_is_withheld_and_marked(page, ash, on_database, qtbot)
    bring_in_shown_address(page, ash, on_database, tmp_path)
    qtbot.waitUntil(lambda: len(waiting_cards(page)) == 1, timeout=PATIENCE)
    (card,) = waiting_cards(page)
    assert "The address 4 Mill Lane, DY1 1AA, from Dean Marsh" in texts(card)
    assert household(ash, on_database).addresses[0].withheld_from == (DEAN,)
    card.show_button.click()
    asked = _asked(card)
    QTest.keyClicks(asked.name, "sam")
    QTest.keyClicks(asked.passphrase.line, "whatever it is")
    asked.confirm_button.click()
    qtbot.waitUntil(lambda: "somebody else" in card.notice.text, timeout=PATIENCE)
    card.show_button.click()
    asked = _asked(card)
    QTest.keyClicks(asked.name, "manager")
    QTest.keyClicks(asked.passphrase.line, PASSPHRASE)
    asked.confirm_button.click()
    qtbot.waitUntil(lambda: not waiting_cards(page), timeout=PATIENCE)
    assert household(ash, on_database).addresses[0].withheld_from == ()


def test_it_can_be_kept_withheld_by_one(
    page: ChildPage, ash: Session, on_database: OnDatabase, qtbot: QtBot, tmp_path: Path
) -> None:
    test_an_address_is_withheld_and_marked(page, ash, on_database, qtbot)
    bring_in_shown_address(page, ash, on_database, tmp_path)
    qtbot.waitUntil(lambda: len(waiting_cards(page)) == 1, timeout=PATIENCE)
    waiting_cards(page)[0].keep_button.click()
    # The page is made anew: between the old and the new there is nothing on it.
    qtbot.waitUntil(
        lambda: not waiting_cards(page) and "Withheld from Dean Marsh" in texts(page.people), timeout=PATIENCE
    )
    assert household(ash, on_database).addresses[0].withheld_from == (DEAN,)
