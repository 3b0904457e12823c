"""A case file is refused as a whole, or read record by record with quarantine and marks."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.learning import ReadReceipt
from gcp2_app.domain.register import Child, Professional
from gcp2_app.errors import BadFile, NotFound
from gcp2_app.exchange import casefile_top
from gcp2_app.exchange.casefile import Record, Section, clash
from gcp2_app.exchange.casefile_reading import load_casefile, read_casefile
from tests.exchange.cases import EXAMPLE, KINDS, TODAY, family, ids, read

Edit = Callable[[dict[str, Any]], Any]


def test_the_example_of_the_contract_is_taken_whole() -> None:
    case_file = load_casefile(EXAMPLE, KINDS, today=TODAY)
    assert ids(case_file) == {"w1", "p1", "h1", "c1", "a1", "e1"}
    assert case_file.quarantined == ()
    # Its worker w9 and visit e7 are not in it: a part of a store may be sent without them.
    assert {(mark.path, mark.id) for mark in case_file.marks} == {
        ("assessments[0].units.A1.a.evidence[0].visit", "a1"),
        ("assessments[0].signed_off_by", "a1"),
    }
    (assessment,) = case_file.assessments
    assert assessment.window is not None
    assert assessment.window.days == 22
    assert assessment.units["A1.a"].grade == 3


def test_a_family_without_a_fault_is_taken_without_a_word() -> None:
    case_file = read(family())
    assert (case_file.quarantined, case_file.marks, case_file.count) == ((), (), 10)
    assert not case_file.practice


def test_null_and_empty_mean_absent() -> None:
    document = family()
    document |= {"households": None, "practice": None}
    document["children"][0] |= {"date_of_birth": None, "sex": "", "nhs_number": None, "school": None}
    document["entries"][2]["data"] = {"type": "birth"}
    document["entries"][0]["when"] = None
    case_file = read(document)
    assert case_file.quarantined == ()
    assert case_file.children[0].date_of_birth is None
    assert read({"format": "gcp2-casefile", "version": 1}).count == 0
    assert read({**family(), "practice": True}).practice


def test_a_record_with_a_key_that_stands_twice_is_quarantined_and_the_rest_goes_in() -> None:
    raw = (
        b'{"format": "gcp2-casefile", "version": 1, "people": [{"id": "p1", "name": "A", "name": "B"},'
        b' {"id": "p2", "name": "x\\" : \\"y", "learning_need": {"state": "suspected", "state": "diagnosed"}},'
        b' {"id": "p3", "name": "name", "note": "name"}]}'
    )
    case_file = read_casefile(raw, "two.json", KINDS, today=TODAY)
    assert ids(case_file) == {"p3"}
    assert [(each.path, each.id) for each in case_file.quarantined] == [("people[0]", "p1"), ("people[1]", "p2")]
    assert [each.reason for each in case_file.quarantined] == [
        "the key “name” stands twice in one group.",
        "the key “state” stands twice in one group.",
    ]


# The top -----------------------------------------------------------------------------------------------------------

REFUSED: dict[str, tuple[bytes, str, str]] = {
    "not JSON": (b'{"format": "gcp2-casefile",\n "version" 1}', "line 2, column 12", "not JSON: expected ':'"),
    "cut short": (b'{"format": "gcp2-casefile",\n "version": 1', "line 2", "ends too early"),
    "empty": (b"", "line 1", "not JSON"),
    "a list": (b"[]", "", "not an object"),
    "a number": (b"7", "", "not an object"),
    "not text": (b'{"format": "\xff"}', "", "not UTF-8"),
    "UTF-16": ('\ufeff{"format": "gcp2-casefile"}'.encode("utf-16-le"), "line 1, column 1", "not UTF-8"),
    "another encoding, and cut off": ('{"format": "é'.encode("cp1252"), "line 1, column 13", "not UTF-8"),
    "another format": (b'{"format": "xml", "version": 1}', "format", "not a case file"),
    "no format": (b'{"version": 1}', "format", "not a case file"),
    "a later version": (b'{"format": "gcp2-casefile", "version": 2, "zz": 1}', "version", "version 1"),
    "version as text": (b'{"format": "gcp2-casefile", "version": "1"}', "version", "version 1"),
    "version as truth": (b'{"format": "gcp2-casefile", "version": true}', "version", "version 1"),
    "no version": (b'{"format": "gcp2-casefile"}', "version", "version 1"),
    "unknown key": (b'{"format": "gcp2-casefile", "version": 1, "pets": []}', "pets", "not known"),
    "a key twice": (b'{"format": "gcp2-casefile", "version": 1, "version": 1}', "version", "stands twice"),
    "a key twice, escaped": (
        b'{"format": "gcp2-casefile", "version": 1, "ver\\u0073ion": 1}',
        "version",
        "stands twice",
    ),
    "records as a group": (b'{"format": "gcp2-casefile", "version": 1, "people": {}}', "people", "not a list"),
    "practice as text": (b'{"format": "gcp2-casefile", "version": 1, "practice": "yes"}', "practice", "neither"),
    "deep": (b'{"format": ' + b"[" * 100_000, "", "nested too deeply"),
    "deep record": (
        b'{"format": "gcp2-casefile", "version": 1, "people": [' + b"[" * 100_000 + b"]" * 100_000 + b"]}",
        "",
        "nested too deeply",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_wrong_at_the_top_is_refused(name: str) -> None:
    raw, place, words = REFUSED[name]
    with pytest.raises(BadFile) as caught:
        read(raw)
    assert caught.value.file == "case.json"
    assert caught.value.place.startswith(place)
    assert words in caught.value.message
    assert caught.value.mend


def test_a_byte_order_mark_does_no_harm() -> None:
    assert read(b'\xef\xbb\xbf{"format": "gcp2-casefile", "version": 1}').count == 0


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(casefile_top, "MAX_BYTES", 100)
    path = tmp_path / "large.json"
    path.write_bytes(b" " * 101)
    with pytest.raises(BadFile, match="larger than"):
        load_casefile(path, KINDS, today=TODAY)


def test_a_file_that_cannot_be_opened_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="There is no file"):
        load_casefile(tmp_path / "none.json", KINDS, today=TODAY)
    with pytest.raises(BadFile, match="cannot be read"):
        load_casefile(tmp_path, KINDS, today=TODAY)


# The records -------------------------------------------------------------------------------------------------------


def put(section: str, index: int, *keys: str | int, value: Any) -> Edit:
    def edit(document: dict[str, Any]) -> None:
        target = document[section][index]
        for key in keys[:-1]:
            target = target.setdefault(key, {}) if isinstance(target, dict) else target[key]
        target[keys[-1]] = value

    return edit


A1, C1 = ("assessments", 0), ("children", 0)

# Each: what is done to the family, the path of the first quarantine, words of its reason, and the ids left out.
QUARANTINED: dict[str, tuple[Edit, str, str, str]] = {
    "unknown key": (put("professionals", 1, "colour", value=1), "professionals[1].colour", "not known", "w2"),
    "no id": (lambda d: d["professionals"][1].pop("id"), "professionals[1].id", "missing", "w2"),
    "empty id": (put("professionals", 1, "id", value=""), "professionals[1].id", "missing", "w2"),
    "long id": (put("professionals", 1, "id", value="x" * 65), "professionals[1].id", "1 to 64", "w2"),
    "id as number": (put("professionals", 1, "id", value=7), "professionals[1].id", "expected text", "w2"),
    "not a group": (lambda d: d["professionals"].append("x"), "professionals[2]", "expected a group", ""),
    "unknown agency": (put("professionals", 1, "agency", value="nasa"), "professionals[1].agency", "not one", "w2"),
    "born tomorrow": (
        put(*C1, "date_of_birth", value="2026-11-24"),
        "children[0].date_of_birth",
        "future",
        "c1 h1 e1 e2 a1",
    ),
    "adult born tomorrow": (
        put("people", 0, "date_of_birth", value="2026-11-24"),
        "people[0].date_of_birth",
        "future",
        "p1 c1 h1 e1 e2 a1",
    ),
    "no such day": (
        put(*C1, "date_of_birth", value="2019-02-30"),
        "children[0].date_of_birth",
        "not a date",
        "c1 h1 e1 e2 a1",
    ),
    "a carer who is not there": (
        put(*C1, "carers", value=[{"person": "p9"}]),
        "children[0].carers[0].person",
        "no such",
        "c1 h1 e1 e2 a1",
    ),
    "a member who is not there": (
        put("households", 0, "members", value=[{"who": "x"}]),
        "households[0].members[0].who",
        "no such",
        "h1",
    ),
    "no such child": (put(*A1, "child", value="c9"), "assessments[0].child", "no such record", "a1"),
    "no such carer": (put(*A1, "carers", value=["p9"]), "assessments[0].carers[0]", "no such record", "a1"),
    "no such pack": (put(*A1, "pack", value="other"), "assessments[0].pack", "no pack", "a1"),
    "no such version": (put(*A1, "pack_version", value="9.0.0"), "assessments[0].pack", "no version", "a1"),
    "a path for a pack": (put(*A1, "pack", value="../../x.toml"), "assessments[0].pack", "no pack", "a1"),
    "grade 0": (put(*A1, "units", "A1.a", "grade", value=0), "assessments[0].units.A1.a", "not a grade", "a1"),
    "grade 6": (put(*A1, "units", "A1.a", "grade", value=6), "assessments[0].units.A1.a", "not a grade", "a1"),
    "grade 2.5": (
        put(*A1, "units", "A1.a", "grade", value=2.5),
        "assessments[0].units.A1.a.grade",
        "whole number",
        "a1",
    ),
    "scored without a grade": (
        put(*A1, "units", "A1.a", value={"state": "scored"}),
        "assessments[0].units.A1.a",
        "needs a grade",
        "a1",
    ),
    "carer's grade 9": (
        put(*A1, "units", "A1.a", "carer_grade", value=9),
        "assessments[0].units.A1.a",
        "not a grade",
        "a1",
    ),
    "unknown unit": (
        put(*A1, "units", "Z9", value={"state": "declined"}),
        "assessments[0].units.Z9",
        "no such unit",
        "a1",
    ),
    "unknown state": (
        put(*A1, "units", "A1.a", "state", value="fine"),
        "assessments[0].units.A1.a.state",
        "not one",
        "a1",
    ),
    "unit as a number": (put(*A1, "units", "A1.b", value=3), "assessments[0].units.A1.b", "expected a group", "a1"),
    "unknown band": (put(*A1, "band", value="9+"), "assessments[0].band", "not an age band", "a1"),
    "window inside out": (
        put(*A1, "window", value={"from": "2026-02-01", "to": "2026-01-01"}),
        "assessments[0].window.to",
        "before it begins",
        "a1",
    ),
    "target off the scale": (
        put(*A1, "targets", value=[{"unit": "A1.a", "current": 3, "target": 0}]),
        "assessments[0].targets[0]",
        "not a grade",
        "a1",
    ),
    "judgement off the scale": (
        put(*A1, "judgements", value={"A1": {"grade": 8}}),
        "assessments[0].judgements.A1",
        "not a grade",
        "a1",
    ),
    "judgement as text": (
        put(*A1, "judgements", value={"A1": {"grade": "8"}}),
        "assessments[0].judgements.A1.grade",
        "whole number",
        "a1",
    ),
    "elsewhere with units": (
        put(*A1, "recorded_elsewhere", value=True),
        "assessments[0].units.A1.a",
        "no such unit",
        "a1",
    ),
    "step without a zone": (
        put(*A1, "steps", value=[{"state": "draft", "at": "2026-01-01T09:00:00"}]),
        "assessments[0].steps[0].at",
        "time zone",
        "a1",
    ),
    "unknown kind": (put("entries", 2, "kind", value="party"), "entries[2].kind", "no such kind", "e3"),
    "required field missing": (put("entries", 2, "data", value={}), "entries[2].data.type", "missing", "e3"),
    "unknown field": (put("entries", 2, "data", "colour", value=1), "entries[2].data.colour", "not known", "e3"),
    "bad value": (put("entries", 2, "data", "type", value="party"), "entries[2].data.type", "not one", "e3"),
    "about nothing": (put("entries", 1, "data", "about", value="e9"), "entries[1].data.about", "no such record", "e2"),
    "about itself not there": (lambda d: d["entries"].pop(0), "entries[0].data.about", "no such record", "e1 e2"),
    "no child": (put("entries", 2, "children", value=[]), "entries[2].children", "at least one child", "e3"),
    "not known what": (put("entries", 2, "not_known", value={"x": "y"}), "entries[2].not_known.x", "not known", "e3"),
    "not known as number": (
        put("entries", 2, "not_known", value={"type": 3}),
        "entries[2].not_known.type",
        "text",
        "e3",
    ),
    "revision 0": (put("entries", 2, "revision", value=0), "entries[2].revision", "count from 1", "e3"),
    "range inside out": (
        put("entries", 2, "when", value={"from": "2026-02-01", "to": "2026-01-01"}),
        "entries[2].when",
        "before it begins",
        "e3",
    ),
    "when in words": (put("entries", 2, "when", value="last Tuesday"), "entries[2].when", "not a date", "e3"),
    "too deep": (
        put("entries", 2, "data", "type", value=[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]),
        "entries[2]",
        "too deeply",
        "e3",
    ),
}


@pytest.mark.parametrize("name", QUARANTINED)
def test_a_bad_record_stays_out_with_those_that_point_at_it(name: str) -> None:
    edit, path, words, left_out = QUARANTINED[name]
    document = family()
    edit(document)
    case_file = read(document)
    first = case_file.quarantined[0]
    assert first.path == path
    assert words in first.reason
    assert ids(read(family())) - ids(case_file) == set(left_out.split())


def test_quarantine_follows_every_link_and_says_so() -> None:
    document = family()
    document["professionals"][0]["agency"] = "nasa"
    case_file = read(document)
    assert [(each.path, each.id) for each in case_file.quarantined] == [
        ("professionals[0].agency", "w1"),
        ("assessments[0].assessors[0]", "a1"),
    ]
    assert case_file.quarantined[1].reason == "the record this points at is quarantined."


def test_of_two_records_with_one_id_the_first_stays() -> None:
    document = family()
    document["children"].append({"id": "c1", "given_names": "Other"})
    case_file = read(document)
    assert [(each.path, each.id) for each in case_file.quarantined] == [("children[2]", "c1")]
    assert case_file.children[0].given_names == "Kit"
    assert "a1" in ids(case_file)


def test_text_that_is_no_text_keeps_only_its_record_out() -> None:
    raw = b'{"format": "gcp2-casefile", "version": 1, "people": [{"id": "p1", "name": "\xff"}, {"id": "p2"}]}'
    case_file = read(raw)
    assert ids(case_file) == {"p2"}
    assert case_file.quarantined[0].path == "people[0]"
    assert case_file.quarantined[0].reason == "this is not UTF-8 text. Save the file as UTF-8."


def test_what_is_stored_counts_as_there() -> None:
    asked: list[tuple[Section, str]] = []

    def stored(section: Section, id_: str) -> Record | None:
        asked.append((section, id_))
        return Child(id=id_) if section is Section.CHILDREN and id_ == "c8" else None

    document = family()
    document["assessments"][0]["child"] = "c8"
    document["entries"][2]["children"] = ["c8"]
    case_file = read(document, stored=stored)
    assert case_file.quarantined == ()
    assert asked.count((Section.CHILDREN, "c8")) == 1


def test_a_clash_with_the_store_stays_out_with_what_points_at_it() -> None:
    def stored(section: Section, id_: str) -> Record | None:
        if section is Section.ENTRIES and id_ == "e1":
            return Entry(id="e1", kind="visit", children=("c1",))
        return None

    case_file = read(family(), stored=stored)
    assert [(each.path, each.id) for each in case_file.quarantined] == [
        ("entries[0]", "e1"),
        ("entries[1].data.about", "e2"),
    ]


@pytest.mark.parametrize(
    ("before", "after", "clashes"),
    [
        ({"given_names": "A", "date_of_birth": "1"}, {"given_names": "B", "date_of_birth": "2"}, True),
        ({"given_names": "A", "date_of_birth": "1"}, {"given_names": "B", "date_of_birth": "1"}, False),
        ({"given_names": "A", "date_of_birth": "1"}, {"given_names": "a", "date_of_birth": "2"}, False),
        ({"expected_date": "1"}, {"given_names": "B", "date_of_birth": "2"}, False),
        ({"given_names": "A"}, {"given_names": "B", "date_of_birth": "2"}, False),
    ],
)
def test_a_child_clashes_where_name_and_birth_are_others(before: Any, after: Any, clashes: bool) -> None:
    def child(values: dict[str, Any]) -> Child:
        days = {key: TODAY.replace(day=int(values[key])) for key in values if key != "given_names"}
        return Child(id="c1", **(values | days))

    assert bool(clash(child(before), child(after))) is clashes


def test_an_entry_or_assessment_clashes_where_it_is_of_another() -> None:
    entry = Entry(id="e1", kind="note", children=("c1",))
    assert clash(entry, replace(entry, what="new", children=("c1", "c2"))) == ""
    assert "another child" in clash(entry, replace(entry, children=("c2",)))
    assert "another kind" in clash(entry, replace(entry, kind="visit"))
    assessment = Assessment(id="a1", child="c1")
    assert clash(assessment, replace(assessment, analysis="new")) == ""
    assert "another child" in clash(assessment, replace(assessment, child="c2"))
    assert clash(Professional(id="w1", name="A"), Professional(id="w1", name="B")) == ""
    receipt = ReadReceipt(id="r1", person="w1", row="LP1", on=TODAY)
    assert clash(receipt, replace(receipt, edition="2")) == ""
    assert "another person or row" in clash(receipt, replace(receipt, person="w2"))
    assert "another person or row" in clash(receipt, replace(receipt, row="LP2"))


def test_a_read_receipt_needs_its_person_and_a_row_there_is() -> None:
    document = family()
    document["read_receipts"] = [
        {"id": "r1", "person": "w1", "row": "LP1", "on": "2026-11-01"},
        {"id": "r2", "person": "w9", "row": "LP1", "on": "2026-11-01"},
        {"id": "r3", "person": "w1", "row": "LP13", "on": "2026-11-01"},
        {"id": "r4", "person": "w1", "row": "R6", "on": "2027-01-01"},
    ]
    case_file = read(document)
    assert [each.id for each in case_file.read_receipts] == ["r1", "r4"]
    quarantined = {(each.path, each.id) for each in case_file.quarantined}
    assert quarantined == {("read_receipts[1].person", "r2"), ("read_receipts[2].row", "r3")}
    assert [(mark.path, mark.id) for mark in case_file.marks] == [("read_receipts[3].on", "r4")]


# Marks ---------------------------------------------------------------------------------------------------------------


def opened(area: str, **opening: Any) -> Edit:
    """Make the assessment an antenatal one with an opening."""

    def edit(document: dict[str, Any]) -> None:
        own = {"pack": "graded-care-antenatal", "pack_version": "1.0.0", "units": {"P1.a": {"note": "seen"}}}
        document["assessments"][0] |= own | {"targets": [], "openings": [{"area": area, **opening}]}

    return edit


TEACH_BACK = {
    "id": "e99",
    "kind": "teach_back",
    "children": ["c1"],
    "when": "2026-02-01",
    "data": {"medicine": "Salbutamol", "person": "p1", "correct": False},
}
MARKED: dict[str, tuple[Edit, str, str]] = {
    "opened by judgement without a reason": (
        opened("R", because="judgement", by="w1"),
        "assessments[0].openings[0].reason",
        "nobody said why",
    ),
    "opened by nobody": (opened("H", because="birth", by="w9"), "assessments[0].openings[0].by", "neither"),
    "NHS number": (put(*C1, "nhs_number", value="9434765918"), "children[0].nhs_number", "check"),
    "status inside out": (
        put(*C1, "statuses", value=[{"status": "universal", "from": "2026-02-01", "to": "2026-01-01"}]),
        "children[0].statuses[0].to",
        "before it begins",
    ),
    "allocation to nobody": (
        put(*C1, "allocated", value=[{"professional": "w9", "from": "2026-02-01"}]),
        "children[0].allocated[0].professional",
        "neither in the file",
    ),
    "a medicine that is only named": (
        lambda d: d["entries"].insert(0, TEACH_BACK),
        "entries[0].data.medicine",
        "neither in the file",
    ),
    "membership inside out": (
        put("households", 0, "members", 0, value={"who": "p1", "from": "2026-02-01", "to": "2026-01-01"}),
        "households[0].members[0].to",
        "before it begins",
    ),
    "signed off without a day": (put(*A1, "state", value="signed_off"), "assessments[0].signed_off_on", "date"),
    "signed off by an assessor": (
        lambda d: d["assessments"][0].update(state="signed_off", signed_off_on="2026-03-01", signed_off_by="w1"),
        "assessments[0].signed_off_by",
        "assessors",
    ),
    "another text of the pack": (put(*A1, "pack_sha256", value="0" * 64), "assessments[0].pack_sha256", "pack"),
    "corrects nothing": (put(*A1, "corrects", value="a9"), "assessments[0].corrects", "neither"),
    "withheld from nobody": (put("entries", 0, "withheld_from", value=["x"]), "entries[0].withheld_from[0]", "neither"),
    "relevance to another": (put("entries", 0, "relevance", value={"c9": "?"}), "entries[0].relevance.c9", "neither"),
}


@pytest.mark.parametrize("name", MARKED)
def test_what_is_odd_goes_in_with_a_mark(name: str) -> None:
    edit, path, words = MARKED[name]
    document = family()
    edit(document)
    case_file = read(document)
    assert case_file.quarantined == ()
    assert [mark.path for mark in case_file.marks] == [path]
    assert words in case_file.marks[0].note


@pytest.mark.parametrize("area", ["P", "A"])
def test_what_opens_a_section_that_does_not_wait_stays_out(area: str) -> None:
    document = family()
    opened(area, because="concern", by="w1")(document)
    (found,) = read(document).quarantined
    assert found.path == "assessments[0].openings[0].area"
    assert "waits to be opened" in found.reason


def test_a_record_that_stays_out_leaves_no_mark() -> None:
    document = family()
    document["children"][0] |= {"nhs_number": "1", "carers": [{"person": "p9"}]}
    assert read(document).marks == ()


def test_an_assessment_done_elsewhere_holds_sub_area_codes() -> None:
    document = family()
    document["assessments"][0] |= {"recorded_elsewhere": True, "units": {"A1": {"state": "scored", "grade": 4}}}
    assert read(document).quarantined == ()
    document["assessments"][0]["units"]["A1"]["grade"] = 6
    assert read(document).quarantined[0].path == "assessments[0].units.A1"


def test_a_required_field_may_be_not_known() -> None:
    document = family()
    document["entries"][2] |= {"data": {}, "not_known": {"type": "the letter does not say"}}
    assert read(document).quarantined == ()
    document["entries"].append(
        {"id": "e4", "kind": "training", "data": {"person": "w1", "course": "gcp2", "on": "2026-01-01"}}
    )
    assert read(document).quarantined == ()


def test_what_a_message_shows_of_the_file_is_short_and_printable() -> None:
    document = family()
    document["professionals"][1] |= {"id": "\x1b[2J" + "x" * 500, "\x1b" + "k" * 5000: 1}
    document["assessments"][0]["pack"] = "\n" * 5000
    for each in read(document).quarantined:
        for text in (each.path, each.id, each.reason):
            assert len(text) <= 200
            assert text.isprintable()
