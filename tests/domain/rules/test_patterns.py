"""LP1: what keeps coming back, what other agencies say, and cases opened again."""

from datetime import date
from typing import Any

import pytest

from gcp2_app.domain.alerts import Level
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.instrument import Pack
from gcp2_app.domain.register import Agency, Professional
from gcp2_app.domain.rules.record import ChildRecord, Graded
from gcp2_app.forms.packs import shipped_pack
from tests.rules import DAY, ask, days, elsewhere, entry, graded, holds, holds_from, record

# The quarters that run up to DAY: July and October 2025, January 2026.
FIRST, SECOND, THIRD = date(2025, 7, 1), date(2025, 10, 1), date(2026, 1, 1)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return shipped_pack("graded-care")


# type_persists --------------------------------------------------------------------------------------------------------


def marked(id_: str, on: date | dict[str, str] | None, theme: str = "medical", **more: Any) -> Entry:
    usual: dict[str, Any] = {"themes": [theme], "impact": "in pain at night", "agency": "school"}
    return entry(id_, "note", on, **usual | more)


def six(*, last: date = DAY) -> list[Entry]:
    """Two entries in each of the three quarters, the last of them on a day, from two agencies."""
    return [
        marked("e1", FIRST),
        marked("e2", date(2025, 9, 30), agency="gp"),
        marked("e3", SECOND),
        marked("e4", date(2025, 12, 31)),
        marked("e5", THIRD),
        marked("e6", last),
    ]


def test_a_type_of_neglect_in_three_quarters_running() -> None:
    about = record(*six())
    assert holds_from("LP1.type_persists", about, DAY)
    found = ask("LP1.type_persists", about, DAY)
    assert found is not None
    assert found.level is Level.ACT
    assert found.entries == ("e1", "e2", "e3", "e4", "e5", "e6")
    assert "medical neglect in 6 entries" in found.text
    assert "2, then 2, then 2" in found.text
    assert "GP practice and school" in found.text
    assert "since 1 July 2025" in found.text


def test_the_running_quarter_is_one_of_them() -> None:
    assert holds("LP1.type_persists", record(*six()), date(2026, 3, 31))
    assert not holds("LP1.type_persists", record(*six()), date(2026, 4, 1))


@pytest.mark.parametrize("missing", range(6))
def test_one_entry_fewer_is_too_few(missing: int) -> None:
    entries = six()
    del entries[missing]
    assert not holds("LP1.type_persists", record(*entries), DAY)


@pytest.mark.parametrize(
    "instead",
    [
        marked("e6", DAY, impact=" "),
        marked("e6", DAY, "physical"),
        marked("e6", DAY, "strength"),
        marked("e6", {"about": "2026-02"}),
        marked("e6", date(2025, 12, 1)),
        marked("e6", DAY, known=DAY + days(1)),
        marked("e6", DAY + days(1), known=DAY),
    ],
)
def test_the_sixth_entry_has_to_count(instead: Entry) -> None:
    assert not holds("LP1.type_persists", record(*six()[:5], instead), DAY)


def test_one_agency_alone_is_too_few() -> None:
    entries = [marked(f"e{i}", on) for i, on in enumerate([FIRST, FIRST, SECOND, SECOND, THIRD, THIRD])]
    assert not holds("LP1.type_persists", record(*entries), DAY)
    asked = entry("r1", "referral", THIRD, themes=["medical"], impact="missed school", agency="school", by_agency="gp")
    assert holds("LP1.type_persists", record(*entries, asked), DAY)
    nobody = marked("e9", THIRD, agency=None)
    assert not holds("LP1.type_persists", record(*entries, nobody), DAY)


def test_what_has_no_certain_day_is_said_to_be_possible() -> None:
    entries = [*six(), marked("e7", {"about": "2026-02"}), marked("e8", None), marked("e9", {"about": "2019"})]
    found = ask("LP1.type_persists", record(*entries), DAY)
    assert found is not None
    assert "at least 6 entries, possibly 8" in found.text
    assert "e7" not in found.entries


# disagree -------------------------------------------------------------------------------------------------------------

