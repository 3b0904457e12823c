"""Parts that several kinds of document share."""

from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from gcp2_app.domain.assessment import AssessmentState, SharingHeldBack, Target, Window
from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.readers import Audience
from gcp2_app.domain.register import Agency, Carer, Category, Child, Household, Member, Person, Status, StatusKind
from gcp2_app.domain.when import When
from gcp2_app.domain.withheld import Why
from gcp2_app.domain.words import capital, long_date
from gcp2_app.services import register
from gcp2_app.services.documents.choosing import choices
from gcp2_app.services.documents.making import Wanted, preview
from gcp2_app.services.session import Session
from tests.reports.tags import read_tags
from tests.stores import TODAY, add_family, begin, grade_all

_TOLD = Source(name="Jo Reed", role="social worker", agency=Agency.CHILDRENS_SOCIAL_CARE)


def _ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def _aloud(session: Session, kind: str, child: Child, **wanted: Any) -> str:
    found = read_tags(preview(session, Wanted(kind=kind, child=child.id, **wanted)).content)
    assert found.faults == []
    return found.aloud


def _add(session: Session, child: Child, kind: str, days: int, *, of: tuple[Child, ...] = (), **more: Any) -> None:
    """Add an entry of some days ago, about the child and others."""
    data = more.pop("data", {})
    children = tuple(each.id for each in (child, *of))
    entry = Entry(
        id=f"{kind}-{days}", kind=kind, children=children, when=When.on(_ago(days)), source=_TOLD, data=data, **more
    )
    with session.store.transaction() as tx:
        tx.entries.put(entry, by=None)


def test_a_target_names_its_unit_as_it_is_called_at_the_childs_age_and_says_when_its_day_has_passed(
    session: Session,
) -> None:
    child, _ = add_family(session, born=date(2019, 3, 4))
    working = grade_all(session, begin(session, child, first=_ago(40)), 3)
    targets = (
        Target(unit="D1.i", current=3, target=2, due=_ago(1)),
        Target(unit="Z9", current=3, target=2, due=TODAY),
    )
    with session.store.transaction() as tx:
        tx.assessments.put(replace(working.assessment, targets=targets), by=session.user.id)
    aloud = _aloud(session, "cin_review", child)
    assert "Unit: D1.i Education" in aloud
    assert "Unit: Z9 |" in aloud
    assert "D1.i Interaction" not in aloud
    assert "Due: 22 November 2026 / This day has passed" in aloud
    assert "Due: 23 November 2026\n" in aloud


def test_the_family_says_when_each_child_was_born_and_who_lives_with_them(session: Session) -> None:
    child, mother = add_family(session, born=date(2019, 3, 4))
    father = register.save_person(session, Person(id="", name="Dean Marsh"))
    carers = (*child.carers, Carer(person=father.id, relationship="father"))
    child = register.save_child(session, replace(child, carers=carers, language="English", disability="Epilepsy"))
    baby = register.save_child(session, Child(id="", family_name="Practice-Oak", expected_date=date(2027, 1, 11)))
    members = (Member(who=child.id), Member(who=mother.id), Member(who=baby.id))
    register.save_household(session, Household(id="", members=members))
    aloud = _aloud(session, "cumulative", child)
    assert "Born: 4 March 2019 / 7 years 8 months" in aloud
    assert (
        "Lives: With Practice Mother | To know: Language: English / Disability or long-term illness: Epilepsy" in aloud
    )
    assert "Born: Not yet born, expected 11 January 2027" in aloud
    assert (
        "Adult: Dean Marsh | Relationship: Father | Parental responsibility: Not recorded | Lives: Not known" in aloud
    )
    assert "Needs to take part: None recorded" in aloud


