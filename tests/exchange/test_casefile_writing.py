"""What goes out comes in again unchanged, and the same records give the same bytes."""

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings

from gcp2_app.domain.register import Child
from gcp2_app.exchange.casefile import CaseFile, Record, Section
from gcp2_app.exchange.casefile_writing import as_document, write_casefile
from tests.exchange.cases import EXAMPLE, family, read, written
from tests.exchange.made_up import case_files


@settings(max_examples=40)
@given(case_files)
def test_every_record_comes_back_as_it_was(case_file: CaseFile) -> None:
    raw = written(case_file)
    again = read(raw)
    assert again.quarantined == ()
    for section in Section:
        assert again.section(section) == case_file.section(section)
    assert again.practice is case_file.practice
    assert written(again) == raw


def without_blanks(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_blanks(item) for key, item in value.items() if item not in (None, "", [], {})}
    if isinstance(value, list):
        return [without_blanks(item) for item in value]
    return value


def test_the_example_goes_out_with_every_value_it_came_in_with() -> None:
    came_in = without_blanks(json.loads(EXAMPLE.read_text(encoding="utf-8")))
    went_out = json.loads(written(read(EXAMPLE.read_bytes())))
    (assessment,) = went_out["assessments"]
    (before,) = came_in["assessments"]
    assert {key: assessment[key] for key in before} == before
    (entry,) = went_out["entries"]
    assert {key: entry[key] for key in came_in["entries"][0]} == came_in["entries"][0]
    assert entry["revision"] == 1
    for section in ("professionals", "people", "households", "children"):
        assert went_out[section] == came_in[section]


def test_a_value_that_an_absent_key_does_not_mean_is_written_out() -> None:
    document = as_document(read(family()).assessments[0])
    assert document["pack"] == "graded-care"
    assert document["policy"] == "mode-with-override"
    assert document["state"] == "draft"
    assert document["recorded_elsewhere"] is False
    assert "analysis" not in document


def test_keys_that_are_not_fixed_stand_in_order() -> None:
    document = family()
    document["assessments"][0]["units"] = {
        code: {"state": "scored", "grade": 2} for code in ("B2", "A1.b", "A1.a", "A4")
    }
    assert list(json.loads(written(read(document)))["assessments"][0]["units"]) == ["A1.a", "A1.b", "A4", "B2"]


def test_records_are_written_one_by_one_as_they_are_asked_for() -> None:
    asked: list[int] = []

    def children() -> Iterator[Record]:
        for number in range(1000):
            asked.append(number)
            yield Child(id=f"c{number}")

    stream = write_casefile({Section.CHILDREN: children()})
    assert next(stream).startswith(b'{"format": "gcp2-casefile", "version": 1')
    next(stream)
    assert len(asked) == 1
    rest = b"".join(stream)
    assert rest.endswith(b"]}\n")
    assert len(asked) == 1000


def test_an_empty_case_file_is_one_too() -> None:
    raw = b"".join(write_casefile({}, practice=True))
    assert json.loads(raw) == {"format": "gcp2-casefile", "version": 1, "practice": True}
    assert read(raw).practice
