"""What every letter says of itself: whom it is written to, its date and reference, how it greets and ends.

Source: casework.md, LP9, LP10 and LP12 (letters).
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from gcp2_app.domain.register import Child, Professional
from gcp2_app.domain.words import AGENCIES, capital, long_date

GREETING: Final = "Dear colleague"
FAREWELL: Final = "Yours sincerely"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What stands above the words of a letter.

    Attributes:
        on: its date.
        to: whom it is written to, a line each.
        reference: by which its writers find the child again, or empty.
        child: how the child is named in it.
        born: day of birth, or the day that is expected, in a sentence; or empty.
    """

    on: date
    to: str
    reference: str
    child: str
    born: str

    @property
    def lines(self) -> tuple[str, ...]:
        """Addressee, date and reference: parts set apart, lines within them kept."""
        reference = f"\nOur reference: {self.reference}" if self.reference else ""
        return (self.to, f"{long_date(self.on)}{reference}")


def heading_of(child: Child, *, name: str, to: str, on: date) -> Heading:
    """Return what stands above the words of a letter about a child.

    Args:
        child: whom it is about.
        name: how the child is named in it.
        to: whom it is written to, a line each.
        on: its date.
    """
    return Heading(on=on, to=to, reference=child.authority_id or "", child=name, born=born_words(child))


def born_words(child: Child) -> str:
    """Return when a child was born or is expected, in a sentence, or nothing where neither is known."""
    if child.date_of_birth is not None:
        return f"Born on {long_date(child.date_of_birth)}."
    return f"Expected on {long_date(child.expected_date)}." if child.expected_date is not None else ""


def signature(writer: Professional) -> str:
    """Return who signs: name, role, agency and how to be reached, a line each."""
    agency = capital(AGENCIES[writer.agency]) if writer.agency is not None else ""
    return "\n".join(filter(None, (writer.name, capital(writer.role), agency, writer.phone, writer.email)))