def test_how_a_child_was_seen_says_the_days_it_counts_why_not_alone_and_how_the_others_were_seen(
    session: Session,
) -> None:
    child, mother = add_family(session)
    other = register.save_child(
        session, Child(id="", given_names="Fern", family_name="Practice-Oak", date_of_birth=date(2019, 3, 4))
    )
    members = (Member(who=child.id), Member(who=other.id), Member(who=mother.id))
    register.save_household(session, Household(id="", members=members))
    home = {"mode": "home", "child_seen": True, "seen_alone": False}
    reason = MappingProxyType({"seen_alone": "asleep on the settee"})
    _add(session, child, "visit", 20, of=(other,), what="Warm.", data=home, not_known=reason)
    _add(session, other, "visit", 10, what="At school.", data={**home, "mode": "school", "seen_alone": True})
    aloud = _aloud(session, "conference", child)
    assert "23 November 2025 to 23 November 2026: 1 contact planned or made. 1 took place, 1 in person" in aloud
    assert "At 1 contact the child was seen, but not alone; the reason is recorded for 1." in aloud
    assert "Seen, not alone / Why not alone: asleep on the settee" in aloud
    assert (
        "Fern Practice-Oak: seen at 2 contacts, the last time on 13 November 2026; "
        "seen alone at 1 contact, the last time on 13 November 2026."
    ) in aloud
    later = _aloud(session, "conference", child, since=_ago(5))
    assert "Fern Practice-Oak: not seen; not seen alone." in later
    assert "Fern Practice-Oak: seen" not in _aloud(session, "conference", child, audience=Audience.PARENT)
    with session.store.transaction() as tx:
        tx.children.put(replace(other, restricted=True), by=None)
    assert "Fern Practice-Oak: not shown here." in _aloud(session, "conference", child)


def test_a_child_not_yet_born_is_not_said_to_be_unseen(session: Session) -> None:
    child, mother = add_family(session)
    baby = register.save_child(
        session, replace(child, id="", given_names="", date_of_birth=None, expected_date=date(2027, 1, 11))
    )
    members = (Member(who=child.id), Member(who=mother.id))
    register.save_household(session, Household(id="", members=members))
    _add(session, baby, "visit", 20, what="Crib indoors.", data={"mode": "home", "child_seen": False})
    aloud = _aloud(session, "conference", baby)
    assert "The child is not born yet." in aloud
    assert "The child was seen" not in aloud
    assert "The child: Not born yet | What was learned: Crib indoors." in aloud
    assert (
        "Adult: Practice Mother | Relationship: Mother | Parental responsibility: Not recorded | Lives: Own home"
        in aloud
    )
    assert "Lives: With Practice Mother" in aloud
    assert "Midwife | Not recorded" in aloud
    assert "School or nursery" not in aloud


def test_a_contact_before_the_birth_counts_and_is_not_said_to_have_missed_the_child(session: Session) -> None:
    child, _ = add_family(session, born=_ago(30))
    _add(session, child, "visit", 50, what="Crib.", data={"mode": "home", "child_seen": False})
    _add(session, child, "visit", 20, what="Fed.", data={"mode": "home", "child_seen": True})
    aloud = _aloud(session, "cin_review", child)
    assert "4 October to 23 November 2026: 2 contacts planned or made." in aloud
    assert "The child was seen at 1 contact, the last time on 3 November 2026." in aloud
    assert "The child: Not born yet | What was learned: Crib." in aloud


def test_what_carers_say_stands_with_its_day_and_with_whom_they_spoke(session: Session) -> None:
    child, _ = add_family(session)
    _add(session, child, "referral", 30, what="Asked.", carer_response="Kerry agreed at the gate.")
    _add(session, child, "statement", 20, what="‘It rains.’")
    aloud = _aloud(session, "core_group", child)
    assert "When: 24 October 2026 | What was said: Kerry agreed at the gate. | Who says so: Jo Reed" in aloud
    assert "When: 3 November 2026 | What was said: ‘It rains.’ | Who says so: Jo Reed" in aloud
    later = _aloud(session, "core_group", child, since=_ago(5))
    assert "Kerry agreed at the gate" not in later
    assert "1 earlier entry in the record, not printed here." in later


def test_what_one_carer_says_is_in_no_copy_for_another_unless_it_is_ticked(session: Session) -> None:
    child, mother = add_family(session)
    father = register.save_person(session, Person(id="", name="Dean Marsh"))
    both = (*child.carers, Carer(person=father.id, relationship="father"))
    child = register.save_child(session, replace(child, carers=both))
    _add(session, child, "event", 30, what="Police called.", carer_response="She said he broke the door.")
    for who in ({"audience": Audience.PARENT}, {"person": father.id}, {"audience": Audience.CHILD}):
        aloud = _aloud(session, "cumulative", child, **who)
        assert "Police called." in aloud
        assert "broke the door" not in aloud
        assert "What carers said is left out of this copy" in aloud
        assert "What was said:" not in aloud
    everybody = f"{mother.name} and {father.name}"
    assert "broke the door" in _aloud(session, "cumulative", child, audience=Audience.PARENT, recipient=everybody)
    ticked = Wanted(kind="cumulative", child=child.id, person=father.id, shown=frozenset({"event-30"}))
    (choice,) = (each for each in choices(session, ticked) if each.id == "event-30")
    assert (choice.why, choice.words_only, choice.can_change, choice.stands) == (Why.THIRD_PARTY, True, True, True)
    assert "broke the door" in read_tags(preview(session, ticked).content).aloud
    assert "broke the door" in _aloud(session, "conference", child)


