"""How every document but the assessment's begins: title, what its reader has to know first, and what each page carries.

Knows nothing of a record; whoever makes a document says what stands here.
"""

from dataclasses import dataclass
from datetime import date

from gcp2_app.domain.words import capital, long_date
from gcp2_app.reports.pdf.document import Document
from gcp2_app.reports.pdf.redaction import Redaction
from gcp2_app.reports.pdf.running import Running


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """The first lines of a document.

    Attributes:
        title: what the document is, such as "Child in need review".
        subject: who it is about, as its reader may know them; may be empty.
        made_on: the day it is made.
        read_as_of: the day the record was read as of.
        moment: which past is read, in words; empty for today.
        facts: terms with what is known of each, below the title.
        recipient: who this copy is for; printed across every page.
        reader: who it is for where there is no ``recipient``, such as "a parent"; printed below the title alone.
        practice: no real child; printed across every page.
    """

    title: str
    subject: str = ""
    made_on: date
    read_as_of: date
    moment: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    recipient: str = ""
    reader: str = ""
    practice: bool = False
    language: str = "en-GB"
    classification: str = "OFFICIAL-SENSITIVE"

    @property
    def whole_title(self) -> str:
        """Title with who it is about."""
        return f"{self.title}: {self.subject}" if self.subject else self.title

    @property
    def whom(self) -> str:
        """Who this copy is for, as it stands below the title."""
        return self.recipient or capital(self.reader)


def begin(front: Front, redaction: Redaction | None = None, *, large: bool = False) -> Document:
    """Return a document with its first lines written.

    Args:
        front: what they say.
        redaction: takes out what the reader may not see; None where nothing is withheld.
        large: in larger letters, for a family.
    """
    document = _titled(front, redaction, large=large)
    read = front.moment or f"As it stood on {long_date(front.read_as_of)}."
    document.facts([*front.facts, ("Which record", read), ("This copy is for", front.whom)])
    document.say_left_out()
    return document


def begin_easily(front: Front, redaction: Redaction | None = None) -> Document:
    """Return an easy-read document with its title written, in large type; see :func:`begin`."""
    return _titled(front, redaction, large=True)


def _titled(front: Front, redaction: Redaction | None, *, large: bool = False) -> Document:
    document = Document(
        title=front.whole_title,
        running=Running(
            head=front.title,
            subject=front.subject,
            caution="",
            classification=front.classification,
            practice=front.practice,
            recipient=front.recipient,
            made_on=front.made_on,
        ),
        language=front.language,
        redaction=redaction,
        large=large,
    )
    document.heading(1, front.whole_title)
    return document


def end(document: Document, *, holds_grades: bool = True) -> Document:
    """Write what the document rests on, and its digest, in a few small lines that seldom need a page; return it."""
    # Words may have been taken out since the first page.
    document.say_left_out()
    grades = "Grades are steps in order. They are compared and counted, never added or averaged, and there is no total."
    record = "Made from one working copy of the record: other agencies may know more."
    document.small_print(f"{record} {grades}" if holds_grades else record)
    return document
