"""The trend on screen: drawn, read by pointer and keys, led back to its source, as a table, and saved."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from gcp2_app.domain.breaks import Break, BreakKind
from gcp2_app.domain.charting import ChartKind
from gcp2_app.reports.charts import palette
from gcp2_app.reports.charts.trend import draw_trend
from gcp2_app.reports.charts.trend_words import trend_sentence
from gcp2_app.services import trends
from gcp2_app.services.session import Session
from gcp2_app.storage import audit
from gcp2_app.ui import messages, style
from gcp2_app.ui.charts.chart_view import ChartView
from gcp2_app.ui.charts.walk import Stop, Walk
from gcp2_app.ui.colours import Theme
from gcp2_app.ui.workspace import Workspace
from tests.reports.records import trend_of, two_homes
from tests.ui.conftest import OnDatabase
from tests.ui.families import BABY, CHILD, add_family

#: Milliseconds: a crowded machine takes its time with the first drawing.
PATIENCE = 60_000


WIDE = (1100, 620)


@pytest.fixture
def family(session: Session, on_database: OnDatabase, tmp_path: Path) -> Session:
    """A session on a store that holds a family."""
    on_database(lambda: add_family(session, tmp_path))
    return session


@pytest.fixture
def show(qtbot: QtBot, workspace: Workspace) -> Callable[..., ChartView]:
    """Shows a child's trend and waits until it is drawn."""

    def show_view(child: str = CHILD, size: tuple[int, int] = WIDE) -> ChartView:
        view = ChartView(workspace)
        qtbot.addWidget(view)
        view.resize(*size)
        view.show()
        view.show_chart(child, ChartKind.TREND)
        qtbot.waitUntil(lambda: view.pane.canvas.height() > 0, timeout=PATIENCE)
        return view

    return show_view


@dataclass
class Chosen:
    """What the file dialog answers, and the names it was opened with."""

    path: Path
    offered: list[str] = field(default_factory=list)


@pytest.fixture
def chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Chosen:
    """The file dialog's answer: a name without its ending, as people type it."""
    answer = Chosen(tmp_path / "chart")

    def choose(_parent: object, _title: str, name: str, _kinds: str, then: Callable[[Path], object]) -> None:
        answer.offered.append(name)
        then(answer.path)

    monkeypatch.setattr(messages, "choose_new_file", choose)
    return answer


@pytest.fixture
def actions(family: Session, on_database: OnDatabase) -> Callable[[], list[str]]:
    """What the audit trail says was done, newest first."""

    def listed() -> list[str]:
        with family.store.transaction() as tx:
            return [event.action for event in audit.page(tx, limit=50)]

    return lambda: on_database(listed)


def reached(view: ChartView) -> Stop:
    """Return where the walk by keys stands."""
    stop = view.pane.canvas.current
    assert stop is not None
    return stop


def press(view: ChartView, *keys: Qt.Key) -> Stop:
    """Press keys on the chart and return where they led."""
    for key in keys:
        QTest.keyClick(view.pane.canvas, key)
    return reached(view)


@pytest.mark.usefixtures("family")
def test_the_trend_is_drawn_said_and_listed(show: Callable[..., ChartView]) -> None:
    view = show()

    assert view.trend is not None
    assert view.pane.canvas.accessibleDescription() == trend_sentence(view.trend)
    assert "Rose Ash" in view.sentences.text
    assert "graded 4 or 5 in 1 of 4 assessments" in view.sentences.text
    points = sum(len(series.points) for series in view.trend.series)
    assert view.table.model().rowCount() == points == 16


