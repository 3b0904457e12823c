"""What a request for help begins with: the record in words, with its marks honoured."""

from datetime import date
from typing import Any

from gcp2_app.domain.entries import Entry, Source, Theme
from gcp2_app.domain.referral_content import Around, prefilled, withheld_from
from gcp2_app.domain.register import (
    Address,
    Agency,
    Allocation,
    Carer,
    Category,
    Child,
    Household,
    KnownAnswer,
    LearningNeed,
    Member,
    NeedState,
    Person,
    Professional,
    Status,
    StatusKind,
)
from gcp2_app.domain.rules.record import ChildRecord
from gcp2_app.domain.when import When
from gcp2_app.forms.packs import shipped_pack
from tests.rules import DAY, graded

ME = Professional(id="w1", name="Ines Vale", role="health visitor", agency=Agency.HEALTH_VISITING, phone="01384 000000")
PEOPLE = {
    "p1": Person(
        id="p1",
        name="Rose Ash",
        language="Polish",
        interpreter=True,
        learning_need=LearningNeed(state=NeedState.DIAGNOSED, source="GP letter", on=date(2021, 5, 1)),
        formats_needed=("easy_read",),
    ),
    "p2": Person(id="p2", learning_need=LearningNeed(state=NeedState.NONE_KNOWN)),
    "p3": Person(id="p3", name="Dean Marsh", learning_need=LearningNeed(state=NeedState.SUSPECTED)),
    "p4": Person(id="p4", name="Moved Away"),
}
CHILD = Child(
    id="c1",
    given_names="Robin",
    family_name="Ash",
    aliases=("Robbie",),
    date_of_birth=date(2022, 3, 4),
    nhs_number="9434765919",
    language="English",
    interpreter=True,
    disability="wears hearing aids",
    school="Hollow Lane Nursery",
    school_withheld_from=("p3",),
    gp="Mill Surgery",
    carers=(
        Carer(person="p1", relationship="mother", parental_responsibility=KnownAnswer.YES),
        Carer(person="p3", relationship="", parental_responsibility=KnownAnswer.NO),
    ),
    statuses=(Status(status=StatusKind.CHILD_IN_NEED, category=Category.NEGLECT), Status(status=StatusKind.EARLY_HELP)),
    allocated=(
        Allocation(professional="w1", role="health_visitor"),
        Allocation(professional="w1", role="ended", to=date(2026, 1, 1)),
        Allocation(professional="gone"),
    ),
)
HOME = Household(
    id="h1",
    members=(Member(who="c1"), Member(who="p1"), Member(who="p2"), Member(who="p4", to=date(2025, 1, 1))),
    addresses=(
        Address(lines=("4 Mill Lane",), postcode="DY1 1AA", authority="Dudley", withheld_from=("p3",)),
        Address(lines=("1 Old Road",), to=date(2025, 1, 1)),
        Address(lines=("9 Next Road",), from_=date(2027, 1, 1)),
    ),
    note="Large dog.",
)
LEFT = Household(id="h0", members=(Member(who="c1", to=date(2024, 1, 1)),), addresses=(Address(lines=("Far",)),))


def entry(id_: str, on: str, kind: str = "note", agency: Agency | None = Agency.SCHOOL, **more: Any) -> Entry:
    source = Source(agency=agency) if agency is not None else None
    return Entry(id=id_, kind=kind, when=When(on), source=source, **more)


def values(*entries: Entry, child: Child = CHILD, **around: Any) -> dict[str, Any]:
    record = ChildRecord(child=child, households=(HOME, LEFT), professionals={"w1": ME})
    given = {"me": ME, "siblings": (), "by_name": (), "people": PEOPLE, **around}
    return dict(prefilled(record, entries, Around(**given), today=DAY))


