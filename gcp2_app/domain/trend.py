"""Area grades over time, as data: what the trend chart draws, its table lists and its sentence says.

One point for each assessment and area, one series for each caregiving unit and area; every point is kept. Knows
assessments, profiles and packs; nothing of drawing, files or dates of today.

Source: experience.md, Charts, Trend; instrument.md, Roll-up.
"""

from dataclasses import dataclass, replace
from datetime import date

from gcp2_app.domain.assessment import AssessmentState, Window
from gcp2_app.domain.breaks import Break
from gcp2_app.domain.circumstances import Circumstance
from gcp2_app.domain.instrument import Policy, Subject, Thresholds
from gcp2_app.domain.scoring import Counts, Reason
from gcp2_app.domain.spans import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleGrade:
    """One step of the axis: the stored value and the readers' words for it."""

    value: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendArea:
    """One small multiple: an area of care on one scale.

    Attributes:
        code: the area's code in its pack.
        grades: the scale, best first. Ordinal: the distance between two grades means nothing.
        thresholds: from which values grades are watched, alert, and override.
        subject: whom its pack is about.
    """

    code: str
    label: str
    grades: tuple[ScaleGrade, ...]
    thresholds: Thresholds
    subject: Subject = Subject.CHILD

    def rank(self, value: int) -> int:
        """Return the rank of a grade value on this scale, 1 the best."""
        return [grade.value for grade in self.grades].index(value) + 1

    def words(self, value: int) -> str:
        """Return a grade as readers see it: its number and its label."""
        return f"{value}, {self.grades[self.rank(value) - 1].label}"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitMove:
    """One unit whose grade differs from the assessment before.

    Attributes:
        before, after: grade values; None where the unit had no grade.
    """

    code: str
    label: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendPoint:
    """One area of one assessment.

    Attributes:
        assessment: id of the assessment, for the way back to it.
        area: code of the area.
        window: its days; None where the assessment has none, so that it has no place on the axis.
        grade: the rolled-up grade value, or None.
        provisional: something that applies has no grade yet, or practitioners differ.
        thin: too little was seen for a grade this good to show as a number.
        scored, of: units scored, of those that apply.
        counts: units at each grade worth watching, and without a grade.
        decided_by: codes of the units that hold the deciding grade.
        recorded_elsewhere: done on paper or in another system; holds sub-area grades only.
        pack_title: what readers call the pack.
        corrected_by: id of the assessment that corrects this one, or None.
        before: the shown grade of the point before in the same series, or None.
        moved_by: the units that caused the change since the point before, worst first.
    """

    assessment: str
    area: str
    window: Window | None
    grade: int | None
    provisional: bool
    thin: bool
    scored: int
    of: int
    counts: Counts
    reason: Reason
    decided_by: tuple[str, ...]
    recorded_elsewhere: bool
    pack: str
    pack_version: str
    pack_title: str
    policy: Policy
    state: AssessmentState
    corrected_by: str | None = None
    before: int | None = None
    moved_by: tuple[UnitMove, ...] = ()

    @property
    def shown_grade(self) -> int | None:
        """The grade that may show as a number: None where there is none or too little was seen."""
        return None if self.thin else self.grade

    @property
    def current(self) -> bool:
        """Whether it stands: it has dates, and no later version corrects it."""
        return self.window is not None and self.corrected_by is None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendSeries:
    """One area under one caregiving unit.

    Attributes:
        area: the small multiple it is drawn in.
        carers: ids of the caregiving unit, the main one first.
        carer_label: their names, or what they are to the child.
        unit: number of the caregiving unit in the trend, from 0; decides its marker and colour.
        points: oldest first; points without dates last.
        spans: every day from the trend's first to its last: assessed, between assessments, or not known.
    """

    area: TrendArea
    carers: tuple[str, ...]
    carer_label: str
    unit: int
    points: tuple[TrendPoint, ...]
    spans: tuple[Span, ...]

    @property
    def dated(self) -> tuple[tuple[TrendPoint, Window], ...]:
        """The points that have a place on the axis, with their days."""
        return tuple((point, point.window) for point in self.points if point.window is not None)

    @property
    def standing(self) -> tuple[tuple[TrendPoint, Window], ...]:
        """The points that have a place on the axis and that no later version corrects, with their days."""
        return tuple((point, window) for point, window in self.dated if point.current)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackChange:
    """A day from which another pack, version or roll-up policy holds. Grades either side compare with care."""

    on: date
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """A child's grades over time.

    Attributes:
        child_label: who it is about, as the reader may know them.
        from_, to: the days of the time axis, both inclusive; before the first window nothing is known.
        areas: the small multiples, in the packs' order.
        series: one for each area and caregiving unit.
        breaks: days past which nothing is carried, within the axis.
        pack_changes: where pack, version or policy changes, oldest first.
        birth: the day of the birth, where it falls within the axis and something was assessed before it.
        packs: title, version and policy of every pack in it.
        cautions: what the packs ask every page to say.
        practice: a practice record: no real child.
        circumstances: periods that changed the work, shaded behind everything.
        narrowed: only a part of the record is looked at.
    """

    child_label: str
    from_: date
    to: date
    areas: tuple[TrendArea, ...]
    series: tuple[TrendSeries, ...]
    breaks: tuple[Break, ...] = ()
    pack_changes: tuple[PackChange, ...] = ()
    packs: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    practice: bool = False
    birth: date | None = None
    circumstances: tuple[Circumstance, ...] = ()
    narrowed: bool = False

    @property
    def there(self) -> str:
        """What is said of something that is missing: it is not "recorded", or of a part of the record not "shown"."""
        return "shown" if self.narrowed else "recorded"

    @property
    def by_subject(self) -> tuple["Trend", ...]:
        """One trend for each kind of subject, before the birth first: their areas are never read side by side."""
        subjects = {area.subject for area in self.areas}
        if len(subjects) < 2:
            return (self,)
        return tuple(self._of_subject(subject) for subject in (Subject.UNBORN, Subject.CHILD))

    def _of_subject(self, subject: Subject) -> "Trend":
        series = tuple(each for each in self.series if each.area.subject is subject)
        made_with = {f"{point.pack_title} {point.pack_version}:" for each in series for point in each.points}
        packs = tuple(words for words in self.packs if any(words.startswith(name) for name in made_with))
        return replace(
            self,
            areas=tuple(area for area in self.areas if area.subject is subject),
            series=series,
            packs=packs,
            pack_changes=tuple(each for each in self.pack_changes if {each.before, each.after} <= {*packs}),
        )

    @property
    def assessments(self) -> tuple[str, ...]:
        """Ids of the assessments in it, oldest first; those without dates last."""
        dated = {point.assessment: point.window for series in self.series for point in series.points}
        return tuple(
            sorted(dated, key=lambda id_: (dated[id_] is None, _start(dated[id_]), id_)),
        )


def _start(window: Window | None) -> date:
    return date.max if window is None else window.from_
