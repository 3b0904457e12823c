"""The last pages of an assessment report: analysis, targets, sharing and sign-off, and what the document rests on.

Source: instrument.md, The unit of work (analysis, targets, sharing).
"""

from gcp2_app.domain.answers import UnitState
from gcp2_app.domain.assessment import Sharing, SharingHeldBack, Target
from gcp2_app.domain.planning import earlier_review
from gcp2_app.domain.trending import pack_words
from gcp2_app.domain.words import capital, counted, listed, long_date
from gcp2_app.reports.pdf.assessment_report import AssessmentReport
from gcp2_app.reports.pdf.assessment_words import OUTCOMES, label_of, units_of
from gcp2_app.reports.pdf.document import Cell, Document
from gcp2_app.reports.words import STATES, shared_with

_NOT_WRITTEN = "This part is not written yet."


def write_analysis(document: Document, report: AssessmentReport) -> None:
    """Write the three parts of the analysis, marked as judgement."""
    assessment = report.assessment
    document.heading(2, "Analysis")
    document.paragraph("Professional judgement, kept apart from the facts above.", style="quiet")
    for heading, text in (
        ("What explains the care: strengths and worries", assessment.analysis),
        (f"What this has meant for {report.child_label} so far", assessment.meaning_so_far),
        (f"What it will mean for {report.child_label} if nothing changes", assessment.meaning_ahead),
    ):
        document.heading(3, heading)
        document.paragraph(text.strip() or _NOT_WRITTEN)


def write_targets(document: Document, report: AssessmentReport) -> None:
    """Write what should change, who helps, and by when."""
    assessment = report.assessment
    document.heading(2, "What should change, and by when")
    if assessment.targets:
        document.table(
            ["Unit", "Now", "Target", "Support offered, and by whom", "Due", "What became of it"],
            [_target_row(report, target) for target in assessment.targets],
            [28, 10, 12, 40, 20, 22],
        )
    else:
        document.paragraph("No targets are set.")
    if assessment.review_due:
        document.paragraph(f"Review due on {long_date(assessment.review_due)}.{_why_sooner(report)}")


def _why_sooner(report: AssessmentReport) -> str:
    """Return by how much temporary circumstances bring the review forward, or that they do not yet."""
    review = earlier_review(report.pack, report.assessment)
    if review is None:
        return ""
    marked = f"Marked as a temporary circumstance: {listed(label_of(report, code) for code in review.codes)}."
    if not review.days_earlier:
        return f" {marked} The review is not brought forward."
    return f" {marked} The review is brought forward by {counted(review.days_earlier, 'day')}."


def write_sharing(document: Document, report: AssessmentReport) -> None:
    """Write whether the family has seen it, what the carers say, and who has signed."""
    assessment = report.assessment
    document.heading(2, "Sharing and sign-off")
    on, whom = assessment.shared_on, ""
    if on is not None:
        whom = shared_with(assessment, report.name, on)
    shared = f"On {long_date(on)}{f', with {whom}' if whom else ''}" if on is not None else "Not recorded as shared"
    document.facts(
        [
            ("Shared" if whom else "Shared with the family", shared),
            ("Their own copy shown", "\n".join(_sharing_words(report, each) for each in assessment.sharings)),
            *(
                (
                    f"Held back from {report.name(held.person) if held.person else 'all carers'}",
                    _held_words(held),
                )
                for held in assessment.held_back
            ),
            ("Carers’ own grades", _carer_tally(report)),
        ]
    )
    if assessment.steps:
        # Few steps need a reason: a column for none is not printed.
        columns = 4 if any(step.reason.strip() for step in assessment.steps) else 3
        document.table(
            ["When", "Step", "By", "Reason"][:columns],
            [
                (
                    long_date(step.at.date()),
                    capital(STATES[step.state]),
                    report.name(step.by) if step.by else "not recorded",
                    step.reason,
                )[:columns]
                for step in assessment.steps
            ],
            [22, 30, 30, 38][:columns],
        )


def write_about(document: Document, report: AssessmentReport) -> None:
    """Write what the grades mean, what the document rests on, and its digests."""
    pack = report.pack
    document.heading(2, "About this document")
    # Words may have been taken out since the first page.
    document.say_left_out()
    document.paragraph(
        "Grades are steps in order. They are compared and counted, never added or averaged, and there is no total. "
        f"{pack_words(pack, report.assessment.policy)}."
    )
    document.table(
        ["Grade", "Needs", "In other words"],
        [[str(grade.value), grade.label, capital(grade.needs)] for grade in pack.grades],
        [10, 45, 45],
    )
    licence = pack.licence
    licensed = f" Licensed for {licence.area}." if licence.area else ""
    document.facts(
        [
            ("Pack", f"{pack.title}, version {pack.version}. {licence.copyright}{licensed}"),
            ("Where it comes from", pack.source),
            ("Digest of the record", report.record_digest),
            ("Digest of this content", document.seal()),
        ]
    )


def _target_row(report: AssessmentReport, target: Target) -> list[Cell | str]:
    support = [part for part in (target.support, target.owner) if part]
    if target.safety_step is not None:
        step = target.safety_step
        support.append(f"Safety step first: {step.step}. {step.owner}, by {long_date(step.by)}.")
    if target.reason:
        support.append(f"Supervisor’s reason: {target.reason}")
    became = [
        *([f"Now {target.actual}"] if target.actual is not None else []),
        *([capital(OUTCOMES[target.outcome])] if target.outcome is not None else []),
    ]
    return [
        label_of(report, target.unit),
        Cell(text=str(target.current), strong=True),
        Cell(text=str(target.target), strong=True),
        Cell(text="\n".join(support)),
        Cell(text=long_date(target.due) if target.due else "Not set"),
        Cell(text=". ".join(became) or "Not yet reviewed"),
    ]


def _sharing_words(report: AssessmentReport, sharing: Sharing) -> str:
    present = [report.child_label if id_ == report.assessment.child else report.name(id_) for id_ in sharing.present]
    who = listed([*present, *([sharing.others] if sharing.others else [])])
    parts = [
        f"On {long_date(sharing.at.date())} to {who}",
        "the young person’s version" if sharing.young_person else "",
        "they have seen the grades" if sharing.seen else "",
        f"they see {counted(len(sharing.disagreed), 'unit')} differently" if sharing.disagreed else "",
    ]
    return "; ".join(part for part in parts if part)


def _held_words(held: SharingHeldBack) -> str:
    again = f"To be looked at again on {long_date(held.look_again_on)}."
    if held.ended_on is not None:
        again = f"Held back no longer since {long_date(held.ended_on)}."
    return f"{held.reason}\nAgreed by {held.agreed_by}. {again}"


def _carer_tally(report: AssessmentReport) -> str:
    """Say how often the carers graded themselves, and how often they differ; never by how much."""
    given = [
        answer
        for code in units_of(report)
        if (answer := report.assessment.answer(code)).carer_grade is not None and answer.state is UnitState.SCORED
    ]
    if not given:
        return "None given"
    differing = sum(1 for answer in given if answer.carer_grade != answer.grade)
    differ = "differs" if differing == 1 else "differ"
    return f"Given for {counted(len(given), 'unit')}; {differing or 'none'} {differ} from ours"
