"""Planning a window of several visits: which visit covered what, what the next one must look at, how long is left.

Knows a pack, one assessment and the child's visits; the day comes in. It counts visits and units and never judges a
family: what is not covered yet is work for the practitioner.

Source: instrument.md, The unit of work (window, visits, evidence); casework.md, How rules read the record.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gcp2_app.domain.answers import Evidence, EvidenceSource, UnitAnswer, UnitState
from gcp2_app.domain.assessment import Assessment, Window
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.grading import effective_grade, latest_grades, verified
from gcp2_app.domain.instrument import Pack
from gcp2_app.domain.register import Child
from gcp2_app.domain.scoring import band_of, can_be_scored
from gcp2_app.domain.targets import default_review_due
from gcp2_app.domain.visits import asks_awake, sighting_of
from gcp2_app.domain.when import When, completed_months

_SEEN = frozenset({EvidenceSource.SEEN_AT_HOME, EvidenceSource.SEEN_ELSEWHERE})
#: What is gathered on a visit; a record or another professional's account is not, whatever its day.
_ON_A_VISIT = _SEEN | {EvidenceSource.CHILD_SAID, EvidenceSource.CARER_SAID}
_IN_PERSON = frozenset({"home", "doorstep", "school", "clinic", "office"})


class Access(StrEnum):
    """What became of a visit. The values are names for the program, not words for readers."""

    GIVEN = "given"
    CHILD_ABSENT = "child_absent"
    REFUSED = "refused"
    NO_ANSWER = "no_answer"
    CANCELLED_BY_FAMILY = "cancelled_by_family"
    CANCELLED_BY_SERVICE = "cancelled_by_service"
    NOT_SAID = "not_said"


#: What the field ``access`` of a visit can say.
_SAID = (Access.GIVEN, Access.CHILD_ABSENT, Access.REFUSED, Access.NO_ANSWER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One visit or contact of the window.

    Attributes:
        on: the day it counts on.
        certain: its date is not approximate.
        mode: how the contact was made, a code of the kind ``visit``, or empty.
        announced: None where that is not said.
        late: it was after the window's last day.
        seen, alone, awake: of the child; None where that is not said.
    """

    id: str
    on: date
    certain: bool
    mode: str
    announced: bool | None
    access: Access
    late: bool
    seen: bool | None = None
    alone: bool | None = None
    awake: bool | None = None

    @property
    def took_place(self) -> bool:
        """Whether somebody was met: it was not cancelled, and access was not refused and the door did not stay shut."""
        return self.access in {Access.GIVEN, Access.CHILD_ABSENT, Access.NOT_SAID}

    @property
    def in_person(self) -> bool:
        """Whether it took place and was no call, letter or third party."""
        return self.took_place and self.mode in _IN_PERSON


class Need(StrEnum):
    """Why the next visit has to look at a unit; the first that holds is told."""

    NOT_VERIFIED = "not_verified"
    NOT_OBSERVED = "not_observed"
    NOTHING_YET = "nothing_yet"
    NOT_SEEN = "not_seen"


class ChildNeed(StrEnum):
    """What of the child, or of the way visits were made, is still open."""

    NO_VISIT = "no_visit"
    NOT_SEEN = "not_seen"
    NOT_AWAKE = "not_awake"
    NOT_ALONE = "not_alone"
    NONE_UNANNOUNCED = "none_unannounced"


@dataclass(frozen=True, slots=True, kw_only=True)
class Countdown:
    """Where a day stands in the window.

    Attributes:
        day: number of the day, 1 on the first; 0 or less before it.
        days: length of the window in days.
        usual_days: length a window usually has, from the pack.
        reason_beyond_days: longer than this needs a reason, from the pack.
        reason_given: the reason is written.
    """

    day: int
    days: int
    usual_days: int
    reason_beyond_days: int
    reason_given: bool

    @property
    def days_left(self) -> int:
        """Days after this one; less than nothing once the window is over."""
        return self.days - self.day

    @property
    def is_long(self) -> bool:
        """Whether the window is longer than usual, or the day is past the usual length."""
        return max(self.days, self.day) > self.usual_days

    @property
    def reason_needed(self) -> bool:
        """Whether the window is so long that it needs a reason, and has none."""
        return self.days > self.reason_beyond_days and not self.reason_given


