"""Gathers when and how the child was seen, seen alone, and if not why."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.kinds import EntryKind
from gcp2_app.domain.visits import sighting_of
from gcp2_app.domain.words import capital, counted, long_date
from gcp2_app.reports.entry_lines import source_words
from gcp2_app.reports.pdf.blocks.seen import HEADING, SeenLine, SeenPart
from gcp2_app.services.documents.parts.happened import every, option_words, when
from gcp2_app.services.documents.reading import Reading

_IN_PERSON = frozenset({"home", "doorstep", "school", "clinic", "office"})
_MOST = 40
#: How far back contacts are printed one by one where no first day was chosen.
_SPAN = timedelta(days=365)


def seen(reading: Reading, *, ours: Callable[[Entry], bool] = every) -> SeenPart:
    """Return contacts with the child, the latest first; those from before the first day are counted.

    Args:
        reading: whose record.
        ours: which contacts count.
    """
    found = [entry for entry in reversed(reading.entries(HEADING, "visit")) if ours(entry)]
    since = reading.since or reading.day - _SPAN
    near = [entry for entry in found if (day := _day(entry)) is None or day >= since][:_MOST]
    earlier = len(found) - len(near)
    return SeenPart(
        summary=tuple(_summary(near, reading.child.id)) if near else (),
        lines=tuple(_line(reading.kinds["visit"], entry, reading.child.id) for entry in near),
        earlier=f"{capital(counted(earlier, 'earlier contact'))} in the record, not printed here." if earlier else "",
    )


def _line(kind: EntryKind, entry: Entry, child_id: str) -> SeenLine:
    data, mine = entry.data, sighting_of(entry, child_id)
    how = [option_words(kind, "mode", data.get("mode")) or "How: not recorded"]
    if data.get("announced") is not None:
        how.append("announced" if data["announced"] else "unannounced")
    access = data.get("access")
    if access and access != "given":
        how.append({"refused": "access refused", "no_answer": "no answer"}.get(str(access), "child not there"))
    if data.get("cancelled_by"):
        how.append(f"cancelled by the {data['cancelled_by']}")
    child = [
        yes if said else no
        for said, yes, no in (
            (mine.seen, "seen", "not seen"),
            (mine.alone, "alone", "not alone"),
            (mine.awake, "awake", "asleep"),
            (data.get("bedroom_seen"), "bedroom seen", "bedroom not seen"),
        )
        if said is not None
    ]
    not_known = [f"{name.replace('_', ' ')}: {why}" for name, why in entry.not_known.items() if name.startswith("seen")]
    return SeenLine(
        when=when(entry),
        how=", ".join(filter(None, how)),
        by=source_words(entry.source),
        child="\n".join(filter(None, (capital(", ".join(child)), *not_known))),
        what=entry.what,
    )


def _summary(found: list[Entry], child_id: str) -> Iterable[str]:
    """Count contacts in words; nothing is said of what nobody recorded."""
    took_place = [entry for entry in found if _took_place(entry)]
    in_person = [entry for entry in took_place if entry.data.get("mode") in _IN_PERSON]
    saw = [entry for entry in in_person if sighting_of(entry, child_id).seen is True]
    alone = [entry for entry in saw if sighting_of(entry, child_id).alone is True]
    at_home = [entry for entry in in_person if entry.data.get("mode") == "home"]
    unannounced = [entry for entry in at_home if entry.data.get("announced") is False]
    yield (
        f"{capital(counted(len(found), 'contact'))} planned or made: {len(took_place) or 'none'} took place, "
        f"{len(in_person) or 'none'} of them in person, {len(at_home) or 'none'} at home, "
        f"{len(unannounced) or 'none'} of those unannounced."
    )
    yield _last("The child was seen", saw)
    yield _last("The child was seen alone", alone)
    not_alone = sum(sighting_of(entry, child_id).alone is False for entry in saw)
    if not_alone:
        # Why is the practitioner's to say; where it is not written the reader should know that it is not.
        with_reason = sum("seen_alone" in entry.not_known for entry in saw)
        yield (
            f"At {counted(not_alone, 'contact')} the child was seen, but not alone"
            + (f"; the reason is recorded for {with_reason}." if with_reason else "; the reason is not recorded.")
        )
    for by, who in (("family", "the family"), ("service", "a service")):
        cancelled = sum(entry.data.get("cancelled_by") == by for entry in found)
        if cancelled:
            yield f"{capital(counted(cancelled, 'contact'))} cancelled by {who}."
    refused = sum(entry.data.get("access") in {"refused", "no_answer"} for entry in found)
    if refused:
        yield f"{capital(counted(refused, 'contact'))} without access: refused, or no answer."


def _last(words: str, entries: list[Entry]) -> str:
    if not entries:
        return f"{words}: not recorded in these contacts."
    days = [day for entry in entries if (day := _day(entry)) is not None]
    last = f", the last time on {long_date(max(days))}" if days else ""
    return f"{words} at {counted(len(entries), 'contact')}{last}."


def _took_place(entry: Entry) -> bool:
    return not entry.data.get("cancelled_by") and entry.data.get("access") not in {"refused", "no_answer"}


def _day(entry: Entry) -> date | None:
    return entry.when.last if entry.when is not None else None
