"""Reads what stands on the pages of a PDF, mark by mark: an independent reader that knows nothing of how we write.

Source: ISO 32000-1, 9.10 (text to Unicode), 14.6 (marked content).
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

#: Operators that put something on the page.
_PAINTS = frozenset(["f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh"])
_SHOWS = frozenset(["Tj", "TJ", "'", '"'])
#: Between two pieces of one TJ this much of a gap is a space.
_GAP = -200


@dataclass
class PageContent:
    """What stands on one page.

    Attributes:
        marked: text by number of the marked content; a number without text is there as well.
        tags: the tag each number was written with.
        artifacts: text that is no content: running heads, watermarks.
        faults: what is wrong, in words.
    """

    marked: dict[int, str] = field(default_factory=dict)
    tags: dict[int, str] = field(default_factory=dict)
    artifacts: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


class Font:
    """One face of a page: turns codes into letters by its own table."""

    def __init__(self, font: Any) -> None:
        self.name = str(font.get("/BaseFont", "?"))
        descriptor = font
        self._wide = font.get("/Subtype") == "/Type0"
        if self._wide:
            descriptor = font.DescendantFonts[0]
        descriptor = descriptor.get("/FontDescriptor", {})
        self.is_embedded = any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
        self.letters = _letters(font.ToUnicode.read_bytes()) if "/ToUnicode" in font else {}

    def read(self, raw: bytes) -> tuple[str, list[int]]:
        """Return the letters of a string, and the codes that stand for none."""
        step = 2 if self._wide else 1
        codes = [int.from_bytes(raw[place : place + step], "big") for place in range(0, len(raw), step)]
        return "".join(self.letters.get(code, "\ufffd") for code in codes), [c for c in codes if c not in self.letters]


def _letters(cmap: bytes) -> dict[int, str]:
    text = cmap.decode("latin-1")
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.DOTALL):
        for code, to in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found[int(code, 16)] = _utf16(to)
    for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.DOTALL):
        for first, last, to in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            for offset in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + offset] = chr(ord(_utf16(to)[-1:] or "\0") + offset)
        for first, _last, many in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*\[(.*?)\]", block, re.DOTALL):
            for offset, to in enumerate(re.findall(r"<([0-9A-Fa-f]+)>", many)):
                found[int(first, 16) + offset] = _utf16(to)
    return {code: letters for code, letters in found.items() if letters}


def _utf16(digits: str) -> str:
    """Return the letters of a value; of one that is not written in whole halves, none."""
    return bytes.fromhex(digits).decode("utf-16-be", "replace") if len(digits) % 4 == 0 else ""


def read_page(page: pikepdf.Page) -> PageContent:
    """Return what stands on a page."""
    made = PageContent()
    _Walk(made).stream(page, page.obj.get("/Resources", pikepdf.Dictionary()), [])
    made.marked = {number: text.strip() for number, text in made.marked.items()}
    return made


def fonts_of(pdf: pikepdf.Pdf) -> Iterator[Font]:
    """Return every face the file holds."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font" and "/DescendantFonts" not in item:
            if item.get("/Subtype") in ("/CIDFontType0", "/CIDFontType2"):
                continue
            yield Font(item)
        elif isinstance(item, pikepdf.Dictionary) and "/DescendantFonts" in item:
            yield Font(item)


class _Walk:
    """Goes through a page's operators and those of the forms it draws."""

    def __init__(self, made: PageContent) -> None:
        self._made = made
        self._faces: dict[tuple[int, int], Font] = {}
        self._said: dict[str, int] = defaultdict(int)

    def stream(self, content: Any, resources: Any, above: list[Any]) -> None:
        """Go through one stream; ``above`` are the marks around it, from outside in."""
        marks: list[Any] = list(above)
        faces: list[Font | None] = [None]
        for step in pikepdf.parse_content_stream(content):
            operator, operands = str(step.operator), list(getattr(step, "operands", ()))
            if operator in ("BDC", "BMC"):
                marks.append(self._mark(operands, resources, marks))
            elif operator == "EMC" and len(marks) > len(above):
                marks.pop()
            elif operator == "EMC":
                self._fault("a mark ends that never began")
            elif operator in ("q", "Q", "Tf"):
                self._keep(faces, operator, operands, resources)
            elif operator == "Do":
                self._form(resources.XObject[str(operands[0])], marks)
            else:
                self._paint(operator, operands, marks, faces[-1])
        if len(marks) != len(above):
            self._fault("a mark has no end")

    def _keep(self, faces: list[Font | None], operator: str, operands: list[Any], resources: Any) -> None:
        """Keep the face over a part of the page that sets its own."""
        if operator == "q":
            faces.append(faces[-1])
        elif operator == "Q":
            faces.pop()
        else:
            faces[-1] = self._font(resources.Font[str(operands[0])])

    def _paint(self, operator: str, operands: list[Any], marks: list[Any], font: Font | None) -> None:
        if operator in _SHOWS:
            self._write(self._text(font, operands[-1]), marks, operator)
        elif operator in ("Td", "TD", "T*", "Tm", "ET", "BT"):
            self._write(" ", marks, "")
        elif operator in _PAINTS or operator == "INLINE IMAGE":
            self._write("", marks, operator)

    def _form(self, form: Any, marks: list[Any]) -> None:
        self._write("", marks, "Do")
        if form.get("/Subtype") == "/Form":
            self.stream(form, form.get("/Resources", pikepdf.Dictionary()), marks)

    def _mark(self, operands: list[Any], resources: Any, marks: list[Any]) -> Any:
        tag, properties = str(operands[0])[1:], operands[1] if len(operands) > 1 else None
        if isinstance(properties, pikepdf.Name):
            properties = resources.Properties[str(properties)]
        if tag == "Artifact":
            if any(isinstance(mark, int) for mark in marks):
                self._fault("an artifact inside content")
            return "artifact"
        if properties is None or "/MCID" not in properties:
            return tag
        number = int(properties.MCID)
        if marks:
            self._fault(f"content {number} inside another mark")
        if number in self._made.marked:
            self._fault(f"content {number} stands on the page twice")
        self._made.marked[number] = ""
        self._made.tags[number] = tag
        return number

    def _write(self, text: str, marks: list[Any], operator: str) -> None:
        numbers = [mark for mark in marks if isinstance(mark, int)]
        if numbers:
            self._made.marked[numbers[-1]] += text
        elif "artifact" in marks:
            self._made.artifacts.append(text)
        elif operator:
            self._fault(f"{operator} outside any mark")

    def _text(self, font: Font | None, shown: Any) -> str:
        if font is None:
            self._fault("text without a face")
            return ""
        found = []
        for piece in shown if isinstance(shown, pikepdf.Array) else [shown]:
            if isinstance(piece, pikepdf.String):
                text, lost = font.read(bytes(piece))
                if lost:
                    self._fault(f"{font.name} has no letter for {lost}")
                found.append(text)
            elif float(piece) < _GAP:
                found.append(" ")
        return "".join(found)

    def _font(self, font: Any) -> Font:
        return self._faces.setdefault(font.objgen, Font(font))

    def _fault(self, words: str) -> None:
        self._said[words] += 1
        if self._said[words] == 1:
            self._made.faults.append(words)
