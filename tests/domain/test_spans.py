"""Which days are assessed, between like assessments, or not known."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from gcp2_app.domain.spans import CARRIED_AT_MOST_DAYS, GradedWindow, Span, SpanKind, make_spans

FIRST = date(2026, 1, 1)
LAST = date(2026, 12, 31)


def window(id_: str, start: date, *, days: int = 20, grade: int | None = 3) -> GradedWindow:
    return GradedWindow(assessment=id_, from_=start, to=start + timedelta(days=days - 1), grade=grade)


def spans(*windows: GradedWindow, breaks: tuple[date, ...] = ()) -> tuple[Span, ...]:
    return make_spans(windows, from_=FIRST, to=LAST, breaks=breaks)


def on(day: date, found: tuple[Span, ...]) -> Span:
    (holding,) = [span for span in found if span.from_ <= day <= span.to]
    return holding


def test_nothing_is_known_before_the_first_window_nor_after_the_last() -> None:
    found = spans(window("a", date(2026, 3, 1)))
    assert [(span.kind, span.days) for span in found] == [
        (SpanKind.NOT_KNOWN, 59),
        (SpanKind.ASSESSED, 20),
        (SpanKind.NOT_KNOWN, 286),
    ]
    assert on(date(2026, 3, 10), found).grade == 3
    assert on(date(2026, 3, 10), found).assessment == "a"


def test_days_between_two_windows_of_the_same_grade_lie_between_assessments() -> None:
    found = spans(window("a", date(2026, 3, 1)), window("b", date(2026, 4, 20)))
    between = on(date(2026, 4, 1), found)
    assert (between.kind, between.grade, between.assessment) == (SpanKind.BETWEEN, 3, "a")
    assert (between.from_, between.to) == (date(2026, 3, 21), date(2026, 4, 19))


def test_days_between_two_windows_of_different_grades_are_not_known() -> None:
    found = spans(window("a", date(2026, 3, 1)), window("b", date(2026, 4, 20), grade=4))
    assert on(date(2026, 4, 1), found).kind is SpanKind.NOT_KNOWN


def test_an_assessment_without_a_grade_to_show_carries_nothing() -> None:
    found = spans(window("a", date(2026, 3, 1), grade=None), window("b", date(2026, 4, 20), grade=None))
    assert on(date(2026, 3, 5), found) == Span(
        kind=SpanKind.ASSESSED, from_=date(2026, 3, 1), to=date(2026, 3, 20), assessment="a"
    )
    assert on(date(2026, 4, 1), found).kind is SpanKind.NOT_KNOWN


def test_a_grade_is_carried_ninety_days_past_its_window_and_no_further() -> None:
    end = date(2026, 1, 20)
    found = spans(window("a", date(2026, 1, 1)), window("b", date(2026, 9, 1)))
    assert on(end + timedelta(days=90), found).kind is SpanKind.BETWEEN
    assert on(end + timedelta(days=91), found).kind is SpanKind.NOT_KNOWN


def test_a_grade_is_never_carried_to_a_break_or_past_it() -> None:
    admitted = date(2026, 4, 2)
    found = spans(window("a", date(2026, 3, 1)), window("b", date(2026, 4, 20)), breaks=(admitted,))
    assert on(admitted - timedelta(days=1), found).kind is SpanKind.BETWEEN
    assert on(admitted, found).kind is SpanKind.NOT_KNOWN
    assert on(date(2026, 4, 19), found).kind is SpanKind.NOT_KNOWN


def test_a_break_on_the_day_after_a_window_leaves_nothing_carried() -> None:
    found = spans(window("a", date(2026, 3, 1)), window("b", date(2026, 4, 20)), breaks=(date(2026, 3, 21),))
    assert on(date(2026, 3, 21), found).kind is SpanKind.NOT_KNOWN


def test_a_break_inside_a_window_does_not_unmake_what_was_seen_on_its_days() -> None:
    found = spans(window("a", date(2026, 3, 1)), breaks=(date(2026, 3, 10),))
    assert on(date(2026, 3, 15), found).kind is SpanKind.ASSESSED


def test_where_windows_overlap_a_day_belongs_to_the_one_that_started_last() -> None:
    long = window("long", date(2026, 3, 1), days=60, grade=2)
    inside = window("inside", date(2026, 3, 20), days=5, grade=4)
    found = spans(long, inside)
    assert on(date(2026, 3, 19), found).assessment == "long"
    assert on(date(2026, 3, 22), found).assessment == "inside"
    assert on(date(2026, 4, 10), found).assessment == "long"


def test_one_window_stays_one_span_when_another_starts_on_its_last_day() -> None:
    first = window("a", date(2026, 3, 1))
    second = window("b", date(2026, 3, 20))
    assert [span.assessment for span in spans(first, second)] == [None, "a", "b", None]


def test_a_window_outside_the_stretch_still_counts_for_the_days_inside() -> None:
    before = window("a", date(2025, 12, 1), days=31)
    after = window("b", date(2026, 2, 1))
    assert on(FIRST, spans(before, after)).kind is SpanKind.BETWEEN


def test_a_stretch_that_ends_before_it_begins_has_no_days() -> None:
    assert make_spans((), from_=LAST, to=FIRST) == ()


days = st.integers(min_value=-40, max_value=400).map(lambda number: FIRST + timedelta(days=number))
windows = st.lists(
    st.builds(
        lambda start, length, grade, number: window(f"w{number}", start, days=length, grade=grade),
        days,
        st.integers(min_value=1, max_value=60),
        st.sampled_from([None, 2, 3, 4]),
        st.integers(min_value=0, max_value=10_000),
    ),
    max_size=7,
)


@given(windows, st.lists(days, max_size=3))
def test_spans_cover_every_day_once_and_say_what_each_day_allows(
    given_windows: list[GradedWindow], breaks: list[date]
) -> None:
    found = make_spans(given_windows, from_=FIRST, to=LAST, breaks=breaks)
    assert found[0].from_ == FIRST
    assert found[-1].to == LAST
    for before, after in pairwise(found):
        assert after.from_ == before.to + timedelta(days=1)
    for span in found:
        for day in (span.from_, span.to):
            _check_day(day, span, given_windows, breaks)


def _check_day(day: date, span: Span, given_windows: list[GradedWindow], breaks: list[date]) -> None:
    """Say the rule again, day by day, in the plainest way."""
    holding = [one for one in given_windows if one.from_ <= day <= one.to]
    assert (span.kind is SpanKind.ASSESSED) == bool(holding)
    if span.kind is SpanKind.ASSESSED:
        assert span.grade in {one.grade for one in holding}
    if span.kind is SpanKind.BETWEEN:
        ended = max(one.to for one in given_windows if one.to < day)
        begun = min(one.from_ for one in given_windows if one.from_ > day)
        assert (day - ended).days <= CARRIED_AT_MOST_DAYS
        assert not any(ended < stop <= day for stop in breaks)
        assert span.grade in {one.grade for one in given_windows if one.to == ended}
        assert span.grade in {one.grade for one in given_windows if one.from_ == begun}
    if span.kind is SpanKind.NOT_KNOWN:
        assert span.grade is None
        assert span.assessment is None
