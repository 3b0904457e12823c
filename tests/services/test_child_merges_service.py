"""Two records of one child: merged with nothing lost, and taken apart exactly as they were."""

import io
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from pypdf import PdfReader

from gcp2_app.domain.assessment import AssessmentState
from gcp2_app.domain.child_merges import Choice
from gcp2_app.domain.chronologies import ChronologyStyle, is_intact
from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.merge_cautions import Caution
from gcp2_app.domain.readers import Audience
from gcp2_app.domain.register import Agency, Allocation, Child
from gcp2_app.domain.users import Role
from gcp2_app.domain.when import When
from gcp2_app.errors import InvalidValue, MergedAway, NotAllowed
from gcp2_app.services import (
    assessments,
    casefiles,
    caseload,
    child_merges,
    chronologies,
    entries,
    referring,
    register,
    stream,
    trends,
    verifying,
    visits,
    withholding,
)
from gcp2_app.services.child_merges import NotLookedInto
from gcp2_app.services.documents import making
from gcp2_app.services.register import ReasonNeeded
from gcp2_app.services.second_person import SecondPerson, SecondPersonNeeded
from gcp2_app.services.session import Session
from gcp2_app.services.signed_record import digest_of
from gcp2_app.storage import audit
from tests import antenatal
from tests.services.twice import Twice, one_child_twice
from tests.stores import PASSPHRASE, TODAY, Clock, actions, add_user, as_user

_SURE = frozenset(Caution)
_SECOND = SecondPerson(sign_in_name="manager", passphrase=PASSPHRASE)


@pytest.fixture
def twice(session: Session, supervisor: Session) -> Twice:
    """One child recorded twice."""
    return one_child_twice(session, supervisor)


def _everything(session: Session) -> dict[str, dict[str, object]]:
    """Return the store's case file, each record by its id: a record that comes back comes last."""
    file = json.loads(b"".join(casefiles.export(session, recipient="", reason="test")))
    return {key: {each["id"]: each for each in records} for key, records in file.items() if isinstance(records, list)}


def _merge(session: Session, twice: Twice, *theirs: Choice) -> child_merges.ChildMerge:
    return child_merges.merge(
        session, twice.child.id, twice.other.id, theirs=theirs, sure=_SURE, reason="The same NHS number on paper."
    )


def test_nothing_of_either_record_is_lost(session: Session, twice: Twice) -> None:
    made = _merge(session, twice, Choice.SCHOOL)
    child = register.child(session, twice.child.id).child
    assert child == made.after
    assert (child.name, child.aliases) == ("Robin Practice-Oak", ("Bobby", "Robyn Oak"))
    assert (child.school, child.gp, child.upn) == ("Mill Hill Pre-school", "Brook Surgery", "A823432104001")
    assert child.gp_withheld_from == twice.other.gp_withheld_from
    assert [carer.main for carer in child.carers] == [True, False]
    assert child.statuses == twice.other.statuses
    assert child.note == "Also known to the nursery."
    with session.store.transaction() as tx:
        kinds = [entry.kind for entry in tx.entries.of_child(child.id)]
        assert kinds.count("referral") == 2  # Two requests stay two.
        assert kinds.count("appointment") == 2
        assert len(tx.assessments.of_child(child.id)) == 2
        assert len(tx.supervisions.of_child(child.id)) == 1
        assert tx.entries.get(twice.visit).children == (child.id, twice.sibling.id)
        assert tx.entries.get(twice.both).relevance == {child.id: "Tired.\nHungry."}
        draft, frozen = tx.chronologies.of_child(child.id)
        assert [pick.entry for pick in draft.picks] == [twice.both, twice.visit]
        assert frozen.id == twice.frozen
    assert [sibling.id for sibling in register.child(session, child.id).siblings] == [twice.sibling.id]
    drawn = {point.assessment for one in trends.trend(session, child.id).series for point in one.points}
    assert (len(drawn), twice.signed in drawn) == (2, True)


def test_undoing_puts_both_back_exactly(session: Session, twice: Twice) -> None:
    before = _everything(session)
    made = _merge(session, twice, Choice.NAME, Choice.SCHOOL)
    assert _everything(session) != before
    child_merges.undo(
        session, made.id, reason="Twins after all.", second=SecondPerson(sign_in_name="manager", passphrase=PASSPHRASE)
    )
    assert _everything(session) == before
    assert {"child records merged", "merge of child records undone"} <= set(actions(session))
    # And it can be done once more, with its record going on where it was.
    _merge(session, twice)


