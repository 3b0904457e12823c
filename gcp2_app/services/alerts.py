"""Alerts: asking the rules, keeping what they say, and laying an alert aside.

What the rules said of a child is kept until the record changes or a day comes on which they can say something else; so
a page reads a line, and only what changed is asked again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from gcp2_app.domain.alerts import Alert, Asked, Level, SetAside, asked_about, laid_aside
from gcp2_app.domain.moment import Moment
from gcp2_app.domain.register import Child, Professional
from gcp2_app.domain.rules.engine import Answer, Before, ask_about_child, ask_about_professional
from gcp2_app.domain.rules.record import Counting
from gcp2_app.domain.users import Duty, Role
from gcp2_app.domain.words import long_date
from gcp2_app.errors import InvalidValue, NotAllowed, NotFound
from gcp2_app.forms.rule_policy import rules_digest, shipped_rules, shipped_working_days
from gcp2_app.services.alert_records import child_record, person_records
from gcp2_app.services.session import Session
from gcp2_app.storage.alerts import (
    KeptAlerts,
    children_to_ask_about,
    children_with_alerts,
    keep_alerts,
    kept_alerts,
    mark_all_alerts_stale,
)
from gcp2_app.storage.store import Transaction

#: Setting that holds which rules gave the alerts that are kept.
ASKED_WITH = "alerts.asked_with"
#: A tenth of a second of work or so: whoever opens a child meanwhile waits that long.
_AT_ONCE = 5


def of_child(session: Session, child_id: str) -> tuple[Alert, ...]:
    """Return the alerts of a child today, the most urgent first, those laid aside among them.

    Raises:
        NotFound: no such child.
        NotAllowed: the user may not read this case.
    """
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        child = tx.children.get(child_id)
        session.require_reach(child)
        return fresh(session, tx, child)


def fresh(session: Session, tx: Transaction, child: Child) -> tuple[Alert, ...]:
    """Return the alerts of a child today within a running transaction; the rules are asked where they must be."""
    today = session.today()
    _forget_if_rules_changed(tx)
    kept = kept_alerts(tx, child.id)
    if kept.changes_on > today:
        return kept.alerts
    answer = _ask(tx, child, today=today, kept=kept)
    alerts = laid_aside(answer.alerts, child.set_asides, today=today)
    alerts = asked_about(alerts, child.alerts_asked, today=today)
    wakes = [alert.set_aside.until + timedelta(days=1) for alert in alerts if alert.set_aside is not None]
    keep_alerts(tx, child.id, alerts, changes_on=min(answer.changes_on, *wakes, date.max))
    return alerts


def _forget_if_rules_changed(tx: Transaction) -> None:
    """Ask about everybody again once the rules or their numbers are others than those that gave what is kept."""
    digest = rules_digest()
    if tx.setting(ASKED_WITH) != digest:
        tx.set_setting(ASKED_WITH, digest)
        mark_all_alerts_stale(tx.session)


def _ask(tx: Transaction, child: Child, *, today: date, kept: KeptAlerts) -> Answer:
    before = Before(kept.changes_on, {alert.rule: alert.since for alert in kept.alerts})
    record = child_record(tx, child)
    return ask_about_child(record, shipped_rules(), shipped_working_days(), today=today, before=before)


def ask_some(session: Session) -> int:
    """Ask the rules about some of the children whose alerts can be others by now. Return how many were asked.

    Called in the background until it returns 0, after unlocking and once a day.
    """
    today = session.today()
    with session.store.transaction() as tx:
        _forget_if_rules_changed(tx)
        waiting = children_to_ask_about(tx, today=today, limit=_AT_ONCE)
        for id_ in waiting:
            fresh(session, tx, tx.children.get(id_))
    return len(waiting)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One child in the list of alerts.

    Attributes:
        alerts: those that are not laid aside, the most urgent first; one that says the same of several children stands
            with the first of them alone.
        also: the other children an alert is about, by the alert's rule.
    """

    child: Child
    alerts: tuple[Alert, ...]
    also: Mapping[str, tuple[Child, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPage:
    """A page of the list of alerts; brothers and sisters of whom the same is said take no line of their own.

    Attributes:
        more: whether children come after this page.
    """

    children: tuple[Listed, ...]
    more: bool


def across(session: Session, *, offset: int = 0, limit: int = 25) -> ListedPage:
    """Return a page of the user's children who have alerts, those with something for today first, siblings merged.

    Raises:
        NotAllowed: the user's roles do not allow reading cases.
    """
    session.require(Duty.READ_CASES)
    only = session.reaches_through
    with session.store.transaction() as tx:
        found = children_with_alerts(tx, allocated_to=only, offset=offset, limit=limit + 1)
        page = found[:limit]
        children = tx.children.get_many(tuple(id_ for id_, _ in page))
        tx.record("alerts listed", by=session.user.id, kind="caseload", count=len(page))
    reached = [(children[id_], alerts) for id_, alerts in page if session.may_reach(children[id_])]
    return ListedPage(children=_merged(reached), more=len(found) > limit)


def _merged(found: Sequence[tuple[Child, tuple[Alert, ...]]]) -> tuple[Listed, ...]:
    """Say once what is said of several children because of the same entries.

    Source: casework.md, How rules read the record: "One line a row a child, siblings merged".
    """
    about: dict[tuple[str, tuple[str, ...]], list[Child]] = {}
    standing = [(child, [alert for alert in alerts if alert.set_aside is None]) for child, alerts in found]
    for child, alerts in standing:
        for alert in alerts:
            if alert.entries:
                about.setdefault((alert.rule, alert.entries), []).append(child)
    listed: list[Listed] = []
    for child, alerts in standing:
        own = [alert for alert in alerts if about.get((alert.rule, alert.entries), [child])[0] is child]
        if own:
            also = {alert.rule: tuple(about.get((alert.rule, alert.entries), [child])[1:]) for alert in own}
            listed.append(Listed(child=child, alerts=tuple(own), also=also))
    return tuple(listed)


def own(session: Session) -> tuple[Alert, ...]:
    """Return the alerts about this user's own training and reading today."""
    with session.store.transaction() as tx:
        return tuple(
            alert
            for record in person_records(tx)
            if record.professional.id == session.professional.id
            for alert in ask_about_professional(
                record, shipped_rules(), shipped_working_days(), today=session.today()
            ).alerts
        )


def at(session: Session, moment: Moment, child_id: str | None = None) -> tuple[Alert, ...]:
    """Return the alerts of a child, or of every child the user may reach and every professional, at a moment.

    Args:
        session: who asks.
        moment: the past that is asked about.
        child_id: only this child.

    Raises:
        NotFound: no such child.
        NotAllowed: the user may not read cases, or this one.
    """
    session.require(Duty.READ_CASES)
    today = moment.as_of or moment.known_on or session.today()
    counting = Counting.KNOWN if moment.as_of is None else Counting.HAPPENED
    known_by = None if moment.as_of is None else moment.known_on
    found: list[Alert] = []
    with session.store.transaction() as tx:
        if child_id is not None:
            session.require_reach(tx.children.get(child_id))
        for child in _children(session, tx, child_id):
            record = child_record(tx, child, counting=counting, known_by=known_by)
            alerts = ask_about_child(record, shipped_rules(), shipped_working_days(), today=today).alerts
            alerts = laid_aside(alerts, child.set_asides, today=today)
            found.extend(asked_about(alerts, child.alerts_asked, today=today))
        if child_id is None:
            for person in person_records(tx):
                asked = replace(person, known_by=known_by)
                alerts = ask_about_professional(asked, shipped_rules(), shipped_working_days(), today=today).alerts
                found.extend(_with_name(alert, person.professional) for alert in alerts)
        kind = "child" if child_id else "caseload"
        tx.record("alerts listed", by=session.user.id, kind=kind, id=child_id or "", count=len(found))
    return tuple(found)


def _with_name(alert: Alert, professional: Professional) -> Alert:
    """Return an alert about one of several people with whose it is in its text."""
    return replace(alert, text=f"{professional.name or 'A person without a name'}: {alert.text}")


def _children(session: Session, tx: Transaction, child_id: str | None) -> Iterable[Child]:
    if child_id is not None:
        return (tx.children.get(child_id),)
    return (child for child in tx.children.all() if session.may_reach(child))


def set_aside(session: Session, child_id: str, rule: str, *, reason: str, until: date) -> tuple[Alert, ...]:
    """Lay an alert aside with a reason until a day. Return the child's alerts afterwards.

    Raises:
        NotFound: no such child, or the rule does not hold for the child.
        NotAllowed: the user may not work on this case; or it is urgent, and the user is no supervisor.
        InvalidValue: no reason, or a day that has passed.
    """
    if not reason.strip():
        raise InvalidValue("An alert is set aside only with a reason.", "Write why it can wait.")
    if until < session.today():
        raise InvalidValue("This day has passed.", "Give the day it should be looked at again.")
    with session.store.transaction() as tx:
        child = tx.children.get(child_id)
        session.require_reach(child)
        alert = next((each for each in fresh(session, tx, child) if each.rule == rule), None)
        if alert is None:
            raise NotFound("This alert does not hold any more.", "Look at the child’s alerts again.")
        if alert.level is Level.URGENT and Role.SUPERVISOR not in session.user.roles:
            raise NotAllowed("An urgent alert is set aside by a supervisor.", "Ask your supervisor.")
        if Role.SUPERVISOR not in session.user.roles:
            session.require(Duty.WORK_CASES)
        aside = SetAside(
            rule=rule,
            reason=reason.strip(),
            by=session.professional.id,
            on=session.today(),
            until=until,
            counted=alert.entries,
            level=alert.level,
        )
        changed = replace(child, set_asides=(*child.set_asides, aside))
        tx.children.put(changed, by=session.user.id, reason="alert set aside")
        tx.record("alert set aside", by=session.user.id, kind="child", id=child_id, fields=(rule,), reason=reason)
        return fresh(session, tx, changed)


def note_asked(session: Session, child_id: str, rule: str, *, whom: str, on: date, answer: str) -> tuple[Alert, ...]:
    """Keep whom somebody asked because an alert rests on finding nothing. Return the child's alerts afterwards.

    Raises:
        NotFound: no such child, or the rule does not hold for the child.
        NotAllowed: the user may not work on this case.
        InvalidValue: it is not said whom, or what they said; the day has not come, or lies before the alert; or the
            alert rests on what was found.
    """
    session.require(Duty.WORK_CASES)
    if not whom.strip() or not answer.strip():
        raise InvalidValue("It is not said whom you asked, or what they said.", "Write down both.")
    with session.store.transaction() as tx:
        child = tx.children.get(child_id)
        session.require_reach(child)
        alert = next((each for each in fresh(session, tx, child) if each.rule == rule), None)
        if alert is None:
            raise NotFound("This alert does not hold any more.", "Look at the child’s alerts again.")
        if not alert.rests_on_nothing:
            raise InvalidValue("This alert rests on what was found.", "Open what it counted instead.")
        if not alert.since <= on <= session.today():
            raise InvalidValue(
                f"The alert holds since {long_date(alert.since)}: an answer from before is about another time.",
                "Give the day you asked, from then until today.",
            )
        asked = Asked(rule=rule, whom=whom.strip(), on=on, answer=answer.strip(), by=session.professional.id)
        changed = replace(child, alerts_asked=(*child.alerts_asked, asked))
        tx.children.put(changed, by=session.user.id, reason="asked about an alert")
        tx.record("asked about an alert", by=session.user.id, kind="child", id=child_id, fields=(rule,))
        return fresh(session, tx, changed)


def take_up_again(session: Session, child_id: str, rule: str) -> tuple[Alert, ...]:
    """End the set-aside of an alert today. Return the child's alerts afterwards.

    Raises:
        NotFound: no such child.
        NotAllowed: the user may not read this case.
    """
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        child = tx.children.get(child_id)
        session.require_reach(child)
        yesterday = session.today() - timedelta(days=1)
        ended = tuple(
            replace(each, until=min(each.until, yesterday)) if each.rule == rule else each for each in child.set_asides
        )
        changed = replace(child, set_asides=ended)
        tx.children.put(changed, by=session.user.id, reason="alert taken up again")
        tx.record("alert taken up again", by=session.user.id, kind="child", id=child_id, fields=(rule,))
        return fresh(session, tx, changed)