@dataclass(frozen=True, slots=True, kw_only=True)
class LateUnit:
    """A unit that was graded, or given evidence, after the window's last day.

    Attributes:
        graded_on: the latest such day of a grade, or None.
        evidence_on: the latest such day of a piece of evidence, or None.
    """

    code: str
    graded_on: date | None
    evidence_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierReview:
    """What units marked as temporary do to the review.

    Attributes:
        codes: the units.
        usual: the day the review would usually be due, or None where the window has no dates.
        due: the day it is due.
    """

    codes: tuple[str, ...]
    usual: date | None
    due: date | None

    @property
    def days_earlier(self) -> int:
        """By how many days the review is brought forward; 0 where it is not."""
        if self.usual is None or self.due is None:
            return 0
        return max(0, (self.usual - self.due).days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the visits of a window covered and what is left.

    Attributes:
        visits: oldest first; those after the window's end are marked late.
        covered: per visit id, codes of the units with evidence from it, in the pack's order.
        elsewhere: codes of units with evidence that came from no visit listed.
        needs: per unit code, why the next visit has to look at it, in the pack's order.
        child: what of the child is open.
        late: units graded or evidenced after the window's end.
        earlier_review: what temporary circumstances do to the review, or None where nothing is marked so.
    """

    visits: tuple[Visit, ...]
    covered: Mapping[str, tuple[str, ...]]
    elsewhere: tuple[str, ...]
    needs: Mapping[str, Need]
    child: tuple[ChildNeed, ...]
    late: tuple[LateUnit, ...]
    earlier_review: EarlierReview | None

    def units_that(self, need: Need) -> tuple[str, ...]:
        """Return codes of the units with this need."""
        return tuple(code for code, found in self.needs.items() if found is need)


def visit_of(entry: Entry, window: Window, child: str) -> Visit | None:
    """Return an entry as a visit of the window, or None where it is none: another kind, in error, before it, undated.

    How the child was seen is said of this child, whoever else the visit was to. A range or month counts on its last
    day. The day it started counts before when the entry says it happened.

    Source: casework.md, How rules read the record.
    """
    if entry.kind != "visit" or entry.entered_in_error is not None:
        return None
    data = entry.data
    started = data.get("started")
    when = When(started) if isinstance(started, str) and started else entry.when
    if when is None or when.last is None or when.last < window.from_:
        return None
    mode, mine = data.get("mode"), sighting_of(entry, child)
    return Visit(
        id=entry.id,
        on=when.last,
        certain=when.certain,
        mode=mode if isinstance(mode, str) else "",
        announced=_yes_or_no(data.get("announced")),
        access=_access(data),
        late=when.last > window.to,
        seen=_yes_or_no(mine.seen),
        alone=_yes_or_no(mine.alone),
        awake=_yes_or_no(mine.awake),
    )


def visits_of(entries: Iterable[Entry], window: Window, child: str) -> tuple[Visit, ...]:
    """Return the visits among entries from the window's first day on, oldest first."""
    found = (visit_of(entry, window, child) for entry in entries)
    return tuple(sorted((visit for visit in found if visit is not None), key=lambda visit: (visit.on, visit.id)))


def countdown(pack: Pack, assessment: Assessment, today: date) -> Countdown | None:
    """Return where a day stands in the window; None where the window has no dates."""
    window = assessment.window
    if window is None:
        return None
    return Countdown(
        day=(today - window.from_).days + 1,
        days=window.days,
        usual_days=pack.window.default_days,
        reason_beyond_days=pack.window.reason_beyond_days,
        reason_given=bool(assessment.window_reason.strip()),
    )


def plan(pack: Pack, assessment: Assessment, child: Child, visits: Sequence[Visit]) -> Plan:
    """Return what the visits covered and what the next one must look at.

    An assessment whose age band is not known has no units to cover yet; one recorded elsewhere has no visits of ours.

    Args:
        pack: the pack version it was made with.
        assessment: as the practitioner may see it.
        child: whom it is about.
        visits: of :func:`visits_of`.
    """
    known = not assessment.recorded_elsewhere and can_be_scored(pack, assessment, child.born)
    codes = tuple(pack.units_in(band_of(pack, assessment, child.born))) if known else ()
    answers = {code: assessment.answer(code) for code in codes}
    covered: dict[str, list[str]] = {visit.id: [] for visit in visits}
    elsewhere: list[str] = []
    for code, answer in answers.items():
        homes = [visit_with(piece, visits) for piece in answer.evidence]
        for home in dict.fromkeys(home for home in homes if home is not None):
            covered[home].append(code)
        if None in homes:
            elsewhere.append(code)
    needs = {code: need_of(pack, answer) for code, answer in answers.items()}
    return Plan(
        visits=tuple(visits),
        covered={id_: tuple(units) for id_, units in covered.items()},
        elsewhere=tuple(elsewhere),
        needs={code: need for code, need in needs.items() if need is not None},
        child=() if assessment.recorded_elsewhere else child_needs(pack, assessment, child, visits),
        late=late_units(assessment, codes),
        earlier_review=earlier_review(pack, assessment),
    )


def visit_with(piece: Evidence, visits: Sequence[Visit]) -> str | None:
    """Return id of the visit a piece of evidence comes from, or None.

    The visit it names; else, for what was seen or heard, the only visit of its day that took place. Of two on one day
    nobody knows which.
    """
    if piece.visit is not None:
        return next((visit.id for visit in visits if visit.id == piece.visit), None)
    if piece.on is None or piece.source not in _ON_A_VISIT:
        return None
    same_day = [visit.id for visit in visits if visit.on == piece.on and visit.took_place]
    return same_day[0] if len(same_day) == 1 else None


def need_of(pack: Pack, answer: UnitAnswer) -> Need | None:
    """Return why the next visit has to look at a unit, or None where it need not.

    A unit that does not apply, or that the family declined, is not asked for again.
    """
    if answer.state in {UnitState.NOT_APPLICABLE, UnitState.DECLINED}:
        return None
    if answer.state is UnitState.NOT_OBSERVED:
        return Need.NOT_OBSERVED
    grade = effective_grade(answer).grade
    if grade is not None and grade >= pack.thresholds.alert_from and not verified(answer):
        return Need.NOT_VERIFIED
    if any(piece.source in _SEEN for piece in answer.evidence):
        return None
    return Need.NOT_SEEN if answer.evidence or grade is not None else Need.NOTHING_YET


def child_needs(pack: Pack, assessment: Assessment, child: Child, visits: Sequence[Visit]) -> tuple[ChildNeed, ...]:
    """Return what of the child, and of the way visits were made, is still open.

    Only visits whose date is certain count. A child not born yet is not asked for; one below the pack's age of a baby
    is not asked to be seen alone, one of three years or more not to be seen awake: the visit sheet does not ask it.

    Source: casework.md, LP7 (child seen, alone, awake); instrument.md (announced and unannounced visits).
    """
    met = [visit for visit in visits if visit.in_person and visit.certain]
    if not met:
        return (ChildNeed.NO_VISIT,)
    found: list[ChildNeed] = []
    if child.date_of_birth is not None:
        months = completed_months(child.date_of_birth, max(visit.on for visit in met))
        if not any(visit.seen for visit in met):
            found.append(ChildNeed.NOT_SEEN)
        if asks_awake(child.date_of_birth, max(visit.on for visit in met)) and not any(visit.awake for visit in met):
            found.append(ChildNeed.NOT_AWAKE)
        if months >= pack.targets.baby_under_months and not any(visit.alone for visit in met):
            found.append(ChildNeed.NOT_ALONE)
    if assessment.window is not None and not any(visit.announced is False for visit in met):
        found.append(ChildNeed.NONE_UNANNOUNCED)
    return tuple(found)


def late_units(assessment: Assessment, codes: Iterable[str]) -> tuple[LateUnit, ...]:
    """Return the units graded or given evidence after the window's last day, in the order of the codes."""
    window = assessment.window
    if window is None:
        return ()
    found: list[LateUnit] = []
    for code in codes:
        answer = assessment.answer(code)
        graded = [given.on for given in latest_grades(answer).values() if given.on and given.on > window.to]
        evidenced = [piece.on for piece in answer.evidence if piece.on and piece.on > window.to]
        if graded or evidenced:
            found.append(
                LateUnit(code=code, graded_on=max(graded, default=None), evidence_on=max(evidenced, default=None))
            )
    return tuple(found)


def earlier_review(pack: Pack, assessment: Assessment) -> EarlierReview | None:
    """Return what units marked as a temporary circumstance do to the review; None where no unit is marked.

    Source: instrument.md, "a passing crisis is marked temporary circumstance and brings the review forward".
    """
    codes = tuple(code for code, answer in assessment.units.items() if answer.temporary)
    if not codes:
        return None
    usual = default_review_due(pack, assessment)
    return EarlierReview(codes=codes, usual=usual, due=assessment.review_due or usual)


def _access(data: Mapping[str, object]) -> Access:
    cancelled = data.get("cancelled_by")
    if cancelled in {"family", "service"}:
        return Access(f"cancelled_by_{cancelled}")
    said = data.get("access")
    return next((access for access in _SAID if access.value == said), Access.NOT_SAID)


def _yes_or_no(value: object) -> bool | None:
    return value if isinstance(value, bool) else None
