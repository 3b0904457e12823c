"""Lists that show other lines without being made anew: what stays keeps its row, and the hand its place."""

import pytest
from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtWidgets import QListWidget, QListWidgetItem
from pytestqt.qtbot import QtBot

from gcp2_app.ui.in_place import follow_lines


def write(item: QListWidgetItem, line: str) -> None:
    item.setText(line)


@pytest.mark.parametrize("wanted", ["", "b", "bd", "abcd", "xaybzcdx", "abXd", "dcba", "aabb", "xyz", "abcde", "bcd"])
def test_a_list_shows_what_is_wanted_and_what_stays_keeps_its_row(qtbot: QtBot, wanted: str) -> None:
    view = QListWidget()
    qtbot.addWidget(view)
    held = "abcd"
    follow_lines(view, "", held, write)
    view.setCurrentRow(1)
    kept = QPersistentModelIndex(view.model().index(1, 0))
    follow_lines(view, held, wanted, write)
    assert "".join(view.item(row).text() for row in range(view.count())) == wanted
    if wanted in {"b", "bd", "xaybzcdx", "abXd", "abcde", "bcd"}:
        assert kept.data() == "b"
        current = view.currentItem()
        assert current is not None
        assert current.text() == "b"