def test_the_plan_of_now_stands_before_what_was_agreed_earlier(session: Session) -> None:
    child, _ = add_family(session)
    statuses = (
        Status(status=StatusKind.CHILD_PROTECTION, category=Category.NEGLECT, from_=_ago(900), to=_ago(500)),
        Status(status=StatusKind.CHILD_IN_NEED, from_=_ago(499), to=_ago(101)),
        Status(status=StatusKind.CHILD_PROTECTION, category=Category.NEGLECT, from_=_ago(100)),
    )
    child = register.save_child(session, replace(child, statuses=statuses))
    _add(session, child, "action", 600, data={"what": "A bed", "agreed_on": _ago(600).isoformat()})
    aloud = _aloud(session, "core_group", child)
    assert "Child protection plan, since 15 August 2026" in aloud
    assert "What was agreed: No action is recorded here since then" in aloud
    _add(session, child, "action", 50, data={"what": "A gate", "agreed_on": _ago(50).isoformat()})
    aloud = _aloud(session, "core_group", child)
    assert aloud.index("since 15 August 2026") < aloud.index("A gate") < aloud.index("Agreed before that")
    assert aloud.index("Agreed before that") < aloud.index("A bed")
    plans = [line for line in aloud.splitlines() if "[item]" in line and "plan, " in line]
    assert [line.split(":")[0].removeprefix("[item] • ") for line in plans] == [
        "Child protection plan, the first",
        "Child in need plan, the first",
        "Child protection plan, the second, now",
    ]


def test_somebody_who_is_only_spoken_of_was_not_met(session: Session) -> None:
    child, mother = add_family(session)
    father = register.save_person(session, Person(id="", name="Dean Marsh"))
    aunt = register.save_person(session, Person(id="", name="Maureen Marsh"))
    carers = (
        *child.carers,
        Carer(person=father.id, relationship="father"),
        Carer(person=aunt.id, relationship="aunt"),
    )
    child = register.save_child(session, replace(child, carers=carers))
    invited = [{"name": "Dean Marsh", "attended": False}, {"role": "aunt", "attended": True}]
    _add(session, child, "visit", 20, what="Dean’s car outside.", data={"mode": "home", "present": ["Practice Mother"]})
    _add(session, child, "meeting", 10, data={"type": "core_group", "held": _ago(10).isoformat(), "invited": invited})
    aloud = _aloud(session, "conference", child)
    not_met = aloud[aloud.index("Adults not met or assessed") :].splitlines()[1:3]
    assert not_met == ["[item] • Dean Marsh (father)", "[H3] If it does not change"]
    assert mother.name not in not_met[0]


def test_what_was_shared_names_its_assessment_and_meeting_and_ends_each_sentence_once(session: Session) -> None:
    child, mother = add_family(session)
    held = {"type": "rcpc", "held": _ago(30).isoformat(), "report_shared_on": _ago(35).isoformat()}
    _add(session, child, "meeting", 30, data=held)
    given = {
        "document": "Report",
        "to": mother.name,
        "how": "read_aloud",
        "format": "easy_read",
        "explained": "An hour, with breaks. The letter too.",
        "understood": "partly",
        "understood_words": "‘Not about me.’",
    }
    _add(session, child, "report_shared", 20, data=given)
    aloud = _aloud(session, "conference", child)
    assert "What: Report to review child protection conference on 24 October 2026 | With whom: The family" in aloud
    assert "How, and how it was understood: Not recorded" in aloud
    assert "Read aloud. Easy read. An hour, with breaks. The letter too. Understood: partly – ‘Not about me.’" in aloud
    later = _aloud(session, "core_group", child, since=_ago(5))
    assert "Nothing is recorded here as shared with the family since then.\n2 earlier times in the record" in later


def test_of_two_assessments_of_the_same_days_it_is_said_whose_care_they_are_of(session: Session) -> None:
    child, _ = add_family(session)
    father = register.save_person(session, Person(id="", name="Dean Marsh"))
    working = begin(session, child, first=_ago(40))
    with session.store.transaction() as tx:
        tx.assessments.put(replace(working.assessment, shared_on=_ago(5)), by=session.user.id)
        theirs = replace(working.assessment, id="theirs", carers=(father.id,), shared_on=_ago(4))
        tx.assessments.put(theirs, by=session.user.id)
    aloud = _aloud(session, "cumulative", child)
    assert "The assessment of 14 October to 10 November 2026, care given by Practice Mother" in aloud


