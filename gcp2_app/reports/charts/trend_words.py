"""The trend in words: one text a point, one sentence for the whole, and the table twin.

Words count assessments, never months lived, and never add grades. Knows the trend, nothing of drawing.

Source: experience.md, Charts.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from gcp2_app.domain.assessment import AssessmentState
from gcp2_app.domain.scoring import Counts, Reason
from gcp2_app.domain.trend import Trend, TrendArea, TrendPoint, TrendSeries, UnitMove
from gcp2_app.domain.words import capital, counted, listed, long_date
from gcp2_app.reports.charts.twin import Twin, TwinRow
from gcp2_app.reports.words import STATES, long_range

#: Shown in the place of a grade that rests on too few units.
TOO_LITTLE_SEEN = "too little seen"
#: What is said of a practice record.
PRACTICE_SAID = "Practice record, no real child"

_REASONS = {
    Reason.MODE: "the most frequent grade",
    Reason.TIE: "a tie, so the worse of the tied",
    Reason.WORST: "the worst grade",
    Reason.JUDGEMENT: "the practitioner’s own judgement",
}


def grade_words(area: TrendArea, point: TrendPoint) -> str:
    """Return a point's grade as readers may see it: its number and label, or why there is none."""
    if point.shown_grade is not None:
        return area.words(point.shown_grade)
    if point.thin:
        return TOO_LITTLE_SEEN
    if point.reason is Reason.NOT_APPLICABLE:
        return "not applicable"
    return "no grade: nothing was scored"


def reason_words(reason: Reason, override_grades: str) -> str:
    """Return why a result has its grade, in readers' words.

    Args:
        reason: of the result.
        override_grades: the grades that decide by themselves, such as "4 or 5".
    """
    if reason is Reason.OVERRIDE:
        return f"a {override_grades} decides"
    return _REASONS.get(reason, "")


def grades_from(area: TrendArea, value: int) -> str:
    """Return the grades at or past a value: "4 or 5"."""
    return " or ".join(str(grade.value) for grade in area.grades if grade.value >= value)


def counts_words(counts: Counts, noun: str = "unit") -> str:
    """Return the counts every grade carries: "3 units at 3, 1 at 4, none at 5, 2 not scored".

    Args:
        counts: of one result.
        noun: what was counted; an assessment recorded elsewhere holds sub-areas.
    """
    unscored = f"{counts.unscored} not scored" if counts.unscored else "all scored"
    if not any(counts.by_grade.values()):
        *values, last = map(str, counts.by_grade)
        return f"no {noun} at {' or '.join(filter(None, (', '.join(values), last)))}; {unscored}"
    (first, number), *rest = counts.by_grade.items()
    parts = [f"{counted(number, noun)} at {first}", *(f"{many or 'none'} at {value}" for value, many in rest)]
    return f"{', '.join(parts)}, {unscored}"


def move_words(move: UnitMove) -> str:
    """Return what one unit did: "A5.b from 3 to 4"."""
    if move.before is None:
        return f"{move.code} newly scored {move.after}"
    if move.after is None:
        return f"{move.code} no longer scored, {move.before} before"
    return f"{move.code} from {move.before} to {move.after}"


def point_words(series: TrendSeries, point: TrendPoint) -> str:
    """Return everything the chart knows of one point, for a tip, a keyboard walk or a screen reader."""
    return ". ".join(point_parts(series, point)) + "."


def point_parts(series: TrendSeries, point: TrendPoint, *, most: int | None = None) -> tuple[str, ...]:
    """Return the same, fact by fact without full stops: what it is and its grade first.

    Args:
        series: the line.
        point: one of its points.
        most: how many units to name one by one where room is tight; None names them all.
    """
    area = series.area
    days = "no dates recorded" if point.window is None else long_range(point.window)
    parts = [f"{area.label}, {series.carer_label}, {days}: {grade_words(area, point)}"]
    if point.provisional:
        parts.append(f"Provisional: {point.scored} of {counted(point.of, _noun(point))} scored")
    parts.append(capital(counts_words(point.counts, _noun(point))))
    if point.decided_by and point.shown_grade is not None:
        parts.append(f"Decided by {_cut(point.decided_by, most)}")
    if point.moved_by:
        moved = _cut([move_words(move) for move in point.moved_by], most)
        parts.append(f"Was {point.before}; moved by {moved}")
    elif point.before is not None and point.shown_grade not in {None, point.before}:
        parts.append(f"Was {point.before}; the units do not compare")
    if point.recorded_elsewhere:
        parts.append("Recorded elsewhere")
    if point.corrected_by:
        parts.append("Corrected by a later version")
    parts.append(capital(STATES[point.state]))
    return tuple(parts)


def _cut(parts: Sequence[str], most: int | None) -> str:
    if most is None or len(parts) <= most:
        return listed(parts)
    return listed([*parts[:most], f"{len(parts) - most} more"])


def trend_sentence(trend: Trend) -> str:
    """Return the whole trend as a few spoken sentences; also the alternative text of its picture."""
    return ". ".join(trend_parts(trend)) + "."


