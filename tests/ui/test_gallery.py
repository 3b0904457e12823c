"""The charts on screen: chosen, drawn, walked by keys, led back to their source, and saved."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gcp2_app.domain.charting import ChartKind
from gcp2_app.domain.entries import Entry, Source, Theme
from gcp2_app.domain.register import Agency
from gcp2_app.domain.when import When
from gcp2_app.services.session import Session
from gcp2_app.ui import messages
from gcp2_app.ui.charts.chart_view import ChartView
from gcp2_app.ui.charts.gallery import Gallery
from gcp2_app.ui.workspace import Workspace
from tests.ui.conftest import OnDatabase
from tests.ui.families import CHILD, add_family

#: Milliseconds: a crowded machine takes its time with the first drawing.
PATIENCE = 60_000

NOTE = Entry(
    id="note-1",
    kind="note",
    children=(CHILD,),
    when=When("2026-01-12"),
    what="Came without a coat.",
    source=Source(agency=Agency.SCHOOL),
    themes=(Theme.PHYSICAL,),
)

Show = Callable[[ChartKind], ChartView]


@pytest.fixture
def family(session: Session, on_database: OnDatabase, tmp_path: Path) -> Session:
    """A session on a store that holds a family and a note about the child."""

    def fill() -> None:
        add_family(session, tmp_path)
        with session.store.transaction() as tx:
            tx.entries.put(NOTE, by=session.user.id)

    on_database(fill)
    return session


@pytest.fixture
def gallery(qtbot: QtBot, workspace: Workspace, family: Session) -> Gallery:
    """The charts of the child, the trend first."""
    del family  # in the store before it is asked
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
            lambda: view.chart is not None and view.chart.kind is kind and view.pane.canvas.height() > 0,
            timeout=PATIENCE,
        )
        return view

    return chosen


@pytest.mark.parametrize("kind", list(ChartKind))
def test_each_chart_is_drawn_told_and_read(show: Show, kind: ChartKind) -> None:
    view = show(kind)
    assert view.chart is not None
    assert view.pane.canvas.accessibleDescription() == view.chart.sentence
    assert view.sentences.text
    assert view.table.model().rowCount() == len(view.chart.table.rows)


def test_a_cell_leads_to_its_assessment(qtbot: QtBot, show: Show, workspace: Workspace) -> None:
    canvas = show(ChartKind.UNITS).pane.canvas
    stop = next(stop for row in canvas.stops for stop in row if stop.assessment)
    with qtbot.waitSignal(workspace.assessment_wanted) as asked:
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.place_of(stop).center())
    assert asked.args == [stop.assessment]


def test_a_mark_leads_to_its_entry_by_keys(qtbot: QtBot, show: Show, workspace: Workspace) -> None:
    view = show(ChartKind.TYPES)
    canvas = view.pane.canvas
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    assert canvas.current is not None
    assert "January to March 2026" in view.card.text
    with qtbot.waitSignal(workspace.entry_shown_wanted) as asked:
        QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert asked.args == [CHILD, NOTE.id]


def test_a_row_of_the_table_leads_to_its_entry(qtbot: QtBot, show: Show, workspace: Workspace) -> None:
    view = show(ChartKind.LANES)
    assert view.chart is not None
    row = next(row for row in view.chart.table.rows if row.entry == NOTE.id)
    with qtbot.waitSignal(workspace.entry_shown_wanted) as asked:
        view.table.chosen.emit(row)
    assert asked.args == [CHILD, NOTE.id]


def test_a_change_of_the_record_is_drawn(
    qtbot: QtBot, show: Show, workspace: Workspace, family: Session, on_database: OnDatabase
) -> None:
    view = show(ChartKind.LANES)
    more = replace(NOTE, id="note-2", when=When.on(date(2026, 1, 13)))

    def add() -> None:
        with family.store.transaction() as tx:
            tx.entries.put(more, by=family.user.id)

    on_database(add)
    workspace.changed.emit("entry", more.id)
    qtbot.waitUntil(
        lambda: view.chart is not None and any(row.entry == "note-2" for row in view.chart.table.rows),
        timeout=PATIENCE,
    )


def test_a_picture_is_kept(qtbot: QtBot, show: Show, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    view = show(ChartKind.TYPES)
    offered: list[str] = []

    def choose(_parent: object, _title: str, name: str, _kinds: str, then: Callable[[Path], object]) -> None:
        offered.append(name)
        then(tmp_path / "chart")

    monkeypatch.setattr(messages, "choose_new_file", choose)
    view.save_button.as_svg.trigger()
    qtbot.waitUntil(lambda: "is saved" in view.notice.text, timeout=PATIENCE)
    assert offered[0].startswith("types-")
    assert (tmp_path / "chart.svg").read_text(encoding="utf-8").startswith("<?xml")


def test_locking_lets_go_of_the_chart(show: Show, workspace: Workspace) -> None:
    view = show(ChartKind.ACTIONS)
    workspace.locking.emit()
    assert view.chart is None
    assert not view.sentences.text
