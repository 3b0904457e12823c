"""The case file's JSON Schema, made from the program's own types and the declared kinds of entry.

``python -m gcp2_app.exchange.schema`` writes ``forms/casefile.schema.json``; a test compares it with the types.
References between records, grades of a pack and days of the calendar are beyond a schema: the reader checks those.
"""

import inspect
import json
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from gcp2_app import wire
from gcp2_app.domain import (
    answers,
    assessment,
    child_merges,
    chronologies,
    entries,
    instrument,
    learning,
    register,
    supervision,
)
from gcp2_app.domain.kinds import MAX_ID, EntryKind, Item, ItemType
from gcp2_app.exchange.casefile import FORMAT, RECORD_TYPES, VERSION, Section
from gcp2_app.exchange.casefile_checks import ENTRY_NOT_KNOWN
from gcp2_app.forms.entry_kinds import load_kinds
from gcp2_app.paths import data_folder

FILE_NAME: Final = "casefile.schema.json"

_MODULES: tuple[ModuleType, ...] = (
    register,
    assessment,
    answers,
    entries,
    chronologies,
    instrument,
    learning,
    supervision,
    child_merges,
)
_ABSENT: Final = {"enum": [None, ""]}
_DAY: Final = {"$ref": "#/$defs/Day"}
_INSTANT: Final = {"$ref": "#/$defs/Instant"}
_ID: Final = {"$ref": "#/$defs/Id"}
_GIVEN_TEXT: Final = {"type": "string", "minLength": 1}
_MOST: Final = 1_000_000_000

Schema = dict[str, Any]

_TEXTS: Final[Mapping[str, Schema]] = {
    "Day": {
        "description": "A day of the calendar.",
        "type": "string",
        "format": "date",
        "pattern": r"^\d{4}-\d{2}-\d{2}$",
    },
    "Instant": {
        "description": "An instant with its time zone.",
        "type": "string",
        "format": "date-time",
        "pattern": r"^\d{4}-\d{2}-\d{2}[Tt ].+([Zz]|[+-]\d{2}:\d{2})$",
    },
    "Id": {"description": "Opaque text.", "type": "string", "minLength": 1, "maxLength": MAX_ID},
}


def casefile_schema(kinds: Mapping[str, EntryKind]) -> Schema:
    """Return the JSON Schema (2020-12) of a case file with these kinds of entry."""
    definitions = {
        name: _definition(name, definition) for name, definition in wire.schema(*RECORD_TYPES.values()).items()
    }
    definitions |= {"When": _when(), **_TEXTS}
    definitions |= {f"{code}_data": _data(kind) for code, kind in kinds.items()}
    definitions["Entry"]["properties"]["kind"] = {"enum": list(kinds)}
    definitions["Entry"]["allOf"] = [_if_kind(kind) for kind in kinds.values()]
    definitions["Entry"]["properties"]["revision"] |= {"minimum": 1}
    definitions["ReadReceipt"]["properties"]["row"] = {"enum": list(learning.ROW_CODES)}
    for record_type in RECORD_TYPES.values():
        definitions[record_type.__name__]["properties"]["id"] = _ID
    lists = {
        section.value: _or_absent({"type": "array", "items": {"$ref": f"#/$defs/{kind.__name__}"}})
        for section, kind in ((section, RECORD_TYPES[section]) for section in Section)
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Case file",
        "description": "Any part of a store of graded care assessments. Null and empty mean absent.",
        "type": "object",
        "properties": {
            "format": {"const": FORMAT},
            "version": {"const": VERSION},
            "practice": _or_absent({"type": "boolean", "description": "The people are synthetic."}),
            **lists,
        },
        "required": ["format", "version"],
        "additionalProperties": False,
        "$defs": dict(sorted(definitions.items())),
    }


def schema_text(kinds: Mapping[str, EntryKind]) -> str:
    """Return the schema as the text of its file."""
    return json.dumps(casefile_schema(kinds), indent=1, ensure_ascii=False) + "\n"


def write_schema(path: Path, kinds: Mapping[str, EntryKind]) -> None:
    """Write the schema to a file."""
    path.write_text(schema_text(kinds), encoding="utf-8", newline="\n")


def _or_absent(schema: Schema) -> Schema:
    """Return a schema that takes null and empty text, too."""
    schema = dict(schema)
    notes: Schema = {key: schema.pop(key) for key in ("title", "description") if key in schema}
    if schema == {"type": "string"}:
        return {"type": ["string", "null"], **notes}
    return {"anyOf": [schema, _ABSENT], **notes}


# Records ------------------------------------------------------------------------------------------


def _definition(name: str, plain: Schema) -> Schema:
    """Return the definition of one wire type: its own words, absent values taken, dates exact."""
    definition: Schema = _exact(plain)
    found = next((getattr(module, name) for module in _MODULES if hasattr(module, name)), None)
    if found is not None and (words := inspect.getdoc(found)):
        summary = " ".join(words.split("\n\n")[0].replace("``", "").split())
        definition = {"description": summary, **definition} | {"description": summary}
    required = definition.get("required", [])
    for key, schema in definition.get("properties", {}).items():
        definition["properties"][key] = schema if key in required else _optional(schema)
    if not required:
        definition.pop("required", None)
    return definition