WORKERS = {"w1": Professional(id="w1", agency=Agency.CHILDRENS_SOCIAL_CARE)}
BEGAN = date(2026, 2, 2)
SIGNED = date(2026, 2, 25)


def concern(id_: str, on: date | dict[str, str], theme: str = "supervision", **more: Any) -> Entry:
    usual: dict[str, Any] = {"concern": True, "themes": [theme], "agency": "school"}
    return entry(id_, "note", on, **usual | more)


def assessed(pack: Pack, *entries: Entry, grades: dict[str, int] | None = None, **changes: Any) -> ChildRecord:
    one = graded(pack, "a1", BEGAN, grades or {}, signed=SIGNED, assessors=("w1",), **changes)
    return record(*entries, assessments=(one,), professionals=WORKERS)


def test_an_area_that_is_graded_well_against_another_agencys_concerns(pack: Pack) -> None:
    about = assessed(pack, concern("e1", BEGAN - days(90)), concern("e2", BEGAN - days(1), agency="gp"))
    assert holds_from("LP1.disagree", about, SIGNED)
    found = ask("LP1.disagree", about, SIGNED)
    assert found is not None
    assert found.level is Level.ACT
    assert found.entries == ("e1", "e2", "a1")
    assert "B Care of safety was graded 2" in found.text
    assert "2 concerns" in found.text
    assert "GP practice and school" in found.text


@pytest.mark.parametrize(
    "second",
    [
        concern("e2", BEGAN - days(91)),
        concern("e2", SIGNED + days(1)),
        concern("e2", BEGAN, "emotional"),
        concern("e2", BEGAN, agency="childrens_social_care"),
        concern("e2", BEGAN, agency=None),
        concern("e2", BEGAN, concern=False),
        concern("e2", {"about": "2026-01"}),
        entry("e2", "visit", BEGAN, mode="home", themes=["supervision"]),
    ],
)
def test_a_second_concern_that_does_not_count(pack: Pack, second: Entry) -> None:
    assert not holds("LP1.disagree", assessed(pack, concern("e1", BEGAN), second), SIGNED + days(30))


def test_a_request_for_help_is_a_concern_of_the_agency_that_asked(pack: Pack) -> None:
    asked = entry("e2", "referral", SIGNED, themes=["supervision"], agency="childrens_social_care", by_agency="school")
    assert holds("LP1.disagree", assessed(pack, concern("e1", BEGAN), asked), SIGNED)
    own = entry("e2", "referral", SIGNED, themes=["supervision"], by_agency="childrens_social_care")
    assert not holds("LP1.disagree", assessed(pack, concern("e1", BEGAN), own), SIGNED)


def test_an_area_at_three_or_without_a_grade_does_not_disagree(pack: Pack) -> None:
    both = (concern("e1", BEGAN), concern("e2", BEGAN))
    assert not holds("LP1.disagree", assessed(pack, *both, grades={"B2": 3}), SIGNED)
    assert not holds("LP1.disagree", assessed(pack, *both, grades={"A1.a": 2}, otherwise=None), SIGNED)
    assert holds("LP1.disagree", assessed(pack, *both, grades={"B2": 1}, otherwise=None), SIGNED)


@pytest.mark.parametrize(
    ("theme", "area"),
    [
        ("medical", "A "),
        ("nutritional", "A "),
        ("physical", "A "),
        ("supervision", "B "),
        ("emotional", "C "),
        ("educational", "D "),
    ],
)
def test_every_type_of_neglect_has_its_area(pack: Pack, theme: str, area: str) -> None:
    found = ask("LP1.disagree", assessed(pack, concern("e1", BEGAN, theme), concern("e2", BEGAN, theme)), SIGNED)
    assert found is not None
    assert found.text.startswith(area)
    assert found.text.count("was graded") == 1


def test_only_the_latest_assessment_is_looked_at(pack: Pack) -> None:
    both = (concern("e1", BEGAN), concern("e2", BEGAN))
    later = graded(pack, "a2", BEGAN + days(120), {"B2": 4})
    about = record(*both, assessments=(graded(pack, "a1", BEGAN, {}), later))
    assert holds("LP1.disagree", about, later.counts_from - days(1))
    assert not holds("LP1.disagree", about, later.counts_from)


