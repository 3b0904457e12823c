"""Gathers who is in the family, as it was on the day the record is read."""

from gcp2_app.domain.readers import FAMILY
from gcp2_app.domain.register import Child, KnownAnswer, Person
from gcp2_app.domain.words import long_date
from gcp2_app.reports.pdf.blocks.family import AdultLine, ChildLine, FamilyPart
from gcp2_app.reports.words import age_words, status_words
from gcp2_app.services import names, withholding
from gcp2_app.services.documents.reading import Reading

_RESPONSIBILITY = {KnownAnswer.YES: "Yes", KnownAnswer.NO: "No", KnownAnswer.NOT_KNOWN: "Not known"}


def family(reading: Reading) -> FamilyPart:
    """Return the family: the child first, the other children the eldest first, then the adults."""
    others = sorted(
        (each for each in reading.around.children if each.id != reading.child.id), key=lambda each: str(each.born)
    )
    main = {carer.person for carer in reading.child.carers if carer.main}
    adults = sorted(reading.around.people, key=lambda each: (each.id not in main, each.name))
    # An entry may be about nobody the reader knows: the register has no marks but what is withheld.
    return FamilyPart(
        children=tuple(_child(reading, each) for each in (reading.child, *others)),
        adults=tuple(_adult(reading, each) for each in adults),
    )


def _child(reading: Reading, child: Child) -> ChildLine:
    seen, own = reading.moment.child(child), child.id == reading.child.id
    age = age_words(child.born, reading.day) if child.born is not None else "Not known"
    if child.date_of_birth is None and child.expected_date is not None:
        age = f"Not yet born, expected {long_date(child.expected_date)}"
    notes = (child.language, child.communication_needs, child.disability)
    open_now = [status_words(status) for status in seen.statuses if status.open_on(reading.day)]
    # Of another child only what places them in the family: their record is their own.
    reached = own or (reading.session.may_reach(child) and _is_theirs(reading, child))
    return ChildLine(
        name=reading.label if own else _called(reading, child),
        age=age[:1].upper() + age[1:],
        status="\n".join(open_now) if reached else "Not shown here",
        lives="" if own else _lives(reading, child.id),
        note="\n".join(filter(None, notes)) if own else "",
    )


def _is_theirs(reading: Reading, child: Child) -> bool:
    """Whether another child's plans are the reader's to read of: every professional's, and of the family a carer's.

    Where nobody is named, whoever cares for the child the copy is about may come to read it.
    """
    if reading.reader.audience not in FAMILY:
        return True
    readers = reading.reader.people or {carer.person for carer in reading.child.carers}
    return readers <= {carer.person for carer in child.carers}


def _called(reading: Reading, child: Child) -> str:
    withheld = reading.withheld
    return "Another child" if withholding.label_for(child, withheld) != names.of_child(child) else names.of_child(child)


def _adult(reading: Reading, person: Person) -> AdultLine:
    carer = next((each for each in reading.child.carers if each.person == person.id), None)
    needs = (
        person.language if person.interpreter else "",
        "interpreter" if person.interpreter else "",
        *(each.replace("_", " ") for each in person.formats_needed),
    )
    words = ", ".join(filter(None, needs))
    answer = carer.parental_responsibility if carer is not None else None
    return AdultLine(
        name=person.name or "Name not known",
        relationship=carer.relationship if carer is not None else "Lives or lived in the household",
        responsibility=_RESPONSIBILITY[answer] if answer is not None else "Not recorded",
        lives=_lives(reading, person.id),
        needs=words[:1].upper() + words[1:],
    )


def _lives(reading: Reading, who: str) -> str:
    """Say whether somebody lives in a household of the child on the day."""
    known = False
    for household in reading.around.households:
        there = {
            member.who
            for member in household.members
            if (member.from_ is None or member.from_ <= reading.day) and (member.to is None or member.to >= reading.day)
        }
        known = known or any(member.who == who for member in household.members)
        if {who, reading.child.id} <= there:
            return "Same home"
    return "Elsewhere" if known else "Not known"
