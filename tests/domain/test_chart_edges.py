"""Corners of the charts' data: everybody's circumstances, corrections, and what could not be rolled up."""

from dataclasses import replace
from datetime import date

from gcp2_app.domain.one_picture import first_day, make_one_picture
from gcp2_app.domain.register import Child
from gcp2_app.domain.scoring import score
from gcp2_app.domain.unit_map import make_unit_map
from tests.reports.chart_records import entry, record, span
from tests.reports.records import assessment, open_pack, seven


def test_a_period_of_everybody_is_shaded_only_where_it_meets_the_childs_time() -> None:
    long_ago = replace(entry("x1", "circumstance", **span("2001-01-01", "2001-02-01"), name="flood"), children=())
    lately = replace(entry("x2", "circumstance", **span("2025-01-01"), name="strike"), children=())
    said = str(make_one_picture(record(seven(), [long_ago, lately])))
    assert "strike" in said
    assert "flood" not in said
    assert first_day(Child(id="c1"), [long_ago]) is None


def test_what_was_corrected_is_not_what_the_next_is_compared_with() -> None:
    first = assessment("a1", date(2024, 1, 8), usual=2)
    mended = replace(assessment("a2", date(2024, 1, 8), usual=3), corrects="a1")
    later = assessment("a3", date(2024, 9, 2), usual=3)
    made = make_unit_map(record([first, mended, later]))
    assert {column.assessment for column in made.columns} == {"a1", "a2", "a3"}
    assert any(column.corrected for column in made.columns)


def test_an_assessment_that_cannot_be_rolled_up_keeps_its_units() -> None:
    pack = open_pack()
    odd = assessment("a1", date(2024, 1, 8))
    base = record([odd])
    unknown = replace(base, child=Child(id="c1"), profiles={"a1": score(pack, pack.bands[0].code, {})})
    # Units of two bands at once: no band has them all.
    mixed = replace(odd, units={**odd.units, "D1": odd.units["A1.a"]}, band="")
    made = make_unit_map(replace(unknown, assessments=(mixed,)))
    assert "A1.a" in {row.code for row in made.rows}


def test_what_happened_elsewhere_is_no_change_of_home() -> None:
    missing = entry("x1", "event", **span("2001-01-01"), type="missing")
    assert first_day(Child(id="c1"), [missing]) is None
    assert "missing" not in str(make_one_picture(record(seven(), [missing])).lanes).casefold()


def test_a_section_that_is_closed_has_no_rows() -> None:
    base = record([assessment("a1", date(2024, 1, 8))])
    shut = {"a1": replace(base.profiles["a1"], closed=frozenset({"A"}))}
    assert not any(row.code.startswith("A") for row in make_unit_map(replace(base, profiles=shut)).rows)
