"""Gathers grades now and over time, and what makes them less than whole."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from gcp2_app.domain.assessment import Assessment, AssessmentState, Window
from gcp2_app.domain.charting import ChartKind
from gcp2_app.domain.grading import effective_grade
from gcp2_app.domain.instrument import Pack
from gcp2_app.domain.scoring import open_units
from gcp2_app.domain.trend import Trend, TrendPoint, TrendSeries
from gcp2_app.domain.words import capital, counted, listed, long_date
from gcp2_app.reports.charts.palette import LIGHT, grade_fill
from gcp2_app.reports.charts.trend_words import TOO_LITTLE_SEEN, counts_words
from gcp2_app.reports.pdf.blocks.grades import HEADING, AreaLine, GradesPart
from gcp2_app.reports.words import STATES, held_from, long_range
from gcp2_app.services.documents.reading import Reading

#: An assessment that ended longer ago than this says little of now.
_OLD = timedelta(days=183)
_ONE = 1


def grades(reading: Reading, *, charts: Iterable[ChartKind] = ()) -> GradesPart:
    """Return the grades of the latest assessment of each caregiving unit, and the pictures over time.

    Args:
        reading: whose record.
        charts: which charts stand below the trend.
    """
    trend, latest = reading.trend, latest_assessment(reading)
    if latest is None:
        return GradesPart()
    parts = trend.by_subject
    return GradesPart(
        assessed=assessed_words(reading, latest),
        warnings=tuple(_warnings(reading, latest)),
        areas=tuple(_areas(reading, trend)),
        high=high_units(reading, latest),
        trends=tuple((_pack_title(part) if len(parts) > _ONE else "", part) for part in parts),
        charts=tuple(reading.chart(kind, HEADING) for kind in charts),
    )


def latest_assessment(reading: Reading) -> Assessment | None:
    """Return the latest assessment with dates that no later one corrects; a signed-off one before one that is not."""
    corrected = {each.corrects for each in reading.assessments}
    found = [each for each in reading.assessments if each.window is not None and each.id not in corrected]
    signed = [each for each in found if each.locked or each.recorded_elsewhere]
    return max(signed or found, key=_ends, default=None)


def assessed_words(reading: Reading, assessment: Assessment) -> str:
    """Return when, by whom, of whose care and how far an assessment is, in a sentence."""
    days = long_range(assessment.window) if assessment.window is not None else "without dates"
    by = listed(reading.workers.get(id_, "a person not named") for id_ in assessment.assessors)
    care = listed(reading.people.get(id_) or "a carer not named" for id_ in assessment.carers)
    state = stage_words(reading, assessment) or STATES[assessment.state]
    if assessment.state is AssessmentState.SIGNED_OFF and assessment.signed_off_on is not None:
        state = f"signed off on {long_date(assessment.signed_off_on)}"
    parts = [f"Latest assessment: {days}", by and f"by {by}", care and f"of the care given by {care}"]
    return f"{', '.join(filter(None, parts))}. {capital(state)}."


def stage_words(reading: Reading, assessment: Assessment) -> str:
    """Return how far an assessment is that is not signed off: "in progress, not signed off"; else an empty text."""
    if assessment.locked or assessment.recorded_elsewhere:
        return ""
    ahead = assessment.window is not None and assessment.window.to > reading.day
    state, held = STATES[assessment.state], held_from(assessment, reading.name, reading.day)
    if held and assessment.state is AssessmentState.SHARED:
        state = f"shared, {held}"
    parts = (state, "not signed off", "its days not over yet" if ahead else "")
    return ", ".join(filter(None, parts))


def cautions(reading: Reading) -> tuple[str, ...]:
    """Return what the packs of the assessments ask every page to say."""
    packs = (reading.pack_of(each) for each in reading.assessments)
    return tuple(dict.fromkeys(text for pack in packs for text in (pack.caution, pack.standing_note) if text))


def _areas(reading: Reading, trend: Trend) -> Iterable[AreaLine]:
    """Return the latest grade of each area under each caregiving unit, the latest assessment first."""
    latest = [(series, *series.standing[-1]) for series in trend.series if series.standing]
    stages = {each.id: stage_words(reading, each) for each in reading.assessments}
    for series, point, window in sorted(latest, key=lambda each: (-each[2].to.toordinal(), each[1].assessment)):
        yield _area(series, point, window, stages.get(point.assessment, ""))


def _area(series: TrendSeries, point: TrendPoint, window: Window, stage: str) -> AreaLine:
    area, shown = series.area, point.shown_grade
    return AreaLine(
        label=f"{area.code} {area.label}",
        care=f"{series.carer_label}, {long_range(window)}{stage and f', {stage}'}",
        grade=area.words(shown) if shown is not None else _no_grade(point),
        fill=grade_fill(LIGHT, rank=area.rank(shown), of=len(area.grades)) if shown is not None else "",
        under="Provisional" if point.provisional and shown is not None else "",
        counts=capital(counts_words(point.counts, "sub-area" if point.recorded_elsewhere else "unit")),
        before=area.words(point.before) if point.before is not None else "None to compare with",
    )


def _no_grade(point: TrendPoint) -> str:
    return f"{TOO_LITTLE_SEEN.capitalize()} to show a grade" if point.thin else "No grade"


def high_units(reading: Reading, assessment: Assessment) -> tuple[str, ...]:
    """Return the units of an assessment whose needs are not met, each with its grade in words."""
    return _units(reading, assessment, lambda grade, pack: grade >= pack.thresholds.alert_from)


def met_units(reading: Reading, assessment: Assessment) -> tuple[str, ...]:
    """Return the units of an assessment whose needs are met, each with its grade in words."""
    return _units(reading, assessment, lambda grade, pack: grade < pack.thresholds.watch_from)


def _units(reading: Reading, assessment: Assessment, wanted: Callable[[int, Pack], bool]) -> tuple[str, ...]:
    if assessment.recorded_elsewhere or not reading.profiles[assessment.id].band:
        return ()
    pack = reading.pack_of(assessment)
    units = open_units(pack, assessment, reading.child.born)
    found = ((unit, code, effective_grade(assessment.answer(code)).grade) for code, unit in units.items())
    return tuple(
        f"{code} {unit.label}: {grade}, {pack.grades_by_value[grade].label}"
        for unit, code, grade in found
        if grade is not None and wanted(grade, pack)
    )


def _warnings(reading: Reading, assessment: Assessment) -> Iterable[str]:
    profile = reading.profiles[assessment.id]
    scored = sum(result.scored for result in profile.subareas.values())
    of = sum(result.of for result in profile.subareas.values())
    if not assessment.locked and not assessment.recorded_elsewhere:
        yield "The latest assessment is not signed off."
    if scored < of:
        noun = "sub-area" if assessment.recorded_elsewhere else "unit"
        yield f"Provisional: {scored} of {counted(of, noun)} scored. A grade may change when the rest is seen."
    later = [each for each in reading.assessments if not each.locked and _ends(each) > _ends(assessment)]
    if later and later[-1].window is not None:
        yield f"A later assessment, {long_range(later[-1].window)}, is not signed off. Its grades may still change."
    elif assessment.window is not None and reading.day - assessment.window.to > _OLD:
        yield f"The latest assessment ended on {long_date(assessment.window.to)}. What has been since is not assessed."


def _pack_title(trend: Trend) -> str:
    return next((point.pack_title for series in trend.series for point in reversed(series.points)), "")


def _ends(assessment: Assessment) -> date:
    return assessment.window.to if assessment.window is not None else date.min
