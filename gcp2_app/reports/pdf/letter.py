"""How every letter begins, goes on and ends on paper, so that it looks and reads like one.

Addressee, date and reference, greeting, subject; parts with a heading each; farewell, room to sign, and who signs.
Knows nothing of a record.
"""

from dataclasses import dataclass

from gcp2_app.domain.letters import FAREWELL, GREETING, Heading
from gcp2_app.reports.pdf.document import Document
from gcp2_app.reports.pdf.redaction import Redaction
from gcp2_app.reports.pdf.running import Running


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """What a letter is, whoever wrote it.

    Attributes:
        kind: of letter, on every page, such as "Professional challenge".
        title: its subject line, without the child.
        heading: addressee, date, reference, and whom it is about.
        moment: which past of the record is read, in words; empty for today.
        recipient: who this copy is for; printed across every page.
        practice: no real child; printed across every page.
    """

    kind: str
    title: str
    heading: Heading
    moment: str = ""
    recipient: str = ""
    practice: bool
    classification: str = "OFFICIAL-SENSITIVE"


def begin_letter(head: Letterhead, redaction: Redaction | None = None) -> Document:
    """Return a letter down to its subject line.

    Args:
        head: what it is.
        redaction: takes out what the reader may not see; None where nothing is withheld.
    """
    heading = head.heading
    subject = f"{head.title}, about {heading.child}"
    document = Document(
        title=subject,
        running=Running(
            head=head.kind,
            subject=heading.child,
            caution="",
            classification=head.classification,
            practice=head.practice,
            recipient=head.recipient,
            made_on=heading.on,
        ),
        redaction=redaction,
    )
    document.gap(6)
    for part in heading.lines:
        document.paragraph(part)
        document.gap(10)
    document.paragraph(GREETING)
    document.heading(1, subject, style="h2")
    document.paragraph("\n".join(filter(None, (heading.born, head.moment))))
    return document


def write_part(document: Document, heading: str, text: str) -> None:
    """Write a part of a letter; nothing where nothing is said."""
    if text.strip():
        document.heading(2, heading, style="h3")
        document.paragraph(text)


def sign(document: Document, signature: str, *, enclosed: str = "") -> None:
    """Write the end of a letter.

    Args:
        document: the letter.
        signature: who signs, a line each.
        enclosed: what comes with it on pages of its own, in a sentence; or empty.
    """
    document.signature(FAREWELL, signature)
    if enclosed:
        document.gap(6)
        document.paragraph(enclosed, style="quiet")
        document.new_page()
