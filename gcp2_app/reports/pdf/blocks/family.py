"""Who is in the family and who lives together.

Source: experience.md, Reports ("all children in the household … family structure").
"""

from dataclasses import dataclass

from gcp2_app.reports.pdf.document import Cell, Document

HEADING = "The family and the household"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildLine:
    """One child.

    Attributes:
        name: as the reader may know them.
        born: the day and the age on the day the record is read, a line each.
        status: plans and legal status now, a line each.
        lives: with the child the document is about, in words; of that child, with which adults.
        note: anything else the reader needs, such as language or communication.
    """

    name: str
    born: str = ""
    status: str = ""
    lives: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdultLine:
    """One adult around the child.

    Attributes:
        relationship: to the child; ``responsibility``: parental, in words.
        lives: with the child, in words.
        needs: what has to be done so that they can take part, such as an interpreter or easy-read.
    """

    name: str
    relationship: str = ""
    responsibility: str = ""
    lives: str = ""
    needs: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyPart:
    """The family: the child the document is about first, then siblings, and the adults."""

    children: tuple[ChildLine, ...] = ()
    adults: tuple[AdultLine, ...] = ()


def write_family(document: Document, part: FamilyPart) -> None:
    """Write who is in the family."""
    document.heading(2, HEADING)
    if part.children:
        document.table(
            ["Child", "Born", "Plan or status", "Lives", "To know"],
            [
                [one.name, one.born, one.status or "None recorded", one.lives, Cell(text=one.note)]
                for one in part.children
            ],
            [23, 20, 23, 26, 29],
        )
    if part.adults:
        document.table(
            ["Adult", "Relationship", "Parental responsibility", "Lives", "Needs to take part"],
            [
                [one.name, one.relationship or "Not known", one.responsibility, one.lives, one.needs or "None recorded"]
                for one in part.adults
            ],
            [26, 20, 18, 20, 26],
        )
    else:
        document.paragraph("No adult is recorded here. Ask before relying on this.")
