"""Kinds of entry, read from ``forms/entries/<kind>.toml``.

Every key is defined in ``forms/README.md``; a key that is not here is an error. A new kind is a new file.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import msgspec

from gcp2_app.domain.kinds import EntryKind, ItemType, RecordKind
from gcp2_app.errors import BadFile
from gcp2_app.forms.tables import check_format, decode, read_bytes, read_tables
from gcp2_app.paths import data_folder

FORMAT = "gcp2-entry-kind"
FORMAT_VERSION = 1

_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")


class OptionTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """One entry of ``options``: a stored code and its words."""

    code: str
    label: str


class ItemTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """``[[items]]``: one field of a kind, or of a group."""

    name: str
    type: ItemType
    label: str
    help: str = ""
    required: bool = False
    or_source_agency: bool = False
    repeats: bool = False
    options: tuple[OptionTable, ...] = ()
    of: RecordKind | None = None
    least: int | None = None
    most: int | None = None
    values: ItemType = ItemType.TEXT
    items: tuple["ItemTable", ...] = ()


class KindTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The top of a kind's file."""

    format: str
    format_version: int
    code: str
    title: str
    plural: str
    about: str
    what: str = ""
    what_required: bool = False
    children_may_be_empty: bool = False
    items: tuple[ItemTable, ...] = ()


def load_kinds(folder: Path | None = None) -> Mapping[str, EntryKind]:
    """Return every kind of entry by its code, in alphabetical order. Kept once read.

    Args:
        folder: another folder of kinds than the one that comes with the program.

    Raises:
        NotFound: the installation is incomplete.
        BadFile: a file has an error in it.
    """
    return _load_kept(data_folder("forms") / "entries" if folder is None else folder)


@lru_cache(maxsize=4)
def _load_kept(folder: Path) -> Mapping[str, EntryKind]:
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        raise BadFile(str(folder), "", "there is no kind of entry here.", "Install the program again.")
    return MappingProxyType({kind.code: kind for kind in map(load_kind, paths)})


def load_kind(path: Path) -> EntryKind:
    """Return the kind declared in a file.

    Raises:
        NotFound: no such file.
        BadFile: it has an error in it, told with place and mend.
    """
    name = str(path)
    tables = read_tables(read_bytes(path), name)
    check_format(tables, name, expected=FORMAT, version=FORMAT_VERSION)
    table = decode(KindTable, tables, name)
    for place, message, mend in _problems(table, path.stem):
        raise BadFile(name, place, message, mend)
    return msgspec.convert(table, EntryKind, from_attributes=True)


_Problems = Iterator[tuple[str, str, str]]


def _problems(kind: KindTable, stem: str) -> _Problems:
    if kind.code != stem:
        yield "code", f"this says “{kind.code}”.", f"Name the file {kind.code}.toml, or mend the code."
    for key in ("title", "plural", "about"):
        if not getattr(kind, key).strip():
            yield key, "this text is empty.", "Write the text."
    yield from _item_problems(kind.items, "")


def _item_problems(items: tuple[ItemTable, ...], at: str) -> _Problems:
    names: set[str] = set()
    for i, item in enumerate(items):
        place = f"{at}items[{i}] ({item.name})"
        if not _NAME.fullmatch(item.name):
            yield place, "this is not a field's name.", "Use small letters, digits and underscores."
        if item.name in names:
            yield place, f"“{item.name}” is there twice.", "A name is unique."
        names.add(item.name)
        if not item.label.strip():
            yield place, "the label is empty.", "Write what people read beside the field."
        if item.required and at:
            yield place, "a field of a group cannot be required.", "Take required out."
        if item.or_source_agency and not item.required:
            yield place, "or_source_agency goes with a required field.", "Take the key out."
        yield from _type_problems(item, place)
        yield from _item_problems(item.items, f"{at}items[{i}].")


#: Which keys a type of item must have (True) or may have (False); any other type may not have them.
_KEYS_OF_TYPES: Mapping[str, Mapping[ItemType, bool]] = {
    "options": {ItemType.CHOICE: True, ItemType.OPEN_CHOICE: True},
    "items": {ItemType.GROUP: True},
    "of": {ItemType.REFERENCE: True, ItemType.MAP: False},
    "least": {ItemType.INTEGER: False},
    "most": {ItemType.INTEGER: False},
}


def _type_problems(item: ItemTable, place: str) -> _Problems:
    for key, types in _KEYS_OF_TYPES.items():
        has = getattr(item, key) not in (None, ())
        if has and item.type not in types:
            yield place, f"a {item.type} has no {key}.", "Take the key out, or change the type."
        if not has and types.get(item.type, False):
            yield place, f"a {item.type} needs {key}.", "Add the key; see forms/README.md."
    if item.type is ItemType.MAP and item.values not in {ItemType.TEXT, ItemType.INTEGER}:
        yield place, "the values of a map are text or integer.", "Mend the key “values”."
    if item.type is not ItemType.MAP and item.values is not ItemType.TEXT:
        yield place, f"a {item.type} has no values.", "Take the key out, or change the type."
    if item.type is ItemType.MAP and item.repeats:
        yield place, "a map does not repeat.", "Take repeats out."
    codes = [option.code for option in item.options]
    if len(set(codes)) < len(codes) or not all(code.strip() for code in codes):
        yield place, "two options have the same code, or one has none.", "Give each option a code of its own."
    labels = [option.label.strip() for option in item.options]
    if len(set(labels)) < len(labels) or not all(labels):
        yield place, "two options have the same label, or one has none.", "Give each option words of its own."
