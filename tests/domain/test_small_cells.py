"""No small count is shown, nor can one be worked out from what is."""

from hypothesis import given
from hypothesis import strategies as st

from gcp2_app.domain.small_cells import FEWER, FEWEST, NOT_SHOWN, at_least, shown

counts = st.lists(st.integers(0, 30), min_size=2, max_size=4)


def test_a_total_that_is_small_shows_nothing_of_its_parts() -> None:
    assert shown((1, 3)).parts == (FEWER, FEWER)
    assert shown((0, 0, 0)).total == FEWER


def test_what_is_left_over_beside_a_small_count_is_hidden_with_it() -> None:
    assert shown((7, 8)).parts == ("7", "8")
    assert shown((1, 12)).parts == (NOT_SHOWN, NOT_SHOWN)
    assert shown((0, 6, 12)).parts == (NOT_SHOWN, NOT_SHOWN, "12")
    # Two that are hidden and come to nothing would both be known to be none.
    assert shown((0, 0, 9, 12)).parts == (NOT_SHOWN, NOT_SHOWN, NOT_SHOWN, "12")
    assert shown((4, 4, 12)).parts == (NOT_SHOWN, NOT_SHOWN, "12")


@given(counts)
def test_no_hidden_count_can_be_worked_out_from_what_is_shown(parts: list[int]) -> None:
    seen = shown(parts)
    if seen.total == FEWER:
        assert sum(parts) < FEWEST
        return
    assert seen.total == str(sum(parts))
    assert all(part >= FEWEST for part, words in zip(parts, seen.parts, strict=True) if words != NOT_SHOWN)
    hidden = [part for part, words in zip(parts, seen.parts, strict=True) if words == NOT_SHOWN]
    # Every hidden count could be anything from none to what all hidden ones come to, and that is no small number.
    assert not hidden or (len(hidden) >= 2 and sum(hidden) >= FEWEST)
    assert hidden or min(parts) >= FEWEST


def test_how_many_there_are_is_said_roughly() -> None:
    assert [at_least(number) for number in (0, 4, 5, 9, 10, 48)] == [
        FEWER,
        FEWER,
        "at least 5",
        "at least 5",
        "at least 10",
        "at least 40",
    ]
