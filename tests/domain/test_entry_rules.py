"""What is settled of an entry without asking: the third-party mark, its date, and what is left of one made in error."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from gcp2_app.domain.entered_in_error import sealed
from gcp2_app.domain.entries import AgencyRecord, EnteredInError, Entry, Source
from gcp2_app.domain.entry_times import counts_from, own_when
from gcp2_app.domain.kinds import check_data
from gcp2_app.domain.register import Agency, Professional
from gcp2_app.domain.third_party import is_third_party_by_default
from gcp2_app.domain.when import When
from gcp2_app.forms.entry_kinds import load_kinds

ME = Professional(id="w1", name="Jo Lane", role="social worker", agency=Agency.CHILDRENS_SOCIAL_CARE)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("source", "marked"),
    [
        (None, False),
        (Source(name="somebody"), False),
        (Source(name="jo lane ", agency=Agency.CHILDRENS_SOCIAL_CARE), False),
        (Source(agency=Agency.CHILDRENS_SOCIAL_CARE), False),
        (Source(name="Kit Hill", agency=Agency.CHILDRENS_SOCIAL_CARE), True),
        (Source(agency=Agency.NEIGHBOUR), True),
        (Source(agency=Agency.RELATIVE), True),
        (Source(agency=Agency.ANONYMOUS), True),
        (Source(agency=Agency.SCHOOL), True),
    ],
)
def test_the_third_party_mark_stands_on_what_others_said(source: Source | None, marked: bool) -> None:
    assert is_third_party_by_default(source, ME) is marked


def test_a_neighbour_stays_a_third_party_even_for_one_who_records_as_such() -> None:
    odd = Professional(id="w2", agency=Agency.NEIGHBOUR)
    assert is_third_party_by_default(Source(agency=Agency.NEIGHBOUR), odd)


@pytest.mark.parametrize(
    ("kind", "data", "raw"),
    [
        ("note", {}, None),
        ("action", {"what": "x"}, None),
        ("action", {"agreed_on": "2026-03-14", "due": "2026-04-01"}, "2026-03-14"),
        ("admission", {"admitted": "2026-03-14T09:30:00+00:00"}, "2026-03-14T09:30:00+00:00"),
        ("attendance", {"from": "2026-01-05", "to": "2026-02-13"}, {"from": "2026-01-05", "to": "2026-02-13"}),
        ("attendance", {"from": "2026-03-05", "to": "2026-02-13"}, "2026-03-05"),
        ("attendance", {"from": "2026-01-05"}, "2026-01-05"),
        ("support", {"from": "2026-01-05", "to": "2026-02-13"}, "2026-01-05"),
        ("action", {"agreed_on": "soon"}, None),
    ],
)
def test_the_date_of_an_entry_is_the_one_its_own_fields_say(kind: str, data: dict[str, Any], raw: Any) -> None:
    when = own_when(load_kinds()[kind], data)
    assert (None if when is None else when.raw) == raw


@pytest.mark.parametrize(
    ("when", "known", "first"),
    [
        ("2026-03-02", None, date(2026, 3, 2)),
        ("2026-03-15", None, date(2026, 3, 15)),
        ("2026-03-16", None, date.min),  # Filed under its own day: since when it is planned was not written down.
        ("2026-03-20", None, date.min),
        (None, None, date.min),
        ("2026-03-16", "2026-03-05", date(2026, 3, 5)),
    ],
)
@pytest.mark.parametrize("field", ["planned_for", "due"])
def test_a_planned_meeting_counts_from_the_day_it_was_asked_for(
    field: str, when: str | None, known: str | None, first: date
) -> None:
    happened, told = (None if day is None else When(day) for day in (when, known))
    assert counts_from("meeting", {field: "2026-03-16"}, happened, told, None) == first


def test_of_a_meeting_that_is_due_and_planned_the_earlier_day_decides() -> None:
    both = {"due": "2026-03-10", "planned_for": "2026-03-16"}
    assert counts_from("meeting", both, When("2026-03-12"), None, None) == date.min
    assert counts_from("meeting", both, When("2026-03-09"), None, None) == date(2026, 3, 9)


@pytest.mark.parametrize("code", list(load_kinds()))
def test_what_is_left_of_an_entry_made_in_error_holds_nothing_of_it_and_is_whole(code: str) -> None:
    kind, error = load_kinds()[code], EnteredInError(by="w1", at=NOW, reason="wrong child")
    entry = Entry(
        id="e1",
        kind=code,
        children=("c1",),
        relevance={"c1": "secret"},
        when=When("2026-03-14"),
        recorded_at=NOW,
        recorded_by="w1",
        source=Source(name="secret", agency=Agency.GP),
        what="secret",
        agency_record=AgencyRecord(reference="LCS 1"),
        data={"secret": "secret"},
        revision=3,
    )
    left = sealed(entry, kind, error)
    assert "secret" not in repr(left)
    assert (left.id, left.kind, left.children, left.recorded_by) == ("e1", code, ("c1",), "w1")
    assert (left.revision, left.entered_in_error, left.agency_record) == (4, error, AgencyRecord(reference="LCS 1"))
    check_data(kind, left.data, not_known=left.not_known)


def test_a_kind_that_is_gone_seals_too() -> None:
    error = EnteredInError(by="w1", at=NOW, reason="wrong child")
    assert sealed(Entry(id="e1", kind="gone", what="secret"), None, error).what == ""
