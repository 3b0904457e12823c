"""A copy of a record for the person it is about: what it holds, what it leaves out and says so, and the whole of it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from gcp2_app.domain.alerts import Asked, SetAside
from gcp2_app.domain.answers import Evidence, EvidenceSource
from gcp2_app.domain.assessment import SafetyStep, SharingHeldBack, Target
from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.moment import Moment
from gcp2_app.domain.readers import Audience
from gcp2_app.domain.register import Address, Agency, Carer, Child, Household, LearningNeed, Member, NeedState, Person
from gcp2_app.domain.supervision import Decision, Supervision
from gcp2_app.domain.when import When
from gcp2_app.domain.withheld import SecretKind, Why
from gcp2_app.errors import InvalidValue
from gcp2_app.reports.pdf.subject_access import ASSESSMENTS, ENTRIES, REGISTER
from gcp2_app.services import assessments, register
from gcp2_app.services.documents import choosing
from gcp2_app.services.documents.making import Copy, Wanted, export, preview
from gcp2_app.services.session import Session
from tests.reports.leaks import nothing_of, page_text
from tests.reports.tags import read_tags
from tests.stores import TODAY, actions, add_family, begin, grade_all

_DAY = TODAY - timedelta(days=20)
_NEED = LearningNeed(state=NeedState.DIAGNOSED, source="Practice psychologist", on=_DAY)


def _entry(id_: str, kind: str, child: Child, **fields: object) -> Entry:
    return Entry(id=id_, kind=kind, children=(child.id,), when=When.on(_DAY), **fields)  # type: ignore[arg-type]


@pytest.fixture
def child(session: Session) -> Child:
    """A child with two carers, a home, an assessment, and entries that are partly other people's."""
    made, mother = add_family(session)
    register.save_person(session, replace(mother, learning_need=_NEED, phone="01632 960111", note="Mother’s own note."))
    father = register.save_person(session, Person(id="", name="Dean Practice-Marsh", phone="01632 960222"))
    made = register.save_child(
        session,
        replace(
            made,
            aliases=("Robbie",),
            note="Likes trains.",
            carers=(*made.carers, Carer(person=father.id, relationship="father")),
            set_asides=(SetAside(rule="LP2.gap", reason="Aside-reason.", by="w", on=_DAY, until=TODAY),),
            alerts_asked=(Asked(rule="LP2.gap", whom="Nan-asked", on=_DAY, answer="Seen often.", by="w"),),
        ),
    )
    home = Address(lines=("4 Practice Lane",), postcode="DY1 1AA", from_=date(2024, 1, 1))
    members = (Member(who=made.id), Member(who=mother.id))
    register.save_household(session, Household(id="", members=members, addresses=(home,)))
    graded = grade_all(session, begin(session, made, first=TODAY - timedelta(days=40)), 4)
    answer = replace(graded.assessment.units["A1.a"], carer_grade=2, carer_comment="Carer-says.")
    assessments.save(session, graded, replace(graded.assessment, units={**graded.assessment.units, "A1.a": answer}))
    sent = {"content": [{"block": "Adults", "label": "Adults", "text": "Frozen-words of all."}], "by_agency": "school"}
    with session.store.transaction() as tx:
        for entry in (
            _entry("v", "visit", made, what="Kitchen warm.", carer_response="Answered-so.", data={"mode": "home"}),
            _entry("r", "referral", made, what="No coat.", data=sent),
            _entry("l", "learning_support", made, data={"person": mother.id, "adult_services_on": _DAY.isoformat()}),
            _entry("h", "note", made, what="Harm-words.", harm_if_disclosed=True),
            _entry("n", "note", made, what="Told-words.", source=Source(name="Mrs Vole", agency=Agency.NEIGHBOUR)),
            _entry("m", "note", made, what="MRS VOLE was mentioned."),
        ):
            tx.entries.put(entry, by=None)
        tx.supervisions.put(
            Supervision(
                id="s",
                child=made.id,
                on=_DAY,
                by=session.professional.id,
                discussed="Supervised-words.",
                decisions=(Decision(what="Ring school", why="nobody has"),),
            ),
            by=None,
        )
    return made


