"""Second gradings made for calibration: a supervisor asks, somebody else grades the evidence blind, the two compare.

The grader sees the evidence of one signed-off assessment because a supervisor of the child's team asked them to, and
nothing else of the record. The assessment does not change.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace

from gcp2_app.domain.answers import UnitAnswer
from gcp2_app.domain.assessment import Assessment, Window
from gcp2_app.domain.grading import check_answer
from gcp2_app.domain.instrument import Pack
from gcp2_app.domain.progress import assessors_of
from gcp2_app.domain.register import Child, Professional
from gcp2_app.domain.scoring import age_in_months, band_of, can_be_scored
from gcp2_app.domain.second_grading import Compared, SecondGrading, blind_copy, check_may_ask, compared, with_units
from gcp2_app.domain.users import Duty
from gcp2_app.errors import InvalidValue, NotAllowed
from gcp2_app.services import names, packs
from gcp2_app.services.session import Session
from gcp2_app.services.working import Working, kept_from_grading, profile_of
from gcp2_app.storage.second_gradings import second_gradings_of, second_gradings_on, signed_off_of_team
from gcp2_app.storage.store import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An assessment that can be graded again.

    Attributes:
        child: what the child is called.
        known_to: ids of the professionals who know its grades, or were asked before.
    """

    assessment: str
    child: str
    window: Window
    known_to: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a supervisor can choose from.

    Attributes:
        assessments: the latest first.
        graders: names of those who could grade, by id of the professional.
    """

    assessments: tuple[Choice, ...]
    graders: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A second grading as one of those who may see it reads it.

    Attributes:
        child: what the child is called.
        mine: the user is the one who grades.
        grader, asked_by, assessors: names.
        graded: how many units have a grade.
        units: how many there are.
    """

    grading: SecondGrading
    child: str
    window: Window | None
    mine: bool
    grader: str
    asked_by: str
    assessors: tuple[str, ...]
    graded: int
    units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A second grading as its grader opens it.

    Attributes:
        working: the blind copy.
        recorded_by: names of those who recorded the evidence, by id.
    """

    working: Working
    recorded_by: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Both grades of every unit both graded.

    Attributes:
        labels: what the units are called, by code.
    """

    pack: Pack
    units: tuple[Compared, ...]
    labels: Mapping[str, str]


def choices(session: Session) -> Choices:
    """Return the signed-off assessments of the team and who could grade them again. Restricted records are left out.

    Raises:
        NotAllowed: the user is no supervisor.
    """
    session.require(Duty.SUPERVISE)
    with session.store.transaction() as tx:
        found = tx.assessments.get_many(signed_off_of_team(tx, allocated_to=session.reaches_through))
        children = tx.children.get_many(tuple({each.child for each in found.values()}))
        offered = tuple(
            Choice(
                assessment=each.id,
                child=names.of_child(children[each.child]),
                window=each.window,
                known_to=_know(each) | frozenset(one.grader for one in second_gradings_on(tx, each.id)),
            )
            for each in found.values()
            if each.window is not None and not each.recorded_elsewhere and not children[each.child].restricted
        )
        users = [user for user in tx.users.all() if user.left_at is None and user.may(Duty.WORK_CASES)]
        people = tx.professionals.get_many(tuple(user.professional for user in users))
    graders = {id_: each.name for id_, each in sorted(people.items(), key=lambda pair: pair[1].name.casefold())}
    return Choices(assessments=tuple(sorted(offered, key=lambda each: each.window.to, reverse=True)), graders=graders)


