"""A drawn chart as bytes: PNG, SVG, PDF, or pixels for a screen.

The same drawing gives the same bytes: no dates, no random names.
"""

import io
from typing import Any, Final

from gcp2_app.reports.charts.drawing import ChartDrawing
from gcp2_app.reports.charts.lettering import Lettering, Word
from gcp2_app.reports.charts.library import Figure, FigureCanvasAgg, mpl

_PNG_DPI: Final = 192
#: A tenth larger than the smallest, in half the time.
_QUICK: Final = {"compress_level": 2}
_SALT: Final = "gcp2"


def chart_png(drawing: ChartDrawing, *, title: str = "", dpi: float = _PNG_DPI) -> bytes:
    """Return a chart as a PNG picture.

    Args:
        drawing: the chart.
        title: written into the file for those who cannot see it.
        dpi: dots an inch.
    """
    return _saved(drawing.figure, "png", metadata={"Title": title, "Software": None}, dpi=dpi, pil_kwargs=_QUICK)


def chart_svg(drawing: ChartDrawing, *, title: str = "") -> bytes:
    """Return a chart as an SVG document with real text, its title and description inside."""
    return _saved(drawing.figure, "svg", metadata={"Title": title, "Date": None, "Creator": None})


def chart_pdf(drawing: ChartDrawing) -> bytes:
    """Return a chart as a one-page PDF of vectors with embedded TrueType fonts, to be placed in a document."""
    metadata = {"Creator": None, "Producer": None, "CreationDate": None}
    return _saved(drawing.figure, "pdf", metadata=metadata)


def chart_vectors(drawing: ChartDrawing) -> bytes:
    """Return a chart as a one-page PDF of vectors without its words, for a document that writes them itself.

    The document has the same faces embedded already, and writes words twenty times as fast.
    """
    written = [artist for artist in drawing.figure.artists if isinstance(artist, Lettering)]
    for artist in written:
        artist.set_visible(False)
    try:
        return chart_pdf(drawing)
    finally:
        for artist in written:
            artist.set_visible(True)


def chart_words(drawing: ChartDrawing) -> tuple[Word, ...]:
    """Return the words of a chart, each with its place on the sheet."""
    return tuple(word for artist in drawing.figure.artists if isinstance(artist, Lettering) for word in artist.words)


def chart_pixels(drawing: ChartDrawing, dpi: float) -> tuple[memoryview, int, int]:
    """Return a chart as pixels for a screen.

    Args:
        drawing: the chart.
        dpi: dots an inch: 96 times the screen's scale.

    Returns:
        Rows from the top of straight (not premultiplied) RGBA bytes, the width and the height in pixels.
    """
    drawing.figure.set_dpi(dpi)
    canvas: Any = FigureCanvasAgg(drawing.figure)
    canvas.draw()
    width, height = canvas.get_width_height()
    return canvas.buffer_rgba(), width, height


def _saved(figure: Figure, kind: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    settings: Any = {"pdf.fonttype": 42, "svg.fonttype": "none", "svg.hashsalt": _SALT}
    with mpl.rc_context(settings):
        figure.savefig(buffer, format=kind, **options)
    return buffer.getvalue()
