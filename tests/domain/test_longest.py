"""Units high in assessment after assessment: counted in assessments, passing over what nobody graded."""

from datetime import date

from gcp2_app.domain.answers import UnitState
from gcp2_app.domain.assessment import AssessmentState, Window
from gcp2_app.domain.charting import About
from gcp2_app.domain.longest import longest_unmet
from gcp2_app.domain.unit_map import UnitCell, UnitColumn, UnitMap, UnitRow

ROWS = tuple(
    UnitRow(key=("pack", code, code), code=code, label=f"unit {code}", area="A") for code in ("A1.a", "A1.b", "A1.c")
)


def _cell(grade: int | None) -> UnitCell:
    state = UnitState.SCORED if grade is not None else UnitState.NOT_OBSERVED
    return UnitCell(state=state, grade=grade, high=grade is not None and grade >= 4)


def _column(year: int, *grades: int | None, home: int = 0, corrected: bool = False, dated: bool = True) -> UnitColumn:
    cells = {row.key: _cell(grade) for row, grade in zip(ROWS, grades, strict=False)}
    return UnitColumn(
        assessment=f"{home}-{year}",
        window=Window(from_=date(year, 1, 1), to=date(year, 1, 20)) if dated else None,
        carers=("p",),
        carer_label=f"Carer {home}",
        unit=home,
        state=AssessmentState.SIGNED_OFF,
        pack_words="pack 1.0.0",
        recorded_elsewhere=False,
        corrected=corrected,
        provisional=False,
        cells=cells,
    )


def _map(*columns: UnitColumn) -> UnitMap:
    return UnitMap(about=About(child_label="Robin"), rows=ROWS, columns=columns, pack_changes=(), packs=(), cautions=())


def test_the_latest_run_counts_and_the_longest_comes_first() -> None:
    found = longest_unmet(_map(_column(2023, 4, 2, 5), _column(2024, 5, 4, 5), _column(2025, 4, 4, 2)))
    assert [(each.label, each.times, each.worst_words) for each in found] == [
        ("A1.a unit A1.a", 3, "4 or 5"),
        ("A1.b unit A1.b", 2, "4"),
    ]
    assert (found[0].first.from_.year, found[0].latest.from_.year, found[0].carer_label) == (2023, 2025, "")


def test_what_has_no_grade_is_passed_over_and_what_was_corrected_or_undated_counts_for_nothing() -> None:
    columns = (
        _column(2023, 4),
        _column(2024, None),
        _column(2024, 1, corrected=True),
        _column(2025, 4),
        _column(2025, 1, dated=False),
    )
    (found,) = longest_unmet(_map(*columns))
    assert (found.times, found.first.from_.year) == (2, 2023)
    assert longest_unmet(_map()) == ()


def test_each_home_is_counted_apart_and_named() -> None:
    found = longest_unmet(_map(_column(2024, 4), _column(2025, 4), _column(2025, 5, home=1)))
    assert [(each.carer_label, each.times) for each in found] == [("Carer 0", 2), ("Carer 1", 1)]
