"""The desk, the twenty-minute page, recorded supervision, lists across the team, and calibration."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from gcp2_app.domain.entries import Entry, Source, Theme
from gcp2_app.domain.register import Agency, Child, LearningNeed, NeedState
from gcp2_app.domain.supervision import Decision, Followed, Supervision
from gcp2_app.domain.users import Role
from gcp2_app.domain.when import When
from gcp2_app.errors import InvalidValue, NotAllowed
from gcp2_app.services import casefiles, entries, register
from gcp2_app.services.documents.making import Wanted, preview
from gcp2_app.services.session import Session
from gcp2_app.services.supervision import calibrating, cohorts, recorded
from gcp2_app.services.supervision.desk import DeskQuery, desk
from tests.reports.leaks import found_in, page_text
from tests.stores import TODAY, actions, add_family, add_user, as_user, signed_off

OURS = Source(agency=Agency.CHILDRENS_SOCIAL_CARE)


def visited(session: Session, child: Child, on: date, *, seen: bool = True) -> Entry:
    """Add a visit on a day."""
    entry = Entry(
        id="", kind="visit", children=(child.id,), when=When.on(on), source=OURS, what="At home.",
        data={"child_seen": seen, "mode": "home"},
    )  # fmt: skip
    return entries.add(session, entry)


def another_child(session: Session, name: str) -> Child:
    """Add a child without a family."""
    child = Child(id="", given_names=name, family_name="Practice-Elm", date_of_birth=date(2021, 3, 4))
    return register.save_child(session, child)


def in_team(session: Session, who: Session, team: str) -> Session:
    """Put a user into a team, and return their session as it is the next time they sign in."""
    register.save_professional(session, replace(who.professional, team=team))
    return as_user(session, who.user.sign_in_name)


def test_the_desk_counts_grades_and_filters_by_them(session: Session, supervisor: Session) -> None:
    child, _ = add_family(session)
    other = another_child(session, "Alder")
    signed_off(session, child, grade=3, first=TODAY - timedelta(days=60), supervisor=supervisor)

    whole = desk(supervisor, DeskQuery())
    assert [row.line.id for row in whole.page.rows] == [other.id, child.id]
    assert whole.heat.count("A", 3) == 1
    assert whole.heat.count("A", None) == 1
    assert whole.team.children[1].steps[0].ranks["A"] == 3

    found = desk(supervisor, DeskQuery(area="A", rank=3)).page
    assert [row.line.id for row in found.rows] == [child.id]
    without = desk(supervisor, DeskQuery(area="A", rank=0)).page
    assert [row.line.id for row in without.rows] == [other.id]
    assert desk(supervisor, DeskQuery(area="A", rank=2)).page.total == 0


def test_the_child_longest_not_seen_stands_first(session: Session, supervisor: Session) -> None:
    robin, _ = add_family(session)
    alder, birch = another_child(session, "Alder"), another_child(session, "Birch")
    visited(session, robin, TODAY - timedelta(days=40))
    visited(session, alder, TODAY - timedelta(days=3))
    visited(session, birch, TODAY - timedelta(days=1), seen=False)

    rows = desk(supervisor, DeskQuery(sort="last_seen")).page.rows

    assert [row.line.id for row in rows] == [birch.id, robin.id, alder.id]
    assert [row.last_seen for row in rows] == [None, TODAY - timedelta(days=40), TODAY - timedelta(days=3)]


def test_a_visit_entered_in_error_saw_nobody(session: Session, supervisor: Session) -> None:
    child, _ = add_family(session)
    visit = visited(session, child, TODAY - timedelta(days=2))
    entries.enter_in_error(session, visit.id, reason="Another child")
    assert desk(supervisor, DeskQuery()).page.rows[0].last_seen is None


def test_a_supervisor_of_a_named_team_sees_that_teams_children_alone(session: Session, supervisor: Session) -> None:
    mine, _ = add_family(session)
    add_user(session, "birch", Role.PRACTITIONER)
    theirs = another_child(as_user(session, "birch"), "Alder")
    register.save_professional(session, replace(session.professional, team="East"))
    east, west = in_team(session, supervisor, "east"), None

    assert [row.line.id for row in desk(east, DeskQuery()).page.rows] == [mine.id]
    with pytest.raises(NotAllowed):
        recorded.of_child(east, theirs.id)
    west = in_team(session, supervisor, "West")
    assert desk(west, DeskQuery()).page.total == 0
    assert desk(as_user(session, "manager"), DeskQuery()).heat.children == 0


def test_a_supervision_is_kept_followed_up_and_audited(session: Session, supervisor: Session) -> None:
    child, _ = add_family(session)
    decision = Decision(what="Visit unannounced", why="Nobody has seen the bedroom", by=TODAY + timedelta(days=5))
    said = Supervision(
        id="", child=child.id, on=TODAY, by="", worker=session.professional.id, question="Who has seen upstairs?",
        discussed="The nights.", decisions=(decision,),
    )  # fmt: skip
    kept = recorded.record(supervisor, said)
    assert kept.by == supervisor.professional.id

    with pytest.raises(InvalidValue, match="not said why"):
        recorded.say_followed(supervisor, kept.id, 0, Followed.PART)
    recorded.say_followed(supervisor, kept.id, 0, Followed.PART, words="The landing only.")

    found = recorded.of_child(supervisor, child.id)
    assert found.page.last is not None
    assert found.page.last.decisions[0].followed is Followed.PART
    assert found.workers[session.professional.id] == "Practice Alex Smith"
    text = " ".join(page_text(preview(supervisor, Wanted(kind="supervision", child=child.id)).content).split())
    assert "The question then Who has seen upstairs? What was talked about The nights." in text
    assert "Done in part" in text
    done = actions(session)
    assert {"supervision recorded", "supervision decision followed up", "supervision prepared"} <= set(done)


@pytest.mark.parametrize(
    ("changed", "match"),
    [
        ({"on": TODAY + timedelta(days=1)}, "not come"),
        ({"question": " "}, "Nothing is written"),
        ({"decisions": (Decision(what="", why="x"),)}, "says nothing"),
        ({"decisions": (Decision(what="x", why=" "),)}, "no reason"),
    ],
)
def test_what_makes_no_supervision_is_refused(
    session: Session, supervisor: Session, changed: dict[str, object], match: str
) -> None:
    child, _ = add_family(session)
    said = Supervision(id="", child=child.id, on=TODAY, by="", question="Why?")
    with pytest.raises(InvalidValue, match=match):
        recorded.record(supervisor, replace(said, **changed))  # type: ignore[arg-type]


def test_nobody_supervises_themselves_and_a_practitioner_nobody(session: Session, supervisor: Session) -> None:
    child, _ = add_family(session)
    own = Supervision(id="", child=child.id, on=TODAY, by="", worker=supervisor.professional.id, question="Why?")
    with pytest.raises(NotAllowed, match="own work"):
        recorded.record(supervisor, own)
    add_user(session, "only", Role.PRACTITIONER)
    with pytest.raises(NotAllowed, match="supervise"):
        recorded.of_child(as_user(session, "only"), child.id)


def test_a_supervision_is_in_the_case_file(session: Session, supervisor: Session) -> None:
    child, _ = add_family(session)
    recorded.record(supervisor, Supervision(id="", child=child.id, on=TODAY, by="", question="Who is unheard?"))
    text = b"".join(casefiles.export(session, child.id, recipient="", reason="test")).decode()
    assert '"supervisions"' in text
    assert "Who is unheard?" in text


def test_the_page_says_what_is_new_unchecked_and_unheard(session: Session, supervisor: Session) -> None:
    child, carer = add_family(session)
    signed_off(session, child, grade=2, first=TODAY - timedelta(days=60), supervisor=supervisor)
    visited(session, child, TODAY - timedelta(days=10))
    old = TODAY - timedelta(days=200)
    note = Entry(
        id="", kind="note", children=(child.id,), when=When.on(old), known=When.on(old),
        source=Source(agency=Agency.SCHOOL), what="Hungry.",
    )  # fmt: skip
    entries.add(session, note)
    action = Entry(
        id="", kind="action", children=(child.id,), when=When.on(old), source=OURS,
        data={"what": "Mend the stair gate", "who": "mother", "agreed_on": "2026-10-01", "said_done_on": "2026-10-20"},
    )  # fmt: skip
    entries.add(session, action)

    page = recorded.of_child(supervisor, child.id).page

    assert page.last is None
    assert any("Visit or contact, 13 November 2026: At home." in line.text for line in page.changed)
    unchecked = [line.text for line in page.unchecked]
    assert "Mend the stair gate: said to be done on 20 October 2026, and not checked." in unchecked
    assert "The child was last seen at a visit on 13 November 2026, 10 days ago." in unchecked
    assert "No visit records that the child was seen alone." in unchecked
    voices = [line.text for line in page.voices]
    assert "No statement of the child is recorded, beside what the assessment holds." in voices
    assert "School: nothing since 7 May 2026." in voices
    del carer


def test_nobody_asks_whether_a_child_not_born_yet_was_seen_or_heard(session: Session, supervisor: Session) -> None:
    child, _ = add_family(session)
    register.save_child(session, replace(child, date_of_birth=None, expected_date=TODAY + timedelta(days=60)))
    page = recorded.of_child(supervisor, child.id).page
    assert page.unchecked == ()
    assert not any("child" in line.text for line in page.voices)


def test_a_pack_begins_on_a_chosen_day_itself(session: Session, supervisor: Session) -> None:
    child, _ = add_family(session)
    for ago, word in ((25, "Marigold"), (20, "Campion"), (10, "Foxglove")):
        day = TODAY - timedelta(days=ago)
        entries.add(
            session,
            Entry(
                id="", kind="note", children=(child.id,), when=When.on(day), known=When.on(day), source=OURS, what=word
            ),
        )

    def changed(since: date | None) -> set[str]:
        wanted = Wanted(kind="supervision", child=child.id, since=since)
        return found_in(preview(supervisor, wanted).content, ["Marigold", "Campion", "Foxglove"])

    assert changed(None) == {"Marigold", "Campion", "Foxglove"}
    assert changed(TODAY - timedelta(days=20)) == {"Campion", "Foxglove"}
    assert changed(TODAY - timedelta(days=19)) == {"Foxglove"}
    text = " ".join(page_text(preview(supervisor, Wanted(kind="supervision", child=child.id)).content).split())
    assert "What changed since 26 October 2026" in text
    assert "cut short" not in text
    assert "Supervisor, worker and the day:" in text


def test_the_lists_name_who_moved_in_and_parents_with_a_need(session: Session, supervisor: Session) -> None:
    child, carer = add_family(session)
    register.save_person(session, replace(carer, learning_need=LearningNeed(state=NeedState.DIAGNOSED)))
    for number, authority in enumerate(("Sandwell", "Walsall"), start=1):
        day = TODAY - timedelta(days=400 * number)
        data = {"on": day.isoformat(), "from_authority": authority, "to_authority": "Dudley"}
        entries.add(session, Entry(id="", kind="move", children=(child.id,), when=When.on(day), source=OURS, data=data))
    assert cohorts.cohorts(supervisor).learning_need == ()
    neglect = Entry(
        id="", kind="note", children=(child.id,), when=When.on(TODAY), known=When.on(TODAY), what="No food.",
        source=OURS, themes=(Theme.NUTRITIONAL,),
    )  # fmt: skip
    entries.add(session, neglect)

    found = cohorts.cohorts(supervisor)

    assert [(each.child, each.others) for each in found.moved_in] == [(child.id, ("Walsall", "Sandwell"))]
    assert found.learning_need[0].carers == ("Practice Mother",)
    assert not found.learning_need[0].adjusted


def test_calibration_without_pairs_says_why(session: Session, supervisor: Session) -> None:
    add_family(session)
    found = calibrating.calibration(supervisor)
    assert found.assessments == 0
    assert found.agreement["A"].kappa is None
    assert "No unit" in found.agreement["A"].undefined
