"""Words that the sections of an assessment report share.

Source: instrument.md, Roll-up ("readers see …"); casefile.md (codes).
"""

from collections.abc import Mapping

from gcp2_app.domain.answers import Evidence, EvidenceSource, UnitState, WithSupport
from gcp2_app.domain.assessment import Consent, OpenedBy, TargetOutcome
from gcp2_app.domain.comparison import Change
from gcp2_app.domain.gates import gates_in
from gcp2_app.domain.instrument import Unit
from gcp2_app.domain.scoring import Counts, Reason, Result
from gcp2_app.domain.words import listed, long_date
from gcp2_app.reports.charts.palette import LIGHT, grade_fill
from gcp2_app.reports.charts.trend_words import TOO_LITTLE_SEEN, reason_words
from gcp2_app.reports.pdf.assessment_report import AssessmentReport
from gcp2_app.reports.pdf.document import Cell

SOURCES = {
    EvidenceSource.SEEN_AT_HOME: "seen at home",
    EvidenceSource.SEEN_ELSEWHERE: "seen elsewhere",
    EvidenceSource.CHILD_SAID: "the child said",
    EvidenceSource.CARER_SAID: "a carer said",
    EvidenceSource.OTHER_PROFESSIONAL: "from another professional",
    EvidenceSource.RECORD: "from a record",
    EvidenceSource.NOT_EVIDENCED: "not evidenced",
}
UNSCORED = {
    UnitState.NOT_APPLICABLE: "Does not apply",
    UnitState.NOT_OBSERVED: "Not observed",
    UnitState.DECLINED: "Declined",
    UnitState.NOT_STARTED: "Not looked at yet",
}
SUPPORT = {
    WithSupport.FAMILY: "Seen with support from family in place.",
    WithSupport.PAID: "Seen with paid support in place.",
    WithSupport.AGENCY: "Seen with support from an agency in place.",
}
CONSENT = {
    Consent.AGREED: "agreed",
    Consent.REFUSED: "refused",
    Consent.NOT_ASKED: "was not asked",
}
OUTCOMES = {
    TargetOutcome.MET: "met",
    TargetOutcome.PART: "partly met",
    TargetOutcome.NOT_MET: "not met",
    TargetOutcome.WORSE: "worse than before",
    TargetOutcome.NOT_ASSESSED: "not assessed",
}


def change_words(report: AssessmentReport, change: Change) -> str:
    """Return the class of a change in readers' words."""
    words = {
        Change.BETTER: "Better",
        Change.BETTER_STILL_HIGH: f"Better, still {report.alert_words}",
        Change.BETTER_NOT_VERIFIED: "Better, not yet verified",
        Change.SAME: "The same",
        Change.WORSE: "Worse",
        Change.NEWLY_SCORED: "Newly scored",
        Change.NO_LONGER_SCORED: "No longer scored",
    }
    return words[change]


def grade_cell(report: AssessmentReport, value: int) -> Cell:
    """Return a grade as a cell: number, label, and a fill that says nothing by itself."""
    fill = grade_fill(LIGHT, rank=report.pack.rank(value), of=len(report.pack.grades))
    return Cell(text=report.grade(value), strong=True, fill=fill)


def result_cell(report: AssessmentReport, result: Result) -> Cell:
    """Return an area's or sub-area's grade as a cell, with what must stand beside it."""
    if result.thin:
        return Cell(text=f"{TOO_LITTLE_SEEN.capitalize()} to show a grade", strong=True)
    if result.grade is None:
        words = "Does not apply" if result.reason is Reason.NOT_APPLICABLE else "No grade: nothing was scored"
        return Cell(text=words, strong=True)
    cell = grade_cell(report, result.grade)
    provisional = "\nProvisional" if result.provisional else ""
    return Cell(text=cell.text + provisional, strong=True, fill=cell.fill)


def why_words(report: AssessmentReport, result: Result) -> str:
    """Return why a result has its grade, and which sub-areas or units decide it."""
    if result.grade is None or result.thin:
        return ""
    deciding = listed(label_of(report, code) for code in result.decided_by[:4])
    more = f" and {len(result.decided_by) - 4} more" if len(result.decided_by) > 4 else ""
    why = reason_words(result.reason, report.override_words)
    return f"{why[:1].upper()}{why[1:]}: {deciding}{more}" if deciding else why


def label_of(report: AssessmentReport, code: str) -> str:
    """Return the code of a unit or sub-area with its label."""
    units = units_of(report)
    if code in report.pack.subareas:
        return f"{code} {report.pack.subareas[code].label}"
    return f"{code} {units[code].label}" if code in units else code


def units_of(report: AssessmentReport) -> Mapping[str, Unit]:
    """Return the units of the assessment's band; none for an assessment recorded elsewhere."""
    band = report.profile.band
    return report.pack.units_in(band) if band else {}


def sections_words(report: AssessmentReport) -> str:
    """Return which sections of the pack wait to be opened and what opened the others, a line each; empty for none."""
    band, pack = report.profile.band, report.pack
    if not band:
        return ""
    labels = {area.code: f"{area.code} {area.label}" for area in pack.areas}
    lines: list[str] = []
    for gate in gates_in(pack, band):
        opening = report.assessment.opening(gate.area)
        if gate.area in report.profile.closed:
            words = "not open, and not graded"
        elif opening is None:
            words = "open"
        else:
            on = f" on {long_date(opening.on)}" if opening.on else ""
            reason = opening.reason or "no reason recorded"
            words = (
                f"opened{on} "
                + {
                    OpenedBy.CONCERN: f"because of concern in {labels.get(gate.concern_in, 'another section')}",
                    OpenedBy.BIRTH: "because the baby was born",
                    OpenedBy.JUDGEMENT: f"by judgement of {report.name(opening.by)}: {reason}",
                }[opening.because]
            )
        lines.append(f"{labels[gate.area]}: {words}")
    return "\n".join(lines)


def noun_of(report: AssessmentReport) -> str:
    """Return what the assessment counts: units, or sub-areas where it was recorded elsewhere."""
    return "sub-area" if report.assessment.recorded_elsewhere else "unit"


def count_cells(counts: Counts) -> list[Cell]:
    """Return the counts every grade carries, one cell each; a nought is quiet, never left out."""
    numbers = [*counts.by_grade.values(), counts.unscored]
    return [Cell(text=str(number), strong=bool(number), quiet=not number) for number in numbers]


def marks_of(piece: Evidence) -> str:
    """Return the marks somebody put on a piece of evidence, to stand after it; empty without."""
    third_party = " From a third party." if piece.third_party else ""
    return third_party + (" Could do harm if it were disclosed." if piece.harm_if_disclosed else "")
