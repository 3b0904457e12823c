"""Plans and meetings on the screen: the board and its steps, what is due, whom a meeting is filled with, advocates."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.plans.board import Card, Column
from gcp2_app.domain.register import Agency
from gcp2_app.domain.users import Role
from gcp2_app.domain.when import When
from gcp2_app.services import entries, plans, stream
from gcp2_app.services.session import Session
from gcp2_app.ui.child.page import ChildPage
from gcp2_app.ui.forms.dialog import FormDialog
from gcp2_app.ui.plans.action_card import ActionCard
from gcp2_app.ui.plans.page import PlansPage
from gcp2_app.ui.workspace import Workspace
from tests.ui.conftest import OnDatabase
from tests.ui.families import CHILD, add_family, ash_family

LANE = Source(name="Jo Lane", role="social worker", agency=Agency.CHILDRENS_SOCIAL_CARE)


def put(session: Session, id_: str, kind: str, when: str, **data: Any) -> None:
    with session.store.transaction() as tx:
        day = When(when)
        tx.entries.put(
            Entry(id=id_, kind=kind, children=(CHILD,), when=day, known=day, source=LANE, data=data), by=None
        )


def fill(session: Session, folder: Path) -> None:
    """A family with an action, one found not done, a planned core group, and an advocate."""
    family = ash_family()
    worker = session.professional
    family["professionals"].append({"id": worker.id, "name": worker.name, "role": worker.role, "agency": "mash"})
    family["children"][0]["allocated"].append({"professional": worker.id, "from": "2026-01-10"})
    add_family(session, folder, family)
    put(
        session,
        "a1",
        "action",
        "2026-10-12",
        what="Mend the gate",
        who="Rose",
        agreed_on="2026-10-12",
        due="2026-11-10",
    )
    for number in range(5):
        found = {"said_done_on": "2026-10-13", "checked_on": "2026-10-14", "checked_result": "not_done"}
        put(session, f"b{number}", "action", "2026-10-12", what=f"Task {number}", agreed_on="2026-10-12", **found)
    put(session, "m1", "meeting", "2026-11-02", type="core_group", planned_for="2026-12-10", invited=[{"role": "GP"}])
    put(session, "m2", "meeting", "2026-01-10", type="icpc", held="2026-01-10", decisions_per_child={CHILD: "A plan"})
    put(session, "d1", "advocacy", "2026-01-12", status="accepted", by="child", name="Ada Pole")


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace, session: Session, on_database: OnDatabase, tmp_path: Path) -> ChildPage:
    on_database(lambda: fill(session, tmp_path))
    return opened(qtbot, workspace)


def opened(qtbot: QtBot, workspace: Workspace) -> ChildPage:
    made = ChildPage(workspace)
    qtbot.addWidget(made)
    made.resize(1366, 700)
    made.show()
    made.show_child(CHILD)
    made.tabs.setCurrentWidget(made.plans)
    qtbot.waitUntil(lambda: made.plans.board is not None, timeout=20_000)
    return made


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def find(parent: QWidget, name: str) -> QPushButton:
    found = parent.findChild(QPushButton, name)
    assert isinstance(found, QPushButton), name
    return found


def has(parent: QWidget, name: str) -> bool:
    return parent.findChild(QPushButton, name) is not None


def answer(qtbot: QtBot, plans_page: PlansPage, press: str, **values: Any) -> None:
    """Press a button, answer what it asks, and wait until the page shows what came of it."""
    before = plans_page.board
    find(plans_page, press).click()
    qtbot.waitUntil(lambda: plans_page.findChild(FormDialog) is not None)
    dialog = plans_page.findChild(FormDialog)
    assert isinstance(dialog, FormDialog)
    dialog.show_values({**dialog.form.values(), **values})
    dialog.save_button.click()
    qtbot.waitUntil(lambda: plans_page.board is not None and plans_page.board is not before)


def test_an_action_goes_across_the_board_a_press_at_a_time(qtbot: QtBot, page: ChildPage) -> None:
    board = page.plans
    assert "Was due by 10 November 2026" in texts(board)
    find(board, "said-done-a1").setFocus()
    answer(qtbot, board, "said-done-a1")
    # The keyboard stays with the card, whose next step it is.
    assert page.focusWidget() is find(board, "check-a1")
    assert "Said done on 20 November 2026" in texts(board)
    assert not has(board, "said-done-a1")
    answer(qtbot, board, "check-a1", by="seen", result="done")
    assert "checked 20 November 2026 · Seen" in texts(board)
    assert not has(board, "agree-again-a1")
    assert has(board, "look-again-a1")


def test_a_check_says_how_or_is_not_kept(qtbot: QtBot, page: ChildPage) -> None:
    find(page.plans, "check-a1").click()
    qtbot.waitUntil(lambda: page.plans.findChild(FormDialog) is not None)
    dialog = page.plans.findChild(FormDialog)
    assert isinstance(dialog, FormDialog)
    dialog.show_values({**dialog.form.values(), "result": "done"})
    dialog.save_button.click()
    qtbot.waitUntil(lambda: "It is not said how it was checked" in texts(dialog))
    dialog.close_at_once()


def test_looking_again_and_agreeing_again(qtbot: QtBot, page: ChildPage, workspace: Workspace) -> None:
    with qtbot.waitSignal(workspace.changed):
        answer(qtbot, page.plans, "agree-again-b0", due="2026-12-01")
    assert "Agreed again 1 time; before: 12 Oct 2026" in texts(page.plans)
    answer(qtbot, page.plans, "check-a1", on="2026-11-19", by="document", result="done")
    answer(qtbot, page.plans, "look-again-a1", by="seen", result="done")
    assert "Still so" in texts(page.plans)


def test_a_pattern_waits_for_its_three_questions(qtbot: QtBot, page: ChildPage) -> None:
    assert "No report names this before the three questions are answered for 5 more actions." in texts(page.plans)
    for number in range(5):
        press = f"answer-LP11.checked_not_found-b{number}"
        answer(qtbot, page.plans, press, understood=True, able=False, able_words="No money", prevented=False)
    assert "The three questions are answered for each action; a report may name this." in texts(page.plans)


def test_what_is_due_is_said_in_words_and_planned_with_everybody_who_is_involved(qtbot: QtBot, page: ChildPage) -> None:
    said = texts(page.plans)
    assert "First core group: due by 23 January 2026, 210 working days overdue" in said
    assert "Planned for 10 December 2026, which is late" in said
    find(page.plans, "plan-rcpc").click()
    qtbot.waitUntil(lambda: page.plans.findChild(FormDialog) is not None)
    dialog = page.plans.findChild(FormDialog)
    assert isinstance(dialog, FormDialog)
    values = dialog.form.values()
    assert values["data.type"] == "rcpc"
    invited = {(guest.get("role"), guest.get("name")) for guest in values["data.invited"]}
    assert {("Mother", "Rose Ash"), ("Social worker", "Jo Lane"), ("Child’s advocate", "Ada Pole")} <= invited
    dialog.close_at_once()


def test_invitations_without_the_advocate_ask_why(qtbot: QtBot, page: ChildPage) -> None:
    assert "The child’s advocate is not invited." in texts(page.plans)
    find(page.plans, "send-m1").click()
    qtbot.waitUntil(lambda: page.plans.findChild(FormDialog) is not None)
    dialog = page.plans.findChild(FormDialog)
    assert isinstance(dialog, FormDialog)
    dialog.save_button.click()
    qtbot.waitUntil(lambda: "Invite the advocate, or say" in texts(dialog))
    before = page.plans.board
    dialog.show_values({**dialog.form.values(), "why": "Robin asked for a break."})
    dialog.save_button.click()
    qtbot.waitUntil(lambda: page.plans.board is not None and page.plans.board is not before)
    assert "The child’s advocate is not invited. Reason: Robin asked for a break." in texts(page.plans)
    assert not has(page.plans, "send-m1")


def test_the_meeting_that_was_held_says_what_was_decided_and_is_corrected_in_its_form(
    qtbot: QtBot, page: ChildPage
) -> None:
    assert "For Robin Ash: A plan" in texts(page.plans)
    find(page.plans, "edit-m2").click()
    qtbot.waitUntil(lambda: page.plans.findChild(FormDialog) is not None)
    dialog = page.plans.findChild(FormDialog)
    assert isinstance(dialog, FormDialog)
    assert dialog.form.values()["data.type"] == "icpc"
    dialog.close_at_once()


def test_the_advocate_is_named_and_offered_with_one_press(qtbot: QtBot, page: ChildPage) -> None:
    assert "Ada Pole" in texts(page.plans)
    assert "Accepted by the child on 12 January 2026" in texts(page.plans)
    find(page.plans, "advocate-non-instructed").click()
    qtbot.waitUntil(lambda: page.plans.findChild(FormDialog) is not None)
    dialog = page.plans.findChild(FormDialog)
    assert isinstance(dialog, FormDialog)
    values = dialog.form.values()
    assert (values["data.status"], values["data.on"]) == ("non_instructed", "2026-11-20")
    dialog.close_at_once()


def test_an_entry_that_does_not_fit_is_opened_from_its_mark(
    qtbot: QtBot, page: ChildPage, workspace: Workspace, session: Session, on_database: OnDatabase
) -> None:
    on_database(lambda: put(session, "m9", "meeting", "2025-01-10", type="rcpc", held="2025-01-10"))
    workspace.changed.emit("entry", "m9")
    qtbot.waitUntil(lambda: has(page.plans, "mark-m9"))
    with qtbot.waitSignal(workspace.entry_shown_wanted) as wanted:
        find(page.plans, "mark-m9").click()
    assert wanted.args == [CHILD, "m9"]


def test_who_may_only_read_gets_no_button_that_changes_anything(
    qtbot: QtBot, workspace: Workspace, session: Session, on_database: OnDatabase, tmp_path: Path
) -> None:
    on_database(lambda: fill(session, tmp_path))
    reader = replace(session, user=replace(session.user, roles=frozenset({Role.SUPERVISOR})))
    workspace.begin(reader)
    page = opened(qtbot, workspace)
    named = {button.objectName().partition("-")[0] for button in page.plans.findChildren(QPushButton)}
    assert named <= {"open", "mark", "more", "earlier", ""}


def test_the_page_lets_go_of_the_child_when_the_store_is_locked(page: ChildPage, workspace: Workspace) -> None:
    workspace.locking.emit()
    assert page.plans.board is None
    assert "Mend the gate" not in texts(page.plans)


def test_what_is_over_and_did_not_last_reads_so() -> None:
    entry = Entry(id="a1", kind="action", data={})
    day = date(2026, 3, 9)
    lapsed = Card(entry=entry, column=Column.CHECKED, result="done", looked_again_on=day, still="not_done")
    lines = ActionCard.lines(lapsed)
    assert ("No longer so", "error") in lines
    assert ("checked day not known", "quiet") in lines
    assert ActionCard.what(lapsed) == "What was agreed is not known"
    tried = Card(entry=entry, column=Column.SAID, said_done_on=day, could_not_check=True, waited_working_days=1)
    assert ("not checked for 1 working day", "quiet") in ActionCard.lines(tried)
    assert ("A check was tried and could not be made.", "quiet") in ActionCard.lines(tried)


def test_what_stands_around_the_plans_is_read_out_and_added_to(
    qtbot: QtBot, page: ChildPage, workspace: Workspace, session: Session, on_database: OnDatabase
) -> None:
    def more() -> None:
        records = [
            {"authority": "Sandwell", "asked_on": "2025-11-05", "received_on": "2025-12-01"},
            {"authority": "Walsall", "asked_on": "2026-11-05"},
            {},
        ]
        moved = {"from_authority": "Sandwell", "to_authority": "Dudley", "on": "2025-11-02", "cp_plan": True}
        put(session, "mv", "move", "2025-11-02", **moved, records=records)
        put(session, "mw", "move", "2025-11-02", to_authority="Dudley")
        ran = {"from": "2026-02-01", "to": "2026-06-30"}
        put(session, "sp", "support", "2026-02-01", name="Support worker", themes=["physical"], outcome="Kept", **ran)
        named = {"name": "Strike", "changed": "By video only", "impact_review_on": "2026-07-01", **ran}
        put(session, "ci", "circumstance", "2026-02-01", **named)
        put(session, "co", "case_opened", "2024-02-01", reason="A referral")
        put(session, "cc", "case_closed", "2024-09-01")
        put(session, "cr", "case_opened", "2025-01-20")

    on_database(more)
    workspace.changed.emit("entry", "mv")
    qtbot.waitUntil(lambda: has(page.plans, "open-mv"))
    said = texts(page.plans)
    for line in (
        "Sandwell to Dudley",
        "2 November 2025 · with a child protection plan",
        "Sandwell: records received 1 December 2025",
        "Walsall: asked 5 November 2026, waiting for 11 working days",
        "An authority that is not named: not asked yet",
        "For: physical neglect",
        "By video only",
        "Effect on the child looked at on 1 July 2026",
        "Opened again, 20 January 2025",
        "Closed, 1 September 2024",
        "A referral",
    ):
        assert line in said
    find(page.plans, "add-support").click()
    qtbot.waitUntil(lambda: page.plans.findChild(FormDialog) is not None)
    dialog = page.plans.findChild(FormDialog)
    assert isinstance(dialog, FormDialog)
    assert "data.outcome" in dialog.form.fields
    dialog.close_at_once()


def test_the_head_says_when_the_child_was_seen_and_who_the_advocate_is(
    qtbot: QtBot, page: ChildPage, workspace: Workspace, session: Session, on_database: OnDatabase
) -> None:
    assert page.banner.seen.text == "Not recorded"
    assert page.banner.advocate.text == "Ada Pole accepted"

    def more() -> None:
        put(session, "v1", "visit", "2026-11-10", mode="home", child_seen=True, seen_alone=True, seen_awake=True)
        put(session, "v2", "visit", "2026-11-17", mode="home", child_seen=True, seen_awake=True)
        put(session, "d2", "advocacy", "2026-11-18", status="declined", by="child")

    on_database(more)
    workspace.changed.emit("entry", "v2")
    qtbot.waitUntil(lambda: page.banner.seen.text == "3 days ago awake, 17 November 2026")
    assert page.banner.advocate.text == "Nobody named declined, offer again"
    on_database(lambda: put(session, "v3", "visit", "2026-11-20", mode="home", seen_alone=True, seen_awake=True))
    workspace.changed.emit("entry", "v3")
    qtbot.waitUntil(lambda: page.banner.seen.text == "today alone and awake, 20 November 2026")


def test_the_head_says_that_no_advocate_was_offered(
    qtbot: QtBot, page: ChildPage, workspace: Workspace, session: Session, on_database: OnDatabase
) -> None:
    def less() -> None:
        entries.enter_in_error(session, "d1", reason="Another child")

    on_database(less)
    workspace.changed.emit("entry", "d1")
    qtbot.waitUntil(lambda: page.banner.advocate.text == "None recorded to be offered")


def test_the_twelve_questions_are_answered_for_the_household(
    qtbot: QtBot, page: ChildPage, session: Session, on_database: OnDatabase
) -> None:
    assert "The twelve questions have not been answered yet." in texts(page.plans)
    find(page.plans, "begin-harm").click()
    qtbot.waitUntil(lambda: page.plans.findChild(FormDialog) is not None, timeout=10_000)
    dialog = page.plans.findChild(FormDialog)
    assert isinstance(dialog, FormDialog)
    asked = dialog.form.fields["data.lost_people"]
    assert asked.isVisibleTo(dialog)
    dialog.show_values({**dialog.form.values(), "data.if_nothing_changes": "They will be hungry."})
    dialog.save_button.click()
    qtbot.waitUntil(lambda: "Answered on" in texts(page.plans), timeout=10_000)

    def kept() -> list[Entry]:
        with session.store.transaction() as tx:
            return [each for each in tx.entries.of_child(CHILD) if each.kind == "harm_review"]

    (review,) = on_database(kept)
    assert review.data["if_nothing_changes"] == "They will be hungry."
    assert review.data["edition"] == "1"


def test_tab_comes_to_what_the_review_learned_after_the_panels(page: ChildPage) -> None:
    part = page.plans
    chain: list[QWidget] = [part.learned]
    while (following := chain[-1].nextInFocusChain()) is not None and following is not part.learned:
        chain.append(following)
    names = [each.objectName() for each in chain if part.isAncestorOf(each) and each.objectName()]
    assert names.index("agree-action") < names.index("advocate-offer") < names.index("add-circumstance")
    assert chain[-1].objectName() == "add-circumstance"


def test_a_deep_dive_worksheet_begins_with_the_moves(
    qtbot: QtBot, page: ChildPage, session: Session, on_database: OnDatabase, workspace: Workspace
) -> None:
    before = page.plans.board
    move = {"from_authority": "Walsall", "to_authority": "Dudley", "on": "2026-10-01"}
    on_database(lambda: put(session, "mv", "move", "2026-10-01", **move))
    workspace.changed.emit("entry", "mv")
    qtbot.waitUntil(lambda: page.plans.board is not None and page.plans.board is not before)
    find(page.plans, "begin-deep-dive").click()
    qtbot.waitUntil(lambda: page.plans.findChild(FormDialog) is not None, timeout=10_000)
    dialog = page.plans.findChild(FormDialog)
    assert isinstance(dialog, FormDialog)
    named = [each["authority"] for each in dialog.form.values()["data.authorities"]]
    assert {"Walsall", "Dudley"} <= set(named)
    dialog.show_values({**dialog.form.values(), "data.plan": "Ask Walsall again."})
    dialog.save_button.click()
    qtbot.waitUntil(lambda: "Deep dive worksheet, " in texts(page.plans), timeout=10_000)
    plan = next(each for each in page.plans.findChildren(QPushButton) if each.text() == "Plan the meeting…")
    qtbot.waitUntil(lambda: not page.plans.findChildren(FormDialog))
    plan.click()
    dialog = page.plans.findChild(FormDialog)
    assert isinstance(dialog, FormDialog)
    assert dialog.form.values()["data.type"] == "deep_dive"
    dialog.show_values({**dialog.form.values(), "data.planned_for": "2026-12-04", "what": "Sandwell comes, too."})
    dialog.save_button.click()
    qtbot.waitUntil(lambda: "Its meeting" in {each.text() for each in page.plans.findChildren(QPushButton)})

    def meeting_of_the_sheet() -> str:
        (sheet,) = plans.of_child(session, CHILD).around.deep_dives
        return stream.open_(session, str(sheet.data["meeting"])).entry.what

    assert on_database(meeting_of_the_sheet) == "Sandwell comes, too."
