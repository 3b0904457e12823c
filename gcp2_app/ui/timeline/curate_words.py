"""How curated chronologies read: for whom, what is left out and why, what changed."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from gcp2_app.domain.chronologies import ChronologyStyle, LeftOut, Why
from gcp2_app.ui import words as say

if TYPE_CHECKING:
    from gcp2_app.services.chronologies import Changes, Opened, Version


def tr(text: str, count: int = -1) -> str:
    """Translate a text of this module; ``one|many`` is chosen by the count, which replaces ``%n``."""
    if count < 0:
        return QCoreApplication.translate("curate", text)
    one, _, many = text.partition("|")
    return QCoreApplication.translate("curate", one if count == 1 else many or one).replace("%n", f"{count}")


def styles() -> Mapping[ChronologyStyle, str]:
    """Return for whom a chronology can be made."""
    return {
        ChronologyStyle.PROFESSIONAL: tr("Professionals"),
        ChronologyStyle.FAMILY: tr("The family"),
        ChronologyStyle.COURT: tr("Court"),
    }


def about(style: ChronologyStyle) -> str:
    """Return what a style leaves out, in a sentence."""
    return {
        ChronologyStyle.PROFESSIONAL: tr("Everything is shown, with its marks. It is not for family members."),
        ChronologyStyle.FAMILY: tr(
            "Left out: what comes from a third party, the child’s own words and every analysis, unless you tick them; "
            "and, always, what could do harm, is withheld from anybody or keeps workers safe."
        ),
        ChronologyStyle.COURT: tr(
            "Parents are parties and read it. Left out unless you tick it: what could do harm, or is withheld from "
            "somebody; and, always, what keeps workers safe. Withheld addresses, schools and names are taken out of "
            "the text."
        ),
    }[style]


def tick(why: Why) -> str:
    """Return what a tick shows in spite of the style."""
    return {
        Why.THIRD_PARTY: tr("Show it: from a third party"),
        Why.CHILD_WORDS: tr("Show the child’s own words"),
        Why.ANALYSIS: tr("Show the analysis"),
        Why.WITHHELD: tr("Show it: withheld from somebody"),
        Why.HARM: tr("Show it: could do harm"),
    }[why]


def because(why: Why) -> str:
    """Return why something is left out."""
    return {
        Why.THIRD_PARTY: tr("it comes from a third party"),
        Why.HARM: tr("it could do harm if it were disclosed"),
        Why.WITHHELD: tr("it is withheld from somebody"),
        Why.CHILD_WORDS: tr("it is the child’s own words"),
        Why.ANALYSIS: tr("it is analysis"),
        Why.WORKER_SAFETY: tr("it is about the safety of workers"),
        Why.NOT_IN_STYLE: tr("this kind of chronology does not show it"),
        Why.TAKEN_OUT: tr("something in it is withheld from one of them"),
        Why.IN_ERROR: tr("it was entered in error"),
    }[why]


def loss(value: LeftOut) -> str:
    """Return a line of the list of what is left out."""
    entries = tr("%n entry|%n entries", value.times)
    if not value.what:
        return tr("{entries}: {why}").format(entries=entries, why=because(value.why))
    if value.why is Why.TAKEN_OUT:
        return tr("Words in “{what}”, in {entries}: {why}").format(
            what=value.what, entries=entries, why=because(value.why)
        )
    return tr("“{what}”, in {entries}: {why}").format(what=value.what, entries=entries, why=because(value.why))


def losses(values: Sequence[LeftOut]) -> str:
    """Return the list of what is left out, a line each."""
    return "\n".join(f"• {loss(value)}" for value in values)


def version(value: "Version") -> str:
    """Return a frozen version in a line."""
    text = tr("For {style}, version {version}: %n entry, frozen {at} by {who}|"
              "For {style}, version {version}: %n entries, frozen {at} by {who}", value.count)  # fmt: skip
    return text.format(
        style=styles()[value.style].lower(),
        version=value.version,
        at=say.moment(value.frozen.at),
        who=value.frozen.by_name or tr("somebody not named"),
    )


def opened(value: "Opened") -> tuple[str, ...]:
    """Return what is said above a frozen version."""
    text = value.chronology.frozen
    if text is None:
        return ()
    gone = sum(not row.cells for row in text.rows)
    return (
        tr("Digest {digest}").format(digest=text.sha256),
        *([] if value.intact else [tr("This is not what was frozen: it was altered since. Do not rely on it.")]),
        *(
            [tr("%n entry was corrected in the record since; here it reads as it did.|"
                "%n entries were corrected in the record since; here they read as they did.", len(value.corrected))]
            if value.corrected
            else []
        ),
        *(
            [tr("%n entry was entered in error since; its content is sealed.|"
                "%n entries were entered in error since; their content is sealed.", gone)]
            if gone
            else []
        ),
    )  # fmt: skip


def changed(value: "Changes", number: int) -> str:
    """Return what differs from a version, in a sentence."""
    if not value.any:
        return tr("Nothing has changed since version {number}.").format(number=number)
    parts = [
        tr("%n entry added|%n entries added", len(value.added)) if value.added else "",
        tr("%n entry taken out|%n entries taken out", len(value.gone)) if value.gone else "",
        tr("%n entry reads differently|%n entries read differently", len(value.reworded)) if value.reworded else "",
        tr("the analysis of the whole reads differently") if value.analysis else "",
    ]
    return tr("Since version {number}: {changes}.").format(number=number, changes=", ".join(filter(None, parts)))
