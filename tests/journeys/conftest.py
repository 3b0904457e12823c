"""A journey takes longer than a test: each chapter has an end of its own, so no traceback is printed meanwhile."""

import faulthandler

import pytest


@pytest.fixture(autouse=True)
def without_a_traceback() -> None:
    """Take back what would print where a slow test is; see :mod:`tests.journeys.playing` for what ends a chapter."""
    faulthandler.cancel_dump_traceback_later()
