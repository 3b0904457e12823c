"""Reading one TOML file that came from outside.

Hostile until parsed: its size is limited, and whatever goes wrong is told with file, line and mend. Knows nothing of
what the tables mean.
"""

import re
import tomllib
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from gcp2_app import wire
from gcp2_app.errors import BadFile
from gcp2_app.incoming import read_start

#: The largest form that is read, in bytes.
MAX_BYTES: Final = 2 * 1024 * 1024

T = TypeVar("T", bound=msgspec.Struct)

#: Sixteen keys joined by dots: the reader's time grows with the square of their number, and no form has more than four.
_LONG_KEY = re.compile(
    r"""(?<![\w-]) (?: (?: [\w-]++ | "[^"\n]*+" | '[^'\n]*+' ) [ \t]*+ \. [ \t]*+ ){16}""", re.VERBOSE
)
_LINE = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)


def read_bytes(path: Path) -> bytes:
    """Return a form's bytes.

    Raises:
        NotFound: there is no such file.
        BadFile: it cannot be read, or it is larger than :data:`MAX_BYTES`.
    """
    raw = read_start(path, MAX_BYTES)
    if len(raw) > MAX_BYTES:
        raise BadFile(str(path), "", "it is larger than 2 MiB.", "A form is a text of a few hundred kilobytes at most.")
    return raw


def read_tables(raw: bytes, name: str) -> dict[str, Any]:
    """Return the tables of a TOML text.

    Args:
        raw: the file's bytes.
        name: the file's name, for messages.

    Raises:
        BadFile: not UTF-8, or not TOML; with the line where that is known.
    """
    try:
        text = raw.decode("utf-8-sig")
        if long_key := _LONG_KEY.search(text):
            line = text.count("\n", 0, long_key.start()) + 1
            raise BadFile(name, f"line {line}", "this key has too many parts.", "See forms/README.md.")
        return tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise BadFile(name, f"line {line}", "this is not UTF-8 text.", "Save the file as UTF-8.") from None
    except RecursionError:
        raise BadFile(name, "", "its tables and lists are nested too deeply.", "See forms/README.md.") from None
    except ValueError as error:
        # TOMLDecodeError, or a number with more digits than Python reads.
        match = _LINE.fullmatch(str(error))
        problem = match[1] if match else str(error)
        place = f"line {match[2]}, column {match[3]}" if match and match[2] else "its end" if match else ""
        raise BadFile(
            name, place, f"this is not TOML: {problem[:1].lower()}{problem[1:]}.", "See https://toml.io."
        ) from None


def check_format(tables: dict[str, Any], name: str, *, expected: str, version: int) -> None:
    """Refuse a file that says it is something else, or from a later program, before its keys are looked at.

    Raises:
        BadFile: ``format`` or ``format_version`` is missing or another.
    """
    if tables.get("format") != expected:
        raise BadFile(name, "format", f"this is not “{expected}”.", f'Write format = "{expected}" at the top.')
    found = tables.get("format_version")
    if type(found) is not int:
        raise BadFile(name, "format_version", "this is missing.", f"Write format_version = {version}.")
    if found != version:
        raise BadFile(
            name,
            "format_version",
            f"this program reads version {version} of the format, not {found}.",
            "Update the program." if found > version else f"Write the file in version {version}; see forms/README.md.",
        )


def decode(kind: type[T], tables: dict[str, Any], name: str) -> T:
    """Return the wire value of a file's tables; a key that is not known is an error.

    Raises:
        BadFile: an unknown key, a missing key or a value of the wrong kind, with its key path.
    """
    try:
        return msgspec.convert(tables, kind)
    except msgspec.ValidationError as error:
        place, sentence = wire.explain(error)
        raise BadFile(name, _named(place, tables), sentence, "See forms/README.md for the keys.") from None


def _named(place: str, tables: dict[str, Any]) -> str:
    """Add the code of the thing a key path leads to, so that nobody has to count to areas[2]."""
    code = ""
    value: Any = tables
    for key, index in re.findall(r"([^.\[\]]+)|\[(\d+)\]", place):
        if isinstance(value, dict) and key in value:
            value = value[key]
        elif index and isinstance(value, list) and int(index) < len(value):
            value = value[int(index)]
        else:
            break
        if isinstance(value, dict) and isinstance(named := value.get("code", value.get("name")), str):
            code = named
    return f"{place} ({code})" if code else place
