"""The medicine card: whether it holds, who has a copy, and that its words are never touched."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.healthcare.cards import (
    CHECK,
    TRANSCRIBED,
    Card,
    Hold,
    cards,
    is_replaced,
    void_where_changed,
    writes_words_or_check,
)
from tests.plans import view_of
from tests.rules import DAY, days, entry

CHECKED: dict[str, Any] = {"checked_by": "A. Khan", "checked_role": "pharmacist", "checked_on": DAY}
WHOLE: dict[str, Any] = {**CHECKED, "given_safely_by": "Grandmother"}


def medicine(**data: Any) -> Entry:
    return entry("md", "medicine", DAY, **{"name": "Xylo", "dose_as_prescribed": "ONE  at night", **data})


def card(on: date = DAY, **data: Any) -> Card:
    (found,) = cards(view_of(medicine(**data), on=on))
    return found


def test_a_card_holds_once_it_is_checked_and_says_who_gives_it_safely_until_then() -> None:
    assert card(**WHOLE).hold is Hold.HOLDS
    assert card(**CHECKED).hold is Hold.NOBODY_UNTIL_THEN


@pytest.mark.parametrize("missing", CHECK)
def test_no_part_of_the_check_can_be_left_out(missing: str) -> None:
    assert card(**{name: value for name, value in WHOLE.items() if name != missing}).hold is Hold.NOT_CHECKED


def test_a_check_to_come_is_none_yet() -> None:
    assert card(**{**WHOLE, "checked_on": DAY + days(1)}).hold is Hold.NOT_CHECKED


@pytest.mark.parametrize("away", [0, 1, 30])
def test_any_change_since_the_check_makes_it_void(away: int) -> None:
    changed = [{"what": "dose", "on": (DAY + days(away)).isoformat()}]
    found = card(on=DAY + days(away), **WHOLE, changed=changed)
    assert (found.hold, found.changed) == (Hold.VOID, (("dose", DAY + days(away)),))
    if away:
        assert card(on=DAY + days(away - 1), **WHOLE, changed=changed).hold is Hold.HOLDS


def test_a_change_before_the_check_is_in_it_and_one_of_no_known_day_is_not() -> None:
    assert card(**WHOLE, changed=[{"what": "brand", "on": (DAY - days(1)).isoformat()}]).hold is Hold.HOLDS
    assert card(**WHOLE, changed=[{"what": "brand"}]).hold is Hold.VOID
    assert card(changed=[{"what": "brand", "on": DAY.isoformat()}]).hold is Hold.VOID


def test_a_card_expires_after_its_last_day() -> None:
    assert card(**WHOLE, card_expires=DAY).hold is Hold.HOLDS
    assert card(on=DAY + days(1), **WHOLE, card_expires=DAY).hold is Hold.EXPIRED


def test_who_holds_a_copy_is_listed_until_it_is_taken_back() -> None:
    copies = [
        {"who": "Mother"},
        {"who": "School", "taken_back_on": (DAY + days(1)).isoformat()},
        {"given_on": "2026-01-01"},
    ]
    assert card(**WHOLE, copies=copies).copies == ("Mother", "School")
    assert card(on=DAY + days(1), **WHOLE, copies=copies).copies == ("Mother",)


def test_a_medicine_for_a_brother_has_no_card_here() -> None:
    assert cards(view_of(medicine(for_child="c2"))) == ()


@given(st.text())
def test_whatever_the_dose_says_comes_back_unchanged(words: str) -> None:
    (found,) = cards(view_of(medicine(dose_as_prescribed=words, times=[words], strength=words, **WHOLE)))
    data = found.fact.data
    assert (data["dose_as_prescribed"], data["times"], data["strength"]) == (words, [words], words)
    kept = void_where_changed(medicine(**WHOLE), medicine(dose_as_prescribed=words, **WHOLE))
    assert kept.data["dose_as_prescribed"] == words


@pytest.mark.parametrize("name", TRANSCRIBED)
def test_other_words_lose_their_check_unless_it_was_made_anew(name: str) -> None:
    before = medicine(**WHOLE)
    changed = replace(before, data={**before.data, name: "other"})
    made = void_where_changed(before, changed)
    assert not made.data.keys() & set(CHECK)
    assert made.data["given_safely_by"] == "Grandmother"
    anew = replace(changed, data={**changed.data, "checked_on": "2026-04-01"})
    assert void_where_changed(before, anew) is anew


def test_what_leaves_the_words_as_they_are_keeps_the_check() -> None:
    before = medicine(**WHOLE)
    copied = replace(before, data={**before.data, "copies": [{"who": "School"}]})
    assert void_where_changed(before, copied) is copied
    assert void_where_changed(None, before) is before
    note = entry("n", "note", DAY)
    assert void_where_changed(note, note) is note


def test_copies_and_noted_changes_write_no_words_on_a_card() -> None:
    before = medicine(**WHOLE)
    assert writes_words_or_check(None, before)
    assert writes_words_or_check(before, medicine(dose_as_prescribed="TWO at night", **WHOLE))
    noted = replace(before, data={**before.data, "changed": [{"what": "dose", "on": "2026-03-01"}]})
    assert not writes_words_or_check(before, noted)
    note = replace(before, kind="note")
    assert not writes_words_or_check(note, note)
    shown = replace(before, kind="teach_back", data={"correct": False})
    assert writes_words_or_check(None, shown)
    assert writes_words_or_check(shown, replace(shown, data={"correct": True}))
    assert not writes_words_or_check(shown, replace(shown, what="At home"))


def test_a_medicine_written_down_anew_replaces_the_one_before() -> None:
    first, again = medicine(name="Liquid A"), replace(medicine(name=" liquid  a"), id="again")
    other, note = replace(medicine(name="Liquid B"), id="other"), entry("note", "note", DAY)
    assert is_replaced(first, [first, other, again, note])
    assert not is_replaced(again, [first, other, again, note])
    assert not is_replaced(other, [first, other, again])
    assert not is_replaced(first, [first])


def test_a_card_is_void_once_the_medicine_is_written_down_anew() -> None:
    later = entry("later", "medicine", DAY + days(1), name="XYLO ", dose_as_prescribed="as on the label")
    held = {each.fact.id: each.hold for each in cards(view_of(medicine(**WHOLE), later, on=DAY + days(2)))}
    assert held == {"md": Hold.VOID, "later": Hold.NOT_CHECKED}
