"""Cumulative neglect in words: sentences that count assessments, and the table twin.

Words count assessments, never months lived, and never add grades.

Source: experience.md, Charts, Cumulative neglect.
"""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from gcp2_app.domain.assessment import AssessmentState, Window
from gcp2_app.domain.cumulative import AreasAt, Cumulative, CumulativeLine, GainLost
from gcp2_app.domain.words import counted, listed, long_date
from gcp2_app.reports.charts.trend_words import TOO_LITTLE_SEEN, grades_from, not_drawn
from gcp2_app.reports.charts.twin import Twin, TwinRow
from gcp2_app.reports.words import long_range

#: How the chart is made, printed below it.
METHOD = (
    "How this is made: each bar is the time from the first day of the first assessment, or the first day shown, to "
    "the last day shown. A day counts at a grade when it lies in an assessment of that grade (solid), or between two "
    "assessments of the same grade (hatched): at most 90 days past the first of them, and never past a strategy "
    "discussion, an admission, or a change of carer, of home or in the household. All other days, and all time before "
    "the first assessment, are not known. The bars say how long a grade was seen, not how long the child lived with "
    "it. Grades are counted; they are never averaged or added up, and there is no score."
)

#: Up to so many gains not held are told one by one.
_MOST_GAINS = 6


def cumulative_parts(data: Cumulative) -> tuple[str, ...]:
    """Return the whole as sentences without full stops."""
    label = data.about.child_label
    if data.from_ is None:
        return (f"Cumulative neglect, {label}: no assessment with dates is {data.about.there}",)
    assessed = {each.assessment for each in data.together}
    assessed |= {point.assessment for line in data.lines for point, _ in line.graded}
    number = len(assessed)
    days = f"{long_date(data.from_)} and {long_date(data.to)}"
    parts = [f"Cumulative neglect, {label}: {counted(number, 'assessment')} between {days}"]
    parts += [line_words(line) for line in data.lines]
    parts += list(_together_words(data))
    parts += list(gains_words(data))
    parts += [note.rstrip(".") for note in cumulative_notes(data)]
    return tuple(parts)


def cumulative_notes(data: Cumulative) -> tuple[str, ...]:
    """Return what the chart could not place, and what does not compare."""
    changes = tuple(
        f"From {long_date(change.on)}: {change.after}. Before: {change.before}. Compare with care."
        for change in data.trend.pack_changes
    )
    return (*not_drawn(data.trend), *changes)


def line_words(line: CumulativeLine) -> str:
    """Return one area's line: "graded 4 or 5 in 3 of 4 assessments between … and …"."""
    words = f"{line.area.label}, {line.carer_label}: "
    if not line.graded:
        return words + "no assessment with dates has graded it"
    high, graded = len(line.high), len(line.graded)
    first, last = line.graded[0][1].from_, line.graded[-1][1].to
    grades = f"graded {grades_from(line.area, line.area.thresholds.alert_from)}"
    if graded == 1:
        days = long_range(line.graded[0][1])
        return words + "; ".join(
            (f"{grades if high else f'not {grades}'} in its one assessment, {days}", *_marks(line))
        )
    words += f"{grades} in {high or 'none'} of {counted(graded, 'assessment')} "
    words += f"between {long_date(first)} and {long_date(last)}"
    runs = [run for run in line.runs if len(run.assessments) > 1]
    if runs:
        said = [
            f"{len(run.assessments)} in a row, begun {long_date(run.first)} to {long_date(run.last)}" for run in runs
        ]
        words += f"; {listed(said)}"
    return words + "".join(f"; {mark}" for mark in _marks(line))


def _marks(line: CumulativeLine) -> Iterator[str]:
    """Say how many of the assessments counted are less sure than the others."""
    points = [point for point, _ in line.graded]
    for number, words in (
        (sum(point.provisional for point in points), "provisional"),
        (sum(point.thin for point in points), TOO_LITTLE_SEEN),
        (sum(point.recorded_elsewhere for point in points), "recorded elsewhere"),
        (sum(point.state is not AssessmentState.SIGNED_OFF for point in points), "not signed off"),
    ):
        if number:
            is_ = "is" if number == 1 else "are"
            said = f"marked “{words}”" if words == TOO_LITTLE_SEEN else words
            yield f"{number} of the {len(points)} {is_} {said}" if len(points) > 1 else words


def _together_words(data: Cumulative) -> Iterator[str]:
    for place in dict.fromkeys(each.unit for each in data.together):
        own = [each for each in data.together if each.unit == place]
        several = [each for each in own if len(each.high) > 1]
        words = f"{own[0].carer_label}: two areas or more at {high_in(data)} at the same time in "
        words += f"{len(several) or 'none'} of {counted(len(own), 'assessment')}"
        if len(own) == 1:
            number = "two areas or more" if several else "fewer than two areas"
            words = f"{own[0].carer_label}: {number} at {high_in(data)} in the one assessment"
        if several:
            most = max(several, key=lambda each: (len(each.high), each.window.from_))
            words += f"; most in that of {long_range(most.window)}: {listed(_labels(data, most))}"
        yield words


