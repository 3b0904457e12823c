"""Calibration: how far two who graded the same units apart agree, across the team's assessments."""

from collections.abc import Mapping
from dataclasses import dataclass

from gcp2_app.domain.calibration import Agreement, Weights, agreement, blind_pairs, together
from gcp2_app.domain.second_grading import second_pairs
from gcp2_app.domain.users import Duty
from gcp2_app.services import packs
from gcp2_app.services.session import Session
from gcp2_app.storage.desk import assessments_by_two
from gcp2_app.storage.second_gradings import finished_second_gradings


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """The agreement in each area.

    Attributes:
        assessments: how many assessments two people graded.
        again: how many finished second gradings, made for calibration, count beside them.
        areas: names of the areas, by code, in the pack's order.
        agreement: by area code.
    """

    assessments: int
    again: int
    areas: Mapping[str, str]
    agreement: Mapping[str, Agreement]


def calibration(session: Session, weights: Weights = Weights.LINEAR) -> Calibration:
    """Return how far pairs of graders agree, area by area, in the newest version of the pack alone.

    Raises:
        NotAllowed: the user is no supervisor.
    """
    session.require(Duty.SUPERVISE)
    with session.store.transaction() as tx:
        pack = packs.find(tx, "graded-care", None)
        ids = assessments_by_two(tx, pack.id, pack.version, allocated_to=session.reaches_through)
        found = [blind_pairs(pack, each) for each in tx.assessments.get_many(ids).values()]
        second = finished_second_gradings(tx, pack.id, pack.version, allocated_to=session.reaches_through)
        graded = tx.assessments.get_many(tuple({each.assessment for each in second}))
        again = [second_pairs(pack, graded[each.assessment], each) for each in second]
        tx.record("calibration viewed", by=session.user.id, kind="caseload", count=len(ids))
    pairs = together([*found, *again])
    return Calibration(
        assessments=sum(1 for each in found if each),
        again=sum(1 for each in again if each),
        areas={area.code: area.label for area in pack.areas},
        agreement={
            area.code: agreement(pairs.get(area.code, ()), scale=len(pack.grades), weights=weights)
            for area in pack.areas
        },
    )