def test_who_it_is_about_and_who_asks_comes_from_the_register() -> None:
    unborn = Child(id="c2", family_name="Ash", expected_date=date(2026, 8, 1))
    nameless = Child(id="c4")
    found = values(siblings=(unborn, nameless), by_name=(Child(id="c3", given_names="Fern"),))
    assert found["referrer"] == "Ines Vale, health visitor, health visiting, 01384 000000"
    first, second, third, last = found["children"].splitlines()
    assert first == (
        "Robin Ash, born 4 March 2022, also known as Robbie, NHS number 9434765919, English spoken, "
        "interpreter needed, wears hearing aids, child in need (neglect) and early help"
    )
    assert second == "Ash, not yet born, expected 1 August 2026"
    assert third == "Unborn child, date of birth not known"
    assert last == "Fern (another record)"
    assert found["household"] == "4 Mill Lane, DY1 1AA, Dudley [withheld from somebody: ask before sharing]"
    assert found["adults"].splitlines() == [
        "Dean Marsh, lives elsewhere, or where is not known, learning need suspected",
        (
            "Rose Ash, mother, has parental responsibility, lives with the child, Polish spoken, interpreter needed, "
            "learning need diagnosed (GP letter, 1 May 2021), needs easy read"
        ),
        "name not known, lives with the child",
    ]
    assert found["agencies"].splitlines() == [
        "Ines Vale, health visitor, health visiting, 01384 000000",
        "School or nursery: Hollow Lane Nursery [withheld from somebody: ask before sharing]",
        "GP: Mill Surgery",
    ]
    assert found["worker_safety"] == "Large dog."
    assert found["about"] == ["c1"]


def test_what_is_withheld_stays_marked_on_the_request() -> None:
    record = ChildRecord(child=CHILD, households=(HOME, LEFT))
    assert withheld_from(record, today=DAY) == ("p3",)


def test_a_record_that_says_nothing_leaves_questions_open() -> None:
    record = ChildRecord(child=Child(id="c9"))
    found = prefilled(record, (), Around(me=Professional(id="w2"), siblings=(), by_name=(), people={}), today=DAY)
    assert set(found) == {"about", "to", "children"}


def test_the_pattern_quotes_the_last_twelve_months_and_counts_what_was_told_in_confidence() -> None:
    found = values(
        entry("old", "2025-03-09", what="too long ago", significance="high"),
        entry("e1", "2025-03-10", what="No coat.", significance="high"),
        entry("e2", "2025-05-01", what="Hungry.", themes=(Theme.NUTRITIONAL,), carer_response="She will shop."),
        entry("e3", "2025-06-01", what="A worry.", data={"concern": True}),
        entry("e4", "2025-07-01", what="Plain.", data={"concern": False}),
        entry("e5", "2025-08-01", what="Told by a neighbour.", agency=Agency.NEIGHBOUR, significance="high"),
        entry("e6", "2025-08-02", what="Withheld.", significance="high", withheld_from=("p3",)),
        entry("e7", "2025-08-03", what="Could do harm.", significance="high", harm_if_disclosed=True),
        entry("e8", "2025-09-01", significance="high"),
        entry("e9", "2025-09-02", agency=None, significance="high", data={"what": "Agreed to buy a bed."}),
        entry("later", "2026-12-01", what="in the future", significance="high"),
        entry("s1", "2025-10-01", what="Loves stories.", themes=(Theme.STRENGTH,)),
        Entry(id="u", kind="note", what="undated", significance="high", when=When({"unknown": "not said"})),
    )
    assert found["pattern"].splitlines() == [
        "10 March 2025 (school): No coat.",
        "1 May 2025 (school): Hungry.",
        "1 June 2025 (school): A worry.",
        "2 September 2025: Agreed to buy a bed.",
        (
            "3 entries told in confidence, withheld from somebody, or marked as harmful if disclosed: left out here. "
            "Add what is needed."
        ),
    ]
    assert found["themes"] == ["nutritional"]
    assert found["strengths"] == "1 October 2025 (school): Loves stories."
    assert found["parents_view"] == "1 May 2025 (school): She will shop."


