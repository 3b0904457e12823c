"""Where pages end: no heading without what it heads, no label without its answer."""

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from gcp2_app.domain.charting import ChartKind
from gcp2_app.reports.charts.catalogue import Chart, make_chart
from gcp2_app.reports.pdf.blocks.chart import write_chart, write_trend
from gcp2_app.reports.pdf.document import Band, Document
from gcp2_app.reports.pdf.running import Running
from tests.domain.test_neglect_types import ABOUT, types
from tests.reports.chart_records import record
from tests.reports.records import many, seven, trend_of, two_homes
from tests.reports.tags import read_tags

_RUNNING = Running(
    head="Head", subject="Ivy", caution="", classification="O", practice=False, recipient="", made_on=date(2026, 2, 3)
)
#: A row as high as a third of a page.
_TALL = "\n".join(f"line {number}" for number in range(25))


def _pages(document: Document) -> list[str]:
    with pypdfium2.PdfDocument(document.to_pdf()) as pdf:
        return [page.get_textpage().get_text_bounded() for page in pdf]


def _after(lines: int) -> Document:
    document = Document(title="Breaks", running=_RUNNING)
    for _ in range(lines):
        document.paragraph("Words before.")
    return document


def _page_of(pages: list[str], text: str) -> int:
    return next(number for number, page in enumerate(pages) if text in page)


@pytest.mark.parametrize("lines", range(14, 34, 3))
def test_a_heading_stands_on_the_page_of_the_first_row_below_it(lines: int) -> None:
    document = _after(lines)
    document.heading(2, "Household")
    document.table(("Child", "To know"), [("Robin", _TALL), ("Fern", _TALL)], (1, 1))
    pages = _pages(document)
    assert _page_of(pages, "Household") == _page_of(pages, "Robin") == _page_of(pages, "line 24")


@pytest.mark.parametrize("lines", range(14, 34, 3))
def test_two_headings_and_a_band_stay_with_the_row_they_head(lines: int) -> None:
    document = _after(lines)
    document.heading(2, "Findings")
    document.heading(3, "Physical care")
    document.table(("Unit", "Seen"), [Band(text="Nutrition"), ("Quality", _TALL)], (1, 1))
    pages = _pages(document)
    assert len({_page_of(pages, text) for text in ("Findings", "Physical care", "Nutrition", "Quality")}) == 1


def test_words_between_a_heading_and_a_table_let_the_page_be_used() -> None:
    document = _after(25)
    document.heading(2, "Household")
    document.paragraph("Words of its own.")
    document.table(("Child", "To know"), [("Robin", _TALL)], (1, 1))
    pages = _pages(document)
    assert (_page_of(pages, "Household"), _page_of(pages, "Robin")) == (0, 1)


def test_a_row_that_no_page_can_hold_does_not_move_its_heading_for_ever() -> None:
    document = _after(3)
    document.heading(2, "Household")
    document.table(("Child", "To know"), [("Robin", "\n".join(["long"] * 200))], (1, 1))
    assert _page_of(_pages(document), "Household") == 0


@pytest.mark.parametrize("lines", range(30, 36))
def test_a_label_stands_on_the_page_of_its_answer(lines: int) -> None:
    document = _after(lines)
    document.lead("What happened?")
    document.paragraph("Robin came without a coat.")
    pages = _pages(document)
    assert _page_of(pages, "What happened?") == _page_of(pages, "Robin")


@pytest.mark.parametrize("lines", range(24, 36))
def test_a_heading_with_quiet_words_below_it_stands_on_the_page_of_the_next_one(lines: int) -> None:
    document = _after(lines)
    document.heading(2, "Analysis")
    document.paragraph("Kept apart.", style="quiet")
    document.paragraph("From the assessment.", style="quiet")
    document.heading(3, "So far")
    document.paragraph("Robin came without a coat.")
    pages = _pages(document)
    assert len({_page_of(pages, text) for text in ("Analysis", "So far", "Robin")}) == 1


@pytest.mark.parametrize("lines", range(14, 34, 3))
def test_a_heading_with_quiet_words_stands_on_the_page_of_the_table_below_them(lines: int) -> None:
    document = _after(lines)
    document.heading(3, "Care of safety")
    document.paragraph("Four units.", style="quiet")
    document.table(("Unit", "Seen"), [Band(text="Nutrition"), ("Quality", _TALL)], (1, 1))
    pages = _pages(document)
    assert len({_page_of(pages, text) for text in ("Care of safety", "Nutrition", "Quality")}) == 1


def test_a_heading_with_few_words_asks_for_no_more_room_than_they_take() -> None:
    document = _after(31)
    document.heading(2, "Dissent")
    document.paragraph("None is recorded.")
    document.heading(2, "Shared")
    document.bullets(["One.", "Two.", "Three."])
    pages = _pages(document)
    assert (_page_of(pages, "None is recorded."), _page_of(pages, "Shared")) == (0, 1)