@pytest.mark.usefixtures("family")
def test_keys_walk_along_an_area_and_across_areas(show: Callable[..., ChartView]) -> None:
    view = show()
    view.pane.canvas.setFocus(Qt.FocusReason.TabFocusReason)

    # The walk begins where things stand now.
    assert (reached(view).area, reached(view).assessment) == ("A", "a-4")
    assert press(view, Qt.Key.Key_Home).assessment == "a-1"
    assert press(view, Qt.Key.Key_Left).assessment == "a-1"
    assert press(view, Qt.Key.Key_Right).assessment == "a-2"
    there = press(view, Qt.Key.Key_Down)
    assert (there.area, there.assessment) == ("B", "a-2")
    there = press(view, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert (there.area, there.assessment) == ("D", "a-2")
    assert press(view, Qt.Key.Key_End).assessment == "a-4"
    assert press(view, Qt.Key.Key_Up).area == "C"


@pytest.mark.usefixtures("family")
def test_the_mark_reached_is_read_out_and_stays_in_view(show: Callable[..., ChartView]) -> None:
    view = show(size=(1000, 360))
    view.pane.canvas.setFocus(Qt.FocusReason.TabFocusReason)

    press(view, Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Down)

    assert "Care of safety" in view.card.text
    assert "5 to 30 January 2026" in view.card.text
    assert "Decided by B2." in view.card.text
    assert "open B2 in this assessment" in view.card.text
    last = press(view, Qt.Key.Key_Down, Qt.Key.Key_Down)
    canvas = view.pane.canvas
    assert canvas.visibleRegion().contains(canvas.place_of(last).center())


@pytest.mark.usefixtures("family")
def test_the_page_around_the_chart_scrolls_with_the_walk(qtbot: QtBot, show: Callable[..., ChartView]) -> None:
    view = show()
    page = QScrollArea()
    qtbot.addWidget(page)
    view.setMinimumSize(1000, 600)
    page.setWidget(view)
    page.resize(500, 200)
    with qtbot.waitActive(page, timeout=PATIENCE):
        page.show()
        page.activateWindow()
    view.pane.canvas.setFocus(Qt.FocusReason.TabFocusReason)

    last = press(view, Qt.Key.Key_Home, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_End)

    canvas = view.pane.canvas
    assert canvas.visibleRegion().contains(canvas.place_of(last).center())


@pytest.mark.usefixtures("family")
def test_enter_leads_to_the_unit_that_decided(
    qtbot: QtBot, workspace: Workspace, show: Callable[..., ChartView]
) -> None:
    view = show()
    view.pane.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    press(view, Qt.Key.Key_Home, Qt.Key.Key_Right)

    with qtbot.waitSignal(workspace.unit_wanted) as wanted:
        press(view, Qt.Key.Key_Return)

    assert wanted.args == ["a-2", "A4"]


@pytest.mark.usefixtures("family")
def test_pointing_reads_a_mark_and_a_click_opens_its_source(
    qtbot: QtBot, workspace: Workspace, show: Callable[..., ChartView]
) -> None:
    view = show()
    canvas = view.pane.canvas
    stop = canvas.stops[0][1]
    place = canvas.place_of(stop).center()

    QTest.mouseMove(canvas, place)
    assert "Physical care" in view.card.text
    assert "Most essential needs not met" in view.card.text

    with qtbot.waitSignal(workspace.unit_wanted) as wanted:
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=place)
    assert wanted.args == [stop.assessment, "A4"]

    with qtbot.assertNotEmitted(workspace.unit_wanted), qtbot.assertNotEmitted(workspace.assessment_wanted):
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(2, canvas.height() - 2))


@pytest.mark.usefixtures("family")
def test_a_point_without_a_grade_leads_to_its_assessment(
    qtbot: QtBot, workspace: Workspace, show: Callable[..., ChartView]
) -> None:
    view = show()
    view.pane.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    press(view, Qt.Key.Key_Down)

    with qtbot.waitSignal(workspace.assessment_wanted) as wanted:
        press(view, Qt.Key.Key_Enter)

    assert wanted.args == ["a-4"]
    assert "No grade" in view.card.text


@pytest.mark.usefixtures("family")
def test_the_table_has_headers_both_ways_and_is_copied_as_text(show: Callable[..., ChartView]) -> None:
    view = show()
    QTest.mouseClick(view.views[view.table], Qt.MouseButton.LeftButton)

    table = view.table
    assert table.isVisible()
    model = table.model()
    horizontal, vertical = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    assert [model.headerData(column, horizontal) for column in range(3)] == [
        "Cared for by",
        "Days of the assessment",
        "Grade",
    ]
    assert model.headerData(0, vertical) == "Physical care"

    QTest.mouseClick(view.copy_button, Qt.MouseButton.LeftButton)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].startswith("Area\tCared for by\tDays of the assessment\tGrade")
    assert len(lines) == 1 + model.rowCount()
    assert "half a minute" in view.notice.text

    table.selectRow(1)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 2
    assert "5 to 30 January 2026" in lines[1]


