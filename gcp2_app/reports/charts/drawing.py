"""A drawn chart: the figure, and where on it each source lies, for pointer and keyboard.

Positions are points (1/72 inch) from the top left; a screen multiplies them by its dots an inch over 72.
"""

from dataclasses import dataclass

from gcp2_app.domain.assessment import Window
from gcp2_app.reports.charts.library import Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A rectangle on the sheet, in points from the top left."""

    x: float
    y: float
    width: float
    height: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a position lies in it."""
        return self.x <= x <= self.x + self.width and self.y <= y <= self.y + self.height


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartMark:
    """One point of a chart that can be reached.

    Attributes:
        area: code of the area, or of the row it stands in.
        x, y: centre of its marker.
        reach: half the side of its target about the centre; at least 12 pixels of a standard screen.
        places: other parts of the chart that are its own, such as its counts.
        text: everything it says, for a tip or a screen reader.
        assessment: id of the assessment behind it, or empty.
        entry: id of the entry behind it, or empty.
        carers: ids of the caregiving unit, where it has one.
        window: days of the assessment, where there is one.
    """

    area: str
    x: float
    y: float
    reach: float
    places: tuple[Place, ...]
    text: str
    assessment: str = ""
    entry: str = ""
    carers: tuple[str, ...] = ()
    window: Window | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartNote:
    """A thing on the time axis that is not a grade: a break, or a change of pack.

    Attributes:
        place: where it lies.
        text: what it says.
        entry: id of the entry behind it, or None.
    """

    place: Place
    text: str
    entry: str | None = None


@dataclass(frozen=True, kw_only=True)
class ChartDrawing:
    """A figure with its marks.

    Attributes:
        width, height: of the figure, in points.
        marks: in the order a keyboard walks them: area by area, caregiving unit by unit, oldest first.
        notes: on the time axis, oldest first.
    """

    figure: Figure
    width: float
    height: float
    marks: tuple[ChartMark, ...]
    notes: tuple[ChartNote, ...] = ()

    def mark_at(self, x: float, y: float) -> ChartMark | None:
        """Return the mark at a position in points from the top left: the nearest in reach, else whose part it is."""
        near = [mark for mark in self.marks if max(abs(mark.x - x), abs(mark.y - y)) <= mark.reach]
        if near:
            return min(near, key=lambda mark: (mark.x - x) ** 2 + (mark.y - y) ** 2)
        for mark in self.marks:
            if any(place.holds(x, y) for place in mark.places):
                return mark
        return None

    def note_at(self, x: float, y: float) -> ChartNote | None:
        """Return the note at a position in points from the top left."""
        return next((note for note in self.notes if note.place.holds(x, y)), None)
