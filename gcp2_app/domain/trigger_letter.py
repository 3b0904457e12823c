"""The letter that asks MASH to look at requests for help together, made from what the rules counted.

Holds days, agencies, outcomes and what its writer adds; no grade, no address, no words of other people.

Source: casework.md, LP9: "outside MASH the next step is a letter asking MASH for a trigger review".
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from gcp2_app.domain.letters import Heading
from gcp2_app.domain.words import counted, long_date

TITLE: Final = "Request for a trigger review"
#: Where the review is asked of.
TO: Final = "MASH (multi-agency safeguarding hub)"
#: Headings of the letter, in its order.
WHY: Final = "Why we ask"
REQUESTS: Final = "The requests for help"
ADDS_UP: Final = "What they show together"
ASKS: Final = "What we ask"
#: What the letter asks for until its writer says it otherwise; one line each.
ASKED: Final = (
    "Look at these requests together, and not at the latest alone.",
    "Say what each decision rested on, and what was not known then.",
    "Hold the trigger review with the agencies that made the requests, and tell us the day.",
    "Write to us what was decided and why.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLine:
    """One request for help as the letter names it: all in words, what is not recorded said so."""

    when: str
    asked_by: str
    concern: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggerLetter:
    """Everything the letter says.

    Attributes:
        heading: its date, and whom it is about.
        why: what the rules counted, a sentence each, and that a review was asked for before.
        requests: oldest first.
        adds_up: its writer's words, or empty.
        asks: what is asked for, a line each.
        sender: name, role, agency and how to be reached, a line each.
    """

    heading: Heading
    why: tuple[str, ...]
    requests: tuple[RequestLine, ...]
    adds_up: str
    asks: tuple[str, ...]
    sender: str

    @property
    def in_short(self) -> str:
        """What the letter did, in a sentence for the record."""
        return f"MASH was asked by letter for a trigger review of {counted(len(self.requests), 'request')} for help."


def asked_before(days: tuple[date, ...]) -> tuple[str, ...]:
    """Return what is said of reviews that were asked for already and are not recorded as held."""
    return tuple(
        f"A trigger review was asked for on {long_date(day)}. It is not recorded here as held." for day in sorted(days)
    )
