"""A second practitioner grades without seeing the first: nowhere before their own grade is given."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from pytestqt.qtbot import QtBot

from gcp2_app.domain.answers import EvidenceSource, UnitState
from gcp2_app.domain.assessment import Assessment, AssessmentState, Judgement, Step, Target, Window
from gcp2_app.domain.completeness import Missing
from gcp2_app.domain.instrument import Pack
from gcp2_app.domain.scoring import score
from gcp2_app.domain.users import Role
from gcp2_app.forms.packs import shipped_pack
from gcp2_app.services import assessments
from gcp2_app.services.assessments import Working
from gcp2_app.services.session import Session
from gcp2_app.ui.assess import blind, changes, steps
from gcp2_app.ui.assess.review_page import ReviewPage
from gcp2_app.ui.assess.subarea_page import SubareaPage
from gcp2_app.ui.assess.targets_page import TargetsPage
from gcp2_app.ui.workspace import Workspace
from tests import stores
from tests.ui.assessing import Assessing, Key, in_window, labels
from tests.ui.conftest import OnDatabase

ME, OTHER = "w-me", "w-other"
DAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def pack() -> Pack:
    """The open pack."""
    return shipped_pack("graded-care", None)


def graded(pack: Pack, **by_other: int) -> Assessment:
    """Return an assessment in progress with units the other graded."""
    value = Assessment(
        id="a", child="c", window=Window(from_=DAY, to=DAY), band="2-5", state=AssessmentState.IN_PROGRESS
    )
    for code, rank in by_other.items():
        value = changes.graded(pack, value, code.replace("_", "."), rank=rank, by=OTHER, on=DAY)
    return value


def test_the_others_grade_is_as_if_it_was_not_there(pack: Pack) -> None:
    value = graded(pack, A1_a=4, A1_b=2)
    value = changes.graded(pack, value, "A1.b", rank=2, by=ME, on=DAY)
    value = changes.changed_answer(value, "A1.a", unverified_reason="by telephone", note="the fridge")
    seen = blind.as_seen(pack, value, ME)
    assert seen.answer("A1.a").state is UnitState.NOT_STARTED
    assert (seen.answer("A1.a").grades, seen.answer("A1.a").unverified_reason) == ((), "")
    assert seen.answer("A1.b") == value.answer("A1.b")
    assert score(pack, "2-5", seen.units).areas["A"].grade == 2
    assert blind.as_seen(pack, value, OTHER) is value
    assert blind.as_seen(pack, value, "") is value, "who only reads has no judgement to steer"


def test_what_hangs_on_the_others_grade_is_not_seen_either(pack: Pack) -> None:
    value = replace(
        graded(pack, A1_a=4),
        targets=(Target(unit="A1.a", current=4, target=3), Target(unit="B2", current=3, target=2)),
        judgements={"A1": Judgement(grade=5, reason="x"), "B2": Judgement(grade=3)},
    )
    seen = blind.as_seen(pack, value, ME)
    assert [target.unit for target in seen.targets] == ["B2"]
    assert list(seen.judgements) == ["B2"]
    items = (Missing(code="A1.a", field="evidence", what="x"), Missing(code="B2", field="units", what="y"))
    assert blind.missing_as_seen(items, value, ME) == items[1:]


@pytest.mark.parametrize("state", [AssessmentState.COMPLETE, AssessmentState.SHARED, AssessmentState.SIGNED_OFF])
def test_once_grading_is_finished_everything_is_seen(pack: Pack, state: AssessmentState) -> None:
    assert not blind.hidden_units(replace(graded(pack, A1_a=4), state=state), ME)


def test_what_was_once_shown_is_not_hidden_again(pack: Pack) -> None:
    value = graded(pack, A1_a=4)
    finished = Step(state=AssessmentState.COMPLETE, at=datetime(2026, 11, 20, tzinfo=UTC), by=OTHER)
    assert blind.hidden_units(value, ME) == {"A1.a"}
    assert not blind.hidden_units(replace(value, steps=(finished,)), ME)
    assert not blind.hidden_units(replace(value, corrects="b"), ME)


def test_clearing_ones_own_grade_leaves_the_others_standing(pack: Pack) -> None:
    value = changes.graded(pack, graded(pack, A1_a=4), "A1.a", rank=2, by=ME, on=DAY)
    cleared = changes.cleared(value, "A1.a", by=ME)
    assert (cleared.answer("A1.a").state, cleared.answer("A1.a").grade) == (UnitState.SCORED, 4)
    assert blind.hidden_units(cleared, ME) == {"A1.a"}


def by_other(session: Session, working: Working) -> None:
    """Have another practitioner grade A1.a a 5 with evidence and a target, and A1.b a 2."""
    stores.add_user(session, "kim", Role.PRACTITIONER, Role.SUPERVISOR)
    kim = stores.as_user(session, "kim")
    units = {
        "A1.a": stores.graded(kim, working, "A1.a", 5),
        "A1.b": stores.graded(kim, working, "A1.b", 2),
    }
    targets = (Target(unit="A1.a", current=5, target=3),)
    assessments.save(kim, working, replace(working.assessment, units=units, targets=targets))


@pytest.fixture
def person(qtbot: QtBot, workspace: Workspace, on_database: OnDatabase, practice_session: Session) -> Assessing:
    """The second practitioner in front of what another began to grade."""

    def make() -> str:
        child, _ = stores.add_family(practice_session)
        working = stores.begin(practice_session, child, first=date(2026, 11, 9))
        by_other(practice_session, working)
        return working.assessment.id

    made = in_window(qtbot, workspace, on_database)
    made.open(on_database(make))
    return made


def chip_of_area(person: Assessing) -> str:
    """Return what the chip of area A beside the page says."""
    assert person.page.so_far is not None
    return person.page.so_far.rows["A"].chip.accessibleName()


def test_neither_chips_review_nor_targets_show_the_others_grade(person: Assessing) -> None:
    assert chip_of_area(person) == "No grade"
    review = person.go(steps.REVIEW)
    assert isinstance(review, ReviewPage)
    assert review.rows["A"].chip.accessibleName() == "No grade"
    assert review.rows["A1"].chip.accessibleName() == "No grade"
    assert "not yet by you" in labels(review)
    assert "none at 5, 15 without a grade" in labels(review.rows["A"])
    targets = person.go(steps.TARGETS)
    assert isinstance(targets, TargetsPage)
    assert targets.cards == {}
    assert targets.offers == {}
    assert person.page.so_far is not None
    assert not any(line.item.code == "A1.a" for line in person.page.so_far.missing.lines)


def test_ones_own_grade_brings_both_into_sight(person: Assessing) -> None:
    person.card("A1.a")
    person.press(Key.Key_2)
    person.wait_kept()
    assert chip_of_area(person).startswith("Grade 5")
    page = person.step
    assert isinstance(page, SubareaPage)
    assert "Practice kim: 5" in labels(page.cards[0])
    targets = person.go(steps.TARGETS)
    assert isinstance(targets, TargetsPage)
    assert list(targets.cards) == ["A1.a"]


def test_who_does_not_grade_blind_asks_to_see_the_others_grades(person: Assessing) -> None:
    assert person.page.so_far is not None
    person.page.so_far.show_others.click()
    assert chip_of_area(person).startswith("Grade 5")
    assert not person.page.so_far.show_others.isVisible()
    card = person.card("A1.a")
    assert card.cards.cards[4].isChecked()
    person.go(steps.REVIEW)
    assert "not yet by you" not in labels(person.step)


def test_the_others_grade_is_not_put_aside_by_a_key(person: Assessing, practice_session: Session) -> None:
    card = person.card("A1.a")
    person.press(Key.Key_N)
    assert not card.states.buttons[UnitState.NOT_OBSERVED].isEnabled()
    assert card.states.by_others.isVisible()
    assert not card.states.clear.isVisible()
    person.press(Key.Key_Delete)
    person.wait_kept()
    answer = person.stored(practice_session).answer("A1.a")
    assert (answer.state, answer.grade) == (UnitState.SCORED, 5)
    assert answer.evidence[0].source is EvidenceSource.SEEN_AT_HOME


def test_a_supervisor_who_does_not_grade_sees_what_is_graded(
    qtbot: QtBot, workspace: Workspace, on_database: OnDatabase, practice_session: Session, person: Assessing
) -> None:
    id_ = person.draft.value.id

    def add() -> Session:
        stores.add_user(practice_session, "reader", Role.SUPERVISOR)
        return stores.as_user(practice_session, "reader")

    workspace.begin(on_database(add))
    reader = in_window(qtbot, workspace, on_database)
    reader.open(id_)
    assert chip_of_area(reader).startswith("Grade 5")
    workspace.begin(practice_session)
