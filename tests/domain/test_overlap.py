"""Eight words in a row are a run; seven are not."""

from hypothesis import given
from hypothesis import strategies as st

from gcp2_app.domain.overlap import RUN_WORDS, shared_runs, texts_of, words_of
from tests.domain.packs import make_pack

EIGHT = "the dog ran over the old stone bridge"


def test_eight_words_are_a_run_and_seven_are_not() -> None:
    assert RUN_WORDS == 8
    assert shared_runs([EIGHT], [f"Then {EIGHT} again."]) == (EIGHT,)
    seven = " ".join(EIGHT.split()[:7])
    assert shared_runs([seven], [EIGHT]) == ()
    assert shared_runs([f"{seven} road"], [EIGHT]) == ()


def test_case_punctuation_and_apostrophes_make_no_difference() -> None:
    assert words_of("The child’s  COAT – is, well: dry_enough!") == (
        "the",
        "child's",
        "coat",
        "is",
        "well",
        "dry",
        "enough",
    )
    assert shared_runs(["THE dog, ran over: the old (stone) bridge"], [EIGHT]) == (EIGHT,)


def test_a_longer_run_is_told_once_and_two_are_told_apart() -> None:
    longer = f"{EIGHT} at night"
    assert shared_runs([f"x {longer} y"], [f"a {longer} b"]) == (longer,)
    other = "one two three four five six seven eight"
    assert shared_runs([f"{EIGHT} and {other}", EIGHT], [EIGHT, other]) == (EIGHT, other)


def test_a_run_does_not_cross_from_one_text_to_the_next() -> None:
    half, rest = EIGHT.split()[:4], EIGHT.split()[4:]
    assert shared_runs([" ".join(half), " ".join(rest)], [EIGHT]) == ()
    assert shared_runs([EIGHT], [" ".join(half), " ".join(rest)]) == ()


def test_every_text_of_a_pack_is_read() -> None:
    pack = make_pack()
    texts = list(texts_of(pack))
    for area in pack.areas:
        assert area.about in texts
        for subarea in area.subareas:
            for unit in subarea.units:
                assert {unit.prompt, unit.guidance, *unit.look_for} <= set(texts)
                assert {text for each in unit.descriptors for text in each.grades} <= set(texts)


_WORDS = st.lists(st.sampled_from(["a", "b", "c"]), max_size=20).map(" ".join)


@given(one=_WORDS, other=_WORDS)
def test_there_is_a_run_exactly_where_one_stands_in_both(one: str, other: str) -> None:
    there = words_of(other)
    windows = {there[i : i + 3] for i in range(len(there) - 2)}
    here = words_of(one)
    expected = any(here[i : i + 3] in windows for i in range(len(here) - 2))
    runs = shared_runs([one], [other], length=3)
    assert bool(runs) == expected
    assert all(len(run.split()) >= 3 for run in runs)
