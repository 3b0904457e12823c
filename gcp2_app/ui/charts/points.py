"""The points of the trend that is shown, found by their marks: which unit a mark leads to."""

from typing import TYPE_CHECKING

from gcp2_app.domain.charting import ChartKind
from gcp2_app.ui.charts.walk import Stop

if TYPE_CHECKING:
    from gcp2_app.domain.trend import Trend, TrendPoint, TrendSeries
    from gcp2_app.reports.charts.catalogue import Chart


class Points:
    """The points of a chart that has a trend, alone or as part of the one picture.

    Attributes:
        trend: the trend, or None.
    """

    def __init__(self, chart: "Chart | None" = None) -> None:
        self.trend: Trend | None = None
        if chart is not None and chart.kind in {ChartKind.TREND, ChartKind.PICTURE}:
            self.trend = chart.data if chart.kind is ChartKind.TREND else chart.data.trend
        self._points = {
            (point.assessment, point.area): (series, point)
            for series in (self.trend.series if self.trend is not None else ())
            for point in series.points
        }

    @property
    def graded(self) -> bool:
        """Whether any point has a grade."""
        return any(point.grade is not None for _, point in self._points.values())

    def of(self, stop: Stop) -> "tuple[TrendSeries, TrendPoint] | None":
        """Return the point of a mark, or None where it is something else."""
        return self._points.get((stop.assessment, stop.area))

    def unit_of(self, stop: Stop) -> str:
        """Return the unit that decided a mark's grade, or empty."""
        found = self.of(stop)
        return "" if found is None else source_of(found[1])


def source_of(point: "TrendPoint") -> str:
    """Return the unit that decided a point, or empty: an assessment recorded elsewhere has no units."""
    return "" if point.recorded_elsewhere or not point.decided_by else point.decided_by[0]
