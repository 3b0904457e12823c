"""The trend's numbers as they leave the program: one point for each assessment and area."""

from typing import Any

from gcp2_app.domain.trend import Trend, TrendPoint


def series_json(trend: Trend) -> dict[str, Any]:
    """Return the series the trend draws, in the shape of the case-file format's ``chart --json``.

    An assessment without dates has null for both.

    Source: casefile.md, Commands.
    """
    return {
        "series": [
            {
                "area": series.area.code,
                "carers": list(series.carers),
                "points": [_point(point) for point in series.points],
            }
            for series in trend.series
        ]
    }


def _point(point: TrendPoint) -> dict[str, Any]:
    window = point.window
    counts = {str(value): number for value, number in point.counts.by_grade.items()}
    return {
        "assessment": point.assessment,
        "from": None if window is None else window.from_.isoformat(),
        "to": None if window is None else window.to.isoformat(),
        "grade": point.grade,
        "provisional": point.provisional,
        "thin": point.thin,
        "counts": {**counts, "unscored": point.counts.unscored},
    }
