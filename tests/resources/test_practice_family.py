"""The practice family is a whole, plausible, synthetic case that a practitioner can learn on."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from gcp2_app.domain import before_visit, visits
from gcp2_app.domain.assessment import Assessment, AssessmentState, OpenedBy
from gcp2_app.domain.comparability import why_not_comparable
from gcp2_app.domain.completeness import missing
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.instrument import Pack, Subject
from gcp2_app.domain.kinds import EntryKind
from gcp2_app.domain.register import Agency, Category, NeedState, StatusKind
from gcp2_app.domain.scoring import score_assessment
from gcp2_app.domain.visits import How
from gcp2_app.domain.when import LONDON, When
from gcp2_app.exchange.casefile import CaseFile
from gcp2_app.exchange.casefile_reading import load_casefile
from gcp2_app.exchange.shift import moved, weeks_to
from gcp2_app.forms.entry_kinds import load_kinds
from gcp2_app.forms.packs import shipped_pack
from gcp2_app.paths import data_folder

FILE = data_folder("resources") / "practice-family.json"
WRITTEN_FOR = date(2026, 11, 23)
MAIN_CHILD, BABY, UNBORN = "c1", "c4", "c5"
PARENTS, GRANDMOTHER = ("p1", "p2"), ("p3",)
A_CALENDAR_WORD = re.compile(
    r"\b(January|February|April|June|July|August|September|October|November|December|Christmas|Easter|20\d\d)\b"
)


@pytest.fixture(scope="module")
def kinds() -> dict[str, EntryKind]:
    return dict(load_kinds())


@pytest.fixture(scope="module")
def family(kinds: dict[str, EntryKind]) -> CaseFile:
    return load_casefile(FILE, kinds, today=WRITTEN_FOR)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return shipped_pack("graded-care", "1.0.0")


def born(family: CaseFile, child: str) -> date | None:
    return next(one.born for one in family.children if one.id == child)


def last_day(entry: Entry) -> date:
    assert entry.when is not None
    assert entry.when.last is not None
    return entry.when.last


def line(family: CaseFile, child: str, carers: tuple[str, ...] = PARENTS) -> list[Assessment]:
    """Return a child's signed-off assessments with these carers, oldest first."""
    found = [
        assessment
        for assessment in family.assessments
        if assessment.child == child and assessment.carers == carers and assessment.state is AssessmentState.SIGNED_OFF
    ]
    return sorted(found, key=_start)


def _pack_of(assessment: Assessment) -> Pack:
    return shipped_pack(assessment.pack, assessment.pack_version)


def _start(assessment: Assessment) -> date:
    assert assessment.window is not None
    return assessment.window.from_


def texts(value: Any) -> Iterator[str]:
    """Yield every text of a document that is not a date."""
    if isinstance(value, dict):
        for item in value.values():
            yield from texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)
    elif isinstance(value, str) and re.match(r"\d{4}-\d{2}(-\d{2}|$)", value) is None:
        yield value


def test_it_reads_whole_and_says_that_it_is_practice(family: CaseFile) -> None:
    assert family.practice
    assert family.quarantined == ()
    assert family.marks == ()
    assert FILE.stat().st_size < 1_500_000


