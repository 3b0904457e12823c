"""``gcp2 import`` and ``gcp2 export``: what goes in, what stays out and is named, and the same bytes back."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gcp2_app.domain.users import Role
from gcp2_app.paths import data_folder
from gcp2_app.services import casefiles, stores
from gcp2_app.services.session import Session
from tests.cli.running import REFUSED, WRONG_USAGE, Gcp2
from tests.stores import PASSPHRASE, actions, add_user, make_session

CaseFile = Callable[..., Path]

NAME = "Zebedee"
CHILD = {"id": "c1", "given_names": NAME, "family_name": "Practice-Oak", "date_of_birth": "2022-01-01"}
CARER = {"id": "p1", "name": f"{NAME}'s mother"}
ASSESSMENT = {
    "id": "a1",
    "child": "c1",
    "carers": ["p1"],
    "window": {"from": "2026-01-05", "to": "2026-01-26"},
    "units": {"A1.a": {"state": "scored", "grade": 3}},
}
NOTE = {"id": "e1", "kind": "note", "children": ["c1"], "when": "2026-02-01", "what": f"{NAME} seen."}
FAMILY = data_folder("resources") / "practice-family.json"


def opened_again(folder: Path) -> Session:
    """Return a session on a store, to look at what a command left in it."""
    return stores.unlock(folder, "asmith", PASSPHRASE)


def test_the_practice_family_goes_in_comes_out_and_goes_in_elsewhere_the_same(
    gcp2: Gcp2, store: Path, tmp_path: Path
) -> None:
    ran = gcp2("import", store, FAMILY)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.endswith("0 revised, 0 unchanged, 0 left out, 0 marked.\n")
    first = gcp2("export", store)
    assert (first.code, first.err) == (0, "")
    (tmp_path / "first.json").write_text(first.out, encoding="utf-8")
    make_session(tmp_path / "other", practice=False, name="jdoe").store.close()
    assert gcp2("import", tmp_path / "other", tmp_path / "first.json").code == 0
    assert gcp2("export", tmp_path / "other", "--recipient", "the other team", "--reason", "a move").out == first.out


def test_the_same_file_again_changes_nothing(gcp2: Gcp2, store: Path, case_file: CaseFile) -> None:
    file = case_file(children=[CHILD], people=[CARER], assessments=[ASSESSMENT], entries=[NOTE])
    assert gcp2("import", store, file).err.startswith("4 added")
    before = gcp2("export", store).out
    again = gcp2("import", store, file, "--json")
    assert json.loads(again.out)["unchanged"] == {"assessments": 1, "children": 1, "entries": 1, "people": 1}
    assert gcp2("export", store).out == before


def test_a_windows_file_goes_in(gcp2: Gcp2, store: Path, tmp_path: Path) -> None:
    text = json.dumps({"format": "gcp2-casefile", "version": 1, "children": [CHILD]}, indent=1)
    (tmp_path / "w.json").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert gcp2("import", store, tmp_path / "w.json").err.startswith("1 added")


def test_an_empty_file_of_the_format_is_no_fault(gcp2: Gcp2, store: Path, case_file: CaseFile) -> None:
    assert gcp2("import", store, case_file()).code == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not JSON"),
        ("[]", "not a case file"),
        ("{}", "format"),
        ('{"format": "gcp2-casefile"}', "version"),
        ('{"format": "gcp2-casefile", "version": 2}', "version"),
        ('{"format": "gcp2-casefile", "version": "1"}', "version"),
        ('{"format": "gcp2-casefile", "version": true}', "version"),
        ('{"format": "other", "version": 1}', "format"),
        ('{"format": "gcp2-casefile", "version": 1, "pets": []}', "pets"),
        ('{"format": "gcp2-casefile", "version": 1, "children": {}}', "children"),
        ('{"format": "gcp2-casefile", "version": 1, "practice": "yes"}', "practice"),
        ('{"format": "gcp2-casefile", "version": 1, "children": ' + "[" * 100_000, "nested too deeply"),
        ('{"format": "gcp2-casefile", "version": 1, "children": [{"id": "c1"}', "not JSON"),
        (b"\xff\xfe{\x00}\x00", "line 1, column 1: this is not UTF-8"),
    ],
)
def test_a_file_that_is_no_case_file_is_refused_whole(
    gcp2: Gcp2, store: Path, tmp_path: Path, text: str | bytes, said: str
) -> None:
    file = tmp_path / "bad.json"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    ran = gcp2("import", store, file)
    assert (ran.code, ran.out) == (REFUSED, "")
    assert "bad.json" in ran.err
    assert said in ran.err
    assert gcp2("export", store).out == '{"format": "gcp2-casefile", "version": 1}\n'


@pytest.mark.parametrize(
    "bad",
    [
        ("children", {"id": "x", "nickname": "Z"}, "children[1].nickname"),
        ("children", {"id": ""}, "children[1].id"),
        ("children", {"id": "x" * 65}, "children[1].id"),
        ("children", {"id": 5}, "children[1].id"),
        ("children", {"given_names": NAME}, "children[1].id"),
        ("children", None, "children[1]"),
        ("children", {"id": "x", "date_of_birth": "2999-01-01"}, "children[1].date_of_birth"),
        ("children", {"id": "x", "date_of_birth": "2026-02-30"}, "children[1].date_of_birth"),
        ("children", {"id": "x", "carers": [{"person": "nobody"}]}, "children[1].carers[0].person"),
        ("children", {"id": "x", "aliases": [[[[[[[[[[[[[[[[[[["Z"]]]]]]]]]]]]]]]]]]]}, "children[1]"),
        ("children", {**CHILD, "given_names": "Another"}, "children[1]"),
        ("entries", {**NOTE, "kind": "rumour"}, "entries[0].kind"),
        ("entries", {**NOTE, "children": ["nobody"]}, "entries[0].children[0]"),
        ("entries", {**NOTE, "children": []}, "entries[0].children"),
        ("entries", {**NOTE, "data": {"mood": 1}}, "entries[0].data.mood"),
        ("entries", {**NOTE, "when": "2026-02-01T09:00:00"}, "entries[0].when"),
        ("entries", {**NOTE, "when": {"month": "2026-13"}}, "entries[0].when"),
        ("assessments", {**ASSESSMENT, "child": "nobody"}, "assessments[0].child"),
        ("assessments", {**ASSESSMENT, "pack": "../../secrets"}, "assessments[0].pack"),
        ("assessments", {**ASSESSMENT, "pack_version": "9.9.9"}, "assessments[0].pack"),
        ("assessments", {**ASSESSMENT, "state": "nearly"}, "assessments[0].state"),
        ("assessments", {**ASSESSMENT, "window": {"from": "0001-01-01", "to": "0001-01-28"}}, "assessments[0].window"),
        ("assessments", {**ASSESSMENT, "window": {"from": "2026-02-01", "to": "2026-01-01"}}, "assessments[0].window"),
        ("assessments", {**ASSESSMENT, "units": {"A1.a": {"state": "not_applicable"}}}, "assessments[0].units.A1.a"),
        *(
            ("assessments", {**ASSESSMENT, "units": {"A1.a": {"state": "scored", "grade": grade}}}, "units.A1.a")
            for grade in (0, 6, 2.5, "3", True, None)
        ),
    ],
)
def test_a_bad_record_stays_out_and_the_rest_goes_in(
    gcp2: Gcp2, store: Path, case_file: CaseFile, bad: tuple[str, Any, str]
) -> None:
    section, record, place = bad
    sections: dict[str, list[Any]] = {"people": [CARER], "children": [CHILD]}
    sections.setdefault(section, []).append(record)
    ran = gcp2("import", store, case_file(**sections), "--json")
    assert ran.code == 0
    assert ran.err.splitlines()[0].startswith("left out: ")
    assert place in ran.err
    assert NAME not in ran.err
    answer = json.loads(ran.out)
    assert place in answer["quarantined"][0]["path"]
    assert answer["added"] == {"people": 1, "children": 1}


def test_only_when_nothing_goes_in_the_import_is_refused(gcp2: Gcp2, store: Path, case_file: CaseFile) -> None:
    bad = [{"id": "c1", "nickname": "a"}, {"id": "c2", "nickname": "b"}]
    ran = gcp2("import", store, case_file(children=bad, entries=[NOTE]), "--json")
    assert ran.code == REFUSED
    assert "the first of 3 problems" in ran.err
    assert [each["path"] for each in json.loads(ran.out)["quarantined"]] == [
        "children[0].nickname",
        "children[1].nickname",
        "entries[0].children[0]",
    ]
    assert gcp2("import", store, case_file(children=[CHILD])).code == 0
    # What is there already counts as in.
    assert gcp2("import", store, case_file(children=[CHILD, bad[1]])).code == 0


def test_what_points_at_a_bad_record_stays_out_with_it(gcp2: Gcp2, store: Path, case_file: CaseFile) -> None:
    file = case_file(people=[CARER], children=[{**CHILD, "nickname": 1}], entries=[NOTE], assessments=[ASSESSMENT])
    ran = gcp2("import", store, file)
    assert ran.code == 0
    assert [line.split()[2] for line in ran.err.splitlines() if line.startswith("left out")] == [
        "children[0].nickname",
        "entries[0].children[0]",
        "assessments[0].child",
    ]


def test_a_record_said_twice_alike_goes_in_once(gcp2: Gcp2, store: Path, case_file: CaseFile) -> None:
    assert gcp2("import", store, case_file(children=[CHILD, CHILD])).err.startswith("1 added")
    assert "0 left out" in gcp2("import", store, case_file(children=[CHILD, CHILD])).err


def test_an_id_that_is_somebody_else_is_a_clash(gcp2: Gcp2, store: Path, case_file: CaseFile) -> None:
    gcp2("import", store, case_file(children=[CHILD, {"id": "c2"}], entries=[NOTE]))
    other = {**CHILD, "given_names": "Maud", "date_of_birth": "2011-01-01"}
    assert "another name and date of birth" in gcp2("import", store, case_file(children=[other])).err
    assert (
        "another kind"
        in gcp2("import", store, case_file(entries=[{**NOTE, "kind": "event", "data": {"type": "birth"}}])).err
    )
    assert "another child" in gcp2("import", store, case_file(entries=[{**NOTE, "children": ["c2"]}])).err
    renamed = {**CHILD, "given_names": "Maud"}
    for record in (renamed, {**renamed, "date_of_birth": "2011-01-01"}):
        assert gcp2("import", store, case_file(children=[record])).err.startswith("0 added, 1 revised")


def test_odd_values_go_in_with_a_mark(gcp2: Gcp2, store: Path, case_file: CaseFile) -> None:
    ran = gcp2("import", store, case_file(children=[{**CHILD, "nhs_number": "1234567890"}]))
    assert ran.err.startswith("marked: children[0].nhs_number (c1): ")
    assert "1 added" in ran.err
    assert "1234567890" not in ran.err


def test_one_child_goes_out_alone(gcp2: Gcp2, store: Path, case_file: CaseFile) -> None:
    gcp2(
        "import",
        store,
        case_file(children=[CHILD, {"id": "c2", "given_names": "Maud"}], entries=[{**NOTE, "children": ["c1", "c2"]}]),
    )
    document = json.loads(gcp2("export", store, "--child", "c1").out)
    assert [child["id"] for child in document["children"]] == ["c1"]
    assert document["entries"][0]["children"] == ["c1"]
    assert "Maud" not in json.dumps(document)
    ran = gcp2("export", store, "--child", "nobody")
    assert (ran.code, ran.out) == (REFUSED, "")


def test_every_import_and_export_is_in_the_trail(gcp2: Gcp2, store: Path, case_file: CaseFile) -> None:
    gcp2("import", store, case_file(children=[CHILD]))
    gcp2("export", store)
    session = opened_again(store)
    with session.store:
        done = actions(session)
    assert done[:4] == ["unlocked", "case file exported", "unlocked", "case file imported"]


def test_roles_hold_at_the_command_line_too(gcp2: Gcp2, tmp_path: Path, case_file: CaseFile) -> None:
    folder = tmp_path / "shared"
    session = make_session(folder)
    with session.store:
        add_user(session, "manager", Role.SUPERVISOR)
        add_user(session, "worker", Role.PRACTITIONER)
    file = case_file(children=[CHILD])
    ran = gcp2("import", folder, file)
    assert ran.code == REFUSED
    assert "--user" in ran.err
    assert "does not let you work on cases" in gcp2("import", folder, file, "--user", "manager").err
    assert gcp2("import", folder, file, "--user", "WORKER").code == 0
    assert "does not reach every child" in gcp2("export", folder, "--user", "worker").err
    assert "not on your caseload" in gcp2("export", folder, "--user", "worker", "--child", "c1").err
    assert gcp2("export", folder, "--user", "manager").code == 0
    assert "no such sign-in name" in gcp2("export", folder, "--user", "nobody").err


@pytest.mark.parametrize("arguments", [("import",), ("import", "s"), ("export",), ("export", "s", "--child")])
def test_wrong_usage_says_how(gcp2: Gcp2, arguments: tuple[str, ...]) -> None:
    assert gcp2(*arguments).code == WRONG_USAGE


def test_a_file_that_is_not_there_is_refused(gcp2: Gcp2, store: Path, tmp_path: Path) -> None:
    assert "no file" in gcp2("import", store, tmp_path / "none.json").err
    assert "cannot be read" in gcp2("import", store, tmp_path).err


def test_an_export_that_breaks_off_is_in_the_trail_too(gcp2: Gcp2, store: Path, case_file: CaseFile) -> None:
    gcp2("import", store, case_file(children=[CHILD]))
    session = opened_again(store)
    with session.store:
        parts = casefiles.export(session, recipient="", reason="a stick pulled out")
        assert isinstance(next(parts), bytes)
        del parts
        assert actions(session)[0] == "case file exported"
