"""Counts that could point at one family are not shown, nor any from which such a count could be worked out.

Source: casework.md, R6 ("cells under 5, and any they could be worked out from, suppressed").
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

#: A count below this could point at somebody.
FEWEST: Final = 5
#: Printed for a count below :data:`FEWEST`, none among them.
FEWER: Final = f"fewer than {FEWEST}"
#: Printed for a count from which, with the others, such a count could be worked out, and for the small one itself.
NOT_SHOWN: Final = "not shown"
#: As many hidden counts as it takes so that none of them is what is left over.
_TWO: Final = 2


@dataclass(frozen=True, slots=True)
class Shown:
    """A total and its parts in words, as far as they can be shown."""

    total: str
    parts: tuple[str, ...]


def shown(parts: Sequence[int]) -> Shown:
    """Return a total and its parts in words.

    Of a total below :data:`FEWEST` nothing is shown. Else, where a part is below it, further parts are hidden with it,
    the smallest first, until neither one count alone nor fewer than :data:`FEWEST` are hidden; which of the hidden ones
    is small is not said, since that would bound it.

    Args:
        parts: counts that exclude one another, 0 or more each.
    """
    total = sum(parts)
    if total < FEWEST:
        return Shown(FEWER, (FEWER,) * len(parts))
    order = sorted(range(len(parts)), key=lambda place: parts[place])
    hidden = {place for place in order if parts[place] < FEWEST}
    for place in order[len(hidden) :]:
        if not hidden or (len(hidden) >= _TWO and sum(parts[each] for each in hidden) >= FEWEST):
            break
        hidden.add(place)
    words = (NOT_SHOWN if place in hidden else str(number) for place, number in enumerate(parts))
    return Shown(str(total), tuple(words))


def at_least(number: int) -> str:
    """Return how many there are, so roughly that no other count can be taken from it: "at least 40"."""
    if number < FEWEST:
        return FEWER
    return f"at least {number // 10 * 10 or FEWEST}"
