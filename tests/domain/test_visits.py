"""A visit's sheet: what goes in comes out, the contract's fields follow from it, and notes become evidence."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcp2_app.domain import visits
from gcp2_app.domain.answers import Evidence, EvidenceSource, UnitAnswer
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.kinds import check_data
from gcp2_app.domain.visits import BEDROOM, Found, How, Line, Sighting, VisitSheet
from gcp2_app.domain.when import When
from gcp2_app.errors import InvalidValue
from gcp2_app.forms.entry_kinds import load_kinds

AT = datetime(2026, 11, 23, 10, 5, tzinfo=UTC)
ENTRY = Entry(
    id="e1", kind="visit", children=("c1", "c2"), when=When(AT.isoformat()), recorded_by="w1", data={"mode": "home"}
)


def line(id_: str = "l1", how: How = How.I_SAW, text: str = "No bedding.", **more: object) -> Line:
    return replace(Line(id=id_, at=AT, how=how, text=text), **more)  # type: ignore[arg-type]  # names of its fields


lines = st.builds(
    Line,
    id=st.uuids().map(str),
    at=st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2040, 1, 1)).map(  # noqa: DTZ001 - made aware
        lambda at: at.replace(microsecond=0, tzinfo=UTC)
    ),
    how=st.sampled_from(How),
    text=st.text(min_size=1),
    children=st.lists(st.sampled_from(["c1", "c2"]), unique=True).map(tuple),
    units=st.lists(st.sampled_from(["A1.a", "B2"]), unique=True).map(tuple),
    sorted=st.booleans(),
)
answer = st.sampled_from([None, True, False])
sheets = st.builds(
    VisitSheet,
    mode=st.sampled_from(["home", "doorstep"]),
    announced=answer,
    access=st.sampled_from(["", "given", "refused"]),
    let_in_by=st.text(),
    started=st.just(AT),
    ended=st.sampled_from([None, AT + timedelta(hours=1)]),
    present=st.lists(st.text(min_size=1)).map(tuple),
    rooms_seen=st.lists(st.sampled_from(["kitchen", BEDROOM]), unique=True).map(tuple),
    seen=st.lists(
        st.builds(Sighting, child=st.sampled_from(["c1", "c2"]), seen=answer, awake=answer, alone=answer),
        unique_by=lambda each: each.child,
    ).map(tuple),
    checks=st.dictionaries(st.sampled_from(visits.CHECKS), st.sampled_from(Found)),
    lines=st.lists(lines, unique_by=lambda each: each.id, max_size=4).map(tuple),
)


@given(sheets)
def test_what_is_written_is_read_again_and_fits_the_kind(sheet: VisitSheet) -> None:
    entry = visits.write_sheet(ENTRY, sheet)
    assert visits.read_sheet(entry) == sheet
    check_data(load_kinds()["visit"], entry.data)


def test_the_words_of_each_go_to_a_field_of_their_own() -> None:
    said = (line(), line("l2", How.CHILD_SAID, "I am cold."), line("l3", How.CARER_SAID, "The boiler broke."))
    entry = visits.write_sheet(ENTRY, VisitSheet(lines=said))
    assert (entry.what, entry.child_words, entry.carer_response) == ("No bedding.", "I am cold.", "The boiler broke.")


def test_what_was_written_by_hand_stays_while_there_is_no_line() -> None:
    assert visits.write_sheet(replace(ENTRY, what="Kept."), VisitSheet()).what == "Kept."


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [(True, True, True), (True, False, False), (True, None, None), (None, False, False), (None, None, None)],
)
def test_a_field_is_true_only_where_it_is_true_of_every_child(
    first: bool | None, second: bool | None, expected: bool | None
) -> None:
    sheet = VisitSheet(seen=(Sighting(child="c1", seen=first), Sighting(child="c2", seen=second)))
    assert visits.write_sheet(ENTRY, sheet).data.get("child_seen") is expected


def test_awake_is_asked_of_the_youngest_alone_and_decides_for_the_visit() -> None:
    sheet = VisitSheet(seen=(Sighting(child="c1", seen=True), Sighting(child="c2", seen=True, awake=True)))
    assert visits.write_sheet(ENTRY, sheet).data["seen_awake"] is True


@pytest.mark.parametrize(("rooms", "expected"), [((), None), (("kitchen",), False), (("kitchen", BEDROOM), True)])
def test_the_bedroom_is_seen_where_it_is_among_the_rooms(rooms: tuple[str, ...], expected: bool | None) -> None:
    assert visits.write_sheet(ENTRY, VisitSheet(rooms_seen=rooms)).data.get("bedroom_seen") is expected


@pytest.mark.parametrize(
    ("born", "asked"),
    [
        (date(2023, 11, 24), True),
        (date(2023, 11, 23), False),
        (date(2026, 11, 23), True),
        (date(2026, 11, 24), False),
        (None, False),
    ],
)
def test_awake_is_asked_under_three(born: date | None, asked: bool) -> None:
    assert visits.asks_awake(born, date(2026, 11, 23)) is asked


def test_a_line_is_added_at_the_end_and_corrected_in_its_place() -> None:
    sheet = VisitSheet().with_line(line()).with_line(line("l2")).with_line(line(text="Two blankets."))
    assert [each.text for each in sheet.lines] == ["Two blankets.", "No bedding."]
    assert sheet.line("l1").text == "Two blankets."
    with pytest.raises(InvalidValue):
        sheet.line("l9")
    with pytest.raises(InvalidValue):
        sheet.with_line(line("l3", text="  "))


def test_a_sighting_takes_the_place_of_the_earlier_one() -> None:
    sheet = VisitSheet().with_sighting(Sighting(child="c1", seen=True)).with_sighting(Sighting(child="c1", seen=False))
    assert sheet.seen == (Sighting(child="c1", seen=False),)
    assert sheet.sighting("c2") == Sighting(child="c2")
    assert sheet.with_sighting(Sighting(child="c1")).seen == ()


def test_lines_about_no_child_in_particular_concern_each_until_they_are_sorted() -> None:
    sheet = VisitSheet(lines=(line(), line("l2", children=("c2",)), line("l3", sorted=True)))
    assert [each.id for each in sheet.unsorted("c1")] == ["l1"]
    assert [each.id for each in sheet.unsorted("c2")] == ["l1", "l2"]


@pytest.mark.parametrize(
    ("sheet", "access"),
    [
        (VisitSheet(), ""),
        (VisitSheet(rooms_seen=("kitchen",)), "given"),
        (VisitSheet(seen=(Sighting(child="c1", seen=True),)), "given"),
        (VisitSheet(seen=(Sighting(child="c1", seen=False),)), ""),
        (VisitSheet(rooms_seen=("kitchen",), access="child_absent"), "child_absent"),
    ],
)
def test_access_was_given_where_a_room_or_a_child_was_seen(sheet: VisitSheet, access: str) -> None:
    ended = visits.end(sheet, AT)
    assert (ended.ended, ended.access) == (AT, access)
    with pytest.raises(InvalidValue):
        visits.end(ended, AT)


def test_one_childs_part_leaves_the_others_lines_and_sightings_out() -> None:
    sheet = VisitSheet(
        seen=(Sighting(child="c1", seen=True), Sighting(child="c2", seen=False)),
        lines=(
            line(text="Both."),
            line("l2", text="One.", children=("c1",)),
            line("l3", text="Two.", children=("c2",)),
        ),
    )
    entry = visits.about_child(visits.write_sheet(ENTRY, sheet), "c1")
    assert entry.children == ("c1",)
    assert entry.what == "Both.\nOne."
    assert entry.data["child_seen"] is True
    assert "Two." not in str(entry)
    assert "c2" not in str(entry)


def test_nothing_is_left_of_lines_that_were_all_about_another_child() -> None:
    sheet = VisitSheet(lines=(line(text="Two.", children=("c2",)),))
    entry = visits.about_child(visits.write_sheet(ENTRY, sheet), "c1")
    assert (entry.what, entry.data.get("lines")) == ("", None)


def test_a_visit_that_came_in_without_a_sheet_stays_as_it_is() -> None:
    came = replace(ENTRY, data={"mode": "home", "started": "2026-11-23", "child_seen": True, "rooms_seen": ["bedroom"]})
    assert visits.about_child(came, "c1") is came
    written = visits.write_sheet(came, visits.read_sheet(came))
    assert written.data["started"] == "2026-11-23"


@pytest.mark.parametrize(
    ("how", "mode", "source"),
    [
        (How.I_SAW, "home", EvidenceSource.SEEN_AT_HOME),
        (How.I_SAW, "doorstep", EvidenceSource.SEEN_AT_HOME),
        (How.I_SAW, "school", EvidenceSource.SEEN_ELSEWHERE),
        (How.I_SAW, "video", EvidenceSource.SEEN_ELSEWHERE),
        (How.I_SAW, "phone", EvidenceSource.NOT_EVIDENCED),
        (How.I_SAW, "third_party", EvidenceSource.NOT_EVIDENCED),
        (How.CHILD_SAID, "home", EvidenceSource.CHILD_SAID),
        (How.CARER_SAID, "phone", EvidenceSource.CARER_SAID),
    ],
)
def test_a_line_has_the_source_it_really_has(how: How, mode: str, source: EvidenceSource) -> None:
    assert visits.source_of(how, mode) is source


def test_a_line_becomes_the_same_piece_of_evidence_wherever_it_hangs() -> None:
    piece = visits.evidence_of(ENTRY, line())
    assert piece == Evidence(
        id="e1.l1",
        text="No bedding.",
        source=EvidenceSource.SEEN_AT_HOME,
        by="w1",
        on=date(2026, 11, 23),
        visit="e1",
    )


def test_evidence_hangs_on_the_chosen_units_and_leaves_the_others() -> None:
    piece, other = visits.evidence_of(ENTRY, line()), Evidence(id="x", text="Other.")
    units = {"A1.a": UnitAnswer(evidence=(other,)), "B2": UnitAnswer(evidence=(piece,), grade=3)}
    hung = visits.hang(units, replace(piece, text="Corrected."), ["A1.a", "C1.a"])
    assert [each.text for each in hung["A1.a"].evidence] == ["Other.", "Corrected."]
    assert hung["B2"] == UnitAnswer(grade=3)
    assert [each.text for each in hung["C1.a"].evidence] == ["Corrected."]
    again = visits.hang(hung, replace(piece, text="Again."), ["A1.a", "C1.a"])
    assert [each.text for each in again["A1.a"].evidence] == ["Other.", "Again."]
    assert visits.hang({"D2": UnitAnswer()}, piece, []) == {"D2": UnitAnswer()}


@pytest.mark.parametrize("pin", ["12345", "1234567", "12a456", "", "111111", "123456", "654321", "٣٤٥٦٧٨"])
def test_a_pin_that_anyone_would_try_is_refused(pin: str) -> None:
    with pytest.raises(InvalidValue):
        visits.check_pin(pin)


@pytest.mark.parametrize("pin", ["204816", "112233", "123465"])
def test_other_six_digits_are_a_pin(pin: str) -> None:
    visits.check_pin(pin)
