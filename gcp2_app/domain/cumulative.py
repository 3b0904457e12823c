"""What neglect has built up to, as data: how long each grade was seen, in how many assessments, and what came back.

Days are those of windows and of the time between two like ones; they say how long a grade was *seen*, never how long a
child lived with it. Grades are counted, never added. Knows trends and assessments; nothing of drawing.

Source: experience.md, Charts, Cumulative neglect.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from gcp2_app.domain.assessment import Assessment, Window
from gcp2_app.domain.charting import About, ChartRecord
from gcp2_app.domain.comparison import gain_not_held
from gcp2_app.domain.instrument import Pack
from gcp2_app.domain.scoring import can_be_scored
from gcp2_app.domain.spans import SpanKind
from gcp2_app.domain.trend import Trend, TrendArea, TrendPoint, TrendSeries

_CARERS = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeTime:
    """How many days one grade was seen.

    Attributes:
        grade: a grade value, or None for days assessed without a grade to show.
        assessed: days within windows.
        between: days between two windows of the same grade.
    """

    grade: int | None
    assessed: int
    between: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Assessments in a row that all found 4 or 5.

    Attributes:
        assessments: their ids, oldest first.
        first, last: days on which the first and the last of them began.
    """

    assessments: tuple[str, ...]
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CumulativeLine:
    """One area under one caregiving unit.

    Attributes:
        times: one for each grade of the scale, best first; then one for none, where there are such days.
        not_known: days of which nothing is known.
        standing: its assessments that have dates and are not corrected, oldest first.
        undated: how many assessments have no dates.
        runs: runs at 4-5, oldest first; one assessment alone is a run of one.
    """

    area: TrendArea
    carers: _CARERS
    carer_label: str
    unit: int
    times: tuple[GradeTime, ...]
    not_known: int
    standing: tuple[tuple[TrendPoint, Window], ...]
    undated: int
    runs: tuple[Run, ...]

    @property
    def graded(self) -> tuple[tuple[TrendPoint, Window], ...]:
        """The assessments that graded this area; one that did not says nothing of it."""
        return tuple((point, window) for point, window in self.standing if point.grade is not None)

    def latest_at(self, grade: int | None) -> str:
        """Return id of the latest assessment that showed a grade, or an empty text."""
        found = [point.assessment for point, _ in self.standing if point.shown_grade == grade]
        return found[-1] if found else ""

    @property
    def high(self) -> tuple[tuple[TrendPoint, Window], ...]:
        """Those that graded it 4 or 5."""
        return tuple((point, window) for point, window in self.graded if is_high(self.area, point))


@dataclass(frozen=True, slots=True, kw_only=True)
class AreasAt:
    """All areas of one assessment.

    Attributes:
        points: by the area's place in the trend; areas it has no result for are left out.
        high: places of the areas at 4-5.
    """

    assessment: str
    window: Window
    carer_label: str
    unit: int
    points: Mapping[int, TrendPoint]
    high: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GainLost:
    """A unit that was at 4-5, better in a signed-off assessment, and at 4-5 again.

    Attributes:
        area: code of its area.
        high: the grades that are "4-5" on its scale, in words.
        first, better, again: windows of the three assessments.
        assessment: id of the last of the three.
    """

    area: str
    code: str
    label: str
    high: str
    carer_label: str
    unit: int
    first: Window | None
    better: Window | None
    again: Window | None
    assessment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cumulative:
    """A child's grades, counted.

    Attributes:
        from_, to: first day of the first window, and last day looked at. Before the first nothing is known.
        lines: area by area, caregiving unit by caregiving unit.
        together: every dated, standing assessment, caregiving unit by caregiving unit, oldest first.
        gains_lost: in the order in which they were lost.
    """

    about: About
    trend: Trend
    from_: date | None
    to: date
    lines: tuple[CumulativeLine, ...]
    together: tuple[AreasAt, ...]
    gains_lost: tuple[GainLost, ...]


def in_two(data: Cumulative) -> tuple[Cumulative, Cumulative]:
    """Return the two halves of what is counted: the time at each grade, and the areas at the same time."""
    return replace(data, together=(), gains_lost=()), replace(data, lines=())


def is_high(area: TrendArea, point: TrendPoint) -> bool:
    """Whether a point is at or past the pack's ``alert_from``: "4-5"."""
    return point.grade is not None and point.grade >= area.thresholds.alert_from


def high_words(pack: Pack) -> str:
    """Return the grades at or past a pack's ``alert_from``: "4 or 5"."""
    return " or ".join(str(grade.value) for grade in pack.grades if grade.value >= pack.thresholds.alert_from)


def make_cumulative(record: ChartRecord) -> Cumulative:
    """Count a child's grades."""
    windows = [window for series in record.trend.series for _, window in series.standing]
    first = min((window.from_ for window in windows), default=None)
    return count_trend(record.about, record.trend, first=first, gains_lost=_gains_lost(record))


def count_trend(about: About, trend: Trend, *, first: date | None, gains_lost: tuple[GainLost, ...]) -> Cumulative:
    """Count the grades of a trend.

    Args:
        about: what the chart says of itself.
        trend: what is counted.
        first: the first day that is counted, or None where nothing has dates.
        gains_lost: the gains that were not held, in order.
    """
    return Cumulative(
        about=about,
        trend=trend,
        from_=first,
        to=trend.to,
        lines=tuple(_line(series, first or trend.to) for series in trend.series),
        together=_together(trend),
        gains_lost=gains_lost,
    )


