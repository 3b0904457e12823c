"""Each chart of each awkward child is drawn, told and read, and nothing of it lies outside the picture."""

import pytest

from gcp2_app.domain.charting import ChartKind
from gcp2_app.reports.charts.catalogue import make_chart
from gcp2_app.reports.charts.output import chart_words
from tests.reports.awkward import AWKWARD


@pytest.mark.parametrize("kind", list(ChartKind))
@pytest.mark.parametrize("child", AWKWARD)
def test_each_chart_of_each_awkward_child(child: str, kind: ChartKind) -> None:
    chart = make_chart(kind, AWKWARD[child]())
    drawing = chart.draw(width=480, text_scale=2.0)
    assert "Ivy Marsh" in chart.sentence
    table = chart.table
    assert all(len(row.cells) == len(table.columns) for row in table.rows)
    for artist in chart_words(drawing):
        assert 0 <= artist.x <= drawing.width, artist.text
        assert 0 <= artist.y <= drawing.height, artist.text
    for mark in drawing.marks:
        assert mark.text
        assert 0 <= mark.x <= drawing.width
