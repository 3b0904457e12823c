"""The easy-read family summary: strengths first, plain words, and nothing that is somebody else’s."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from gcp2_app.domain.assessment import Assessment, Target
from gcp2_app.domain.entries import Entry, Source, Theme
from gcp2_app.domain.readers import Audience
from gcp2_app.domain.register import Agency, Allocation, Carer, Child, Person, Professional, Status, StatusKind
from gcp2_app.domain.when import When
from gcp2_app.domain.words import long_date
from gcp2_app.errors import AppError
from gcp2_app.reports.pdf.redaction import LEFT_OUT
from gcp2_app.services import register
from gcp2_app.services.documents.making import Copy, Wanted, preview
from gcp2_app.services.session import Session
from tests.reports.tags import Tagged, read_tags
from tests.stores import TODAY, add_family, signed_off

_DAY = TODAY - timedelta(days=20)


def _put(session: Session, *entries: Entry) -> None:
    with session.store.transaction() as tx:
        for entry in entries:
            tx.entries.put(entry, by=None)


def _aloud(copy: Copy) -> str:
    found: Tagged = read_tags(copy.content)
    assert found.faults == []
    return found.aloud


def _summary(session: Session, child: Child, **wanted: Any) -> str:
    return _aloud(preview(session, Wanted(kind="family_summary", child=child.id, **wanted)))


def _graded_twice(session: Session, supervisor: Session) -> tuple[Child, Person]:
    child, mother = add_family(session)
    signed_off(session, child, grade=3, first=TODAY - timedelta(days=300), supervisor=supervisor)
    later = signed_off(session, child, grade=2, first=TODAY - timedelta(days=100), supervisor=supervisor)
    _change(session, later.assessment, review_due=TODAY + timedelta(days=10))
    return child, mother


def _change(session: Session, assessment: Assessment, **changes: Any) -> None:
    with session.store.transaction() as tx:
        tx.assessments.put(replace(tx.assessments.get(assessment.id), **changes), by=session.user.id)


def test_strengths_come_first_and_grades_are_words_over_time(session: Session, supervisor: Session) -> None:
    child, _ = _graded_twice(session, supervisor)
    aloud = _summary(session, child)
    assert aloud.startswith("[H1] Your child’s care over time: Robin Practice-Oak")
    headings = [line for line in aloud.splitlines() if line.startswith("[H2]")]
    assert headings == [
        "[H2] What goes well",
        "[H2] What we saw over time",
        "[H2] What we agreed",
        "[H2] What helps",
        "[H2] What happens next",
        "[H2] Who to ask",
    ]
    assert "Food and drink" in aloud
    assert "February 2026: Some essential needs not met." in aloud
    assert "September 2026: Essential needs met." in aloud
    assert "Better than the time before." in aloud
    assert "By 3 December 2026: We look at the care again." in aloud
    assert "Nothing is written here. Tell us what would help." in aloud


def test_what_needs_to_change_says_who_helps_and_by_when(session: Session, supervisor: Session) -> None:
    child, _ = add_family(session)
    first = signed_off(session, child, grade=2, first=TODAY - timedelta(days=300), supervisor=supervisor)
    later = signed_off(session, child, grade=3, first=TODAY - timedelta(days=100), supervisor=supervisor)
    target = Target(unit="A1.a", current=3, target=2, due=TODAY, support="A list in pictures", owner="Jo")
    better = {**later.assessment.units, "A1.b": first.assessment.units["A1.b"]}
    _change(session, later.assessment, targets=(target,), units={**better, "A4": first.assessment.units["A4"]})
    lines = _summary(session, child).splitlines()
    start = lines.index("[H2] What needs to change")
    assert lines[start + 2 : start + 7] == [
        "Food and drink",
        "Some of this goes well.",
        "Help: A list in pictures",
        "Who: Jo",
        "By: 23 November 2026",
    ]
    assert "These need to change too" in lines
    assert "Not as good as the time before." in lines
    well = lines[: lines.index("[H2] What we saw over time")]
    assert "Food and drink" not in well
    assert "Washing and keeping clean" in well
    assert "Washing and keeping clean." not in lines


def test_what_goes_well_in_part_is_told_once_where_it_needs_to_change(session: Session, supervisor: Session) -> None:
    child, _ = add_family(session)
    first = signed_off(session, child, grade=2, first=TODAY - timedelta(days=300), supervisor=supervisor)
    later = signed_off(session, child, grade=3, first=TODAY - timedelta(days=100), supervisor=supervisor)
    _change(session, later.assessment, units={**later.assessment.units, "A1.b": first.assessment.units["A1.b"]})
    lines = _summary(session, child).splitlines()
    assert [line for line in lines if "Food and drink." in line] == ["Food and drink. Some of this goes well."]
    change = lines.index("[H2] What needs to change")
    well = lines[lines.index("[H2] What goes well") : change]
    assert "Food and drink" not in well
    assert well[2:4] == ["Parts of the care go well.", "We say which below."]


@pytest.mark.parametrize("ended", [False, True])
def test_what_was_agreed_on_an_older_plan_is_not_told_as_still_to_do(session: Session, ended: bool) -> None:
    child, _ = add_family(session)
    older = Status(status=StatusKind.CHILD_PROTECTION, from_=_DAY - timedelta(900), to=_DAY - timedelta(days=500))
    now = Status(status=StatusKind.CHILD_PROTECTION, from_=_DAY - timedelta(days=100))
    child = register.save_child(session, replace(child, statuses=(older,) if ended else (older, now)))
    old = {"what": "A bed", "agreed_on": (_DAY - timedelta(days=600)).isoformat()}
    _put(session, _entry(child, "a1", "action", data=old))
    lines = _summary(session, child).splitlines()
    assert lines[lines.index("[H2] What we agreed") + 1] == "Nothing is agreed yet."
    assert "A bed" not in lines
    gate = {"what": "A gate", "agreed_on": _DAY.isoformat()}
    _put(session, _entry(child, "a2", "action", data=gate))
    lines = _summary(session, child).splitlines()
    assert f"Agreed: {long_date(_DAY)}" in lines[lines.index("A gate") :]
    assert "A bed" not in lines


def test_where_all_support_has_ended_that_is_said(session: Session) -> None:
    child, _ = add_family(session)
    _put(session, _entry(child, "h", "support", data={"name": "Old help", "from": "2026-01-05", "to": "2026-02-06"}))
    lines = _summary(session, child).splitlines()
    assert "The help we wrote down has ended." in lines
    assert "Old help" not in lines


def test_it_says_whom_it_is_for_and_that_something_is_left_out(session: Session) -> None:
    child, mother = add_family(session)
    assert LEFT_OUT not in _summary(session, child, audience=Audience.PARENT)
    _put(session, _entry(child, "l1", "learning_support", data={"person": mother.id}))
    lines = _summary(session, child, audience=Audience.PARENT).splitlines()
    assert lines.count(LEFT_OUT) == 1
    assert "This copy is for: A parent" in lines
    assert f"This copy is for: {mother.name}" in _summary(session, child, person=mother.id).splitlines()


def test_a_day_that_has_passed_is_said_to_have_passed(session: Session, supervisor: Session) -> None:
    child, _ = add_family(session)
    made = signed_off(session, child, grade=3, first=TODAY - timedelta(days=100), supervisor=supervisor)
    late = Target(unit="A1.a", current=3, target=2, due=TODAY - timedelta(days=1), support="A list")
    _change(session, made.assessment, targets=(late,))
    due = {"what": "Ring the clinic", "agreed_on": _DAY.isoformat(), "due": (TODAY - timedelta(days=3)).isoformat()}
    _put(session, Entry(id="act", kind="action", children=(child.id,), when=When.on(_DAY), data=due))
    lines = _summary(session, child).splitlines()
    for said in ("By: 22 November 2026", "By: 20 November 2026"):
        assert lines[lines.index(said) + 1] == "That day has passed. Ask us what happens now."


def test_of_a_baby_who_is_not_born_it_says_so(session: Session) -> None:
    unborn = register.save_child(session, Child(id="", family_name="Practice-Oak", expected_date=TODAY))
    assert "This paper is about your baby, who is not born yet." in _summary(session, unborn)


def test_an_assessment_that_is_not_finished_is_not_told(session: Session) -> None:
    child, _ = add_family(session)
    aloud = _summary(session, child)
    assert "We have not finished an assessment yet." in aloud
    assert "Nothing is written here yet. Tell us what goes well." in aloud


def test_the_care_that_others_give_is_theirs_to_read(session: Session, supervisor: Session) -> None:
    child, mother = add_family(session)
    gran = register.save_person(session, Person(id="", name="Practice Gran"))
    signed_off(session, child, grade=3, first=TODAY - timedelta(days=300), supervisor=supervisor)
    by_gran = signed_off(session, child, grade=1, first=TODAY - timedelta(days=100), supervisor=supervisor)
    _change(session, by_gran.assessment, carers=(gran.id,))
    child = register.save_child(
        session, replace(child, carers=(*child.carers, Carer(person=gran.id, relationship="grandmother")))
    )
    for wanted in ({}, {"person": mother.id}, {"audience": Audience.CHILD}):
        aloud = _summary(session, child, **wanted)
        assert "All needs met" not in aloud
        assert "Some essential needs not met" in aloud
    grans = _summary(session, child, person=gran.id)
    assert "All needs met" in grans
    assert "Some essential needs not met" not in grans


def _entry(child: Child, id_: str, kind: str, *, what: str = "", **more: Any) -> Entry:
    return Entry(id=id_, kind=kind, children=(child.id,), when=When.on(_DAY), what=what, **more)


def test_it_says_what_was_agreed_what_helps_what_is_next_and_who_to_ask(session: Session) -> None:
    child, mother = add_family(session)
    with session.store.transaction() as tx:
        for id_, role in (("w1", "social worker"), ("w2", "advocate")):
            tx.professionals.put(Professional(id=id_, name=f"Practice {id_}", role=role, phone="01632 960001"), by=None)
    allocated = tuple(
        Allocation(professional=id_, role=role, from_=_DAY)
        for id_, role in (("w1", "social_worker"), ("w2", "advocate"))
    )
    child = register.save_child(session, replace(child, allocated=allocated))
    own = Source(agency=Agency.CHILDRENS_SOCIAL_CARE)
    agreed = _DAY.isoformat()
    actions: dict[str, dict[str, Any]] = {
        "open": {"due": TODAY.isoformat(), "who": "Mum"},
        "said": {"said_done_on": agreed},
        "part": {"said_done_on": agreed, "checked_on": TODAY.isoformat(), "checked_result": "part"},
        "done": {"said_done_on": agreed, "checked_on": TODAY.isoformat(), "checked_result": "done"},
        **{f"old{number}": {} for number in range(5)},
    }
    meeting = {"planned_for": (TODAY + timedelta(days=9)).isoformat()}
    _put(
        session,
        _entry(
            child, "s1", "visit", what="The bath was warm.", themes=(Theme.STRENGTH,), source=own, data={"mode": "home"}
        ),
        _entry(
            child,
            "s2",
            "visit",
            what="A neighbour praised her.",
            themes=(Theme.STRENGTH,),
            source=Source(agency=Agency.SCHOOL),
            data={"mode": "home"},
        ),
        *(
            _entry(child, id_, "action", data={"what": f"Do {id_}", "agreed_on": agreed, **data})
            for id_, data in actions.items()
        ),
        _entry(child, "h1", "support", data={"name": "Family worker", "from": agreed}),
        _entry(child, "h2", "support", data={"name": "Old help", "from": "2026-01-05", "to": "2026-02-06"}),
        _entry(child, "l1", "learning_support", data={"person": mother.id, "adjustments": [{"what": "pictures"}]}),
        _entry(child, "m1", "meeting", data={"type": "core_group", **meeting}),
        _entry(child, "m2", "meeting", data={"type": "strategy", **meeting}),
    )
    parents = _summary(session, child, person=mother.id)
    for line in (
        "November 2026: The bath was warm.",
        "Do open",
        "Who: Mum",
        "By: 23 November 2026",
        "Somebody said it is done. We have not checked yet.",
        "Partly done.",
        "Done. We have checked.",
        "2 more things were agreed.",
        "Began: November 2026",
        "Pictures.",
        "2 December 2026: Core group",
        "Practice w1",
        "Phone: 01632 960001",
        "Is somebody in danger now? Ring 999.",
    ):
        assert line in parents.splitlines()
    assert "praised" not in parents
    assert "Old help" not in parents
    assert "Strategy" not in parents
    assert "Practice w2" not in parents
    nobodys = preview(session, Wanted(kind="family_summary", child=child.id))
    assert "Pictures." not in _aloud(nobodys)
    assert any(loss.where == "What helps" for loss in nobodys.losses)
    childs = _summary(session, child, audience=Audience.CHILD)
    assert childs.startswith("[H1] Your care over time")
    assert "This paper is about you." in childs
    assert "Practice w2" in childs


def test_it_is_not_made_for_workers(session: Session) -> None:
    child, _ = add_family(session)
    with pytest.raises(AppError, match="not made for that reader"):
        _summary(session, child, audience=Audience.GP)