def _copy(session: Session, child: Child, audience: Audience | None = None, **more: object) -> Copy:
    return preview(session, Wanted(kind="subject_access", child=child.id, audience=audience, **more))  # type: ignore[arg-type]


def _text(copy: Copy) -> str:
    return " ".join(page_text(copy.content).split())


_OTHERS = (
    "Answered-so",
    "Carer-says",
    "The carer’s own grade",
    "Frozen-words",
    "Harm-words",
    "Told-words",
    "Vole",
    "psychologist",
    "01632 960",
    "own note",
)
_NOTES = ("Supervised-words", "Aside-reason", "Nan-asked")


def test_the_copy_that_is_handed_over_is_the_one_that_is_made_unless_the_whole_is_asked_for(
    session: Session, child: Child
) -> None:
    copy = _copy(session, child)
    nothing_of(copy.content, (*_OTHERS, *_NOTES))
    text = _text(copy)
    for said in (
        "Copy of your record: Robin Practice-Oak",
        "You asked for what is held about you",
        "Also known as Robbie",
        "Likes trains.",
        "4 Practice Lane, DY1 1AA from 1 January 2024",
        "Lived in the same home Practice Mother",
        "Kitchen warm.",
        "No coat.",
        "[withheld] was mentioned.",
        # What somebody makes of the facts is about the person, and theirs to read.
        "Analysis: Worries and strengths.",
        "Seen for A1.a.",
        "ico.org.uk",
    ):
        assert said in text


def test_what_is_left_out_is_listed_with_the_part_it_stood_in_and_the_ground(session: Session, child: Child) -> None:
    copy = _copy(session, child)
    text = _text(copy)
    listed = text[text.rindex("What was left out of this copy, and why") :]
    for said in (
        "Who the record is about 2 passages It is about another person",
        "1 whole entry It could seriously harm somebody’s physical or mental health.",
        "1 whole entry Somebody told it in confidence",
        "1 name of somebody who told us something",
        "Schedule 2, Part 3: the rights of other people",
        "Schedule 3: serious harm",
    ):
        assert said in listed
    # Each once, in the part it stood in: nothing for the trend that is read on the way and not printed.
    assert {(loss.where, loss.why, loss.kind, loss.times) for loss in copy.losses} == {
        (REGISTER, Why.THIRD_PARTY, SecretKind.WORDS, 2),
        (ASSESSMENTS, Why.THIRD_PARTY, SecretKind.WORDS, 2),
        (ENTRIES, Why.THIRD_PARTY, SecretKind.WORDS, 2),
        (ENTRIES, Why.THIRD_PARTY, SecretKind.ENTRY, 1),
        (ENTRIES, Why.HARM, SecretKind.ENTRY, 1),
        (ENTRIES, Why.CONFIDED, SecretKind.ENTRY, 1),
        (ENTRIES, Why.CONFIDED, SecretKind.SOURCE, 1),
    }


def test_the_whole_record_is_marked_as_not_to_be_handed_over(session: Session, child: Child) -> None:
    copy = _copy(session, child, Audience.OWN_AGENCY)
    text = _text(copy)
    assert copy.losses == ()
    assert "not to be handed over" in text
    assert "Nothing was left out." in text
    for said in ("Answered-so", "Frozen-words", "Harm-words", "Told-words", *_NOTES):
        assert said in text
    assert "Decided: Ring school, because nobody has." in text
    assert "Could do harm if it were disclosed" in text


