"""What the record says to the twelve questions about harm that adds up."""

from typing import Any

import pytest

from gcp2_app.domain.harm_review import answers, together
from gcp2_app.domain.learning import Countable
from gcp2_app.domain.register import Allocation
from gcp2_app.forms.entry_kinds import load_kinds
from gcp2_app.forms.learning import shipped_library
from gcp2_app.forms.packs import shipped_pack
from tests.plans import view_of
from tests.rules import DAY, child, days, entry, graded, plan

QUESTIONS = shipped_library().questions.questions


def said(*found: Any, **more: Any) -> dict[str, str]:
    return answers(view_of(*found, **more), QUESTIONS)


def test_the_record_kind_asks_the_same_questions() -> None:
    items = [item for item in load_kinds()["harm_review"].items if item.name != "edition"]
    assert [(item.name, item.label, item.help) for item in items] == [
        (each.code, each.asks, each.help) for each in QUESTIONS
    ]


def test_every_fact_can_be_said_and_an_empty_record_says_nothing() -> None:
    assert {fact for each in QUESTIONS for fact in each.counted} == set(Countable)
    assert said() == {}


def test_what_is_counted_has_its_days() -> None:
    at = DAY - days(100)
    group: dict[str, Any] = {"name": "Parenting group", "from": at, "to": DAY - days(9), "outcome": "Warmer"}
    school: dict[str, Any] = {"from": at, "to": DAY, "possible": 90, "attended": 60}
    found = said(
        entry("n1", "note", at, concern=True, themes=["medical"]),
        entry("n2", "note", DAY, concern=True, themes=["medical", "strength"]),
        entry("n3", "note", {"about": "2020"}, concern=True),
        entry("r1", "referral", DAY - days(20), outcome="early_help", by_agency="gp", service_began=False),
        entry("r2", "referral", DAY - days(3), by_agency="school"),
        entry("s1", "support", at, **group),
        entry("s2", "support", DAY, name="Home help"),
        entry("a1", "appointment", DAY - days(4), service="dentist", status="not_brought"),
        entry("a2", "appointment", DAY - days(2), service="dentist", status="brought"),
        entry("t1", "attendance", DAY, **school),
        entry("m1", "measure", DAY, measure="weight_centile", value_as_recorded="2nd"),
        entry("o1", "move", at, from_authority="Walsall", to_authority="Dudley", on=at),
        entry("o2", "move", DAY + days(9), known=DAY, to_authority="Sandwell", on=DAY + days(9)),
        entry("o3", "move", at, to_authority="Walsall", on=at - days(9)),
        entry("v1", "visit", DAY - days(8), mode="phone"),
        entry("w1", "statement", DAY - days(7)),
    )
    assert found == {
        "since_when": "The first concern recorded here is of 29 November 2025, from school.",
        "which_kinds": "Types of neglect recorded: medical (2 entries).",
        "same_again": "In more than one quarter of a year: medical in 2025 quarter 4 and 2026 quarter 1.",
        "asked_for_help": "Requests for help: 17 February 2026 (GP practice): early help, and the help did not begin; "
        "6 March 2026 (school): no outcome recorded.",
        "what_lasted": "Support: Parenting group from 29 November 2025 to 28 February 2026: Warmer; "
        "Home help from a day that is not known, still given.",
        "what_was_missed": "Not brought to 1 appointment: 5 March 2026. "
        "60 sessions at school of 90 possible ones, from 29 November 2025 to 9 March 2026.",
        "how_doing": "Measures as recorded: weight centile 2nd (9 March 2026).",
        "lost_people": "Moves: Walsall to Dudley (29 November 2025); an authority that is not known to Walsall "
        "(20 November 2025).",
        "not_looked": "1 contact by phone, video or through others, and no contacts in person.",
        "childs_account": "The child’s own words are recorded on 2 March 2026: read them there.",
    }


def test_who_raised_it_can_be_unknown() -> None:
    found = said(entry("n1", "note", DAY, concern=True, agency=None), entry("r1", "referral", DAY, agency=None))
    assert found["since_when"].endswith("from an agency that was not recorded.")
    assert found["asked_for_help"] == "Requests for help: 9 March 2026: no outcome recorded."


@pytest.mark.parametrize(("again", "opened"), [((), ""), ((DAY,), ", and opened again on 9 March 2026")])
def test_closed_and_begun_again(again: tuple[Any, ...], opened: str) -> None:
    turns = [entry("o1", "case_opened", DAY - days(90)), entry("c1", "case_closed", DAY - days(60))]
    turns += [entry("o2", "case_opened", on) for on in again]
    assert said(*turns)["begun_again"] == f"Closed on 8 January 2026{opened}."


def test_units_that_stay_at_the_worse_end_and_gains_that_did_not_hold() -> None:
    pack = shipped_pack("graded-care")
    (first, second, *_) = (unit.code for subarea in pack.areas[0].subareas for unit in subarea.units)
    three = [
        graded(pack, f"a{step}", DAY - days(300 - step * 90), {first: grade, second: 4 if step == 0 else 2})
        for step, grade in enumerate((4, 2, 5))
    ]
    found = said(assessments=tuple(three))
    assert found["same_again"].startswith(f"At the worse end in more than one assessment: {first} ")
    assert found["same_again"].endswith("(2 times).")
    assert second not in found["same_again"]
    assert found["what_lasted"].startswith("A gain was not held.")


def test_workers_who_changed_and_times_without_a_record() -> None:
    def worker(id_: str, ago: int) -> Allocation:
        return Allocation(professional=id_, role="social_worker", from_=DAY - days(ago))

    one = child(allocated=(worker("w1", 100),))
    assert "lost_people" not in said(of=one)
    together_ = child(allocated=(worker("w1", 100), worker("w2", 100)))
    assert "lost_people" not in said(of=together_)
    two = child(allocated=(worker("w1", 100), worker("w2", 10)), statuses=(plan(DAY - days(100)),))
    found = said(entry("n1", "note", DAY - days(60)), of=two)
    assert found["lost_people"] == "Social workers were allocated anew on 29 November 2025 and 27 February 2026."
    assert found["not_looked"] == (
        "Nothing recorded while there was a plan: after 29 November 2025 until 8 January 2026; "
        "after 8 January 2026 until now."
    )


def test_a_household_says_once_what_is_the_same_and_names_who_differs() -> None:
    assert together({"Robin": {"a": "Same.", "b": "One."}, "Kim": {"a": "Same."}}) == {"a": "Same.", "b": "Robin: One."}
    assert together({"Robin": {"a": "One."}, "Kim": {"a": "Two."}}) == {"a": "Robin: One.\nKim: Two."}
    assert together({"Robin": {"a": "One."}}) == {"a": "One."}
    assert together({}) == {}
