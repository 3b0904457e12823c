"""Documents made from the registry: nothing a reader may not see is in the file; refusals; moments; audit."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from gcp2_app.domain.answers import Evidence, EvidenceSource
from gcp2_app.domain.entries import Attachment, Entry, Source, Theme
from gcp2_app.domain.moment import Moment
from gcp2_app.domain.readers import Audience
from gcp2_app.domain.register import Address, Agency, Carer, Child, Household, LearningNeed, Member, NeedState, Person
from gcp2_app.domain.when import When
from gcp2_app.domain.withheld import SecretKind, Why
from gcp2_app.errors import InvalidValue, NotFound
from gcp2_app.services import register
from gcp2_app.services.documents.kinds import KINDS, About
from gcp2_app.services.documents.making import Copy, Form, Wanted, export, prepare_preview, preview
from gcp2_app.services.register import ReasonNeeded
from gcp2_app.services.session import Session
from tests.reports.leaks import found_in, nothing_of, page_text
from tests.stores import TODAY, actions, add_family, begin, grade_all, with_words

#: A word of its own for each thing that is left out of some copy.
THIRD, HARM, HELD, SAFETY, VOLE, SAID = "Zanzibar", "Yttrium", "Xanthippe", "Wolfram", "Quincunx", "Vermilion"
ANALYSED, HIDDEN_STREET, OPEN = "Umbrella", "Tiddlywink", "Saxophone"
#: Which of them no copy for a reader may hold.
SECRETS: Mapping[Audience, tuple[str, ...]] = {
    Audience.OWN_AGENCY: (),
    Audience.CONFERENCE_CHAIR: (),
    Audience.CORE_GROUP: (HARM, HELD, SAFETY, VOLE, HIDDEN_STREET),
    Audience.COURT: (HARM, HELD, HIDDEN_STREET),
    Audience.PARENT: (THIRD, HARM, HELD, SAFETY, VOLE, SAID, ANALYSED, HIDDEN_STREET),
    Audience.CHILD: (THIRD, HARM, HELD, SAFETY, VOLE, ANALYSED),
    Audience.GP: (HARM, HELD),
    Audience.OTHER_PROFESSIONAL: (HARM, HELD),
    Audience.PARTNERSHIP: (THIRD, HARM, HELD, SAFETY, VOLE, SAID, ANALYSED, HIDDEN_STREET),
}
_DAY = TODAY - timedelta(days=20)


#: Entries of the fixture that are a meeting of some type.
_MEETINGS = ("icpc", "core_group", "three_way")


def _entries(child: Child, father: Person) -> tuple[Entry, ...]:
    """Return an entry of many kinds for each mark, each with its word wherever an entry holds words."""
    marks: dict[str, dict[str, object]] = {
        OPEN: {},
        THIRD: {"third_party": True},
        HARM: {"harm_if_disclosed": True},
        HELD: {"withheld_from": (father.id,)},
        VOLE: {"source": Source(name=f"Mrs O’Dowd-{VOLE} (next door)", agency=Agency.NEIGHBOUR)},
    }
    kinds: dict[str, dict[str, object]] = {
        "event": {"type": "other"},
        "visit": {"mode": "home", "child_seen": True, "seen_alone": False, "access": "given"},
        "action": {"agreed_on": _DAY.isoformat()},
        "meeting": {"type": "cin_review", "held": _DAY.isoformat()},
        "admission": {"admitted": _DAY.isoformat()},
        "support": {"from": _DAY.isoformat()},
        "referral": {"by_agency": "school"},
        "medicine": {
            "dose_as_prescribed": "as on the label",
            "checked_by": "A pharmacist",
            "checked_role": "pharmacist",
            "checked_on": _DAY.isoformat(),
            "card_expires": (TODAY + timedelta(days=90)).isoformat(),
        },
        "teach_back": {"medicine": f"{OPEN}-medicine", "person": child.carers[0].person, "correct": True},
        "move": {"to_authority": "Dudley", "on": _DAY.isoformat()},
        "challenge": {"stage": 1, "stage_started": _DAY.isoformat()},
        "deep_dive": {"authorities": [{"authority": "Walsall", "from": _DAY.isoformat()}]},
        "worker_contact": {"to_role": "worker", "by_agency": "school", "tried_on": _DAY.isoformat()},
        "note": {"concern": True},
        "case_opened": {},
        "appointment": {"status": "not_brought"},
        "measure": {"measure": "dental"},
        "attendance": {"from": _DAY.isoformat(), "to": TODAY.isoformat(), "possible": 30, "attended": 20},
        "learning_support": {"person": child.carers[0].person, "adult_services_on": _DAY.isoformat()},
        **{each: {"type": each} for each in _MEETINGS},
    }
    named = {
        "action": ("what",),
        "meeting": ("contingency",),
        "support": ("name",),
        "medicine": ("name", "given_safely_by"),
        "admission": ("hospital",),
        "referral": ("incident", "decision_reason"),
        "challenge": ("our_position", "resolution"),
        "deep_dive": ("pattern", "plan"),
        "worker_contact": ("to_name", "agreed"),
        "appointment": ("service",),
        "measure": ("value_as_recorded",),
        **dict.fromkeys(_MEETINGS, ("contingency", "significant_harm", "recommendation")),
    }
    # What nobody marked says elsewhere, in other letters, what somebody told in confidence or where they live.
    sly = f" Heard of by mrs {VOLE.lower()}, O’Dowd-{VOLE.upper()} of 4, {HIDDEN_STREET.lower()}-LANE."
    # Of meetings to come the soonest is taken: those that are marked are sooner.
    planned = {word: (TODAY + timedelta(days=10 - number)).isoformat() for number, word in enumerate(marks)}
    marked = (
        Entry(
            id=f"{word}-{kind}",
            kind="meeting" if kind in _MEETINGS else kind,
            children=(child.id,),
            when=When.on(_DAY),
            # What is written of visits and actions is a strength besides, and so stands where strengths do.
            themes=(Theme.STRENGTH,) if kind in ("visit", "action") else (),
            **{
                "source": Source(name=f"{word} Practice-Teller", role="teacher", agency=Agency.SCHOOL),
                "what": f"{word} happened.{sly if word == OPEN else ''}",
                "impact": f"{word} mattered.{sly if word == OPEN else ''}",
                "carer_response": f"{word} was answered.",
                "outcome": sly if word == OPEN else "",
                "significance_why": sly if word == OPEN else "",
                "relevance": {child.id: sly} if word == OPEN else {},
                "attachments": (Attachment(name=f"mrs_{VOLE.lower()}s-letter, mrs_{VOLE}.pdf", sha256="", size=1),)
                if word == OPEN
                else (),
                "data": {
                    **data,
                    **({"planned_for": planned[word]} if kind in _MEETINGS else {}),
                    **({"adjustments": [{"what": f"{word} adjusted"}]} if kind == "learning_support" else {}),
                    # A medicine card is not printed at all where the prescriber’s words hold anything withheld.
                    **{
                        name: f"{word} {name}{sly if word == OPEN and kind != 'medicine' else ''}"
                        for name in named.get(kind, ())
                    },
                },
                **mark,
            },  # type: ignore[arg-type]
        )
        for word, mark in marks.items()
        for kind, data in kinds.items()
    )
    return (
        *marked,
        Entry(
            id="safety",
            kind="note",
            children=(child.id,),
            when=When.on(_DAY),
            what=f"{SAFETY} dog.",
            data={"worker_safety": True},
        ),
        Entry(
            id="said",
            kind="statement",
            children=(child.id,),
            when=When.on(_DAY),
            what=f"{SAID} is cold.",
            source=Source(agency=Agency.CHILDRENS_SOCIAL_CARE),
        ),
    )


@pytest.fixture
def child(session: Session) -> Child:
    """A child with an entry for every mark, an assessment, and an address withheld from the father."""
    made, mother = add_family(session)
    father = register.save_person(session, Person(id="", name="Dean Practice-Marsh"))
    made = register.save_child(
        session, replace(made, carers=(*made.carers, Carer(person=father.id, relationship="father")))
    )
    home = Address(lines=(f"4 {HIDDEN_STREET} Lane",), postcode="DY1 1AA", withheld_from=(father.id,))
    members = (Member(who=made.id), Member(who=mother.id))
    register.save_household(session, Household(id="", members=members, addresses=(home,)))
    working = grade_all(session, begin(session, made, first=TODAY - timedelta(days=40)), 4)
    written = replace(
        with_words(working.assessment),
        child_voice=f"{SAID} is what she shows.",
        analysis=f"{ANALYSED} explains it.",
    )
    answer = written.units["A1.a"]
    pieces = (
        Evidence(text=f"Met at {HIDDEN_STREET} Lane, {OPEN}.", source=EvidenceSource.SEEN_AT_HOME),
        Evidence(text=f"{HARM} heard.", source=EvidenceSource.SEEN_AT_HOME, visit=f"{HARM}-visit"),
        Evidence(text=f"{THIRD} told us.", source=EvidenceSource.OTHER_PROFESSIONAL),
    )
    written = replace(written, units={**written.units, "A1.a": replace(answer, evidence=pieces)})
    with session.store.transaction() as tx:
        tx.assessments.put(written, by=session.user.id)
        for entry in _entries(made, father):
            tx.entries.put(entry, by=None)
    return made


def _of_school(session: Session) -> Session:
    """Return the same session of somebody who works for the school."""
    return replace(session, professional=replace(session.professional, agency=Agency.SCHOOL))


def _made_for() -> list[tuple[str, Audience]]:
    return [
        (kind.name, audience) for kind in KINDS.values() if kind.about is not About.STORE for audience in kind.audiences
    ]


@pytest.mark.parametrize(("kind", "audience"), _made_for())
def test_nothing_its_reader_may_not_see_is_in_any_document(
    session: Session, child: Child, kind: str, audience: Audience
) -> None:
    declared = KINDS[kind]
    # One agency's own report holds what that agency recorded: the entries here are the school's.
    session = _of_school(session)
    matter = f"{OPEN}-{declared.entry_kind}" if declared.about is About.ENTRY and not declared.entry_type else ""
    prepared = prepare_preview(session, Wanted(kind=kind, child=child.id, matter=matter, audience=audience))
    secrets = [word for word in SECRETS[audience] if word != ANALYSED or not declared.gives_analysis]
    copy = prepared.write()
    nothing_of(copy.content, secrets)
    text = prepared.write(Form.TEXT).content.decode()
    assert not [word for word in secrets if word in text]
    if declared.is_table:
        assert not [word for word in secrets if word in prepared.write(Form.CSV).content.decode()]
    # Nor may anything say that it is there: a loss names what sort of thing it is and why, never the thing.
    assert not any(word in str(copy.losses) for word in secrets)


@pytest.mark.parametrize("kind", ["assessment", "cumulative", "cin_review", "conference", "core_group", "chronology"])
def test_the_agencys_own_copy_holds_all_of_it(session: Session, child: Child, kind: str) -> None:
    copy = preview(session, Wanted(kind=kind, child=child.id, audience=Audience.OWN_AGENCY))
    assert OPEN in page_text(copy.content)
    if kind != "assessment":
        assert {THIRD, HARM, VOLE} <= found_in(copy.content, [THIRD, HARM, VOLE])
        assert copy.losses == ()


def test_a_parents_copy_lists_each_loss_with_its_section_and_reason(session: Session, child: Child) -> None:
    copy = preview(session, Wanted(kind="cumulative", child=child.id, audience=Audience.PARENT))
    found = {(loss.where, loss.kind, loss.why) for loss in copy.losses}
    assert ("History", SecretKind.ENTRY, Why.HARM) in found
    assert ("History", SecretKind.ENTRY, Why.THIRD_PARTY) in found
    assert ("Grades", SecretKind.EVIDENCE, Why.THIRD_PARTY) in found
    assert ("Grades", SecretKind.WORDS, Why.ANALYSIS) in found
    assert "Your child’s care over time" in page_text(copy.content)


def test_somebody_named_in_the_recipient_or_by_id_gets_what_is_not_withheld_from_them(
    session: Session, child: Child
) -> None:
    father = child.carers[1].person
    for wanted in (
        Wanted(kind="cin_review", child=child.id, person=father),
        Wanted(kind="assessment", child=child.id, recipient="Mr Dean Practice-Marsh, father"),
    ):
        nothing_of(preview(session, wanted).content, [HIDDEN_STREET, HELD])
    with pytest.raises(NotFound, match="Nobody around"):
        preview(session, Wanted(kind="cin_review", child=child.id, person="stranger"))


def test_ticks_show_and_choices_take_out(session: Session, child: Child) -> None:
    wanted = Wanted(
        kind="cumulative",
        child=child.id,
        audience=Audience.PARENT,
        shown=frozenset({f"{THIRD}-event", f"{HELD}-event"}),
        without=frozenset({f"{OPEN}-event"}),
    )
    copy = preview(session, wanted)
    assert THIRD in page_text(copy.content)
    assert any(loss.why is Why.CHOSEN for loss in copy.losses)


def test_what_happened_or_became_known_later_is_in_no_earlier_copy(session: Session, child: Child) -> None:
    late = Entry(
        id="late",
        kind="event",
        children=(child.id,),
        when=When.on(_DAY),
        known=When.on(TODAY - timedelta(days=1)),
        what="Rhododendron came out.",
        data={"type": "other"},
    )
    with session.store.transaction() as tx:
        tx.entries.put(late, by=None)

    def made(kind: str, **days: date) -> bytes:
        return preview(session, Wanted(kind=kind, child=child.id, moment=Moment(**days))).content

    for kind in ("cumulative", "cin_review", "conference", "chronology"):
        assert "Rhododendron" in page_text(made(kind))
        nothing_of(made(kind, known_on=TODAY - timedelta(days=5)), ["Rhododendron"])
        nothing_of(made(kind, as_of=_DAY - timedelta(days=5)), ["Rhododendron", OPEN + " happened"])
        assert "Rhododendron" in page_text(made(kind, as_of=_DAY))


def test_what_is_before_the_first_day_is_counted(session: Session, child: Child) -> None:
    for kind in ("cumulative", "chronology"):
        text = page_text(preview(session, Wanted(kind=kind, child=child.id, since=TODAY)).content)
        assert "earlier entries in the record" in text.replace("\r\n", " ").replace("\n", " ")


def test_a_document_is_refused_for_a_reader_it_is_not_made_for_and_where_there_is_nothing(session: Session) -> None:
    child, _ = add_family(session)
    with pytest.raises(InvalidValue, match="not made for that reader"):
        preview(session, Wanted(kind="chronology_court", child=child.id, audience=Audience.PARENT))
    with pytest.raises(InvalidValue, match="no report of this kind"):
        preview(session, Wanted(kind="horoscope", child=child.id))
    with pytest.raises(NotFound, match="no assessment yet"):
        preview(session, Wanted(kind="assessment", child=child.id))
    text = page_text(preview(session, Wanted(kind="cin_review", child=child.id)).content)
    assert "Ask before relying on this" in text


def test_an_export_says_to_whom_and_why_and_a_restricted_record_asks(session: Session) -> None:
    child, _ = add_family(session)
    wanted = Wanted(kind="cumulative", child=child.id, recipient="the chair")
    made: Copy = export(session, wanted, reason="conference", password="correct horse")
    assert actions(session)[0] == "report exported"
    assert found_in(made.content, [child.given_names], password="correct horse") == {child.given_names}
    register.save_child(session, replace(child, restricted=True))
    with pytest.raises(ReasonNeeded):
        preview(session, wanted)
    assert preview(session, wanted, why="duty").content.startswith(b"%PDF")


def test_the_search_for_leaks_finds_words_wherever_a_pdf_keeps_them(session: Session, child: Child) -> None:
    copy = preview(session, Wanted(kind="cin_review", child=child.id, audience=Audience.OWN_AGENCY))
    assert found_in(copy.content, [OPEN, "Child in need review", "Not in there at all"]) == {
        OPEN,
        "Child in need review",
    }
    with pytest.raises(AssertionError, match=OPEN):
        nothing_of(copy.content, [OPEN])


def test_a_statement_is_said_once_whatever_stands_around_it(session: Session) -> None:
    child, _ = add_family(session)
    said = Entry(
        id="s",
        kind="statement",
        children=(child.id,),
        when=When.on(_DAY),
        what="‘It rains on my wall.’",
        child_words="It rains on my wall.",
    )
    with session.store.transaction() as tx:
        tx.entries.put(said, by=None)
    copy = preview(session, Wanted(kind="cin_review", child=child.id, audience=Audience.OWN_AGENCY))
    assert page_text(copy.content).count("rains on my wall") == 1


def test_a_conference_report_says_what_its_author_wrote_for_the_conference_to_come(
    session: Session, child: Child
) -> None:
    def read(kind: str, audience: Audience) -> str:
        return page_text(preview(session, Wanted(kind=kind, child=child.id, audience=audience)).content)

    chairs, core = read("conference", Audience.CONFERENCE_CHAIR), read("conference", Audience.CORE_GROUP)
    assert f"{VOLE} significant_harm" in chairs
    assert f"{VOLE} recommendation" in chairs
    # A conference that a reader is not told of is not the one to come for them.
    assert f"{THIRD} significant_harm" in core
    assert f"{THIRD} recommendation" in core
    assert "Report to initial child protection conference" in core
    bare, _ = add_family(session)
    plain = page_text(preview(session, Wanted(kind="conference", child=bare.id)).content)
    assert plain.count("Not written yet") == 2
    assert "No day recorded here" in plain


def test_a_carers_learning_need_stands_in_no_other_carers_copy(session: Session, child: Child) -> None:
    mother, father = (carer.person for carer in child.carers)
    with session.store.transaction() as tx:
        person = tx.people.get_many((mother,))[mother]
    need = LearningNeed(state=NeedState.DIAGNOSED, source="Practice psychology report", on=_DAY)
    register.save_person(session, replace(person, learning_need=need))
    theirs = preview(session, Wanted(kind="conference", child=child.id, person=father))
    nothing_of(theirs.content, ["psychology report", "learning need is diagnosed"])
    assert ("The carers’ capacity", Why.THIRD_PARTY) in {(loss.where, loss.why) for loss in theirs.losses}
    for wanted in (Wanted(kind="conference", child=child.id), Wanted(kind="conference", child=child.id, person=mother)):
        assert "psychology report" in page_text(preview(session, wanted).content)


def test_of_a_measure_the_latest_and_the_first_are_printed_as_they_were_recorded(session: Session) -> None:
    child, _ = add_family(session)
    values = {"9th centile": 400, "2nd centile": 200, "0.4th centile": 10}
    with session.store.transaction() as tx:
        for number, (value, ago) in enumerate(values.items()):
            tx.entries.put(
                Entry(
                    id=f"m{number}",
                    kind="measure",
                    children=(child.id,),
                    when=When.on(TODAY - timedelta(days=ago)),
                    data={"measure": "weight_centile", "value_as_recorded": value, "by": "health visitor"},
                ),
                by=None,
            )
    text = page_text(preview(session, Wanted(kind="conference", child=child.id)).content)
    assert text.index("0.4th centile") < text.index("9th centile")
    assert "2nd centile" not in text


def test_an_agencys_report_holds_what_that_agency_recorded_and_nothing_else(session: Session, child: Child) -> None:
    wanted = Wanted(kind="agency_conference", child=child.id)
    school = _of_school(session)
    schools = preview(replace(school, professional=replace(school.professional, id="teacher")), wanted).content
    assert {OPEN, f"{OPEN} mattered"} <= found_in(schools, [OPEN, f"{OPEN} mattered"])
    nothing_of(schools, [f"{SAID} is cold", ANALYSED, SAFETY])
    ours = preview(session, wanted).content
    nothing_of(ours, [f"{OPEN} happened", f"{OPEN} service", SAFETY])
    assert {f"{SAID} is cold", ANALYSED, "No appointment of ours"} <= found_in(
        ours, [f"{SAID} is cold", ANALYSED, "No appointment of ours"]
    )
    bare, _ = add_family(session)
    nobodys = replace(session, professional=replace(session.professional, agency=None))
    text = page_text(preview(nobodys, Wanted(kind="agency_conference", child=bare.id)).content)
    assert "Nothing that we recorded ourselves is here" in text
    assert "What this means for the child is not recorded by us" in text


def test_a_core_group_is_told_what_is_new_since_the_last_one(session: Session, child: Child) -> None:
    def text(**more: date) -> str:
        wanted = Wanted(kind="core_group", child=child.id, **more)  # type: ignore[arg-type]
        return " ".join(page_text(preview(session, wanted).content).split())

    assert "no earlier one is recorded here" in text()
    held = Entry(
        id="held",
        kind="meeting",
        children=(child.id,),
        when=When.on(TODAY - timedelta(days=2)),
        data={
            "type": "core_group",
            "held": (TODAY - timedelta(days=2)).isoformat(),
            "decisions_per_child": {child.id: "Go on."},
        },
    )
    with session.store.transaction() as tx:
        tx.entries.put(held, by=None)
    told = text()
    assert "earlier entries in the record, not printed here" in told
    assert f"Event: {OPEN} happened" not in told
    assert "Decided then Go on." in told
    assert f"Event: {OPEN} happened" in text(since=_DAY)


def _stay(id_: str, child: Child, first: date, **data: object) -> Entry:
    return Entry(
        id=id_,
        kind="admission",
        children=(child.id,),
        when=When.on(first),
        data={"hospital": f"Practice {id_}", "admitted": first.isoformat(), **data},
    )


def test_a_stay_review_says_how_long_why_and_what_was_reviewed(session: Session) -> None:
    child, _ = add_family(session)
    first = TODAY - timedelta(days=30)
    stays = (
        _stay("earlier", child, TODAY - timedelta(days=300), discharged=(TODAY - timedelta(days=290)).isoformat()),
        _stay(
            "now",
            child,
            first,
            expected=[{"date": (first + timedelta(days=4)).isoformat(), "said_on": first.isoformat()}],
            extra_days=[{"reason": "home_unsafe", "days": 9}, {"reason": "placement_search"}],
            medically_fit_on=(first + timedelta(days=5)).isoformat(),
        ),
        _stay("unfinished", child, TODAY - timedelta(days=200)),
    )
    said = {"Inside": first + timedelta(days=3), "Outside": first - timedelta(days=3)}
    visits = (
        Entry(
            id=word,
            kind="visit",
            children=(child.id,),
            when=When.on(day),
            what=f"{word} days.",
            data={"mode": "clinic"},
        )
        for word, day in said.items()
    )
    with session.store.transaction() as tx:
        for entry in (*stays, *visits):
            tx.entries.put(entry, by=None)

    def text(**wanted: object) -> str:
        copy = preview(session, Wanted(kind="stay_review", child=child.id, **wanted))  # type: ignore[arg-type]
        return " ".join(page_text(copy.content).split())

    now = text(matter="now")
    assert "30 days, still in hospital" in now
    assert "Home is not safe 9 days" in now
    assert "Looking for a placement Not recorded" in now
    assert "Not held, and the day has passed" in now
    assert "Inside days." in now
    assert "Outside days." not in now
    assert "Practice earlier: from" in now
    earlier = text(matter="earlier")
    assert "10 days, until discharge" in earlier
    # What is asked of a stay that is over is asked of what was.
    assert "why the child is still in hospital?" in now
    assert "why the child stayed in hospital?" in earlier
    assert "still in hospital" not in earlier
    assert "No reason for extra days is recorded here. Ask before relying on this." in earlier
    with pytest.raises(NotFound, match="cannot be about this entry"):
        text(matter="another")


def test_a_three_way_request_says_why_and_names_no_dose(session: Session, child: Child) -> None:
    copy = preview(session, Wanted(kind="three_way", child=child.id))
    text = " ".join(page_text(copy.content).split())
    assert f"{OPEN} name" in text
    assert f"{OPEN} service" in text
    assert "Attended 20 of 30" in text
    assert "Please do not wait for the meeting" in text
    nothing_of(copy.content, ["as on the label", f"{OPEN} happened", f"{HARM} service"])
    bare, _ = add_family(session)
    said = page_text(preview(session, Wanted(kind="three_way", child=bare.id)).content)
    assert "No appointment is recorded here. Ask before relying on this." in said
    assert "Why now" not in said


def test_what_came_of_support_that_still_ran_is_in_no_earlier_copy(session: Session) -> None:
    child, _ = add_family(session)
    first, last = TODAY - timedelta(days=60), TODAY - timedelta(days=10)
    support = Entry(
        id="support",
        kind="support",
        children=(child.id,),
        when=When.on(first),
        data={
            "name": "Help",
            "from": first.isoformat(),
            "to": last.isoformat(),
            "outcome": "It ended for want of money.",
        },
    )
    with session.store.transaction() as tx:
        tx.entries.put(support, by=None)

    def text(**days: date) -> str:
        return page_text(preview(session, Wanted(kind="cumulative", child=child.id, moment=Moment(**days))).content)

    assert "want of money" in text()
    assert "want of money" in text(as_of=last + timedelta(days=1))
    assert "want of money" not in text(as_of=first + timedelta(days=5))