def high_in(data: Cumulative) -> str:
    """Return the grades that are "4-5" on the scales of a chart."""
    return listed(dict.fromkeys(grades_from(area, area.thresholds.alert_from) for area in data.trend.areas))


def _labels(data: Cumulative, each: AreasAt) -> list[str]:
    return [data.trend.areas[place].label for place in each.high]


def gains_words(data: Cumulative) -> Iterator[str]:
    """Yield the gains that were not held, those of the same assessments together; where they are many, unit by unit."""
    if len({_same_assessments(lost) for lost in data.gains_lost}) > _MOST_GAINS:
        yield from _gains_by_unit(data)
        return
    for lost, group in groupby(data.gains_lost, key=_same_assessments):
        high, carers, *days = lost
        first, better, again = ("undated" if day is None else long_date(day) for day in days)
        units = listed(f"{each.code} {each.label}" for each in group)
        yield (
            f"Gain not held, {carers}: at {high} in the assessment begun {first}, better in that begun {better}, "
            f"and at {high} again in that begun {again}: {units}"
        )


def _gains_by_unit(data: Cumulative) -> Iterator[str]:
    """Yield one line for each caregiving unit: how often each unit was at 4-5, better, and at 4-5 again."""
    for carers in dict.fromkeys(lost.carer_label for lost in data.gains_lost):
        own = [lost for lost in data.gains_lost if lost.carer_label == carers]
        units: dict[str, list[GainLost]] = {}
        for lost in own:
            units.setdefault(f"{lost.code} {lost.label}", []).append(lost)
        said = [
            f"{unit} {counted(len(times), 'time')}, last in the assessment begun {_begun(times[-1].again)}"
            for unit, times in sorted(units.items())
        ]
        yield (
            f"Gain not held, {carers}, {counted(len(own), 'time')} in {counted(len(units), 'unit')}: at "
            f"{listed(dict.fromkeys(lost.high for lost in own))}, better, and there again: {'; '.join(said)}"
        )


def _begun(window: Window | None) -> str:
    return "undated" if window is None else long_date(window.from_)


def _same_assessments(lost: GainLost) -> tuple[Any, ...]:
    days = tuple(None if window is None else window.from_ for window in (lost.first, lost.better, lost.again))
    return lost.high, lost.carer_label, *days


def cumulative_table(data: Cumulative) -> Twin:
    """Return one row for each area, caregiving unit and grade, then the days not known; the counts stand with each.

    Below them each assessment has a row with its areas at 4-5, and each gain that was not held.
    """
    columns = (
        "Area",
        "Cared for by",
        "Grade",
        "Days in assessments",
        "Days between like assessments",
        "Days not known",
        "Assessments at this grade",
        "Assessments that graded the area",
        f"Longest run at {high_in(data)}",
        "Gains not held",
    )
    rows: list[TwinRow] = []
    for line in data.lines:
        longest = max((len(run.assessments) for run in line.runs), default=0)
        lost = sum(1 for each in data.gains_lost if (each.unit, each.area) == (line.unit, line.area.code))
        shared = (str(len(line.graded)), str(longest), str(lost))
        for time in line.times:
            number = sum(1 for point, _ in line.standing if point.shown_grade == time.grade)
            grade = "no grade to show" if time.grade is None else line.area.words(time.grade)
            cells = (grade, str(time.assessed), str(time.between), "", str(number))
            rows.append(
                TwinRow(
                    cells=(line.area.label, line.carer_label, *cells, *shared), assessment=line.latest_at(time.grade)
                )
            )
        not_known = (line.area.label, line.carer_label, "not known", "", "", str(line.not_known), "", *shared)
        rows.append(TwinRow(cells=not_known))
    rows += [
        TwinRow(cells=(*cells, *("" for _ in columns[len(cells) :])), assessment=assessment)
        for cells, assessment in (*_together_rows(data), *_gain_rows(data))
    ]
    return Twin(title=f"Cumulative neglect, {data.about.child_label}", columns=columns, rows=tuple(rows))


def _together_rows(data: Cumulative) -> Iterator[tuple[tuple[str, ...], str]]:
    for each in data.together:
        names = listed(_labels(data, each))
        high = f"{counted(len(each.high), 'area')} at {high_in(data)}" + (f": {names}" if names else "")
        yield (f"All areas, {long_range(each.window)}", each.carer_label, high), each.assessment


def _gain_rows(data: Cumulative) -> Iterator[tuple[tuple[str, ...], str]]:
    for lost in data.gains_lost:
        first, better, again = (_begun(window) for window in (lost.first, lost.better, lost.again))
        said = f"gain not held: at {lost.high} in the assessment begun {first}, better {better}, and back {again}"
        yield (f"{lost.code} {lost.label}", lost.carer_label, said), lost.assessment
