"""The practice case under Learning: graded by keys, then the panel's grades; nothing of it is kept."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from gcp2_app.services.session import Session
from gcp2_app.storage import audit
from gcp2_app.ui.learn.page import LearningPage
from gcp2_app.ui.learn.practice_case import PracticeCaseSection
from gcp2_app.ui.workspace import Workspace
from tests.ui.conftest import OnDatabase


@pytest.fixture
def section(qtbot: QtBot, workspace: Workspace, session: Session) -> PracticeCaseSection:
    """The section, in a page that is shown."""
    del session
    page = LearningPage(workspace)
    qtbot.addWidget(page)
    page.resize(1366, 640)
    page.show()
    with qtbot.waitSignal(page.shown, timeout=60_000):
        page.show_place("practice")
    found = page.section
    assert isinstance(found, PracticeCaseSection)
    return found


def _said(parent: QWidget) -> str:
    return "\n".join(each.text() for each in parent.findChildren(QLabel) if each.isVisible())


def _press(section: PracticeCaseSection, *keys: Qt.Key) -> None:
    for key in keys:
        focused = section.window().focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)


def test_it_is_graded_by_keys_and_the_panel_says_why(section: PracticeCaseSection, qtbot: QtBot) -> None:
    assert "PRACTICE" in _said(section)
    assert "The panel:" not in _said(section)
    section.window().activateWindow()
    section.units[0].take_focus()
    down = Qt.Key.Key_Down
    _press(section, Qt.Key.Key_3, down, Qt.Key.Key_3, down, Qt.Key.Key_2, down, Qt.Key.Key_N, down, Qt.Key.Key_9, down)
    _press(section, Qt.Key.Key_2, Qt.Key.Key_N, Qt.Key.Key_Up)
    assert [unit.mine for unit in section.units] == [3, 3, 2, None, None, None, None, None]
    assert [unit.aside for unit in section.units[3:6]] == [True, False, True]
    assert section.units[4].cards.cards[0].hasFocus()
    section.panel_button.click()
    qtbot.waitUntil(lambda: "The panel:" in _said(section))
    said = [_said(unit) for unit in section.units]
    assert "You: 3, some essential needs not met. The panel: 3, some essential needs not met. The same grade" in said[0]
    assert "The panel saw needs met better, by 2 steps." in said[1]
    assert "The panel saw needs met less well, by 2 steps." in said[2]
    assert "You: not observed. The panel: 2, essential needs met." in said[3]
    assert "You: no grade. The panel: 4, most essential needs not met." in said[4]
    assert "You: not observed. The panel: not observed." in said[5]
    assert all("What could be argued" in text for text in said)


def test_after_the_panel_nothing_changes_until_it_is_graded_again(section: PracticeCaseSection, qtbot: QtBot) -> None:
    section.units[0].grade(2)
    section.panel_button.click()
    section.units[0].grade(4)
    section.units[0].put_aside()
    assert (section.units[0].mine, section.units[0].aside) == (2, False)
    assert not section.panel_button.isVisible()
    section.again_button.click()
    qtbot.waitUntil(lambda: "The panel:" not in _said(section))
    assert section.units[0].mine is None
    section.units[0].grade(4)
    assert section.units[0].mine == 4


def test_nothing_of_it_is_kept(section: PracticeCaseSection, session: Session, on_database: OnDatabase) -> None:
    def trail() -> int:
        with session.store.transaction() as tx:
            return len(audit.page(tx, limit=1000))

    before = on_database(trail)
    section.units[0].grade(3)
    section.panel_button.click()
    assert on_database(trail) == before
