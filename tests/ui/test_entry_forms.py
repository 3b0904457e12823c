"""The form of an entry: made from the declaration of its kind, for every kind there is and for one that is new."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QListWidget, QMessageBox, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gcp2_app.domain.before_visit import about_safety
from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.kinds import EntryKind, Item, ItemType, RecordKind
from gcp2_app.domain.register import Agency
from gcp2_app.domain.users import Role
from gcp2_app.domain.when import When
from gcp2_app.forms import entry_kinds
from gcp2_app.forms.entry_kinds import load_kinds
from gcp2_app.paths import data_folder
from gcp2_app.reports.entry_lines import entry_lines
from gcp2_app.services import casefiles, clinical_safety, entries, stream
from gcp2_app.services.session import Session
from gcp2_app.ui.child.shown import Shown, load
from gcp2_app.ui.entry.chooser import KindChooser
from gcp2_app.ui.entry.dialog import add_entry, edit_entry
from gcp2_app.ui.entry.fields import ChildrenEditor, FilesEditor, MarkEditor, SourceEditor
from gcp2_app.ui.entry.form import EntryForm
from gcp2_app.ui.entry.values import to_entry, to_values
from gcp2_app.ui.forms.choice import BooleanEditor
from gcp2_app.ui.forms.dialog import FormDialog
from gcp2_app.ui.forms.groups import GroupsEditor, PairsEditor, PerChildEditor
from gcp2_app.ui.forms.moment import MomentEditor, WhenEditor
from gcp2_app.ui.forms.number import NumberEditor
from gcp2_app.ui.forms.second_person import SecondPersonDialog
from gcp2_app.ui.workspace import Workspace
from tests import stores
from tests.ui import families
from tests.ui.conftest import OnDatabase
from tests.ui.test_register_forms import make_active

PATIENCE = 60_000
CHILD, MOTHER = families.CHILD, "p-rose"
OWN = Source(name="Sam Rowan", role="Social worker", agency=Agency.CHILDRENS_SOCIAL_CARE)


@dataclass(frozen=True)
class Desk:
    """A window the dialogs stand on, and the store behind it."""

    qtbot: QtBot
    host: QWidget
    workspace: Workspace
    session: Session
    on_database: OnDatabase

    @property
    def shown(self) -> Shown:
        """The child as their page shows them now."""
        return self.on_database(lambda: load(self.session, CHILD, ""))

    def add(self, code: str) -> FormDialog:
        return add_entry(self.host, self.workspace, self.shown, entries.kinds()[code])

    def edit(self, entry: Entry) -> FormDialog:
        return edit_entry(self.host, self.workspace, self.shown, self.file(entry))

    def file(self, entry: Entry) -> stream.EntryFile:
        return self.on_database(lambda: stream.open_(self.session, entry.id))

    def stored(self) -> tuple[Entry, ...]:
        def read() -> tuple[Entry, ...]:
            places = stream.outline(self.session, stream.StreamQuery(child=CHILD)).places
            return stream.read(self.session, CHILD, [place.id for place in places])

        return self.on_database(read)

    def save(self, dialog: FormDialog) -> None:
        with self.qtbot.waitSignal(self.workspace.changed, timeout=PATIENCE):
            dialog.save_button.click()


@pytest.fixture
def desk(qtbot: QtBot, workspace: Workspace, session: Session, on_database: OnDatabase, tmp_path: Path) -> Desk:
    """A desk with one family in the store, where medicines may be written."""
    host = QWidget()
    qtbot.addWidget(host)
    host.show()

    def prepare() -> None:
        families.add_family(session, tmp_path)
        # Without it no form keeps a medicine.
        clinical_safety.approve(session, organisation="Dudley Group", reference="DCB-7", on=session.today())

    on_database(prepare)
    return Desk(qtbot, host, workspace, session, on_database)


def form_of(dialog: FormDialog) -> EntryForm:
    assert isinstance(dialog.form, EntryForm)
    return dialog.form


def fill(form: EntryForm, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        editor = form.fields[name].editor
        editor.set_value(value)
        editor.changed.emit()


def something(item: Item, entry: str) -> Any:
    """Return an answer that fits an item."""
    one = _one(item, entry)
    return [one, one] if item.repeats and item.type is ItemType.GROUP else [one] if item.repeats else one


def _one(item: Item, entry: str) -> Any:
    if item.type is ItemType.GROUP:
        return {inner.name: something(inner, entry) for inner in item.items}
    if item.type is ItemType.MAP:
        return {CHILD if item.of else "B": 3 if item.values is ItemType.INTEGER else "Nursery"}
    if item.of is not None:
        ids = {RecordKind.PERSON: MOTHER, RecordKind.PROFESSIONAL: "w-lane", RecordKind.CHILD: CHILD}
        return {**ids, RecordKind.ENTRY: entry, RecordKind.UNIT: "A1.a"}[item.of]
    if item.options:
        return item.options[0].code
    plain = {ItemType.BOOLEAN: True, ItemType.INTEGER: item.least or 1}
    dates = dict.fromkeys((ItemType.DATE, ItemType.DATE_TIME), "2026-11-10")
    return {**plain, **dates}.get(item.type, "Some words")


@pytest.mark.parametrize("code", sorted(load_kinds()))
def test_a_kind_is_added_corrected_and_read_with_every_field_it_has(desk: Desk, code: str) -> None:
    kind = entries.kinds()[code]
    first = desk.on_database(
        lambda: entries.add(
            desk.session,
            Entry(id="", kind="note", children=(CHILD,), when=When("2026-11-01"), source=OWN, what="The first."),
        )
    )
    dialog = add_entry(desk.host, desk.workspace, desk.shown, kind)
    form = form_of(dialog)
    answers = {item.name: something(item, first.id) for item in kind.items}
    if code == "training":
        answers["person"] = desk.session.professional.id
    fill(form, {f"data.{name}": answer for name, answer in answers.items()})
    fill(form, {"what": "What came about.", "when": "2026-11-12"})
    desk.save(dialog)
    made = next(each for each in desk.stored() if each.kind == code and each.id != first.id)
    assert made.data == answers, code
    assert (made.when, made.what, made.source) == (When("2026-11-12"), "What came about.", OWN)
    file = desk.file(made)
    lines = {line.name for line in entry_lines(file.entry, kind, file.names)}
    assert {f"data.{name}" for name in answers} | {"what", "source", "children"} <= lines
    assert "someone not in this record" not in {line.text for line in entry_lines(file.entry, kind, file.names)}
    again = desk.edit(made)
    fill(form_of(again), {"outcome": "It was put right.", "reason": "More is known."})
    desk.save(again)
    now = desk.file(made).entry
    assert now == replace(made, outcome="It was put right.", revision=2, revision_reason="More is known."), code


PET = """
format = "gcp2-entry-kind"
format_version = 1
code = "pet"
title = "Animal in the home"
plural = "Animals in the home"
about = "An animal that lives with the child."

