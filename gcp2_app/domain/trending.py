"""Makes a trend from a child's assessments: groups them, names what moved, and says which days are known.

The values are in :mod:`gcp2_app.domain.trend`. Knows no store and no clock: the last day comes in.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.breaks import Break
from gcp2_app.domain.grading import effective_grade
from gcp2_app.domain.instrument import Area, Pack, Policy
from gcp2_app.domain.scoring import Profile
from gcp2_app.domain.spans import GradedWindow, make_spans
from gcp2_app.domain.trend import (
    PackChange,
    ScaleGrade,
    Trend,
    TrendArea,
    TrendPoint,
    TrendSeries,
    UnitMove,
)

#: The time axis shows at least this many days before the first window, and is at least twice as long.
_LEAD_DAYS = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class _Done:
    """One assessment with its pack and results."""

    assessment: Assessment
    pack: Pack
    profile: Profile

    @property
    def order(self) -> tuple[bool, date, date, str]:
        window = self.assessment.window
        if window is None:
            return True, date.max, date.max, self.assessment.id
        return False, window.from_, window.to, self.assessment.id

    @property
    def pack_words(self) -> str:
        return pack_words(self.pack, self.assessment.policy)


def pack_words(pack: Pack, policy: Policy) -> str:
    """Return how a reader is told which pack, version and policy a grade rests on."""
    deciding = " or ".join(str(grade.value) for grade in pack.grades if grade.value >= pack.thresholds.override_from)
    words = {
        Policy.MODE_WITH_OVERRIDE: f"the most frequent grade, or a {deciding} decides",
        Policy.WORST: "the worst grade decides",
        Policy.JUDGEMENT: "the practitioner’s judgement decides",
    }
    return f"{pack.title} {pack.version}: {words[policy]}"


def make_trend(
    *,
    child_label: str,
    born: date | None,
    assessments: Iterable[Assessment],
    profiles: Mapping[str, Profile],
    packs: Mapping[tuple[str, str], Pack],
    names: Mapping[str, str],
    through: date,
    breaks: Iterable[Break] = (),
    practice: bool = False,
    birth: date | None = None,
) -> Trend:
    """Make the trend of one child.

    Args:
        child_label: who it is about, as the reader may know them.
        born: date of birth or expected date; the axis does not begin before it unless a window does.
        assessments: all of the child's, in any state and order.
        profiles: results by assessment id.
        packs: the packs by id and version.
        names: what carers are called, by person id.
        through: the last day of the time axis; a later window makes it longer.
        breaks: days past which nothing is carried.
        practice: a practice record.
        birth: the day the child was born; None before the birth, or where it is not known.
    """
    done = sorted(
        (
            _Done(
                assessment=assessment,
                pack=packs[assessment.pack, assessment.pack_version],
                profile=profiles[assessment.id],
            )
            for assessment in assessments
        ),
        key=lambda one: one.order,
    )
    from_, to = _axis(done, born, through)
    breaks = tuple(sorted(breaks, key=lambda one: one.on))
    areas = _areas(done)
    units = _caregiving_units(done)
    series = tuple(
        _series(
            area,
            own,
            number=number,
            carer_label=_carer_label(own[-1].assessment.carers, names),
            days=(from_, to),
            breaks=breaks,
        )
        for key, area in areas.items()
        for number, unit in enumerate(units)
        if (own := _own(key, unit, done))
    )
    return Trend(
        child_label=child_label,
        from_=from_,
        to=to,
        areas=tuple(areas.values()),
        series=series,
        breaks=tuple(one for one in breaks if from_ <= one.on <= to),
        pack_changes=tuple(_pack_changes(done)),
        packs=tuple(dict.fromkeys(one.pack_words for one in done)),
        cautions=tuple(dict.fromkeys(one.pack.caution for one in done if one.pack.caution)),
        practice=practice,
        birth=birth if birth is not None and _assessed_before(done, birth) and from_ <= birth <= to else None,
    )


def _axis(done: Sequence[_Done], born: date | None, through: date) -> tuple[date, date]:
    windows = [one.assessment.window for one in done if one.assessment.window is not None]
    if not windows:
        return through - timedelta(days=2 * _LEAD_DAYS), through
    first = min(window.from_ for window in windows)
    last = max([through, *(window.to for window in windows)])
    lead = timedelta(days=max(_LEAD_DAYS, (last - first).days // 12))
    start = first - lead
    if born is not None and first - 2 * lead <= born <= first:
        # A birth close to the first window is where the axis begins: nothing can be known before.
        start = born
    return min(start, last - timedelta(days=2 * _LEAD_DAYS)), last


def _assessed_before(done: Sequence[_Done], birth: date) -> bool:
    windows = (one.assessment.window for one in done)
    return any(window is not None and window.from_ < birth for window in windows)


def _areas(done: Sequence[_Done]) -> dict[tuple[object, ...], TrendArea]:
    """Return one small multiple an area and scale; the latest pack names it."""
    found: dict[tuple[object, ...], TrendArea] = {}
    for one in done:
        for area in one.pack.areas:
            if area.code in one.profile.areas:
                found[_area_key(one.pack, area)] = TrendArea(
                    code=area.code,
                    label=area.label,
                    grades=tuple(ScaleGrade(value=grade.value, label=grade.label) for grade in one.pack.grades),
                    thresholds=one.pack.thresholds,
                    subject=one.pack.subject,
                )
    return found


def _area_key(pack: Pack, area: Area) -> tuple[object, ...]:
    """Return what makes two packs' areas one small multiple: the same subject, code and scale."""
    return pack.subject, area.code, tuple(grade.value for grade in pack.grades)


