"""NHS numbers: ten digits, the last of which checks the others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcp2_app.domain.numbers import nhs_number_holds


@pytest.mark.parametrize(
    ("number", "holds"),
    [
        ("9434765919", True),
        ("943 476 5919", True),
        ("4505577104", True),
        ("9434765918", False),
        # Nine digits whose check digit would be 10, and nine whose sum leaves nothing.
        ("1000000010", False),
        ("0000000000", True),
        ("943476591", False),
        ("94347659191", False),
        ("943476591X", False),
        ("٩٤٣٤٧٦٥٩١٩", False),
        ("943476591²", False),
        ("", False),
    ],
)
def test_an_nhs_number_has_its_check_digit(number: str, holds: bool) -> None:
    assert nhs_number_holds(number) is holds


@given(st.text("0123456789", min_size=9, max_size=9))
def test_at_most_one_last_digit_makes_nine_digits_an_nhs_number(first: str) -> None:
    assert sum(nhs_number_holds(first + last) for last in "0123456789") <= 1


@given(st.integers(0, 8), st.integers(1, 9))
def test_a_wrong_digit_shows(place: int, off: int) -> None:
    digits = list("9434765919")
    digits[place] = str((int(digits[place]) + off) % 10)
    assert not nhs_number_holds("".join(digits))
