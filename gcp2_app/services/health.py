"""What the *Health* tab of a child's page shows, read from the record as the rules read it."""

from dataclasses import dataclass
from datetime import date

from gcp2_app.domain.healthcare import panel
from gcp2_app.domain.healthcare.cards import Card, cards
from gcp2_app.domain.healthcare.request_letter import request_letter
from gcp2_app.domain.healthcare.stays import Stay, stays
from gcp2_app.domain.healthcare.stepper import Stepper, steppers
from gcp2_app.domain.rules.record import Fact
from gcp2_app.domain.rules.sessions import Span
from gcp2_app.domain.users import Duty
from gcp2_app.services import clinical_safety
from gcp2_app.services.clinical_safety import Switch
from gcp2_app.services.plans import view_of
from gcp2_app.services.session import Session
from gcp2_app.services.visit_people import reached


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthFile:
    """A child's health on a day.

    Attributes:
        child: id of whose it is.
        stays: in hospital, the latest first.
        services: appointments by service.
        attendance: as recorded, the latest first.
        plan: the healthcare plan.
        measures: as recorded, the latest first.
        switch: whether the medicine card and teach-back are on.
        cards, steppers: nothing while they are off.
        three_way: what the rules say of a check by GP, school and school nurse, or empty.
    """

    child: str
    today: date
    stays: tuple[Stay, ...]
    services: tuple[panel.Service, ...]
    attendance: tuple[Span, ...]
    plan: panel.Plan
    measures: tuple[Fact, ...]
    switch: Switch
    cards: tuple[Card, ...]
    steppers: tuple[Stepper, ...]
    three_way: str


def of_child(session: Session, child_id: str, *, why: str = "") -> HealthFile:
    """Return a child's health today. The view is audited.

    Raises:
        NotFound: no such child.
        NotAllowed: the user may not read this case.
        ReasonNeeded: the record is restricted and no reason was given.
    """
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        child = reached(session, tx, child_id, why)
        view = view_of(session, tx, child)
        switch = clinical_safety.within(session, tx)
        tx.record("health opened", by=session.user.id, kind="child", id=child_id, reason=why)
    three_way = view.also("LP12.three_way")
    return HealthFile(
        child=child_id,
        today=view.today,
        stays=stays(view),
        services=panel.services(view),
        attendance=panel.attendance(view),
        plan=panel.plan(view),
        measures=panel.measures(view),
        switch=switch,
        cards=cards(view) if switch.on else (),
        steppers=steppers(view) if switch.on else (),
        three_way=three_way.text if three_way is not None else "",
    )


def letter(session: Session, child_id: str, *, why: str = "") -> str:
    """Return the text of a request for a check by GP, school and school nurse. Making it is audited.

    Raises:
        NotFound: no such child.
        NotAllowed: the user may not work on this case.
        ReasonNeeded: the record is restricted and no reason was given.
    """
    session.require(Duty.WORK_CASES)
    with session.store.transaction() as tx:
        child = reached(session, tx, child_id, why)
        view = view_of(session, tx, child)
        tx.record("three-way request written", by=session.user.id, kind="child", id=child_id, reason=why)
    return request_letter(view, by=session.professional)
