"""Pieces of evidence on units: put there, changed, taken away."""

from dataclasses import replace

from gcp2_app.domain.answers import Evidence
from gcp2_app.domain.evidence import piece_in, units_with, with_evidence, without_evidence
from tests.domain.packs import make_assessment, scored

PIECE = Evidence(id="e1", text="No heating on.")


def test_a_piece_hangs_on_exactly_the_units_it_is_put_on() -> None:
    held = with_evidence(make_assessment(), ("A2.a", "B1.d"), PIECE)
    assert units_with(held, "e1") == ("A2.a", "B1.d")
    assert piece_in(held, "e1") == PIECE
    moved = with_evidence(held, ("B1.d", "A4"), replace(PIECE, text="Mould."))
    assert units_with(moved, "e1") == ("B1.d", "A4")
    changed = piece_in(moved, "e1")
    assert changed is not None
    assert changed.text == "Mould."
    assert "A2.a" not in moved.units


def test_what_else_is_recorded_stays() -> None:
    other = Evidence(id="e2", text="Warm coat.")
    graded = replace(scored(3), evidence=(other,))
    held = with_evidence(make_assessment(units={"A2.a": graded, "A4": scored(2)}), ("A2.a",), PIECE)
    assert held.answer("A4") == scored(2)
    assert held.answer("A2.a").evidence == (other, PIECE)
    again = with_evidence(held, ("A2.a",), replace(PIECE, text="Mould."))
    assert [piece.id for piece in again.answer("A2.a").evidence] == ["e2", "e1"]
    assert without_evidence(again, PIECE).answer("A2.a") == graded
    assert piece_in(held, "other") is None
    assert units_with(held, "other") == ()
