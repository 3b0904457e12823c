"""Another agency's chronology is taken in and taken out again at the window, by keys."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QPlainTextEdit

from gcp2_app.domain.register import Agency
from gcp2_app.exchange.chronology_columns import Holds
from gcp2_app.ui.forms.dialog import FormDialog
from gcp2_app.ui.timeline.import_dialog import ImportDialog
from tests.ui.test_timeline import SCHOOL, Person, entry, open_tab

__all__ = ["open_tab"]

TEXT = (
    "Prepared by the nursery,,,\n"
    "Date,Significant event,Source,Pupil ref\n"
    "03/02/2024,Came in slippers.,School,77\n"
    "w/c 05/02/24,No lunch all week,School,77\n"
    "last Tuesday,Said tummy hurts,School nurse,77\n"
    "1/3/24,,School,77\n"
)


@pytest.fixture
def person(open_tab: Callable[..., Person]) -> Person:
    """Somebody at the Timeline tab of a child with two entries."""
    return open_tab(entry("2024-02-03", "Came in slippers.", source=SCHOOL), entry("2026-11-12", "No heating."))


@pytest.fixture
def dialog(person: Person, tmp_path: Path) -> ImportDialog:
    """The steps, with a file chosen."""
    person.tab.import_action.trigger()
    (made,) = person.tab.findChildren(ImportDialog)
    person.waits(made.isVisible)
    path = tmp_path / "Robin.csv"
    path.write_text(TEXT)
    made.choose_button.click()
    (chooser,) = made.findChildren(QFileDialog)
    chooser.fileSelected.emit(str(path))
    chooser.reject()
    person.waits(lambda: len(made.columns.columns) == 4)
    return made


def says(dialog: ImportDialog, text: str) -> bool:
    return any(text in label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def answer(dialog: ImportDialog) -> None:
    dialog.columns.agency.setCurrentIndex(dialog.columns.agency.findData(Agency.SCHOOL.value))
    dialog.columns.owner.setText("Hollow Lane")


def look(person: Person, dialog: ImportDialog) -> None:
    answer(dialog)
    dialog.next_button.click()
    person.waits(lambda: dialog.preview.model.rowCount() > 0)


def test_a_chronology_goes_in_row_by_row_and_out_as_a_whole(person: Person, dialog: ImportDialog) -> None:
    assert dialog.columns.heading.value() == 2
    chosen = [box.currentData() for box in dialog.columns.columns]
    assert chosen == [Holds.DATE.value, Holds.WHAT.value, Holds.AGENCY.value, None]
    look(person, dialog)
    assert "2 rows go in, 1 is not ticked, 1 cannot be read and stays out." in dialog.preview.text
    assert "Columns left out: Pupil ref." in dialog.preview.text
    assert "In the record: 3 February 2024. Note. Ines Webb, teacher. Came in slippers." in dialog.preview.text
    table = dialog.preview.table
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert "3 rows go in" in dialog.preview.text
    QTest.keyClick(table, Qt.Key.Key_Space)
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert "Date as written: w/c 05/02/24" in dialog.preview.text
    QTest.keyClick(table, Qt.Key.Key_End)
    for _ in range(9):
        QTest.keyClick(table, Qt.Key.Key_Down)
    assert "Row 6. Left out: it does not say what happened." in dialog.preview.text
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert "2 rows go in" in dialog.preview.text
    dialog.next_button.click()
    person.waits(lambda: len(dialog.undo_buttons) == 1)
    assert says(dialog, "2 entries were taken in.")
    # What is added to a window that is open shows itself at the next turn of the event loop.
    person.waits(lambda: says(dialog, "School, Hollow Lane: 2 entries, taken in 20 November 2026, 12:00"))
    person.waits(lambda: len(person.entries()) == 4)
    assert person.entries()[1:] == ["No lunch all week", "Came in slippers.", "Said tummy hurts"]
    take_out(person, dialog)


def test_the_row_at_hand_is_in_sight_where_there_is_little_room(person: Person, dialog: ImportDialog) -> None:
    look(person, dialog)
    table = dialog.preview.table
    table.setMinimumHeight(500)
    dialog.resize(800, 400)
    person.waits(lambda: dialog.height() == 400 and table.height() >= 500)
    table.verticalHeader().setDefaultSectionSize(150)

    def in_sight(row: int) -> bool:
        rect = table.visualRect(table.model().index(row, 0))
        return table.viewport().visibleRegion().contains(rect)

    for _ in range(5):
        QTest.keyClick(table, Qt.Key.Key_Down)
        assert in_sight(table.currentIndex().row())
    QTest.keyClick(table, Qt.Key.Key_Up)
    assert in_sight(table.currentIndex().row())


def take_out(person: Person, dialog: ImportDialog) -> None:
    dialog.undo_buttons[0].click()  # type: ignore[attr-defined]  # each is a button
    person.waits(lambda: dialog.findChildren(FormDialog))
    (form,) = dialog.findChildren(FormDialog)
    QTest.keyClicks(form.findChildren(QPlainTextEdit)[0], "Another child")
    form.save_button.click()
    person.waits(lambda: not dialog.undo_buttons)
    assert says(dialog, "2 entries were taken out again.")
    person.waits(lambda: set(person.entries()) >= {"No heating.", "Came in slippers."})
    person.waits(lambda: "No lunch all week" not in person.entries())


def test_where_an_entry_came_from_stands_below_it(person: Person, dialog: ImportDialog) -> None:
    look(person, dialog)
    dialog.next_button.click()
    person.waits(lambda: len(person.entries()) == 4)
    dialog.close_button.click()
    person.presses(Qt.Key.Key_Down)
    person.waits_to_see("Taken in from a chronology: School, Hollow Lane, row 4, 20 November 2026, 12:00.")
    person.waits_to_see("Its date was written “w/c 05/02/24”.")


def test_what_is_missing_is_asked_for(person: Person, dialog: ImportDialog) -> None:
    dialog.next_button.click()
    assert says(dialog, "Choose the agency.")
    answer(dialog)
    event = dialog.columns.columns[1]
    event.setCurrentIndex(0)
    dialog.next_button.click()
    assert says(dialog, "Choose the column that says what happened.")
    event.setCurrentIndex(event.findData(Holds.DATE.value))
    dialog.next_button.click()
    assert says(dialog, "Chosen for more than one column: When it happened.")
    dialog.columns.heading.setValue(1)
    person.waits(lambda: says(dialog, "Column 2"))
    dialog.columns.heading.setValue(2)
    person.waits(lambda: "Significant event" in dialog.columns.columns[1].accessibleName())
    look(person, dialog)
    assert dialog.preview.only_odd.text() == "Only the 3 rows to look at"
    dialog.preview.only_odd.click()
    assert dialog.preview.model.rowCount() == 3
    dialog.back_button.click()
    dialog.back_button.click()
    assert dialog.choose_button.isVisible()


def test_a_file_that_cannot_be_read_is_said(person: Person, dialog: ImportDialog, tmp_path: Path) -> None:
    path = tmp_path / "odd.xlsx"
    path.write_bytes(b"PK no workbook")
    dialog.use(path)
    person.waits(lambda: says(dialog, "odd.xlsx: this is not a workbook that can be read."))
    dialog.reject()


def test_locking_closes_it(person: Person, dialog: ImportDialog) -> None:
    person.workspace.locking.emit()
    person.waits(lambda: not person.tab.findChildren(ImportDialog))
    del dialog
