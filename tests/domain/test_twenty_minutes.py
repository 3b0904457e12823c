"""One child in twenty minutes: what changed, what nobody checked, whose voice is missing, where grades disagree."""

from datetime import timedelta

import pytest

from gcp2_app.domain.alerts import Alert, Job, Level
from gcp2_app.domain.answers import UnitAnswer, UnitState
from gcp2_app.domain.assessment import Assessment, AssessmentState, Window
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.register import Person
from gcp2_app.domain.supervision import Decision, Followed, Supervision, follow
from gcp2_app.domain.twenty_minutes import TwentyMinutes, twenty_minutes
from gcp2_app.errors import InvalidValue, NotFound
from tests.plans import view_of
from tests.rules import DAY, carer, child, entry, home, plan

MOTHER, _ = carer()
RECENT = DAY - timedelta(days=5)
LATEST = Assessment(
    id="a1",
    child="c1",
    carers=("p1",),
    pack="graded-care",
    pack_version="1.0.0",
    window=Window(from_=RECENT, to=RECENT),
    state=AssessmentState.SIGNED_OFF,
    signed_off_on=RECENT,
    child_voice="He likes the bus.",
    units={"A1.a": UnitAnswer(state=UnitState.SCORED, grade=4, carer_grade=1)},
)
DISAGREE = Alert(
    rule="LP1.disagree",
    row="LP1",
    level=Level.ACT,
    since=RECENT,
    text="Two entries say otherwise.",
    entries=("a1",),
    next="",
    job=Job.LEAD,
)


def page(*entries: Entry, assessments: tuple[Assessment, ...] = (), alerts: tuple[Alert, ...] = ()) -> TwentyMinutes:
    of = child(carers=(MOTHER,), statuses=(plan(RECENT),))
    view = view_of(*entries, of=of)
    return twenty_minutes(view, assessments, alerts, (), people={"p1": Person(id="p1", name="Rose")}, titles={})


def test_a_new_status_and_a_signed_assessment_are_changes() -> None:
    said = [line.text for line in page(assessments=(LATEST,)).changed]
    assert said[0].startswith("Child protection")
    assert any("was signed off on" in text for text in said)


def test_a_check_that_could_not_be_made_is_told() -> None:
    tried = entry("e1", "action", RECENT, what="Mend the lock", agreed_on=RECENT, checked_result="could_not_check")
    open_ = entry("e2", "action", RECENT, what="Buy a bed", agreed_on=RECENT)
    said = [line.text for line in page(tried, open_).unchecked]
    assert not any("bed" in text for text in said)
    assert "Mend the lock: a check was tried and could not be made." in said


def test_a_voice_that_was_heard_is_not_missing() -> None:
    heard = entry("e1", "statement", RECENT, agency=None)
    offered = entry("e2", "advocacy", RECENT, status="offered", on=RECENT)
    said = [line.text for line in page(heard, offered, assessments=(LATEST,)).voices]
    assert not any("voice" in text or "statement" in text or "advocate" in text for text in said)
    without = [line.text for line in page().voices]
    assert "No statement of the child is recorded." in without
    beside = [line.text for line in page(assessments=(LATEST,)).voices]
    assert "No statement of the child is recorded, beside what the assessment holds." in beside


def test_a_child_seen_today_was_seen_today() -> None:
    today = entry("e1", "visit", DAY, mode="home", access="given", child_seen=True)
    said = [line.text for line in page(today).unchecked]
    assert any(text.startswith("The child was last seen at a visit") and text.endswith(", today.") for text in said)


def test_where_grades_disagree_it_leads_to_the_assessment() -> None:
    first, second = page(assessments=(LATEST,), alerts=(DISAGREE,)).at_odds
    assert (first.text, first.assessment) == ("Two entries say otherwise.", "a1")
    assert second.text == "Carers graded 1 unit two steps or more apart from us: A1.a."
    (alone,) = page(alerts=(DISAGREE,)).at_odds
    assert alone.assessment == ""


def test_a_decision_that_is_not_there_or_not_explained_is_refused() -> None:
    held = Supervision(id="s1", child="c1", on=RECENT, by="w9", decisions=(Decision(what="Visit", why="Unseen"),))
    with pytest.raises(NotFound):
        follow(held, 1, Followed.DONE, on=DAY, words="")
    with pytest.raises(InvalidValue):
        follow(held, 0, Followed.NOT_DONE, on=DAY, words=" ")
    assert follow(held, 0, Followed.DONE, on=DAY, words="").decisions[0].followed_on == DAY


def test_a_home_the_child_does_not_live_in_is_not_theirs() -> None:
    assert list(view_of(households=(home("c9"),)).households()) == []
