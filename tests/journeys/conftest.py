"""A journey takes longer than a test: each chapter has an end of its own, so no traceback is printed meanwhile."""

import faulthandler
import os

import pytest


def pytest_configure() -> None:
    """Take a screen of one's own where several journeys are played at once."""
    screens = os.environ.get("GCP2_JOURNEY_SCREENS", "").split()
    worker = os.environ.get("PYTEST_XDIST_WORKER", "").removeprefix("gw")
    if screens and worker:
        os.environ["DISPLAY"] = screens[int(worker) % len(screens)]


@pytest.fixture(autouse=True)
def without_a_traceback() -> None:
    """Take back what would print where a slow test is; see :mod:`tests.journeys.playing` for what ends a chapter."""
    faulthandler.cancel_dump_traceback_later()
