"""A curated chronology laid out as plain data: columns, rows of text in the order of time, and what is left out.

Screens, tables and print all show this. Which columns there are and what is left out hangs on the style:

- *professional*: everything, with the marks of each entry.
- *family*: what happened, who told, what was done and what came of it. Left out are entries withheld from anybody or
  that could do harm, what is about the safety of workers, and, unless ticked one by one, what comes from a third party,
  the child's own words and every analysis.
- *court*: what happened with its source and evidence, and the analysis; not how an entry is filed or rated. Parents are
  parties and read it: entries withheld from somebody or that could do harm are left out unless ticked, and what is
  about the safety of workers always.

Whatever the register withholds from the people around the child is taken out of the text of the last two.

Source: casework.md, One stream of entries (curated chronologies); experience.md, screen 5 (share view).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from gcp2_app.domain.chronologies import (
    Chronology,
    ChronologyStyle,
    FrozenRow,
    LeftOut,
    Pick,
    Why,
    frozen_row,
)
from gcp2_app.domain.confiding import CONFIDING
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.entry_fields import COMMON, DATA
from gcp2_app.domain.kinds import EntryKind, ItemType
from gcp2_app.domain.plans.meeting_list import planned_words
from gcp2_app.domain.typed_dates import when_words
from gcp2_app.domain.withheld import Withheld
from gcp2_app.domain.words import capital
from gcp2_app.reports.entry_lines import EntryLine, entry_lines

_STATEMENT: Final = "statement"
#: What may stand around the same words.
_AROUND: Final = " .'’‘\"“”"
#: Columns, left to right. Those that are empty in every row are not shown, but for the first three.
COLUMNS: Final[Mapping[ChronologyStyle, tuple[str, ...]]] = {
    ChronologyStyle.PROFESSIONAL: (
        *("number", "when", "what", "kind", "details", "child_words", "impact", "carer_response", "action_taken"),
        *("outcome", "themes", "significance", "source", "known", "marks", "analysis"),
    ),
    ChronologyStyle.FAMILY: (
        *("number", "when", "what", "child_words", "source", "action_taken", "outcome", "analysis"),
    ),
    ChronologyStyle.COURT: (
        *("number", "when", "what", "child_words", "impact", "carer_response", "action_taken", "outcome"),
        *("known", "source", "evidence", "analysis"),
    ),
}
_ALWAYS: Final = 3
#: More records than these in one field of a kind are counted: whom a meeting invited hides what it decided.
_MOST_RECORDS: Final = 3
_HEADS: Final = {
    "number": "No.",
    "kind": "What sort of entry",
    "details": "More",
    "marks": "Marks",
    "evidence": "Evidence",
    "analysis": "Analysis",
}
#: What can be ticked to be shown of an entry, by style.
TICKABLE: Final[Mapping[ChronologyStyle, tuple[Why, ...]]] = {
    ChronologyStyle.PROFESSIONAL: (),
    ChronologyStyle.FAMILY: (Why.THIRD_PARTY, Why.CHILD_WORDS, Why.ANALYSIS),
    ChronologyStyle.COURT: (Why.WITHHELD, Why.HARM),
}
#: Lines that a chronology says in other columns, or that say nothing about what happened.
_ELSEWHERE: Final = frozenset({"children", "third_party", "harm_if_disclosed", "withheld_from", "significance_why"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A chronology as it reads.

    Attributes:
        columns: codes of the columns; ``heads`` what stands over them.
        rows: in the order things happened, those of an unknown date last.
        analysis: of the whole, empty where the style leaves it out.
        left_out: what is left out, and why.
    """

    columns: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[FrozenRow, ...]
    analysis: str
    left_out: tuple[LeftOut, ...]


def reasons(entry: Entry, style: ChronologyStyle) -> tuple[Why, ...]:
    """Return why a whole entry is left out in a style, unless what can be ticked of it is."""
    if entry.entered_in_error is not None:
        return (Why.IN_ERROR,)
    if style is ChronologyStyle.PROFESSIONAL:
        return ()
    found = [
        (Why.WITHHELD, bool(entry.withheld_from)),
        (Why.HARM, bool(entry.harm_if_disclosed)),
        (Why.WORKER_SAFETY, entry.data.get("worker_safety") is True),
    ]
    if style is ChronologyStyle.FAMILY:
        found += [
            (Why.THIRD_PARTY, _is_from_a_third_party(entry)),
            (Why.CHILD_WORDS, entry.kind == _STATEMENT),
        ]
    return tuple(why for why, holds in found if holds)


