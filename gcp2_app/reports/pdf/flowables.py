"""The pieces a document is made of, each drawing itself as the element it is.

Paragraphs and tables may break across pages; every part stays the content of one element, and a repeated table head is
an artifact from the second page on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, PageBreak, Paragraph, Table
from typing_extensions import override

from gcp2_app.reports.pdf.canvas import TaggingCanvas
from gcp2_app.reports.pdf.structure import Element
from gcp2_app.reports.pdf.styles import BOLD, INK, REGULAR, STAND_IN, TEXT_HEIGHT, markup, runs_of


class TaggedParagraph(Paragraph):
    """A paragraph that is the content of an element.

    Attributes:
        element: whose content it is.
        repeats: drawn again on each page a table runs over; only the first time is content.
    """

    element: Element | None = None
    repeats: bool = False

    @classmethod
    def of(cls, text: str, style: Any, element: Element, *, repeats: bool = False) -> "TaggedParagraph":
        """Make a paragraph from markup."""
        made = cls(text, style)
        made.element = element
        made.repeats = repeats
        return made

    @override
    def wrapOn(self, canv: Any, aW: float, aH: float) -> Any:
        """Measure it, and say so."""
        if isinstance(canv, TaggingCanvas) and self.element is not None:
            canv.progress.measure(self.element)
        return super().wrapOn(canv, aW, aH)

    @override
    def split(self, availWidth: float, availHeight: float) -> list[Any]:
        parts: list[Any] = super().split(availWidth, availHeight)
        for part in parts:
            part.element, part.repeats = self.element, self.repeats
        return parts

    @override
    def draw(self) -> None:
        """Draw it as content, or again as an artifact."""
        assert self.element is not None, "every paragraph belongs to an element"  # noqa: S101
        if not self.element.content:
            self.element.top = float(self.canv.absolutePosition(0, self.height)[1])
        again = self.repeats and self.element.content
        with self.canv.running() if again else self.canv.content(self.element):
            super().draw()


class TaggedItem(TaggedParagraph):
    """One item of a list, with its bullet.

    Attributes:
        label: the bullet's element.
    """

    label: Element | None = None

    @override
    def split(self, availWidth: float, availHeight: float) -> list[Any]:
        parts = super().split(availWidth, availHeight)
        for part in parts:
            part.label = self.label
        return parts

    @override
    def draw(self) -> None:
        """Draw bullet and words."""
        if self.element is not None and self.label is not None and not self.element.content:
            size = self.style.fontSize
            with self.canv.content(self.label):
                self.canv.setFillColor(INK)
                self.canv.setFont(REGULAR, size)
                self.canv.drawString(1, self.height - size * 1.06, "•")
        super().draw()


#: Room in a table's cell beside and above its words, left, right, top and bottom together, in points.
CELL_SIDES, CELL_ENDS = 10.0, 8.0


class TaggedTable(Table):
    """A table whose cells are tagged paragraphs and whose fills and rules are artifacts.

    Attributes:
        least_rows: how many of its first rows stand on one page: head, band and the first row below them.
        room_after: height of what may not stand on a page without its last rows, in points.
        bands: rows that are heads of those below them, each with the number of the last row it heads; one of them that
            stands on an earlier page is said again below the head, so that no row looks like another's.
        goes_on: the first of them is said again.
    """

    least_rows: int = 1
    room_after: float = 0.0
    bands: tuple[tuple[int, int], ...] = ()
    goes_on: bool = False
    repeatRows: Any  # noqa: N815 - named by the library

    @property
    def least(self) -> float:
        """Height of what has to stand below its heading, in points; of a row that no page can hold, a few lines."""
        rows = self._cellvalues[: self.least_rows]
        tall = sum(self._tall(row) for row in rows)
        return tall if tall < TEXT_HEIGHT * 0.8 else sum(self._tall(row) for row in rows[:-1]) + 60

    def _tall(self, row: Sequence[Any]) -> float:
        spans = len(row) > 1 and all(cell == "" for cell in row[1:])
        widths = [sum(self._colWidths)] if spans else self._colWidths
        heights = (
            sum(words.wrap(width - CELL_SIDES, TEXT_HEIGHT)[1] for words in cell or ())
            for cell, width in zip(row, widths, strict=False)
        )
        return max(heights, default=0.0) + CELL_ENDS

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        width, height = super().wrap(availWidth, availHeight)
        # Said to be too tall, it is cut, and its last rows go on with what stands below it.
        return width, availHeight + 1 if self._leaves_what_follows(height, availHeight) else height

    def _leaves_what_follows(self, height: float, room: float) -> bool:
        return self.rows > 3 and height <= room < height + self.room_after

    @override
    def split(self, availWidth: float, availHeight: float) -> list[Any]:
        self._calc(availWidth, availHeight)
        parts: list[Any]
        if self._leaves_what_follows(sum(self._rowHeights), availHeight):
            parts = super().split(availWidth, sum(self._rowHeights[:-2]) + 0.1)
            if len(parts) != 2:
                self.room_after = 0.0
                return [self]
            return [parts[0], PageBreak(), parts[1]]
        above = self.repeatRows + any(band == self.repeatRows for band, _ in self.bands)
        heads = sum(self._rowHeights[:above])
        first = self._rowHeights[above] if len(self._rowHeights) > above else 0
        # A row is cut only where no page could hold it whole.
        self.splitInRow = 1 if heads + first > TEXT_HEIGHT * 0.9 else 0
        if self.splitInRow:
            # Nor does a band keep to such a row.
            self._nosplitCmds: list[Any] = [kept for kept in self._nosplitCmds if kept[1][1] != self.repeatRows]
            self._calcNoSplitRanges()
        parts = super().split(availWidth, availHeight)
        if self._leaves_one(parts):
            # The last row takes the one before it along.
            shorter = sum(self._rowHeights[:-2]) + 0.1
            parts = super().split(availWidth, shorter)
            parts[1].room_after = self.room_after
            # There is room for one of the two, and it would be taken.
            return [parts[0], PageBreak(), parts[1]]
        for last in parts[1:]:
            last.room_after = self.room_after
        return parts

    @override
    def _splitRows(self, availHeight: float, doInRowSplit: int = 0) -> list[Any]:
        heads = self.repeatRows
        place = self._getFirstPossibleSplitRowPosition(availHeight, ignoreSpans=doInRowSplit)
        above = next((band for band, last in self.bands if band < place <= last), None)
        try:
            self.repeatRows = heads if above is None else (*range(heads), above)
            parts: list[Any] = super()._splitRows(availHeight, doInRowSplit)
        finally:
            self.repeatRows = heads
        if len(parts) == 2:
            first, rest = parts
            first.repeatRows = rest.repeatRows = heads
            first.bands, first.goes_on = tuple(each for each in self.bands if each[0] < place), self.goes_on
            rest.goes_on = above is not None
            moved = heads + rest.goes_on - place
            rest.bands = tuple(
                (heads if band == above else band + moved, last + moved)
                for band, last in self.bands
                if band == above or band >= place
            )
            if above is not None:
                words, *blank = self._cellvalues[above]
                rest._cellvalues[heads] = [[_said_again(each) for each in words], *blank]  # noqa: SLF001
        return parts

    @property
    def rows(self) -> int:
        """How many rows it has below its head."""
        return len(self._cellvalues) - int(self.repeatRows) - self.goes_on

    def _leaves_one(self, parts: Sequence[Any]) -> bool:
        """Whether a cut would leave the last row alone on its page, though two can stay and two go on."""
        return len(parts) == 2 and not self.splitInRow and self.rows > 3 and parts[1].rows == 1

    @override
    def _drawBkgrnd(self) -> None:
        with self.canv.artifact():
            super()._drawBkgrnd()

    @override
    def _drawLines(self) -> None:
        with self.canv.artifact():
            super()._drawLines()


def _said_again(words: TaggedParagraph) -> TaggedParagraph:
    """Return the words of a band for the page it goes on to; they are read aloud where they stood first."""
    assert words.element is not None, "every paragraph belongs to an element"  # noqa: S101
    return TaggedParagraph.of(markup(f"{words.element.text}, continued"), words.style, words.element, repeats=True)


class HeadingRoom(CondPageBreak):
    """Goes on to the next page where a heading would stand alone at the foot of this one.

    Args:
        room: what it asks for at least, in points.

    Attributes:
        room: as given.
        following: the headings below it, each after its own room, and what stands after them; see
            :func:`keep_headings`.
        short: the heading and all below it, where that is a few words: they ask for no more room than they take.
    """

    def __init__(self, room: float) -> None:
        super().__init__(room)
        self.room = room
        self.following: list[Flowable] = []
        self.short: list[Flowable] = []

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        tall, asked = 0.0, self.room
        if self.short:
            asked = min(asked, sum(_tall(each, availWidth, availHeight) for each in self.short))
        for each in self.following:
            if isinstance(each, HeadingRoom):
                asked = max(asked, tall + each.room)
            elif isinstance(each, TaggedTable):
                tall += each.least + each.getSpaceBefore()
            elif _is_heading(each) or _is_quiet(each):
                tall += _tall(each, availWidth, availHeight)
            elif isinstance(each, KeepTogether):
                tall += sum(_tall(one, availWidth, availHeight) for one in each._content)  # noqa: SLF001 - no other name
            elif type(each) is CondPageBreak:
                # What a label asks for below itself.
                tall += each.height
            else:
                tall += _FIRST_WORDS
        # More than a page is never to be had.
        self.height = min(max(asked, tall), TEXT_HEIGHT - 1)
        super().wrap(availWidth, availHeight)
        return 0, 0


#: Room for the first words below a heading, in points.
_FIRST_WORDS = 34.0


class ItemsRoom(CondPageBreak):
    """Goes on to the next page where fewer than some items of a list would stand on this one.

    Args:
        items: what stands together, unless it is taller than a third of a page.
    """

    def __init__(self, items: Sequence[Flowable]) -> None:
        super().__init__(0)
        self._items = items

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        tall = sum(each.wrap(availWidth, availHeight)[1] + each.getSpaceAfter() for each in self._items)
        self.height = tall if tall < TEXT_HEIGHT / 3 else 0
        super().wrap(availWidth, availHeight)
        return 0, 0


def _tall(piece: Flowable, width: float, height: float) -> float:
    """Return the height of a piece with the room before and after it."""
    return float(piece.wrap(width, height)[1] + piece.getSpaceBefore() + piece.getSpaceAfter())


def keep_headings(story: Sequence[Flowable]) -> None:
    """Let each heading know what stands below it, so that it asks for room enough."""
    for place, room in enumerate(story):
        if isinstance(room, HeadingRoom):
            room.following = _heads(story, place + 1)
            room.short = _few_words(story, place + 1)


def _few_words(story: Sequence[Flowable], place: int) -> list[Flowable]:
    """Return the paragraphs from a place on, where nothing but another heading or the end comes after them."""
    found: list[Flowable] = []
    for each in islice(story, place, None):
        if not isinstance(each, TaggedParagraph):
            return found if isinstance(each, HeadingRoom | KeepTogether) else []
        found.append(each)
    return found


def _heads(story: Sequence[Flowable], place: int) -> list[Flowable]:
    """Return the headings from a place on, their rooms, quiet words between them, and the first piece after them."""
    found: list[Flowable] = []
    for number, each in enumerate(islice(story, place, None), start=place + 1):
        if _is_quiet(each):
            after = next((one for one in story[number:] if not _is_quiet(one)), None)
            if not isinstance(after, HeadingRoom | TaggedTable):
                return found
        found.append(each)
        if not (isinstance(each, HeadingRoom) or _is_heading(each) or _is_quiet(each)):
            break
    return found


def _is_heading(piece: Flowable) -> bool:
    return isinstance(piece, TaggedParagraph) and piece.element is not None and piece.element.kind.is_heading


def _is_quiet(piece: Flowable) -> bool:
    """Whether it is an aside, such as what the words below it come from."""
    return isinstance(piece, TaggedParagraph) and piece.style.name.endswith("quiet")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedWords:
    """Words of a picture that the document writes.

    Attributes:
        x: start of the baseline, in points from the picture's left.
        y: baseline, in points from the picture's top.
        ink: ``#RRGGBB``.
        turned: read from bottom to top.
    """

    text: str
    x: float
    y: float
    size: float
    ink: str
    bold: bool = False
    turned: bool = False


class Figure(Flowable):
    """A picture from a one-page PDF with words on it, made smaller where it must be.

    Args:
        pdf: the picture.
        size: its width and height in points.
        words: what the document writes on it.
        element: the figure element, with its alternative text.
        room: height in points it may take at most.
    """

    def __init__(
        self,
        pdf: bytes,
        size: tuple[float, float],
        words: Sequence[PlacedWords],
        element: Element,
        *,
        room: float,
    ) -> None:
        super().__init__()
        self.hAlign = "LEFT"
        self._pdf = pdf
        self._size = size
        self._words = words
        self._element = element
        self._room = room
        self._scale = 1.0

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        width, height = self._size
        self._scale = min(1.0, availWidth / width, self._room / height)
        return width * self._scale, height * self._scale

    @override
    def draw(self) -> None:
        """Place the picture, write its words, and note where it lies."""
        left, bottom = self.canv.absolutePosition(0, 0)
        width, height = (side * self._scale for side in self._size)
        self._element.box = (left, bottom, left + width, bottom + height)
        with self.canv.content(self._element):
            self.canv.place_figure(self._pdf, self._scale)
            for words in self._words:
                self._write(words)

    def _write(self, words: PlacedWords) -> None:
        canvas, size = self.canv, words.size * self._scale
        canvas.saveState()
        canvas.translate(words.x * self._scale, (self._size[1] - words.y) * self._scale)
        if words.turned:
            canvas.rotate(90)
        canvas.setFillColor(HexColor(words.ink))
        x = 0.0
        for run, ours in runs_of(words.text):
            face = (BOLD if words.bold else REGULAR) if ours else STAND_IN
            canvas.setFont(face, size)
            canvas.drawString(x, 0, run)
            x += stringWidth(run, face, size)
        canvas.restoreState()
