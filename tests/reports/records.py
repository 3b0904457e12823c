"""Synthetic children for the tests of charts and documents. Nobody here exists."""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

from gcp2_app.domain.answers import Evidence, EvidenceSource, PersonGrade, UnitAnswer, UnitState, WithSupport
from gcp2_app.domain.assessment import (
    Assessment,
    AssessmentState,
    CarerConsent,
    Consent,
    Explained,
    SafetyStep,
    SharingHeldBack,
    Step,
    Target,
    Window,
)
from gcp2_app.domain.breaks import Break, BreakKind
from gcp2_app.domain.comparison import compare
from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.instrument import Pack
from gcp2_app.domain.register import Agency
from gcp2_app.domain.scoring import band_of, score_assessment
from gcp2_app.domain.trend import Trend
from gcp2_app.domain.trending import make_trend
from gcp2_app.domain.when import When
from gcp2_app.forms.packs import find_pack, load_pack
from gcp2_app.reports.pdf.assessment_report import AssessmentReport

BORN = date(2019, 3, 4)
NAMES = {"p1": "Ana Marsh", "p2": "Ben Marsh", "p3": "Carol Ito (grandmother)"}
NOT_APPLICABLE = UnitAnswer(state=UnitState.NOT_APPLICABLE, reason="no long-term illness")


def open_pack() -> Pack:
    """The open pack that comes with the program."""
    return find_pack("graded-care", "1.0.0")


def scored(grade: int, *, on: date = date(2026, 1, 6)) -> UnitAnswer:
    """A unit graded by one practitioner on what was seen at home."""
    return UnitAnswer(
        state=UnitState.SCORED,
        grade=grade,
        grades=(PersonGrade(by="w1", on=on, grade=grade),),
        evidence=(
            Evidence(
                text="Seen in the kitchen and in the child’s room.",
                source=EvidenceSource.SEEN_AT_HOME,
                by="w1",
                on=on,
            ),
        ),
    )


def assessment(
    id_: str,
    start: date,
    *,
    usual: int = 2,
    grades: Mapping[str, int] | None = None,
    skip: Iterable[str] = (),
    carers: Sequence[str] = ("p1", "p2"),
    days: int = 22,
    pack: Pack | None = None,
    born: date = BORN,
) -> Assessment:
    """A signed-off assessment with every unit of its band at one grade, some at others, some not observed."""
    pack = pack or open_pack()
    made = Assessment(
        id=id_,
        child="c1",
        carers=tuple(carers),
        pack=pack.id,
        pack_version=pack.version,
        policy=pack.policy,
        window=Window(from_=start, to=start + timedelta(days=days - 1)),
        state=AssessmentState.SIGNED_OFF,
        assessors=("w1",),
    )
    units: dict[str, UnitAnswer] = {}
    for code, unit in pack.units_in(band_of(pack, made, born)).items():
        if code in skip or code.partition(".")[0] in skip or code[0] in skip:
            units[code] = UnitAnswer(state=UnitState.NOT_OBSERVED, reason="not at home")
        elif unit.may_not_apply:
            units[code] = NOT_APPLICABLE
        else:
            units[code] = scored((grades or {}).get(code, usual), on=start)
    return replace(made, units=MappingProxyType(units))


def elsewhere(id_: str, start: date, grades: Mapping[str, int]) -> Assessment:
    """An assessment done on paper: sub-area grades only."""
    units = {code: UnitAnswer(state=UnitState.SCORED, grade=grade) for code, grade in grades.items()}
    return replace(assessment(id_, start), recorded_elsewhere=True, units=MappingProxyType(units))


def trend_of(
    assessments: Sequence[Assessment],
    *,
    through: date | None = None,
    breaks: Iterable[Break] = (),
    packs: Iterable[Pack] = (),
    practice: bool = False,
    label: str = "Ivy Marsh",
    birth: date | None = None,
    born: date = BORN,
) -> Trend:
    """The trend of a synthetic child's assessments."""
    known = {(pack.id, pack.version): pack for pack in (open_pack(), *packs)}
    last = max((one.window.to for one in assessments if one.window), default=date(2026, 6, 1))
    return make_trend(
        child_label=label,
        born=born,
        assessments=assessments,
        profiles={one.id: score_assessment(known[one.pack, one.pack_version], one, born) for one in assessments},
        packs=known,
        names=NAMES,
        through=through or last + timedelta(days=60),
        breaks=breaks,
        practice=practice,
        birth=birth,
    )