def test_a_parent_reads_what_is_held_about_themselves_and_not_about_the_other(session: Session, child: Child) -> None:
    mother, father = (carer.person for carer in child.carers)
    mothers, fathers = _copy(session, child, person=mother), _copy(session, child, person=father)
    text = _text(mothers)
    assert "about you in the same record" in text
    assert "About you: telephone 01632 960111" in text
    assert "About you: learning need Diagnosed (Practice psychologist" in text
    assert "Adult services" in text
    nothing_of(mothers.content, ["01632 960222"])
    nothing_of(fathers.content, ["01632 960111", "psychologist", "own note", "Adult services", "Answered-so"])


def test_what_one_reader_may_hear_is_left_in(session: Session, child: Child) -> None:
    alone = register.save_child(session, replace(child, carers=child.carers[:1]))
    with_answer = _copy(session, alone, person=alone.carers[0].person)
    assert "Answered-so" in _text(with_answer)
    assert "The carer’s own grade: 2" in _text(_copy(session, child, Audience.OWN_AGENCY))
    ticked = _copy(session, child, shown=frozenset({"r", "l"}))
    assert "Frozen-words" in _text(ticked)


def _with_evidence(session: Session, child: Child, *pieces: Evidence, **changes: Any) -> None:
    with session.store.transaction() as tx:
        (held,) = tx.assessments.of_child(child.id)
        answer = replace(held.units["A1.a"], evidence=pieces)
        tx.assessments.put(replace(held, units={**held.units, "A1.a": answer}, **changes), by=session.user.id)


_BY_NURSE = Evidence(id="n1", text="Nurse-weighed.", source=EvidenceSource.OTHER_PROFESSIONAL)
_BY_SCHOOL = Evidence(id="n2", text="School-told.", source=EvidenceSource.OTHER_PROFESSIONAL, harm_if_disclosed=True)
_JUDGED = Evidence(id="n3", text="Doctor-wrote.", source=EvidenceSource.OTHER_PROFESSIONAL, third_party=False)


def test_evidence_is_decided_piece_by_piece_and_can_be_put_in_but_not_what_could_do_harm(
    session: Session, child: Child
) -> None:
    _with_evidence(session, child, _BY_NURSE, _BY_SCHOOL, _JUDGED)
    copy = _copy(session, child)
    nothing_of(copy.content, ["Nurse-weighed", "School-told"])
    assert "Doctor-wrote." in _text(copy)
    losses = {(loss.where, loss.why): loss.times for loss in copy.losses if loss.kind is SecretKind.EVIDENCE}
    assert losses == {(ASSESSMENTS, Why.THIRD_PARTY): 1, (ASSESSMENTS, Why.HARM): 1}
    wanted = Wanted(kind="subject_access", child=child.id)
    found = {each.id: each for each in choosing.choices(session, wanted) if each.id.startswith("evidence n")}
    assert {id_: (each.why, each.can_change, each.stands) for id_, each in found.items()} == {
        "evidence n1": (Why.THIRD_PARTY, True, False),
        "evidence n2": (Why.HARM, False, False),
        "evidence n3": (None, True, True),
    }
    assert found["evidence n1"].words == "Evidence on A1.a, from another professional, Nurse-weighed."
    chosen = replace(wanted, shown=frozenset(found), without=frozenset({"evidence n3"}))
    again = {each.id: each.stands for each in choosing.choices(session, chosen) if each.id in found}
    assert again == {"evidence n1": True, "evidence n2": False, "evidence n3": False}
    made = preview(session, chosen)
    assert "Nurse-weighed." in _text(made)
    nothing_of(made.content, ["School-told", "Doctor-wrote"])
    assert "Whoever prepared this copy took it out." in _text(made)


