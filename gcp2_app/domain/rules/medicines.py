"""LP5: parents who struggle to work out and give medicines are helped, step by step.

Reads what was seen and when; holds no dose and works none out. These rules answer in every store: where the clinical-
safety approval is missing, no medicine is written and no card is made, but what came in with a file is counted all the
same. To be silent about a dose that was seen given wrongly would be the greater harm.

Source: casework.md, row LP5, R3.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gcp2_app.domain.alerts import Job, Level
from gcp2_app.domain.register import Person
from gcp2_app.domain.rules.learning_needs import carers_with_need, support_of
from gcp2_app.domain.rules.reading import ids
from gcp2_app.domain.rules.record import Fact, day_of
from gcp2_app.domain.rules.registry import Finding, NoNumbers, rule
from gcp2_app.domain.rules.view import View
from gcp2_app.domain.words import listed, long_date


@dataclass(frozen=True, slots=True)
class Coordinator:
    """A coordinator in health and one in social care are named within ``working_days``."""

    working_days: int


@rule(
    "LP5.coordinator",
    Coordinator,
    next="Name one person in health and one in social care who see that the parent is helped with the medicine.",
    start="learning_support",
    job=Job.HEALTH,
    rests_on_nothing=True,
)
def coordinator(view: View, numbers: Coordinator) -> Finding | None:
    """A carer has a learning need and the child a medicine, and five working days on a coordinator is missing.

    The clock starts when both are known: the need and the medicine.

    Source: casework.md, LP5: "``coordinator`` in health and social care 5 wd".
    """
    for person, need_since in carers_with_need(view):
        for medicine, known in medicines_of(view):
            named = [
                service
                for service in ("health", "social_care")
                if any(
                    view.known(day_of((support.data.get("coordinators") or {}).get(service))) is not None
                    for support in support_of(view, person)
                )
            ]
            if len(named) < 2 and view.passed(max(need_since, known), working=numbers.working_days):
                missing = "in health or in social care" if not named else _OTHER[named[0]]
                return Finding(
                    text=f"A carer has a learning need and the child has a medicine{_since(known)}, and no "
                    f"coordinator {missing} is named.",
                    entries=(medicine.id, *ids(support_of(view, person))),
                )
    return None


def _since(known: date) -> str:
    return f" since {long_date(known)}" if known > date.min else ""


_OTHER = {"health": "in social care", "social_care": "in health"}


@dataclass(frozen=True, slots=True)
class TeachBack:
    """A teach-back within ``working_days``; ``right`` right on as many days before giving it unsupervised."""

    working_days: int
    right: int


@rule(
    "LP5.teach_back",
    TeachBack,
    next="Ask the parent to show how they give the medicine, and agree who gives it safely until then.",
    start="teach_back",
    job=Job.HEALTH,
    rests_on_nothing=True,
)
def teach_back(view: View, numbers: TeachBack) -> Finding | None:
    """A carer with a learning need has not shown how they give a medicine by the day they have to.

    That day is the first dose at home or the discharge, whichever comes first; where neither is known, ten working
    days after the need and the medicine are known. On the day itself it is too late. Given unsupervised, it must have
    been right on two different days before, the latest two times.

    Source: casework.md, LP5: "``teach_back`` before the first home dose or discharge, else 10 wd; 2 right of 2 on
        different days before unsupervised".
    """
    for person, need_since in carers_with_need(view):
        for medicine, known in medicines_of(view):
            shown = shown_by(view, medicine, person.id)
            if (early := _unsupervised_too_early(view, person, shown, numbers.right)) is not None:
                return Finding(
                    text=f"A carer gives a medicine unsupervised since {long_date(early)}, without having shown it "
                    f"right on {numbers.right} different days before.",
                    entries=(medicine.id, *ids(fact for fact, _ in shown)),
                )
            if shown:
                continue
            home = _first_day_at_home(view, medicine)
            if home is None and view.passed(max(need_since, known), working=numbers.working_days):
                return Finding(
                    text="A carer with a learning need has not been asked to show how they give a medicine the child "
                    f"has{_since(known)}.",
                    entries=(medicine.id,),
                )
            if home is not None and view.reached(home):
                return Finding(
                    text="A carer with a learning need was not asked to show how they give a medicine before "
                    f"{long_date(home)}, the first dose at home or the discharge.",
                    entries=(medicine.id,),
                )
    return None


def _unsupervised_too_early(view: View, person: Person, shown: list[tuple[Fact, date]], right: int) -> date | None:
    """Return the day a carer gave a medicine unsupervised without enough right before, or None."""
    for support in support_of(view, person):
        since = view.field(support, "unsupervised_from")
        if since is not None and not right_enough([pair for pair in shown if pair[1] <= since], right):
            return since
    return None


def right_enough(shown: list[tuple[Fact, date]], right: int) -> bool:
    """Whether the latest so many times were right, on as many different days, with no dose missed."""
    latest = shown[-right:]
    return (
        len(latest) == right
        and len({on for _, on in latest}) == right
        and all(fact.data.get("correct") is True and not fact.data.get("missed") for fact, _ in latest)
    )


def _first_day_at_home(view: View, medicine: Fact) -> date | None:
    """Return the day by which the medicine must have been shown: the first home dose or discharge, come or planned."""
    days = [medicine.day("first_home_dose_on")]
    for stay in view.facts("admission"):
        admitted = stay.day("admitted")
        leaving = stay.day("discharged") or stay.day("discharge_planned_for")
        if admitted is not None and leaving is not None and medicine.noted is not None:
            days += [leaving] if admitted <= medicine.noted <= leaving else []
    return min((day for day in days if day is not None), default=None)


@rule(
    "LP5.not_yet_right",
    NoNumbers,
    level=Level.URGENT,
    next="Ring the prescriber, a pharmacist or 111 today, and hold a meeting within 5 working days.",
    start="meeting/professionals",
    job=Job.HEALTH,
)
def not_yet_right(view: View, numbers: NoNumbers) -> Finding | None:  # noqa: ARG001 - one shape for all rules
    """The latest time a carer showed a medicine it was wrong, or a dose that must not be missed was missed.

    It holds until the same person has shown the same medicine right.

    Source: casework.md, LP5: "``not_yet_right`` any wrong dose seen, or a missed dose marked must-not-miss → urgent".
    """
    latest: dict[tuple[str, str], Fact] = {}
    for fact in view.facts("teach_back"):
        if fact.on is not None:
            latest[_medicine_of(view, fact), str(fact.data.get("person"))] = fact
    wrong = [fact for fact in latest.values() if is_wrong(view, fact)]
    if not wrong:
        return None
    days = listed(long_date(fact.on) for fact in wrong if fact.on is not None)
    return Finding(text=f"A medicine was not given as prescribed, or was missed: {days}.", entries=ids(wrong))


def is_wrong(view: View, fact: Fact) -> bool:
    """Whether a medicine was seen given otherwise than prescribed, or one that must not be missed was missed."""
    if fact.data.get("missed") is True:
        medicine = view.record.by_id.get(_medicine_of(view, fact))
        return medicine is not None and medicine.data.get("must_not_miss") is True
    return fact.data.get("correct") is False


@dataclass(frozen=True, slots=True)
class Retest:
    """Shown again after ``weeks`` and after ``months`` of giving it unsupervised."""

    weeks: int
    months: int
    right: int


@rule(
    "LP5.retest",
    Retest,
    next="Ask the parent to show again how they give the medicine.",
    start="teach_back",
    job=Job.HEALTH,
    rests_on_nothing=True,
)
def retest(view: View, numbers: Retest) -> Finding | None:
    """A medicine was not shown again a week and a month after it is given unsupervised, or after it changed.

    Unsupervised from the day that is recorded; else from the second day on which it was shown right. A change asks for
    it again from its own day on.

    Source: casework.md, LP5: "``retest`` 1 week, 1 m, each change of dose, strength, brand, device".
    """
    for medicine, _ in medicines_of(view):
        for person in dict.fromkeys(str(fact.data.get("person")) for fact in teach_backs(view, medicine)):
            shown = shown_by(view, medicine, person)
            for change in medicine.groups("changed"):
                changed = view.known(day_of(change.get("on")))
                if changed is not None and shown and shown[0][1] < changed and shown[-1][1] < changed:
                    return Finding(
                        text=f"The medicine changed on {long_date(changed)}, and the carer has not shown since how "
                        "they give it.",
                        entries=(medicine.id, shown[-1][0].id),
                    )
            since = unsupervised_since(view, person, shown, numbers.right)
            if since is None:
                continue
            again = len({on for _, on in shown if on > since})
            late = (again < 1 and view.passed(since, weeks=numbers.weeks)) or (
                again < 2 and view.passed(since, months=numbers.months)
            )
            if late:
                return Finding(
                    text=f"The carer gives the medicine unsupervised since {long_date(since)}, and has "
                    f"{'shown it again only once' if again else 'not shown it again'} since.",
                    entries=(medicine.id, *ids(fact for fact, _ in shown)),
                )
    return None


def unsupervised_since(view: View, person: str, shown: list[tuple[Fact, date]], right: int) -> date | None:
    """Return the day from which a carer gives a medicine unsupervised, or None; see :func:`retest`."""
    for support in view.facts("learning_support"):
        if support.data.get("person") == person and support.day("unsupervised_from") is not None:
            return view.field(support, "unsupervised_from")
    good = sorted({on for fact, on in shown if fact.data.get("correct") is True})
    return good[right - 1] if len(good) >= right else None


def medicines_of(view: View) -> Iterator[tuple[Fact, date]]:
    """Yield the child's medicines with the first day each was known of; long ago where that is not known."""
    for medicine in view.facts("medicine"):
        if medicine.data.get("for_child") in (None, "", view.record.child.id):
            yield medicine, medicine.noted or date.min


def teach_backs(view: View, medicine: Fact) -> list[Fact]:
    """Return each time somebody showed how they give a medicine."""
    return [fact for fact in view.facts("teach_back") if _medicine_of(view, fact) == medicine.id]


def _medicine_of(view: View, teach_back: Fact) -> str:
    """Return the id of the medicine that was shown, or what stands there: another agency may write its name."""
    said = str(teach_back.data.get("medicine") or "").strip()
    if said in view.record.by_id:
        return said
    named = (each.id for each in view.record.facts.get("medicine", ()) if _plain(each.data.get("name")) == _plain(said))
    return next(named, said)


def _plain(raw: object) -> str:
    return str(raw or "").strip().casefold()


def shown_by(view: View, medicine: Fact, person: str) -> list[tuple[Fact, date]]:
    """Return each time a person showed a medicine on a certain day, oldest first."""
    return [
        (fact, fact.on)
        for fact in teach_backs(view, medicine)
        if fact.data.get("person") == person and fact.on is not None
    ]
