"""What leaves the store as a picture or a document. Every export is audited with recipient and reason."""

from typing import TYPE_CHECKING, Any

from gcp2_app.domain.users import Duty
from gcp2_app.services.session import Session

if TYPE_CHECKING:
    from gcp2_app.domain.trend import Trend

# matplotlib, reportlab and pikepdf are imported when something is drawn, not when services are.

#: Width of an exported chart in points: an A4 page on its side, less margins.
_CHART_WIDTH = 760.0


def trend_file(session: Session, child_id: str, trend: "Trend", suffix: str) -> bytes:
    """Return a child's trend as a picture.

    Args:
        session: who asks.
        child_id: whose trend it is.
        trend: from :func:`gcp2_app.services.trends.trend`.
        suffix: ``.png`` or ``.svg``.
    """
    from gcp2_app.reports.charts.output import chart_png, chart_svg
    from gcp2_app.reports.charts.trend import draw_trend, trend_least_width

    session.require(Duty.READ_CASES)
    drawing = draw_trend(trend, width=max(_CHART_WIDTH, trend_least_width(trend)))
    make = chart_svg if suffix == ".svg" else chart_png
    content = make(drawing, title=f"Grades over time: {trend.child_label}")
    with session.store.transaction() as tx:
        session.require_reach(tx.children.get(child_id))
        tx.record("chart exported", by=session.user.id, kind="child", id=child_id, reason=f"trend, {suffix[1:]}")
    return content


def trend_series(trend: "Trend") -> dict[str, Any]:
    """Return the series a trend draws, in the shape of the case-file contract."""
    from gcp2_app.reports.charts.trend_series import series_json

    return series_json(trend)
