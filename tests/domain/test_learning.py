"""What stands beside what, who has read what, and how long a brief takes."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcp2_app.domain.learning import (
    QUICK_WORDS,
    SLOW_WORDS,
    Beside,
    Brief,
    HarmQuestions,
    LearningRow,
    Library,
    ReadReceipt,
    Where,
    coverage,
    minutes_to_read,
    readings,
    rows_beside,
)
from gcp2_app.errors import NotFound

DAY = date(2026, 11, 23)


def row(code: str, *, edition: str = "1", beside: Beside | None = None, words: int = 10) -> LearningRow:
    return LearningRow(
        code=code,
        title=code,
        edition=edition,
        published_on=DAY,
        source="made up",
        learned="one two",
        asks="three",
        works=(),
        rules=(),
        beside=beside or Beside(),
        brief=Brief(happened=("word " * (words - 3),), matters=(), good=(), monday=(), talk=()),
    )


def library(*rows: LearningRow) -> Library:
    return Library(rows=rows, questions=HarmQuestions(title="t", edition="1", source="s", about="a", questions=()))


def receipt(person: str, code: str, *, on: date = DAY, edition: str = "1") -> ReadReceipt:
    return ReadReceipt(id=f"{person}-{code}-{edition}-{on}", person=person, row=code, on=on, edition=edition)


# Beside


def test_what_is_about_the_units_or_the_kind_comes_before_what_is_about_the_place() -> None:
    place = row("LP1", beside=Beside(places=frozenset({Where.ASSESSMENT})))
    unit = row("LP4", beside=Beside(units=frozenset({"A5.b"}), places=frozenset({Where.ASSESSMENT})))
    kind = row("LP9", beside=Beside(kinds=frozenset({"referral"})))
    other = row("R2")
    shelf = library(place, unit, kind, other)
    assert rows_beside(shelf, where=Where.ASSESSMENT, units=("A5.a", "A5.b")) == (unit, place)
    assert rows_beside(shelf, kind="referral") == (kind,)
    assert rows_beside(shelf, units=("B1.a",)) == ()
    assert rows_beside(shelf) == ()


# Reading


def test_a_person_has_read_a_row_on_the_first_day_they_said_so() -> None:
    first, again = receipt("w1", "LP1"), receipt("w1", "LP1", on=date(2026, 12, 1))
    found = readings([row("LP1"), row("LP2")], [again, first, receipt("w2", "LP2")], "w1")
    assert [(each.row.code, each.read_on, each.earlier_on) for each in found] == [
        ("LP1", DAY, None),
        ("LP2", None, None),
    ]


def test_a_new_edition_is_to_be_read_anew_and_the_earlier_reading_is_said() -> None:
    (found,) = readings([row("LP1", edition="2")], [receipt("w1", "LP1")], "w1")
    assert (found.read_on, found.earlier_on) == (None, DAY)


def test_a_receipt_without_an_edition_counts_for_the_present_one() -> None:
    (found,) = readings([row("LP1", edition="2")], [receipt("w1", "LP1", edition="")], "w1")
    assert found.read_on == DAY


def test_coverage_names_who_has_read_and_who_has_not_in_the_given_order() -> None:
    rows = [row("LP1"), row("LP2", edition="2")]
    receipts = [receipt("w2", "LP1"), receipt("w1", "LP2"), receipt("w3", "LP2", edition=""), receipt("gone", "LP1")]
    found = coverage(rows, receipts, ["w1", "w2", "w3"])
    assert [(each.row.code, each.read, each.unread) for each in found] == [
        ("LP1", ("w2",), ("w1", "w3")),
        ("LP2", ("w3",), ("w1", "w2")),
    ]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(("LP1", "LP2")), st.sampled_from(("1", "2", "")))))
def test_the_team_and_the_person_are_told_the_same(said: list[tuple[str, str, str]]) -> None:
    rows = [row("LP1"), row("LP2", edition="2")]
    receipts = [receipt(person, code, edition=edition) for person, code, edition in said]
    for one in coverage(rows, receipts, ["a", "b", "c"]):
        assert {*one.read, *one.unread} == {"a", "b", "c"}
        for person in "abc":
            mine = {each.row.code: each for each in readings(rows, receipts, person)}
            assert (person in one.read) == (mine[one.row.code].read_on is not None)


# Time


@pytest.mark.parametrize(("words", "minutes"), [(800, (4, 7)), (801, (5, 7)), (1040, (6, 8)), (1041, (6, 9))])
def test_minutes_are_rounded_up(words: int, minutes: tuple[int, int]) -> None:
    assert minutes_to_read(row("LP1", words=words)) == minutes
    assert (QUICK_WORDS, SLOW_WORDS) == (200, 130)


def test_a_row_is_found_by_its_code() -> None:
    shelf = library(row("LP1"), row("R6"))
    assert shelf.row("R6").code == "R6"
    with pytest.raises(NotFound):
        shelf.row("R7")
