"""The siblings in the guided assessment: evidence on several children, grades offered and confirmed."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.evidence import piece_in, units_with
from gcp2_app.services import proposals
from gcp2_app.services.session import Session
from gcp2_app.ui.assess.evidence import EvidencePiece
from gcp2_app.ui.assess.evidence_children import AskWhose
from gcp2_app.ui.assess.evidence_drawer import EvidenceDrawer
from gcp2_app.ui.assess.proposal import OfferRow
from gcp2_app.ui.workspace import Workspace
from tests import stores
from tests.services.families import Oaks, add_oaks
from tests.ui.assessing import CONTROL, Assessing, in_window, labels
from tests.ui.conftest import OnDatabase

Key = Qt.Key
FIRST = date(2026, 11, 9)


@pytest.fixture
def oaks(practice_session: Session, on_database: OnDatabase) -> Oaks:
    """The family."""
    return on_database(lambda: add_oaks(practice_session))


@pytest.fixture
def fern(practice_session: Session, on_database: OnDatabase, oaks: Oaks) -> str:
    """Id of Fern's explained assessment."""
    return on_database(lambda: stores.begin(practice_session, oaks.fern, first=FIRST).assessment.id)


@pytest.fixture
def person(qtbot: QtBot, workspace: Workspace, on_database: OnDatabase, oaks: Oaks, fern: str) -> Assessing:
    """A person in front of Robin's assessment."""
    del fern
    id_ = on_database(lambda: stores.begin(workspace.session, oaks.robin, first=FIRST).assessment.id)
    here = in_window(qtbot, workspace, on_database)
    here.open(id_)
    return here


def stored(person: Assessing, id_: str) -> Assessment:
    session = person.workspace.session

    def read() -> Assessment:
        with session.store.transaction() as tx:
            return tx.assessments.get(id_)

    return person.on_database(read)


def drawer(person: Assessing, code: str) -> EvidenceDrawer:
    card = person.card(code)
    card.open_evidence()
    assert card.drawer is not None
    return card.drawer


def opened(within: EvidenceDrawer) -> EvidencePiece:
    assert within.open_piece is not None
    return within.open_piece


def box(person: Assessing, piece: EvidencePiece, child: str) -> QCheckBox:
    """Open the other children of a piece and return a child's box."""
    piece.siblings.setChecked(True)
    person.qtbot.waitUntil(lambda: child in piece.children_on.boxes, timeout=60_000)
    return piece.children_on.boxes[child]


def in_tree(person: Assessing, name: str) -> tuple[str, str]:
    """Return what the tree shows and says beside a line."""
    tree = person.page.tree
    assert tree is not None
    (item,) = tree.findItems(name, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)
    return item.text(1), str(item.data(1, Qt.ItemDataRole.AccessibleTextRole))


def put_on_fern(person: Assessing, oaks: Oaks, fern: str, text: str = "No heating on.") -> EvidenceDrawer:
    """Write a piece for A2.a and put it on Fern's assessment; the piece stays open."""
    held = drawer(person, "A2.a")
    person.type(text)
    piece = opened(held)
    tick = box(person, piece, oaks.fern.id)
    assert tick.isEnabled()
    tick.click()
    id_ = piece.piece.id or ""
    person.qtbot.waitUntil(lambda: piece_in(stored(person, fern), id_) is not None, timeout=60_000)
    person.qtbot.waitUntil(lambda: "Fern" in piece.siblings.text(), timeout=60_000)
    return held


def test_a_piece_goes_on_another_child_by_keyboard_and_says_why_not_on_the_third(
    person: Assessing, oaks: Oaks, fern: str
) -> None:
    held = drawer(person, "A2.a")
    person.type("No heating on.")
    piece = opened(held)
    person.tab_to(lambda widget: widget is piece.siblings)
    person.press(Key.Key_Space)
    elm = box(person, piece, oaks.elm.id)
    assert not elm.isEnabled()
    assert elm.text() == "Elm: no assessment is started"
    person.tab_to(lambda widget: widget is piece.children_on.boxes[oaks.fern.id])
    person.press(Key.Key_Space)
    id_ = piece.piece.id or ""
    person.qtbot.waitUntil(lambda: units_with(stored(person, fern), id_) == ("A2.a",), timeout=60_000)
    there, here = piece_in(stored(person, fern), id_), piece_in(person.draft.value, id_)
    assert there is not None
    assert there == here
    piece.close_piece()
    person.qtbot.waitUntil(lambda: "also on the assessment of Fern" in labels(held), timeout=60_000)


def test_an_empty_piece_goes_nowhere(person: Assessing, oaks: Oaks, fern: str) -> None:
    piece = opened(drawer(person, "A2.a"))
    tick = box(person, piece, oaks.fern.id)
    tick.click()
    assert not tick.isChecked()
    assert person.focused is piece.text
    assert stored(person, fern).units == {}


def test_what_is_typed_after_putting_it_there_follows(person: Assessing, oaks: Oaks, fern: str) -> None:
    piece = opened(put_on_fern(person, oaks, fern))
    assert piece.changed_for.for_everyone
    piece.text.setFocus()
    person.type(" Mould too.")
    piece.close_piece()
    person.wait_kept()
    there = piece_in(stored(person, fern), piece.piece.id or "")
    assert there is not None
    assert "Mould" in there.text


