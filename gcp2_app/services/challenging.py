"""Professional challenges: begun from a decision, taken up the ladder, answered, resolved; and their letters.

What is back from a function here is on disk, with its audit event.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from gcp2_app.domain import challenging
from gcp2_app.domain.challenging import Challenge, Letter
from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.letters import heading_of, signature
from gcp2_app.domain.policy import ChallengePolicy
from gcp2_app.domain.typed_dates import when_words
from gcp2_app.domain.users import Duty
from gcp2_app.domain.when import LONDON, When
from gcp2_app.errors import InvalidValue, NotAllowed, NotFound
from gcp2_app.forms.entry_kinds import load_kinds
from gcp2_app.forms.policy import shipped_policy
from gcp2_app.forms.rule_policy import shipped_rules, shipped_working_days
from gcp2_app.services import entries, names
from gcp2_app.services.entry_children import as_seen, reach
from gcp2_app.services.referral_outcomes import OpenChallenge, opened
from gcp2_app.services.session import Session
from gcp2_app.services.stream import entry_words
from gcp2_app.services.visit_people import reached
from gcp2_app.storage.store import Transaction

#: Fields of a stage that are carried up to the next.
_CARRIED: Final = ("our_position", "their_position", "asked_for", "their_agency")
#: Fields that are written when a stage begins, and mended while it runs.
WORDS: Final = (*_CARRIED, "with_whom")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengeFile:
    """A challenge as its page shows it.

    Attributes:
        standing: with the clock of its stage.
        decision: the decision it is about, in a line; empty where that is not said.
        next_stage: the stage it would go to, or None from the last.
    """

    challenge: Challenge
    standing: OpenChallenge
    decision: str
    policy: ChallengePolicy
    next_stage: int | None
    today: date


def of_child(session: Session, child_id: str, *, why: str = "") -> tuple[ChallengeFile, ...]:
    """Return the challenges about a child, the open ones first. The view is audited.

    Raises:
        NotFound: no such child.
        NotAllowed: the user may not read this case.
        ReasonNeeded: the record is restricted and no reason was given.
    """
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        reached(session, tx, child_id, why)
        found = _challenges(tx, child_id)
        tx.record("challenges opened", by=session.user.id, kind="child", id=child_id, count=len(found), reason=why)
        files = [_file(session, tx, each) for each in found]
    return tuple(sorted(files, key=lambda each: not each.challenge.is_open(each.today)))


def _challenges(tx: Transaction, child_id: str) -> tuple[Challenge, ...]:
    stages = tx.entries.of_child(child_id, kinds={challenging.KIND})
    return challenging.challenges(entry for entry in stages if entry.entered_in_error is None)


def _file(session: Session, tx: Transaction, challenge: Challenge) -> ChallengeFile:
    about = tx.entries.find(challenge.about) if challenge.about else None
    policy = shipped_policy().challenge
    urgent = challenge.latest.data.get("urgent") is True
    return ChallengeFile(
        challenge=challenge,
        standing=opened(session, challenge),
        decision=decision_words(about) if about is not None else "",
        policy=policy,
        next_stage=challenging.next_stage(challenge, policy, urgent=urgent),
        today=session.today(),
    )


def decision_words(entry: Entry) -> str:
    """Return a decision in a line: what was decided on, when, and what the decision was."""
    return ". ".join(part.rstrip(". ") for part in (entry_words(entry), _decided(entry), _reason(entry)) if part) + "."


def decision_in_full(entry: Entry) -> str:
    """Return a decision as a letter says it, nothing of it cut short."""
    kind = load_kinds().get(entry.kind)
    title = ", ".join(
        filter(None, (kind.title if kind is not None else entry.kind, when_words(entry.when) if entry.when else ""))
    )
    said, decided, reason = entry.what.strip(), _decided(entry), _reason(entry)
    return "\n".join(
        filter(
            None,
            (
                f"{title}: {said}" if said else f"{title}.",
                f"Decided: {decided[:1].lower()}{decided[1:].rstrip('.')}." if decided else "",
                f"The reason given: {reason}" if reason else "",
            ),
        )
    )


def _decided(entry: Entry) -> str:
    kind = load_kinds().get(entry.kind)
    outcome = next((item for item in kind.items if item.name == "outcome"), None) if kind is not None else None
    code = entry.data.get("outcome")
    return next((option.label for option in outcome.options if option.code == code), "") if outcome else ""


def _reason(entry: Entry) -> str:
    return str(entry.data.get("decision_reason") or "").strip()


def start(session: Session, about_id: str, *, stage: int, urgent: bool, words: Mapping[str, Any]) -> Entry:
    """Begin a challenge to a decision, or take the one that runs to a later stage.

    Args:
        session: who challenges.
        about_id: id of the entry that holds the decision: a request for help, a meeting, an agreed step.
        stage: 1 to 4.
        urgent: a child could be harmed before tomorrow.
        words: both positions, what is asked for, whom is asked; see :data:`WORDS`.

    Raises:
        NotFound: no such entry.
        NotAllowed: the user may not work on this case, or the entry was made in error.
        InvalidValue: no such stage, not above the one the challenge stands at, or it is not said what we say.
    """
    session.require(Duty.WORK_CASES)
    if not str(words.get("our_position") or "").strip():
        raise InvalidValue("It is not said what we say, and why.", "Write down why you disagree.")
    with session.store.transaction() as tx:
        about = tx.entries.get(about_id)
        children = reach(session, tx, about)
        if about.entered_in_error is not None:
            raise NotAllowed("This entry was entered in error.", "A decision that is not there cannot be challenged.")
        about = as_seen(about, reached={child.id for child in children}, kind=load_kinds().get(about.kind))
        running = _running(session, tx, about)
    challenging.check_stage(stage, running)
    me, today = session.professional, session.today()
    held = {name: words.get(name) for name in WORDS if words.get(name) not in (None, "")}
    return entries.add(
        session,
        Entry(
            id="",
            kind=challenging.KIND,
            children=about.children,
            when=When.on(today),
            source=Source(name=me.name, role=me.role, agency=me.agency),
            withheld_from=about.withheld_from,
            harm_if_disclosed=about.harm_if_disclosed,
            data={
                **held,
                "about": about_id,
                "stage": stage,
                "stage_started": today.isoformat(),
                "urgent": urgent or None,
            },
        ),
    )


def _running(session: Session, tx: Transaction, about: Entry) -> Challenge | None:
    found = [each for child in about.children for each in _challenges(tx, child) if each.about == about.id]
    return next((each for each in found if each.is_open(session.today())), None)


def advance(session: Session, stage_id: str, *, stage: int, urgent: bool, words: Mapping[str, Any]) -> Entry:
    """Take a challenge to a later stage, its positions carried with it.

    Args:
        session: who takes it there.
        stage_id: of the stage it stands at.
        stage: the later one.
        urgent: a child could be harmed before tomorrow.
        words: what is said anew.

    Raises:
        NotAllowed: the user may not work on this case.
        InvalidValue: as :func:`start`; or the challenge names no decision.
    """
    before = _read(session, stage_id)
    about = str(before.data.get("about") or "")
    if not about:
        raise InvalidValue("It is not said which decision this challenge is about.", "Correct the entry first.")
    carried = {name: before.data[name] for name in _CARRIED if before.data.get(name)}
    return start(session, about, stage=stage, urgent=urgent, words={**carried, **words})


def add_contact(session: Session, stage_id: str, *, who: str, how: str, said: str) -> Entry:
    """Add a contact about a challenge to its log.

    Raises:
        InvalidValue: it is not said with whom.
    """
    if not who.strip():
        raise InvalidValue("It is not said with whom.", "Give a name, or a role.")
    before = _read(session, stage_id)
    now = session.now().astimezone(LONDON).replace(second=0, microsecond=0)
    added = {"on": now.isoformat(), "who": who.strip(), "how": how.strip(), "said": said.strip()}
    contacts = [*(before.data.get("contacts") or ()), {name: value for name, value in added.items() if value}]
    return _revise(session, before, "Contact", contacts=contacts)


def record_reply(session: Session, stage_id: str, *, on: str, reply: str, their_position: str = "") -> Entry:
    """Keep the answer to a stage. What they say, where it is said anew, takes the place of what was understood.

    Raises:
        InvalidValue: no day is given, or it lies in the future.
    """
    _check_day(session, on)
    before = _read(session, stage_id)
    changes: dict[str, Any] = {"reply_on": on, "reply": reply.strip()}
    if their_position.strip():
        changes["their_position"] = their_position.strip()
    return _revise(session, before, "Answer", **changes)


def resolve(session: Session, stage_id: str, *, on: str, resolution: str) -> Entry:
    """Keep how a challenge was resolved.

    Raises:
        InvalidValue: no day is given, it lies in the future, or it is not said how.
    """
    _check_day(session, on)
    if not resolution.strip():
        raise InvalidValue("It is not said how it was resolved.", "Write down what was agreed.")
    return _revise(session, _read(session, stage_id), "Resolved", resolved_on=on, resolution=resolution.strip())


def _check_day(session: Session, on: str) -> None:
    day = When(on).last if on else None
    if day is None or day > session.today():
        raise InvalidValue("The day is missing, or has not come yet.", "Give the day it happened.")


def _revise(session: Session, before: Entry, reason: str, **changes: Any) -> Entry:
    return entries.revise(session, replace(before, data={**before.data, **changes}), reason=reason)


def _read(session: Session, stage_id: str) -> Entry:
    session.require(Duty.WORK_CASES)
    with session.store.transaction() as tx:
        entry = tx.entries.get(stage_id)
        children = reach(session, tx, entry)
    if entry.kind != challenging.KIND:
        raise NotAllowed("This entry is no challenge.", "Open it on the timeline.")
    return as_seen(entry, reached={child.id for child in children}, kind=load_kinds().get(entry.kind))


def letter(session: Session, child_id: str, stage_id: str) -> str:
    """Return the letter of a challenge as plain text, to leave the store. It is in the audit trail as an export.

    Raises:
        NotFound: the child has no such challenge.
        NotAllowed: the user may not work on this case.
    """
    return _letter(session, child_id, stage_id, "challenge letter copied").plain_text


def letter_file(session: Session, child_id: str, stage_id: str) -> bytes:
    """Return the letter of a challenge as a PDF, to leave the store. It is in the audit trail as an export.

    Raises:
        NotFound: the child has no such challenge.
        NotAllowed: the user may not work on this case.
    """
    from gcp2_app.reports.pdf.challenge import ChallengeReport, challenge_report

    made = _letter(session, child_id, stage_id, "challenge letter exported")
    return challenge_report(ChallengeReport(letter=made, practice=session.store.practice))


def _letter(session: Session, child_id: str, stage_id: str, action: str) -> Letter:
    session.require(Duty.WORK_CASES)
    with session.store.transaction() as tx:
        child = tx.children.get(child_id)
        session.require_reach(child)
        found = next(
            (each for each in _challenges(tx, child_id) if any(stage.id == stage_id for stage in each.stages)), None
        )
        if found is None:
            raise NotFound("This challenge is not there any more.")
        about = tx.entries.find(found.about) if found.about else None
        tx.record(action, by=session.user.id, kind="entry", id=stage_id, reason="letter")
    return challenging.letter(
        found,
        shipped_policy().challenge,
        heading=heading_of(child, name=names.of_child(child), to="", on=session.today()),
        decision=decision_in_full(about) if about is not None else "",
        sender=signature(session.professional),
        due=found.due(shipped_working_days(), shipped_rules()["LP10.stage_overdue"].numbers),
    )