def test_how_services_adjusted_is_said_in_plain_words(session: Session) -> None:
    child, mother = add_family(session)
    data = {
        "person": mother.id,
        "coordinators": {"health": _ago(40).isoformat()},
        "adjustments": [{"what": "One page of pictures", "on": _ago(30).isoformat()}, {}],
        "unsupervised_from": _ago(20).isoformat(),
    }
    _add(session, child, "learning_support", 50, what="She asked for pictures.", data=data)
    aloud = _aloud(session, "cin_review", child)
    assert (
        "What happened: She asked for pictures. / For Practice Mother / Adjusted: One page of pictures, 24 October 2026"
        " / Adjusted: How is not recorded / Health coordinator named on 14 October 2026"
        " / Gives medicines unsupervised from 3 November 2026"
    ) in aloud


def test_a_copy_that_leaves_a_carers_needs_out_does_not_say_that_none_are_recorded(session: Session) -> None:
    child, mother = add_family(session)
    _add(session, child, "learning_support", 50, what="She asked for pictures.", data={"person": mother.id})
    aloud = _aloud(session, "cin_review", child, audience=Audience.PARENT)
    assert "What is known of another carer’s needs is left out of this copy." in aloud
    assert "How services adjusted" not in aloud
    assert "She asked for pictures." in _aloud(session, "cin_review", child, person=mother.id)


def test_reports_to_meetings_hold_needs_capacity_strengths_and_worries(session: Session) -> None:
    child, _ = add_family(session)
    for kind in ("conference", "cin_review", "core_group"):
        aloud = _aloud(session, kind, child)
        for heading in (
            "The family and the household",
            "How the child was seen",
            "Health, development and school",
            "The care, as assessed",
            "The carers’ capacity",
            "What Robin Practice-Oak shows and says",
            "What parents and carers say",
            "Strengths and worries",
            "The plan, and change as seen",
            "For the meeting",
            "What was shared, and when",
        ):
            assert f"[H2] {heading}" in aloud, (kind, heading)
        assert "Written by | Practice Alex Smith, social worker" in aloud


def test_grades_stand_below_whose_care_they_are_of(session: Session) -> None:
    child, _ = add_family(session)
    grade_all(session, begin(session, child, first=_ago(40)), 3)
    aloud = _aloud(session, "conference", child)
    assert "[heads] Practice Mother, 14 October to 10 November 2026, in progress, not signed off" in aloud
    assert "Area of care: A Physical care | Latest grade: 3, Some essential needs not met" in aloud


def test_of_a_visit_to_two_children_a_report_says_how_its_own_was_seen(session: Session) -> None:
    child, _ = add_family(session)
    sister = register.save_child(session, Child(id="", given_names="Wren", family_name="Practice-Alder"))
    seen = [{"child": child.id, "seen": True, "alone": True}, {"child": sister.id, "seen": False}]
    data = {"mode": "home", "access": "given", "child_seen": False, "seen": seen}
    when = When.on(TODAY - timedelta(days=3))
    with session.store.transaction() as tx:
        visit = Entry(id="e1", kind="visit", children=(child.id, sister.id), when=when, data=data)
        tx.entries.put(visit, by=session.user.id)
    said = {
        each.id: read_tags(preview(session, Wanted(kind="conference", child=each.id)).content).aloud
        for each in (child, sister)
    }
    assert "Seen, alone" in said[child.id]
    assert "Not seen" not in said[child.id]
    assert "Not seen" in said[sister.id]


def test_a_meeting_that_is_only_booked_does_not_read_as_held(session: Session) -> None:
    child, _ = add_family(session)
    booked = {"type": "rcpc", "planned_for": (TODAY + timedelta(days=20)).isoformat()}
    _add(session, child, "meeting", 3, what="Second review, booked.", data=booked)
    for kind in ("cumulative", "core_group", "conference", "subject_access", "chronology", "chronology_family"):
        aloud = _aloud(session, kind, child)
        assert "What happened: Meeting planned for 13 December 2026: Second review, booked." in aloud, kind
    with session.store.transaction() as tx:
        tx.entries.put(replace(tx.entries.get("meeting-3"), data={**booked, "held": _ago(3).isoformat()}), by=None)
    assert "What happened: Meeting: Second review, booked." in _aloud(session, "cumulative", child)