def seven() -> list[Assessment]:
    """Neglect that builds up, eases and returns."""
    return [
        assessment("a1", date(2021, 9, 6), grades={"A4": 3, "B2": 3}),
        assessment("a2", date(2022, 3, 14), grades={"A4": 3, "A1.b": 3, "B2": 3, "C1.a": 3}),
        assessment("a3", date(2022, 9, 5), usual=3, grades={"A4": 4, "B2": 4, "D1.i": 4}),
        assessment("a4", date(2023, 2, 6), usual=3, grades={"A5.b": 5, "A4": 4, "B2": 4, "C2.a": 4}),
        assessment("a5", date(2023, 7, 10), usual=3, grades={"A5.b": 3, "B2": 3}, skip=("C", "D2")),
        assessment("a6", date(2023, 9, 20), usual=3, grades={"A1.a": 2, "B2": 2}, skip=("D",)),
        assessment("a7", date(2026, 1, 5), usual=3, grades={"A4": 4, "A5.b": 4, "B2": 4, "D2": 4}),
    ]


def two_homes() -> list[Assessment]:
    """Parents' home and grandmother's, side by side, one of them on paper first."""
    return [
        elsewhere("e0", date(2023, 5, 1), {"A1": 3, "A2": 3, "A4": 4, "B2": 3, "C1": 3, "D2": 2}),
        *(
            assessment(f"a{place}", date(2024, 1, 8) + timedelta(days=120 * place), usual=grade)
            for place, grade in enumerate((3, 4, 4, 3, 4, 3))
        ),
        *(
            assessment(
                f"g{place}",
                date(2024, 1, 8) + timedelta(days=120 * place),
                usual=2,
                carers=("p3",),
                grades={"A4": 3 if place % 2 else 2},
                skip=("B",) if place == 1 else (),
            )
            for place in range(5)
        ),
    ]


def many(number: int = 40) -> list[Assessment]:
    """A long record, repeatable."""
    chance = random.Random(11)
    codes = list(open_pack().units_in("5+"))
    return [
        assessment(
            f"m{place:02d}",
            date(2019, 9, 2) + timedelta(days=62 * place),
            usual=chance.choice((2, 2, 3)),
            grades={chance.choice(codes): chance.choice((3, 4, 4, 5)) for _ in range(3)},
            skip=chance.choice(((), (), ("C2",), ("B", "D1"))),
        )
        for place in range(number)
    ]


