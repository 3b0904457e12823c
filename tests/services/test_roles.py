"""Roles are enforced in services: every public use case, tried as everyone.

A new use case fails here until it stands in the table.

Source: casework.md, People who use it.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gcp2_app.domain.users import Role
from gcp2_app.errors import InvalidValue, NotAllowed
from gcp2_app.services import casefiles
from gcp2_app.services.session import Session
from tests.services.everyone import EVERYONE, World, outcome, use_cases
from tests.services.everyones_store import make_world
from tests.stores import make_session

#: Closes the store of whoever asks, or fills one that is empty: tried apart from the others.
_APART = {"stores.lock", "casefiles.load_practice_family"}

#: What becomes of it when somebody asks: one letter each of own practitioner, practitioner of another, supervisor of
#: the child's team, supervisor of another team, administrator, auditor, and somebody without any role. ``+`` is done,
#: ``-`` is refused.
TABLE = {
    # Everybody: it is about oneself, the program, invented children, or it is given a record that was reached before.
    "+++++++": """
        alert_cards.is_mine alert_cards.is_own_agencys alert_cards.laid_out alerts.ask_some alerts.own
        arrivals.arrive backups.begin_due backups.finish backups.overview
        blind.as_seen blind.grading_as blind.hidden_units
        clinical_safety.of drafts.belongs_to drafts.seal drafts.unseal
        entry_step.require_past keeping.settled learning.hub
        learning.mark_read learning.receipts local_services.all_ local_services.may_change
        packs.approval_of packs.approvers packs.available packs.get
        packs.is_approved packs.why_hidden practice.ensure_family practice.family
        referral_outcomes.opened trigger_review.step_for second_person.confirm training.correct
        training.record training.rows supervision.second_gradings.of_mine
        users.all_ users.change_passphrase visit_drafts.seal
        visit_drafts.unseal visit_people.key_of visits.running withholding.hidden_from
    """,
    # Whoever reads cases; what is listed is cut to the children they reach.
    "++++---": """
        alerts.across caseload.page child_merges.of_id documents.offers.of_store finding.entries
        register.find_households register.find_people
        register.find_professionals register.likely_duplicates visits.today
    """,
    # Whoever works on cases: it is about nobody's record in particular.
    "++-----": """
        agency_record.not_yet backups.make_before_import casefiles.import_ chronology_import.remembered
        invented.filling.fill
        register.save_household register.save_person register.save_professional
    """,
    # Whoever reads this child: their own practitioner and their own team's supervisor. Of two records that are merged
    # they reach both.
    "+-+----": """
        agency_record.of alert_cards.counted alert_cards.of_child alerts.at alerts.of_child alerts.set_aside
        alerts.take_up_again assessments.look_again assessments.open_ assessments.remember_unit
        attachments.content case_history.before case_history.day casefiles.export
        challenging.of_child charts.chart charts.document charts.every
        charts.file chronologies.export chronologies.open_ chronologies.open_of_entry chronologies.versions
        chronology_import.batches documents.choosing.choices documents.making.export
        documents.making.note_not_saved documents.making.prepare_export documents.making.prepare_preview
        documents.making.preview documents.offers.of_child elsewhere.find
        elsewhere.recorded_by entry_children.require_reached entry_links.find families.of_assessment glance.of_child
        health.of_child names.of_assessment comparisons.choices comparisons.compare_two replays.days replays.known
        child_merges.compare child_merges.look child_merges.merge child_merges.offers child_merges.undo
        planning.visits plans.of_child referral_outcomes.of_child referral_outcomes.standing_of
        referral_outcomes.text register.child reports.assessment_preview reports.assessment_report
        reports.latest_assessment reports.trend_losses
        reports.trend_series sharing.before stream.history stream.open_ stream.outline stream.read
        sorting.waiting trends.trend withholding.readers
    """,
    # Whoever works on this child.
    "+------": """
        agency_record.mark alerts.note_asked assessments.note_earlier_opened assessments.save assessments.start
        attachments.add attachments.remove attendance_files.preview attendance_files.take_in before_visit.before
        case_history.note_read challenging.add_contact challenging.advance challenging.letter challenging.letter_file
        challenging.record_reply challenging.resolve challenging.start chronologies.changes_since
        chronologies.freeze chronologies.look chronologies.save chronologies.start chronology_import.preview
        chronology_import.take_in chronology_import.undo coaching.brief deep_dives.begin
        deep_dives.join_meeting elsewhere.change
        elsewhere.record entries.add entries.destroy_sealed entries.enter_in_error entries.needs_second_person
        entries.revise entry_step.seen entry_step.take exchanges.export exchanges.preview exchanges.take_in
        harm_reviews.begin health.letter medicine_steps.check medicine_steps.give_copy medicine_steps.note_change
        medicine_steps.take_back plan_steps.agree_again plan_steps.answer plan_steps.check plan_steps.look_again
        plan_steps.say_done plan_steps.send_invitations proposals.offer referral_outcomes.add_follow_up
        referral_outcomes.record_outcome referring.begin referring.draft_text referring.drop_draft
        referring.keep_draft referring.record_try referring.send register.needs_second_person register.save_child
        shared_evidence.put_on shared_evidence.take_off sharing.record sorting.open_
        sorting.sort_line stages.close_section stages.correct stages.end_hold stages.finish stages.hold_back
        stages.open_section stages.resume stages.share stages.submit trigger_review.begin trigger_review.keep
        visits.add_line visits.begin visits.change_line visits.end visits.keep visits.keep_draft
        withholding_waits.confirm withholding_waits.keep
    """,
    # Whoever was asked to grade again, blind; reach is not asked of them.
    "-+-----": """
        supervision.second_gradings.finish supervision.second_gradings.keep supervision.second_gradings.open_
    """,
    # The two who graded, and whoever asked.
    "+++----": "supervision.second_gradings.compare",
    # Supervisors; what is listed is cut to their team.
    "--++---": """
        learning.team review.queue supervision.calibrating.calibration supervision.cohorts.cohorts
        supervision.desk.desk supervision.second_gradings.choices
    """,
    # The supervisor of the child's team.
    "--+----": """
        supervision.second_gradings.ask stages.return_ stages.sign_off supervision.recorded.of_child
        supervision.recorded.record
        supervision.recorded.say_followed
    """,
    # Whoever works on cases, supervises or manages the store: it says nothing about any family.
    "+++++--": "local_services.save",
    # Supervisors and administrators: nobody confirms their own.
    "--+++--": "training.confirm",
    # Administrators and auditors.
    "----++-": "verifying.begin verifying.finish",
    # Administrators.
    "----+--": """
        backups.begin backups.make backups.set_place restoring.would_lose
        clinical_safety.approve clinical_safety.withdraw packs.approve_open_pack packs.install
        stores.new_recovery_code users.add users.leave users.set_roles users.set_team
    """,
}
EXPECTED = {name: letters for letters, names in TABLE.items() for name in names.split()}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A store in which everybody has a sign-in."""
    folder = tmp_path_factory.mktemp("everyone")
    session: Session = make_session(folder / "store")
    yield make_world(session, folder)
    session.store.close()


def test_every_use_case_stands_in_the_table() -> None:
    assert set(use_cases()) - _APART == set(EXPECTED)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_roles_are_enforced(world: World, name: str) -> None:
    case = use_cases()[name]
    assert "".join(outcome(world, name, case, who) for who in EVERYONE) == EXPECTED[name]


@pytest.mark.parametrize("role", Role)
def test_the_practice_family_is_put_into_an_empty_store_by_whoever_works_on_cases(tmp_path: Path, role: Role) -> None:
    with (owner := make_session(tmp_path / "store")).store:
        session = replace(owner, user=replace(owner.user, roles=frozenset({role})))
        if role is Role.PRACTITIONER:
            assert casefiles.load_practice_family(session).taken
        else:
            with pytest.raises(NotAllowed, match="work on cases"):
                casefiles.load_practice_family(session)


def test_what_could_not_be_done_says_nothing_about_roles(world: World) -> None:
    def fail(_session: Session) -> None:
        raise InvalidValue("Wrong.")

    with pytest.raises(InvalidValue):
        outcome(world, "fail", fail, "own")
