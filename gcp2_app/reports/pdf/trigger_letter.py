"""The letter that asks MASH for a trigger review as a tagged PDF, as it is kept with its entry.

Source: casework.md, LP9: "outside MASH the next step is a letter asking MASH for a trigger review".
"""

from gcp2_app.domain.trigger_letter import ADDS_UP, ASKS, REQUESTS, TITLE, TO, WHY, TriggerLetter
from gcp2_app.domain.words import long_date
from gcp2_app.reports.pdf.document import Document
from gcp2_app.reports.pdf.running import Running


def trigger_letter(letter: TriggerLetter, *, practice: bool, classification: str = "OFFICIAL-SENSITIVE") -> bytes:
    """Return the letter as PDF bytes; equal values give equal bytes.

    Args:
        letter: what it says.
        practice: prints PRACTICE over every page.
        classification: of every page.
    """
    document = Document(
        title=f"{TITLE}: {letter.child}",
        running=Running(
            head=TITLE,
            subject=letter.child,
            caution="",
            classification=classification,
            practice=practice,
            recipient="",
            made_on=letter.on,
        ),
    )
    document.heading(1, TITLE)
    document.facts((("To", TO), ("About", letter.child), ("Date", long_date(letter.on))))
    document.heading(2, WHY)
    for text in letter.why:
        document.paragraph(text)
    document.heading(2, REQUESTS)
    document.table(
        ("When", "Who asked", "Concern", "What came of it"),
        [(each.when, each.asked_by, each.concern, each.outcome) for each in letter.requests],
        widths=(0.18, 0.24, 0.3, 0.28),
    )
    if letter.adds_up:
        document.heading(2, ADDS_UP)
        document.paragraph(letter.adds_up)
    document.heading(2, ASKS)
    document.bullets(letter.asks)
    document.paragraph("Please do not wait for the review where a child could be harmed before then.", style="strong")
    document.paragraph(letter.sender)
    return document.to_pdf()
