"""Gathers what the carers need, so that they can care and take part; a family's copy holds its readers' own alone."""

from collections.abc import Iterator
from dataclasses import replace

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.readers import FAMILY
from gcp2_app.domain.register import NeedState, Person
from gcp2_app.domain.rules.record import day_of
from gcp2_app.domain.withheld import Secret, SecretKind, Why
from gcp2_app.domain.words import long_date
from gcp2_app.reports.pdf.blocks.capacity import HEADING, CapacityPart
from gcp2_app.services.documents.parts.happened import happened
from gcp2_app.services.documents.reading import Reading

_NEEDS = {
    NeedState.NONE_KNOWN: "no learning need is known",
    NeedState.SUSPECTED: "a learning need is suspected",
    NeedState.SAYS_SO: "says that they have a learning need",
    NeedState.DIAGNOSED: "a learning need is diagnosed",
}


def capacity(reading: Reading) -> CapacityPart:
    """Return what is known of the carers.

    Source: experience.md, Share view ("the other carer's words or health" are left out unless ticked).
    """
    carers = {carer.person for carer in reading.child.carers}
    known = [person for person in reading.around.people if person.id in carers and person.learning_need is not None]
    support = every = reading.entries(HEADING, "learning_support")
    own = known
    if reading.reader.audience in FAMILY:
        own = [person for person in known if person.id in reading.reader.people]
        support = tuple(entry for entry in every if entry.data.get("person") in reading.reader.people)
    others = len(known) - len(own)
    reading.copying.taken += [(HEADING, Secret(SecretKind.WORDS, "", Why.THIRD_PARTY))] * others
    return CapacityPart(
        carers=tuple(_need(person) for person in own),
        support=tuple(
            replace(line, more="\n".join(filter(None, (*_adjusted(reading, entry), line.more))))
            for entry, line in zip(support, happened(reading, support, titled=False), strict=True)
        ),
        left_out="What is known of another carer’s needs is left out of this copy."
        if others or len(support) < len(every)
        else "",
    )


def _adjusted(reading: Reading, entry: Entry) -> Iterator[str]:
    """Say for whom services adjusted, how and since when, a line each."""
    data = entry.data
    yield f"For {reading.people.get(str(data.get('person'))) or 'a carer not named'}"
    for adjustment in data.get("adjustments") or ():
        what = str(adjustment.get("what") or "").strip() or "How is not recorded"
        yield f"Adjusted: {what}{_day(', ', adjustment.get('on'))}"
    named = data.get("coordinators") or {}
    yield _day("Health coordinator named on ", named.get("health"))
    yield _day("Social care coordinator named on ", named.get("social_care"))
    yield _day("Adult services involved from ", data.get("adult_services_on"))
    yield _day("Gives medicines unsupervised from ", data.get("unsupervised_from"))


def _day(words: str, kept: object) -> str:
    """Return a day with words before it, or nothing where none is kept."""
    day = day_of(kept)
    return f"{words}{long_date(day)}" if day is not None else ""


def _need(person: Person) -> str:
    need = person.learning_need
    if need is None:
        return ""
    source = f" Source: {need.source}" if need.source else ""
    on = f", {long_date(need.on)}" if need.on and source else f" Since {long_date(need.on)}" if need.on else ""
    end = "." if source or on else ""
    return f"{person.name or 'A carer whose name is not known'}: {_NEEDS[need.state]}.{source}{on}{end}"