@pytest.mark.parametrize("lines", range(24, 36))
@pytest.mark.parametrize("items", [2, 3, 5])
def test_no_item_of_a_list_stands_alone_on_a_page(lines: int, items: int) -> None:
    document = _after(lines)
    document.bullets([f"Item {number}." for number in range(items)], lead="Units")
    held = [page.count("Item") for page in _pages(document)]
    assert sum(held) == items
    assert 1 not in held


def test_a_list_of_long_items_uses_the_page() -> None:
    document = _after(20)
    document.bullets([f"Item {number} " + "word " * 500 for number in range(2)])
    assert "Item 0" in _pages(document)[0]


@pytest.mark.parametrize("rows", range(18, 40))
def test_no_row_of_a_long_table_stands_alone_on_its_last_page(rows: int) -> None:
    document = _after(0)
    document.table(("Child", "To know"), [(f"Row {number}", "words") for number in range(rows)], (1, 1))
    held = [page.count("Row") for page in _pages(document)]
    assert sum(held) == rows
    assert 1 not in held


@pytest.mark.parametrize("items", range(15, 19))
def test_a_heading_below_a_list_that_fills_a_page_stands_at_the_top_of_the_next(items: int) -> None:
    document = _after(20)
    document.bullets(f"Item {number}" for number in range(items))
    document.heading(2, "Then")
    document.paragraph("Words.")
    pages = _pages(document)
    # Made again, it is the same.
    with pypdfium2.PdfDocument(document.to_pdf()) as pdf:
        text = pdf[len(pages) - 1].get_textpage()
        top = text.get_charbox(text.get_text_bounded().index("Then"))[3]
    assert top > 760


@pytest.mark.parametrize("lines", range(14, 20))
@pytest.mark.parametrize("items", range(14, 20))
def test_a_heading_stands_on_the_page_of_the_label_below_it(lines: int, items: int) -> None:
    document = _after(lines)
    document.bullets(f"Item {number}" for number in range(items))
    document.heading(3, "Safety of workers")
    document.lead("What must a worker know?")
    document.paragraph("Go in pairs.")
    pages = _pages(document)
    assert _page_of(pages, "Safety") == _page_of(pages, "What must") == _page_of(pages, "Go in pairs")


@pytest.mark.parametrize("items", range(28, 40))
def test_a_heading_stands_on_the_page_of_what_is_kept_together_below_it(items: int) -> None:
    document = Document(title="Breaks", running=_RUNNING)
    document.bullets(f"Item {number}" for number in range(items))
    document.heading(2, "What we decide")
    document.room_to_write("Write it here:", lines=5)
    pages = _pages(document)
    assert _page_of(pages, "What we decide") == _page_of(pages, "Write it here")


def test_a_large_heading_stands_above_a_long_table_on_the_page_it_comes_on() -> None:
    document = Document(title="Breaks", running=_RUNNING, large=True)
    document.paragraph("Words before.")
    document.heading(2, "What happened")
    document.table(("When", "What"), [(f"day {number}", "words") for number in range(60)], (1, 1))
    pages = _pages(document)
    assert _page_of(pages, "Words before") == _page_of(pages, "What happened") == _page_of(pages, "day 1") == 0


@pytest.mark.parametrize("note", ["", "3 earlier days are not printed."])
@pytest.mark.parametrize("rows", range(29, 42))
def test_the_last_words_do_not_stand_alone_on_a_page(rows: int, note: str) -> None:
    document = Document(title="Breaks", running=_RUNNING)
    document.table(("When", "What"), [(f"day {number}", "words") for number in range(rows)], (1, 1))
    document.paragraph(note, style="quiet")
    document.small_print("Other agencies may know more.")
    pages = _pages(document)
    last = pages[-1].split("About this document")[0]
    assert f"day {rows - 1}" in last
    assert f"day {rows - 2}" in last
    # It goes on only where it has to.
    assert len(pages) == (1 if rows < (32 if note else 33) else 2)


@pytest.mark.parametrize("rows", range(18, 40))
def test_the_row_that_goes_along_with_a_tall_last_one_leaves_its_page(rows: int) -> None:
    document = _after(0)
    lines = [(f"Row {number}", "words") for number in range(rows)]
    document.table(("Child", "To know"), [*lines, ("Row last", "words " * 150)], (1, 1))
    pages = _pages(document)
    held = [page.count("Row") for page in pages]
    assert sum(held) == rows + 1
    assert 1 not in held
    assert [page.count("To know") for page in pages] == [1 for _ in pages]


