"""Packs are read whole or refused with file, place and mend."""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from gcp2_app.domain.instrument import GateCondition, LicenceKind, Policy, Subject, Threshold
from gcp2_app.errors import BadFile, InvalidValue, NotFound
from gcp2_app.forms.packs import check_pack, find_pack, load_pack, read_pack, shipped_pack, shipped_packs
from gcp2_app.forms.tables import MAX_BYTES

MINIMAL = """\
format = "gcp2-pack"
format_version = 1
id = "small"
version = "1.2.0"
title = "Small record"
short_title = "Small"
language = "en-GB"
subject = "child"
policy = "mode-with-override"
caution = ""
standing_note = "A good profile dismisses nothing."
source = "Made up for tests."

[licence]
kind = "open"
holder = "Nobody"
copyright = "None"

[thresholds]
watch_from = 2
alert_from = 3
override_from = 3

[window]
default_days = 28
reason_beyond_days = 42
review_after_days = 90

[targets]
never_worse_than = 2
supervisor_reason_at = 3
baby_under_months = 12

[[grades]]
value = 1
label = "Met"
needs = "met"
commitment = "first"
quality = "good"
[[grades]]
value = 2
label = "Partly met"
needs = "partly met"
commitment = "level"
quality = "fair"
[[grades]]
value = 3
label = "Not met"
needs = "not met"
commitment = "last"
quality = "poor"

[[bands]]
code = "young"
label = "Young"
from_months = 0
to_months = 60
[[bands]]
code = "old"
label = "Old"
from_months = 60

[[areas]]
code = "A"
label = "Care"
about = "Care."

[[areas.subareas]]
code = "A1"
label = "Food"
about = "Food."

[[areas.subareas.units]]
code = "A1.a"
label = "Quality"
prompt = "Is it good?"
look_for = ["Plates", "Cups"]
guidance = "Look."
author = "tester"
written_on = 2026-11-23

[[areas.subareas.units.descriptors]]
label = "Young"
from_months = 0
to_months = 60
grades = ["good", "fair", "poor"]
[[areas.subareas.units.descriptors]]
label = "Old"
from_months = 60
grades = ["good", "fair", "poor"]

[[areas.subareas]]
code = "A2"
label = "Warmth"
about = "Warmth."

[[areas.subareas.units]]
code = "A2"
label = "Warmth"
prompt = "Is it warm?"
look_for = ["Heating"]
guidance = "Feel."
author = "tester"
written_on = 2026-11-23
may_rest_on = "A1"
[[areas.subareas.units.descriptors]]
grades = ["warm", "cool", "cold"]
"""


def refusal(text: str) -> BadFile:
    with pytest.raises(BadFile) as caught:
        read_pack(text.encode(), "small.toml")
    return caught.value


def test_a_small_pack_becomes_a_value() -> None:
    pack = read_pack(MINIMAL.encode(), "small.toml")
    assert (pack.id, pack.version, pack.subject, pack.policy) == (
        "small",
        "1.2.0",
        Subject.CHILD,
        Policy.MODE_WITH_OVERRIDE,
    )
    assert pack.sha256 == hashlib.sha256(MINIMAL.encode()).hexdigest()
    assert pack.licence.kind is LicenceKind.OPEN
    assert [grade.value for grade in pack.grades] == [1, 2, 3]
    unit = pack.units_in("old")["A1.a"]
    assert unit.descriptors[1].holds(60)
    assert not unit.descriptors[0].holds(60)
    assert pack.subareas["A2"].units[0].may_rest_on == "A1"


def test_a_byte_order_mark_does_no_harm() -> None:
    assert read_pack(b"\xef\xbb\xbf" + MINIMAL.encode(), "small.toml").id == "small"


Edit = Callable[[str], str]


def change(before: str, after: str, count: int = 1) -> Edit:
    def edit(text: str) -> str:
        assert before in text
        return text.replace(before, after, count)

    return edit


