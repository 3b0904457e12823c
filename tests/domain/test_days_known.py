"""The days on which something of a record became known."""

from dataclasses import replace
from datetime import UTC, date, datetime

from gcp2_app.domain.assessment import AssessmentState, Window
from gcp2_app.domain.entries import EnteredInError, Entry
from gcp2_app.domain.moment import days_known
from gcp2_app.domain.when import When
from tests.domain.packs import make_assessment


def test_each_day_counts_once_and_what_was_an_error_never() -> None:
    first = Entry(id="e1", kind="note", children=("c",), when=When("2025-03-01"), known=When("2025-04-01"))
    same = replace(first, id="e2", when=When("2025-02-01"))
    wrong = replace(
        first,
        id="e3",
        known=When("2025-05-01"),
        entered_in_error=EnteredInError(by="w", at=datetime(2025, 6, 1, tzinfo=UTC), reason="another child"),
    )
    window = Window(from_=date(2025, 6, 1), to=date(2025, 6, 20))
    open_ = replace(make_assessment("a1"), window=window)
    signed = replace(open_, id="a2", state=AssessmentState.SIGNED_OFF, signed_off_on=date(2025, 7, 1))
    unsigned_day = replace(signed, id="a3", signed_off_on=None)
    undated = replace(open_, id="a4", window=None)
    assert days_known((first, same, wrong), (open_, signed, unsigned_day, undated)) == (
        date(2025, 4, 1),
        date(2025, 6, 20),
        date(2025, 7, 1),
    )
