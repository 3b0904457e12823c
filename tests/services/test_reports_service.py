"""The report's history: what is near, what is only counted, and what is kept back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.entries import AgencyRecord, Entry, Source
from gcp2_app.domain.register import Agency
from gcp2_app.domain.when import When
from gcp2_app.errors import NotFound
from gcp2_app.services import agency_record, reports
from gcp2_app.services.documents import making
from gcp2_app.services.documents.assessment import make_report
from gcp2_app.services.documents.making import Wanted
from gcp2_app.services.session import Session
from tests.stores import TODAY, actions, add_family, begin, grade_all, signed_off


def _entry(session: Session, child: str, days_ago: int, *, agency: Agency = Agency.SCHOOL, harm: bool = False) -> None:
    entry = Entry(
        id=f"e{days_ago}",
        kind="event",
        children=(child,),
        when=When.on(TODAY - timedelta(days=days_ago)),
        source=Source(agency=agency),
        what=f"Told {days_ago} days ago.",
        harm_if_disclosed=harm or None,
        data={"type": "other"},
    )
    with session.store.transaction() as tx:
        tx.entries.put(entry, by=None)


def test_the_history_is_recent_shareable_and_says_what_it_leaves_out(session: Session) -> None:
    child, _ = add_family(session)
    for days in (10, 20, 800, 900):
        _entry(session, child.id, days)
    _entry(session, child.id, 30, harm=True)
    _entry(session, child.id, 40, agency=Agency.NEIGHBOUR)
    working = grade_all(session, begin(session, child, first=TODAY - timedelta(days=7)), 2)
    wanted = Wanted(kind="assessment", child=child.id, matter=working.assessment.id, recipient="the chair")
    with session.store.transaction() as tx:
        report = make_report(making.read(session, tx, wanted))
    assert [entry.id for entry in report.history] == ["e20", "e10"]
    assert (report.history_before, report.history_kept_back) == (2, 2)
    assert (report.recipient, report.practice, report.record_digest) == ("the chair", True, "")


def test_the_digest_of_what_was_signed_stays_when_it_is_put_into_the_agencys_record(
    session: Session, supervisor: Session
) -> None:
    child, _ = add_family(session)
    signed = signed_off(session, child, first=TODAY - timedelta(days=30), supervisor=supervisor).assessment

    wanted = Wanted(kind="assessment", child=child.id, matter=signed.id)

    def digest() -> str:
        with session.store.transaction() as tx:
            return make_report(making.read(session, tx, wanted)).record_digest

    before = digest()
    agency_record.mark(session, agency_record.Kept.ASSESSMENT, signed.id, AgencyRecord(reference="LCS 4711", on=TODAY))
    assert before
    assert digest() == before
    with session.store.transaction() as tx:
        tx.assessments.put(replace(signed, analysis="Something else."), by=None)
    assert digest() != before


def test_an_export_is_audited_with_its_recipient_and_a_preview_as_a_view(session: Session) -> None:
    child, _ = add_family(session)
    with pytest.raises(NotFound):
        reports.latest_assessment(session, child.id)
    with session.store.transaction() as tx:
        tx.assessments.put(Assessment(id="undated", child=child.id), by=session.user.id)
    assert reports.latest_assessment(session, child.id) == "undated"
    working = grade_all(session, begin(session, child), 2)
    assert reports.latest_assessment(session, child.id) == working.assessment.id
    pages = reports.assessment_preview(session, working.assessment.id, recipient="the chair")
    assert actions(session)[0] == "report previewed"
    handed_on = reports.assessment_report(session, working.assessment.id, recipient="the chair", reason="conference")
    assert actions(session)[0] == "report exported"
    assert handed_on == pages.content
    assert pages.losses == ()
    assert handed_on.startswith(b"%PDF-")
