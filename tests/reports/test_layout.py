"""Long tables, long words, long names, nothing at all, one page and sixty: all is laid out, and stays tagged."""

import io
from typing import Any

import pytest
from pypdf import PdfReader

from gcp2_app.reports.pdf.document import Band
from gcp2_app.reports.pdf.insets import labelled
from gcp2_app.reports.pictures.catalogue import DRAWINGS, Picture
from tests.reports.documents import LONG_WORD, small_document
from tests.reports.tags import read_tags


@pytest.mark.parametrize("above", range(20, 50, 3))
@pytest.mark.parametrize("banded", [False, True])
def test_a_heading_stands_on_the_page_of_the_first_row_below_it(above: int, *, banded: bool) -> None:
    made = small_document()
    made.paragraph("\n".join(f"line {number}" for number in range(above)))
    made.heading(2, "Higher")
    made.heading(3, "Nearer")
    rows: list[Any] = [["first", "word " * 150], ["second", "more"]]
    made.table(["A", "B"], [Band(text="Band"), *rows] if banded else rows, [1, 3])
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(made.to_pdf())).pages]
    (page,) = [text for text in pages if "Higher" in text]
    assert "Nearer" in page
    assert "first" in page


@pytest.mark.parametrize(("times", "pages"), [(1, 2), (33, 60)])
def test_lines_beside_a_picture_run_on_over_as_many_pages_as_they_need(times: int, pages: int) -> None:
    made = small_document(large=True)
    made.heading(2, "Long")
    for _ in range(times):
        made.pictured(Picture.CLOCK, [("One", ""), ("", "word " * 600), ("", "last")])
    found = read_tags(made.to_pdf())
    assert found.faults == []
    assert pages <= len(found.pages) <= pages + 8
    assert found.aloud.split().count("word") == times * 600
    # A picture stands once, and its heading on the same page.
    (heading,) = [node for node in found.of_kind("H2") if found.text(node) == "Long"]
    pictures = [node for node in found.of_kind("Figure") if found.text(node) == DRAWINGS[Picture.CLOCK].alternative]
    assert [len(node.content) for node in pictures] == [1] * times
    assert pictures[0].content[0][0] == heading.content[0][0]


@pytest.mark.parametrize("rows", [0, 1, 40, 400])
def test_tables_of_any_length_keep_their_tags(rows: int) -> None:
    made = small_document()
    made.table(
        ["Name", "What"],
        [[f"Row {row}", f"words {row} " * (row % 9 + 1 if rows < 400 else 56)] for row in range(rows)],
        [1, 3],
    )
    found = read_tags(made.to_pdf())
    assert found.faults == []
    assert {0: 1, 1: 1, 40: 2, 400: 60}[rows] <= len(found.pages) <= {0: 1, 1: 1, 40: 3, 400: 90}[rows]
    assert found.aloud.count("Name: Row ") == rows


def test_long_words_and_names_and_empty_pieces_keep_their_tags() -> None:
    made = small_document()
    made.heading(2, LONG_WORD)
    made.paragraph(LONG_WORD, lead=LONG_WORD)
    made.inset([LONG_WORD, ""], strong=True)
    made.bullets([LONG_WORD, ""])
    made.facts([(LONG_WORD, LONG_WORD), ("Empty", "")])
    made.table([LONG_WORD, ""], [[LONG_WORD, ""], ["", LONG_WORD]], [1, 5])
    made.table(["Empty"], [], [1])
    made.pictured(Picture.CLOCK, [(LONG_WORD, ""), labelled("Empty:", ""), ("", " ")])
    made.pictured(Picture.CLOCK, [labelled("Empty:", ""), ("", " ")])
    found = read_tags(made.to_pdf())
    assert found.faults == []
    # As often as it was written, and twice more as the head that is read before a cell.
    assert "".join(found.aloud.split()).count(LONG_WORD) == 11 + 2
    assert "Empty:" not in found.aloud