def _own(key: tuple[object, ...], unit: frozenset[str], done: Sequence[_Done]) -> list[_Done]:
    """Return the assessments of one caregiving unit that have a result in one small multiple."""
    return [
        one
        for one in done
        if frozenset(one.assessment.carers) == unit
        and any(_area_key(one.pack, area) == key and area.code in one.profile.areas for area in one.pack.areas)
    ]


def _caregiving_units(done: Sequence[_Done]) -> list[frozenset[str]]:
    return list(dict.fromkeys(frozenset(one.assessment.carers) for one in done))


def _series(
    area: TrendArea,
    own: Sequence[_Done],
    *,
    number: int,
    carer_label: str,
    days: tuple[date, date],
    breaks: Sequence[Break],
) -> TrendSeries:
    # A correction takes the place of what it corrects once it is signed off itself.
    corrected = {
        one.assessment.corrects: one.assessment.id for one in own if one.assessment.corrects and one.assessment.locked
    }
    points: list[TrendPoint] = []
    before: tuple[_Done, TrendPoint] | None = None
    for one in own:
        point = _point(area, one, corrected.get(one.assessment.id))
        if point.current:
            if before is not None:
                point = _with_move(point, one, *before)
            before = one, point
        points.append(point)
    return TrendSeries(
        area=area,
        carers=own[-1].assessment.carers,
        carer_label=carer_label,
        unit=number,
        points=tuple(points),
        spans=make_spans(
            (
                GradedWindow(
                    assessment=point.assessment,
                    from_=point.window.from_,
                    to=point.window.to,
                    grade=point.shown_grade,
                )
                for point in points
                if point.window is not None and point.current
            ),
            from_=days[0],
            to=days[1],
            breaks=[one.on for one in breaks],
        ),
    )


def _point(area: TrendArea, one: _Done, corrected_by: str | None) -> TrendPoint:
    result = one.profile.areas[area.code]
    under = [one.profile.subareas[code] for code in _subareas(one, area.code)]
    return TrendPoint(
        assessment=one.assessment.id,
        area=area.code,
        window=one.assessment.window,
        grade=result.grade,
        provisional=result.provisional,
        thin=result.thin,
        scored=sum(subarea.scored for subarea in under),
        of=sum(subarea.of for subarea in under),
        counts=result.counts,
        reason=result.reason,
        decided_by=_deciding_units(one, area.code),
        recorded_elsewhere=one.assessment.recorded_elsewhere,
        pack=one.pack.id,
        pack_version=one.pack.version,
        pack_title=one.pack.title,
        policy=one.assessment.policy,
        state=one.assessment.state,
        corrected_by=corrected_by,
    )


def _subareas(one: _Done, area: str) -> list[str]:
    return [code for code in one.profile.subareas if one.pack.area_of[code].code == area]


def _deciding_units(one: _Done, area: str) -> tuple[str, ...]:
    """Return the units behind the area's grade: those that decide its deciding sub-areas."""
    deciding = one.profile.areas[area].decided_by
    return tuple(unit for code in deciding for unit in one.profile.subareas[code].decided_by)


def _with_move(point: TrendPoint, one: _Done, earlier: _Done, before: TrendPoint) -> TrendPoint:
    """Say where the series came from, and which units moved it."""
    point = replace(point, before=before.shown_grade)
    if point.before is None or point.shown_grade in (None, point.before):
        return point
    if not _comparable(one, earlier):
        return point
    moves = [
        move for code in _subareas(one, point.area) for move in _moves(one, earlier, code) if move.before != move.after
    ]
    worse = (point.shown_grade or 0) > point.before
    deciding = point.decided_by if worse else before.decided_by
    chosen = [move for move in moves if move.code in deciding and _goes(move, worse=worse)]
    chosen = chosen or [move for move in moves if _goes(move, worse=worse)]
    chosen.sort(key=lambda move: (-(move.after or 0), move.code))
    return replace(point, moved_by=tuple(chosen))


def _comparable(one: _Done, earlier: _Done) -> bool:
    """Whether two assessments compare by unit: same pack, version and policy, neither recorded elsewhere."""
    return (
        (one.pack.id, one.pack.version, one.assessment.policy)
        == (earlier.pack.id, earlier.pack.version, earlier.assessment.policy)
        and not one.assessment.recorded_elsewhere
        and not earlier.assessment.recorded_elsewhere
    )


def _moves(one: _Done, earlier: _Done, subarea: str) -> Iterator[UnitMove]:
    for unit in one.pack.subareas[subarea].units_in(one.profile.band):
        # A unit is its code and band: across bands one that is not in all of them does not compare.
        if unit.bands and one.profile.band != earlier.profile.band:
            continue
        yield UnitMove(
            code=unit.code,
            label=unit.label,
            before=effective_grade(earlier.assessment.answer(unit.code)).grade,
            after=effective_grade(one.assessment.answer(unit.code)).grade,
        )


def _goes(move: UnitMove, *, worse: bool) -> bool:
    """Whether a unit's move pulls the area that way; one no longer scored can only seem to improve it."""
    if move.after is None or move.before is None:
        return (move.before is None) == worse
    return (move.after > move.before) == worse


def _carer_label(carers: Sequence[str], names: Mapping[str, str]) -> str:
    if not carers:
        return "carers not recorded"
    return " and ".join(names.get(carer) or "a carer not named" for carer in carers)


def _pack_changes(done: Sequence[_Done]) -> Iterator[PackChange]:
    dated = [one for one in done if one.assessment.window is not None]
    for before, after in pairwise(dated):
        if before.pack_words != after.pack_words and after.assessment.window is not None:
            yield PackChange(
                on=after.assessment.window.from_,
                before=before.pack_words,
                after=after.pack_words,
            )
