"""The quality coach on the review page: quiet, leads to the place, can be set aside, blocks nothing."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from gcp2_app.domain.answers import Evidence, EvidenceSource
from gcp2_app.domain.coaching import Advice, Suggestion
from gcp2_app.domain.instrument import Pack
from gcp2_app.forms.packs import shipped_pack
from gcp2_app.services.session import Session
from gcp2_app.ui.assess import changes, steps
from gcp2_app.ui.assess.coach_pane import CoachPane
from gcp2_app.ui.assess.coach_words import tell
from gcp2_app.ui.assess.review_page import ReviewPage
from gcp2_app.ui.workspace import Workspace
from tests.ui.assessing import Assessing, begun, labels
from tests.ui.conftest import OnDatabase

PATIENCE = 60_000


@pytest.fixture
def person(qtbot: QtBot, workspace: Workspace, on_database: OnDatabase, practice_session: Session) -> Assessing:
    """A person whose evidence says that K left a dirty kitchen, and whose child is too young to speak."""
    del practice_session
    made = begun(qtbot, workspace, on_database)
    text = "K left a dirty kitchen."
    piece = Evidence(id="p", text=text, source=EvidenceSource.SEEN_AT_HOME, on=date(2026, 11, 12))
    value = changes.with_evidence(made.draft.value, ("A2.a",), piece)
    made.draft.change(replace(value, child_voice="Too young to speak."))
    made.wait_kept()
    return made


def coached(person: Assessing) -> CoachPane:
    """Go to the review and open what the coach says."""
    page = person.go(steps.REVIEW)
    assert isinstance(page, ReviewPage)
    person.qtbot.waitUntil(page.coach.isVisible, timeout=PATIENCE)
    page.coach.fold.setFocus()
    QTest.keyClick(page.coach.fold, Qt.Key.Key_Space)
    return page.coach


def buttons(pane: CoachPane, text: str) -> list[QPushButton]:
    return [each for row in pane.rows for each in row.findChildren(QPushButton) if each.text() == text]


def test_it_is_folded_away_and_says_what_and_why(person: Assessing) -> None:
    page = person.go(steps.REVIEW)
    assert isinstance(page, ReviewPage)
    person.qtbot.waitUntil(page.coach.isVisible, timeout=PATIENCE)
    assert page.coach.fold.text().endswith("Worth another look (3)")
    assert not page.coach.rows[0].isVisible()
    pane = coached(person)
    said = labels(pane)
    assert "A2.a Maintenance: perhaps initials, “K”." in said
    assert "A2.a Maintenance: words of opinion in what was seen, “dirty”." in said
    assert "The child’s words would fit any child." in said
    assert all(row.isVisible() for row in pane.rows)


def test_each_leads_to_its_place(person: Assessing) -> None:
    pane = coached(person)
    QTest.keyClick(buttons(pane, "Go there")[-1], Qt.Key.Key_Space)
    assert person.step.step == steps.VOICE
    pane = coached(person)
    pane.fold.setChecked(True)
    buttons(pane, "Go there")[0].click()
    assert person.step.step.code == "A2"


def test_what_is_set_aside_stays_so_until_it_is_brought_back(person: Assessing) -> None:
    pane = coached(person)
    assert pane.back.isHidden()
    for left in (2, 1, 0):
        button = buttons(pane, "Leave it")[0]
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Space)
        assert len(pane.rows) == left
        assert person.focused is (pane.back if left == 0 else pane.rows[0].findChildren(QPushButton)[0])
    assert pane.isVisible()
    assert pane.fold.isHidden()
    QTest.keyClick(pane.back, Qt.Key.Key_Space)
    assert len(pane.rows) == 3


def test_what_is_mended_is_gone(person: Assessing) -> None:
    pane = coached(person)
    person.draft.change(replace(person.draft.value, child_voice="She looks for her mother and smiles at the dog."))
    person.wait_kept()
    person.qtbot.waitUntil(lambda: len(pane.rows) == 2, timeout=PATIENCE)
    assert "fit any child" not in labels(pane.rows[0]) + labels(pane.rows[1])


def test_it_says_nothing_where_there_is_nothing_to_say(
    qtbot: QtBot, workspace: Workspace, on_database: OnDatabase, practice_session: Session
) -> None:
    del practice_session
    made = begun(qtbot, workspace, on_database)
    page = made.go(steps.REVIEW)
    assert isinstance(page, ReviewPage)
    # What was asked of the store before this has been answered.
    on_database(lambda: None)
    qtbot.wait(50)
    assert page.coach.isHidden()


@pytest.fixture
def pack() -> Pack:
    """The open pack."""
    return shipped_pack("graded-care")


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("advice", list(Advice))
def test_every_advice_has_its_words_and_its_place(pack: Pack, advice: Advice) -> None:
    found = ("30", "32", "3") if advice is Advice.MOSTLY_MIDDLE else ("K", "L")
    about_all = advice is Advice.MOSTLY_MIDDLE
    told = tell(pack, "2-5", Suggestion(advice=advice, field="units" if about_all else "analysis", found=found))
    assert told.what
    assert told.why.endswith((".", "?"))
    assert (told.spot is None) is about_all


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    ("field", "code", "step", "where"),
    [
        ("child_voice", "", steps.VOICE.key, "Child’s words"),
        ("child_wishes", "", steps.VOICE.key, "Child’s wishes"),
        ("analysis", "", steps.ANALYSIS.key, "Analysis"),
        ("meaning_so_far", "", steps.ANALYSIS.key, "What this has meant so far"),
        ("meaning_ahead", "", steps.ANALYSIS.key, "What it will mean if nothing changes"),
        ("evidence", "B2", "B2", "B2 In carer's absence"),
        ("note", "D1.i", "D1", "D1.i"),
    ],
)
def test_where_it_leads(pack: Pack, field: str, code: str, step: str, where: str) -> None:
    told = tell(pack, "2-5", Suggestion(advice=Advice.INITIALS, field=field, code=code, found=("K",)))
    assert told.spot is not None
    assert told.spot.step.key == step
    assert told.what.startswith(where)
