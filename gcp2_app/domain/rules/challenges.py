"""LP10: a professional challenge is answered in time, stage by stage.

Source: casework.md, row LP10.
"""

from dataclasses import dataclass
from datetime import date

from gcp2_app.domain.alerts import Job
from gcp2_app.domain.rules.reading import ids
from gcp2_app.domain.rules.record import Fact
from gcp2_app.domain.rules.registry import Finding, rule
from gcp2_app.domain.rules.view import View
from gcp2_app.domain.words import listed, long_date


@dataclass(frozen=True, slots=True)
class StageOverdue:
    """Working days in which each stage is answered."""

    stage_1_working_days: int
    stage_2_working_days: int
    stage_3_working_days: int
    stage_4_working_days: int

    def days_of(self, stage: int) -> int | None:
        """Return the working days of a stage, or None where there is no such stage."""
        days = (
            self.stage_1_working_days,
            self.stage_2_working_days,
            self.stage_3_working_days,
            self.stage_4_working_days,
        )
        return days[stage - 1] if 1 <= stage <= len(days) else None


@rule(
    "LP10.stage_overdue",
    StageOverdue,
    next="Ask for the answer today, or take the challenge to its next stage.",
    start="challenge",
    job=Job.OWN_AGENCY,
    rests_on_nothing=True,
)
def stage_overdue(view: View, numbers: StageOverdue) -> Finding | None:
    """A stage of a challenge was not answered in its working days.

    The clock starts on the day the stage started, or else when the entry happened. A reply, a resolution, or a later
    stage of the challenge to the same decision ends it: one with a higher number, or the same one started again.
    Challenges that name no decision are each their own. An urgent challenge has the same clocks: danger skips stages,
    it does not wait for them.

    Source: casework.md, LP10: "stages 2 / 5 / 2 / 5 wd (a local analogue, confirm) … ``stage_overdue``".
    """
    started = [(fact, on) for fact in view.facts("challenge") if (on := view.dated(fact, "stage_started")) is not None]
    late = [
        (fact, on, days)
        for fact, on in started
        if (days := numbers.days_of(_stage(fact))) is not None
        and view.field(fact, "reply_on") is None
        and view.field(fact, "resolved_on") is None
        and view.passed(on, working=days)
        and not any(_follows(later, later_on, fact, on) for later, later_on in started)
    ]
    if not late:
        return None
    late.sort(key=lambda each: (each[1], each[0].id))
    said = listed(
        f"stage {_stage(fact)} since {long_date(on)}, due by {long_date(view.last_day(on, working=days))}"
        for fact, on, days in late
    )
    return Finding(
        text=f"A professional challenge is not answered: {said}.",
        entries=ids(fact for fact, _, _ in late),
        # Neither a reply nor a later stage is taken back.
        held_from=min(max(fact.counts_from, view.first_past(on, working=days)) for fact, on, days in late),
    )


def _stage(fact: Fact) -> int:
    stage = fact.data.get("stage")
    return stage if isinstance(stage, int) else 0


def _follows(later: Fact, later_on: date, fact: Fact, on: date) -> bool:
    """Whether a stage takes the place of another in the challenge to one decision."""
    about = fact.data.get("about")
    return bool(about) and later.data.get("about") == about and (_stage(later), later_on) > (_stage(fact), on)
