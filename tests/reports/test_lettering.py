"""Words of charts, broken into lines."""

import pytest

from gcp2_app.reports.charts.lettering import Letters, width_of, wrapped
from tests.reports.documents import LONG_WORD

_LETTERS = Letters(size=10, ink="#000000")


@pytest.mark.parametrize("width", [60.0, 200.0])
def test_a_word_wider_than_its_line_goes_on_below(width: float) -> None:
    lines = wrapped(f"Care of {LONG_WORD} over time", _LETTERS, width)
    assert all(width_of(line, _LETTERS) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == f"Careof{LONG_WORD}overtime"


def test_a_line_too_narrow_for_a_letter_holds_one() -> None:
    assert wrapped("Ivy", _LETTERS, 0.5) == ["I", "v", "y"]


def test_short_words_share_a_line() -> None:
    assert wrapped("Care of Ivy", _LETTERS, 200) == ["Care of Ivy"]
