"""Case files of synthetic people for the tests of the exchange."""

import copy
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from gcp2_app.exchange.casefile import CaseFile, Record, Section
from gcp2_app.exchange.casefile_reading import read_casefile
from gcp2_app.exchange.casefile_writing import write_casefile
from gcp2_app.forms.entry_kinds import load_kinds

TODAY = date(2026, 11, 23)
KINDS = load_kinds()
#: The example of the format's contract, word for word.
EXAMPLE = Path(__file__).parents[1] / "data" / "casefile-example.json"

_FAMILY: dict[str, Any] = {
    "format": "gcp2-casefile",
    "version": 1,
    "professionals": [{"id": "w1", "name": "Ada Worker"}, {"id": "w2", "name": "Sam Senior"}],
    "people": [{"id": "p1", "name": "Pat Parent"}],
    "children": [
        {"id": "c1", "given_names": "Kit", "family_name": "Parent", "carers": [{"person": "p1"}]},
        {"id": "c2", "given_names": "Lou", "family_name": "Parent"},
    ],
    "households": [{"id": "h1", "members": [{"who": "p1"}, {"who": "c1"}]}],
    "entries": [
        {"id": "e1", "kind": "note", "children": ["c1"], "when": "2026-02-01", "data": {"concern": True}},
        {
            "id": "e2",
            "kind": "challenge",
            "children": ["c1"],
            "data": {"about": "e1", "stage": 1, "stage_started": "2026-02-02"},
        },
        {"id": "e3", "kind": "event", "children": ["c2"], "data": {"type": "birth"}},
    ],
    "assessments": [
        {
            "id": "a1",
            "child": "c1",
            "carers": ["p1"],
            "assessors": ["w1"],
            "units": {"A1.a": {"state": "scored", "grade": 3}},
        }
    ],
}


def family() -> dict[str, Any]:
    """Return a small family that reads without a word, to be broken by the test."""
    return copy.deepcopy(_FAMILY)


def read(document: Any, **more: Any) -> CaseFile:
    """Return what is read from a document, or from bytes."""
    raw = document if isinstance(document, bytes) else json.dumps(document).encode()
    return read_casefile(raw, "case.json", KINDS, today=more.pop("today", TODAY), **more)


def written(case_file: CaseFile) -> bytes:
    """Return a case file's bytes."""
    sections: Mapping[Section, tuple[Record, ...]] = {section: case_file.section(section) for section in Section}
    return b"".join(write_casefile(sections, practice=case_file.practice))


def ids(case_file: CaseFile) -> set[str]:
    """Return the ids of all records that were taken."""
    return {record.id for _, record in case_file.records()}
