"""Layers and days of every chart on screen: chosen by buttons and keys, said, kept, walked, opened and saved."""

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from gcp2_app.domain.charting import ChartKind
from gcp2_app.domain.entries import Entry, Source, Theme
from gcp2_app.domain.register import Agency
from gcp2_app.domain.selecting.selection import Layer, Period, Selection
from gcp2_app.domain.when import When
from gcp2_app.services.session import Session
from gcp2_app.ui import messages
from gcp2_app.ui.charts.chart_view import ChartView
from gcp2_app.ui.charts.gallery import Gallery
from gcp2_app.ui.charts.looking import Looking, Reach
from gcp2_app.ui.charts.two_dates import TwoDates
from gcp2_app.ui.workspace import Workspace
from tests.ui.conftest import OnDatabase
from tests.ui.families import CHILD, SISTER, add_family

PATIENCE = 60_000
Show = Callable[[ChartKind], ChartView]
Saved = Callable[[], str]


def _entry(id_: str, kind: str, day: str, agency: Agency, **data: object) -> Entry:
    return Entry(
        id=id_,
        kind=kind,
        children=(CHILD,),
        when=When(day),
        what="Seen.",
        source=Source(agency=agency),
        themes=(Theme.PHYSICAL, Theme.MEDICAL),
        data=data,
    )


ENTRIES = (
    _entry("n-old", "note", "2021-05-03", Agency.SCHOOL),
    _entry("n-new", "note", "2026-10-05", Agency.POLICE),
    _entry("a-old", "action", "2021-05-03", Agency.SCHOOL, what="Cot", agreed_on="2021-05-03", checked_result="done"),
    _entry("a-new", "action", "2026-10-05", Agency.SCHOOL, what="Gate", agreed_on="2026-10-05"),
    _entry("t-old", "attendance", "2021-05-03", Agency.SCHOOL, **{"from": "2021-05-03", "to": "2021-05-28"}),
    _entry(
        "t-new",
        "attendance",
        "2026-09-02",
        Agency.SCHOOL,
        **{"from": "2026-09-02", "to": "2026-10-23", "possible": 70, "attended": 50},
    ),
    _entry("c-1", "circumstance", "2026-09-01", Agency.SCHOOL, name="Strike", **{"from": "2026-01-06"}),
)


@pytest.fixture
def gallery(qtbot: QtBot, workspace: Workspace, session: Session, on_database: OnDatabase, tmp_path: Path) -> Gallery:
    """The charts of a child with something of everything."""

    def fill() -> None:
        add_family(session, tmp_path)
        with session.store.transaction() as tx:
            for entry in ENTRIES:
                tx.entries.put(entry, by=session.user.id)

    on_database(fill)
    made = Gallery(workspace)
    qtbot.addWidget(made)
    made.resize(1100, 620)
    made.show()
    made.show_child(CHILD)
    qtbot.waitUntil(lambda: made.view.pane.canvas.height() > 0, timeout=PATIENCE)
    return made


@pytest.fixture
def show(qtbot: QtBot, gallery: Gallery) -> Show:
    """Chooses a chart and waits until it is drawn."""

    def chosen(kind: ChartKind) -> ChartView:
        QTest.mouseClick(gallery.buttons[kind], Qt.MouseButton.LeftButton)
        view = gallery.view
        qtbot.waitUntil(
            lambda: view.chart is not None and view.chart.kind is kind and bool(view.pane.canvas.stops),
            timeout=PATIENCE,
        )
        return view

    return chosen


@pytest.fixture
def saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Saved:
    """Answers the file dialog; reads what was saved."""
    monkeypatch.setattr(messages, "choose_new_file", lambda *args: args[-1](tmp_path / "chart"))
    return lambda: (tmp_path / "chart.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", list(ChartKind))
