"""History first on screen, with earlier grades folded; and a day in the child's life, walked part by part."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.register import Agency, Child
from gcp2_app.domain.users import Role
from gcp2_app.domain.when import When
from gcp2_app.services import assessments, entries, register
from gcp2_app.services.assessments import Start
from gcp2_app.services.session import Session
from gcp2_app.ui.assess import steps
from gcp2_app.ui.assess.before_page import BeforePage
from gcp2_app.ui.assess.day_page import DayBeside, DayPage
from gcp2_app.ui.assess.history_page import HistoryPage
from gcp2_app.ui.assess.words_page import WordsPage
from gcp2_app.ui.fold import Fold
from gcp2_app.ui.forms.dialog import FormDialog
from gcp2_app.ui.workspace import Workspace
from tests import stores
from tests.ui.assessing import CONTROL, Assessing, Key, in_window, labels
from tests.ui.conftest import OnDatabase

TODAY = date(2026, 11, 20)
OWN = Source(name="Sam Rowan", role="social worker", agency=Agency.CHILDRENS_SOCIAL_CARE)
WAIT_MS = 30_000


@pytest.fixture
def child(practice_session: Session, on_database: OnDatabase) -> Child:
    """A child with fifteen events, support that ended, and a signed-off assessment."""

    def make() -> Child:
        made, _ = stores.add_family(practice_session)
        stores.add_user(practice_session, "manager", Role.SUPERVISOR)
        for number in range(15):
            wrote(
                practice_session, made, "event", TODAY - timedelta(days=90 - number), f"Event {number}.", type="other"
            )
        wrote(
            practice_session, made, "support", TODAY - timedelta(days=60), name="Morning visits", outcome="Ended early."
        )
        wrote(practice_session, made, "statement", TODAY - timedelta(days=5), "I make breakfast for my sister.")
        manager = stores.as_user(practice_session, "manager")
        stores.signed_off(practice_session, made, grade=3, first=TODAY - timedelta(days=80), supervisor=manager)
        return made

    return on_database(make)


def wrote(session: Session, child: Child, kind: str, on: date, what: str = "", **data: object) -> None:
    data = {**({"from": on.isoformat()} if kind == "support" else {}), **data}
    made = Entry(id="", kind=kind, children=(child.id,), when=When.on(on), source=OWN, what=what, data=data)
    entries.add(session, made)


@pytest.fixture
def person(
    qtbot: QtBot, workspace: Workspace, on_database: OnDatabase, practice_session: Session, child: Child
) -> Assessing:
    """A practitioner before the assessment that was just started."""
    id_ = on_database(lambda: stores.begin(practice_session, child, first=TODAY)).assessment.id
    person = in_window(qtbot, workspace, on_database)
    person.open(id_)
    return person


def history(person: Assessing) -> HistoryPage:
    """The history, once it is read."""
    page = person.step
    assert isinstance(page, HistoryPage)
    person.qtbot.waitUntil(lambda: page.file is not None, timeout=WAIT_MS)
    return page


def test_a_new_assessment_opens_with_the_history_and_folds_what_is_long_and_what_was_graded(person: Assessing) -> None:
    page = history(person)
    text = labels(page)
    assert "Event 14." in text
    assert "Morning visits" in text
    assert "Ended early." in text
    assert "Event: Event 0." not in text
    earlier = page.findChild(Fold, "history-events")
    assert isinstance(earlier, Fold)
    assert earlier.text().endswith("3 earlier ones")
    earlier.open()
    assert "Event: Event 0." in labels(page)
    assert page.grades is not None
    assert page.grades.body is None


def test_opening_the_earlier_grades_is_recorded_and_shows_them_with_their_counts(
    person: Assessing, practice_session: Session
) -> None:
    page = history(person)
    assert page.grades is not None
    page.grades.open()
    person.qtbot.waitUntil(lambda: person.draft.value.opened_earlier == (TODAY,), timeout=WAIT_MS)
    assert person.stored(practice_session).opened_earlier == (TODAY,)
    assert page.grades.body is not None
    assert "A  Physical care" in labels(page.grades.body)


def test_one_press_says_that_it_was_read_and_the_next_time_it_opens_elsewhere(
    person: Assessing, practice_session: Session
) -> None:
    page = history(person)
    person.tab_to_named("I have read it: start grading")
    person.press(Key.Key_Space)
    person.qtbot.waitUntil(lambda: isinstance(person.step, BeforePage), timeout=WAIT_MS)
    assert [each.by for each in person.stored(practice_session).history_read] == [practice_session.professional.id]
    # It can be read again; nothing is asked a second time.
    person.go(steps.HISTORY)
    assert page.read.isHidden()
    assert "Read by you on 20 November 2026" in labels(page)


def test_it_holds_nobody_up(person: Assessing) -> None:
    history(person)
    person.press(Key.Key_PageDown, CONTROL)
    assert isinstance(person.step, BeforePage)


def test_the_twelve_questions_are_answered_beside_the_history(person: Assessing, workspace: Workspace) -> None:
    page = history(person)
    begin = page.findChild(QPushButton, "begin-harm")
    assert isinstance(begin, QPushButton)
    begin.click()
    person.qtbot.waitUntil(lambda: page.findChild(FormDialog) is not None, timeout=WAIT_MS)
    dialog = page.findChild(FormDialog)
    assert isinstance(dialog, FormDialog)
    assert "Event 0." in labels(dialog)
    dialog.form.fields["data.what_lasted"].editor.set_value("The mornings, for a while.")
    with person.qtbot.waitSignal(workspace.changed, timeout=WAIT_MS):
        dialog.save_button.click()
    person.qtbot.waitUntil(lambda: "Answered on 20 November 2026" in labels(page), timeout=WAIT_MS)


def test_where_an_event_comes_from_is_one_press_away(person: Assessing, workspace: Workspace, child: Child) -> None:
    page = history(person)
    entry = (
        next(told.entry for told in page.file.history.events if told.text == "Event: Event 14.") if page.file else ""
    )
    link = page.findChild(QPushButton, f"told-{entry}")
    assert isinstance(link, QPushButton)
    assert "Event 14." in link.accessibleName()
    with person.qtbot.waitSignal(workspace.entry_shown_wanted, timeout=WAIT_MS) as wanted:
        link.click()
    assert wanted.args == [child.id, entry]


# A day in the child's life -------------------------------------------------------------------------------------------


def walk(person: Assessing) -> DayPage:
    """The day, once it is read."""
    page = person.go(steps.DAY)
    assert isinstance(page, DayPage)
    person.qtbot.waitUntil(lambda: bool(page.texts), timeout=WAIT_MS)
    return page


def test_the_day_shows_what_is_recorded_and_where_nobody_wrote_anything(person: Assessing) -> None:
    history(person)
    button = person.step.findChild(QPushButton, "history-day")
    assert isinstance(button, QPushButton)
    button.click()
    page = person.step
    assert isinstance(page, DayPage)
    person.qtbot.waitUntil(lambda: bool(page.texts), timeout=WAIT_MS)
    text = labels(page)
    assert "I make breakfast for my sister." in text
    assert "Nobody has written what nights are like." in text
    assert "Nobody has written what breakfast is like." not in text
    assert "Nothing is recorded of" in text
    assert list(page.texts)[:2] == ["waking", "washing"]


def test_what_came_in_meanwhile_stands_there_the_next_time_and_what_is_typed_stays(
    person: Assessing, practice_session: Session, on_database: OnDatabase, child: Child
) -> None:
    page = walk(person)
    box = page.texts["night"]
    box.setPlainText("Robin: it is")
    person.go(steps.VOICE)
    on_database(lambda: wrote(practice_session, child, "note", TODAY, "A neighbour heard shouting in the night."))
    person.go(steps.DAY)
    person.qtbot.waitUntil(lambda: "A neighbour heard shouting in the night." in labels(page), timeout=WAIT_MS)
    assert page.texts["night"] is box
    assert box.text == "Robin: it is"


def test_what_is_said_is_typed_where_the_keyboard_is_kept_undone_and_shown_with_the_analysis(
    person: Assessing, practice_session: Session
) -> None:
    page = walk(person)
    person.qtbot.waitUntil(page.texts["waking"].hasFocus, timeout=WAIT_MS)
    person.type("Robin: I wake up Mum.")
    person.tab_to(lambda widget: widget is page.texts["night"])
    person.type("Robin: it is dark.")
    person.wait_kept()
    said = {"waking": "Robin: I wake up Mum.", "night": "Robin: it is dark."}
    assert person.stored(practice_session).day_in_life == said
    person.draft.undo()
    assert page.texts["night"].text == ""
    person.draft.redo()
    assert page.texts["night"].text == "Robin: it is dark."
    page.texts["night"].selectAll()
    person.press(Key.Key_Delete)
    person.wait_kept()
    assert dict(person.stored(practice_session).day_in_life) == {"waking": "Robin: I wake up Mum."}

    analysis = person.go(steps.ANALYSIS)
    assert isinstance(analysis, WordsPage)
    fold = next(each for each in analysis.findChildren(Fold) if "A day in" in each.text())
    beside = fold.open()
    assert isinstance(beside, DayBeside)
    person.qtbot.waitUntil(lambda: "Told in this assessment: Robin: I wake up Mum." in labels(beside), timeout=WAIT_MS)
    assert "I make breakfast for my sister." in labels(beside)


def test_for_an_unborn_child_the_day_is_the_pregnancy(
    qtbot: QtBot, workspace: Workspace, on_database: OnDatabase, practice_session: Session
) -> None:
    def start() -> str:
        made, carer = stores.add_family(practice_session)
        unborn = replace(made, id="", given_names="", date_of_birth=None, expected_date=TODAY + timedelta(days=70))
        kept = register.save_child(practice_session, unborn)
        window = stores.begin(practice_session, made, first=TODAY).assessment.window
        assert window is not None
        wanted = Start(child=kept.id, carers=(carer.id,), window=window, pack="graded-care-antenatal")
        return assessments.start(practice_session, wanted).assessment.id

    person = in_window(qtbot, workspace, on_database)
    person.open(on_database(start))
    assert "No event is recorded here." in labels(history(person))
    page = walk(person)
    assert all(code.startswith("pregnancy") for code in page.texts)
    assert "Before birth it is the pregnancy" in labels(page)
