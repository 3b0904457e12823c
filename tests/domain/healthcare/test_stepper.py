"""From need to retest: where each step stands, as the rules of LP5 read it."""

from datetime import date
from typing import Any

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.healthcare.stepper import Name, State, Step, Stepper, steppers
from gcp2_app.domain.register import LearningNeed, NeedState
from tests.plans import view_of
from tests.rules import DAY, carer, child, days, entry

MEDICINE = entry(
    "md",
    "medicine",
    DAY,
    name="Xylo",
    checked_by="A",
    checked_role="prescriber",
    checked_on=DAY,
    given_safely_by="Gran",
)


def seen(id_: str, on: date, **data: Any) -> Entry:
    return entry(id_, "teach_back", on, **{"medicine": "md", "person": "p1", "correct": True, **data})


def stepper(*entries: Entry, on: date = DAY, need: LearningNeed | None = None) -> Stepper:
    mother, person = carer(need or LearningNeed(state=NeedState.DIAGNOSED, on=DAY))
    view = view_of(*entries, on=on, of=child(carers=(mother,)), people={"p1": person})
    (found,) = steppers(view)
    return found


def step(found: Stepper, name: Name) -> Step:
    return next(each for each in found.steps if each.name is name)


def test_it_opens_by_itself_where_there_is_a_need_and_a_medicine() -> None:
    found = stepper(MEDICINE)
    assert [each.name for each in found.steps] == list(Name)
    assert found.now is not None
    assert found.now.name is Name.COORDINATORS
    assert step(found, Name.NEED).text == "Recorded on 9 March 2026."
    long_ago = stepper(MEDICINE, need=LearningNeed(state=NeedState.SUSPECTED))
    assert step(long_ago, Name.NEED).text == "Recorded; the day is not known."
    mother, person = carer(LearningNeed(state=NeedState.NONE_KNOWN))
    assert steppers(view_of(MEDICINE, of=child(carers=(mother,)), people={"p1": person})) == ()


def test_coordinators_are_named_in_both_services() -> None:
    one = entry("ls", "learning_support", DAY, person="p1", coordinators={"health": DAY.isoformat()})
    assert step(stepper(MEDICINE, one), Name.COORDINATORS).text == "To be named in social care."
    both = {"health": DAY.isoformat(), "social_care": DAY.isoformat()}
    named = stepper(MEDICINE, entry("ls", "learning_support", DAY, person="p1", coordinators=both))
    assert step(named, Name.COORDINATORS).state is State.DONE
    assert named.now is not None
    assert named.now.name is Name.TEACH_BACK


def test_the_card_stops_where_it_is_void() -> None:
    assert step(stepper(MEDICINE), Name.CARD).state is State.DONE
    bare = entry("md", "medicine", DAY, name="Xylo")
    assert step(stepper(bare), Name.CARD).state is State.OPEN
    void = entry("md", "medicine", DAY, **{**MEDICINE.data, "changed": [{"what": "dose"}]})
    assert step(stepper(void), Name.CARD).state is State.STOP


def test_it_is_shown_right_on_two_different_days() -> None:
    first = seen("t1", DAY)
    assert step(stepper(MEDICINE, first), Name.TEACH_BACK).text.startswith("Shown 1 time, last on 9 March 2026.")
    assert step(stepper(MEDICINE), Name.TEACH_BACK).text == "Not shown yet."
    twice = stepper(MEDICINE, first, seen("t2", DAY + days(1)), on=DAY + days(1))
    assert step(twice, Name.TEACH_BACK).text == "Shown right on 9 March 2026 and 10 March 2026."
    wrong = stepper(MEDICINE, first, seen("t2", DAY + days(1), correct=False), on=DAY + days(1))
    assert step(wrong, Name.TEACH_BACK).state is State.STOP


def test_unsupervised_without_having_shown_it_is_a_stop() -> None:
    alone = entry("ls", "learning_support", DAY, person="p1", unsupervised_from=DAY + days(2))
    assert step(stepper(MEDICINE, alone), Name.UNSUPERVISED).state is State.OPEN
    assert step(stepper(MEDICINE, alone, on=DAY + days(2)), Name.UNSUPERVISED).state is State.STOP
    shown = (seen("t1", DAY), seen("t2", DAY + days(1)))
    found = stepper(MEDICINE, alone, *shown, on=DAY + days(2))
    assert step(found, Name.UNSUPERVISED).text == "Since 11 March 2026."


def test_it_is_shown_again_after_a_week_a_month_and_each_change() -> None:
    alone = entry("ls", "learning_support", DAY, person="p1", unsupervised_from=DAY + days(2))
    shown = (seen("t1", DAY), seen("t2", DAY + days(1)))
    week = stepper(MEDICINE, alone, *shown, on=DAY + days(9))
    assert step(week, Name.RETEST).text == "To be shown again by 18 March 2026."
    late = stepper(MEDICINE, alone, *shown, on=DAY + days(10))
    assert step(late, Name.RETEST).text.endswith("That day has gone.")
    once = stepper(MEDICINE, alone, *shown, seen("t3", DAY + days(9)), on=DAY + days(10))
    assert step(once, Name.RETEST).text == "To be shown again by 11 April 2026."
    twice = stepper(MEDICINE, alone, *shown, seen("t3", DAY + days(9)), seen("t4", DAY + days(30)), on=DAY + days(30))
    assert step(twice, Name.RETEST).state is State.DONE
    assert step(stepper(MEDICINE, *shown), Name.RETEST).text.startswith("After a week")
    changed = [{"what": "dose", "on": (DAY + days(3)).isoformat()}]
    other = entry("md", "medicine", DAY, name="Xylo", changed=changed)
    found = stepper(other, alone, *shown, on=DAY + days(3))
    assert step(found, Name.RETEST).text == "The medicine changed on 12 March 2026: to be shown again."


def test_all_done_leaves_nothing_to_take_next() -> None:
    both = {"health": DAY.isoformat(), "social_care": DAY.isoformat()}
    alone = entry("ls", "learning_support", DAY, person="p1", unsupervised_from=DAY + days(2), coordinators=both)
    shown = (seen("t1", DAY), seen("t2", DAY + days(1)), seen("t3", DAY + days(9)), seen("t4", DAY + days(30)))
    found = stepper(MEDICINE, alone, *shown, on=DAY + days(30))
    assert found.now is None
    assert found.support[0].id == "ls"
