"""What the first lines of a document say, from what is read."""

from typing import TYPE_CHECKING

from gcp2_app.domain.readers import READ_BY
from gcp2_app.domain.words import listed
from gcp2_app.services.documents.reading import Desk, Reading

if TYPE_CHECKING:
    from gcp2_app.reports.pdf.front import Front


def written_by(desk: Desk) -> tuple[str, str]:
    """Return who makes the document, as a fact below its title."""
    author = desk.session.professional
    return "Written by", ", ".join(filter(None, (author.name, author.role)))


def front(desk: Desk, title: str, *, facts: tuple[tuple[str, str], ...] = ()) -> "Front":
    """Return the first lines.

    Args:
        desk: what the document is made from.
        title: what it is.
        facts: terms with what is known of each, below the title; after them stand the day and the recipient.
    """
    from gcp2_app.reports.pdf.front import Front

    return Front(
        title=title,
        subject=desk.label if isinstance(desk, Reading) else "",
        made_on=desk.made_on,
        read_as_of=desk.day,
        moment=desk.moment_words,
        facts=facts,
        recipient=desk.recipient,
        reader=_reader(desk),
        practice=desk.practice,
    )


def _reader(desk: Desk) -> str:
    """Return who reads it: those around the child by name, else what sort of reader; nothing within our own agency."""
    named = (
        [desk.people[id_] for id_ in sorted(desk.reader.people) if id_ in desk.people]
        if isinstance(desk, Reading)
        else []
    )
    return listed(named) or READ_BY.get(desk.reader.audience, "")