def test_each_chart_is_narrowed_walked_opened_and_saved_as_it_is_seen(
    qtbot: QtBot, show: Show, saved: Saved, workspace: Workspace, kind: ChartKind
) -> None:
    view = show(kind)
    canvas, narrowing = view.pane.canvas, view.narrowing
    assert view.chart is not None
    whole = view.chart
    # A layer by its box.
    layer = whole.layers[-1]
    narrowing.layers.boxes[layer.code].trigger()
    assert narrowing.told.text() == f"Layers left out: {layer.label}."
    assert narrowing.layers.text() == "Layers: 1 left out"
    # Days by a key on the chart: more than a year ago is gone.
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    assert "last 12 months" in narrowing.period.text()
    assert narrowing.told.isVisible()
    part = view.chart
    assert part is not None
    assert part.data != whole.data
    for said in part.told:
        assert said in narrowing.told.text()
        assert said.partition(": ")[2] in view.sentences.text
        assert said.rstrip(".") in canvas.accessibleDescription()
    assert view.table.model().rowCount() == len(part.table.rows) <= len(whole.table.rows)
    # Every stop is reached by keys and read, and Enter opens its source.
    stops = {stop.key for row in canvas.stops for stop in row}
    seen: set[tuple[str, str, str]] = set()
    for row in canvas.stops:
        for stop in row:
            canvas._go(stop)
            assert canvas.current is not None
            seen.add(canvas.current.key)
            assert view.card.text
    assert seen == stops
    led = next(stop for row in canvas.stops for stop in row if stop.assessment or stop.entry)
    opened: list[str] = []
    workspace.unit_wanted.connect(lambda assessment, _: opened.append(assessment))
    workspace.assessment_wanted.connect(opened.append)
    workspace.entry_shown_wanted.connect(lambda _, entry: opened.append(entry))
    canvas._go(led)
    assert "press Enter" in view.card.text
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert opened == [led.assessment or led.entry]
    # What is saved is what is seen, and says so.
    view.save_button.as_svg.trigger()
    qtbot.waitUntil(lambda: "is saved" in view.notice.text, timeout=PATIENCE)
    picture = saved()
    assert "Layers left out" in picture
    assert "Days shown" in picture
    # All of it again.
    QTest.keyClick(canvas, Qt.Key.Key_0)
    narrowing.layers.every.trigger()
    assert view.chart == whole
    assert not narrowing.told.isVisible()


def test_a_mark_that_is_left_out_is_no_longer_read(qtbot: QtBot, show: Show) -> None:
    view = show(ChartKind.TREND)
    canvas = view.pane.canvas
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    assert view.card.text.startswith("Physical care")
    view.narrowing.layers.boxes["area:Physical care"].trigger()
    qtbot.waitUntil(lambda: view.card.text.startswith("Care of safety"), timeout=PATIENCE)
    assert canvas.current is not None
    assert canvas.current.text.startswith("Care of safety")


def test_two_dates_are_asked_for_and_shown(qtbot: QtBot, show: Show) -> None:
    view = show(ChartKind.LANES)
    period = view.narrowing.period
    period.choices[Reach.DATES].trigger()
    qtbot.waitUntil(lambda: bool(period.findChildren(TwoDates)), timeout=PATIENCE)
    (asked,) = period.findChildren(TwoDates)
    first, last = (field.control for field in (asked.first, asked.last))
    assert isinstance(first, QLineEdit)
    assert isinstance(last, QLineEdit)
    assert last.text()
    QTest.mouseClick(asked.go_button, Qt.MouseButton.LeftButton)
    assert asked.first.error == "Give a day."
    first.setText("not a day")
    last.setText("1 May 2021")
    QTest.mouseClick(asked.go_button, Qt.MouseButton.LeftButton)
    assert "not a date" in asked.first.error
    first.setText("2 May 2021")
    QTest.mouseClick(asked.go_button, Qt.MouseButton.LeftButton)
    assert "before the first day" in asked.last.error
    last.setText("30 June 2021")
    QTest.keyClick(last, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "2 May 2021 to 30 June 2021" in period.text(), timeout=PATIENCE)
    assert view.chart is not None
    assert view.chart.selection.period == Period(from_=date(2021, 5, 2), to=date(2021, 6, 30))
    assert {row.entry for row in view.chart.table.rows} == {"n-old", "a-old", "t-old"}
    # Asked again, it begins with those; cancelled, they stay.
    period.choices[Reach.DATES].trigger()
    qtbot.waitUntil(lambda: any(each is not asked for each in period.findChildren(TwoDates)), timeout=PATIENCE)
    again = next(each for each in period.findChildren(TwoDates) if each is not asked)
    assert isinstance(again.first.control, QLineEdit)
    assert again.first.control.text() == "2 May 2021"
    again.reject()
    assert period.choices[Reach.DATES].isChecked()