def test_the_agencys_copy_says_the_marks_and_a_cut_grade_is_not_said_to_rest_on_less(
    session: Session, child: Child
) -> None:
    carer = Evidence(id="c1", text="Carer-told.", source=EvidenceSource.CARER_SAID)
    _with_evidence(
        session, child, _BY_NURSE, replace(_BY_SCHOOL, third_party=True), carer, carers=(child.carers[0].person,)
    )
    for kind in ("subject_access", "assessment"):
        own = _text(preview(session, Wanted(kind=kind, child=child.id, audience=Audience.OWN_AGENCY)))
        assert "From a third party. Could do harm if it were disclosed." in own
    mother = child.carers[0].person
    copy = preview(session, Wanted(kind="assessment", child=child.id, person=mother))
    text = _text(copy)
    assert "Carer-told." in text
    assert "Some of the evidence is not in this copy." in text
    assert "Rests only on what a carer said" not in text
    nothing_of(copy.content, ["Nurse-weighed", "School-told"])


def test_a_unit_says_whether_nothing_was_written_or_all_of_it_is_left_out(session: Session, child: Child) -> None:
    with session.store.transaction() as tx:
        made = tx.assessments.of_child(child.id)[0]
        bare = replace(made.units["A1.a"], carer_grade=None, carer_comment="", evidence=(), what_changed="")
        units = {**made.units, "A1.a": bare, "A1.b": replace(bare, evidence=(_BY_NURSE,))}
        tx.assessments.put(replace(made, units=units), by=session.user.id)
    aloud = read_tags(_copy(session, child).content).aloud
    first, second = (
        next(line for line in aloud.splitlines() if f"Part of care: {code}" in line) for code in ("A1.a", "A1.b")
    )
    assert first.endswith("What was written: Nothing was written")
    assert second.endswith("What was written: [withheld]")


def test_evidence_found_at_a_visit_to_a_sibling_goes_with_that_visit(session: Session, child: Child) -> None:
    sibling = register.save_child(session, Child(id="", given_names="Fern", carers=child.carers))
    with session.store.transaction() as tx:
        marked = replace(_entry("sv", "visit", sibling, data={"mode": "home"}), harm_if_disclosed=True)
        tx.entries.put(marked, by=None)
    piece = Evidence(id="n4", text="Found-there.", source=EvidenceSource.SEEN_AT_HOME, visit="sv")
    _with_evidence(session, child, piece)
    for audience in (Audience.CHILD, Audience.PARENT):
        copy = _copy(session, child, audience)
        nothing_of(copy.content, ["Found-there"])
        assert (ASSESSMENTS, Why.HARM) in {(loss.where, loss.why) for loss in copy.losses}
    assert "Found-there." in _text(_copy(session, child, Audience.OWN_AGENCY))


def test_a_day_as_it_was_told_and_what_was_planned_stand_in_the_copy(session: Session, child: Child) -> None:
    held = SharingHeldBack(reason="Held-because.", agreed_by="Manager", look_again_on=TODAY)
    step = SafetyStep(step="Lock the gate", owner="Jo", by=TODAY)
    target = Target(unit="A1.a", current=4, target=2, support="A list", owner="Jo Reed", safety_step=step)
    _with_evidence(
        session, child, day_in_life={"breakfast": "Toast-made."}, targets=(target,), held_back=(held,),
        incomplete_reason="Away-then.",
    )  # fmt: skip
    copy = _copy(session, child)
    text = _text(copy)
    assert "A day, as it was told: Breakfast: Toast-made." in text
    assert "from 4 to 2 (A list; Jo Reed). First: Lock the gate" in text
    assert "Away-then." in text
    nothing_of(copy.content, ["Held-because"])
    assert (ASSESSMENTS, Why.HARM) in {(loss.where, loss.why) for loss in copy.losses}
    nothing_of(_copy(session, child, Audience.PARENT).content, ["Held-because", "Toast-made"])
    assert "Held-because." in _text(_copy(session, child, Audience.OWN_AGENCY))


