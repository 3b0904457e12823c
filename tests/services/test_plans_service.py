"""Plans and meetings: the steps that take one press, who may take them, and the gate for the child's advocate."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.plans.board import Column
from gcp2_app.domain.register import Agency
from gcp2_app.domain.users import Role
from gcp2_app.domain.when import When
from gcp2_app.errors import InvalidValue, NotAllowed
from gcp2_app.services import casefiles, entries, plan_steps, plans, register
from gcp2_app.services.meeting_gate import ReasonForNoAdvocate
from gcp2_app.services.plan_steps import Answers, Step
from gcp2_app.services.register import ReasonNeeded
from gcp2_app.services.session import Session
from gcp2_app.storage import audit
from tests import stores
from tests.services.families import Oaks, add_oaks
from tests.stores import TODAY

OWN = Source(name="Practice Alex Smith", role="social worker", agency=Agency.CHILDRENS_SOCIAL_CARE)
TODAY_TEXT = TODAY.isoformat()


@pytest.fixture
def oaks(session: Session) -> Oaks:
    """A family of three children."""
    return add_oaks(session)


def add(session: Session, oaks: Oaks, kind: str, *children: str, **data: Any) -> Entry:
    made = Entry(id="", kind=kind, children=children or (oaks.robin.id,), source=OWN, data=data, what="Said.")
    not_known = {} if "agreed_on" in data else {"when": "a test"}
    return entries.add(session, replace(made, not_known=not_known))


def action(session: Session, oaks: Oaks, **data: Any) -> Entry:
    return add(session, oaks, "action", **{"what": "Mend the bed", "agreed_on": "2026-11-02", **data})


def step(entry: Entry) -> Step:
    return Step(id=entry.id, revision=entry.revision)


def column(session: Session, oaks: Oaks) -> Column:
    (card,) = plans.of_child(session, oaks.robin.id).cards
    return card.column


def test_an_action_is_said_done_checked_and_seen_to_last(session: Session, oaks: Oaks) -> None:
    held = action(session, oaks)
    assert column(session, oaks) is Column.AGREED
    held = plan_steps.say_done(session, step(held), date(2026, 11, 5))
    assert column(session, oaks) is Column.SAID
    held = plan_steps.check(session, step(held), on=date(2026, 11, 6), by="seen", result="done")
    assert column(session, oaks) is Column.CHECKED
    held = plan_steps.look_again(session, step(held), on=TODAY, by="child", result="done")
    assert column(session, oaks) is Column.LASTS
    assert held.revision == 4
    assert held.data["checked_by"] == "seen"
    with session.store.transaction() as tx:
        said = [(each.action, each.reason) for each in audit.page(tx, limit=20) if each.id == held.id]
    assert ("entry revised", "Said to be done") in said
    assert ("entry revised", "Checked") in said
    assert ("entry revised", "Looked at again") in said


def test_a_step_on_what_changed_meanwhile_is_refused(session: Session, oaks: Oaks) -> None:
    held = action(session, oaks)
    plan_steps.say_done(session, step(held), TODAY)
    with pytest.raises(NotAllowed, match="changed this entry meanwhile"):
        plan_steps.check(session, step(held), on=TODAY, by="seen", result="done")


def test_days_to_come_and_checks_that_say_nothing_are_refused(session: Session, oaks: Oaks) -> None:
    held = step(action(session, oaks, checked_on="2026-11-06", checked_result="done"))
    tomorrow = date(2026, 11, 24)
    refusals: tuple[Callable[[], Entry], ...] = (
        lambda: plan_steps.say_done(session, held, tomorrow),
        lambda: plan_steps.check(session, held, on=tomorrow, by="seen", result="done"),
        lambda: plan_steps.check(session, held, on=TODAY, by="", result="done"),
        lambda: plan_steps.check(session, held, on=TODAY, by="seen", result=""),
        lambda: plan_steps.look_again(session, held, on=TODAY, by="", result="done"),
        lambda: plan_steps.look_again(session, held, on=date(2026, 11, 6), by="seen", result="done"),
        lambda: plan_steps.agree_again(session, held, agreed_on=tomorrow, due=None, who="", what=""),
    )
    for refused in refusals:
        with pytest.raises(InvalidValue):
            refused()


def test_what_could_not_be_checked_stays_unchecked(session: Session, oaks: Oaks) -> None:
    held = plan_steps.say_done(session, step(action(session, oaks)), TODAY)
    held = plan_steps.check(session, step(held), on=TODAY, by="", result="could_not_check")
    assert "checked_by" not in held.data
    assert column(session, oaks) is Column.SAID


def test_it_is_agreed_again_as_the_same_action(session: Session, oaks: Oaks) -> None:
    first = action(session, oaks, who="Rose")
    again = plan_steps.agree_again(session, step(first), agreed_on=TODAY, due=date(2026, 12, 1), who="", what="")
    assert again.data == {
        "what": "Mend the bed",
        "who": "Rose",
        "agreed_on": TODAY_TEXT,
        "due": "2026-12-01",
        "same_as": first.id,
    }
    (card,) = plans.of_child(session, oaks.robin.id).cards
    assert (card.entry.id, card.earlier) == (again.id, (date(2026, 11, 2),))
    other = plan_steps.agree_again(session, step(again), agreed_on=TODAY, due=None, who="Dean", what="Mend both")
    assert (other.data["who"], other.data["what"], "due" in other.data) == ("Dean", "Mend both", False)


def test_the_three_questions_are_kept_and_one_not_known_stays_open(session: Session, oaks: Oaks) -> None:
    held = action(session, oaks)
    held = plan_steps.answer(session, step(held), Answers(understood=True, able=None, prevented=False))
    assert held.data["understood"] is True
    assert held.data["asked"] == {"prevented": False, "on": TODAY_TEXT}
    held = plan_steps.answer(
        session, step(held), Answers(understood=None, able=False, prevented=False, able_words="No money for a bed")
    )
    assert "understood" not in held.data
    assert held.data["asked"]["able_words"] == "No money for a bed"


def meeting(session: Session, oaks: Oaks, **data: Any) -> Entry:
    return add(session, oaks, "meeting", **{"type": "core_group", "planned_for": "2026-12-10", **data})


def test_invitations_without_the_advocate_need_a_reason(session: Session, oaks: Oaks) -> None:
    held = meeting(session, oaks)
    with pytest.raises(ReasonForNoAdvocate):
        plan_steps.send_invitations(session, step(held), on=TODAY)
    held = plan_steps.send_invitations(session, step(held), on=TODAY, no_advocate_reason=" Robin declined. ")
    assert held.data["no_advocate_reason"] == "Robin declined."
    # Sent already: a later correction is not asked about it again.
    corrected = replace(held, data={**{k: v for k, v in held.data.items() if k != "no_advocate_reason"}, "chair": "A"})
    assert entries.revise(session, corrected, reason="The chair").data["chair"] == "A"


def test_the_gate_stands_in_every_form_and_holds_nothing_urgent_up(session: Session, oaks: Oaks) -> None:
    sent = {"invitations_sent_on": TODAY_TEXT}
    with pytest.raises(ReasonForNoAdvocate):
        meeting(session, oaks, **sent)
    meeting(session, oaks, **sent, no_advocate_reason="A newborn.")
    meeting(session, oaks, **sent, invited=[{"role": "Child’s advocate"}])
    meeting(session, oaks, **sent | {"planned_for": "2026-11-24"})
    meeting(session, oaks, **sent | {"type": "strategy"})


def test_a_named_advocate_is_known_by_name_and_one_entered_in_error_is_not(session: Session, oaks: Oaks) -> None:
    said = add(session, oaks, "advocacy", status="accepted", name="Ada Pole")
    sent = {"invitations_sent_on": TODAY_TEXT, "invited": [{"role": "guest", "name": "ada pole"}]}
    meeting(session, oaks, **sent)
    entries.enter_in_error(session, said.id, reason="Another child")
    with pytest.raises(ReasonForNoAdvocate):
        meeting(session, oaks, **sent)


def test_an_import_is_never_held_up(session: Session, oaks: Oaks, tmp_path: Any) -> None:
    path = tmp_path / "file.json"
    data = {"type": "icpc", "planned_for": "2026-12-20", "invitations_sent_on": "2026-11-20"}
    source = {"agency": "school"}
    entry = {"id": "m1", "kind": "meeting", "children": [oaks.robin.id], "when": "2026-11-20", "source": source}
    document = {"format": "gcp2-casefile", "version": 1, "entries": [{**entry, "what": "Asked for.", "data": data}]}
    path.write_text(json.dumps(document))
    assert not casefiles.import_(session, path).quarantined
    (found,) = plans.of_child(session, oaks.robin.id).meetings
    assert found.lacks_advocate


def test_reading_needs_the_caseload_and_a_reason_where_the_record_is_restricted(session: Session, oaks: Oaks) -> None:
    stores.add_user(session, "sam", Role.PRACTITIONER)
    with pytest.raises(NotAllowed):
        plans.of_child(stores.as_user(session, "sam"), oaks.robin.id)
    register.save_child(session, replace(oaks.robin, restricted=True), reason="test")
    with pytest.raises(ReasonNeeded):
        plans.of_child(session, oaks.robin.id)
    assert plans.of_child(session, oaks.robin.id, why="On duty").child == oaks.robin.id
    with session.store.transaction() as tx:
        assert ("plans opened", "On duty") in [(each.action, each.reason) for each in audit.page(tx, limit=3)]


def test_a_supervisor_reads_and_takes_no_step(session: Session, supervisor: Session, oaks: Oaks) -> None:
    held = action(session, oaks)
    assert plans.of_child(supervisor, oaks.robin.id).cards
    with pytest.raises(NotAllowed):
        plan_steps.say_done(supervisor, step(held), TODAY)


def test_what_is_said_of_a_child_nobody_here_works_with_is_not_shown(session: Session, oaks: Oaks) -> None:
    stores.add_user(session, "sam", Role.PRACTITIONER)
    sam = stores.as_user(session, "sam")
    mine = register.child(session, oaks.robin.id).child
    allocated = (*mine.allocated, replace(mine.allocated[0], professional=sam.professional.id))
    register.save_child(session, replace(mine, allocated=allocated))
    decided = {oaks.robin.id: "Stays on the plan", oaks.fern.id: "Ends"}
    entry = Entry(
        id="",
        kind="meeting",
        children=(oaks.robin.id, oaks.fern.id),
        when=When("2026-11-20"),
        source=OWN,
        data={"type": "core_group", "held": "2026-11-20", "decisions_per_child": decided},
    )
    entries.add(session, entry)
    (found,) = plans.of_child(sam, oaks.robin.id).meetings
    assert dict(found.fact.data["decisions_per_child"]) == {oaks.robin.id: "Stays on the plan"}
