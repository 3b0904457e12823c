"""The worksheet of a deep dive, read back from its PDF."""

from datetime import date

import pypdfium2

from gcp2_app.reports.pdf.deep_dive import AuthorityHistory, DeepDiveReport, write_deep_dive
from gcp2_app.reports.pdf.front import Front


def words(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)


def report(*authorities: AuthorityHistory, plan: str = "") -> DeepDiveReport:
    return DeepDiveReport(
        front=Front(
            title="Deep dive worksheet",
            subject="Robin Practice-Oak",
            made_on=date(2026, 3, 9),
            read_as_of=date(2026, 3, 9),
            facts=(("Worked on", "9 March 2026"), ("By", "Practice Alex Smith")),
            practice=True,
        ),
        why="The family moved in.",
        authorities=authorities,
        unknown_history="The winter of 2024.",
        pattern="Health care was missed in each place.",
        plan=plan,
    )


def test_each_authority_has_its_records_and_what_they_say() -> None:
    known = AuthorityHistory(
        authority="Walsall",
        from_=date(2023, 1, 5),
        to=date(2025, 6, 1),
        asked_on=date(2026, 2, 2),
        received_on=date(2026, 2, 20),
        merged_on=date(2026, 3, 1),
        history="Two plans for neglect.",
    )
    said = words(write_deep_dive(report(known, AuthorityHistory(authority=""), plan="Ask again by Friday.")).to_pdf())
    for text in (
        "Deep dive worksheet: Robin Practice-Oak",
        "Walsall There from 5 January 2023 There until 1 June 2025",
        "Asked for on 2 February 2026; received on 20 February 2026; merged into the chronology on 1 March 2026",
        "Two plans for neglect.",
        "An authority that is not named There from Not known There until Not known",
        "Not asked for What its records say is not known.",
        "The winter of 2024.",
        "Ask again by Friday.",
    ):
        assert text in said


def test_what_is_not_written_down_is_said_so_and_equal_values_give_equal_bytes() -> None:
    made = write_deep_dive(report()).to_pdf()
    assert "No authority is recorded." in words(made)
    assert "by when Not written down." in words(made)
    assert write_deep_dive(report()).to_pdf() == made
