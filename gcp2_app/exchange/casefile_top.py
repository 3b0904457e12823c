"""The top of a case file: its size, its JSON, its format and version, and its lists of records not yet opened.

Whatever is wrong here refuses the file as a whole, with place and mend. Knows no record.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

import msgspec

from gcp2_app.errors import BadFile
from gcp2_app.exchange.casefile import FORMAT, VERSION, Section

#: The largest case file that is read, in bytes.
MAX_BYTES: Final = 256 * 1024 * 1024

#: A key with its colon, any other text, or the edge of a group or list.
_TOKEN = re.compile(rb"""(?P<key>"(?:[^"\\]|\\.)*")\s*:|"(?:[^"\\]|\\.)*"|[{}\[\]]""", re.DOTALL)
_BYTE = re.compile(r"(.*) \(byte (\d+)\)")
AS_UTF_8: Final = "Save the file as UTF-8."
_TOP = ("format", "version", "practice", *Section)


def shown(text: str) -> str:
    """Return a text from the file fit to be shown: of one line, without control characters, 200 characters at most."""
    line = "".join(character if character.isprintable() else "�" for character in text[:201])
    return line if len(line) <= 200 else f"{line[:199]}…"


def read_top(raw: bytes, name: str) -> Mapping[str, msgspec.Raw]:
    """Return the keys at the top with their values not yet read.

    Raises:
        BadFile: too large, not JSON, not a case file, of another version, or with an unknown key.
    """
    if len(raw) > MAX_BYTES:
        raise BadFile(name, "", "it is larger than 256 MiB.", "Export it in parts, child by child.")
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    top: dict[str, msgspec.Raw] = _decode(raw, name, dict[str, msgspec.Raw])
    if _plain(top, "format", name) != FORMAT:
        raise BadFile(name, "format", f"this is not a case file; its format is not “{FORMAT}”.", "Choose another file.")
    version = _plain(top, "version", name)
    if type(version) is not int or version != VERSION:
        raise BadFile(
            name, "version", f"this program reads version {VERSION} of the format only.", "Update the program."
        )
    if twice := standing_twice(raw, depth=1):
        raise BadFile(name, twice, "this key stands twice at the top.", "Keep one of them.")
    for key in top:
        if key not in _TOP:
            raise BadFile(
                name, shown(key), "this key is not known at the top of a case file.", f"Known: {', '.join(_TOP)}."
            )
    return top


def _decode(raw: bytes, name: str, kind: Any) -> Any:
    mend = "Ask for the file again, or check it with a JSON editor."
    try:
        return msgspec.json.decode(raw, type=kind)
    except msgspec.ValidationError:
        raise BadFile(name, "", "this is not a case file: it is not an object of keys.", mend) from None
    except msgspec.DecodeError as error:
        if (at := _no_text_from(raw)) is not None:
            raise BadFile(name, _place(raw, at), "this is not UTF-8 text.", AS_UTF_8) from None
        match = _BYTE.fullmatch(str(error))
        at = int(match[2]) if match else len(raw)
        problem = "it ends too early" if match is None else match[1].removeprefix("JSON is malformed: ")
        raise BadFile(name, _place(raw, at), f"this is not JSON: {problem}.", mend) from None
    except UnicodeDecodeError:
        raise BadFile(name, "", "this is not UTF-8 text.", AS_UTF_8) from None
    except RecursionError:
        raise BadFile(name, "", "its lists and groups are nested too deeply.", mend) from None


def _no_text_from(raw: bytes) -> int | None:
    """Return the first byte that is no UTF-8, or None for a text."""
    try:
        raw.decode()
    except UnicodeDecodeError as error:
        return error.start
    return None


def _place(raw: bytes, at: int) -> str:
    line, column = raw[:at].count(b"\n") + 1, at - raw.rfind(b"\n", 0, at)
    return f"line {line}, column {column}"


def _plain(top: Mapping[str, msgspec.Raw], key: str, name: str) -> Any:
    return _decode(bytes(top[key]), name, Any) if key in top else None


def standing_twice(raw: bytes | memoryview, *, depth: int) -> str:
    """Return a key that stands twice in one object of a JSON text, or an empty text.

    Args:
        raw: JSON text that can be read.
        depth: how deep to look: 1 for the outermost object alone.
    """
    open_: list[set[bytes] | None] = []
    for token in _TOKEN.finditer(raw):
        text = token[0]
        if text in (b"{", b"["):
            open_.append(set() if text == b"{" else None)
        elif text in (b"}", b"]"):
            open_.pop()
        elif len(open_) <= depth and token["key"] is not None and (keys := open_[-1]) is not None:
            key = token["key"]
            # The same key may be written with escapes.
            plain = msgspec.json.decode(key).encode() if b"\\" in key else key[1:-1]
            if plain in keys:
                return shown(plain.decode())
            keys.add(plain)
    return ""


def read_list(top: Mapping[str, msgspec.Raw], section: Section, name: str) -> list[msgspec.Raw]:
    """Return the records of a section, not yet read; null and empty mean none.

    Raises:
        BadFile: this is no list.
    """
    if section not in top or bytes(top[section]) in (b"null", b'""'):
        return []
    try:
        return msgspec.json.decode(top[section], type=list[msgspec.Raw])
    except msgspec.ValidationError:
        raise BadFile(name, section, "this is not a list of records.", "Write it as [ … ].") from None


def read_practice(top: Mapping[str, msgspec.Raw], name: str) -> bool:
    """Whether the people are synthetic.

    Raises:
        BadFile: neither true nor false.
    """
    practice = _plain(top, "practice", name)
    if practice in (None, ""):
        return False
    if not isinstance(practice, bool):
        raise BadFile(name, "practice", "this is neither true nor false.", "Take the key out, or mend it.")
    return practice
