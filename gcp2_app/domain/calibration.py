"""How far two people who graded apart agree: weighted kappa, per area, with the counts it rests on.

One grades; another grades the same units without seeing the first grades. Grades are steps in order, so two that are
far apart count as more of a disagreement than two side by side. It is about how a scale is used, never about who is
right, and never about a family.

Source: experience.md, screen 9 (calibration); Cohen, J. (1968), Weighted kappa, Psychological Bulletin 70, 213-220.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from gcp2_app.domain.answers import UnitState
from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.instrument import Pack

#: With fewer pairs kappa swings widely from one pair to the next; it is shown with a warning.
FEW_PAIRS: Final = 30


class Weights(StrEnum):
    """How disagreement grows with the distance between two grades."""

    LINEAR = "linear"
    QUADRATIC = "quadratic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How far pairs of grades agree.

    Attributes:
        pairs: how many units both graded.
        same: how many of them alike.
        near: how many a single step apart.
        kappa: from -1 to 1; 1 for full agreement, 0 for what chance alone would give; None where it is not defined.
        few: there are so few pairs that kappa says little.
        undefined: why there is no kappa, one sentence; else empty.
    """

    pairs: int
    same: int
    near: int
    kappa: float | None
    few: bool
    undefined: str = ""


def agreement(pairs: Sequence[tuple[int, int]], *, scale: int, weights: Weights = Weights.LINEAR) -> Agreement:
    """Return how far pairs of grades agree.

    Args:
        pairs: the two grades of each unit as places on the scale, 1 the best.
        scale: how many grades the scale has, at least 2.
        weights: linear for a distance that counts step by step, the default.

    Source: Cohen (1968): kappa_w = 1 - (sum of weighted observed) / (sum of weighted expected disagreement).
    """
    number = len(pairs)
    same = sum(1 for first, second in pairs if first == second)
    near = sum(1 for first, second in pairs if abs(first - second) == 1)
    power = 1 if weights is Weights.LINEAR else 2
    ones, twos = Counter(first for first, _ in pairs), Counter(second for _, second in pairs)
    observed = sum(abs(first - second) ** power for first, second in pairs)
    places = range(1, scale + 1)
    # Times the number of pairs, so that whole numbers stay whole.
    expected = sum(abs(i - j) ** power * ones[i] * twos[j] for i in places for j in places)
    undefined, kappa = "", None
    if not number:
        undefined = "No unit was graded by both."
    elif not expected:
        undefined = "Both gave one and the same grade throughout, so agreement by chance cannot be told apart."
    else:
        kappa = 1 - observed * number / expected
    return Agreement(pairs=number, same=same, near=near, kappa=kappa, few=number < FEW_PAIRS, undefined=undefined)


def blind_pairs(pack: Pack, assessment: Assessment) -> Mapping[str, tuple[tuple[int, int], ...]]:
    """Return the pairs of grades two people gave the same unit of an assessment, by area, as places on the scale.

    The first grade of each of the two who graded first counts: what was changed in talking it over is no blind grade.
    """
    ranks = {grade.value: place for place, grade in enumerate(pack.grades, start=1)}
    found: dict[str, list[tuple[int, int]]] = {}
    for code, answer in assessment.units.items():
        if answer.state is not UnitState.SCORED:
            continue
        firsts: dict[str, int] = {}
        for given in answer.grades:
            if given.grade in ranks:
                firsts.setdefault(given.by, ranks[given.grade])
        if len(firsts) > 1:
            one, two, *_ = firsts.values()
            area = pack.area_of[pack.subarea_of(code).code].code
            found.setdefault(area, []).append((one, two))
    return {area: tuple(pairs) for area, pairs in found.items()}


def together(every: Iterable[Mapping[str, tuple[tuple[int, int], ...]]]) -> Mapping[str, tuple[tuple[int, int], ...]]:
    """Return the pairs of several assessments by area."""
    found: dict[str, tuple[tuple[int, int], ...]] = {}
    for pairs in every:
        for area, own in pairs.items():
            found[area] = (*found.get(area, ()), *own)
    return found
