"""The register's forms: generated from declarations, checked beside the field, kept in the store."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gcp2_app.domain.register import Child, Household, Person, Professional
from gcp2_app.paths import data_folder
from gcp2_app.services import register as service
from gcp2_app.services.caseload import CaseloadQuery, page
from gcp2_app.services.session import Session
from gcp2_app.ui.child.duplicates import Duplicates
from gcp2_app.ui.child.new_child import BornSwitch, add_child, edit_child
from gcp2_app.ui.child.new_household import LivesThere, add_household
from gcp2_app.ui.forms import checks, register
from gcp2_app.ui.forms.dialog import FormDialog
from gcp2_app.ui.forms.reference import ReferenceEditor
from gcp2_app.ui.workspace import Workspace
from tests.stores import add_family
from tests.ui import families
from tests.ui.conftest import OnDatabase

W = TypeVar("W", bound=QWidget)


@pytest.fixture
def host(qtbot: QtBot, workspace: Workspace) -> QWidget:
    """A window the dialogs stand on."""
    del workspace
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def ash(session: Session, on_database: OnDatabase, tmp_path: Path) -> Session:
    """A store with one family."""
    on_database(lambda: families.add_family(session, tmp_path))
    return session


def make_active(window: QWidget) -> None:
    """Do what a window manager does with a new window."""
    window.activateWindow()
    for _ in range(500):
        if window.isActiveWindow():
            return
        QTest.qWait(10)
    pytest.fail("the window did not become the active one")


def type_into(dialog: FormDialog, name: str, text: str) -> None:
    """Type into a field in the place of what it holds."""
    control = dialog.form.fields[name].editor.control
    if isinstance(control, QComboBox):
        line = control.lineEdit()
        assert line is not None
        control = line
    assert isinstance(control, QLineEdit | QPlainTextEdit)
    make_active(control.window())
    control.setFocus()
    control.selectAll()
    for number, line_text in enumerate(text.split("\n")):
        if number:
            QTest.keyClick(control, Qt.Key.Key_Return)
        QTest.keyClicks(control, line_text)


def choose(dialog: FormDialog, name: str, label: str) -> None:
    """Choose from a list as the keyboard does."""
    control = dialog.form.fields[name].editor.control
    assert isinstance(control, QComboBox)
    place = control.findText(label)
    assert place >= 0
    control.setCurrentIndex(place)
    control.activated.emit(place)


def press(button: QWidget) -> None:
    """Press a button."""
    make_active(button.window())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def error(dialog: FormDialog, name: str) -> str:
    """Return the error beside a field."""
    return dialog.form.fields[name].error


def child_of(parent: QWidget, kind: type[W]) -> W:
    """Return the open dialog of a kind on a widget."""
    return [dialog for dialog in parent.findChildren(kind) if dialog.isVisible()][-1]


def stored(on_database: OnDatabase, session: Session, child_id: str) -> Child:
    """Return a child as it is in the store."""
    return on_database(lambda: service.child(session, child_id, why="test").child)


@pytest.mark.parametrize(
    ("code", "record"),
    [
        ("child", Child),
        ("child_needs", Child),
        ("child_services", Child),
        ("person", Person),
        ("professional", Professional),
        ("household", Household),
    ],
)
def test_every_declared_item_is_a_field_of_its_record(code: str, record: type[Any]) -> None:
    names = {item.name for item in register.kinds()[code].items}
    assert names <= set(record.__dataclass_fields__)


def test_every_field_of_a_child_is_asked_or_is_a_part_of_its_own() -> None:
    kinds = register.kinds()
    asked = {item.name for code in ("child", "child_needs", "child_services") for item in kinds[code].items}
    own_parts = {"carers", "statuses", "allocated", "set_asides", "alerts_asked"}
    # Withholding needs a second person to undo it; it comes with the views that honour it.
    withheld = {"school_withheld_from", "gp_withheld_from", "name_withheld_from"}
    assert asked | own_parts | withheld | {"id"} == set(Child.__dataclass_fields__)


def test_the_declarations_say_what_they_are() -> None:
    folder = data_folder("forms") / "register"
    assert {path.stem for path in folder.glob("*.toml")} == set(register.kinds())


def test_a_new_child_is_kept_and_opened(
    qtbot: QtBot, host: QWidget, workspace: Workspace, session: Session, on_database: OnDatabase
) -> None:
    dialog = add_child(host, workspace)
    type_into(dialog, "given_names", "Wren")
    type_into(dialog, "family_name", "Field")
    type_into(dialog, "aliases", "Jenny Field\nWrenna")
    type_into(dialog, "date_of_birth", "4/3/2019")
    type_into(dialog, "sex", "Female")
    type_into(dialog, "nhs_number", "943 476 5919")
    assert not dialog.form.fields["name_withheld_from"].isVisible(), "the people around the child come later"
    assert dialog.form.fields["date_of_birth"].editor.control.text() == "4 March 2019"  # type: ignore[attr-defined]
    with qtbot.waitSignal(workspace.child_wanted) as wanted:
        press(dialog.save_button)
    (child_id,) = wanted.args or []
    kept = stored(on_database, session, child_id)
    assert kept.name == "Wren Field"
    assert kept.aliases == ("Jenny Field", "Wrenna")
    assert kept.date_of_birth == date(2019, 3, 4)
    assert kept.sex == "F"
    assert kept.nhs_number == "9434765919", "spaces do not matter"
    assert kept.allocated[0].professional == session.professional.id


def test_what_was_typed_in_the_search_begins_the_name(host: QWidget, workspace: Workspace, session: Session) -> None:
    del session
    dialog = add_child(host, workspace, name="Mary Ann Field")
    assert dialog.form.values()["given_names"] == "Mary Ann"
    assert dialog.form.values()["family_name"] == "Field"
    number = add_child(host, workspace, name="943 476 5919")
    assert number.form.values()["given_names"] is None


def test_a_date_of_birth_in_the_future_is_refused_beside_the_field(
    host: QWidget, workspace: Workspace, session: Session
) -> None:
    del session
    dialog = add_child(host, workspace)
    type_into(dialog, "date_of_birth", "4 March 2027")
    press(dialog.save_button)
    assert "in the future" in error(dialog, "date_of_birth")
    assert error(dialog, "given_names") == "Give at least one name."
    assert dialog.isVisible()
    control = dialog.form.fields["date_of_birth"].editor.control
    assert "in the future" in control.accessibleDescription(), "a screen reader hears it with the field"


def test_a_date_that_cannot_be_read_is_told_with_an_example(
    host: QWidget, workspace: Workspace, session: Session
) -> None:
    del session
    dialog = add_child(host, workspace, name="Wren Field")
    type_into(dialog, "date_of_birth", "last spring")
    press(dialog.save_button)
    assert "4 March 2019" in error(dialog, "date_of_birth")
    type_into(dialog, "date_of_birth", "4 March 2019")
    assert error(dialog, "date_of_birth") == "", "mending it takes the error away"


def test_an_unborn_child_needs_an_expected_date_and_no_name(
    qtbot: QtBot, host: QWidget, workspace: Workspace, session: Session, on_database: OnDatabase
) -> None:
    dialog = add_child(host, workspace)
    press(dialog.findChild(BornSwitch).not_yet)  # type: ignore[union-attr]
    fields = dialog.form.fields
    assert fields["date_of_birth"].isHidden()
    assert not fields["expected_date"].isHidden()
    press(dialog.save_button)
    assert error(dialog, "expected_date") == "Give the expected date. An estimate will do."
    type_into(dialog, "expected_date", "1 Feb 27")
    type_into(dialog, "family_name", "Field")
    with qtbot.waitSignal(workspace.child_wanted) as wanted:
        press(dialog.save_button)
    (child_id,) = wanted.args or []
    kept = stored(on_database, session, child_id)
    assert (kept.date_of_birth, kept.expected_date) == (None, date(2027, 2, 1))


def test_a_birth_keeps_the_expected_date(
    qtbot: QtBot, host: QWidget, workspace: Workspace, ash: Session, on_database: OnDatabase
) -> None:
    baby = stored(on_database, ash, families.BABY)
    dialog = edit_child(host, workspace, baby)
    press(dialog.findChild(BornSwitch).yes)  # type: ignore[union-attr]
    type_into(dialog, "given_names", "Moss")
    type_into(dialog, "date_of_birth", "19/11/2026")
    with qtbot.waitSignal(workspace.changed):
        press(dialog.save_button)
    kept = stored(on_database, ash, families.BABY)
    assert (kept.date_of_birth, kept.expected_date) == (date(2026, 11, 19), date(2027, 2, 14))
    assert kept.carers == baby.carers, "what the form does not show stays"


@pytest.mark.parametrize(
    ("typed", "told"),
    [("943 476 5919", ""), ("943 476 5918", "A digit of this NHS number is wrong"), ("943 476", "has ten digits")],
)
def test_an_nhs_number_that_cannot_be_right_is_refused_beside_the_field(
    host: QWidget, workspace: Workspace, session: Session, typed: str, told: str
) -> None:
    del session
    dialog = add_child(host, workspace)
    type_into(dialog, "nhs_number", typed)
    press(dialog.save_button)
    assert error(dialog, "given_names"), "the form is not sent"
    assert told in error(dialog, "nhs_number")
    assert bool(error(dialog, "nhs_number")) is bool(told)
    assert not dialog.form.fields["nhs_number"].warning


def test_a_wrong_nhs_number_that_came_with_the_record_is_warned_of_and_kept(
    qtbot: QtBot, host: QWidget, workspace: Workspace, ash: Session, on_database: OnDatabase
) -> None:
    robin = stored(on_database, ash, families.CHILD)
    wrong = on_database(lambda: service.save_child(ash, replace(robin, nhs_number="9434765918")))
    dialog = edit_child(host, workspace, wrong)
    assert "cannot be right" in dialog.form.fields["nhs_number"].warning
    type_into(dialog, "given_names", "Robyn")
    with qtbot.waitSignal(workspace.changed):
        press(dialog.save_button)
    assert stored(on_database, ash, families.CHILD).nhs_number == "9434765918"


@pytest.mark.parametrize(("typed", "told"), [("20 November 2001", ""), ("19 November 2001", "more than 25 years ago")])
def test_a_child_of_more_than_25_years_is_refused(
    host: QWidget, workspace: Workspace, session: Session, typed: str, told: str
) -> None:
    del session
    dialog = add_child(host, workspace)
    type_into(dialog, "date_of_birth", typed)
    press(dialog.save_button)
    assert error(dialog, "given_names"), "the form is not sent"
    assert told in error(dialog, "date_of_birth")
    assert bool(error(dialog, "date_of_birth")) is bool(told)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("20 September 2027", ""),
        ("21 September 2027", "more than 10 months ahead"),
        ("20 January 2026", ""),
        ("19 January 2026", "more than 10 months ago"),
    ],
)
def test_an_expected_date_far_from_today_is_refused(
    workspace: Workspace, session: Session, typed: str, told: str
) -> None:
    del workspace
    day = datetime.strptime(typed, "%d %B %Y").date()  # noqa: DTZ007 - a day has no zone
    found = checks.child_born({"expected_date": day.isoformat()}, session.today(), unborn=True)
    assert told in found.get("expected_date", "")
    assert bool(found) is bool(told)
    held = checks.child_born(
        {"expected_date": day.isoformat()}, session.today(), unborn=True, held={"expected_date": day.isoformat()}
    )
    assert not held, "what came with the record stays"


def test_an_adult_of_more_than_120_years_is_refused() -> None:
    today = date(2026, 11, 20)
    assert not checks.born_by({"date_of_birth": "1906-11-20"}, today)
    assert "120 years" in checks.born_by({"date_of_birth": "1906-11-19"}, today)["date_of_birth"]
    assert "future" in checks.born_by({"date_of_birth": "2026-11-21"}, today)["date_of_birth"]


def test_an_unborn_child_is_asked_for_no_pupil_number(host: QWidget, workspace: Workspace, session: Session) -> None:
    del session
    dialog = add_child(host, workspace)
    assert not dialog.form.fields["upn"].isHidden()
    press(dialog.findChild(BornSwitch).not_yet)  # type: ignore[union-attr]
    assert dialog.form.fields["upn"].isHidden()


def test_the_first_field_with_an_error_is_scrolled_into_view(
    qtbot: QtBot, host: QWidget, workspace: Workspace, session: Session
) -> None:
    del session
    dialog = add_child(host, workspace, name="Wren Field")
    dialog.resize(dialog.width(), 320)
    type_into(dialog, "nhs_number", "943")
    press(dialog.save_button)
    field = dialog.form.fields["nhs_number"]
    qtbot.waitUntil(lambda: field.visibleRegion().boundingRect().size() == field.size())
    assert field.error


def test_a_likely_duplicate_is_offered_and_opened(
    qtbot: QtBot, host: QWidget, workspace: Workspace, ash: Session, on_database: OnDatabase
) -> None:
    dialog = add_child(host, workspace, name="Robyn Ash")
    type_into(dialog, "date_of_birth", "4/3/2022")
    press(dialog.save_button)
    qtbot.waitUntil(lambda: bool(dialog.findChildren(Duplicates)))
    offered = child_of(dialog, Duplicates)
    same = offered.findChildren(type(offered.another_button))[0]
    with qtbot.waitSignal(workspace.child_wanted) as wanted:
        press(same)
    assert wanted.args == [families.CHILD]
    assert on_database(lambda: page(ash, CaseloadQuery())).total == 3, "no second record was made"


def test_another_child_of_the_same_name_can_be_added(
    qtbot: QtBot, host: QWidget, workspace: Workspace, ash: Session, on_database: OnDatabase
) -> None:
    dialog = add_child(host, workspace, name="Robin Ash")
    press(dialog.save_button)
    qtbot.waitUntil(lambda: bool(dialog.findChildren(Duplicates)))
    with qtbot.waitSignal(workspace.child_wanted) as wanted:
        press(child_of(dialog, Duplicates).another_button)
    assert wanted.args != [families.CHILD]
    assert on_database(lambda: page(ash, CaseloadQuery())).total == 4


def test_going_back_from_a_duplicate_leaves_the_form_as_it_was(
    qtbot: QtBot, host: QWidget, workspace: Workspace, ash: Session
) -> None:
    del ash
    dialog = add_child(host, workspace, name="Robin Ash")
    press(dialog.save_button)
    qtbot.waitUntil(lambda: bool(dialog.findChildren(Duplicates)))
    child_of(dialog, Duplicates).reject()
    assert dialog.isVisible()
    assert dialog.save_button.isEnabled()
    assert dialog.form.values()["given_names"] == "Robin"


def test_escape_asks_before_it_throws_anything_away(host: QWidget, workspace: Workspace, session: Session) -> None:
    del session
    untouched = add_child(host, workspace)
    QTest.keyClick(untouched, Qt.Key.Key_Escape)
    assert not untouched.isVisible()
    dialog = add_child(host, workspace)
    type_into(dialog, "family_name", "Field")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    question = child_of(dialog, QMessageBox)
    QTest.keyClick(question, Qt.Key.Key_Escape)
    assert dialog.form.values()["family_name"] == "Field"
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    question = child_of(dialog, QMessageBox)
    press(next(button for button in question.buttons() if button.text() == "Leave without saving"))
    assert not dialog.isVisible()


def test_an_adults_learning_need_is_kept_with_its_source_and_date(
    qtbot: QtBot, host: QWidget, workspace: Workspace, session: Session, on_database: OnDatabase
) -> None:
    people: list[Person] = []
    dialog = register.add_person(host, workspace, "", people.append)
    press(dialog.save_button)
    assert error(dialog, "name") == "Enter “Name”."
    type_into(dialog, "name", "Rosa Field")
    need = dialog.form.fields["learning_need"].editor
    source = next(line for line in need.findChildren(QLineEdit) if line.accessibleName() == "Who says so")
    QTest.keyClicks(source, "GP letter")
    press(dialog.save_button)
    assert error(dialog, "learning_need") == "Say what is known, or leave source and date empty."
    need.set_value({"state": "diagnosed", "source": "GP letter", "on": "2021-05-01"})
    easy = next(tick for tick in dialog.findChildren(QCheckBox) if tick.text() == "Easy read")
    press(easy)
    with qtbot.waitSignal(workspace.changed):
        press(dialog.save_button)
    (found,) = on_database(lambda: service.find_people(session, "rosa"))
    assert found == people[0]
    assert found.learning_need is not None
    assert (found.learning_need.source, found.learning_need.on) == ("GP letter", date(2021, 5, 1))
    assert found.formats_needed == ("easy_read",)


def test_a_professional_needs_a_name_or_a_role(
    qtbot: QtBot, host: QWidget, workspace: Workspace, session: Session
) -> None:
    del session
    added: list[Professional] = []
    dialog = register.add_professional(host, workspace, "", added.append)
    press(dialog.save_button)
    assert error(dialog, "name") == "Give the name, or at least the role."
    type_into(dialog, "role", "duty worker")
    choose(dialog, "agency", "Housing")
    with qtbot.waitSignal(workspace.changed):
        press(dialog.save_button)
    assert (added[0].role, added[0].agency) == ("duty worker", "housing")


def open_carer(host: QWidget, workspace: Workspace) -> tuple[FormDialog, ReferenceEditor, list[dict[str, Any]]]:
    """Open the form of a carer and return it with its search and what it keeps."""
    from gcp2_app.ui.forms.directory import Directory

    kept: list[dict[str, Any]] = []
    dialog = register.edit_part(
        host,
        workspace,
        code="carer",
        title="Add a carer",
        values={},
        save=kept.append,
        changed=("child", ""),
        directory=Directory(workspace),
    )
    editor = dialog.form.fields["person"].editor
    assert isinstance(editor, ReferenceEditor)
    return dialog, editor, kept


def test_somebody_is_found_by_a_misspelt_name_and_chosen_by_keyboard(
    qtbot: QtBot, host: QWidget, workspace: Workspace, ash: Session
) -> None:
    del ash
    dialog, editor, kept = open_carer(host, workspace)
    type_into(dialog, "person", "Deen Marsh")
    results = editor.findChildren(QListWidget)[0]
    qtbot.waitUntil(results.isVisible)
    QTest.keyClick(editor.control, Qt.Key.Key_Down)
    QTest.keyClick(results, Qt.Key.Key_Return)
    assert editor.value() == "p-dean"
    type_into(dialog, "relationship", "Great aunt")
    with qtbot.waitSignal(workspace.changed):
        press(dialog.save_button)
    assert kept == [{"person": "p-dean", "relationship": "Great aunt", "parental_responsibility": None, "main": False}]


def test_a_name_that_was_typed_and_not_chosen_is_no_answer(
    host: QWidget, workspace: Workspace, session: Session
) -> None:
    del session
    dialog, _, kept = open_carer(host, workspace)
    type_into(dialog, "person", "Someone")
    press(dialog.save_button)
    assert error(dialog, "person") == "Choose someone from the list, or add them."
    assert kept == []


def test_someone_new_is_added_from_the_search(
    qtbot: QtBot, host: QWidget, workspace: Workspace, session: Session
) -> None:
    del session
    dialog, editor, _ = open_carer(host, workspace)
    type_into(dialog, "person", "Nell Field")
    results = editor.findChildren(QListWidget)[0]
    qtbot.waitUntil(results.isVisible)
    QTest.keyClick(editor.control, Qt.Key.Key_Return)
    form = child_of(editor, FormDialog)
    assert form.form.values()["name"] == "Nell Field"
    with qtbot.waitSignal(editor.changed):
        press(form.save_button)
    assert editor.value()
    assert not editor.control.isVisible(), "the name stands in the place of the search"


def test_a_period_that_ends_before_it_begins_is_refused(host: QWidget, workspace: Workspace, session: Session) -> None:
    del session
    from gcp2_app.ui.forms.directory import Directory

    dialog = register.edit_part(
        host,
        workspace,
        code="status",
        title="Add a status",
        values={"status": "child_in_need", "from": "2026-01-10"},
        save=lambda values: values,
        changed=("child", ""),
        directory=Directory(workspace),
    )
    type_into(dialog, "to", "9 Jan 2026")
    press(dialog.save_button)
    assert error(dialog, "to") == "This is before the first day. Check both dates."


def test_a_household_at_the_same_address_is_offered(
    qtbot: QtBot, host: QWidget, workspace: Workspace, ash: Session, on_database: OnDatabase
) -> None:
    baby = stored(on_database, ash, families.BABY)
    dialog = add_household(host, workspace, baby, {})
    type_into(dialog, "lines", "4 mill lane")
    type_into(dialog, "postcode", "dy11aa")
    press(dialog.save_button)
    qtbot.waitUntil(lambda: bool(dialog.findChildren(QMessageBox)))
    question = child_of(dialog, QMessageBox)
    join = next(button for button in question.buttons() if button.text() == "Put the child into it")
    with qtbot.waitSignal(workspace.changed):
        press(join)
    (household,) = on_database(lambda: service.child(ash, families.BABY).households)
    assert household.id == "h-ash"
    assert len(household.addresses) == 1


def test_who_of_the_family_lives_there_too_is_asked_with_the_address(
    qtbot: QtBot, host: QWidget, workspace: Workspace, session: Session, on_database: OnDatabase
) -> None:
    child, carer = on_database(lambda: add_family(session))
    dialog = add_household(host, workspace, child, {carer.id: carer.name, "c-other": "Somebody else"})
    type_into(dialog, "lines", "12 Quay Street")
    type_into(dialog, "from", "1/9/2024")
    child_of(dialog, LivesThere).ticks[carer.id].click()
    with qtbot.waitSignal(workspace.changed):
        press(dialog.save_button)
    (household,) = on_database(lambda: service.child(session, child.id).households)
    assert [(member.who, member.from_) for member in household.members] == [
        (child.id, date(2024, 9, 1)),
        (carer.id, date(2024, 9, 1)),
    ]


def test_a_refusal_of_the_store_is_said_at_the_top_and_nothing_is_lost(
    qtbot: QtBot, host: QWidget, workspace: Workspace, session: Session, on_database: OnDatabase
) -> None:
    dialog = add_child(host, workspace, name="Wren Field")
    on_database(session.store.close)
    press(dialog.save_button)
    qtbot.waitUntil(lambda: dialog.save_button.isEnabled() and "locked" in said(dialog))
    assert dialog.form.values()["given_names"] == "Wren"


def said(dialog: FormDialog) -> str:
    """Return every text the dialog shows."""
    from PySide6.QtWidgets import QLabel

    return " ".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


@pytest.mark.usefixtures("session")
def test_every_control_of_every_form_has_a_name(host: QWidget, workspace: Workspace) -> None:
    from gcp2_app.ui.forms.dialog import Saving

    for code in register.kinds():
        saving = Saving(save=lambda values: values, saved=lambda _: None)
        dialog = register.open_form(host, workspace, code=code, title=code, values={}, saving=saving)
        for field in dialog.form.fields.values():
            assert field.editor.control.accessibleName() == field.editor.item.label
        dialog.close_at_once()


@pytest.mark.usefixtures("session")
def test_locking_closes_a_form_at_once(host: QWidget, workspace: Workspace) -> None:
    dialog = add_child(host, workspace)
    type_into(dialog, "family_name", "Field")
    workspace.locking.emit()
    assert not dialog.isVisible()


def test_a_chosen_person_can_be_changed_for_another(
    qtbot: QtBot, host: QWidget, workspace: Workspace, ash: Session
) -> None:
    del ash
    dialog, editor, _ = open_carer(host, workspace)
    type_into(dialog, "person", "rose")
    results = editor.findChildren(QListWidget)[0]
    qtbot.waitUntil(results.isVisible)
    at = results.visualItemRect(results.item(0)).center()
    QTest.mouseClick(results.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert editor.value() == "p-rose"
    change = next(button for button in editor.findChildren(QPushButton) if button.isVisible())
    assert change.accessibleName() == "Change: Who"
    press(change)
    assert editor.value() is None
    assert editor.control.hasFocus()
    type_into(dialog, "person", "rose")
    qtbot.waitUntil(results.isVisible)
    QTest.keyClick(editor.control, Qt.Key.Key_Escape)
    assert not results.isVisible()
    assert dialog.isVisible(), "Escape closes the list first"


@pytest.mark.usefixtures("ash")
def test_a_child_is_found_and_never_added_from_within_a_form(qtbot: QtBot, host: QWidget, workspace: Workspace) -> None:
    from gcp2_app.ui.forms.directory import Directory

    dialog = register.edit_part(
        host,
        workspace,
        code="household_child",
        title="Child in the household",
        values={},
        save=lambda values: values,
        changed=("child", ""),
        directory=Directory(workspace),
    )
    results = dialog.findChildren(QListWidget)[0]

    def shown() -> list[str]:
        return [results.item(number).text() for number in range(results.count())]

    type_into(dialog, "who", "fern")
    qtbot.waitUntil(lambda: shown() == ["Fern Ash, 9 years"])
    type_into(dialog, "who", "zebedee")
    qtbot.waitUntil(lambda: shown() == ["Nobody found"])


def test_what_no_option_says_is_kept(host: QWidget, workspace: Workspace, session: Session) -> None:
    del session
    from gcp2_app.ui.forms.dialog import Saving

    held = {
        "name": "Rosa Field",
        "formats_needed": ["easy_read", "semaphore"],
        "learning_need": {"state": "in_doubt", "source": "GP"},
        "interpreter": False,
    }
    saving = Saving(save=lambda values: values, saved=lambda _: None)
    dialog = register.open_form(host, workspace, code="person", title="Adult", values=held, saving=saving)
    values = dialog.form.values()
    assert values["formats_needed"] == ["easy_read", "semaphore"]
    assert values["learning_need"] == {"state": "in_doubt", "source": "GP", "on": None}
    assert values["interpreter"] is False
