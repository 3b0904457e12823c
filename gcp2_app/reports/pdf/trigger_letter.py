"""The letter that asks MASH for a trigger review as a tagged PDF, as it is kept with its entry.

Source: casework.md, LP9: "outside MASH the next step is a letter asking MASH for a trigger review".
"""

from gcp2_app.domain.trigger_letter import ADDS_UP, ASKS, REQUESTS, TITLE, WHY, TriggerLetter
from gcp2_app.reports.pdf.letter import Letterhead, begin_letter, sign, write_part

#: Room for the longest day without a break.
_WIDTHS = (96, 100, 150, 147)


def trigger_letter(letter: TriggerLetter, *, practice: bool) -> bytes:
    """Return the letter as PDF bytes; equal values give equal bytes.

    Args:
        letter: what it says.
        practice: prints PRACTICE over every page.
    """
    document = begin_letter(Letterhead(kind=TITLE, title=TITLE, heading=letter.heading, practice=practice))
    write_part(document, WHY, "\n\n".join(letter.why))
    document.heading(2, REQUESTS, style="h3")
    document.table(
        ("When", "Who asked", "Concern", "What came of it"),
        [(each.when, each.asked_by, each.concern, each.outcome) for each in letter.requests],
        _WIDTHS,
    )
    write_part(document, ADDS_UP, letter.adds_up)
    document.heading(2, ASKS, style="h3")
    document.bullets(letter.asks)
    document.paragraph("Please do not wait for the review where a child could be harmed before then.", style="strong")
    sign(document, letter.sender)
    return document.to_pdf()
