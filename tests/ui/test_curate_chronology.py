"""A chronology is curated, frozen, compared and written out at the window."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QMessageBox, QPushButton

from gcp2_app.domain.chronologies import ChronologyStyle, Why
from gcp2_app.domain.entries import Source
from gcp2_app.domain.register import Agency
from gcp2_app.services import chronologies, entries
from gcp2_app.ui.forms.dialog import FormDialog
from gcp2_app.ui.timeline.curate_dialog import CurateDialog
from gcp2_app.ui.timeline.curate_versions import VersionDialog
from tests.ui.test_timeline import CHILD, SCHOOL, Person, entry, open_tab

__all__ = ["open_tab"]

NEIGHBOUR = Source(agency=Agency.NEIGHBOUR)
STYLES = list(ChronologyStyle)


@pytest.fixture
def person(open_tab: Callable[..., Person]) -> Person:
    """Somebody at the Timeline tab of a child with four entries."""
    return open_tab(
        entry("2024-02-03", "Came in slippers.", source=SCHOOL, third_party=False),
        entry("2026-03-03", "Crying at night.", source=NEIGHBOUR),
        entry("2026-05-03", "The new address.", harm_if_disclosed=True),
        entry("2026-06-03", "At the dentist.", child_words="It hurt."),
    )


@pytest.fixture
def dialog(person: Person) -> CurateDialog:
    """The chronologies of the child, open."""
    return reopened(person)


def reopened(person: Person) -> CurateDialog:
    person.waits(lambda: not person.tab.findChildren(CurateDialog))
    person.tab.curate_action.trigger()
    (made,) = person.tab.findChildren(CurateDialog)
    person.waits(lambda: made.isVisible() and made.draft.model.rowCount() == 4)
    return made


def says(dialog: CurateDialog | VersionDialog, text: str) -> bool:
    return any(text in label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def cells(dialog: CurateDialog, head: str) -> list[str]:
    model = dialog.model
    heads = [
        str(model.headerData(n, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole))
        for n in range(model.columnCount())
    ]
    if head not in heads:
        return []
    return [str(model.index(row, heads.index(head)).data()) for row in range(model.rowCount())]


def made_for(person: Person, dialog: CurateDialog, style: ChronologyStyle) -> None:
    number = STYLES.index(style)
    dialog.style_box.setCurrentIndex(number)
    dialog.style_box.activated.emit(number)
    person.waits(dialog.freeze_button.isEnabled)


def read(person: Person, dialog: CurateDialog, count: int) -> None:
    dialog.tabs.setCurrentIndex(1)
    person.waits(lambda: dialog.model.rowCount() == count)


def answer(person: Person, dialog: CurateDialog, text: str) -> None:
    person.waits(lambda: dialog.findChildren(QMessageBox))
    (box,) = dialog.findChildren(QMessageBox)
    next(button for button in box.findChildren(QPushButton) if button.text() == text).click()


def freeze(person: Person, dialog: CurateDialog, version: int) -> None:
    dialog.freeze_button.click()
    answer(person, dialog, "Freeze it")
    person.waits(lambda: says(dialog, f"Version {version} is frozen."))
    person.waits(lambda: len(dialog.versions.open_buttons) == version)


def test_picks_and_analysis_are_kept_as_they_are_typed(person: Person, dialog: CurateDialog) -> None:
    table = dialog.draft.table
    QTest.keyClick(table, Qt.Key.Key_Space)
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClicks(dialog.draft.analysis, "A pattern")
    QTest.keyClicks(dialog.draft.whole, "Over time")
    assert says(dialog, "2 entries picked")
    dialog.close_button.click()
    again = reopened(person)
    assert says(again, "2 entries picked")
    assert again.draft.whole.toPlainText() == "Over time"
    again.draft.table.setCurrentIndex(again.draft.model.index(2, 0))
    assert again.draft.analysis.toPlainText() == "A pattern"
    QTest.keyClick(again.draft.table, Qt.Key.Key_Space)
    assert says(again, "1 entry picked")
    again.draft.pick_all_button.click()
    assert says(again, "4 entries picked")
    again.draft.pick_none_button.click()
    assert says(again, "0 entries picked")
    again.reject()


def test_a_pause_of_the_fingers_keeps_it_too(person: Person, dialog: CurateDialog) -> None:
    dialog.draft.pick_all_button.click()

    def kept() -> bool:
        return bool(
            person.on_database(
                lambda: chronologies.start(person.session, CHILD, ChronologyStyle.PROFESSIONAL).draft.picks
            )
        )

    person.waits(kept)
    assert not dialog.draft.waits
    dialog.reject()


def test_a_version_opens_for_ever_as_it_was(person: Person, dialog: CurateDialog) -> None:
    dialog.draft.pick_all_button.click()
    read(person, dialog, 4)
    assert cells(dialog, "What happened") == [
        "Came in slippers.",
        "Crying at night.",
        "The new address.",
        "At the dentist.",
    ]
    freeze(person, dialog, 1)
    line = "For professionals, version 1: 4 entries, frozen 20 November 2026, 12:00 by Sam Rowan"
    person.waits(lambda: says(dialog, line))
    dialog.versions.compare_buttons[0].click()  # type: ignore[attr-defined]  # each is a button
    person.waits(lambda: says(dialog, "Nothing has changed since version 1."))
    dialog.tabs.setCurrentIndex(0)
    QTest.keyClick(dialog.draft.table, Qt.Key.Key_Space)
    dialog.tabs.setCurrentIndex(2)
    dialog.versions.compare_buttons[0].click()  # type: ignore[attr-defined]
    person.waits(lambda: says(dialog, "Since version 1: 1 entry taken out."))
    dialog.reject()
    person.waits(lambda: len(person.entries()) == 5)
    person.tab.list.go_to(0)
    person.waits(person.tab.pane.version_button.isVisible)
    person.tab.pane.version_button.click()
    person.waits(lambda: person.tab.pane.findChildren(VersionDialog))
    (version,) = person.tab.pane.findChildren(VersionDialog)
    assert version.table.model().rowCount() == 4
    assert says(version, "Chronology for professionals, version 1")
    version.reject()


def test_what_was_entered_in_error_since_is_sealed(person: Person, dialog: CurateDialog) -> None:
    dialog.draft.pick_all_button.click()
    freeze(person, dialog, 1)
    dialog.close_button.click()
    first = person.on_database(lambda: chronologies.start(person.session, CHILD, ChronologyStyle.COURT)).entries[0].id
    person.on_database(lambda: entries.enter_in_error(person.session, first, reason="another child"))
    again = CurateDialog(person.tab, person.workspace, person.tab._shown)  # type: ignore[arg-type]
    again.show()
    again.tabs.setCurrentIndex(2)
    person.waits(lambda: again.versions.open_buttons)
    again.versions.open_buttons[0].click()  # type: ignore[attr-defined]
    person.waits(lambda: again.findChildren(VersionDialog))
    (version,) = again.findChildren(VersionDialog)
    assert says(version, "1 entry was entered in error since; its content is sealed.")
    model = version.table.model()
    assert [model.index(0, n).data() for n in range(3)] == ["", "", "Entered in error since: sealed."]
    version.reject()
    again.reject()


def test_the_familys_copy_leaves_out_what_is_not_ticked(person: Person, dialog: CurateDialog) -> None:
    made_for(person, dialog, ChronologyStyle.FAMILY)
    draft = dialog.draft
    draft.pick_all_button.click()
    draft.table.setCurrentIndex(draft.model.index(1, 0))
    assert says(dialog, "Left out of this chronology: it comes from a third party.")
    draft.table.setCurrentIndex(draft.model.index(2, 0))
    assert says(dialog, "Left out of this chronology: it could do harm if it were disclosed.")
    assert not draft.ticks
    read(person, dialog, 2)
    assert says(dialog, "• 1 entry: it comes from a third party")
    assert says(dialog, "• “The child’s own words”, in 1 entry: it is the child’s own words")
    dialog.tabs.setCurrentIndex(0)
    draft.table.setCurrentIndex(draft.model.index(1, 0))
    draft.ticks[Why.THIRD_PARTY].click()
    assert not says(dialog, "Left out of this chronology")
    QTest.keyClicks(draft.analysis, "x")
    assert list(draft.ticks) == [Why.THIRD_PARTY, Why.ANALYSIS]
    draft.show_whole.click()
    QTest.keyClicks(draft.whole, "Shown")
    read(person, dialog, 3)
    person.waits(lambda: says(dialog, "Analysis of the whole: Shown"))
    made_for(person, dialog, ChronologyStyle.COURT)
    person.waits(lambda: says(dialog, "Parents are parties"))
    assert cells(dialog, "What happened") == []
    dialog.reject()


def test_nothing_is_frozen_where_nothing_would_stand_in_it(person: Person, dialog: CurateDialog) -> None:
    dialog.freeze_button.click()
    answer(person, dialog, "Freeze it")
    person.waits(lambda: says(dialog, "No entry would stand in it."))
    assert dialog.freeze_button.isEnabled()
    dialog.tabs.setCurrentIndex(2)
    person.waits(lambda: says(dialog, "No version is frozen yet."))
    dialog.reject()


def test_filters_say_what_is_shown(person: Person, dialog: CurateDialog) -> None:
    filters = dialog.draft.filters
    QTest.keyClicks(filters.text, "dentist")
    QTest.keyClick(filters.text, Qt.Key.Key_Return)
    person.waits(lambda: dialog.draft.model.rowCount() == 1)
    assert says(dialog, "1 of 4 entries")
    dialog.draft.pick_all_button.click()
    filters.clear_button.click()
    person.waits(lambda: dialog.draft.model.rowCount() == 4)
    assert says(dialog, "1 entry picked")
    QTest.keyClicks(filters.text, "nothing like it")
    QTest.keyClick(filters.text, Qt.Key.Key_Return)
    person.waits(lambda: says(dialog, "No entry fits"))
    dialog.reject()


def test_a_version_is_written_out_for_somebody_and_a_reason(
    person: Person, dialog: CurateDialog, tmp_path: Path
) -> None:
    dialog.draft.pick_all_button.click()
    freeze(person, dialog, 1)
    dialog.versions.csv_buttons[0].click()  # type: ignore[attr-defined]
    person.waits(lambda: dialog.findChildren(FormDialog))
    (form,) = dialog.findChildren(FormDialog)
    for line, text in zip(form.findChildren(QLineEdit), ("Dr Webb", "conference"), strict=True):
        QTest.keyClicks(line, text)
    form.save_button.click()
    person.waits(lambda: dialog.findChildren(QFileDialog))
    (chooser,) = dialog.findChildren(QFileDialog)
    assert chooser.selectedFiles()[0].endswith("chronology-professional-1.csv")
    path = tmp_path / "out.csv"
    chooser.fileSelected.emit(str(path))
    chooser.reject()
    person.waits(lambda: says(dialog, "The copy is saved as “out.csv”."))
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
    assert rows[4][2] == "Came in slippers."
    dialog.reject()


def test_locking_keeps_what_was_typed_and_closes(person: Person, dialog: CurateDialog) -> None:
    QTest.keyClicks(dialog.draft.whole, "Typed last")
    person.workspace.locking.emit()
    person.waits(lambda: not person.tab.findChildren(CurateDialog))
    kept = person.on_database(lambda: chronologies.start(person.session, CHILD, ChronologyStyle.PROFESSIONAL))
    assert kept.draft.analysis == "Typed last"
