"""What the easy-read family summary says, gathered for one reader.

Strengths first; grades in the pack's words and never as numbers; nothing of the care that others give, of what others
need, or of what other people said.

Source: experience.md, Reports ("easy-read family summary"); screen 5, share view.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from gcp2_app.domain.assessment import Assessment, AssessmentState, Target
from gcp2_app.domain.entries import Entry, Theme
from gcp2_app.domain.grading import effective_grade
from gcp2_app.domain.openings import is_unborn
from gcp2_app.domain.plans.board import Card, board
from gcp2_app.domain.plans.meeting_list import Stage, meetings
from gcp2_app.domain.readers import Audience
from gcp2_app.domain.rules.record import day_of
from gcp2_app.domain.scoring import open_units
from gcp2_app.domain.trend import TrendPoint, TrendSeries
from gcp2_app.domain.withheld import Secret, SecretKind, Why
from gcp2_app.domain.words import MONTHS, capital, counted, long_date
from gcp2_app.reports.pdf.family_summary import AGREED, HELPS, NEXT, WELL, FamilySummaryReport, PicturedLines
from gcp2_app.reports.pdf.insets import labelled
from gcp2_app.reports.pictures.care import in_plain_words
from gcp2_app.reports.pictures.catalogue import Picture
from gcp2_app.services.documents.cumulative import CHILDS_TITLE, FAMILY_TITLE
from gcp2_app.services.documents.front import front
from gcp2_app.services.documents.parts.plan import is_earlier
from gcp2_app.services.documents.reading import Pages, Reading

#: So many are printed, the latest: strengths, times each area was graded, actions to do and done, kinds of help.
_STRENGTHS, _TIMES, _TO_DO, _DONE, _HELP = 4, 4, 6, 3, 3
#: Kinds of entry in which we write what went well; none that says what somebody needs help with.
_OURS = ("visit", "event", "action")
#: Meetings that a family is asked to.
_FAMILY_MEETINGS = frozenset(
    ("icpc", "rcpc", "core_group", "cin_planning", "cin_review", "stay_review", "three_way", "discharge")
)
_RESULTS = {"done": "Done. We have checked.", "part": "Partly done.", "not_done": "Not done yet."}


def gather(reading: Reading) -> Pages:
    """Return what writes the summary."""
    from gcp2_app.reports.pdf.family_summary import write_family_summary

    latest = _latest(reading)
    care = tuple(_care(reading, latest)) if latest is not None else ()
    report = FamilySummaryReport(
        front=front(reading, CHILDS_TITLE if _is_childs(reading) else FAMILY_TITLE),
        opening=tuple(_opening(reading)),
        well=_well(care, tuple(_strengths(reading))),
        seen=tuple(row for series in reading.trend.series if _is_own(reading, series.carers) for row in _seen(series)),
        change=tuple(_changes(care)),
        agreed=tuple(_agreed(reading)),
        helps=tuple(_helps(reading)),
        next=tuple(_next(reading, latest)),
        ask=tuple(_ask(reading)),
    )
    return lambda redaction: write_family_summary(report, redaction)


@dataclass(frozen=True, slots=True)
class _Care:
    """One sub-area in the latest assessment.

    Attributes:
        picture, words: what it is called.
        well: how far it goes well: ``all``, ``some`` or ``none``.
        agreed: what was agreed to change in it, a line each.
    """

    picture: Picture
    words: str
    well: str
    agreed: tuple[tuple[str, str], ...]


def _is_childs(reading: Reading) -> bool:
    return reading.reader.audience is Audience.CHILD


def _is_own(reading: Reading, carers: Iterable[str]) -> bool:
    """Whether the care that is graded is the reader's to read of: what they give, or else what the main carer gives."""
    known = {carer for each in reading.assessments for carer in each.carers}
    wanted = reading.reader.people & known or {each.person for each in reading.child.carers if each.main} & known
    return not wanted or not wanted.isdisjoint(carers)


def _latest(reading: Reading) -> Assessment | None:
    """Return the latest signed-off assessment of the care that is the reader's to read of."""
    corrected = {each.corrects for each in reading.assessments}
    found = [
        each
        for each in reading.assessments
        if each.locked
        and each.window is not None
        and each.id not in corrected
        and _is_own(reading, each.carers)
        and reading.profiles[each.id].band
    ]
    return max(found, key=lambda each: each.window.to if each.window is not None else date.min, default=None)


def _opening(reading: Reading) -> Iterator[PicturedLines]:
    about = "This paper is about you." if _is_childs(reading) else f"This paper is about {reading.label}."
    if is_unborn(reading.child):
        about = "This paper is about your baby, who is not born yet."
    lines = [
        (about, ""),
        ("", "It says what we saw and what we agreed."),
        ("", f"We made it on {long_date(reading.made_on)}."),
        ("", reading.moment_words),
    ]
    yield PicturedLines(Picture.TOGETHER, tuple(lines))
    yield PicturedLines(
        Picture.TALKING,
        (
            ("You can read it with somebody.", ""),
            ("", "Ask us about anything that is not clear."),
            ("", "Tell us if you do not agree."),
        ),
    )


