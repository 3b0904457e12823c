"""An unborn child of a real store, the birth, and antenatal assessments carried through their states."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from gcp2_app.domain.assessment import CarerConsent, Consent, Explained, Window
from gcp2_app.domain.register import Carer, Child, Person
from gcp2_app.services import assessments, register
from gcp2_app.services.assessments import Start, Working
from gcp2_app.services.session import Session
from tests.stores import TODAY, graded, with_words

PACK = "graded-care-antenatal"
DUE = TODAY + timedelta(days=10)
FIRST = TODAY - timedelta(days=7)


def add_unborn(session: Session, *, due: date = DUE) -> Child:
    """Add a child who is not born yet, with one carer."""
    carer = register.save_person(session, Person(id="", name="Practice Mother"))
    expected = Child(
        id="",
        family_name="Practice-Ash",
        expected_date=due,
        carers=(Carer(person=carer.id, relationship="mother", main=True),),
    )
    return register.save_child(session, expected)


def is_born(session: Session, child: Child, day: date) -> Child:
    """Record a birth, and the name the baby was given."""
    return register.save_child(session, replace(child, given_names="Wren", date_of_birth=day))


def begin(session: Session, child: Child, *, first: date = FIRST, days: int = 28) -> Working:
    """Start an antenatal assessment and record what was explained."""
    window = Window(from_=first, to=first + timedelta(days=days - 1))
    carers = tuple(carer.person for carer in child.carers)
    working = assessments.start(session, Start(child=child.id, carers=carers, window=window, pack=PACK))
    explained = Explained(
        what="what is looked at and why",
        leaflet="none",
        language="English",
        interpreter="none needed",
        carers=tuple(CarerConsent(person=carer, answer=Consent.AGREED, on=first) for carer in carers),
    )
    return assessments.save(session, working, replace(working.assessment, explained=explained))


def grade(session: Session, working: Working, grades: Mapping[str, int]) -> Working:
    """Grade units, each with evidence that was seen."""
    units = {code: graded(session, working, code, value) for code, value in grades.items()}
    kept = {**working.assessment.units, **units}
    return assessments.save(session, working, replace(working.assessment, units=kept))


def codes(working: Working, area: str) -> list[str]:
    """Return the codes of an area's units."""
    return [code for code in working.pack.units_in(working.band) if code.startswith(area)]


def grade_area(session: Session, working: Working, area: str, value: int) -> Working:
    """Grade every unit of an area alike."""
    return grade(session, working, dict.fromkeys(codes(working, area), value))


def sign(session: Session, working: Working, supervisor: Session) -> Working:
    """Carry an assessment whose units are all accounted for through to the signature."""
    id_ = working.assessment.id
    assessments.save(session, working, with_words(working.assessment))
    assessments.finish(session, id_)
    assessments.share(session, id_)
    assessments.submit(session, id_)
    return assessments.sign_off(supervisor, id_)
