"""The planner of a window's visits, in the right-hand pane and on its page."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from gcp2_app.domain.answers import Evidence, EvidenceSource, PersonGrade, UnitAnswer, UnitState
from gcp2_app.domain.assessment import Window
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.planning import (
    Access,
    ChildNeed,
    Countdown,
    EarlierReview,
    LateUnit,
    Need,
    Visit,
)
from gcp2_app.domain.when import When
from gcp2_app.services import assessments
from gcp2_app.services.session import Session
from gcp2_app.ui.assess import changes, planner_words, steps
from gcp2_app.ui.assess.planner_page import PlannerPage
from gcp2_app.ui.workspace import Workspace
from tests.ui.assessing import Assessing, Key, begun, labels
from tests.ui.conftest import OnDatabase

MAY_2 = date(2026, 5, 2)


def counted(day: int, days: int = 28, *, reason: bool = False) -> Countdown:
    return Countdown(day=day, days=days, usual_days=28, reason_beyond_days=42, reason_given=reason)


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (-1, "The window begins in 2 days"),
        (0, "The window begins in 1 day"),
        (1, "Day 1 of 28, 27 days left"),
        (19, "Day 19 of 28, 9 days left"),
        (27, "Day 27 of 28, 1 day left"),
        (28, "Day 28 of 28, today is the last day"),
        (29, "The window ended 1 day ago"),
        (31, "The window ended 3 days ago"),
    ],
)
def test_the_countdown_in_words(qapp: object, day: int, text: str) -> None:
    del qapp
    assert planner_words.countdown(counted(day)) == text


def test_what_there_is_to_know_of_a_long_window(qapp: object) -> None:
    del qapp
    assert planner_words.beyond(counted(28)) == ""
    assert "more than 42 days need a reason" in planner_words.beyond(counted(29))
    assert "28 are usual" in planner_words.beyond(counted(1, 29))
    assert planner_words.beyond(counted(1, 43)).endswith("more than 42 need a reason.")
    assert planner_words.beyond(counted(1, 43, reason=True)).endswith("the reason is written.")


def test_a_visit_in_words(qapp: object) -> None:
    del qapp
    visit = Visit(id="e", on=MAY_2, certain=True, mode="home", announced=False, access=Access.GIVEN, late=False)
    assert planner_words.visit(visit) == "2 May 2026, at home, unannounced"
    unsure = replace(visit, certain=False, announced=None, mode="", late=True)
    assert planner_words.visit(unsure) == "about 2 May 2026, not said whether announced, after the window’s end"
    assert planner_words.became(visit) == "Access given, not said whether the child was seen."
    assert planner_words.became(replace(visit, seen=True, alone=True)) == "Access given, child seen, seen alone."
    assert planner_words.became(replace(visit, seen=False, access=Access.CHILD_ABSENT)).endswith("child not seen.")
    assert planner_words.became(replace(visit, access=Access.REFUSED)) == "Access refused."


def test_every_need_has_its_words(qapp: object, practice_session: Session, on_database: OnDatabase) -> None:
    del qapp
    from gcp2_app.services import packs

    pack = on_database(lambda: packs.get(practice_session, "graded-care", None))
    assert planner_words.need(Need.NOT_VERIFIED, pack).startswith("Graded 4 or 5,")
    assert len({planner_words.need(need, pack) for need in Need}) == len(Need)
    assert len({planner_words.child_need(need) for need in ChildNeed}) == len(ChildNeed)
    assert set(planner_words.NEEDS) == set(Need)
    whole = planner_words.groups(pack, "2-5", ("A1.a", "A1.b", "B2"))
    assert [group.text for group in whole] == ["A1 Nutrition: 2 units", "B2 In carer's absence"]
    assert [group.spot.unit for group in whole] == ["A1.a", "B2"]


def test_late_units_and_the_review_in_words(qapp: object) -> None:
    del qapp
    late = LateUnit(code="A1.a", graded_on=MAY_2, evidence_on=None)
    assert planner_words.late(late) == "A1.a: graded on 2 May 2026"
    assert planner_words.late(replace(late, evidence_on=MAY_2)).endswith("evidence of 2 May 2026")
    review = EarlierReview(codes=("A1.a",), usual=date(2026, 5, 4), due=MAY_2)
    assert "2 days before the usual 4 May 2026" in planner_words.earlier_review(review)
    assert "not brought forward yet" in planner_words.earlier_review(replace(review, due=date(2026, 5, 4)))
    assert planner_words.earlier_review(replace(review, usual=None, due=None)).endswith("A1.a.")


# In the window; its day is 20 November 2026, and the window began on the 9th.


def add_visit(person: Assessing, session: Session, day: date = date(2026, 11, 12)) -> None:
    """Write down a visit to the child on screen."""
    child = person.draft.child.id
    data = {"mode": "home", "announced": False, "access": "given", "child_seen": True, "seen_awake": True}
    entry = Entry(id="visit-1", kind="visit", children=(child,), when=When.on(day), data=data)

    def put() -> None:
        with session.store.transaction() as tx:
            tx.entries.put(entry, by=session.user.id)

    person.on_database(put)
    person.workspace.changed.emit("entry", entry.id)


def planned(person: Assessing) -> PlannerPage:
    """Go to the page of visits and wait for them."""
    page = person.go(steps.VISITS)
    assert isinstance(page, PlannerPage)
    person.qtbot.waitUntil(lambda: "Visits so far" in labels(page), timeout=60_000)
    return page


def test_the_pane_counts_down_and_folds_the_visits_away(
    qtbot: QtBot, workspace: Workspace, practice_session: Session, on_database: OnDatabase
) -> None:
    person = begun(qtbot, workspace, on_database)
    add_visit(person, practice_session)
    so_far = person.page.so_far
    assert so_far is not None
    planner = so_far.planner
    assert planner.days.text() == "Day 12 of 28, 16 days left"
    piece = Evidence(id="p", text="Milk in the fridge.", source=EvidenceSource.SEEN_AT_HOME, on=date(2026, 11, 12))
    person.draft.change(changes.with_evidence(person.draft.value, ("A1.a", "A1.b"), piece))
    person.wait_kept()
    planner.fold.setFocus()
    QTest.keyClick(planner.fold, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "evidence for A1.a, A1.b" in labels(planner), timeout=60_000)
    assert "12 November 2026, at home, unannounced" in labels(planner)
    planner.plan.setFocus()
    QTest.keyClick(planner.plan, Qt.Key.Key_Space)
    assert person.step.step == steps.VISITS


def test_the_page_says_what_the_next_visit_must_cover_and_leads_there(
    qtbot: QtBot, workspace: Workspace, practice_session: Session, on_database: OnDatabase
) -> None:
    person = begun(qtbot, workspace, on_database)
    page = planned(person)
    assert "No visit in person is written down in this window yet." in labels(page)
    add_visit(person, practice_session)
    qtbot.waitUntil(lambda: "Visits so far (1)" in labels(page), timeout=60_000)
    said = labels(page)
    assert "See the child alone: no visit says so." in said
    assert "unannounced: no visit says so" not in said
    assert "Access given, child seen, seen awake." in said
    link = next(each for each in page.findChildren(QPushButton) if each.text() == "A1 Nutrition: 4 units")
    link.setFocus()
    QTest.keyClick(link, Qt.Key.Key_Space)
    assert person.step.step.code == "A1"


def test_a_carers_word_for_a_4_is_first_among_what_is_left(
    qtbot: QtBot, workspace: Workspace, practice_session: Session, on_database: OnDatabase
) -> None:
    del practice_session
    person = begun(qtbot, workspace, on_database)
    draft = person.draft
    value = changes.graded(draft.pack, draft.value, "B2", rank=4, by=draft.me, on=draft.today)
    draft.change(changes.changed_answer(value, "A2.a", temporary=True))
    person.wait_kept()
    page = planned(person)
    said = labels(page)
    assert said.index("Graded 4 or 5") < said.index("No evidence yet")
    assert "Marked as a temporary circumstance: A2.a." in said
    assert "not brought forward yet" in said
    link = next(each for each in page.findChildren(QPushButton) if each.text() == "Change the day of the review")
    link.click()
    assert person.step.step == steps.TARGETS


def test_a_shorter_window_makes_later_evidence_late_and_asks_for_the_visits_again(
    qtbot: QtBot, workspace: Workspace, practice_session: Session, on_database: OnDatabase
) -> None:
    person = begun(qtbot, workspace, on_database)
    add_visit(person, practice_session, date(2026, 11, 19))
    piece = Evidence(id="p", text="Milk.", source=EvidenceSource.SEEN_AT_HOME, on=date(2026, 11, 19))
    person.draft.change(changes.with_evidence(person.draft.value, ("A1.a",), piece))
    page = planned(person)
    assert "After the window’s end" not in labels(page)
    window = Window(from_=date(2026, 11, 9), to=date(2026, 11, 18))
    person.draft.change(replace(person.draft.value, window=window))
    person.wait_kept()
    qtbot.waitUntil(lambda: "19 November 2026, at home, unannounced, after the window’s end" in labels(page))
    assert "A1.a: evidence of 19 November 2026" in labels(page)
    assert "The window ended 2 days ago" in labels(page)


def test_the_unit_says_itself_that_it_was_graded_late(
    qtbot: QtBot, workspace: Workspace, practice_session: Session, on_database: OnDatabase
) -> None:
    del practice_session
    person = begun(qtbot, workspace, on_database)
    card = person.card("A1.a")
    person.press(Key.Key_2)
    assert not card.late.isVisible()
    window = Window(from_=date(2026, 11, 9), to=date(2026, 11, 18))
    person.draft.change(replace(person.draft.value, window=window))
    person.wait_kept()
    assert card.late.isVisible()
    assert card.late.text() == "After the window’s last day, 18 November 2026: graded on 20 November 2026."
    person.card("A1.b")
    assert not person.card("A1.b").late.isVisible()
    person.draft.undo()
    assert not person.card("A1.a").late.isVisible()


def test_what_another_graded_late_is_not_told_before_ones_own_grade(
    qtbot: QtBot, workspace: Workspace, practice_session: Session, on_database: OnDatabase
) -> None:
    del practice_session
    person = begun(qtbot, workspace, on_database)
    given = PersonGrade(by="w-elsewhere", on=date(2026, 12, 20), grade=4)
    theirs = UnitAnswer(state=UnitState.SCORED, grade=4, grades=(given,))
    person.draft.change(changes.with_answer(person.draft.value, "A1.a", theirs))
    card = person.card("A1.a")
    assert not card.late.isVisible()
    person.press(Key.Key_3)
    assert "graded on 20 December 2026" in card.late.text()


def test_finished_with_units_missing_there_is_no_next_visit(
    qtbot: QtBot, workspace: Workspace, practice_session: Session, on_database: OnDatabase
) -> None:
    person = begun(qtbot, workspace, on_database)
    draft = person.draft
    draft.change(changes.graded(draft.pack, draft.value, "B2", rank=2, by=draft.me, on=draft.today))
    person.wait_kept()
    id_ = draft.value.id
    working = on_database(lambda: assessments.finish(practice_session, id_, incomplete_reason="the family moves away"))
    draft.go_on(working)
    shared = on_database(lambda: assessments.share(practice_session, id_))
    assert "finished with units missing" not in labels(person.page.header)
    draft.go_on(shared)
    assert "finished with units missing" in labels(person.page.header)
    page = planned(person)
    assert "For the next visit" not in labels(page)
    assert "28 days long" in labels(page)
    so_far = person.page.so_far
    assert so_far is not None
    assert so_far.planner.days.isHidden()


def test_visits_that_cannot_be_read_are_said_to_be(
    qtbot: QtBot,
    workspace: Workspace,
    practice_session: Session,
    on_database: OnDatabase,
    make_reader: Callable[[], None],
) -> None:
    del practice_session
    person = begun(qtbot, workspace, on_database)
    make_reader()
    page = person.go(steps.VISITS)
    qtbot.waitUntil(lambda: "does not let you" in labels(page), timeout=60_000)


@pytest.fixture
def make_reader(workspace: Workspace) -> Callable[[], None]:
    """Take the roles of the user away, as an administrator could meanwhile."""

    def take() -> None:
        user = replace(workspace.session.user, roles=frozenset())
        object.__setattr__(workspace.session, "user", user)

    return take
