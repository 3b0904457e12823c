"""How the taking in of another agency's chronology reads: columns, rows, and what is odd about them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from gcp2_app.exchange.chronology_columns import Holds
from gcp2_app.ui import words as say
from gcp2_app.ui.timeline import words

if TYPE_CHECKING:
    from gcp2_app.domain.entries import Entry
    from gcp2_app.services.chronology_import import Batch, Coming, Preview


def tr(text: str, count: int = -1) -> str:
    """Translate a text of this module; ``one|many`` is chosen by the count, which replaces ``%n``."""
    if count < 0:
        return QCoreApplication.translate("chronology_import", text)
    one, _, many = text.partition("|")
    return QCoreApplication.translate("chronology_import", one if count == 1 else many or one).replace("%n", f"{count}")


def holds() -> Mapping[Holds, str]:
    """Return what a column can hold, in the order it is offered."""
    return {
        Holds.DATE: tr("When it happened"),
        Holds.TIME: tr("Time of day"),
        Holds.WHAT: tr("What happened"),
        Holds.KIND: tr("What sort of entry"),
        Holds.AGENCY: tr("Agency or source"),
        Holds.AUTHOR: tr("Who told or wrote it"),
        Holds.CHILD_WORDS: tr("The child’s own words"),
        Holds.IMPACT: tr("What it means for the child"),
        Holds.CARER_RESPONSE: tr("How the carer responded"),
        Holds.ACTION: tr("What was done"),
        Holds.OUTCOME: tr("What came of it"),
        Holds.SIGNIFICANCE: tr("How much it matters"),
    }


def becomes(row: "Coming", preview: "Preview") -> str:
    """Return what sort of entry a row becomes, and from whom."""
    source = row.entry.source
    agency = say.say(source.agency) if source is not None and source.agency is not None else ""
    return ", ".join(filter(None, (words.title(row.entry, preview.kinds), agency)))


def look_at(row: "Coming") -> tuple[str, ...]:
    """Return what a person should look at in a row."""
    notes: list[str] = []
    if row.same:
        notes.append(tr("Already there word for word: left out unless you tick it."))
    elif row.like:
        notes.append(tr("May be in the record already."))
    elif row.like_row:
        notes.append(tr("May say the same as row {number}.").format(number=row.like_row))
    return (*notes, *row.said)


def beside(row: "Coming", preview: "Preview") -> tuple[str, ...]:
    """Return the entries of the record that a row may be the same as, each in a line."""
    return tuple(tr("In the record: {entry}").format(entry=_line(preview.there[id_], preview)) for id_ in row.like)


def summary(preview: "Preview", wanted: int) -> str:
    """Return how many rows go in, how many are left out, and how many cannot."""
    parts = [tr("%n row goes in|%n rows go in", wanted)]
    left = len(preview.rows) - wanted
    if left:
        parts.append(tr("%n is not ticked|%n are not ticked", left))
    if preview.bad:
        parts.append(tr("%n cannot be read and stays out|%n cannot be read and stay out", len(preview.bad)))
    return f"{', '.join(parts)}."


def batch(value: "Batch") -> str:
    """Return a chronology that was taken in, in a line."""
    who = ", ".join(filter(None, (say.say(value.whose), value.owner)))
    text = tr("{who}: %n entry, taken in {at}|{who}: %n entries, taken in {at}", value.count)
    line = text.format(who=who, at=say.moment(value.at))
    if value.corrected:
        line += tr(". %n was corrected since|. %n were corrected since", value.corrected)
    return line


def origin(entry: "Entry") -> str:
    """Return where an entry was taken in from, or empty for one written here."""
    found = entry.provenance
    if found is None:
        return ""
    who = ", ".join(filter(None, (say.say(found.whose), found.owner)))
    text = tr("Taken in from a chronology: {who}, row {row}, {at}.")
    parts = [text.format(who=who, row=found.row, at=say.moment(found.at))]
    if found.date_as_written:
        parts.append(tr("Its date was written “{words}”.").format(words=found.date_as_written))
    return " ".join(parts)


def _line(entry: "Entry", preview: "Preview") -> str:
    parts = (words.when(entry), words.title(entry, preview.kinds), words.source(entry), words.says(entry))
    return ". ".join(filter(None, parts))
