"""The colours of charts and grades: four themes, each readable without telling colours apart.

Every mark stands at least 3:1 against what it lies on, every text 4.5:1, and nothing is said by colour alone: a shape,
a number or a pattern always says it too. Knows no drawing library, so the screens may use it.

Source: WCAG 2.2, 1.4.1, 1.4.3 and 1.4.11; the inks are chosen after Okabe and Ito's and checked under simulated
colour blindness in the tests.
"""

from dataclasses import dataclass
from enum import StrEnum


class ThemeName(StrEnum):
    """The themes a chart can be drawn in."""

    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST_LIGHT = "high_contrast_light"
    HIGH_CONTRAST_DARK = "high_contrast_dark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """The colours of one theme, each ``#RRGGBB``.

    Attributes:
        paper: behind everything.
        known: behind days that were assessed or lie between like assessments.
        unknown: behind days of which nothing is known.
        text: words.
        quiet: words of less weight, still 4.5:1.
        line: rules that need not be seen to understand the chart.
        axis: rules that do, 3:1.
        alert: fill behind counts at or past the alert grade; ``text`` reads on it.
        watch: fill behind counts at a watched grade; ``text`` reads on it.
        shade: behind days of a period that changed the work; ``text``, ``quiet`` and the inks read on it.
        practice: the practice mark's words.
        series: inks of caregiving units, in order, 3:1 on ``paper``, ``known`` and ``unknown``.
        grades: fills for grades from best to worst, for tables and chips.
    """

    name: ThemeName
    paper: str
    known: str
    unknown: str
    text: str
    quiet: str
    line: str
    axis: str
    alert: str
    watch: str
    shade: str
    practice: str
    series: tuple[str, ...]
    grades: tuple[str, ...]


LIGHT = Theme(
    name=ThemeName.LIGHT,
    paper="#FFFFFF",
    known="#FFFFFF",
    unknown="#EEF0F2",
    text="#15191D",
    quiet="#505A63",
    line="#D3D8DC",
    axis="#6B757E",
    alert="#F6C9A8",
    watch="#FBEBC8",
    shade="#ECE7F7",
    practice="#8A1C5B",
    series=("#0B5CAD", "#B34700", "#00705A", "#8C2D83", "#5A4A00", "#3D4A57"),
    grades=("#DCEBF7", "#BFD9EE", "#FBEBC8", "#F6C9A8", "#E79A84"),
)

DARK = Theme(
    name=ThemeName.DARK,
    paper="#1B1E22",
    known="#262B31",
    unknown="#15181B",
    text="#F1F3F5",
    quiet="#B4BEC7",
    line="#3B434B",
    axis="#8A96A1",
    alert="#7A3B14",
    watch="#5A4A14",
    shade="#302A44",
    practice="#F59AC8",
    series=("#6FB7FF", "#FF9D57", "#3FD1AE", "#E79BE0", "#E0CB5A", "#C7D2DC"),
    grades=("#1E3A52", "#27506F", "#5A4A14", "#7A3B14", "#8C2A1C"),
)

HIGH_CONTRAST_LIGHT = Theme(
    name=ThemeName.HIGH_CONTRAST_LIGHT,
    paper="#FFFFFF",
    known="#FFFFFF",
    unknown="#E2E2E2",
    text="#000000",
    quiet="#000000",
    line="#767676",
    axis="#000000",
    alert="#FFC79A",
    watch="#FFF0B8",
    shade="#DDD2F7",
    practice="#6B003F",
    series=("#0040A8", "#8F3600", "#005243", "#6A0066", "#3D3200", "#1F2933"),
    grades=("#FFFFFF", "#D6E8FF", "#FFF0B8", "#FFC79A", "#FF9C85"),
)

HIGH_CONTRAST_DARK = Theme(
    name=ThemeName.HIGH_CONTRAST_DARK,
    paper="#000000",
    known="#1E1E1E",
    unknown="#000000",
    text="#FFFFFF",
    quiet="#FFFFFF",
    line="#8A8A8A",
    axis="#FFFFFF",
    alert="#8A3C00",
    watch="#5C4B00",
    shade="#2B1F4D",
    practice="#FF9AD5",
    series=("#8CC8FF", "#FFB27A", "#5CE6C3", "#F5B0F0", "#FFE45C", "#FFFFFF"),
    grades=("#000000", "#00305C", "#5C4B00", "#8A3C00", "#9C1F0A"),
)

THEMES = {theme.name: theme for theme in (LIGHT, DARK, HIGH_CONTRAST_LIGHT, HIGH_CONTRAST_DARK)}


def series_ink(theme: Theme, unit: int) -> str:
    """Return the ink of a caregiving unit, by its number from 0. Past six they repeat; the marker then tells."""
    return theme.series[unit % len(theme.series)]


def grade_fill(theme: Theme, *, rank: int, of: int) -> str:
    """Return the fill of a grade by its rank (1 the best) on a scale of any length; ``theme.text`` reads on it.

    Args:
        theme: the theme.
        rank: 1 to ``of``.
        of: number of grades on the scale.
    """
    last = len(theme.grades) - 1
    return theme.grades[round((rank - 1) * last / max(of - 1, 1))]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21.

    Source: WCAG 2.2, definition of contrast ratio.
    """
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