[[items]]
name = "what_animal"
type = "string"
label = "Which animal?"
required = true

[[items]]
name = "bites"
type = "integer"
label = "Bites"
least = 0
most = 99
"""


def test_a_new_kind_is_a_new_file(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forms = tmp_path / "forms"
    shutil.copytree(data_folder("forms") / "entries", forms / "entries")
    (forms / "entries" / "pet.toml").write_text(PET)
    monkeypatch.setattr(entry_kinds, "data_folder", lambda _name: forms)
    chooser = KindChooser(desk.host, desk.workspace, entries.kinds().values())
    chooser.open()
    chosen: list[EntryKind] = []
    chooser.chosen.connect(chosen.append)
    QTest.keyClicks(chooser.line, "animal")
    QTest.keyClick(chooser.line, Qt.Key.Key_Return)
    dialog = add_entry(desk.host, desk.workspace, desk.shown, chosen[0])
    fill(form_of(dialog), {"when": "2026-11-12", "data.what_animal": "A large dog", "data.bites": 2})
    desk.save(dialog)
    (made,) = desk.stored()
    assert (made.kind, made.data) == ("pet", {"what_animal": "A large dog", "bites": 2})
    lines = entry_lines(made, chosen[0], {})
    assert ("Which animal?", "A large dog") in {(line.label, line.text) for line in lines}
    parts = desk.on_database(lambda: b"".join(casefiles.export(desk.session, CHILD, recipient="", reason="test")))
    assert b"A large dog" in parts
    path = tmp_path / "copy.json"
    path.write_bytes(parts)
    assert not desk.on_database(lambda: casefiles.import_(desk.session, path)).quarantined


def test_the_chooser_finds_a_kind_by_what_it_is_for(desk: Desk) -> None:
    chooser = KindChooser(desk.host, desk.workspace, entries.kinds().values())
    desk.qtbot.addWidget(chooser)
    chooser.open()
    assert chooser.list.item(0).text() == "Note"
    QTest.keyClicks(chooser.line, "marf")
    assert [chooser.list.item(row).text() for row in range(chooser.list.count())] == ["Request for help"]
    QTest.keyClicks(chooser.line, "zzz")
    assert chooser.list.count() == 0
    QTest.keyClick(chooser.line, Qt.Key.Key_Return)
    assert chooser.isVisible()
    chooser.reject()


def test_tab_goes_through_a_form_as_it_reads_and_return_saves_after_any_way(desk: Desk) -> None:
    dialog = desk.add("admission")
    form = form_of(dialog)
    make_active(dialog)
    first = form.fields["what"].editor.control
    first.setFocus()

    def tab(times: int = 1) -> QWidget:
        for _ in range(times):
            here = dialog.focusWidget()
            assert here is not None
            QTest.keyClick(here, Qt.Key.Key_Tab)
        there = dialog.focusWidget()
        assert there is not None
        return there

    assert tab() is form.fields["data.admitted"].editor.control
    assert tab() is form.not_known["data.admitted"].ask
    assert tab() is form.fields["source"].editor.control or form.fields["source"].isAncestorOf(dialog.focusWidget())
    fold = form.folds["data.hospital"]
    while dialog.focusWidget() is not fold:
        tab()
    QTest.keyClick(fold, Qt.Key.Key_Space)
    assert tab() is form.fields["data.hospital"].editor.control
    # A button of a list, which Return presses while the keyboard is on it, takes nothing from the dialog's own.
    while not (isinstance(here := tab(), QPushButton) and "Add one" in here.text()):
        pass
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Backtab)
    assert dialog.focusWidget() is form.fields["data.hospital"].editor.control
    QTest.keyClicks(dialog.focusWidget(), "Russells Hall")
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert form.fields["data.admitted"].error == "Enter “Admitted on”, or say why it is not known."
    desk.qtbot.waitUntil(lambda: dialog.focusWidget() is form.fields["data.admitted"].editor.control)
    dialog.close_at_once()


def test_what_is_missing_stands_beside_its_field_and_takes_a_reason(desk: Desk) -> None:
    dialog = desk.add("teach_back")
    form = form_of(dialog)
    correct = form.fields["data.correct"].editor
    assert isinstance(correct, BooleanEditor)
    assert correct.value() is None, "no answer stands there by itself"
    fill(form, {"source": None})
    dialog.save_button.click()
    assert {name for name, field in form.fields.items() if field.error} == {
        "when",
        "source",
        "data.medicine",
        "data.person",
        "data.correct",
    }
    for name in ("source", "data.medicine", "data.person", "data.correct"):
        form.not_known[name].ask.click()
        QTest.keyClicks(form.not_known[name].line, "the page is torn")
    when = form.fields["when"].editor
    assert isinstance(when, WhenEditor)
    QTest.keyClicks(when.line, "not known: nobody wrote it down")
    fill(form, {"what": "A spoon was used."})
    desk.save(dialog)
    (made,) = desk.stored()
    assert made.when == When({"unknown": "nobody wrote it down"})
    assert made.not_known == dict.fromkeys(("source", "medicine", "person", "correct"), "the page is torn")
    file = desk.file(made)
    texts = {line.name: line.text for line in entry_lines(file.entry, file.kind, file.names)}
    assert texts["data.correct"] == texts["source"] == "Not known: the page is torn"
    again = desk.edit(made)
    fill(form_of(again), {"data.correct": False, "reason": "The page was found."})
    desk.save(again)
    (now,) = desk.stored()
    assert now.data == {"correct": False}
    assert set(now.not_known) == {"source", "medicine", "person"}


def test_the_third_party_mark_follows_the_source_until_it_is_settled(desk: Desk) -> None:
    dialog = desk.add("note")
    form = form_of(dialog)
    source, mark = form.fields["source"].editor, form.fields["third_party"].editor
    assert isinstance(source, SourceEditor)
    assert isinstance(mark, MarkEditor)
    assert mark.value() is None
    fill(form, {"source": {"agency": "neighbour"}})
    assert mark.value() is True
    fill(form, {"source": {"agency": "childrens_social_care", "name": "Sam Rowan"}})
    assert mark.value() is None
    mark.tick.click()
    fill(form, {"source": {"agency": "childrens_social_care", "name": "Sam Rowan"}})
    assert mark.value() is True
    dialog.close_at_once()


def test_an_entry_about_several_children_says_what_it_means_for_each(desk: Desk) -> None:
    dialog = desk.add("note")
    form = form_of(dialog)
    fill(form, {"when": "2026-11-12", "what": "No heating."})
    children = form.fields["children"].editor
    assert isinstance(children, ChildrenEditor)
    assert children.value() == [CHILD]
    assert not children.lines[families.SISTER].isEnabled()
    form.go_to("children")
    children.ticks[families.SISTER].click()
    QTest.keyClicks(children.lines[families.SISTER], "Coughs at night")
    desk.save(dialog)
    (made,) = desk.stored()
    assert (made.children, made.relevance) == (
        (CHILD, families.SISTER),
        {families.SISTER: "Coughs at night"},
    )
    again = form_of(desk.edit(made))
    shown_again = again.fields["children"].editor
    assert isinstance(shown_again, ChildrenEditor)
    assert shown_again.relevance() == {families.SISTER: "Coughs at night"}
    assert again.folds["children"].isChecked()
    assert not again.folds["impact"].isChecked()


def test_files_go_in_with_the_entry(desk: Desk, tmp_path: Path) -> None:
    letter, empty = tmp_path / "letter.txt", tmp_path / "empty.txt"
    letter.write_text("Dear all")
    empty.write_text("")
    dialog = desk.add("note")
    form = form_of(dialog)
    files = form.fields["attachments"].editor
    assert isinstance(files, FilesEditor)
    files.take(letter)
    desk.qtbot.waitUntil(lambda: files.value() == ["letter.txt"], timeout=PATIENCE)
    files.take(empty)
    desk.qtbot.waitUntil(lambda: "empty" in files._error.text(), timeout=PATIENCE)
    fill(form, {"when": "2026-11-12", "what": "A letter came."})
    desk.save(dialog)
    (made,) = desk.stored()
    assert [file.name for file in made.attachments] == ["letter.txt"]


def test_withholding_ends_only_with_a_second_person(desk: Desk) -> None:
    def make() -> Entry:
        stores.add_user(desk.session, "boss", Role.SUPERVISOR)
        note = Entry(id="", kind="note", children=(CHILD,), when=When("2026-11-01"), source=OWN, what="Told.")
        return entries.add(desk.session, replace(note, withheld_from=(MOTHER,)))

    dialog = desk.edit(desk.on_database(make))
    fill(form_of(dialog), {"withheld_from": [], "reason": "She knows now."})
    dialog.save_button.click()
    desk.qtbot.waitUntil(lambda: bool(dialog.findChildren(SecondPersonDialog)), timeout=PATIENCE)
    (asked,) = dialog.findChildren(SecondPersonDialog)
    QTest.keyClicks(asked.name, "boss")
    QTest.keyClicks(asked.passphrase.focusProxy() or asked.passphrase, stores.PASSPHRASE)
    with desk.qtbot.waitSignal(desk.workspace.changed, timeout=PATIENCE):
        asked.confirm_button.click()
    (now,) = desk.stored()
    assert now.withheld_from == ()
    assert "withholding ended, confirmed" in desk.on_database(lambda: stores.actions(desk.session))


def test_leaving_what_was_typed_asks_first(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = desk.add("note")
    what = form_of(dialog).fields["what"].editor.control
    assert isinstance(what, QPlainTextEdit)
    QTest.keyClicks(what, "half a word")
    asked: list[str] = []
    monkeypatch.setattr(QMessageBox, "open", lambda box: asked.append(box.text()))
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert asked == ["Leave without saving?"]
    dialog.close_at_once()


def test_a_form_and_its_entry_are_the_same_both_ways() -> None:
    kind = entries.kinds()["meeting"]
    entry = Entry(
        id="e1",
        kind="meeting",
        children=(CHILD,),
        when=When({"month": "2026-03"}),
        what="A meeting",
        not_known={"type": "not said"},
        data={"reports_received": "school", "colour": "red"},
        revision=3,
    )
    values = to_values(entry, kind)
    assert values["data.reports_received"] == ["school"]
    again = to_entry(entry, kind, values, relevance=entry.relevance, not_known=entry.not_known)
    assert again == replace(entry, data={"reports_received": ["school"], "colour": "red"})


# The editors of their own


def editor_of(desk: Desk, item: Item) -> Any:
    from gcp2_app.ui.entry.directory import EntryDirectory
    from gcp2_app.ui.forms.registry import make_context, make_editor

    return make_editor(item, make_context(desk.session.today(), EntryDirectory(desk.workspace, desk.shown)))


def test_a_number_out_of_range_is_said(desk: Desk) -> None:
    editor = editor_of(desk, Item(name="n", type=ItemType.INTEGER, label="N", least=1, most=4))
    assert isinstance(editor, NumberEditor)
    desk.qtbot.addWidget(editor)
    for typed, value, problem in (
        ("", None, ""),
        ("3", 3, ""),
        ("0", None, "Use 1 or more."),
        ("5", None, "Use 4 or less."),
        ("x", None, "Type a whole number, or leave it empty."),
        ("-", None, "Type a whole number, or leave it empty."),
    ):
        editor.set_value(typed)
        assert (editor.value(), editor.problem()) == (value, problem)


def test_a_box_of_text_is_as_tall_as_what_is_in_it_up_to_a_limit(desk: Desk) -> None:
    editor = editor_of(desk, Item(name="t", type=ItemType.TEXT, label="T"))
    desk.qtbot.addWidget(editor)
    editor.resize(400, 400)
    editor.show()
    three = editor.control.height()
    editor.set_value("1\n2\n3\n4\n5\n6")
    six = editor.control.height()
    editor.set_value("a word " * 1000)
    desk.qtbot.waitUntil(lambda: editor.control.height() > six)
    assert (six - three) / 3 == (editor.control.height() - three) / 5
    editor.set_value("")
    assert editor.control.height() == three


def test_a_date_is_said_in_full_while_it_is_typed(desk: Desk) -> None:
    editor = editor_of(desk, Item(name="d", type=ItemType.DATE_TIME, label="D"))
    assert isinstance(editor, MomentEditor)
    desk.qtbot.addWidget(editor)
    QTest.keyClicks(editor.line, "last tues 2pm")
    assert editor.says == "= 17 November 2026, 14:00. The week before, it was 10 November 2026." or (
        editor.says.startswith("= 17 November 2026, 14:00.")
    )
    assert editor.value() == "2026-11-17T14:00:00+00:00"
    editor.line.clear()
    QTest.keyClicks(editor.line, "31 Foo")
    assert editor.problem().startswith("Give one day"), "what this field takes, and nothing else"
    editor.line.clear()
    QTest.keyClicks(editor.line, "March 2019")
    assert editor.value() is None
    assert editor.problem().startswith("Give one day")
    editor.set_value("2026-11-17T14:00:07+00:00")
    assert editor.value() == "2026-11-17T14:00:07+00:00"


def test_groups_are_added_and_taken_away(desk: Desk) -> None:
    inner = Item(name="reason", type=ItemType.STRING, label="Reason")
    editor = editor_of(desk, Item(name="g", type=ItemType.GROUP, label="G", repeats=True, items=(inner,)))
    assert isinstance(editor, GroupsEditor)
    desk.qtbot.addWidget(editor)
    editor.show()
    editor.set_value([{"reason": "a"}, {"reason": "b"}])
    assert editor.add_button.text() == "Add another"
    editor.add_button.click()
    assert editor.value() == [{"reason": "a"}, {"reason": "b"}]
    line = editor.groups[2].findChildren(QLineEdit)[0]
    QTest.keyClicks(line, "c")
    editor._remove(editor.groups[0], editor._rows[0])
    assert editor.value() == [{"reason": "b"}, {"reason": "c"}]
    editor.set_value({"reason": "alone"})
    assert editor.value() == [{"reason": "alone"}]
    editor.set_value(None)
    assert (editor.value(), editor.add_button.text()) == ([], "Add one")


def test_values_under_keys_are_typed_pair_by_pair(desk: Desk) -> None:
    item = Item(name="codes", type=ItemType.MAP, label="Codes", values=ItemType.INTEGER)
    editor = editor_of(desk, item)
    assert isinstance(editor, PairsEditor)
    desk.qtbot.addWidget(editor)
    editor.set_value({"I": 4})
    QTest.keyClicks(editor.rows[1][0], "O")
    assert editor.problem() == "A line has only one of its two halves."
    QTest.keyClicks(editor.rows[1][1], "x")
    assert editor.problem() == "“O” needs a whole number."
    editor.rows[1][1].clear()
    QTest.keyClicks(editor.rows[1][1], "2")
    assert (editor.value(), editor.problem(), len(editor.rows)) == ({"I": 4, "O": 2}, "", 3)
    QTest.keyClicks(editor.rows[2][0], "I")
    assert editor.problem() == "The same name stands twice. Put both in one line."


def test_each_child_has_a_line(desk: Desk) -> None:
    item = Item(name="d", type=ItemType.MAP, label="Decisions", of=RecordKind.CHILD)
    editor = editor_of(desk, item)
    assert isinstance(editor, PerChildEditor)
    desk.qtbot.addWidget(editor)
    assert set(editor.lines) == {CHILD, families.SISTER, families.BABY}
    editor.set_value({"c-gone": "Mentor", CHILD: "Nursery"})
    assert editor.value() == {CHILD: "Nursery", "c-gone": "Mentor"}
    editor.set_value(None)
    assert editor.value() is None


def test_an_earlier_action_is_found_by_typing_part_of_it(desk: Desk) -> None:
    data = {"what": "Mend the window", "agreed_on": "2026-10-01"}
    earlier = desk.on_database(
        lambda: entries.add(desk.session, Entry(id="", kind="action", children=(CHILD,), source=OWN, data=data))
    )
    dialog = desk.add("action")
    form = form_of(dialog)
    form.go_to("data.same_as")
    same = form.fields["data.same_as"].editor
    line = same.control
    assert isinstance(line, QLineEdit)
    QTest.keyClicks(line, "window")
    results = same.findChild(QListWidget)
    assert isinstance(results, QListWidget)
    desk.qtbot.waitUntil(lambda: results.count() == 1 and results.isVisible(), timeout=PATIENCE)
    assert results.item(0).text() == "Agreed action, 1 October 2026, Mend the window"
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert same.value() == earlier.id
    dialog.close_at_once()


def test_the_children_around_are_found_by_name_and_a_unit_is_known_by_its_code(desk: Desk) -> None:
    from gcp2_app.ui.entry.directory import EntryDirectory

    directory = EntryDirectory(desk.workspace, desk.shown)
    assert [found.id for found in directory.search(RecordKind.CHILD, "fern")()] == [families.SISTER]
    assert directory.found("A1.a").name == "A1.a"
    assert directory.found("c-gone").name == "Someone not in this record"
    people = desk.on_database(directory.search(RecordKind.PERSON, "rose"))
    assert [found.id for found in people] == [MOTHER]


def test_a_note_about_the_safety_of_workers_is_asked_without_opening_anything(desk: Desk) -> None:
    dialog = desk.add("note")
    form = form_of(dialog)
    assert form.fields["data.worker_safety"].isVisible()
    fill(form, {"when": "2026-11-10", "what": "The dog is loose.", "data.worker_safety": True})
    desk.save(dialog)
    assert about_safety(desk.stored())[0].what == "The dog is loose."