@pytest.mark.usefixtures("family")
def test_enter_in_the_table_opens_the_assessment(
    qtbot: QtBot, workspace: Workspace, show: Callable[..., ChartView]
) -> None:
    view = show()
    view.views[view.table].click()
    view.table.selectRow(2)

    with qtbot.waitSignal(workspace.assessment_wanted) as wanted:
        QTest.keyClick(view.table, Qt.Key.Key_Return)

    assert wanted.args == ["a-3"]


@pytest.mark.parametrize("suffix", [".png", ".svg", ".csv", ".xlsx"])
def test_a_picture_or_its_table_is_saved_under_a_neutral_name_and_audited(
    qtbot: QtBot, show: Callable[..., ChartView], actions: Callable[[], list[str]], chosen: Chosen, suffix: str
) -> None:
    view = show()
    save = view.save_button
    ways = {".png": save.as_png, ".svg": save.as_svg, ".csv": save.as_csv, ".xlsx": save.as_xlsx}

    ways[suffix].trigger()
    qtbot.waitUntil(lambda: "is saved" in view.notice.text, timeout=PATIENCE)

    assert chosen.offered == [f"trend-2026-11-20{suffix}"]
    content = chosen.path.with_suffix(suffix).read_bytes()
    if suffix == ".png":
        assert content.startswith(b"\x89PNG")
    elif suffix == ".csv":
        assert "Physical care" in content.decode("utf-8-sig")
    elif suffix == ".xlsx":
        assert content.startswith(b"PK")
    else:
        assert "Physical care" in "".join(ET.fromstring(content).itertext())  # noqa: S314 - our own file
    assert "chart exported" in actions()


@pytest.mark.usefixtures("family")
def test_a_picture_that_cannot_be_saved_says_why(qtbot: QtBot, show: Callable[..., ChartView], chosen: Chosen) -> None:
    chosen.path = chosen.path.parent / "no such folder" / "chart.png"
    view = show()

    view.save_button.as_png.trigger()
    qtbot.waitUntil(lambda: "could not be saved" in view.notice.text, timeout=PATIENCE)

    assert "choose another folder" in view.notice.text
    assert view.save_button.isEnabled()


@pytest.mark.usefixtures("family")
def test_a_child_without_grades_is_told_so(qtbot: QtBot, workspace: Workspace) -> None:
    view = ChartView(workspace)
    qtbot.addWidget(view)
    view.show()
    view.show_chart(BABY, ChartKind.TREND)

    qtbot.waitUntil(lambda: view.rooms.currentWidget() is view.empty, timeout=PATIENCE)

    assert not view.pane.isVisible()


@pytest.mark.usefixtures("family")
def test_a_child_that_is_not_there_is_an_error_in_words(qtbot: QtBot, workspace: Workspace) -> None:
    view = ChartView(workspace)
    qtbot.addWidget(view)
    view.show()
    view.show_chart("nobody", ChartKind.TREND)

    qtbot.waitUntil(lambda: bool(view.notice.text), timeout=PATIENCE)

    assert view.trend is None


@pytest.mark.usefixtures("family")
def test_nothing_of_the_child_stays_after_the_lock(workspace: Workspace, show: Callable[..., ChartView]) -> None:
    view = show()

    workspace.locking.emit()

    assert view.trend is None
    assert view.pane.canvas.height() == 0
    assert view.pane.canvas.accessibleDescription() == ""
    assert view.sentences.text == ""
    assert view.table.model().rowCount() == 0


def test_a_change_is_drawn_anew(
    qtbot: QtBot, family: Session, workspace: Workspace, on_database: OnDatabase, show: Callable[..., ChartView]
) -> None:
    view = show()
    before = view.trend

    def rename() -> None:
        with family.store.transaction() as tx:
            tx.children.put(replace(tx.children.get(CHILD), family_name="Rowan"), by=family.user.id)

    on_database(rename)
    workspace.changed.emit("child", CHILD)
    qtbot.waitUntil(lambda: view.trend is not before and view.trend is not None, timeout=PATIENCE)

    assert view.trend is not None
    assert view.trend.child_label.endswith("Rowan")


