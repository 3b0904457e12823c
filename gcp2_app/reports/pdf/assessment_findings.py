"""The facts of an assessment report: each unit's grade with what was seen and heard, and what changed.

Facts stand with their source, who recorded them and when; analysis has its own section.
"""

from gcp2_app.domain.answers import Evidence, EvidenceSource, UnitAnswer, UnitState
from gcp2_app.domain.assessment import Window
from gcp2_app.domain.comparison import Change, Comparison
from gcp2_app.domain.grading import effective_grade, latest_grades, rests_on_carers_word
from gcp2_app.domain.instrument import Area
from gcp2_app.domain.planning import LateUnit, late_units
from gcp2_app.domain.scoring import Reason
from gcp2_app.domain.words import capital, counted, listed, long_date
from gcp2_app.reports.charts.trend_words import counts_words
from gcp2_app.reports.pdf.assessment_report import AssessmentReport
from gcp2_app.reports.pdf.assessment_words import (
    SOURCES,
    SUPPORT,
    UNSCORED,
    change_words,
    grade_cell,
    label_of,
    marks_of,
    noun_of,
    result_cell,
    why_words,
)
from gcp2_app.reports.pdf.document import Band, Cell, Document, Row
from gcp2_app.reports.words import long_range


def write_findings(document: Document, report: AssessmentReport) -> None:
    """Write every unit, area by area, with its evidence."""
    document.heading(2, "What was seen and heard")
    document.paragraph("Facts, each with where it came from. What they mean is in the analysis.", style="quiet")
    for area, result in report.areas:
        shown = result_cell(report, result).text.replace("\n", ". ")
        document.heading(3, f"{area.label}: {shown}")
        counts = f"{capital(counts_words(result.counts, noun_of(report)))}."
        document.paragraph(f"{counts} {area.about}", style="quiet")
        document.table(
            ["Unit", "Grade", "What was seen and heard", "The carer’s own view"],
            _area_rows(report, area),
            [22, 22, 47, 24],
        )


def write_changes(document: Document, report: AssessmentReport) -> None:
    """Write which units moved since the assessment before, and what was seen."""
    document.heading(2, "Then and now")
    if report.earlier is None or report.comparison is None:
        document.paragraph("There is no earlier assessment to compare with.")
        return
    before = report.earlier.window
    if report.comparison.not_comparable:
        document.paragraph(f"{_since(before)} It is not compared unit by unit. {report.comparison.not_comparable}")
        return
    moved = [
        (code, change) for code, change in report.comparison.units.items() if change.change not in {None, Change.SAME}
    ]
    document.paragraph(f"{_since(before)} {_tally(report, report.comparison)}")
    if moved:
        document.table(
            ["Unit", "Then", "Now", "Change", "What was seen"],
            [
                [
                    label_of(report, code),
                    Cell(text="" if change.before is None else str(change.before)),
                    Cell(text="" if change.after is None else str(change.after)),
                    Cell(text=change_words(report, change.change) if change.change else "", strong=True),
                    Cell(text=report.assessment.answer(code).what_changed or "Not recorded"),
                ]
                for code, change in moved
            ],
            [30, 10, 10, 25, 45],
        )
    apart: dict[str, list[str]] = {}
    for code, change in report.comparison.units.items():
        if change.change is None and change.why_not:
            apart.setdefault(change.why_not, []).append(code)
    for reason, codes in apart.items():
        document.paragraph(f"{listed(codes)}. {reason}", lead="Not compared:", style="quiet")


def _area_rows(report: AssessmentReport, area: Area) -> list[Row]:
    rows: list[Row] = []
    told: dict[tuple[str, ...], str] = {}
    for subarea in area.subareas:
        result = report.profile.subareas.get(subarea.code)
        if result is None:
            continue
        units = subarea.units_in(report.profile.band) if report.profile.band else ()
        itself = [unit.code for unit in units] == [subarea.code]
        if not itself and units:
            grade = result_cell(report, result).text.replace("\n", ". ")
            why = "" if result.reason is Reason.MODE else why_words(report, result)
            counts = counts_words(result.counts)
            words = f"{subarea.code} {subarea.label}: {grade}" + (f". {why}" if why else "") + f" ({counts})"
            rows.append(Band(text=words, rows=len(units)))
        of = [(unit.code, unit.label) for unit in units] or [(subarea.code, subarea.label)]
        rows += [_unit_row(report, code, label, told) for code, label in of]
    return rows


def _unit_row(report: AssessmentReport, code: str, label: str, told: dict[tuple[str, ...], str]) -> list[Cell | str]:
    answer = report.assessment.answer(code)
    grade = effective_grade(answer).grade
    shown = Cell(text=UNSCORED.get(answer.state, ""), strong=True) if grade is None else grade_cell(report, grade)
    return [f"{code} {label}", shown, Cell(text=_facts(report, code, told)), _carer_cell(report, code)]


