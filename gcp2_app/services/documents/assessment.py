"""What an assessment's report says, gathered for one reader."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.comparison import compare
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.register import Agency
from gcp2_app.domain.scoring import score_assessment
from gcp2_app.services import blind, names, packs
from gcp2_app.services.documents.reading import Pages, Reading
from gcp2_app.services.signed_record import digest_of
from gcp2_app.storage.store import Transaction

if TYPE_CHECKING:
    from gcp2_app.reports.pdf.assessment import AssessmentReport

_VISIT = "visit"
#: Kinds of entry that belong in the history at the front of a report.
_HISTORY = ("event", "referral", "admission", "meeting", "move", "case_opened", "case_closed", "status_change")
#: How far back the history of a report goes; what is older is counted.
_HISTORY_SPAN = timedelta(days=730)
#: Whoever said it may be at risk when a family reads it.
_NOT_FOR_SHARING = frozenset({Agency.NEIGHBOUR, Agency.RELATIVE, Agency.ANONYMOUS})


def gather(reading: Reading) -> Pages:
    """Return what writes the report of the assessment that is read."""
    from gcp2_app.reports.pdf.assessment import write_assessment

    report = make_report(reading)
    return lambda redaction: write_assessment(report, redaction)


def make_report(reading: Reading) -> "AssessmentReport":
    """Return what an assessment report says."""
    from gcp2_app.reports.pdf.assessment import AssessmentReport
    from gcp2_app.reports.words import status_words

    session, tx, child, moment = reading.session, reading.tx, reading.child, reading.moment
    stored = reading.assessment
    pack = packs.readable(session, tx, packs.of(tx, stored))
    left_out = blind.hidden_units(session, child, stored)
    assessment = blind.as_seen(session, child, pack, stored)
    window = assessment.window
    earlier = tx.latest_signed_before(child.id, window.from_) if window else None
    if earlier is not None and (earlier.id == assessment.corrects or not moment.assessments([earlier])):
        earlier = None
    standing = [entry for entry in reading.record if entry.kind in _HISTORY and _in_history(entry, assessment)]
    history = reading.copying.entries(standing, "History")
    told = [entry for entry in history if _may_be_shared(entry)]
    since = reading.since or (window.to - _HISTORY_SPAN if window else None)
    cited = {piece.visit for answer in assessment.units.values() for piece in answer.evidence if piece.visit}
    visits = [entry for entry in reading.record if entry.id in cited or _visited_in(entry, assessment)]
    seen = reading.seen(assessment, "Findings")
    return AssessmentReport(
        pack=pack,
        assessment=seen,
        cut=frozenset(
            code for code, answer in assessment.units.items() if len(answer.evidence) > len(seen.answer(code).evidence)
        ),
        unheard=frozenset(
            code
            for code, answer in assessment.units.items()
            if answer.carer_comment and not seen.answer(code).carer_comment
        ),
        profile=score_assessment(pack, assessment, child.born),
        child_label=reading.label,
        born=child.born,
        made_on=reading.made_on,
        names=_names(tx, assessment),
        statuses=tuple(
            status_words(status) for status in child.statuses if window is None or status.open_on(window.to)
        ),
        history=tuple(entry for entry in told if since is None or _last_day(entry) >= since),
        history_since=since,
        history_before=sum(since is not None and _last_day(entry) < since for entry in told),
        history_kept_back=len(standing) - len(told),
        visits=reading.copying.entries(visits, "Visits"),
        earlier=earlier,
        comparison=compare(pack, earlier, assessment, born=child.born, unannounced=tx.unannounced_visits(child.id))
        if earlier
        else None,
        trend=reading.trend,
        recipient=reading.recipient,
        practice=reading.practice,
        marks=reading.reader.sees_marks,
        record_digest=digest_of(stored) if stored.locked else "",
        left_out=left_out,
        moment=reading.moment_words,
    )


def _names(tx: Transaction, assessment: Assessment) -> dict[str, str]:
    """Return what carers and workers are called in the report by id."""
    found = {id_: person.name for id_, person in names.carers_of(tx, assessment).items()}
    for id_, worker in names.workers_of(tx, assessment).items():
        found[id_] = ", ".join(part for part in (worker.name, worker.role) if part)
    return found


def _in_history(entry: Entry, assessment: Assessment) -> bool:
    """Whether an entry belongs on the first pages: a turning point, before the window ended."""
    if entry.kind not in _HISTORY or entry.entered_in_error:
        return False
    window, when = assessment.window, entry.when
    return window is None or when is None or when.first is None or when.first <= window.to


def _may_be_shared(entry: Entry) -> bool:
    """Whether a family may be given to read it."""
    return not (
        entry.third_party
        or entry.harm_if_disclosed
        or entry.withheld_from
        or (entry.source and entry.source.agency in _NOT_FOR_SHARING)
    )


def _last_day(entry: Entry) -> date:
    """The last day it can have been; what has no known day is told with the latest."""
    return entry.when.last if entry.when is not None and entry.when.last is not None else date.max


def _visited_in(entry: Entry, assessment: Assessment) -> bool:
    window, when = assessment.window, entry.when
    return (
        entry.kind == _VISIT
        and not entry.entered_in_error
        and window is not None
        and when is not None
        and when.last is not None
        and window.from_ <= when.last <= window.to
    )
