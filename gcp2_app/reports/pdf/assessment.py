"""The assessment report: a tagged PDF that can be read at a child protection or child in need meeting.

Summary and history come first; facts with their sources stand apart from analysis; what is provisional, missing or
thin says so beside the grade. Readers see "needs met … needs not met".

Source: experience.md, Reports; instrument.md, Roll-up and The unit of work.
"""

from collections.abc import Mapping

from gcp2_app.domain.assessment import AssessmentState
from gcp2_app.domain.grading import effective_grade
from gcp2_app.domain.trending import pack_words
from gcp2_app.domain.words import capital, counted, listed, long_date
from gcp2_app.reports.pdf.assessment_closing import write_about, write_analysis, write_sharing, write_targets
from gcp2_app.reports.pdf.assessment_findings import write_changes, write_findings
from gcp2_app.reports.pdf.assessment_history import write_contacts, write_history, write_voice
from gcp2_app.reports.pdf.assessment_report import AssessmentReport
from gcp2_app.reports.pdf.assessment_words import (
    count_cells,
    label_of,
    noun_of,
    result_cell,
    sections_words,
    units_of,
    why_words,
)
from gcp2_app.reports.pdf.document import Cell, Document
from gcp2_app.reports.pdf.redaction import Redaction
from gcp2_app.reports.pdf.running import Running
from gcp2_app.reports.words import STATES, age_words, long_range

__all__ = ["AssessmentReport", "assessment_report", "write_assessment"]


def assessment_report(
    report: AssessmentReport, *, password: str | None = None, redaction: Redaction | None = None
) -> bytes:
    """Return the assessment report as PDF bytes.

    Args:
        report: what it says; equal values give equal bytes unless encrypted.
        password: encrypt with AES-256 so that it opens with this; None for no encryption.
        redaction: takes out what its reader may not see, and lists it; None where nothing is withheld.

    Raises:
        InvalidValue: the password is empty.
    """
    return write_assessment(report, redaction).to_pdf(password)


def write_assessment(report: AssessmentReport, redaction: Redaction | None = None) -> Document:
    """Write the assessment report; see :func:`assessment_report`."""
    window = report.assessment.window
    days = long_range(window) if window else "no dates recorded"
    document = Document(
        title=f"{report.pack.short_title}: {report.child_label}, {days}",
        running=Running(
            head=report.pack.short_title,
            subject=f"{report.child_label} · {days}",
            caution=report.pack.caution,
            classification=report.classification,
            practice=report.practice,
            recipient=report.recipient,
            made_on=report.made_on,
        ),
        language=report.pack.language,
        redaction=redaction,
    )
    _write_front(document, report)
    _write_summary(document, report)
    write_voice(document, report)
    write_history(document, report)
    write_contacts(document, report)
    write_findings(document, report)
    write_changes(document, report)
    write_analysis(document, report)
    write_targets(document, report)
    write_sharing(document, report)
    write_about(document, report)
    return document


def _write_front(document: Document, report: AssessmentReport) -> None:
    """Say who, when, by whom and how far it has got; then what every reader has to know first."""
    assessment, pack = report.assessment, report.pack
    window = assessment.window
    document.heading(1, f"{pack.short_title}: {report.child_label}")
    # Who wrote it down here is no assessor of it; where nobody is named that stays said.
    elsewhere = assessment.recorded_elsewhere and bool(assessment.assessors)
    age = ""
    if report.profile.band and pack.band(report.profile.band).is_before_birth:
        # The expected date may have passed.
        age = "not yet born at the start"
    elif report.born and window:
        age = f"{age_words(report.born, window.from_)} at the start"
    band = pack.band(report.profile.band).label if report.profile.band else ""
    document.facts(
        [
            ("Child", ", ".join(part for part in (report.child_label, age) if part)),
            ("Status", "\n".join(report.statuses)),
            ("Assessed", f"{long_range(window)} ({counted(window.days, 'day')})" if window else "No dates recorded"),
            ("Care given by", report.people(assessment.carers)),
            ("Written down here by" if elsewhere else "Assessed by", report.people(assessment.assessors)),
            ("Stage", _state_words(report)),
            ("Age band", band + (f". Picked because: {assessment.band_reason}" if assessment.band_reason else "")),
            ("Sections", sections_words(report)),
            ("Made with", pack_words(pack, assessment.policy)),
            ("Which record", report.moment),
            ("This copy is for", report.recipient),
        ]
    )
    document.say_left_out()
    document.inset([pack.caution, pack.standing_note])
    document.inset(_warnings(report), strong=True)


