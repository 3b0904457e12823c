"""Every rule, over histories nobody thought of: since when an alert has held, and how long nothing can change."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gcp2_app.domain.entries import Entry, Theme
from gcp2_app.domain.register import Allocation, Category, Child
from gcp2_app.domain.rules.engine import ask_about_child
from gcp2_app.domain.rules.record import ChildRecord, Counting, Graded, day_of
from gcp2_app.domain.rules.registry import About
from gcp2_app.domain.rules.themes import RULES
from gcp2_app.domain.rules.view import View
from gcp2_app.domain.when import When
from gcp2_app.forms.packs import shipped_pack
from gcp2_app.forms.rule_policy import shipped_rules, shipped_working_days
from tests.exchange import made_up
from tests.exchange.cases import KINDS
from tests.rules import child, graded, home, status

TODAY = date(2026, 3, 9)
#: Days that are asked one by one before today.
REPLAYED = 90
ALLOCATED = TODAY - timedelta(days=60)
#: Few days, so that things fall together; and close, so that a replay day by day is short.
near = st.integers(-120, 20).map(lambda away: TODAY + timedelta(days=away))
whens = st.one_of(near.map(When.on), near.map(lambda day: When({"about": f"{day:%Y-%m}"})))


def nearer(draw: st.DrawFn, value: Any) -> Any:
    """The same data with every day a near one."""
    if isinstance(value, dict):
        return {key: nearer(draw, inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [nearer(draw, inner) for inner in value]
    return draw(near).isoformat() if day_of(value) is not None else value


@st.composite
def entries(draw: st.DrawFn, kind: str, id_: str) -> Entry:
    """An entry of a kind with any data that kind may hold, its dates near each other."""
    data = nearer(draw, draw(made_up.data_of(KINDS[kind].items)))
    return Entry(
        id=id_,
        kind=kind,
        children=draw(st.sampled_from([("c1",), ("c1", "c2"), ("c2",)])),
        when=draw(st.none() | whens),
        known=draw(st.none() | near.map(When.on)),
        themes=tuple(draw(st.lists(st.sampled_from(Theme), max_size=2))),
        impact=draw(st.sampled_from(["", "hungry"])),
        data=data,
    )


@st.composite
def children(draw: st.DrawFn) -> Child:
    kinds = ("child_in_need", "child_protection", "early_help", "universal")
    span = st.tuples(st.sampled_from(kinds), near, st.none() | near, st.sampled_from([None, *Category]))
    return child(
        statuses=tuple(
            status(kind, min(from_, to or from_), to and max(from_, to), category)
            for kind, from_, to, category in draw(st.lists(span, max_size=3))
        ),
        date_of_birth=draw(st.sampled_from([date(2020, 1, 15), TODAY - timedelta(days=200), date(2013, 5, 1)])),
        long_term_condition_since=draw(st.none() | near),
        allocated=draw(st.sampled_from([(), (Allocation(professional="w1", role="social_worker", from_=ALLOCATED),)])),
    )


@st.composite
def records(draw: st.DrawFn) -> ChildRecord:
    kinds = draw(st.lists(st.sampled_from(sorted(KINDS)), max_size=8))
    made = [draw(entries(kind, f"e{i}")) for i, kind in enumerate(kinds)]
    pack = shipped_pack("graded-care")
    starts = draw(st.lists(near, max_size=3, unique=True))
    units = ("A1.a", "A5.a", "B2")
    assessments: list[Graded] = [
        graded(pack, f"a{i}", start, draw(st.fixed_dictionaries({unit: st.integers(1, 5) for unit in units})))
        for i, start in enumerate(starts)
    ]
    return ChildRecord(
        child=draw(children()),
        households=(home("c1", "c2", "p1"),),
        other_children=frozenset({"c2"}),
        entries=tuple(one for one in made if "c1" in one.children),
        around=tuple(one for one in made if "c2" in one.children and one.kind == "referral"),
        assessments=tuple(assessments),
        counting=draw(st.sampled_from(Counting)),
    )


@given(about=records())
@settings(max_examples=15)
def test_since_and_the_next_change_are_what_a_replay_day_by_day_finds(about: ChildRecord) -> None:
    policy, calendar = shipped_rules(), shipped_working_days()
    span = [TODAY + timedelta(days=away) for away in range(-REPLAYED, REPLAYED // 3)]
    rules = [rule for rule in RULES.values() if rule.about is About.CHILD]
    views = {day: View(about, calendar, today=day, policy=policy) for day in span}
    held = {
        rule.name: {day: rule.check(view, policy[rule.name].numbers) is not None for day, view in views.items()}
        for rule in rules
    }
    answer = ask_about_child(about, policy, calendar, today=TODAY)
    since = {alert.rule: alert.since for alert in answer.alerts}
    for name, days in held.items():
        assert (name in since) == days[TODAY], name
        run = TODAY
        while days.get(run):
            run -= timedelta(days=1)
        if name in since and run in days:
            assert since[name] == run + timedelta(days=1), name
        changed = [day for day in span if day > TODAY and days[day] != days[TODAY]]
        assert not changed or answer.changes_on <= changed[0], name
