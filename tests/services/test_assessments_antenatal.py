"""An assessment before birth: its sections open, the baby is born, and the child's own profile goes on."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pypdfium2
import pytest

from gcp2_app import wire
from gcp2_app.domain.assessment import Assessment, OpenedBy, Window
from gcp2_app.domain.instrument import LicenceKind
from gcp2_app.errors import InvalidValue, NotAllowed
from gcp2_app.services import assessments, caseload, packs, reports, trends
from gcp2_app.services.assessments import Start, Working
from gcp2_app.services.session import Session
from gcp2_app.storage.caseload import CaseloadQuery
from gcp2_app.storage.results import summaries_of_child
from tests import stores
from tests.antenatal import DUE, FIRST, PACK, add_unborn, begin, codes, grade, grade_area, is_born, sign
from tests.stores import TODAY, Clock, actions


def opened(working: Working) -> dict[str, OpenedBy]:
    return {each.area: each.because for each in working.assessment.openings}


def stored(session: Session, working: Working) -> Assessment:
    with session.store.transaction() as tx:
        return tx.assessments.get(working.assessment.id)


def pages(session: Session, id_: str) -> str:
    """Return the words of an assessment's report, on one line."""
    pdf = pypdfium2.PdfDocument(reports.assessment_preview(session, id_).content)
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pdf).split())


def test_before_birth_the_first_section_alone_is_open(session: Session) -> None:
    working = begin(session, add_unborn(session))
    assert (working.band, working.assessment.band) == ("before", "before")
    assert working.profile.closed == {"R", "H"}
    assert working.profile.units == len(codes(working, "P"))


@pytest.mark.parametrize(("value", "because"), [(2, {}), (3, {"R": OpenedBy.CONCERN})])
def test_concern_opens_the_second_section_when_it_is_kept(
    session: Session, value: int, because: dict[str, OpenedBy]
) -> None:
    working = grade(session, begin(session, add_unborn(session)), {"P1.a": value})
    assert opened(working) == because
    assert stored(session, working).openings == working.assessment.openings
    assert ("R1.a" in {item.code for item in working.missing}) is bool(because)


def test_a_slip_of_a_key_closes_again(session: Session) -> None:
    working = grade(session, begin(session, add_unborn(session)), {"P1.a": 4})
    assert opened(grade(session, working, {"P1.a": 1})) == {}


def test_judgement_opens_and_closes_a_section_with_a_reason_on_the_record(session: Session) -> None:
    working = begin(session, add_unborn(session))
    id_ = working.assessment.id
    with pytest.raises(InvalidValue, match="needs a reason"):
        assessments.open_section(session, id_, "R", reason="")
    working = assessments.open_section(session, id_, "R", reason="A first baby, no family near.")
    held = working.assessment.opening("R")
    assert held is not None
    assert (held.because, held.reason, held.on, held.by) == (
        OpenedBy.JUDGEMENT,
        "A first baby, no family near.",
        TODAY,
        session.professional.id,
    )
    assert "section opened" in actions(session)
    assert opened(assessments.close_section(session, id_, "R")) == {}
    assert actions(session)[0] == "section closed"


def test_a_birth_opens_the_third_section_of_the_running_assessment_and_loses_nothing(session: Session) -> None:
    child = add_unborn(session)
    working = grade_area(session, begin(session, child), "P", 3)
    before = working.assessment.units
    is_born(session, child, TODAY)
    working = assessments.open_(session, working.assessment.id)
    assert opened(working) == {"R": OpenedBy.CONCERN, "H": OpenedBy.BIRTH}
    assert (working.band, working.assessment.units) == ("before", before)
    assert stored(session, working).opening("H") is not None
    assert actions(session)[0] == "section opened"
    assessments.open_(session, working.assessment.id)
    assert actions(session)[0] == "assessment opened"
    working = grade_area(session, working, "H", 2)
    assert working.profile.areas["H"].grade == 2


def test_who_only_reads_opens_nothing(session: Session, supervisor: Session) -> None:
    child = add_unborn(session)
    working = begin(session, child)
    is_born(session, child, TODAY)
    assert opened(assessments.open_(supervisor, working.assessment.id)) == {}
    assert stored(session, working).openings == ()


def test_what_opened_meanwhile_is_asked_before_grading_is_finished(session: Session) -> None:
    child = add_unborn(session)
    working = grade_area(session, begin(session, child), "P", 1)
    is_born(session, child, TODAY)
    with pytest.raises(NotAllowed, match="8 units have neither"):
        assessments.finish(session, working.assessment.id)


