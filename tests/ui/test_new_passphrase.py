"""A new passphrase, judged when someone goes on, however fast they type."""

from pytestqt.qtbot import QtBot

from gcp2_app.ui.tasks import Tasks
from gcp2_app.ui.unlock.new_passphrase import NewPassphrase


def test_going_on_before_the_strength_is_known_measures_it_at_once(qtbot: QtBot) -> None:
    tasks = Tasks()
    new = NewPassphrase(tasks)
    qtbot.addWidget(new)
    for edit in (new.first, new.second):
        qtbot.keyClicks(edit.line, "correct horse battery staple")
    new.settle()
    assert new.is_valid
    qtbot.keyClicks(new.first.line, "x")
    new.settle()
    assert not new.is_valid
    assert new.problem
    tasks.close()
