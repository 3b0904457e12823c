"""An alert that rests on finding nothing: whom somebody asked is kept with it, and lets it stand in a report."""

from datetime import date, timedelta

import pytest

from gcp2_app.domain.alerts import Alert, Asked, Job, Level, asked_about
from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.readers import Audience
from gcp2_app.domain.register import Agency, Child
from gcp2_app.domain.when import When
from gcp2_app.errors import InvalidValue, NotFound
from gcp2_app.services import alerts, casefiles, entries
from gcp2_app.services.documents.making import Wanted, preview
from gcp2_app.services.session import Session
from tests import stores
from tests.reports.leaks import page_text

RULE = "LP3.concern_no_action"
TODAY = date(2026, 11, 23)
ANSWER = "The nurse rang the worker and did not write it down."


@pytest.fixture
def child(session: Session) -> Child:
    found = stores.add_family(session)[0]
    entries.add(
        session,
        Entry(
            id="",
            kind="note",
            children=(found.id,),
            when=When.on(TODAY - timedelta(days=14)),
            known=When.on(TODAY - timedelta(days=14)),
            source=Source(agency=Agency.SCHOOL),
            what="Came hungry.",
            data={"concern": True},
        ),
    )
    return found


def held(session: Session, child: Child) -> Alert:
    return next(each for each in alerts.of_child(session, child.id) if each.rule == RULE)


def test_whom_was_asked_stands_with_the_alert_and_in_the_case_file(session: Session, child: Child) -> None:
    assert (held(session, child).rests_on_nothing, held(session, child).asked) == (True, None)
    alerts.note_asked(session, child.id, RULE, whom="School nurse", on=TODAY, answer=ANSWER)
    asked = held(session, child).asked
    assert asked is not None
    assert (asked.whom, asked.on, asked.answer) == ("School nurse", TODAY, ANSWER)
    assert stores.actions(session)[0] == "asked about an alert"
    file = b"".join(casefiles.export(session, child.id, recipient="the reader", reason="to look at"))
    assert ANSWER in file.decode()


def test_only_what_was_asked_about_stands_in_a_report_and_never_in_the_familys(session: Session, child: Child) -> None:
    def read(audience: Audience) -> str:
        copy = preview(session, Wanted(kind="cin_review", child=child.id, audience=audience))
        return " ".join(page_text(copy.content).split())

    assert "Asked, because nothing was recorded" not in read(Audience.OWN_AGENCY)
    alerts.note_asked(session, child.id, RULE, whom="School nurse", on=TODAY, answer=ANSWER)
    assert f"Asked: School nurse, 23 November 2026. Answer: {ANSWER}" in read(Audience.OWN_AGENCY)
    assert ANSWER not in read(Audience.PARENT)


def test_slips_are_refused(session: Session, child: Child) -> None:
    def note(rule: str = RULE, whom: str = "School nurse", on: date = TODAY, answer: str = ANSWER) -> None:
        alerts.note_asked(session, child.id, rule, whom=whom, on=on, answer=answer)

    for whom, answer in ((" ", ANSWER), ("School nurse", "")):
        with pytest.raises(InvalidValue, match="whom you asked"):
            note(whom=whom, answer=answer)
    since = held(session, child).since
    for on in (since - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(InvalidValue, match="another time"):
            note(on=on)
    note(on=since)
    with pytest.raises(NotFound):
        note(rule="LP2.gap")


def test_the_latest_answer_since_the_alert_began_counts() -> None:
    def alert(*, rests: bool = True, rule: str = RULE) -> Alert:
        return Alert(
            rule=rule,
            row="LP3",
            level=Level.ACT,
            since=TODAY,
            text="",
            entries=(),
            next="",
            job=Job.LEAD,
            rests_on_nothing=rests,
        )

    def asked(day: date, answer: str) -> Asked:
        return Asked(rule=RULE, whom="x", on=day, answer=answer, by="w")

    before, first, last = (asked(TODAY + timedelta(days=n), str(n)) for n in (-1, 0, 2))
    for given, day, answer in (
        ((before,), TODAY, None),
        ((first,), TODAY, "0"),
        ((last, first), TODAY + timedelta(days=1), "0"),
        ((last, first), TODAY + timedelta(days=2), "2"),
    ):
        (found,) = asked_about([alert()], given, today=day)
        assert (found.asked.answer if found.asked else None) == answer
    others = asked_about([alert(rests=False), alert(rule="LP2.gap")], (first,), today=TODAY)
    assert [each.asked for each in others] == [None, None]