def test_a_long_pattern_is_cut_to_the_latest_and_the_rest_counted() -> None:
    found = values(*(entry(f"e{n}", f"2026-01-{n:02}", what=f"Day {n}.", significance="high") for n in range(1, 11)))
    lines = found["pattern"].splitlines()
    assert lines[0] == "2 earlier entries in the record."
    assert (len(lines), lines[1], lines[-1]) == (
        9,
        "3 January 2026 (school): Day 3.",
        "10 January 2026 (school): Day 10.",
    )


def test_the_childs_own_words_are_those_of_statements_and_entries() -> None:
    found = values(
        entry("a", "2026-01-01", kind="statement", what="I am cold."),
        entry("b", "2026-01-02", child_words="No tea."),
        entry("c", "2026-01-03", what="No words."),
        entry("d", "2026-01-04", kind="statement", what="A secret.", harm_if_disclosed=True),
    )
    assert found["child_words"] == "1 January 2026 (school): “I am cold.”\n2 January 2026 (school): “No tea.”"


def test_missed_appointments_attendance_and_earlier_requests_are_counted() -> None:
    missed = {"service": "dentist", "status": "not_brought"}
    found = values(
        entry("n1", "2026-02-01", kind="appointment", data=missed),
        entry("n2", "2026-01-05", kind="appointment", data=missed),
        entry("n3", "2026-01-06", kind="appointment", data={**missed, "status": "brought"}),
        entry(
            "t1",
            "2026-02-20",
            kind="attendance",
            data={"from": "2026-01-05", "to": "2026-02-13", "possible": 60, "attended": 41, "unauthorised": 4},
        ),
        entry("t2", "2026-02-20", kind="attendance", data={"from": "2025-11-03", "to": "2025-12-19", "possible": 70}),
        entry("t3", "2026-02-20", kind="attendance", data={"from": "2026-02-23", "to": "2026-12-19"}),
        entry("t4", "2026-02-20", kind="attendance", data={"from": "2026-02-23"}),
        entry("r1", "2025-02-01", kind="referral", data={"outcome": "advice"}),
        entry("r2", "2026-02-01", kind="referral"),
        entry("r3", "2026-12-01", kind="referral"),
    )
    assert found["not_brought"] == "2 appointments in the last 12 months: 5 January 2026 and 1 February 2026."
    assert found["attendance"].splitlines() == [
        "3 November 2025 to 19 December 2025: not known how many of 70 possible sessions",
        "5 January 2026 to 13 February 2026: 41 of 60 possible sessions, 4 unauthorised",
    ]
    assert found["earlier"].splitlines() == [
        "1 February 2025 (school): advice or information",
        "1 February 2026 (school): no outcome recorded",
    ]


def test_that_no_appointment_was_missed_is_said_where_the_record_holds_something() -> None:
    found = values(entry("n3", "2026-01-06", kind="appointment", data={"service": "dentist", "status": "brought"}))
    assert found["not_brought"] == "None recorded here in the last 12 months."


def test_the_latest_grades_stand_with_counts_of_units_and_nothing_is_averaged() -> None:
    pack = shipped_pack("graded-care")
    record = ChildRecord(
        child=CHILD,
        assessments=(
            graded(pack, "a2", date(2026, 1, 5), {"A1": 4, "A2.a": 3, "B": 2}, otherwise=None),
            graded(pack, "a1", date(2025, 1, 6), {"A1": 1}),
        ),
    )
    around = Around(me=ME, siblings=(), by_name=(), people={})
    lines = str(prefilled(record, (), around, today=DAY)["grades"]).splitlines()
    assert lines[0] == f"Assessment of 5 January 2026 to 25 January 2026, {pack.title}:"
    area = next(line for line in lines if line.startswith(pack.areas[0].label))
    assert "provisional" in area
    assert "unit" in area
    assert "without a grade" in area
    assert any("no grade" in line for line in lines)
