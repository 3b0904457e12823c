"""A professional challenge: its stages, its clocks, and the letter made from what was written down.

One challenge is about one decision; each stage is an entry of its own, so that the log stays as it was.

Source: casework.md, LP10.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date
from typing import Any, Final

from gcp2_app.domain.calendar import WorkingDays
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.letters import FAREWELL, GREETING, Heading
from gcp2_app.domain.policy import ChallengePolicy
from gcp2_app.domain.rules.challenges import StageOverdue
from gcp2_app.domain.rules.record import day_of
from gcp2_app.domain.words import long_date
from gcp2_app.errors import InvalidValue

#: The kind of entry a stage is.
KIND: Final = "challenge"
#: The last stage of the ladder.
LAST_STAGE: Final = 4
#: Heading of the decision that is challenged.
DECISION: Final = "The decision"
#: Heading of what happened so far.
LOG: Final = "What happened so far"
#: Whom a letter is written to where nobody is named.
NOBODY_NAMED: Final = "To whoever made the decision"
URGENT: Final = "A child could be harmed before tomorrow. Please answer today."
#: What stands in the place of a part that a letter cannot do without.
NOT_WRITTEN: Final = "This is not written down yet."
#: A text that begins so says again which stage it is.
_STAGE: Final = re.compile(r"\Astage (?:\d|one|two|three|four)\s*:\s*", re.IGNORECASE)
POSITION_NOT_KNOWN: Final = "Your position is not written down here yet. Please tell us."


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    """One challenge.

    Attributes:
        about: id of the entry whose decision it is about, or empty where that was not said.
        stages: one or more, the first first.
    """

    about: str
    stages: tuple[Entry, ...]

    @property
    def latest(self) -> Entry:
        """The stage it stands at."""
        return self.stages[-1]

    @property
    def stage(self) -> int:
        """Number of the stage it stands at, 1 to 4."""
        return stage_of(self.latest)

    def is_open(self, today: date) -> bool:
        """Whether it is not resolved by a day."""
        resolved = day_of(self.latest.data.get("resolved_on"))
        return resolved is None or resolved > today

    def is_answered(self, today: date) -> bool:
        """Whether the stage it stands at has a reply by a day."""
        reply = day_of(self.latest.data.get("reply_on"))
        return reply is not None and reply <= today

    def due(self, days: WorkingDays, numbers: StageOverdue) -> date | None:
        """Return the last day on which an answer to its stage is in time, or None where no clock runs.

        Source: casework.md, LP10: "stages 2 / 5 / 2 / 5 wd".
        """
        started, count = day_of(self.latest.data.get("stage_started")), numbers.days_of(self.stage)
        return None if started is None or count is None else days.after(started, count)

    def is_overdue(self, today: date, days: WorkingDays, numbers: StageOverdue) -> bool:
        """Whether its stage should have been answered before a day and was not."""
        due = self.due(days, numbers)
        return due is not None and due < today and self.is_open(today) and not self.is_answered(today)


def stage_of(entry: Entry) -> int:
    """Return the stage an entry says, or 0 where it says none."""
    stage = entry.data.get("stage")
    return stage if isinstance(stage, int) else 0


def challenges(entries: Iterable[Entry]) -> tuple[Challenge, ...]:
    """Return the challenges behind stages, the one whose stage started last first.

    Stages about the same decision are one challenge; one that names no decision is its own. After a resolution, a stage
    with a lower number, or the same one, begins another.
    """
    groups: list[list[Entry]] = []
    latest: dict[str, list[Entry]] = {}
    for entry in sorted((each for each in entries if each.kind == KIND), key=_order):
        about = str(entry.data.get("about") or "")
        group = latest.get(about) if about else None
        if group is None or (group[-1].data.get("resolved_on") and stage_of(entry) <= stage_of(group[-1])):
            group = []
            groups.append(group)
            latest[about] = group
        group.append(entry)
    made = [Challenge(about=str(group[0].data.get("about") or ""), stages=tuple(group)) for group in groups]
    return tuple(sorted(made, key=lambda each: _order(each.latest), reverse=True))


def _order(entry: Entry) -> tuple[date, str, int, str]:
    written = entry.recorded_at.astimezone(UTC).isoformat() if entry.recorded_at is not None else ""
    return day_of(entry.data.get("stage_started")) or date.min, written, stage_of(entry), entry.id


def first_stage(policy: ChallengePolicy, *, urgent: bool) -> int:
    """Return the stage a challenge is offered to begin at.

    Source: casework.md, LP10: "danger skips stages".
    """
    return policy.urgent_stage if urgent else 1


def next_stage(challenge: Challenge, policy: ChallengePolicy, *, urgent: bool) -> int | None:
    """Return the stage it goes to next, or None from the last: danger skips those below the area's own."""
    if challenge.stage >= LAST_STAGE:
        return None
    following = challenge.stage + 1
    return max(following, policy.urgent_stage) if urgent else following


