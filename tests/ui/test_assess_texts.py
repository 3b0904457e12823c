"""What is typed is kept after a pause, however long the pause is, and never written over."""

from datetime import date

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gcp2_app.ui.assess.texts import PAUSE_MS, KeptDay, KeptLine, KeptText


@pytest.mark.parametrize("kind", [KeptText, KeptLine])
def test_a_pause_keeps_what_was_typed(qtbot: QtBot, kind: type[KeptText] | type[KeptLine]) -> None:
    box = kind("Words")
    qtbot.addWidget(box)
    with qtbot.waitSignal(box.edited, timeout=10 * PAUSE_MS) as kept:
        QTest.keyClicks(box, "a green kettle")
    assert kept.args == ["a green kettle"]


@pytest.mark.parametrize("kind", [KeptText, KeptLine])
def test_what_is_being_typed_is_not_written_over(qtbot: QtBot, kind: type[KeptText] | type[KeptLine]) -> None:
    box = kind("Words")
    qtbot.addWidget(box)
    QTest.keyClicks(box, "a green kettle")
    box.show_text("something older")
    with qtbot.waitSignal(box.edited) as kept:
        box.commit()
    assert kept.args == ["a green kettle"]
    box.show_text("a blue kettle")
    with qtbot.assertNotEmitted(box.edited):
        box.commit()


def test_a_day_is_kept_after_a_pause(qtbot: QtBot) -> None:
    box = KeptDay("Day", date(2026, 11, 23))
    qtbot.addWidget(box)
    with qtbot.waitSignal(box.day_edited, timeout=10 * PAUSE_MS) as kept:
        QTest.keyClicks(box, "4 March 2026")
    assert kept.args == [date(2026, 3, 4)]
