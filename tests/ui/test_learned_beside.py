"""What the review learned, folded away beside the screens it belongs to."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gcp2_app.domain.learning import Where, rows_beside
from gcp2_app.forms.learning import shipped_library
from gcp2_app.services.session import Session
from gcp2_app.ui.assess.steps import Step, StepKind
from gcp2_app.ui.assess.subarea_page import SubareaPage
from gcp2_app.ui.child.page import ChildPage
from gcp2_app.ui.fold import Fold
from gcp2_app.ui.forms.dialog import FormDialog
from gcp2_app.ui.learn.beside import MOST_SHOWN, BesidePane, learned_fold
from gcp2_app.ui.referral.challenges import ChallengesDialog
from gcp2_app.ui.workspace import Workspace
from tests.ui import families
from tests.ui.assessing import Assessing, begun
from tests.ui.conftest import OnDatabase

WAIT_MS = 60_000


def opened(qtbot: QtBot, fold: Fold) -> BesidePane:
    """Open a fold and return what is in it, once it is there to be read."""
    pane = fold.open()
    assert isinstance(pane, BesidePane)
    qtbot.waitUntil(lambda: bool(pane.rows) and pane.rows[0] in texts(pane), timeout=WAIT_MS)
    return pane


def links(pane: BesidePane) -> list[QPushButton]:
    return pane.findChildren(QPushButton)


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace, session: Session, on_database: OnDatabase, tmp_path: Path) -> ChildPage:
    """The page of a child with assessments."""
    on_database(lambda: families.add_family(session, tmp_path))
    made = ChildPage(workspace)
    qtbot.addWidget(made)
    made.resize(1366, 700)
    made.show()
    made.show_child(families.CHILD)
    qtbot.waitUntil(made.tabs.isVisible)
    return made


@pytest.fixture
def assessing(qtbot: QtBot, workspace: Workspace, practice_session: Session, on_database: OnDatabase) -> Assessing:
    """An assessment that was begun, on screen."""
    del practice_session
    return begun(qtbot, workspace, on_database)


def test_beside_a_child_a_few_rows_are_shown_when_asked_for_and_lead_to_their_briefs(
    qtbot: QtBot, page: ChildPage, workspace: Workspace
) -> None:
    fold = page.overview.learned
    assert fold.text() == "▸ What the review learned"
    assert fold.body is None
    pane = opened(qtbot, fold)
    assert pane.rows == ("LP1", "LP2", "LP6", "LP7")
    assert len(pane.rows) == MOST_SHOWN
    assert shipped_library().row("LP2").asks in texts(pane)
    assert "One moment…" not in texts(pane)
    read = next(link for link in links(pane) if link.objectName() == "learn-LP2")
    assert read.text() == "Read the brief, 5 to 7 minutes"
    assert "One history" in read.accessibleDescription()
    with qtbot.waitSignal(workspace.learning_wanted) as wanted:
        read.click()
    assert wanted.args == ["LP2"]
    with qtbot.waitSignal(workspace.learning_wanted) as wanted:
        next(link for link in links(pane) if link.objectName() == "learn-rows").click()
    assert wanted.args == [""]


def test_beside_the_units_what_is_about_them_comes_first(qtbot: QtBot, assessing: Assessing) -> None:
    page = assessing.go(Step(StepKind.SUBAREA, "A5"))
    assert isinstance(page, SubareaPage)
    pane = opened(qtbot, page.learned)
    about = [row.code for row in shipped_library().rows if any(unit.startswith("A5.") for unit in row.beside.units)]
    assert pane.rows == tuple(about[:MOST_SHOWN])
    page = assessing.go(Step(StepKind.SUBAREA, "B2"))
    assert isinstance(page, SubareaPage)
    # Nothing is about this unit in particular; what is about grading at all stands there.
    other = opened(qtbot, page.learned)
    assert other.rows
    assert all(Where.ASSESSMENT in shipped_library().row(code).beside.places for code in other.rows)


def test_in_a_form_the_rows_are_told_and_nothing_leads_away_from_what_was_typed(qtbot: QtBot, page: ChildPage) -> None:
    page.overview.start_wanted.emit()
    qtbot.waitUntil(lambda: any(each.isVisible() for each in page.findChildren(FormDialog)), timeout=WAIT_MS)
    dialog = next(each for each in page.findChildren(FormDialog) if each.isVisible())
    fold = next(fold for fold in dialog.findChildren(Fold) if "review learned" in fold.text())
    pane = opened(qtbot, fold)
    assert "R1" in pane.rows
    assert links(pane) == []
    assert "The briefs are on the Learning page." in texts(pane)
    dialog.close_at_once()


def test_beside_an_entry_its_kind_counts(qtbot: QtBot, workspace: Workspace, session: Session) -> None:
    del session
    fold = learned_fold(workspace, Where.TIMELINE, kind="admission")
    holder = QWidget()
    qtbot.addWidget(holder)
    fold.setParent(holder)
    holder.setLayout(fold.place)
    holder.show()
    assert opened(qtbot, fold).rows[0] == "LP4"


def test_plans_health_and_requests_have_their_rows_beside_them(
    qtbot: QtBot, page: ChildPage, workspace: Workspace
) -> None:
    for tab, row in ((page.timeline, "LP2"), (page.plans, "LP11"), (page.health, "LP12")):
        page.tabs.setCurrentWidget(tab)
        qtbot.waitUntil(tab.learned.isVisible)
        rows = {each.code for each in rows_beside(shipped_library(), where=WHERE[row], kind="", units=())}
        assert row in rows
        assert set(opened(qtbot, tab.learned).rows) <= rows
    workspace.entry_wanted.emit(families.CHILD, "challenge", "")
    qtbot.waitUntil(lambda: page.findChild(ChallengesDialog) is not None)
    dialog = page.findChild(ChallengesDialog)
    assert isinstance(dialog, ChallengesDialog)
    assert "LP10" in opened(qtbot, dialog.learned).rows
    dialog.reject()
    workspace.entry_wanted.emit(families.CHILD, "referral", "")
    qtbot.waitUntil(lambda: page.findChild(Fold, "learned-worker") is not None)
    fold = page.findChild(Fold, "learned-worker")
    assert isinstance(fold, Fold)
    assert opened(qtbot, fold).rows


def test_an_entrys_form_has_the_rows_of_its_kind_below(qtbot: QtBot, page: ChildPage, workspace: Workspace) -> None:
    workspace.entry_wanted.emit(families.CHILD, "admission", "")

    def forms() -> list[FormDialog]:
        return [each for each in page.findChildren(FormDialog) if each.isVisible()]

    qtbot.waitUntil(lambda: bool(forms()), timeout=WAIT_MS)
    fold = next(fold for fold in forms()[0].findChildren(Fold) if "review learned" in fold.text())
    pane = opened(qtbot, fold)
    assert pane.rows[0] == "LP4"
    assert links(pane) == []
    forms()[0].close_at_once()


#: The screen that a row is about.
WHERE = {"LP2": Where.TIMELINE, "LP11": Where.MEETINGS, "LP12": Where.HEALTH}