def test_a_signed_assessment_stays_as_it_was_when_the_baby_comes(
    session: Session, supervisor: Session, clock: Clock
) -> None:
    child = add_unborn(session)
    signed = sign(session, grade_area(session, begin(session, child), "P", 2), supervisor)
    clock.move(8)
    is_born(session, child, TODAY + timedelta(days=8))
    again = assessments.open_(session, signed.assessment.id)
    assert again.assessment == signed.assessment
    assert again.profile == signed.profile
    corrected = assessments.correct(session, signed.assessment.id, reason="A slip.")
    assert opened(assessments.open_(session, corrected.assessment.id)) == {"H": OpenedBy.BIRTH}


@pytest.mark.parametrize(("late", "band"), [(-1, "before"), (0, "before"), (20, "before")])
def test_a_baby_who_is_late_is_not_born_yet(session: Session, late: int, band: str) -> None:
    child = add_unborn(session, due=FIRST - timedelta(days=late))
    working = grade_area(session, begin(session, child), "P", 2)
    assert working.band == band
    assert not [item for item in working.missing if item.field == "band_reason"]


@pytest.mark.parametrize(("first", "band"), [(date(2026, 9, 23), "before"), (date(2026, 9, 24), "0-3m")])
def test_after_the_birth_the_band_is_by_age_on_the_first_day(session: Session, first: date, band: str) -> None:
    child = is_born(session, add_unborn(session), date(2026, 9, 24))
    working = begin(session, child, first=first)
    assert working.band == band
    assert opened(working) == ({"H": OpenedBy.BIRTH} if band == "before" else {})
    assert "H" not in working.profile.closed


def test_at_three_months_the_childs_own_profile_takes_over(session: Session) -> None:
    child = is_born(session, add_unborn(session), date(2026, 8, 16))
    assert begin(session, child, first=date(2026, 11, 15)).band == "0-3m"
    with pytest.raises(InvalidValue, match="under 3 months") as refused:
        begin(session, child, first=date(2026, 11, 16))
    assert "own profile" in refused.value.mend
    assert stores.begin(session, child, first=date(2026, 11, 16)).band == "0-2"


def test_a_child_without_any_date_says_so(session: Session) -> None:
    child, carer = stores.add_family(session)
    child = replace(child, id="", date_of_birth=None)
    with session.store.transaction() as tx:
        tx.children.put(replace(child, id="no-date"), by=session.user.id)
    window = Window(from_=FIRST, to=DUE)
    with pytest.raises(InvalidValue, match="not known"):
        assessments.start(session, Start(child="no-date", carers=(carer.id,), window=window, pack=PACK))


def test_the_history_stays_and_is_never_compared_by_unit(session: Session, supervisor: Session, clock: Clock) -> None:
    child = add_unborn(session)
    sign(session, grade_area(session, begin(session, child), "P", 2), supervisor)
    clock.move(40)
    child = is_born(session, child, DUE)
    working = stores.begin(session, child, first=TODAY + timedelta(days=35))
    working = grade(session, working, {"A1.a": 3})
    assert working.earlier is not None
    assert "different packs" in working.earlier.comparison.not_comparable
    assert all(unit.change is None for unit in working.earlier.comparison.units.values())
    with session.store.transaction() as tx:
        assert {each.pack for each in summaries_of_child(tx, child.id)} == {"graded-care", PACK}
    trend = trends.trend(session, child.id)
    assert [area.code for area in trend.areas] == ["P", "A", "B", "C", "D"]
    before, after = trend.by_subject
    assert ([area.code for area in before.areas], [area.code for area in after.areas]) == (["P"], list("ABCD"))
    assert {point.pack for series in before.series for point in series.points} == {PACK}
    assert {point.pack for series in after.series for point in series.points} == {"graded-care"}
    assert (len(trend.pack_changes), before.pack_changes, after.pack_changes) == (1, (), ())
    assert (len(trend.packs), len(before.packs), len(after.packs)) == (2, 1, 1)
    assert after.by_subject == (after,)
    (row,) = caseload.page(session, CaseloadQuery()).rows
    assert [area.code for area in row.areas] == ["P"]
    assert [steps.code for steps in row.spark] == ["P"], "the small steps are of the areas they stand beside"


def test_what_was_signed_before_its_window_ended_was_last_looked_at_then(
    session: Session, supervisor: Session, clock: Clock
) -> None:
    child = add_unborn(session)
    sign(session, grade_area(session, begin(session, child), "P", 2), supervisor)
    clock.move(2)
    (row,) = caseload.page(session, CaseloadQuery()).rows
    assert row.window == Window(from_=FIRST, to=TODAY)


