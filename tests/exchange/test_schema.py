"""The published JSON Schema says what the reader does."""

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gcp2_app.exchange.casefile import CaseFile
from gcp2_app.exchange.schema import FILE_NAME, casefile_schema, schema_text
from gcp2_app.paths import data_folder
from tests.exchange.cases import EXAMPLE, KINDS, family, read, written
from tests.exchange.made_up import case_files

SCHEMA = casefile_schema(KINDS)
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)


def complaints(document: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(document)]


def test_the_published_file_is_the_one_the_types_give() -> None:
    published = (data_folder("forms") / FILE_NAME).read_text(encoding="utf-8")
    assert published == schema_text(KINDS), "run: python -m gcp2_app.exchange.schema"


def test_it_is_a_json_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_the_example_of_the_contract_is_valid() -> None:
    assert complaints(json.loads(EXAMPLE.read_text(encoding="utf-8"))) == []
    assert complaints(family()) == []


@settings(max_examples=40)
@given(case_files)
def test_whatever_is_written_is_valid(case_file: CaseFile) -> None:
    assert complaints(json.loads(written(case_file))) == []


def edited(section: str, key: str, value: Any) -> dict[str, Any]:
    document = family()
    document[section][-1][key] = value
    return document


@pytest.mark.parametrize(
    "document",
    [
        family() | {"version": 2},
        family() | {"pets": []},
        edited("people", "colour", 1),
        edited("people", "id", ""),
        edited("people", "id", "x" * 65),
        edited("people", "date_of_birth", "2019"),
        edited("entries", "kind", "party"),
        edited("entries", "data", {}),
        edited("entries", "data", None),
        edited("entries", "data", {"type": None}),
        edited("entries", "data", {"type": "party"}),
        edited("entries", "data", {"type": "birth", "colour": 1}),
        edited("entries", "children", []),
        edited("entries", "when", {"from": "2026-01-01"}),
        edited("entries", "not_known", {"colour": "why"}),
        edited("assessments", "units", {"A1.a": {"state": "scored", "grade": 2.5}}),
        edited("assessments", "steps", [{"state": "draft", "at": "2026-01-01T10:00:00"}]),
    ],
)
def test_what_the_reader_keeps_out_is_not_valid(document: dict[str, Any]) -> None:
    assert complaints(document)


def test_null_empty_and_reasons_are_valid() -> None:
    assert complaints(edited("people", "date_of_birth", None) | {"households": None}) == []
    assert complaints(edited("people", "learning_need", "")) == []
    unknown = edited("entries", "data", {"type": ""})
    unknown["entries"][-1]["not_known"] = {"type": "the letter does not say"}
    assert complaints(unknown) == []


values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 5),
    st.floats(0, 3).filter(lambda number: not number.is_integer()),
    st.sampled_from(["", "x", "2026-03-14", "2026-02-30", "gp", "diagnosed", "p1"]),
    st.lists(st.sampled_from(["", "x", None, 1]), max_size=2),
    st.dictionaries(st.sampled_from(["state", "source", "on"]), st.sampled_from(["diagnosed", "2026-03-14", None, 1])),
)
sections = {"professionals": "Professional", "people": "Person", "children": "Child", "households": "Household"}
places = [(section, key) for section, name in sections.items() for key in SCHEMA["$defs"][name]["properties"]]


@given(st.sampled_from(places), values)
def test_what_is_valid_is_read_and_what_is_not_is_kept_out(place: tuple[str, str], value: Any) -> None:
    section, key = place
    record = {"id": "x1", key: value}
    document = {"format": "gcp2-casefile", "version": 1, section: [record]}
    shape = [each for each in read(document).quarantined if "no such record" not in each.reason]
    assert bool(complaints(document)) == bool(shape)