def test_five_children_one_teenager_one_under_five_one_baby_one_unborn_one_with_a_condition(family: CaseFile) -> None:
    assert len(family.children) == 5
    last = max(last_day(entry) for entry in family.entries)
    years = sorted((last - child.date_of_birth).days // 365.25 for child in family.children if child.date_of_birth)
    assert years == [0, 4, 9, 14]
    assert [child.id for child in family.children if child.long_term_condition_since] == [MAIN_CHILD]


def test_the_baby_was_known_before_birth(family: CaseFile) -> None:
    baby = next(child for child in family.children if child.id == BABY)
    assert baby.date_of_birth is not None
    assert baby.expected_date is not None
    before = [entry for entry in family.entries if BABY in entry.children and last_day(entry) < baby.date_of_birth]
    assert {"event", "referral", "visit"} <= {entry.kind for entry in before}


def test_one_is_not_born_yet_and_was_assessed_before_the_birth(family: CaseFile) -> None:
    (unborn,) = (child for child in family.children if child.date_of_birth is None)
    assert unborn.id == UNBORN
    assert unborn.expected_date is not None
    assert timedelta(weeks=4) < unborn.expected_date - WRITTEN_FOR < timedelta(weeks=12)
    (one,) = line(family, UNBORN)
    pack = _pack_of(one)
    assert (pack.subject, one.band) == (Subject.UNBORN, "before")
    profile = score_assessment(pack, one, unborn.born)
    assert {code: area.grade for code, area in profile.areas.items() if code not in profile.closed} == {"P": 3, "R": 3}
    assert profile.closed == {"H"}
    assert [(opening.area, opening.because) for opening in one.openings] == [("R", OpenedBy.CONCERN)]
    assert BABY not in {child for entry in family.entries if UNBORN in entry.children for child in entry.children}


def test_three_adults_one_with_a_diagnosed_learning_disability(family: CaseFile) -> None:
    assert len(family.people) == 3
    diagnosed = [
        person
        for person in family.people
        if person.learning_need is not None and person.learning_need.state is NeedState.DIAGNOSED
    ]
    assert [person.id for person in diagnosed] == ["p1"]
    assert diagnosed[0].formats_needed == ("easy_read",)


def test_it_tells_five_years_up_to_the_last_week(family: CaseFile) -> None:
    days = [last_day(entry) for entry in family.entries]
    assert max(days) - min(days) >= timedelta(days=5 * 365)
    assert timedelta(0) <= WRITTEN_FOR - max(days) < timedelta(days=7)


def test_the_adults_come_and_go_and_the_family_moved_in(family: CaseFile) -> None:
    home = next(household for household in family.households if household.id == "h1")
    assert sum(member.who == "p2" for member in home.members) >= 3
    assert [address.authority for address in home.addresses][-1] == "Dudley"
    assert len({address.authority for address in home.addresses}) >= 3


def test_statuses_go_from_early_help_to_a_second_plan_for_neglect(family: CaseFile) -> None:
    child = next(one for one in family.children if one.id == MAIN_CHILD)
    held = {status.status for status in child.statuses}
    assert {StatusKind.EARLY_HELP, StatusKind.CHILD_IN_NEED, StatusKind.SECTION_47} <= held
    plans = [status for status in child.statuses if status.status is StatusKind.CHILD_PROTECTION]
    assert [plan.category for plan in plans] == [Category.NEGLECT, Category.NEGLECT]
    assert plans[-1].to is None
    for before, after in zip(child.statuses, child.statuses[1:], strict=False):
        assert before.to is not None
        assert before.to + timedelta(days=1) == after.from_


def test_a_social_worker_is_allocated_and_workers_have_changed(family: CaseFile) -> None:
    for child in family.children:
        workers = [given for given in child.allocated if given.role == "social_worker"]
        assert workers[-1].to is None
        assert all(given.confirmed_on for given in child.allocated)
    main = next(child for child in family.children if child.id == MAIN_CHILD)
    assert len({given.professional for given in main.allocated if given.role == "social_worker"}) == 2


def test_many_agencies_speak(family: CaseFile) -> None:
    agencies = {entry.source.agency for entry in family.entries if entry.source is not None}
    assert len(agencies) >= 14
    assert {Agency.GP, Agency.SCHOOL, Agency.POLICE, Agency.HEALTH_VISITING, Agency.HOSPITAL} <= agencies
    assert all(entry.source is not None and entry.source.agency for entry in family.entries)


def test_every_kind_of_entry_appears(family: CaseFile, kinds: dict[str, EntryKind]) -> None:
    counted = Counter(entry.kind for entry in family.entries)
    assert set(counted) == set(kinds)
    assert 150 <= counted.total() <= 300


def test_enough_assessments_of_every_sort(family: CaseFile) -> None:
    assert len(line(family, MAIN_CHILD)) >= 7
    assert len(family.assessments) >= 12
    assert sum(one.recorded_elsewhere for one in family.assessments) == 1
    assert any(one.incomplete_reason for one in family.assessments)
    states = {one.state for one in family.assessments}
    assert states == {AssessmentState.SIGNED_OFF, AssessmentState.IN_PROGRESS}


def test_the_last_assessment_of_one_child_is_in_progress(family: CaseFile) -> None:
    latest = [
        max((one for one in family.assessments if one.child == child.id), key=_start) for child in family.children
    ]
    assert [one.child for one in latest if one.state is AssessmentState.IN_PROGRESS] == [MAIN_CHILD]


def test_siblings_share_windows_and_two_homes_stand_side_by_side(family: CaseFile) -> None:
    parents = {one.window: one for one in line(family, MAIN_CHILD)}
    assert sum(one.window in parents for one in line(family, "c3")) >= 2
    grandmother = line(family, MAIN_CHILD, GRANDMOTHER)
    assert [one.window in parents for one in grandmother] == [True]


def test_neglect_builds_up_eases_and_returns(family: CaseFile, pack: Pack) -> None:
    whole = [one for one in line(family, MAIN_CHILD) if not one.incomplete_reason]
    profiles = [score_assessment(pack, one, born(family, MAIN_CHILD)) for one in whole]
    series = {area: [profile.areas[area].grade for profile in profiles] for area in "ABCD"}
    assert series == {
        "A": [3, 3, 3, 4, 5, 5, 4, 2, 5, 4],
        "B": [2, 2, 3, 4, 4, 5, 3, 2, 4, 4],
        "C": [2, 2, 3, 3, 3, 4, 3, 2, 4, 3],
        "D": [2, 2, 3, 4, 4, 4, 3, 2, 4, 4],
    }
    first, worst, eased = whole[1], whole[5], whole[7]
    assert timedelta(days=16 * 30) <= _start(worst) - _start(first) <= timedelta(days=19 * 30)
    assert timedelta(days=8 * 30) <= _start(eased) - _start(worst) <= timedelta(days=11 * 30)


def test_every_unit_of_each_band_is_answered(family: CaseFile) -> None:
    for one in family.assessments:
        if one.recorded_elsewhere or one.incomplete_reason or one.state is not AssessmentState.SIGNED_OFF:
            continue
        pack = _pack_of(one)
        closed = score_assessment(pack, one, born(family, one.child)).closed
        assert set(one.units) == {code for code in pack.units_in(one.band) if not code.startswith(tuple(closed))}
        applies = {code for code, answer in one.units.items() if answer.state != "not_applicable"}
        assert ("A5.d" in applies) == (one.child == MAIN_CHILD and _start(one) >= date(2023, 2, 7))


def test_what_is_signed_off_lacks_nothing(family: CaseFile) -> None:
    for child in family.children:
        for carers in (PARENTS, GRANDMOTHER):
            earlier: Assessment | None = None
            for one in line(family, child.id, carers):
                comparable = earlier if earlier is not None and not why_not_comparable(earlier, one) else None
                found = missing(_pack_of(one), one, child.born, earlier=comparable)
                assert [item.what for item in found if item.blocks] == []
                earlier = None if one.recorded_elsewhere else one


def test_evidence_is_specific_and_hangs_on_real_visits(family: CaseFile) -> None:
    visits = {entry.id: entry for entry in family.entries if entry.kind == "visit"}
    professionals = {one.id for one in family.professionals}
    pieces = [piece for one in family.assessments for answer in one.units.values() for piece in answer.evidence]
    known = {piece.id for piece in pieces}
    for piece in pieces:
        assert piece.by in professionals
        assert piece.on is not None
        if piece.visit is not None:
            assert last_day(visits[piece.visit]) == piece.on
        assert {piece.agrees_with, piece.conflicts_with} - {None} <= known
    assert len({piece.text for piece in pieces}) >= 150
    assert len({piece.source for piece in pieces}) >= 6
    assert any(piece.conflicts_with for piece in pieces)


def test_grades_are_given_inside_the_window_by_its_assessors(family: CaseFile) -> None:
    for one in family.assessments:
        assert one.window is not None
        for answer in one.units.values():
            for given in answer.grades:
                assert given.by in one.assessors
                assert given.on is not None
                assert one.window.from_ <= given.on <= one.window.to


def test_visits_meetings_and_appointments_are_on_weekdays(family: CaseFile) -> None:
    for entry in family.entries:
        if entry.kind in {"visit", "meeting", "appointment", "teach_back", "worker_contact"}:
            assert last_day(entry).weekday() < 5, entry.id


def test_attendance_fits_its_school_days(family: CaseFile) -> None:
    for entry in family.entries:
        if entry.kind != "attendance":
            continue
        first, last = When(entry.data["from"]).first, When(entry.data["to"]).last
        assert first is not None
        assert last is not None
        school_days = sum((first + timedelta(days=i)).weekday() < 5 for i in range((last - first).days + 1))
        possible, attended = entry.data["possible"], entry.data["attended"]
        assert 0 < attended <= possible <= 2 * school_days
        assert attended + sum(entry.data["codes"].values()) == possible
        assert entry.data["unauthorised"] <= possible - attended


def test_every_name_is_plainly_a_practice_name(family: CaseFile) -> None:
    names = [person.name for person in family.people]
    names += [one.name for one in family.professionals]
    names += [child.name for child in family.children]
    names += [alias for child in family.children for alias in child.aliases]
    names += [entry.source.name for entry in family.entries if entry.source is not None]
    names += [invited["name"] for entry in family.entries for invited in entry.data.get("invited", ())]
    assert [name for name in names if "Practice" not in name] == []
    places = [text for home in family.households for address in home.addresses for text in address.lines[:1]]
    assert [place for place in places if "Practice" not in place] == []


def test_medicine_says_only_as_written_on_the_label(family: CaseFile) -> None:
    medicines = [entry.data for entry in family.entries if entry.kind == "medicine"]
    assert medicines
    for medicine in medicines:
        assert medicine["dose_as_prescribed"].startswith("As written on the ")
        assert not any(sign.isdigit() for sign in medicine["dose_as_prescribed"].replace("999", ""))


def test_prose_names_no_month_or_year_because_its_dates_move() -> None:
    document = json.loads(FILE.read_text(encoding="utf-8"))
    assert [text for text in texts(document) if A_CALENDAR_WORD.search(text)] == []


@pytest.mark.parametrize("today", [date(2026, 11, 23), date(2027, 3, 14), date(2030, 8, 31)])
def test_moved_to_any_day_its_last_entry_is_of_the_last_week(
    family: CaseFile, kinds: dict[str, EntryKind], today: date
) -> None:
    then = moved(family, kinds, weeks_to(family, today))
    last = max(last_day(entry) for entry in then.entries)
    assert timedelta(0) <= today - last < timedelta(days=7)
    for before, after in zip(family.entries, then.entries, strict=True):
        assert last_day(before).weekday() == last_day(after).weekday() or isinstance(
            before.when.raw if before.when else "", dict
        )


def test_nothing_was_recorded_before_it_was_known_or_in_the_future(family: CaseFile) -> None:
    for entry in family.entries:
        assert entry.known is not None
        assert entry.known.last is not None
        assert entry.recorded_at is not None
        assert entry.known.last <= entry.recorded_at.astimezone(LONDON).date() <= WRITTEN_FOR


def test_visits_with_a_sheet_are_as_visit_mode_leaves_them(family: CaseFile) -> None:
    made = [entry for entry in family.entries if entry.data.get("lines")]
    assert len(made) >= 2
    for entry in made:
        sheet = visits.read_sheet(entry)
        assert visits.write_sheet(entry, sheet) == entry
        assert all(each.sorted for each in sheet.lines)
        assert {each.how for each in sheet.lines} >= {How.I_SAW, How.CARER_SAID}
        assert sheet.started is not None
        assert sheet.ended is not None
        for each in sheet.lines:
            assert sheet.started <= each.at <= sheet.ended


def test_what_was_sorted_on_a_visit_hangs_where_it_was_sorted_to(family: CaseFile) -> None:
    (open_,) = (one for one in family.assessments if one.state is AssessmentState.IN_PROGRESS)
    for entry in family.entries:
        for each in visits.read_sheet(entry).lines if entry.data.get("lines") else ():
            piece = visits.evidence_of(entry, each)
            hung = {code for code, answer in open_.units.items() if piece.id in {one.id for one in answer.evidence}}
            assert hung == (set(each.units) if each.concerns(open_.child) else set())
            for code in hung:
                (kept,) = (one for one in open_.units[code].evidence if one.id == piece.id)
                assert replace(kept, conflicts_with=None) == piece


def test_what_keeps_workers_safe_is_noted_for_the_whole_household(family: CaseFile) -> None:
    (noted,) = before_visit.about_safety(family.entries)
    assert set(noted.children) == {child.id for child in family.children if child.date_of_birth}
    assert len(noted.what.split()) > 40
