"""Colours that can be read, and told apart without seeing colour."""

import itertools

import pytest

from gcp2_app.reports.charts.palette import LIGHT, THEMES, Theme, contrast, grade_fill, series_ink

# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
PROTAN = ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998))
DEUTAN = ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881))


@pytest.fixture(params=list(THEMES), ids=str)
def theme(request: pytest.FixtureRequest) -> Theme:
    return THEMES[request.param]


def test_contrast_is_one_for_alike_and_twenty_one_for_black_on_white() -> None:
    assert contrast("#808080", "#808080") == 1
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)


def test_marks_stand_out_three_to_one_from_all_they_lie_on(theme: Theme) -> None:
    for ink in (*theme.series, theme.axis):
        for ground in (theme.paper, theme.known, theme.unknown, theme.shade):
            assert contrast(ink, ground) >= 3


def test_words_stand_out_four_and_a_half_to_one_from_all_they_lie_on(theme: Theme) -> None:
    for ground in (theme.paper, theme.known, theme.unknown, theme.alert, theme.watch, theme.shade, *theme.grades):
        assert contrast(theme.text, ground) >= 4.5
    for ground in (theme.paper, theme.known, theme.unknown, theme.shade):
        assert contrast(theme.quiet, ground) >= 4.5
        for ink in theme.series:
            assert contrast(ink, ground) >= 4.5
    assert contrast(theme.practice, theme.paper) >= 4.5


@pytest.mark.parametrize("matrix", [PROTAN, DEUTAN], ids=["protan", "deutan"])
def test_the_first_lines_differ_for_the_colour_blind(theme: Theme, matrix: tuple[tuple[float, ...], ...]) -> None:
    seen = [_as_seen(ink, matrix) for ink in theme.series[:3]]
    for one, other in itertools.combinations(seen, 2):
        assert max(abs(a - b) for a, b in zip(one, other, strict=True)) > 0.2


def test_a_seventh_unit_takes_the_first_ink_again() -> None:
    assert series_ink(LIGHT, 6) == series_ink(LIGHT, 0)


def test_a_scale_of_any_length_runs_from_the_first_fill_to_the_last() -> None:
    for of in (2, 4, 5):
        fills = [grade_fill(LIGHT, rank=rank, of=of) for rank in range(1, of + 1)]
        assert fills[0] == LIGHT.grades[0]
        assert fills[-1] == LIGHT.grades[-1]
        assert len(set(fills)) == of
    assert grade_fill(LIGHT, rank=1, of=1) == LIGHT.grades[0]


def _as_seen(ink: str, matrix: tuple[tuple[float, ...], ...]) -> list[float]:
    """Return the colour's channels as seen, 0 to 1, in the steps of a screen."""
    linear = [_linear(int(ink[place : place + 2], 16) / 255) for place in (1, 3, 5)]
    mixed = [sum(weight * part for weight, part in zip(row, linear, strict=True)) for row in matrix]
    return [float(max(channel, 0) ** (1 / 2.4)) for channel in mixed]


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
