"""LP3: who has a concern acts on it, and does not rely on another agency.

Source: casework.md, row LP3.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from gcp2_app.domain.alerts import Job
from gcp2_app.domain.register import Agency
from gcp2_app.domain.rules.reading import ids, voice_of
from gcp2_app.domain.rules.record import Fact
from gcp2_app.domain.rules.registry import Finding, rule
from gcp2_app.domain.rules.view import View
from gcp2_app.domain.words import AGENCIES, counted, listed, long_date

#: Those who speak for no agency: whoever heard their concern acts on it.
_NO_AGENCY = frozenset({None, Agency.RELATIVE, Agency.NEIGHBOUR, Agency.ANONYMOUS})


@dataclass(frozen=True, slots=True)
class ConcernNoAction:
    """An agency acts on its own concern within ``working_days``."""

    working_days: int


@dataclass(frozen=True, slots=True)
class _Step:
    """Something an agency did about a concern, on a day."""

    agency: Agency | None
    on: date


def _latest(steps: Iterable[_Step]) -> Mapping[Agency | None, date]:
    """Return the day of the latest step of each agency, and under None that of anybody's."""
    latest: dict[Agency | None, date] = {}
    for step in steps:
        for agency in {step.agency, None}:
            latest[agency] = max(latest.get(agency, date.min), step.on)
    return latest


@rule(
    "LP3.concern_no_action",
    ConcernNoAction,
    next="Ask for help yourselves, speak to the allocated worker, or write down with the safeguarding lead why not.",
    start="referral",
    job=Job.OWN_AGENCY,
    rests_on_nothing=True,
)
def concern_no_action(view: View, numbers: ConcernNoAction) -> Finding | None:
    """An agency noted a concern, and after one working day took no step of its own.

    The clock starts on the day the concern was noted: the earlier of when it happened and when it became known. A step
    is taken by the same agency on or after the first day the concern can stand for: its own request for help, its own
    contact with the allocated worker (who was reached, or replied; a try is none), or a decision with its reason and
    the safeguarding lead, on the note itself or in a later note of the agency that is no concern. What another agency
    did is no step. For a relative, a neighbour, somebody anonymous, or where no agency was recorded, a step of any
    agency counts. A concern of which no day is certain, and a step whose day is approximate, decide nothing.

    Source: casework.md, LP3: "a note marked as concern by any agency, and after 1 wd neither *that agency's own*
    referral, nor its own contact with the allocated worker, nor a recorded decision with reason and safeguarding lead".
    """
    notes = view.facts("note")
    steps = _latest((*_requests(view), *_contacts(view), *_decisions(view, notes)))
    open_ = [
        note
        for note in notes
        if note.data.get("concern") is True
        and note.noted is not None
        and not _is_decided(note)
        and view.passed(note.noted, working=numbers.working_days)
        and not _was_acted_on(note, note.noted, steps)
    ]
    if not open_:
        return None
    said = listed(_said(note) for note in open_)
    return Finding(
        text=f"{counted(len(open_), 'concern')} noted: {said}. After {counted(numbers.working_days, 'working day')} "
        "no request for help from the same agency, no contact of its own with the allocated worker, and no decision "
        "with its reason and safeguarding lead.",
        entries=ids(open_),
        # A step is not taken back.
        held_from=min(
            max(note.counts_from, view.first_past(note.noted, working=numbers.working_days))
            for note in open_
            if note.noted is not None
        ),
    )


def _said(note: Fact) -> str:
    who = AGENCIES[note.agency] if note.agency is not None else "agency not recorded"
    return f"{long_date(note.noted)} ({who})" if note.noted is not None else who


def _was_acted_on(note: Fact, noted: date, steps: Mapping[Agency | None, date]) -> bool:
    when = note.entry.when
    first = min(noted, (when.first if when is not None else None) or noted)
    latest = steps.get(None if note.agency in _NO_AGENCY else note.agency)
    return latest is not None and latest >= first


def _requests(view: View) -> Iterable[_Step]:
    for request in view.facts("referral"):
        if (on := view.known(request.on)) is not None:
            yield _Step(voice_of(request), on)


def _contacts(view: View) -> Iterable[_Step]:
    """Yield the contacts in which the allocated worker was reached, and the days on which the worker replied."""
    for contact in view.facts("worker_contact"):
        if contact.data.get("to_role") == "worker":
            tried = view.field(contact, "tried_on") if contact.data.get("reached") is True else None
            for on in (tried, view.field(contact, "reply_on")):
                if on is not None:
                    yield _Step(voice_of(contact), on)


def _decisions(view: View, notes: Iterable[Fact]) -> Iterable[_Step]:
    for note in notes:
        if note.data.get("concern") is not True and _is_decided(note) and (on := view.known(note.on)) is not None:
            yield _Step(note.agency, on)


def _is_decided(note: Fact) -> bool:
    decision = note.data.get("decision")
    return isinstance(decision, Mapping) and all(str(decision.get(name) or "").strip() for name in ("reason", "lead"))
