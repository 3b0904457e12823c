"""A view of a short record, for tests of what a child's page reads in it."""

from datetime import date
from typing import Any

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.rules.view import View
from gcp2_app.forms.rule_policy import shipped_rules, shipped_working_days
from tests.rules import DAY, record


def view_of(*entries: Entry, on: date = DAY, **more: Any) -> View:
    """A child's record as of a day, with the numbers of every rule."""
    return View(record(*entries, **more), shipped_working_days(), today=on, policy=shipped_rules())