# Each: what is done to the pack, where the refusal points, a piece of what it says.
BROKEN: dict[str, tuple[Edit, str, str]] = {
    "another format": (change("gcp2-pack", "gcp2-policy"), "format", "not “gcp2-pack”"),
    "a later format": (change("format_version = 1", "format_version = 2"), "format_version", "version 1"),
    "format as text": (change("format_version = 1", 'format_version = "1"'), "format_version", "missing"),
    "unknown key at the top": (change("[licence]", "colour = 1\n[licence]"), "colour", "not known"),
    "unknown key in a unit": (
        change("[[areas.subareas.units.descriptors]]", "weight = 3\n[[areas.subareas.units.descriptors]]"),
        "areas[0].subareas[0].units[0].weight (A1.a)",
        "not known",
    ),
    "missing key": (change('prompt = "Is it good?"\n', ""), "units[0].prompt (A1.a)", "missing"),
    "wrong type": (change('label = "Quality"', "label = 3"), "units[0].label (A1.a)", "expected text"),
    "unknown policy": (change('"mode-with-override"', '"mean"'), "policy", "not one of the values"),
    "fraction": (change("value = 2", "value = 2.5"), "grades[1].value", "whole number"),
    "bad id": (change('"small"', '"Small Pack"'), "id", "not a pack’s name".replace("’", "'")),
    "bad version": (change('"1.2.0"', '"1.2"'), "version", "not a version"),
    "grades out of order": (change("value = 2", "value = 4"), "grades[2].value", "3 follows 4"),
    "grade twice": (change("value = 2", "value = 1"), "grades[1].value", "1 follows 1"),
    "grade below one": (change("value = 1\n", "value = 0\n"), "grades", "between 1 and 1000"),
    "labels alike": (change('"Partly met"', '"MET"'), "grades[1].label", "same as number 1"),
    "threshold off the scale": (change("override_from = 3", "override_from = 4"), "override_from", "not a grade"),
    "target off the scale": (change("never_worse_than = 2", "never_worse_than = 9"), "never_worse_than", "not a grade"),
    "watch after alert": (
        lambda text: change("alert_from = 3", "alert_from = 2")(change("watch_from = 2", "watch_from = 3")(text)),
        "thresholds.watch_from",
        "worse than alert_from",
    ),
    "no window": (change("default_days = 28", "default_days = 0"), "window.default_days", "too few"),
    "reason before the end": (change("beyond_days = 42", "beyond_days = 20"), "window.reason_beyond_days", "too few"),
    "band gap": (
        change("from_months = 60\n\n[[areas]]", "from_months = 61\n\n[[areas]]"),
        "bands[1]",
        "no text or band",
    ),
    "band overlap": (change("from_months = 60\n\n[[areas]]", "from_months = 59\n\n[[areas]]"), "bands[1]", "overlaps"),
    "band inside out": (change("to_months = 60", "to_months = 0"), "bands[0].to_months", "before it begins"),
    "late start": (change("from_months = 0", "from_months = 6"), "bands[0].from_months", "0 to 6"),
    "early end": (change("from_months = 60", "from_months = 60\nto_months = 216"), "bands[1].to_months", "216"),
    "open band first": (change("to_months = 60\n", ""), "bands[1]", "has no end"),
    "band twice": (change('code = "old"', 'code = "young"'), "bands[1].code", "same as number 1"),
    "unit of another sub-area": (change('"A1.a"', '"A3.a"'), "units[0].code", "not a unit of A1"),
    "unit with a dot too many": (change('"A1.a"', '"A1.a.b"'), "units[0].code", "not a unit of A1"),
    "sub-area with a dot": (change('code = "A2"', 'code = "A.2"'), "subareas[1].code", "dot"),
    "sub-area twice": (change('code = "A2"', 'code = "A1"'), "subareas[1].code", "also"),
    "rests on itself": (change('may_rest_on = "A1"', 'may_rest_on = "A2"'), "may_rest_on (A2)", "another sub-area"),
    "rests on nothing": (change('may_rest_on = "A1"', 'may_rest_on = "Z"'), "may_rest_on (A2)", "another sub-area"),
    "unknown band": (change('may_rest_on = "A1"', 'bands = ["teen"]'), "bands[0] (A2)", "not a band"),
    "wait without may_not_apply": (change('may_rest_on = "A1"', "known_for_months = 3"), "known_for_months", "may_not"),
    "nothing to look for": (change('["Heating"]', "[]"), "look_for (A2)", "nothing to look for"),
    "look for the same": (change('["Plates", "Cups"]', '["Plates", "plates "]'), "look_for (A1.a)", "same as"),
    "a text too few": (change('["warm", "cool", "cold"]', '["warm", "cold"]'), "grades (A2)", "2 texts for 3"),
    "texts alike": (change('["warm", "cool", "cold"]', '["warm", "cool", "Cool"]'), "grades (A2)", "same as number 2"),
    "empty text": (change('"cool"', '" "'), "grades[1] (A2)", "empty"),
    "empty title": (change('"Small record"', '""'), "title", "empty"),
    "empty holder": (change('"Nobody"', '""'), "licence.holder", "empty"),
    "ages without a text": (
        change("from_months = 60\ngrades", "from_months = 72\ngrades"),
        "descriptors[1].from_months (A1.a)",
        "60 to 72",
    ),
    "old age without a text": (
        change("from_months = 60\ngrades", "from_months = 60\nto_months = 72\ngrades"),
        "descriptors[1].to_months (A1.a)",
        "72 months and over",
    ),
    "ages without a name": (
        change('label = "Old"\nfrom_months = 60\ngrades', "from_months = 60\ngrades"),
        "label",
        "ages",
    ),
    "open with a course": (change('kind = "open"', 'kind = "open"\ncourse = "x"'), "licence", "open pack"),
    "licensed without area": (change('kind = "open"', 'kind = "licensed"'), "licence.area", "names its area"),
    "no bands": (
        lambda text: re.sub(r"\[\[bands\]\][^\[]*", "", text).replace("[licence]", "bands = []\n[licence]"),
        "bands",
        "band",
    ),
    "no areas": (
        lambda text: text[: text.index("[[areas]]")].replace("[licence]", "areas = []\n[licence]"),
        "areas",
        "area",
    ),
}


