"""The bar that wraps, the column that scrolls, the field with its error, and the trail of places."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from gcp2_app.errors import NotFound
from gcp2_app.ui import style
from gcp2_app.ui.colours import Theme
from gcp2_app.ui.column import Column
from gcp2_app.ui.danger import DangerCard
from gcp2_app.ui.elided import Elided
from gcp2_app.ui.field import Field
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.place import Place, Screen, Trail
from gcp2_app.ui.preferences import Preferences


@pytest.fixture
def bar(qtbot: QtBot) -> tuple[QWidget, list[QWidget]]:
    """Three widgets of 100 by 30, the last of them pushed to the right."""
    made = QWidget()
    flow = Flow(made)
    flow.setContentsMargins(0, 0, 0, 0)
    flow.setSpacing(10)
    buttons = [QWidget() for _ in range(3)]
    for number, button in enumerate(buttons):
        button.setFixedSize(100, 30)
        if number == 2:
            flow.push()
        flow.addWidget(button)
    qtbot.addWidget(made)
    made.show()
    return made, buttons


def test_what_fits_stands_in_one_row_with_the_rest_at_its_end(bar: tuple[QWidget, list[QWidget]]) -> None:
    widget, buttons = bar
    widget.resize(500, 40)
    assert [button.x() for button in buttons] == [0, 110, 400]
    assert len({button.y() for button in buttons}) == 1


def test_what_does_not_fit_goes_on_below(bar: tuple[QWidget, list[QWidget]]) -> None:
    widget, buttons = bar
    widget.resize(250, 80)
    assert [(button.x(), button.y()) for button in buttons] == [(0, 0), (110, 0), (0, 40)]
    flow = widget.layout()
    assert isinstance(flow, Flow)
    assert (flow.heightForWidth(500), flow.heightForWidth(250), flow.heightForWidth(100)) == (30, 70, 110)
    assert flow.sizeHint().width() == 320
    assert flow.minimumSize().width() == 100


def test_what_is_hidden_takes_no_room(bar: tuple[QWidget, list[QWidget]]) -> None:
    widget, buttons = bar
    buttons[0].hide()
    widget.resize(500, 41)
    assert buttons[1].x() == 0


def test_a_widget_can_be_taken_out(bar: tuple[QWidget, list[QWidget]]) -> None:
    flow = bar[0].layout()
    assert isinstance(flow, Flow)
    taken = flow.takeAt(1)
    assert taken is not None
    assert taken.widget() is bar[1][1]
    assert flow.count() == 2
    assert flow.takeAt(7) is None
    assert flow.itemAt(-1) is None


@pytest.mark.parametrize(("window", "wide"), [(1366, True), (300, False)])
def test_a_column_is_never_wider_than_reads_well(qtbot: QtBot, window: int, wide: bool) -> None:
    column = Column(60)
    line = QLineEdit()
    column.body.addWidget(line)
    qtbot.addWidget(column)
    column.resize(window, 400)
    column.show()
    qtbot.waitExposed(column)
    left = line.mapTo(column, line.rect().topLeft()).x()
    assert line.width() < window
    if wide:
        assert left == pytest.approx(window - left - line.width(), abs=2)
    else:
        assert line.width() > 0.8 * window


def test_an_error_stands_beside_its_field_and_is_read_out(qtbot: QtBot) -> None:
    line = QLineEdit()
    field = Field("Your name", line, "As on your badge.")
    qtbot.addWidget(field)
    assert line.accessibleName() == "Your name"
    assert line.accessibleDescription() == "As on your badge."
    field.show_error("Give your name.")
    assert line.property("invalid") is True
    assert line.accessibleDescription() == "Give your name. As on your badge."
    field.show_error("")
    assert line.property("invalid") is False
    assert line.accessibleDescription() == "As on your badge."


def test_no_answer_of_a_field_is_cut_off_where_they_do_not_fit_side_by_side(qtbot: QtBot) -> None:
    ground = QWidget()
    answers = Flow(ground)
    answers.setContentsMargins(0, 0, 0, 0)
    ticks = [QCheckBox(f"Somebody with a name of some length ({number})") for number in range(4)]
    for tick in ticks:
        answers.addWidget(tick)
    column = Column(84)
    column.body.addWidget(Field("Whose care is assessed?", ground))
    column.body.addStretch(1)
    qtbot.addWidget(column)
    column.resize(ticks[0].sizeHint().width() + style.space(12), style.space(120))
    column.show()
    qtbot.waitUntil(lambda: len({tick.y() for tick in ticks}) == len(ticks))
    qtbot.waitUntil(lambda: ticks[-1].geometry().bottom() < ground.height())


def test_a_notice_says_what_is_wrong_and_what_to_do(qtbot: QtBot) -> None:
    notice = Notice()
    qtbot.addWidget(notice)
    assert notice.text == ""
    notice.show_error(NotFound("It is not there.", "Look elsewhere."))
    assert notice.text == notice.accessibleName() == "It is not there. Look elsewhere."
    assert notice.property("role") == "warning"
    notice.show_note("Done.")
    assert notice.text == "Done."
    assert notice.property("role") == "note"
    notice.clear()
    assert notice.text == ""


def test_the_trail_leads_back_and_counts_the_same_place_once() -> None:
    trail = Trail()
    assert trail.back() is None
    trail.go(Place(Screen.CASELOAD))
    trail.go(Place(Screen.ASSESSMENT, "a1"))
    trail.go(Place(Screen.ASSESSMENT, "a1", "A1.a"))
    trail.go(Place(Screen.SETTINGS, "about"))
    trail.go(Place(Screen.SETTINGS, "packs"))
    assert trail.here == Place(Screen.SETTINGS, "packs")
    assert trail.back() == Place(Screen.ASSESSMENT, "a1", "A1.a")
    assert trail.back() == Place(Screen.CASELOAD)
    assert not trail.can_go_back
    trail.clear()
    assert trail.here is None


def test_the_trail_is_no_longer_than_anyone_walks_back() -> None:
    trail = Trail()
    for number in range(200):
        trail.go(Place(Screen.CHILD, str(number)))
    steps = 0
    while trail.back() is not None:
        steps += 1
    assert steps == 49


def test_a_label_is_never_parted_from_its_control(qtbot: QtBot) -> None:
    made = QWidget()
    flow = Flow(made)
    flow.setContentsMargins(0, 0, 0, 0)
    flow.setSpacing(10)
    first, label, control = (QWidget() for _ in range(3))
    for number, widget in enumerate((first, label, control)):
        widget.setFixedSize(100, 30)
        if number == 2:
            flow.keep_together()
        flow.addWidget(widget)
    qtbot.addWidget(made)
    made.show()
    made.resize(320, 40)
    assert [widget.pos().toTuple() for widget in (first, label, control)] == [(0, 0), (110, 0), (220, 0)]
    made.resize(319, 80)
    assert [widget.pos().toTuple() for widget in (first, label, control)] == [(0, 0), (0, 40), (110, 40)]
    assert flow.minimumSize().width() == 210


def test_a_long_text_of_a_record_is_shortened_and_can_be_read_whole(qtbot: QtBot) -> None:
    made = QWidget()
    flow = Flow(made)
    flow.setContentsMargins(0, 0, 0, 0)
    line = Elided(style.heading("Bartholomew " * 20))
    flow.addWidget(line)
    qtbot.addWidget(made)
    made.show()
    made.resize(400, 60)
    assert made.width() == 400
    assert line.width() == 400
    assert line.shown.endswith("…")
    assert line.toolTip() == line.text() == "Bartholomew " * 20
    line.setText("Wren")
    assert (line.shown, line.toolTip()) == ("Wren", "")
    made.resize(401, 60)
    assert line.shown == "Wren"


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_every_word_of_the_danger_card_can_be_read(
    qtbot: QtBot, tmp_path: Path, qapp: QApplication, scale: float
) -> None:
    style.apply(qapp, Theme.LIGHT, scale)
    try:
        window = QWidget()
        qtbot.addWidget(window)
        window.show()
        card = DangerCard(window, Preferences(QSettings(str(tmp_path / "gcp2.ini"), QSettings.Format.IniFormat)))
        card.open()
        qtbot.waitExposed(card)
        card.resize(min(card.width(), round(1366 * 0.94)), min(card.height(), 690))
        qtbot.wait(1)
        labels = [label for label in card.findChildren(QLabel) if label.isVisible() and label.text()]
        assert len(labels) > 8
        for label in labels:
            wanted = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
            assert label.height() >= wanted, label.text()
            assert label.mapTo(card, label.rect().topRight()).x() <= card.width()
        assert card.close_button.visibleRegion().boundingRect().size() == card.close_button.size()
    finally:
        style.apply(qapp, Theme.SYSTEM, 1.0)
