"""Asks every rule about one record, and finds since when each alert has held.

Knows rules by their registry; nothing of stores or screens.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, partial

from gcp2_app.domain.alerts import Alert
from gcp2_app.domain.calendar import WorkingDays
from gcp2_app.domain.policy import RulePolicy
from gcp2_app.domain.rules.clock import Clock
from gcp2_app.domain.rules.person import PersonRecord, PersonView
from gcp2_app.domain.rules.record import ChildRecord
from gcp2_app.domain.rules.registry import About, Finding, Rule
from gcp2_app.domain.rules.themes import RULES
from gcp2_app.domain.rules.view import View
from gcp2_app.domain.words import AGENCIES, long_date

_DAY = timedelta(days=1)
#: Days before stand for one that is not known.
_LONG_AGO = date(1900, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the rules say of one record.

    Attributes:
        alerts: the most urgent first, then by rule.
        changes_on: the first later day on which any rule can say something else, if nothing is written before then.
    """

    alerts: tuple[Alert, ...]
    changes_on: date


@dataclass(frozen=True, slots=True)
class Before:
    """What the rules said of a record before, and until when that is still so.

    Attributes:
        until: on each day before this one the rules would say now what they would have said then.
        since: by rule, the day since which it held when it was asked.
    """

    until: date
    since: Mapping[str, date]


def ask_about_child(
    record: ChildRecord,
    policy: Mapping[str, RulePolicy],
    calendar: WorkingDays,
    *,
    today: date,
    names: Iterable[str] | None = None,
    before: Before | None = None,
) -> Answer:
    """Return the alerts of a child as of a day.

    Args:
        record: the child's record.
        policy: each rule's numbers by its name.
        calendar: working days.
        today: the day the record is read as of.
        names: the rules to ask; every rule about a child where None.
        before: what they said before; it spares looking back over what was looked at then.
    """
    view = View(record, calendar, today=today, policy=policy)
    last = cache(partial(_last_entry_words, record, calendar, today))
    answer = _ask(view, policy, About.CHILD, names, last, begun=partial(_begun, record, today), before=before)
    return replace(answer, alerts=tuple(replace(alert, child=record.child.id) for alert in answer.alerts))


def ask_about_professional(
    record: PersonRecord, policy: Mapping[str, RulePolicy], calendar: WorkingDays, *, today: date
) -> Answer:
    """Return the alerts about a professional's own training and reading as of a day."""
    view = PersonView(record, calendar, today=today)
    answer = _ask(view, policy, About.PROFESSIONAL, None, _nothing_recorded, begun=lambda: today)
    person = record.professional.id
    return replace(answer, alerts=tuple(replace(alert, person=person) for alert in answer.alerts))


def _ask(
    clock: Clock,
    policy: Mapping[str, RulePolicy],
    about: About,
    names: Iterable[str] | None,
    last: Callable[[], str],
    *,
    begun: Callable[[], date],
    before: Before | None = None,
) -> Answer:
    today, changes_on = clock.today, date.max
    asked = [RULES[name] for name in names] if names is not None else RULES.values()
    alerts: list[Alert] = []
    for rule in asked:
        if rule.about is about:
            clock.today = today
            clock.forget()
            numbers = policy[rule.name].numbers
            found = rule.check(clock, numbers)
            changes_on = min(changes_on, clock.changes_on)
            if found is not None:
                alerts.append(_alert(rule, found, _since(rule, clock, numbers, found, before, begun=begun), last))
    clock.today = today
    return Answer(alerts=tuple(sorted(alerts, key=_order)), changes_on=changes_on)


def _since(
    rule: Rule, clock: Clock, numbers: object, found: Finding, before: Before | None, *, begun: Callable[[], date]
) -> date:
    """Walk back over the days on which the answer may differ, as long as the rule still holds.

    Where it has held for as long as anybody knows, it has held since the record begins.
    """
    since = clock.today
    holds: Finding | None = found
    clock.deciding = True
    while holds is not None and (sure := min(clock.same_from, holds.held_from or date.max)) > _LONG_AGO:
        since = min(since, sure)
        if before is not None and before.since.get(rule.name, date.max) < since <= before.until:
            since = before.since[rule.name]
            break
        clock.today = since - _DAY
        clock.forget()
        holds = rule.check(clock, numbers)
    else:
        since = since if holds is None else min(since, begun())
    clock.deciding = False
    return since


def _alert(rule: Rule, found: Finding, since: date, last: Callable[[], str]) -> Alert:
    rests = rule.rests_on_nothing if found.rests_on_nothing is None else found.rests_on_nothing
    return Alert(
        rule=rule.name,
        row=rule.row,
        level=found.level or rule.level,
        since=since,
        text=f"{found.text} {last()}" if rests else found.text,
        entries=tuple(dict.fromkeys(found.entries)),
        next=found.next or rule.next,
        start=found.start or rule.start,
        job=rule.job,
        asked_on=found.asked_on,
        rests_on_nothing=rests,
    )


def _order(alert: Alert) -> tuple[int, str]:
    return alert.level.order, alert.rule


def _begun(record: ChildRecord, today: date) -> date:
    """Return the first day a record holds anything of; where no day is known, the child's date of birth, or today."""
    days = [fact.counts_from for fact in record.all_facts] + [each.counts_from for each in record.assessments]
    days += [each.since for each in record.child.statuses] + [each.since for each in record.child.allocated]
    known = [day for day in days if _LONG_AGO < day <= today]
    return min(known, default=min(record.child.date_of_birth or today, today))


def _last_entry_words(record: ChildRecord, calendar: WorkingDays, today: date) -> str:
    """Return what is said beside an alert that rests on finding nothing."""
    facts = View(record, calendar, today=today).all_facts()
    dated = [(fact.on, fact.agency) for fact in facts if fact.on is not None and fact.on <= today]
    if not dated:
        return _nothing_recorded()
    day, agency = dated[-1]
    named = "an agency that was not recorded" if agency is None else AGENCIES[agency]
    return f"None recorded here; last entry from {named} on {long_date(day)}. Ask before relying on this."


def _nothing_recorded() -> str:
    return "None recorded here. Ask before relying on this."
