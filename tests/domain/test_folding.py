"""Text as it is compared, and where its letters stood."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from gcp2_app.domain.folding import fold, folded


@given(st.text())
def test_every_letter_has_its_place_and_plain_text_stays(text: str) -> None:
    compared = fold(text)
    assert compared.text == folded(text)
    assert len(compared.places) == len(compared.text) + 1
    assert list(compared.places) == sorted(compared.places)
    assert folded(compared.text) == compared.text
    if text.isascii():
        assert compared.text == text


def test_accents_ligatures_and_letters_nobody_sees_do_not_tell_words_apart() -> None:
    text = "Ame\u0301lie\u00ad \ufb01nd"
    compared = fold(unicodedata.normalize("NFC", text))
    assert compared.text == "Amelie find"
    # A mark and a soft hyphen go with the letter before them; a ligature is one letter.
    assert compared.span(0, 6) == (0, 7)
    assert compared.span(7, 8) == (8, 9)


def test_only_unassigned_marks_leave_nothing() -> None:
    assert fold("\u00ad").text == ""
