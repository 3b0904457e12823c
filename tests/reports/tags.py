"""Checks the tags of a finished PDF and reads it aloud in their order; knows nothing of how we write one.

Source: ISO 14289-1 (PDF/UA-1), 7.1 to 7.18; ISO 32000-1, 14.7 and 14.8. Whatever can be counted is checked here;
whether an alternative text says the right thing is for people.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Dictionary

from tests.reports.page_content import PageContent, fonts_of, read_page

_HEADINGS = {f"H{level}": level for level in range(1, 7)}
_STANDARD = frozenset(
    [
        *("Document", "Part", "Sect", "Div", "P", "L", "LI", "Lbl", "LBody", "Table", "THead", "TBody", "TFoot", "TR"),
        *("TH", "TD", "Caption", "Figure", "Link", "Span", "Quote", "BlockQuote", "Note", "Reference", *_HEADINGS),
    ]
)
#: What may stand straight inside what; anything may stand in what is not named.
_INSIDE = {
    "L": {"LI", "Caption", "L"},
    "LI": {"Lbl", "LBody"},
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
    "TR": {"TH", "TD"},
}


@dataclass(eq=False)
class Node:
    """One structure element as it stands in the file.

    Attributes:
        kind: its type without the slash.
        item: the object itself, while the file is open.
        alternative: what it shows, in words.
        kids: elements inside it, in reading order.
        content: page from 0 and number of its own marked content.
        objects: annotations it holds.
    """

    kind: str
    item: Any
    alternative: str = ""
    kids: list["Node"] = field(default_factory=list)
    content: list[tuple[int, int]] = field(default_factory=list)
    objects: list[Any] = field(default_factory=list)

    def walk(self) -> Iterator["Node"]:
        """Return this and all inside, in reading order."""
        yield self
        for kid in self.kids:
            yield from kid.walk()

    def attribute(self, name: str) -> Any:
        """Return an attribute of any owner, or None."""
        held = self.item.get("/A")
        for each in held if isinstance(held, pikepdf.Array) else [held] if held is not None else []:
            if isinstance(each, pikepdf.Dictionary) and name in each:
                return each[name]
        return None


@dataclass
class Tagged:
    """A PDF read by its tags.

    Attributes:
        faults: everything that is wrong, a sentence each.
        root: the document element.
        pages: what stands on each page.
        aloud: the whole as it would be read aloud, a line for each piece.
    """

    faults: list[str]
    root: Node
    pages: list[PageContent]
    aloud: str

    def text(self, node: Node) -> str:
        """Return the words of an element and all inside it."""
        return _words(node, self.pages)

    def of_kind(self, *kinds: str) -> list[Node]:
        """Return the elements of some types, in reading order."""
        return [node for node in self.root.walk() if node.kind in kinds]


def read_tags(pdf_bytes: bytes, *, password: str = "") -> Tagged:
    """Read a PDF by its tags, and say what is wrong with them."""
    with pikepdf.open(io.BytesIO(pdf_bytes), password=password) as pdf:
        return _Reading(pdf).read()


class _Reading:
    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._faults: list[str] = []
        self._page_of = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        self._pages = [read_page(page) for page in pdf.pages]

    def read(self) -> Tagged:
        for number, page in enumerate(self._pages, start=1):
            self._faults += [f"page {number}: {fault}" for fault in page.faults]
        self._check_file()
        tree = self._pdf.Root.StructTreeRoot
        root = self._node(tree.K[0] if isinstance(tree.K, pikepdf.Array) else tree.K, tree)
        if root.kind != "Document":
            self._fault("the root is no Document")
        self._check_parent_tree(tree, root)
        self._check_links(tree, root)
        nodes = list(root.walk())
        self._check_nesting(nodes)
        self._check_headings([node for node in nodes if node.kind in _HEADINGS])
        self._check_order(nodes)
        for node in nodes:
            checks = {"Table": self._check_table, "Figure": self._check_figure, "L": self._check_list}
            if node.kind in checks:
                checks[node.kind](node)
        return Tagged(self._faults, root, self._pages, "\n".join(_aloud(root, self._pages)))

    def _fault(self, words: str) -> None:
        self._faults.append(words)

    def _check_file(self) -> None:
        root = self._pdf.Root
        marks, preferences = (root.get(name, Dictionary()) for name in ("/MarkInfo", "/ViewerPreferences"))
        title = str(self._pdf.docinfo.get("/Title", "")).strip()
        with self._pdf.open_metadata() as metadata:
            told = str(metadata.get("dc:title") or "").strip()
            part = str(metadata.get("{http://www.aiim.org/pdfua/ns/id/}part") or "")
        for holds, words in (
            (bool(marks.get("/Marked")), "it does not say that it is tagged"),
            (not marks.get("/Suspects"), "its tags are marked as doubtful"),
            (bool(str(root.get("/Lang", "")).strip()), "it has no language"),
            (bool(title) and title == told, f"its title is not the same in both places: {title!r}, {told!r}"),
            (bool(preferences.get("/DisplayDocTitle")), "its title is not shown"),
            (part == "1", "it does not claim PDF/UA-1"),
            (all(page.obj.get("/Tabs") == "/S" for page in self._pdf.pages), "a page's tab order is not the tags'"),
        ):
            if not holds:
                self._fault(words)
        for font in fonts_of(self._pdf):
            if not font.is_embedded:
                self._fault(f"{font.name} is not embedded")
            if not font.letters:
                self._fault(f"{font.name} does not say its letters")

    def _node(self, item: Any, parent: Any) -> Node:
        kind = str(item.S)[1:]
        made = Node(kind, item, str(item.get("/Alt", "")))
        if item.get("/P") is None or item.P.objgen != parent.objgen:
            self._fault(f"a {kind} does not point back to what it stands in")
        if kind not in _STANDARD:
            self._fault(f"{kind} is no standard type")
        kids = item.get("/K", pikepdf.Array())
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, int):
                made.content.append((self._page_of[item.Pg.objgen], kid))
            elif kid.get("/Type") == "/MCR":
                made.content.append((self._page_of[kid.get("/Pg", item.get("/Pg")).objgen], int(kid.MCID)))
            elif kid.get("/Type") == "/OBJR":
                made.objects.append(kid.Obj)
            else:
                made.kids.append(self._node(kid, item))
        return made

    def _check_parent_tree(self, tree: Any, root: Node) -> None:
        owners = _numbers(tree.ParentTree)
        held: dict[tuple[int, int], Node] = {}
        for node in root.walk():
            for place in node.content:
                if place in held:
                    self._fault(f"content {place} belongs to two elements")
                held[place] = node
        for index, (page, content) in enumerate(zip(self._pdf.pages, self._pages, strict=True)):
            known = owners.get(int(page.obj.get("/StructParents", -1)))
            if known is None:
                self._fault(f"page {index + 1} is not in the parent tree")
                continue
            if len(known) != len(content.tags):
                self._fault(f"page {index + 1}: the parent tree knows {len(known)} of {len(content.tags)} contents")
            for number, tag in content.tags.items():
                owner = known[number].objgen if number < len(known) else None
                self._check_owner(f"page {index + 1}: content {number}", held.get((index, number)), owner, tag)
        for index, number in held:
            if number not in self._pages[index].tags:
                self._fault(f"page {index + 1}: content {number} is not on the page")

    def _check_owner(self, place: str, node: Node | None, owner: Any, tag: str) -> None:
        if node is None or owner != node.item.objgen:
            self._fault(f"{place} is not known to its element")
        elif node.kind != tag:
            self._fault(f"{place} is a {tag} and belongs to a {node.kind}")

    def _check_links(self, tree: Any, root: Node) -> None:
        owners = _numbers(tree.ParentTree)
        held = {each.objgen: node for node in root.walk() for each in node.objects}
        for node in root.walk():
            if node.kind == "Link" and not node.objects:
                self._fault("a Link has no annotation")
        for page in self._pdf.pages:
            for note in page.obj.get("/Annots", ()):
                holder = held.get(note.objgen)
                if note.get("/Subtype") == "/Link" and (holder is None or holder.kind != "Link"):
                    self._fault("an annotation is in no Link")
                if not str(note.get("/Contents", "")).strip():
                    self._fault("an annotation says nothing")
                owner = owners.get(int(note.get("/StructParent", -1)))
                if holder is not None and (owner is None or owner.objgen != holder.item.objgen):
                    self._fault("an annotation is not known to the parent tree")

    def _check_nesting(self, nodes: list[Node]) -> None:
        for node in nodes:
            for kid in node.kids:
                if kid.kind not in _INSIDE.get(node.kind, {kid.kind}):
                    self._fault(f"a {kid.kind} stands in a {node.kind}")
                for kind in ("LI", "TR", "TH", "TD"):
                    if kid.kind == kind and kind not in _INSIDE.get(node.kind, ()):
                        self._fault(f"a {kind} stands in a {node.kind}")
            if node.kind in {"P", "Lbl", *_HEADINGS} and not _words(node, self._pages):
                self._fault(f"a {node.kind} without words")

    def _check_headings(self, headings: list[Node]) -> None:
        level = 0
        for node in headings:
            if _HEADINGS[node.kind] > level + 1:
                self._fault(f"after level {level} comes {node.kind}: {_words(node, self._pages)}")
            level = _HEADINGS[node.kind]
        said = [(_HEADINGS[node.kind], _plain(_words(node, self._pages)), node.content[0][0]) for node in headings]
        with self._pdf.open_outline() as outline:
            marked = list(_bookmarks(outline.root, self._page_of))
        if [(level, _plain(text), page) for level, text, page in marked] != said:
            self._fault("the bookmarks are not the headings")

    def _check_order(self, nodes: list[Node]) -> None:
        """Whether the elements come in the order of the pages they begin on.

        Of a row that is taller than a page each cell begins where the row does, however far the one before it went.
        """
        last = furthest = 0
        row: int | None = None
        for node in nodes:
            if node.kind == "TR":
                last, row = furthest, None
            elif node.kind in {"TH", "TD"} and row is not None:
                last = row
            if node.content:
                row = node.content[0][0] if row is None else row
                if node.content[0][0] < last:
                    self._fault(f"a {node.kind} stands before what is read before it: {_words(node, self._pages)}")
                if node.content != sorted(node.content):
                    self._fault(f"a {node.kind} is out of order: {_words(node, self._pages)}")
                last = max(last, node.content[0][0])
                furthest = max(furthest, last)

    def _check_table(self, table: Node) -> None:
        rows = [node for node in table.walk() if node.kind == "TR"]
        if not any(cell.kind == "TH" for row in rows for cell in row.kids):
            self._fault("a table without head cells")
        over: dict[int, int] = {}
        widths: list[int] = []
        for row in rows:
            width = over.pop(len(widths), 0)
            for cell in row.kids:
                columns, down = int(cell.attribute("/ColSpan") or 1), int(cell.attribute("/RowSpan") or 1)
                width += columns
                for below in range(1, down):
                    over[len(widths) + below] = over.get(len(widths) + below, 0) + columns
                if cell.kind == "TH" and cell.attribute("/Scope") not in ("/Row", "/Column", "/Both"):
                    self._fault(f"a head cell does not say what it heads: {_words(cell, self._pages)}")
            widths.append(width)
        if len(set(widths)) > 1:
            self._fault(f"a table whose rows have {sorted(set(widths))} columns")

    def _check_figure(self, figure: Node) -> None:
        if not figure.alternative.strip():
            self._fault("a figure without alternative text")
        box = figure.attribute("/BBox")
        if box is None or not figure.content:
            self._fault("a figure without a place")
            return
        left, bottom, right, top = (float(edge) for edge in box)
        page = [float(edge) for edge in self._pdf.pages[figure.content[0][0]].obj.MediaBox]
        if not (page[0] <= left < right <= page[2] and page[1] <= bottom < top <= page[3]):
            self._fault("a figure that is not on its page")

    def _check_list(self, given: Node) -> None:
        labelled = given.attribute("/ListNumbering") not in (None, "/None")
        for item in given.kids:
            kinds = [kid.kind for kid in item.kids]
            if item.kind == "LI" and kinds != (["Lbl", "LBody"] if labelled else ["LBody"]):
                self._fault(f"an item of a list holds {kinds}")


def _numbers(tree: Any) -> dict[int, Any]:
    """Return a number tree as what it holds by number."""
    found: dict[int, Any] = {}
    for kid in tree.get("/Kids", ()):
        found |= _numbers(kid)
    pairs = tree.get("/Nums", pikepdf.Array())
    return found | {int(pairs[place]): pairs[place + 1] for place in range(0, len(pairs), 2)}


def _bookmarks(items: Any, pages: dict[Any, int], level: int = 1) -> Iterator[tuple[int, str, int]]:
    for item in items:
        target = item.destination
        target = target if target is not None else item.action.D
        yield level, str(item.title), pages[target[0].objgen]
        yield from _bookmarks(item.children, pages, level + 1)


def _plain(text: str) -> str:
    return "".join(text.split())


def _words(node: Node, pages: list[PageContent]) -> str:
    """Return the words of an element and all inside; a figure's are its alternative text."""
    if node.kind == "Figure":
        return node.alternative
    own = "".join(f"{pages[page].marked.get(number, '')} " for page, number in node.content)
    return " ".join(" ".join((own, *(_words(kid, pages) for kid in node.kids))).split())


def _aloud(node: Node, pages: list[PageContent]) -> Iterator[str]:
    """Read an element aloud as a screen reader would, a line for each piece."""
    text = _words(node, pages)
    match node.kind:
        case "Table":
            rows = [kid for kid in node.walk() if kid.kind == "TR"]
            yield f"[table, {len(rows)} rows]"
            heads: list[str] = []
            for row in rows:
                cells = [" / ".join(_words(line, pages) for line in cell.kids or [cell]) for cell in row.kids]
                if all(cell.kind == "TH" and cell.attribute("/Scope") == "/Column" for cell in row.kids):
                    heads = cells if len(cells) > 1 else heads
                    yield f"[heads] {' | '.join(cells)}"
                else:
                    said = [f"{head}: {cell}" for head, cell in zip(heads or [""] * len(cells), cells, strict=False)]
                    yield " | ".join(each.removeprefix(": ") for each in said)
            yield "[table ends]"
        case "Figure":
            yield f"[picture] {text}"
        case "LI":
            yield f"[item] {text}"
        case kind if kind in _HEADINGS:
            yield f"[{kind}] {text}"
        case _ if node.content:
            yield text
        case _:
            for kid in node.kids:
                yield from _aloud(kid, pages)
