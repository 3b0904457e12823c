"""A tagged document, built piece by piece in reading order and made into PDF bytes at the end.

One class for every report: headings, paragraphs, lists, tables, facts, figures; running head and foot; marks of
classification and practice. Knows nothing of children or grades.
"""

import dataclasses
import hashlib
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import BaseDocTemplate, CondPageBreak, KeepTogether, PageBreak, Spacer

from gcp2_app import __version__
from gcp2_app.domain.withheld import Withheld
from gcp2_app.errors import InvalidValue
from gcp2_app.reports.pdf import styles
from gcp2_app.reports.pdf.canvas import TaggingCanvas
from gcp2_app.reports.pdf.finishing import Description, PlacedFigure, finish
from gcp2_app.reports.pdf.flowables import (
    Figure,
    HeadingRoom,
    ItemsRoom,
    PlacedWords,
    TaggedItem,
    TaggedParagraph,
    TaggedTable,
    keep_headings,
)
from gcp2_app.reports.pdf.insets import Inset, Pictured, RuledLines
from gcp2_app.reports.pdf.redaction import Redaction
from gcp2_app.reports.pdf.running import Running, RunningMarks, page_template
from gcp2_app.reports.pdf.structure import Element, Kind
from gcp2_app.reports.pictures.catalogue import DRAWINGS, Picture

#: Headings of this level name a section in the list of what was taken out.
_SECTION_LEVEL = 2
_HEADINGS = {1: Kind.H1, 2: Kind.H2, 3: Kind.H3}
#: Room a heading asks for below itself before it stands at the foot of a page, in points.
_HEADING_ROOM = {1: 120.0, 2: 110.0, 3: 80.0}

#: Room for a figure's heading and caption, in points.
_FIGURE_SURROUND = 58.0
#: Room that words above a list ask for below themselves, in points.
_LEAD_ROOM = 60.0
#: Room for a name to be signed by hand, in points.
_ROOM_TO_SIGN = 34.0
#: A list of so many items stands on one page.
_SHORT_LIST = 3
#: What a figure may take of a page, in points.
FIGURE_ROOM = styles.TEXT_WIDTH, styles.TEXT_HEIGHT - _FIGURE_SURROUND


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a table.

    Attributes:
        text: what it says; line breaks are kept.
        strong: in bold.
        quiet: smaller and lighter.
        fill: background, ``#RRGGBB``, or empty. Never the only sign of anything.
        under: smaller and lighter words below.
    """

    text: str
    under: str = ""
    strong: bool = False
    quiet: bool = False
    fill: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A row of a table that is the head of those below it, across all columns.

    Attributes:
        rows: how many it heads; 0 for all as far as the next band.
    """

    text: str
    rows: int = 0


#: A row of a table: as many cells as columns, or a band across them.
Row = Sequence[Cell | str] | Band


