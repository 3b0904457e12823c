"""Alerts on the screen: three at once, why they are shown, set aside with a reason, and the list of all children."""

from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gcp2_app.domain.alerts import Alert, Job, Level
from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.policy import Origin, PolicyStatus
from gcp2_app.domain.register import Agency, Allocation, Child
from gcp2_app.domain.when import When
from gcp2_app.services import alert_cards, alerts
from gcp2_app.services.session import Session
from gcp2_app.ui.alerts import said
from gcp2_app.ui.alerts.background import AlertsInBackground
from gcp2_app.ui.alerts.card import AlertCard
from gcp2_app.ui.alerts.page import AlertsPage
from gcp2_app.ui.caseload import columns
from gcp2_app.ui.fold import Fold
from gcp2_app.ui.forms.dialog import FormDialog
from gcp2_app.ui.workspace import Workspace
from tests.ui.conftest import NOW, OnDatabase

TODAY = NOW.date()
CHILD = "c-elm"


def put(session: Session) -> None:
    """A child with three requests for help in three months, and one more sibling in two of them."""
    mine = (Allocation(professional=session.professional.id, role="social_worker", from_=TODAY),)
    with session.store.transaction() as tx:
        for id_ in (CHILD, "c-oak"):
            tx.children.put(Child(id=id_, given_names="Practice", family_name=id_, allocated=mine), by=None)
        for number, ago in enumerate((60, 30, 1)):
            on = TODAY - timedelta(days=ago)
            entry = Entry(
                id=f"e{number}",
                kind="referral",
                children=(CHILD, "c-oak"),
                when=When.on(on),
                source=Source(agency=Agency.SCHOOL),
                data={"by_agency": "school", "outcome": "advice"},
            )
            tx.entries.put(entry, by=None)


@pytest.fixture
def elm(session: Session, on_database: OnDatabase) -> Session:
    on_database(lambda: put(session))
    return session


@pytest.fixture
def card(qtbot: QtBot, workspace: Workspace, elm: Session) -> AlertCard:
    del elm
    made = AlertCard(workspace)
    qtbot.addWidget(made)
    made.show_child(CHILD)
    qtbot.waitUntil(lambda: bool(made.lines))
    return made


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def find(parent: QWidget, name: str) -> QPushButton:
    found = parent.findChild(QPushButton, name)
    assert isinstance(found, QPushButton), name
    return found


def test_one_line_a_row_and_no_more_than_three_are_shown_at_once_and_the_rest_is_counted(session: Session) -> None:
    rows = ("LP9", "LP9", "LP1", "LP2", "LP4", "LP4", "LP5")

    def alert(number: int, level: Level, job: Job) -> Alert:
        return Alert(
            rule="LP9.cluster",
            row=rows[number],
            level=level,
            since=TODAY,
            text=str(number),
            entries=(f"e{number}",),
            next="",
            job=job,
        )

    child = Child(id="c1", allocated=(Allocation(professional=session.professional.id, role="social_worker"),))
    own = [alert(number, Level.ACT, Job.LEAD) for number in range(5)]
    found = (*own, alert(5, Level.ACT, Job.HOSPITAL), alert(6, Level.URGENT, Job.HOSPITAL))
    cards = alert_cards.laid_out(session, child, found)
    assert [each.text for each in cards.first] == ["0", "2", "3"]
    assert [each.text for each in cards.more] == ["1", "4", "6"]
    assert [each.text for each in cards.others] == ["5"]
    assert cards.standing == 7


def test_the_job_of_an_agency_is_its_own_peoples(session: Session) -> None:
    alert = Alert(
        rule="LP3.concern_no_action",
        row="LP3",
        level=Level.ACT,
        since=TODAY,
        text="",
        entries=("e1",),
        next="",
        job=Job.OWN_AGENCY,
    )
    ours = Entry(id="e1", kind="note", source=Source(agency=Agency.CHILDRENS_SOCIAL_CARE))
    theirs = Entry(id="e1", kind="referral", source=ours.source, data={"by_agency": "gp"})
    assert alert_cards.is_own_agencys(session, alert, {"e1": ours})
    assert not alert_cards.is_own_agencys(session, alert, {"e1": theirs})
    assert not alert_cards.is_own_agencys(session, alert, {})
    assert alert_cards.laid_out(session, Child(id="c1"), (alert,), {"e1": theirs}).others == (alert,)


def test_the_most_urgent_stands_first_with_its_next_step(card: AlertCard, workspace: Workspace, qtbot: QtBot) -> None:
    assert card.lines[0].accessibleName().startswith("Today: ")
    assert "3 for today" not in texts(card)
    with qtbot.waitSignal(workspace.entry_wanted) as wanted:
        find(card, "start-LP9.cluster").click()
    assert wanted.args == [CHILD, "letter", "trigger_review"]


def test_why_it_is_shown_names_the_source_and_leads_to_what_was_counted(
    card: AlertCard, workspace: Workspace, qtbot: QtBot
) -> None:
    fold = card.findChild(Fold, "why-LP9.cluster")
    assert isinstance(fold, Fold)
    fold.click()
    assert "Confirm it with your partnership (checked November 2026)" in texts(card)
    qtbot.waitUntil(lambda: card.findChild(QPushButton, "counted-e0") is not None)
    assert find(card, "counted-e0").text() == "Request for help · 21 September 2026 · School"
    with qtbot.waitSignal(workspace.entry_shown_wanted) as wanted:
        find(card, "counted-e0").click()
    assert wanted.args == [CHILD, "e0"]


