"""Gathers who is in the family, as it was on the day the record is read."""

from gcp2_app.domain.openings import is_unborn
from gcp2_app.domain.readers import FAMILY
from gcp2_app.domain.register import Child, Household, KnownAnswer, Person
from gcp2_app.domain.words import capital, listed, long_date
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
    notes = (
        labelled("Language", child.language),
        labelled("Communication", child.communication_needs),
        labelled("Disability or long-term illness", child.disability),
    )
    open_now = [status_words(status) for status in seen.statuses if status.open_on(reading.day)]
    # Of another child only what places them in the family: their record is their own.
    reached = own or (reading.session.may_reach(child) and _is_theirs(reading, child))
    named = not reading.reader.is_anonymous and (own or called(reading, child) == names.of_child(child))
    return ChildLine(
        name=reading.label if own else called(reading, child),
        born=_born(reading, child, named=named and reached),
        status="\n".join(open_now) if reached else "Not shown here",
        lives=_with_whom(reading) if own else _lives(reading, child.id),
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


def called(reading: Reading, child: Child) -> str:
    """Return what another child of the family is called in the copy."""
    withheld = reading.withheld
    return "Another child" if withholding.label_for(child, withheld) != names.of_child(child) else names.of_child(child)


def labelled(label: str, text: str) -> str:
    """Return a line with its label, or nothing where there is nothing to say."""
    return f"{label}: {text}" if text.strip() else ""


def _born(reading: Reading, child: Child, *, named: bool) -> str:
    """Return the day of birth and the age; of a child who is not named, the age alone."""
    if child.born is None:
        return "Not known"
    if is_unborn(child):
        return f"Not yet born, expected {long_date(child.born)}"
    age = capital(age_words(child.born, reading.day))
    return f"{long_date(child.born)}\n{age}" if named else age


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
        relationship=capital(carer.relationship) if carer is not None else "Lives or lived in the household",
        responsibility=_RESPONSIBILITY[answer] if answer is not None else "Not recorded",
        lives=_lives(reading, person.id),
        needs=capital(words),
    )


def _with_whom(reading: Reading) -> str:
    """Name the adults who live in a household of the child on the day."""
    if is_unborn(reading.child):
        return ""
    homes = [
        there for household in reading.around.households if reading.child.id in (there := _there(reading, household))
    ]
    adults = [
        person.name for person in reading.around.people if person.name and any(person.id in there for there in homes)
    ]
    return f"With {listed(adults)}" if adults else "Not known"


def _lives(reading: Reading, who: str) -> str:
    """Say whether somebody lives in a household of the child, or of the main carer before the birth, on the day."""
    if any(each.id == who and is_unborn(each) for each in reading.around.children):
        return ""
    with_, home = reading.child.id, "Same home"
    if is_unborn(reading.child):
        with_ = next((carer.person for carer in reading.child.carers if carer.main), "")
        name = reading.people.get(with_, "")
        home = "Own home" if who == with_ else f"With {name}" if name else "With the main carer"
    known = any(member.who == who for household in reading.around.households for member in household.members)
    if any({who, with_} <= _there(reading, household) for household in reading.around.households):
        return home
    return "Elsewhere" if known else "Not known"


def _there(reading: Reading, household: Household) -> set[str]:
    """Return ids of those who live in a household on the day."""
    return {
        member.who
        for member in household.members
        if (member.from_ is None or member.from_ <= reading.day) and (member.to is None or member.to >= reading.day)
    }
