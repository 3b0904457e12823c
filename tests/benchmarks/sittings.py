"""A person's sitting at the real window, in a process of its own; prints what it measured as one JSON object.

Run as ``python -m tests.benchmarks.sittings caseload|charts|child|grading STORE``. Times are in milliseconds, memory in
MiB; each is best, median and worst.
"""

import json
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from gcp2_app.app import run_window
from tests.benchmarks.sitting import Blocked, Painted, Sitting, memory

if TYPE_CHECKING:
    from gcp2_app.ui.charts.canvas import ChartCanvas

# What the program imports late is imported late here too: it is part of what is measured.


def caseload(sitting: Sitting) -> None:
    """Unlock, leaf through every child, and search."""
    from gcp2_app.ui.caseload.page import CaseloadPage

    sitting.unlock()
    page = sitting.shell.page
    assert isinstance(page, CaseloadPage)
    model, viewport = page.table.model(), page.table.viewport()
    sitting.rest()
    sitting.keep("memory", [memory()])
    for number in range(0, model.rowCount(), 200):
        page.table.go_to(number)
        sitting.until(partial(page._model.row, number))
    sitting.keep("memory leafed through", [memory()])
    page.table.go_to(0)
    page.filter.setFocus()
    sitting.rest()
    shown: list[int] = []
    page.shown.connect(shown.append)
    times: list[float] = []
    for letter in "mossi":
        shown.clear()
        painted = Painted(viewport, lambda: bool(shown))
        start = time.perf_counter()
        QTest.keyClicks(page.filter, letter)
        times.append(sitting.until_seen(painted, since=start))
        sitting.rest(0.1)
    sitting.keep("search", times)


def child(sitting: Sitting) -> None:
    """Open the child with much in the record: the first time, and again; then make the window larger."""
    from gcp2_app.ui.charts.canvas import ChartCanvas
    from gcp2_app.ui.charts.pane import ChartPane

    sitting.unlock()
    sitting.rest(3)
    window, shell, blocked = sitting.window, sitting.shell, Blocked()

    def canvas() -> ChartCanvas | None:
        return shell.findChild(ChartCanvas)

    def shown() -> ChartCanvas:
        found = canvas()
        assert found is not None
        return found

    def open_child() -> float:
        blocked.forget()
        start = time.perf_counter()
        window._workspace.child_wanted.emit("child-0")
        # Drawn, wherever on the page: above it stands as much as the rules have to say.
        sitting.until(lambda: canvas() is not None and not shown()._image.isNull())
        return (time.perf_counter() - start) * 1e3

    sitting.keep("open first", [open_child()])
    sitting.keep("blocked first", [blocked.longest])
    sitting.rest()
    times, stops = list[float](), list[float]()
    for _ in range(3):
        # As when another child was looked at meanwhile.
        shell.page._forget()  # type: ignore[union-attr]  # the child's page
        shown().clear()
        shell.go_back()
        sitting.rest()
        times.append(open_child())
        stops.append(blocked.longest)
        sitting.rest(0.3)
    sitting.keep("open", times)
    sitting.keep("blocked", stops)
    pane = shell.findChild(ChartPane)
    assert pane is not None
    _show(pane)
    sitting.rest()
    redrawn, resized = list[float](), list[float]()
    for step in range(1, 8):
        painted, start = Painted(shown(), partial(_is_another, shown(), shown()._image.cacheKey())), time.perf_counter()
        pane._drawn_for = None
        pane._draw()
        redrawn.append(sitting.until_seen(painted, since=start))
        sitting.rest(0.2)
        painted, start = Painted(shown(), partial(_is_another, shown(), shown()._image.cacheKey())), time.perf_counter()
        window.resize(window.width() - 8 * step, window.height())
        resized.append(sitting.until_seen(painted, since=start))
        sitting.rest(0.2)
    sitting.keep("resized", resized)
    sitting.keep("redraw", redrawn)
    sitting.keep("memory", [memory()])


