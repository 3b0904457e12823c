"""The tagged document kit: read back with libraries that did not write it."""

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from gcp2_app.errors import InvalidValue
from gcp2_app.reports.pdf.document import Band, Cell, Document
from gcp2_app.reports.pdf.flowables import PlacedWords
from gcp2_app.reports.pdf.running import Running
from tests.reports.tags import read_tags

ROOT = Path(__file__).parents[2]


def running(**changes: Any) -> Running:
    given_values: dict[str, Any] = {
        "head": "Graded care record",
        "subject": "Ivy Marsh · 5 to 26 January 2026",
        "caution": "Not GCP2, not validated.",
        "classification": "OFFICIAL-SENSITIVE",
        "practice": False,
        "recipient": "",
        "made_on": date(2026, 2, 3),
        **changes,
    }
    return Running(**given_values)


def document(**changes: Any) -> Document:
    return Document(title="A test document", running=running(**changes))


def small() -> Document:
    made = document()
    made.heading(1, "Care of Ivy")
    made.paragraph("First words.")
    made.heading(2, "Facts")
    made.facts([("Child", "Ivy Marsh"), ("Empty", "  ")])
    made.bullets(["One", "", "Two"], lead="Two things:")
    made.table(
        ["Area", "Grade", "Why"],
        [Band(text="A1 Nutrition"), ["Food", Cell(text="4", strong=True, fill="#F6C9A8"), ""]],
        [2, 1, 1],
    )
    made.inset(["Note this."], strong=True)
    made.heading(3, "Nearer")
    return made


def opened(made: bytes, **options: Any) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(made), **options)


def walk(element: Any, depth: int = 0) -> Iterator[tuple[int, Any]]:
    """Every structure element, in reading order, with its depth."""
    yield depth, element
    kids = element.get("/K")
    for kid in kids if isinstance(kids, pikepdf.Array) else ():
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") != "/MCR":
            yield from walk(kid, depth + 1)


def kinds(pdf: pikepdf.Pdf) -> list[str]:
    return [str(element.S)[1:] for _, element in walk(pdf.Root.StructTreeRoot.K)]


def text_of(made: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)


def test_the_structure_follows_the_reading_order() -> None:
    found = kinds(opened(small().to_pdf()))
    cells = ["TR", "TH", "P", "TH", "P", "TH", "P", "TR", "TH", "P", "TR", "TH", "P", "TD", "P", "TD"]
    items = ["LI", "Lbl", "LBody", "P", "LI", "Lbl", "LBody", "P"]
    facts = ["Table", "TR", "TH", "P", "TD", "P"]
    assert found == ["Document", "H1", "P", "H2", *facts, "P", "L", *items, "Table", *cells, "P", "H3"]


def test_head_cells_say_what_they_head_and_a_band_spans_the_columns() -> None:
    pdf = opened(small().to_pdf())
    heads = [
        (str(element.A.get("/Scope")), int(element.A.get("/ColSpan", 1)))
        for _, element in walk(pdf.Root.StructTreeRoot.K)
        if element.S == "/TH"
    ]
    assert heads == [("/Row", 1), ("/Column", 1), ("/Column", 1), ("/Column", 1), ("/Column", 3), ("/Row", 1)]


def test_every_mark_on_every_page_belongs_to_one_element() -> None:
    made = document()
    for number in range(12):
        made.heading(2, f"Section {number}")
        made.table(["A", "B"], [[f"row {row}", "words " * 30] for row in range(10)], [1, 3])
    pdf = opened(made.to_pdf())
    numbers = {int(pdf_page.StructParents): pdf_page for pdf_page in (page.obj for page in pdf.pages)}
    nums = pdf.Root.StructTreeRoot.ParentTree.Nums
    owned = {int(nums[place]): nums[place + 1] for place in range(0, len(nums), 2)}
    assert set(owned) == set(numbers) == set(range(len(pdf.pages)))
    for index, page in numbers.items():
        marks = page.Contents.read_bytes().count(b"/MCID ")
        assert marks == len(owned[index]) > 0


