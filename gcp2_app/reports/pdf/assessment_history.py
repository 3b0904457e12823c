"""The first pages of an assessment report: history, the child's voice, and who was seen.

Source: casework.md, LP2 (history first); instrument.md, The unit of work (explained before the first grade).
"""

from collections.abc import Mapping
from typing import Any

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.plans.meeting_list import planned_words
from gcp2_app.domain.scoring import Counts
from gcp2_app.domain.trend import Trend
from gcp2_app.domain.visits import sighting_of
from gcp2_app.domain.words import capital, counted, listed, long_date
from gcp2_app.forms.child_day import day_told
from gcp2_app.reports.entry_lines import source_words
from gcp2_app.reports.pdf.assessment_report import AssessmentReport
from gcp2_app.reports.pdf.assessment_words import CONSENT
from gcp2_app.reports.pdf.blocks.chart import write_trend
from gcp2_app.reports.pdf.document import Band, Cell, Document, Row
from gcp2_app.reports.words import long_range, when_words

_MODES = {
    "home": "at home",
    "doorstep": "on the doorstep",
    "school": "at school",
    "clinic": "at a clinic",
    "office": "at an office",
    "video": "by video",
    "phone": "by telephone",
    "third_party": "through a third party",
}
_ACCESS = {"refused": "access refused", "no_answer": "no answer", "child_absent": "child not there"}


def write_history(document: Document, report: AssessmentReport) -> None:
    """Write what happened before, earlier grades, and the trend."""
    document.heading(2, "History")
    if report.history:
        document.table(
            ["When", "What happened", "Who says so"],
            [_history_row(entry) for entry in report.history],
            [22, 62, 26],
        )
    else:
        document.paragraph("No events are recorded here before this assessment. Ask before relying on this.")
    for words in _not_printed(report):
        document.paragraph(words)
    if report.trend is not None and report.trend.series:
        parts = report.trend.by_subject
        document.heading(3, "Other assessments")
        for part in parts:
            _write_earlier(document, report, part, name=_title_of(part) if len(parts) > 1 else "")
        for part in parts:
            write_trend(document, part, name=_title_of(part) if len(parts) > 1 else "")


def _title_of(trend: Trend) -> str:
    """Return what the latest pack of a trend is called."""
    return next((point.pack_title for series in trend.series for point in reversed(series.points)), "")


def _not_printed(report: AssessmentReport) -> list[str]:
    """Say what of the record is not in the history."""
    found: list[str] = []
    if report.history_before and report.history_since:
        entries = counted(report.history_before, "earlier entry", "earlier entries")
        found.append(
            f"The history begins on {long_date(report.history_since)}. "
            f"{capital(entries)} in the record {'is' if report.history_before == 1 else 'are'} not printed here."
        )
    if report.history_kept_back:
        entries = counted(report.history_kept_back, "entry", "entries")
        found.append(
            f"{capital(entries)} {'is' if report.history_kept_back == 1 else 'are'} left out, because of who said so, "
            "because sharing could cause harm, or because it is withheld from somebody."
        )
    return found


def write_voice(document: Document, report: AssessmentReport) -> None:
    """Write what the child shows, says and wishes for."""
    assessment = report.assessment
    document.heading(2, f"What {report.child_label} shows and says")
    if assessment.child_voice.strip():
        document.paragraph(assessment.child_voice)
    else:
        document.paragraph("What this child shows and says is not recorded.")
    if assessment.child_wishes.strip():
        document.paragraph(assessment.child_wishes, lead="Wishes:")
    if assessment.child_own_views.strip():
        document.paragraph(assessment.child_own_views, lead="In their own words, written by themselves:")
    told = day_told(assessment)
    if told:
        document.heading(3, f"A day in {report.child_label}’s life, as it was told")
        document.facts(told)


def write_contacts(document: Document, report: AssessmentReport) -> None:
    """Write who was seen, and what was explained before the first grade."""
    document.heading(2, "Who was seen, and what was explained")
    document.heading(3, "Visits")
    if report.visits:
        document.table(
            ["When", "How", "The child", "Who was there, rooms seen"],
            [_visit_row(entry, report.assessment.child) for entry in report.visits],
            [22, 28, 30, 30],
        )
    else:
        document.paragraph("No visit is recorded for this assessment.")
    document.heading(3, "What was explained")
    explained = report.assessment.explained
    if explained is None:
        document.paragraph("What was explained to the carers is not recorded.")
        return
    apart = {True: "Yes", False: "No", None: ""}[explained.asked_apart]
    document.facts(
        [
            ("What was said", explained.what or "Not recorded"),
            ("Leaflet", capital(explained.leaflet)),
            ("Language", explained.language),
            ("Interpreter", capital(explained.interpreter)),
            ("Carers asked apart", apart),
            *(
                (
                    report.name(carer.person),
                    capital(CONSENT[carer.answer])
                    + (f" on {long_date(carer.on)}" if carer.on else "")
                    + (f". Reason: {carer.reason}" if carer.reason else ""),
                )
                for carer in explained.carers
            ),
        ]
    )