def test_what_came_since_stays_with_the_record_that_stood(session: Session, twice: Twice, clock: Clock) -> None:
    made = _merge(session, twice)
    clock.move(2)
    with session.store.transaction() as tx:
        moved = tx.entries.get(twice.visit)
        both = tx.entries.get(twice.both)
    entries.revise(session, replace(moved, what="As the school says it."), reason="More exact.")
    entries.revise(session, replace(both, impact="Late for school."), reason="Added.")
    new = entries.add(
        session,
        Entry(
            id="",
            kind="note",
            children=(twice.child.id,),
            when=When.on(TODAY),
            what="New.",
            source=Source(agency=Agency.SCHOOL),
        ),
    )
    child = register.child(session, twice.child.id).child
    register.save_child(session, replace(child, aliases=(*child.aliases, "Rob"), gp="Lake Surgery"))
    (shown,) = child_merges.look(session, twice.child.id)
    assert (shown.added, shown.later, shown.second) == (1, False, True)
    with pytest.raises(SecondPersonNeeded):
        child_merges.undo(session, made.id, reason="Twins.")
    kept, other = child_merges.undo(session, made.id, reason="Twins.", second=_SECOND)
    assert kept.aliases == ("Rob",)
    assert kept.gp == "Lake Surgery"
    assert other == twice.other
    with session.store.transaction() as tx:
        assert tx.entries.get(new.id).children == (kept.id,)
        assert tx.entries.get(twice.visit).children == (other.id, twice.sibling.id)
        assert tx.entries.get(twice.visit).what == "As the school says it."
        again = tx.entries.get(twice.both)
        assert (again.children, again.relevance, again.impact) == (
            both_of(twice),
            relevance_of(twice),
            "Late for school.",
        )


def both_of(twice: Twice) -> tuple[str, str]:
    """The children of the entry about both."""
    return twice.child.id, twice.other.id


def relevance_of(twice: Twice) -> dict[str, str]:
    """What it says of each."""
    return {twice.child.id: "Tired.", twice.other.id: "Hungry."}


def test_what_was_signed_keeps_its_digest(session: Session, twice: Twice) -> None:
    with session.store.transaction() as tx:
        before = digest_of(tx.assessments.get(twice.signed))
        frozen = tx.chronologies.get(twice.frozen)
    made = _merge(session, twice)
    with session.store.transaction() as tx:
        signed = tx.assessments.get(twice.signed)
        assert (signed.child, signed.made_for, signed.state) == (
            twice.child.id,
            twice.other.id,
            AssessmentState.SIGNED_OFF,
        )
        assert digest_of(signed) == before
        assert is_intact(tx.chronologies.get(twice.frozen))
        assert tx.chronologies.get(twice.frozen).frozen == frozen.frozen
    assert made.moved.assessments == (twice.signed,)


def test_the_absorbed_record_is_in_no_list_and_its_id_leads_to_the_other(session: Session, twice: Twice) -> None:
    _merge(session, twice)
    page = caseload.page(session, caseload.CaseloadQuery())
    assert twice.other.id not in {row.id for row in page.rows}
    for typed in ("Robyn", "Bobby", "A823432104001", twice.other.id):
        found = caseload.page(session, caseload.CaseloadQuery(text=typed)).rows
        assert [row.id for row in found] == [twice.child.id], typed
    part = caseload.page(session, caseload.CaseloadQuery(text=twice.other.id[:8])).rows
    assert part == (), "part of an id looks like a name"
    with pytest.raises(MergedAway, match=f"merged into the record {twice.child.id}") as raised:
        register.child(session, twice.other.id)
    assert raised.value.into == twice.child.id


def test_alerts_set_aside_wake(session: Session, twice: Twice) -> None:
    made = _merge(session, twice)
    assert [aside.until < TODAY for aside in made.after.set_asides] == [True]


def test_what_speaks_against_it_has_to_be_looked_into(session: Session, twice: Twice) -> None:
    shown = child_merges.compare(session, twice.child.id, twice.other.id)
    assert shown.cautions == (Caution.TWINS, Caution.NAMED_TOGETHER)
    assert shown.together == 1
    assert shown.differing == (Choice.NAME, Choice.SCHOOL)
    with pytest.raises(NotLookedInto) as raised:
        child_merges.merge(session, twice.child.id, twice.other.id, reason="One.", sure=(Caution.TWINS,))
    assert raised.value.cautions == (Caution.NAMED_TOGETHER,)


