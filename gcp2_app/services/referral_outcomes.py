"""What came of requests for help: side by side, decided, added to, and whatever of them is still open.

What is back from a function here is on disk, with its audit event.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from gcp2_app.domain import challenging, referring
from gcp2_app.domain.challenging import Challenge
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.register import Child
from gcp2_app.domain.requests_compared import Compared, compare
from gcp2_app.domain.sent_requests import plain_text, was_sent
from gcp2_app.domain.users import Duty
from gcp2_app.domain.when import LONDON
from gcp2_app.errors import InvalidValue, NotAllowed
from gcp2_app.forms.entry_kinds import load_kinds
from gcp2_app.forms.policy import shipped_policy
from gcp2_app.forms.rule_policy import shipped_rules, shipped_working_days
from gcp2_app.services import entries, visit_people
from gcp2_app.services.entry_children import as_seen, reach
from gcp2_app.services.session import Session
from gcp2_app.services.visit_people import reached
from gcp2_app.storage.store import Transaction

#: Events that stand apart from requests for help: nobody asked for anything. Source: casework.md, LP9.
_NOTIFICATIONS: Final = frozenset({"police_callout", "ed_attendance"})
_OUTCOME: Final = frozenset(
    {
        *("acknowledged_on", "decided_on", "outcome", "service_began", "decided_by", "decision_reason", "written_on"),
        "incident",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenChallenge:
    """A challenge that is not resolved.

    Attributes:
        due: the last day for an answer to its stage; None where it is answered or no clock runs.
    """

    challenge: Challenge
    due: date | None
    overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the head of a child's page says of requests and challenges."""

    requests: int = 0
    open: tuple[OpenChallenge, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Requests:
    """The requests for help about a child, side by side.

    Attributes:
        rows: the newest first.
        names: the children of the household whose requests are among them, by id; without the household, none.
        notifications: of police and emergency departments, apart, the newest first.
        challenges: to decisions on any of these requests, by the request's id.
    """

    child: Child
    rows: tuple[Compared, ...]
    names: Mapping[str, str]
    notifications: tuple[Entry, ...]
    challenges: Mapping[str, Challenge]
    today: date


def standing(session: Session, tx: Transaction, child: Child) -> Standing:
    """Return what the head of a child's page says, within a running transaction; the caller has checked and audited."""
    found = _standing(tx, child.id, {referring.KIND, challenging.KIND})
    return Standing(
        requests=sum(entry.kind == referring.KIND for entry in found),
        open=tuple(opened(session, each) for each in challenging.challenges(found) if each.is_open(session.today())),
    )


def opened(session: Session, challenge: Challenge) -> OpenChallenge:
    """Return a challenge with the clock of its stage."""
    numbers, days, today = shipped_rules()["LP10.stage_overdue"].numbers, shipped_working_days(), session.today()
    return OpenChallenge(
        challenge=challenge,
        due=None if challenge.is_answered(today) else challenge.due(days, numbers),
        overdue=challenge.is_overdue(today, days, numbers),
    )


def _standing(tx: Transaction, child_id: str, kinds: set[str]) -> tuple[Entry, ...]:
    return tuple(each for each in tx.entries.of_child(child_id, kinds=kinds) if each.entered_in_error is None)


def standing_of(session: Session, child_id: str) -> Standing:
    """Return what the head of a child's page says.

    Raises:
        NotFound: no such child.
        NotAllowed: the user may not read this case.
    """
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        child = tx.children.get(child_id)
        session.require_reach(child)
        return standing(session, tx, child)


def of_child(session: Session, child_id: str, *, why: str = "", household: bool = False) -> Requests:
    """Return the requests for help about a child, side by side. The view is audited.

    Args:
        why: the reason for opening a restricted record.
        household: with those about the other children of the household whom the user may open; a brother's or sister's
            record that is restricted is opened for a reason of its own, and left out.

    Raises:
        NotFound: no such child.
        NotAllowed: the user may not read this case.
        ReasonNeeded: the record is restricted and no reason was given.
    """
    session.require(Duty.READ_CASES)
    rules = shipped_rules()
    with session.store.transaction() as tx:
        child = reached(session, tx, child_id, why)
        asked = [child]
        if household:
            _, around, _ = visit_people.household(session, tx, child)
            asked += [each for each in around if each.id != child.id and not each.restricted]
        found = _of_each(session, tx, asked)
        rows = compare(
            found,
            shipped_working_days(),
            decision_days=rules["REF.decision"].numbers.working_days,
            written_hours=rules["REF.written"].numbers.hours,
        )
        for each in asked:
            tx.record(
                "requests for help compared", by=session.user.id, kind="child", id=each.id, count=len(rows), reason=why
            )
    notified = [each for each in found if each.kind == "event" and each.data.get("type") in _NOTIFICATIONS]
    latest = {each.about: each for each in reversed(challenging.challenges(found)) if each.about}
    return Requests(
        child=child,
        rows=rows,
        names={each.id: each.name for each in asked} if household else {},
        notifications=tuple(sorted(notified, key=_order, reverse=True)),
        challenges=latest,
        today=session.today(),
    )


def _of_each(session: Session, tx: Transaction, children: list[Child]) -> tuple[Entry, ...]:
    """Return the requests, challenges and events of children, each once, without what they say of others."""
    found: dict[str, Entry] = {}
    for child in children:
        found |= {each.id: each for each in _standing(tx, child.id, {referring.KIND, challenging.KIND, "event"})}
    if len(children) == 1:
        return tuple(found.values())
    named = tx.children.get_many(tuple({id_ for each in found.values() for id_ in each.children}))
    mine, kinds = {id_ for id_, each in named.items() if session.may_reach(each)}, load_kinds()
    return tuple(as_seen(each, reached=mine, kind=kinds.get(each.kind)) for each in found.values())


def _order(entry: Entry) -> str:
    return entry.when.sort_key if entry.when is not None else ""


def text(session: Session, referral_id: str, *, reason: str) -> str:
    """Return what was sent as plain text, to leave the store. It is in the audit trail as an export.

    Raises:
        NotFound: no such entry.
        NotAllowed: the user may not read this case, or it was not sent from here.
    """
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        entry = tx.entries.get(referral_id)
        reach(session, tx, entry)
        if entry.entered_in_error is not None or not was_sent(entry):
            raise NotAllowed("This request was not written here.", "Open the entry to read what is recorded of it.")
        tx.record(
            "request for help copied",
            by=session.user.id,
            kind="entry",
            id=referral_id,
            fields=("data.content",),
            reason=reason,
        )
    title = str(entry.data["sent"].get("form") or shipped_policy().referral.name)
    follow_ups = [
        {"block": "Said after it was sent", "label": str(each.get("on") or ""), "text": str(each.get("text") or "")}
        for each in entry.data.get("follow_ups") or ()
    ]
    return plain_text(title, [*entry.data.get("content", ()), *follow_ups])


def record_outcome(session: Session, referral_id: str, said: Mapping[str, Any]) -> Entry:
    """Keep what came of a request: acknowledged, decided, how, by whom, why; followed up in writing.

    Args:
        session: who records it.
        referral_id: of the request.
        said: fields of the kind by name; those that are not of the outcome are refused.

    Raises:
        NotFound: no such entry.
        NotAllowed: the user may not work on this case.
        InvalidValue: a field is none of the outcome's, or does not fit.
    """
    if unknown := said.keys() - _OUTCOME:
        raise InvalidValue(f"data.{min(unknown)}: this is not part of what came of a request.")
    before = _read(session, referral_id)
    return entries.revise(session, replace(before, data={**before.data, **said}), reason="What came of it")


def add_follow_up(session: Session, referral_id: str, *, said: str, how: str = "") -> Entry:
    """Add to or correct a request that was sent: beside it, dated and signed; nothing of it changes.

    Raises:
        NotFound: no such entry.
        NotAllowed: the user may not work on this case.
        InvalidValue: nothing was said.
    """
    if not said.strip():
        raise InvalidValue("It is not said what is added or corrected.", "Write it down.")
    before = _read(session, referral_id)
    now = session.now().astimezone(LONDON).replace(second=0, microsecond=0)
    added = {"on": now.isoformat(), "by": session.professional.name, "how": how.strip(), "text": said.strip()}
    held = [*(before.data.get("follow_ups") or ()), {name: value for name, value in added.items() if value}]
    return entries.revise(session, replace(before, data={**before.data, "follow_ups": held}), reason="Follow-up")


def _read(session: Session, referral_id: str) -> Entry:
    session.require(Duty.WORK_CASES)
    with session.store.transaction() as tx:
        entry = tx.entries.get(referral_id)
        children = reach(session, tx, entry)
        entry = as_seen(entry, reached={child.id for child in children}, kind=load_kinds().get(entry.kind))
    if entry.kind != referring.KIND:
        raise NotAllowed("This entry is no request for help.", "Open it on the timeline.")
    return entry
