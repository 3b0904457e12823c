"""A case file moves through time by whole weeks, births included."""

import dataclasses
import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gcp2_app.domain.entries import Entry
from gcp2_app.exchange.casefile import CaseFile, Record
from gcp2_app.exchange.shift import moved, weeks_to
from tests.exchange.cases import EXAMPLE, KINDS, TODAY, family, read, written
from tests.exchange.made_up import case_files

DAY = re.compile(rb"\d{4}-\d{2}-\d{2}")


def dates_in(raw: bytes) -> list[date]:
    return [date.fromisoformat(found.decode()) for found in DAY.findall(raw)]


def test_every_date_of_the_example_moves() -> None:
    case_file = read(EXAMPLE.read_bytes())
    before, after = dates_in(written(case_file)), dates_in(written(moved(case_file, KINDS, 10)))
    assert len(before) > 15
    assert after == [day + timedelta(weeks=10) for day in before]


def test_dates_inside_data_move_and_other_texts_stay() -> None:
    document = family()
    document["entries"] = [
        {
            "id": "e1",
            "kind": "admission",
            "children": ["c1"],
            "when": {"about": "2026-01"},
            "what": "Told on 2026-01-01",
            "data": {
                "hospital": "Ward 2026-01-01",
                "admitted": "2026-01-01T10:00:00+00:00",
                "expected": [{"date": "2026-01-03", "said_on": "2026-01-01"}, {"date": "2026-01-05"}],
            },
        }
    ]
    (entry,) = moved(read(document), KINDS, 1).entries
    assert entry.data == {
        "hospital": "Ward 2026-01-01",
        "admitted": "2026-01-08T10:00:00+00:00",
        "expected": [{"date": "2026-01-10", "said_on": "2026-01-08"}, {"date": "2026-01-12"}],
    }
    assert entry.what == "Told on 2026-01-01"
    assert entry.when is not None
    assert entry.when.raw == {"about": "2026-01"}


@settings(max_examples=30)
@given(case_files, st.integers(0, 600))
def test_there_and_back_again_is_where_it_was(case_file: CaseFile, weeks: int) -> None:
    there = moved(case_file, KINDS, weeks)
    for before, after in zip(case_file.children, there.children, strict=True):
        if before.date_of_birth is not None:
            assert after.date_of_birth == before.date_of_birth + timedelta(weeks=weeks)
    assert _exact(moved(there, KINDS, -weeks)) == _exact(case_file)


def _exact(case_file: CaseFile) -> list[Record]:
    """Return the records without the shapes of a month or a year, which move by whole months only."""
    return [
        dataclasses.replace(record, when=None, known=None) if isinstance(record, Entry) else record
        for _, record in case_file.records()
    ]


@pytest.mark.parametrize("last", ["2026-11-17", "2026-11-23", "2020-02-29", "2027-01-01"])
def test_the_last_entry_comes_to_fall_in_the_last_seven_days(last: str) -> None:
    document = family()
    document["entries"][2]["when"] = {"from": "2019-01-01", "to": last}
    case_file = read(document)
    there = moved(case_file, KINDS, weeks_to(case_file, TODAY))
    days = [entry.when.last for entry in there.entries if entry.when is not None and entry.when.last is not None]
    assert TODAY - timedelta(days=6) <= max(days) <= TODAY
    assert max(days).weekday() == max(date.fromisoformat(last), date(2026, 2, 1)).weekday()


def test_a_file_without_dated_entries_stays_where_it_is() -> None:
    assert weeks_to(CaseFile(), TODAY) == 0
