"""An entry as it is read and printed: label and words, line by line, in one order everywhere.

The lines come from the declaration of the kind, so that a new kind reads well without a line of program.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.entry_fields import COMMON, THEMES, label_of
from gcp2_app.domain.entry_times import own_when
from gcp2_app.domain.kinds import EntryKind, Item, ItemType, RecordKind
from gcp2_app.domain.register import Agency
from gcp2_app.domain.typed_dates import when_words
from gcp2_app.domain.when import When
from gcp2_app.domain.words import AGENCIES
from gcp2_app.errors import InvalidValue

_NOBODY = "someone not in this record"
#: How words begin that say by themselves which agency somebody is of.
_SAYS: Final[Mapping[Agency, tuple[str, ...]]] = {
    Agency.MASH: ("mash",),
    Agency.GP: (r"gp\b",),
    Agency.HEALTH_VISITING: ("health visit",),
    Agency.SCHOOL_NURSING: ("school nurs",),
    Agency.HOSPITAL: ("hospital",),
    Agency.SCHOOL: ("school",),
    Agency.EARLY_YEARS: ("early years", "nursery"),
    Agency.POLICE: ("police",),
    Agency.HOUSING: ("housing",),
    Agency.MENTAL_HEALTH: ("mental health",),
    Agency.RELATIVE: ("relative", "grand", "mother", "father", "aunt", "uncle", "sister", "brother", "cousin"),
    Agency.NEIGHBOUR: (r"neighbours?\b",),
    Agency.ANONYMOUS: ("anonymous",),
    # Whoever is named is of some agency.
    Agency.OTHER: ("",),
}


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One field in words.

    Attributes:
        name: of the field, the kind's own with ``data.`` before it.
        label: what stands beside it.
        text: what it says; several lines are kept apart.
    """

    name: str
    label: str
    text: str


def entry_lines(entry: Entry, kind: EntryKind | None, names: Mapping[str, str]) -> tuple[EntryLine, ...]:
    """Return everything an entry says, fields without an answer left out.

    Args:
        entry: the entry.
        kind: its declaration; without it the fields' own names are used.
        names: what the ids it holds stand for.
    """
    return tuple(
        EntryLine(name, label_of(name, kind), text)
        for name, text in _texts(entry, kind, names)
        if text.strip() and not (name == "when" and kind is not None and entry.when == own_when(kind, entry.data))
    )


def _texts(entry: Entry, kind: EntryKind | None, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield "when", _when(entry, "when")
    yield "what", entry.what or _reason(entry, "what")
    yield from _own(entry, kind, names)
    for name in ("child_words", "impact", "carer_response", "action_taken", "outcome"):
        yield name, getattr(entry, name)
    yield "themes", ", ".join(THEMES[theme] for theme in entry.themes)
    yield "significance", _option(COMMON["significance"], entry.significance)
    yield "significance_why", entry.significance_why
    yield "source", source_words(entry.source) or _reason(entry, "source")
    yield "known", _when(entry, "known")
    yield "children", "\n".join(_child(entry, child, names) for child in entry.children)
    yield "third_party", "Yes" if entry.third_party else ""
    yield "harm_if_disclosed", "Yes" if entry.harm_if_disclosed else ""
    yield "withheld_from", ", ".join(names.get(id_) or _NOBODY for id_ in entry.withheld_from)


def source_words(source: Source | None) -> str:
    """Return who an entry comes from: "Jo Lane, social worker, children’s social care"; nothing is said twice."""
    if source is None:
        return ""
    named = ", ".join(filter(None, (source.name, source.role)))
    words = ", ".join(filter(None, (named, _agency(source.agency, named))))
    return words[:1].upper() + words[1:]


def _agency(agency: Agency | None, named: str) -> str:
    """Return what an agency is called; empty where the name or the role of who it is says so already."""
    if agency is None:
        return ""
    said = named and any(re.search(rf"\b{begins}", named, re.IGNORECASE) for begins in _SAYS.get(agency, ()))
    return "" if said else AGENCIES[agency]


def value_words(item: Item, value: Any, names: Mapping[str, str]) -> str:
    """Return what a field of a kind holds, in words; several values one a line."""
    if item.repeats:
        several = value if isinstance(value, list | tuple) else [value]
        return "\n".join(_single(item, each, names) for each in several)
    return _single(item, value, names)


def _own(entry: Entry, kind: EntryKind | None, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if kind is None:
        yield from ((f"data.{name}", str(value)) for name, value in entry.data.items())
        return
    for item in kind.items:
        value = entry.data.get(item.name)
        name = f"data.{item.name}"
        yield name, _reason(entry, item.name) if value in (None, "", [], {}) else value_words(item, value, names)


def _reason(entry: Entry, name: str) -> str:
    why = entry.not_known.get(name, "")
    return f"Not known: {why}" if why else ""


def _when(entry: Entry, name: str) -> str:
    when: When | None = getattr(entry, name)
    words = when_words(when) if when is not None else _reason(entry, name)
    return words[:1].upper() + words[1:]


def _child(entry: Entry, child: str, names: Mapping[str, str]) -> str:
    name, means = names.get(child) or "Unborn child", entry.relevance.get(child, "")
    return f"{name}: {means}" if means else name


def _option(item: Item, code: str) -> str:
    return next((option.label for option in item.options if option.code == code), code.replace("_", " "))


def _single(item: Item, value: Any, names: Mapping[str, str]) -> str:
    match item.type:
        case ItemType.BOOLEAN:
            return "Yes" if value else "No"
        case ItemType.DATE | ItemType.DATE_TIME:
            return _date(str(value))
        case ItemType.CHOICE | ItemType.OPEN_CHOICE:
            return _option(item, str(value))
        case ItemType.REFERENCE if item.of is not RecordKind.UNIT:
            return names.get(str(value)) or _NOBODY
        case ItemType.GROUP | ItemType.MAP:
            return _several(item, value, names)
        case _:
            return str(value)


def _several(item: Item, value: Mapping[str, Any], names: Mapping[str, str]) -> str:
    if item.type is ItemType.MAP:
        keys = names if item.of is not None else {}
        return "\n".join(f"{keys.get(key) or key}: {each}" for key, each in value.items())
    return in_one_line(
        "\n".join(
            f"{_asked(inner)} {in_one_line(value_words(inner, value[inner.name], names), between=', ')}"
            for inner in item.items
            if value.get(inner.name) not in (None, "", [], {})
        )
    )


def in_one_line(text: str, *, between: str = "; ") -> str:
    """Return lines one after the other: a sentence ends for itself, and after anything else stands what is given."""
    lines = text.splitlines() or [""]
    ends = [" " if line.endswith((".", "?", "!", ".'", ".’", ".”")) else between for line in lines[:-1]]
    return "".join(f"{line}{end}" for line, end in zip(lines, [*ends, ""], strict=True))


def _asked(item: Item) -> str:
    return item.label if item.label.endswith("?") else f"{item.label}:"


def _date(text: str) -> str:
    try:
        return when_words(When(text))
    except InvalidValue:  # kept as it was written
        return text
