"""An earlier day of the record on screen: stepped to, typed, beside another, and never taken for today."""

from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gcp2_app.domain.charting import ChartKind
from gcp2_app.services.session import Session
from gcp2_app.ui.charts.gallery import Gallery
from gcp2_app.ui.charts.replay import Replay
from gcp2_app.ui.charts.replays import Replays
from gcp2_app.ui.workspace import Workspace
from tests.ui.conftest import OnDatabase
from tests.ui.families import CHILD, add_family

PATIENCE = 60_000


@pytest.fixture
def gallery(qtbot: QtBot, workspace: Workspace, session: Session, on_database: OnDatabase, tmp_path: Path) -> Gallery:
    """The charts of a child."""
    on_database(lambda: add_family(session, tmp_path))
    made = Gallery(workspace)
    qtbot.addWidget(made)
    made.resize(1200, 760)
    made.show()
    made.show_child(CHILD)
    qtbot.waitUntil(lambda: made.view.chart is not None, timeout=PATIENCE)
    return made


@pytest.fixture
def replays(qtbot: QtBot, gallery: Gallery) -> Replays:
    """The same on an earlier day."""
    QTest.mouseClick(gallery.known, Qt.MouseButton.LeftButton)
    made = gallery.replays
    assert made is not None
    _wait(qtbot, made.first)
    return made


def _wait(qtbot: QtBot, replay: Replay, day: date | None = None) -> None:
    def shown() -> bool:
        chart = replay.view.chart
        return (
            chart is not None
            and replay.day is not None
            and chart.moment.known_on == replay.day
            and "Known by then" in replay.about.text()
            and day in {None, replay.day}
        )

    qtbot.waitUntil(shown, timeout=PATIENCE)


def test_an_earlier_day_says_that_it_is_not_today(replays: Replays) -> None:
    replay = replays.first
    assert replay.banner.text().startswith("Not today: as it was known on ")
    chart = replay.view.chart
    assert chart is not None
    assert replay.day is not None
    assert "As it was known on" in chart.sentence
    assert replay.slider.accessibleDescription() in replay.banner.text()


def test_keys_step_to_the_day_on_which_more_became_known(qtbot: QtBot, replays: Replays) -> None:
    replay = replays.first
    QTest.keyClick(replay.slider, Qt.Key.Key_Home)
    _wait(qtbot, replay)
    assert replay.view.trend is not None
    before = len(replay.view.trend.assessments)
    first = replay.day
    QTest.keyClick(replay.slider, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: replay.day != first, timeout=PATIENCE)
    _wait(qtbot, replay)
    assert replay.view.trend is not None
    assert len(replay.view.trend.assessments) > before


def test_a_day_is_typed(qtbot: QtBot, replays: Replays) -> None:
    replay = replays.first
    replay.box.setText("1 January 2000")
    replay.box.editingFinished.emit()
    qtbot.waitUntil(lambda: "Known by then: 0 entries, 0 assessments" in replay.about.text(), timeout=PATIENCE)
    assert replay.alerts_text == "The rules would have shown no alert on this day."
    replay.box.setText("1 January 2100")
    replay.box.editingFinished.emit()
    assert "has not come yet" in replay.field.error
    replay.box.setText("")
    replay.box.editingFinished.emit()
    assert "Give a day" in replay.field.error
    assert replay.day == date(2000, 1, 1)


def test_two_days_stand_beside_each_other(qtbot: QtBot, gallery: Gallery, replays: Replays) -> None:
    replays.first.slider.setValue(0)
    QTest.mouseClick(replays.beside, Qt.MouseButton.LeftButton)
    _wait(qtbot, replays.second)
    assert replays.second.day is not None
    assert replays.first.day is not None
    assert replays.first.day < replays.second.day
    QTest.mouseClick(gallery.buttons[ChartKind.UNITS], Qt.MouseButton.LeftButton)
    for replay in (replays.first, replays.second):
        qtbot.waitUntil(partial(_shows, replay, ChartKind.UNITS), timeout=PATIENCE)
        _wait(qtbot, replay)


def _shows(replay: Replay, kind: ChartKind) -> bool:
    return replay.view.chart is not None and replay.view.chart.kind is kind


def test_back_to_today(qtbot: QtBot, gallery: Gallery, replays: Replays) -> None:
    QTest.mouseClick(replays.back, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(gallery.known.isVisible, timeout=PATIENCE)
    qtbot.waitUntil(gallery.view.isVisible, timeout=PATIENCE)
    assert gallery.view.chart is None or not gallery.view.chart.about.moment


def test_locking_lets_go_of_the_earlier_day(workspace: Workspace, replays: Replays) -> None:
    workspace.locking.emit()
    assert replays.first.day is None
    assert not replays.first.banner.text()
    assert replays.first.chronology.model().rowCount() == 0