def test_an_address_is_theirs_for_as_long_as_they_lived_there(session: Session, child: Child) -> None:
    home = Address(lines=("12 Grandmother Lane",), from_=date(2003, 6, 9), to=date(2024, 8, 31))
    before = Address(lines=("1 Earlier Row",), to=date(2003, 6, 8))
    stays = tuple(Member(who=child.id, from_=date(2024, month, 1), to=date(2024, month + 1, 9)) for month in (3, 8))
    register.save_household(session, Household(id="", members=stays, addresses=(before, home)))
    text = _text(_copy(session, child))
    assert "12 Grandmother Lane from 1 March 2024 to 9 April 2024" in text
    assert "12 Grandmother Lane from 1 August 2024 to 31 August 2024" in text
    assert "Earlier Row" not in text


def test_a_siblings_medicine_that_was_written_down_for_both_is_the_siblings(session: Session, child: Child) -> None:
    sibling = register.save_child(session, Child(id="", given_names="Fern", carers=child.carers))
    with session.store.transaction() as tx:
        for id_, whose in (("m1", sibling.id), ("m2", child.id)):
            data = {"name": f"Liquid-{id_}", "dose_as_prescribed": "as on the label", "for_child": whose}
            tx.entries.put(replace(_entry(id_, "medicine", child, data=data), children=(child.id, sibling.id)), by=None)
    copy = _copy(session, child)
    assert "Liquid-m2" in _text(copy)
    nothing_of(copy.content, ["Liquid-m1"])


def test_whose_words_the_lines_of_a_visit_are_decides_who_reads_them(session: Session, child: Child) -> None:
    at = f"{_DAY.isoformat()}T10:00:00+00:00"
    lines = [
        {"id": str(number), "at": at, "how": how, "text": text}
        for number, (how, text) in enumerate(
            (("i_saw", "Saw-warm."), ("child_said", "Child-cold."), ("carer_said", "Carer-tired."))
        )
    ]
    with session.store.transaction() as tx:
        data = {"mode": "home", "lines": lines}
        tx.entries.put(_entry("sheet", "visit", child, what="Saw-warm.", data=data), by=None)
    parents, own = _copy(session, child, Audience.PARENT), _copy(session, child)
    nothing_of(parents.content, ["Child-cold", "Carer-tired"])
    nothing_of(own.content, ["Carer-tired"])
    assert "Child-cold." in _text(own)
    assert "Carer-tired." in _text(_copy(session, child, Audience.OWN_AGENCY))


def test_people_invited_stand_one_below_the_other(session: Session, child: Child) -> None:
    invited = [{"role": "mother", "name": "Practice Mother"}, {"role": "GP", "name": "Dr Practice"}]
    with session.store.transaction() as tx:
        data = {"type": "core_group", "held": _DAY.isoformat(), "invited": invited}
        tx.entries.put(_entry("cg", "meeting", child, what="Met.", data=data), by=None)
    aloud = read_tags(_copy(session, child).content).aloud
    assert "People invited: / Role: mother; Name: Practice Mother / Role: GP; Name: Dr Practice" in aloud


def test_an_empty_record_and_one_of_an_unborn_child_have_a_copy_too(session: Session) -> None:
    unborn = register.save_child(session, Child(id="", expected_date=TODAY + timedelta(days=40)))
    text = _text(_copy(session, unborn))
    assert "Expected 2 January 2027" in text
    assert "No assessment is recorded here." in text
    assert "Nothing is written down here" in text
    assert "Nothing was left out." in text
    assert "Copy of the record" in text
    with pytest.raises(InvalidValue, match="not born yet"):
        _copy(session, unborn, Audience.CHILD)


def test_a_copy_is_read_as_of_a_day_and_leaves_as_an_export(session: Session, child: Child) -> None:
    before = _copy(session, child, Audience.OWN_AGENCY, moment=Moment(known_on=_DAY - timedelta(days=1)))
    nothing_of(before.content, ["Kitchen warm", *_NOTES])
    wanted = Wanted(kind="subject_access", child=child.id, recipient="Robin")
    made = export(session, wanted, reason="request of 2 November 2026", password="correct horse")
    assert actions(session)[0] == "report exported"
    nothing_of(made.content, _OTHERS, password="correct horse")
