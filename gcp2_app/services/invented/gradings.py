"""The assessments of an invented child: over years, with grades that drift and the evidence they rest on."""

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from gcp2_app.domain.answers import Evidence, EvidenceSource, PersonGrade, UnitAnswer, UnitState
from gcp2_app.domain.assessment import Assessment, AssessmentState, Window
from gcp2_app.domain.instrument import Pack
from gcp2_app.domain.register import Child
from gcp2_app.domain.when import completed_months

_WINDOW_DAYS: Final = 28
_BETWEEN_DAYS: Final = 91
#: So many entries about a child go with one more assessment, up to the most there are.
_ENTRIES_EACH, _MOST = 45, 40
_SEEN: Final = (
    "The cupboard held bread, beans and two tins of soup.",
    "Ready for school on time, with a coat and a bag.",
    "Spoke warmly and answered each question.",
    "The bed had no cover; it was brought in while we spoke.",
    "Two appointments were kept and the letters were on the shelf.",
    "Left alone in the bath while the door was answered.",
)
_SOURCES: Final = (
    EvidenceSource.SEEN_AT_HOME,
    EvidenceSource.SEEN_AT_HOME,
    EvidenceSource.SEEN_ELSEWHERE,
    EvidenceSource.OTHER_PROFESSIONAL,
)


def assessments_of(
    chance: random.Random, child: Child, pack: Pack, *, since: date, today: date, entries: int
) -> Iterator[Assessment]:
    """Yield a child's assessments, oldest first; all are signed off but, now and then, the last.

    Args:
        chance: the family's.
        child: whose; one not born yet, or whose age is in no band, has none.
        pack: what they are graded with.
        since: the first day of the first of them at the earliest.
        today: none ends later, but for the one under way.
        entries: how much is written about the child.
    """
    if child.date_of_birth is None:
        return
    wanted = min(_MOST, entries // _ENTRIES_EACH + chance.randrange(2))
    level = chance.choices((1, 2, 3, 4), (15, 40, 33, 12))[0]
    for order in range(wanted):
        first = today - timedelta(days=_BETWEEN_DAYS * (wanted - order) + chance.randrange(14))
        if first < max(since, child.date_of_birth):
            continue
        under_way = order == wanted - 1 and chance.random() < 0.1
        if under_way:
            first = today - timedelta(days=7)
        level = min(5, max(1, level + chance.choice((-1, 0, 0, 0, 1))))
        band = _band(pack, child.date_of_birth, first)
        if band is not None:
            yield _assessment(chance, child, pack, band, first=first, order=order, level=level, under_way=under_way)


def _band(pack: Pack, born: date, first: date) -> str | None:
    age_months = completed_months(born, first)
    return next((band.code for band in pack.bands if band.holds(age_months)), None)


def _assessment(
    chance: random.Random,
    child: Child,
    pack: Pack,
    band: str,
    *,
    first: date,
    order: int,
    level: int,
    under_way: bool,
) -> Assessment:
    by = child.allocated[0].professional
    codes = list(pack.units_in(band))
    window = Window(from_=first, to=first + timedelta(days=_WINDOW_DAYS - 1))
    return Assessment(
        id=f"{child.id}-assessment-{order + 1}",
        child=child.id,
        carers=(child.carers[0].person,),
        pack=pack.id,
        pack_version=pack.version,
        pack_sha256=pack.sha256,
        band=band,
        window=window,
        state=AssessmentState.IN_PROGRESS if under_way else AssessmentState.SIGNED_OFF,
        signed_off_on=None if under_way else window.to,
        assessors=(by,),
        units=_units(chance, codes[: len(codes) // 2] if under_way else codes, level, by=by, on=first),
        child_voice="Drew the house and everybody in it." if not under_way else "",
        analysis="What is going well, and what worries us, is set out area by area." if not under_way else "",
        review_due=None if under_way else window.to + timedelta(days=_BETWEEN_DAYS),
    )


def _units(chance: random.Random, codes: list[str], level: int, *, by: str, on: date) -> Mapping[str, UnitAnswer]:
    found: dict[str, UnitAnswer] = {}
    for code in codes:
        if chance.random() < 0.03:
            found[code] = UnitAnswer(state=UnitState.NOT_OBSERVED, reason="Not at home at this hour.")
            continue
        grade = min(5, max(1, level + chance.choice((-1, -1, 0, 0, 0, 0, 1))))
        evidence: tuple[Evidence, ...] = ()
        if grade > 3 or chance.random() < 0.2:
            evidence = (Evidence(text=chance.choice(_SEEN), source=chance.choice(_SOURCES), by=by, on=on),)
        found[code] = UnitAnswer(
            state=UnitState.SCORED,
            grade=grade,
            grades=(PersonGrade(by=by, on=on, grade=grade),),
            evidence=evidence,
        )
    return found
