"""LP12: school attendance that is low, falls or is not authorised, and children without a school.

Source: casework.md, row LP12.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gcp2_app.domain.alerts import Job, Level
from gcp2_app.domain.calendar import add_months
from gcp2_app.domain.rules.reading import certain, ids, last_seen, on_plan_or_marked
from gcp2_app.domain.rules.record import Fact
from gcp2_app.domain.rules.registry import Finding, rule
from gcp2_app.domain.rules.sessions import Span, attended_of, begun, spans
from gcp2_app.domain.rules.view import View
from gcp2_app.domain.words import capital, counted, listed, long_date

_DAY = timedelta(days=1)
_FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Attendance:
    """What low attendance is.

    Attributes:
        below_percent: below so many per cent of the possible sessions of the school year is low.
        sessions: over so many possible sessions or more.
        marked_sessions: so many, on a child protection plan or with a neglect marker.
        far_below_percent: below so many per cent is very low.
        unseen_school_days: unseen longer than this, on a child protection plan, is urgent.
        unauthorised_codes, illness_codes: register codes.
        year_starts_month: the month a school year begins with.
    """

    below_percent: int
    sessions: int
    marked_sessions: int
    far_below_percent: int
    unseen_school_days: int
    unauthorised_codes: tuple[str, ...]
    illness_codes: tuple[str, ...]
    year_starts_month: int


@rule(
    "LP12.attendance",
    Attendance,
    next="Look at the reasons with the school, the GP and the school nurse.",
    job=Job.SCHOOL,
    start="meeting/three_way",
)
def attendance(view: View, numbers: Attendance) -> Finding | None:
    """Attendance below 90 % of the school year's possible sessions, and how much that worries.

    The school year is the one that is running; a span belongs to the one its last day lies in. Unauthorised is one
    session or more; mostly illness is more than half of those missed. A school day is a working day. Unseen is by
    nobody, as far as a day is recorded.

    Source: casework.md, LP12: "< 90 % over ≥ 60 possible sessions (≥ 20 with CP or neglect marker) → watch, and → act
    with CP, neglect marker, unauthorised codes, or mostly illness; < 50 % → act, on CP and unseen by anyone for 5
    school days → urgent".
    """
    start = view.running_year(numbers.year_starts_month)
    found = [span for span in spans(view) if span.to >= start]
    attended, possible = attended_of(found)
    if not possible or attended * 100 >= numbers.below_percent * possible:
        return None
    # Whether the child is marked is asked only where the answer hangs on it: it is the dearest question.
    is_long = possible >= numbers.sessions
    if not is_long and (possible < numbers.marked_sessions or not on_plan_or_marked(view)):
        return None
    missed = sum(span.missed for span in found)
    unauthorised = sum(span.unauthorised(numbers.unauthorised_codes) for span in found)
    ill = sum(span.under_codes(numbers.illness_codes) for span in found)
    far_below = attended * 100 < numbers.far_below_percent * possible
    share = attended * 100 // possible
    said = [f"{counted(attended, 'session')} of {possible} possible ones attended this school year, {share}%"]
    said += [f"{unauthorised} unauthorised"] if unauthorised else []
    said += [f"{ill} of {missed} missed for illness"] if ill else []
    worse = bool(unauthorised) or 2 * ill > missed or far_below or not is_long
    level = Level.ACT if worse or on_plan_or_marked(view) else Level.WATCH
    unseen = ""
    if far_below and view.on_child_protection() is not None:
        seen = last_seen(view)
        if seen is None or view.passed(seen, working=numbers.unseen_school_days):
            level = Level.URGENT
            after = f" after {long_date(seen)}" if seen is not None else ""
            unseen = f" On a child protection plan, and no day{after} is recorded on which anybody saw the child."
    return Finding(
        text=f"{capital('; '.join(said))}.{unseen}",
        entries=ids(span.fact for span in found),
        level=level,
        next="Today: make sure that somebody sees this child." if unseen else "",
        rests_on_nothing=bool(unseen),
    )


@dataclass(frozen=True, slots=True)
class AttendanceDrop:
    """``points`` between two spans of ``sessions`` possible or more."""

    points: int
    sessions: int


@rule(
    "LP12.attendance_drop",
    AttendanceDrop,
    next="Ask the school and the child what has changed.",
    job=Job.SCHOOL,
    start="note",
)
def attendance_drop(view: View, numbers: AttendanceDrop) -> Finding | None:
    """Attendance fell by fifteen points or more between the two latest spans with forty possible sessions each.

    Shorter spans are passed over, and so is the end of a school year.

    Source: casework.md, LP12: "≥ 15 points between two successive entries with ≥ 40 possible sessions each".
    """
    latest = [span for span in spans(view) if span.possible >= max(numbers.sessions, 1)][-2:]
    if len(latest) < 2:
        return None
    before, after = latest
    # As whole numbers: nothing is rounded across the line.
    fell = before.attended * after.possible - after.attended * before.possible
    if fell * 100 < numbers.points * before.possible * after.possible:
        return None
    return Finding(
        text=f"Attendance fell from {_share(before)} to {_share(after)}.", entries=ids(span.fact for span in latest)
    )


def _share(span: Span) -> str:
    return (
        f"{span.attended * 100 // span.possible}% ({span.attended} of {span.possible} sessions, "
        f"{long_date(span.from_)} to {long_date(span.to)})"
    )


@dataclass(frozen=True, slots=True)
class Unauthorised:
    """``sessions`` in the latest ``weeks`` with possible sessions; ``unauthorised_codes`` are register codes."""

    sessions: int
    weeks: int
    unauthorised_codes: tuple[str, ...]


@rule(
    "LP12.unauthorised",
    Unauthorised,
    next="Ask the family and the school together what stands in the way, and what help is offered.",
    job=Job.SCHOOL,
    start="action",
)
def unauthorised(view: View, numbers: Unauthorised) -> Finding | None:
    """Ten unauthorised sessions in the latest ten weeks with possible sessions.

    A span counts on its last day, whole, as any range does.

    Source: casework.md, LP12: "10 in the latest 10 weeks with possible sessions".
    """
    recent: list[Span] = []
    weeks: set[date] = set()
    for span in reversed([span for span in spans(view) if span.possible]):
        if len(weeks) >= numbers.weeks and span.weeks[0] < sorted(weeks)[-numbers.weeks]:
            break
        recent.insert(0, span)
        weeks.update(span.weeks)
    counts = [(span, span.unauthorised(numbers.unauthorised_codes)) for span in recent]
    total = sum(count for _, count in counts)
    if total < numbers.sessions or not recent:
        return None
    return Finding(
        text=f"{counted(total, 'unauthorised session')} in the latest {numbers.weeks} weeks with possible sessions, "
        f"up to {long_date(recent[-1].to)}.",
        entries=ids(span.fact for span, count in counts if count),
    )


@dataclass(frozen=True, slots=True)
class NoSchool:
    """When a child of compulsory school age has no school.

    Attributes:
        half_term_weeks: weeks with possible sessions and none attended that make a half term.
        part_time_weeks: part-time for longer than this.
        from_years, to_years: the birthdays compulsory school age follows.
        starts_on: the days of the year on which it begins, as month and day.
        year_starts_month: the month a school year begins with.
    """

    half_term_weeks: int
    part_time_weeks: int
    from_years: int
    to_years: int
    starts_on: tuple[str, ...]
    year_starts_month: int


@rule(
    "LP12.no_school",
    NoSchool,
    next="Ask the school or the local authority’s education service who sees this child, and what is planned.",
    job=Job.SCHOOL,
    start="note",
)
def no_school(view: View, numbers: NoSchool) -> Finding | None:
    """A child of compulsory school age who has attended nothing for a half term, or has no full place.

    Off roll and educated at home count at once, until a later entry says otherwise; part-time once it has lasted
    longer than six weeks. A half term is five school weeks or more, its shortest length, over the latest spans.

    Source: casework.md, LP12: "compulsory school age and no attendance for a half term, off roll, home educated or
    part-time over 6 weeks"; Education Act 1996, section 8, and the orders under it, for the age.
    """
    found = [*_absent(view, numbers), *_without_place(view, numbers)]
    if not found or not _is_of_school_age(view, numbers):
        return None
    return Finding(
        text=f"The child is of compulsory school age: {listed(words for words, _ in found)}.",
        entries=ids(dict.fromkeys(fact for _, facts in found for fact in facts)),
    )


def _absent(view: View, numbers: NoSchool) -> list[tuple[str, Sequence[Fact]]]:
    run: list[Span] = []
    for span in reversed([span for span in spans(view) if span.possible]):
        if span.attended:
            break
        run.append(span)
    if len({week for span in run for week in span.weeks}) < max(numbers.half_term_weeks, 1):
        return []
    run.reverse()
    words = f"no session attended from {long_date(run[0].from_)} to {long_date(run[-1].to)}"
    return [(words, [span.fact for span in run])]


def _without_place(view: View, numbers: NoSchool) -> list[tuple[str, Sequence[Fact]]]:
    latest = begun(view)
    began = latest[-1].from_ if latest else date.min
    moves = [
        fact
        for fact in certain(view.facts("event"))
        if fact.data.get("type") == "home_education" and (view.known(fact.on) or date.min) > began
    ]
    if moves:
        return [(f"educated at home since {long_date(moves[-1].on or began)}", moves[-1:])]
    situation = latest[-1].fact.data.get("situation") if latest else None
    if situation in _PLACES:
        return [(f"{_PLACES[situation]} as of {long_date(began)}", [latest[-1].fact])]
    run: list[Span] = []
    for span in reversed(latest):
        if span.fact.data.get("situation") != "part_time":
            break
        run.append(span)
    if not run:
        return []
    run.reverse()
    since, weeks = run[0].from_, numbers.part_time_weeks
    lasted = max(span.to for span in run) > view.last_day(since, weeks=weeks)
    if not lasted or not view.passed(since, weeks=weeks):
        return []
    return [(f"on a part-time timetable since {long_date(since)}", [span.fact for span in run])]


_PLACES = {"off_roll": "off roll", "home_educated": "educated at home"}


def _is_of_school_age(view: View, numbers: NoSchool) -> bool:
    born = view.record.child.date_of_birth
    if born is None:
        return False
    young, old = add_months(born, numbers.from_years * 12), add_months(born, numbers.to_years * 12)
    days = (date.fromisoformat(f"{year}-{day}") for year in (young.year, young.year + 1) for day in numbers.starts_on)
    begins = min(day for day in days if day >= young)
    june = date(old.year + (old.month >= numbers.year_starts_month), 6, 30)
    leaves = june - _DAY * ((june.weekday() - _FRIDAY) % 7)
    return view.reached(begins) and not view.passed(leaves)
