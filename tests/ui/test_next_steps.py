"""Every alert's next step starts somewhere real: the button is pressed on the child's own page, for each rule."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from gcp2_app.domain.alerts import Alert
from gcp2_app.domain.healthcare.cards import MEDICINE_KINDS
from gcp2_app.domain.rules.registry import About
from gcp2_app.domain.rules.themes import RULES
from gcp2_app.forms.entry_kinds import load_kinds
from gcp2_app.forms.rule_policy import shipped_rules
from gcp2_app.services.session import Session
from gcp2_app.ui.alerts.line import AlertLine, Doing
from gcp2_app.ui.child.page import ChildPage
from gcp2_app.ui.forms.dialog import FormDialog
from gcp2_app.ui.learn.page import LearningPage
from gcp2_app.ui.referral.challenges import ChallengesDialog
from gcp2_app.ui.referral.request import RequestDialog
from gcp2_app.ui.referral.requests import RequestsDialog
from gcp2_app.ui.timeline.curate_dialog import CurateDialog
from gcp2_app.ui.workspace import Workspace
from tests.ui import families
from tests.ui.conftest import NOW, OnDatabase

TODAY = NOW.date()
OF_A_CHILD = sorted(name for name, rule in RULES.items() if rule.about is About.CHILD)
STARTS = sorted({RULES[name].start for name in OF_A_CHILD})


@dataclass(frozen=True)
class Desk:
    """A child's page in a window."""

    qtbot: QtBot
    page: ChildPage
    workspace: Workspace

    def presses(self, rule: str) -> None:
        """Press the next step of an alert, as the card of the page starts it."""
        found = RULES[rule]
        alert = Alert(
            rule=rule,
            row=found.row,
            level=found.level,
            since=TODAY - timedelta(days=1),
            text="Counted.",
            entries=(),
            next=found.next,
            start=found.start,
            job=found.job,
            child=families.CHILD,
        )
        card = self.page.overview.alerts
        doing = Doing(start=card._start, set_aside=None, take_up=None, asked=None, open=card._open)
        line = AlertLine(self.workspace, alert, shipped_rules()[rule].origin, doing)
        self.qtbot.addWidget(line)
        button = line.findChild(QPushButton, f"start-{rule}")
        assert isinstance(button, QPushButton)
        assert button.text()
        button.click()

    def dialog(self, kind: type[QDialog]) -> QDialog:
        """Wait for a dialog of a kind, and return it."""
        self.qtbot.waitUntil(lambda: any(each.isVisible() for each in self.page.findChildren(kind)))
        return next(each for each in self.page.findChildren(kind) if each.isVisible())


@pytest.fixture
def desk(qtbot: QtBot, workspace: Workspace, session: Session, on_database: OnDatabase, tmp_path: Path) -> Desk:
    on_database(lambda: families.add_family(session, tmp_path))
    page = ChildPage(workspace)
    qtbot.addWidget(page)
    page.resize(1200, 760)
    page.show()
    page.show_child(families.CHILD)
    qtbot.waitUntil(lambda: page.findChild(QPushButton, "ask-for-help") is not None)
    return Desk(qtbot, page, workspace)


@pytest.mark.parametrize("start", STARTS)
def test_each_next_step_leads_to_a_form_or_a_page(desk: Desk, start: str) -> None:
    rule = next(name for name in OF_A_CHILD if RULES[name].start == start)
    kind, _, value = start.partition("/")
    if kind in {"assessment", "visit"}:
        signal = desk.workspace.visit_wanted if kind == "visit" else desk.workspace.assessment_start_wanted
        with desk.qtbot.waitSignal(signal) as wanted:
            desk.presses(rule)
        assert wanted.args == [families.CHILD]
        return
    desk.presses(rule)
    opens: dict[str, type[QDialog]] = {
        "requests": RequestsDialog,
        "referral": RequestDialog,
        "challenge": ChallengesDialog,
        "chronology": CurateDialog,
    }
    if kind in MEDICINE_KINDS:
        # Off in this store; whoever comes from an alert is told who turns it on.
        (told,) = desk.page.findChildren(QMessageBox)
        assert "An administrator turns them on in Settings" in told.text()
        told.reject()
    elif kind == "tab":
        tab = {"plans": desk.page.plans, "health": desk.page.health, "timeline": desk.page.timeline}[value]
        assert desk.page.tabs.currentWidget() is tab
    elif kind in opens:
        desk.dialog(opens[kind]).reject()
    else:
        dialog = desk.dialog(FormDialog)
        assert isinstance(dialog, FormDialog)
        if kind == "letter":
            assert "Look at these requests together" in dialog.form.fields["asks"].editor.value()
        else:
            assert dialog.windowTitle() == f"Add: {load_kinds()[kind].title}"
            if value:
                field = next(
                    each for name, each in dialog.form.fields.items() if name.endswith(TYPED.get(kind, "type"))
                )
                assert field.editor.value() == value
        dialog.reject()


#: Field a kind's start fills where it is not the type.
TYPED = {"advocacy": "status"}


def test_every_rule_has_a_next_step_that_is_started(qtbot: QtBot, workspace: Workspace, session: Session) -> None:
    del session
    assert len(RULES) == 59
    assert all(rule.next and rule.start for rule in RULES.values())
    page = LearningPage(workspace)
    qtbot.addWidget(page)
    own = [rule.start.partition("/") for rule in RULES.values() if rule.about is About.PROFESSIONAL]
    assert own
    for place, _, section in own:
        assert place == "learning"
        assert section in page.section_ids
