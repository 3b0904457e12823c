"""Rows of widgets that go on in a next row where the width ends."""

import pytest
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gcp2_app.ui.flow import Flow


@pytest.fixture
def room(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    flow = Flow()
    column.addLayout(flow)
    column.addStretch(1)
    for _ in range(4):
        box = QFrame()
        box.setFixedSize(100, 30)
        flow.addWidget(box)
    made.resize(1000, 300)
    made.show()
    return made


def rows(room: QWidget) -> int:
    return len({box.y() for box in room.findChildren(QFrame) if box.isVisible()})


def test_what_does_not_fit_goes_on_in_a_next_row(qtbot: QtBot, room: QWidget) -> None:
    qtbot.waitUntil(lambda: rows(room) == 1)
    room.resize(250, 300)
    qtbot.waitUntil(lambda: rows(room) == 2)
    room.resize(120, 300)
    qtbot.waitUntil(lambda: rows(room) == 4)


def test_the_height_follows_what_is_hidden_added_and_grows(qtbot: QtBot, room: QWidget) -> None:
    column = room.layout()
    assert isinstance(column, QVBoxLayout)
    flow = column.itemAt(0)
    assert isinstance(flow, Flow)
    room.resize(250, 300)
    qtbot.waitUntil(lambda: rows(room) == 2)
    one = flow.heightForWidth(1000)
    assert flow.heightForWidth(250) > one
    first, *others = room.findChildren(QFrame)
    for box in others[1:]:
        box.hide()
    qtbot.waitUntil(lambda: flow.heightForWidth(250) == one)
    first.setFixedHeight(60)
    qtbot.waitUntil(lambda: flow.heightForWidth(250) == one + 30)
    more = QFrame()
    more.setFixedSize(200, 30)
    flow.addWidget(more)
    more.show()
    qtbot.waitUntil(lambda: flow.heightForWidth(250) > one + 30)
    flow.removeWidget(more)
    more.hide()
    assert flow.heightForWidth(250) == one + 30
