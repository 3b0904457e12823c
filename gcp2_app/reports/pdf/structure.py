"""The logical structure of a document: what each thing on its pages is, in reading order.

Built beside the pages, filled in while they are drawn, written into the file at the end. Knows no PDF library.

Source: ISO 32000-1, 14.7 and 14.8 (structure types); ISO 14289-1 (PDF/UA-1).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """Standard structure types in use."""

    DOCUMENT = "Document"
    H1 = "H1"
    H2 = "H2"
    H3 = "H3"
    PARAGRAPH = "P"
    LIST = "L"
    ITEM = "LI"
    LABEL = "Lbl"
    ITEM_BODY = "LBody"
    TABLE = "Table"
    ROW = "TR"
    HEAD_CELL = "TH"
    CELL = "TD"
    FIGURE = "Figure"

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading of any level."""
        return self in (Kind.H1, Kind.H2, Kind.H3)


@dataclass(slots=True, eq=False)
class Element:
    """One element of the structure tree.

    Attributes:
        kind: what it is.
        text: its words, for headings, alternative texts and the digest.
        scope: of a head cell, ``Column`` or ``Row``.
        columns: number of columns a cell spans.
        is_tight: a line with the next one close below it.
        children: elements inside it, in reading order.
        content: where its own words were drawn: page from 0, and number of the marked content there.
        box: of a figure, left, bottom, right and top on its page in points.
        top: height of a heading on its page in points, for its bookmark.
    """

    kind: Kind
    text: str = ""
    scope: str = ""
    columns: int = 1
    is_tight: bool = False
    children: list["Element"] = field(default_factory=list)
    content: list[tuple[int, int]] = field(default_factory=list)
    box: tuple[float, float, float, float] | None = None
    top: float = 0.0

    def add(self, kind: Kind, text: str = "", *, scope: str = "", columns: int = 1) -> "Element":
        """Append an element inside this one and return it."""
        element = Element(kind=kind, text=text, scope=scope, columns=columns)
        self.children.append(element)
        return element

    def walk(self) -> Iterator["Element"]:
        """Return this element and all inside it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def is_drawn(self) -> bool:
        """Whether anything of it stands on a page."""
        return bool(self.content) or any(child.is_drawn for child in self.children)
