"""What is read before knocking, in the window: agreed actions a few at a time, each with where it stands."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gcp2_app.domain.entries import Entry
from gcp2_app.ui.visit.agreed import FEW, AgreedActions, told


def action(number: int, **data: Any) -> Entry:
    return Entry(id=f"a{number}", kind="action", data={"what": f"Action {number}", **data})


def shown(actions: AgreedActions) -> list[str]:
    return [each.text() for each in actions.findChildren(QLabel) if each.isVisible() and each.text()[:6] == "Action"]


def test_the_first_few_are_shown_and_one_button_opens_the_rest(qtbot: QtBot) -> None:
    made = AgreedActions(tuple(action(number) for number in range(FEW + 3)), 0)
    qtbot.addWidget(made)
    made.show()
    assert shown(made) == [f"Action {number}" for number in range(FEW)]
    assert made.more_button.text() == "and 3 more"
    made.more_button.setFocus()
    QTest.keyClick(made.more_button, Qt.Key.Key_Space)
    assert len(shown(made)) == FEW + 3
    QTest.keyClick(made.more_button, Qt.Key.Key_Space)
    assert len(shown(made)) == FEW


def test_a_few_need_no_button_and_none_is_said(qtbot: QtBot) -> None:
    few = AgreedActions(tuple(action(number) for number in range(FEW)), 0)
    none = AgreedActions((), 0)
    for made in (few, none):
        qtbot.addWidget(made)
        made.show()
        assert not made.more_button.isVisible()
    assert len(shown(few)) == FEW
    assert any(each.text() == "No agreed action is open." for each in none.findChildren(QLabel))


@pytest.mark.parametrize(
    ("older", "said"),
    [
        (1, "1 older action was said done and never checked. It stands under Plans & meetings."),
        (3, "3 older actions were said done and never checked. They stand under Plans & meetings."),
    ],
)
def test_how_many_older_ones_are_not_shown_is_said(qtbot: QtBot, older: int, said: str) -> None:
    made = AgreedActions((), older)
    qtbot.addWidget(made)
    made.show()
    texts = [each.text() for each in made.findChildren(QLabel) if each.isVisible()]
    assert texts == ["No agreed action is open.", said]


def test_each_says_who_does_it_and_where_it_stands() -> None:
    agreed = {"who": "Dean", "agreed_on": "2026-11-12", "due": "2026-11-13"}
    who = "Dean · agreed 12 November 2026 · due 13 November 2026\n"
    assert told(action(1, **agreed)) == f"{who}Not said done yet."
    said = {**agreed, "said_done_on": "2026-11-13"}
    assert told(action(1, **said)) == f"{who}Said done 13 November 2026, not checked."
    seen = {**said, "checked_on": "2026-11-18", "checked_result": "part"}
    assert told(action(1, **seen)) == f"{who}Checked 18 November 2026: partly done."
    assert told(action(1, checked_result="could_not_check")) == "nobody named\nChecked: could not be seen."
