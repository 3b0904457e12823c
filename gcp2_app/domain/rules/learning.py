"""LP10 and R6: people know how to challenge, and read what was learned. Shown on each person's own page.

Source: casework.md, rows LP10 and R6.
"""

from dataclasses import dataclass
from datetime import date

from gcp2_app.domain.alerts import Job, Level
from gcp2_app.domain.rules.person import PersonView
from gcp2_app.domain.rules.registry import About, Finding, rule
from gcp2_app.domain.words import counted, listed, long_date

_COURSE = "professional_challenge"


@dataclass(frozen=True, slots=True)
class Training:
    """A training counts for so many ``months``."""

    months: int


@rule(
    "LP10.training",
    Training,
    level=Level.WATCH,
    next="Book the training in professional challenge and resolution, or record when you did it.",
    start="learning/mine",
    job=Job.SELF,
    about=About.PROFESSIONAL,
)
def training(view: PersonView, numbers: Training) -> Finding | None:
    """No training in professional challenge and resolution, or the latest is older than 24 months.

    That there is none is asked of people who use the store, from the day they joined where that is known; an old one of
    anybody. The latest that has taken place decides, whatever day it says it is valid until.

    Source: casework.md, LP10: "``training`` none or older than 24 m → watch, on the person's own page".
    """
    done = view.trainings(_COURSE)
    if not done:
        joined = view.record.joined
        if not view.record.signs_in or (joined is not None and not view.reached(joined)):
            return None
        return Finding(text="No training in professional challenge and resolution recorded.")
    on, latest = done[-1]
    if not view.passed(on, months=numbers.months):
        return None
    return Finding(
        text=f"The latest training in professional challenge and resolution was on {long_date(on)}, more than "
        f"{counted(numbers.months, 'month')} ago.",
        entries=(latest.id,),
    )


@dataclass(frozen=True, slots=True)
class Unread:
    """What was published is read within ``days``."""

    days: int


@rule(
    "R6.unread",
    Unread,
    level=Level.WATCH,
    next="Read the briefs on your own page, and say that you have.",
    job=Job.SELF,
    about=About.PROFESSIONAL,
    start="learning/mine",
)
def unread(view: PersonView, numbers: Unread) -> Finding | None:
    """Somebody who uses the store has not said for more than 28 days that a row of the review was read.

    The days are counted from the later of the day the row was published and the day the person joined.

    Source: casework.md, R6: "``unread`` after 28 d → watch, on the person's own page".
    """
    if not view.record.signs_in:
        return None
    joined = view.record.joined or date.min
    rows = [
        row
        for row, published in view.record.to_read.items()
        if view.known(view.record.read.get(row)) is None and view.passed(max(published, joined), days=numbers.days)
    ]
    if not rows:
        return None
    return Finding(
        text=f"{counted(len(rows), 'row')} of the learning review not read after {counted(numbers.days, 'day')}: "
        f"{listed(rows)}."
    )