def test_of_an_assessment_whose_assessors_are_not_known_every_agency_is_another(pack: Pack) -> None:
    other = elsewhere(pack, "a1", BEGAN, {"B1": 2, "B2": 2}, assessors=("w7",))
    about = record(concern("e1", BEGAN), concern("e2", BEGAN), assessments=(other,))
    assert holds("LP1.disagree", about, other.counts_from)


def test_a_pack_with_other_areas_is_skipped() -> None:
    antenatal = shipped_pack("graded-care-antenatal")
    one = graded(antenatal, "a1", BEGAN, {}, born=None, band="before")
    both = (concern("e1", BEGAN), concern("e2", BEGAN))
    assert not holds("LP1.disagree", record(*both, assessments=(one,)), one.counts_from)


# restarts -------------------------------------------------------------------------------------------------------------


def opened(id_: str, on: date | dict[str, str]) -> Entry:
    return entry(id_, "case_opened", on)


def closed(id_: str, on: date | dict[str, str]) -> Entry:
    return entry(id_, "case_closed", on)


def test_two_restarts_in_two_years() -> None:
    about = record(
        opened("o1", date(2023, 1, 2)),
        closed("k1", date(2023, 12, 1)),
        opened("o2", date(2024, 3, 9)),
        closed("k2", date(2025, 2, 3)),
        opened("o3", DAY),
    )
    assert holds_from("LP1.restarts", about, DAY)
    found = ask("LP1.restarts", about, DAY)
    assert found is not None
    assert found.level is Level.ACT
    assert found.entries == ("o2", "o3")
    assert "2 times in 24 months: 9 March 2024 and 9 March 2026" in found.text
    assert not holds("LP1.restarts", about, DAY + days(1))


def test_opening_without_closing_is_no_restart() -> None:
    about = record(opened("o1", DAY - days(300)), opened("o2", DAY - days(200)), opened("o3", DAY))
    assert not holds("LP1.restarts", about, DAY)
    once = record(closed("k1", DAY - days(300)), opened("o1", DAY - days(200)), opened("o2", DAY))
    assert not holds("LP1.restarts", once, DAY)


def test_closed_and_opened_on_one_day_it_was_closed_first() -> None:
    about = record(closed("k1", DAY), opened("o1", DAY), closed("k2", DAY + days(9)), opened("o2", DAY + days(9)))
    assert holds_from("LP1.restarts", about, DAY + days(9))


def test_an_assessment_begun_after_a_closing_is_a_restart(pack: Pack) -> None:
    def closings(*assessments: Graded) -> ChildRecord:
        return record(
            closed("k1", DAY - days(400)),
            opened("o1", DAY - days(300)),
            closed("k2", DAY),
            assessments=assessments,
        )

    begun = graded(pack, "a1", DAY + days(1), {})
    assert holds_from("LP1.restarts", closings(begun), begun.counts_from)
    found = ask("LP1.restarts", closings(begun), begun.counts_from)
    assert found is not None
    assert found.entries == ("o1", "a1")
    assert not holds("LP1.restarts", closings(graded(pack, "a1", DAY, {})), DAY + days(60))
    # The assessment that follows the opening belongs to the same restart.
    same = graded(pack, "a1", DAY - days(290), {})
    assert not holds("LP1.restarts", closings(same), DAY + days(60))


def test_a_closing_or_opening_without_a_certain_day_does_not_decide() -> None:
    first = (closed("k1", DAY - days(400)), opened("o1", DAY - days(300)))
    assert not holds("LP1.restarts", record(*first, closed("k2", {"about": "2025-08"}), opened("o2", DAY)), DAY)
    about = record(*first, closed("k2", DAY - days(100)), opened("o2", DAY), opened("o3", {"about": "2025-12"}))
    found = ask("LP1.restarts", about, DAY)
    assert found is not None
    assert "at least 2 times, possibly 3" in found.text


def test_nothing_recorded_says_nothing() -> None:
    for name in ("type_persists", "disagree", "restarts"):
        assert not holds(f"LP1.{name}", record(), DAY)