def _line(series: TrendSeries, first: date) -> CumulativeLine:
    days: dict[SpanKind, Counter[int | None]] = {kind: Counter() for kind in SpanKind}
    for span in series.spans:
        if span.to >= first:
            days[span.kind][span.grade] += (span.to - max(span.from_, first)).days + 1
    grades: list[int | None] = [grade.value for grade in series.area.grades]
    grades += [None] if days[SpanKind.ASSESSED][None] else []
    return CumulativeLine(
        area=series.area,
        carers=series.carers,
        carer_label=series.carer_label,
        unit=series.unit,
        times=tuple(
            GradeTime(grade=grade, assessed=days[SpanKind.ASSESSED][grade], between=days[SpanKind.BETWEEN][grade])
            for grade in grades
        ),
        not_known=days[SpanKind.NOT_KNOWN].total(),
        standing=series.standing,
        undated=len(series.points) - len(series.dated),
        runs=tuple(_runs(series)),
    )


def _runs(series: TrendSeries) -> list[Run]:
    """Return the runs at 4-5; an assessment without a grade of this area neither makes nor breaks one."""
    graded = [(point, window) for point, window in series.standing if point.grade is not None]
    found: list[Run] = []
    for high, group in groupby(graded, key=lambda each: is_high(series.area, each[0])):
        if high:
            run = list(group)
            ids = tuple(point.assessment for point, _ in run)
            found.append(Run(assessments=ids, first=run[0][1].from_, last=run[-1][1].from_))
    return found


def _together(trend: Trend) -> tuple[AreasAt, ...]:
    found: dict[str, tuple[TrendSeries, Window, dict[int, TrendPoint]]] = {}
    for series in trend.series:
        for point, window in series.standing:
            kept = found.setdefault(point.assessment, (series, window, {}))
            kept[2][trend.areas.index(series.area)] = point
    made = [
        AreasAt(
            assessment=id_,
            window=window,
            carer_label=series.carer_label,
            unit=series.unit,
            points=points,
            high=tuple(place for place, point in sorted(points.items()) if is_high(trend.areas[place], point)),
        )
        for id_, (series, window, points) in found.items()
    ]
    return tuple(sorted(made, key=lambda each: (each.unit, each.window.from_, each.window.to, each.assessment)))


def _gains_lost(record: ChartRecord) -> tuple[GainLost, ...]:
    """Return every gain that was not held, unit by unit, under each caregiving unit.

    Source: instrument.md, Comparison: "*Gain not held*: at 4-5, better in at least one signed-off assessment, at 4-5
    again; no target needed".
    """
    standing = {point.assessment for series in record.trend.series for point, _ in series.standing}
    by_id = {each.id: each for each in record.assessments if each.id in standing}
    labels = {series.carers: (series.carer_label, series.unit) for series in record.trend.series}
    found: list[GainLost] = []
    for carers, (label, unit) in labels.items():
        for history in _histories(record, carers, by_id):
            pack = record.packs[history[-1].pack, history[-1].pack_version]
            codes = dict.fromkeys(code for each in history for code in each.units if pack.has_unit(code))
            for code in codes:
                for lost in gain_not_held(pack, history, code, born=record.child.born):
                    again = by_id[lost.again]
                    found.append(
                        GainLost(
                            area=pack.area_of[pack.subarea_of(code).code].code,
                            code=code,
                            label=unit_label(record, again, code),
                            high=high_words(pack),
                            carer_label=label,
                            unit=unit,
                            first=by_id[lost.first].window,
                            better=by_id[lost.better].window,
                            again=again.window,
                            assessment=lost.again,
                        )
                    )
    found.sort(key=lambda each: (*(_begun(window) for window in (each.again, each.better, each.first)), each.unit))
    return tuple(found)


def _begun(window: Window | None) -> date:
    return date.min if window is None else window.from_


def _histories(
    record: ChartRecord, carers: Sequence[str], by_id: Mapping[str, Assessment]
) -> list[tuple[Assessment, ...]]:
    """Return one caregiving unit's assessments that can be compared by unit, pack by pack, oldest first."""
    found: dict[str, list[Assessment]] = {}
    for each in by_id.values():
        pack = record.packs[each.pack, each.pack_version]
        if {*each.carers} == {*carers} and not each.recorded_elsewhere and can_be_scored(pack, each, record.child.born):
            found.setdefault(each.pack, []).append(each)
    return [tuple(sorted(each, key=_starts)) for each in found.values()]


def _starts(assessment: Assessment) -> tuple[date, date, str]:
    window = assessment.window
    return (window.from_, window.to, assessment.id) if window else (date.max, date.max, assessment.id)


def unit_label(record: ChartRecord, assessment: Assessment, code: str) -> str:
    """Return what a unit is called in an assessment's pack and band."""
    pack = record.packs[assessment.pack, assessment.pack_version]
    unit = pack.units_in(record.profiles[assessment.id].band).get(code)
    return unit.label if unit is not None else code