def check_stage(stage: int, before: Challenge | None) -> None:
    """Refuse a stage that is not on the ladder, or does not lead up it.

    Raises:
        InvalidValue: no such stage, or not above the one it stands at.
    """
    if not 1 <= stage <= LAST_STAGE:
        raise InvalidValue("There is no such stage.", "Choose one from 1 to 4.")
    if before is not None and stage <= before.stage:
        raise InvalidValue(
            f"The challenge stands at stage {before.stage} already.", "Take it to a later stage, or resolve it."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The letter of a challenge, made from what was written down and nothing else.

    Attributes:
        heading: whom it is written to, its date, and whom it is about.
        title: with the number and the name of the stage.
        urgent: what is said where a child could be harmed before tomorrow, else empty.
        parts: heading and words of the decision, both positions, and what is asked for.
        log: what happened so far, a line each.
        closing: by when an answer is asked for, or that one came; or empty.
        sender: name, role and agency of who writes, a line each.
    """

    heading: Heading
    title: str
    urgent: str
    parts: tuple[tuple[str, str], ...]
    log: tuple[str, ...]
    closing: str
    sender: str

    @property
    def plain_text(self) -> str:
        """The letter as plain text, for a message."""
        said = [
            *self.heading.lines,
            GREETING,
            "\n".join(filter(None, (f"{self.title}, about {self.heading.child}", self.heading.born))),
            self.urgent,
            *(f"{heading}\n{text}" for heading, text in self.parts),
            self.closing,
            f"{FAREWELL}\n{self.sender}",
            "\n".join((LOG, *self.log)) if self.log else "",
        ]
        return "\n\n".join(part for part in said if part) + "\n"


def letter(
    challenge: Challenge,
    policy: ChallengePolicy,
    *,
    heading: Heading,
    decision: str,
    sender: str,
    due: date | None,
) -> Letter:
    """Return the letter of a challenge.

    Args:
        challenge: what it is about, and its log.
        policy: what the stages are called.
        heading: its date, and whom it is about; whom it is written to stands in the stage.
        decision: the decision in a line.
        sender: name, role and agency of who writes.
        due: the last day for an answer, or None where no clock runs.
    """
    data: Mapping[str, Any] = challenge.latest.data
    stage = policy.stages[challenge.stage - 1] if 1 <= challenge.stage <= len(policy.stages) else None
    parts = (
        (DECISION, decision),
        ("What we say, and why", _text(data, "our_position") or NOT_WRITTEN),
        ("How we understand your position", _text(data, "their_position") or POSITION_NOT_KNOWN),
        ("What we ask for", _text(data, "asked_for") or NOT_WRITTEN),
    )
    to = "\n".join(filter(None, (_text(data, "with_whom"), _text(data, "their_agency"))))
    return Letter(
        heading=replace(heading, to=to or NOBODY_NAMED),
        title="Professional challenge"
        + (f", stage {challenge.stage}" if challenge.stage else "")
        + (f": {stage.title.lower()}" if stage else ""),
        urgent=URGENT if data.get("urgent") is True and challenge.is_open(heading.on) else "",
        parts=tuple((heading, text) for heading, text in parts if text),
        log=_log(challenge),
        closing=_closing(challenge, due, heading.on),
        sender=sender,
    )


def _closing(challenge: Challenge, due: date | None, today: date) -> str:
    """Return by when an answer is asked for; of a challenge that was answered or resolved, that it was."""
    data = challenge.latest.data
    resolved, reply = day_of(data.get("resolved_on")), day_of(data.get("reply_on"))
    if resolved is not None and not challenge.is_open(today):
        return f"This challenge was resolved on {long_date(resolved)}. The letter is printed again for the record."
    if reply is not None and challenge.is_answered(today):
        return f"Your answer came on {long_date(reply)}. Whether it resolves the challenge is not recorded yet."
    if due is None:
        return ""
    if due < today:
        return f"An answer was due by {long_date(due)}. Please answer now; the challenge goes to its next stage."
    return f"Please answer by {long_date(due)}. Without an answer the challenge goes to its next stage."


def _text(data: Mapping[str, Any], name: str) -> str:
    return str(data.get(name) or "").strip()


def _log(challenge: Challenge) -> tuple[str, ...]:
    """Return what happened so far: stages, contacts and replies, in their order."""
    found: list[tuple[date, str]] = []
    for place, entry in enumerate(challenge.stages):
        started = day_of(entry.data.get("stage_started"))
        # Of the stage the letter is about, the letter itself says that it began.
        if started is not None and (entry.what.strip() or place < len(challenge.stages) - 1):
            told = _STAGE.sub("", entry.what.strip())
            said = f": {told}" if told else ""
            found.append((started, f"stage {stage_of(entry)} began{said}"))
        for contact in entry.data.get("contacts") or ():
            day = day_of(contact.get("on"))
            said = ": ".join(
                filter(None, (", ".join(filter(None, (contact.get("who"), contact.get("how")))), contact.get("said")))
            )
            if day is not None and said:
                found.append((day, said))
        reply = day_of(entry.data.get("reply_on"))
        if reply is not None:
            found.append((reply, f"answer: {_text(entry.data, 'reply')}" if _text(entry.data, "reply") else "answer"))
    found.sort(key=lambda each: each[0])
    return tuple(f"{long_date(day)}: {said}" for day, said in found)
