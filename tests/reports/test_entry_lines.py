"""An entry in words: every sort of field, what is not known, and a kind that is not declared any more."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from gcp2_app.domain.entries import Entry, Source, Theme
from gcp2_app.domain.entry_fields import COMMON, label_of
from gcp2_app.domain.kinds import Item, ItemType, Option, RecordKind
from gcp2_app.domain.plans.meeting_list import planned_words
from gcp2_app.domain.register import Agency
from gcp2_app.domain.when import When
from gcp2_app.forms.entry_kinds import load_kinds
from gcp2_app.reports.entry_lines import entry_lines, in_one_line, source_words, value_words

NAMES = {"c1": "Robin", "c2": "Fern", "p1": "Rose Ash", "e1": "Medicine, 3 March 2026"}
ENTRY = Entry(
    id="e9",
    kind="meeting",
    children=("c1", "c2", "c3"),
    relevance={"c2": "Fern is worried."},
    when=When({"month": "2026-03"}),
    known=When("2026-04-01"),
    recorded_at=datetime(2026, 4, 1, tzinfo=UTC),
    source=Source(name="Jo Lane", role="social worker", agency=Agency.CHILDRENS_SOCIAL_CARE),
    what="They met.",
    impact="Robin sleeps.",
    themes=(Theme.MEDICAL, Theme.STRENGTH),
    significance="high",
    third_party=True,
    harm_if_disclosed=False,
    withheld_from=("p1", "p9"),
    not_known={"chair": "the page is torn"},
    data={
        "type": "core_group",
        "held": "2026-03-04T13:00:00+00:00",
        "quorate": False,
        "invited": [{"role": "mother", "name": "Rose", "attended": True}, {"name": "Dean", "role": ""}],
        "reports_received": ["school", "nursery"],
        "decisions_per_child": {"c1": "Nursery", "c9": "Mentor"},
    },
)


def test_an_entry_reads_in_one_order_with_everything_it_says() -> None:
    lines = [(line.label, line.text) for line in entry_lines(ENTRY, load_kinds()["meeting"], NAMES)]
    assert lines == [
        ("When it happened", "March 2026"),
        ("What happened", "They met."),
        ("Which meeting?", "Core group"),
        ("Held on", "4 March 2026, 13:00"),
        ("Chair", "Not known: the page is torn"),
        ("Quorate?", "No"),
        ("People invited", "Role: mother; Name: Rose; Attended? Yes\nName: Dean"),
        ("Reports received", "school\nnursery"),
        ("Decisions for each child", "Robin: Nursery\nc9: Mentor"),
        ("What it means for the child", "Robin sleeps."),
        ("Themes", "Medical, Strength"),
        ("How much it matters", "High"),
        ("Who this comes from", "Jo Lane, social worker, children’s social care"),
        ("When it became known", "1 April 2026"),
        ("Children it is about", "Robin\nFern: Fern is worried.\nUnborn child"),
        ("From a third party", "Yes"),
        ("Withheld from", "Rose Ash, someone not in this record"),
    ]


def test_the_date_is_not_said_twice_where_the_kinds_own_field_says_it() -> None:
    action = Entry(id="e1", kind="action", when=When("2026-03-01"), data={"what": "x", "agreed_on": "2026-03-01"})
    names = [line.name for line in entry_lines(action, load_kinds()["action"], {})]
    assert names == ["data.what", "data.agreed_on"]


def test_an_entry_of_a_kind_that_is_gone_still_reads() -> None:
    entry = Entry(id="e1", kind="pet", what="A dog.", data={"which_animal": "large", "bites": 2})
    lines = [(line.label, line.text) for line in entry_lines(entry, None, {})]
    assert lines == [("What happened", "A dog."), ("Which animal", "large"), ("Bites", "2")]


@pytest.mark.parametrize(
    ("item", "value", "words"),
    [
        (Item(name="x", type=ItemType.BOOLEAN, label="X"), True, "Yes"),
        (Item(name="x", type=ItemType.DATE, label="X"), "2026-03-04", "4 March 2026"),
        (Item(name="x", type=ItemType.DATE, label="X"), "soon", "soon"),
        (Item(name="x", type=ItemType.INTEGER, label="X"), 3, "3"),
        (
            Item(name="x", type=ItemType.CHOICE, label="X", options=(Option(code="a", label="An A"),)),
            "a",
            "An A",
        ),
        (Item(name="x", type=ItemType.OPEN_CHOICE, label="X"), "other_words", "other words"),
        (Item(name="x", type=ItemType.REFERENCE, label="X", of=RecordKind.ENTRY), "e1", "Medicine, 3 March 2026"),
        (Item(name="x", type=ItemType.REFERENCE, label="X", of=RecordKind.PERSON), "p9", "someone not in this record"),
        (Item(name="x", type=ItemType.REFERENCE, label="X", of=RecordKind.UNIT), "A1.a", "A1.a"),
        (Item(name="x", type=ItemType.MAP, label="X", values=ItemType.INTEGER), {"I": 3, "O": 1}, "I: 3\nO: 1"),
        (Item(name="x", type=ItemType.STRING, label="X", repeats=True), "alone", "alone"),
    ],
)
def test_every_sort_of_field_has_words(item: Item, value: Any, words: str) -> None:
    assert value_words(item, value, NAMES) == words


def test_a_source_begins_with_a_capital_and_says_what_is_known() -> None:
    assert source_words(None) == ""
    assert source_words(Source(agency=Agency.SCHOOL)) == "School"
    assert source_words(Source(name="a neighbour")) == "A neighbour"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (
            Source(name="Jo Hale", role="designated safeguarding lead, primary school", agency=Agency.SCHOOL),
            "Jo Hale, designated safeguarding lead, primary school",
        ),
        (Source(name="neighbour", agency=Agency.NEIGHBOUR), "Neighbour"),
        (
            Source(name="Lee", role="neighbourhood officer", agency=Agency.NEIGHBOUR),
            "Lee, neighbourhood officer, neighbour",
        ),
        (Source(role="police constable", agency=Agency.POLICE), "Police constable"),
        (Source(name="Practice dentist", agency=Agency.OTHER), "Practice dentist"),
        (Source(agency=Agency.OTHER), "Another agency"),
        (Source(name="Ann Gpson", role="nurse", agency=Agency.GP), "Ann Gpson, nurse, GP practice"),
    ],
)
def test_a_source_names_its_agency_once(source: Source, words: str) -> None:
    assert source_words(source) == words


def test_a_meeting_is_planned_until_it_is_recorded_as_held() -> None:
    booked = Entry(id="m", kind="meeting", when=When("2026-11-26"), data={"planned_for": "2026-12-18T10:00:00+00:00"})
    assert planned_words(booked) == "Meeting planned for 18 December 2026"
    assert planned_words(replace(booked, data={**booked.data, "held": "2026-12-18"})) == ""
    assert planned_words(replace(booked, data={"due": "2026-12-18"})) == ""
    assert planned_words(replace(booked, kind="note")) == ""


def test_a_field_is_called_as_its_kind_calls_it() -> None:
    statement = load_kinds()["statement"]
    assert label_of("what", statement) == "What the child said, in their own words"
    assert label_of("what", None) == COMMON["what"].label
    assert label_of("data.setting", statement) == "Where and in what situation"
    assert label_of("data.odd_thing", statement) == "Odd thing"


def test_lines_run_on_in_one_without_a_stop_and_a_semicolon() -> None:
    assert in_one_line("No visit\nSeen.\n'Yes.'\nLast") == "No visit; Seen. 'Yes.' Last"
    assert in_one_line("Kitchen\nHall", between=", ") == "Kitchen, Hall"
    assert in_one_line("") == ""
