"""A sheet to draw on: boxes, lines, marks and words in points from the top left, gathered into one figure.

Shapes of one look become one path and all words one artist, so that a redraw costs a few calls however many
assessments there are. Knows drawing, not what is drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from gcp2_app.reports.charts.lettering import ASCENT, DESCENT, Lettering, Letters, Word, width_of
from gcp2_app.reports.charts.library import Affine2D, Artist, Figure, Line2D, Path, PathPatch, Transform

_POINTS_PER_INCH: Final = 72

#: Marker shapes of caregiving units, in order.
UNIT_SHAPES: Final = ("o", "^", "s", "D", "v", "p")
#: The marker of an assessment recorded elsewhere.
ELSEWHERE_SHAPE: Final = "X"
#: The marker of an assessment that a later version corrects.
CORRECTED_SHAPE: Final = "x"


_BOX: Final = (Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY)


class Align(StrEnum):
    """Where words stand about their position."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a shape looks.

    Attributes:
        fill: ``#RRGGBB``, or None for an outline only.
        edge: ``#RRGGBB``, or None for no outline.
        width: of the outline, in points.
        dash: lengths drawn and left out, in points; empty for a full line.
        crisp: align to the pixels of a screen (straight shapes only).
    """

    fill: str | None = None
    edge: str | None = None
    width: float = 1.0
    dash: tuple[float, ...] = ()
    crisp: bool = True


@dataclass(slots=True)
class _Run:
    """Straight shapes of one look, as the points of one path."""

    points: list[tuple[float, float]] = field(default_factory=list)
    codes: list[np.uint8] = field(default_factory=list)


class Sheet:
    """Gathers what is drawn, layer by layer.

    Args:
        width: in points.
        height: in points.
        paper: the colour behind everything.
    """

    def __init__(self, width: float, height: float, paper: str) -> None:
        self.width = width
        self.height = height
        self._paper = paper
        self._runs: dict[tuple[int, Look], _Run] = {}
        self._marks: dict[tuple[int, Look, str, float], list[tuple[float, float]]] = {}
        self._words: list[Word] = []

    def box(self, x: float, y: float, width: float, height: float, look: Look, *, layer: int = 0) -> None:
        """Draw a rectangle with its top left corner at a position."""
        right, bottom = x + width, y + height
        run = self._run(look, layer)
        run.points += ((x, y), (right, y), (right, bottom), (x, bottom), (x, y))
        run.codes += _BOX

    def line(self, points: Sequence[tuple[float, float]], look: Look, *, layer: int = 0) -> None:
        """Draw straight lines from point to point."""
        run = self._run(look, layer)
        run.points += points
        run.codes += (Path.MOVETO, *(Path.LINETO for _ in points[1:]))

    def hatch(self, x: float, y: float, width: float, height: float, look: Look, *, gap: float, layer: int) -> None:
        """Draw slanted lines inside a rectangle, a gap apart; the same in every file format."""
        start = x - height
        while start < x + width:
            left, right = max(start, x), min(start + height, x + width)
            if right > left:
                foot = y + height
                self.line(
                    [(left, foot - (left - start)), (right, foot - (right - start))],
                    look,
                    layer=layer,
                )
            start += gap

    def mark(self, x: float, y: float, shape: str, size: float, look: Look, *, layer: int = 0) -> None:
        """Draw a marker about its centre; size is its width in points."""
        self._marks.setdefault((layer, look, shape, size), []).append((x, y))

    def words(
        self,
        x: float,
        y: float,
        text: str,
        letters: Letters,
        *,
        align: Align = Align.LEFT,
        turned: bool = False,
    ) -> None:
        """Write words on one line.

        Args:
            x: where they begin, are centred or end; for turned words the middle of the line.
            y: the middle of the line; for turned words where they begin (left), are centred or end (right), upwards.
            text: the words.
            letters: how they look.
            align: about the position.
            turned: read from bottom to top.
        """
        if not text:
            return
        shift = {Align.LEFT: 0.0, Align.CENTRE: 0.5, Align.RIGHT: 1.0}[align]
        along = width_of(text, letters) * shift
        drop = letters.size * (ASCENT - DESCENT) / 2
        if turned:
            placed = Word(text=text, x=x + drop, y=y + along, letters=letters, turned=True)
        else:
            placed = Word(text=text, x=x - along, y=y + drop, letters=letters)
        self._words.append(placed)

    def figure(self) -> Figure:
        """Return the figure: at 72 dots an inch until whoever shows it says otherwise."""
        figure = Figure(
            figsize=(self.width / _POINTS_PER_INCH, self.height / _POINTS_PER_INCH),
            dpi=_POINTS_PER_INCH,
            facecolor=self._paper,
        )
        points = Affine2D().scale(1 / _POINTS_PER_INCH) + figure.dpi_scale_trans
        drawn: list[tuple[int, Artist]] = [
            (layer, _patch(self._run_path(run), look, points)) for (layer, look), run in self._runs.items()
        ]
        drawn += [
            (layer, _markers(self._flipped(centres), shape, size, look, points))
            for (layer, look, shape, size), centres in self._marks.items()
        ]
        drawn.sort(key=lambda one: one[0])
        for zorder, (_, artist) in enumerate(drawn):
            artist.set_zorder(zorder)
            figure.add_artist(artist)
        lettering = Lettering(tuple(self._words), self.height)
        lettering.set_zorder(len(drawn))
        figure.add_artist(lettering)
        return figure

    def _run(self, look: Look, layer: int) -> _Run:
        run = self._runs.get((layer, look))
        if run is None:
            run = self._runs[layer, look] = _Run()
        return run

    def _run_path(self, run: _Run) -> Path:
        return Path(self._flipped(run.points), run.codes)

    def _flipped(self, points: Sequence[tuple[float, float]]) -> NDArray[np.float64]:
        flipped = np.array(points, dtype=np.float64)
        flipped[:, 1] = self.height - flipped[:, 1]
        return flipped


def _patch(path: Path, look: Look, points: Transform) -> PathPatch:
    return PathPatch(
        path,
        facecolor=look.fill or "none",
        edgecolor=look.edge or "none",
        linewidth=look.width if look.edge else 0,
        linestyle=(0, tuple(part / look.width for part in look.dash)) if look.dash else "-",
        capstyle="butt",
        transform=points,
        snap=True if look.crisp else None,
    )


def _markers(centres: NDArray[np.float64], shape: str, size: float, look: Look, points: Transform) -> Line2D:
    """Return marks of one shape and look: a screen draws the shape once, and puts it wherever there is a mark."""
    return Line2D(
        centres[:, 0],
        centres[:, 1],
        linestyle="none",
        marker=shape,
        markersize=size,
        markerfacecolor=look.fill or "none",
        markeredgecolor=look.edge or "none",
        markeredgewidth=look.width if look.edge else 0,
        transform=points,
    )
