"""One record of two: nothing lost, and both back exactly as they were."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcp2_app.domain.alerts import Asked, SetAside
from gcp2_app.domain.assessment import Assessment, AssessmentState
from gcp2_app.domain.child_merges import (
    ChildMerge,
    Choice,
    Moved,
    apart,
    brought_up,
    differing,
    merged,
    three_way,
    without_entry,
)
from gcp2_app.domain.chronologies import Chronology, ChronologyStyle, Pick, Why
from gcp2_app.domain.entries import EnteredInError, Entry
from gcp2_app.domain.one_child import folded, given_to, named_in
from gcp2_app.domain.register import (
    Allocation,
    Carer,
    Child,
    Household,
    KnownAnswer,
    Member,
    Status,
    StatusKind,
)
from gcp2_app.domain.supervision import Supervision
from gcp2_app.forms.entry_kinds import load_kinds

TODAY = date(2026, 11, 23)
_NAMES = st.sampled_from(["", "Robin", "Robyn", "Oak", "Ash"])
_SOME = st.lists(st.sampled_from(["a", "b", "c"]), max_size=3, unique=True).map(tuple)
_DAYS = st.sampled_from([date(2026, 1, 1), date(2026, 6, 1), date(2026, 9, 1)])
CHILDREN = st.builds(
    Child,
    id=st.just("c1"),
    given_names=_NAMES,
    family_name=_NAMES,
    aliases=_SOME,
    date_of_birth=st.none() | _DAYS,
    sex=st.sampled_from(["", "F", "M"]),
    interpreter=st.sampled_from([None, True, False]),
    note=_NAMES,
    gp=_NAMES,
    gp_withheld_from=_SOME,
    carers=st.lists(st.builds(Carer, person=st.sampled_from("pq"), main=st.booleans()), max_size=2).map(tuple),
    statuses=st.lists(st.builds(Status, status=st.sampled_from(StatusKind), from_=_DAYS), max_size=2).map(tuple),
    allocated=st.lists(
        st.builds(Allocation, professional=st.sampled_from("vw"), confirmed_on=st.none() | _DAYS), max_size=3
    ).map(tuple),
    restricted=st.booleans(),
)


def _merge(child: Child, other: Child, *theirs: Choice) -> ChildMerge:
    other = replace(other, id="c2")
    return ChildMerge(
        id="m",
        child="c1",
        absorbed=other,
        before=child,
        after=merged(child, other, theirs=theirs, today=TODAY),
        at=datetime(2026, 11, 23, tzinfo=UTC),
        by="w1",
        reason="One.",
    )


@given(child=CHILDREN, other=CHILDREN, theirs=st.sets(st.sampled_from(Choice)))
def test_both_come_back_exactly_and_nothing_was_lost(child: Child, other: Child, theirs: set[Choice]) -> None:
    made = _merge(child, other, *theirs)
    assert apart(made, made.after) == (made.before, made.absorbed)
    after = made.after
    assert set(after.gp_withheld_from) == {*child.gp_withheld_from, *other.gp_withheld_from}
    assert after.restricted == (child.restricted or other.restricted)
    assert set(after.statuses) == {*child.statuses, *other.statuses}
    assert {each.person for each in after.carers} == {each.person for each in (*child.carers, *other.carers)}
    assert {*child.aliases, *other.aliases} <= {after.name, *after.aliases}
    for choice in Choice:
        if choice not in differing(child, other) and choice is not Choice.NAME:
            said = [value for each in (child, other) if (value := getattr(each, choice.value)) not in (None, "")]
            assert getattr(after, choice.value) in (said or [None, ""])


@given(before=CHILDREN, other=CHILDREN, now=CHILDREN)
def test_what_was_changed_since_stays(before: Child, other: Child, now: Child) -> None:
    made = _merge(before, other)
    kept, _ = apart(made, now)
    for name in ("sex", "gp", "note"):
        changed = getattr(now, name) != getattr(made.after, name)
        assert getattr(kept, name) == getattr(now if changed else before, name)
    since = [each for each in now.aliases if each not in made.after.aliases]
    assert set(since) <= set(kept.aliases)


def test_the_value_chosen_stands_and_the_other_name_is_kept() -> None:
    child = Child(id="c1", given_names="Robin", family_name="Oak", gp="Brook", sex="F")
    other = Child(id="c2", given_names="Robyn", family_name="Oak", gp="Lake")
    assert differing(child, other) == (Choice.NAME, Choice.GP)
    after = merged(child, other, theirs=(Choice.NAME, Choice.SEX), today=TODAY)
    assert (after.name, after.aliases, after.gp, after.sex) == ("Robyn Oak", ("Robin Oak",), "Brook", "F")


def test_a_family_name_alone_is_no_other_name() -> None:
    child = Child(id="c1", given_names="Robin", family_name="Oak")
    unborn = Child(id="c2", family_name="Oak", expected_date=TODAY)
    after = merged(child, unborn, theirs=(), today=TODAY)
    assert (after.aliases, after.expected_date) == ((), TODAY)
    assert merged(unborn, child, theirs=(), today=TODAY).name == "Oak"


def test_a_carer_of_both_is_one_and_one_is_the_main_one() -> None:
    ours = (Carer(person="p", main=True), Carer(person="q", relationship="aunt"))
    theirs = (
        Carer(person="p", relationship="mother", parental_responsibility=KnownAnswer.YES),
        Carer(person="r", main=True),
    )
    after = merged(Child(id="c1", carers=ours), Child(id="c2", carers=theirs), theirs=(), today=TODAY)
    mother = Carer(person="p", relationship="mother", parental_responsibility=KnownAnswer.YES, main=True)
    assert after.carers == (mother, ours[1], Carer(person="r"))


def test_an_allocation_in_both_is_one_with_the_later_confirmation() -> None:
    early, late = (Allocation(professional="w", confirmed_on=date(2026, month, 1)) for month in (1, 6))
    never = Allocation(professional="w")
    for ours, theirs in ((early, late), (late, early), (never, late), (late, never)):
        after = merged(Child(id="c1", allocated=(ours,)), Child(id="c2", allocated=(theirs,)), theirs=(), today=TODAY)
        assert after.allocated == (late,)


def test_what_was_set_aside_wakes_and_who_was_asked_stays() -> None:
    aside = SetAside(rule="r", reason="Holiday.", by="w", on=date(2026, 11, 1), until=date(2027, 1, 1))
    over = replace(aside, on=date(2026, 1, 1), until=date(2026, 2, 1))
    asked = Asked(rule="r", whom="GP", on=TODAY, answer="No.", by="w")
    after = merged(
        Child(id="c1", set_asides=(aside,), alerts_asked=(asked,)),
        Child(id="c2", set_asides=(over,), alerts_asked=(asked,)),
        theirs=(),
        today=TODAY,
    )
    assert [each.until for each in after.set_asides] == [date(2026, 2, 1), date(2026, 11, 22)]
    assert after.alerts_asked == (asked,)


def test_what_was_withheld_or_restricted_since_is_so_in_both() -> None:
    made = _merge(Child(id="c1", given_names="R"), Child(id="c2", given_names="S", school_withheld_from=("p",)))
    now = replace(made.after, restricted=True, school_withheld_from=("p", "q"))
    kept, other = apart(made, now)
    assert (kept.restricted, kept.school_withheld_from) == (True, ("q",))
    assert (other.restricted, other.school_withheld_from) == (True, ("p", "q"))


def test_a_group_of_keys_comes_back_with_what_was_changed_since() -> None:
    before = Entry(id="e", kind="note", relevance={"c1": "a", "c2": "b"})
    after = replace(before, relevance={"c1": "a\nb", "c3": "x"})
    now = replace(before, relevance={"c1": "a\nb", "c4": "new"})
    assert three_way(before, after, now).relevance == {"c1": "a", "c2": "b", "c4": "new"}


def test_a_merge_forgets_what_was_entered_in_error() -> None:
    made = replace(
        _merge(Child(id="c1"), Child(id="c2")),
        entries_before=(Entry(id="e", kind="note"), Entry(id="f", kind="note")),
        moved=Moved(entries=("e", "f")),
    )
    assert [each.id for each in without_entry(made, "e").entries_before] == ["f"]
    assert made.moved.count == 2
    late = replace(made, at=datetime(2026, 7, 1, 23, 30, tzinfo=UTC))
    assert late.on == date(2026, 7, 2)


# The records of a child --------------------------------------------------------------------------

_VISIT: dict[str, Any] = {
    "mode": "home",
    "seen": [{"child": "c2", "seen": True}, {"child": "c3"}],
    "lines": [{"text": "Cold.", "children": ["c2", "c3"]}, {"text": "Warm."}],
    "checks": {"food": "fine"},
    "of_another_program": "c2",
}


def test_everything_of_an_entry_that_names_a_child_names_the_other_and_back() -> None:
    kinds = load_kinds()
    visit = Entry(id="e", kind="visit", children=("c2", "c3"), relevance={"c2": "x"}, data=_VISIT)
    given_ = given_to(visit, {"c2": "c1"}, kinds)
    assert isinstance(given_, Entry)
    assert given_.children == ("c1", "c3")
    assert given_.relevance == {"c1": "x"}
    assert given_.data["seen"][0]["child"] == "c1"
    assert given_.data["lines"][0]["children"] == ["c1", "c3"]
    assert given_.data["of_another_program"] == "c2"
    assert given_to(given_, {"c1": "c2"}, kinds) == visit
    medicine = Entry(id="m", kind="medicine", children=("c2",), data={"for_child": "c2", "name": "c2"})
    moved = given_to(medicine, {"c2": "c1"}, kinds)
    assert isinstance(moved, Entry)
    assert moved.data == {"for_child": "c1", "name": "c2"}
    unknown = replace(visit, kind="of_another_program")
    assert given_to(unknown, {"c2": "c1"}, kinds) == replace(unknown, children=("c1", "c3"), relevance={"c1": "x"})


def test_what_was_said_of_both_is_said_once_or_one_below_the_other() -> None:
    data = {"type": "icpc", "decisions_per_child": {"c1": "Stay.", "c2": "Go."}}
    meeting = Entry(id="e", kind="meeting", children=("c2", "c1"), relevance={"c2": "x", "c1": "x"}, data=data)
    moved = given_to(meeting, {"c2": "c1"}, load_kinds())
    assert isinstance(moved, Entry)
    assert (moved.children, moved.relevance) == (("c1",), {"c1": "x"})
    assert moved.data["decisions_per_child"] == {"c1": "Stay.\nGo."}
    assert named_in(meeting) == {"c1", "c2"}


def test_households_supervisions_and_assessments_are_given_over() -> None:
    kinds, names = load_kinds(), {"c2": "c1"}
    home = Household(id="h", members=(Member(who="c1"), Member(who="c2"), Member(who="p")))
    assert given_to(home, names, kinds) == replace(home, members=(Member(who="c1"), Member(who="p")))
    assert named_in(home) == {"c1", "c2", "p"}
    held = Supervision(id="s", child="c2", on=TODAY, by="w")
    assert given_to(held, names, kinds) == replace(held, child="c1")
    draft = Assessment(id="a", child="c2")
    assert given_to(draft, names, kinds) == replace(draft, child="c1")
    assert named_in(draft) == {"c2"}


@pytest.mark.parametrize("signed", [True, False])
def test_what_was_signed_remembers_whose_it_was_through_any_merge(signed: bool) -> None:
    state = AssessmentState.SIGNED_OFF if signed else AssessmentState.DRAFT
    assessment, kinds = Assessment(id="a", child="c3", state=state), load_kinds()
    once = given_to(assessment, {"c3": "c2"}, kinds)
    twice = given_to(once, {"c2": "c1"}, kinds)
    assert isinstance(twice, Assessment)
    assert (twice.child, twice.made_for) == ("c1", "c3" if signed else "")
    assert given_to(given_to(twice, {"c1": "c2"}, kinds), {"c2": "c3"}, kinds) == assessment


def test_two_drafts_are_put_together() -> None:
    first = Chronology(
        id="d",
        child="c1",
        style=ChronologyStyle.FAMILY,
        picks=(Pick(entry="e"),),
        analysis="One.",
        shown=(Why.ANALYSIS,),
    )
    other = replace(first, id="d2", picks=(Pick(entry="e"), Pick(entry="f")), analysis="Two.", shown=())
    made = folded(first, other)
    assert (made.id, [each.entry for each in made.picks], made.analysis, made.shown) == (
        "d",
        ["e", "f"],
        "One.\n\nTwo.",
        (),
    )


def test_an_entry_in_error_is_still_an_entry_of_its_children() -> None:
    error = EnteredInError(by="w", at=datetime(2026, 1, 1, tzinfo=UTC), reason="Wrong child.")
    entry = Entry(id="e", kind="note", children=("c2",), entered_in_error=error)
    assert given_to(entry, {"c2": "c1"}, load_kinds()) == replace(entry, children=("c1",))


def test_what_changed_elsewhere_comes_in_where_nobody_chose_otherwise() -> None:
    base = Child(id="c2", given_names="Robyn", gp="Brook", school="Hill", sex="F", aliases=("Bobby",), note="Old.")
    now = Child(
        id="c1", given_names="Robin", gp="Brook", school="Lane", sex="M", aliases=("Bobby", "Robyn"), note="Old."
    )
    theirs = replace(base, gp="Lake", school="Far", sex="M", aliases=("Rob", "robin"), note="New.")
    made, left = brought_up(now, base, theirs)
    assert made == replace(now, gp="Lake", note="New.", aliases=("Robyn", "Rob"))
    assert left == ("school",)
    assert brought_up(now, base, base) == (now, ())


def test_a_carer_or_worker_of_both_is_one_after_a_file_too() -> None:
    mother, worker = Carer(person="p", main=True), Allocation(professional="w", confirmed_on=date(2026, 1, 1))
    now = Child(id="c1", carers=(mother,), allocated=(worker,))
    later = replace(worker, confirmed_on=date(2026, 6, 1))
    theirs = Child(id="c2", carers=(replace(mother, main=False), Carer(person="q")), allocated=(later,))
    made, _ = brought_up(now, Child(id="c2"), theirs)
    assert (made.carers, made.allocated) == ((mother, Carer(person="q")), (later,))
