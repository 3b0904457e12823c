"""The first page of a new assessment: what happened, in order, before anything is graded anew.

Grades of earlier assessments steer judgement, so that nothing here names one but the fields that say so: a page folds
those away. Knows the record as the rules read it; no store.

Source: casework.md, LP1 and LP2 ("events, restarts, support and alerts are the first page of every new assessment").
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

from gcp2_app.domain.alerts import Alert
from gcp2_app.domain.assessment import Window
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.longest import LongestUnmet
from gcp2_app.domain.plans.around import Period, around
from gcp2_app.domain.rules.cumulative import GainGone, lost_gains
from gcp2_app.domain.rules.gradings import name_of
from gcp2_app.domain.rules.reading import voice_of
from gcp2_app.domain.rules.record import Fact
from gcp2_app.domain.rules.requests import concerns
from gcp2_app.domain.rules.view import View
from gcp2_app.domain.typed_dates import when_words
from gcp2_app.domain.words import AGENCIES, STATUSES, capital, counted, cut_short, long_date

#: Kinds of entry that turn a case, whatever is noted of how much they matter.
KEY_KINDS: Final = frozenset({"event", "admission", "meeting", "move", "challenge", "case_opened", "case_closed"})
_HIGH: Final = "high"
#: Rules whose words name grades of earlier assessments.
_SPEAK_OF_GRADES: Final = frozenset(
    {
        *("LP1.high_now", "LP1.high_twice", "LP1.high_thrice", "LP1.gain_not_held", "LP1.stuck", "LP1.disagree"),
        "MEET.long_plan",
    }
)
_short = partial(cut_short, longest=200)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One thing that happened.

    Attributes:
        when: in words, or empty.
        entry: id of what it leads to, or empty.
    """

    when: str
    text: str
    entry: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmet:
    """A need not met in one assessment after another.

    Attributes:
        text: what it is and since when, without a grade.
        grades: the grades it had, in words.
    """

    text: str
    grades: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAlert:
    """An alert nobody laid aside.

    Attributes:
        counted: what it counted, where that names no grade; else empty.
        graded: what it counted, where that names grades; else empty.
    """

    alert: Alert
    counted: str
    graded: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseHistory:
    """The history of one child on a day.

    Attributes:
        events: key events and changes of plan, oldest first.
        restarts: each time the case was closed, and opened again.
        requests: each request for help with what came of it, oldest first.
        concerns: how many distinct concerns the requests are about.
        unmet: needs not met the longest, those of the most assessments first.
        tried: support that was given, oldest first, with what came of it.
        gains_gone: gains that did not last, without a grade.
        alerts: those that nobody laid aside, the most urgent first; the first of each row stands before the others.
        reviews: answers to the twelve questions about harm that adds up, the latest last.
    """

    events: tuple[Told, ...]
    restarts: tuple[Told, ...]
    requests: tuple[Told, ...]
    concerns: int
    unmet: tuple[Unmet, ...]
    tried: tuple[Told, ...]
    gains_gone: tuple[str, ...]
    alerts: tuple[OpenAlert, ...]
    reviews: tuple[Fact, ...]


def case_history(
    view: View, alerts: Iterable[Alert], unmet: Iterable[LongestUnmet], *, titles: Mapping[str, str]
) -> CaseHistory:
    """Return the history of a child.

    Args:
        view: the record as the rules read it.
        alerts: of the child today, those laid aside among them.
        unmet: the needs not met the longest.
        titles: what each kind of entry is called, by its code.
    """
    turned = around(view)
    requests = view.facts("referral")
    return CaseHistory(
        events=tuple(told for _, told in sorted(_events(view, titles), key=lambda each: each[0])),
        restarts=_restarts(view),
        requests=tuple(_request(fact) for fact in requests),
        concerns=len(concerns(requests)),
        unmet=tuple(_unmet(each) for each in unmet),
        tried=tuple(_tried(period) for period in reversed(turned.support)),
        gains_gone=tuple(_gone(each) for each in lost_gains(view)),
        alerts=tuple(map(_alert, _one_a_row_first([each for each in alerts if each.set_aside is None]))),
        reviews=tuple(view.facts("harm_review")),
    )


