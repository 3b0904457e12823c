"""Searching a made PDF for what must not be in it: every place a PDF keeps words."""

import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

import pikepdf
import pypdfium2

_APART = re.compile(r"[\W_]+")


def found_in(pdf: bytes, words: Iterable[str], *, password: str = "") -> set[str]:
    """Return which of some words stand anywhere in a PDF.

    Looked through: the text of every page as an independent reader gives it; every string and name of every object, so
    metadata, title, bookmarks, alternative and replacement texts, annotations, names of attachments; every stream,
    unpacked, so XMP and attached files; and the file's bytes. Case, spaces and punctuation do not matter.

    Args:
        pdf: the file.
        words: what is looked for.
        password: opens it.
    """
    places = [_plain(text) for text in _texts(pdf, password)]
    return {word for word in words if any(_plain(word) in place for place in places)}


def nothing_of(pdf: bytes, words: Iterable[str], *, password: str = "") -> None:
    """Fail where any of some words stands anywhere in a PDF; see :func:`found_in`."""
    found = found_in(pdf, words, password=password)
    assert not found, f"still in the file: {sorted(found)}"


def page_text(pdf: bytes, *, password: str = "") -> str:
    """Return the text of every page, as an independent reader gives it."""
    with pypdfium2.PdfDocument(pdf, password=password or None) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def _plain(text: str) -> str:
    return _APART.sub("", text).casefold()


def _texts(pdf: bytes, password: str) -> Iterator[str]:
    yield page_text(pdf, password=password)
    yield pdf.decode("latin-1")
    with pikepdf.open(io.BytesIO(pdf), password=password) as document:
        for item in document.objects:
            yield from _strings(item)
            if isinstance(item, pikepdf.Stream):
                try:
                    raw = item.read_bytes()
                except pikepdf.PdfError:
                    raw = item.read_raw_bytes()
                yield raw.decode("utf-8", "replace")
                yield raw.decode("utf-16-be", "replace")


def _strings(item: Any) -> Iterator[str]:
    match item:
        case pikepdf.String() | pikepdf.Name():
            yield str(item)
        case pikepdf.Array():
            for each in item.as_list():
                if not getattr(each, "is_indirect", False):
                    yield from _strings(each)
        case pikepdf.Dictionary() | pikepdf.Stream():
            for key in item:
                yield str(key)
                value = item.get(str(key))
                if not getattr(value, "is_indirect", False):
                    yield from _strings(value)