def _state_words(report: AssessmentReport) -> str:
    assessment = report.assessment
    if assessment.state is AssessmentState.SIGNED_OFF:
        on = f" on {long_date(assessment.signed_off_on)}" if assessment.signed_off_on else ""
        by = f" by {report.name(assessment.signed_off_by)}" if assessment.signed_off_by else ""
        return f"Signed off{on}{by}"
    if assessment.recorded_elsewhere and assessment.state is AssessmentState.COMPLETE:
        # Nobody shares it from here.
        return "Complete. Not signed off"
    return f"{capital(STATES[assessment.state])}. Not signed off"


def _warnings(report: AssessmentReport) -> list[str]:
    """Return what makes this assessment less than whole."""
    assessment = report.assessment
    scored, of = report.scored
    found: list[str] = []
    if assessment.recorded_elsewhere:
        by = f" by {assessment.recorded_by}" if assessment.recorded_by else ""
        area = f", licence area {assessment.licence_area}" if assessment.licence_area else ""
        found.append(f"Recorded elsewhere{by}{area}. It holds grades of sub-areas only.")
    if scored < of and assessment.recorded_elsewhere:
        found.append(f"Provisional: {scored} of {counted(of, noun_of(report))} have a grade.")
    elif scored < of:
        found.append(
            f"Provisional: {scored} of {counted(of, noun_of(report))} scored. A grade may change when the rest is seen."
        )
    if report.left_out:
        units = ", ".join(report.left_out)
        found.append(f"Graded by another practitioner, not yet by whoever made this copy, and left out: {units}.")
    if assessment.incomplete_reason:
        found.append(f"Finished incomplete, because: {assessment.incomplete_reason}")
    if assessment.corrects:
        why = f" Reason: {assessment.correction_reason}" if assessment.correction_reason else ""
        found.append(f"This version corrects one that was signed off before.{why}")
    return found


def _write_summary(document: Document, report: AssessmentReport) -> None:
    document.heading(2, "Summary")
    watched = [value for value in report.pack.grades_by_value if value >= report.pack.thresholds.watch_from]
    document.table(
        [
            "Area of care",
            "Grade",
            "Why",
            *(f"{capital(noun_of(report))}s at {value}" for value in watched),
            "Not scored",
        ],
        [
            [
                area.label,
                result_cell(report, result),
                Cell(text=why_words(report, result)),
                *count_cells(result.counts),
            ]
            for area, result in report.areas
        ],
        [25, 29, 37, *(11 for _ in watched), 13],
    )
    if not report.assessment.recorded_elsewhere:
        _write_met_and_not_met(document, report)


def _write_met_and_not_met(document: Document, report: AssessmentReport) -> None:
    """List the units that need attention, then the sub-areas where needs are met: neither hides the other."""
    thresholds = report.pack.thresholds
    graded = {
        code: grade
        for code in units_of(report)
        if (grade := effective_grade(report.assessment.answer(code)).grade) is not None
    }
    high = [code for code, grade in graded.items() if grade >= thresholds.alert_from]
    watched = [code for code, grade in graded.items() if thresholds.watch_from <= grade < thresholds.alert_from]
    document.heading(3, "Where needs are not met")
    if high:
        document.bullets(f"{label_of(report, code)}: {report.grade(graded[code])}" for code in high)
    else:
        document.paragraph(f"No unit is graded {report.alert_words}.")
    _write_watched(document, report, {code: graded[code] for code in watched})
    document.heading(3, "Where needs are met")
    met = [
        label_of(report, code)
        for code, result in report.profile.subareas.items()
        if result.grade is not None
        and result.grade < thresholds.watch_from
        and not result.thin
        and not any(result.counts.by_grade.values())
    ]
    if met:
        document.paragraph(f"{listed(met)}: every unit scored is graded better than {thresholds.watch_from}.")
    else:
        document.paragraph(f"No sub-area has all its units graded better than {thresholds.watch_from}.")


def _write_watched(document: Document, report: AssessmentReport, graded: Mapping[str, int]) -> None:
    """List, area by area, the units that are watched without being high: a lone 3 must not vanish."""
    values = listed(str(value) for value in sorted(set(graded.values())))
    lines: list[str] = []
    for area in report.pack.areas:
        codes = [code for code in graded if report.pack.area_of[report.pack.subarea_of(code).code] == area]
        if codes:
            lines.append(f"{area.label}: {listed(label_of(report, code) for code in codes)}")
    if lines:
        document.bullets(lines, lead=f"Graded {values}:")