@pytest.mark.parametrize("everyone", [True, False])
def test_changing_it_afterwards_asks_for_whom(person: Assessing, oaks: Oaks, fern: str, everyone: bool) -> None:
    held = put_on_fern(person, oaks, fern)
    opened(held).close_piece()
    held._open(person.draft.value.answer("A2.a").evidence[0])
    piece = opened(held)
    assert "Fern" in labels(piece.changed_for)
    assert not piece.changed_for.alone.isChecked()
    assert not piece.changed_for.everyone.isChecked()
    person.type(" Mould too.")
    if everyone:
        piece.changed_for.everyone.click()
    piece.close_piece()
    person.wait_kept()
    id_ = piece.piece.id or ""
    there = piece_in(stored(person, fern), id_)
    assert there is not None
    assert ("Mould" in there.text) is everyone
    if not everyone:
        person.qtbot.waitUntil(lambda: "where it reads differently" in labels(held), timeout=60_000)


@pytest.mark.parametrize("answer", [0, 1, 2])
def test_removing_it_asks_for_whom(person: Assessing, oaks: Oaks, fern: str, answer: int) -> None:
    held = put_on_fern(person, oaks, fern)
    id_ = opened(held).piece.id or ""
    opened(held).removed.emit()
    asking = held.findChildren(AskWhose)[-1]
    assert [button.text() for button in asking.buttons] == ["Robin alone", "All of them", "Nobody: keep it"]
    assert piece_in(person.draft.value, id_) is not None
    asking.buttons[answer].click()
    person.wait_kept()
    person.qtbot.waitUntil(lambda: (piece_in(stored(person, fern), id_) is None) is (answer == 1), timeout=60_000)
    assert (piece_in(person.draft.value, id_) is None) is (answer < 2)


def test_undo_reaches_this_child_alone_and_offers_to_mend_that(person: Assessing, oaks: Oaks, fern: str) -> None:
    held = put_on_fern(person, oaks, fern)
    id_ = opened(held).piece.id or ""
    opened(held).close_piece()
    person.press(Key.Key_Z, CONTROL)
    assert piece_in(person.draft.value, id_) is None
    person.wait_kept()
    assert piece_in(stored(person, fern), id_) is not None
    assert "It is still on the assessment of Fern: “No heating on.”" in labels(held)
    asking = held.findChildren(AskWhose)[-1]
    QTest.mouseClick(asking.buttons[1], Qt.MouseButton.LeftButton)
    person.qtbot.waitUntil(lambda: piece_in(stored(person, fern), id_) is None, timeout=60_000)
    person.qtbot.waitUntil(lambda: "still on the assessment" not in labels(held), timeout=60_000)


def test_a_grade_about_the_home_is_offered_and_confirmed_with_one_key(person: Assessing, oaks: Oaks, fern: str) -> None:
    card = person.card("A2.a")
    assert not card.findChildren(OfferRow)
    person.press(Key.Key_4)
    person.wait_kept()
    offer = card.offer
    assert offer is not None
    person.qtbot.waitUntil(lambda: oaks.fern.id in offer.offers, timeout=60_000)
    assert "Elm: no assessment is started" in labels(offer)
    person.tab_to(lambda widget: widget is offer.offers[oaks.fern.id])
    person.press(Key.Key_Space)
    person.qtbot.waitUntil(lambda: "4 is offered to Fern" in labels(offer), timeout=60_000)
    assert not offer.offers

    person.open(fern)
    card = person.card("A2.a")
    person.qtbot.waitUntil(lambda: "from Robin’s assessment" in labels(card), timeout=60_000)
    said = labels(card)
    assert "Proposed: 4" in said
    assert "by you on 20 November 2026" in said
    assert card.head.state.text() == "Proposed 4, not confirmed"
    assert person.draft.working.profile.subareas["A2"].scored == 0
    assert in_tree(person, "A2.a Maintenance") == ("", "Proposed 4, not confirmed")
    assert in_tree(person, "A2 Housing") == ("P  0 of 3", "0 of 3, 1 proposed grade to confirm")
    assert not any(each.isChecked() for each in card.cards.cards)
    card.take_focus()
    person.press(Key.Key_P)
    person.wait_kept()
    assert person.draft.value.answer("A2.a").grade == 4
    assert in_tree(person, "A2.a Maintenance")[1].startswith("4, most essential")
    assert in_tree(person, "A2 Housing")[0] == "!  1 of 3"
    assert card.proposal is not None
    assert not card.proposal.isVisible()
    person.press(Key.Key_Delete)
    assert card.proposal.isVisible(), "a cleared grade leaves what was offered"
    person.press(Key.Key_2)
    person.wait_kept()
    assert person.draft.value.answer("A2.a").grade == 2


def test_what_is_offered_can_be_put_away_and_units_about_the_child_offer_nothing(
    person: Assessing, oaks: Oaks, fern: str
) -> None:
    session, id_ = person.workspace.session, person.draft.value.id
    card = person.card("A1.a")
    person.press(Key.Key_2)
    assert card.offer is None
    person.card("A2.b")
    person.press(Key.Key_2)
    person.wait_kept()
    person.on_database(lambda: proposals.offer(session, id_, "A2.b", {oaks.fern.id}))
    person.open(fern)
    card = person.card("A2.b")
    assert card.proposal is not None
    card.proposal.drop.click()
    person.wait_kept()
    assert not card.proposal.isVisible()
    assert stored(person, fern).units == {}
