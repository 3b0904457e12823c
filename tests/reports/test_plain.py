"""A document as plain text and as a table: all it says, in its order, with its marks; nothing that was taken out."""

from datetime import UTC, datetime

from gcp2_app.domain.withheld import Secret, SecretKind, Withheld
from gcp2_app.reports.pdf.document import Document
from gcp2_app.reports.pdf.plain import longest_table, plain_text
from gcp2_app.reports.pdf.redaction import Redaction
from tests.reports.test_document import document, running, small

AT = datetime(2026, 2, 3, 9, tzinfo=UTC)


def test_the_text_says_what_the_pages_say_in_their_order() -> None:
    made = small()
    assert plain_text(made) == (
        "OFFICIAL-SENSITIVE\n\n"
        "Care of Ivy\n===========\n\n"
        "First words.\n\n"
        "Facts\n-----\n\n"
        "Child: Ivy Marsh\n\n"
        "Two things:\n\n"
        "- One\n- Two\n\n"
        "A1 Nutrition\nArea: Food; Grade: 4\n\n"
        "Note this.\n\n"
        "Nearer\n\n"
        "Not GCP2, not validated.\nMade on 3 February 2026. "
        f"Content digest {made.digest[:16]}\n"
    )


def test_the_text_carries_the_marks_of_a_page_and_says_what_a_picture_shows() -> None:
    made = document(practice=True, recipient="the chair", caution="")
    made.figure(b"%PDF", (10, 10), (), heading="Trend", alternative="Grades went up.", caption="As printed.")
    text = plain_text(made)
    assert text.startswith("OFFICIAL-SENSITIVE\nPRACTICE: no real child\nThis copy is for the chair\n")
    assert "Trend\n\n[Picture: Grades went up.]\n\nAs printed." in text


def test_lines_of_one_text_stay_together_in_the_text() -> None:
    made = document(caution="")
    made.paragraph("Jo Lane\nSocial worker\n\nOffice")
    assert "\n\nJo Lane\nSocial worker\n\nOffice\n\n" in plain_text(made)


def test_what_is_taken_out_of_the_pages_is_in_neither_text_nor_table() -> None:
    hidden = Withheld(secrets=(Secret(SecretKind.ADDRESS, "Mill Lane"),))
    made = Document(title="A document", running=running(), redaction=Redaction(hidden))
    made.paragraph("They live in Mill Lane.")
    made.table(["Where", "When"], [["Mill Lane", "now"]], [1, 1])
    assert "Mill" not in plain_text(made)
    assert longest_table(made, made_at=AT).rows == (("[withheld]", "now"),)


def test_the_longest_table_is_taken_with_the_marks_of_a_page() -> None:
    made = document(practice=True, recipient="the chair")
    made.facts([("Child", "Ivy Marsh"), ("Born", "2019"), ("Lives", "Here")])
    made.table(["A", "B"], [["1", "2"]], [1, 1])
    made.table(["C", "D"], [["3", "4"], ["5", ""]], [1, 1])
    table = longest_table(made, made_at=AT)
    assert (table.heads, table.rows) == (("C", "D"), (("3", "4"), ("5", "")))
    assert table.before == (
        "OFFICIAL-SENSITIVE",
        "A test document",
        "PRACTICE: no real child",
        "This copy is for the chair",
    )
    assert table.title == "Graded care record"
    assert made.digest[:16] in table.after[0]


def test_a_document_without_a_table_gives_an_empty_one() -> None:
    made = document()
    made.facts([("Child", "Ivy Marsh")])
    table = longest_table(made, made_at=AT)
    assert (table.heads, table.rows) == ((), ())
