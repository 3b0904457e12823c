"""Twenty minutes before a supervision: one child's record read for what is new, unchecked, unheard or at odds.

Everything here is counted from the record; it asks, and concludes nothing about a family. Knows values and days.

Source: experience.md, screen 9 (twenty-minute page).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from gcp2_app.domain.alerts import Alert
from gcp2_app.domain.answers import EvidenceSource, UnitState
from gcp2_app.domain.assessment import Assessment, AssessmentState
from gcp2_app.domain.before_visit import last_seen
from gcp2_app.domain.openings import is_unborn
from gcp2_app.domain.plans.advocacy import advocacy
from gcp2_app.domain.plans.board import board
from gcp2_app.domain.plans.meeting_list import planned_words
from gcp2_app.domain.register import Agency, Person
from gcp2_app.domain.rules.view import View
from gcp2_app.domain.supervision import Supervision, latest_by
from gcp2_app.domain.words import AGENCIES, STATUSES, capital, counted, cut_short, listed, long_date

#: Without an earlier supervision, what was written down in these days is new.
FIRST_LOOK_BACK = timedelta(days=28)
#: An agency that wrote within the first of these and has not for the second is missing.
HEARD_WITHIN = timedelta(days=730)
SILENT_AFTER = timedelta(days=90)
#: Who speaks for no agency that could be asked.
_LAY = frozenset({Agency.RELATIVE, Agency.NEIGHBOUR, Agency.ANONYMOUS, Agency.OTHER})
#: More changes than these are counted.
MOST_CHANGES = 12
_DISAGREE = "LP1.disagree"
#: Words of an entry on one line.
_short = partial(cut_short, longest=160)
_SEEN = frozenset({EvidenceSource.SEEN_AT_HOME, EvidenceSource.SEEN_ELSEWHERE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing to know, and where it comes from.

    Attributes:
        entry, assessment: id of what it leads to, or empty.
    """

    text: str
    entry: str = ""
    assessment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """An alert that is laid aside: what it says, why, until when, and id of the professional who did."""

    alert: Alert
    by: str
    reason: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TwentyMinutes:
    """What a supervisor reads of one child.

    Attributes:
        since: what was written down after this day is new.
        changed: newest first.
        more_changed: how many changes are not listed.
        unchecked: what nobody has checked.
        voices: whose voice is missing.
        last: the last supervision, with its decisions; None where none is recorded.
        aside: alerts laid aside.
        at_odds: where grades and events disagree.
    """

    since: date
    changed: tuple[Line, ...]
    more_changed: int
    unchecked: tuple[Line, ...]
    voices: tuple[Line, ...]
    last: Supervision | None
    aside: tuple[Aside, ...]
    at_odds: tuple[Line, ...]


def twenty_minutes(
    view: View,
    assessments: Sequence[Assessment],
    alerts: Iterable[Alert],
    supervisions: Iterable[Supervision],
    *,
    people: Mapping[str, Person],
    titles: Mapping[str, str],
    after: date | None = None,
) -> TwentyMinutes:
    """Return the page of one child.

    Args:
        view: the record as the rules read it.
        assessments: the child's, in time, those that were corrected left out.
        alerts: of the child today, those laid aside among them.
        supervisions: about the child.
        people: the child's carers, by id.
        titles: what each kind of entry is called, by its code.
        after: what was written down after this day is new; None for the last supervision.
    """
    alerts = tuple(alerts)
    last = latest_by(supervisions, view.today)
    since = after or (last.on if last is not None else view.today - FIRST_LOOK_BACK)
    changed = tuple(_changed(view, assessments, since, titles))
    latest = _latest(assessments)
    return TwentyMinutes(
        since=since,
        changed=changed[:MOST_CHANGES],
        more_changed=max(0, len(changed) - MOST_CHANGES),
        unchecked=tuple(_unchecked(view, latest)),
        voices=tuple(_voices(view, latest, people)),
        last=last,
        aside=tuple(
            Aside(alert=alert, by=aside.by, reason=aside.reason, until=aside.until)
            for alert in alerts
            if (aside := alert.set_aside) is not None
        ),
        at_odds=tuple(_at_odds(alerts, latest)),
    )


def _latest(assessments: Sequence[Assessment]) -> Assessment | None:
    signed = [each for each in assessments if each.state is AssessmentState.SIGNED_OFF and each.window is not None]
    return signed[-1] if signed else None