def charts(sitting: Sitting) -> None:
    """Look at every chart of the child with much in the record; draw each again, and narrow it to a year."""
    from gcp2_app.ui.charts.gallery import Gallery

    sitting.unlock()
    sitting.rest(3)
    sitting.window._workspace.child_wanted.emit("child-0")
    sitting.until(lambda: sitting.shell.findChild(Gallery))
    gallery = sitting.shell.findChild(Gallery)
    assert gallery is not None
    view, pane = gallery.view, gallery.view.pane
    sitting.until(lambda: not pane.canvas._image.isNull())
    sitting.rest(0.5)
    drawn: list[float] = []
    # After the canvas has taken the image: what is not scrolled into view is not painted.
    pane._plot.drawn.connect(lambda *_: drawn.append(time.perf_counter()))

    def until_drawn(ask: Callable[[], object]) -> float:
        drawn.clear()
        start = time.perf_counter()
        ask()
        sitting.until(lambda: drawn)
        took = (drawn[-1] - start) * 1e3
        sitting.rest(0.2)
        return took

    def draw_again() -> None:
        pane._drawn_for = None
        pane._draw()

    for kind, button in gallery.buttons.items():
        view._clear()
        sitting.keep(f"{kind.value} shown", [until_drawn(button.click)])
        sitting.keep(f"{kind.value} redraw", [until_drawn(draw_again) for _ in range(7)])
        keys = (Qt.Key.Key_Plus, Qt.Key.Key_Plus, Qt.Key.Key_0)
        sitting.keep(f"{kind.value} narrowed", [until_drawn(partial(view.narrowing.press, key)) for key in keys])


def _show(widget: QWidget) -> None:
    """Scroll whatever it lies in until a widget is seen."""
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget)
        around = around.parentWidget()


def _is_another(canvas: "ChartCanvas", image: int) -> bool:
    return canvas._image.cacheKey() != image


def grading(sitting: Sitting) -> None:
    """Press grade keys in the assessment under way."""
    from gcp2_app.ui.assess.draft import Keeping
    from gcp2_app.ui.assess.page import AssessPage
    from gcp2_app.ui.assess.steps import spot_of_unit
    from gcp2_app.ui.assess.subarea_page import SubareaPage

    sitting.unlock()
    sitting.rest(3)
    row = sitting.shell.page._model.row(0)  # type: ignore[union-attr]  # the caseload
    blocked = Blocked()
    start = time.perf_counter()
    sitting.window._workspace.assessment_wanted.emit(row.open_assessment)
    page = sitting.shell.page
    assert isinstance(page, AssessPage)
    opened = sitting.until_painted(lambda: page.header, lambda: page.draft is not None, since=start)
    sitting.keep("open the assessment", [opened])
    sitting.keep("open the assessment, blocked", [blocked.longest])
    draft = page.draft
    assert draft is not None
    screen, disk, stops, pressing = [], [], [], []
    kept: list[float] = []
    draft.keeping_changed.connect(
        lambda keeping, _: kept.append(time.perf_counter()) if keeping is Keeping.KEPT else None
    )
    for code in tuple(draft.pack.units_in(draft.band))[:12]:
        page.go(spot_of_unit(draft.pack, code))
        sitting.rest(0.6)
        step, focus = page.step_page, QApplication.focusWidget()
        assert isinstance(step, SubareaPage)
        assert focus is not None
        card = next(card for card in step.cards if card.unit.code == code)
        kept.clear()
        blocked.forget()
        painted, start = Painted(card), time.perf_counter()
        QTest.keyClick(focus, Qt.Key.Key_2)
        pressing.append((time.perf_counter() - start) * 1e3)
        screen.append(sitting.until_seen(painted, since=start))
        sitting.until(lambda: kept)
        disk.append((kept[0] - start) * 1e3)
        sitting.rest(0.2)
        stops.append(blocked.longest)
    for name, times in (("pressed", pressing), ("screen", screen), ("disk", disk), ("blocked", stops)):
        sitting.keep(name, times)


def main(what: str, folder: Path) -> None:
    """Carry out one sitting and print what was measured."""
    application = QApplication(["gcp2", "-style", "Fusion"])
    sitting = Sitting(application, folder)
    wrong: list[Exception] = []

    def sit() -> None:
        try:
            {"caseload": caseload, "charts": charts, "child": child, "grading": grading}[what](sitting)
        except Exception as error:  # noqa: BLE001 - raised again when the window is closed
            wrong.append(error)
        sitting.window.close()

    QTimer.singleShot(0, sit)
    run_window(folder)
    if wrong:
        raise wrong[0]
    sys.stdout.write(json.dumps(sitting.found))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
