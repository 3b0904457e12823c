"""A team's children side by side: each child's grades over time, and how many stand at which grade.

Children stand in the order they are asked for; nothing ranks them, and nothing is averaged or summed. Knows values;
nothing of drawing.

Source: experience.md, screen 9 (team heat map and small multiples; families are never ranked).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamStep:
    """One signed-off assessment.

    Attributes:
        from_, to: its window.
        ranks: by area code, the grade's place on the scale, 1 the best; None without a grade that shows.
    """

    assessment: str
    from_: date
    to: date
    ranks: Mapping[str, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamChild:
    """One child.

    Attributes:
        label: what the child is called here.
        worker: who is allocated, in words, or empty.
        steps: oldest first.
    """

    id: str
    label: str
    worker: str = ""
    steps: tuple[TeamStep, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """Some children of a team.

    Attributes:
        title: which children they are, in words.
        areas: codes and names of the areas, in the pack's order.
        grades: labels of the grades, the best first.
        children: in the order they stand in the list beside.
        total: how many children the list has; those on other pages are not drawn.
        today: the last day of the time axis.
        practice: no child is real.
        since: the first day of the time axis, or None for that of the first assessment.
    """

    title: str
    areas: Mapping[str, str]
    grades: tuple[str, ...]
    children: tuple[TeamChild, ...]
    total: int
    today: date
    practice: bool = False
    since: date | None = None

    @property
    def first_day(self) -> date:
        """The first day of the time axis, the same for every child."""
        if self.since is not None:
            return self.since
        days = [step.from_ for child in self.children for step in child.steps]
        return min(days, default=self.today)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatMap:
    """How many of a team's children have which grade in which area, by their latest assessment.

    Attributes:
        areas, grades: as in :class:`Team`.
        counts: by area code and the grade's place, 1 the best; None for no grade that shows.
        children: how many children the team has.
    """

    areas: Mapping[str, str]
    grades: tuple[str, ...]
    counts: Mapping[tuple[str, int | None], int]
    children: int

    def count(self, area: str, rank: int | None) -> int:
        """Return how many children have a grade; without one, those never assessed are among them."""
        if rank is not None:
            return self.counts.get((area, rank), 0)
        return self.children - sum(number for (code, place), number in self.counts.items() if code == area and place)
