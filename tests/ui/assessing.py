"""Drives the guided assessment in a window, as a person at a keyboard."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from gcp2_app.domain.assessment import Assessment, Window
from gcp2_app.services import assessments, packs
from gcp2_app.services.assessments import Start, Working
from gcp2_app.services.session import Session
from gcp2_app.ui.assess.draft import Draft, Keeping
from gcp2_app.ui.assess.page import AssessPage
from gcp2_app.ui.assess.step_page import StepPage
from gcp2_app.ui.assess.steps import Spot, Step, spot_of_unit
from gcp2_app.ui.assess.subarea_page import SubareaPage
from gcp2_app.ui.assess.unit_card import UnitCard
from gcp2_app.ui.workspace import Workspace
from tests import stores
from tests.ui.conftest import OnDatabase

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@dataclass
class Assessing:
    """The page in a window, and the person at it."""

    qtbot: QtBot
    workspace: Workspace
    on_database: OnDatabase
    page: AssessPage

    @property
    def draft(self) -> Draft:
        """The assessment on screen."""
        assert self.page.draft is not None
        return self.page.draft

    @property
    def step(self) -> StepPage:
        """The step on screen."""
        assert self.page.step_page is not None
        return self.page.step_page

    @property
    def focused(self) -> QWidget:
        """What has the focus."""
        focused: QWidget | None = QApplication.focusWidget()
        assert focused is not None
        return focused

    def open(self, assessment_id: str, unit: str = "") -> None:
        """Open an assessment and wait until it is on screen."""
        self.page.show_assessment(assessment_id, unit)
        self.qtbot.waitUntil(lambda: self.page.draft is not None and self.page.draft.value.id == assessment_id)

    def go(self, step: Step) -> StepPage:
        """Go to a step."""
        self.page.go(Spot(step))
        return self.step

    def card(self, code: str) -> UnitCard:
        """Go to a unit and return its card."""
        self.page.go(spot_of_unit(self.draft.pack, code))
        page = self.step
        assert isinstance(page, SubareaPage)
        return next(card for card in page.cards if card.unit.code == code)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(self.focused, key, modifiers)

    def type(self, text: str) -> None:
        """Type where the focus is."""
        QTest.keyClicks(self.focused, text)

    def tab_to(self, wanted: Callable[[QWidget], bool]) -> QWidget:
        """Press Tab until the focus is on what is wanted."""
        for _ in range(400):
            self.press(Key.Key_Tab)
            if wanted(self.focused):
                return self.focused
        raise AssertionError("Tab does not lead there")

    def tab_to_named(self, name: str) -> QWidget:
        """Press Tab until the focus is on the control with this name."""
        return self.tab_to(lambda widget: name in (widget.accessibleName(), getattr(widget, "text", str)()))

    def wait_kept(self) -> None:
        """Wait until everything on screen is on the disk."""
        self.page.flush()
        self.qtbot.waitUntil(lambda: self.draft.keeping is Keeping.KEPT, timeout=20_000)

    def stored(self, session: Session) -> Assessment:
        """Return the assessment as the disk has it."""
        id_ = self.draft.value.id

        def read() -> Assessment:
            with session.store.transaction() as tx:
                return tx.assessments.get(id_)

        return self.on_database(read)


def in_window(qtbot: QtBot, workspace: Workspace, on_database: OnDatabase, *, width: int = 1366) -> Assessing:
    """Return the page in a window of its own."""
    page = AssessPage(workspace)
    qtbot.addWidget(page)
    page.resize(width, 650)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return Assessing(qtbot, workspace, on_database, page)


def begun(qtbot: QtBot, workspace: Workspace, on_database: OnDatabase) -> Assessing:
    """Return a person in front of the explained, ungraded assessment of a three-year-old of the open store."""

    def make() -> str:
        child, _ = stores.add_family(workspace.session)
        return stores.begin(workspace.session, child, first=date(2026, 11, 9)).assessment.id

    person = in_window(qtbot, workspace, on_database)
    person.open(on_database(make))
    return person


def labels(widget: QWidget) -> str:
    """Return everything the labels of a widget say that are not hidden themselves."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def begin_of_four_grades(session: Session) -> Working:
    """Start an explained assessment with a pack whose four grades are valued 5 to 20."""
    pack = packs.install(session, next((Path(__file__).parents[1] / "data" / "packs" / "four-grade").glob("*.toml")))
    child, carer = stores.add_family(session)
    window = Window(from_=date(2026, 11, 9), to=date(2026, 12, 6))
    working = assessments.start(session, Start(child=child.id, carers=(carer.id,), window=window, pack=pack.id))
    explained = stores.begin(session, child).assessment.explained
    return assessments.save(session, working, replace(working.assessment, explained=explained))


def with_limit(session: Session, on_database: OnDatabase, pragma: str) -> None:
    """Give the database room, or none."""

    def limit() -> None:
        raw = session.store._engine.raw_connection()
        raw.driver_connection.execute(pragma)  # type: ignore[union-attr]  # it is connected
        raw.close()

    on_database(limit)


BABY = date(2026, 2, 2)
