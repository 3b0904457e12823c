"""Packs made in memory: the public structure with made-up wording, and a four-grade pack."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from gcp2_app.domain.answers import PersonGrade, UnitAnswer, UnitState
from gcp2_app.domain.assessment import (
    Assessment,
    AssessmentState,
    CarerConsent,
    Consent,
    Explained,
    Window,
)
from gcp2_app.domain.instrument import (
    Area,
    Band,
    Descriptors,
    Gate,
    GateCondition,
    Grade,
    Licence,
    LicenceKind,
    Pack,
    Policy,
    Subarea,
    Subject,
    TargetRule,
    Threshold,
    Thresholds,
    Unit,
    WindowRule,
)

BORN = date(2023, 1, 10)
#: Aged 36 completed months on its first day, in the band 2-5.
WINDOW = Window(from_=date(2026, 1, 12), to=date(2026, 2, 8))

_LETTERS = {
    "A1": "abcd",
    "A2": "abc",
    "A3": "abc",
    "A4": "",
    "A5": "abcd",
    "B1": "abcd",
    "B2": "",
    "C1": "abc",
    "C2": "ab",
    "D1": None,
    "D2": "",
    "D3": "",
    "D4": "",
}


def make_unit(
    code: str,
    *,
    grades: int = 5,
    bands: tuple[str, ...] = (),
    may_not_apply: bool = False,
    known_for_months: int = 0,
    label: str = "",
) -> Unit:
    return Unit(
        code=code,
        label=label or f"unit {code}",
        prompt="What is the care like?",
        look_for=("this", "that", "more"),
        guidance="Look, ask, listen.",
        descriptors=(Descriptors(grades=tuple(f"text {rank}" for rank in range(1, grades + 1))),),
        author="test",
        written_on=date(2026, 11, 23),
        bands=bands,
        may_not_apply=may_not_apply,
        known_for_months=known_for_months,
    )


def _d1() -> tuple[Unit, ...]:
    return (
        make_unit("D1", bands=("0-2",)),
        *(make_unit(f"D1.{item}", bands=("2-5",), label="younger") for item in ("i", "ii", "iii", "iv")),
        *(make_unit(f"D1.{item}", bands=("5+",), label="older") for item in ("i", "ii", "iii", "iv")),
    )


def _subarea(code: str, letters: str | None) -> Subarea:
    if letters is None:
        units = _d1()
    elif not letters:
        units = (make_unit(code),)
    else:
        units = tuple(
            make_unit(
                f"{code}.{letter}",
                may_not_apply=(code, letter) == ("A5", "d"),
                known_for_months=3 if (code, letter) == ("A5", "d") else 0,
            )
            for letter in letters
        )
    return Subarea(
        code=code,
        label=f"sub-area {code}",
        units=units,
        safety_critical=code in {"A5", "B1", "B2"},
    )


def make_pack(*, policy: Policy = Policy.MODE_WITH_OVERRIDE) -> Pack:
    """Return a pack of four areas and thirteen sub-areas with five grades."""
    return Pack(
        id="graded-care",
        version="1.0.0",
        sha256="0" * 64,
        title="Test pack",
        short_title="Test",
        language="en-GB",
        subject=Subject.CHILD,
        policy=policy,
        caution="",
        standing_note="",
        source="made up",
        licence=Licence(kind=LicenceKind.OPEN, holder="nobody", copyright="none"),
        thresholds=Thresholds(watch_from=3, alert_from=4, override_from=4),
        window=WindowRule(),
        targets=TargetRule(never_worse_than=3, supervisor_reason_at=4),
        grades=tuple(Grade(value=value, label=f"grade {value}") for value in range(1, 6)),
        bands=(
            Band(code="0-2", label="0 to 2 years", from_months=0, to_months=24),
            Band(code="2-5", label="2 to 5 years", from_months=24, to_months=60),
            Band(code="5+", label="5 years and over", from_months=60),
        ),
        areas=tuple(
            Area(
                code=area,
                label=f"area {area}",
                subareas=tuple(_subarea(code, letters) for code, letters in _LETTERS.items() if code[0] == area),
            )
            for area in "ABCD"
        ),
    )


def make_four_grade_pack() -> Pack:
    """Return the pack of ``tests/data/packs/four-grade``: two areas, grades valued 5, 10, 15 and 20."""
    return Pack(
        id="four-grade",
        version="1.0.0",
        sha256="0" * 64,
        title="Four-grade test record",
        short_title="Four grades",
        language="en-GB",
        subject=Subject.CHILD,
        policy=Policy.MODE_WITH_OVERRIDE,
        caution="",
        standing_note="",
        source="made up",
        licence=Licence(kind=LicenceKind.OPEN, holder="nobody", copyright="none"),
        thresholds=Thresholds(watch_from=10, alert_from=15, override_from=15),
        window=WindowRule(),
        targets=TargetRule(never_worse_than=10, supervisor_reason_at=15),
        grades=tuple(Grade(value=value, label=f"grade {value}") for value in (5, 10, 15, 20)),
        bands=(Band(code="all", label="Any age"),),
        areas=(
            Area(
                code="P",
                label="Home",
                subareas=(
                    Subarea(
                        code="P1",
                        label="Warmth",
                        units=tuple(make_unit(f"P1.{letter}", grades=4) for letter in "abc"),
                    ),
                    Subarea(code="P2", label="Sleep", units=(make_unit("P2", grades=4),)),
                ),
            ),
            Area(
                code="Q",
                label="Play",
                subareas=(
                    Subarea(
                        code="Q1",
                        label="Time together",
                        units=(make_unit("Q1.a", grades=4), make_unit("Q1.b", grades=4, may_not_apply=True)),
                        safety_critical=True,
                    ),
                ),
            ),
        ),
    )


def make_gated_pack() -> Pack:
    """Return a pack about unborn children: P open, R opened by concern in P or by judgement, H by the birth."""

    def area(code: str, *, bands: tuple[str, ...] = ()) -> Area:
        units = tuple(make_unit(f"{code}1.{letter}", bands=bands) for letter in "abc")
        return Area(code=code, label=f"section {code}", subareas=(Subarea(code=f"{code}1", label=code, units=units),))

    return replace(
        make_pack(),
        id="gated",
        subject=Subject.UNBORN,
        bands=(
            Band(code="before", label="Before birth", from_months=-10, to_months=0),
            Band(code="0-3m", label="Birth to 3 months", from_months=0, to_months=3),
        ),
        areas=(area("P", bands=("before",)), area("R", bands=("before",)), area("H")),
        gates=(
            Gate(area="H", opens_by=GateCondition.BIRTH),
            Gate(
                area="R",
                opens_by=GateCondition.CONCERN,
                concern_in="P",
                concern_from=Threshold.WATCH_FROM,
                by_judgement=True,
            ),
        ),
        next_pack="graded-care",
    )


def scored(grade: int, *people: tuple[str, str, int]) -> UnitAnswer:
    """Return a scored answer; each of ``people`` is an id, an ISO day and a grade."""
    return UnitAnswer(
        state=UnitState.SCORED,
        grade=grade,
        grades=tuple(PersonGrade(by=by, on=date.fromisoformat(on), grade=given) for by, on, given in people),
    )


def answers(**grades: int | None) -> dict[str, UnitAnswer]:
    """Return answers from keywords such as ``A1_a=3``; None is not started."""
    return {code.replace("_", "."): UnitAnswer() if grade is None else scored(grade) for code, grade in grades.items()}


def make_assessment(
    id_: str = "a1",
    *,
    units: Mapping[str, UnitAnswer] | None = None,
    state: AssessmentState = AssessmentState.IN_PROGRESS,
    window: Window | None = WINDOW,
    band: str = "2-5",
    carers: tuple[str, ...] = ("p1",),
) -> Assessment:
    """Return an assessment of child ``c1`` by ``w1``, explained to its carers, with the words written."""
    return Assessment(
        id=id_,
        child="c1",
        carers=carers,
        band=band,
        window=window,
        state=state,
        assessors=("w1",),
        explained=Explained(
            what="the whole of it",
            leaflet="none",
            language="English",
            interpreter="none needed",
            carers=tuple(CarerConsent(person=carer, answer=Consent.AGREED) for carer in carers),
        ),
        units=units or {},
        child_voice="points at the fridge",
        analysis="written",
        meaning_so_far="written",
        meaning_ahead="written",
    )