def _is_from_a_third_party(entry: Entry) -> bool:
    """Whether it is marked so; where nobody has said, whether somebody told it who is no agency."""
    if entry.third_party is None:
        return entry.source is not None and entry.source.agency in CONFIDING
    return entry.third_party


def offers(entry: Entry, pick: Pick, style: ChronologyStyle) -> tuple[Why, ...]:
    """Return what can be ticked to be shown of an entry in a style: what is there, and left out by default."""
    whole = reasons(entry, style)
    fields = {Why.CHILD_WORDS: bool(entry.child_words), Why.ANALYSIS: bool(pick.analysis.strip())}
    if any(why not in TICKABLE[style] for why in whole):
        return ()
    return tuple(why for why in TICKABLE[style] if why in whole or fields.get(why, False))


def lay_out(
    chronology: Chronology,
    entries: Mapping[str, Entry],
    kinds: Mapping[str, EntryKind],
    names: Mapping[str, str],
    withheld: Withheld,
) -> Layout:
    """Return a chronology as it reads now.

    Args:
        chronology: what was picked, and for whom.
        entries: the picked entries by id, as they may be shown; a pick that is not there is left out.
        kinds: every kind of entry.
        names: what the ids in the entries stand for.
        withheld: what is taken out of the text; nothing is taken out of a professional one.
    """
    style = chronology.style
    lost: Counter[tuple[Why, str]] = Counter()
    rows: list[tuple[Entry, dict[str, str]]] = []
    for entry, pick in _in_time(chronology, entries):
        whole = [why for why in reasons(entry, style) if why not in pick.shown or why not in TICKABLE[style]]
        if whole:
            lost[whole[0], ""] += 1
            continue
        kind = kinds.get(entry.kind)
        lines = {line.name: line for line in entry_lines(entry, kind, names)}
        cells = _kept(_cells(entry, pick, lines, kind, style), pick, lines, style, lost)
        rows.append((entry, _scrubbed(cells, withheld, style, lost)))
    lost[Why.IN_ERROR, ""] += sum(pick.entry not in entries for pick in chronology.picks)
    columns = tuple(
        code
        for place, code in enumerate(COLUMNS[style])
        if place < _ALWAYS or any(cells.get(code) for _, cells in rows)
    )
    analysis = chronology.analysis.strip()
    if style is ChronologyStyle.FAMILY and analysis and Why.ANALYSIS not in chronology.shown:
        lost[Why.ANALYSIS, "Analysis of the whole"] += 1
        analysis = ""
    whole_text = _scrubbed({"analysis": analysis}, withheld, style, lost)["analysis"]
    return Layout(
        columns=columns,
        heads=tuple(_head(code) for code in columns),
        rows=tuple(
            frozen_row(
                entry.id, entry.revision, [str(n) if code == "number" else cells.get(code, "") for code in columns]
            )
            for n, (entry, cells) in enumerate(rows, start=1)
        ),
        analysis=whole_text,
        left_out=tuple(LeftOut(why=why, what=what, times=times) for (why, what), times in lost.items() if times),
    )


def _in_time(chronology: Chronology, entries: Mapping[str, Entry]) -> Sequence[tuple[Entry, Pick]]:
    found = [(entries[pick.entry], pick) for pick in chronology.picks if pick.entry in entries]
    return sorted(found, key=lambda pair: in_time(pair[0]))


def in_time(entry: Entry) -> tuple[bool, str, str]:
    """Return what entries of a chronology are ordered by: in time, those of an unknown date last."""
    key = entry.when.sort_key if entry.when is not None else ""
    return (not key, key, entry.id)


def _head(code: str) -> str:
    return _HEADS.get(code) or COMMON[code].label


