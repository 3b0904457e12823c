"""What stands around a chart: its title, the practice mark and the key above it, its notes below.

Knows words and signs, nothing of what is drawn between them.
"""

import math
from collections.abc import Callable, Sequence

from gcp2_app.reports.charts.lettering import Letters, width_of, wrapped
from gcp2_app.reports.charts.palette import Theme
from gcp2_app.reports.charts.sheet import Align, Look, Sheet
from gcp2_app.reports.charts.trend_layout import MARGIN, Sizes

#: Draws one sign of the key about a centre.
Sign = Callable[[Sheet, float, float], None]
PRACTICE = "PRACTICE: no real child"


class Frame:
    """Title, key and notes of one chart.

    Args:
        title: of the chart.
        signs: each sign of the key with its words.
        notes: sentences below the chart.
        practice: a practice record.
        width: of the sheet, in points.
        sizes: of words.
        theme: the colours.

    Attributes:
        height: of title and key, in points.
        notes_height: of the notes, in points.
    """

    def __init__(
        self,
        title: str,
        *,
        signs: Sequence[tuple[Sign, str]] = (),
        notes: Sequence[str] = (),
        practice: bool = False,
        width: float,
        sizes: Sizes,
        theme: Theme,
    ) -> None:
        self._practice = practice
        self._width = width
        self._sizes = sizes
        self._theme = theme
        self._small = Letters(size=sizes.small, ink=theme.text)
        self._quiet = Letters(size=sizes.small, ink=theme.quiet)
        self._title = Letters(size=sizes.title, ink=theme.text, bold=True)
        self._mark = Letters(size=sizes.small, ink=theme.practice, bold=True)
        title_room = width - 2 * MARGIN - (self._practice_width + 8 if practice else 0)
        self._title_lines = wrapped(title, self._title, title_room)
        self._items = self._placed(signs)
        self._notes = [line for note in notes for line in wrapped(note, self._quiet, room_for_words(width))]
        rows = max((row + len(lines) for row, _, _, lines in self._items), default=0)
        self._key_top = MARGIN / 2 + len(self._title_lines) * sizes.title * 1.35 + 2 * sizes.scale
        self.height = self._key_top + rows * self._line + 4 * sizes.scale
        self.notes_height = len(self._notes) * self._note_line

    @property
    def _line(self) -> float:
        return key_line(self._sizes)

    @property
    def _note_line(self) -> float:
        return self._sizes.small * 1.4

    @property
    def _practice_width(self) -> float:
        return width_of(PRACTICE, self._mark) + 12

    def draw(self, sheet: Sheet, notes_top: float) -> None:
        """Draw title and key at the top of a sheet, and the notes from a height on."""
        sizes, theme = self._sizes, self._theme
        for place, line in enumerate(self._title_lines):
            y = MARGIN / 2 + (place + 0.6) * sizes.title * 1.35
            sheet.words(MARGIN, y, line, self._title)
        if self._practice:
            width, height = self._practice_width, sizes.small * 1.9
            left, top = self._width - MARGIN - width, MARGIN / 2 + 1
            sheet.box(left, top, width, height, Look(edge=theme.practice, width=1.2))
            sheet.words(left + width / 2, top + height / 2, PRACTICE, self._mark, align=Align.CENTRE)
        across = sign_width(sizes)
        for row, x, sign, lines in self._items:
            y = self._key_top + (row + 0.5) * self._line
            sign(sheet, x + across / 2, y)
            for place, line in enumerate(lines):
                sheet.words(x + across + 3, y + place * self._line, line, self._small)
        for place, line in enumerate(self._notes):
            sheet.words(MARGIN, notes_top + (place + 0.5) * self._note_line, line, self._quiet)

    def _placed(self, signs: Sequence[tuple[Sign, str]]) -> list[tuple[int, float, Sign, list[str]]]:
        """Set the key's items side by side, row by row; one longer than a row goes on below, alone."""
        placed: list[tuple[int, float, Sign, list[str]]] = []
        row, x = 0, MARGIN
        across = sign_width(self._sizes) + 3
        for sign, words in signs:
            lines = wrapped(words, self._small, room_for_words(self._width) - across)
            wide = across + width_of(words, self._small) + 12 * self._sizes.scale
            if x > MARGIN and x + wide > self._width:
                row, x = row + 1, MARGIN
            placed.append((row, x, sign, lines))
            x += wide
            if len(lines) > 1:
                row, x = row + len(lines), MARGIN
        return placed


def room_for_words(width: float) -> float:
    """Return how long a line of words may be: a screen rounds letters to its pixels, and they run a little longer."""
    return (width - 2 * MARGIN) * 0.96


def key_line(sizes: Sizes) -> float:
    """Return the height of one line of a key."""
    return sizes.small * 1.75


def sign_width(sizes: Sizes) -> float:
    """Return the room one sign of a key has."""
    # A word of a key is as large as all words, its markers are not.
    return max(18 * math.sqrt(sizes.scale), 2.6 * sizes.small)


def marker_sign(shape: str, sizes: Sizes, *, fill: str | None, edge: str) -> Sign:
    """Return a marker for a key."""
    look = Look(fill=fill, edge=edge, width=1.3, crisp=False)

    def sign(sheet: Sheet, x: float, y: float) -> None:
        sheet.mark(x, y, shape, sizes.marker, look, layer=6)

    return sign


def box_sign(sizes: Sizes, *, fill: str | None, edge: str, hatch: str = "") -> Sign:
    """Return a box for a key, hatched with an ink where one is given."""

    def sign(sheet: Sheet, x: float, y: float) -> None:
        wide, tall = sign_width(sizes) - 3, key_line(sizes) * 0.7
        sheet.box(x - wide / 2, y - tall / 2, wide, tall, Look(fill=fill, edge=edge, width=0.8), layer=4)
        if hatch:
            look = Look(edge=hatch, width=0.8, crisp=False)
            sheet.hatch(x - wide / 2, y - tall / 2, wide, tall, look, gap=3.0, layer=5)

    return sign


def upright_sign(sizes: Sizes, look: Look) -> Sign:
    """Return an upright line for a key."""

    def sign(sheet: Sheet, x: float, y: float) -> None:
        tall = key_line(sizes) * 0.8
        sheet.line([(x, y - tall / 2), (x, y + tall / 2)], look, layer=3)

    return sign


def words_sign(text: str, letters: Letters) -> Sign:
    """Return a word or number for a key."""

    def sign(sheet: Sheet, x: float, y: float) -> None:
        sheet.words(x, y, text, letters, align=Align.CENTRE)

    return sign
