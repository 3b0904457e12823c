"""An entry as the values of its form, and back: the shape is that of the case file."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.entry_fields import DATA, has_own_date
from gcp2_app.domain.entry_times import own_when
from gcp2_app.domain.kinds import EntryKind
from gcp2_app.ui.entry.form import REASON

#: What a form holds besides the fields of the case file.
_ASIDE: Final = frozenset({REASON, "attachments"})
#: Stands for the id of an entry that has none yet.
_NEW: Final = "new"


def to_values(entry: Entry, kind: EntryKind) -> dict[str, Any]:
    """Return what the form of an entry shows."""
    from gcp2_app import wire

    held = wire.to_builtins(replace(entry, id=entry.id or _NEW))
    data = held.pop("data", {})
    for item in kind.items:
        value = data.get(item.name)
        if item.repeats and value not in (None, "") and not isinstance(value, list):
            value = [value]
        held[f"{DATA}{item.name}"] = value
    if has_own_date(kind) and entry.when is not None and entry.when == own_when(kind, entry.data):
        held["when"] = None
    return held


def to_entry(
    entry: Entry,
    kind: EntryKind,
    values: Mapping[str, Any],
    *,
    relevance: Mapping[str, str],
    not_known: Mapping[str, str],
) -> Entry:
    """Return an entry with what its form holds.

    Args:
        entry: as it was; for a new one, with its kind alone.
        values: of the form.
        relevance: what it means for each child.
        not_known: why required fields are not known.

    Raises:
        InvalidValue: a value does not fit.
    """
    from gcp2_app import wire

    held = wire.to_builtins(replace(entry, id=entry.id or _NEW, data={}))
    own = {item.name: values.get(f"{DATA}{item.name}") for item in kind.items}
    # What came in with an import and is no field of this form stays.
    kept = {name: value for name, value in entry.data.items() if name not in own}
    common = {name: value for name, value in values.items() if not name.startswith(DATA) and name not in _ASIDE}
    given = {**held, **common, "relevance": dict(relevance), "not_known": dict(not_known)}
    given["data"] = {name: value for name, value in {**kept, **own}.items() if value not in (None, "", [], {})}
    return replace(wire.from_builtins(Entry, given), id=entry.id)


def new_entry(kind: str, child: str, source: Source, today: str) -> Entry:
    """Return what the form of a new entry begins with: this child, this worker, known today."""
    from gcp2_app.domain.when import When

    return Entry(id="", kind=kind, children=(child,) if child else (), source=source, known=When(today))