def _events(view: View, titles: Mapping[str, str]) -> Iterator[tuple[tuple[date, str], Told]]:
    for status in view.record.child.statuses:
        if view.known(status.since) is None:
            continue
        day = long_date(status.from_) if status.from_ is not None else "day not known"
        ended = f", until {long_date(status.to)}" if status.to is not None and view.passed(status.to) else ""
        yield (status.since, ""), Told(when=day, text=f"{STATUSES[status.status]}{ended}.")
    for fact in view.all_facts():
        entry = fact.whole
        if entry.kind in KEY_KINDS or entry.significance == _HIGH:
            said = _short(entry.what or str(entry.data.get("what") or entry.data.get("name") or ""))
            title = titles.get(entry.kind, capital(entry.kind.replace("_", " ")))
            text = f"{title}: {said}" if said else f"{title}."
            yield (fact.on or date.min, fact.id), Told(when=_when(entry), text=text, entry=fact.id)


def _restarts(view: View) -> tuple[Told, ...]:
    turns = around(view).turns[::-1]
    if not any(turn.again for turn in turns):
        return ()
    found = []
    for turn in turns:
        entry = turn.fact.whole
        lead = "Opened again" if turn.again else "Opened" if turn.opened else "Closed"
        why = _short(str(entry.data.get("reason") or entry.what))
        found.append(Told(when=_when(entry), text=f"{lead}: {why}" if why else f"{lead}.", entry=entry.id))
    return tuple(found)


def _request(fact: Fact) -> Told:
    entry, agency = fact.whole, voice_of(fact)
    outcome = str(fact.data.get("outcome") or "").replace("_", " ")
    came = outcome or "no outcome recorded"
    if fact.data.get("service_began") is False:
        came += "; the help did not begin"
    who = capital(AGENCIES[agency]) if agency is not None else "Agency not recorded"
    return Told(when=_when(entry), text=f"{who}: {came}.", entry=entry.id)


def _tried(period: Period) -> Told:
    entry = period.fact.whole
    until = (
        "still given" if period.running else f"to {long_date(period.to)}" if period.to is not None else "end not known"
    )
    came = _short(str(entry.data.get("outcome") or entry.outcome))
    last = came or ("nothing is written of how it goes" if period.running else "nobody has written what came of it")
    name = (period.name or _short(entry.what) or "Support").rstrip(".")
    text = f"{name}, {until}: {last.rstrip('.')}."
    since = long_date(period.from_) if period.from_ is not None else "Day not known"
    return Told(when=since, text=text, entry=entry.id)


def _unmet(need: LongestUnmet) -> Unmet:
    whose = f" ({need.carer_label})" if need.carer_label else ""
    if need.times == 1:
        text = f"{need.label}{whose}: unmet in the latest assessment, {_window(need.latest)}."
    else:
        text = (
            f"{need.label}{whose}: unmet in each of the latest {counted(need.times, 'assessment')}, "
            f"from {_window(need.first)} to {_window(need.latest)}."
        )
    return Unmet(text=text, grades=f"{need.label}{whose}: graded {need.worst_words}.")


def _gone(gain: GainGone) -> str:
    return (
        f"{name_of(gain.again, gain.code)} was better in the assessment begun on {long_date(gain.better.starts)}, and "
        f"unmet again in the one begun on {long_date(gain.again.starts)}."
    )


def _one_a_row_first(alerts: list[Alert]) -> list[Alert]:
    """Return the alerts in their order, the first of each row before all others."""
    rows = {each.row: each for each in reversed(alerts)}
    first = [each for each in alerts if rows[each.row] is each]
    return [*first, *(each for each in alerts if each not in first)]


def _alert(alert: Alert) -> OpenAlert:
    graded = alert.rule in _SPEAK_OF_GRADES
    return OpenAlert(alert=alert, counted="" if graded else alert.text, graded=alert.text if graded else "")


def _window(window: Window) -> str:
    return long_date(window.from_)


def _when(entry: Entry) -> str:
    return capital(when_words(entry.when)) if entry.when is not None else "Day not known"
