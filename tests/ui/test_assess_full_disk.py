"""A full disk: what was written stays on screen, outlives a lock as ciphertext, and is written once there is room."""

from dataclasses import replace
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from gcp2_app.domain.answers import PersonGrade
from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.grading import record_grade
from gcp2_app.domain.instrument import Pack
from gcp2_app.domain.users import Role
from gcp2_app.forms.packs import shipped_pack
from gcp2_app.services import stores
from gcp2_app.services.session import Session
from gcp2_app.ui.assess import changes, steps
from gcp2_app.ui.assess.draft import Keeping
from gcp2_app.ui.assess.words_page import WordsPage
from gcp2_app.ui.workspace import Workspace
from tests import stores as made
from tests.ui.assessing import Assessing, begun, in_window, with_limit
from tests.ui.conftest import PASSPHRASE, OnDatabase

#: More than fits into what is free inside a new database.
LONG = "The fridge was empty at both visits. " * 12_000
DAY = date(2026, 11, 20)


@pytest.fixture
def person(qtbot: QtBot, workspace: Workspace, on_database: OnDatabase, practice_session: Session) -> Assessing:
    """A person whose disk is full, and who wrote a long analysis."""
    person = begun(qtbot, workspace, on_database)
    with_limit(practice_session, on_database, "PRAGMA max_page_count = 1")
    page = person.go(steps.ANALYSIS)
    assert isinstance(page, WordsPage)
    page.texts["analysis"].setPlainText(LONG)
    page.texts["analysis"].commit()
    qtbot.waitUntil(lambda: person.draft.keeping is Keeping.NOT_KEPT)
    return person


def lock(person: Assessing) -> None:
    """Lock as the window does: the screens end, and then the store is closed."""
    workspace, session = person.workspace, person.workspace.session
    workspace.end()
    workspace.tasks.forget_results()
    person.page.hide()
    assert person.page.draft is None
    workspace.tasks.run(workspace, lambda: stores.lock(session)).result(60)


def unlock(person: Assessing, session: Session, name: str = "sam", passphrase: str = PASSPHRASE) -> Session:
    """Open the store again. The new connection has room."""
    return person.on_database(lambda: stores.unlock(session.store.folder, name, passphrase))


def analysis_of(session: Session, id_: str, on_database: OnDatabase) -> str:
    """Return the analysis as the disk has it."""

    def read() -> str:
        with session.store.transaction() as tx:
            return tx.assessments.get(id_).analysis

    return on_database(read)


def test_it_is_only_ciphertext_while_locked_and_written_after_the_unlock(
    person: Assessing, practice_session: Session
) -> None:
    workspace, id_ = person.workspace, person.draft.value.id
    page = person.step
    assert isinstance(page, WordsPage)
    page.texts["meaning_so_far"].setPlainText("Typed just before the lid was closed.")
    lock(person)
    (sealed,) = workspace.sealed.values()
    assert b"fridge" not in sealed.content
    assert b"just before the" not in sealed.content

    session = unlock(person, practice_session)
    workspace.begin(session)
    person.qtbot.waitUntil(lambda: not workspace.sealed)
    assert analysis_of(session, id_, person.on_database) == LONG.strip()

    again = in_window(person.qtbot, workspace, person.on_database)
    again.open(id_)
    assert again.draft.value.meaning_so_far == "Typed just before the lid was closed."
    assert "before the store was locked" in again.page.header.notice.text
    again.go(steps.ANALYSIS)
    again.type("More.")
    again.wait_kept()
    assert again.page.header.notice.text == ""


def test_on_a_disk_that_is_still_full_it_is_on_screen_again_and_not_lost(
    person: Assessing, practice_session: Session
) -> None:
    workspace, id_ = person.workspace, person.draft.value.id
    lock(person)
    session = unlock(person, practice_session)
    with_limit(session, person.on_database, "PRAGMA max_page_count = 1")
    refused: list[object] = []
    workspace.tasks.failed.connect(refused.append)
    workspace.begin(session)
    again = in_window(person.qtbot, workspace, person.on_database)
    again.open(id_)
    again.qtbot.waitUntil(lambda: again.draft.keeping is Keeping.NOT_KEPT)
    assert again.draft.value.analysis == LONG.strip()
    assert "disk is full" in again.page.header.notice.text
    assert "disk is full" in str(refused[0])
    assert workspace.sealed

    with_limit(session, person.on_database, "PRAGMA max_page_count = 1000000")
    again.page.header.again.click()
    again.wait_kept()
    assert not workspace.sealed
    assert again.stored(session).analysis == LONG.strip()


def test_another_user_sees_and_writes_nothing_of_it(person: Assessing, practice_session: Session) -> None:
    workspace, id_ = person.workspace, person.draft.value.id
    with_limit(practice_session, person.on_database, "PRAGMA max_page_count = 1000000")
    person.on_database(lambda: made.add_user(practice_session, "boss", Role.SUPERVISOR, Role.PRACTITIONER))
    with_limit(practice_session, person.on_database, "PRAGMA max_page_count = 1")
    lock(person)
    boss = unlock(person, practice_session, "boss", made.PASSPHRASE)
    workspace.begin(boss)
    other = in_window(person.qtbot, workspace, person.on_database)
    other.open(id_)
    assert other.draft.value.analysis == ""
    assert len(workspace.sealed) == 1
    lock(other)

    session = unlock(person, practice_session)
    workspace.begin(session)
    person.qtbot.waitUntil(lambda: not workspace.sealed)
    assert analysis_of(session, id_, person.on_database) == LONG.strip()


def test_what_is_written_leaves_nothing_sealed(person: Assessing, practice_session: Session) -> None:
    assert person.workspace.sealed
    with_limit(practice_session, person.on_database, "PRAGMA max_page_count = 1000000")
    person.page.header.again.click()
    person.wait_kept()
    assert not person.workspace.sealed


@pytest.fixture(scope="module")
def pack() -> Pack:
    """The open pack."""
    return shipped_pack("graded-care", None)


def graded(pack: Pack, value: Assessment, code: str, by: str, grade: int) -> Assessment:
    """Return the assessment with a grade."""
    answer = record_grade(pack, value.answer(code), PersonGrade(by=by, on=DAY, grade=grade))
    return changes.with_answer(value, code, answer)


def test_only_what_was_changed_goes_onto_what_another_wrote_meanwhile(pack: Pack) -> None:
    base = graded(pack, Assessment(id="a", child="c", analysis="one", child_voice="old"), "A1.a", "w1", 2)
    mine = changes.changed_answer(replace(base, analysis="mine"), "A1.a", note="my note")
    theirs = changes.changed_answer(replace(base, child_voice="theirs"), "A1.b", note="their note")
    merged = changes.merged(base, mine, theirs)
    assert (merged.analysis, merged.child_voice) == ("mine", "theirs")
    assert merged.answer("A1.a").note == "my note"
    assert merged.answer("A1.b").note == "their note"
    assert changes.merged(base, mine, base) == mine


def test_neither_of_two_grades_given_meanwhile_is_lost(pack: Pack) -> None:
    base = Assessment(id="a", child="c")
    mine, theirs = graded(pack, base, "A1.a", "w1", 2), graded(pack, base, "A1.a", "w2", 4)
    answer = changes.merged(base, mine, theirs).answer("A1.a")
    assert {given.by: given.grade for given in answer.grades} == {"w1": 2, "w2": 4}
    assert answer.grade == 4, "until they agree, the one with greater need counts"