def _care(reading: Reading, latest: Assessment) -> Iterator[_Care]:
    """Say of each sub-area with a grade how far it goes well, and what was agreed in it; of the others nothing."""
    pack = reading.pack_of(latest)
    targets = {target.unit: target for target in latest.targets}
    units: dict[str, list[str]] = {}
    for code in open_units(pack, latest, reading.child.born):
        units.setdefault(pack.subarea_of(code).code, []).append(code)
    for subarea, codes in units.items():
        found = {code: grade for code in codes if (grade := effective_grade(latest.answer(code)).grade) is not None}
        if not found:
            continue
        change = [code for code, grade in found.items() if grade >= pack.thresholds.watch_from]
        picture, words = in_plain_words(pack.id, subarea, pack.subareas[subarea].label)
        agreed = tuple(line for code in change if code in targets for line in _target(targets[code], reading.day))
        yield _Care(picture, words, "all" if not change else "some" if len(change) < len(found) else "none", agreed)


def _well(care: tuple[_Care, ...], strengths: tuple[PicturedLines, ...]) -> tuple[PicturedLines, ...]:
    """Say what goes well as a whole; what does in part stands where it needs to change, so that it is told once."""
    found = (*(PicturedLines(each.picture, ((each.words, ""),)) for each in care if each.well == "all"), *strengths)
    if not found and any(each.well == "some" for each in care):
        found = (PicturedLines(Picture.TICK, (("Parts of the care go well.", ""), ("", "We say which below."))),)
    return found


def _changes(care: Iterable[_Care]) -> Iterator[PicturedLines]:
    """Say what needs to change: first where help was agreed, then the rest in one list."""
    changing = [each for each in care if each.well != "all"]
    for each in changing:
        if each.agreed:
            yield PicturedLines(each.picture, ((each.words, ""), ("", _in_part(each)), *each.agreed))
    rest = [each for each in changing if not each.agreed]
    also = "These need to change too" if len(rest) < len(changing) else "These need to change"
    if rest:
        lines = (("", " ".join(filter(None, (f"{each.words}.", _in_part(each))))) for each in rest)
        yield PicturedLines(Picture.LOOKING, ((also, ""), *lines))


def _in_part(care: _Care) -> str:
    return "Some of this goes well." if care.well == "some" else ""


def _target(target: Target, day: date) -> Iterator[tuple[str, str]]:
    yield labelled("Help:", target.support)
    yield labelled("Who:", target.owner)
    yield from _by(target.due, day)


def _by(due: date | None, day: date) -> Iterator[tuple[str, str]]:
    """Say by when; of a day that is over, that it is."""
    if due is not None:
        yield labelled("By:", long_date(due))
        yield "", "That day has passed. Ask us what happens now." if due < day else ""


def _strengths(reading: Reading) -> Iterator[PicturedLines]:
    """Say what we wrote down as a strength, in our own words; what others told is theirs to say."""
    own = reading.session.professional.agency
    found = [
        entry
        for entry in reading.entries(WELL, *_OURS)
        if Theme.STRENGTH in entry.themes and entry.what and (entry.source is None or entry.source.agency is own)
    ]
    for entry in found[-_STRENGTHS:]:
        yield PicturedLines(
            Picture.TICK, ((f"{capital(_month(entry))}:" if entry.when is not None else "", entry.what),)
        )


def _month(entry: Entry) -> str:
    day = entry.when.last if entry.when is not None and entry.when.certain else None
    return _in_words(day) if day is not None else "some time ago"


