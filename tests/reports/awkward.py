"""Awkward children, each a record that a chart can go wrong on. Nobody here exists."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from gcp2_app.domain.charting import ChartRecord
from gcp2_app.domain.instrument import Licence, LicenceKind
from gcp2_app.domain.register import Agency, Child
from gcp2_app.forms.packs import find_pack
from tests.reports.chart_records import a_child, busy, entry, everything, record, span
from tests.reports.records import assessment, four_grade_pack, many, open_pack, seven, two_homes


def _unborn() -> ChartRecord:
    child = Child(id="c1", expected_date=date(2026, 9, 1))
    return record((), [entry("n1", "note", "2026-05-02", agency=Agency.HOSPITAL, themes=["medical"])], child=child)


def _gaps() -> ChartRecord:
    starts = (date(2020, 1, 6), date(2023, 1, 9), date(2026, 1, 12))
    return record([assessment(f"g{number}", start, usual=2 + number) for number, start in enumerate(starts)])


def _provisional() -> ChartRecord:
    return record(
        [
            assessment("v1", date(2025, 3, 3), skip=("A1", "B1", "C1", "D1"), usual=3),
            assessment("v2", date(2025, 11, 3), skip=("A", "B2", "C"), usual=4),
        ]
    )


def _four_grades() -> ChartRecord:
    pack = four_grade_pack()
    made = [
        assessment(f"f{place}", date(2024, 1, 8) + timedelta(days=200 * place), pack=pack, usual=grade)
        for place, grade in enumerate((10, 15, 10, 20))
    ]
    return record(made, packs=[pack])


def _lapsed() -> ChartRecord:
    licence = Licence(
        kind=LicenceKind.LICENSED,
        holder="Somewhere Council",
        area="Somewhere",
        expires=date(2025, 1, 1),
        copyright="© invented",
    )
    pack = replace(open_pack(), version="1.0.1", licence=licence)
    return record(
        [assessment("l1", date(2024, 2, 5), usual=4, pack=pack), assessment("l2", date(2026, 2, 2), pack=open_pack())],
        packs=[pack],
    )


def _moved_in() -> ChartRecord:
    moves = [
        entry("m1", "move", "2022-07-02", from_authority="Elsewhere", on="2022-07-02", agency=Agency.OTHER),
        entry("m2", "move", "2025-01-20", from_authority="Another", on="2025-01-20"),
        entry("m3", "event", {"about": "2020"}, type="household_change"),
    ]
    return record([assessment("i1", date(2025, 3, 3), usual=4)], moves)


def _exceptional() -> ChartRecord:
    shaded = [
        entry("x1", "circumstance", name="Office flood", **span("2024-06-12", "2025-08-18")),
        entry("x2", "circumstance", name="A long closing of schools with a long name", **span("2025-07-01")),
    ]
    return record(seven(), [*everything(), *shaded], child=a_child())


def _teenager() -> ChartRecord:
    """Assessed before the birth, as a baby, at school, and at fourteen."""
    born = date(2011, 10, 3)
    before = find_pack("graded-care-antenatal", "1.0.0")
    made = [
        assessment("n1", date(2011, 7, 4), pack=before, born=born, usual=3),
        *(
            assessment(f"n{place + 2}", day, born=born, usual=usual)
            for place, (day, usual) in enumerate(
                (
                    (date(2012, 2, 6), 3),
                    (date(2014, 5, 5), 4),
                    (date(2017, 9, 4), 3),
                    (date(2022, 3, 7), 4),
                    (date(2025, 11, 3), 5),
                )
            )
        ),
    ]
    shaded = entry("x1", "circumstance", name="Pandemic", **span("2020-03-23", "2021-07-19"))
    child = Child(id="c1", expected_date=date(2011, 10, 1), date_of_birth=born)
    return record(made, [*busy(date(2013, 9, 2), years=3), shaded], packs=[before], child=child)


#: By what makes each awkward.
AWKWARD: Mapping[str, Callable[[], ChartRecord]] = {
    "one assessment": lambda: record([assessment("o1", date(2026, 1, 12), usual=5)]),
    "forty": lambda: record(many(), busy(), child=a_child()),
    "two homes": lambda: record(two_homes(), everything(), child=a_child()),
    "gaps of three years": _gaps,
    "provisional only": _provisional,
    "unborn": _unborn,
    "unborn to teenager": _teenager,
    "four-grade pack": _four_grades,
    "a licence lapsed": _lapsed,
    "moved in": _moved_in,
    "exceptional period": _exceptional,
}
