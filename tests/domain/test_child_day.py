"""A day in one child's life: which parts are asked at which age, and which of what is recorded stands under each."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from gcp2_app.domain.answers import Evidence, EvidenceSource, UnitAnswer
from gcp2_app.domain.assessment import Assessment, Window
from gcp2_app.domain.child_day import MOST_SAID, DayPart, PartOfDay, Saying, Voice, a_day, parts_for, sayings_of
from gcp2_app.domain.entries import Entry
from gcp2_app.forms.child_day import shipped_day
from tests.plans import view_of
from tests.rules import DAY, child, entry

BREAKFAST = DayPart(
    code="breakfast",
    label="Breakfast",
    asks="?",
    unknown="Nobody has written what breakfast is like.",
    words=("breakfast", "cereal"),
)
SCHOOL = DayPart(code="school", label="School", asks="?", unknown="-", kinds=("attendance",))
WASHING = DayPart(code="washing", label="Washing", asks="?", unknown="-", units=("A4",))
BED = DayPart(code="bed", label="Bed", asks="?", unknown="-", checks=("bed_or_safe_sleep",))
MEDICINES = DayPart(code="medicines", label="Medicines", asks="?", unknown="-", kinds=("medicine", "teach_back"))


def of_part(part: DayPart, *entries: Entry, assessments: tuple[Assessment, ...] = (), but: str = "") -> PartOfDay:
    (found,) = a_day([part], sayings_of(view_of(*entries), assessments, but=but))
    return found


def texts(part: PartOfDay) -> list[str]:
    return [each.text for each in part.sayings]


def test_where_nobody_wrote_anything_that_is_what_is_shown() -> None:
    found = of_part(BREAKFAST, replace(entry("e1", "note", DAY), what="The bath was full."))
    assert found.is_unknown
    assert found.part.unknown == "Nobody has written what breakfast is like."


def test_the_sentences_that_tell_of_it_stand_there_the_latest_first() -> None:
    old = replace(
        entry("e1", "note", DAY - timedelta(days=9)), what="Late again. No cereal in the house! The bus came."
    )
    new = replace(entry("e2", "visit", DAY), child_words="I make breakfast for us.", carer_response="He likes Cereal.")
    found = of_part(BREAKFAST, old, new)
    assert [(each.text, each.voice, each.entry) for each in found.sayings] == [
        ("I make breakfast for us.", Voice.CHILD, "e2"),
        ("He likes Cereal.", Voice.CARER, "e2"),
        ("No cereal in the house!", Voice.RECORD, "e1"),
    ]
    assert found.sayings[0].on == DAY


def test_words_begin_at_a_words_beginning_and_two_words_tell_nothing() -> None:
    found = of_part(
        replace(BREAKFAST, words=("bed",)), replace(entry("e1", "note", DAY), what="He climbed up high. Bed.")
    )
    assert found.is_unknown


def test_the_childs_statement_is_the_childs() -> None:
    said = replace(entry("e1", "statement", DAY), what="We have cereal from the bag.")
    assert [each.voice for each in of_part(BREAKFAST, said).sayings] == [Voice.CHILD]


def test_the_lines_of_a_visit_stand_in_place_of_what_was_made_of_them() -> None:
    at = datetime(2026, 3, 9, 7, 40, tzinfo=UTC).isoformat()
    lines = [
        {"id": "1", "at": at, "how": "i_saw", "text": "Cereal in a bag on the step."},
        {"id": "2", "at": at, "how": "child_said", "text": "Breakfast is at school.", "children": ["c1"]},
        {"id": "3", "at": at, "how": "carer_said", "text": "Breakfast for the brother alone.", "children": ["c2"]},
    ]
    visit = replace(entry("e1", "visit", DAY, lines=lines), what="Cereal in a bag on the step, all told.")
    assert [(each.text, each.voice) for each in of_part(BREAKFAST, visit).sayings] == [
        ("Cereal in a bag on the step.", Voice.SEEN),
        ("Breakfast is at school.", Voice.CHILD),
    ]


def test_what_a_visit_checked_stands_with_its_part_and_what_was_not_seen_does_not() -> None:
    checks = {"bed_or_safe_sleep": "worry", "food": "fine", "warmth": "not_seen"}
    assert texts(of_part(BED, entry("e1", "visit", DAY, checks=checks))) == ["Bed, or safe sleep: looked at, a worry."]
    warmth = replace(BED, checks=("warmth",))
    assert of_part(warmth, entry("e1", "visit", DAY, checks=checks)).is_unknown


@pytest.mark.parametrize(
    ("kind", "data", "said"),
    [
        ("attendance", {"attended": 48, "possible": 60}, ["At school or nursery for 48 of 60 possible sessions."]),
        ("attendance", {"attended": 48}, []),
        ("medicine", {"name": "Inhaler", "given_safely_by": "the grandmother"}, ["Inhaler, given by the grandmother."]),
        ("medicine", {"name": "Inhaler"}, ["Inhaler."]),
        ("medicine", {"name": "Tablets", "for_child": False}, []),
        ("teach_back", {"correct": True}, ["A carer showed how the medicine is given: right."]),
        ("teach_back", {"correct": False}, ["A carer showed how the medicine is given: not yet right."]),
        ("teach_back", {}, []),
        ("measure", {"measure": "weight_centile", "value_as_recorded": "9th"}, ["Weight centile: 9th."]),
        ("measure", {"measure": "weight_centile"}, []),
    ],
)
def test_a_kind_that_always_tells_of_it(kind: str, data: dict[str, Any], said: list[str]) -> None:
    part = replace(SCHOOL, kinds=("attendance", "medicine", "teach_back", "measure"))
    assert texts(of_part(part, entry("e1", kind, DAY, **data))) == said


def test_a_dose_is_never_said() -> None:
    dose = entry("e1", "medicine", DAY, name="Inhaler", dose_as_prescribed="2 puffs", strength="100", times="morning")
    assert texts(of_part(MEDICINES, dose)) == ["Inhaler."]


def test_what_is_written_of_the_work_itself_tells_of_no_day() -> None:
    review = replace(entry("e1", "harm_review", DAY), what="Breakfast was talked about at length.")
    assert of_part(BREAKFAST, review).is_unknown


def assessment(id_: str, **more: object) -> Assessment:
    window = Window(from_=DAY - timedelta(days=20), to=DAY - timedelta(days=1))
    made = Assessment(id=id_, child="c1", window=window)
    return replace(made, **more)  # type: ignore[arg-type]  # fields of the dataclass


def test_evidence_stands_with_the_part_of_its_unit_or_of_its_words() -> None:
    pieces = (
        Evidence(text="Soap by the basin, dry.", source=EvidenceSource.SEEN_AT_HOME, on=DAY),
        Evidence(text="Mum says he baths himself.", source=EvidenceSource.CARER_SAID),
        Evidence(text="School washes his shirt.", source=EvidenceSource.OTHER_PROFESSIONAL),
    )
    held = assessment("a1", units={"A4": UnitAnswer(evidence=pieces), "A1.a": UnitAnswer(evidence=pieces[:1])})
    found = of_part(WASHING, assessments=(held,), but="a1")
    assert [(each.text, each.voice, each.assessment, each.on) for each in found.sayings] == [
        ("Soap by the basin, dry.", Voice.SEEN, "a1", DAY),
        ("Mum says he baths himself.", Voice.CARER, "a1", None),
        ("School washes his shirt.", Voice.RECORD, "a1", None),
    ]
    assert of_part(BREAKFAST, assessments=(held,)).is_unknown


def test_what_was_told_in_an_earlier_assessment_stays_and_that_of_this_one_stands_beside() -> None:
    told = {"day_in_life": {"breakfast": "Toast, if there is any."}, "child_voice": "Cereal is my favourite."}
    earlier, this = assessment("a1", **told), assessment("a2", **told)
    found = of_part(BREAKFAST, assessments=(earlier, this), but="a2")
    assert [(each.text, each.voice, each.assessment) for each in found.sayings] == [
        ("Cereal is my favourite.", Voice.CHILD, "a1"),
        ("Toast, if there is any.", Voice.TOLD, "a1"),
    ]
    assert of_part(SCHOOL, assessments=(earlier,)).is_unknown
    undated = replace(earlier, window=None)
    assert {each.on for each in of_part(BREAKFAST, assessments=(undated,)).sayings} == {None}


def test_the_same_words_are_said_once_and_of_more_than_a_few_that_there_are() -> None:
    said = [Saying(text=f"Cereal on day {n} of the week.", on=DAY, voice=Voice.SEEN) for n in range(MOST_SAID + 2)]
    again = Saying(text="‘Cereal on day 0 of the week.’", on=DAY, voice=Voice.CHILD)
    (found,) = a_day([BREAKFAST], [*said, again])
    assert len(found.sayings) == MOST_SAID
    assert found.more
    assert not a_day([BREAKFAST], [*said[:MOST_SAID], again])[0].more


def test_a_text_without_an_end_is_cut() -> None:
    long = replace(entry("e1", "note", DAY), what=f"cereal {'and more ' * 60}")
    (said,) = of_part(BREAKFAST, long).sayings
    assert len(said.text) <= 240
    assert said.text.endswith(" …")


def test_parts_follow_the_age_and_an_unborn_child_has_its_own() -> None:
    parts = shipped_day()

    def codes(born: date | None, expected: date | None = None) -> list[str]:
        of = child(date_of_birth=born, expected_date=expected)
        return [part.code for part in parts_for(parts, of, DAY)]

    assert all(code.startswith("pregnancy") for code in codes(None, DAY + timedelta(days=40)))
    assert "feeds" in codes(date(2026, 2, 1))
    assert "breakfast" not in codes(date(2026, 2, 1))
    three = codes(date(2023, 2, 1))
    assert three[:4] == ["waking", "washing", "clothes", "breakfast"]
    assert three[-2:] == ["bed", "night"]
    assert "nursery" in three
    assert "school" not in three
    assert "school" in codes(date(2018, 2, 1))
    assert "free_time" in codes(date(2012, 2, 1))
    # Not born on that day yet, or of unknown age.
    assert "feeds" in codes(DAY + timedelta(days=2))
    unknown = codes(None)
    assert {"feeds", "breakfast"} <= set(unknown)
    assert not any(code.startswith("pregnancy") for code in unknown)


def test_every_age_has_a_whole_day() -> None:
    for months in (0, 6, 11, 12, 30, 53, 54, 100, 140, 200):
        of = child(date_of_birth=DAY - timedelta(days=round(months * 30.4375) + 1))
        assert len(parts_for(shipped_day(), of, DAY)) >= 7
