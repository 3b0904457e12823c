"""A new passphrase, judged when someone goes on, however fast they type."""

from collections.abc import Iterator

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gcp2_app.ui.tasks import Tasks
from gcp2_app.ui.unlock.new_passphrase import NewPassphrase


@pytest.fixture
def new(qtbot: QtBot) -> Iterator[NewPassphrase]:
    """A passphrase typed twice so fast that its strength is not known yet."""
    tasks = Tasks()
    made = NewPassphrase(tasks)
    qtbot.addWidget(made)
    for edit in (made.first, made.second):
        QTest.keyClicks(edit.line, "correct horse battery staple")
    yield made
    tasks.close()


def test_going_on_before_the_strength_is_known_measures_it_at_once(new: NewPassphrase) -> None:
    new.settle()
    assert new.is_valid


def test_what_differs_is_told_as_soon_as_it_is_measured(new: NewPassphrase) -> None:
    QTest.keyClicks(new.first.line, "x")
    new.settle()
    assert not new.is_valid
    assert new.problem == "The two are not the same."