def test_all_that_is_drawn_is_content_or_artifact() -> None:
    pdf = opened(small().to_pdf())
    for page in pdf.pages:
        depth = 0
        for step in pikepdf.parse_content_stream(page):
            operands, operator = step.operands, step.operator
            if str(operator) in {"BDC", "BMC"}:
                depth += 1
                assert depth == 1, "marks must not lie inside one another"
                assert str(operands[0])[1:] in {"Artifact", "H1", "H2", "H3", "P", "Lbl"}
            elif str(operator) == "EMC":
                depth -= 1
            elif str(operator) in {"Tj", "TJ", "f", "f*", "S", "B", "Do"}:
                assert depth == 1, f"{operator} outside any mark"
        assert depth == 0


def test_the_file_says_its_language_title_day_and_that_it_is_tagged() -> None:
    pdf = opened(small().to_pdf())
    assert str(pdf.Root.Lang) == "en-GB"
    assert bool(pdf.Root.MarkInfo.Marked)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert str(pdf.docinfo.Title) == "A test document"
    assert str(pdf.docinfo.CreationDate) == "D:20260203000000Z"
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == "A test document"
        assert metadata["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        assert list(metadata["dc:language"]) == ["en-GB"]
    assert all(page.obj.Tabs == "/S" for page in pdf.pages)


def test_headings_are_bookmarks_one_inside_the_other() -> None:
    with opened(small().to_pdf()).open_outline() as outline:
        (title,) = outline.root
        assert title.title == "Care of Ivy"
        assert [child.title for child in title.children] == ["Facts"]
        assert [child.title for child in title.children[0].children] == ["Nearer"]


def test_every_face_is_embedded_and_no_other_is_named() -> None:
    pdf = opened(small().to_pdf())
    faces = [found for found in pdf.objects if isinstance(found, pikepdf.Dictionary) and found.get("/Type") == "/Font"]
    assert faces
    for face in faces:
        assert "OpenSans" in str(face.BaseFont)
        assert "/FontFile2" in face.FontDescriptor
        assert "/ToUnicode" in face


def test_equal_pieces_and_day_give_equal_bytes() -> None:
    one = small()
    assert one.to_pdf() == one.to_pdf() == small().to_pdf()
    other_day = document(made_on=date(2026, 2, 4))
    other_day.paragraph("First words.")
    same_words = document()
    same_words.paragraph("First words.")
    assert other_day.to_pdf() != same_words.to_pdf()
    assert other_day.digest == same_words.digest


def test_equal_bytes_in_another_process_with_other_hashes() -> None:
    script = (
        "import hashlib; from datetime import date;"
        "from gcp2_app.reports.pdf.document import Document; from gcp2_app.reports.pdf.running import Running;"
        "made = Document(title='T', running=Running(head='H', subject='S', caution='', classification='C',"
        " practice=True, recipient='', made_on=date(2026, 2, 3)));"
        "made.heading(1, 'Care of Ivy'); made.table(['A', 'B'], [['Zażółć', 'words']], [1, 2]);"
        "print(hashlib.sha256(made.to_pdf()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_the_digest_follows_the_words() -> None:
    one, other = document(), document()
    one.paragraph("Ivy was seen.")
    other.paragraph("Ivy was not seen.")
    assert one.digest != other.digest
    assert one.digest[:16] in text_of(one.to_pdf())


def test_the_digest_among_the_words_is_the_one_in_the_foot() -> None:
    made = document()
    made.paragraph("Ivy was seen.")
    made.small_print("Other agencies may know more.")
    text = " ".join(text_of(made.to_pdf()).split())
    assert f"Digest of this content: {made.digest}" in text
    assert f"content digest {made.digest[:16]}" in text


def test_each_line_of_a_text_is_a_paragraph_of_its_own() -> None:
    made = document()
    made.paragraph("Jo Lane\nSocial worker\n\n01384 555 0101\n", lead="From")
    made.inset(["First.\nSecond."])
    aloud = read_tags(made.to_pdf()).aloud.splitlines()
    assert aloud == ["From Jo Lane", "Social worker", "01384 555 0101", "First.", "Second."]


def test_a_long_running_foot_is_cut_to_the_page_and_says_so() -> None:
    made = document(recipient="the chair of the conference and everyone who was invited to it " * 4)
    made.paragraph("Words.")
    (line,) = [line for line in text_of(made.to_pdf()).splitlines() if line.startswith("Made on")]
    # What it is cut to leaves the digest whole.
    assert line.strip().endswith(f"… · content digest {made.digest[:16]}")


def test_every_page_says_its_number_class_caution_subject_and_day() -> None:
    made = document(recipient="Dr Petra Obi")
    made.paragraph("Many words. " * 900)
    reader = PdfReader(io.BytesIO(made.to_pdf()))
    pages = len(reader.pages)
    assert pages > 1
    for number, page in enumerate(reader.pages, start=1):
        text = page.extract_text()
        assert f"Page {number} of {pages}" in text
        assert "OFFICIAL-SENSITIVE" in text
        assert "Not GCP2, not validated." in text
        assert "Ivy Marsh · 5 to 26 January 2026" in text
        assert "Made on 3 February 2026 for Dr Petra Obi" in text
        assert "PRACTICE" not in text


def test_practice_and_the_recipient_stand_across_every_page() -> None:
    made = document(practice=True, recipient="Dr Petra Obi")
    made.paragraph("Many words. " * 900)
    for page in PdfReader(io.BytesIO(made.to_pdf())).pages:
        text = page.extract_text()
        assert text.count("PRACTICE") == 2
        assert text.count("Dr Petra Obi") == 2


def test_a_password_encrypts_with_aes_256_and_nothing_can_be_read_without_it() -> None:
    made = small().to_pdf("correct horse")
    with pytest.raises(pikepdf.PasswordError):
        opened(made)
    assert b"Ivy Marsh" not in made
    pdf = opened(made, password="correct horse")
    assert pdf.encryption.bits == 256
    assert pdf.encryption.R == 6
    assert kinds(pdf)[0] == "Document"


def test_an_empty_password_is_refused() -> None:
    with pytest.raises(InvalidValue):
        small().to_pdf("")


def test_a_long_table_repeats_its_head_as_an_artifact() -> None:
    made = document()
    made.table(["First column", "Second"], [[f"row {row}", "words"] for row in range(90)], [1, 1])
    pdf_bytes = made.to_pdf()
    reader = PdfReader(io.BytesIO(pdf_bytes))
    assert len(reader.pages) > 1
    assert all("First column" in page.extract_text() for page in reader.pages)
    found = kinds(opened(pdf_bytes))
    assert found.count("TR") == 91
    assert found.count("TH") == 92
    assert found.count("Table") == 1


def test_a_band_is_never_the_last_row_of_a_page() -> None:
    made = document()
    rows: list[Any] = []
    for number in range(60):
        rows += [Band(text=f"band {number}"), [f"row {number}", "words " * (number % 7 + 1) * 4]]
    made.table(["A", "B"], rows, [1, 3])
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(made.to_pdf())).pages]
    assert len(pages) > 2
    for number in range(60):
        (page,) = [text for text in pages if f"band {number} " in text]
        assert f"row {number} " in page


