"""Real stores for tests: encrypted, in a temporary folder, with the cheapest key cost that is allowed."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from gcp2_app.domain.answers import Evidence, EvidenceSource, PersonGrade, UnitAnswer
from gcp2_app.domain.assessment import Assessment, CarerConsent, Consent, Explained, Window
from gcp2_app.domain.grading import record_grade
from gcp2_app.domain.register import Agency, Carer, Child, Person
from gcp2_app.domain.users import Role
from gcp2_app.services import assessments, register, stores, users
from gcp2_app.services.assessments import Start, Working
from gcp2_app.services.session import Session
from gcp2_app.services.session import make_session as make_session_of
from gcp2_app.storage import audit
from gcp2_app.storage.cost import FLOOR

PASSPHRASE = "correct horse battery staple"
TODAY = date(2026, 11, 23)


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    instant: datetime = field(default=datetime(2026, 11, 23, 9, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        """Return the instant."""
        return self.instant

    def move(self, days: int) -> None:
        """Let days pass."""
        self.instant += timedelta(days=days)


def make_session(
    folder: Path, *, practice: bool = True, name: str = "asmith", clock: Callable[[], datetime] | None = None
) -> Session:
    """Return a new store's first session. The caller closes it."""
    setup = stores.SetUp(
        sign_in_name=name,
        name="Practice Alex Smith",
        role="social worker",
        agency=Agency.CHILDRENS_SOCIAL_CARE,
        passphrase=PASSPHRASE,
        practice=practice,
    )
    return stores.create(folder, setup, cost=FLOOR, clock=clock or Clock()).session


def add_user(session: Session, name: str, *roles: Role) -> None:
    """Give another user a sign-in with the same passphrase."""
    new = users.NewUser(
        sign_in_name=name,
        name=f"Practice {name}",
        role="team manager",
        agency=Agency.CHILDRENS_SOCIAL_CARE,
        roles=frozenset(roles),
        passphrase=PASSPHRASE,
    )
    users.add(session, new, cost=FLOOR)


def as_user(session: Session, name: str) -> Session:
    """Return a session of another user on the same open store."""
    with session.store.transaction() as tx:
        user = tx.user_named(name)
        assert user is not None
        return make_session_of(session.store, tx, user)


def add_family(session: Session, *, born: date = date(2023, 1, 10)) -> tuple[Child, Person]:
    """Add a child with one carer."""
    carer = register.save_person(session, Person(id="", name="Practice Mother"))
    child = Child(
        id="",
        given_names="Robin",
        family_name="Practice-Oak",
        date_of_birth=born,
        carers=(Carer(person=carer.id, relationship="mother", main=True),),
    )
    return register.save_child(session, child), carer


def begin(session: Session, child: Child, *, first: date = TODAY - timedelta(days=7), days: int = 28) -> Working:
    """Start an assessment and record what was explained."""
    window = Window(from_=first, to=first + timedelta(days=days - 1))
    carers = tuple(carer.person for carer in child.carers)
    working = assessments.start(session, Start(child=child.id, carers=carers, window=window))
    explained = Explained(
        what="what is looked at and why",
        leaflet="none",
        language="English",
        interpreter="none needed",
        carers=tuple(CarerConsent(person=carer, answer=Consent.AGREED, on=first) for carer in carers),
    )
    return assessments.save(session, working, replace(working.assessment, explained=explained))


def graded(session: Session, working: Working, code: str, grade: int) -> UnitAnswer:
    """Return a unit's answer with a grade by the session's user and, where it is grave, evidence that was seen."""
    today = session.today()
    answer = record_grade(
        working.pack,
        working.assessment.answer(code),
        PersonGrade(by=session.professional.id, on=today, grade=grade),
    )
    seen = Evidence(text=f"Seen for {code}.", source=EvidenceSource.SEEN_AT_HOME, on=today)
    return replace(answer, evidence=(seen,), what_changed="Seen at home.")


def grade_all(session: Session, working: Working, grade: int) -> Working:
    """Grade every unit alike and fill in the words that are asked for."""
    units = {code: graded(session, working, code, grade) for code in working.pack.units_in(working.band)}
    return assessments.save(session, working, with_words(replace(working.assessment, units=units)))


def with_words(assessment: Assessment) -> Assessment:
    """Return the assessment with everything that has to be written."""
    return replace(
        assessment,
        child_voice="Robin shows a drawing of the dog.",
        analysis="Worries and strengths.",
        meaning_so_far="Robin goes to nursery hungry.",
        meaning_ahead="Robin would fall behind.",
    )


def signed_off(session: Session, child: Child, *, grade: int = 2, first: date, supervisor: Session) -> Working:
    """Carry an assessment through to the signature of somebody who did not assess."""
    working = grade_all(session, begin(session, child, first=first), grade)
    id_ = working.assessment.id
    assessments.finish(session, id_)
    assessments.share(session, id_)
    assessments.submit(session, id_)
    return assessments.sign_off(supervisor, id_)


def actions(session: Session) -> list[str]:
    """Return what the audit trail says was done, newest first."""
    with session.store.transaction() as tx:
        return [event.action for event in audit.page(tx, limit=1000)]