UNBORN = (
    MINIMAL.replace('subject = "child"', 'subject = "unborn"\nnext_pack = "big"')
    .replace('label = "Young"\nfrom_months = 0', 'label = "Young"\nfrom_months = -10', 1)
    .replace("from_months = 60\n\n[[areas]]", "from_months = 60\nto_months = 90\n\n[[areas]]")
    + """
[[areas]]
code = "B"
label = "Later"
about = "Later."
[[areas.subareas]]
code = "B1"
label = "Sleep"
about = "Sleep."
[[areas.subareas.units]]
code = "B1"
label = "Sleep"
prompt = "Is it quiet?"
look_for = ["Bed"]
guidance = "Listen."
author = "tester"
written_on = 2026-11-23
[[areas.subareas.units.descriptors]]
grades = ["quiet", "noisy", "loud"]

[[gates]]
area = "B"
opens_by = "concern"
concern_in = "A"
concern_from = "alert_from"
by_judgement = true
"""
)

BROKEN_GATES: dict[str, tuple[Edit, str, str]] = {
    "gate of nothing": (change('[[gates]]\narea = "B"', '[[gates]]\narea = "Z"'), "gates[0].area", "not an area"),
    "two gates of one area": (
        lambda text: text + '\n[[gates]]\narea = "B"\nopens_by = "birth"\n',
        "gates",
        "same as number 1",
    ),
    "every area closed": (
        lambda text: text + '\n[[gates]]\narea = "A"\nopens_by = "birth"\n',
        "gates",
        "every area is closed",
    ),
    "concern in itself": (change('concern_in = "A"', 'concern_in = "B"'), "gates[0].concern_in", "open from the start"),
    "concern nowhere": (change('concern_in = "A"\n', ""), "gates[0].concern_in", "open from the start"),
    "concern without a threshold": (change('concern_from = "alert_from"\n', ""), "gates[0].concern_from", "missing"),
    "another threshold": (change('"alert_from"', '"panic_from"'), "gates[0].concern_from", "not one of the values"),
    "another condition": (change('"concern"', '"a > 3"'), "gates[0].opens_by", "not one of the values"),
    "concern at a birth": (change('"concern"', '"birth"'), "gates[0]", "go with concern only"),
    "birth of a born child": (
        lambda text: change('"unborn"\nnext_pack = "big"', '"child"')(
            change("to_months = 90\n", "")(change('"concern"', '"birth"')(text))
        ),
        "gates[0].opens_by",
        "no birth is awaited",
    ),
    "nothing takes over": (change('next_pack = "big"\n', ""), "next_pack", "no pack takes over"),
    "takes over from itself": (change('"big"', '"small"'), "next_pack", "another pack"),
    "takes over too early": (change("to_months = 90\n", ""), "next_pack", "another pack"),
    "a child's pack ends": (change('"unborn"\nnext_pack = "big"', '"child"'), "bands[1].to_months", "90"),
}


@pytest.mark.parametrize("name", BROKEN_GATES)
def test_a_broken_gate_is_refused_with_file_place_and_mend(name: str) -> None:
    edit, place, words = BROKEN_GATES[name]
    error = refusal(edit(UNBORN))
    assert place in error.place
    assert words in error.message
    assert error.mend