def test_whoever_merges_works_with_both(session: Session, twice: Twice) -> None:
    add_user(session, "colleague", Role.PRACTITIONER)
    colleague = as_user(session, "colleague")
    mine = Allocation(professional=colleague.professional.id, from_=TODAY)
    child = register.child(session, twice.child.id).child
    with session.store.transaction() as tx:
        tx.children.put(replace(child, allocated=(*child.allocated, mine)), by=None)
    with pytest.raises(NotAllowed, match="caseload"):
        child_merges.merge(colleague, twice.child.id, twice.other.id, reason="One.", sure=_SURE)
    with pytest.raises(InvalidValue, match="why"):
        child_merges.merge(session, twice.child.id, twice.other.id, reason=" ", sure=_SURE)
    with pytest.raises(InvalidValue, match="one record"):
        child_merges.compare(session, twice.child.id, twice.child.id)


def test_a_restricted_record_asks_why_and_stays_restricted(session: Session, twice: Twice) -> None:
    register.save_child(session, replace(twice.other, restricted=True))
    with pytest.raises(ReasonNeeded):
        child_merges.compare(session, twice.child.id, twice.other.id)
    made = child_merges.merge(
        session, twice.child.id, twice.other.id, reason="One.", sure=_SURE, other_why="A duplicate."
    )
    assert made.after.restricted


def test_nothing_is_merged_while_somebody_is_there(session: Session, twice: Twice) -> None:
    visits.begin(session, visits.Begin(child=twice.other.id, announced=True))
    with pytest.raises(NotAllowed, match="under way"):
        _merge(session, twice)


def test_the_latest_merge_is_undone_first(session: Session, twice: Twice, clock: Clock) -> None:
    first = _merge(session, twice)
    clock.move(1)
    second = child_merges.merge(session, twice.sibling.id, twice.child.id, reason="One more.", sure=_SURE)
    found = caseload.page(session, caseload.CaseloadQuery(text=twice.other.id)).rows
    assert [row.id for row in found] == [twice.sibling.id]
    assert [(each.merge.id, each.later) for each in child_merges.look(session, twice.sibling.id)] == [
        (second.id, False),
        (first.id, True),
    ]
    with pytest.raises(NotAllowed, match="later"):
        child_merges.undo(session, first.id, reason="No.")


def test_what_a_merged_record_withheld_is_told_in_no_text(session: Session, twice: Twice) -> None:
    made = _merge(session, twice)
    father = twice.other.gp_withheld_from[0]
    # The surgery of the record that stands is another one since: the merged one's is in nobody's register.
    register.save_child(session, replace(made.after, gp="Lake Surgery"))
    with session.store.transaction() as tx:
        around = withholding.around(tx, tx.children.get(twice.child.id))
    hidden = withholding.hidden_from(session, around, {father})
    assert hidden.scrub("Brook Surgery, and Lake Surgery").text == "[withheld], and [withheld]"


def test_what_was_withheld_from_a_merged_child_is_withheld_from_the_one_that_stands(
    session: Session, twice: Twice
) -> None:
    register.save_child(session, replace(twice.sibling, school="Far School", school_withheld_from=(twice.other.id,)))
    _merge(session, twice)
    with session.store.transaction() as tx:
        around = withholding.around(tx, tx.children.get(twice.child.id))
    hidden = withholding.hidden_from(session, around, {twice.child.id})
    assert hidden.scrub("At Far School.").text == "At [withheld]."


def test_a_correction_goes_with_what_it_corrects(session: Session, twice: Twice) -> None:
    made = _merge(session, twice)
    again = assessments.correct(session, twice.signed, reason="A wrong grade.")
    child_merges.undo(session, made.id, reason="Twins.", second=_SECOND)
    with session.store.transaction() as tx:
        corrected = tx.assessments.get(again.assessment.id)
    assert (corrected.child, corrected.made_for) == (twice.other.id, "")


def test_a_request_that_is_being_written_goes_on_in_the_record_that_stands(session: Session, twice: Twice) -> None:
    referring.keep_draft(session, twice.other.id, {"about": [twice.other.id], "incident": "Hungry."})
    _merge(session, twice)
    draft = referring.begin(session, twice.child.id)
    assert (draft.is_draft, draft.values["about"]) == (True, [twice.child.id])


def test_nothing_is_undone_without_a_reason_or_on_a_visit(session: Session, twice: Twice) -> None:
    made = _merge(session, twice)
    with pytest.raises(InvalidValue, match="why"):
        child_merges.undo(session, made.id, reason="")
    visits.begin(session, visits.Begin(child=twice.child.id, announced=True))
    with pytest.raises(NotAllowed, match="under way"):
        child_merges.undo(session, made.id, reason="Twins.", second=_SECOND)


