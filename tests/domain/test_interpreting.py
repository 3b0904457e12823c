"""Who may interpret: never a child, never a relative."""

import pytest

from gcp2_app.domain.interpreting import why_not

FAMILY = ("Rose Ash", "Fern Ash", "")


@pytest.mark.parametrize("text", ["Rose Ash", "Ash, Rose (home)", "fern", "her aunt", "the older child"])
def test_a_relative_or_child_is_refused(text: str) -> None:
    assert "never" in why_not(text, FAMILY)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "none needed",
        "none: mother speaks English",
        "Not a relative: Ms Fern Dale of Language Line",
        "Mr Ash, agency interpreter",
        "Never a child or relative. Telephone service",
    ],
)
def test_a_service_is_fine(text: str) -> None:
    assert why_not(text, FAMILY) == ""


def test_the_sentence_names_who_it_is() -> None:
    assert why_not("Rose Ash", FAMILY).startswith("Rose Ash is of the family.")
    assert why_not("her Aunt", ()).startswith("“Aunt” sounds like")
