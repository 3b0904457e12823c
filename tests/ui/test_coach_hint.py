"""The quality coach beside the text it is about: after writing, never while, and gone when told so."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gcp2_app.domain.answers import Evidence, EvidenceSource
from gcp2_app.services.session import Session
from gcp2_app.ui.assess import changes, steps
from gcp2_app.ui.assess.coach import coach_of
from gcp2_app.ui.assess.coach_hint import CoachHint
from gcp2_app.ui.assess.evidence import EvidencePiece
from gcp2_app.ui.assess.texts import KeptText
from gcp2_app.ui.assess.words_page import WordsPage
from gcp2_app.ui.workspace import Workspace
from tests.ui.assessing import Assessing, Key, begun, labels
from tests.ui.conftest import OnDatabase

PATIENCE = 60_000


@pytest.fixture
def person(qtbot: QtBot, workspace: Workspace, on_database: OnDatabase, practice_session: Session) -> Assessing:
    """A person in front of an assessment nobody has written in."""
    del practice_session
    return begun(qtbot, workspace, on_database)


def voice(person: Assessing) -> tuple[KeptText, CoachHint]:
    """Go to the child's words."""
    page = person.go(steps.VOICE)
    assert isinstance(page, WordsPage)
    return page.texts["child_voice"], page.hints["child_voice"]


def piece_of(person: Assessing, code: str) -> EvidencePiece:
    """Open a new piece of evidence of a unit."""
    card = person.card(code)
    card.open_evidence()
    assert card.drawer is not None
    piece = card.drawer.open_piece
    assert piece is not None
    return piece


def leave_it(hint: CoachHint) -> QPushButton:
    (button,) = hint.findChildren(QPushButton)
    return button


def is_at(person: Assessing, widget: QWidget) -> bool:
    return person.focused is widget


def coach_has_looked(person: Assessing) -> None:
    """Wait until what the coach looks for has come from the store."""
    coach = coach_of(person.draft)
    person.qtbot.waitUntil(lambda: coach._brief is not None, timeout=PATIENCE)


def test_it_speaks_once_the_text_is_left_and_not_while_it_is_typed(person: Assessing) -> None:
    text, hint = voice(person)
    coach_has_looked(person)
    person.type("Too young to speak.")
    text.commit()
    assert person.draft.value.child_voice == "Too young to speak."
    person.type(" ")
    assert hint.isHidden()
    person.press(Key.Key_Tab)
    assert hint.isHidden()
    person.qtbot.waitUntil(hint.isVisible, timeout=PATIENCE)
    assert "Worth another look: the child’s words would fit any child." in labels(hint)
    assert "would fit any child" in text.accessibleDescription()
    assert "For a baby" in text.accessibleDescription()


def test_what_is_mended_goes_while_it_is_typed_and_nothing_new_is_said(person: Assessing) -> None:
    text, hint = voice(person)
    coach_has_looked(person)
    person.type("Too young to speak.")
    person.press(Key.Key_Tab)
    person.qtbot.waitUntil(hint.isVisible, timeout=PATIENCE)
    text.setFocus()
    text.selectAll()
    person.type("KB looks for her mother and smiles at the dog.")
    assert hint.isVisible()
    text.commit()
    assert hint.isHidden()
    assert text.accessibleDescription().endswith("looking for the carer.")
    person.press(Key.Key_Tab)
    person.qtbot.waitUntil(hint.isVisible, timeout=PATIENCE)
    assert "perhaps initials, “KB”" in labels(hint)


def test_empty_words_are_spoken_of_only_to_someone_who_came_there(person: Assessing) -> None:
    card = person.card("A1.a")
    card.grade(2)
    text, hint = voice(person)
    coach_has_looked(person)
    assert hint.isHidden()
    text.setFocus()
    person.press(Key.Key_Tab)
    person.qtbot.waitUntil(hint.isVisible, timeout=PATIENCE)
    assert "the child’s words are empty" in labels(hint)