def _optional(schema: Schema) -> Schema:
    default = schema.pop("default", None)
    choices = [choice for choice in schema.get("anyOf", [schema]) if choice != {"type": "null"}]
    result = _or_absent(choices[0] if len(choices) == 1 else {"anyOf": choices})
    return result if default in (None, "", [], {}) else {**result, "default": default}


def _exact(schema: Any) -> Any:
    """Return a schema with exact dates, and with absent values taken in groups of free keys, at any depth."""
    if isinstance(schema, list):
        return [_exact(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("format") == "date":
        return dict(_DAY)
    if schema.get("format") == "date-time":
        return dict(_INSTANT)
    result = {key: _exact(each) for key, each in schema.items()}
    if isinstance(result.get("additionalProperties"), dict):
        result["additionalProperties"] = _or_absent(result["additionalProperties"])
    return result


def _when() -> Schema:
    month, year = r"\d{4}-(0[1-9]|1[0-2])", r"\d{4}"

    def shape(**properties: Schema) -> Schema:
        return {
            "type": "object",
            "properties": properties,
            "required": list(properties),
            "additionalProperties": False,
        }

    return {
        "description": "When something happened, as exactly as it is known.",
        "anyOf": [
            _DAY,
            _INSTANT,
            shape(**{"from": _DAY, "to": _DAY}),
            shape(month={"type": "string", "pattern": f"^{month}$"}),
            shape(about={"type": "string", "pattern": f"^({month}|{year})$"}),
            shape(unknown=_GIVEN_TEXT),
        ],
    }


# Entries ------------------------------------------------------------------------------------------


def _if_kind(kind: EntryKind) -> Schema:
    names = [*(item.name for item in kind.items), *ENTRY_NOT_KNOWN]
    then: Schema = {
        "properties": {
            "data": _or_absent({"$ref": f"#/$defs/{kind.code}_data"}),
            "not_known": {"propertyNames": {"enum": sorted(set(names))}},
        }
    }
    if not kind.children_may_be_empty:
        then["required"] = ["children"]
        then["properties"]["children"] = {"type": "array", "minItems": 1}
    asked = [{"anyOf": _ways_to_give(item)} for item in kind.items if item.required]
    if asked:
        then["allOf"] = asked
    return {"if": {"properties": {"kind": {"const": kind.code}}, "required": ["kind"]}, "then": then}


def _ways_to_give(item: Item) -> list[Schema]:
    """Return the ways in which a required item can be given: itself, or why it is not known."""
    ways = [_holds("data", item.name, {"not": _ABSENT}), _holds("not_known", item.name, _GIVEN_TEXT)]
    return [*ways, _holds("source", "agency", _GIVEN_TEXT)] if item.or_source_agency else ways


def _holds(group: str, key: str, schema: Schema) -> Schema:
    inner = {"type": "object", "required": [key], "properties": {key: schema}}
    return {"required": [group], "properties": {group: inner}}


def _data(kind: EntryKind) -> Schema:
    return {"description": f"Data of: {kind.title}. {kind.about}", **_group(kind.items)}


def _group(items: tuple[Item, ...]) -> Schema:
    return {
        "type": "object",
        "properties": {item.name: _item(item) for item in items},
        "additionalProperties": False,
    }


def _item(item: Item) -> Schema:
    schema = _single(item)
    if item.repeats:
        schema = {"anyOf": [{"type": "array", "items": schema}, schema]}
    notes = {"title": item.label} | ({"description": item.help} if item.help else {})
    return _or_absent({**schema, **notes})


def _single(item: Item) -> Schema:
    match item.type:
        case ItemType.GROUP:
            return _group(item.items)
        case ItemType.MAP:
            keys = {"propertyNames": _ID} if item.of is not None else {}
            return {"type": "object", **keys, "additionalProperties": _or_absent(dict(_SIMPLE[item.values]))}
        case ItemType.CHOICE:
            return {"enum": [option.code for option in item.options]}
        case ItemType.INTEGER:
            least = -_MOST if item.least is None else item.least
            return {"type": "integer", "minimum": least, "maximum": _MOST if item.most is None else item.most}
        case _:
            return dict(_SIMPLE[item.type])


_SIMPLE: Mapping[ItemType, Schema] = {
    ItemType.BOOLEAN: {"type": "boolean"},
    ItemType.INTEGER: {"type": "integer", "minimum": -_MOST, "maximum": _MOST},
    ItemType.DATE: _DAY,
    ItemType.DATE_TIME: {"anyOf": [_DAY, _INSTANT]},
    ItemType.STRING: {"type": ["string", "number"], "minimum": -_MOST, "maximum": _MOST},
    ItemType.TEXT: {"type": "string"},
    ItemType.OPEN_CHOICE: {"type": ["string", "number"], "minimum": -_MOST, "maximum": _MOST},
    ItemType.REFERENCE: _ID,
}


if __name__ == "__main__":
    write_schema(data_folder("forms") / FILE_NAME, load_kinds())