def _in_words(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


def _seen(series: TrendSeries) -> Iterator[PicturedLines]:
    """Say what was found of an area each time it was looked at, and how the latest two times compare."""
    found = [
        (point, window)
        for point, window in series.standing
        if point.state is AssessmentState.SIGNED_OFF or point.recorded_elsewhere
    ][-_TIMES:]
    if not found:
        return
    picture, words = in_plain_words(found[-1][0].pack, series.area.code, series.area.label)
    times = (("", f"{_in_words(window.to)}: {_found(series, point)}") for point, window in found)
    change = _compared(series, found[-2][0], found[-1][0]) if len(found) > 1 else ""
    yield PicturedLines(picture, ((words, ""), *times, (change, "")))


def _found(series: TrendSeries, point: TrendPoint) -> str:
    area, grade = series.area, point.shown_grade
    return "We saw too little to say." if grade is None else f"{area.grades[area.rank(grade) - 1].label}."


def _compared(series: TrendSeries, before: TrendPoint, now: TrendPoint) -> str:
    """Compare two times on one scale; made with other forms or rules they are not compared."""
    old, new, area = before.shown_grade, now.shown_grade, series.area
    alike = (before.pack, before.pack_version, before.policy) == (now.pack, now.pack_version, now.policy)
    if old is None or new is None or not alike:
        return ""
    if area.rank(new) == area.rank(old):
        return "The same as the time before."
    return "Better than the time before." if area.rank(new) < area.rank(old) else "Not as good as the time before."


def _agreed(reading: Reading) -> Iterator[PicturedLines]:
    every = [card for card in board(reading.view(AGREED, "action")) if not is_earlier(card, reading)]
    to_do = sorted((card for card in every if card.result != "done"), key=_newest_last)
    done = sorted((card for card in every if card.result == "done"), key=_newest_last)
    yield from (_action(card, reading.day) for card in to_do[-_TO_DO:])
    yield from (_action(card, reading.day) for card in done[-_DONE:])
    more = max(len(to_do) - _TO_DO, 0) + max(len(done) - _DONE, 0)
    if more:
        things = counted(more, "more thing was agreed", "more things were agreed")
        yield PicturedLines(Picture.PAPER, ((f"{capital(things)}.", ""), ("", "Ask us for the whole list.")))


def _newest_last(card: Card) -> tuple[date, date]:
    return card.agreed_on or date.min, card.due or date.min


def _action(card: Card, day: date) -> PicturedLines:
    data = card.entry.data
    state = _RESULTS.get(card.result, "")
    if not state and card.said_done_on is not None:
        state = "Somebody said it is done. We have not checked yet."
    return PicturedLines(
        Picture.TICK if card.result == "done" else Picture.TALKING,
        (
            (str(data.get("what") or card.entry.what), ""),
            labelled("Agreed:", long_date(card.agreed_on) if card.agreed_on is not None else ""),
            labelled("Who:", str(data.get("who") or "")),
            *(() if state else _by(card.due, day)),
            ("", state),
        ),
    )


def _helps(reading: Reading) -> Iterator[PicturedLines]:
    support = reading.entries(HELPS, "support")
    given = [entry for entry in support if not _has_ended(entry, reading.day)]
    if support and not given:
        lines = (("The help we wrote down has ended.", ""), ("", "Tell us what would help."))
        yield PicturedLines(Picture.HELPING, lines)
    for entry in given[-_HELP:]:
        first, last = day_of(entry.data.get("from")), day_of(entry.data.get("to"))
        # On an earlier day nobody need have known when it would end.
        last = last if reading.moment.day is None else None
        yield PicturedLines(
            Picture.HELPING,
            (
                (str(entry.data.get("name") or entry.what), ""),
                labelled("Began:", _in_words(first) if first is not None else ""),
                labelled("Until:", _in_words(last) if last is not None else ""),
            ),
        )
    yield from _own_help(reading)


def _has_ended(support: Entry, day: date) -> bool:
    last = day_of(support.data.get("to"))
    return last is not None and last < day


def _own_help(reading: Reading) -> Iterator[PicturedLines]:
    """Say what is done so that the reader can take part; what others need is left out, and counted."""
    found = reading.entries(HELPS, "learning_support")
    own = [entry for entry in found if entry.data.get("person") in reading.reader.people]
    lost = len(found) - len(own)
    reading.copying.taken += [(HELPS, Secret(SecretKind.WORDS, "", Why.THIRD_PARTY))] * lost
    said = (str(each.get("what") or "") for entry in own for each in entry.data.get("adjustments") or ())
    lines = tuple(("", f"{capital(text)}.") for text in dict.fromkeys(said) if text)
    if lines:
        yield PicturedLines(Picture.PAPER, (("To make things clear for you", ""), *lines))


def _next(reading: Reading, latest: Assessment | None) -> Iterator[PicturedLines]:
    for meeting in meetings(reading.view(NEXT, "meeting")):
        kind = meeting.fact.data.get("type")
        if meeting.stage is Stage.PLANNED and meeting.day is not None and kind in _FAMILY_MEETINGS:
            about = "This is a meeting with your family and the people who help."
            yield PicturedLines(Picture.CALENDAR, ((f"{long_date(meeting.day)}:", meeting.title), ("", about)))
    if latest is not None and latest.review_due is not None and latest.review_due >= reading.day:
        yield PicturedLines(Picture.LOOKING, ((f"By {long_date(latest.review_due)}:", "We look at the care again."),))


def _ask(reading: Reading) -> Iterator[PicturedLines]:
    """Name who works with the family; a child's own advocate stands in the child's copy alone."""
    wanted = {"social_worker", *(["advocate"] if _is_childs(reading) else [])}
    for role, worker in reading.allocated_now:
        if role in wanted:
            yield PicturedLines(
                Picture.TALKING,
                ((worker.name, ""), ("", capital(worker.role)), labelled("Phone:", worker.phone)),
            )
    yield PicturedLines(Picture.PHONE, (("Is somebody in danger now? Ring 999.", ""),))
