"""Charts on screen: the figure of :mod:`gcp2_app.reports.charts` with pointer, keyboard, table twin and words."""