def test_a_row_longer_than_a_page_runs_on() -> None:
    made = document()
    made.table(["A", "B"], [["row", "some words " * 1500], ["next", "end"]], [1, 3])
    words = text_of(made.to_pdf()).split()
    assert words.count("some") == words.count("words") == 1500
    assert "end" in words


def test_a_paragraph_over_two_pages_stays_one_element() -> None:
    made = document()
    made.paragraph("Many words. " * 900)
    pdf = opened(made.to_pdf())
    assert kinds(pdf) == ["Document", "P"]
    (_, paragraph) = list(walk(pdf.Root.StructTreeRoot.K))[1]
    assert len({kid.Pg.objgen for kid in paragraph.K}) == len(pdf.pages) > 1


def test_a_notice_longer_than_a_page_runs_on_beside_its_bar() -> None:
    made = document()
    made.inset(["Short.", "Long words here. " * 700, "Last."])
    words = text_of(made.to_pdf()).split()
    assert words.count("Long") == words.count("here.") == 700
    assert "Last." in words
    assert kinds(opened(made.to_pdf())) == ["Document", "P", "P", "P"]


def test_a_word_longer_than_its_line_is_broken_not_lost() -> None:
    made = document()
    made.facts([("Name", "Llanfair" * 60)])
    made.table(["A", "B"], [["Llanfair" * 30, "x"]], [1, 3])
    assert text_of(made.to_pdf()).replace("\n", "").replace(" ", "").count("Llanfair") == 90


