"""What an entry holds is checked against the declaration of its kind."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcp2_app.domain.kinds import EntryKind, Item, ItemType, Option, RecordKind, Reference, check_data, references
from gcp2_app.errors import InvalidValue

OPTIONS = (Option(code="red", label="Red"), Option(code="green", label="Green"))


def item(type_: ItemType, name: str = "it", **more: Any) -> Item:
    return Item(name=name, type=type_, label="It", **more)


def kind(*items: Item) -> EntryKind:
    return EntryKind(code="walk", title="Walk", plural="Walks", about="A walk.", items=items)


GOOD: list[tuple[Item, Any]] = [
    (item(ItemType.BOOLEAN), False),
    (item(ItemType.INTEGER), -3),
    (item(ItemType.INTEGER, least=1, most=4), 4),
    (item(ItemType.DATE), "2024-02-29"),
    (item(ItemType.DATE_TIME), "2026-03-14"),
    (item(ItemType.DATE_TIME), "2026-03-14T09:30:00+01:00"),
    (item(ItemType.DATE_TIME), "2026-03-14T09:30:00Z"),
    (item(ItemType.STRING), "9th"),
    (item(ItemType.STRING), 12.5),
    (item(ItemType.TEXT), "two\nlines"),
    (item(ItemType.CHOICE, options=OPTIONS), "red"),
    (item(ItemType.CHOICE, options=OPTIONS, repeats=True), ["red", "green"]),
    (item(ItemType.CHOICE, options=OPTIONS, repeats=True), "red"),
    (item(ItemType.OPEN_CHOICE, options=OPTIONS), "a sort of blue"),
    (item(ItemType.REFERENCE, of=RecordKind.CHILD), "c" * 64),
    (item(ItemType.GROUP, items=(item(ItemType.DATE, "on"),)), {"on": "2026-03-14"}),
    (item(ItemType.GROUP, items=(item(ItemType.DATE, "on"),), repeats=True), [{"on": "2026-03-14"}, {}]),
    (item(ItemType.MAP), {"anything": "at all"}),
    (item(ItemType.MAP, values=ItemType.INTEGER), {"O": 3, "C": None}),
    (item(ItemType.MAP, of=RecordKind.CHILD), {"c1": "stays"}),
    (item(ItemType.BOOLEAN), None),
    (item(ItemType.DATE), ""),
]

BAD: list[tuple[Item, Any, str]] = [
    (item(ItemType.BOOLEAN), "yes", "data.it: expected true or false"),
    (item(ItemType.BOOLEAN), 1, "data.it: expected true or false"),
    (item(ItemType.INTEGER), 2.5, "data.it: expected a whole number"),
    (item(ItemType.INTEGER), 2.0, "data.it: expected a whole number"),
    (item(ItemType.INTEGER), True, "data.it: expected a whole number"),
    (item(ItemType.INTEGER, least=1, most=4), 5, "data.it: this number is out of range. Use 1 to 4"),
    (item(ItemType.INTEGER), 10**30, "out of range"),
    (item(ItemType.DATE), "2026-02-30", "data.it: this is not a date"),
    (item(ItemType.DATE), "2026-W11-6", "data.it: this is not a date"),
    (item(ItemType.DATE), "14/03/2026", "data.it: this is not a date"),
    (item(ItemType.DATE), "2026-03-14T09:30:00Z", "data.it: this is not a date"),
    (item(ItemType.DATE), 20260314, "data.it: this is not a date"),
    (item(ItemType.DATE_TIME), "2026-03-14T09:30:00", "data.it: this is not a date or an instant"),
    (item(ItemType.DATE_TIME), "half past nine on Sunday", "data.it: this is not a date or an instant"),
    (item(ItemType.DATE_TIME), 3, "data.it: this is not a date"),
    (item(ItemType.STRING), ["a"], "data.it: expected text"),
    (item(ItemType.STRING), True, "data.it: expected text"),
    (item(ItemType.STRING), 10**30, "data.it: this number is out of range"),
    (item(ItemType.TEXT), 3, "data.it: expected text"),
    (
        item(ItemType.CHOICE, options=OPTIONS),
        "blue",
        "data.it: not one of the values known here. Use one of red, green",
    ),
    (item(ItemType.CHOICE, options=OPTIONS), ["red"], "data.it: not one"),
    (item(ItemType.CHOICE, options=OPTIONS, repeats=True), ["red", "blue"], r"data.it\[1\]: not one"),
    (item(ItemType.REFERENCE, of=RecordKind.CHILD), "c" * 65, "data.it: expected an id"),
    (item(ItemType.REFERENCE, of=RecordKind.CHILD), 3, "data.it: expected an id"),
    (item(ItemType.GROUP, items=(item(ItemType.DATE, "on"),)), "2026-03-14", "data.it: expected a group"),
    (item(ItemType.GROUP, items=(item(ItemType.DATE, "on"),)), {"at": 3}, "data.it.at: this key is not known"),
    (item(ItemType.GROUP, items=(item(ItemType.DATE, "on"),), repeats=True), [{"on": 1}], r"data.it\[0\].on: this"),
    (item(ItemType.MAP), ["a"], "data.it: expected a group"),
    (item(ItemType.MAP), {"a": 3}, "data.it.a: expected text"),
    (item(ItemType.MAP, of=RecordKind.CHILD), {"c" * 65: "x"}, "expected an id"),
]


@pytest.mark.parametrize(("one", "value"), GOOD)
def test_what_fits_is_taken(one: Item, value: Any) -> None:
    check_data(kind(one), {"it": value})
    found = [reference.of for reference in references(kind(one), {"it": value})]
    assert found == ([] if one.of is None else [one.of])


@pytest.mark.parametrize(("one", "value", "words"), BAD)
def test_what_does_not_fit_is_refused_with_its_key_path(one: Item, value: Any, words: str) -> None:
    with pytest.raises(InvalidValue, match=words):
        check_data(kind(one), {"it": value})


def test_a_key_that_is_not_declared_is_refused() -> None:
    with pytest.raises(InvalidValue, match=r"data\.colour: this key is not known here\. Known are: it"):
        check_data(kind(item(ItemType.TEXT)), {"colour": "red"})


@pytest.mark.parametrize("value", [None, ""])
def test_a_required_item_may_be_not_known(value: str | None) -> None:
    walk = kind(item(ItemType.TEXT, required=True))
    for data in ({}, {"it": value}):
        with pytest.raises(InvalidValue, match=r"data\.it: this key is missing.*not_known\.it"):
            check_data(walk, data)
        check_data(walk, data, not_known={"it"})
    with pytest.raises(InvalidValue):
        check_data(walk, {}, has_source_agency=True)


def test_the_agency_an_entry_comes_from_may_stand_in() -> None:
    walk = kind(item(ItemType.STRING, required=True, or_source_agency=True))
    check_data(walk, {}, has_source_agency=True)
    with pytest.raises(InvalidValue):
        check_data(walk, {})


def test_ids_in_data_are_found_with_their_key_path() -> None:
    walk = kind(
        item(ItemType.REFERENCE, "person", of=RecordKind.PERSON),
        item(ItemType.REFERENCE, "entries", of=RecordKind.ENTRY, repeats=True),
        item(ItemType.MAP, "decisions", of=RecordKind.CHILD),
        item(ItemType.MAP, "codes"),
        item(ItemType.GROUP, "seen", repeats=True, items=(item(ItemType.REFERENCE, "unit", of=RecordKind.UNIT),)),
        item(ItemType.GROUP, "by", items=(item(ItemType.REFERENCE, "whom", of=RecordKind.PROFESSIONAL),)),
    )
    data = {
        "person": "p1",
        "entries": ["e1", "e2"],
        "decisions": {"c1": "stays"},
        "codes": {"x": "y"},
        "seen": [{"unit": "A1.a"}],
        "by": {"whom": "w1"},
    }
    check_data(walk, data)
    assert list(references(walk, data)) == [
        Reference("data.person", RecordKind.PERSON, "p1"),
        Reference("data.entries[0]", RecordKind.ENTRY, "e1"),
        Reference("data.entries[1]", RecordKind.ENTRY, "e2"),
        Reference("data.decisions.c1", RecordKind.CHILD, "c1"),
        Reference("data.by.whom", RecordKind.PROFESSIONAL, "w1"),
    ]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
every_type = st.sampled_from([one for one, _ in GOOD])


@given(every_type, json_values)
def test_any_value_is_taken_or_refused_with_a_key_path(one: Item, value: Any) -> None:
    refused = ""
    try:
        check_data(kind(one), {"it": value})
    except InvalidValue as error:
        refused = error.message
    assert refused == "" or refused.startswith("data.it")
    if not refused:
        assert all(reference.id for reference in references(kind(one), {"it": value}))