def _cells(
    entry: Entry, pick: Pick, lines: Mapping[str, EntryLine], kind: EntryKind | None, style: ChronologyStyle
) -> dict[str, str]:
    """Return everything an entry says, by column."""
    own = _several(line for name, line in lines.items() if name.startswith(DATA))
    title = kind.title if kind is not None else capital(entry.kind.replace("_", " "))
    cells = {name: line.text for name, line in lines.items() if not name.startswith(DATA)}
    cells |= {
        "when": _when(entry),
        "kind": title,
        "details": _several(_shortened(line, kind) for name, line in lines.items() if name.startswith(DATA)),
        "significance": ": ".join(filter(None, (cells.get("significance", ""), entry.significance_why))),
        "marks": ", ".join(_marks(entry)),
        "evidence": _evidence(entry),
        "analysis": pick.analysis.strip(),
    }
    if entry.kind == _STATEMENT and entry.child_words.strip(_AROUND) in entry.what:
        # What happened is what the child said.
        cells["child_words"] = ""
    if entry.when is not None and entry.known is not None and entry.known.last == entry.when.last:
        cells["known"] = ""
    if planned := planned_words(entry):
        cells["what"] = f"{planned}: {entry.what}" if entry.what else planned
    if not cells.get("what"):
        # A kind that says it in fields of its own.
        cells["what"] = title if style is ChronologyStyle.FAMILY else own or title
        if style is not ChronologyStyle.FAMILY:
            cells["details"] = ""
    return cells


def _kept(
    cells: Mapping[str, str],
    pick: Pick,
    lines: Mapping[str, EntryLine],
    style: ChronologyStyle,
    lost: Counter[tuple[Why, str]],
) -> dict[str, str]:
    """Return what a style shows of an entry, and count what it does not."""
    hidden = set()
    if style is ChronologyStyle.FAMILY:
        hidden = {code for code in (Why.CHILD_WORDS, Why.ANALYSIS) if cells.get(code) and code not in pick.shown}
    lost.update((code, _head(code)) for code in hidden)
    missing = [line for name, line in lines.items() if name not in COLUMNS[style] and name not in _ELSEWHERE]
    lost.update((Why.NOT_IN_STYLE, line.label) for line in missing if not line.name.startswith(DATA))
    if "details" not in COLUMNS[style] and cells.get("details"):
        lost[Why.NOT_IN_STYLE, _head("details")] += 1
    return {code: "" if code in hidden else cells.get(code, "") for code in COLUMNS[style]}


def _scrubbed(
    cells: Mapping[str, str], withheld: Withheld, style: ChronologyStyle, lost: Counter[tuple[Why, str]]
) -> dict[str, str]:
    if style is ChronologyStyle.PROFESSIONAL:
        return dict(cells)
    clean: dict[str, str] = {}
    for code, text in cells.items():
        scrubbed = withheld.scrub(text)
        clean[code] = scrubbed.text
        if scrubbed.taken:
            lost[Why.TAKEN_OUT, _head(code)] += 1
    return clean


def _when(entry: Entry) -> str:
    if entry.when is None:
        why = entry.not_known.get("when", "")
        return f"Not known: {why}" if why else "Not known"
    return capital(when_words(entry.when))


def _several(lines: Iterable[EntryLine]) -> str:
    return "\n".join(f"{line.label}{'' if line.label.endswith('?') else ':'} {line.text}" for line in lines)


def _shortened(line: EntryLine, kind: EntryKind | None) -> EntryLine:
    """Return a field of a kind, a long list of records in it counted."""
    item = next((each for each in kind.items if f"{DATA}{each.name}" == line.name), None) if kind is not None else None
    records = line.text.splitlines()
    if item is None or item.type is not ItemType.GROUP or len(records) <= _MOST_RECORDS:
        return line
    return replace(line, text=f"{len(records)}, each in the record")


def _marks(entry: Entry) -> Iterable[str]:
    if entry.third_party:
        yield "From a third party"
    if entry.harm_if_disclosed:
        yield "Could do harm if it were disclosed"
    if entry.withheld_from:
        yield "Withheld from somebody"


def _evidence(entry: Entry) -> str:
    parts = []
    if entry.agency_record is not None:
        parts.append(f"In the agency’s record: {entry.agency_record.reference}")
    if entry.provenance is not None:
        parts.append(f"Chronology taken in, row {entry.provenance.row}")
    if entry.attachments:
        parts.append("Files: " + ", ".join(each.name for each in entry.attachments))
    return "\n".join(parts)
