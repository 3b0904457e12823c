"""What a chronology says, gathered for one reader: as it was curated, or a version as it was frozen.

Entries ticked in the draft of the style are printed with their analysis; without a draft every entry is. A version that
was frozen is printed as it was, but for entries its reader may not see any more.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from gcp2_app.domain.chronologies import Chronology, ChronologyStyle, LeftOut, Pick
from gcp2_app.domain.chronologies import Why as LeftOutWhy
from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.letters import born_words
from gcp2_app.domain.typed_dates import day_words
from gcp2_app.domain.when import LONDON
from gcp2_app.domain.withheld import Secret, SecretKind, Why, Withheld
from gcp2_app.domain.words import capital, counted, long_date
from gcp2_app.errors import NotFound
from gcp2_app.reports.chronology import TICKABLE, lay_out
from gcp2_app.reports.entry_lines import source_words
from gcp2_app.services.documents.front import front
from gcp2_app.services.documents.reading import Pages, Reading

if TYPE_CHECKING:
    from gcp2_app.reports.pdf.chronology import ChronologyReport

_SECTION = "What happened, in order of time"
_FROZEN = "chronology_frozen"
_TITLES = {
    ChronologyStyle.PROFESSIONAL: "Chronology",
    ChronologyStyle.FAMILY: "What happened, for the family",
    ChronologyStyle.COURT: "Chronology for court",
}
#: Why a style leaves something out, as the list of losses says it. What another column says, or the redaction takes
#: out, is no loss of its own here.
_LOSSES = {
    LeftOutWhy.THIRD_PARTY: (SecretKind.ENTRY, Why.THIRD_PARTY),
    LeftOutWhy.HARM: (SecretKind.ENTRY, Why.HARM),
    LeftOutWhy.WITHHELD: (SecretKind.ENTRY, Why.MARKED),
    LeftOutWhy.WORKER_SAFETY: (SecretKind.ENTRY, Why.WORKER_SAFETY),
    LeftOutWhy.CHILD_WORDS: (SecretKind.WORDS, Why.CHILD_WORDS),
    LeftOutWhy.ANALYSIS: (SecretKind.WORDS, Why.ANALYSIS),
}


def _gather(reading: Reading, style: ChronologyStyle) -> Pages:
    from gcp2_app.reports.pdf.chronology import write_chronology

    report = _frozen(reading, style) if reading.matter else _now(reading, style)
    return lambda redaction: write_chronology(report, redaction)


professional = partial(_gather, style=ChronologyStyle.PROFESSIONAL)
family = partial(_gather, style=ChronologyStyle.FAMILY)
court = partial(_gather, style=ChronologyStyle.COURT)


def _now(reading: Reading, style: ChronologyStyle) -> "ChronologyReport":
    from gcp2_app.reports.pdf.chronology import ChronologyReport

    drafts = (each for each in reading.tx.chronologies.of_child(reading.child.id) if each.frozen is None)
    draft = next((each for each in drafts if each.style is style), None)
    picks = {pick.entry: pick for pick in draft.picks} if draft is not None else {}
    wanted = [entry for entry in reading.told if entry.kind != _FROZEN and (not picks or entry.id in picks)]
    found = reading.copying.entries(wanted, _SECTION)
    near = [entry for entry in found if reading.since is None or _is_near(entry, reading)]
    shown = TICKABLE[style]
    layout = lay_out(
        Chronology(
            id="",
            child=reading.child.id,
            style=style,
            picks=tuple(_ticked(picks.get(entry.id, Pick(entry=entry.id)), entry, reading, shown) for entry in near),
            analysis=draft.analysis if draft is not None else "",
            shown=draft.shown if draft is not None else (),
        ),
        {entry.id: entry for entry in near},
        reading.kinds,
        reading.names_in(*near),
        # Every word passes through the document's own redaction, which lists what it takes out.
        Withheld(),
    )
    _lose(reading, layout.left_out)
    return ChronologyReport(
        front=front(reading, _TITLES[style], facts=_facts(reading, style)),
        style=style,
        columns=layout.columns,
        heads=layout.heads,
        rows=tuple(row.cells for row in layout.rows),
        not_printed=tuple(_not_printed(reading, len(found) - len(near), curated=bool(picks))),
        analysis=layout.analysis,
    )


def _facts(reading: Reading, style: ChronologyStyle) -> tuple[tuple[str, str], ...]:
    """Return what a court asks of every paper before it: whom it is about, and who prepared it."""
    if style is not ChronologyStyle.COURT:
        return ()
    by = reading.session.professional
    return (
        ("The child", " ".join(filter(None, (f"{reading.label}.", born_words(reading.child))))),
        ("Prepared by", source_words(Source(name=by.name, role=by.role, agency=by.agency))),
    )


def _lose(reading: Reading, left_out: Iterable[LeftOut]) -> None:
    """Remember what a style leaves out."""
    for left in left_out:
        if left.why in _LOSSES:
            kind, why = _LOSSES[left.why]
            reading.copying.taken += [(_SECTION, Secret(kind, "", why))] * left.times


def _ticked(pick: Pick, entry: Entry, reading: Reading, shown: tuple[LeftOutWhy, ...]) -> Pick:
    if pick.entry in reading.reader.shown:
        return replace(pick, shown=shown)
    # Whoever told it is no third party to themselves.
    return replace(pick, shown=(*pick.shown, LeftOutWhy.THIRD_PARTY)) if reading.reader.told(entry) else pick


def _not_printed(reading: Reading, before: int, *, curated: bool) -> list[str]:
    said = ["Entries were picked for it: it does not hold everything that is recorded."] if curated else []
    if before and reading.since is not None:
        earlier = capital(counted(before, "earlier entry", "earlier entries"))
        verb = "is" if before == 1 else "are"
        said.append(f"It begins on {long_date(reading.since)}. {earlier} in the record {verb} not printed here.")
    return said


def _is_near(entry: Entry, reading: Reading) -> bool:
    last = entry.when.last if entry.when is not None else None
    return last is None or reading.since is None or last >= reading.since


def _frozen(reading: Reading, style: ChronologyStyle) -> "ChronologyReport":
    from gcp2_app.reports.pdf.chronology import ChronologyReport

    found = reading.tx.chronologies.of_entry(reading.matter)
    text = found.frozen if found is not None else None
    if found is None or text is None or found.child != reading.child.id:
        raise NotFound("The text of this chronology is not in this store.", "Ask whoever froze it.")
    if found.style is not style:
        raise NotFound("That version was frozen for other readers.", "Choose the kind it was frozen as.")
    standing = {entry.id: entry for entry in reading.record}
    in_it = [standing[row.entry] for row in text.rows if row.entry in standing]
    seen = reading.copying.entries(in_it, _SECTION)
    # A row that was frozen with more than its reader may see cannot be cut: it is left out.
    may = {entry.id for entry in seen if not reading.reader.cuts_sent_words(standing[entry.id])}
    rows = tuple(filter(None, (row.cells for row in text.rows if row.entry in may)))
    _lose(reading, text.left_out)
    frozen_on = day_words(text.at.astimezone(LONDON).date())
    return ChronologyReport(
        front=front(
            reading,
            _TITLES[style],
            facts=(
                *_facts(reading, style),
                ("Version", f"{found.version}, frozen on {frozen_on} by {text.by_name}"),
            ),
        ),
        style=style,
        columns=text.columns,
        heads=text.heads,
        rows=_numbered(text.columns, rows),
        not_printed=("Entries that were entered in error since are left out.",) if len(in_it) < len(text.rows) else (),
        analysis=text.analysis,
        digest=text.sha256,
    )


def _numbered(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Return rows numbered one after the other: a gap would tell where an entry is left out."""
    return tuple(
        tuple(str(number) if code == "number" else cell for code, cell in zip(columns, cells, strict=True))
        for number, cells in enumerate(rows, start=1)
    )
