"""A document without its pages: plain text for pasting into another system, and its longest table.

Both are read from the same tagged document that is printed, so its redaction has been through every word.
"""

from collections.abc import Iterator
from datetime import datetime

from gcp2_app.domain.words import long_date
from gcp2_app.reports.pdf.document import Document
from gcp2_app.reports.pdf.structure import Element, Kind
from gcp2_app.reports.tables import Table

_RULED = {Kind.H1: "=", Kind.H2: "-"}
_LONGEST_RULE = 78


def plain_text(document: Document) -> str:
    """Return what a document says, in reading order, with the marks every page carries at its head and its end."""
    running = document.running
    head = [running.classification]
    if running.practice:
        head.append("PRACTICE: no real child")
    if running.recipient:
        head.append(f"This copy is for {running.recipient}")
    blocks = ["\n".join(head)]
    is_tight = False
    for each in document.root.children:
        if block := _block(each):
            if is_tight:
                blocks[-1] = f"{blocks[-1]}\n{block}"
            else:
                blocks.append(block)
            is_tight = each.is_tight
    made = f"Made on {long_date(running.made_on)}. Content digest {document.digest[:16]}"
    blocks.append("\n".join(filter(None, (running.caution, made))))
    return "\n\n".join(blocks) + "\n"


def longest_table(document: Document, *, made_at: datetime) -> Table:
    """Return the table with the most rows, with the marks every page carries above it."""
    tables = [each for each in document.root.walk() if each.kind is Kind.TABLE and _heads(each)]
    found = max(tables, key=lambda each: len(each.children), default=None)
    running = document.running
    before = [running.classification, document.title]
    before += ["PRACTICE: no real child"] if running.practice else []
    before += [f"This copy is for {running.recipient}"] if running.recipient else []
    rows = [] if found is None else [tuple(map(_words, row.children)) for row in found.children[1:]]
    return Table(
        title=running.head,
        heads=_heads(found) if found is not None else (),
        rows=tuple(rows),
        before=tuple(before),
        after=(f"Made on {long_date(running.made_on)}. Content digest {document.digest[:16]}",),
        made_at=made_at,
    )


def _block(element: Element) -> str:
    match element.kind:
        case Kind.H1 | Kind.H2:
            return f"{element.text}\n{_RULED[element.kind] * min(len(element.text), _LONGEST_RULE)}"
        case Kind.LIST:
            return "\n".join(f"- {_words(item)}" for item in element.children)
        case Kind.TABLE:
            return "\n".join(_rows(element))
        case Kind.FIGURE:
            return f"[Picture: {element.text}]"
        case _:
            return _words(element)


def _rows(table: Element) -> Iterator[str]:
    heads = _heads(table)
    for row in table.children[1 if heads else 0 :]:
        cells = [_words(cell) for cell in row.children]
        if len(cells) == 1:
            yield cells[0]
        elif not heads:
            yield ": ".join(filter(None, cells))
        else:
            pairs = zip(heads, cells, strict=True)
            yield "; ".join(f"{head}: {cell}" if head else cell for head, cell in pairs if cell)


def _heads(table: Element) -> tuple[str, ...]:
    """Return the heads of the columns, or nothing where a table has its heads at the left alone."""
    first = table.children[0].children if table.children else []
    across = len(first) > 1 and all(cell.kind is Kind.HEAD_CELL and cell.scope == "Column" for cell in first)
    return tuple(map(_words, first)) if across else ()


def _words(element: Element) -> str:
    """Return the words of an element and of all inside it."""
    return "\n".join(filter(None, (each.text for each in element.walk())))