@pytest.mark.usefixtures("family")
def test_the_chart_follows_theme_and_text_size(
    qtbot: QtBot, qapp: QApplication, show: Callable[..., ChartView]
) -> None:
    view = show()
    canvas = view.pane.canvas
    high = canvas.height()
    try:
        style.apply(qapp, Theme.DARK, 2.0)
        qtbot.waitUntil(lambda: canvas.height() > high, timeout=PATIENCE)
        corner = canvas.grab().toImage().pixelColor(1, 1)
        assert corner == QColor(palette.DARK.paper)
    finally:
        style.apply(qapp, Theme.SYSTEM, 1.0)


@pytest.mark.usefixtures("family")
def test_the_chart_fills_its_room_and_scrolls_past_its_least_width(
    qtbot: QtBot, show: Callable[..., ChartView]
) -> None:
    view = show()
    pane = view.pane
    assert pane.horizontalScrollBar().maximum() == 0

    view.resize(1300, 620)
    qtbot.waitUntil(lambda: pane.canvas.width() == pane.viewport().width(), timeout=PATIENCE)

    view.resize(300, 620)
    qtbot.waitUntil(lambda: pane.canvas.width() < 600, timeout=PATIENCE)
    assert pane.horizontalScrollBar().maximum() > 0


@pytest.mark.usefixtures("family")
def test_where_there_is_no_room_beside_the_chart_its_words_have_a_view_of_their_own(
    qtbot: QtBot, show: Callable[..., ChartView]
) -> None:
    view = show(size=(560, 620))
    words_button = next(button for button in view.views.values() if button.text() == "In words")
    assert not view.sentences.isVisible()

    QTest.mouseClick(words_button, Qt.MouseButton.LeftButton)
    assert view.sentences.isVisible()

    view.resize(*WIDE)
    qtbot.waitUntil(view.pane.isVisible, timeout=PATIENCE)
    assert view.sentences.isVisible()
    assert not words_button.isVisible()


def test_the_trend_is_loaded_once_for_one_look(
    family: Session, on_database: OnDatabase, actions: Callable[[], list[str]], show: Callable[..., ChartView]
) -> None:
    view = show()

    assert actions().count("chart viewed") == 1
    assert view.trend == on_database(lambda: trends.trend(family, CHILD))


def test_a_walk_goes_through_notes_and_both_homes() -> None:
    moved = Break(on=date(2025, 3, 3), kind=BreakKind.CARER, entry=None)
    walk = Walk(draw_trend(trend_of(two_homes(), breaks=[moved]), width=700))

    notes, physical, safety, *_ = walk.rows
    assert notes[0].text.startswith("3 March 2025")
    # Left to right in time, whoever gives the care.
    assert [stop.assessment for stop in physical[:4]] == ["e0", "g0", "a0", "g1"]
    assert walk.across(physical[2], 1) == safety[2]
    assert walk.across(physical[2], -1) == notes[0]
    assert walk.across(notes[0], -1) == notes[0]
    assert walk.across(notes[0], 1).assessment in {"a3", "g3", "a4", "g4"}
    assert walk.start == physical[-1]
    again = Walk(draw_trend(trend_of(two_homes(), breaks=[moved]), width=500))
    kept = again.again(physical[2])
    assert kept is not None
    assert (kept.assessment, kept.area) == ("a0", "A")
    assert again.again(notes[0]) == again.rows[0][0]
    assert Walk().start is None


@pytest.mark.usefixtures("family")
def test_the_table_keeps_the_rules_of_tables(show: Callable[..., ChartView], qtmodeltester: ModelTester) -> None:
    view = show()

    qtmodeltester.check(view.table.model())  # type: ignore[no-untyped-call]  # pytest-qt's own


@pytest.mark.usefixtures("family")
def test_a_change_that_changes_nothing_draws_nothing(show: Callable[..., ChartView], qtbot: QtBot) -> None:
    view = show()
    drawn: list[object] = []
    view.pane._plot.drawn.connect(lambda drawing, _: drawn.append(drawing))

    view.pane.setStyleSheet("")
    view.pane._draw()
    view.resize(view.width() + 40, view.height())

    # The chart for the wider room is the only one that comes.
    qtbot.waitUntil(lambda: bool(drawn), timeout=PATIENCE)
    assert len(drawn) == 1