def test_the_report_says_which_sections_are_open_and_why(session: Session) -> None:
    child = add_unborn(session)
    working = grade(session, begin(session, child), {"P1.a": 2})
    id_ = working.assessment.id
    assert "H Now baby is here: not open, and not graded" in pages(session, id_)
    assessments.open_section(session, id_, "R", reason="A first baby.")
    is_born(session, child, TODAY)
    assessments.open_(session, id_)
    said = pages(session, id_)
    assert "by judgement of Practice Alex Smith, social worker: A first baby." in said
    assert "H Now baby is here: opened on 23 November 2026 because the baby was born" in said


def test_the_report_gives_a_baby_who_is_late_no_age(session: Session) -> None:
    working = begin(session, add_unborn(session, due=FIRST - timedelta(days=5)))
    said = pages(session, working.assessment.id)
    assert "Unborn child Practice-Ash, not yet born at the start" in said, "it is not all the family's report"
    assert trends.trend(session, working.assessment.child).child_label == "Unborn child Practice-Ash"


def test_the_report_draws_what_was_before_the_birth_apart(session: Session, supervisor: Session, clock: Clock) -> None:
    child = add_unborn(session)
    sign(session, grade_area(session, begin(session, child), "P", 2), supervisor)
    clock.move(40)
    child = is_born(session, child, DUE)
    working = grade(session, stores.begin(session, child, first=TODAY + timedelta(days=35)), {"A1.a": 3})
    said = pages(session, working.assessment.id)
    assert "Grades over time: Graded care record before and after birth (open wording)" in said
    assert "Grades over time: Graded care record (open wording)" in said
    assert "It is not compared unit by unit. They were made with different packs." in said


def test_two_antenatal_assessments_compare_by_unit(session: Session, supervisor: Session, clock: Clock) -> None:
    child = add_unborn(session, due=TODAY + timedelta(days=80))
    sign(session, grade_area(session, begin(session, child, days=8), "P", 2), supervisor)
    clock.move(30)
    working = grade(session, begin(session, child, first=TODAY + timedelta(days=28)), {"P1.a": 3})
    assert working.earlier is not None
    assert working.earlier.comparison.units["P1.a"].change is not None


def test_an_assessment_goes_out_and_comes_in_with_its_openings(session: Session) -> None:
    working = begin(session, add_unborn(session))
    working = assessments.open_section(session, working.assessment.id, "R", reason="Twins.")
    plain = wire.to_builtins(working.assessment)
    assert wire.from_builtins(Assessment, plain) == working.assessment
    assert plain["openings"] == [
        {"area": "R", "because": "judgement", "on": "2026-11-23", "by": session.professional.id, "reason": "Twins."}
    ]


# Approval ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def real(tmp_path: Path, clock: Clock) -> Iterator[Session]:
    """A session on a store for real children."""
    made = stores.make_session(tmp_path / "real", practice=False, clock=clock)
    yield made
    made.store.close()


def test_the_approval_of_the_open_pack_is_one_of_this_too(real: Session) -> None:
    child = add_unborn(real)
    with pytest.raises(NotAllowed, match="not approved"):
        begin(real, child)
    packs.approve_open_pack(real, packs.get(real, "graded-care"), reason="Agreed by the board.")
    assert packs.is_approved(real, packs.get(real, PACK))
    assert begin(real, child).band == "before"


def test_its_own_approval_is_none_of_the_childs_pack(real: Session) -> None:
    packs.approve_open_pack(real, packs.get(real, PACK), reason="Agreed by the board.")
    assert packs.is_approved(real, packs.get(real, PACK))
    assert not packs.is_approved(real, packs.get(real, "graded-care"))


def test_a_pack_of_another_holder_or_kind_borrows_no_approval(real: Session) -> None:
    own = packs.get(real, PACK)
    packs.approve_open_pack(real, packs.get(real, "graded-care"), reason="Agreed by the board.")
    assert not packs.is_approved(real, replace(own, licence=replace(own.licence, holder="Someone else")))
    assert not packs.is_approved(real, replace(own, licence=replace(own.licence, kind=LicenceKind.LICENSED)))
    assert not packs.is_approved(real, replace(own, next_pack="gone"))


def test_an_old_approval_without_a_version_is_lent_to_nobody(real: Session) -> None:
    with real.store.transaction() as tx:
        tx.set_setting("approved pack graded-care", "2026-11-23")
        tx.set_setting(f"approved pack {PACK}", "2026-11-23")
    assert not packs.is_approved(real, packs.get(real, PACK))
