"""Words on a chart: measured, and drawn many at a time.

matplotlib lays out and rasterises each text anew at each draw, a millisecond or two a word; a chart of
forty assessments has a thousand. On a screen canvas each distinct word is therefore drawn once and kept as a picture;
in PDF and SVG words stay real text. Knows nothing of what the words say.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, cast

import numpy as np
from numpy.typing import NDArray
from typing_extensions import override

from gcp2_app.reports.charts.library import (
    Artist,
    FontProperties,
    LoadFlags,
    RendererAgg,
    RendererBase,
    fontManager,
    get_font,
    to_rgb,
)
from gcp2_app.reports.fonts import FALLBACK_FAMILY, FAMILY, fallback_file, font_file, letters_of, printable

_POINTS_PER_INCH: Final = 72
#: FreeType measures in 64ths of a pixel.
_SUBPIXELS: Final = 64
#: Ascent and descent of a line, as a share of its size.
ASCENT: Final = 0.77
DESCENT: Final = 0.22


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """How words look.

    Attributes:
        size: in points.
        ink: ``#RRGGBB``.
    """

    size: float
    ink: str
    bold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """Words in one place.

    Attributes:
        x: left end of the baseline (its start, where turned), in points from the left.
        y: baseline, in points from the top.
        turned: read from bottom to top.
    """

    text: str
    x: float
    y: float
    letters: Letters
    turned: bool = False


@lru_cache(maxsize=1)
def _register() -> None:
    """Make the shipped faces known to matplotlib, once."""
    for bold in (False, True):
        fontManager.addfont(font_file(bold=bold))


@lru_cache(maxsize=64)
def _properties(size: float, bold: bool) -> FontProperties:  # noqa: FBT001 - a cache key
    _register()
    weight = "bold" if bold else "normal"
    return FontProperties(family=[FAMILY, FALLBACK_FAMILY], size=size, weight=weight)


def _files(text: str, *, bold: bool) -> list[Path]:
    """Return the faces a printable text is written with: where one will do, the other costs time."""
    files = [font_file(bold=bold)]
    return files if all(ord(letter) in letters_of() for letter in text) else [*files, fallback_file(bold=bold)]


@lru_cache(maxsize=1024)
def _advance_at_100(letter: str, bold: bool) -> float:  # noqa: FBT001 - a cache key
    """Return how far one letter moves the next, in points at a size of 100; kerning is left out."""
    files = [font_file(bold=bold)]
    if ord(letter) not in letters_of():
        files = [fallback_file(bold=bold)]
    # matplotlib keeps one face a thread, so that two threads may measure at once.
    face = get_font(files)
    face.set_size(100, _POINTS_PER_INCH)
    return float(face.load_char(ord(letter), LoadFlags.NO_HINTING).linearHoriAdvance) / 65536


@lru_cache(maxsize=4096)
def _width_at_100(text: str, bold: bool) -> float:  # noqa: FBT001 - a cache key
    return sum(_advance_at_100(letter, bold) for letter in printable(text))


def width_of(text: str, letters: Letters) -> float:
    """Return how wide words are, in points."""
    if not text:
        return 0.0
    return _width_at_100(text, letters.bold) * letters.size / 100


def wrapped(text: str, letters: Letters, width: float) -> list[str]:
    """Break words into lines no wider than a width in points; a word that is wider goes on below."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, letters) <= width:
            lines[-1] = longer
        else:
            lines += _pieces(word, letters, width)
    return lines


def _pieces(word: str, letters: Letters, width: float) -> list[str]:
    """Cut a word that is wider than a line into as many as it needs, none without a letter."""
    pieces = [word]
    while width_of(pieces[-1], letters) > width and len(pieces[-1]) > 1:
        last = pieces.pop()
        fits = next((many for many in range(len(last) - 1, 1, -1) if width_of(last[:many], letters) <= width), 1)
        pieces += [last[:fits], last[fits:]]
    return pieces


def shortened(text: str, letters: Letters, width: float) -> str:
    """Return the words, or as many of their letters as fit with "…" after them."""
    if width_of(text, letters) <= width:
        return text
    kept = text
    while kept and width_of(f"{kept.rstrip()}…", letters) > width:
        kept = kept[:-1]
    return f"{kept.rstrip()}…" if kept.strip() else ""


def forget_lettering() -> None:
    """Drop the kept pictures of words: names of children may be among them. Call it on lock."""
    _picture.cache_clear()
    _cover.cache_clear()
    _width_at_100.cache_clear()
    printable.cache_clear()