def test_one_key_leaves_it_and_the_review_says_it_no_more(person: Assessing) -> None:
    text, hint = voice(person)
    coach_has_looked(person)
    person.type("Too young to speak.")
    person.press(Key.Key_Tab)
    person.qtbot.waitUntil(hint.isVisible, timeout=PATIENCE)
    text.setFocus()
    person.press(Key.Key_Tab)
    assert is_at(person, leave_it(hint))
    assert "would fit any child" in leave_it(hint).accessibleDescription()
    person.press(Key.Key_Space)
    assert hint.isHidden()
    assert is_at(person, text)
    assert coach_of(person.draft).suggestions == ()
    coach_of(person.draft).bring_back()
    assert len(coach_of(person.draft).suggestions) == 1


def test_it_waits_for_a_click_that_is_under_way(person: Assessing) -> None:
    piece = piece_of(person, "A2.a")
    coach_has_looked(person)
    person.type("Fed by K today.")
    QTest.mousePress(piece.also, Qt.MouseButton.LeftButton)
    assert not piece.text.hasFocus()
    with person.qtbot.waitSignal(piece.hint._soon.timeout, timeout=PATIENCE):
        assert piece.hint.isHidden()
    assert piece.hint.isHidden()
    QTest.mouseRelease(piece.also, Qt.MouseButton.LeftButton)
    assert piece.also.isChecked()
    person.qtbot.waitUntil(piece.hint.isVisible, timeout=PATIENCE)
    assert "perhaps initials, “K”" in labels(piece.hint)


def test_words_of_opinion_count_once_the_evidence_is_what_was_seen(person: Assessing) -> None:
    piece = piece_of(person, "A2.a")
    coach_has_looked(person)
    person.type("A dirty kitchen.")
    person.press(Key.Key_Tab)
    assert is_at(person, piece.source)
    piece.source.setCurrentIndex(piece.source.findData(EvidenceSource.SEEN_AT_HOME))
    piece.source.activated.emit(piece.source.currentIndex())
    person.qtbot.waitUntil(piece.hint.isVisible, timeout=PATIENCE)
    assert "words of opinion in what was seen, “dirty”" in labels(piece.hint)
    # Tab goes the way it is read.
    piece.text.setFocus()
    person.press(Key.Key_Tab)
    assert is_at(person, leave_it(piece.hint))
    person.press(Key.Key_Tab)
    assert is_at(person, piece.source)


def test_evidence_that_was_closed_at_once_still_has_its_hint_and_leaving_it_counts_for_each_unit(
    person: Assessing,
) -> None:
    seen = EvidenceSource.SEEN_AT_HOME
    kept = Evidence(id="p", text="K left early.", source=seen, by=person.draft.me, on=date(2026, 11, 12))
    person.draft.change(changes.with_evidence(person.draft.value, ("A2.a", "A2.b"), kept))
    card = person.card("A2.a")
    card.evidence_fold.open()
    coach_has_looked(person)
    assert card.drawer is not None
    (hint,) = card.drawer.findChildren(CoachHint)
    assert hint.isVisible()
    assert len(coach_of(person.draft).suggestions) == 2
    leave_it(hint).setFocus()
    person.press(Key.Key_Space)
    assert hint.isHidden()
    assert coach_of(person.draft).suggestions == ()
    assert person.focused.accessibleDescription() == "K left early."


def test_a_units_note_has_its_hint_too(person: Assessing) -> None:
    card = person.card("A1.a")
    card.details_fold.open()
    assert card.details is not None
    card.details.note.setFocus()
    coach_has_looked(person)
    person.type("KB was lazy.")
    assert card.details.hint.isHidden()
    person.press(Key.Key_Tab)
    person.qtbot.waitUntil(card.details.hint.isVisible, timeout=PATIENCE)
    assert "KB" in labels(card.details.hint)
    leave_it(card.details.hint).click()
    assert card.details.hint.isHidden()