def test_gates_and_months_before_birth_are_read() -> None:
    pack = read_pack(UNBORN.encode(), "small.toml")
    assert pack.subject is Subject.UNBORN
    assert [(gate.area, gate.opens_by, gate.concern_in, gate.by_judgement) for gate in pack.gates] == [
        ("B", GateCondition.CONCERN, "A", True)
    ]
    assert pack.gates[0].concern_from is Threshold.ALERT_FROM
    assert (pack.next_pack, pack.bands[-1].to_months) == ("big", 90)
    assert [pack.band_at(months).code for months in (-10, -1, 0, 60, 89)] == ["young"] * 3 + ["old"] * 2
    for months in (-11, 90):
        with pytest.raises(InvalidValue, match="no age band"):
            pack.band_at(months)


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_pack_is_refused_with_file_place_and_mend(name: str) -> None:
    edit, place, words = BROKEN[name]
    error = refusal(edit(MINIMAL))
    assert error.file == "small.toml"
    assert place in error.place
    assert words in error.message
    assert error.mend


def test_a_unit_code_may_come_again_in_another_band_only() -> None:
    again = """
[[areas.subareas.units]]
code = "A2"
label = "Warmth again"
prompt = "Warm?"
look_for = ["Coats"]
guidance = "Feel."
author = "tester"
written_on = 2026-11-23
bands = ["old"]
[[areas.subareas.units.descriptors]]
grades = ["warm", "cool", "cold"]
"""
    error = refusal(MINIMAL + again)
    assert (error.place, "same band" in error.message) == ("areas[0].subareas[1].units[1].code", True)
    apart = change('may_rest_on = "A1"', 'bands = ["young"]')(MINIMAL) + again
    pack = read_pack(apart.encode(), "small.toml")
    assert pack.units_in("young")["A2"].label == "Warmth"
    assert pack.units_in("old")["A2"].label == "Warmth again"
    beside = MINIMAL + again.replace('"A2"', '"A2.a"')
    assert "scored itself" in refusal(beside).message


def test_a_unit_of_two_bands_apart_needs_texts_for_both() -> None:
    three = change("[[areas]]", '[[bands]]\ncode = "older"\nlabel = "Older"\nfrom_months = 120\n\n[[areas]]')(
        change("from_months = 60\n\n", "from_months = 60\nto_months = 120\n\n")(MINIMAL)
    )
    assert "A2" in read_pack(three.encode(), "small.toml").units_in("older")
    ends = change('grades = ["warm"', 'to_months = 60\ngrades = ["warm"')(three)
    assert "(A2)" in refusal(ends).place


def test_toml_that_is_wrong_names_the_line() -> None:
    error = refusal(MINIMAL.replace('title = "Small record"', "title = Small record"))
    assert error.place.startswith("line 5, column ")
    assert "not TOML" in error.message


def test_toml_that_stops_short_says_so() -> None:
    assert refusal(MINIMAL + '\n"').place == "its end"


def test_text_in_another_encoding_names_the_line() -> None:
    with pytest.raises(BadFile, match="not UTF-8") as caught:
        read_pack(MINIMAL.replace("Small record", "Smäll record").encode("latin-1"), "small.toml")
    assert caught.value.place == "line 5"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\x01\x02",
        b"a = " + b"[" * 100_000,
        b"a = " + b"9" * 100_000,
        b"[a]\n" + b"x." * 50_000 + b"y = 1",
        b"a = {" + b"'x' . " * 50_000 + b"y = 1}",
        b"a" * 1_000_000,
        b'"' * 1_000_000,
        b'a = "unterminated',
        b"\xff\xfe",
    ],
    ids=[
        "empty",
        "binary",
        "deep",
        "long number",
        "long key",
        "long inline key",
        "long word",
        "quotes",
        "unterminated",
        "utf-16",
    ],
)
def test_a_hostile_file_is_refused(raw: bytes) -> None:
    with pytest.raises(BadFile):
        read_pack(raw, "hostile.toml")


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.toml"
    path.write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(BadFile, match="larger than 2 MiB"):
        load_pack(path)


def test_what_is_not_there_or_not_a_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="There is no file"):
        load_pack(tmp_path / "none.toml")
    with pytest.raises(BadFile, match="cannot be read"):
        load_pack(tmp_path)
    with pytest.raises(NotFound, match="There is no file"):
        find_pack(tmp_path / "none.toml")


def put(folder: Path, id_: str, version: str, text: str | None = None) -> Path:
    path = folder / id_ / f"{version}.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text or MINIMAL.replace('"small"', f'"{id_}"').replace('"1.2.0"', f'"{version}"'), encoding="utf-8")
    return path