class Lettering(Artist):
    """All the words of a chart, as one artist.

    Args:
        words: what to draw and where.
        height: of the sheet, in points.
    """

    def __init__(self, words: tuple[Word, ...], height: float) -> None:
        super().__init__()
        self.words = words
        self._height = height

    @override
    def draw(self, renderer: RendererBase) -> None:
        """Draw every word: as a kept picture on a screen canvas, as text elsewhere."""
        if not self.get_visible():
            return
        if isinstance(renderer, RendererAgg):
            self._draw_pictures(renderer)
        else:
            self._draw_text(renderer)
        self.stale = False

    def _draw_pictures(self, renderer: RendererAgg) -> None:
        scale = renderer.dpi / _POINTS_PER_INCH
        gc = renderer.new_gc()
        for word in self.words:
            picture, left, below = _picture(word.text, word.letters, word.turned, renderer.dpi)
            x = round(word.x * scale) - left
            y = round((self._height - word.y) * scale) - below
            renderer.draw_image(gc, x, y, picture)
        gc.restore()

    def _draw_text(self, renderer: RendererBase) -> None:
        unit = cast("float", renderer.points_to_pixels(1.0))
        for word in self.words:
            letters = word.letters
            gc = renderer.new_gc()
            gc.set_foreground(letters.ink)
            y = (self._height - word.y) * unit
            if renderer.flipy():
                y = word.y * unit
            renderer.draw_text(
                gc,
                word.x * unit,
                y,
                printable(word.text),
                _properties(letters.size, letters.bold),
                90 if word.turned else 0,
            )
            gc.restore()


@lru_cache(maxsize=2048)
def _picture(
    text: str,
    letters: Letters,
    turned: bool,  # noqa: FBT001 - a cache key
    dpi: float,
) -> tuple[NDArray[np.uint8], int, int]:
    """Return words as pixels, with how far the start of the baseline lies from the left and from below.

    A line is put together from its words, each drawn once in any ink: a face takes some 15 microseconds a letter, and
    the sentences of a chart use the same words over and over.
    """
    cover, left, below = _line_cover(printable(text), letters.size, letters.bold, dpi)
    pixels = np.empty((*cover.shape, 4), dtype=np.uint8)
    pixels[..., :3] = np.round(np.multiply(to_rgb(letters.ink), 255))
    pixels[..., 3] = cover
    # A picture's rows run from the bottom of the sheet up.
    if turned:
        return np.ascontiguousarray(np.rot90(pixels)[::-1]), cover.shape[0] - below, left
    return np.ascontiguousarray(pixels[::-1]), left, below


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cover:
    """One word without ink.

    Attributes:
        pixels: how much of each pixel is covered, 0 to 255, from the top.
        left, below: of the start of the baseline, from the left and from below.
        advance: from there to where the word ends.
    """

    pixels: NDArray[np.uint8]
    left: int
    below: int
    advance: int


def _line_cover(text: str, size: float, bold: bool, dpi: float) -> tuple[NDArray[np.uint8], int, int]:  # noqa: FBT001
    """Return a line as cover, with how far the start of its baseline lies from the left and from below."""
    words = text.split(" ")
    if len(words) == 1:
        only = _cover(text, size, bold, dpi)
        return only.pixels, only.left, only.below
    space = _cover(" ", size, bold, dpi).advance
    placed: list[tuple[int, _Cover]] = []
    pen = 0
    for word in words:
        if word:
            cover = _cover(word, size, bold, dpi)
            placed.append((pen, cover))
            pen += cover.advance
        pen += space
    left = max((cover.left - at for at, cover in placed), default=0)
    right = max((at - cover.left + cover.pixels.shape[1] for at, cover in placed), default=1)
    below = max((cover.below for _, cover in placed), default=0)
    above = max((cover.pixels.shape[0] - cover.below for _, cover in placed), default=1)
    line = np.zeros((above + below, left + right), dtype=np.uint8)
    for at, cover in placed:
        rows, columns = cover.pixels.shape
        top, start = above + cover.below - rows, left + at - cover.left
        part = line[top : top + rows, start : start + columns]
        np.maximum(part, cover.pixels, out=part)
    return line, left, below


@lru_cache(maxsize=4096)
def _cover(text: str, size: float, bold: bool, dpi: float) -> _Cover:  # noqa: FBT001 - a cache key
    face = get_font(_files(text, bold=bold))
    face.set_size(size, dpi)
    # All letters in one call: glyph by glyph, as a canvas draws text, costs five times as much. Where the space after
    # them begins, they end; it has no pixels of its own.
    ends = face.set_text(f"{text} ", 0, flags=LoadFlags.DEFAULT)
    face.draw_glyphs_to_bitmap(antialiased=True)
    return _Cover(
        pixels=np.array(face.get_image(), dtype=np.uint8),
        left=-(face.get_bitmap_offset()[0] // _SUBPIXELS),
        below=face.get_descent() // _SUBPIXELS + 1,
        advance=round(float(ends[-1][0]) / _SUBPIXELS),
    )