def test_only_records_one_works_with_are_offered(session: Session, twice: Twice) -> None:
    found = child_merges.offers(session, twice.child.id)
    assert found[0].id == twice.other.id
    assert [row.id for row in child_merges.offers(session, twice.child.id, "Wren")] == [twice.sibling.id]
    add_user(session, "colleague", Role.PRACTITIONER)
    colleague = as_user(session, "colleague")
    mine = Allocation(professional=colleague.professional.id, from_=TODAY)
    with session.store.transaction() as tx:
        tx.children.put(replace(twice.child, allocated=(mine,)), by=None)
    assert child_merges.offers(colleague, twice.child.id) == ()
    assert child_merges.offers(colleague, twice.child.id, "Robyn") == ()


def test_both_trails_say_what_was_done(session: Session, twice: Twice) -> None:
    _merge(session, twice)
    with session.store.transaction() as tx:
        events = [event for event in audit.page(tx, limit=1000) if event.action == "child records merged"]
    assert {event.id for event in events} == {twice.child.id, twice.other.id}
    assert {event.reason for event in events} == {"The same NHS number on paper."}


def test_a_draft_written_on_since_the_merge_keeps_what_was_written(session: Session, twice: Twice) -> None:
    made = _merge(session, twice)
    draft = chronologies.start(session, twice.child.id, ChronologyStyle.PROFESSIONAL).draft
    chronologies.save(session, replace(draft, analysis=f"{draft.analysis} More."))
    child_merges.undo(session, made.id, reason="Twins.", second=_SECOND)
    ours = chronologies.start(session, twice.child.id, ChronologyStyle.PROFESSIONAL).draft
    theirs = chronologies.start(session, twice.other.id, ChronologyStyle.PROFESSIONAL).draft
    assert ours.analysis.endswith(" More.")
    assert [pick.entry for pick in ours.picks] == [twice.both]
    assert (theirs.analysis, [pick.entry for pick in theirs.picks]) == ("Of the other.", [twice.visit])


def test_an_unborn_child_and_the_baby_born_since_are_one(session: Session) -> None:
    expected = antenatal.add_unborn(session, due=TODAY + timedelta(days=10))
    working = antenatal.begin(session, expected)
    working = antenatal.grade(session, working, dict.fromkeys(antenatal.codes(working, "A"), 3))
    baby = Child(id="", given_names="Wren", family_name="Practice-Ash", date_of_birth=TODAY)
    born = register.save_child(session, baby)
    assert child_merges.compare(session, born.id, expected.id).cautions == (Caution.BORN_SINCE,)
    before = trends.trend(session, expected.id)
    made = child_merges.merge(session, born.id, expected.id, reason="The same baby.", sure=_SURE)
    assert (made.after.date_of_birth, made.after.expected_date, made.after.aliases) == (
        TODAY,
        expected.expected_date,
        (),
    )
    assert [one.points for one in trends.trend(session, born.id).series] == [one.points for one in before.series]
    kept, other = child_merges.undo(session, made.id, reason="Another baby.")
    assert (kept, other) == (made.before, expected)


def test_the_history_of_an_entry_and_its_names_know_the_record_that_stands(session: Session, twice: Twice) -> None:
    with session.store.transaction() as tx:
        entry = tx.entries.get(twice.visit)
    entries.revise(session, replace(entry, what="As the school says it."), reason="More exact.")
    _merge(session, twice)
    (latest, first) = stream.history(session, twice.visit)
    assert latest.changed == ("what",)
    assert first.entry.relevance == latest.entry.relevance
    note = Entry(
        id="",
        kind="note",
        children=(twice.sibling.id,),
        when=When.on(TODAY),
        what="New.",
        source=Source(agency=Agency.SCHOOL),
        withheld_from=(twice.other.id,),
    )
    kept = entries.add(session, note)
    assert stream.open_(session, kept.id).names[twice.other.id] == "Robin Practice-Oak"


def test_a_copy_of_the_record_tells_what_the_merged_one_said(session: Session, twice: Twice) -> None:
    _merge(session, twice)
    wanted = making.Wanted(kind="subject_access", child=twice.child.id, audience=Audience.OWN_AGENCY)
    content = making.preview(session, wanted).content
    text = " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages)
    assert "Another record, merged on 23 November 2026" in text
    assert "School or nursery: Mill Hill Pre-school" in text


def test_a_store_that_is_looked_through_is_whole_with_a_merge_and_without_it_again(
    session: Session, twice: Twice
) -> None:
    made = _merge(session, twice)
    found = verifying.begin(session).run()
    assert (found.troubles, found.signed) == ((), 2)
    child_merges.undo(session, made.id, reason="Twins.", second=_SECOND)
    assert verifying.begin(session).run().troubles == ()