def test_it_is_set_aside_with_a_reason_and_taken_up_again(card: AlertCard, workspace: Workspace, qtbot: QtBot) -> None:
    workspace.changed.connect(lambda _kind, _id: card.show_child(CHILD))
    find(card, "alerts-more").click()
    find(card, "aside-LP9.three_in_year").click()
    qtbot.waitUntil(lambda: card.findChild(FormDialog) is not None)
    dialog = card.findChild(FormDialog)
    assert isinstance(dialog, FormDialog)
    dialog.form.show_values({"reason": "The review is on Friday.", "until": "2026-11-27"})
    assert dialog.findChild(QPlainTextEdit) or dialog.findChild(QLineEdit)
    dialog.save_button.click()
    qtbot.waitUntil(lambda: card.findChild(Fold, "alerts-aside") is not None)
    fold = card.findChild(Fold, "alerts-aside")
    assert isinstance(fold, Fold)
    assert fold.text() == "▸ 1 set aside"
    fold.click()
    assert "Set aside until 27 November 2026: The review is on Friday." in texts(card)
    find(card, "again-LP9.three_in_year").click()
    qtbot.waitUntil(lambda: card.findChild(Fold, "alerts-aside") is None)


def test_a_child_nobody_worries_about_has_no_card(
    card: AlertCard, qtbot: QtBot, on_database: OnDatabase, elm: Session
) -> None:
    def quiet() -> None:
        with elm.store.transaction() as tx:
            tx.children.put(Child(id="c-ivy"), by=None)

    on_database(quiet)
    card.show_child("c-ivy")
    qtbot.waitUntil(card.isHidden)
    assert not card.lines


def test_the_list_says_once_what_is_said_of_brothers_and_sisters(
    qtbot: QtBot, workspace: Workspace, elm: Session, on_database: OnDatabase
) -> None:
    while on_database(lambda: alerts.ask_some(elm)):
        pass
    page = AlertsPage(workspace)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: "Practice c-elm" in page_names(page))
    assert page_names(page) == ["Practice c-elm"]
    assert "Also Practice c-oak" in texts(page)
    with qtbot.waitSignal(workspace.child_wanted) as wanted:
        find(page, f"alerts-of-{CHILD}").click()
    assert wanted.args == [CHILD]


def test_the_list_shown_anew_keeps_the_keyboard_where_it_is(
    qtbot: QtBot, workspace: Workspace, elm: Session, on_database: OnDatabase
) -> None:
    while on_database(lambda: alerts.ask_some(elm)):
        pass
    page = AlertsPage(workspace)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(lambda: page.isActiveWindow() and "Practice c-elm" in page_names(page))
    link = find(page, f"alerts-of-{CHILD}")
    link.setFocus()
    workspace.alerts_asked.emit()
    on_database(lambda: None)
    qtbot.wait(0)
    assert find(page, f"alerts-of-{CHILD}") is link
    assert link.hasFocus()


def page_names(page: AlertsPage) -> list[str]:
    return [button.text() for button in page.findChildren(QPushButton) if button.objectName().startswith("alerts-of-")]


def test_nothing_to_list_is_said(qtbot: QtBot, workspace: Workspace, session: Session) -> None:
    del session
    page = AlertsPage(workspace)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: not page.empty.isHidden() or bool(page.findChildren(QLabel)))
    assert page_names(page) == []


def test_whom_was_asked_is_written_down_on_an_alert_that_rests_on_nothing(
    card: AlertCard, workspace: Workspace, session: Session, on_database: OnDatabase, qtbot: QtBot
) -> None:
    rule = "LP3.concern_no_action"

    def concern() -> None:
        on = When.on(TODAY - timedelta(days=14))
        source = Source(agency=Agency.CHILDRENS_SOCIAL_CARE)
        entry = Entry(id="n1", kind="note", children=(CHILD,), when=on, known=on, source=source, data={"concern": True})
        with session.store.transaction() as tx:
            tx.entries.put(entry, by=None)

    assert card.findChild(QPushButton, "asked-LP9.cluster") is None
    on_database(concern)
    card.show_child(CHILD)
    qtbot.waitUntil(lambda: card.findChild(QPushButton, f"asked-{rule}") is not None or not fold_out(card))
    find(card, f"asked-{rule}").click()
    dialog = card.findChild(FormDialog)
    assert isinstance(dialog, FormDialog)
    for name, value in (("whom", "School nurse"), ("answer", "Nothing was written down.")):
        dialog.form.fields[name].editor.set_value(value)
    with qtbot.waitSignal(workspace.changed):
        dialog.save_button.click()
    card.show_child(CHILD)
    said = "Asked School nurse on 20 November 2026: Nothing was written down."
    qtbot.waitUntil(lambda: said in texts(card) or (fold_out(card) and said in texts(card)))


def fold_out(card: AlertCard) -> bool:
    """Open what is folded of the alerts."""
    for name in ("alerts-more", "alerts-others"):
        fold = card.findChild(Fold, name)
        if isinstance(fold, Fold) and not fold.isChecked():
            fold.click()
    return True


def test_the_rules_are_asked_in_the_background(
    qtbot: QtBot, workspace: Workspace, elm: Session, on_database: OnDatabase
) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    background = AlertsInBackground(workspace, owner)
    with qtbot.waitSignal(workspace.alerts_asked):
        background.come_back()
    assert on_database(lambda: alerts.across(elm).children)
    background.stop()


def test_how_sure_a_number_is_and_when_it_is_old() -> None:
    verified = Origin(source="gov.uk", status=PolicyStatus.VERIFIED, checked_on="2025-02")
    assert said.certainty(verified, date(2026, 1, 31)) == "Verified"
    assert said.certainty(verified, date(2026, 2, 2)) == "Check it now"
    assert said.origin(verified, date(2026, 2, 2)) == "gov.uk. Check it now (checked February 2025)."


def test_the_caseload_counts_alerts_and_ranks_nobody() -> None:
    assert columns.sort_key(columns.Column.ALERTS) == ""