def test_an_entry_about_several_children_does_not_say_whose_words_they_are(session: Session) -> None:
    child, _ = add_family(session)
    other = register.save_child(
        session, Child(id="", given_names="Fern", family_name="Practice-Oak", date_of_birth=date(2019, 3, 4))
    )
    said: dict[str, Any] = {"child_words": "I shut my ears.", "impact": "Both were tired.", "data": {"type": "other"}}
    _add(session, child, "event", 9, of=(other,), what="Police came.", **said)
    _add(session, child, "event", 8, what="Police came again.", **said)
    for kind in ("cumulative", "subject_access"):
        aloud = _aloud(session, kind, child)
        first, second = (line for line in aloud.splitlines() if "Police came" in line)
        assert "A child’s own words: I shut my ears. / What it means for the children: Both were tired." in first
        assert "The child’s own words: I shut my ears. / What it means for the child: Both were tired." in second


def test_an_assessment_that_is_not_signed_off_says_how_far_it_is_wherever_it_is_the_latest(session: Session) -> None:
    child, _ = add_family(session)
    working = grade_all(session, begin(session, child, first=_ago(5)), 4)
    window = Window(from_=_ago(5), to=TODAY + timedelta(days=9))
    with session.store.transaction() as tx:
        made = replace(working.assessment, window=window, child_voice="Sits by the door.")
        tx.assessments.put(made, by=session.user.id)
    stage = "in progress, not signed off, its days not over yet"
    aloud = _aloud(session, "conference", child)
    assert f"of the care given by Practice Mother. {capital(stage)}." in aloud
    assert f"From the latest assessment ({stage}):" in aloud
    assert f"2 December 2026, {stage}" in aloud
    assert "Practice Mother, 18 November to 2 December 2026, in progress, not signed off" in aloud
    assert f"in the latest assessment, 18 November to 2 December 2026, {stage}." in _aloud(session, "cumulative", child)


def test_an_assessment_that_was_held_back_from_one_carer_is_not_said_to_be_shared_with_the_family(
    session: Session,
) -> None:
    child, _ = add_family(session)
    father = register.save_person(session, Person(id="", name="Dean Marsh"))
    carers = (*child.carers, Carer(person=father.id, relationship="father"))
    child = register.save_child(session, replace(child, carers=carers))
    working = grade_all(session, begin(session, child, first=_ago(40)), 2)
    held = SharingHeldBack(reason="Not reached.", agreed_by="Jo", look_again_on=TODAY, person=father.id)
    made = replace(
        working.assessment,
        state=AssessmentState.SHARED,
        shared_on=_ago(9),
        held_back=(held,),
    )
    with session.store.transaction() as tx:
        tx.assessments.put(made, by=session.user.id)
    whom = "Practice Mother; held back from Dean Marsh"
    aloud = _aloud(session, "cumulative", child, audience=Audience.OWN_AGENCY)
    assert f"With whom: {whom}" in aloud
    assert "Shared, held back from Dean Marsh, not signed off." in aloud
    assert "hared with the family" not in aloud
    own = _aloud(session, "assessment", child, audience=Audience.OWN_AGENCY)
    assert f"Shared | On {long_date(_ago(9))}, with {whom}" in own
    with session.store.transaction() as tx:
        over = replace(held, ended_on=_ago(10))
        tx.assessments.put(replace(made, held_back=(over,)), by=session.user.id)
    assert "With whom: The family" in _aloud(session, "cumulative", child, audience=Audience.OWN_AGENCY)


def test_an_empty_answer_is_said_to_be_one(session: Session) -> None:
    child, _ = add_family(session)
    grade_all(session, begin(session, child, first=_ago(40)), 2)
    _add(session, child, "appointment", 9, data={"service": "Dentist", "status": "brought"})
    assert "Not brought, cancelled or not known: None" in _aloud(session, "conference", child)
    assert "The carer’s own view: Not given" in _aloud(session, "assessment", child)
    said = _aloud(session, "conference", child)
    assert "Its author" not in said
    assert "Not written yet." in said


def test_what_was_said_to_be_done_is_not_said_twice(session: Session) -> None:
    child, _ = add_family(session)
    agreed = {"what": "Mend the door", "agreed_on": _ago(30).isoformat(), "said_done_on": _ago(9).isoformat()}
    _add(session, child, "action", 30, data=agreed)
    assert f"Said to be done: {long_date(_ago(9))}" in _aloud(session, "conference", child)
