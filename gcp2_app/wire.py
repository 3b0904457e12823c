"""The JSON shape of records, made from the domain values by one generator.

A field is declared once, in the domain dataclass. From it come the strict wire type that files are checked against
(unknown keys refused), the JSON Schema, and the stored document. This module may know msgspec and the domain, nothing
else.
"""

import dataclasses
import re
import types
import typing
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

import msgspec

from gcp2_app.domain.when import When
from gcp2_app.errors import InvalidValue

T = TypeVar("T")

_PLACE = re.compile(r" - at `\$?\.?(.*)`$")
_KEY = re.compile(r"Object (contains unknown|missing required) field `(.*)`")
_EXPECTED = re.compile(r"Expected `(.*)`, got `(.*)`")
_WORDS = {
    "int": "a whole number",
    "float": "a number",
    "str": "text",
    "bool": "true or false",
    "array": "a list",
    "object": "a group of keys",
    "date": "a date",
    "datetime": "an instant",
}


def key_of(name: str) -> str:
    """Return the JSON key of a field: ``from_`` is written ``from``."""
    return name.rstrip("_")


def encode_hook(value: Any) -> Any:
    """Give msgspec the JSON shape of what it does not know."""
    if isinstance(value, When):
        return value.raw
    if isinstance(value, MappingProxyType):
        return dict(value)
    raise NotImplementedError(f"{type(value)} has no JSON shape")


def _decode_hook(kind: type, value: Any) -> Any:
    if kind is When:
        if isinstance(value, When):
            return value
        try:
            return When(value)
        except InvalidValue as error:
            raise ValueError(error.message) from None
    raise NotImplementedError(f"{kind} has no JSON shape")


@cache
def _wire_type(cls: Any) -> type[msgspec.Struct]:
    hints = get_type_hints(cls)
    fields: list[Any] = []
    for field in dataclasses.fields(cls):
        annotation = _wire_annotation(hints[field.name])
        if field.default is not dataclasses.MISSING:
            fields.append((field.name, annotation, field.default))
        elif field.default_factory is not dataclasses.MISSING:
            fields.append((field.name, annotation, msgspec.field(default_factory=dict)))
        else:
            fields.append((field.name, annotation))
    return msgspec.defstruct(
        cls.__name__,
        fields,
        module=__name__,
        forbid_unknown_fields=True,
        omit_defaults=True,
        kw_only=True,
        rename=key_of,
    )


def wire_type(cls: type) -> type[msgspec.Struct]:
    """Return the strict wire type of a domain dataclass: the same fields, unknown keys refused, defaults left out."""
    return _wire_type(cls)


def _wire_annotation(annotation: Any) -> Any:
    if dataclasses.is_dataclass(annotation) and isinstance(annotation, type):
        return wire_type(annotation)
    if annotation is datetime:
        return Annotated[datetime, msgspec.Meta(tz=True)]
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (types.UnionType, typing.Union):
        return typing.Union[tuple(_wire_annotation(argument) for argument in arguments)]  # noqa: UP007 - made at run time
    if origin is tuple:
        return tuple[_wire_annotation(arguments[0]), ...]  # type: ignore[misc]  # made at run time
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return dict[_wire_annotation(arguments[0]), _wire_annotation(arguments[1])]  # type: ignore[misc]  # made at run time
    return annotation


def to_json(value: Any) -> bytes:
    """Return a record's JSON document; fields at their defaults are left out."""
    return msgspec.json.encode(_to_struct(value), enc_hook=encode_hook, order="deterministic")


def to_builtins(value: Any) -> dict[str, Any]:
    """Return a record as plain dicts, lists and texts; fields at their defaults are left out."""
    result: dict[str, Any] = msgspec.json.decode(to_json(value))
    return result


def _to_struct(value: Any) -> msgspec.Struct:
    return msgspec.convert(value, wire_type(type(value)), from_attributes=True, dec_hook=_decode_hook)


def from_json(cls: type[T], document: bytes) -> T:
    """Return the domain value of a document this program wrote."""
    return _to_value(cls, _decoder(wire_type(cls)).decode(document))


@cache
def _decoder(wire: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(wire, dec_hook=_decode_hook)


def _to_value(cls: type[T], struct: msgspec.Struct) -> T:
    return msgspec.convert(struct, cls, from_attributes=True, dec_hook=_decode_hook)


def without_blanks(value: Any) -> Any:
    """Drop keys that are null or empty text, at any depth: absent, null and empty mean the same."""
    if isinstance(value, dict):
        return {key: without_blanks(item) for key, item in value.items() if item is not None and item != ""}
    if isinstance(value, list):
        return [without_blanks(item) for item in value]
    return value


def from_builtins(cls: type[T], value: Any) -> T:
    """Return the domain value of something that came in from outside.

    Raises:
        InvalidValue: an unknown key, a missing key or a bad value; the message names the key path.
    """
    try:
        struct = msgspec.convert(without_blanks(value), wire_type(cls), dec_hook=_decode_hook)
    except msgspec.ValidationError as error:
        place, sentence = explain(error)
        raise InvalidValue(f"{place}: {sentence}" if place else sentence) from None
    return _to_value(cls, struct)


def explain(error: msgspec.ValidationError) -> tuple[str, str]:
    """Return the key path of what a strict decode refused, and a plain sentence saying why."""
    message = str(error).rstrip(".")
    match = _PLACE.search(message)
    place = "" if match is None else match[1]
    if match is not None:
        message = message[: match.start()]
    key = _KEY.fullmatch(message)
    if key is not None:
        place = f"{place}.{key[2]}" if place else key[2]
        return place, "this key is not known here." if key[1] == "contains unknown" else "this key is missing."
    expected = _EXPECTED.fullmatch(message)
    if expected is not None:
        return place, f"expected {_words(expected[1])}, found {_words(expected[2])}."
    if message.startswith("Invalid enum value "):
        return place, "not one of the values known here."
    if message == "Expected `datetime` with a timezone component":
        return place, "an instant needs its time zone; write it as 2026-03-14T09:30:00+00:00."
    if message.startswith("Invalid RFC3339 encoded "):
        example = "2026-03-14" if message.endswith(" date") else "2026-03-14T09:30:00+00:00"
        return place, f"not a date the program can read; write it as {example}."
    return place, f"{message.rstrip('.')}."


def _words(kinds: str) -> str:
    """Say msgspec's names of types in plain words; "or nothing" goes without saying."""
    return " or ".join(_WORDS.get(kind, kind) for kind in kinds.split(" | ") if kind != "null") or "nothing"


def schema(*classes: type) -> dict[str, Any]:
    """Return the JSON Schema definitions of the wire types of these domain values, by type name."""
    _, definitions = msgspec.json.schema_components(
        [wire_type(cls) for cls in classes], ref_template="#/$defs/{name}", schema_hook=_schema_hook
    )
    return definitions


def _schema_hook(kind: type) -> dict[str, Any]:
    if kind is When:
        return {"$ref": "#/$defs/When"}
    raise NotImplementedError(f"{kind} has no JSON Schema")