@pytest.mark.parametrize("rows", [*range(20, 40), 90])
def test_a_band_is_said_again_on_each_page_its_rows_go_on_to(rows: int) -> None:
    document = _after(0)
    lines = [(f"Row {number}", "words") for number in range(rows)]
    half = rows // 2
    document.table(("Area", "Grade"), [Band(text="Maureen"), *lines[:half], Band(text="Kerry"), *lines[half:]], (1, 1))
    made = document.to_pdf()
    whose = ""
    for number, page in enumerate(_pages(document)):
        said = [line.strip() for line in page.splitlines() if line.startswith(("Row", "Maureen", "Kerry"))]
        assert not said[0].startswith("Row")
        for line in said:
            if line.startswith("Row"):
                assert whose == ("Maureen" if int(line.split()[1]) < half else "Kerry")
            else:
                assert line in ({whose + ", continued", "Kerry"} if number else {"Maureen", "Kerry"})
                whose = line.removesuffix(", continued")
        assert said[-1].startswith("Row")
    found = read_tags(made)
    assert found.faults == []
    assert found.aloud.count("[heads] Maureen") == found.aloud.count("Kerry") == 1
    assert "continued" not in found.aloud


@pytest.mark.parametrize("own", [20, 22, 24, 26, 28, 30])
def test_a_band_is_not_said_again_over_rows_that_are_not_its_own(own: int) -> None:
    document = _after(0)
    lines = [(f"Row {number}", "words") for number in range(60)]
    document.table(("Area", "Grade"), [Band(text="Maureen", rows=own), *lines], (1, 1))
    for page in _pages(document)[1:]:
        said = [line.strip() for line in page.splitlines() if line.startswith(("Row", "Maureen"))]
        number = int(next(line for line in said if line.startswith("Row")).split()[1])
        assert said[0].startswith("Maureen") == (number < own)


@pytest.mark.parametrize("rows", [0, 1, 3])
def test_a_row_that_no_page_can_hold_goes_on_below_its_band(rows: int) -> None:
    document = _after(0)
    lines = [(f"Row {number}", "words") for number in range(rows)]
    document.table(("Area", "Seen"), [Band(text="Maureen"), *lines, ("Row tall", _TALL * 9), *lines], (1, 1))
    pages = _pages(document)
    assert all("Maureen" in page for page in pages)
    assert all(f"line {number}" in " ".join(pages) for number in range(25))


def test_what_follows_begins_another_page() -> None:
    document = _after(1)
    document.new_page()
    document.heading(2, "Then")
    assert _page_of(_pages(document), "Then") == 1


def test_a_trend_that_is_too_high_to_be_read_on_one_page_is_cut_in_two() -> None:
    trend = trend_of(two_homes())
    document = _after(0)
    write_trend(document, trend)
    found = read_tags(document.to_pdf())
    first, second = found.of_kind("Figure")
    heads = [found.text(node) for node in found.of_kind("H3")]
    assert heads == [
        "Grades over time: Physical care and Care of safety",
        "Grades over time: Emotional care (love) and Developmental care (esteem)",
    ]
    assert "Care of safety, Ana" in first.alternative
    assert "Emotional care" not in first.alternative
    assert "Developmental care (esteem), Ana" in second.alternative


def test_a_trend_of_one_area_is_made_smaller_where_it_must_be() -> None:
    trend = trend_of(seven())
    document = _after(0)
    write_trend(document, replace(trend, areas=trend.areas[:1], series=trend.series[:1]), name="One")
    assert [node.kind for node in read_tags(document.to_pdf()).of_kind("Figure")] == ["Figure"]


def test_a_cumulative_chart_that_is_too_high_is_cut_between_its_bars_and_its_areas() -> None:
    document = _after(0)
    write_chart(document, make_chart(ChartKind.CUMULATIVE, record([*two_homes(), *many(14)])))
    found = read_tags(document.to_pdf())
    assert [found.text(node) for node in found.of_kind("H3")] == [
        "Cumulative neglect: time at each grade",
        "Cumulative neglect: areas at 4 or 5 at the same time",
    ]
    bars, together = (node.alternative for node in found.of_kind("Figure"))
    assert bars.startswith("Cumulative neglect, Ivy Marsh: 26 assessments between")
    assert together.startswith("Cumulative neglect, Ivy Marsh: 26 assessments between")
    assert "graded 4 or 5 in" in bars
    assert "at the same time" not in bars
    assert "two areas or more at 4 or 5 at the same time in" in together
    assert "Gain not held" in together
    small = _after(0)
    write_chart(small, make_chart(ChartKind.CUMULATIVE, record(seven()[:1])))
    assert len(read_tags(small.to_pdf()).of_kind("Figure")) == 1


def test_a_chart_that_grows_a_column_a_quarter_is_cut_so_that_it_can_be_read() -> None:
    document = Document(title="Breaks", running=_RUNNING)
    write_chart(document, Chart(kind=ChartKind.TYPES, data=types(13), about=ABOUT))
    (page,) = _pages(document)
    assert "Types of neglect: July 2022 to March 2023" in page
    assert "Types of neglect: April 2023 to September 2025" in page
    document = Document(title="Breaks", running=_RUNNING)
    write_chart(document, Chart(kind=ChartKind.TYPES, data=types(10), about=ABOUT))
    assert "2022 to" not in _pages(document)[0]