class Document:
    """Gathers the pieces of one document.

    Args:
        title: of the whole, for title bars and screen readers.
        running: what stands on every page.
        language: of its words, such as ``en-GB``.
        redaction: takes out what its reader may not see; None for a reader from whom nothing is withheld.
        large: easy-read: no word of it is smaller than 14 points.
    """

    def __init__(
        self,
        *,
        title: str,
        running: Running,
        language: str = "en-GB",
        redaction: Redaction | None = None,
        large: bool = False,
    ) -> None:
        styles.register_fonts()
        self._redaction = redaction or Redaction(Withheld())
        title = self._redaction.clean(title)
        self._title = title
        # Who it is for is typed, with an address now and then.
        self._running = dataclasses.replace(
            running,
            head=self._redaction.clean(running.head),
            subject=self._redaction.clean(running.subject),
            recipient=self._redaction.clean(running.recipient),
        )
        self._language = language
        self._large = large
        self._root = Element(kind=Kind.DOCUMENT)
        self._story: list[Any] = []
        self._digest = hashlib.sha256(title.encode())
        self._sealed = ""

    @property
    def title(self) -> str:
        """Title of the whole."""
        return self._title

    @property
    def running(self) -> Running:
        """What stands on every page."""
        return self._running

    @property
    def root(self) -> Element:
        """What was added so far, in reading order."""
        return self._root

    @property
    def digest(self) -> str:
        """SHA-256 of everything added so far, or until it was sealed, as 64 hexadecimal digits."""
        return self._sealed or self._digest.copy().hexdigest()

    def seal(self) -> str:
        """Return the digest, which stays as it is from now on: what prints it is not in it.

        So the digest printed among the words and the one in the foot of every page are the same.
        """
        self._sealed = self.digest
        return self._sealed

    def heading(self, level: int, text: str, *, style: str = "") -> None:
        """Add a heading.

        Args:
            level: 1 to 3.
            text: its words.
            style: how it looks, where not as its level: a letter's are smaller.
        """
        text = self._redaction.clean(text)
        if level == _SECTION_LEVEL:
            self._redaction.enter(text)
        element = self._element(self._root, _HEADINGS[level], text)
        if not self._large:
            # A large heading keeps to what comes next, however tall that is.
            self._story.append(HeadingRoom(_HEADING_ROOM[level]))
        self._story.append(TaggedParagraph.of(styles.markup(text), self._style(style or f"h{level}"), element))

    def new_page(self) -> None:
        """Let what follows begin on another page."""
        self._story.append(PageBreak())

    def gap(self, points: float) -> None:
        """Leave some room."""
        self._story.append(Spacer(0, points))

    def signature(self, farewell: str, names: str) -> None:
        """Add the end of a letter, on one page: a farewell, room to sign, and below it who signs, a line each."""
        above, below = self._lines(farewell), self._lines(names)
        self._story.append(KeepTogether([Spacer(0, 4), *above, Spacer(0, _ROOM_TO_SIGN), *below]))

    def paragraph(self, text: str, *, lead: str = "", style: str = "body") -> None:
        """Add a paragraph; each line of the text is one of its own, so that lines do not run on when read aloud.

        Args:
            text: plain words; nothing is added where empty.
            lead: words set in bold before it.
            style: ``body``, ``strong`` or ``quiet``.
        """
        if text.strip() or lead:
            self._story += self._lines(text, lead=lead, style=style)

    def say_left_out(self) -> None:
        """Say, once in a document, that something was left out of it; nothing where nothing was so far."""
        self.paragraph(self._redaction.left_out(), style="quiet")

    def small_print(self, text: str) -> None:
        """Add the last words, on one page: what the document rests on, and the digest of everything above.

        They do not stand alone on a page: where there is no room, the last rows of a table above go on with them.
        """
        words = self._paragraph(self._root, text, lead="About this document.", style="quiet", is_tight=True)
        digest = self._paragraph(self._root, self.seal(), lead="Digest of this content:", style="quiet")
        above = self._story[-2:]
        # A note may stand between a table and the last words.
        note = [above.pop()] if above and isinstance(above[-1], TaggedParagraph) else []
        if above and isinstance(above[-1], TaggedTable):
            lines = [*note, words, digest]
            tall = sum(line.wrap(styles.TEXT_WIDTH, styles.TEXT_HEIGHT)[1] + line.getSpaceAfter() for line in lines)
            above[-1].room_after = tall + above[-1].getSpaceAfter() + 4
        self._story.append(KeepTogether([Spacer(0, 4), words, digest]))

    def lead(self, text: str) -> None:
        """Add words in bold that stand above what follows, on the same page."""
        self._story.append(CondPageBreak(_LEAD_ROOM))
        self.paragraph(text, style="lead")

    def inset(self, texts: Iterable[str], *, strong: bool = False) -> None:
        """Add paragraphs to be noticed, beside a bar."""
        style = "strong" if strong else "body"
        paragraphs = [line for text in texts if text.strip() for line in self._lines(text, style=style)]
        if paragraphs:
            self._story.append(Inset(paragraphs, styles.STRONG_RULE if strong else styles.RULE))

    def pictured(self, picture: Picture, lines: Iterable[tuple[str, str]]) -> None:
        """Add short lines beside a picture.

        Args:
            picture: what it shows; it never says more than the lines do.
            lines: words in bold and words after them, one idea a line; a line without either is left out, and nothing
                is added where all are.
        """
        said = [(lead, text) for lead, text in lines if lead.strip() or text.strip()]
        if not said:
            return
        drawing = DRAWINGS[picture]
        element = self._element(self._root, Kind.FIGURE, drawing.alternative)
        paragraphs = [self._paragraph(self._root, text, lead=lead) for lead, text in said]
        self._story.append(Pictured(paragraphs, drawing, element))

    def room_to_write(self, text: str, *, lines: int) -> None:
        """Add words and ruled lines below them to write on; the lines are not read aloud.

        Args:
            text: what is to be written there.
            lines: how many lines.
        """
        self._story.append(KeepTogether([self._paragraph(self._root, text, style="quiet"), RuledLines(lines)]))

    def bullets(self, texts: Iterable[str], *, lead: str = "") -> None:
        """Add a list.

        Args:
            texts: its items; nothing is added where all are empty.
            lead: words set in bold above it, on the same page.
        """
        items = [self._redaction.clean(text) for text in texts if text.strip()]
        if not items:
            return
        above = [self._paragraph(self._root, lead, style="strong")] if lead else []
        parent = self._element(self._root, Kind.LIST)
        lines: list[TaggedItem] = []
        for place, text in enumerate(items, start=1):
            item = parent.add(Kind.ITEM)
            label = item.add(Kind.LABEL)
            words = self._element(item.add(Kind.ITEM_BODY), Kind.PARAGRAPH, text)
            style = self._style("item" if place < len(items) else "last_item")
            line = TaggedItem.of(styles.markup(text), style, words)
            line.label = label
            lines.append(line)
        # No item stands alone on a page, neither below the words above the list nor at its end.
        first = len(lines) if len(lines) <= _SHORT_LIST else 2
        self._story += [ItemsRoom([*above, *lines[:first]]), *above, *lines[:first]]
        if lines[first:]:
            self._story += [*lines[first:-2], ItemsRoom(lines[-2:]), *lines[-2:]]

    def facts(self, facts: Iterable[tuple[str, str]]) -> None:
        """Add terms with what is known of each, as a table with its heads at the left. Empty ones are left out."""
        rows = [(term, Cell(text=text)) for term, text in facts if text.strip()]
        if rows:
            term_width = 150.0 if self._large else 118.0
            self._table(None, rows, [term_width, styles.TEXT_WIDTH - term_width], row_heads=True)

    def table(
        self,
        columns: Sequence[str],
        rows: Iterable[Row],
        widths: Sequence[float],
        *,
        row_heads: bool = True,
    ) -> None:
        """Add a table; its head is repeated on each page it runs over.

        Args:
            columns: heads of the columns.
            rows: as many cells as columns.
            widths: shares of the text's width, in any unit.
            row_heads: the first cell of each row is its head.
        """
        share = styles.TEXT_WIDTH / sum(widths)
        self._table(columns, rows, [width * share for width in widths], row_heads=row_heads)

    def figure(
        self,
        pdf: bytes,
        size: tuple[float, float],
        words: Sequence[PlacedWords],
        *,
        heading: str,
        alternative: str,
        caption: str,
    ) -> None:
        """Add a picture with its heading and caption, all on one page.

        Args:
            pdf: the picture as vectors, a one-page PDF.
            size: width and height in points; made smaller where the page is.
            words: what stands on it, written by the document.
            heading: above it, of the third level.
            alternative: what it shows, for those who cannot see it.
            caption: printed below it.
        """
        self._digest.update(hashlib.sha256(pdf).digest())
        heading, alternative = self._redaction.clean(heading), self._redaction.clean(alternative)
        words = [dataclasses.replace(word, text=self._redaction.clean(word.text)) for word in words]
        title = self._element(self._root, Kind.H3, heading)
        element = self._element(self._root, Kind.FIGURE, alternative)
        below = self._paragraph(self._root, caption, style="quiet")
        above = TaggedParagraph.of(styles.markup(heading), self._style("h3"), title)
        figure = Figure(pdf, size, words, element, room=FIGURE_ROOM[1])
        self._story.append(KeepTogether([above, figure, Spacer(0, 4), below]))

    def to_pdf(self, password: str | None = None) -> bytes:
        """Return the document as PDF bytes; the same pieces and day give the same bytes unless encrypted.

        Args:
            password: encrypt with AES-256 so that it opens with this; None for no encryption.

        Raises:
            InvalidValue: the password is empty.
            Stopped: whoever waited for it had it stopped.
        """
        if password is not None and not password:
            raise InvalidValue("The password is empty.", "Type one, or print without a password.")
        for element in self._root.walk():
            element.content.clear()
        for piece in self._story:
            # The layout library marks what it put off to another page, and refuses to put it off once more.
            vars(piece).pop("_postponed", None)
        progress = self._redaction.progress
        progress.begin(self._root)
        marks = RunningMarks(self._running, self.digest)
        canvases: list[TaggingCanvas] = []

        def make_canvas(*arguments: Any, **options: Any) -> TaggingCanvas:
            made = TaggingCanvas(*arguments, draw_page_count=marks.draw_page_count, progress=progress, **options)
            canvases.append(made)
            return made

        keep_headings(self._story)
        drawn = io.BytesIO()
        template = BaseDocTemplate(
            drawn,
            pagesize=(styles.PAGE_WIDTH, styles.PAGE_HEIGHT),
            invariant=1,
            initialFontName=styles.REGULAR,
            pageCompression=0,
            pageTemplates=[page_template(marks)],
        )
        template.build(list(self._story), canvasmaker=make_canvas)
        canvas = canvases[0]
        figures = {name: PlacedFigure(pdf=pdf, page=canvas.figure_pages[name]) for name, pdf in canvas.figures.items()}
        description = Description(
            title=self._title,
            language=self._language,
            made_on=self._running.made_on,
            producer=f"gcp2 {__version__}",
        )
        return finish(drawn.getvalue(), self._root, figures, description, password=password, progress=progress)

    # Pieces.

    def _style(self, name: str, *, is_tight: bool = False) -> Any:
        return styles.style(name, large=self._large, is_tight=is_tight)

    def _element(self, parent: Element, kind: Kind, text: str = "", *, scope: str = "") -> Element:
        self._digest.update(f"\x1e{kind}\x1f{text}".encode())
        return parent.add(kind, text, scope=scope)

    def _lines(self, text: str, *, lead: str = "", style: str = "body") -> list[TaggedParagraph]:
        """Return the lines of a text, a paragraph each; only after the last, or a blank line, there is a gap."""
        lines = self._redaction.clean(text).strip().splitlines() or [""]
        return [
            self._paragraph(
                self._root,
                line,
                lead=lead if place == 0 else "",
                style=style,
                is_tight=place + 1 < len(lines) and bool(lines[place + 1].strip()),
            )
            for place, line in enumerate(lines)
            if line.strip() or place == 0
        ]

    def _paragraph(
        self,
        parent: Element,
        text: str,
        *,
        lead: str = "",
        style: str = "body",
        repeats: bool = False,
        is_tight: bool = False,
    ) -> TaggedParagraph:
        text, lead = self._redaction.clean(text), self._redaction.clean(lead)
        element = self._element(parent, Kind.PARAGRAPH, f"{lead} {text}".strip())
        element.is_tight = is_tight
        words = styles.markup(text, lead=lead)
        return TaggedParagraph.of(words, self._style(style, is_tight=is_tight), element, repeats=repeats)

    def _table(
        self,
        columns: Sequence[str] | None,
        rows: Iterable[Row],
        widths: Sequence[float],
        *,
        row_heads: bool,
    ) -> None:
        rows = list(rows)
        table = self._element(self._root, Kind.TABLE)
        cells: list[list[Any]] = []
        commands: list[tuple[Any, ...]] = [
            # Every face is embedded, so none may be left at the library's own.
            ("FONT", (0, 0), (-1, -1), styles.REGULAR, 9),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 5),
            ("RIGHTPADDING", (0, 0), (-1, -1), 5),
            ("TOPPADDING", (0, 0), (-1, -1), 3.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4.5),
            ("LINEBELOW", (0, 0), (-1, -1), 0.6, styles.RULE),
        ]
        if columns is None:
            commands.append(("LINEABOVE", (0, 0), (-1, 0), 0.6, styles.RULE))
        else:
            row = table.add(Kind.ROW)
            cells.append([self._head_cell(row, text, "Column", repeats=True) for text in columns])
            commands += [
                ("BACKGROUND", (0, 0), (-1, 0), styles.HEAD_FILL),
                ("LINEBELOW", (0, 0), (-1, 0), 1.1, styles.STRONG_RULE),
                ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
            ]
        for given in rows:
            row = table.add(Kind.ROW)
            if isinstance(given, Band):
                across = (0, len(cells)), (-1, len(cells))
                commands += [("SPAN", *across), ("BACKGROUND", *across, styles.HEAD_FILL)]
                # A band is never the last row of a page.
                commands.append(("NOSPLIT", (0, len(cells)), (-1, len(cells) + 1)))
                blank = [""] * (len(widths) - 1)
                cells.append([self._head_cell(row, given.text, "Column", columns=len(widths)), *blank])
                continue
            line: list[Any] = []
            for place, cell in enumerate(given):
                made = cell if isinstance(cell, Cell) else Cell(text=cell)
                if place == 0 and row_heads:
                    line.append(self._head_cell(row, made.text, "Row"))
                else:
                    line.append(self._cell(row, made))
                if made.fill:
                    spot = (place, len(cells))
                    commands.append(("BACKGROUND", spot, spot, HexColor(made.fill)))
            cells.append(line)
        repeats = 0 if columns is None else 1
        flowable = TaggedTable(
            cells,
            colWidths=list(widths),
            repeatRows=repeats,
            style=commands,
            hAlign="LEFT",
            spaceBefore=3,
            spaceAfter=9,
        )
        above = self._story[-1] if self._story else None
        if isinstance(above, TaggedParagraph) and above.getKeepWithNext():
            # A large heading keeps to the first rows of a table; together with the whole of it it would leave its page.
            above.keepWithNext = 0
            self._story.insert(-1, HeadingRoom(_HEADING_ROOM[_SECTION_LEVEL]))
        bands = [(place, given) for place, given in enumerate(rows, start=repeats) if isinstance(given, Band)]
        ends = [*(place - 1 for place, _ in bands[1:]), len(cells) - 1]
        flowable.bands = tuple(
            (place, place + band.rows if band.rows else end) for (place, band), end in zip(bands, ends, strict=False)
        )
        # A band stands on one page with the row below it.
        flowable.least_rows = repeats + (2 if rows and isinstance(rows[0], Band) else 1)
        self._story.append(flowable)

    def _head_cell(self, row: Element, text: str, scope: str, *, columns: int = 1, repeats: bool = False) -> list[Any]:
        element = self._element(row, Kind.HEAD_CELL, scope=scope)
        element.columns = columns
        if not text.strip():
            return []
        return [self._paragraph(element, text, style="head_cell", repeats=repeats)]

    def _cell(self, row: Element, cell: Cell) -> list[Any]:
        element = self._element(row, Kind.CELL)
        if not cell.text.strip():
            return []
        style = "cell_strong" if cell.strong else "cell_quiet" if cell.quiet else "cell"
        # A line of its own is read as one: with no more than a break between them, lines run on when read aloud.
        said = [(line, style) for line in cell.text.splitlines()]
        said += [(line, "cell_quiet") for line in cell.under.splitlines()]
        return [self._paragraph(element, line, style=name) for line, name in said if line.strip()]
