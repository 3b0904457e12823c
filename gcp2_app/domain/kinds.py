"""Kinds of entry: which fields an entry of a kind has, and whether what it holds fits them.

A kind is declared in a file and made by :mod:`gcp2_app.forms`. Nothing here knows a particular kind. The words for
types of item are those of FHIR's Questionnaire where it has one.

Source: HL7 FHIR R4, Questionnaire item type (https://hl7.org/fhir/R4/valueset-item-type.html); ``map`` is ours.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from gcp2_app.domain.when import parse_date
from gcp2_app.errors import InvalidValue

#: The longest id of a record, in characters.
MAX_ID: Final = 64

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOST = 1_000_000_000


class ItemType(StrEnum):
    """What one item holds.

    ``STRING`` is one line, or a number kept as it was given; ``TEXT`` may have many lines. ``DATE_TIME`` is a day, or
    an instant with its zone. ``CHOICE`` is one of the item's options; ``OPEN_CHOICE`` one of them or other words.
    ``REFERENCE`` is the id of a record. ``GROUP`` holds items of its own. ``MAP`` has keys that are not fixed.
    """

    BOOLEAN = "boolean"
    INTEGER = "integer"
    DATE = "date"
    DATE_TIME = "dateTime"
    STRING = "string"
    TEXT = "text"
    CHOICE = "choice"
    OPEN_CHOICE = "open-choice"
    REFERENCE = "reference"
    GROUP = "group"
    MAP = "map"


class RecordKind(StrEnum):
    """What an id can belong to. ``UNIT`` is a unit code of the pack in use."""

    PROFESSIONAL = "professional"
    PERSON = "person"
    CHILD = "child"
    ASSESSMENT = "assessment"
    ENTRY = "entry"
    UNIT = "unit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer to choose: the stored code and what people read."""

    code: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One field of a kind, or of a group.

    Attributes:
        name: its key in the case-file format.
        label: what people read beside it.
        help: a sentence under the label, or empty.
        required: an entry without it needs a reason in ``not_known``. Only at the top level of a kind.
        or_source_agency: where it is absent, the agency of the entry's source counts.
        repeats: holds a list; a single value counts as a list of one.
        options: for a choice.
        of: for a reference, what the id belongs to; for a map, what its keys belong to, or None for free keys.
        least, most: for an integer, the range, both included.
        values: for a map, the type of its values: text or integer.
        items: for a group.
    """

    name: str
    type: ItemType
    label: str
    help: str = ""
    required: bool = False
    or_source_agency: bool = False
    repeats: bool = False
    options: tuple[Option, ...] = ()
    of: RecordKind | None = None
    least: int | None = None
    most: int | None = None
    values: ItemType = ItemType.TEXT
    items: tuple["Item", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryKind:
    """One kind of entry.

    Attributes:
        code: the kind's name in the case-file format.
        title: what one entry of the kind is called; ``plural``: several of them.
        about: one sentence saying what belongs here.
        what: what "what happened" is called for this kind, or empty for the usual words.
        what_required: an entry of this kind says nothing without "what happened".
        children_may_be_empty: an entry of this kind need not concern a named child.
        items: its fields, in the order they are asked.
    """

    code: str
    title: str
    plural: str
    about: str
    items: tuple[Item, ...] = ()
    what: str = ""
    what_required: bool = False
    children_may_be_empty: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """An id inside an entry's data.

    Attributes:
        place: its key path, such as ``data.decisions_per_child.c1``.
        of: what the id belongs to.
    """

    place: str
    of: RecordKind
    id: str


def check_data(
    kind: EntryKind, data: Mapping[str, Any], *, not_known: Collection[str] = (), has_source_agency: bool = False
) -> None:
    """Check that an entry's data fits its kind.

    Args:
        kind: the declaration.
        data: what the entry holds; None and empty text count as absent.
        not_known: names of required items for which the entry gives the reason why they are not known.
        has_source_agency: whether the entry says which agency it comes from.

    Raises:
        InvalidValue: an unknown key, a bad value, or a required item that is missing; the message names the key path.
    """
    _check_items(kind.items, data, "data")
    for item in kind.items:
        excused = item.name in not_known or (item.or_source_agency and has_source_agency)
        if item.required and not excused and _absent(data.get(item.name)):
            raise InvalidValue(
                f"data.{item.name}: this key is missing.", f"Give it, or say under not_known.{item.name} why not."
            )


def references(kind: EntryKind, data: Mapping[str, Any]) -> Iterator[Reference]:
    """Yield every id that checked data holds, unit codes left out."""
    for place, item, value in leaves(kind.items, data, "data"):
        if item.of is None or item.of is RecordKind.UNIT:
            continue
        for id_ in value if item.type is ItemType.MAP else (value,):
            yield Reference(f"{place}.{id_}" if item.type is ItemType.MAP else place, item.of, id_)


def leaves(items: tuple[Item, ...], data: Mapping[str, Any], at: str) -> Iterator[tuple[str, Item, Any]]:
    """Yield key path, item and value for each value of checked data that is not a group or a list."""
    for item in items:
        value = data.get(item.name)
        if _absent(value):
            continue
        for place, single in _singles(item, value, f"{at}.{item.name}"):
            if item.type is ItemType.GROUP:
                yield from leaves(item.items, single, place)
            else:
                yield place, item, single


def _singles(item: Item, value: Any, place: str) -> Iterator[tuple[str, Any]]:
    if item.repeats and isinstance(value, list | tuple):
        for i, single in enumerate(value):
            yield f"{place}[{i}]", single
    else:
        yield place, value


def _absent(value: Any) -> bool:
    return value is None or value == ""


def _check_items(items: tuple[Item, ...], data: Any, at: str) -> None:
    if not isinstance(data, Mapping):
        raise InvalidValue(f"{at}: expected a group of keys.")
    declared = {item.name: item for item in items}
    for key, value in data.items():
        item = declared.get(key)
        if item is None:
            raise InvalidValue(f"{at}.{key}: this key is not known here.", f"Known are: {', '.join(declared)}.")
        if not _absent(value):
            for place, single in _singles(item, value, f"{at}.{key}"):
                _CHECKS[item.type](item, single, place)


def _check_boolean(_item: Item, value: Any, place: str) -> None:
    if not isinstance(value, bool):
        raise InvalidValue(f"{place}: expected true or false.")


def _check_integer(item: Item, value: Any, place: str) -> None:
    least = -_MOST if item.least is None else item.least
    most = _MOST if item.most is None else item.most
    if type(value) is not int:
        raise InvalidValue(f"{place}: expected a whole number.")
    if not least <= value <= most:
        raise InvalidValue(f"{place}: this number is out of range.", f"Use {least} to {most}.")


def _check_date(_item: Item, value: Any, place: str) -> None:
    if isinstance(value, str) and _ISO_DAY.fullmatch(value):
        try:
            parse_date(value)
        except InvalidValue:
            pass  # told below, with the place
        else:
            return
    raise InvalidValue(f"{place}: this is not a date.", "Write it as 2026-03-14.")


def _check_date_time(item: Item, value: Any, place: str) -> None:
    if not isinstance(value, str) or len(value) <= 10:
        _check_date(item, value, place)
        return
    try:
        aware = datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        aware = False
    if not aware:
        raise InvalidValue(f"{place}: this is not a date or an instant.", "Write it as 2026-03-14T09:30:00+00:00.")


def _check_string(_item: Item, value: Any, place: str) -> None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise InvalidValue(f"{place}: expected text.")
    if isinstance(value, int) and abs(value) > _MOST:
        raise InvalidValue(f"{place}: this number is out of range.", "Write it as text.")


def _check_text(_item: Item, value: Any, place: str) -> None:
    if not isinstance(value, str):
        raise InvalidValue(f"{place}: expected text.")


def _check_choice(item: Item, value: Any, place: str) -> None:
    if not any(value == option.code for option in item.options):
        codes = ", ".join(option.code for option in item.options)
        raise InvalidValue(f"{place}: not one of the values known here.", f"Use one of {codes}.")


def _check_reference(_item: Item, value: Any, place: str) -> None:
    if not isinstance(value, str) or not 0 < len(value) <= MAX_ID:
        raise InvalidValue(f"{place}: expected an id of up to {MAX_ID} characters.")


def _check_group(item: Item, value: Any, place: str) -> None:
    _check_items(item.items, value, place)


def _check_map(item: Item, value: Any, place: str) -> None:
    if not isinstance(value, Mapping):
        raise InvalidValue(f"{place}: expected a group of keys.")
    for key, single in value.items():
        if item.of is not None:
            _check_reference(item, key, f"{place}.{key}")
        if not _absent(single):
            _CHECKS[item.values](item, single, f"{place}.{key}")


_CHECKS: Mapping[ItemType, Callable[[Item, Any, str], None]] = {
    ItemType.BOOLEAN: _check_boolean,
    ItemType.INTEGER: _check_integer,
    ItemType.DATE: _check_date,
    ItemType.DATE_TIME: _check_date_time,
    ItemType.STRING: _check_string,
    ItemType.TEXT: _check_text,
    ItemType.CHOICE: _check_choice,
    ItemType.OPEN_CHOICE: _check_string,
    ItemType.REFERENCE: _check_reference,
    ItemType.GROUP: _check_group,
    ItemType.MAP: _check_map,
}
