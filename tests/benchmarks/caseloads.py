"""Synthetic caseloads of any size, the same every time. Only for measuring."""

import random
from dataclasses import replace
from datetime import date, timedelta

from gcp2_app.domain.answers import Evidence, EvidenceSource, PersonGrade, UnitAnswer, UnitState
from gcp2_app.domain.assessment import Assessment, AssessmentState, Window
from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.register import Agency, Allocation, Carer, Category, Child, Person, Status, StatusKind
from gcp2_app.domain.scoring import score_assessment
from gcp2_app.domain.when import When
from gcp2_app.forms.packs import shipped_pack
from gcp2_app.services.session import Session
from gcp2_app.storage.store import Transaction

PACK = shipped_pack("graded-care")
TODAY = date(2026, 11, 23)
_GIVEN = ("Alba", "Bryn", "Cara", "Dev", "Esme", "Finlay", "Grace", "Hari", "Isla", "Jude", "Kofi", "Lena", "Mabel")
_FAMILY = ("Ash", "Birch", "Cedar", "Damson", "Elder", "Fir", "Gorse", "Hazel", "Ivy", "Juniper", "Larch", "Maple")


def fill(session: Session, children: int, *, assessments: int = 1, entries: int = 0) -> list[str]:
    """Put children into a store, a thousand a transaction, and return their ids."""
    chance = random.Random(children)
    ids = [f"child-{number}" for number in range(children)]
    for start in range(0, children, 1000):
        with session.store.transaction() as tx:
            for number in range(start, min(start + 1000, children)):
                _put_child(tx, session, chance, number, assessments=assessments, entries=entries)
    return ids


def _put_child(
    tx: Transaction, session: Session, chance: random.Random, number: int, *, assessments: int, entries: int
) -> None:
    carer = Person(id=f"carer-{number}", name=f"{chance.choice(_GIVEN)} Practice-{chance.choice(_FAMILY)}")
    tx.people.put(carer, by=None)
    child = Child(
        id=f"child-{number}",
        given_names=f"{chance.choice(_GIVEN)} {chance.choice(_GIVEN)}",
        family_name=f"Practice-{chance.choice(_FAMILY)}{chance.choice(_FAMILY).lower()} {number}",
        date_of_birth=TODAY - timedelta(days=chance.randrange(200, 6000)),
        carers=(Carer(person=carer.id, relationship="mother", main=True),),
        statuses=(Status(status=StatusKind.CHILD_PROTECTION, category=Category.NEGLECT, from_=date(2026, 1, 1)),),
        allocated=(Allocation(professional=session.professional.id, role="social_worker", from_=date(2026, 1, 1)),),
    )
    tx.children.put(child, by=None)
    for order in range(assessments):
        put_assessment(tx, session, child, chance, order, of=assessments)
    for order in range(entries):
        day = TODAY - timedelta(days=chance.randrange(2000))
        entry = Entry(
            id=f"{child.id}-entry-{order}",
            kind="note",
            children=(child.id,),
            when=When.on(day),
            known=When.on(day),
            source=Source(agency=chance.choice(tuple(Agency))),
            what="Seen at home; " + "nothing new was said. " * chance.randrange(1, 8),
        )
        tx.entries.put(entry, by=None)


def put_assessment(
    tx: Transaction, session: Session, child: Child, chance: random.Random, order: int, *, of: int
) -> Assessment:
    """Put one signed-off assessment with every unit graded and evidenced."""
    first = TODAY - timedelta(days=90 * (of - order))
    window = Window(from_=first, to=first + timedelta(days=27))
    bare = Assessment(
        id=f"{child.id}-assessment-{order}", child=child.id, carers=(child.carers[0].person,), window=window
    )
    assert child.date_of_birth is not None
    band = PACK.bands[1].code
    units = {code: _answer(chance, session, first) for code in PACK.units_in(band)}
    done = replace(
        bare,
        band=band,
        pack_sha256=PACK.sha256,
        units=units,
        state=AssessmentState.SIGNED_OFF,
        signed_off_on=window.to,
        assessors=(session.professional.id,),
        review_due=window.to + timedelta(days=90),
        child_voice="Shows a drawing.",
        analysis="Worries and strengths. " * 20,
    )
    tx.assessments.put(done, by=None)
    tx.put_results(done, score_assessment(PACK, done, child.born), PACK)
    return done


def _answer(chance: random.Random, session: Session, on: date) -> UnitAnswer:
    grade = chance.choices((1, 2, 3, 4, 5), (10, 45, 30, 12, 3))[0]
    seen = Evidence(
        id=f"{chance.random()}",
        text="The cupboard held bread, beans and two tins of soup; the fridge was empty on both visits.",
        source=EvidenceSource.SEEN_AT_HOME,
        by=session.professional.id,
        on=on,
    )
    return UnitAnswer(
        state=UnitState.SCORED,
        grade=grade,
        grades=(PersonGrade(by=session.professional.id, on=on, grade=grade),),
        evidence=(seen,),
    )