def _facts(report: AssessmentReport, code: str, told: dict[tuple[str, ...], str]) -> str:
    """Return the facts behind a unit's grade.

    Args:
        report: the report.
        code: of the unit.
        told: which unit of the table tells some evidence first; where another rests on the same, it says so.
    """
    answer = report.assessment.answer(code)
    lines = [_evidence_words(report, evidence, answer.evidence) for evidence in answer.evidence]
    first = told.setdefault(tuple(lines), code)
    grade = effective_grade(answer).grade
    # What a grave grade rests on stands beside it, whoever told it before.
    if lines and first != code and (grade is None or grade < report.pack.thresholds.alert_from):
        lines = [f"The same as for {first}."]
    if answer.note:
        lines.append(f"Note: {answer.note}")
    if answer.state is not UnitState.SCORED and answer.reason:
        lines.append(f"Why: {answer.reason}")
    lines += _marks(report, answer, cut=code in report.cut)
    lines += [_late_words(late) for late in late_units(report.assessment, (code,))]
    if not lines and answer.state is UnitState.SCORED:
        lines.append("No evidence is recorded.")
    return "\n".join(lines)


def _marks(report: AssessmentReport, answer: UnitAnswer, *, cut: bool) -> list[str]:
    """Return what a reader must know of this grade beside its evidence."""
    found: list[str] = []
    latest = latest_grades(answer)
    if len({given.grade for given in latest.values()}) > 1:
        each = listed(f"{report.name(given.by)} {given.grade}" for given in latest.values())
        agreed = f"Agreed because: {answer.agreed_reason}" if answer.agreed_reason else "Not yet agreed: provisional."
        found.append(f"Graded apart: {each}. {agreed}")
    if cut:
        # What a grade rests on is said of all its evidence, or not at all.
        found.append("Some of the evidence is not in this copy.")
    elif rests_on_carers_word(answer):
        found.append("Rests only on what a carer said.")
    if answer.unverified_reason:
        found.append(f"Not seen, and not from another professional, because: {answer.unverified_reason}")
    if answer.with_support in SUPPORT:
        found.append(SUPPORT[answer.with_support])
    if answer.temporary:
        found.append("Marked as a temporary circumstance.")
    return found


def _late_words(late: LateUnit) -> str:
    parts = [f"graded on {long_date(late.graded_on)}"] if late.graded_on else []
    parts += [f"evidence of {long_date(late.evidence_on)}"] if late.evidence_on else []
    return f"After the window ended: {listed(parts)}."


def _evidence_words(report: AssessmentReport, evidence: Evidence, others: tuple[Evidence, ...]) -> str:
    where = [SOURCES[evidence.source]]
    if evidence.by:
        # Whoever assesses is not the other professional that said it.
        is_told = evidence.source is EvidenceSource.OTHER_PROFESSIONAL and evidence.by in report.assessment.assessors
        where.append(f"written down by {report.name(evidence.by)}" if is_told else report.name(evidence.by))
    if evidence.on:
        where.append(long_date(evidence.on))
    words = f"{evidence.text} ({', '.join(where)}){marks_of(evidence) if report.marks else ''}"
    if evidence.conflicts_with:
        places = [place for place, other in enumerate(others, start=1) if other.id == evidence.conflicts_with]
        words += f" Conflicts with piece {places[0]} above." if places else " Conflicts with other evidence."
    return words


def _carer_cell(report: AssessmentReport, code: str) -> Cell:
    answer = report.assessment.answer(code)
    lines: list[str] = []
    if answer.carer_grade is not None:
        lines.append(f"Grade {report.grade(answer.carer_grade)}")
    if answer.carer_comment:
        lines.append(f"“{answer.carer_comment}”")
    if answer.carer_has_seen is not None:
        lines.append("Has seen this grade." if answer.carer_has_seen else "Has not seen this grade.")
    if code in report.unheard:
        lines.append("What the carer says is not in this copy.")
    return Cell(text="\n".join(lines) or "Not given", quiet=not lines)


def _since(window: Window | None) -> str:
    return f"Compared with the assessment of {long_range(window)}." if window else "Compared with the one before."


def _tally(report: AssessmentReport, comparison: Comparison) -> str:
    """Count units by what became of them; sizes of change are not a thing here."""
    changes = [change.change for change in comparison.units.values() if change.change is not None]
    parts = [
        f"{counted(changes.count(kind), 'unit')} {change_words(report, kind).lower()}"
        for kind in Change
        if kind in changes
    ]
    return f"{'; '.join(parts)}." if parts else "No unit can be compared."