def _history_row(entry: Entry) -> list[Cell | str]:
    title = planned_words(entry)
    said = f"{title}: {entry.what}" if title and entry.what else title or entry.what
    what = [said or capital(entry.kind.replace("_", " "))]
    if entry.impact:
        what.append(f"Effect on the child: {entry.impact}")
    who = source_words(entry.source)
    return [
        capital(when_words(entry.when)) if entry.when else "Not known",
        Cell(text="\n".join(what)),
        Cell(text=who or "Not recorded", quiet=not who),
    ]


def _visit_row(entry: Entry, child_id: str) -> list[Cell | str]:
    data: Mapping[str, Any] = entry.data
    mine = sighting_of(entry, child_id)
    how = [_MODES.get(str(data.get("mode")), str(data.get("mode") or "not recorded"))]
    if data.get("announced") is not None:
        how.append("announced" if data["announced"] else "unannounced")
    if data.get("cancelled_by"):
        how.append(f"cancelled by the {data['cancelled_by']}")
    if data.get("access") in _ACCESS:
        how.append(_ACCESS[data["access"]])
    child = [
        yes if said else no
        for said, yes, no in (
            (mine.seen, "seen", "not seen"),
            (mine.alone, "alone", "not alone"),
            (mine.awake, "awake", "asleep"),
            (data.get("bedroom_seen"), "bedroom seen", "bedroom not seen"),
        )
        if said is not None
    ]
    rooms = _plain(data.get("rooms_seen"))
    there = [_plain(data.get("present")), f"Rooms: {rooms}" if rooms else ""]
    return [
        capital(when_words(entry.when)) if entry.when else "Not known",
        capital(", ".join(how)),
        Cell(text=capital(", ".join(child)) or "Not recorded", quiet=not child),
        Cell(text="\n".join(part for part in there if part) or "Not recorded", quiet=not any(there)),
    ]


def _plain(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(str(part) for part in value)
    return "" if value is None else str(value)


def _write_earlier(document: Document, report: AssessmentReport, trend: Trend, *, name: str) -> None:
    """List every other assessment with its area grades; grades are side by side, never added.

    Args:
        document: takes it.
        report: the report.
        trend: of the assessments that are listed.
        name: what they were made with, where there are others beside them.
    """
    own = report.assessment.id
    areas = list(dict.fromkeys((series.area.code, series.area.label) for series in trend.series))
    rows: dict[str, dict[tuple[str, str], Cell]] = {}
    days: dict[str, tuple[str, str]] = {}
    for series in trend.series:
        for point in series.points:
            if point.assessment == own:
                continue
            window = long_range(point.window) if point.window else "no dates recorded"
            days[point.assessment] = window, series.carer_label
            shown = str(point.shown_grade) if point.shown_grade is not None else "too little seen"
            marks = [
                _counts(point.counts),
                *(["provisional"] if point.provisional and point.shown_grade is not None else []),
                *(["recorded elsewhere"] if point.recorded_elsewhere else []),
                *(["corrected since"] if point.corrected_by else []),
            ]
            key = series.area.code, series.area.label
            rows.setdefault(point.assessment, {})[key] = Cell(text=shown, strong=True, under="\n".join(marks))
    lead = f"{name}:" if name else ""
    if not rows:
        document.paragraph("No other assessment of this child is recorded here.", lead=lead)
        return
    scales = dict.fromkeys(tuple(point.counts.by_grade) for series in trend.series for point in series.points)
    watched = " or ".join(listed(str(value) for value in scale) for scale in scales)
    document.paragraph(
        f"Below each grade: how many units are at {watched}, and how many are not scored.", lead=lead, style="quiet"
    )
    found: list[Row] = []
    for care in dict.fromkeys(days[id_][1] for id_ in trend.assessments if id_ in rows):
        found.append(Band(text=f"Care given by {care}"))
        found += [
            [days[id_][0], *(rows[id_].get(area, "") for area in areas)]
            for id_ in trend.assessments
            if id_ in rows and days[id_][1] == care
        ]
    document.table(["Assessed", *(label for _, label in areas)], found, [26, *(22 for _ in areas)])


def _counts(counts: Counts) -> str:
    """Return how many units are at each grade that is watched, and how many have none."""
    found = [f"{number} at {value}" for value, number in counts.by_grade.items() if number]
    found += [f"{counts.unscored} not scored"] if counts.unscored else []
    return ", ".join(found) or "none of these"
