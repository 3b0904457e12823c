"""Weighted kappa against published values, and where there is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcp2_app.domain.answers import PersonGrade, UnitAnswer, UnitState
from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.calibration import FEW_PAIRS, Weights, agreement, blind_pairs, together
from gcp2_app.forms.packs import shipped_pack

#: Two raters of 85 women's mammograms in four ordered categories: rows the first's, columns the second's.
MAMMOGRAMS = ((21, 12, 0, 0), (4, 17, 1, 0), (3, 9, 15, 2), (0, 0, 0, 1))
#: Two dermatologists' ratings of 88 patients' skin, from terrible to clear.
SKIN = ((10, 4, 1, 0), (5, 10, 12, 2), (2, 4, 12, 5), (0, 2, 6, 13))
GRADES = st.integers(1, 5)


def pairs_of(table: tuple[tuple[int, ...], ...]) -> list[tuple[int, int]]:
    """Return the pairs a table counts."""
    return [
        (row, column)
        for row, counts in enumerate(table, start=1)
        for column, number in enumerate(counts, start=1)
        for _ in range(number)
    ]


@pytest.mark.parametrize(("weights", "kappa"), [(Weights.LINEAR, 0.5684), (Weights.QUADRATIC, 0.6714)])
def test_it_is_the_published_kappa(weights: Weights, kappa: float) -> None:
    """It is the same to four decimals.

    Source: of the table, Altman, D. G. (1991), Practical Statistics for Medical Research, 14.3; of the values, the
    Stata Base Reference Manual, kappa, which analyses it with the weights w and w2.
    """
    found = agreement(pairs_of(MAMMOGRAMS), scale=4, weights=weights)
    assert found.pairs == 85
    assert found.same == 54
    assert found.kappa == pytest.approx(kappa, abs=0.00005)
    assert not found.few


@pytest.mark.parametrize("table", [MAMMOGRAMS, SKIN])
def test_it_is_the_same_by_weights_of_agreement_and_proportions(table: tuple[tuple[int, ...], ...]) -> None:
    """Disagreement counted in whole numbers, as here, and agreement weighted in proportions come to the same.

    Source: of the second table, SAS/STAT User's Guide, The FREQ Procedure, Agreement Study (SAS prints the plain kappa
    alone, so the weighted one is worked out below); of the weights 1 - |i - j| / (k - 1), Cicchetti and Allison (1971).
    """
    places, total = range(len(table)), sum(map(sum, table))
    rows, columns = [sum(row) / total for row in table], [sum(column) / total for column in zip(*table, strict=True)]
    weight = {(i, j): 1 - abs(i - j) / (len(table) - 1) for i in places for j in places}
    observed = sum(weight[i, j] * table[i][j] / total for i in places for j in places)
    expected = sum(weight[i, j] * rows[i] * columns[j] for i in places for j in places)
    found = agreement(pairs_of(table), scale=len(table))
    assert found.kappa == pytest.approx((observed - expected) / (1 - expected))


def test_few_pairs_are_marked() -> None:
    assert agreement([(1, 1), (2, 3)] * (FEW_PAIRS // 2 - 1), scale=5).few
    assert not agreement([(1, 1), (2, 3)] * (FEW_PAIRS // 2), scale=5).few


def test_without_pairs_or_with_one_grade_alone_there_is_none() -> None:
    nothing, alike = agreement([], scale=5), agreement([(2, 2)] * 40, scale=5)
    assert nothing.kappa is None
    assert "No unit" in nothing.undefined
    assert alike.kappa is None
    assert alike.same == 40
    assert "chance" in alike.undefined


@given(st.lists(st.tuples(GRADES, GRADES), min_size=1, max_size=60))
def test_it_lies_between_bounds_and_does_not_mind_who_comes_first(pairs: list[tuple[int, int]]) -> None:
    found = agreement(pairs, scale=5)
    turned = agreement([(second, first) for first, second in pairs], scale=5)
    assert found.kappa == turned.kappa
    if found.kappa is not None:
        assert -1 <= found.kappa <= 1
        assert (found.kappa == 1) == (found.same == found.pairs)


def test_the_first_grade_of_each_of_two_counts() -> None:
    pack = shipped_pack("graded-care")
    twice = (
        PersonGrade(by="w1", grade=2),
        PersonGrade(by="w2", grade=4),
        PersonGrade(by="w2", grade=2),
        PersonGrade(by="w3", grade=5),
    )
    units = {
        "A1.a": UnitAnswer(state=UnitState.SCORED, grade=2, grades=twice),
        "A1.b": UnitAnswer(state=UnitState.SCORED, grade=2, grades=twice[:1]),
        "B1.a": UnitAnswer(state=UnitState.NOT_OBSERVED, grades=twice),
        "D1.a": UnitAnswer(state=UnitState.SCORED, grades=(PersonGrade(by="w1", grade=9), twice[1])),
    }
    found = blind_pairs(pack, Assessment(id="a", child="c", units=units))
    assert found == {"A": ((2, 4),)}
    assert together([found, found, {}]) == {"A": ((2, 4), (2, 4))}