def trend_parts(trend: Trend) -> tuple[str, ...]:
    """Return the same, sentence by sentence without full stops: the whole first, then each area's line."""
    if not trend.series:
        return (f"Care over time, {trend.child_label}: no assessment is {trend.there}",)
    number = len(trend.assessments)
    parts = [f"Care over time, {trend.child_label}: {counted(number, 'assessment')}"]
    windows = [window for series in trend.series for _, window in series.dated]
    if windows:
        first, last = min(one.from_ for one in windows), max(one.to for one in windows)
        parts[0] += f", {long_date(first)} to {long_date(last)}"
    parts += [_series_sentence(series) for series in trend.series]
    parts += list(_break_words(trend))
    parts += [
        f"From {long_date(change.on)} another pack, version or policy: {change.after}" for change in trend.pack_changes
    ]
    if trend.birth is not None:
        parts.append(f"Born on {long_date(trend.birth)}")
    parts += [note.rstrip(".") for note in not_drawn(trend)]
    if trend.practice:
        parts.append(PRACTICE_SAID)
    return tuple(parts)


def _break_words(trend: Trend) -> Iterator[str]:
    """Yield what the upright lines of the picture mark, kind by kind, and when."""
    days: dict[str, list[str]] = {}
    for one in trend.breaks:
        days.setdefault(one.kind, []).append(long_date(one.on))
    if days:
        said = "; ".join(f"{kind} on {listed(on)}" for kind, on in days.items())
        yield f"Marked on the axis, nothing is carried past them: {said}"


def not_drawn(trend: Trend) -> list[str]:
    """Return a note on assessments that have no place on the axis; the table has them."""
    undated = {point.assessment for series in trend.series for point in series.points if point.window is None}
    if not undated:
        return []
    has = "has" if len(undated) == 1 else "have"
    return [f"{capital(counted(len(undated), 'assessment'))} {has} no dates and cannot be drawn."]


def trend_table(trend: Trend) -> Twin:
    """Return every point of the trend as a row, area by area, oldest first; below them what is marked on the axis."""
    values = list(
        dict.fromkeys(value for series in trend.series for point in series.points for value in point.counts.by_grade)
    )
    columns = (
        "Area",
        "Cared for by",
        "Days of the assessment",
        "Grade",
        "Marks",
        *(f"Units at {value}" for value in values),
        "Not scored",
        "Decided by",
        "Moved by",
        "Pack",
        "State",
    )
    rows = tuple(
        TwinRow(cells=_cells(series, point, values), assessment=point.assessment)
        for series in trend.series
        for point in series.points
    )
    rows += tuple(
        TwinRow(
            cells=(f"{one.kind}: nothing is carried past it", "", long_date(one.on), *("" for _ in columns[3:])),
            entry=one.entry or "",
        )
        for one in trend.breaks
    )
    return Twin(title=f"Care over time, {trend.child_label}", columns=columns, rows=rows)


def _series_sentence(series: TrendSeries) -> str:
    area = series.area
    standing = series.standing
    words = f"{area.label}, {series.carer_label}"
    if not standing:
        return f"{words}: no assessment with dates"
    latest, window = standing[-1]
    words += f": latest {grade_words(area, latest)}, {long_range(window)}"
    if latest.state in {AssessmentState.DRAFT, AssessmentState.IN_PROGRESS}:
        words += ", not finished"
    elif latest.state is not AssessmentState.SIGNED_OFF:
        words += f", {STATES[latest.state]}, not signed off"
    if latest.provisional and not latest.thin:
        words += ", provisional"
    words += f"; {counts_words(latest.counts, _noun(latest))}"
    alert = area.thresholds.alert_from
    # One without a grade of this area says nothing of it: it counts as neither.
    graded = [(point.grade, window) for point, window in standing if point.grade is not None]
    high = sum(1 for grade, _ in graded if grade >= alert)
    if len(graded) > 1:
        between = _between(window.from_ for _, window in graded)
        words += f"; graded {grades_from(area, alert)} in {high or 'none'} of {len(graded)} assessments {between}"
    if latest.moved_by:
        words += f"; was {latest.before}, moved by {listed(move.code for move in latest.moved_by)}"
    return words


def _noun(point: TrendPoint) -> str:
    return "sub-area" if point.recorded_elsewhere else "unit"


def _between(days: Iterable[date]) -> str:
    ordered = sorted(days)
    return f"begun between {long_date(ordered[0])} and {long_date(ordered[-1])}"


def _cells(series: TrendSeries, point: TrendPoint, values: Iterable[int]) -> tuple[str, ...]:
    marks = [
        *(["provisional"] if point.provisional else []),
        *([TOO_LITTLE_SEEN] if point.thin else []),
        *(["recorded elsewhere"] if point.recorded_elsewhere else []),
        *(["corrected by a later version"] if point.corrected_by else []),
    ]
    return (
        series.area.label,
        series.carer_label,
        "no dates recorded" if point.window is None else long_range(point.window),
        grade_words(series.area, point),
        ", ".join(marks),
        *(str(point.counts.by_grade.get(value, "")) for value in values),
        str(point.counts.unscored),
        ", ".join(point.decided_by) if point.shown_grade is not None else "",
        ", ".join(move_words(move) for move in point.moved_by),
        f"{point.pack_title} {point.pack_version}",
        STATES[point.state],
    )
