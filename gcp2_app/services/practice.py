"""The practice family in a practice store, and invented neighbours to try a large caseload with."""

from collections.abc import Iterator, Mapping

from gcp2_app.domain.answers import UnitAnswer
from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.register import Allocation, Carer, Child, Person
from gcp2_app.domain.scoring import can_be_scored, score_assessment
from gcp2_app.errors import NotAllowed
from gcp2_app.services import casefiles, packs
from gcp2_app.services.session import Session
from gcp2_app.storage.store import Transaction

_GIVEN = (
    *("Amir", "Bryn", "Cara", "Dev", "Esme", "Femi", "Grace", "Hari", "Isla", "Jude", "Kofi", "Lena"),
    *("Mabel", "Noor", "Otis", "Petra", "Rafi", "Sana", "Tess", "Una", "Viktor", "Wren", "Yusuf", "Zofia", "Arlo"),
)
_FAMILY = (
    *("Alder", "Beck", "Clough", "Dale", "Elder", "Fern", "Garth", "Heath", "Islip", "Juniper", "Knoll", "Lark"),
    *("Moss", "Nettle", "Oak", "Pine", "Quill", "Reed", "Sedge", "Thorn", "Underhill", "Vale", "Willow", "Yarrow"),
)
_AT_ONCE = 500
#: How many of a model child's assessments a neighbour has.
_ASSESSMENTS = 2


def ensure_family(session: Session) -> None:
    """Put the practice family into a practice store that holds no child yet.

    Raises:
        NotAllowed: this is no practice store.
    """
    with session.store.transaction() as tx:
        empty = not tx.children.count()
    if empty or not session.store.practice:
        casefiles.load_practice_family(session)


def family(session: Session) -> tuple[str, ...]:
    """Return ids of the children of the practice family, the eldest first; neighbours and others are not among them."""
    wanted = casefiles.practice_children(session.today())
    with session.store.transaction() as tx:
        found = tx.children.get_many(wanted)
    return tuple(id_ for id_ in wanted if id_ in found)


def add_neighbours(session: Session, children: int) -> None:
    """Fill a practice store with invented children up to a number; those that are there stay.

    Each is modelled on a child of the practice family: the same age and grades, another name, a carer of their own, and
    none of what was written.

    Raises:
        NotAllowed: this is no practice store.
    """
    if not session.store.practice:
        raise NotAllowed("This store is for real children.", "Make a practice store for invented ones.")
    models = family(session)
    with session.store.transaction() as tx:
        there = tx.children.count()
    while models and there < children:
        upto = min(there + _AT_ONCE, children)
        with session.store.transaction() as tx:
            for number in range(there, upto):
                _put_neighbour(session, tx, models[number % len(models)], number)
            tx.record("practice children added", by=session.user.id, kind="child", count=upto - there)
        there = upto


def _put_neighbour(session: Session, tx: Transaction, model: str, number: int) -> None:
    like = tx.children.get(model)
    given, family_name = _GIVEN[number % len(_GIVEN)], _FAMILY[number // len(_GIVEN) % len(_FAMILY)]
    surname = f"Practice-{family_name} {number}"
    carer = Person(id=f"neighbour-{number}-carer", name=f"{_GIVEN[-1 - number % len(_GIVEN)]} {surname}")
    today = session.today()
    child = Child(
        id=f"neighbour-{number}",
        given_names=given,
        family_name=surname,
        date_of_birth=like.date_of_birth,
        expected_date=like.expected_date if like.date_of_birth is None else None,
        sex=like.sex,
        carers=(Carer(person=carer.id, relationship="parent", main=True),),
        statuses=like.statuses,
        allocated=(
            Allocation(professional=session.professional.id, role="social_worker", from_=today, confirmed_on=today),
        ),
    )
    tx.people.put(carer, by=session.user.id)
    tx.children.put(child, by=session.user.id)
    for assessment in _assessments(tx, like, child):
        pack = packs.of(tx, assessment)
        tx.assessments.put(assessment, by=session.user.id)
        if can_be_scored(pack, assessment, child.born):
            tx.put_results(assessment, score_assessment(pack, assessment, child.born), pack)


def _assessments(tx: Transaction, like: Child, child: Child) -> Iterator[Assessment]:
    """Yield the model's latest assessments as the neighbour's: grades and dates, no words."""
    models = [each for each in tx.assessments.of_child(like.id) if each.window is not None and each.locked]
    for order, model in enumerate(models[-_ASSESSMENTS:], start=1):
        yield Assessment(
            id=f"{child.id}-{order}",
            child=child.id,
            carers=(child.carers[0].person,),
            pack=model.pack,
            pack_version=model.pack_version,
            pack_sha256=model.pack_sha256,
            policy=model.policy,
            recorded_elsewhere=model.recorded_elsewhere,
            band=model.band,
            window=model.window,
            state=model.state,
            signed_off_on=model.signed_off_on,
            signed_off_by=model.signed_off_by,
            assessors=model.assessors,
            units=_grades(model.units),
            openings=model.openings,
            review_due=model.review_due,
        )


def _grades(units: Mapping[str, UnitAnswer]) -> Mapping[str, UnitAnswer]:
    return {
        code: UnitAnswer(
            state=answer.state,
            grade=answer.grade,
            grades=answer.grades,
            reason="Practice." if answer.reason else "",
        )
        for code, answer in units.items()
    }
