"""gcp2: graded care assessments, kept encrypted, plotted over time."""

__version__ = "0.1.0"
