"""The walk through a chart: its marks as rows of stops, and where each key leads. Knows no widgets."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gcp2_app.reports.charts.drawing import ChartDrawing, ChartMark, ChartNote

#: Half the side of the largest mark about a note, in points.
_MOST_REACH = 9.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """Something on a chart that can be reached.

    Attributes:
        x, y: its middle, in points from the top left.
        reach: half the side of the square around it, in points.
        text: everything it says.
        assessment, entry, area: what it stands for; empty for a note on the time axis.
    """

    x: float
    y: float
    reach: float
    text: str
    assessment: str = ""
    area: str = ""
    entry: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What stays the same when the chart is drawn anew."""
        return self.assessment, self.area, "" if self.assessment and not self.entry else self.text


class Walk:
    """The stops of one drawing, row by row: notes on the time axis first, then area by area, oldest first."""

    def __init__(self, drawing: "ChartDrawing | None" = None) -> None:
        self._drawing = drawing
        self.rows: tuple[tuple[Stop, ...], ...] = ()
        if drawing is not None:
            areas: dict[str, list[Stop]] = {}
            for mark in drawing.marks:
                areas.setdefault(mark.area, []).append(_of_mark(mark))
            notes = [_of_note(note) for note in drawing.notes]
            rows = [notes, *areas.values()]
            self.rows = tuple(tuple(sorted(row, key=lambda stop: (stop.x, stop.y))) for row in rows if row)

    @property
    def start(self) -> Stop | None:
        """Where a walk begins: the latest point of the first area, or the last mark of the first row."""
        with_marks = [row for row in self.rows if row[0].area]
        return with_marks[0][-1] if with_marks else None

    def again(self, stop: Stop) -> Stop | None:
        """Return what a stop of an earlier drawing is in this one."""
        return next((one for row in self.rows for one in row if one.key == stop.key), None)

    def along(self, stop: Stop, by: int) -> Stop:
        """Return the stop so many further along its row: -1 the one before, 1 the one after."""
        row = self._row(stop)
        return row[max(0, min(len(row) - 1, row.index(stop) + by))]

    def first(self, stop: Stop) -> Stop:
        """Return the first stop of a row."""
        return self._row(stop)[0]

    def last(self, stop: Stop) -> Stop:
        """Return the last stop of a row."""
        return self._row(stop)[-1]

    def across(self, stop: Stop, by: int) -> Stop:
        """Return the stop so many rows further down: the same assessment's, else the nearest in time."""
        number = self.rows.index(self._row(stop)) + by
        if not 0 <= number < len(self.rows):
            return stop
        row = self.rows[number]
        same = [one for one in row if one.assessment and one.assessment == stop.assessment]
        return same[0] if same else min(row, key=lambda one: abs(one.x - stop.x))

    def at(self, x: float, y: float) -> Stop | None:
        """Return the stop at a position in points."""
        if self._drawing is None:
            return None
        mark = self._drawing.mark_at(x, y)
        if mark is not None:
            return _of_mark(mark)
        note = self._drawing.note_at(x, y)
        return None if note is None else _of_note(note)

    def _row(self, stop: Stop) -> tuple[Stop, ...]:
        return next(row for row in self.rows if stop in row)


def _of_mark(mark: "ChartMark") -> Stop:
    return Stop(
        x=mark.x,
        y=mark.y,
        reach=mark.reach,
        text=mark.text,
        assessment=mark.assessment,
        area=mark.area,
        entry=mark.entry,
    )


def _of_note(note: "ChartNote") -> Stop:
    place = note.place
    # What lasted is as wide as it lasted; the mark about it is not.
    reach = min(max(place.width, place.height) / 2, _MOST_REACH)
    return Stop(
        x=place.x + place.width / 2, y=place.y + place.height / 2, reach=reach, text=note.text, entry=note.entry or ""
    )
