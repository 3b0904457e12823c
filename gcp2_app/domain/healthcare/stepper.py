"""From a learning need to giving a medicine unsupervised: need, coordinators, card, teach-back, unsupervised, retest.

Source: casework.md, row LP5: "stepper: need → coordinators → card → teach-back → unsupervised → retest. Opens by itself
when a carer's learning need is not "none known" and the child has a medicine".
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gcp2_app.domain.healthcare.cards import HOLD_WORDS, Hold, card_of
from gcp2_app.domain.register import Person
from gcp2_app.domain.rules.learning_needs import carers_with_need, support_of
from gcp2_app.domain.rules.medicines import (
    is_wrong,
    medicines_of,
    right_enough,
    shown_by,
)
from gcp2_app.domain.rules.record import Fact, day_of
from gcp2_app.domain.rules.view import View
from gcp2_app.domain.words import counted, listed, long_date


class Name(StrEnum):
    """The steps in their order."""

    NEED = "need"
    COORDINATORS = "coordinators"
    CARD = "card"
    TEACH_BACK = "teach_back"
    UNSUPERVISED = "unsupervised"
    RETEST = "retest"


class State(StrEnum):
    """Where a step stands. ``STOP`` is something to act on today."""

    DONE = "done"
    OPEN = "open"
    STOP = "stop"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step."""

    name: Name
    state: State
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stepper:
    """One carer and one medicine.

    Attributes:
        support: entries of the help this carer gets.
        steps: all six, in their order.
    """

    person: Person
    medicine: Fact
    support: tuple[Fact, ...]
    steps: tuple[Step, ...]

    @property
    def now(self) -> Step | None:
        """The step to take next, or None where all are done."""
        return next((step for step in self.steps if step.state is not State.DONE), None)


def steppers(view: View) -> tuple[Stepper, ...]:
    """Return one for each carer with a learning need and each of the child's medicines."""
    return tuple(
        _stepper(view, person, since, medicine)
        for person, since in carers_with_need(view)
        for medicine, _ in medicines_of(view)
    )


def _stepper(view: View, person: Person, since: date, medicine: Fact) -> Stepper:
    support = tuple(support_of(view, person))
    shown = shown_by(view, medicine, person.id)
    right = view.numbers("LP5.teach_back").right
    unsupervised = max(
        (day for each in support if (day := view.field(each, "unsupervised_from")) is not None), default=None
    )
    need = f"Recorded on {long_date(since)}." if since > date.min else "Recorded; the day is not known."
    return Stepper(
        person=person,
        medicine=medicine,
        support=support,
        steps=(
            Step(name=Name.NEED, state=State.DONE, text=need),
            _coordinators(view, support),
            _card(view, medicine),
            _teach_back(view, shown, right),
            _unsupervised(shown, right, unsupervised),
            _retest(view, medicine, shown, unsupervised),
        ),
    )


def _coordinators(view: View, support: tuple[Fact, ...]) -> Step:
    missing = [
        words
        for service, words in (("health", "health"), ("social_care", "social care"))
        if not any(
            view.known(day_of((each.data.get("coordinators") or {}).get(service))) is not None for each in support
        )
    ]
    text = f"To be named in {listed(missing)}." if missing else "Named in health and in social care."
    return Step(name=Name.COORDINATORS, state=State.OPEN if missing else State.DONE, text=text)


def _card(view: View, medicine: Fact) -> Step:
    hold = card_of(view, medicine).hold
    state = {Hold.HOLDS: State.DONE, Hold.VOID: State.STOP}.get(hold, State.OPEN)
    return Step(name=Name.CARD, state=state, text=HOLD_WORDS[hold])


def _teach_back(view: View, shown: list[tuple[Fact, date]], right: int) -> Step:
    if not shown:
        return Step(name=Name.TEACH_BACK, state=State.OPEN, text="Not shown yet.")
    fact, on = shown[-1]
    if is_wrong(view, fact):
        text = (
            f"Not yet right on {long_date(on)}. Ring the prescriber, a pharmacist or 111 today, and meet within 5 "
            "working days."
        )
        return Step(name=Name.TEACH_BACK, state=State.STOP, text=text)
    if right_enough(shown, right):
        days = listed(long_date(day) for _, day in shown[-right:])
        return Step(name=Name.TEACH_BACK, state=State.DONE, text=f"Shown right on {days}.")
    text = f"Shown {counted(len(shown), 'time')}, last on {long_date(on)}. Right on {right} different days is needed."
    return Step(name=Name.TEACH_BACK, state=State.OPEN, text=text)


def _unsupervised(shown: list[tuple[Fact, date]], right: int, since: date | None) -> Step:
    if since is None:
        return Step(name=Name.UNSUPERVISED, state=State.OPEN, text="Somebody is with them until it is shown right.")
    if not right_enough([pair for pair in shown if pair[1] <= since], right):
        text = f"Since {long_date(since)}, without having been shown right on {right} different days before."
        return Step(name=Name.UNSUPERVISED, state=State.STOP, text=text)
    return Step(name=Name.UNSUPERVISED, state=State.DONE, text=f"Since {long_date(since)}.")


def _retest(view: View, medicine: Fact, shown: list[tuple[Fact, date]], since: date | None) -> Step:
    numbers = view.numbers("LP5.retest")
    changes = [on for each in medicine.groups("changed") if (on := view.known(day_of(each.get("on")))) is not None]
    if shown and changes and max(changes) > shown[-1][1]:
        text = f"The medicine changed on {long_date(max(changes))}: to be shown again."
        return Step(name=Name.RETEST, state=State.STOP, text=text)
    if since is None:
        return Step(
            name=Name.RETEST, state=State.OPEN, text="After a week and after a month of giving it unsupervised."
        )
    again = len({on for _, on in shown if on > since})
    if again >= len((numbers.weeks, numbers.months)):
        return Step(name=Name.RETEST, state=State.DONE, text="Shown again twice since.")
    due = view.last_day(since, months=numbers.months) if again else view.last_day(since, weeks=numbers.weeks)
    late = " That day has gone." if view.passed(due) else ""
    return Step(name=Name.RETEST, state=State.OPEN, text=f"To be shown again by {long_date(due)}.{late}")
