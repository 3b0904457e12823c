"""Short records for tests of rules: a child, entries, statuses; and asking one rule as of a day."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from gcp2_app.domain.alerts import Alert
from gcp2_app.domain.answers import UnitAnswer, UnitState
from gcp2_app.domain.assessment import Assessment, AssessmentState, Window
from gcp2_app.domain.entries import Entry, Source, Theme
from gcp2_app.domain.instrument import Pack
from gcp2_app.domain.register import Agency, Carer, Category, Child, Household, Member, Person, Status, StatusKind
from gcp2_app.domain.rules.engine import ask_about_child
from gcp2_app.domain.rules.record import ChildRecord, Counting, Graded
from gcp2_app.domain.scoring import band_of, score_assessment
from gcp2_app.domain.when import When
from gcp2_app.forms.rule_policy import shipped_rules, shipped_working_days

#: A Monday without a bank holiday near.
DAY = date(2026, 3, 9)
CHILD = Child(id="c1", given_names="Robin", family_name="Example", date_of_birth=date(2020, 1, 15))


def days(count: int) -> timedelta:
    return timedelta(days=count)


def working(day: date, count: int) -> date:
    """The working day so many working days after."""
    return shipped_working_days().after(day, count)


def entry(
    id_: str,
    kind: str,
    on: date | dict[str, str] | None,
    /,
    *,
    agency: str | None = "school",
    known: date | None = None,
    children: tuple[str, ...] = ("c1",),
    themes: Iterable[str] = (),
    impact: str = "",
    **data: Any,
) -> Entry:
    when = None if on is None else When(on.isoformat() if isinstance(on, date) else on)
    return Entry(
        id=id_,
        kind=kind,
        children=children,
        when=when,
        known=None if known is None else When.on(known),
        source=None if agency is None else Source(agency=Agency(agency)),
        themes=tuple(map(Theme, themes)),
        impact=impact,
        data={key: value.isoformat() if isinstance(value, date) else value for key, value in data.items()},
    )


def status(kind: str, from_: date | None, to: date | None = None, category: str | None = None) -> Status:
    return Status(
        status=StatusKind(kind), from_=from_, to=to, category=None if category is None else Category(category)
    )


def plan(from_: date, to: date | None = None, category: str = "neglect") -> Status:
    """A child protection plan."""
    return status("child_protection", from_, to, category)


def child(**changes: Any) -> Child:
    return replace(CHILD, **changes)


def carer(learning_need: Any = None) -> tuple[Carer, Person]:
    return Carer(person="p1", relationship="mother", main=True), Person(id="p1", learning_need=learning_need)


def home(*members: str, from_: date | None = None, id_: str = "h1") -> Household:
    return Household(id=id_, members=tuple(Member(who=who, from_=from_) for who in members))


def graded(
    pack: Pack,
    id_: str,
    starts: date,
    grades: dict[str, int],
    *,
    otherwise: int | None = 2,
    window_days: int = 21,
    signed: date | None = None,
    born: date | None = CHILD.date_of_birth,
    **changes: Any,
) -> Graded:
    """A signed-off assessment: these grades, and ``otherwise`` for every other unit of its band (None: unscored)."""
    window = Window(from_=starts, to=starts + timedelta(days=window_days - 1))
    bare = Assessment(
        id=id_,
        child="c1",
        carers=("p1",),
        pack=pack.id,
        pack_version=pack.version,
        window=window,
        state=AssessmentState.SIGNED_OFF,
        signed_off_on=signed or window.to,
    )
    bare = replace(bare, **changes)

    codes = pack.units_in(band_of(pack, bare, born))
    wanted = {code: grades.get(code, otherwise) for code in codes}
    units = {
        code: UnitAnswer(state=UnitState.SCORED, grade=grade) for code, grade in wanted.items() if grade is not None
    }
    assessment = replace(bare, units=units)
    profile = score_assessment(pack, assessment, born)
    counts_from = assessment.signed_off_on
    assert counts_from is not None
    return Graded(
        assessment=assessment,
        pack=pack,
        profile=profile,
        units={code: answer.grade for code, answer in units.items() if answer.grade is not None},
        counts_from=counts_from,
    )


def elsewhere(
    pack: Pack, id_: str, starts: date, grades: dict[str, int], *, window_days: int = 21, **changes: Any
) -> Graded:
    """An assessment recorded elsewhere: these grades of sub-areas and no others."""
    window = Window(from_=starts, to=starts + timedelta(days=window_days - 1))
    units = {code: UnitAnswer(state=UnitState.SCORED, grade=grade) for code, grade in grades.items()}
    bare = Assessment(
        id=id_,
        child="c1",
        carers=("p1",),
        pack=pack.id,
        pack_version=pack.version,
        window=window,
        state=AssessmentState.SIGNED_OFF,
        recorded_elsewhere=True,
        units=units,
    )
    assessment = replace(bare, **changes)
    profile = score_assessment(pack, assessment, None)
    return Graded(
        assessment=assessment,
        pack=pack,
        profile=profile,
        units={},
        counts_from=assessment.signed_off_on or window.to,
    )


def record(*entries: Entry, of: Child = CHILD, counting: Counting = Counting.KNOWN, **more: Any) -> ChildRecord:
    return ChildRecord(child=of, entries=entries, counting=counting, **more)


def ask(rule: str, about: ChildRecord, on: date) -> Alert | None:
    """What one rule says on a day."""
    found = ask_about_child(about, shipped_rules(), shipped_working_days(), today=on, names=[rule]).alerts
    assert len(found) <= 1
    return found[0] if found else None


def holds(rule: str, about: ChildRecord, on: date) -> bool:
    return ask(rule, about, on) is not None


def holds_from(rule: str, about: ChildRecord, first: date) -> bool:
    """Whether a rule does not hold the day before, and holds on the day, since that day."""
    found = ask(rule, about, first)
    return not holds(rule, about, first - timedelta(days=1)) and found is not None and found.since == first