def test_packs_are_found_by_name_and_version(tmp_path: Path) -> None:
    for version in ("1.10.0", "1.9.0"):
        put(tmp_path, "small", version)
    put(tmp_path, "other", "1.0.0")
    (tmp_path / "entries").mkdir()
    (tmp_path / "entries" / "note.toml").write_text("x = 1")
    found = [(pack.id, pack.version) for pack in shipped_packs(tmp_path)]
    assert found == [("other", "1.0.0"), ("small", "1.9.0"), ("small", "1.10.0")]
    assert find_pack("small", folder=tmp_path).version == "1.10.0"
    assert find_pack("small", "1.9.0", folder=tmp_path).version == "1.9.0"
    assert find_pack("small", folder=tmp_path) is find_pack("small", folder=tmp_path)
    with pytest.raises(NotFound, match=r"versions here are: 1\.9\.0, 1\.10\.0"):
        find_pack("small", "2.0.0", folder=tmp_path)
    with pytest.raises(NotFound, match="other, small"):
        find_pack("large", folder=tmp_path)
    assert find_pack(tmp_path / "other" / "1.0.0.toml").id == "other"
    assert find_pack(str(tmp_path / "other" / "1.0.0.toml")).id == "other"


def test_a_stored_record_names_a_pack_and_never_a_path(tmp_path: Path) -> None:
    path = put(tmp_path, "small", "1.2.0")
    for name in (str(path), "../small", "small/1.2.0.toml"):
        with pytest.raises(NotFound):
            shipped_pack(name, "1.2.0", folder=tmp_path)
    with pytest.raises(NotFound):
        shipped_pack("small", "../../small/1.2.0", folder=tmp_path)


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    path = put(tmp_path, "small", "1.2.0")
    assert find_pack(path).title == "Small record"
    path.write_text(path.read_text(encoding="utf-8").replace("Small record", "A smaller record"), encoding="utf-8")
    assert find_pack(path).title == "A smaller record"


def test_in_the_forms_folder_the_name_of_the_file_is_the_version(tmp_path: Path) -> None:
    text = MINIMAL
    with pytest.raises(BadFile, match=r"Name the file 1\.2\.0\.toml") as caught:
        load_pack(put(tmp_path, "small", "1.3.0", text), folder=tmp_path)
    assert caught.value.place == "version"
    with pytest.raises(BadFile, match="Name the folder small"):
        load_pack(put(tmp_path, "large", "1.2.0", text), folder=tmp_path)
    elsewhere = tmp_path / "deep" / "down"
    elsewhere.mkdir(parents=True)
    (elsewhere / "draft.toml").write_text(text, encoding="utf-8")
    assert load_pack(elsewhere / "draft.toml", folder=tmp_path).version == "1.2.0"


def test_a_check_finds_everything_that_is_wrong(tmp_path: Path) -> None:
    assert check_pack(put(tmp_path, "small", "1.2.0"), folder=tmp_path) == ()
    broken = MINIMAL.replace('"cool"', '""').replace("override_from = 3", "override_from = 7").replace("Heating", " ")
    places = [error.place for error in check_pack(put(tmp_path, "small", "1.2.0", broken), folder=tmp_path)]
    assert len(places) == 3
    assert "thresholds.override_from" in places
    (error,) = check_pack(put(tmp_path, "small", "1.2.1", MINIMAL), folder=tmp_path)
    assert error.place == "version"
    (error,) = check_pack(put(tmp_path, "small", "1.2.0", "= 1"), folder=tmp_path)
    assert error.place.startswith("line 1")


def test_a_licensed_pack_names_area_last_day_and_course() -> None:
    licence = 'kind = "licensed"\narea = "Anywhere"\nexpires = 2027-03-31\ncourse = "gcp2"'
    pack = read_pack(MINIMAL.replace('kind = "open"', licence).encode(), "small.toml")
    assert (pack.licence.area, str(pack.licence.expires), pack.licence.course) == ("Anywhere", "2027-03-31", "gcp2")
    for key in ("expires", "course"):
        error = refusal(MINIMAL.replace('kind = "open"', "\n".join(x for x in licence.split("\n") if key not in x)))
        assert error.place == f"licence.{key}"


@pytest.mark.parametrize("mark", ["u202E", "u2066", "u0007", "u001B"])
@pytest.mark.parametrize("key", ["title", "caution"])
def test_a_text_with_marks_that_are_not_seen_is_refused(tmp_path: Path, mark: str, key: str) -> None:
    text, times = re.subn(rf'(?m)^{key} = ".*"$', lambda _: f'{key} = "Small \\{mark}record"', MINIMAL, count=1)
    assert times == 1
    path = tmp_path / "1.2.0.toml"
    path.write_text(text, encoding="utf-8")
    (error,) = check_pack(path)
    assert f"{key}: this text holds a mark that is not seen" in str(error)