def full_report(**changes: Any) -> AssessmentReport:
    """An assessment report with something in every section."""
    pack = open_pack()
    history = seven()
    earlier, latest = history[-2], history[-1]
    units = dict(latest.units)
    units["A4"] = replace(
        units["A4"],
        evidence=(
            Evidence(
                id="ev1",
                text="Hair matted and clothes smelling of urine on three school days in a row.",
                source=EvidenceSource.OTHER_PROFESSIONAL,
                by="w2",
                on=date(2026, 1, 12),
            ),
            Evidence(
                id="ev2",
                text="“She has a bath every night.”",
                source=EvidenceSource.CARER_SAID,
                by="w1",
                on=date(2026, 1, 14),
                conflicts_with="ev1",
            ),
        ),
        carer_grade=2,
        carer_comment="She does not like the bath, but she is clean.",
        carer_has_seen=True,
        with_support=WithSupport.AGENCY,
        what_changed="School has washed her clothes twice since November.",
    )
    units["C1.b"] = UnitAnswer(state=UnitState.NOT_OBSERVED, reason="Father was at work on every visit.")
    units["C2.b"] = replace(units["C2.b"], temporary=True, note="Grandmother died in December.")
    latest = replace(
        latest,
        units=MappingProxyType(units),
        state=AssessmentState.SIGNED_OFF,
        signed_off_on=date(2026, 2, 2),
        signed_off_by="w9",
        assessors=("w1", "w2"),
        explained=Explained(
            what="What graded care is, that the grades are shared, and who will read them.",
            leaflet="Working together, easy-read version",
            language="English",
            interpreter="none needed",
            carers=(
                CarerConsent(person="p1", answer=Consent.AGREED, on=date(2026, 1, 5)),
                CarerConsent(person="p2", answer=Consent.NOT_ASKED, reason="at work on every visit"),
            ),
            asked_apart=True,
        ),
        child_voice="Ivy laid the table for three and put a plate for the cat. “Mummy sleeps in the day. I do toast.”",
        child_wishes="To have her own bed, and for Grandma to come back.",
        day_in_life={"night": "Ivy: I hear them through the wall.", "breakfast": "Ivy: I do toast."},
        analysis=(
            "Ana is warm with Ivy and wants things to change.\n\n"
            "Her low mood since December and Ben’s shifts leave Ivy to look after herself on most school mornings."
        ),
        meaning_so_far="Ivy comes to school hungry and unwashed, and other children have begun to avoid her.",
        meaning_ahead="She will go on missing check-ups, and will learn that being cared for is her own job.",
        targets=(
            Target(
                unit="A4",
                current=4,
                target=2,
                due=date(2026, 3, 31),
                support="Family support worker, mornings on Tuesday and Friday",
                owner="Jo Reed",
            ),
            Target(
                unit="A5.b",
                current=4,
                target=3,
                due=date(2026, 2, 28),
                support="Taxi to the hearing clinic",
                owner="Sam Hill",
                safety_step=SafetyStep(step="Ring the clinic and book", owner="Sam Hill", by=date(2026, 2, 4)),
            ),
        ),
        review_due=date(2026, 4, 28),
        shared_on=date(2026, 1, 29),
        held_back=(
            SharingHeldBack(
                person="p2",
                reason="Not reached on four tries.",
                agreed_by="Priya Nair",
                look_again_on=date(2026, 2, 9),
            ),
        ),
        steps=(
            Step(state=AssessmentState.COMPLETE, at=datetime(2026, 1, 27, 9, 30, tzinfo=UTC), by="w1"),
            Step(state=AssessmentState.SUBMITTED, at=datetime(2026, 1, 30, 16, 5, tzinfo=UTC), by="w1"),
            Step(state=AssessmentState.SIGNED_OFF, at=datetime(2026, 2, 2, 11, 0, tzinfo=UTC), by="w9"),
        ),
    )
    history[-1] = latest
    made = AssessmentReport(
        pack=pack,
        assessment=latest,
        profile=score_assessment(pack, latest, BORN),
        child_label="Ivy Marsh",
        born=BORN,
        made_on=date(2026, 2, 3),
        names={
            **NAMES,
            "w1": "Jo Reed, social worker",
            "w2": "Sam Hill, school nurse",
            "w9": "Priya Nair, team manager",
        },
        statuses=(
            "Child protection plan, neglect, since 10 January 2026",
            "Child in need, 2 May 2023 to 9 January 2026",
        ),
        history=(
            Entry(
                id="h1",
                kind="event",
                children=("c1",),
                when=When({"about": "2021"}),
                what="Mother’s partner moved in.",
                source=Source(name="Health visitor", agency=Agency.HEALTH_VISITING),
            ),
            Entry(
                id="h2",
                kind="referral",
                children=("c1",),
                when=When("2022-10-14"),
                what="School asked for help: Ivy hungry and tired on most mornings.",
                impact="Fell asleep in class; missed swimming for want of a costume.",
                source=Source(name="K. Lund", role="Head teacher", agency=Agency.SCHOOL),
            ),
        ),
        visits=(
            Entry(
                id="v1",
                kind="visit",
                children=("c1",),
                when=When("2026-01-06"),
                data={
                    "mode": "home",
                    "announced": True,
                    "access": "given",
                    "child_seen": True,
                    "seen_alone": False,
                    "seen_awake": True,
                    "rooms_seen": ["kitchen", "living room"],
                    "present": "Ana Marsh, Ivy",
                },
            ),
            Entry(
                id="v2",
                kind="visit",
                children=("c1",),
                when=When("2026-01-14"),
                data={"mode": "home", "announced": False, "access": "no_answer"},
            ),
        ),
        earlier=earlier,
        comparison=compare(pack, earlier, latest, born=BORN),
        trend=trend_of(
            history,
            through=date(2026, 2, 3),
            breaks=[Break(on=date(2022, 11, 1), kind=BreakKind.STRATEGY)],
            practice=True,
        ),
        recipient="Dr Petra Obi, conference chair",
        practice=True,
        record_digest="9f" * 32,
    )
    return replace(made, **changes)


def four_grade_pack() -> Pack:
    """A pack of four grades valued 5, 10, 15 and 20."""
    return load_pack(Path(__file__).parents[1] / "data" / "packs" / "four-grade" / "1.0.0.toml")
