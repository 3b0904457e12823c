"""Names are compared as people mean them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcp2_app.storage.words import (
    is_misspelling,
    likeness,
    plain,
    run_together,
    search_text,
    sign_in_key,
    slips,
    words_of,
)

WORDS = st.text("abcdefg", min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Zoë Anne", ("zoe", "anne")),
        ("O’Hara-Lindqvist", ("ohara", "lindqvist")),
        ("O'Hara", ("ohara",)),
        ("Łukasz Øre", ("lukasz", "ore")),
        ("STRAẞE", ("strasse",)),
        ("  ", ()),
        ("DY1 1AA", ("dy1", "1aa")),
        ("Ζωή", ("ζωη",)),
    ],
)
def test_words_are_plain(text: str, words: tuple[str, ...]) -> None:
    assert words_of(text) == words


def test_numbers_and_postcodes_run_together() -> None:
    assert run_together("943 476-5919") == "9434765919"
    assert run_together("dy1 1aa") == run_together("DY11AA") == "dy11aa"


def test_search_text_says_each_thing_once() -> None:
    assert search_text(("Ann Ash", "Ann"), ("1 2", "", "DY1 1AA")) == "ann ash 12 dy11aa"


def test_sign_in_names_do_not_heed_case() -> None:
    assert sign_in_key(" Straße ") == sign_in_key("STRASSE")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("jhon", "john"),
        ("jon", "john"),
        ("catherine", "katherine"),
        ("lindquist", "lindqvist"),
        ("qillfeather", "quillfeather"),
        ("smiht", "smith"),
        ("mcdonld", "mcdonald"),
    ],
)
def test_misspellings_are_seen(typed: str, meant: str) -> None:
    assert is_misspelling(typed, meant)
    assert is_misspelling(meant, typed)


@pytest.mark.parametrize(
    ("typed", "other"),
    [("ann", "bob"), ("ash", "elm"), ("smith", "jones"), ("jo", "jon"), ("lindqvist", "quillfeather")],
)
def test_other_names_are_not_taken_for_misspellings(typed: str, other: str) -> None:
    assert not is_misspelling(typed, other)


@given(WORDS, WORDS)
def test_slips_and_likeness_do_not_heed_the_order(one: str, other: str) -> None:
    assert slips(one, other) == slips(other, one)
    assert likeness(one, other) == likeness(other, one)
    assert (slips(one, other) == 0) == (one == other)
    assert 0 <= likeness(one, other) <= 1


@given(WORDS, st.integers(0, 7))
def test_one_letter_left_out_is_one_slip(word: str, place: int) -> None:
    place %= len(word)
    assert slips(word, word[:place] + word[place + 1 :]) == 1


@given(st.text())
def test_plain_text_stays_plain(text: str) -> None:
    assert words_of(" ".join(words_of(text))) == tuple(each for word in words_of(text) for each in words_of(word))
    assert plain(plain(text)) == plain(plain(plain(text)))