def test_a_letter_beyond_the_first_65536_can_be_read_back() -> None:
    made = document()
    made.paragraph("Ivy is \U0001f600 and \U0001f601 today")
    assert read_tags(made.to_pdf()).aloud == "Ivy is \U0001f600 and \U0001f601 today"


def test_what_a_person_wrote_is_never_taken_for_markup() -> None:
    made = document()
    made.paragraph("<b>5 < 6 & 7 > 3</b> <img src='x'/> &amp;")
    assert "<b>5 < 6 & 7 > 3</b> <img src='x'/> &amp;" in text_of(made.to_pdf())


def test_lines_stay_lines_and_blank_pieces_leave_nothing() -> None:
    made = document()
    made.paragraph("one\ntwo")
    made.paragraph("   ")
    made.bullets(["", " "])
    made.inset([""])
    made.facts([("Nothing", "")])
    pdf_bytes = made.to_pdf()
    assert kinds(opened(pdf_bytes)) == ["Document", "P", "P"]
    lines = [line.strip() for line in text_of(pdf_bytes).splitlines()]
    assert lines[lines.index("one") + 1] == "two"


def test_the_last_word_of_a_line_and_the_first_of_the_next_stay_apart() -> None:
    made = document()
    made.paragraph("alpha " * 60)
    for page in opened(made.to_pdf()).pages:
        shown = [
            bytes(step.operands[0])
            for step in pikepdf.parse_content_stream(page)
            if str(step.operator) == "Tj" and b"alpha alpha" in bytes(step.operands[0])
        ]
        assert len(shown) > 2
        assert all(line.endswith(b" ") for line in shown)


def test_a_figure_has_its_words_its_alternative_and_its_place() -> None:
    picture = _one_page_picture()
    made = document()
    words = [
        PlacedWords(text="upright", x=10, y=20, size=9, ink="#000000"),
        PlacedWords(text="turned", x=100, y=80, size=9, ink="#0B5CAD", bold=True, turned=True),
    ]
    made.figure(picture, (200, 100), words, heading="A picture", alternative="What it shows.", caption="Below it.")
    pdf_bytes = made.to_pdf()
    pdf = opened(pdf_bytes)
    (figure,) = [element for _, element in walk(pdf.Root.StructTreeRoot.K) if element.S == "/Figure"]
    assert str(figure.Alt) == "What it shows."
    left, bottom, right, top = (float(edge) for edge in figure.A.BBox)
    assert (right - left, top - bottom) == (200, 100)
    assert "/Figure1" in pdf.pages[0].Resources.XObject
    lines = {line.strip() for line in text_of(pdf_bytes).splitlines()}
    assert {"upright", "A picture", "Below it."} <= lines


def test_a_figure_larger_than_the_page_is_made_smaller_and_keeps_its_shape() -> None:
    made = document()
    made.figure(_one_page_picture(), (2000, 1000), [], heading="Wide", alternative="Wide.", caption="")
    pdf = opened(made.to_pdf())
    (figure,) = [element for _, element in walk(pdf.Root.StructTreeRoot.K) if element.S == "/Figure"]
    left, bottom, right, top = (float(edge) for edge in figure.A.BBox)
    assert right - left < 500
    assert (right - left) / (top - bottom) == pytest.approx(2, rel=0.01)


def _one_page_picture() -> bytes:
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(200, 100))
        buffer = io.BytesIO()
        pdf.save(buffer)
    return buffer.getvalue()


@settings(max_examples=25)
@given(st.text(max_size=200), st.text(alphabet="ŵŷłńé שלوم漢字☃\t\n\x00\x1b<>&", max_size=60))
def test_any_text_can_be_printed(text: str, hard: str) -> None:
    made = document(recipient=hard, practice=True)
    made.heading(1, hard or "Heading")
    made.paragraph(text, lead=hard)
    made.facts([(hard or "Term", text)])
    assert opened(made.to_pdf()).pages