def ask(session: Session, assessment_id: str, grader: str) -> SecondGrading:
    """Ask a practitioner to grade the evidence of a signed-off assessment again, blind.

    Args:
        session: a supervisor's.
        assessment_id: which assessment.
        grader: id of the professional who is to grade.

    Raises:
        NotFound: no such assessment.
        NotAllowed: the user is no supervisor of the child's team, the record is restricted, or the grading could not
            be blind.
        InvalidValue: nobody who works on cases signs in as this professional.
    """
    session.require(Duty.SUPERVISE)
    with session.store.transaction() as tx:
        assessment = tx.assessments.get(assessment_id)
        child = tx.children.get(assessment.child)
        session.require_reach(child)
        if child.restricted:
            raise NotAllowed("This record is restricted.", "Choose an assessment of another child.")
        if not any(
            user.professional == grader and user.left_at is None and user.may(Duty.WORK_CASES)
            for user in tx.users.all()
        ):
            raise InvalidValue("Nobody signs in as this person to work on cases.", "Choose someone who does.")
        if not can_be_scored(packs.of(tx, assessment), assessment, child.born):
            raise NotAllowed("The age band of this assessment is not known.", "Choose another assessment.")
        others = frozenset(each.grader for each in second_gradings_on(tx, assessment_id))
        check_may_ask(assessment, grader, others=others)
        asked = SecondGrading(
            id=str(uuid.uuid4()),
            assessment=assessment_id,
            asked_by=session.professional.id,
            grader=grader,
            asked_on=session.today(),
        )
        tx.second_gradings.put(asked, by=session.user.id)
        tx.record(
            "second grading asked for", by=session.user.id, kind="second grading", id=asked.id, fields=("assessment",)
        )
    return asked


def of_mine(session: Session) -> tuple[Listed, ...]:
    """Return the second gradings the user asked for, makes, or whose assessment they made; the latest asked first."""
    with session.store.transaction() as tx:
        return tuple(_listed(session, tx, each) for each in second_gradings_of(tx, session.professional.id))


def open_(session: Session, grading_id: str) -> Opened:
    """Return the blind copy a second grading is made on. The view is audited.

    Raises:
        NotFound: no such second grading.
        NotAllowed: it is somebody else's, or it is finished.
    """
    session.require(Duty.WORK_CASES)
    with session.store.transaction() as tx:
        grading = _own(session, tx, grading_id)
        tx.record("second grading opened", by=session.user.id, kind="second grading", id=grading_id)
        working = _working(session, tx, grading)
        pieces = (piece.by for answer in working.assessment.units.values() for piece in answer.evidence)
        people = tx.professionals.get_many(tuple({by for by in pieces if by}))
    return Opened(working=working, recorded_by={id_: each.name for id_, each in people.items()})


def keep(session: Session, grading_id: str, copy: Assessment) -> Working:
    """Keep what was graded on a blind copy. What is back from here is on disk.

    Raises:
        NotFound: no such second grading.
        NotAllowed: it is somebody else's, or finished; or the licence or the training for the pack is not current.
        InvalidValue: a grade off the scale, or a state the unit does not allow.
    """
    session.require(Duty.WORK_CASES)
    with session.store.transaction() as tx:
        grading = _own(session, tx, grading_id)
        working = _working(session, tx, grading)
        if working.closed:
            raise NotAllowed(working.closed)
        changed = with_units(grading, copy)
        for code, answer in changed.units.items():
            if grading.units.get(code) != answer:
                check_answer(working.pack, working.band, code, answer)
        if changed != grading:
            tx.second_gradings.put(changed, by=session.user.id, keep_earlier=False)
            tx.record(
                "second grading changed", by=session.user.id, kind="second grading", id=grading_id, fields=("units",)
            )
        return _working(session, tx, changed)


def finish(session: Session, grading_id: str) -> SecondGrading:
    """End a second grading: from now on the two and whoever asked see both grades, and it counts.

    Raises:
        NotFound: no such second grading.
        NotAllowed: it is somebody else's, or finished already; or nothing is graded.
    """
    session.require(Duty.WORK_CASES)
    with session.store.transaction() as tx:
        grading = _own(session, tx, grading_id)
        if not any(answer.grade is not None for answer in grading.units.values()):
            raise NotAllowed("Nothing is graded yet.", "Grade what the evidence lets you grade.")
        done = replace(grading, finished_on=session.today())
        tx.second_gradings.put(done, by=session.user.id)
        tx.record(
            "second grading finished", by=session.user.id, kind="second grading", id=grading_id, fields=("finished_on",)
        )
    return done