def _changed(view: View, assessments: Sequence[Assessment], since: date, titles: Mapping[str, str]) -> Iterator[Line]:
    for status in view.statuses():
        if status.from_ is not None and status.from_ > since:
            yield Line(text=f"{STATUSES[status.status]} since {long_date(status.from_)}.")
    for assessment in reversed(assessments):
        if assessment.signed_off_on is not None and since < assessment.signed_off_on <= view.today:
            day = long_date(assessment.signed_off_on)
            yield Line(text=f"An assessment was signed off on {day}.", assessment=assessment.id)
    facts = [fact for fact in view.all_facts() if fact.counts_from > since]
    for fact in sorted(facts, key=lambda each: (each.counts_from, each.id), reverse=True):
        whole = fact.whole
        happened = f", {long_date(fact.on)}" if fact.on is not None else ""
        said = _short(whole.what or str(whole.data.get("what") or ""))
        title = titles.get(whole.kind, capital(whole.kind.replace("_", " ")))
        head = planned_words(whole) or f"{title}{happened}"
        yield Line(text=f"{head}{': ' if said else ''}{said}", entry=fact.id)


def _unchecked(view: View, latest: Assessment | None) -> Iterator[Line]:
    for card in board(view):
        if card.waited_working_days is not None:
            said = f" on {long_date(card.said_done_on)}" if card.said_done_on is not None else ""
            what = _short(str(card.entry.data.get("what") or card.entry.what)) or "An agreed action"
            yield Line(text=f"{what}: said to be done{said}, and not checked.", entry=card.entry.id)
        elif card.could_not_check:
            what = _short(str(card.entry.data.get("what") or card.entry.what)) or "An agreed action"
            yield Line(text=f"{what}: a check was tried and could not be made.", entry=card.entry.id)
    if not is_unborn(view.record.child):
        yield from _seen_last(view)
    if latest is not None and not latest.recorded_elsewhere:
        scored = [answer for answer in latest.units.values() if answer.state is UnitState.SCORED]
        unseen = [answer for answer in scored if not any(piece.source in _SEEN for piece in answer.evidence)]
        if unseen:
            text = f"{len(unseen)} of {counted(len(scored), 'unit')} of the latest assessment rest on nothing seen."
            yield Line(text=text, assessment=latest.id)


def _seen_last(view: View) -> Iterator[Line]:
    seen = last_seen((fact.whole for fact in view.facts("visit")), view.record.child.id)
    for day, words in ((seen.seen, "seen at a visit"), (seen.alone, "seen alone")):
        if day is None:
            yield Line(text=f"No visit records that the child was {words.removesuffix(' at a visit')}.")
        else:
            days = (view.today - day).days
            ago = f"{counted(days, 'day')} ago" if days else "today"
            yield Line(text=f"The child was last {words} on {long_date(day)}, {ago}.")


def _voices(view: View, latest: Assessment | None, people: Mapping[str, Person]) -> Iterator[Line]:
    # A child who is not born yet has no voice that could be missing.
    if not is_unborn(view.record.child):
        yield from _childs_voice(view, latest)
    asked = set(latest.carers) if latest is not None else set()
    for carer in view.record.child.carers:
        person = people.get(carer.person)
        name = person.name if person is not None and person.name else "An adult whose name is not known"
        if latest is not None and carer.person not in asked:
            who = f"{name} ({carer.relationship})" if carer.relationship else name
            yield Line(text=f"{who}: no part in the latest assessment.", assessment=latest.id)
    days: dict[Agency, date] = {}
    for fact in view.all_facts():
        if fact.agency is not None and fact.agency not in _LAY and fact.on is not None:
            days[fact.agency] = max(fact.on, days.get(fact.agency, date.min))
    silent = sorted((day, agency) for agency, day in days.items() if SILENT_AFTER < view.today - day <= HEARD_WITHIN)
    for day, agency in silent:
        yield Line(text=f"{capital(AGENCIES[agency])}: nothing since {long_date(day)}.")


def _childs_voice(view: View, latest: Assessment | None) -> Iterator[Line]:
    held = latest is not None and bool(latest.child_voice.strip() or latest.child_own_views.strip())
    if latest is not None and not held:
        yield Line(text="The latest assessment does not hold the child’s voice.", assessment=latest.id)
    if not view.facts("statement"):
        where = ", beside what the assessment holds" if held else ""
        yield Line(text=f"No statement of the child is recorded{where}.")
    if advocacy(view).child is None:
        yield Line(text="No advocate is recorded as offered to the child.")


def _at_odds(alerts: Iterable[Alert], latest: Assessment | None) -> Iterator[Line]:
    yield from (Line(text=alert.text, assessment=_first(alert, latest)) for alert in alerts if alert.rule == _DISAGREE)
    if latest is None:
        return
    apart = [
        code
        for code, answer in latest.units.items()
        if answer.grade is not None and answer.carer_grade is not None and abs(answer.grade - answer.carer_grade) > 1
    ]
    if apart:
        text = f"Carers graded {counted(len(apart), 'unit')} two steps or more apart from us: {listed(sorted(apart))}."
        yield Line(text=text, assessment=latest.id)


def _first(alert: Alert, latest: Assessment | None) -> str:
    return latest.id if latest is not None and latest.id in alert.entries else ""
