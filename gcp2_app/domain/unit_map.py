"""Units by assessments, as data: the grade of every unit in every assessment, and what changed since the one before.

Every assessment has a column, corrected and undated ones too; every unit that any of them answered has a row. Homes
and carers stand apart. Knows assessments and packs; nothing of drawing.

Source: experience.md, Charts, Unit heat map; instrument.md, Comparison.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gcp2_app.domain.answers import UnitAnswer, UnitState
from gcp2_app.domain.assessment import Assessment, AssessmentState, Window
from gcp2_app.domain.charting import About, ChartRecord
from gcp2_app.domain.comparison import Change, UnitChange, compare
from gcp2_app.domain.grading import effective_grade
from gcp2_app.domain.instrument import Pack, Unit
from gcp2_app.domain.scoring import can_be_scored
from gcp2_app.domain.trend import PackChange, TrendPoint, TrendSeries

#: A row: pack, and the unit's code with its label; the same code in two bands is two units.
RowKey = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow:
    """One unit of one pack.

    Attributes:
        area: what its area is called.
        whole: it is a sub-area, graded as a whole in an assessment recorded elsewhere.
    """

    key: RowKey
    code: str
    label: str
    area: str
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitCell:
    """One unit in one assessment.

    Attributes:
        state: why there is a grade, or none.
        grade: a grade value, or None.
        rank, of: its rank on the scale, 1 the best, and how many grades the scale has; 0 without a grade.
        high: at 4-5.
        settled: False while practitioners differ.
        reason: why it is not scored, where that is recorded.
        change: since the assessment before of the same carers, or None.
        before: the grade there, or None.
        why_not: why it cannot be compared, or empty.
    """

    state: UnitState
    grade: int | None
    rank: int = 0
    of: int = 0
    high: bool = False
    settled: bool = True
    reason: str = ""
    change: Change | None = None
    before: int | None = None
    why_not: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitColumn:
    """One assessment.

    Attributes:
        compared_with: window of the assessment it is compared with, or None.
        not_comparable: why nothing of it compares, or empty.
    """

    assessment: str
    window: Window | None
    carers: tuple[str, ...]
    carer_label: str
    unit: int
    state: AssessmentState
    pack_words: str
    recorded_elsewhere: bool
    corrected: bool
    provisional: bool
    cells: Mapping[RowKey, UnitCell]
    compared_with: Window | None = None
    not_comparable: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitMap:
    """All units in all assessments.

    Attributes:
        rows: pack by pack, in the pack's order.
        columns: caregiving unit by caregiving unit, oldest first, those without dates last.
        values: grade values with their labels, for the key, best first.
    """

    about: About
    rows: tuple[UnitRow, ...]
    columns: tuple[UnitColumn, ...]
    pack_changes: tuple[PackChange, ...]
    packs: tuple[str, ...]
    cautions: tuple[str, ...]


def make_unit_map(record: ChartRecord) -> UnitMap:
    """Lay out every unit of every assessment of a record."""
    by_id = {each.id: each for each in record.assessments}
    columns: list[UnitColumn] = []
    rows: dict[RowKey, UnitRow] = {}
    before: dict[int, Assessment] = {}
    for series, point in _one_point_each(record):
        assessment = by_id[point.assessment]
        earlier = before.get(series.unit)
        columns.append(_column(record, series, assessment, earlier, corrected=bool(point.corrected_by)))
        if point.current:
            before[series.unit] = assessment
    for column in columns:
        rows.update({row.key: row for row in _rows(record, by_id[column.assessment]) if row.key in column.cells})
    return UnitMap(
        about=record.about,
        rows=_in_order(record, rows),
        columns=tuple(columns),
        pack_changes=record.trend.pack_changes,
        packs=record.trend.packs,
        cautions=record.trend.cautions,
    )


def _one_point_each(record: ChartRecord) -> list[tuple[TrendSeries, TrendPoint]]:
    """Return one point of each assessment, caregiving unit by caregiving unit, oldest first, undated ones last."""
    found: dict[str, tuple[TrendSeries, TrendPoint]] = {}
    for series in record.trend.series:
        for point in series.points:
            found.setdefault(point.assessment, (series, point))
    place = {id_: number for number, id_ in enumerate(record.trend.assessments)}
    return sorted(found.values(), key=lambda each: (each[0].unit, place[each[1].assessment]))


def _column(
    record: ChartRecord,
    series: TrendSeries,
    assessment: Assessment,
    before: Assessment | None,
    *,
    corrected: bool,
) -> UnitColumn:
    pack = record.packs[assessment.pack, assessment.pack_version]
    profile = record.profiles[assessment.id]
    changes: Mapping[str, UnitChange] = {}
    why_not = ""
    if before is not None and _scored(record, assessment) and _scored(record, before):
        compared = compare(pack, before, assessment, born=record.child.born, unannounced=record.unannounced)
        changes, why_not = compared.units, compared.not_comparable
        if not why_not and (assessment.recorded_elsewhere or before.recorded_elsewhere):
            why_not = "One of the two was recorded elsewhere, without its units."
    return UnitColumn(
        assessment=assessment.id,
        window=assessment.window,
        carers=assessment.carers,
        carer_label=series.carer_label,
        unit=series.unit,
        state=assessment.state,
        pack_words=f"{pack.title} {pack.version}",
        recorded_elsewhere=assessment.recorded_elsewhere,
        corrected=corrected,
        provisional=any(result.provisional for result in profile.areas.values()),
        cells={
            row.key: _cell(pack, assessment.answer(row.code), changes.get(row.code))
            for row in _rows(record, assessment)
        },
        compared_with=before.window if before is not None and not why_not else None,
        not_comparable=why_not,
    )


def _scored(record: ChartRecord, assessment: Assessment) -> bool:
    pack = record.packs[assessment.pack, assessment.pack_version]
    return can_be_scored(pack, assessment, record.child.born)


def _cell(pack: Pack, answer: UnitAnswer, change: UnitChange | None) -> UnitCell:
    effective = effective_grade(answer)
    grade = effective.grade
    return UnitCell(
        state=answer.state,
        grade=grade,
        rank=pack.rank(grade) if grade is not None else 0,
        of=len(pack.grades),
        high=grade is not None and grade >= pack.thresholds.alert_from,
        settled=effective.settled,
        reason=answer.reason,
        change=change.change if change is not None else None,
        before=change.before if change is not None else None,
        why_not=change.why_not if change is not None else "",
    )


def _rows(record: ChartRecord, assessment: Assessment) -> Iterator[UnitRow]:
    """Yield the rows an assessment fills: its band's units, or the sub-areas of one recorded elsewhere."""
    pack = record.packs[assessment.pack, assessment.pack_version]
    if assessment.recorded_elsewhere:
        for code, subarea in pack.subareas.items():
            if code in assessment.units:
                yield _row(pack, code, subarea.label, whole=True)
        return
    if not _scored(record, assessment):
        units: dict[str, Unit] = {
            unit.code: unit
            for subarea in pack.subareas.values()
            for unit in subarea.units
            if unit.code in assessment.units
        }
    else:
        units = dict(pack.units_in(record.profiles[assessment.id].band))
    closed = record.profiles[assessment.id].closed
    for code, unit in units.items():
        if pack.area_of[pack.subarea_of(code).code].code not in closed:
            yield _row(pack, code, unit.label)


def _row(pack: Pack, code: str, label: str, *, whole: bool = False) -> UnitRow:
    area = pack.area_of[pack.subarea_of(code).code]
    mark = "whole" if whole and code in pack.unit_codes else ""
    return UnitRow(key=(pack.id, code, f"{label}{mark}"), code=code, label=label, area=area.label, whole=whole)


def _in_order(record: ChartRecord, rows: Mapping[RowKey, UnitRow]) -> tuple[UnitRow, ...]:
    """Return rows pack by pack in the pack's own order; a sub-area graded as a whole stands before its units."""
    latest = {pack.id: pack for _, pack in sorted(record.packs.items(), key=lambda item: item[0])}
    order = {id_: place for place, id_ in enumerate(dict.fromkeys(each.pack for each in record.assessments))}

    def place(row: UnitRow) -> tuple[int, int, bool, int]:
        pack = latest[row.key[0]]
        subareas = list(pack.subareas)
        codes = pack.unit_codes
        at = codes.index(row.code) if row.code in codes else -1
        return order.get(row.key[0], 0), subareas.index(pack.subarea_of(row.code).code), not row.whole, at

    return tuple(sorted(rows.values(), key=place))