def test_what_is_looked_at_stays_for_the_next_chart_and_what_makes_sense_for_the_next_child(
    qtbot: QtBot, show: Show, gallery: Gallery
) -> None:
    view = show(ChartKind.TREND)
    view.narrowing.layers.boxes["area:Physical care"].trigger()
    view.narrowing.period.choices[Reach.YEAR].trigger()
    assert "Physical care" in show(ChartKind.CUMULATIVE).narrowing.told.text()
    gallery.show_child(SISTER)
    qtbot.waitUntil(lambda: view.chart is not None and "Fern" in view.chart.sentence, timeout=PATIENCE)
    assert view.chart is not None
    assert view.chart.selection.period is not None
    gallery.show_child(CHILD)
    qtbot.waitUntil(lambda: view.chart is not None and "Robin" in view.chart.sentence, timeout=PATIENCE)
    assert "Physical care" in view.narrowing.told.text()


def test_the_menu_of_layers_stays_open_while_boxes_are_ticked(qtbot: QtBot, show: Show) -> None:
    view = show(ChartKind.PICTURE)
    button = view.narrowing.layers
    menu = button.menu()
    menu.popup(button.mapToGlobal(QPoint(0, button.height())))
    qtbot.waitUntil(menu.isVisible, timeout=PATIENCE)
    boxes = list(button.boxes.values())
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(boxes[0]).center())
    menu.setActiveAction(boxes[1])
    QTest.keyClick(menu, Qt.Key.Key_Space)
    assert menu.isVisible()
    assert [box.isChecked() for box in boxes[:3]] == [False, False, True]
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not menu.isVisible(), timeout=PATIENCE)
    assert button.text() == "Layers: 2 left out"


def test_locking_forgets_what_was_looked_at_and_the_pictures_of_words(show: Show, workspace: Workspace) -> None:
    from gcp2_app.reports.charts import lettering

    view = show(ChartKind.LANES)
    view.narrowing.period.choices[Reach.YEAR].trigger()
    workspace.locking.emit()
    assert not view.narrowing.told.text()
    assert view.narrowing.selection(date(2026, 1, 1)) == Selection()
    assert not view.narrowing.period.isEnabled()
    assert lettering._width_at_100.cache_info().currsize == 0


def test_locking_while_the_drawing_is_still_loaded_forgets_all_the_same(
    show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = show(ChartKind.LANES)
    view.narrowing.period.choices[Reach.YEAR].trigger()
    name = "gcp2_app.reports.charts.lettering"
    # As another thread sees it that is half-way through importing it.
    monkeypatch.setitem(sys.modules, name, ModuleType(name))
    view.forget()
    assert not view.narrowing.told.text()


def test_of_two_dates_and_ones_own_carers_nothing_stays_for_another_child() -> None:
    looking = Looking()
    looking.learn([Layer(code="carers:1", label="Rose Ash", own=True), Layer(code="area:A", label="A")])
    looking.left_out = frozenset({"carers:1", "area:A"})
    looking.choose(Reach.DATES, Period(from_=date(2025, 1, 1), to=date(2025, 2, 1)))
    looking.turn_to_another_child()
    assert looking.selection(date(2026, 1, 1)) == Selection(left_out=frozenset({"area:A"}))
    reached = []
    for by in (-1, 1, 1, 1):
        looking.go_nearer(by)
        reached.append(looking.reach)
    assert reached == [Reach.ALL, Reach.TWO_YEARS, Reach.YEAR, Reach.YEAR]
