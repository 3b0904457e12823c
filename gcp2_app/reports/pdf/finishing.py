"""The last step of a document: its structure tree, bookmarks, figures and description go into the file.

Knows the drawn pages and the elements; knows nothing of what they say.

Source: ISO 32000-1, 14.7 and 14.8; ISO 14289-1 (PDF/UA-1); ISO 16684 (XMP).
"""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, String

from gcp2_app.reports.pdf.progress import Progress
from gcp2_app.reports.pdf.structure import Element, Kind

#: A letter's number with more digits than fit one half.
_LONG_NUMBER = re.compile(rb"<([0-9A-Fa-f]{5,6})>")
_HEADINGS = (Kind.H1, Kind.H2, Kind.H3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What the file says of itself.

    Attributes:
        title: shown in the title bar of readers.
        language: such as ``en-GB``.
        made_on: written as the day of creation.
        producer: the program and its version.
    """

    title: str
    language: str
    made_on: date
    producer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedFigure:
    """A figure and the page, from 0, that draws it."""

    pdf: bytes
    page: int


def finish(
    drawn: bytes,
    root: Element,
    figures: Mapping[str, PlacedFigure],
    description: Description,
    *,
    password: str | None,
    progress: Progress,
) -> bytes:
    """Return the finished document.

    Args:
        drawn: the pages with marked content.
        root: the document element.
        figures: by the name their page draws them under.
        description: title, language, day.
        password: encrypt with AES-256 so that it opens with this; None for no encryption.
        progress: is told what is tagged, and how much is written.

    Raises:
        Stopped: whoever waited for it had it stopped.
    """
    with Pdf.open(io.BytesIO(drawn)) as pdf:
        _mend_letters(pdf)
        _put_figures(pdf, figures)
        _put_structure(pdf, root, progress)
        _put_bookmarks(pdf, root)
        _describe(pdf, description)
        finished = io.BytesIO()
        options: dict[str, Any] = {"compress_streams": True, "min_version": "1.7", "progress": progress.save}
        if password is None:
            pdf.save(finished, deterministic_id=True, **options)
        else:
            encryption = pikepdf.Encryption(owner=password, user=password, R=6, aes=True)
            pdf.save(finished, encryption=encryption, **options)
    return finished.getvalue()


def _mend_letters(pdf: Pdf) -> None:
    """Write letters beyond the first 65 536 in a face's table as the two halves the format asks for.

    The layout library writes their numbers as they are, which no reader understands.

    Source: ISO 32000-1, 9.10.3 (values are UTF-16BE).
    """
    for page in pdf.pages:
        for font in page.resources.get("/Font", Dictionary()).values():
            if "/ToUnicode" in font:
                table = font.ToUnicode.read_bytes()
                mended = _LONG_NUMBER.sub(_in_halves, table)
                if mended != table:
                    font.ToUnicode.write(mended)


def _in_halves(found: re.Match[bytes]) -> bytes:
    letter = chr(int(found[1], 16))
    return b"<" + letter.encode("utf-16-be").hex().upper().encode() + b">"


def _put_figures(pdf: Pdf, figures: Mapping[str, PlacedFigure]) -> None:
    for name, figure in figures.items():
        with Pdf.open(io.BytesIO(figure.pdf)) as source:
            form = pdf.copy_foreign(source.pages[0].as_form_xobject())
        page = pdf.pages[figure.page]
        page.add_resource(form, Name.XObject, Name(f"/{name}"))


def _put_structure(pdf: Pdf, root: Element, progress: Progress) -> None:
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    owners: list[dict[int, Any]] = [{} for _ in pdf.pages]
    document = _structure(pdf, root, tree, owners, progress)
    tree.K = document
    numbers: list[Any] = []
    for index, (page, marked) in enumerate(zip(pdf.pages, owners, strict=True)):
        page.obj.StructParents = index
        page.obj.Tabs = Name.S
        numbers += [index, pdf.make_indirect(Array([marked[number] for number in sorted(marked)]))]
    tree.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(numbers)))
    tree.ParentTreeNextKey = len(pdf.pages)
    pdf.Root.StructTreeRoot = tree
    pdf.Root.MarkInfo = Dictionary(Marked=True)


def _structure(pdf: Pdf, element: Element, parent: Any, owners: list[dict[int, Any]], progress: Progress) -> Any:
    """Write an element and all inside it; return it."""
    progress.tag(element)
    made = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{element.kind}"), P=parent))
    kids: list[Any] = []
    for page, number in element.content:
        owners[page][number] = made
        kids.append(Dictionary(Type=Name.MCR, Pg=pdf.pages[page].obj, MCID=number))
    kids += [
        _structure(pdf, child, made, owners, progress)
        for child in element.children
        # An empty cell keeps its place in the row; anything else that was not drawn is left out.
        if child.is_drawn or child.kind in {Kind.CELL, Kind.HEAD_CELL}
    ]
    if kids:
        made.K = Array(kids)
    if element.content:
        made.Pg = pdf.pages[element.content[0][0]].obj
    _put_attributes(element, made)
    return made


def _put_attributes(element: Element, made: Any) -> None:
    if element.kind is Kind.FIGURE:
        made.Alt = String(element.text)
        if element.box is not None:
            box = Array([round(edge, 2) for edge in element.box])
            made.A = Dictionary(O=Name.Layout, Placement=Name.Block, BBox=box)
    elif element.kind in {Kind.HEAD_CELL, Kind.CELL}:
        attributes = Dictionary(O=Name.Table)
        if element.scope:
            attributes.Scope = Name(f"/{element.scope}")
        if element.columns > 1:
            attributes.ColSpan = element.columns
        if element.scope or element.columns > 1:
            made.A = attributes
    elif element.kind is Kind.LIST:
        made.A = Dictionary(O=Name.List, ListNumbering=Name.Disc)


def _put_bookmarks(pdf: Pdf, root: Element) -> None:
    with pdf.open_outline() as outline:
        open_items: list[tuple[int, OutlineItem]] = []
        for heading in root.walk():
            if heading.kind not in _HEADINGS or not heading.content:
                continue
            level = _HEADINGS.index(heading.kind)
            page = heading.content[0][0]
            item = OutlineItem(heading.text, page, "XYZ", top=round(heading.top + 6, 2))
            while open_items and open_items[-1][0] >= level:
                open_items.pop()
            (open_items[-1][1].children if open_items else outline.root).append(item)
            open_items.append((level, item))


def _describe(pdf: Pdf, description: Description) -> None:
    pdf.Root.Lang = String(description.language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    day = description.made_on
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary(
            Title=String(description.title),
            Producer=String(description.producer),
            CreationDate=String(f"D:{day:%Y%m%d}000000Z"),
            ModDate=String(f"D:{day:%Y%m%d}000000Z"),
        )
    )
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["dc:title"] = description.title
        metadata["dc:language"] = [description.language]
        metadata["dc:format"] = "application/pdf"
        metadata["pdf:Producer"] = description.producer
        metadata["xmp:CreateDate"] = f"{day.isoformat()}T00:00:00Z"
        metadata["xmp:ModifyDate"] = f"{day.isoformat()}T00:00:00Z"
        metadata["{http://www.aiim.org/pdfua/ns/id/}part"] = "1"
