"""A supervision about one child: what was talked about, what was decided and why, and whether it was done.

Knows values and dates; no store and no clock.

Source: experience.md, screen 9 (recorded supervision, last supervision's decisions and whether done).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from gcp2_app.errors import InvalidValue, NotFound


class Followed(StrEnum):
    """Whether a decision was carried out."""

    DONE = "done"
    PART = "part"
    NOT_DONE = "not_done"
    NO_LONGER_NEEDED = "no_longer_needed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision of a supervision.

    Attributes:
        what: the decision.
        why: the reason for it.
        who: who carries it out, in words.
        by: the day it should be done by; None where none was set.
        followed: whether it was done; None until somebody said.
        followed_on: the day that was said.
        followed_words: what was found, in words.
    """

    what: str
    why: str
    who: str = ""
    by: date | None = None
    followed: Followed | None = None
    followed_on: date | None = None
    followed_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Supervision:
    """One supervision about one child.

    Attributes:
        child: id of the child.
        on: the day it was held.
        by: id of the professional who supervised.
        worker: id of the professional who was supervised; None where that was not noted.
        question: the question the supervisor asked.
        discussed: what was talked about.
        decisions: in the order they were made.
    """

    id: str
    child: str
    on: date
    by: str
    worker: str | None = None
    question: str = ""
    discussed: str = ""
    decisions: tuple[Decision, ...] = ()


def check_supervision(supervision: Supervision, *, today: date) -> None:
    """Refuse a supervision that says nothing, a decision without its reason, and a day that has not come.

    Raises:
        InvalidValue: one of these.
    """
    if supervision.on > today:
        raise InvalidValue("That day has not come yet.", "Give the day the supervision was held.")
    if not (supervision.question.strip() or supervision.discussed.strip() or supervision.decisions):
        raise InvalidValue("Nothing is written.", "Write what was talked about, or what was decided.")
    for number, decision in enumerate(supervision.decisions, start=1):
        if not decision.what.strip():
            raise InvalidValue(f"Decision {number} says nothing.", "Write what was decided, or take it out.")
        if not decision.why.strip():
            raise InvalidValue(f"Decision {number} has no reason.", "Write why it was decided.")


def follow(supervision: Supervision, number: int, followed: Followed, *, on: date, words: str = "") -> Supervision:
    """Return the supervision with what became of a decision.

    Args:
        supervision: the one that made it.
        number: of the decision, from 0.
        followed: whether it was done.
        on: the day that is said.
        words: what was found.

    Raises:
        NotFound: it has no such decision.
        InvalidValue: it was not carried out in full, and nothing says why.
    """
    if not 0 <= number < len(supervision.decisions):
        raise NotFound("This decision is not in the record.", "Look at the supervision again.")
    if followed is not Followed.DONE and not words.strip():
        raise InvalidValue("It is not said why it was not done in full.", "Write what was found.")
    decisions = list(supervision.decisions)
    decisions[number] = replace(decisions[number], followed=followed, followed_on=on, followed_words=words.strip())
    return replace(supervision, decisions=tuple(decisions))


def latest_by(supervisions: Iterable[Supervision], day: date) -> Supervision | None:
    """Return the latest supervision held by a day, or None."""
    return max((each for each in supervisions if each.on <= day), key=lambda each: (each.on, each.id), default=None)