def compare(session: Session, grading_id: str) -> Comparison:
    """Return both grades of every unit both graded, to one of the two or to whoever asked. The view is audited.

    Raises:
        NotFound: no such second grading.
        NotAllowed: the user is none of them, or it is not finished.
    """
    with session.store.transaction() as tx:
        grading = tx.second_gradings.get(grading_id)
        assessment = tx.assessments.get(grading.assessment)
        may_see = {grading.grader, grading.asked_by, *assessors_of(assessment)}
        if session.professional.id not in may_see:
            raise NotAllowed("This second grading is between others.", "The two who graded and who asked see it.")
        if grading.finished_on is None:
            raise NotAllowed("The second grading is not finished.", "Both grades are shown once it is.")
        pack = packs.of(tx, assessment)
        child = tx.children.get(assessment.child)
        tx.record("second grading compared", by=session.user.id, kind="second grading", id=grading_id)
    band = band_of(pack, assessment, child.born)
    labels = {code: f"{code} {unit.label}" for code, unit in pack.units_in(band).items()}
    return Comparison(pack=pack, units=compared(pack, assessment, grading), labels=labels)


def _know(assessment: Assessment) -> frozenset[str]:
    return assessors_of(assessment) | ({assessment.signed_off_by} if assessment.signed_off_by else frozenset())


def _own(session: Session, tx: Transaction, grading_id: str) -> SecondGrading:
    grading = tx.second_gradings.get(grading_id)
    if grading.grader != session.professional.id:
        raise NotAllowed("This second grading is somebody else’s.", "Whoever was asked makes it.")
    if grading.finished_on is not None:
        raise NotAllowed("This second grading is finished.", "Compare the grades now.")
    return grading


def _working(session: Session, tx: Transaction, grading: SecondGrading) -> Working:
    assessment = tx.assessments.get(grading.assessment)
    pack, child = packs.of(tx, assessment), tx.children.get(assessment.child)
    closed, _ = kept_from_grading(session, tx, pack)
    # Of an assessment that came in without its band it is read off its answers, which the copy does not have.
    band = band_of(pack, assessment, child.born)
    copy = replace(blind_copy(assessment, grading), band=band)
    return Working(
        assessment=copy,
        child=_no_more_than_age(child),
        pack=packs.readable(session, tx, pack),
        age_months=age_in_months(copy, child.born) or 0,
        band=band,
        profile=profile_of(pack, copy, child.born),
        missing=(),
        earlier=None,
        closed=closed,
    )


def _no_more_than_age(child: Child) -> Child:
    """Return of a child what grading needs: age, and the name the evidence speaks of."""
    return Child(
        id=child.id,
        given_names=child.given_names,
        family_name=child.family_name,
        date_of_birth=child.date_of_birth,
        expected_date=child.expected_date,
    )


def _listed(session: Session, tx: Transaction, grading: SecondGrading) -> Listed:
    assessment = tx.assessments.get(grading.assessment)
    child, pack = tx.children.get(assessment.child), packs.of(tx, assessment)
    assessors = sorted(assessors_of(assessment))
    called = tx.professionals.get_many((grading.grader, grading.asked_by, *assessors))
    units = pack.units_in(band_of(pack, assessment, child.born))
    return Listed(
        grading=grading,
        child=names.of_child(child),
        window=assessment.window,
        mine=grading.grader == session.professional.id,
        grader=_name(called, grading.grader),
        asked_by=_name(called, grading.asked_by),
        assessors=tuple(_name(called, each) for each in assessors),
        graded=sum(grading.units.get(code, UnitAnswer()).grade is not None for code in units),
        units=len(units),
    )


def _name(called: Mapping[str, Professional], id_: str) -> str:
    return called[id_].name if id_ in called else "someone not named here"
