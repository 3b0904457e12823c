"""The Timeline tab, driven by keys: reading, filtering, the quick line, correcting, and what was entered in error."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QPlainTextEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from gcp2_app.domain.entries import Entry, Source, Theme
from gcp2_app.domain.register import Agency, StatusKind
from gcp2_app.domain.users import Role
from gcp2_app.domain.when import When
from gcp2_app.services import entries, register, stream
from gcp2_app.services.attachments import NewFile
from gcp2_app.services.session import Session
from gcp2_app.services.stream import Gap, Outline, Place, StreamQuery
from gcp2_app.ui.child.page import ChildPage
from gcp2_app.ui.entry.chooser import KindChooser
from gcp2_app.ui.forms.dialog import FormDialog
from gcp2_app.ui.forms.second_person import SecondPersonDialog
from gcp2_app.ui.timeline.lanes import OTHERS, lanes_of
from gcp2_app.ui.timeline.model import ENTRY, WINDOW
from gcp2_app.ui.timeline.page import Timeline
from gcp2_app.ui.timeline.rows import EntryRow, GapRow, MonthRow, rows_of
from gcp2_app.ui.workspace import Workspace
from tests import stores
from tests.ui import families
from tests.ui.conftest import NOW, OnDatabase
from tests.ui.test_register_forms import make_active

PATIENCE = 60_000
CHILD = families.CHILD
TODAY = NOW.date()
OWN = Source(name="Sam Rowan", role="Social worker", agency=Agency.CHILDRENS_SOCIAL_CARE)
SCHOOL = Source(name="Ines Webb", role="teacher", agency=Agency.SCHOOL)


def entry(when: Any, what: str, **more: Any) -> Entry:
    made = Entry(id="", kind="note", children=(CHILD,), when=When(when), source=OWN, what=what)
    return replace(made, **more)


@dataclass(frozen=True)
class Person:
    """Somebody at the Timeline tab."""

    qtbot: QtBot
    workspace: Workspace
    session: Session
    on_database: OnDatabase
    page: ChildPage

    @property
    def tab(self) -> Timeline:
        return self.page.timeline

    def waits(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE)

    def sees(self, text: str) -> bool:
        """Whether the pane says something."""
        return any(text in label.text() for label in self.tab.pane.findChildren(QLabel) if label.isVisible())

    def waits_to_see(self, text: str) -> None:
        self.waits(lambda: self.sees(text))

    def rows(self) -> list[str]:
        model = self.tab.list.model()
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    def entries(self) -> list[str]:
        """Return what the entries in the list say, in its order."""
        model = self.tab.list.model()
        found = [model.index(row, 0).data(ENTRY) for row in range(model.rowCount())]
        return [each.what for each in found if each is not None]

    def presses(self, key: Qt.Key, widget: Any = None) -> None:
        QTest.keyClick(widget or self.tab.list, key)

    def dialog(self) -> FormDialog:
        self.waits(lambda: any(each.isVisible() for each in self.page.findChildren(FormDialog)))
        return next(each for each in self.page.findChildren(FormDialog) if each.isVisible())


def _shows(person: Person, left: list[str]) -> bool:
    return person.entries() == left


@pytest.fixture
def open_tab(
    qtbot: QtBot, workspace: Workspace, session: Session, on_database: OnDatabase, tmp_path: Path
) -> Callable[..., Person]:
    """Opens the tab of a child with these entries."""

    def open_(*given: Entry, files: tuple[NewFile, ...] = (), showing: int | None = None) -> Person:
        def fill() -> None:
            families.add_family(session, tmp_path)
            for each in given:
                entries.add(session, each, files=files)

        on_database(fill)
        page = ChildPage(workspace)
        qtbot.addWidget(page)
        page.resize(1366, 800)
        page.show()
        page.show_child(CHILD)
        qtbot.waitUntil(page.tabs.isVisible, timeout=PATIENCE)
        page.tabs.setCurrentWidget(page.timeline)
        person = Person(qtbot, workspace, session, on_database, page)
        number = len(given) if showing is None else showing
        if number:
            person.waits(lambda: len(person.entries()) == number and person.tab.pane.file is not None)
        else:
            person.waits(person.tab.empty.isVisible)
        return person

    return open_


def test_the_stream_stands_by_month_and_is_read_by_keys(open_tab: Callable[..., Person]) -> None:
    person = open_tab(
        entry("2026-11-12", "No heating.", impact="Robin was cold.", themes=(Theme.PHYSICAL,)),
        entry("2026-10-30", "Slippers at school.", source=SCHOOL),
        entry({"about": "2026-10"}, "A fall.", kind="event", data={"type": "injury"}),
        entry({"unknown": "mother unsure"}, "A burn."),
    )
    rows = person.rows()
    assert rows[0] == "November 2026  ·  1 entry"
    assert rows[1].startswith("12 November 2026. Note. Sam Rowan, Social worker. No heating.")
    months = [row for row in rows if "·" in row]
    assert months == ["November 2026  ·  1 entry", "October 2026  ·  2 entries", "Date not known  ·  1 entry"]
    person.waits_to_see("Robin was cold.")
    person.waits_to_see("Written down by Sam Rowan")
    person.presses(Qt.Key.Key_Down)
    person.waits_to_see("About October 2026")
    person.waits_to_see("Event: Injury")
    person.presses(Qt.Key.Key_End)
    person.waits_to_see("A burn.")
    person.presses(Qt.Key.Key_Home)
    person.waits_to_see("No heating.")
    person.presses(Qt.Key.Key_PageDown)
    person.waits_to_see("A burn.")


def test_a_note_is_added_by_keyboard_alone_in_one_line(open_tab: Callable[..., Person]) -> None:
    person = open_tab()
    quick = person.tab.quick
    make_active(person.page)
    QTest.keyClick(
        person.page.tabs.tabBar(), Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert quick.when is not None
    person.waits(quick.when.line.hasFocus)
    QTest.keyClicks(quick.when.line, "last tues")
    assert quick.when.says.startswith("= 17 November 2026.")
    person.presses(Qt.Key.Key_Return, quick.when.line)
    assert quick.what.hasFocus()
    QTest.keyClicks(quick.what, "Came to school in slippers.")
    quick.who.setFocus()
    QTest.keyClicks(quick.who, "School")
    assert quick.who.currentData() == "school"
    assert quick.name.isVisible()
    QTest.keyClicks(quick.name, "Ines Webb")
    person.presses(Qt.Key.Key_Return, quick.name)
    person.waits(lambda: person.entries() == ["Came to school in slippers."])
    person.waits_to_see("Ines Webb, school")
    person.waits_to_see("Third party")
    assert quick.when.line.hasFocus()
    assert (quick.what.text(), quick.who.currentIndex(), quick.name.isVisible()) == ("", 0, False)
    places = person.on_database(lambda: stream.outline(person.session, StreamQuery(child=CHILD)).places)
    (made,) = person.on_database(lambda: stream.read(person.session, CHILD, [places[0].id]))
    assert (made.when, made.source) == (When("2026-11-17"), Source(name="Ines Webb", agency=Agency.SCHOOL))


def test_the_quick_line_says_what_it_lacks(open_tab: Callable[..., Person]) -> None:
    person = open_tab()
    quick = person.tab.quick
    assert quick.when is not None
    for typed, what, said in (
        ("", "x", "Say when it happened, such as last Tues."),
        ("soonish", "x", "This is not a date that can be read."),
        ("today", " ", "Write what happened."),
    ):
        quick.when.type(typed)
        quick.what.setText(what)
        quick.add_button.click()
        assert quick._error.text().startswith(said)
    assert person.on_database(lambda: stream.outline(person.session, StreamQuery(child=CHILD)).total) == 0


def test_what_was_typed_in_the_quick_line_goes_on_in_the_whole_form(open_tab: Callable[..., Person]) -> None:
    person = open_tab()
    quick = person.tab.quick
    assert quick.when is not None
    quick.when.type("yesterday")
    quick.what.setText("No heating.")
    quick.more_button.click()
    dialog = person.dialog()
    assert dialog.form.fields["when"].editor.value() == "2026-11-19"
    assert dialog.form.fields["what"].editor.value() == "No heating."
    dialog.save_button.click()
    person.waits(lambda: person.entries() == ["No heating."])
    assert quick.what.text() == ""


def test_ctrl_n_asks_for_the_kind_and_opens_its_form(open_tab: Callable[..., Person]) -> None:
    person = open_tab()
    make_active(person.page)
    QTest.keyClick(person.page.tabs.tabBar(), Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    person.waits(lambda: person.page.findChildren(KindChooser))
    (chooser,) = person.page.findChildren(KindChooser)
    QTest.keyClicks(chooser.line, "hospital")
    person.presses(Qt.Key.Key_Return, chooser.line)
    dialog = person.dialog()
    assert dialog.windowTitle() == "Add: Hospital stay"
    dialog.form.fields["data.admitted"].editor.set_value("2026-11-02T10:00:00+00:00")
    dialog.form.fields["what"].editor.set_value("Taken in for tests.")
    dialog.save_button.click()
    person.waits(lambda: person.entries() == ["Taken in for tests."])
    assert "2 November 2026, 10:00" in person.rows()[1]


def test_what_is_off_in_this_store_is_found_and_says_why(open_tab: Callable[..., Person]) -> None:
    person = open_tab()
    assert person.tab._shown is not None
    assert not person.tab._shown.medicines_on
    person.tab.choose_kind()
    (chooser,) = person.page.findChildren(KindChooser)
    QTest.keyClicks(chooser.line, "shown by the carer")
    assert chooser.list.item(0).text() == "Medicine shown by the carer (off)"
    assert "are off in this store" in chooser.line.accessibleDescription()
    person.presses(Qt.Key.Key_Return, chooser.line)
    assert chooser.isVisible()
    chooser.reject()


def test_filters_leave_out_what_does_not_fit_and_say_how_many(open_tab: Callable[..., Person]) -> None:
    person = open_tab(
        entry("2026-11-12", "No heating."),
        entry("2026-10-30", "Slippers at school.", source=SCHOOL, themes=(Theme.PHYSICAL,)),
        entry("2026-10-12", "A fall.", kind="event", data={"type": "injury"}),
    )
    filters = person.tab.filters
    QTest.keyClicks(filters.text, "slipp")
    person.waits(lambda: person.entries() == ["Slippers at school."])
    assert filters._count.text() == "1 of 3 entries"
    QTest.keyClicks(filters.text, "xx")
    person.waits(person.tab.none_fits.isVisible)
    filters.clear_button.click()
    person.waits(lambda: len(person.entries()) == 3)
    assert filters.clear_button.isHidden()
    for combo, code, left in (
        (filters.kind, "event", ["A fall."]),
        (filters.theme, "physical", ["Slippers at school."]),
        (filters.agency, "school", ["Slippers at school."]),
    ):
        combo.setCurrentIndex(combo.findData(code))
        combo.activated.emit(combo.currentIndex())
        person.waits(partial(_shows, person, left))
        filters.clear_button.click()
        person.waits(lambda: len(person.entries()) == 3)


def test_a_correction_shows_what_it_said_before(open_tab: Callable[..., Person]) -> None:
    person = open_tab(entry("2026-11-12", "No heating."))
    assert not person.tab.pane.history.isVisible()
    person.tab.pane.correct_button.click()
    dialog = person.dialog()
    what = dialog.form.fields["what"].editor.control
    assert isinstance(what, QPlainTextEdit)
    what.setPlainText("No heating and no light.")
    dialog.save_button.click()
    assert dialog.form.fields["reason"].error
    dialog.form.fields["reason"].editor.set_value("The meter was off.")
    dialog.save_button.click()
    person.waits(lambda: person.entries() == ["No heating and no light."])
    person.waits(person.tab.pane.history.isVisible)
    person.tab.pane.history.click()
    person.waits_to_see("before: No heating.")
    person.waits_to_see("now: No heating and no light.")
    person.waits_to_see("Why: The meter was off.")


def test_an_entry_made_in_error_leaves_only_that_it_was(open_tab: Callable[..., Person]) -> None:
    person = open_tab(entry("2026-11-12", "Somebody else’s secret."), entry("2026-10-12", "No heating."))
    person.tab.pane.error_button.click()
    dialog = person.dialog()
    dialog.form.fields["reason"].editor.set_value("It is about another child.")
    dialog.save_button.click()
    person.waits(lambda: "Note. Entered in error, 20 November 2026" in person.rows())
    assert not any("secret" in row for row in person.rows())
    assert person.rows()[-2] == "Entered in error  ·  1 entry"
    assert person.tab.filters._count.text() == "1 entry"
    person.waits_to_see("Why: It is about another child.")
    person.waits_to_see("Entered in error, 20 November 2026, Sam Rowan")
    assert not person.tab.pane.correct_button.isVisible()
    assert not person.tab.pane.error_button.isVisible()
    assert not person.tab.pane.agency.isVisible()
    assert not person.tab.pane.history.isVisible()
    person.on_database(lambda: stores.add_user(person.session, "boss", Role.SUPERVISOR))
    person.tab.pane.destroy_button.click()
    dialog = person.dialog()
    dialog.form.fields["reason"].editor.set_value("It names a witness.")
    dialog.save_button.click()
    person.waits(lambda: dialog.findChildren(SecondPersonDialog))
    (asked,) = dialog.findChildren(SecondPersonDialog)
    QTest.keyClicks(asked.name, "boss")
    QTest.keyClicks(asked.passphrase.focusProxy() or asked.passphrase, stores.PASSPHRASE)
    asked.confirm_button.click()
    person.waits_to_see("Its content was destroyed.")
    assert not person.tab.pane.destroy_button.isVisible()


def test_files_are_added_saved_out_and_taken_away(
    open_tab: Callable[..., Person], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = open_tab(entry("2026-11-12", "A letter came."), files=(NewFile(name="Robin Ash.txt", content=b"Dear"),))
    pane = person.tab.pane
    person.waits_to_see("Robin Ash.txt")
    scan = tmp_path / "scan.png"
    scan.write_bytes(b"a picture")
    pane.take_file(scan)
    person.waits_to_see("scan.png")
    offered: list[str] = []
    monkeypatch.setattr(QFileDialog, "selectFile", lambda _dialog, name: offered.append(name))
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: dialog.fileSelected.emit(str(tmp_path / "out.txt")))
    assert pane.file is not None
    letter = pane.file.entry.attachments[0]
    pane._save_copy(letter)
    dialog = person.dialog()
    dialog.save_button.click()
    assert dialog.form.fields["reason"].error
    dialog.form.fields["reason"].editor.set_value("conference")
    dialog.save_button.click()
    person.waits((tmp_path / "out.txt").exists)
    assert (tmp_path / "out.txt").read_bytes() == b"Dear"
    assert offered == ["copy-2026-11-20.txt"], "no name of a child leaves with the file"
    person.waits(lambda: pane.notice.text == "The copy is saved as “out.txt”.")
    pane._remove_file(letter)
    dialog = person.dialog()
    dialog.form.fields["reason"].editor.set_value("wrong family")
    dialog.save_button.click()
    person.waits(lambda: person.sees("scan.png") and not person.sees("Robin Ash.txt"))


def test_a_refusal_is_said_in_the_pane(open_tab: Callable[..., Person], tmp_path: Path) -> None:
    person = open_tab(entry("2026-11-12", "A letter came."))
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    person.tab.pane.take_file(empty)
    person.waits(lambda: "it is empty" in person.tab.pane.notice.text)


def test_gaps_stand_where_nothing_was_recorded(open_tab: Callable[..., Person]) -> None:
    person = open_tab(entry("2026-11-12", "Seen."), entry("2026-09-01", "Seen before."))
    gaps = [row for row in person.rows() if row.startswith("Nothing recorded")]
    assert gaps[0] == ("Nothing recorded for 72 days, 1 September 2026 to 12 November 2026 (child protection plan)")
    assert person.rows().index(gaps[0]) == 2
    strip = person.tab.strip
    assert strip.lanes is not None
    assert strip.lanes.gaps


def test_the_strip_leads_to_a_time_by_keys_and_by_mouse(open_tab: Callable[..., Person]) -> None:
    person = open_tab(
        entry("2026-11-12", "Now."), entry("2026-06-12", "Then.", source=SCHOOL), entry("2025-11-12", "Long ago.")
    )
    strip = person.tab.strip
    strip.setFocus()
    person.presses(Qt.Key.Key_Home, strip)
    assert strip.said == "November 2025: Children’s social care 1"
    assert strip.accessibleDescription() == strip.said
    for _ in range(7):
        person.presses(Qt.Key.Key_Right, strip)
    assert strip.said == "June 2026: School 1"
    person.presses(Qt.Key.Key_Return, strip)
    person.waits_to_see("Then.")
    person.presses(Qt.Key.Key_Left, strip)
    assert strip.said == "May 2026: no entry"
    person.presses(Qt.Key.Key_Return, strip)
    person.waits_to_see("Long ago.")
    room = strip._room()
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(room.right() - 2, 5))
    person.waits_to_see("Now.")


def test_a_long_stream_is_fetched_as_it_is_looked_at(open_tab: Callable[..., Person]) -> None:
    number = 3 * WINDOW
    person = open_tab(entry("2026-11-20", "Newest."))

    def fill() -> None:
        with person.session.store.transaction() as tx:
            for place in range(number):
                day = (TODAY - timedelta(days=2 + place)).isoformat()
                tx.entries.put(replace(entry(day, f"Number {place}."), id=f"m{place}"), by=None)

    person.on_database(fill)
    person.workspace.changed.emit("entry", "m0")
    model = person.tab.list.model()
    person.waits(lambda: model.rowCount() > number)
    held = [model._windows]  # type: ignore[attr-defined]  # the model's own
    assert set(held[0]) <= {0, 1}
    person.presses(Qt.Key.Key_End)
    person.waits_to_see(f"Number {number - 1}.")
    person.waits(lambda: f"Number {number - 1}." in person.rows()[-1] or "…" not in person.rows()[-1])


def test_a_supervisor_reads_and_is_offered_nothing_to_write(open_tab: Callable[..., Person]) -> None:
    person = open_tab(entry("2026-11-12", "No heating."))

    def boss() -> Session:
        stores.add_user(person.session, "boss", Role.SUPERVISOR)
        return stores.as_user(person.session, "boss")

    session = person.on_database(boss)
    person.workspace._session = session
    person.page.show_child(CHILD)
    person.waits(person.tab.add_button.isHidden)
    person.waits_to_see("No heating.")
    person.waits(lambda: not person.tab.pane.correct_button.isVisible())
    assert person.tab.quick.isHidden()
    person.tab.choose_kind()
    assert not person.page.findChildren(KindChooser)


def test_a_restricted_record_is_read_with_the_reason_it_was_opened_for(open_tab: Callable[..., Person]) -> None:
    person = open_tab(entry("2026-11-12", "No heating."))

    def restrict() -> None:
        child = register.child(person.session, CHILD).child
        register.save_child(person.session, replace(child, restricted=True))

    person.on_database(restrict)
    person.workspace.changed.emit("child", CHILD)
    dialog = person.dialog()
    dialog.form.fields["reason"].editor.set_value("conference tomorrow")
    dialog.save_button.click()
    person.waits(lambda: person.entries() == ["No heating."] and person.sees("No heating."))


def test_nothing_stays_behind_a_lock(open_tab: Callable[..., Person]) -> None:
    person = open_tab(entry("2026-11-12", "No heating."))
    person.tab.quick.what.setText("half a word")
    person.workspace.locking.emit()
    assert person.rows() == []
    assert person.tab.pane.file is None
    assert person.tab.quick.what.text() == ""
    assert not any("heating" in label.text() for label in person.tab.findChildren(QLabel))


def test_the_model_is_sound(open_tab: Callable[..., Person], qtmodeltester: ModelTester) -> None:
    person = open_tab(entry("2026-11-12", "Seen."), entry("2026-09-01", "Seen before."))
    qtmodeltester.check(person.tab.list.model())  # type: ignore[no-untyped-call]  # pytest-qt's own


# Rows and lanes, without a window


def place(id_: str, day: date | None, agency: str | None = "gp", *, in_error: bool = False) -> Place:
    return Place(id_, "note", day, True, agency, in_error)


def test_rows_have_a_head_for_each_month_and_gaps_in_their_place() -> None:
    gaps = (
        Gap(after=date(2026, 6, 2), before=date(2026, 8, 4), days=63, status=StatusKind.CHILD_PROTECTION),
        Gap(after=date(2025, 1, 1), before=date(2025, 3, 1), days=59, status=StatusKind.CHILD_PROTECTION),
    )
    places = (
        place("a", date(2026, 8, 9)),
        place("b", date(2026, 8, 4)),
        place("c", date(2026, 6, 2)),
        place("d", None),
        place("e", None),
    )
    rows = rows_of(Outline(places=places, gaps=gaps, total=5))
    said = [
        (row.month, row.count)
        if isinstance(row, MonthRow)
        else row.gap.days
        if isinstance(row, GapRow)
        else row.place.id
        for row in rows
    ]
    assert said == [(date(2026, 8, 1), 2), "a", "b", 63, (date(2026, 6, 1), 1), "c", 59, (None, 2), "d", "e"]
    assert [row.number for row in rows if isinstance(row, EntryRow)] == [0, 1, 2, 3, 4]


def test_lanes_widen_their_columns_until_they_fit() -> None:
    places = [place("a", date(2026, 11, 2)), place("b", date(2010, 2, 1), None), place("c", date(2026, 1, 1))]
    fine = lanes_of(places, (), today=TODAY, most_columns=500)
    assert fine is not None
    assert (fine.months, fine.columns, fine.first) == (1, 202, date(2010, 2, 1))
    assert [(lane.agency, sum(lane.counts)) for lane in fine.lanes] == [("gp", 2), ("", 1)]
    years = lanes_of(places, (), today=TODAY, most_columns=20)
    assert years is not None
    assert (years.months, years.columns, years.month(16)) == (12, 17, date(2026, 1, 1))
    assert years.newest[16] == "a"
    assert years.most() == 2
    assert (
        lanes_of([place("x", date(2026, 1, 1), in_error=True), place("y", None)], (), today=TODAY, most_columns=9)
        is None
    )


def test_many_agencies_share_the_last_lane() -> None:
    codes = [agency.value for agency in list(Agency)[:9]]
    lanes = lanes_of([place(code, TODAY, code) for code in codes], (), today=TODAY, most_columns=9)
    assert lanes is not None
    assert len(lanes.lanes) == 6
    assert (lanes.lanes[-1].agency, lanes.lanes[-1].counts) == (OTHERS, (4,))
