"""A supervisor's desk: the team's children a page at a time, how many stand at which grade, small pictures."""

from dataclasses import dataclass

from gcp2_app.domain.register import Child
from gcp2_app.domain.team import HeatMap, Team, TeamChild
from gcp2_app.domain.users import Duty
from gcp2_app.services import names, packs
from gcp2_app.services.session import Session
from gcp2_app.storage import desk as stored
from gcp2_app.storage.caseload import CaseloadRow
from gcp2_app.storage.desk import DeskPage, DeskQuery, DeskRow, DeskSort

__all__ = ["Desk", "DeskPage", "DeskQuery", "DeskRow", "DeskSort", "desk"]

#: The pack whose areas and grades the team is shown in; children graded with another are in the list all the same.
_PACK = "graded-care"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What the desk shows.

    Attributes:
        page: the children of the page.
        heat: how many children of the whole team have which grade.
        team: the children of the page as small pictures, in the same order.
    """

    page: DeskPage
    heat: HeatMap
    team: Team


def desk(session: Session, query: DeskQuery) -> Desk:
    """Return one page of the team's children with the team's heat map. A search is audited by its count alone.

    Raises:
        NotAllowed: the user is no supervisor.
    """
    session.require(Duty.SUPERVISE)
    through, today = session.reaches_through, session.today()
    with session.store.transaction() as tx:
        pack = packs.find(tx, _PACK, None)
        page = stored.desk(tx, query, today=today, allocated_to=through)
        counts = stored.heat(tx, allocated_to=through)
        size = stored.team_size(tx, allocated_to=through)
        steps = stored.steps_of(tx, [row.line.id for row in page.rows])
        if query.offset == 0:
            tx.record("team viewed", by=session.user.id, kind="caseload", count=page.total)
    areas = {area.code: area.label for area in pack.areas}
    grades = tuple(grade.label for grade in pack.grades)
    children = tuple(
        TeamChild(id=row.line.id, label=_label(row.line), worker=row.line.allocated, steps=steps.get(row.line.id, ()))
        for row in page.rows
    )
    team = Team(
        title=session.professional.team or "Every child",
        areas=areas,
        grades=grades,
        children=children,
        total=page.total,
        today=today,
        practice=session.store.practice,
    )
    return Desk(page=page, heat=HeatMap(areas=areas, grades=grades, counts=counts, children=size), team=team)


def _label(line: CaseloadRow) -> str:
    expected = line.born if line.unborn else None
    born = None if line.unborn else line.born
    named = Child(
        id=line.id,
        given_names=line.given_names,
        family_name=line.family_name,
        date_of_birth=born,
        expected_date=expected,
    )
    return names.of_child(named)
